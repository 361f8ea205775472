//! One request and its answer, as `run` sees them: what is asked, what came, and why nothing did. `http` performs it;
//! redirects are answers, because each hop is a request of its own to a host that may have to be waited for.

use super::address_policy::{AddressPolicy, RefusedAddress};
use std::time::Duration;
use url::Url;

/// How much a request may take.
#[derive(Clone, Copy, Debug)]
pub struct FetchLimits {
    /// For the whole request.
    pub time: Duration,
    /// For the look-up of the name, and for the connection.
    pub connect_time: Duration,
    /// Bytes of a page, unpacked. A longer page is refused.
    pub page_bytes: usize,
    /// Bytes of a list, unpacked. What follows is left out.
    pub list_bytes: usize,
}

impl Default for FetchLimits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(60),
            connect_time: Duration::from_secs(15),
            page_bytes: 8 << 20,
            list_bytes: 16 << 20,
        }
    }
}

/// What a request is for: how much of the answer is read, and which formats it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchPurpose {
    Robots,
    List,
    Page,
}

/// A request for one address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchRequest {
    pub url: Url,
    pub policy: AddressPolicy,
    pub purpose: FetchPurpose,
    /// Validators of the last answer: the server need not answer again if nothing has changed.
    pub etag: Option<String>,
    pub modified: Option<String>,
}

/// What a server answered, whatever its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FetchAnswer {
    pub status: u16,
    /// The body, unpacked; empty for a redirect.
    pub body: Vec<u8>,
    /// Whether the body is longer than it may be and was cut.
    pub is_cut: bool,
    pub etag: Option<String>,
    pub modified: Option<String>,
    pub retry_after: Option<String>,
    /// Where a redirect leads, as written.
    pub location: Option<String>,
    /// The encoding by the header.
    pub encoding: Option<String>,
    /// Whether the server set a cookie.
    pub sets_cookie: bool,
    /// The names of all headers, in lower case.
    pub headers: Vec<String>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchFailure {
    #[error(transparent)]
    Refused(#[from] RefusedAddress),
    #[error("the name {0} is not known to the network; look at the address, and at the connection")]
    UnknownName(String),
    #[error("it did not answer in time ({0})")]
    Timeout(&'static str),
    #[error("its certificate is not accepted ({0}); look at the clock of this machine, and ask the site's owner")]
    Certificate(String),
    #[error("no connection could be made ({0})")]
    Connection(String),
    #[error("its answer broke off or is damaged ({0})")]
    Broken(String),
    #[error("the proxy of the environment does not work ({0}); look at https_proxy, http_proxy and all_proxy")]
    Proxy(String),
}

impl FetchFailure {
    /// Whether the host is to blame, so that its other pages would fail as well.
    pub fn is_of_host(&self) -> bool {
        matches!(self, Self::UnknownName(_) | Self::Certificate(_) | Self::Connection(_) | Self::Proxy(_))
    }
}

/// Performs requests, several at a time on different threads.
pub trait Fetch: Sync {
    /// Asks, and reads the answer within the limits. Follows no redirect.
    fn fetch(&self, request: &FetchRequest) -> Result<FetchAnswer, FetchFailure>;
}

//! Fetches single documents that the user asked for by their address: a page to import, a list to look at. Follows
//! redirects, and pauses between requests to a host, as a run does. robots.txt is not asked: it speaks to programs that
//! choose addresses by themselves.

use super::address_policy::AddressPolicy;
use super::challenge::challenge;
use super::clock::SyncClock;
use super::fetch::{Fetch, FetchAnswer, FetchFailure, FetchPurpose, FetchRequest};
use super::listing::read_listing;
use super::politeness::{HostQueue, HostTurn, turn_host};
use super::redirects::{HopTrail, RedirectProblem};
use crate::store::{FetchState, Store};
use std::time::Duration;
use url::Url;

/// Why a document could not be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SingleFailure {
    #[error(transparent)]
    Fetch(#[from] FetchFailure),
    #[error(transparent)]
    Redirect(#[from] RedirectProblem),
    #[error("the server answers {0}; look at the address")]
    Status(u16),
    #[error("the server asks to wait ({status}, Retry-After: {wait}); try again later")]
    Wait { status: u16, wait: String },
    #[error("the site answers with a script ({0}) to keep programs out; save the page in a browser and import it")]
    Challenge(&'static str),
    #[error("it is too long")]
    TooLong,
}

/// A document that was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SingleDocument {
    /// Where it came from, after redirects.
    pub url: Url,
    pub answer: FetchAnswer,
}

/// Fetches documents one after the other.
pub struct SingleFetcher<'a> {
    fetch: &'a dyn Fetch,
    clock: &'a dyn SyncClock,
    hosts: HostQueue,
    /// Where it is noted which host was asked, if it can be.
    state: Option<FetchState<'a>>,
}

impl<'a> SingleFetcher<'a> {
    /// Fetches with this client, by this clock. Runs for the cache have left pauses to keep, and find those that are
    /// left here; without a cache, or with one that cannot be written, there are none.
    pub fn new(fetch: &'a dyn Fetch, clock: &'a dyn SyncClock, cache: Option<&'a Store>) -> Self {
        let state = cache.filter(|cache| cache.read_only().is_none()).and_then(|cache| cache.fetch_state().ok());
        let mut hosts = HostQueue::default();
        let now = clock.now();
        let asked = state.as_ref().and_then(|state| state.asked_hosts(HostQueue::recent(now)).ok());
        hosts.asked_before(asked.unwrap_or_default(), now);
        Self { fetch, clock, hosts, state }
    }

    /// Notes that the host was asked by somebody else just now: the next request to it waits.
    pub fn note_asked(&mut self, url: &Url) {
        self.hosts.done(&turn_host(url), self.clock.now());
    }

    /// Fetches one document, and follows its redirects.
    pub fn get(
        &mut self,
        url: &Url,
        policy: AddressPolicy,
        purpose: FetchPurpose,
    ) -> Result<SingleDocument, SingleFailure> {
        let mut trail = HopTrail::new(url.clone());
        let mut asked = url.clone();
        loop {
            let host = turn_host(&asked);
            while let HostTurn::At(moment) = self.hosts.begin(&host, self.clock.now()) {
                let wait = Duration::try_from(moment.duration_since(self.clock.now())).unwrap_or_default();
                self.clock.sleep(wait);
            }
            if let Some(state) = &self.state {
                // A pause that cannot be noted is no reason not to fetch what the user asks for.
                let _ = state.note_asked(&host, self.clock.now().as_millisecond());
            }
            let request = FetchRequest { url: asked.clone(), policy, purpose, etag: None, modified: None };
            let answer = self.fetch.fetch(&request);
            self.hosts.done(&host, self.clock.now());
            let answer = answer?;
            if trail.follow(&answer, policy)? {
                if let Some(next) = trail.url() {
                    asked = next.clone();
                }
                continue;
            }
            return checked(SingleDocument { url: asked, answer }, purpose);
        }
    }
}

fn checked(document: SingleDocument, purpose: FetchPurpose) -> Result<SingleDocument, SingleFailure> {
    let answer = &document.answer;
    let listing = read_listing(&answer.body, &document.url, answer.encoding.as_deref()).ok();
    let has = |name: &str| answer.headers.iter().any(|header| header == name);
    if let Some(whose) = challenge(&has, &answer.body, listing.as_ref()) {
        return Err(SingleFailure::Challenge(whose));
    }
    match answer.status {
        200..300 if answer.is_cut && purpose == FetchPurpose::Page => Err(SingleFailure::TooLong),
        200..300 => Ok(document),
        status @ (429 | 503) => {
            let wait = answer.retry_after.clone().unwrap_or_else(|| "not said".to_owned());
            Err(SingleFailure::Wait { status, wait })
        }
        status => Err(SingleFailure::Status(status)),
    }
}

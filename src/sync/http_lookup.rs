//! Looks names up for `http`, and asks the address policy about every answer. The connection is made to the addresses
//! that were checked and to no others, so that a name server that answers differently the second time gains nothing.

use super::address_policy::{AddressPolicy, RefusedAddress};
use std::fmt;
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::{Arc, mpsc};
use std::time::Duration;
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Looks up a host and port; a test has its own.
pub type NameLookup = dyn Fn(&str, u16) -> std::io::Result<Vec<SocketAddr>> + Send + Sync;

/// The look-up of the system.
pub fn system_lookup() -> Arc<NameLookup> {
    Arc::new(|host, port| Ok((host, port).to_socket_addrs()?.collect()))
}

/// More addresses of one name are left out; as many as the library has room for.
const MAX_ADDRESSES: usize = 16;

/// The resolver of one client.
pub(super) struct CheckedResolver {
    pub lookup: Arc<NameLookup>,
    pub policy: AddressPolicy,
    /// Host and port that may have any address: the proxy that the user named.
    pub proxy: Option<(String, u16)>,
}

impl fmt::Debug for CheckedResolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckedResolver").field("policy", &self.policy).finish_non_exhaustive()
    }
}

impl Resolver for CheckedResolver {
    fn resolve(&self, uri: &Uri, _config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
        let usual_port = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        let port = uri.port_u16().unwrap_or(usual_port);
        let found = self.look_up(&host, port, *timeout.after)?;
        let is_proxy = self.proxy.as_ref().is_some_and(|(proxy, at)| *proxy == host && *at == port);
        let mut addresses = self.empty();
        for address in found.into_iter().take(MAX_ADDRESSES) {
            // One private address is enough to refuse the name: the answer is not what a public site has.
            if !is_proxy {
                self.policy.check_ip(&host, address.ip()).map_err(refused)?;
            }
            addresses.push(address);
        }
        if addresses.is_empty() { Err(Error::HostNotFound) } else { Ok(addresses) }
    }
}

impl CheckedResolver {
    /// Looks a name up on a thread of its own, because the system's look-up cannot be given a time.
    fn look_up(&self, host: &str, port: u16, time: Duration) -> Result<Vec<SocketAddr>, Error> {
        let (send, receive) = mpsc::sync_channel(1);
        let (lookup, name) = (Arc::clone(&self.lookup), host.to_owned());
        let spawned = std::thread::Builder::new().spawn(move || {
            // The receiver is gone if the look-up took too long.
            let _ = send.send(lookup(&name, port));
        });
        spawned.map_err(Error::Io)?;
        match receive.recv_timeout(time) {
            Ok(found) => found.map_err(|_| Error::HostNotFound),
            Err(_) => Err(Error::Timeout(ureq::Timeout::Resolve)),
        }
    }
}

fn refused(why: RefusedAddress) -> Error {
    Error::Other(Box::new(why))
}

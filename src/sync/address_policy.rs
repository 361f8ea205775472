//! Which addresses may be fetched: `http` and `https` only, and no machine of the user's own network, unless the source
//! was added with `--allow-private`. A page, a redirect or a name server could otherwise have this program read a
//! router's or a cloud machine's own pages and store them. Pure: names are looked up by `http_lookup`, which asks here
//! about each answer.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// A longer address is refused.
const MAX_ADDRESS_BYTES: usize = 2000;
/// Names that are looked up on the own machine or network only (RFC 6761, RFC 6762, RFC 8375).
const LOCAL_NAMES: [&str; 6] = ["localhost", "local", "internal", "home.arpa", "lan", "localdomain"];

/// Which addresses may be fetched for one source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AddressPolicy {
    /// Whether addresses of the own network may be fetched.
    pub allow_private: bool,
}

/// Why an address is not fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefusedAddress {
    #[error("it is not an address (http://… or https://…)")]
    NotAnAddress,
    #[error("only http and https are fetched, not {0}")]
    Scheme(String),
    #[error("it has a user name or password in it; sign in with a browser, save the page and import it")]
    Credentials,
    #[error("it is longer than {MAX_ADDRESS_BYTES} bytes")]
    TooLong,
    /// The host, and the address of it that was refused.
    #[error("{host} is {address}, a machine of a private network; add the source with --allow-private if you mean it")]
    Private { host: String, address: String },
    /// The host is written as an address.
    #[error("{0} is a machine of a private network; add the source with --allow-private if you mean it")]
    PrivateAddress(String),
    #[error("{0} is a name of the own machine or network; add the source with --allow-private if you mean it")]
    LocalName(String),
}

/// Reads an address as typed. One without a scheme gets `https`, if it looks like the name of a site.
pub fn parse_address(typed: &str) -> Result<Url, RefusedAddress> {
    let typed = typed.trim();
    if typed.len() > MAX_ADDRESS_BYTES {
        return Err(RefusedAddress::TooLong);
    }
    let has_scheme =
        typed.split_once(':').is_some_and(|(scheme, rest)| rest.starts_with("//") || !scheme.contains('.'));
    let whole = if has_scheme { typed.to_owned() } else { ["https://", typed].concat() };
    let mut url = Url::parse(&whole).map_err(|_| RefusedAddress::NotAnAddress)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(RefusedAddress::Scheme(url.scheme().to_owned()));
    }
    if !has_scheme && !url.host_str().is_some_and(|host| host.contains('.')) {
        return Err(RefusedAddress::NotAnAddress);
    }
    url.set_fragment(None);
    Ok(url)
}

impl AddressPolicy {
    /// Checks an address before anything is sent or looked up.
    pub fn check(self, url: &Url) -> Result<(), RefusedAddress> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(RefusedAddress::Scheme(url.scheme().to_owned()));
        }
        if url.as_str().len() > MAX_ADDRESS_BYTES {
            return Err(RefusedAddress::TooLong);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(RefusedAddress::Credentials);
        }
        match url.host() {
            None => Err(RefusedAddress::NotAnAddress),
            Some(Host::Ipv4(ip)) => self.check_ip(&ip.to_string(), IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => self.check_ip(&ip.to_string(), IpAddr::V6(ip)),
            Some(Host::Domain(name)) => self.check_name(name),
        }
    }

    fn check_name(self, name: &str) -> Result<(), RefusedAddress> {
        let bare = name.trim_end_matches('.').to_ascii_lowercase();
        let is_local = |local: &str| bare == local || bare.strip_suffix(local).is_some_and(|sub| sub.ends_with('.'));
        // A name without a dot is completed by the own network's domain.
        if !self.allow_private && (!bare.contains('.') || LOCAL_NAMES.into_iter().any(is_local)) {
            return Err(RefusedAddress::LocalName(name.to_owned()));
        }
        Ok(())
    }

    /// Checks an address that a name was found to have. `host` is the name, for the message.
    pub fn check_ip(self, host: &str, ip: IpAddr) -> Result<(), RefusedAddress> {
        if self.allow_private || is_public(ip) {
            return Ok(());
        }
        let address = ip.to_string();
        Err(if host == address {
            RefusedAddress::PrivateAddress(address)
        } else {
            RefusedAddress::Private { host: host.to_owned(), address }
        })
    }
}

/// Whether an address can belong to a machine of the public internet (IANA's special-purpose registries).
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match v4_inside(ip) {
            Some(inside) => is_public_v4(inside),
            None => is_public_v6(ip),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local() // the services of cloud machines too: 169.254.169.254
        || ip.is_documentation()
        || a == 0
        || (a == 100 && (64..128).contains(&b)) // behind a provider's NAT (RFC 6598)
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19)) // for benchmarks (RFC 2544)
        || a >= 224; // multicast, reserved, broadcast
    !is_special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    // Only 2000::/3 is given to machines. In it: Teredo and other protocols (2001::/23), documentation.
    (a & 0xe000) == 0x2000 && !(a == 0x2001 && b < 0x200) && !(a == 0x2001 && b == 0xdb8) && (a & 0xfff0) != 0x3ff0
}

/// The IPv4 address that an IPv6 address stands for: mapped or compatible, by NAT64, or by 6to4.
fn v4_inside(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let joined = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match ip.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => Some(joined(high, low)),
        // `::1` and `::` are no IPv4 addresses, and refused as IPv6.
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 => Some(joined(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(address: &str) -> bool {
        parse_address(address)
            .map_err(|_| ())
            .and_then(|url| AddressPolicy::default().check(&url).map_err(|_| ()))
            .is_err()
    }

    #[test]
    fn machines_of_the_own_network_are_refused_however_they_are_written() {
        for address in [
            "http://127.0.0.1/",
            "http://2130706433/x",
            "http://0x7f.1/",
            "http://0/",
            "http://10.1.2.3/",
            "http://172.31.0.1/",
            "http://192.168.1.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://100.64.0.1/",
            "http://198.19.0.1/",
            "http://224.0.0.1/",
            "http://[::1]/",
            "http://[::]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:a00:1]/",
            "http://[::10.0.0.1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:a00:1::]/",
            "http://[2001::1]/",
            "http://[fe80::1]/",
            "http://[fc00::1]/",
            "http://[fd12:3456::1]/",
            "http://[ff02::1]/",
            "http://localhost/",
            "http://a.localhost:8080/",
            "http://printer/",
            "http://router.local/",
            "http://metadata.google.internal/",
            "http://LOCALHOST./",
            "ftp://bao.example.vn/",
            "file:///etc/passwd",
            "http://ai:mat@bao.example.vn/",
            "not an address",
            "javascript:alert(1)",
            "",
        ] {
            assert!(refused(address), "{address}");
        }
    }

    #[test]
    fn sites_are_fetched() {
        for address in [
            "https://bao.example.vn/rss",
            "bao.example.vn",
            "http://8.8.8.8/",
            "http://172.32.0.1/",
            "http://100.128.0.1/",
            "http://[2606:4700::1111]/",
            "http://[::ffff:8.8.8.8]/",
            "http://mylocal.vn/",
        ] {
            assert!(!refused(address), "{address}");
        }
        let here = parse_address("http://127.0.0.1:8080/x#y").unwrap();
        assert_eq!(here.as_str(), "http://127.0.0.1:8080/x");
        assert_eq!(AddressPolicy { allow_private: true }.check(&here), Ok(()));
    }
}

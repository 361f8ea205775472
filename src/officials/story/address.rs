//! The key of an address: equal for all spellings of one page. The scheme, `www.` and `m.`, a slash at the end, the
//! fragment, and what only says where a reader came from (tracking_parameters.tsv) make no other page.

use std::sync::OnceLock;
use url::Url;

/// Hosts that begin with these show the same pages as without.
const SAME_HOST: [&str; 4] = ["www.", "m.", "mobile.", "amp."];

/// Returns the key of an address; `None` if it is not a page of its own, such as a site's front page.
pub fn address_key(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?.to_ascii_lowercase();
    let host = SAME_HOST.iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(&host);
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix("/amp").unwrap_or(path);
    let path = path.strip_suffix("/index.html").unwrap_or(path);
    let mut query: Vec<String> = url
        .query_pairs()
        .filter(|(name, _)| !is_tracking(name))
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    query.sort_unstable();
    if path.is_empty() && query.is_empty() {
        return None;
    }
    Some(format!("{host}{path}?{}", query.join("&")))
}

/// Whether a parameter only says where the reader came from.
fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    tracking().iter().any(|row| row.strip_suffix('*').map_or(*row == name, |start| name.starts_with(start)))
}

/// The names of tracking_parameters.tsv; those that end in `*` are beginnings.
fn tracking() -> &'static [&'static str] {
    static TABLE: OnceLock<Vec<&'static str>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = include_str!("../tracking_parameters.tsv").lines().skip(1);
        rows.filter_map(|row| row.split('\t').next()).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_page_have_one_key() {
        let key = address_key("https://bao.example.vn/tin/hoi-nghi-12.html").unwrap();
        for other in [
            "http://www.bao.example.vn/tin/hoi-nghi-12.html",
            "https://m.bao.example.vn/tin/hoi-nghi-12.html/",
            "https://bao.example.vn/tin/hoi-nghi-12.html?utm_source=zalo&fbclid=abc#binh-luan",
        ] {
            assert_eq!(address_key(other).as_deref(), Some(key.as_str()), "{other}");
        }
        assert_ne!(
            address_key("https://bao.example.vn/tin.aspx?id=1"),
            address_key("https://bao.example.vn/tin.aspx?id=2")
        );
        assert_eq!(
            address_key("https://bao.example.vn/t?b=2&a=1"),
            address_key("https://bao.example.vn/t?a=1&b=2&zarsrc=30")
        );
    }

    #[test]
    fn a_front_page_has_none() {
        assert_eq!(address_key("https://bao.example.vn/"), None);
        assert_eq!(address_key("https://bao.example.vn/?utm_source=a"), None);
        assert_eq!(address_key("no address"), None);
    }
}

//! Values that complete a field of a filter: years and hosts of addresses. Units, people, posts and tags come from the
//! modules that keep them.

use super::ReportIndex;
use crate::store::StoreError;
use std::collections::HashMap;

impl ReportIndex<'_> {
    /// The years of the days that reports state, the newest first.
    pub fn years(&self) -> Result<Vec<String>, StoreError> {
        self.store
            .db
            .prepare_cached("SELECT DISTINCT substr(day, 1, 4) FROM report WHERE day NOTNULL ORDER BY 1 DESC")
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))
    }

    /// The hosts of the addresses that reports come from, those with the most reports first.
    pub fn hosts(&self) -> Result<Vec<String>, StoreError> {
        let sources: Vec<String> = self
            .store
            .db
            .prepare_cached("SELECT source FROM report WHERE source LIKE 'http%'")
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))?;
        let mut counted: HashMap<String, usize> = HashMap::new();
        for host in sources.iter().filter_map(|source| host_of(source)) {
            *counted.entry(host).or_default() += 1;
        }
        let mut hosts: Vec<(String, usize)> = counted.into_iter().collect();
        hosts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(hosts.into_iter().map(|(host, _)| host).collect())
    }
}

/// The host of an address without `www.`. `None` for one that the address spells otherwise (letters that are no ASCII):
/// the filter `source:` compares with the address as it is written.
pub(super) fn host_of(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    let host = url.host_str().filter(|host| address.to_ascii_lowercase().contains(host))?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_an_address() {
        for (address, host) in [
            ("https://www.example.vn/a/b?c", Some("example.vn")),
            ("http://example.vn:8080/", Some("example.vn")),
            ("https://tin@Example.vn/", Some("example.vn")),
            ("https://báo.vn/", None),
            ("https://", None),
            ("folder/report.txt", None),
        ] {
            assert_eq!(host_of(address).as_deref(), host, "{address}");
        }
    }
}

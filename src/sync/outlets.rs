//! Known outlets by a short name (`outlets.tsv`), so that `source add qdnd` needs no address. The addresses are from
//! public code and may be out of date: they are hints, which `source check` tries, and nothing is fetched of an outlet
//! that the user did not add.

use std::sync::OnceLock;

/// How reports of an outlet can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutletWay {
    Sitemap,
    Feed,
    /// A page whose links are followed.
    Page,
    /// It refuses programs: a page saved in a browser can be imported.
    SavedPages,
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownOutlet {
    pub name: &'static str,
    pub title: &'static str,
    pub way: OutletWay,
    pub address: &'static str,
    /// Another list of the outlet, to see whether the row is still right; empty if none is known.
    pub test: &'static str,
    pub note: &'static str,
}

const TABLE: &str = include_str!("outlets.tsv");

fn outlet_of(line: &'static str) -> Option<KnownOutlet> {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let [name, title, way, address, test, note, _source] = *cells.as_slice() else { return None };
    let way = match way {
        "sitemap" => OutletWay::Sitemap,
        "feed" => OutletWay::Feed,
        "page" => OutletWay::Page,
        "saved" => OutletWay::SavedPages,
        _ => return None,
    };
    Some(KnownOutlet { name, title, way, address, test, note })
}

/// All known outlets, in the order of their names.
pub fn known_outlets() -> &'static [KnownOutlet] {
    static OUTLETS: OnceLock<Vec<KnownOutlet>> = OnceLock::new();
    OUTLETS.get_or_init(|| TABLE.lines().skip(1).filter_map(outlet_of).collect())
}

/// The outlet of that name.
pub fn outlet(name: &str) -> Option<&'static KnownOutlet> {
    known_outlets().iter().find(|outlet| outlet.name.eq_ignore_ascii_case(name.trim()))
}

#[cfg(test)]
mod tests {
    use super::super::address_policy::{AddressPolicy, parse_address};
    use super::*;

    #[test]
    fn every_row_is_understood_and_sorted() {
        for (n, line) in TABLE.lines().enumerate().skip(1) {
            let row = outlet_of(line).unwrap_or_else(|| panic!("src/sync/outlets.tsv:{}: {line}", n + 1));
            for address in [row.address, row.test].into_iter().filter(|address| !address.is_empty()) {
                let url = parse_address(address).unwrap();
                assert_eq!(AddressPolicy::default().check(&url), Ok(()), "{address}");
                assert_eq!(url.as_str(), address, "as it is stored");
            }
            assert!(row.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()), "{}", row.name);
        }
        assert!(known_outlets().is_sorted_by_key(|row| row.name));
        assert!(outlet("QDND").is_some() && outlet("qdn").is_none());
    }
}

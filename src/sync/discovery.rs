//! The ways into a site that its front page and its robots.txt name: sitemaps, feeds, and the page itself if it lists
//! headlines. Nothing is guessed: an address that the site does not name is not asked for. Which of them becomes a
//! source, the user decides.

use super::listing::{ListKind, Listing, absolute, same_site};
use super::robots::RobotsRules;
use crate::ingest::PageLink;
use std::collections::HashSet;
use url::Url;

/// A page that lists fewer headlines is no list.
const MIN_HEADLINES: usize = 5;
/// Further feeds are left out: some sites have one for each of hundreds of sections.
const MAX_CANDIDATES: usize = 40;

/// An address that can become a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCandidate {
    pub kind: ListKind,
    pub address: String,
    /// What the site calls it; empty if it does not say.
    pub title: String,
}

/// The candidates of a page, the best first: sitemaps, which name all pages with their dates, then feeds, then the
/// page.
pub fn candidates(page: &Listing, base: &Url, robots: &RobotsRules) -> Vec<SourceCandidate> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut add = |kind, address: Option<String>, title: &str| {
        let Some(address) = address else { return };
        if found.len() < MAX_CANDIDATES && seen.insert(address.clone()) {
            found.push(SourceCandidate { kind, address, title: title.to_owned() });
        }
    };
    for sitemap in &robots.sitemaps {
        add(ListKind::Sitemap, absolute(base, sitemap), "");
    }
    let links = page.links.as_ref();
    for feed in links.map(|links| links.feeds.as_slice()).unwrap_or_default() {
        add(ListKind::Feed, absolute(base, &feed.target), &feed.words);
    }
    for link in links.map(|links| links.links.as_slice()).unwrap_or_default() {
        if names_feed(link, base) {
            add(ListKind::Feed, absolute(base, &link.target), &link.words);
        }
    }
    if page.pages.len() >= MIN_HEADLINES {
        add(ListKind::Page, Some(base.to_string()), page.title.as_deref().unwrap_or_default());
    }
    found
}

/// Whether a link in the page leads to a feed by its address. Pages that list feeds link to them so.
fn names_feed(link: &PageLink, base: &Url) -> bool {
    let Some(url) = base.join(&link.target).ok().filter(|url| same_site(url, base)) else { return false };
    let path = url.path().to_ascii_lowercase();
    let ends_in = |endings: &[&str]| endings.iter().any(|ending| path.ends_with(ending));
    ends_in(&[".rss", ".atom", "/feed", "/feed/"]) || (ends_in(&[".xml"]) && path.contains("/rss"))
}

#[cfg(test)]
mod tests {
    use super::super::listing::read_listing;
    use super::*;

    #[test]
    fn sitemaps_come_first_then_feeds_then_the_page() {
        let headline = |n: usize| format!("<a href='/bai-{n}.html'>Hội nghị sơ kết công tác số {n}</a>");
        let headlines = (0..6).map(headline).collect::<Vec<_>>().concat();
        let page = format!(
            "<html><head><title>Báo Giả Tưởng</title><link rel='alternate' type='application/rss+xml' title='Tin mới' \
             href='/rss/tin-moi.rss'></head><body><a href='/rss/tin-moi.rss'>RSS</a><a href='/rss/quoc-phong.rss'>\
             Quốc phòng</a><a href='https://khac.example.vn/a.rss'>khác</a>{headlines}</body></html>"
        );
        let base = Url::parse("https://bao.example.vn/").unwrap();
        let robots =
            RobotsRules::parse("User-agent: *\nSitemap: https://bao.example.vn/sitemap.xml\nSitemap: ftp://x/\n");
        let listing = read_listing(page.as_bytes(), &base, None).unwrap();
        let found: Vec<(ListKind, String)> =
            candidates(&listing, &base, &robots).into_iter().map(|found| (found.kind, found.address)).collect();
        let at = |path: &str| format!("https://bao.example.vn{path}");
        assert_eq!(
            found,
            [
                (ListKind::Sitemap, at("/sitemap.xml")),
                (ListKind::Feed, at("/rss/tin-moi.rss")),
                (ListKind::Feed, at("/rss/quoc-phong.rss")),
                (ListKind::Page, at("/")),
            ]
        );
    }
}

//! What a fetched document lists: the pages that a feed, a sitemap or a page of links names, with their titles and
//! dates as far as the list has them. Which of the three it is, its content tells. Pure; fetching is left to `run`.

use super::moment::in_utc;
use super::sitemap;
use crate::ingest::{self, FeedItem, InputFormat, PageLinks};
use flate2::read::GzDecoder;
use jiff::Timestamp;
use std::borrow::Cow;
use std::collections::HashSet;
use url::Url;

/// A compressed sitemap is unpacked up to this size in bytes; entries behind it are left out.
const MAX_UNPACKED_BYTES: u64 = 16 << 20;
/// A link of a page with fewer words is no headline.
const MIN_HEADLINE_WORDS: usize = 5;

/// A page that a list names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPage {
    pub address: String,
    pub title: Option<String>,
    /// When it was published or else last changed, for the order and for how far back to go.
    pub moment: Option<Timestamp>,
    /// When it was last changed, as `in_utc` writes it, or in the words of a list that states no moment.
    pub changed: Option<String>,
    /// Its title and text as the feed has them, as markup (`ingest::item_draft`).
    pub own_text: Option<String>,
}

/// A sitemap that an index names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSitemap {
    pub address: String,
    /// When it was last changed, in the words of the index.
    pub changed: Option<String>,
    pub moment: Option<Timestamp>,
}

/// What sort of list a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    Feed,
    Sitemap,
    /// A sitemap of sitemaps.
    SitemapIndex,
    /// A page whose links are followed.
    Page,
}

impl ListKind {
    /// Its name in messages and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Sitemap => "sitemap",
            Self::SitemapIndex => "sitemap index",
            Self::Page => "page",
        }
    }
}

/// The content of a list. Addresses are absolute, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    pub kind: ListKind,
    pub title: Option<String>,
    pub pages: Vec<ListedPage>,
    /// Further lists to read, of an index.
    pub sitemaps: Vec<ListedSitemap>,
    /// The links of a page, for discovery and to tell a challenge.
    pub links: Option<PageLinks>,
    /// What was left out, if anything was.
    pub problem: Option<String>,
}

/// Reads a list that came from `base`. `named` is the encoding by its server. The error says why it is none.
pub fn read_listing(bytes: &[u8], base: &Url, named: Option<&str>) -> Result<Listing, String> {
    let bytes = unpacked(bytes)?;
    let text = ingest::text_of(&bytes, named).map_err(|why| why.to_string())?;
    let mut listing = if sitemap::is_sitemap(&text) {
        of_sitemap(&text)
    } else {
        match ingest::format_of(&text) {
            InputFormat::Feed => of_feed(&text)?,
            InputFormat::Html => of_page(&text, base),
            _ => return Err("it is not a feed, a sitemap or a page".to_owned()),
        }
    };
    let base = listing.links.as_ref().and_then(|links| base.join(links.base.as_deref()?).ok()).unwrap_or(base.clone());
    let mut seen = HashSet::new();
    listing.pages.retain_mut(|page| match absolute(&base, &page.address) {
        Some(address) => {
            page.address = address;
            seen.insert(page.address.clone())
        }
        None => false,
    });
    listing.sitemaps.retain_mut(|list| match absolute(&base, &list.address) {
        Some(address) => {
            list.address = address;
            seen.insert(list.address.clone())
        }
        None => false,
    });
    Ok(listing)
}

/// An address of a list, without its fragment. `None` if it is no web address.
pub fn absolute(base: &Url, address: &str) -> Option<String> {
    let mut url = base.join(address.trim()).ok()?;
    url.set_fragment(None);
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.to_string())
}

/// The bytes of a list that may be compressed as a file (`sitemap.xml.gz`).
fn unpacked(bytes: &[u8]) -> Result<Cow<'_, [u8]>, String> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut out = Vec::new();
    let mut limited = std::io::Read::take(GzDecoder::new(bytes), MAX_UNPACKED_BYTES);
    match std::io::Read::read_to_end(&mut limited, &mut out) {
        // What came before the damage is read.
        Ok(_) | Err(_) if !out.is_empty() => Ok(Cow::Owned(out)),
        Ok(_) => Err("there is nothing in it".to_owned()),
        Err(error) => Err(format!("it could not be unpacked: {error}")),
    }
}

fn of_sitemap(text: &str) -> Listing {
    let content = sitemap::parse(text);
    let is_index = !content.sitemaps.is_empty() && content.pages.is_empty();
    Listing {
        kind: if is_index { ListKind::SitemapIndex } else { ListKind::Sitemap },
        title: None,
        pages: content.pages,
        sitemaps: content.sitemaps,
        links: None,
        problem: content.problem,
    }
}

fn of_feed(text: &str) -> Result<Listing, String> {
    let feed = ingest::feed_items(text).map_err(|why| why.to_string())?;
    let page = |item: FeedItem| ListedPage {
        address: item.address,
        title: item.title,
        moment: item.published.or(item.updated),
        // Many feeds repeat the day of publication here, or the moment of the feed itself for all items: only a later
        // moment than that of publication means another version.
        changed: item.published.and_then(|first| item.updated.filter(|last| *last > first)).map(in_utc),
        own_text: item.own_text,
    };
    Ok(Listing {
        kind: ListKind::Feed,
        title: feed.title,
        pages: feed.items.into_iter().map(page).collect(),
        sitemaps: Vec::new(),
        links: None,
        problem: None,
    })
}

/// A page of links: reports are taken to be the links to the same site whose words are as long as a headline.
fn of_page(text: &str, base: &Url) -> Listing {
    let links = ingest::page_links(text);
    let from = links.base.as_deref().and_then(|own| base.join(own).ok()).unwrap_or_else(|| base.clone());
    let is_headline = |words: &str| words.split_whitespace().count() >= MIN_HEADLINE_WORDS;
    let of_site = |target: &str| {
        let url = from.join(target).ok().filter(|url| url.path().len() > 1);
        url.is_some_and(|url| same_site(&url, base) && (url.path(), url.query()) != (base.path(), base.query()))
    };
    let listed = links.links.iter().filter(|link| is_headline(&link.words) && of_site(&link.target));
    let page = |link: &ingest::PageLink| ListedPage {
        address: link.target.clone(),
        title: Some(link.words.clone()),
        moment: None,
        changed: None,
        own_text: None,
    };
    let pages = listed.map(page).collect();
    let title = Some(links.title.clone()).filter(|title| !title.is_empty());
    Listing { kind: ListKind::Page, title, pages, sitemaps: Vec::new(), links: Some(links), problem: None }
}

/// Whether two addresses are of one site: the same host, with or without `www.`.
pub fn same_site(one: &Url, other: &Url) -> bool {
    fn bare(url: &Url) -> &str {
        let host = url.host_str().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }
    bare(one) == bare(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Listing, String> {
        read_listing(bytes, &Url::parse("https://bao.example.vn/muc/").unwrap(), None)
    }

    #[test]
    fn content_tells_what_a_list_is() {
        let feed = "<rss version=\"2.0\"><channel><title>Báo</title><item><title>Tin</title><link>../a#x</link></item>\
            <item><link>https://bao.example.vn/a</link></item></channel></rss>";
        let feed = read(feed.as_bytes()).unwrap();
        assert_eq!((feed.kind, feed.pages.len()), (ListKind::Feed, 1), "each address once");
        assert_eq!(feed.pages[0].address, "https://bao.example.vn/a");
        let page = "<html><body><a href='tong-ket.html'>Tổng kết công tác năm cũ</a>\
            <a href='/'>Trang chủ của báo Giả Tưởng</a>\
            <a href='https://khac.example.vn/x'>Một tin dài của báo khác</a>\
            <a href='lien-he'>Liên hệ</a></body></html>";
        let page = read(page.as_bytes()).unwrap();
        assert_eq!(page.kind, ListKind::Page);
        let listed: Vec<&str> = page.pages.iter().map(|page| page.address.as_str()).collect();
        assert_eq!(listed, ["https://bao.example.vn/muc/tong-ket.html"]);
        assert!(read(b"plain words").is_err());
        assert!(read(b"").is_err());
    }

    #[test]
    fn a_compressed_sitemap_is_unpacked_within_bounds() {
        use flate2::{Compression, write::GzEncoder};
        use std::io::Write;
        let pack = |bytes: &[u8]| {
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(bytes).unwrap();
            packed.finish().unwrap()
        };
        let sitemap = read(&pack(b"<urlset><url><loc>https://bao.example.vn/a</loc></url></urlset>")).unwrap();
        assert_eq!((sitemap.kind, sitemap.pages.len()), (ListKind::Sitemap, 1));
        let mut bomb = b"<urlset><url><loc>https://bao.example.vn/a</loc></url>".to_vec();
        bomb.resize(64 << 20, b' ');
        assert_eq!(read(&pack(&bomb)).unwrap().pages.len(), 1);
    }
}

//! Sitemaps: the pages of a site, and indexes of further sitemaps, with `lastmod` and what Google's extensions for news
//! and pictures say of each. Reads what is there as far as it goes: a sitemap may be cut off or damaged. Time is linear
//! in the text, and the number of entries is bounded as the protocol has it.

use super::listing::{ListedPage, ListedSitemap};
use super::moment::{in_utc, moment_of};
use quick_xml::events::Event;
use quick_xml::reader::Reader;

/// The protocol allows no more in one sitemap.
pub const MAX_ENTRIES: usize = 50_000;
/// A longer value is cut.
const MAX_VALUE_BYTES: usize = 2000;

/// What a sitemap lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SitemapContent {
    pub pages: Vec<ListedPage>,
    /// Other sitemaps, if it is an index.
    pub sitemaps: Vec<ListedSitemap>,
    /// Why it was not read to its end.
    pub problem: Option<String>,
}

/// What is known of the entry that is read.
#[derive(Default)]
struct EntryFields {
    address: String,
    changed: String,
    title: String,
    picture_title: String,
    published: String,
}

/// The field that text belongs to. Prefixes of names are not looked at: sites choose them freely.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Address,
    Changed,
    Title,
    PictureTitle,
    Published,
}

/// Whether a decoded document is a sitemap, by its first element.
pub fn is_sitemap(text: &str) -> bool {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                return matches!(tag.local_name().as_ref(), "urlset" | "sitemapindex");
            }
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// Reads a sitemap or an index.
pub fn parse(text: &str) -> SitemapContent {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut content = SitemapContent::default();
    let (mut entry, mut field, mut is_in_picture) = (EntryFields::default(), None, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.local_name().as_ref() {
                "url" | "sitemap" => entry = EntryFields::default(),
                "image" | "video" => is_in_picture = true,
                name => field = field_of(name, is_in_picture),
            },
            Ok(Event::End(tag)) => {
                field = None;
                match tag.local_name().as_ref() {
                    "image" | "video" => is_in_picture = false,
                    name @ ("url" | "sitemap") => content.add(&std::mem::take(&mut entry), name == "sitemap"),
                    _ => {}
                }
                if content.pages.len() + content.sitemaps.len() >= MAX_ENTRIES {
                    content.problem = Some(format!("entries beyond {MAX_ENTRIES} were left out"));
                    return content;
                }
            }
            Ok(Event::Text(text)) => entry.push(field, &text.xml10_content()),
            Ok(Event::CData(text)) => entry.push(field, &text.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                let named = quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                let letter = reference.resolve_char_ref().ok().flatten().map(String::from);
                entry.push(field, &letter.or(named).unwrap_or_default());
            }
            Ok(Event::Eof) => return content,
            Ok(_) => {}
            Err(error) => {
                content.problem = Some(format!("it is damaged and was read in part: {error}"));
                return content;
            }
        }
    }
}

fn field_of(name: &str, is_in_picture: bool) -> Option<Field> {
    match (name, is_in_picture) {
        ("loc", false) => Some(Field::Address),
        ("lastmod", false) => Some(Field::Changed),
        ("title", false) => Some(Field::Title),
        ("title" | "caption", true) => Some(Field::PictureTitle),
        ("publication_date", false) => Some(Field::Published),
        _ => None,
    }
}

impl EntryFields {
    fn push(&mut self, field: Option<Field>, text: &str) {
        let value = match field {
            Some(Field::Address) => &mut self.address,
            Some(Field::Changed) => &mut self.changed,
            Some(Field::Title) => &mut self.title,
            Some(Field::PictureTitle) => &mut self.picture_title,
            Some(Field::Published) => &mut self.published,
            None => return,
        };
        if value.len() + text.len() <= MAX_VALUE_BYTES {
            value.push_str(text);
        }
    }
}

impl SitemapContent {
    fn add(&mut self, entry: &EntryFields, is_sitemap: bool) {
        let address = entry.address.trim().to_owned();
        if address.is_empty() {
            return;
        }
        let changed = Some(entry.changed.trim().to_owned()).filter(|changed| !changed.is_empty());
        let changed_at = changed.as_deref().and_then(moment_of);
        if is_sitemap {
            self.sitemaps.push(ListedSitemap { address, changed, moment: changed_at });
            return;
        }
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = [line(&entry.title), line(&entry.picture_title)].into_iter().find(|title| !title.is_empty());
        let moment = moment_of(&entry.published).or(changed_at);
        let changed = changed_at.map(in_utc).or(changed);
        self.pages.push(ListedPage { address, title, moment, changed, own_text: None });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_titles_and_dates() {
        let text = "<?xml version=\"1.0\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
            xmlns:n=\"http://www.google.com/schemas/sitemap-news/0.9\" xmlns:image=\"x\"><url><loc>\n \
            https://bao.example.vn/a?x=1&amp;y=2 </loc><n:news><n:publication><n:name>Báo</n:name></n:publication>\
            <n:publication_date>2026-07-01T08:30:00+07:00</n:publication_date>\
            <n:title><![CDATA[Sơ kết & tổng kết]]></n:title>\
            </n:news><image:image><image:loc>https://bao.example.vn/a.jpg</image:loc></image:image></url>\
            <url><loc>https://bao.example.vn/b</loc><lastmod>2026-06-30</lastmod><image:image><image:loc>c</image:loc>\
            <image:title>Qu&#226;n khu</image:title></image:image></url><url><lastmod>2026</lastmod></url></urlset>";
        assert!(is_sitemap(text));
        let read = parse(text);
        assert_eq!(read.problem, None);
        let [a, b] = read.pages.as_slice() else { panic!("{read:?}") };
        assert_eq!(
            (a.address.as_str(), a.title.as_deref()),
            ("https://bao.example.vn/a?x=1&y=2", Some("Sơ kết & tổng kết"))
        );
        assert_eq!(a.moment.unwrap().to_string(), "2026-07-01T01:30:00Z");
        assert_eq!((b.title.as_deref(), b.changed.as_deref()), (Some("Quân khu"), Some("2026-06-29T17:00:00Z")));
    }

    #[test]
    fn an_index_lists_sitemaps_and_a_cut_one_is_read_as_far_as_it_goes() {
        let text = "<sitemapindex><sitemap><loc>https://bao.example.vn/s-2026-6.xml</loc><lastmod>2026-06-30T00:00:00Z\
            </lastmod></sitemap><sitemap><loc>https://bao.example.vn/s-2026-7.xml</loc></sitemap>\
            <sitemap><loc>https://bao";
        let read = parse(text);
        assert_eq!(read.sitemaps.len(), 2);
        assert!(read.pages.is_empty() && is_sitemap(text));
        assert!(!is_sitemap("<html><urlset>") && !is_sitemap("") && !is_sitemap("<rss>"));
    }

    #[test]
    fn entries_beyond_the_limit_are_left_out() {
        let text =
            format!("<urlset>{}</urlset>", "<url><loc>https://bao.example.vn/a</loc></url>".repeat(MAX_ENTRIES + 5));
        let read = parse(&text);
        assert_eq!(read.pages.len(), MAX_ENTRIES);
        assert!(read.problem.unwrap().contains("50000"));
    }
}

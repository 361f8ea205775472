//! RSS, Atom and JSON feeds to drafts, one for each item. The markup inside an item is read as that of a page. The
//! parser expands no entities and opens nothing, so an item is never larger than its file; the number of items is
//! bounded here.

use super::author_names::{self, NameSource};
use super::plain::{self, MarkupHints};
use super::{UnreadableInput, html, markup_text, prefix, publication_day, title};
use crate::report::Draft;
use crate::text::words::folded_words;
use feed_rs::model::{Entry, Feed};
use feed_rs::parser::{Builder, ParseFeedError};
use memchr::{memchr, memmem};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A feed with more items is refused. The parser keeps all of them in memory, each many times its size in the file: a
/// feed of 16 MiB that is nothing but `<item/>` would take gigabytes.
const MAX_ITEMS: usize = 20_000;
/// A feed with more elements is refused, for the same reason. Markup inside of `CDATA` is not counted.
const MAX_ELEMENTS: usize = 300_000;
/// The parser's message is cut here: it may quote the file.
const MAX_MESSAGE_CHARS: usize = 200;

/// Versions of RSS that the parser does not know but can read as 2.0.
const OTHER_RSS: [&str; 4] = ["0.90", "0.93", "0.94", "1.0"];
/// Names under which RDF feeds were written before RSS 1.0, whose elements are the same.
const OLD_RDF: [&str; 2] = ["http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/simple/0.9/"];
/// The namespace of RSS 1.0.
const RSS_1: &str = "http://purl.org/rss/1.0/";
/// The version and namespaces of a feed stand in this many first bytes.
const ROOT_BYTES: usize = 4096;

/// Parses a feed, which may be hostile.
pub(super) fn parse(text: &str) -> Result<Feed, UnreadableInput> {
    let markup = readable(text);
    if has_too_many_elements(&markup) {
        return Err(UnreadableInput::NotAFeed(format!("it has more than {MAX_ITEMS} items; split it")));
    }
    // The XML parser panics on some damage; a feed must not end the import of the others.
    let parsed = catch_unwind(AssertUnwindSafe(|| Builder::new().build().parse(markup.as_bytes())));
    let broken = || UnreadableInput::NotAFeed("its XML is damaged; save the page of the article instead".to_owned());
    parsed.map_err(|_| broken())?.map_err(|error| unreadable(&error))
}

/// The drafts of a feed's items. Items without text are counted in the notes of the first draft.
pub(super) fn drafts(text: &str, notes: &[String]) -> Result<Vec<Draft>, UnreadableInput> {
    let feed = parse(text)?;
    let outlet = feed.title.and_then(|title| title::line(&markup_text::text_of(&title.content)));
    let mut empty = 0;
    let mut drafts = Vec::new();
    for entry in feed.entries {
        match draft(entry, outlet.as_deref(), notes) {
            Ok(draft) => drafts.push(draft),
            Err(_) => empty += 1,
        }
    }
    match drafts.first_mut() {
        Some(first) if empty > 0 => first.notes.push(format!("left out: {empty} items of the feed without text")),
        Some(_) => {}
        None => return Err(UnreadableInput::Empty),
    }
    Ok(drafts)
}

fn draft(mut entry: Entry, outlet: Option<&str>, notes: &[String]) -> Result<Draft, UnreadableInput> {
    let media = entry.media.iter_mut().find(|media| media.description.is_some() || media.title.is_some());
    let (media_title, media_words) = media.map_or((None, None), |m| (m.title.take(), m.description.take()));
    let title = entry.title.or(media_title).map(|title| title.content);
    let published =
        entry.published.or(entry.updated).and_then(|moment| publication_day::of_seconds(moment.timestamp()));
    let address = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let authors: Vec<String> = entry.authors.into_iter().filter_map(|author| author.name).collect();
    let body = entry.content.and_then(|content| content.body);
    let texts = body.into_iter().chain(entry.summary.map(|summary| summary.content));
    let words = texts.chain(media_words.map(|words| words.content)).find(|text| !text.trim().is_empty());
    let mut notes = notes.to_vec();
    if words.is_none() {
        notes.push("the feed gives its title only; import its page for the text".to_owned());
    }
    let hints = MarkupHints {
        title: title.as_deref().and_then(|title| title::line(&markup_text::text_of(title))),
        url: address.map(|link| link.href.clone()),
        published,
        authors: author_names::names(&authors, NameSource::Line, outlet.map(folded_words).as_deref()),
        outlet: outlet.map(str::to_owned),
        notes,
        ..MarkupHints::default()
    };
    let markup = format!("<h1>{}</h1>\n{}", title.unwrap_or_default(), words.unwrap_or_default());
    html::fragment(&markup, hints).or_else(|_| plain::draft("", MarkupHints::default()))
}

/// The feed as the parser reads it: without XML declarations, and the root of old versions as that of the version with
/// the same elements.
fn readable(text: &str) -> Cow<'_, str> {
    let markup = without_declaration(text);
    let root = prefix(markup, ROOT_BYTES);
    let mut changed = Cow::Borrowed(markup);
    if let Some(old) = OLD_RDF.iter().find(|old| root.contains(**old)) {
        changed = Cow::Owned(markup.replacen(old, RSS_1, 1));
    } else if let Some(at) = root.find("<rss").filter(|_| !root.contains("version=\"2.0\"")) {
        let tag = root.get(at..).and_then(|rest| rest.split('>').next()).unwrap_or_default();
        let other = OTHER_RSS.iter().find(|version| tag.contains(&format!("version=\"{version}\"")));
        if let Some(version) = other {
            let newer = tag.replace(&format!("version=\"{version}\""), "version=\"2.0\"");
            changed = Cow::Owned(markup.replacen(tag, &newer, 1));
        }
    }
    // A declaration elsewhere than at the beginning is against the rules, and makes the parser panic.
    if changed.contains("<?xml ") { Cow::Owned(without_inner_declarations(&changed)) } else { changed }
}

/// The text without XML declarations, except those inside of `CDATA`, which are text.
fn without_inner_declarations(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find("<?xml ") {
        let before = rest.get(..at).unwrap_or_default();
        let is_text =
            before.rfind("<![CDATA[").is_some_and(|open| !before.get(open..).unwrap_or_default().contains("]]>"));
        let end = rest.get(at..).and_then(|inner| inner.find("?>")).map_or(rest.len(), |end| at + end + 2);
        out.push_str(if is_text { rest.get(..end).unwrap_or_default() } else { before });
        rest = rest.get(end..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Whether there are more items or elements than one feed may have. Counts without parsing, before memory is spent.
fn has_too_many_elements(markup: &str) -> bool {
    let markup = markup.as_bytes();
    let mut at = 0;
    let mut items = 0;
    let mut elements = 0;
    while let Some(found) = markup.get(at..).and_then(|rest| memchr(b'<', rest)) {
        at += found + 1;
        let rest = markup.get(at..).unwrap_or_default();
        if rest.starts_with(b"![CDATA[") {
            at = memmem::find(rest, b"]]>").map_or(markup.len(), |end| at + end);
        } else if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            elements += 1;
            items += usize::from(rest.starts_with(b"item") || rest.starts_with(b"entry"));
        }
        if items > MAX_ITEMS || elements > MAX_ELEMENTS {
            return true;
        }
    }
    false
}

/// Cuts the XML declaration off: the text is decoded already, and the encoding that it declares is no longer true.
fn without_declaration(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match text.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or(text, |(_, rest)| rest.trim_start()),
        None => text,
    }
}

fn unreadable(error: &ParseFeedError) -> UnreadableInput {
    let why: String = error.to_string().chars().take(MAX_MESSAGE_CHARS).collect();
    UnreadableInput::NotAFeed(format!("{}; save the page of the article instead", why.replace(char::is_control, " ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ITEM: &str = "<item><title>Sơ kết quý I</title><link>https://bao.example.vn/a</link><description>Sáng \
        3-4, đơn vị \
        sơ kết công tác quý I tại hội trường.</description></item>";

    fn read(feed: &str) -> Vec<Draft> {
        drafts(feed, &[]).unwrap()
    }

    #[test]
    fn old_feeds_are_read() {
        let rdf = |name: &str| {
            format!(
                "<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
                    xmlns=\"{name}\">\
                 <channel><title>Báo Giả Tưởng</title></channel>{ITEM}</rdf:RDF>"
            )
        };
        for name in OLD_RDF {
            assert_eq!(read(&rdf(name))[0].title.as_ref().unwrap().text, "Sơ kết quý I");
        }
        for version in OTHER_RSS {
            let feed =
                format!("<rss version=\"{version}\"><channel><title>Báo Giả Tưởng</title>{ITEM}</channel></rss>");
            let draft = read(&feed).remove(0);
            assert!(draft.text.contains("tại hội trường"), "{version}");
            assert_eq!(draft.outlet.as_deref(), Some("Báo Giả Tưởng"));
        }
    }

    #[test]
    fn authors_and_media_are_read_and_a_title_alone_says_so() {
        let feed = "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
            xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><title>Báo</title><item><title>Hội thao</title>\
            <dc:creator>Tạ Thu Hoài</dc:creator><description>Đơn vị tổ chức hội thao.</description></item>\
            <item><title>Chỉ có đầu đề</title></item><item><title>Phim</title><media:group><media:content \
                url=\"https://bao.example.vn/phim.mp4\"/>\
            <media:title>Phim</media:title><media:description>Đơn vị diễn tập bắn đạn thật.</media:description>\
            </media:group></item></channel></rss>";
        let found = read(feed);
        assert!(found[0].text.ends_with("\n\nTạ Thu Hoài"), "{}", found[0].text);
        assert!(found[1].notes.iter().any(|note| note.contains("its title only")));
        assert!(found[2].text.contains("bắn đạn thật"), "{}", found[2].text);
    }

    #[test]
    fn a_declaration_in_the_middle_ends_nothing() {
        let feed = format!(
            "<rss version=\"2.0\"><channel><?xml version=\"1.0\"?>{ITEM}<item><title>Hai</title>\
            <description><![CDATA[<?xml ?><p>Đơn vị tổ chức hội thi.</p>]]></description></item></channel></rss>"
        );
        assert_eq!(read(&feed).len(), 2);
        assert_eq!(without_inner_declarations("a<?xml b?>c<![CDATA[<?xml d?>]]>"), "ac<![CDATA[<?xml d?>]]>");
    }
}

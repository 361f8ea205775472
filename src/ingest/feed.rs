//! RSS, Atom and JSON feeds to drafts, one for each item. The markup inside an item is read as that of a page. The
//! parser expands no entities and opens nothing, so an item is never larger than its file; the number of items is
//! bounded here. A feed that is too long or damaged is read in pieces, so that its sound items are not lost.

use super::author_names::{self, NameSource};
use super::feed_pieces::{FeedPieces, ItemPlace};
use super::plain::{self, MarkupHints};
use super::{UnreadableInput, html, markup_text, prefix, publication_day, title};
use crate::report::Draft;
use crate::text::words::folded_words;
use feed_rs::model::{Entry, Feed, Link};
use feed_rs::parser::{Builder, ParseFeedError};
use std::borrow::Cow;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Further items of a feed are left out. The parser keeps all of them in memory, each many times its size in the file:
/// a feed of 16 MiB that is nothing but `<item/>` would take gigabytes.
const MAX_ITEMS: usize = 20_000;
/// The items after this number of elements are left out, for the same reason. Markup inside of `CDATA` is not counted.
const MAX_ELEMENTS: usize = 300_000;
/// In a damaged feed, so many items are read at once; of those that cannot be, half at a time.
const PIECE_ITEMS: usize = 256;
/// How many pieces of a damaged feed may be unreadable before its rest is given up, so that the time stays bounded.
const MAX_BAD_PIECES: usize = 500;
/// The parser's message is cut here: it may quote the file.
const MAX_MESSAGE_CHARS: usize = 200;

/// Versions of RSS that the parser does not know but can read as 2.0.
const OTHER_RSS: [&str; 4] = ["0.90", "0.93", "0.94", "1.0"];
/// Names under which RDF feeds were written before RSS 1.0, whose elements are the same.
const OLD_RDF: [&str; 2] = ["http://my.netscape.com/rdf/simple/0.9/", "http://channel.netscape.com/rdf/simple/0.9/"];
/// The namespace of RSS 1.0.
const RSS_1: &str = "http://purl.org/rss/1.0/";
/// Stands for the address of an item of RSS 1.0 that has none: the parser leaves those out.
const NO_ADDRESS: &str = "about:blank";
/// A file declares entities of its own in this many first bytes.
const HEAD_BYTES: usize = 64 << 10;
/// So many of them are looked for in the text.
const MAX_ENTITIES: usize = 8;
/// What becomes of them: they may be of any size, or the content of other files.
pub(super) const OWN_ENTITIES: &str = "texts that the file itself declares as entities are not put in";
/// The version and namespaces of a feed stand in this many first bytes.
const ROOT_BYTES: usize = 4096;

/// A feed as far as it can be read.
pub(super) struct ParsedFeed {
    pub feed: Feed,
    /// Number of items that are damaged.
    damaged: usize,
    /// Number of items beyond those that one feed may have.
    beyond: usize,
    /// Whether its end is missing.
    is_cut_off: bool,
}

/// Parses a feed, which may be hostile.
pub(super) fn parse(text: &str) -> Result<ParsedFeed, UnreadableInput> {
    let markup = readable(text);
    if markup.starts_with('{') {
        return Ok(ParsedFeed { feed: parse_whole(&markup)?, damaged: 0, beyond: 0, is_cut_off: false });
    }
    let pieces = FeedPieces::of(&markup, MAX_ITEMS);
    let fitting = fitting(&pieces);
    let beyond = pieces.items.len() - fitting + pieces.more_items;
    if beyond == 0 && pieces.elements_around <= MAX_ELEMENTS {
        match parse_whole(&markup) {
            Err(_) if pieces.can_be_cut() => {}
            parsed => return Ok(ParsedFeed { feed: parsed?, damaged: 0, beyond: 0, is_cut_off: false }),
        }
    }
    if !pieces.can_be_cut() {
        return Err(UnreadableInput::NotAFeed(format!("it has more than {MAX_ELEMENTS} elements; split it")));
    }
    let (feed, damaged) = parse_pieces(&pieces, fitting)?;
    Ok(ParsedFeed { feed, damaged, beyond, is_cut_off: pieces.is_cut_off() })
}

/// The number of items that one feed may have.
fn fitting(pieces: &FeedPieces<'_>) -> usize {
    let mut elements = 0;
    let fits = |item: &&ItemPlace| {
        elements += item.elements;
        elements <= MAX_ELEMENTS
    };
    pieces.items.iter().take_while(fits).count()
}

/// Parses the first items of a feed piece by piece: the sound ones, and the number of those that are damaged. An error
/// if none is sound.
fn parse_pieces(pieces: &FeedPieces<'_>, fitting: usize) -> Result<(Feed, usize), UnreadableInput> {
    let mut found: Option<Feed> = None;
    let (mut damaged, mut bad_pieces) = (0, 0);
    let mut why = UnreadableInput::Empty;
    let starts = (0..fitting).step_by(PIECE_ITEMS).rev();
    // The last is the next to be read.
    let mut waiting: Vec<Range<usize>> = starts.map(|start| start..(start + PIECE_ITEMS).min(fitting)).collect();
    while let Some(items) = waiting.pop() {
        if bad_pieces >= MAX_BAD_PIECES {
            damaged += items.len();
            continue;
        }
        match (parse_whole(&pieces.piece(items.clone())), &mut found) {
            (Ok(feed), None) => found = Some(feed),
            (Ok(mut feed), Some(found)) => found.entries.append(&mut feed.entries),
            (Err(error), _) => {
                bad_pieces += 1;
                why = error;
                if items.len() > 1 {
                    let middle = usize::midpoint(items.start, items.end);
                    waiting.extend([middle..items.end, items.start..middle]);
                } else {
                    damaged += 1;
                }
            }
        }
    }
    Ok((found.ok_or(why)?, damaged))
}

/// Parses a feed, or a piece of one, of few enough elements.
fn parse_whole(markup: &str) -> Result<Feed, UnreadableInput> {
    // The XML parser panics on some damage; a feed must not end the import of the others.
    let parsed = catch_unwind(AssertUnwindSafe(|| Builder::new().build().parse(markup.as_bytes())));
    let broken = || UnreadableInput::NotAFeed("its XML is damaged; save the page of the article instead".to_owned());
    parsed.map_err(|_| broken())?.map_err(|error| unreadable(&error))
}

/// Whether a feed has an entity that it declares itself.
fn uses_own_entities(text: &str) -> bool {
    let declared = prefix(text, HEAD_BYTES).split("<!ENTITY").skip(1).take(MAX_ENTITIES);
    let mut names = declared.filter_map(|rest| rest.split_whitespace().next());
    names.any(|name| text.contains(&["&", name, ";"].concat()))
}

/// Hands over the drafts of a feed's items, and why some could not be read. Items without text are counted in the notes
/// of the first draft.
pub(super) fn each(
    text: &str,
    notes: &[String],
    take: &mut dyn FnMut(Result<Draft, UnreadableInput>),
) -> Result<(), UnreadableInput> {
    let ParsedFeed { feed, damaged, beyond, is_cut_off } = parse(text)?;
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
        Some(first) if empty > 0 => first.notes.push(format!("left out: items of the feed without text ({empty})")),
        Some(_) => {}
        None => return Err(UnreadableInput::Empty),
    }
    for draft in drafts {
        take(Ok(draft));
    }
    if damaged > 0 {
        let why = format!("items of the feed that could not be read, because their XML is damaged: {damaged}");
        take(Err(UnreadableInput::Broken(why)));
    }
    if uses_own_entities(text) {
        take(Err(UnreadableInput::Broken(OWN_ENTITIES.to_owned())));
    }
    if is_cut_off {
        take(Err(UnreadableInput::Broken("it is cut off".to_owned())));
    }
    if beyond > 0 {
        let why =
            format!("items at the end of the feed that were left out, because it is too long: {beyond}; split it");
        take(Err(UnreadableInput::Broken(why)));
    }
    Ok(())
}

fn draft(mut entry: Entry, outlet: Option<&str>, notes: &[String]) -> Result<Draft, UnreadableInput> {
    let media = entry.media.iter_mut().find(|media| media.description.is_some() || media.title.is_some());
    let (media_title, media_words) = media.map_or((None, None), |m| (m.title.take(), m.description.take()));
    let title = entry.title.or(media_title).map(|title| title.content);
    let published =
        entry.published.or(entry.updated).and_then(|moment| publication_day::of_seconds(moment.timestamp()));
    let is_own = |link: &&Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate") && link.href != NO_ADDRESS;
    let address = entry.links.iter().find(is_own);
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
    if changed.contains("<?xml ") {
        changed = Cow::Owned(without_inner_declarations(&changed));
    }
    if prefix(&changed, ROOT_BYTES).contains(RSS_1) { Cow::Owned(with_addresses(&changed)) } else { changed }
}

/// A feed of RSS 1.0 in which each item has a `<link>`: that to what the item says it is about, if it had none.
fn with_addresses(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut done = 0;
    for item in FeedPieces::of(markup, MAX_ITEMS).items {
        let text = markup.get(item.bytes.clone()).unwrap_or_default();
        let Some((tag, inside)) = text.split_once('>').filter(|(tag, _)| !tag.ends_with('/')) else { continue };
        if inside.contains("<link") {
            continue;
        }
        // The value is already written as XML asks.
        let value = tag.split_once("rdf:about=").and_then(|(_, rest)| {
            let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            rest.get(1..)?.split(quote).next()
        });
        let place = item.bytes.start + tag.len() + 1;
        out.push_str(markup.get(done..place).unwrap_or_default());
        out.push_str(&["<link>", value.filter(|value| !value.is_empty()).unwrap_or(NO_ADDRESS), "</link>"].concat());
        done = place;
    }
    out.push_str(markup.get(done..).unwrap_or_default());
    out
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
        let (drafts, problems) = read_all(feed);
        assert!(problems.is_empty(), "{problems:?}");
        drafts
    }

    fn read_all(feed: &str) -> (Vec<Draft>, Vec<String>) {
        let (mut drafts, mut problems) = (Vec::new(), Vec::new());
        each(feed, &[], &mut |found| match found {
            Ok(draft) => drafts.push(draft),
            Err(why) => problems.push(why.to_string()),
        })
        .unwrap();
        (drafts, problems)
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
    fn items_of_rdf_without_a_link_have_the_address_that_they_are_about() {
        let feed = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
            xmlns=\"http://purl.org/rss/1.0/\"><channel rdf:about=\"https://bao.example.vn/\"><title>Báo</title>\
            </channel><item rdf:about=\"https://bao.example.vn/b?n=1&amp;m=2\"><title>Hội thi</title>\
            <description>Hội thi nuôi quân.</description></item><item><title>Hội thao</title><description>Hội thao bắn \
            súng.</description></item><item rdf:about='https://bao.example.vn/khac'><link>https://bao.example.vn/c\
            </link><title>Sơ kết</title><description>Sơ kết quý I.</description></item></rdf:RDF>";
        let found = read(feed);
        let found: Vec<_> = found.iter().map(|draft| (draft.text.lines().last(), draft.url.as_deref())).collect();
        assert_eq!(
            found,
            [
                (Some("Hội thi nuôi quân."), Some("https://bao.example.vn/b?n=1&m=2")),
                (Some("Hội thao bắn súng."), None),
                (Some("Sơ kết quý I."), Some("https://bao.example.vn/c"))
            ]
        );
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
    fn damage_costs_only_the_items_that_have_it() {
        let item = |n: usize| {
            format!("<item><title>Tin {n}</title><description>Đơn vị {n} tổ chức hội thi.</description></item>")
        };
        let items: Vec<String> = (0..600).map(item).collect();
        let head = "<rss version=\"2.0\"><channel><title>Báo Giả Tưởng</title>";
        let cut = format!("{head}{}<item><title>Tin cu", items.concat());
        let (drafts, problems) = read_all(&cut);
        assert_eq!(drafts.len(), 600, "what came before the cut is read");
        assert_eq!(drafts[599].outlet.as_deref(), Some("Báo Giả Tưởng"));
        assert!(problems.len() == 2 && problems[0].contains("XML is damaged: 1"), "{problems:?}");
        let (drafts, problems) = read_all(&format!("{head}{}<", items.concat()));
        assert_eq!((drafts.len(), problems), (600, vec!["it is cut off".to_owned()]));
        let mut crossed = items.clone();
        crossed[300] = "<item><title>Hỏng</item></title>".to_owned();
        let (drafts, problems) = read_all(&format!("{head}{}</channel></rss>", crossed.concat()));
        assert_eq!((drafts.len(), problems.len()), (599, 1), "{problems:?}");
        let titles = drafts.iter().map(|draft| draft.title.as_ref().unwrap().text.clone());
        assert!(titles.eq((0..600).filter(|n| *n != 300).map(|n| format!("Tin {n}"))), "in their order");
        assert!(each(&format!("{head}{}", "<item><a></b></item>".repeat(2000)), &[], &mut |_| {}).is_err());
    }

    #[test]
    fn the_first_items_of_an_endless_feed_are_read() {
        let item = |n: usize| format!("<item><description>Tin số {n}</description></item>");
        let items: String = (0..MAX_ITEMS + 7).map(item).collect();
        let (drafts, problems) = read_all(&format!("<rss version=\"2.0\"><channel>{items}</channel></rss>"));
        assert_eq!(drafts.len(), MAX_ITEMS);
        assert_eq!(drafts[MAX_ITEMS - 1].text, format!("Tin số {}", MAX_ITEMS - 1));
        assert!(problems.len() == 1 && problems[0].contains("too long: 7"), "{problems:?}");
        let full = format!("<item><title>Tin</title>{}</item>", "<category/>".repeat(MAX_ELEMENTS / 2));
        let (drafts, problems) = read_all(&format!("<rss version=\"2.0\"><channel>{}</channel></rss>", full.repeat(3)));
        assert_eq!((drafts.len(), problems.len()), (1, 1), "{problems:?}");
    }

    #[test]
    fn entities_of_the_feed_itself_are_told_and_not_expanded() {
        let feed = format!(
            "<!DOCTYPE rss [<!ENTITY a \"lặp lại\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]><rss \
             version=\"2.0\"><channel>{ITEM}<item><title>Hai</title><description>Đơn vị &a; &b;</description></item>\
             </channel></rss>"
        );
        let (drafts, problems) = read_all(&feed);
        assert!(drafts.iter().all(|draft| !draft.text.contains("lặp") && !draft.text.contains("root")));
        assert_eq!((drafts.len(), problems), (2, vec![OWN_ENTITIES.to_owned()]));
        assert!(read_all(&feed.replace("&a; &b;", "")).1.is_empty(), "declared and not used");
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

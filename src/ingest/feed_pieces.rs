//! Cuts a feed into pieces that are feeds themselves, each with the head of the whole and some of its items. So a feed
//! of more items than fit into memory is read as far as they fit, and damage in one item costs that item alone. Linear
//! in the feed; what the tags mean is left to the parser.

use memchr::{memchr, memmem};
use std::ops::Range;

/// Elements that are items.
const ITEMS: [&str; 2] = ["item", "entry"];
/// A longer head is not repeated in each piece.
const MAX_HEAD_BYTES: usize = 64 << 10;
/// Elements of the head that may be open where the first item begins.
const MAX_OPEN: usize = 16;

/// A feed in XML, and where its items stand.
pub(super) struct FeedPieces<'t> {
    markup: &'t str,
    /// Where the first item begins.
    head: usize,
    /// What closes the elements that are open there.
    closing: String,
    pub items: Vec<ItemPlace>,
    /// Number of items beyond those, of which only this is known.
    pub more_items: usize,
    /// Number of elements outside of the items.
    pub elements_around: usize,
}

/// Where an item stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ItemPlace {
    pub bytes: Range<usize>,
    /// Number of elements, itself included. Markup inside of `CDATA` is not counted.
    pub elements: usize,
}

/// A tag, without the brackets.
struct Tag<'t> {
    name: &'t str,
    is_end: bool,
    is_empty: bool,
    bytes: Range<usize>,
}

impl<'t> FeedPieces<'t> {
    /// Finds the items, up to `most` of them.
    pub fn of(markup: &'t str, most: usize) -> Self {
        let mut pieces = Self {
            markup,
            head: markup.len(),
            closing: String::new(),
            items: Vec::new(),
            more_items: 0,
            elements_around: 0,
        };
        let mut around: Vec<&str> = Vec::new();
        // The name of the item that is open.
        let mut open: Option<&str> = None;
        each_tag(markup, &mut |tag| {
            let is_item = ITEMS.contains(&tag.name);
            if tag.is_end {
                if let Some(item) = pieces.items.last_mut().filter(|_| open == Some(tag.name)) {
                    item.bytes.end = tag.bytes.end;
                    open = None;
                } else if pieces.items.is_empty()
                    && let Some(at) = around.iter().rposition(|name| *name == tag.name)
                {
                    around.truncate(at);
                }
                return;
            }
            if is_item {
                if pieces.items.is_empty() {
                    pieces.head = tag.bytes.start;
                }
                // Where an item has no end, the next one begins.
                if let Some(last) = pieces.items.last_mut().filter(|_| open.take().is_some()) {
                    last.bytes.end = tag.bytes.start;
                }
                if pieces.items.len() >= most {
                    pieces.more_items += 1;
                    return;
                }
                let bytes = tag.bytes.start..if tag.is_empty { tag.bytes.end } else { markup.len() };
                pieces.items.push(ItemPlace { bytes, elements: 1 });
                open = if tag.is_empty { None } else { Some(tag.name) };
            } else if let Some(item) = pieces.items.last_mut().filter(|_| open.is_some()) {
                item.elements += 1;
            } else {
                pieces.elements_around += 1;
                if pieces.items.is_empty() && !tag.is_empty && around.len() < MAX_OPEN {
                    around.push(tag.name);
                }
            }
        });
        pieces.closing = around.iter().rev().map(|name| ["</", name, ">"].concat()).collect();
        pieces
    }

    /// Whether it can be cut: there are items, and the head is short.
    pub fn can_be_cut(&self) -> bool {
        !self.items.is_empty() && self.head <= MAX_HEAD_BYTES
    }

    /// Whether the end of the feed is missing.
    pub fn is_cut_off(&self) -> bool {
        let end = self.closing.rsplit("</").next().and_then(|root| root.strip_suffix('>'));
        end.is_some_and(|root| memmem::rfind(self.markup.as_bytes(), ["</", root].concat().as_bytes()).is_none())
    }

    /// The piece with some of the items, by their numbers.
    pub fn piece(&self, items: Range<usize>) -> String {
        let mut piece = self.markup.get(..self.head).unwrap_or_default().to_owned();
        for item in self.items.get(items).unwrap_or_default() {
            piece.push_str(self.markup.get(item.bytes.clone()).unwrap_or_default());
        }
        piece.push_str(&self.closing);
        piece
    }
}

/// Hands over the tags outside of comments and `CDATA`, in their order.
fn each_tag<'t>(markup: &'t str, take: &mut dyn FnMut(Tag<'t>)) {
    let bytes = markup.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(b'<', rest)) {
        let start = at + found;
        at = start + 1;
        let rest = bytes.get(at..).unwrap_or_default();
        let skipped = [(b"![CDATA[".as_slice(), b"]]>".as_slice()), (b"!--", b"-->")]
            .into_iter()
            .find(|(begin, _)| rest.starts_with(begin));
        if let Some((_, end)) = skipped {
            at = memmem::find(rest, end).map_or(bytes.len(), |end| at + end);
            continue;
        }
        let is_end = rest.first() == Some(&b'/');
        let name_at = at + usize::from(is_end);
        let name_bytes = bytes.get(name_at..).unwrap_or_default();
        if !name_bytes.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let ends_name = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'<');
        let name_end = name_at + name_bytes.iter().position(ends_name).unwrap_or(name_bytes.len());
        let Some(close) = bytes.get(name_end..).and_then(|rest| memchr(b'>', rest)) else { return };
        let end = name_end + close + 1;
        let is_empty = !is_end && bytes.get(end.saturating_sub(2)) == Some(&b'/');
        let Some(name) = markup.get(name_at..name_end) else { continue };
        at = end;
        take(Tag { name, is_end, is_empty, bytes: start..end });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(markup: &str) -> FeedPieces<'_> {
        FeedPieces::of(markup, 100)
    }

    #[test]
    fn a_piece_has_the_head_and_its_items() {
        let feed = "<rss version=\"2.0\"><channel><title>Báo</title><!-- <item> --><image><url/></image>\
            <item><title>Một</title></item> <item/><item a='b'><d><![CDATA[<item></item>]]></d></item></channel></rss>";
        let pieces = all(feed);
        assert!(pieces.can_be_cut());
        let elements: Vec<usize> = pieces.items.iter().map(|item| item.elements).collect();
        assert_eq!((elements, pieces.elements_around), (vec![2, 1, 2], 5));
        let head = "<rss version=\"2.0\"><channel><title>Báo</title><!-- <item> --><image><url/></image>";
        assert_eq!(pieces.piece(0..2), format!("{head}<item><title>Một</title></item><item/></channel></rss>"));
        assert_eq!(
            pieces.piece(2..3),
            format!("{head}<item a='b'><d><![CDATA[<item></item>]]></d></item></channel></rss>")
        );
    }

    #[test]
    fn other_forms_and_damage_are_cut_too() {
        let rdf = all("<rdf:RDF><channel><items/></channel><item>a</item><item>b</item></rdf:RDF>");
        assert_eq!(rdf.piece(1..2), "<rdf:RDF><channel><items/></channel><item>b</item></rdf:RDF>");
        let atom = all("<feed><entry>a</entry><entry>b<entry>c");
        assert_eq!(atom.items.len(), 3, "an item without an end goes on to the next");
        assert_eq!(atom.piece(0..1), "<feed><entry>a</entry></feed>");
        assert!(atom.is_cut_off() && !rdf.is_cut_off());
        assert_eq!(atom.piece(1..2), "<feed><entry>b</feed>");
        assert!(!all("<rss><channel></channel></rss>").can_be_cut());
        assert!(!all(&format!("<rss>{}<item/></rss>", "a".repeat(MAX_HEAD_BYTES))).can_be_cut());
        let first = FeedPieces::of("<feed><entry>a<entry>b</entry><entry/></feed>", 1);
        assert_eq!((first.items.len(), first.more_items, first.piece(0..1).as_str()), (1, 2, "<feed><entry>a</feed>"));
        assert!(!all("").can_be_cut());
        assert_eq!(all("<feed><entry><b").items.len(), 1);
    }
}

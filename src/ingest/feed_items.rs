//! The items of a feed as a list: address, title and dates, without their texts. For those who fetch the pages of the
//! items; `feed` makes reports of the items themselves. An item that has its text, too, keeps it as markup, for the
//! case that its page cannot be had.

use super::plain::MarkupHints;
use super::{UnreadableInput, feed, html, markup_text, title};
use crate::report::Draft;
use jiff::Timestamp;

/// A shorter text of an item is a summary, which makes no report. In bytes without the tags.
const MIN_TEXT_BYTES: usize = 600;
/// A longer one is not kept. In bytes with the tags.
const MAX_MARKUP_BYTES: usize = 256 << 10;

/// An item of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedItem {
    /// The address of its page, as written: it may be relative.
    pub address: String,
    pub title: Option<String>,
    pub published: Option<Timestamp>,
    /// When it was last changed, as the feed states it.
    pub updated: Option<Timestamp>,
    /// Its title and text as markup, if the feed has the text and not only a summary.
    pub own_text: Option<String>,
}

/// The name of a feed, and its items in their order. Those without an address are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedItems {
    pub title: Option<String>,
    pub items: Vec<FeedItem>,
}

/// Reads the items of a feed that is decoded.
pub fn feed_items(text: &str) -> Result<FeedItems, UnreadableInput> {
    let feed = feed::parse(text)?.feed;
    let line = |markup: &str| title::line(&markup_text::text_of(markup));
    let mut items = Vec::new();
    for entry in feed.entries {
        let link = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
        let Some(link) = link else { continue };
        let moment = |moment: i64| Timestamp::from_second(moment).ok();
        items.push(FeedItem {
            address: link.href.trim().to_owned(),
            title: entry.title.as_ref().and_then(|title| line(&title.content)),
            published: entry.published.and_then(|published| moment(published.timestamp())),
            updated: entry.updated.and_then(|updated| moment(updated.timestamp())),
            own_text: own_text(&entry),
        });
    }
    Ok(FeedItems { title: feed.title.and_then(|title| line(&title.content)), items })
}

fn own_text(entry: &feed_rs::model::Entry) -> Option<String> {
    let body = entry.content.as_ref().and_then(|content| content.body.as_deref());
    let texts = body.into_iter().chain(entry.summary.as_ref().map(|summary| summary.content.as_str()));
    let text = texts.max_by_key(|text| markup_text::text_bytes(text))?;
    let title = entry.title.as_ref().map(|title| title.content.as_str()).unwrap_or_default();
    let markup = format!("<h1>{title}</h1>\n{text}");
    (markup_text::text_bytes(text) >= MIN_TEXT_BYTES && markup.len() <= MAX_MARKUP_BYTES).then_some(markup)
}

/// Reads the report of an item from its own text (`FeedItem::own_text`).
pub fn item_draft(markup: &str) -> Result<Draft, UnreadableInput> {
    html::fragment(markup, MarkupHints::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_have_address_title_and_dates() {
        let feed = "<rss version=\"2.0\"><channel><title>Báo Giả Tưởng</title>\
            <item><title>Sơ kết &amp; tổng kết</title>\
            <link> https://bao.example.vn/a-1 </link><pubDate>Wed, 01 Jul 2026 08:30:00 +0700</pubDate></item>\
            <item><title>Không có địa chỉ</title></item></channel></rss>";
        let read = feed_items(feed).unwrap();
        assert_eq!(read.title.as_deref(), Some("Báo Giả Tưởng"));
        let [item] = read.items.as_slice() else { panic!("{read:?}") };
        assert_eq!(
            (item.address.as_str(), item.title.as_deref()),
            ("https://bao.example.vn/a-1", Some("Sơ kết & tổng kết"))
        );
        assert_eq!(item.published.unwrap().to_string(), "2026-07-01T01:30:00Z");
        assert!(feed_items("<html>").is_err());
    }

    #[test]
    fn an_item_keeps_its_text_but_no_summary() {
        let item = |text: &str| {
            let feed = format!(
                "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><item>\
                 <title>Sơ kết</title><link>/a</link><description>Tóm tắt</description><content:encoded>\
                 <![CDATA[{text}]]></content:encoded></item></channel></rss>"
            );
            feed_items(&feed).unwrap().items[0].own_text.clone()
        };
        assert_eq!(item("<p>Hội nghị sơ kết.</p>"), None);
        let text = format!("<p>{}</p><p>Hết</p>", "Hội nghị sơ kết công tác. ".repeat(40));
        let draft = item_draft(&item(&text).unwrap()).unwrap();
        assert!(draft.text.starts_with("Sơ kết\n") && draft.text.ends_with("\nHết"), "{}", draft.text);
    }
}

//! The items of a feed as a list: address, title and dates, without their texts. For those who fetch the pages of the
//! items; `feed` makes reports of the items themselves.

use super::{UnreadableInput, feed, markup_text, title};
use jiff::Timestamp;

/// An item of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedItem {
    /// The address of its page, as written: it may be relative.
    pub address: String,
    pub title: Option<String>,
    pub published: Option<Timestamp>,
    /// When it was last changed, as the feed states it.
    pub updated: Option<Timestamp>,
}

/// The name of a feed, and its items in their order. Those without an address are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedItems {
    pub title: Option<String>,
    pub items: Vec<FeedItem>,
}

/// Reads the items of a feed that is decoded.
pub fn feed_items(text: &str) -> Result<FeedItems, UnreadableInput> {
    let feed = feed::parse(text)?;
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
        });
    }
    Ok(FeedItems { title: feed.title.and_then(|title| line(&title.content)), items })
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
}

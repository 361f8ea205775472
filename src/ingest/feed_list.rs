//! Lists of feeds (OPML), as feed readers export them: the name and the address of each feed. A list is no report, so
//! importing one says what it is. Read with the tokenizer for pages, which forgives what XML does not, and builds no
//! tree.

use super::html;
use super::plain::address_in;

/// One feed of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedFeed {
    /// Its name; empty if the list gives none.
    pub title: String,
    /// Its address, `http` or `https`.
    pub address: String,
}

/// The feeds of a list in their order, those in folders too. An outline without an address is a folder.
pub fn feeds(text: &str) -> Vec<ListedFeed> {
    let mut found = Vec::new();
    html::each_tag(text, "outline", &mut |attribute| {
        let address = attribute("xmlurl").and_then(|value| address_in(&value));
        found.extend(address.map(|address| ListedFeed {
            title: attribute("title").or_else(|| attribute("text")).unwrap_or_default().trim().to_owned(),
            address,
        }));
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_of_all_folders_are_listed() {
        let list = "<?xml version=\"1.0\"?><opml version=\"2.0\"><head><title>Nguồn</title></head><body>\
            <outline text=\"Báo\"><outline type=\"rss\" text=\"Báo Giả &amp; Tưởng\" \
                xmlUrl=\"https://bao.example.vn/rss\"/>\
            </outline><outline xmlUrl='ftp://example.vn/x'/><outline title=Mẫu \
                xmlUrl='http://mau.example.vn/feed'/></body>";
        let found: Vec<(String, String)> = feeds(list).into_iter().map(|feed| (feed.title, feed.address)).collect();
        let feed = |title: &str, address: &str| (title.to_owned(), address.to_owned());
        assert_eq!(
            found,
            [feed("Báo Giả & Tưởng", "https://bao.example.vn/rss"), feed("Mẫu", "http://mau.example.vn/feed")]
        );
        assert!(feeds("<opml><body>").is_empty());
    }
}

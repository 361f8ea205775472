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
    /// Whether this program has written that it is of the own network.
    pub is_private: bool,
    /// The kind that this program has written; `None` in a list of another program.
    pub kind: Option<String>,
    /// Further settings that this program has written, by their names, in words.
    pub settings: Vec<(&'static str, String)>,
}

/// The attributes of this program that become settings of a source. In the namespace `baocao`, so that the list is
/// still one for other programs.
pub const FEED_SETTINGS: [&str; 4] = ["only", "skip", "days", "every"];

/// The feeds of a list in their order, those in folders too. An outline without an address is a folder.
pub fn feeds(text: &str) -> Vec<ListedFeed> {
    let mut found = Vec::new();
    html::each_tag(text, "outline", &mut |attribute| {
        let own = |name: &str| attribute(&format!("baocao:{name}"));
        let kind = own("kind");
        // What is no feed is a link for other programs, which would complain of it as a feed.
        let link = || attribute("url").filter(|_| kind.is_some());
        let address = attribute("xmlurl").or_else(link).and_then(|value| address_in(&value));
        found.extend(address.map(|address| ListedFeed {
            title: attribute("title").or_else(|| attribute("text")).unwrap_or_default().trim().to_owned(),
            address,
            is_private: own("private").is_some_and(|value| value == "true"),
            kind: kind.clone(),
            settings: FEED_SETTINGS.iter().filter_map(|name| Some((*name, own(name)?))).collect(),
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

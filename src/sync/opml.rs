//! Sources as a list that feed readers understand (OPML), and such lists as sources. What other programs do not know
//! (kind, filters, whether a source is of the own network) stands in attributes of a namespace, as OPML 2.0 has it for
//! extensions. A list that is no feed is written as a link: another program would complain of it as a feed.

use super::listing::ListKind;
use crate::config::{SourceSetting, USUAL_DAYS, USUAL_MINUTES};
use crate::ingest::{self, FEED_SETTINGS};
use std::fmt::Write as _;

/// The namespace of the attributes of this program.
const NAMESPACE: &str = "urn:baocao:sources";

/// A source as a list of sources has it. Its name may be empty, if another program wrote the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpmlOutline {
    pub source: SourceSetting,
    /// What stands at its address, in the word of `ListKind`; `None` if that is not known.
    pub kind: Option<String>,
}

/// Formats the sources as such a list.
pub fn print(outlines: &[OpmlOutline]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\" xmlns:baocao=\"{NAMESPACE}\">\n<head>\
         <title>baocao</title></head>\n<body>\n"
    );
    for outline in outlines {
        let source = &outline.source;
        let name = &source.name;
        let is_feed = outline.kind.as_deref().is_none_or(|kind| kind == ListKind::Feed.word());
        let (sort, place) = if is_feed { ("rss", "xmlUrl") } else { ("link", "url") };
        let mut attributes = vec![("type", sort), ("text", name), ("title", name), (place, &source.address)];
        if let Some(kind) = outline.kind.as_deref().filter(|_| !is_feed) {
            attributes.push(("baocao:kind", kind));
        }
        let settings = FEED_SETTINGS.map(|setting| (format!("baocao:{setting}"), setting_of(source, setting)));
        attributes.extend(settings.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))));
        if source.allow_private {
            attributes.push(("baocao:private", "true"));
        }
        out.push_str("<outline");
        for (name, value) in attributes {
            // A line end would become a blank when the attribute is read. Writing to a `String` cannot fail.
            let value = quick_xml::escape::escape(value).replace('\n', "&#10;");
            let _ = write!(out, " {name}=\"{value}\"");
        }
        out.push_str("/>\n");
    }
    out.push_str("</body>\n</opml>\n");
    out
}

/// A setting of a source in words; `None` if it is the usual. Patterns are a line each.
fn setting_of(source: &SourceSetting, setting: &str) -> Option<String> {
    let number = |number: u32, usual: u32| (number != usual).then(|| number.to_string());
    let lines = |patterns: &[String]| (!patterns.is_empty()).then(|| patterns.join("\n"));
    match setting {
        "only" => lines(&source.only),
        "skip" => lines(&source.skip),
        "days" => number(source.days, USUAL_DAYS),
        _ => number(source.every, USUAL_MINUTES),
    }
}

/// The sources of a list of feeds, of this and other programs. One that is marked as of the own network has
/// `allow_private`: whether to believe that is up to the caller.
pub fn read(text: &str) -> Vec<OpmlOutline> {
    ingest::listed_feeds(text).into_iter().map(outline).collect()
}

fn outline(feed: ingest::ListedFeed) -> OpmlOutline {
    let mut source = SourceSetting {
        name: feed.title,
        address: feed.address,
        days: USUAL_DAYS,
        every: USUAL_MINUTES,
        allow_private: feed.is_private,
        ..SourceSetting::default()
    };
    for (setting, value) in feed.settings {
        let lines = || value.lines().map(str::to_owned).collect();
        match setting {
            "only" => source.only = lines(),
            "skip" => source.skip = lines(),
            "days" => source.days = value.parse().unwrap_or(USUAL_DAYS),
            _ => source.every = value.parse().unwrap_or(USUAL_MINUTES),
        }
    }
    OpmlOutline { source, kind: feed.kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(name: &str, address: &str, kind: Option<ListKind>) -> OpmlOutline {
        let source = SourceSetting {
            name: name.to_owned(),
            address: address.to_owned(),
            days: USUAL_DAYS,
            every: USUAL_MINUTES,
            ..SourceSetting::default()
        };
        OpmlOutline { source, kind: kind.map(|kind| kind.word().to_owned()) }
    }

    #[test]
    fn what_is_printed_reads_back() {
        let mut own = outline("c", "http://10.0.0.7/sitemap.xml", Some(ListKind::Sitemap));
        own.source = SourceSetting {
            only: vec!["sơ kết".to_owned(), "/quoc-phong/ & <b>".to_owned()],
            skip: vec!["\"thể thao\"".to_owned()],
            days: 90,
            every: 60,
            allow_private: true,
            ..own.source
        };
        let sources = [
            outline("báo \"A\" & <B>", "https://bao.example.vn/rss?a=1&b=2", None),
            own,
            outline("d", "http://mau.example.vn/", Some(ListKind::Page)),
        ];
        let printed = print(&sources);
        assert_eq!(read(&printed), sources);
        let lines: Vec<&str> = printed.lines().filter(|line| line.starts_with("<outline")).collect();
        assert!(lines[0].contains("type=\"rss\"") && !lines[0].contains("baocao:"), "{printed}");
        assert!(lines[1].contains("type=\"link\"") && !lines[1].contains("xmlUrl"), "no feed for others: {printed}");
    }
}

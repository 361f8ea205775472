//! The sources as a list that feed readers understand (OPML). `discovery` reads such lists, of this and other programs.

use std::fmt::Write as _;

/// A source as a list of sources has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpmlOutline<'a> {
    pub name: &'a str,
    pub address: &'a str,
}

/// Formats the sources as such a list.
pub fn print(sources: &[OpmlOutline<'_>]) -> String {
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head>\
        <title>baocao</title></head>\n<body>\n"
        .to_owned();
    for source in sources {
        let (name, address) = (quick_xml::escape::escape(source.name), quick_xml::escape::escape(source.address));
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "<outline type=\"rss\" text=\"{name}\" title=\"{name}\" xmlUrl=\"{address}\"/>");
    }
    out.push_str("</body>\n</opml>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::super::discovery::of_opml;
    use super::*;

    #[test]
    fn what_is_printed_reads_back() {
        let sources = [
            OpmlOutline { name: "báo \"A\" & <B>", address: "https://bao.example.vn/rss?a=1&b=2" },
            OpmlOutline { name: "c", address: "http://mau.example.vn/" },
        ];
        let read = of_opml(&print(&sources));
        let read: Vec<OpmlOutline<'_>> =
            read.iter().map(|found| OpmlOutline { name: &found.title, address: &found.address }).collect();
        assert_eq!(read, sources);
    }
}

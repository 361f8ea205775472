//! Content as a part of a page of HTML: the only way from a report into one. Nothing in it is markup, and only
//! addresses of the web become links.

use crate::text::safe::Safe;

/// Words that lead to an address, if it is one of the web.
pub fn link(words: &str, source: &str) -> String {
    match web_address(source) {
        Some(address) => format!("<a href=\"{}\">{}</a>", escaped(&address), escaped(words)),
        None => escaped(words),
    }
}

/// The address in the form in which it can stand in a link; `None` for a file, and for any scheme but those of the web.
pub fn web_address(source: &str) -> Option<String> {
    let url = url::Url::parse(source).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

/// Text as it stands in an element or between quotation marks: nothing in it is markup, and nothing in it is invisible
/// or turns the direction of writing.
pub fn escaped(words: &str) -> String {
    let safe = Safe::line(words);
    let mut out = String::with_capacity(words.len());
    for c in safe.as_str().chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_report_is_markup_and_only_addresses_of_the_web_are_links() {
        let hostile = "<script>alert('x')</script> & \u{202e}\u{1b}[31m\"";
        assert_eq!(escaped(hostile), "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; \u{fffd}[31m&quot;");
        assert_eq!(link("a<b", "javascript:alert(1)"), "a&lt;b");
        assert_eq!(link("a", "in/a.txt"), "a");
        let address = "https://example.vn/a?b=1&c=\"><script>";
        let linked = link("a", address);
        assert!(linked.starts_with("<a href=\"https://example.vn/a?b=1&amp;c=") && linked.matches('<').count() == 2);
    }
}

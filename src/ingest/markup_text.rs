//! Short values that may be markup, such as titles and leads of records and feeds: their text, its length, and text
//! made into markup. Whole pages are read by `html`.

use super::html;
use super::plain::MarkupHints;
use std::borrow::Cow;

/// The text of a value, without tags and with entities (`&#7871;`) as letters. Lines stay lines.
pub(super) fn text_of(value: &str) -> Cow<'_, str> {
    let may_be_markup = (value.contains('<') && value.contains('>')) || (value.contains('&') && value.contains(';'));
    if !may_be_markup {
        return Cow::Borrowed(value);
    }
    html::fragment(value, MarkupHints::default()).map_or(Cow::Borrowed(value), |draft| Cow::Owned(draft.text))
}

/// Bytes of a value outside of its tags: what it is worth as a text.
pub(super) fn text_bytes(value: &str) -> usize {
    if !html::is_markup(value) {
        return value.len();
    }
    let (mut bytes, mut is_tag) = (0, false);
    for byte in value.bytes() {
        match byte {
            b'<' => is_tag = true,
            b'>' => is_tag = false,
            _ => bytes += usize::from(!is_tag),
        }
    }
    bytes
}

/// A text as markup that shows it.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_as_what_it_is() {
        assert_eq!(text_of("Hội thi <b>bắn</b> s&uacute;ng"), "Hội thi bắn súng");
        assert_eq!(text_of("5 < 7"), "5 < 7");
        assert_eq!(text_bytes("<p class=x>ab</p>"), 2);
        assert_eq!(text_of(&escaped("a < b & c > d")), "a < b & c > d");
    }
}

//! Text that is safe to send to a terminal. `Safe` is the only way from content (a report, a file name, an address, an
//! error that quotes one of them) to the screen, standard output or standard error. A `Safe` contains:
//!
//! * no control character, except `\n` if it was made by `Safe::text`;
//! * nothing that changes the direction of writing, and nothing invisible;
//! * at most four combining marks on a letter, and no grapheme of more than 32 bytes.
//!
//! Making spans of it is left to `tui`.

use crate::text::canonical::is_invisible;
use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::path::Path;
use std::str::Chars;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// Combining marks beyond this number on one letter are dropped; Vietnamese needs two.
const MARKS_PER_LETTER: usize = 4;

/// The maximum length of a grapheme in bytes. It bounds what one screen cell can hold: without it, one letter with a
/// megabyte of joined characters would be one cell.
const CLUSTER_BYTES: usize = 32;

/// Text that a terminal displays and does not execute. Unsafe characters are dropped, so byte offsets of the original
/// do not apply: to show a part of a text, cut it first, then make it safe.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Safe(Cow<'static, str>);

impl Safe {
    /// One line of content: line ends and tabs become spaces.
    pub fn line(content: &str) -> Self {
        Self(Cow::Owned(clean(content, ' ')))
    }

    /// Content of several lines: every line end becomes `\n`, a tab becomes a space.
    pub fn text(content: &str) -> Self {
        Self(Cow::Owned(clean(content, '\n')))
    }

    /// The program's own words, which are safe because they are in its source.
    pub const fn words(words: &'static str) -> Self {
        Self(Cow::Borrowed(words))
    }

    #[expect(clippy::unnecessary_debug_formatting, reason = "the escapes are what is wanted")]
    /// A path for a message: unchanged if that is safe, otherwise quoted with escapes. Dropping characters instead
    /// could make two paths look the same.
    pub fn path(path: &Path) -> Self {
        match path.to_str() {
            Some(name) if clean(name, ' ') == name => Self(Cow::Owned(name.to_owned())),
            _ => Self::line(&format!("{path:?}")),
        }
    }

    /// Returns the safe text, for output that takes a `str`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Lets a `Safe` become a span of the screen: `Span::styled(safe, style)`.
impl From<Safe> for Cow<'static, str> {
    fn from(safe: Safe) -> Self {
        safe.0
    }
}

impl AsRef<str> for Safe {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// Makes JSON written by serde_json safe to print: DEL, C1 controls, direction marks and invisible characters become
/// `\uXXXX`, which a parser turns back into the same characters. Escaping the whole text at once is correct because
/// such a character can only occur inside a JSON string.
pub fn json(json: &str) -> Cow<'_, str> {
    if !json.chars().any(is_unsafe) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    let mut units = [0; 2];
    for c in json.chars() {
        if is_unsafe(c) {
            for unit in c.encode_utf16(&mut units) {
                // Writing to a String does not fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Whether `c` must not be printed: a control character (except `\n` and `\t`), a direction mark, a line or paragraph
/// separator, or another character without a glyph.
pub fn is_unsafe(c: char) -> bool {
    match c {
        '\n' | '\t' | ' '..='~' => false,
        '\u{2028}' | '\u{2029}' => true,
        _ => c.is_control() || is_invisible(c) || is_prefix_sign(c),
    }
}

/// Format characters of other scripts that join with the characters after them and have no glyph of their own.
fn is_prefix_sign(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{605}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{110bd}' | '\u{110cd}'
        | '\u{13430}'..='\u{1345f}')
}

/// Returns the characters of `content` if the text is safe as it is and each character takes one cell, so that counting
/// characters gives the width. `None` if that is not certain for some character.
pub fn plain_letters(content: &str) -> Option<Chars<'_>> {
    content.chars().all(is_plain).then(|| content.chars())
}

/// Whether a character is harmless, never joins others into a grapheme, and takes one cell. This covers nearly all of a
/// Vietnamese text and the line-drawing signs of the interface. A text of such characters needs neither cleaning nor
/// segmentation, which is what makes drawing a frame cheap.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{2500}'..='\u{25cf}' | '\u{2605}' | '\u{fffd}')
}

fn clean(content: &str, line_end: char) -> String {
    if content.chars().all(is_plain) {
        return content.to_owned();
    }
    let mut out = String::with_capacity(content.len());
    // Cleared by the first character that may join others into a grapheme; only then are clusters cut.
    let mut simple = true;
    let mut chars = content.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            _ if is_plain(c) => out.push(c),
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push(line_end);
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(line_end),
            '\t' => out.push(' '),
            _ if c.is_control() => out.push('\u{fffd}'),
            _ if is_unsafe(c) => {}
            _ => {
                simple = false;
                out.push(c);
            }
        }
    }
    if simple { out } else { cut_clusters(&out) }
}

/// Drops the marks beyond `MARKS_PER_LETTER` and the characters beyond `CLUSTER_BYTES` of each grapheme.
fn cut_clusters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Counted across graphemes: a mark that the tables of graphemes do not know yet begins one of its own, but is drawn
    // onto the letter before by a terminal that knows it.
    let mut marks = 0;
    for cluster in text.graphemes(true) {
        let mut bytes = 0;
        for c in cluster.chars() {
            marks = if may_be_mark(c) { marks + 1 } else { 0 };
            bytes += c.len_utf8();
            if bytes > CLUSTER_BYTES {
                break;
            }
            if marks <= MARKS_PER_LETTER {
                out.push(c);
            }
        }
    }
    out
}

/// Whether a character is a combining mark, or a code point that Unicode gives to marks and that our tables may be too
/// old to know: those of the blocks of marks, and what is no letter in the scripts that still grow.
fn may_be_mark(c: char) -> bool {
    let is_block_of_marks = matches!(c,
        '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}');
    let grows = matches!(c, '\u{10e80}'..='\u{11fff}' | '\u{16d00}'..='\u{16fff}' | '\u{1e000}'..='\u{1efff}');
    is_combining_mark(c) || is_block_of_marks || (grows && !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_do_not_pile_up_whether_known_or_not() {
        for mark in ['\u{301}', '\u{1ab0}', '\u{1aef}', '\u{1af0}', '\u{20e1}', '\u{10ecb}', '\u{11df0}', '\u{1e8d5}'] {
            let line = Safe::line(&format!("a{}b", mark.to_string().repeat(50)));
            assert!(line.as_str().chars().count() <= MARKS_PER_LETTER + 2, "{mark:?}: {line:?}");
            let apart = format!("a{mark}b").repeat(9);
            assert_eq!(Safe::line(&apart).as_str(), apart);
        }
    }

    #[test]
    fn vietnamese_stays_as_it_is() {
        let name = "Thượng tướng Đỗ Ước – «Kđăm Êban» … 50 %";
        assert_eq!(Safe::line(name).as_str(), name);
        assert_eq!(Safe::text("một\nhai").as_str(), "một\nhai");
        assert_eq!(Safe::line("e\u{302}\u{323}").as_str(), "e\u{302}\u{323}");
    }

    #[test]
    fn a_plain_letter_is_safe_takes_one_cell_and_joins_no_other() {
        for c in ('\0'..=char::MAX).filter(|c| is_plain(*c)) {
            let twice = format!("{c}{c}");
            assert!(!is_unsafe(c), "{c:?}");
            assert_eq!(unicode_width::UnicodeWidthStr::width(twice.as_str()), 2, "{c:?}");
            for pair in [format!("a{c}"), format!("{c}a"), twice] {
                assert_eq!(pair.graphemes(true).count(), 2, "{pair:?}");
            }
        }
        assert!(plain_letters("Đỗ Ước │ …").is_some() && plain_letters("e\u{301}").is_none());
    }

    #[test]
    fn no_escape_sequence_survives() {
        assert_eq!(Safe::line("a\u{1b}[31mb\u{9b}c\u{7f}\0").as_str(), "a\u{fffd}[31mb\u{fffd}c\u{fffd}\u{fffd}");
        assert_eq!(Safe::line("\u{1b}]52;c;AAAA\u{7}").as_str(), "\u{fffd}]52;c;AAAA\u{fffd}");
    }

    #[test]
    fn line_ends_by_constructor() {
        assert_eq!(Safe::line("a\r\nb\tc\u{2028}d\u{85}e").as_str(), "a b c d e");
        assert_eq!(Safe::text("a\r\nb\tc\u{2028}d\re").as_str(), "a\nb c\nd\ne");
    }

    #[test]
    fn nothing_turns_the_line_or_hides() {
        let hidden = "a\u{202e}b\u{2066}c\u{200b}d\u{feff}e\u{ad}f\u{e0041}g\u{fff9}h\u{600}i\u{fe0f}j\u{fffe}k";
        assert_eq!(Safe::line(hidden).as_str(), "abcdefghijk");
    }

    #[test]
    fn a_pile_of_marks_and_a_long_cluster_are_cut() {
        assert_eq!(Safe::line(&format!("a{}b", "\u{336}".repeat(10_000))).as_str().chars().count(), 6);
        let jamo = "\u{1100}".repeat(1_000);
        assert!(Safe::line(&jamo).as_str().len() <= CLUSTER_BYTES);
    }

    #[test]
    fn a_path_with_controls_is_quoted_and_still_names_one_file() {
        assert_eq!(Safe::path(Path::new("báo cáo/1.txt")).as_str(), "báo cáo/1.txt");
        assert_eq!(Safe::path(Path::new("a\u{1b}[2Jb")).as_str(), "\"a\\u{1b}[2Jb\"");
        assert_eq!(Safe::path(Path::new("a\nb")).as_str(), "\"a\\nb\"");
    }

    #[test]
    fn json_is_escaped_and_reads_back_the_same() {
        let value = "x\u{7f}\u{9b}\u{202e}\u{2028}\u{e0041}ệ";
        let printed = serde_json::to_string(value).unwrap();
        let safe = json(&printed);
        assert_eq!(safe, "\"x\\u007f\\u009b\\u202e\\u2028\\udb40\\udc41ệ\"");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), value);
        assert!(matches!(json("[\"ệ\"]"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn never_unsafe_and_idempotent(content in any::<String>()) {
            for safe in [Safe::line(&content), Safe::text(&content)] {
                prop_assert!(!safe.as_str().chars().any(|c| is_unsafe(c) || c == '\t'));
                prop_assert_eq!(&Safe::text(safe.as_str()), &safe);
            }
            prop_assert!(!Safe::line(&content).as_str().contains('\n'));
        }

        #[test]
        fn hostile_mixtures_too(
            content in "[a\u{300}-\u{340}\u{0}-\u{20}\u{7f}-\u{ad}\u{2000}-\u{206f}\u{1100}\u{1161}\u{11a8}]*"
        ) {
            let safe = Safe::text(&content);
            prop_assert!(!safe.as_str().chars().any(is_unsafe));
            for cluster in safe.as_str().graphemes(true) {
                prop_assert!(cluster.len() <= CLUSTER_BYTES, "{cluster:?}");
                prop_assert!(cluster.chars().filter(|c| is_combining_mark(*c)).count() <= MARKS_PER_LETTER);
            }
            prop_assert_eq!(&Safe::text(safe.as_str()), &safe);
        }
    }
}

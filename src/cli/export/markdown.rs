//! Reports as Markdown: one chapter each. Every sign of a text that Markdown would read is escaped.

use crate::cli::show::facts;
use crate::lang::Lang;
use crate::report::{ParagraphKind, Report};
use std::fmt::Write as _;

/// Formats a report as one chapter of Markdown: title, facts, people, and the text without residue and repeated title.
pub fn chapter(report: &Report, lang: Lang) -> String {
    let mut out = format!("# {}\n\n", escaped(&report.title.text));
    // Writing to a string cannot fail.
    for (label, value) in facts(report, lang) {
        let _ = writeln!(out, "- {label}: {}", escaped(&value));
    }
    if !report.extraction.people.is_empty() {
        out.push('\n');
    }
    for (n, person) in report.extraction.people.iter().enumerate() {
        let rank = person.rank.map(|said| format!("{} ", said.rank.name)).unwrap_or_default();
        let posts = person.posts.iter().map(|post| format!(", {}", post.text)).collect::<Vec<_>>().concat();
        let _ = writeln!(out, "{}. {}", n + 1, escaped(&format!("{rank}{}{posts}", person.name)));
    }
    for paragraph in report.paragraphs.iter().filter(|p| p.kind != ParagraphKind::Residue) {
        let words = paragraph.span.of(&report.text);
        if paragraph.kind == ParagraphKind::Headline && words == report.title.text {
            continue;
        }
        let words = escaped(words);
        let _ = match paragraph.kind {
            ParagraphKind::Headline => writeln!(out, "\n**{words}**"),
            ParagraphKind::Caption | ParagraphKind::Byline | ParagraphKind::Source => writeln!(out, "\n*{words}*"),
            ParagraphKind::Body | ParagraphKind::Residue => writeln!(out, "\n{words}"),
        };
    }
    out
}

/// Escapes text so that Markdown shows it unchanged. At the start of a line this includes the signs and numbers that
/// would begin a list or underline a heading.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    // Byte offset behind the leading digits: a `.` or `)` there would make them the number of a list item.
    let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let list = words.len() - number.len();
    for (at, c) in words.char_indices() {
        let begins_list = match c {
            '-' | '+' | '=' => at == 0,
            '.' | ')' => at > 0 && at == list,
            _ => false,
        };
        if begins_list {
            out.push('\\');
        }
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_shows_words_as_they_are() {
        assert_eq!(escaped("<b>1 * 2_3</b>"), "\\<b\\>1 \\* 2\\_3\\</b\\>");
        assert_eq!(
            [escaped("1. Đặc điểm"), escaped("- Một là"), escaped("Năm 2022. A")],
            ["1\\. Đặc điểm", "\\- Một là", "Năm 2022. A"]
        );
    }
}

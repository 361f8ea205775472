//! Reports as Markdown: one chapter each. Every sign of a text that Markdown would read is escaped.

use crate::cli::show::facts;
use crate::lang::Lang;
use crate::report::{ParagraphKind, Report};
use crate::text::markdown::escaped;
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

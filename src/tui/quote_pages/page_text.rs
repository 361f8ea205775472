//! A page as text, for the clipboard and for a file: plain, as it is laid out, or as Markdown. In Markdown a line that
//! quotes a report names it by the first digits of its id.

use crate::text::markdown::escaped;
use crate::theme::ThemeRole;
use crate::tui::app::PageLine;
use std::fmt::Write as _;

/// The digits of an id that name a report.
const ID_DIGITS: usize = 8;

/// The page as plain text: its title, then its lines.
pub fn plain(title: &str, lines: &[PageLine]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| words_of(line).trim_end().to_owned()).collect();
    format!("{title}\n\n{}\n", lines.join("\n"))
}

/// The page as Markdown: parts become headings, what leads to a place a list, the rest paragraphs.
pub fn markdown(title: &str, lines: &[PageLine]) -> String {
    let mut out = format!("# {}\n", escaped(title));
    let mut in_list = false;
    let mut lines = lines.iter().peekable();
    while let Some(line) = lines.next() {
        let mut words = words_of(line);
        while let Some(more) = lines.next_if(|line| line.continues) {
            words = format!("{} {}", words.trim_end(), words_of(more).trim_start());
        }
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            continue;
        }
        let leads = line.place.is_some() || line.official.is_some() || line.filter.is_some();
        let is_heading = !leads && line.pieces.iter().all(|piece| piece.1 == ThemeRole::Title);
        let gap = if leads && in_list { "" } else { "\n" };
        in_list = leads;
        let id = line.place.as_ref().and_then(|place| place.report.get(..ID_DIGITS));
        let source = id.map(|id| format!(" `{id}`")).unwrap_or_default();
        let mark = match (is_heading, leads) {
            (true, _) => "## ",
            (false, true) => "- ",
            (false, false) => "",
        };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{gap}{mark}{}{source}", escaped(&words));
    }
    out
}

fn words_of(line: &PageLine) -> String {
    line.pieces.iter().map(|piece| piece.0.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::Place;

    #[test]
    fn markdown_has_headings_lists_and_sources() {
        let line = |words: &str, role, place: Option<&str>, continues| PageLine {
            pieces: vec![(words.to_owned(), role)],
            place: place.map(|id| Place { report: id.into(), at: 3 }),
            continues,
            ..PageLine::default()
        };
        let lines = [
            line("81% of *it*", ThemeRole::Dim, None, false),
            PageLine::default(),
            line("Figures", ThemeRole::Title, None, false),
            line("3.400 → 5.120  ", ThemeRole::New, Some("0123456789"), false),
            line("    working days", ThemeRole::Text, None, true),
            line("+ 7 classes", ThemeRole::New, Some("abc"), false),
        ];
        let written = "# A\\_B\n\n81% of \\*it\\*\n\n## Figures\n\n\
            - 3\\.400 → 5.120 working days `01234567`\n- \\+ 7 classes\n";
        assert_eq!(markdown("A_B", &lines), written);
        assert!(plain("A_B", &lines).starts_with("A_B\n\n81% of *it*\n\nFigures\n3.400 → 5.120\n    working days\n"));
    }
}

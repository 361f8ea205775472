//! The comparison of two reports: figures, documents and slogans that are new or gone, then the text. What recurs is
//! dimmed, what is new is highlighted. On a wide screen the two texts are side by side, paragraph next to paragraph.

use super::diff_rows::{self, ParagraphStyles, TextRow};
use super::{ComparisonSide, LineBuilder, LineOptions, push_head};
use crate::lang::phrases;
use crate::officials::Place;
use crate::officials::report_diff::{ComparedParagraph, Comparison, Item, pairs};
use crate::report::Report;
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::app::PageLine;

/// The least width for two texts side by side, in cells: that of a screen of 140 columns without its frame.
const SIDE_BY_SIDE: usize = 136;
/// The most words behind a figure that are shown with it.
const WORDS_OF_FIGURE: usize = 4;
/// The widest column of text, in cells.
const WIDEST: usize = 88;

/// Lays out the comparison of two reports as lines.
pub fn lines(
    older: &ComparisonSide,
    newer: &ComparisonSide,
    found: &Comparison,
    options: LineOptions,
) -> Vec<PageLine> {
    let mut out = LineBuilder::new(options);
    push_head(&mut out, phrases::NEWER, &newer.head);
    push_head(&mut out, phrases::OLDER, &older.head);
    let (older, newer) = (&*older.report, &*newer.report);
    let shared = phrases::SHARED.fill(options.lang, &[&found.shared().to_string()]);
    out.note(shared, 2);
    let parts = [
        (phrases::FIGURES, &found.figures),
        (phrases::DOCUMENTS, &found.documents),
        (phrases::SLOGANS, &found.slogans),
    ];
    for (title, items) in parts {
        if !items.is_empty() {
            out.section(title.say(options.lang));
        }
        for item in items {
            let words = if title == phrases::FIGURES { words_behind(item, older, newer) } else { String::new() };
            push_item(&mut out, item, &words);
        }
    }
    out.section(phrases::FULL_TEXT.say(options.lang));
    let key = if options.width < SIDE_BY_SIDE { phrases::TEXT_SIGNS } else { phrases::TEXT_SIGNS_BESIDE };
    out.note(key.say(options.lang).to_owned(), 2);
    for (before, after) in pairs(older, newer, found) {
        let before = before.and_then(|n| found.older_paragraphs.get(n));
        let after = after.and_then(|n| found.paragraphs.get(n));
        let sides = ParagraphPair { older, newer, before, after };
        if options.width < SIDE_BY_SIDE { sides.below(&mut out, options) } else { sides.beside(&mut out, options) }
    }
    out.finish()
}

/// By how much a figure has changed, as Vietnamese texts write numbers: `+1.720`, `−3,8`. `None` if one of the two does
/// not begin with a number.
fn change(was: &str, is: &str) -> Option<String> {
    let (was, is) = (Decimal::of(was)?, Decimal::of(is)?);
    let places = was.places.max(is.places);
    let by = is.at(places)?.checked_sub(was.at(places)?)?;
    let digits = format!("{:0>width$}", by.unsigned_abs(), width = places as usize + 1);
    let (whole, part) = digits.split_at_checked(digits.len().checked_sub(places as usize)?)?;
    let groups: Vec<&str> = whole.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    let part = if part.is_empty() { String::new() } else { format!(",{part}") };
    Some(format!("{}{}{part}", if by < 0 { "−" } else { "+" }, groups.join(".")))
}

/// A decimal number: its digits without the comma, and how many of them are behind it.
struct Decimal {
    digits: i64,
    places: u32,
}

impl Decimal {
    /// The number that a figure begins with: `3.400 ngày công`, `91,2%`.
    fn of(figure: &str) -> Option<Self> {
        let end = figure.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(figure.len());
        let number = figure.get(..end)?.trim_end_matches(['.', ',']).replace('.', "");
        let (whole, part) = number.split_once(',').unwrap_or((&number, ""));
        Some(Self { digits: format!("{whole}{part}").parse().ok()?, places: u32::try_from(part.len()).ok()? })
    }

    /// The digits if there were so many behind the comma. `None` if that is too large a number.
    fn at(&self, places: u32) -> Option<i64> {
        self.digits.checked_mul(10_i64.checked_pow(places.checked_sub(self.places)?)?)
    }
}

/// What a figure counts: the words behind it up to the next sign, such as ` chi bộ` of `95% chi bộ`. Empty if a sign
/// follows at once.
fn words_behind(item: &Item, older: &Report, newer: &Report) -> String {
    let report = if item.after.is_some() { newer } else { older };
    let rest = item.after.as_ref().or(item.before.as_ref()).and_then(|place| report.text.get(place.at..));
    let rest = rest.and_then(|rest| rest.strip_prefix(item.text.as_str())).unwrap_or_default();
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != ' ').unwrap_or(rest.len());
    let words: Vec<&str> = rest.get(..end).unwrap_or_default().split_whitespace().take(WORDS_OF_FIGURE).collect();
    if words.is_empty() || !rest.starts_with(' ') { String::new() } else { format!(" {}", words.join(" ")) }
}

/// Adds a figure, document or slogan, with the words behind it: changed (`was → is`), new (`+`) or gone (`-`).
fn push_item(out: &mut LineBuilder, item: &Item, words: &str) {
    let mut pieces = match (&item.was, &item.before, &item.after) {
        (Some(was), _, _) => {
            vec![
                (format!("  {was}"), ThemeRole::Gone),
                (" → ".to_owned(), ThemeRole::Dim),
                (item.text.clone(), ThemeRole::New),
                (change(was, &item.text).map(|by| format!(" ({by})")).unwrap_or_default(), ThemeRole::Text),
            ]
        }
        (None, _, Some(_)) => vec![("+ ".to_owned(), ThemeRole::New), (item.text.clone(), ThemeRole::New)],
        (None, ..) => vec![("- ".to_owned(), ThemeRole::Gone), (item.text.clone(), ThemeRole::Gone)],
    };
    pieces.push((words.to_owned(), ThemeRole::Text));
    let line = PageLine {
        place: item.after.clone().or_else(|| item.before.clone()),
        other: item.after.as_ref().and(item.before.clone()),
        ..PageLine::default()
    };
    out.fact(&pieces, 4, line);
}

/// A paragraph of the older report and the one that it became in the newer. One of them is `None` if the paragraph is
/// gone or new.
struct ParagraphPair<'a> {
    older: &'a Report,
    newer: &'a Report,
    before: Option<&'a ComparedParagraph>,
    after: Option<&'a ComparedParagraph>,
}

impl ParagraphPair<'_> {
    /// The rows of the older paragraph; none if the pair has none.
    fn old_rows(&self, width: usize, options: LineOptions) -> Vec<TextRow> {
        let styles = ParagraphStyles { own: ThemeRole::Gone, signs: options.plain };
        self.before.map_or_else(Vec::new, |p| diff_rows::rows(&self.older.text, p, styles, width))
    }

    /// The rows of the newer paragraph; none if the pair has none.
    fn new_rows(&self, width: usize, options: LineOptions) -> Vec<TextRow> {
        let styles = ParagraphStyles { own: ThemeRole::New, signs: options.plain };
        self.after.map_or_else(Vec::new, |p| diff_rows::rows(&self.newer.text, p, styles, width))
    }

    /// Adds the pair to a single column: the newer paragraph, or the older one if it is gone. An older paragraph that
    /// recurs elsewhere is left out, because it is shown there.
    fn below(&self, out: &mut LineBuilder, options: LineOptions) {
        let width = options.width.min(WIDEST).saturating_sub(2).max(1);
        let (rows, sign, own, other) = match (self.before, self.after) {
            (before, Some(after)) => {
                let other = before.map(|p| place(self.older, p.span.start));
                (self.new_rows(width, options), diff_rows::sign(after, "+"), self.newer, other)
            }
            (Some(before), None) if !before.recurs => (self.old_rows(width, options), "-", self.older, None),
            _ => return,
        };
        for (n, (pieces, at)) in rows.into_iter().enumerate() {
            let sign = if n == 0 { sign } else { " " };
            let pieces = std::iter::once((format!("{sign} "), role_of(sign))).chain(pieces).collect();
            let place = Some(place(own, at));
            out.line(PageLine { pieces, place, other: other.clone(), continues: n > 0, ..PageLine::default() });
        }
        out.blank();
    }

    /// Adds the pair in two columns: the older paragraph on the left, the newer on the right.
    ///
    /// ```text
    /// - older text … │ + newer text …      column cells, " │ ", column cells
    /// ```
    fn beside(&self, out: &mut LineBuilder, options: LineOptions) {
        let column = ((options.width - 3) / 2).min(WIDEST);
        let (old, new) = (self.old_rows(column - 2, options), self.new_rows(column - 2, options));
        let (old_sign, new_sign) =
            (self.before.map_or(" ", |p| diff_rows::sign(p, "-")), self.after.map_or(" ", |p| diff_rows::sign(p, "+")));
        for n in 0..old.len().max(new.len()) {
            let mut pieces = Vec::new();
            let left = old.get(n);
            let used = left.map_or(0, |(words, _)| words.iter().map(|piece| wrap::width(&piece.0)).sum());
            let old_sign = if n == 0 { old_sign } else { " " };
            pieces.push((format!("{old_sign} "), role_of(old_sign)));
            pieces.extend(left.map(|(words, _)| words.clone()).unwrap_or_default());
            pieces.push((" ".repeat((column - 2).saturating_sub(used)), ThemeRole::Text));
            pieces.push((" │ ".to_owned(), ThemeRole::Border));
            let new_sign = if n == 0 { new_sign } else { " " };
            pieces.push((format!("{new_sign} "), role_of(new_sign)));
            pieces.extend(new.get(n).map(|(words, _)| words.clone()).unwrap_or_default());
            let old_place = left.map(|(_, at)| place(self.older, *at));
            let new_place = new.get(n).map(|(_, at)| place(self.newer, *at));
            let (place, other) = if new_place.is_some() { (new_place, old_place) } else { (old_place, None) };
            out.line(PageLine { pieces, place, other, continues: n > 0, ..PageLine::default() });
        }
        out.blank();
    }
}

/// How the sign before a paragraph looks.
fn role_of(sign: &str) -> ThemeRole {
    match sign {
        "+" => ThemeRole::New,
        "-" => ThemeRole::Gone,
        _ => ThemeRole::Dim,
    }
}

/// The byte `at` of a report, as a place to jump to.
fn place(report: &Report, at: usize) -> Place {
    Place { report: report.id.clone(), at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_written_as_vietnamese_texts_write_numbers() {
        for (was, is, by) in [
            ("3.400 ngày công", "5.120 ngày công", Some("+1.720")),
            ("95%", "91,2%", Some("−3,8")),
            ("0,05", "0,1", Some("+0,05")),
            ("12 nhà", "12 nhà", Some("+0")),
            ("999", "1.000.999", Some("+1.000.000")),
            ("gần một nửa", "5", None),
            ("9999999999999999999999", "1", None),
        ] {
            assert_eq!(change(was, is).as_deref(), by, "{was} {is}");
        }
    }
}

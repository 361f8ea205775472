//! The comparison of two reports: figures, documents and slogans that are new or gone, then the text. What recurs is
//! dimmed, what is new is highlighted. On a wide screen the two texts are side by side, paragraph next to paragraph.

use super::diff_rows::{self, ParagraphStyles, TextRow};
use super::{ComparisonSide, LineBuilder, LineOptions, push_head};
use crate::lang::phrases;
use crate::officials::Place;
use crate::officials::report_diff::{ComparedParagraph, Comparison, Item, pairs};
use crate::report::Report;
use crate::text::wrap;
use crate::tui::app::PageLine;
use crate::tui::theme::ThemeRole;

/// The least width for two texts side by side, in cells.
const SIDE_BY_SIDE: usize = 96;
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
            push_item(&mut out, item);
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

/// Adds a figure, document or slogan: changed (`was → is`), new (`+`) or gone (`-`).
fn push_item(out: &mut LineBuilder, item: &Item) {
    let pieces = match (&item.was, &item.before, &item.after) {
        (Some(was), _, _) => {
            vec![
                (format!("  {was}"), ThemeRole::Gone),
                (" → ".to_owned(), ThemeRole::Dim),
                (item.text.clone(), ThemeRole::New),
            ]
        }
        (None, _, Some(_)) => vec![("+ ".to_owned(), ThemeRole::New), (item.text.clone(), ThemeRole::New)],
        (None, ..) => vec![("- ".to_owned(), ThemeRole::Gone), (item.text.clone(), ThemeRole::Gone)],
    };
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

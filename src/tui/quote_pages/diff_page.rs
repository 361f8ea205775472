//! The comparison of two reports: figures, documents and slogans that are new or gone, then the text, sentence by
//! sentence. What recurs is folded into one line until the reader asks for it; what changed shows what it was. On a
//! wide screen the two texts are side by side.

use super::diff_rows::{self, MergedRow, SentenceStyles, TextRow};
use super::{ComparisonSide, LineBuilder, LineOptions, push_head};
use crate::lang::phrases;
use crate::officials::Place;
use crate::officials::report_diff::{ComparedSentence, Comparison, Item, RowKind, SentenceRow};
use crate::report::Report;
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::app::PageLine;
use crate::tui::text_layout::{self, StyledText};

/// The least width for two texts side by side, in cells: that of a screen of 140 columns without its frame.
const SIDE_BY_SIDE: usize = 136;
/// The least share of words that stayed, in percent, for a pair to be shown as one text.
const LEAST_MERGED: u8 = 50;
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
        push_items(&mut out, items);
    }
    out.section(phrases::FULL_TEXT.say(options.lang));
    let key = if options.width < SIDE_BY_SIDE { phrases::TEXT_SIGNS } else { phrases::TEXT_SIGNS_BESIDE };
    out.note(key.say(options.lang).to_owned(), 2);
    let text = TextLayout { older: &older.report, newer: &newer.report, found, options };
    text.lay_out(&mut out);
    out.finish()
}

/// Adds figures, documents or slogans. On a wide screen those that are gone are on the left and the new ones on the
/// right, as in the text; those that changed come first, over the whole width.
fn push_items(out: &mut LineBuilder, items: &[Item]) {
    let is_beside = out.options.width >= SIDE_BY_SIDE;
    for item in items.iter().filter(|item| !is_beside || item.was.is_some()) {
        let line = PageLine {
            place: item.after.clone().or_else(|| item.before.clone()),
            other: item.after.as_ref().and(item.before.clone()),
            ..PageLine::default()
        };
        out.fact(&pieces_of(item), 4, line);
    }
    if is_beside {
        let column = column_width(out.options);
        let lines = |is_new: bool| -> Vec<ColumnLine> {
            let own = items.iter().filter(|item| item.was.is_none() && item.after.is_some() == is_new);
            own.flat_map(|item| item_lines(item, column)).collect()
        };
        push_beside(out, lines(false), lines(true));
    }
}

/// The lines of an item in a column.
fn item_lines(item: &Item, column: usize) -> Vec<ColumnLine> {
    let Some(place) = item.after.as_ref().or(item.before.as_ref()) else { return Vec::new() };
    let rows = text_layout::flow(&pieces_of(item), column, 4).into_iter().enumerate();
    rows.map(|(n, pieces)| ColumnLine { pieces, place: place.clone(), begins: n == 0 }).collect()
}

/// A figure, document or slogan, with the words behind it: changed (`was → is`), new (`+`) or gone (`-`).
fn pieces_of(item: &Item) -> Vec<StyledText> {
    let mut pieces = match (&item.was, &item.before, &item.after) {
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
    if !item.about.is_empty() {
        pieces.push((format!(" {}", item.about), ThemeRole::Text));
    }
    pieces.extend(item.change.iter().map(|by| (format!(" ({by})"), ThemeRole::Text)));
    pieces
}

/// Lays out the two texts.
#[derive(Clone, Copy)]
struct TextLayout<'a> {
    older: &'a Report,
    newer: &'a Report,
    found: &'a Comparison,
    options: LineOptions,
}

/// A line of one column: its words with the sign before them, and its place in the report of the column.
struct ColumnLine {
    pieces: Vec<(String, ThemeRole)>,
    place: Place,
    /// Whether a sentence begins here, so that it does not go on from the line above.
    begins: bool,
}

impl<'a> TextLayout<'a> {
    fn lay_out(self, out: &mut LineBuilder) {
        let mut last = (None, None);
        let mut rows = self.found.rows.as_slice();
        while let Some(first) = rows.first() {
            // A sentence that was moved is shown where it is now, and one that is told elsewhere there.
            let count = self.block(rows);
            let (block, rest) = rows.split_at_checked(count).unwrap_or((rows, &[]));
            rows = rest;
            let place =
                (self.older_sentence(first).map(|s| s.paragraph), self.newer_sentence(first).map(|s| s.paragraph));
            let is_new_paragraph = if place.1.is_some() { place.1 != last.1 } else { place.0 != last.0 };
            let before = out.len();
            if is_new_paragraph && last != (None, None) {
                out.blank();
            }
            let blank = out.len();
            if first.kind == RowKind::Same && !self.options.unfolded {
                self.fold(out, block);
            } else if self.is_beside() {
                self.beside(out, block);
            } else {
                for row in block {
                    self.below(out, row);
                }
            }
            if out.len() == blank {
                out.truncate(before);
                continue;
            }
            for row in block {
                last.0 = self.older_sentence(row).map(|s| s.paragraph).or(last.0);
                last.1 = self.newer_sentence(row).map(|s| s.paragraph).or(last.1);
            }
        }
    }

    fn is_beside(self) -> bool {
        self.options.width >= SIDE_BY_SIDE
    }

    /// How many rows are laid out together: those that recur if they are folded; beside each other, those without a
    /// pair; else one.
    fn block(self, rows: &[SentenceRow]) -> usize {
        let alone = |row: &&SentenceRow| !matches!(row.kind, RowKind::Same | RowKind::Changed);
        let same = |row: &&SentenceRow| row.kind == RowKind::Same;
        let count = match rows.first().map(|row| row.kind) {
            Some(RowKind::Same) if !self.options.unfolded => rows.iter().take_while(same).count(),
            Some(RowKind::Same | RowKind::Changed) => 1,
            _ if self.is_beside() => rows.iter().take_while(alone).count(),
            _ => 1,
        };
        count.max(1)
    }

    fn older_sentence(self, row: &SentenceRow) -> Option<&'a ComparedSentence> {
        row.older.and_then(|n| self.found.older_sentences.get(n))
    }

    fn newer_sentence(self, row: &SentenceRow) -> Option<&'a ComparedSentence> {
        row.newer.and_then(|n| self.found.sentences.get(n))
    }

    fn old_place(self, at: usize) -> Place {
        Place { report: self.older.id.as_str().into(), at }
    }

    fn new_place(self, at: usize) -> Place {
        Place { report: self.newer.id.as_str().into(), at }
    }

    /// Adds one line for sentences that recur.
    fn fold(self, out: &mut LineBuilder, block: &[SentenceRow]) {
        let Some(first) = block.first() else { return };
        let said = phrases::SAME_SENTENCES.count(self.options.lang, block.len());
        let line = PageLine {
            place: self.newer_sentence(first).map(|sentence| self.new_place(sentence.span.start)),
            other: self.older_sentence(first).map(|sentence| self.old_place(sentence.span.start)),
            ..PageLine::default()
        };
        out.fact(&[("= ".to_owned(), ThemeRole::Dim), (said, ThemeRole::Dim)], 2, line);
    }

    fn styles(self, own: ThemeRole, kind: RowKind) -> SentenceStyles {
        let known = if matches!(kind, RowKind::Same | RowKind::Elsewhere | RowKind::MovedAway) {
            ThemeRole::Dim
        } else {
            ThemeRole::Text
        };
        SentenceStyles { own, known, signs: self.options.plain }
    }

    /// Adds a row to a single column: the newer sentence with what was in the place of its changes, or the older one if
    /// it is gone. A pair of which little stayed is easier to read one after the other. An older sentence that is told
    /// elsewhere is shown there.
    fn below(self, out: &mut LineBuilder, row: &SentenceRow) {
        let width = self.options.width.min(WIDEST).saturating_sub(2).max(1);
        let (old, new) = (self.older_sentence(row), self.newer_sentence(row));
        if let (Some(old), Some(new)) = (old, new.filter(|new| new.shared < LEAST_MERGED)) {
            let (gone, come) = (self.styles(ThemeRole::Gone, row.kind), self.styles(ThemeRole::New, row.kind));
            let before = diff_rows::rows(&self.older.text, old, gone, width);
            let after = diff_rows::rows(&self.newer.text, new, come, width);
            push_column(out, self.column(before, "-", true), Some(&self.new_place(new.span.start)));
            push_column(out, self.column(after, "+", false), Some(&self.old_place(old.span.start)));
            return;
        }
        let parts = self.found.parts(row);
        if parts.is_empty() {
            return;
        }
        let merged = MergedRow {
            older: &self.older.text,
            newer: &self.newer.text,
            parts: &parts,
            known: self.styles(ThemeRole::New, row.kind).known,
            signs: self.options.plain,
        };
        let is_older = new.is_none();
        let lines = self.column(diff_rows::merged_rows(merged, width), diff_rows::sign(row.kind), is_older);
        let other = old.filter(|_| !is_older).map(|old| self.old_place(old.span.start));
        push_column(out, lines, other.as_ref());
    }

    /// The lines of a column, the first with a sign.
    fn column(self, rows: Vec<TextRow>, sign: &'static str, is_older: bool) -> Vec<ColumnLine> {
        let line = |(n, (pieces, at)): (usize, TextRow)| {
            let sign = if n == 0 { sign } else { " " };
            let pieces = std::iter::once((format!("{sign} "), role_of(sign))).chain(pieces).collect();
            let place = if is_older { self.old_place(at) } else { self.new_place(at) };
            ColumnLine { pieces, place, begins: n == 0 }
        };
        rows.into_iter().enumerate().map(line).collect()
    }

    /// Adds rows in two columns, the older report on the left, the newer on the right. Rows without a pair fill both
    /// columns from the top.
    fn beside(self, out: &mut LineBuilder, block: &[SentenceRow]) {
        let column = column_width(self.options);
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for row in block {
            // What was moved stands on the right where it is now; where it was, on the left.
            if let Some(old) = self.older_sentence(row).filter(|_| row.kind != RowKind::Moved) {
                let styles = self.styles(ThemeRole::Gone, row.kind);
                let rows = diff_rows::rows(&self.older.text, old, styles, column - 2);
                left.extend(self.column(rows, diff_rows::sign(row.kind), true));
            }
            if let Some(new) = self.newer_sentence(row) {
                let styles = self.styles(ThemeRole::New, row.kind);
                let rows = diff_rows::rows(&self.newer.text, new, styles, column - 2);
                right.extend(self.column(rows, diff_rows::sign(row.kind), false));
            }
        }
        push_beside(out, left, right);
    }
}

/// The cells of a column of two.
fn column_width(options: LineOptions) -> usize {
    (options.width.saturating_sub(3) / 2).min(WIDEST)
}

/// Adds the lines of two columns, each filled from the top.
///
/// ```text
/// - older text … │ + newer text …      column cells, " │ ", column cells
/// ```
fn push_beside(out: &mut LineBuilder, left: Vec<ColumnLine>, right: Vec<ColumnLine>) {
    let column = column_width(out.options);
    let lines = left.len().max(right.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    for n in 0..lines {
        let (old, new) = (left.next(), right.next());
        let mut pieces = old.as_ref().map(|line| line.pieces.clone()).unwrap_or_default();
        let used: usize = pieces.iter().map(|piece| wrap::width(&piece.0)).sum();
        pieces.push((" ".repeat(column.saturating_sub(used)), ThemeRole::Text));
        pieces.push((" │ ".to_owned(), ThemeRole::Border));
        pieces.extend(new.as_ref().map(|line| line.pieces.clone()).unwrap_or_default());
        // Where a sentence begins in either column, no phrase goes on from the line above.
        let begins = [&old, &new].iter().any(|line| line.as_ref().is_some_and(|line| line.begins));
        let (old, new) = (old.map(|line| line.place), new.map(|line| line.place));
        let (place, other) = if new.is_some() { (new, old) } else { (old, None) };
        out.line(PageLine { pieces, place, other, continues: n > 0 && !begins, ..PageLine::default() });
    }
}

/// Adds the lines of one column, each with the place in the other report that Tab goes to.
fn push_column(out: &mut LineBuilder, lines: Vec<ColumnLine>, other: Option<&Place>) {
    for (n, line) in lines.into_iter().enumerate() {
        out.line(PageLine {
            pieces: line.pieces,
            place: Some(line.place),
            other: other.cloned(),
            continues: n > 0,
            ..PageLine::default()
        });
    }
}

/// How the sign before a sentence looks.
fn role_of(sign: &str) -> ThemeRole {
    match sign {
        "+" => ThemeRole::New,
        "-" => ThemeRole::Gone,
        _ => ThemeRole::Dim,
    }
}

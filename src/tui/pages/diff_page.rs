//! A report against another: figures, documents and slogans that are new or gone, then the text: what recurs set back,
//! what is new lit. From some width on the two stand side by side, paragraph beside paragraph.

use super::diff_rows::{self, ParagraphStyles, TextRow};
use super::{ComparisonSide, TopicOptions, push, push_head, section};
use crate::lang::words;
use crate::officials::Place;
use crate::officials::compare::{ComparedParagraph, Comparison, Item, pairs};
use crate::report::Report;
use crate::text::wrap;
use crate::tui::app::PageLine;
use crate::tui::theme::ThemeRole;

/// From this many cells on the two stand side by side.
const SIDE_BY_SIDE: usize = 96;
/// The widest column of text.
const WIDEST: usize = 88;

/// The lines of the page.
pub fn lines(older: &ComparisonSide, newer: &ComparisonSide, found: &Comparison, look: TopicOptions) -> Vec<PageLine> {
    let mut out = Vec::new();
    push_head(&mut out, words::NEWER, &newer.head, look);
    push_head(&mut out, words::OLDER, &older.head, look);
    let (older, newer) = (&*older.report, &*newer.report);
    let shared = words::SHARED.fill(look.lang, &[&found.shared().to_string()]);
    push(&mut out, &[(shared, ThemeRole::Dim)], look.width, 2, PageLine::default());
    let parts =
        [(words::FIGURES, &found.figures), (words::DOCUMENTS, &found.documents), (words::SLOGANS, &found.slogans)];
    for (title, items) in parts {
        if !items.is_empty() {
            section(&mut out, title.say(look.lang));
        }
        for item in items {
            push_item(&mut out, item, look);
        }
    }
    section(&mut out, words::FULL_TEXT.say(look.lang));
    let key = if look.width < SIDE_BY_SIDE { words::TEXT_SIGNS } else { words::TEXT_SIGNS_BESIDE };
    push(&mut out, &[(key.say(look.lang).to_owned(), ThemeRole::Dim)], look.width, 2, PageLine::default());
    for (before, after) in pairs(older, newer, found) {
        let before = before.and_then(|n| found.older_paragraphs.get(n));
        let after = after.and_then(|n| found.paragraphs.get(n));
        let sides = ParagraphPair { older, newer, before, after };
        if look.width < SIDE_BY_SIDE { sides.below(&mut out, look) } else { sides.beside(&mut out, look) }
    }
    out
}

fn push_item(out: &mut Vec<PageLine>, item: &Item, look: TopicOptions) {
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
    push(out, &pieces, look.width, 4, line);
}

/// A paragraph of either report, and the one that it became or was.
struct ParagraphPair<'a> {
    older: &'a Report,
    newer: &'a Report,
    before: Option<&'a ComparedParagraph>,
    after: Option<&'a ComparedParagraph>,
}

impl ParagraphPair<'_> {
    fn old_rows(&self, width: usize, look: TopicOptions) -> Vec<TextRow> {
        let looks = ParagraphStyles { own: ThemeRole::Gone, signs: look.plain };
        self.before.map_or_else(Vec::new, |p| diff_rows::rows(&self.older.text, p, looks, width))
    }

    fn new_rows(&self, width: usize, look: TopicOptions) -> Vec<TextRow> {
        let looks = ParagraphStyles { own: ThemeRole::New, signs: look.plain };
        self.after.map_or_else(Vec::new, |p| diff_rows::rows(&self.newer.text, p, looks, width))
    }

    /// The newer text, with what is gone from the older in its place.
    fn below(&self, out: &mut Vec<PageLine>, look: TopicOptions) {
        let width = look.width.min(WIDEST).saturating_sub(2).max(1);
        let (rows, sign, own, other) = match (self.before, self.after) {
            (before, Some(after)) => {
                let other = before.map(|p| place(self.older, p.span.start));
                (self.new_rows(width, look), diff_rows::sign(after, "+"), self.newer, other)
            }
            (Some(before), None) if !before.recurs => (self.old_rows(width, look), "-", self.older, None),
            _ => return,
        };
        for (n, (pieces, at)) in rows.into_iter().enumerate() {
            let sign = if n == 0 { sign } else { " " };
            let pieces = std::iter::once((format!("{sign} "), role_of(sign))).chain(pieces).collect();
            out.push(PageLine { pieces, place: Some(place(own, at)), other: other.clone(), ..PageLine::default() });
        }
        out.push(PageLine::default());
    }

    /// The older on the left, the newer on the right.
    fn beside(&self, out: &mut Vec<PageLine>, look: TopicOptions) {
        let column = ((look.width - 3) / 2).min(WIDEST);
        let (old, new) = (self.old_rows(column - 2, look), self.new_rows(column - 2, look));
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
            out.push(PageLine { pieces, place, other, ..PageLine::default() });
        }
        out.push(PageLine::default());
    }
}

fn role_of(sign: &str) -> ThemeRole {
    match sign {
        "+" => ThemeRole::New,
        "-" => ThemeRole::Gone,
        _ => ThemeRole::Dim,
    }
}

fn place(report: &Report, at: usize) -> Place {
    Place { report: report.id.clone(), at }
}

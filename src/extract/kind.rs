//! What sort of report it is (docs/domain.md §5.8), by the words of kinds.tsv: in the headline, then in what the lead
//! says is held, then in the address. Rows marked `~` are weak: they decide only where nothing stronger stands.

use super::cursor::TokenCursor;
use super::lexicon::{KindSign, RowValue, TableClass, WordSet, lexicon};
use crate::report::ReportKind;
use crate::text::fold::fold;
use memchr::memmem::Finder;
use std::cmp::Reverse;
use std::sync::OnceLock;

/// Where to look, in order of weight.
pub struct KindEvidence<'a> {
    /// Token ranges of headline, lead and what follows it.
    pub ranges: &'a [(usize, usize)],
    /// A title that stands outside the text.
    pub title: Option<&'a str>,
    /// The last part of the address: the headline without marks.
    pub slug: Option<&'a str>,
}

/// The kind of a report.
pub fn kind(r: &TokenCursor<'_>, places: &KindEvidence<'_>) -> ReportKind {
    let headline = places.ranges.first().copied().unwrap_or((0, 0));
    strong(r, headline)
        .or_else(|| places.title.and_then(in_words))
        .or_else(|| places.slug.and_then(in_slug))
        .or_else(|| places.ranges.iter().skip(1).enumerate().find_map(|(line, range)| in_line(r, line, *range)))
        .or_else(|| places.ranges.iter().find_map(|range| weak(r, *range)))
        .unwrap_or_default()
}

/// What a line of the text proper tells; the first also by a weak word, before later lines are asked.
fn in_line(r: &TokenCursor<'_>, line: usize, range: (usize, usize)) -> Option<ReportKind> {
    let weakly = || if line == 0 { weak(r, range) } else { None };
    held(r, range).or_else(|| strong(r, range)).or_else(weakly)
}

/// The first strong word of a range.
fn strong(r: &TokenCursor<'_>, range: (usize, usize)) -> Option<ReportKind> {
    (range.0..range.1).find_map(|at| sign_at(r, at).filter(|sign| !sign.weak)).map(|sign| sign.kind)
}

/// The first word of a range that shows a kind, however weakly.
fn weak(r: &TokenCursor<'_>, range: (usize, usize)) -> Option<ReportKind> {
    (range.0..range.1).find_map(|at| sign_at(r, at)).map(|sign| sign.kind)
}

fn sign_at(r: &TokenCursor<'_>, at: usize) -> Option<KindSign> {
    match r.value(at, TableClass::Kind)? {
        RowValue::Kind(sign) => Some(sign),
        _ => None,
    }
}

/// What follows `tổ chức` or `chủ trì`: that is what the report is about.
fn held(r: &TokenCursor<'_>, range: (usize, usize)) -> Option<ReportKind> {
    let verb = (range.0..range.1).find(|at| r.is_in(*at, WordSet::KindFollows))?;
    let after = strong(r, (verb, r.sentence_end(verb, 60).min(range.1)));
    after.or_else(|| strong(r, (range.0, verb)))
}

fn in_words(title: &str) -> Option<ReportKind> {
    static FORMS: OnceLock<Vec<KindForm>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| forms(|form| format!(" {} ", form.to_lowercase())));
    first_in(&format!(" {} ", title.to_lowercase()), forms)
}

fn in_slug(slug: &str) -> Option<ReportKind> {
    static FORMS: OnceLock<Vec<KindForm>> = OnceLock::new();
    let forms =
        FORMS.get_or_init(|| forms(|form| format!("-{}-", fold(form).replace([' ', ','], "-").replace("--", "-"))));
    first_in(&format!("-{}-", fold(slug)), forms)
}

/// A strong form of kinds.tsv, made ready to be looked for in a title or an address.
struct KindForm {
    finder: Finder<'static>,
    len: usize,
    kind: ReportKind,
}

fn forms(spelled: impl Fn(&str) -> String) -> Vec<KindForm> {
    let mut forms = Vec::new();
    for row in lexicon().rows_of(TableClass::Kind) {
        let RowValue::Kind(KindSign { kind, weak: false }) = row.value else { continue };
        forms.extend(row.forms.iter().map(|form| KindForm {
            finder: Finder::new(&spelled(form)).into_owned(),
            len: form.len(),
            kind,
        }));
    }
    forms
}

/// The form that begins first, of several the longest.
fn first_in(text: &str, forms: &[KindForm]) -> Option<ReportKind> {
    forms
        .iter()
        .filter_map(|form| Some((form.finder.find(text.as_bytes())?, Reverse(form.len), form.kind)))
        .min_by_key(|(start, len, kind)| (*start, *len, kind.name()))
        .map(|(_, _, kind)| kind)
}

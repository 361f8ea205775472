//! The kind of a report (docs/domain.md §5.8), from the words of kinds.tsv. Looked for in this order: the headline, the
//! title outside the text, the address, then line by line in the lead, first behind `tổ chức` or `chủ trì`. Weak rows
//! (`~`) count only if nothing stronger is found.

use super::cursor::TokenCursor;
use super::lexicon::{KindSign, RowValue, TableClass, WordSet, lexicon};
use crate::report::ReportKind;
use crate::text::fold::fold;
use memchr::memmem::Finder;
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::OnceLock;

/// The parts of a report that show its kind, the most reliable one first.
pub struct KindEvidence<'a> {
    /// Token ranges of the headline and of the first lines of the body.
    pub ranges: &'a [Range<usize>],
    /// A title outside the text, such as that of the page.
    pub title: Option<&'a str>,
    /// The last part of the address: mostly the headline without diacritics.
    pub slug: Option<&'a str>,
}

/// The kind of a report.
pub fn kind(r: &TokenCursor<'_>, places: &KindEvidence<'_>) -> ReportKind {
    let headline = places.ranges.first();
    headline
        .and_then(|range| strong(r, range))
        .or_else(|| places.title.and_then(in_words))
        .or_else(|| places.slug.and_then(in_slug))
        .or_else(|| places.ranges.iter().skip(1).enumerate().find_map(|(line, range)| in_line(r, line, range)))
        .or_else(|| places.ranges.iter().find_map(|range| weak(r, range)))
        .unwrap_or_default()
}

/// Whether reports of this kind look back on their period.
pub fn is_review(kind: ReportKind) -> bool {
    matches!(
        kind,
        ReportKind::YearReview | ReportKind::MilitaryPolitical | ReportKind::Briefing | ReportKind::HalfYearReview
    )
}

/// The kind that a line of the lead shows. In the first line a weak word counts, before later lines are examined.
fn in_line(r: &TokenCursor<'_>, line: usize, range: &Range<usize>) -> Option<ReportKind> {
    let weakly = || if line == 0 { weak(r, range) } else { None };
    held(r, range).or_else(|| strong(r, range)).or_else(weakly)
}

/// The first word of a range that shows a kind, weak ones left out.
fn strong(r: &TokenCursor<'_>, range: &Range<usize>) -> Option<ReportKind> {
    range.clone().find_map(|at| sign_at(r, at).filter(|sign| !sign.weak)).map(|sign| sign.kind)
}

/// The first word of a range that shows a kind, however weakly.
fn weak(r: &TokenCursor<'_>, range: &Range<usize>) -> Option<ReportKind> {
    range.clone().find_map(|at| sign_at(r, at)).map(|sign| sign.kind)
}

fn sign_at(r: &TokenCursor<'_>, at: usize) -> Option<KindSign> {
    match r.value(at, TableClass::Kind)? {
        RowValue::Kind(sign) => Some(sign),
        _ => None,
    }
}

/// The kind of the event named after `tổ chức` (holds) or `chủ trì` (chairs), which is the event reported; otherwise
/// the kind named before the verb. `None` if the range has no such verb.
fn held(r: &TokenCursor<'_>, range: &Range<usize>) -> Option<ReportKind> {
    let verb = range.clone().find(|at| r.is_in(*at, WordSet::KindFollows))?;
    let after = strong(r, &(verb..r.sentence_end(verb, 60).min(range.end)));
    after.or_else(|| strong(r, &(range.start..verb)))
}

// Titles and addresses have no tokens, so forms are searched as substrings, each between separators: ` hội nghị ` in a
// title, `-hoi-nghi-` in an address.

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

/// A strong form of kinds.tsv with its searcher, spelled as titles or addresses are.
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

/// The kind of the form that begins first; of several there, the longest.
fn first_in(text: &str, forms: &[KindForm]) -> Option<ReportKind> {
    forms
        .iter()
        .filter_map(|form| Some((form.finder.find(text.as_bytes())?, Reverse(form.len), form.kind)))
        .min_by_key(|(start, len, kind)| (*start, *len, kind.name()))
        .map(|(_, _, kind)| kind)
}

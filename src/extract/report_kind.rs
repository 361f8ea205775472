//! The kind of a report (docs/domain.md §5.8), from the words of kinds.tsv. Looked for in this order: the headline, the
//! title outside the text, the address, then line by line in the lead, first behind `tổ chức` or `chủ trì`. Weak rows
//! (`~`) count only if nothing stronger is found.

use super::cursor::TokenCursor;
use super::lexicon::{KindSign, RowValue, TableClass, WordSet, lexicon};
use super::report_genre::{
    SignLine, event_sentences, has_guests, is_dated, is_event_held, is_of_a_service, is_other_news, official_in,
    tells_event,
};
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

/// The kind of a report; `Other` where it is not of the genre (`report_genre`).
pub fn kind(r: &TokenCursor<'_>, places: &KindEvidence<'_>) -> ReportKind {
    let Some((headline, lead)) = places.ranges.split_first() else { return ReportKind::Other };
    let line = |range| strong(r, SignLine::Lead, range);
    if is_other_news(r, headline) {
        // Only a death is an official event though its headline tells what happened.
        let funeral = |range| line(range).filter(|kind| *kind == ReportKind::Funeral);
        return places.ranges.iter().take(2).find_map(funeral).unwrap_or_default();
    }
    // A title or an address counts for a text without a headline. They have no tokens: that the text is of the genre is
    // shown by its lead.
    let official = || headline.is_empty() && lead.iter().any(|range| official_in(r, range.clone()));
    // A report of what officials did names the day; a portrait or an analysis with the same words does not.
    let dated = lead.is_empty() || places.ranges.iter().any(|range| is_dated(r, range.clone()));
    let fits = |kind: &ReportKind| dated || !is_deed(*kind);
    strong(r, SignLine::Headline, headline)
        .filter(fits)
        .or_else(|| places.title.filter(|_| official()).and_then(in_words))
        .or_else(|| places.slug.filter(|_| official()).and_then(in_slug))
        .or_else(|| lead.first().and_then(|range| held(r, range).or_else(|| line(range))).filter(fits))
        .or_else(|| in_event_sentence(r, lead))
        // In the first line a weak sign counts, before later lines are examined.
        .or_else(|| weak(r, headline, lead))
        // Behind a headline the first line of the lead tells the event; later lines tell it where there is none.
        .or_else(|| {
            lead.iter().skip(1).filter(|_| headline.is_empty()).find_map(|range| held(r, range).or_else(|| line(range)))
        })
        .unwrap_or_default()
}

/// Whether the kind is what officials do or remember, with words that any text has.
fn is_deed(kind: ReportKind) -> bool {
    matches!(
        kind,
        ReportKind::Inspection
            | ReportKind::Visit
            | ReportKind::NewYear
            | ReportKind::Reception
            | ReportKind::Gratitude
    )
}

/// The kind named in the first sentence of the lead that tells an official event, wherever it stands: behind a summary,
/// a caption or a byline. Weak signs count there too, where the text also names who was there.
fn in_event_sentence(r: &TokenCursor<'_>, lead: &[Range<usize>]) -> Option<ReportKind> {
    let guests = has_guests(r, lead);
    lead.iter().flat_map(|range| event_sentences(r, range)).filter(|range| guests || is_event_held(r, range)).find_map(
        |range| {
            let of_event = |sign: &(usize, KindSign)| tells_event(r, SignLine::Lead, &range, sign.0, sign.1.kind);
            let any = || signs(r, &range).find(of_event).map(|(_, sign)| sign.kind);
            held(r, &range).or_else(|| strong(r, SignLine::Lead, &range)).or_else(any)
        },
    )
}

/// Whether reports of this kind look back on their period.
pub fn is_review(kind: ReportKind) -> bool {
    matches!(
        kind,
        ReportKind::YearReview | ReportKind::MilitaryPolitical | ReportKind::Briefing | ReportKind::HalfYearReview
    )
}

/// The first word of a range that shows a kind, weak ones left out.
fn strong(r: &TokenCursor<'_>, line: SignLine, range: &Range<usize>) -> Option<ReportKind> {
    let tells = |at: &usize, sign: &KindSign| !sign.weak && tells_event(r, line, range, *at, sign.kind);
    signs(r, range).find(|(at, sign)| tells(at, sign)).map(|(_, sign)| sign.kind)
}

/// The kind of a lead that begins with a weak sign, in the words of the services' reports.
fn weak(r: &TokenCursor<'_>, headline: &Range<usize>, lead: &[Range<usize>]) -> Option<ReportKind> {
    if !is_of_a_service(r, lead) {
        return None;
    }
    let mut signs = signs(r, headline).chain(lead.first().into_iter().flat_map(|range| signs(r, range)));
    // `bàn giao`, `làm việc` are words of any text.
    let is_specific = |kind| !matches!(kind, ReportKind::Decision | ReportKind::Visit | ReportKind::Contest);
    signs.find(|(_, sign)| sign.weak && is_specific(sign.kind)).map(|(_, sign)| sign.kind)
}

/// The signs of kinds in a range, with their tokens.
fn signs<'a>(r: &'a TokenCursor<'_>, range: &Range<usize>) -> impl Iterator<Item = (usize, KindSign)> + use<'a> {
    range.clone().filter_map(|at| Some((at, sign_at(r, at)?)))
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
    let tells = |range: Range<usize>| strong(r, SignLine::Lead, &range);
    let after = signs(r, &(verb..r.sentence_end(verb, 60).min(range.end)))
        .find(|(at, sign)| !sign.weak && tells_event(r, SignLine::Lead, range, *at, sign.kind))
        .map(|(_, sign)| sign.kind);
    after.or_else(|| tells(range.start..verb))
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

//! What sort of report it is (domain.md §5.8), by the words of kinds.tsv: in the headline, then in what the lead says
//! is held, then in the address. Rows marked `~` are weak: they decide only where nothing stronger stands.

use super::lexicon::{Class, lexicon};
use super::reading::Reading;
use crate::report::Kind;
use crate::text::fold::fold;
use memchr::memmem::Finder;
use std::sync::OnceLock;

/// Where to look, in order of weight.
pub struct Places<'a> {
    /// Token ranges of headline, lead and what follows it.
    pub ranges: &'a [(usize, usize)],
    /// A title that stands outside the text.
    pub title: Option<&'a str>,
    /// The last part of the address: the headline without marks.
    pub slug: Option<&'a str>,
}

/// The kind of a report.
pub fn kind(r: &Reading<'_>, places: &Places<'_>) -> Kind {
    let headline = places.ranges.first().copied().unwrap_or((0, 0));
    strong(r, headline)
        .or_else(|| places.title.and_then(in_words))
        .or_else(|| places.slug.and_then(in_slug))
        .or_else(|| places.ranges.iter().skip(1).enumerate().find_map(|(line, range)| in_line(r, line, *range)))
        .or_else(|| places.ranges.iter().find_map(|range| weak(r, *range)))
        .unwrap_or_default()
}

/// What a line of the text proper tells; the first also by a weak word, before later lines are asked.
fn in_line(r: &Reading<'_>, line: usize, range: (usize, usize)) -> Option<Kind> {
    let weakly = || if line == 0 { weak(r, range) } else { None };
    held(r, range).or_else(|| strong(r, range)).or_else(weakly)
}

/// The first strong word of a range.
fn strong(r: &Reading<'_>, range: (usize, usize)) -> Option<Kind> {
    (range.0..range.1).find_map(|at| r.value(at, Class::Kind).and_then(Kind::from_name))
}

fn weak(r: &Reading<'_>, range: (usize, usize)) -> Option<Kind> {
    (range.0..range.1)
        .find_map(|at| r.value(at, Class::Kind).and_then(|value| Kind::from_name(value.trim_start_matches('~'))))
}

/// What follows `tổ chức` or `chủ trì`: that is what the report is about.
fn held(r: &Reading<'_>, range: (usize, usize)) -> Option<Kind> {
    let verb = (range.0..range.1).find(|at| {
        (r.is_word(*at, "tổ") && r.is_word(at + 1, "chức")) || (r.is_word(*at, "chủ") && r.is_word(at + 1, "trì"))
    })?;
    let after = strong(r, (verb, r.sentence_end(verb, 60).min(range.1)));
    after.or_else(|| strong(r, (range.0, verb)))
}

fn in_words(title: &str) -> Option<Kind> {
    static FORMS: OnceLock<Vec<Form>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| forms(|form| format!(" {} ", form.to_lowercase())));
    first_in(&format!(" {} ", title.to_lowercase()), forms)
}

fn in_slug(slug: &str) -> Option<Kind> {
    static FORMS: OnceLock<Vec<Form>> = OnceLock::new();
    let forms =
        FORMS.get_or_init(|| forms(|form| format!("-{}-", fold(form).replace([' ', ','], "-").replace("--", "-"))));
    first_in(&format!("-{}-", fold(slug)), forms)
}

/// A strong form of kinds.tsv, made ready to be looked for in a title or an address.
struct Form {
    finder: Finder<'static>,
    len: usize,
    value: &'static str,
}

fn forms(spelled: impl Fn(&str) -> String) -> Vec<Form> {
    lexicon()
        .rows_of(Class::Kind)
        .filter(|row| !row.value.starts_with('~'))
        .flat_map(|row| row.forms.iter().map(move |form| (form, row.value)))
        .map(|(form, value)| Form { finder: Finder::new(&spelled(form)).into_owned(), len: form.len(), value })
        .collect()
}

/// The form that begins first, of several the longest.
fn first_in(text: &str, forms: &[Form]) -> Option<Kind> {
    forms
        .iter()
        .filter_map(|form| Some((form.finder.find(text.as_bytes())?, std::cmp::Reverse(form.len), form.value)))
        .min()
        .and_then(|(_, _, value)| Kind::from_name(value))
}

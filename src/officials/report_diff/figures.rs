//! The figures of two reports: which changed and by how much, which are new, which are gone. Figures belong together if
//! they count the same thing, first within sentences that belong together. A figure is shown with the words behind it,
//! because `95%` alone says nothing.

use super::changes::Change;
use super::{Item, item, marks};
use crate::extract::function_words::{ALONG, AND, AT, BY, FROM, HAS, IN, IS, LOCATED, OF, PASSIVE, TO, UNTIL, WITH};
use crate::report::{Meaning, Report, Span};
use crate::text::fold::fold;
use crate::text::words::folded_words;

/// The most words behind a figure that are shown with it; a sign says that there are more.
const WORDS_OF_FIGURE: usize = 7;

/// What follows these is no longer what the figure counts.
const ENDING: [&str; 14] = [AND, OF, IS, WITH, ALONG, IN, AT, LOCATED, TO, PASSIVE, HAS, FROM, BY, UNTIL];

/// A figure of one report.
struct ComparedFigure {
    /// The folded words of the thing counted; empty if the text does not name it.
    counts: String,
    value: String,
    span: Span,
    /// Whether it has been paired with a figure of the other report.
    taken: bool,
}

impl ComparedFigure {
    fn is_same(&self, other: &Self) -> bool {
        self.counts == other.counts && self.value == other.value
    }
}

/// Pairs the figures of both reports: first those with equal values that count the same; then those in the same place
/// of a sentence that changed (`changes`); then by the thing counted, in order. Pairs with equal values are unchanged
/// and not returned. A figure that cannot be paired is returned as new or gone, once if it is repeated.
pub fn figures(older: &Report, newer: &Report, changes: &[Change]) -> Vec<Item> {
    let (mut before, mut after) = (figures_of(older), figures_of(newer));
    for own in &mut after {
        if let Some(other) = before.iter_mut().find(|other| !other.taken && other.is_same(own)) {
            (own.taken, other.taken) = (true, true);
        }
    }
    let mut was: Vec<Option<Span>> = vec![None; after.len()];
    for change in changes {
        pair_in_place(&mut before, &mut after, *change, &mut was);
    }
    let mut items = Vec::new();
    for (n, own) in after.iter().enumerate() {
        let paired = was.get(n).copied().flatten();
        // A repeated figure is not new the second time.
        let earlier = after.get(..n).unwrap_or_default();
        let repeats = || before.iter().chain(earlier).any(|other| other.is_same(own));
        if (own.taken && paired.is_none()) || (paired.is_none() && repeats()) {
            continue;
        }
        let was = paired.or_else(|| {
            let other = before.iter_mut().find(|o| !o.taken && !own.counts.is_empty() && o.counts == own.counts)?;
            other.taken = true;
            Some(other.span)
        });
        items.push(figure_item(older, newer, was, Some(own.span)));
    }
    for (n, gone) in before.iter().enumerate().filter(|(_, figure)| !figure.taken) {
        let earlier = before.get(..n).unwrap_or_default();
        if !after.iter().chain(earlier).any(|other| other.is_same(gone)) {
            items.push(figure_item(older, newer, Some(gone.span), None));
        }
    }
    items
}

/// Pairs the figures that a change puts in the place of others, if they are as many. `was` has, for each figure of the
/// newer report, the span of its pair.
fn pair_in_place(
    before: &mut [ComparedFigure],
    after: &mut [ComparedFigure],
    change: Change,
    was: &mut [Option<Span>],
) {
    let within = |figures: &[ComparedFigure], span: Span| -> Vec<usize> {
        let is_in = |figure: &ComparedFigure| figure.span.overlaps(span);
        (0..figures.len()).filter(|n| figures.get(*n).is_some_and(is_in)).collect()
    };
    let (old, new) = (within(before, change.older), within(after, change.newer));
    if old.len() != new.len() {
        return;
    }
    for (a, b) in old.into_iter().zip(new) {
        let (Some(gone), Some(come)) = (before.get_mut(a), after.get_mut(b)) else { continue };
        let alike = gone.counts == come.counts || (gone.counts.is_empty() && come.counts.is_empty());
        if alike && !gone.taken && !come.taken {
            (gone.taken, come.taken) = (true, true);
            if let Some(was) = was.get_mut(b) {
                *was = Some(gone.span);
            }
        }
    }
}

fn figure_item(older: &Report, newer: &Report, before: Option<Span>, after: Option<Span>) -> Item {
    let (report, span) = match (before, after) {
        (_, Some(span)) => (newer, span),
        (Some(span), None) => (older, span),
        (None, None) => return Item::default(),
    };
    let mut item = item(older, newer, before, after);
    item.about = words_behind(report, span.end);
    item.change = item.was.as_deref().and_then(|was| change(was, &item.text));
    item
}

fn figures_of(report: &Report) -> Vec<ComparedFigure> {
    marks(report, Meaning::Figure)
        .map(|mark| {
            let words = mark.span.of(&report.text);
            let is_number = |word: &str| word.chars().next().is_some_and(|c| c.is_ascii_digit());
            let named = folded_words(words).split(' ').filter(|w| !is_number(w)).collect::<Vec<_>>().join(" ");
            let counts = if named.is_empty() { counted_after(report, mark.span.end) } else { named };
            let value = mark.value.clone().unwrap_or_else(|| fold(words));
            ComparedFigure { counts, value, span: mark.span, taken: false }
        })
        .collect()
}

/// Returns the two words after byte `end`, folded: the thing that a bare number counts. Stops at the end of the clause.
fn counted_after(report: &Report, end: usize) -> String {
    let rest = report.text.get(end..).unwrap_or_default();
    let clause = rest.split(['.', ',', ';', '\n', '(', ')']).next().unwrap_or_default();
    folded_words(clause).split(' ').take(2).collect::<Vec<_>>().join(" ")
}

/// What a figure is about: the words behind it up to the next sign, number or function word, such as `chi bộ` of `95%
/// chi bộ`. Empty if one of these follows at once.
fn words_behind(report: &Report, end: usize) -> String {
    let rest = report.text.get(end..).unwrap_or_default();
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != ' ').unwrap_or(rest.len());
    let ends = |word: &str| ENDING.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit());
    let mut words = rest.get(..end).unwrap_or_default().split_whitespace().take_while(|word| !ends(word));
    let shown: Vec<&str> = words.by_ref().take(WORDS_OF_FIGURE).collect();
    let more = if words.next().is_some() { "…" } else { "" };
    if rest.starts_with(' ') { format!("{}{more}", shown.join(" ")) } else { String::new() }
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

#[cfg(test)]
mod tests {
    use super::super::tests::report;
    use super::*;

    #[test]
    fn the_words_behind_a_figure_end_with_the_thing_or_say_that_there_are_more() {
        for (text, about) in [
            ("Thăm 2.540 gia đình chính sách với số tiền 3 tỷ đồng.", "gia đình chính sách"),
            ("Có 95% chi bộ của Quân khu đạt khá.", "chi bộ"),
            ("Có 28 trạm nước sạch xây bằng gạch nung do dân góp.", "trạm nước sạch xây bằng gạch nung"),
            ("Có 28 trạm nước sạch xây bằng gạch nung rất bền vững.", "trạm nước sạch xây bằng gạch nung…"),
        ] {
            let end = text.find(|c: char| c.is_ascii_digit()).unwrap();
            let end = end + text.get(end..).unwrap().find(' ').unwrap();
            assert_eq!(words_behind(&report("r", &[text]), end), about, "{text}");
        }
    }

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

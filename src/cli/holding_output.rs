//! Prints holdings of posts, for `posts` and `unit`: the row of CSV with its citation, the days in words, and what a
//! unit was called and became. The order of holders and what stands around them is left to each verb.

use super::citation::CitedSentence;
use super::csv;
use super::exit_status::Failure;
use super::output::Output;
use crate::lang::{Lang, phrases};
use crate::officials::post_holders::Holding;
use crate::officials::tenure_words;
use crate::officials::unit_renames::UnitRename;
use crate::store::Store;
use crate::text::safe::Safe;

/// The CSV headings of the cells that `csv` writes, without the citation.
pub const COLUMNS: [&str; 15] = [
    "post",
    "unit",
    "official",
    "name",
    "rank",
    "as_written",
    "from",
    "from_known",
    "from_inferred",
    "to",
    "to_known",
    "to_inferred",
    "disputed",
    "seen_once",
    "country",
];

/// Writes one CSV row for a holding, with the citation of its first day.
pub fn csv(out: &mut Output, store: &Store, holding: &Holding) -> Result<(), Failure> {
    let proof = CitedSentence::of(store, &holding.place)?;
    let (from, from_known, from_inferred) = csv::bound_cells(holding.term.as_ref().map(|term| &term.from));
    let (to, to_known, to_inferred) = csv::bound_cells(holding.term.as_ref().map(|term| &term.to));
    let cells = [
        holding.head.as_str(),
        &holding.unit,
        &holding.id,
        &holding.name,
        holding.rank.as_deref().unwrap_or_default(),
        &holding.text,
        &from,
        from_known,
        from_inferred,
        &to,
        to_known,
        to_inferred,
        csv::yes(holding.disputed),
        csv::yes(holding.seen_once),
        holding.country.as_deref().unwrap_or_default(),
    ];
    csv::cited_row(out, &cells, &proof)
}

/// Formats when a post was held: `from 2018-01-01`, `seen ~2018-01-01, last 2019-02-02`, `undated`.
pub fn term(holding: &Holding, lang: Lang) -> String {
    holding.term.as_ref().map_or_else(
        || phrases::UNDATED.say(lang).to_owned(),
        |term| tenure_words::say(&term.from, &term.to, lang, |bound| bound.when.to_string()),
    )
}

/// Prints one line for each predecessor or successor of a unit.
pub fn print_changes(out: &mut Output, changes: &[UnitRename], lang: Lang) -> Result<(), Failure> {
    changes.iter().try_for_each(|change| {
        let how = change.kind.phrase().say(lang);
        let note = if lang == Lang::Vi { &change.note_vi } else { &change.note };
        let line = format!("    {} {how} {}, {} ({note})", change.from, change.to, change.since);
        out.line(&Safe::line(&line))
    })
}

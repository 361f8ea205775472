//! `list`: prints the reports that match a filter, one line each or as JSON.

use super::exit_status::{DONE, Failure, VerbResult};
use super::output::{Output, say};
use super::report_json::ListRowJson;
use super::session::Session;
use super::text_cells::{cell, cut, dim, number};
use super::typed_filter::{none_found, note_undated, typed_filter};
use crate::lang::Lang;
use crate::search::counts::CountField;
use crate::search::filter::Filter;
use crate::store::{ListRow, Sort, Store, WindowBounds};
use crate::system::terminal_env::ColourDepth;
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::sync::atomic::AtomicBool;

/// Print the reports that match a filter
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::with_fields("list"))]
pub struct ListArgs {
    /// Words, "a phrase", -without, OR, (groups), and fields such as unit: or year:; words typed without tones
    /// match every tone, and the last word also matches the beginning of a longer one unless it is quoted
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Print JSON: an array of objects, one for every report; `others` are those that tell the same story, of which the
    /// list without this option has one line, with their number behind the title
    #[arg(long)]
    json: bool,
    /// The order of the reports
    #[arg(long, value_enum, default_value_t)]
    sort: SortArg,
    /// Print at most this many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Count the reports by the values of a field instead of listing them
    #[arg(long, value_name = "FIELD", conflicts_with = "sort")]
    count_by: Option<CountField>,
}

/// The values of `--sort`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum SortArg {
    /// Newest event first
    #[default]
    Date,
    /// Newest import first
    Added,
    /// By title
    Title,
    /// By unit, then date
    Unit,
    /// Best match first
    Relevance,
}

impl ValueEnum for CountField {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Year, Self::Unit, Self::Kind, Self::Rank, Self::Official, Self::Tag]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
    }
}

impl From<SortArg> for Sort {
    fn from(by: SortArg) -> Self {
        match by {
            SortArg::Date => Self::Date,
            SortArg::Added => Self::Added,
            SortArg::Title => Self::Title,
            SortArg::Unit => Self::Unit,
            SortArg::Relevance => Self::Relevance,
        }
    }
}

impl ListArgs {
    /// Prints the list. If nothing matches, ends with `SOME`; but an empty cache without any filter is no failure,
    /// because a script that lists everything did nothing wrong.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let filter = typed_filter(&self.filter)?;
        let store = session.store()?;
        if let Some(field) = self.count_by {
            return self.print_counts(session, &store, &filter, field);
        }
        let window = self.limit.map_or_else(WindowBounds::all, WindowBounds::first);
        // Programs get every report; each says which others tell the same story.
        let index = if self.json { store.index() } else { store.index().by_story() };
        let mut found = index.find(&filter, self.sort.into(), window)?;
        note_undated(&store, &filter)?;
        let mut out = Output::default();
        if self.json {
            store.index().add_snippets(&mut found.rows, &filter, &AtomicBool::new(false))?;
            let people = store.index().people_of(&found.rows)?;
            let by_hand = store.cache().dated_by_hand()?;
            let chairs = store.index().chairs_of_rows(&found.rows)?;
            let published = store.index().published_of(&found.rows)?;
            let rows = found.rows.iter().zip(people.iter().zip(&chairs)).zip(published);
            out.json_array(rows.map(|((row, (people, chairs)), published)| {
                ListRowJson::of(row, people, chairs, published, by_hand.contains(&row.id))
            }))?;
        } else {
            print(&mut out, &found.rows, session.colours()? != ColourDepth::None, session.lang()?)?;
        }
        out.flush()?;
        if found.rows.is_empty() && self.limit != Some(0) {
            let none = none_found(&store, &self.filter)?;
            if self.filter.iter().any(|word| !word.trim().is_empty()) {
                return Err(none);
            }
            // No filter and an empty cache: only say so.
            if let Failure::Message(_, words) = none {
                say(&words);
            }
        }
        Ok(DONE)
    }
}

/// A value and its number of reports, as `--json` prints it.
#[derive(Serialize)]
struct ValueCountJson<'a> {
    /// `null` for the reports without a value.
    value: Option<&'a str>,
    reports: usize,
    /// The filter that selects these reports; `null` if there is none.
    filter: Option<String>,
}

impl ListArgs {
    /// Prints how many of the matching reports have which value. Ends with `SOME` if no report matches.
    fn print_counts(&self, session: &mut Session, store: &Store, filter: &Filter, field: CountField) -> VerbResult {
        let lang = session.lang()?;
        let counts = store.index().by_story().counts(filter, field, &AtomicBool::new(false))?;
        note_undated(store, filter)?;
        let values = counts.values.iter().take(self.limit.unwrap_or(usize::MAX));
        let mut out = Output::default();
        if self.json {
            out.json_array(values.map(|count| {
                let value = count.value.as_deref();
                let filter = Some(field.filter(value)).filter(|filter| !filter.is_empty());
                ValueCountJson { value, reports: count.reports, filter }
            }))?;
        } else {
            for count in values {
                let (number, value) = (number(count.reports, lang), count.say(field, lang));
                out.write(&[&format!("{number:>7}  "), cut(&value, 400).as_str(), "\n"])?;
            }
        }
        out.flush()?;
        if counts.total == 0 && self.filter.iter().any(|word| !word.trim().is_empty()) {
            return Err(none_found(store, &self.filter)?);
        }
        Ok(DONE)
    }
}

/// Prints one line per report: the first 8 digits of its id, day, kind, unit, title, the number of others that tell the
/// same story.
pub fn print(out: &mut Output, rows: &[ListRow], colours: bool, lang: Lang) -> Result<(), Failure> {
    for row in rows {
        let day = row.day.map_or_else(|| "—".to_owned(), |day| day.to_string());
        let unit = row.unit.as_deref().unwrap_or("—");
        let id = row.id.get(..8).unwrap_or(&row.id);
        let facts = format!(
            "{}  {}  ",
            cell(row.kind.phrase().say(lang), if lang == Lang::Vi { 10 } else { 16 }),
            cell(unit, 24)
        );
        let others = match row.others.len() {
            0 => String::new(),
            n => format!("  +{n}"),
        };
        let title = cut(&row.title, 400);
        out.write(&[&dim(id, colours), "  ", &cell(&day, 11), "  ", &facts, title.as_str(), &others, "\n"])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_the_reader_counts_by_is_offered() {
        let offered: Vec<CountField> = CountField::value_variants().to_vec();
        assert_eq!(offered, CountField::ALL.map(|row| row.0));
    }
}

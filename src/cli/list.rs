//! `list`: the reports that answer a filter.

use super::args;
use super::exit_status::{DONE, Failure, VerbResult};
use super::json::ListRowJson;
use super::output::{Output, say};
use super::session::Session;
use super::text_cells::{cell, cut, dim};
use super::unit_lookup::nothing;
use crate::lang::Lang;
use crate::search::filter::{self, Filter};
use crate::store::{ListRow, Sort, Store, Window};
use crate::system::terminal_env::ColourDepth;
use clap::{Args, ValueEnum};
use std::sync::atomic::AtomicBool;

/// Print the reports that answer a filter
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::with_fields("list"))]
pub struct ListArgs {
    /// Words, "a phrase", -without, OR, (groups), and fields such as unit: or year:; what is typed without tones finds
    /// every tone, and the last word may go on where it does not stand in quotation marks
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Print JSON: an array of objects
    #[arg(long)]
    json: bool,
    /// The order
    #[arg(long, value_enum, default_value_t)]
    sort: SortArg,
    /// Print at most this many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// `--sort`.
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
    /// Best answer first
    Relevance,
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
    /// Runs the verb.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store()?;
        let filter = typed_filter(&self.filter);
        let window = self.limit.map_or_else(Window::all, Window::first);
        let mut found = store.index().find(&filter, self.sort.into(), window)?;
        let mut out = Output::default();
        if self.json {
            store.index().add_snippets(&mut found.rows, &filter, &AtomicBool::new(false))?;
            let people =
                found.rows.iter().map(|row| store.index().people_of(&row.id)).collect::<Result<Vec<_>, _>>()?;
            out.json_array(found.rows.iter().zip(&people).map(|(row, people)| ListRowJson::of(row, people)))?;
        } else {
            print(&mut out, &found.rows, session.colours()? != ColourDepth::None, session.lang()?)?;
        }
        out.flush()?;
        if found.rows.is_empty() && self.limit != Some(0) {
            let none = none_found(&store, &self.filter)?;
            if self.filter.iter().any(|word| !word.trim().is_empty()) {
                return Err(none);
            }
            // All that is there was asked for, and nothing is there: a script that lists all is not in error.
            if let Failure::Said(_, words) = none {
                say(&words);
            }
        }
        Ok(DONE)
    }
}

/// What is said where no report answers the words of a filter.
pub fn none_found(store: &Store, words: &[String]) -> Result<Failure, Failure> {
    let typed = words.iter().map(|word| args::as_typed(word)).collect::<Vec<_>>().join(" ");
    let all = store.cache().counts()?.reports;
    nothing(
        store,
        &format!("none of the {all} reports answers the filter {typed:?}; try fewer words, or type them without tones"),
    )
}

/// No more problems of a filter than this are told.
const PROBLEMS: usize = 5;

/// The filter of words typed as arguments. Prints what is wrong with it; the rest is used.
pub fn typed_filter(words: &[String]) -> Filter {
    let typed = words.iter().map(|word| args::as_typed(word)).collect::<Vec<_>>().join(" ");
    read_filter("the filter", &typed).0
}

/// A typed filter, and whether all of it was understood; what was not is said, as found in `what`.
pub fn read_filter(what: &str, typed: &str) -> (Filter, bool) {
    let (filter, problems) = filter::parse(typed);
    for problem in problems.iter().take(PROBLEMS) {
        let place: String = problem.span.of(typed).chars().take(80).collect();
        say(&format!("in {what}, at {place:?}: {}", problem.say(Lang::En)));
    }
    if problems.len() > PROBLEMS {
        say(&format!("in {what}: {} more problems like these", problems.len() - PROBLEMS));
    }
    (filter, problems.is_empty())
}

/// A line a report: the beginning of its id, day, kind, unit, title.
pub fn print(out: &mut Output, rows: &[ListRow], colours: bool, lang: Lang) -> Result<(), Failure> {
    for row in rows {
        let day = row.when().unwrap_or_else(|| "—".to_owned());
        let unit = row.unit.as_deref().unwrap_or("—");
        let id = row.id.get(..8).unwrap_or(&row.id);
        let facts = format!(
            "{}  {}  ",
            cell(row.kind.phrase().say(lang), if lang == Lang::Vi { 10 } else { 16 }),
            cell(unit, 24)
        );
        out.write(&[&dim(id, colours), "  ", &cell(&day, 10), "  ", &facts, cut(&row.title, 400).as_str(), "\n"])?;
    }
    Ok(())
}

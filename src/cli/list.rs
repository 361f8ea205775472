//! `list`: the reports that answer a filter.

use super::args;
use super::json::ListRow;
use super::out::{DONE, Done, Failure, Out, SOME, say};
use super::session::Session;
use super::table::{cell, cut, dim};
use crate::search::filter;
use crate::store::{Found, Row, Sort, Store};
use crate::tui::terminal::abilities::Colours;
use clap::{Args, ValueEnum};

/// Print the reports that answer a filter
#[derive(Debug, Args)]
pub struct List {
    /// Words, "a phrase", -without, OR, unit: kind: rank: person: post: year: from: to: source: tag: is:
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Print JSON: an array of objects
    #[arg(long)]
    json: bool,
    /// The order
    #[arg(long, value_enum, default_value_t)]
    sort: By,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// `--sort`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum By {
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

impl From<By> for Sort {
    fn from(by: By) -> Self {
        match by {
            By::Date => Self::Date,
            By::Added => Self::Added,
            By::Title => Self::Title,
            By::Unit => Self::Unit,
            By::Relevance => Self::Relevance,
        }
    }
}

impl List {
    /// Runs the verb.
    pub fn run(&self, session: &mut Session) -> Done {
        let store = session.store()?;
        let found = find(&store, &self.filter, self.sort.into(), self.limit)?;
        let mut out = Out::default();
        if self.json {
            out.json_array(found.rows.iter().map(ListRow::from))?;
        } else {
            print(&mut out, &found.rows, session.colours()? != Colours::None)?;
        }
        out.flush()?;
        Ok(if found.rows.is_empty() && !self.filter.is_empty() { SOME } else { DONE })
    }
}

/// The rows that answer words typed as arguments; what is wrong with them is said, and the rest holds.
pub fn find(store: &Store, words: &[String], sort: Sort, limit: Option<usize>) -> Result<Found, Failure> {
    let words: Vec<String> = words.iter().map(|word| args::as_typed(word)).collect();
    let typed = words.join(" ");
    let (filter, problems) = filter::parse(&typed);
    for problem in problems {
        let place = problem.span.of(&typed);
        say(&format!("in the filter, at {place:?}: {}", problem.message));
    }
    Ok(store.find(&filter, sort, 0, limit.unwrap_or(usize::MAX >> 1))?)
}

/// A line a report: the beginning of its id, day, kind, unit, title.
pub fn print(out: &mut Out, rows: &[Row], colours: bool) -> Result<(), Failure> {
    for row in rows {
        let day = row.day.map_or_else(|| "—".to_owned(), |day| day.to_string());
        let unit = row.unit.as_deref().unwrap_or("—");
        let id = row.id.get(..8).unwrap_or(&row.id);
        let facts = format!("{}  {}  ", cell(row.kind.name(), 10), cell(unit, 24));
        out.write(&[&dim(id, colours), "  ", &cell(&day, 10), "  ", &facts, cut(&row.title, 400).as_str(), "\n"])?;
    }
    Ok(())
}

//! `officials`: everyone in the cache, found fuzzily.

use super::out::{DONE, Done, Failure, Out, SOME};
use super::proof::{Proof, csv_head, csv_row};
use super::session::Session;
use super::table::{bold, cell, cut, dim};
use crate::officials::Summary;
use crate::store::Store;
use crate::text::safe::Safe;
use crate::tui::terminal::abilities::Colours;
use clap::Args;
use serde::Serialize;

/// Find officials
#[derive(Debug, Args)]
pub struct Officials {
    /// Words of name, rank, post or unit, with or without tones
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Print JSON: an array of objects
    #[arg(long)]
    json: bool,
    /// Print CSV: a row an official, with the last sentence that names them
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Begin the CSV with a byte order mark, which some spreadsheets need to see that it is UTF-8
    #[arg(long, requires = "csv")]
    bom: bool,
    /// Only those of whom it is not sure who they are, with the reasons
    #[arg(long)]
    unsure: bool,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// An object of `officials --json`.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    name: &'a str,
    rank: Option<&'static str>,
    posts: &'a [String],
    reports: usize,
    first: Option<crate::report::Day>,
    last: Option<crate::report::Day>,
    score: i64,
    fuzzy: bool,
}

impl Officials {
    /// Runs the verb.
    pub fn run(&self, session: &mut Session) -> Done {
        let mut store = session.store()?;
        store.refresh_officials()?;
        let mut all = store.officials()?;
        all.retain(|official| official.unsure || !self.unsure);
        let query = self.query.join(" ");
        let found = super::official::matching(&all, &query, self.limit.unwrap_or(usize::MAX));
        let colours = session.colours()? != Colours::None;
        let mut out = Out::default();
        if self.json {
            out.json_array(found.iter().map(|hit| Line::of(hit.official, hit.score, hit.fuzzy)))?;
        } else if self.csv {
            csv_head(&mut out, &["id", "name", "rank", "posts", "reports", "first", "last"], self.bom)?;
            found.iter().try_for_each(|hit| csv(&mut out, &store, hit.official))?;
        } else {
            for hit in &found {
                print(&mut out, hit.official, hit.fuzzy, colours)?;
                if self.unsure {
                    print_doubts(&mut out, &store, &hit.official.id)?;
                }
            }
        }
        out.flush()?;
        Ok(if found.is_empty() && !query.is_empty() { SOME } else { DONE })
    }
}

impl<'a> Line<'a> {
    fn of(official: &'a Summary, score: i64, fuzzy: bool) -> Self {
        Self {
            id: &official.id,
            name: &official.name,
            rank: official.rank.map(|rank| rank.name),
            posts: &official.posts,
            reports: official.reports,
            first: official.first,
            last: official.last,
            score,
            fuzzy,
        }
    }
}

fn csv(out: &mut Out, store: &Store, official: &Summary) -> Result<(), Failure> {
    let proof = match store.last_mention(&official.id)? {
        Some(place) => Proof::of(store, &place, official.last)?,
        None => Proof::default(),
    };
    let day = |day: Option<crate::report::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let cells = [
        official.id.as_str(),
        &official.name,
        official.rank.map_or("", |rank| rank.name),
        &official.posts.join("; "),
        &official.reports.to_string(),
        &day(official.first),
        &day(official.last),
    ];
    csv_row(out, &cells, &proof)
}

/// Why it is not sure who somebody is, a line each, with the two reports to look at.
fn print_doubts(out: &mut Out, store: &Store, id: &str) -> Result<(), Failure> {
    let Some(register) = store.register_of(id)? else { return Ok(()) };
    let own = register.officials.iter().filter(|official| official.id == id);
    for doubt in own.flat_map(|official| &official.judgements).filter(|judgement| judgement.unsure()) {
        let what = if doubt.joined { "one person?" } else { "two persons?" };
        let report = |place: &crate::officials::Place| place.report.get(..8).unwrap_or_default().to_owned();
        let reports = format!("{} and {}", report(&doubt.that), report(&doubt.this));
        out.line(&Safe::line(&format!("      {what} {} % sure: {} ({reports})", doubt.confidence, doubt.reason)))?;
    }
    Ok(())
}

/// A line an official; `~` sets apart what only resembles the query.
fn print(out: &mut Out, official: &Summary, fuzzy: bool, colours: bool) -> Result<(), Failure> {
    let rank = cell(official.rank.map_or("", |rank| rank.name), 14);
    let last = official.last.map(|day| day.to_string()).unwrap_or_default();
    let facts = format!("  {:>5}  {last:<10}  ", official.reports);
    let name = bold(&cell(&official.name, 26), colours);
    let posts = cut(&official.posts.join("; "), 200);
    let id = dim(&cell(&official.id, 15), colours);
    out.write(&[if fuzzy { "~ " } else { "  " }, &id, "  ", &rank, "  ", &name, &facts, posts.as_str(), "\n"])
}

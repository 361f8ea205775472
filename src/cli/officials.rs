//! `officials`: everyone in the cache, found fuzzily.

use super::out::{DONE, Done, Failure, Out, SOME};
use super::session::Session;
use super::table::{bold, cell, cut, dim};
use crate::officials::Summary;
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
        let all = store.officials()?;
        let query = self.query.join(" ");
        let found = super::official::matching(&all, &query, self.limit.unwrap_or(usize::MAX));
        let colours = session.colours()? != Colours::None;
        let mut out = Out::default();
        if self.json {
            out.json_array(found.iter().map(|hit| Line::of(hit.official, hit.score, hit.fuzzy)))?;
        } else {
            for hit in &found {
                print(&mut out, hit.official, hit.fuzzy, colours)?;
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

/// A line an official; `~` sets apart what only resembles the query.
fn print(out: &mut Out, official: &Summary, fuzzy: bool, colours: bool) -> Result<(), Failure> {
    let rank = cell(official.rank.map_or("", |rank| rank.name), 14);
    let last = official.last.map(|day| day.to_string()).unwrap_or_default();
    let facts = format!("  {:>5}  {last:<10}  ", official.reports);
    let name = bold(&cell(&official.name, 26), colours);
    let posts = cut(&official.posts.join("; "), 200);
    let id = dim(&cell(&official.id, 10), colours);
    out.write(&[if fuzzy { "~ " } else { "  " }, &id, "  ", &rank, "  ", &name, &facts, posts.as_str(), "\n"])
}

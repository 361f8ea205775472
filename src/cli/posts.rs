//! `posts`: who held a post, in order.

use super::out::{DONE, Done, Failure, Out, SOME};
use super::proof::{Proof, csv_head, csv_row};
use super::session::Session;
use super::table::cut;
use crate::officials::career::{Edge, Known};
use crate::officials::holders::{Holding, Post, UnitChange, posts};
use crate::store::Store;
use crate::text::safe::Safe;
use clap::Args;
use serde::Serialize;

/// Print who held a post, in order, with the gaps
#[derive(Debug, Args)]
pub struct Posts {
    /// Words of post and unit, with or without tones: «Chính ủy Quân khu 7», «tu lenh qk7»
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Print JSON: an array of posts
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV: a row a holder, with the sentence that says so
    #[arg(long)]
    csv: bool,
    /// Begin the CSV with a byte order mark, which some spreadsheets need to see that it is UTF-8
    #[arg(long, requires = "csv")]
    bom: bool,
}

/// A holder with the sentence that says so.
#[derive(Serialize)]
struct Proved {
    #[serde(flatten)]
    holding: Holding,
    proof: Proof,
}

#[derive(Serialize)]
struct JsonPost {
    text: String,
    holders: Vec<Proved>,
    gaps: Vec<crate::officials::holders::Gap>,
    units: Vec<UnitChange>,
}

impl Posts {
    /// Runs the verb.
    pub fn run(&self, session: &mut Session) -> Done {
        let mut store = session.store()?;
        store.refresh_officials()?;
        let query = self.query.join(" ");
        let found = posts(&query, &store.holdings(&query)?);
        let mut out = Out::default();
        if self.json {
            let all = found.into_iter().map(|post| json(&store, post)).collect::<Result<Vec<_>, _>>()?;
            out.json_array(all.iter())?;
            out.flush()?;
            return Ok(if all.is_empty() { SOME } else { DONE });
        }
        if self.csv {
            csv_head(&mut out, &COLUMNS, self.bom)?;
        }
        for (n, post) in found.iter().enumerate() {
            if self.csv {
                post.holders.iter().try_for_each(|holding| csv(&mut out, &store, holding))?;
            } else {
                print(&mut out, post, n == 0)?;
            }
        }
        out.flush()?;
        if found.is_empty() {
            return Err(Failure::some(format!("no report has anybody in a post {query:?}; try fewer words")));
        }
        Ok(DONE)
    }
}

fn json(store: &Store, post: Post) -> Result<JsonPost, Failure> {
    let prove = |holding: Holding| {
        let proof = Proof::of(store, &holding.from.place, Some(holding.from.day))?;
        Ok(Proved { holding, proof })
    };
    let holders = post.holders.into_iter().map(prove).collect::<Result<Vec<_>, Failure>>()?;
    Ok(JsonPost { text: post.text, holders, gaps: post.gaps, units: post.units })
}

const COLUMNS: [&str; 11] =
    ["post", "unit", "official", "name", "rank", "as_written", "from", "from_known", "to", "to_known", "disputed"];

fn csv(out: &mut Out, store: &Store, holding: &Holding) -> Result<(), Failure> {
    let proof = Proof::of(store, &holding.from.place, Some(holding.from.day))?;
    let cells = [
        holding.head.as_str(),
        &holding.unit,
        &holding.id,
        &holding.name,
        holding.rank.as_deref().unwrap_or_default(),
        &holding.text,
        &holding.from.day.to_string(),
        known(holding.from.known),
        &holding.to.day.to_string(),
        known(holding.to.known),
        if holding.disputed { "yes" } else { "no" },
    ];
    csv_row(out, &cells, &proof)
}

/// How an edge is known, in a word.
pub fn known(known: Known) -> &'static str {
    match known {
        Known::Event => "event",
        Known::By => "by",
        Known::Seen => "seen",
    }
}

/// The beginning and the end in words: `from 2018-01-01`, `seen 2018-01-01 … 2019-02-02`.
pub fn stretch(from: &Edge, to: &Edge) -> String {
    let begin = match from.known {
        Known::Event => format!("from {}", from.day),
        Known::By => format!("before {}", from.day),
        Known::Seen => format!("seen {}", from.day),
    };
    match to.known {
        Known::Event => format!("{begin}, until {}", to.day),
        Known::By if from.known == Known::By => begin,
        Known::By => format!("{begin}, no more by {}", to.day),
        Known::Seen if from.day == to.day => begin,
        Known::Seen => format!("{begin}, last {}", to.day),
    }
}

fn print(out: &mut Out, post: &Post, first: bool) -> Result<(), Failure> {
    out.write(&[if first { "" } else { "\n" }, cut(&post.text, 400).as_str(), "\n"])?;
    for change in &post.units {
        let line = format!("    {} {} {}, {} ({})", change.from, change.how, change.to, change.since, change.note);
        out.line(&Safe::line(&line))?;
    }
    for holding in &post.holders {
        for gap in post.gaps.iter().filter(|gap| gap.after == holding.from.place) {
            out.write(&["    . . .  no report of a holder between ", &format!("{} and {}\n", gap.from, gap.to)])?;
        }
        out.line(&Safe::line(&line(holding)))?;
    }
    Ok(())
}

fn line(holding: &Holding) -> String {
    let rank = holding.rank.as_ref().map(|rank| format!("{rank} ")).unwrap_or_default();
    let disputed = if holding.disputed { "; reports contradict each other" } else { "" };
    let report = holding.from.place.report.get(..8).unwrap_or_default();
    format!("    {rank}{}  ({}{disputed})  {report}", holding.name, stretch(&holding.from, &holding.to))
}

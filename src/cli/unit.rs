//! `unit`: a unit's officials now and before, and its reports by period.

use super::out::{DONE, Done, Failure, Out};
use super::posts::stretch;
use super::session::Session;
use super::table::{cell, cut};
use crate::officials::holders::{Holding, UnitPosts, unit_posts};
use crate::store::UnitReport;
use crate::text::safe::Safe;
use clap::Args;
use serde::Serialize;

/// Print a unit's officials, now and before, and its reports
#[derive(Debug, Args)]
pub struct Unit {
    /// The unit, plain or abbreviated: «Quân khu 7», «TCCT»
    #[arg(value_name = "UNIT", required = true)]
    name: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Whole {
    unit: String,
    #[serde(flatten)]
    posts: UnitPosts,
    reports: Vec<UnitReport>,
}

impl Unit {
    /// Runs the verb.
    pub fn run(&self, session: &mut Session) -> Done {
        let mut store = session.store()?;
        store.refresh_officials()?;
        let unit = self.name.join(" ");
        let posts = unit_posts(&unit, &store.holdings(&unit)?);
        let whole = Whole { reports: store.reports_of_unit(&unit)?, posts, unit };
        if whole.posts.now.is_empty() && whole.posts.before.is_empty() && whole.reports.is_empty() {
            return Err(Failure::some(format!("no report speaks of a unit {:?}", whole.unit)));
        }
        let mut out = Out::default();
        if self.json {
            out.json(&whole)?;
            out.write(&["\n"])?;
        } else {
            print(&mut out, &whole)?;
        }
        out.flush()?;
        Ok(DONE)
    }
}

fn print(out: &mut Out, whole: &Whole) -> Result<(), Failure> {
    out.line(&Safe::line(&whole.unit))?;
    for change in &whole.posts.units {
        let line = format!("    {} {} {}, {} ({})", change.from, change.how, change.to, change.since, change.note);
        out.line(&Safe::line(&line))?;
    }
    for (title, holdings) in [("Now, as far as the reports tell", &whole.posts.now), ("Before", &whole.posts.before)] {
        if !holdings.is_empty() {
            out.write(&["\n", title, "\n"])?;
        }
        for holding in holdings {
            out.line(&Safe::line(&line(holding)))?;
        }
    }
    if !whole.reports.is_empty() {
        out.write(&["\nReports\n"])?;
    }
    for report in &whole.reports {
        let id = report.id.get(..8).unwrap_or_default();
        let what = report.period.as_ref().map_or_else(|| report.kind.clone(), |p| format!("{} {p}", report.kind));
        let facts = format!("    {}  {id}  {}  ", report.day, cell(&what, 28));
        out.write(&[&facts, cut(&report.title, 400).as_str(), "\n"])?;
    }
    Ok(())
}

fn line(holding: &Holding) -> String {
    let rank = holding.rank.as_ref().map(|rank| format!("{rank} ")).unwrap_or_default();
    format!("    {}: {rank}{}  ({})", holding.text, holding.name, stretch(&holding.from, &holding.to))
}

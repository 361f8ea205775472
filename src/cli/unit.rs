//! `unit`: prints a unit's current and former officials, and its reports by period.

use super::citation::CitationFinder;
use super::csv;
use super::exit_status::{DONE, Failure, VerbResult};
use super::holding_output::{COLUMNS, csv, print_changes, term};
use super::output::Output;
use super::output_args::OutputArgs;
use super::session::Session;
use super::text_cells::{cell, cut};
use super::unit_lookup;
use crate::lang::{Lang, phrases};
use crate::officials;
use crate::officials::post::PostKey;
use crate::officials::post_holders::Holding;
use crate::officials::unit_posts::{UnitPosts, unit_posts};
use crate::report::{Dated, Period, ReportKind};
use crate::store::UnitReport;
use crate::text::safe::Safe;
use clap::Args;
use serde::Serialize;

/// Print a unit's officials, now and before, and its reports
#[derive(Debug, Args)]
#[command(
    after_long_help = super::examples::of("unit"),
    mut_arg("json", |arg| arg.help("Print JSON; each place has its report, date, source and sentence (`at` counts \
        bytes)")),
    mut_arg("csv", |arg| arg.help("Print CSV: one row for each person who holds or held a post of the unit, with the \
        sentence that says so")),
)]
pub struct UnitArgs {
    /// The unit, plain or abbreviated: “Quân khu 7”, “TCCT”
    #[arg(value_name = "UNIT", required = true)]
    name: Vec<String>,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Serialize)]
struct UnitJson {
    unit: String,
    #[serde(flatten)]
    posts: UnitPosts,
    reports: Vec<UnitReport>,
}

impl UnitArgs {
    /// Prints the unit. Fails with `SOME` if the cache has neither an official nor a report of it.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store()?;
        let unit = unit_lookup::unit(&store, &self.name.join(" "))?;
        let posts = unit_posts(&unit, &store.register()?.holdings(&unit)?);
        let unit = as_written(&unit, &posts).unwrap_or(unit);
        let whole = UnitJson { reports: store.index().reports_of_unit(&unit)?, posts, unit };
        if whole.posts.all().next().is_none() && whole.reports.is_empty() {
            return Err(Failure::some(format!("no report speaks of a unit {:?}", whole.unit)));
        }
        let mut out = Output::default();
        if self.output.json {
            out.json(&CitationFinder::new(&store).with_citations(&whole)?)?;
            out.write(&["\n"])?;
        } else if self.output.csv {
            csv::cited_head(&mut out, &COLUMNS, self.output.bom)?;
            whole.posts.all().try_for_each(|holding| csv(&mut out, &store, holding))?;
        } else {
            print(&mut out, &whole, session.lang()?)?;
        }
        out.flush()?;
        Ok(DONE)
    }
}

fn print(out: &mut Output, whole: &UnitJson, lang: Lang) -> Result<(), Failure> {
    out.line(&Safe::line(&whole.unit))?;
    print_changes(out, &whole.posts.units, lang)?;
    for (title, holdings) in [
        (phrases::UNIT_NOW, &whole.posts.now),
        (phrases::STATED_ONCE, &whole.posts.seen_once),
        (phrases::UNIT_BEFORE, &whole.posts.before),
        (phrases::UNDATED_TITLE, &whole.posts.undated),
    ] {
        if !holdings.is_empty() {
            out.write(&["\n", title.say(lang), "\n"])?;
        }
        for holding in holdings {
            out.line(&Safe::line(&line(&whole.posts, holding, lang)))?;
        }
    }
    if !whole.reports.is_empty() {
        out.write(&["\n", phrases::REPORTS.say(lang), "\n"])?;
    }
    for report in &whole.reports {
        let id = report.id.get(..8).unwrap_or_default();
        let facts = format!("   {}  {id}  {}  ", Dated::aligned_or_dash(report.when), cell(&what(report, lang), 28));
        out.write(&[&facts, cut(&report.title, 400).as_str(), "\n"])?;
    }
    Ok(())
}

/// Returns the unit's name with its capitals, as a post of its officials is written. `None` if `unit` has capitals
/// already. The cache keeps a name that occurs only in posts in lower case.
fn as_written(unit: &str, posts: &UnitPosts) -> Option<String> {
    let wanted = officials::unit::UnitPath::of(unit).filter(|_| !unit.contains(char::is_uppercase))?;
    posts
        .all()
        .filter_map(|holding| PostKey::of(&holding.text).unit)
        .find(|own| *own == wanted)
        .map(|own| own.shown().to_owned())
}

/// Formats kind and period of a report, in `lang`.
fn what(report: &UnitReport, lang: Lang) -> String {
    let kind = ReportKind::from_name(&report.kind).map_or(report.kind.as_str(), |kind| kind.phrase().say(lang));
    let period = report.period.as_ref();
    let period = period.map(|text| text.parse().map_or_else(|_| text.clone(), |period: Period| period.say(lang)));
    period.map_or_else(|| kind.to_owned(), |period| format!("{kind} {period}"))
}

fn line(posts: &UnitPosts, holding: &Holding, lang: Lang) -> String {
    let rank = holding.rank.as_ref().map(|rank| format!("{rank} ")).unwrap_or_default();
    let unseen = posts.is_long_unseen(holding).then(|| format!("; {}", phrases::LONG_UNSEEN.say(lang)));
    let unseen = unseen.unwrap_or_default();
    format!("    {}: {rank}{}  ({}{unseen})", holding.text, holding.name, term(holding, lang))
}

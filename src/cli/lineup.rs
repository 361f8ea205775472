//! `lineup`: prints a report's people in press order, or compares the line-ups of two reports.

use super::citation::{CitationFinder, CitedSentence};
use super::csv;
use super::exit_status::{DONE, Failure, VerbResult};
use super::output::Output;
use super::output_args::OutputArgs;
use super::report_lookup::load;
use super::session::Session;
use super::text_cells::{cell, width};
use crate::lang::{Lang, phrases, roles};
use crate::officials::lineup::{LineupChange, LineupDifference, LineupRow, compared, lineup, table};
use crate::report::{Dated, Report, dated};
use crate::store::Store;
use crate::text::safe::Safe;
use clap::Args;
use serde::Serialize;

/// Print a report's people in press order, or what changed between two reports' line-ups
#[derive(Debug, Args)]
#[command(
    after_long_help = super::examples::of("lineup"),
    mut_arg("json", |arg| arg.help("Print JSON; each place has its report, date, source and sentence (`at` counts \
        bytes)")),
    mut_arg("csv", |arg| arg.help("Print CSV: one row per person, with the sentence")
        .conflicts_with_all(["other", "previous"])),
)]
pub struct LineupArgs {
    /// The report's id, or its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// The report to compare with; without it and --previous the line-up alone is printed
    #[arg(value_name = "ID2")]
    other: Option<String>,
    /// Compare with the same unit's previous report of the same kind
    #[arg(long, conflicts_with = "other")]
    previous: bool,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Serialize)]
struct LineupHeadJson<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(flatten, serialize_with = "dated::json::date")]
    date: Option<Dated>,
    unit: Option<&'a str>,
    source: &'a str,
}

#[derive(Serialize)]
struct CitedPost {
    #[serde(flatten)]
    row: LineupRow,
    proof: CitedSentence,
}

#[derive(Serialize)]
struct LineupPersonJson<'a> {
    #[serde(flatten)]
    head: LineupHeadJson<'a>,
    people: Vec<CitedPost>,
}

#[derive(Serialize)]
struct LineupChangeJson<'a> {
    older: LineupHeadJson<'a>,
    newer: LineupHeadJson<'a>,
    people: Vec<LineupDifference>,
}

impl LineupArgs {
    /// Prints one line-up, or the difference between two, the older first whichever was named first.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store()?;
        let report = load(&store, &self.id)?;
        let mut out = Output::default();
        if self.previous || self.other.is_some() {
            let other = other(&store, &report, self.other.as_deref())?;
            let (older, newer) = in_time(other, report);
            let people = compared(&people(&store, &older)?, &people(&store, &newer)?);
            if self.output.json {
                let two = LineupChangeJson { older: head(&older), newer: head(&newer), people };
                out.json(&CitationFinder::new(&store).with_citations(&two)?)?;
                out.write(&["\n"])?;
            } else {
                print_two(&mut out, &older, &newer, &people, session.lang()?)?;
            }
        } else {
            self.one(&mut out, &store, &report, session.lang()?)?;
        }
        out.flush()?;
        Ok(DONE)
    }

    /// Prints the line-up of one report in the form that the options choose.
    fn one(&self, out: &mut Output, store: &Store, report: &Report, lang: Lang) -> Result<(), Failure> {
        let rows = people(store, report)?;
        if self.output.json {
            let prove = |row: LineupRow| Ok(CitedPost { proof: CitedSentence::of(store, &row.place)?, row });
            let people = rows.into_iter().map(prove).collect::<Result<Vec<_>, Failure>>()?;
            out.json(&CitationFinder::new(store).with_citations(&LineupPersonJson { head: head(report), people })?)?;
            return out.write(&["\n"]);
        }
        if self.output.csv {
            csv::cited_head(out, &["order", "role", "rank", "name", "posts", "official"], self.output.bom)?;
            for row in rows {
                let proof = CitedSentence::of(store, &row.place)?;
                let (order, roles, posts) = (row.order.to_string(), row.roles.join("; "), row.posts.join("; "));
                let official = row.official.as_deref().unwrap_or_default();
                csv::cited_row(
                    out,
                    &[&order, &roles, row.rank.unwrap_or_default(), &row.name, &posts, official],
                    &proof,
                )?;
            }
            return Ok(());
        }
        out.line(&Safe::line(&named(report)))?;
        let rows: Vec<LineupRow> = rows.into_iter().map(|row| in_words(row, lang)).collect();
        table(&rows, width()).iter().try_for_each(|line| out.line(&Safe::line(line)))
    }
}

/// Loads the report to compare with: the one whose id is `named`, else the same unit's previous report of the same
/// kind.
pub fn other(store: &Store, report: &Report, named: Option<&str>) -> Result<Report, Failure> {
    if let Some(named) = named {
        return load(store, named);
    }
    let previous = store.index().previous_of_kind(&report.id)?.ok_or_else(|| {
        let why = match report.extraction.facts.unit {
            Some(_) => "no earlier report of its unit and kind is in the cache",
            None => "the report names no unit",
        };
        Failure::some(format!("there is nothing to compare with: {why}; name a second report"))
    })?;
    load(store, &previous)
}

/// Orders two reports by day, the older first. If the day of either is unknown, the order stays as given.
pub fn in_time(first: Report, second: Report) -> (Report, Report) {
    let day = |report: &Report| report.extraction.facts.day.map(|dated| dated.day);
    match (day(&first), day(&second)) {
        (Some(a), Some(b)) if a > b => (second, first),
        _ => (first, second),
    }
}

/// Describes a report in one line: day, the first 8 digits of its id, title.
pub fn named(report: &Report) -> String {
    let day = report.extraction.facts.day.map_or_else(|| "?".to_owned(), |day| day.to_string());
    format!("{day}  {}  {}", report.id.get(..8).unwrap_or_default(), report.title.text)
}

fn people(store: &Store, report: &Report) -> Result<Vec<LineupRow>, Failure> {
    Ok(lineup(&report.id, &report.extraction, &store.register()?.officials_of(&report.id)?))
}

fn head(report: &Report) -> LineupHeadJson<'_> {
    LineupHeadJson {
        id: &report.id,
        title: &report.title.text,
        date: report.extraction.facts.day,
        unit: report.extraction.facts.unit.as_deref(),
        source: report.url.as_deref().unwrap_or(&report.file),
    }
}

/// Replaces the roles of a row, which are verbs of the text, by their words in `lang`.
fn in_words(mut row: LineupRow, lang: Lang) -> LineupRow {
    row.roles = row.roles.iter().map(|verb| roles::say(verb, lang).to_owned()).collect();
    row
}

fn print_two(
    out: &mut Output,
    older: &Report,
    newer: &Report,
    people: &[LineupDifference],
    lang: Lang,
) -> Result<(), Failure> {
    out.line(&Safe::line(&format!("{}  {}", phrases::OLDER.say(lang), named(older))))?;
    out.line(&Safe::line(&format!("{}  {}", phrases::NEWER.say(lang), named(newer))))?;
    out.write(&["\n"])?;
    for row in people {
        out.line(&Safe::line(&changed(row, lang)))?;
    }
    Ok(())
}

/// Formats one person's change in one line: sign, both positions, rank, name, posts, and the earlier rank and posts.
fn changed(row: &LineupDifference, lang: Lang) -> String {
    let sign = if row.change == LineupChange::Stays { "" } else { row.change.phrase().say(lang) };
    let sign = cell(sign, 5);
    let order = |row: &Option<LineupRow>| row.as_ref().map_or_else(|| "-".to_owned(), |r| r.order.to_string());
    let places = format!("{:>2} > {:<2}", order(&row.before), order(&row.after));
    let Some(shown) = row.after.as_ref().or(row.before.as_ref()) else { return String::new() };
    let rank = shown.rank.map(|rank| format!("{rank} ")).unwrap_or_default();
    let posts = |row: &LineupRow| row.posts.join(", ");
    let held = if shown.posts.is_empty() { String::new() } else { format!(", {}", posts(shown)) };
    let mut line = [&sign, " ", &places, "  ", &rank, &shown.name, &held].concat();
    let Some(before) = row.before.as_ref().filter(|_| row.after.is_some()) else { return line };
    if row.rank_changed {
        let was = before.rank.unwrap_or(phrases::NOT_GIVEN.say(lang));
        line.extend(["  [", &phrases::RANK_WAS.fill(lang, &[was]), "]"]);
    }
    if row.posts_changed {
        let was = if before.posts.is_empty() { phrases::NOT_GIVEN.say(lang).to_owned() } else { posts(before) };
        line.extend(["  [", &phrases::POSTS_WERE.fill(lang, &[&was]), "]"]);
    }
    line
}

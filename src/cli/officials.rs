//! `officials`: lists the officials of the cache that match a query, by the same fuzzy search as the finder.

use super::citation::{CitationFinder, CitedSentence};
use super::csv;
use super::exit_status::{DONE, Failure, VerbResult};
use super::no_results::no_results;
use super::official::OfficialMatch;
use super::output::Output;
use super::output_args::OutputArgs;
use super::query_length;
use super::session::Session;
use super::text_cells::{bold, cell, cut, dim, number};
use crate::lang::numbers::in_message;
use crate::lang::{Lang, phrases};
use crate::officials::career::{Career, FormerTenure, TenureKind};
use crate::officials::{Observation, Official, OfficialSummary, Place, tenure_words};
use crate::report::{Dated, dated};
use crate::store::Store;
use crate::system::terminal_env::ColourDepth;
use crate::text::safe::Safe;
use clap::Args;
use serde::Serialize;

/// Find officials
#[derive(Debug, Args)]
#[command(
    after_long_help = super::examples::of("officials"),
    mut_arg("json", |arg| arg.help("Print JSON: an array of objects; rank, posts, former ones, first and last have \
        their report, date, source and sentence")),
    mut_arg("csv", |arg| arg.help("Print CSV: one row per official, with the last sentence that names them")),
)]
pub struct OfficialsArgs {
    /// Words of name, rank, post or unit, with or without tones
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    output: OutputArgs,
    /// Only officials whose identity is uncertain, with the reasons; those whose doubts touch most reports first
    #[arg(long)]
    unsure: bool,
    /// Print at most this many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// One object of `officials --json`.
#[derive(Serialize)]
struct OfficialJson<'a> {
    id: &'a str,
    name: &'a str,
    /// The country of a foreigner.
    country: Option<&'a str>,
    rank: Option<&'static str>,
    posts: &'a [String],
    reports: usize,
    #[serde(flatten, serialize_with = "dated::json::first")]
    first: Option<Dated>,
    #[serde(flatten, serialize_with = "dated::json::last")]
    last: Option<Dated>,
    score: i64,
    fuzzy: bool,
    /// The former ranks and posts by which the official matches; empty if by the name and the present ones.
    former: &'a [&'a FormerTenure],
    proof: OfficialCitations,
}

/// The citations behind rank, posts, former ranks and posts, and first and last day of an official.
#[derive(Default, Serialize)]
struct OfficialCitations {
    rank: Option<CitedSentence>,
    posts: Vec<CitedSentence>,
    former: Vec<CitedSentence>,
    first: Option<CitedSentence>,
    last: Option<CitedSentence>,
}

impl OfficialCitations {
    /// Cites the current rank and posts, these former ones, and the first and the last observation. `observations` are
    /// in the order of `identify`.
    fn of(
        citations: &mut CitationFinder<'_>,
        observations: &[Observation],
        former: &[&FormerTenure],
    ) -> Result<Self, Failure> {
        let career = Career::of_observations(observations.iter());
        let all = career.former();
        let place_of = |one: &&FormerTenure| all.iter().find(|known| known.tenure == **one).map(|known| &known.place);
        let mut cite = |place: Option<Place>| place.map(|place| citations.of(&place)).transpose();
        Ok(Self {
            rank: cite(career.now(TenureKind::Rank).next().map(|now| now.place))?,
            first: cite(observations.first().map(Observation::name_place))?,
            last: cite(observations.last().map(Observation::name_place))?,
            posts: career.now(TenureKind::Post).map(|now| citations.of(&now.place)).collect::<Result<_, _>>()?,
            former: former.iter().filter_map(place_of).map(|place| citations.of(place)).collect::<Result<_, _>>()?,
        })
    }
}

impl OfficialsArgs {
    /// Prints the officials, best match first. If none matches, ends with `SOME`, unless `--limit 0` was given.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store()?;
        let mut all = store.register()?.officials()?;
        all.retain(|official| official.doubts > 0 || !self.unsure);
        let query = self.query.join(" ");
        query_length::check(&query)?;
        let limit = self.limit.unwrap_or(usize::MAX);
        let by_doubt = self.unsure && query.trim().is_empty();
        let mut found = super::official::matching(&all, &query, if by_doubt { usize::MAX } else { limit });
        if by_doubt {
            // The order of `decisions list`. A stable sort: of equally grave doubts those of the most frequent first.
            found.sort_by_key(|hit| hit.official.gravest_doubt);
            found.truncate(limit);
        }
        let colours = session.colours()? != ColourDepth::None;
        let lang = session.lang()?;
        let mut out = Output::default();
        if self.output.json {
            let register = store.register()?;
            let mut citations = CitationFinder::new(&store);
            let mut lines = Vec::with_capacity(found.len());
            for hit in &found {
                let observations = register.observations_of(&hit.official.id)?;
                let proof = OfficialCitations::of(&mut citations, &observations, &hit.former)?;
                lines.push(OfficialJson::of(hit, proof));
            }
            out.json_array(lines.iter())?;
        } else if self.output.csv {
            csv::cited_head(&mut out, &COLUMNS, self.output.bom)?;
            found.iter().try_for_each(|hit| csv(&mut out, &store, hit.official))?;
        } else {
            for hit in &found {
                print(&mut out, hit, colours, lang)?;
                if self.unsure {
                    print_doubts(&mut out, &store, &hit.official.id, lang)?;
                }
            }
        }
        out.flush()?;
        if found.is_empty() && self.limit != Some(0) {
            let count = in_message(all.len());
            let why = match (self.unsure, query.is_empty()) {
                (true, true) => "there is no official whose identity is uncertain".to_owned(),
                (true, false) => format!("no official to look at of {count} matches {query:?}"),
                _ => format!("no official of {count} matches {query:?}; try fewer words, or type them without tones"),
            };
            return Err(no_results(&store, &why)?);
        }
        Ok(DONE)
    }
}

impl<'a> OfficialJson<'a> {
    fn of(hit: &'a OfficialMatch<'a>, proof: OfficialCitations) -> Self {
        let official = hit.official;
        Self {
            id: &official.id,
            name: &official.name,
            country: official.country.as_deref(),
            rank: official.rank.map(|rank| rank.name),
            posts: &official.posts,
            reports: official.reports,
            first: official.first,
            last: official.last,
            score: hit.score,
            fuzzy: hit.fuzzy,
            former: &hit.former,
            proof,
        }
    }
}

const COLUMNS: [&str; 10] =
    ["id", "name", "rank", "posts", "reports", "first", "first_inferred", "last", "last_inferred", "country"];

fn csv(out: &mut Output, store: &Store, official: &OfficialSummary) -> Result<(), Failure> {
    let proof = match store.register()?.last_mention(&official.id)? {
        Some(place) => CitedSentence::of(store, &place)?,
        None => CitedSentence::default(),
    };
    let (first, first_inferred) = csv::when_cells(official.first);
    let (last, last_inferred) = csv::when_cells(official.last);
    let cells = [
        official.id.as_str(),
        &official.name,
        official.rank.map_or("", |rank| rank.name),
        &official.posts.join("; "),
        &official.reports.to_string(),
        &first,
        first_inferred,
        &last,
        last_inferred,
        official.country.as_deref().unwrap_or_default(),
    ];
    csv::cited_row(out, &cells, &proof)
}

/// Prints one line per reason why an identity is uncertain, with the ids of the two reports to read.
fn print_doubts(out: &mut Output, store: &Store, id: &str, lang: Lang) -> Result<(), Failure> {
    let Some(register) = store.register()?.register_of(id)? else { return Ok(()) };
    let own = register.officials.iter().filter(|official| official.id == id);
    for doubt in own.flat_map(Official::doubts) {
        let what = if doubt.joined { phrases::ONE_PERSON_SURE } else { phrases::TWO_PERSONS_SURE };
        let what = what.fill(lang, &[&doubt.confidence.to_string()]);
        let report = |place: &crate::officials::Place| place.report.get(..8).unwrap_or_default().to_owned();
        let reports = phrases::AND.fill(lang, &[&report(&doubt.that), &report(&doubt.this)]);
        let touched = tenure_words::reports_of(doubt.reports, doubt.among, lang);
        out.line(&Safe::line(&format!("      {what}, {touched}: {} ({reports})", doubt.reason.say(lang))))?;
    }
    Ok(())
}

/// Prints one line per official; it begins with `~` if the name only resembles the query. The former ranks and posts
/// that match stand before the posts.
fn print(out: &mut Output, hit: &OfficialMatch<'_>, colours: bool, lang: Lang) -> Result<(), Failure> {
    let official = hit.official;
    let rank = cell(official.rank.map_or("", |rank| rank.name), 14);
    let last = official.last.map(Dated::aligned).unwrap_or_default();
    let facts = format!("  {:>5}  {last:<11}  ", number(official.reports, lang));
    let name = bold(&cell(&official.name, 26), colours);
    let former = hit.former.iter().map(|one| format!("({})", one.say(lang)));
    let posts = cut(&former.chain(official.posts.iter().cloned()).collect::<Vec<_>>().join("; "), 200);
    let id = dim(&cell(&official.id, 15), colours);
    out.write(&[if hit.fuzzy { "~ " } else { "  " }, &id, "  ", &rank, "  ", &name, &facts, posts.as_str(), "\n"])
}

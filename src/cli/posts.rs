//! `posts`: who held a post, in order.

use super::citation::{CitationFinder, CitedSentence};
use super::csv;
use super::exit_status::{DONE, Failure, VerbResult};
use super::output::Output;
use super::output_args::OutputArgs;
use super::session::Session;
use super::text_cells::cut;
use super::unit_lookup::nothing;
use crate::lang::{Lang, phrases};
use crate::officials::career::TenureBound;
use crate::officials::post_history::{Holding, PostHistory, UnitTransition, posts};
use crate::officials::tenure_words;
use crate::search::abbreviation::readings;
use crate::store::Store;
use crate::text::safe::Safe;
use clap::Args;
use serde_json::Value;

/// Print who held a post, in order, with the gaps
#[derive(Debug, Args)]
#[command(
    after_long_help = super::examples::of("posts"),
    mut_arg("json", |arg| arg.help("Print JSON: an array of posts; each place has its report, date, source and sentence (`at` counts bytes)")),
    mut_arg("csv", |arg| arg.help("Print CSV: a row a holder, with the sentence that says so")),
)]
pub struct PostsArgs {
    /// Words of post and unit, with or without tones: «Chính ủy Quân khu 7», «tu lenh qk7»
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    #[command(flatten)]
    output: OutputArgs,
}

impl PostsArgs {
    /// Runs the verb.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store()?;
        let query = self.query.join(" ");
        let found = answering(&store, &query)?;
        let mut out = Output::default();
        if self.output.json {
            let mut prover = CitationFinder::new(&store);
            let all = found.iter().map(|post| json(&mut prover, post)).collect::<Result<Vec<_>, _>>()?;
            out.json_array(all.iter())?;
        } else if self.output.csv {
            csv::cited_head(&mut out, &COLUMNS, self.output.bom)?;
            found.iter().flat_map(|post| &post.holders).try_for_each(|holding| csv(&mut out, &store, holding))?;
        } else {
            let lang = session.lang()?;
            found.iter().enumerate().try_for_each(|(n, post)| print(&mut out, post, n == 0, lang))?;
        }
        out.flush()?;
        if found.is_empty() {
            let why = format!("no report has anybody in a post {query:?}; try fewer words, or type them without tones");
            return Err(nothing(&store, &why)?);
        }
        Ok(DONE)
    }
}

/// The posts that answer a query as it was typed, else with its abbreviations written out.
fn answering(store: &Store, query: &str) -> Result<Vec<PostHistory>, Failure> {
    for reading in readings(query) {
        let found = posts(&reading, &store.register()?.holdings(&reading)?);
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// A post as JSON: every place carries its sentence, and each holder the proof of the beginning.
fn json(prover: &mut CitationFinder<'_>, post: &PostHistory) -> Result<Value, Failure> {
    let mut value = prover.proved(post)?;
    let holders = value.get_mut("holders").and_then(Value::as_array_mut).into_iter().flatten();
    for (holder, holding) in holders.zip(&post.holders) {
        let proof = prover.of(&holding.from.place)?;
        let proof = prover.proved(&proof)?;
        if let Some(fields) = holder.as_object_mut() {
            fields.insert("proof".to_owned(), proof);
        }
    }
    Ok(value)
}

/// The headings of `csv`.
pub const COLUMNS: [&str; 13] = [
    "post",
    "unit",
    "official",
    "name",
    "rank",
    "as_written",
    "from",
    "from_known",
    "from_inferred",
    "to",
    "to_known",
    "to_inferred",
    "disputed",
];

/// A row for a holder, with the sentence that says so.
pub fn csv(out: &mut Output, store: &Store, holding: &Holding) -> Result<(), Failure> {
    let proof = CitedSentence::of(store, &holding.from.place)?;
    let (from, from_known, from_inferred) = csv::bound_cells(&holding.from);
    let (to, to_known, to_inferred) = csv::bound_cells(&holding.to);
    let cells = [
        holding.head.as_str(),
        &holding.unit,
        &holding.id,
        &holding.name,
        holding.rank.as_deref().unwrap_or_default(),
        &holding.text,
        &from,
        from_known,
        from_inferred,
        &to,
        to_known,
        to_inferred,
        csv::yes(holding.disputed),
    ];
    csv::cited_row(out, &cells, &proof)
}

/// The beginning and the end in words: `from 2018-01-01`, `seen ~2018-01-01, last 2019-02-02`.
pub fn stretch(from: &TenureBound, to: &TenureBound, lang: Lang) -> String {
    tenure_words::say(from, to, lang, |bound| bound.when.to_string())
}

/// What a unit came from or became, a line each.
pub fn print_changes(out: &mut Output, changes: &[UnitTransition], lang: Lang) -> Result<(), Failure> {
    changes.iter().try_for_each(|change| {
        let how = phrases::unit_change(&change.how, lang);
        let note = if lang == Lang::Vi { &change.note_vi } else { &change.note };
        let line = format!("    {} {how} {}, {} ({note})", change.from, change.to, change.since);
        out.line(&Safe::line(&line))
    })
}

fn print(out: &mut Output, post: &PostHistory, first: bool, lang: Lang) -> Result<(), Failure> {
    out.write(&[if first { "" } else { "\n" }, cut(&post.text, 400).as_str(), "\n"])?;
    print_changes(out, &post.units, lang)?;
    for holding in &post.holders {
        for gap in post.gaps.iter().filter(|gap| gap.after == holding.from.place) {
            let days = [gap.from.to_string(), gap.to.to_string()];
            out.write(&["    . . .  ", &phrases::NO_HOLDER_BETWEEN.fill(lang, &[&days[0], &days[1]]), "\n"])?;
        }
        out.line(&Safe::line(&line(holding, lang)))?;
    }
    Ok(())
}

fn line(holding: &Holding, lang: Lang) -> String {
    let rank = holding.rank.as_ref().map(|rank| format!("{rank} ")).unwrap_or_default();
    let disputed = if holding.disputed { format!("; {}", phrases::DISPUTED.say(lang)) } else { String::new() };
    let report = holding.from.place.report.get(..8).unwrap_or_default();
    format!("    {rank}{}  ({}{disputed})  {report}", holding.name, stretch(&holding.from, &holding.to, lang))
}

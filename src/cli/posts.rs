//! `posts`: prints who held a post, in order of time, with the gaps between holders.

use super::citation::CitationFinder;
use super::csv;
use super::exit_status::{DONE, Failure, VerbResult};
use super::holding_output::{COLUMNS, csv, print_changes, term};
use super::no_results::no_results;
use super::output::Output;
use super::output_args::OutputArgs;
use super::query_length;
use super::session::Session;
use super::text_cells::cut;
use crate::lang::{Lang, phrases};
use crate::officials::post_holders::{Holding, PostHistory, posts};
use crate::search::abbreviation::readings;
use crate::store::Store;
use crate::text::safe::Safe;
use clap::Args;
use serde_json::Value;

/// Print who held a post, in order, with the gaps
#[derive(Debug, Args)]
#[command(
    after_long_help = super::examples::of("posts"),
    mut_arg("json", |arg| arg.help("Print JSON: an array of posts; each place has its report, date, source and \
        sentence (`at` counts bytes)")),
    mut_arg("csv", |arg| arg.help("Print CSV: one row per holder, with the sentence that says so")),
)]
pub struct PostsArgs {
    /// Words of post and unit, with or without tones: “Chính ủy Quân khu 7”, “tu lenh qk7”
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    #[command(flatten)]
    output: OutputArgs,
}

impl PostsArgs {
    /// Prints every post that matches the query, with its holders.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store()?;
        let query = self.query.join(" ");
        query_length::check(&query)?;
        let found = matching_posts(&store, &query)?;
        let mut out = Output::default();
        if self.output.json {
            let mut citations = CitationFinder::new(&store);
            let all = found.iter().map(|post| json(&mut citations, post)).collect::<Result<Vec<_>, _>>()?;
            out.json_array(all.iter())?;
        } else if self.output.csv {
            csv::cited_head(&mut out, &COLUMNS, self.output.bom)?;
            found
                .iter()
                .flat_map(|post| post.holders.iter().chain(&post.undated))
                .try_for_each(|holding| csv(&mut out, &store, holding))?;
        } else {
            let lang = session.lang()?;
            found.iter().enumerate().try_for_each(|(n, post)| print(&mut out, post, n == 0, lang))?;
        }
        out.flush()?;
        if found.is_empty() {
            let why = format!("no report has anybody in a post {query:?}; try fewer words, or type them without tones");
            return Err(no_results(&store, &why)?);
        }
        Ok(DONE)
    }
}

/// Returns the posts that match the query as typed; if there are none, those that match it with its abbreviations
/// written out. The first reading with any result is used, because an abbreviation may also be a word of its own.
fn matching_posts(store: &Store, query: &str) -> Result<Vec<PostHistory>, Failure> {
    for reading in readings(query) {
        let found = posts(&reading, &store.register()?.holdings(&reading)?);
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// Converts a post to JSON: every place is extended by its citation, and each holder gets the one of its first day.
fn json(citations: &mut CitationFinder<'_>, post: &PostHistory) -> Result<Value, Failure> {
    let mut value = citations.with_citations(post)?;
    for (field, holdings) in [("holders", &post.holders), ("undated", &post.undated)] {
        let holders = value.get_mut(field).and_then(Value::as_array_mut).into_iter().flatten();
        for (holder, holding) in holders.zip(holdings) {
            let proof = citations.of(&holding.place)?;
            let proof = citations.with_citations(&proof)?;
            if let Some(fields) = holder.as_object_mut() {
                fields.insert("proof".to_owned(), proof);
            }
        }
    }
    Ok(value)
}

fn print(out: &mut Output, post: &PostHistory, first: bool, lang: Lang) -> Result<(), Failure> {
    out.write(&[if first { "" } else { "\n" }, cut(&post.title(), 400).as_str(), "\n"])?;
    print_changes(out, &post.units, lang)?;
    for holding in &post.holders {
        for gap in post.gaps.iter().filter(|gap| gap.after == holding.place) {
            let days = [gap.from.to_string(), gap.to.to_string()];
            out.write(&["    . . .  ", &phrases::NO_HOLDER_BETWEEN.fill(lang, &[&days[0], &days[1]]), "\n"])?;
        }
        out.line(&Safe::line(&line(post, holding, lang)))?;
    }
    post.undated.iter().try_for_each(|holding| out.line(&Safe::line(&line(post, holding, lang))))
}

fn line(post: &PostHistory, holding: &Holding, lang: Lang) -> String {
    let rank = holding.rank.as_ref().map(|rank| format!("{rank} ")).unwrap_or_default();
    let disputed = if holding.disputed { format!("; {}", phrases::DISPUTED.say(lang)) } else { String::new() };
    let once =
        if post.is_weak(holding) { format!(" ({})", phrases::HOLDER_SEEN_ONCE.say(lang)) } else { String::new() };
    let report = holding.place.report.get(..8).unwrap_or_default();
    format!("    {rank}{}  ({}{disputed}){once}  {report}", holding.name, term(holding, lang))
}

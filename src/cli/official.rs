//! `official`: prints the page of one official: ranks and posts over time as quoted, reports, and who appears with
//! them.

mod html;

use super::citation::{CitationFinder, CitedSentence};
use super::csv;
use super::exit_status::{DONE, Failure, USAGE, VerbResult};
use super::no_results::no_results;
use super::output::Output;
use super::output_args::OutputArgs;
use super::query_length;
use super::session::Session;
use super::text_cells::{number, width};
use crate::lang::{Lang, phrases, roles};
use crate::officials::career::{CurrentTenure, FormerTenure, TenureKind};
use crate::officials::timeline::{DRAWN, TimelineRow, draw, years};
use crate::officials::{OfficialPage, OfficialSummary, tenure_words};
use crate::report::Dated;
use crate::search::finder::{Finder, Tier};
use crate::store::Store;
use crate::text::safe::Safe;
use clap::Args;
use std::fmt::Write as _;

/// Print what the reports say about an official
#[derive(Debug, Args)]
#[command(
    after_long_help = super::examples::of("official"),
    mut_arg("json", |arg| arg.help("Print JSON; each place has its report, date, source and sentence (`at` counts \
        bytes)")),
    mut_arg("csv", |arg| arg.help("Print the career as CSV: one row per rank or post, with the first sentence that \
        says so")),
)]
pub struct OfficialArgs {
    /// The name, or the id that `officials` prints
    #[arg(value_name = "NAME|ID", required = true)]
    who: Vec<String>,
    #[command(flatten)]
    output: OutputArgs,
    /// Print a page of HTML, complete in itself, with numbered sources
    #[arg(long, conflicts_with_all = ["json", "csv"])]
    html: bool,
}

/// An official who matches a query, as the finder found them.
pub struct OfficialMatch<'a> {
    pub official: &'a OfficialSummary,
    /// How well the official matches; higher is better.
    pub score: i64,
    /// Whether the query only resembles the name.
    pub fuzzy: bool,
    /// How closely the name matches.
    pub tier: Tier,
    /// The former ranks and posts that match; empty if the official matches without them.
    pub former: Vec<&'a FormerTenure>,
}

/// Returns the officials of `all` that match, best first, at most `limit` of them.
pub fn matching<'a>(all: &'a [OfficialSummary], query: &str, limit: usize) -> Vec<OfficialMatch<'a>> {
    let hits = Finder::new(all).find(query, limit).hits;
    hits.into_iter()
        .filter_map(|hit| {
            let official = all.get(hit.index)?;
            let former = hit.former.iter().filter_map(|one| official.former.get(one.at)).collect();
            Some(OfficialMatch { official, score: hit.score, fuzzy: hit.fuzzy, tier: hit.tier, former })
        })
        .collect()
}

impl OfficialArgs {
    /// Prints the page as text, JSON or CSV.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store()?;
        let typed = self.who.join(" ");
        if typed.trim().is_empty() {
            return Err(Failure::usage("official: the name is empty; `baocao officials` prints all of them"));
        }
        query_length::check(&typed)?;
        let id = find(&store, &typed)?;
        let page =
            store.register()?.official_page(&id)?.ok_or_else(|| Failure::some(format!("the official {id} is gone")))?;
        let mut out = Output::default();
        if self.output.json {
            let page = CitationFinder::new(&store).with_citations(&page)?;
            out.json(&page)?;
            out.write(&["\n"])?;
        } else if self.output.csv {
            csv::cited_head(&mut out, &COLUMNS, self.output.bom)?;
            page.timeline.iter().filter(|row| !row.is_gap()).try_for_each(|row| csv(&mut out, &store, &page, row))?;
        } else if self.html {
            out.write(&[&html::page(&store, &page, session.lang()?)?])?;
        } else {
            out.write(&[Safe::text(&text(&page, session.lang()?)).as_str()])?;
        }
        out.flush()?;
        Ok(DONE)
    }
}

/// Resolves what the user typed to the id of one official: `typed` is an id, or a name that no other official matches
/// in the same tier.
///
/// # Errors
/// `SOME` with similar names if none matches; a usage error that lists the candidates if several match equally well.
fn find(store: &Store, typed: &str) -> Result<String, Failure> {
    if let Some(official) = store.register()?.summary(typed)? {
        return Ok(official.id);
    }
    let all = store.register()?.officials()?;
    let found = matching(&all, typed, 20);
    let close: Vec<&OfficialMatch<'_>> = match found.first() {
        Some(best) => {
            let as_close = |hit: &&OfficialMatch<'_>| {
                !hit.fuzzy && hit.tier == best.tier && hit.former.is_empty() == best.former.is_empty()
            };
            found.iter().filter(as_close).collect()
        }
        None => Vec::new(),
    };
    if let Some(most) = with_nearly_all_reports(&close) {
        return Ok(most.official.id.clone());
    }
    match close.as_slice() {
        [] => {
            let near: Vec<String> = found.iter().take(3).map(|hit| hit.official.name.clone()).collect();
            let hint = if near.is_empty() { String::new() } else { format!("; there are {}", near.join(", ")) };
            let count = all.len();
            Err(no_results(
                store,
                &format!(
                    "no official {typed:?} was found among {count}{hint}; `baocao officials` finds them by any words"
                ),
            )?)
        }
        several => {
            let names = several.iter().take(5).map(|hit| format!("{} ({})", hit.official.name, hit.official.id));
            let names = names.collect::<Vec<_>>().join(", ");
            Err(Failure::Message(USAGE, format!("{typed:?} can be {} officials: {names}; give the id", several.len())))
        }
    }
}

/// Returns the match with four of five reports of all matches, or the only match; `None` if there is no such match. The
/// page lists the others of the name as namesakes.
fn with_nearly_all_reports<'m, 'a>(close: &[&'m OfficialMatch<'a>]) -> Option<&'m OfficialMatch<'a>> {
    let most = close.iter().max_by_key(|hit| hit.official.reports)?;
    let all: usize = close.iter().map(|hit| hit.official.reports).sum();
    (close.len() == 1 || most.official.reports * 5 >= all * 4).then_some(*most)
}

const COLUMNS: [&str; 11] =
    ["id", "name", "line", "text", "from", "from_known", "from_inferred", "to", "to_known", "to_inferred", "disputed"];

fn csv(out: &mut Output, store: &Store, page: &OfficialPage, row: &TimelineRow) -> Result<(), Failure> {
    let proof = CitedSentence::of(store, &row.place)?;
    let (from, from_known, from_inferred) = csv::bound_cells(Some(&row.from));
    let (to, to_known, to_inferred) = csv::bound_cells(Some(&row.to));
    let cells = [
        page.id.as_str(),
        &page.name,
        if row.line == TenureKind::Rank { "rank" } else { "post" },
        &row.text,
        &from,
        from_known,
        from_inferred,
        &to,
        to_known,
        to_inferred,
        csv::yes(row.disputed),
    ];
    csv::cited_row(out, &cells, &proof)
}

/// Formats a rank or post with the days of its first and last report.
fn present(now: &CurrentTenure, lang: Lang) -> String {
    let since = if now.since_event { phrases::SINCE_AND_LAST_SEEN } else { phrases::FIRST_AND_LAST_SEEN };
    let since = match (now.since, now.seen) {
        (Some(first), Some(last)) => since.fill(lang, &[&first.to_string(), &last.to_string()]),
        _ => phrases::UNDATED.say(lang).to_owned(),
    };
    format!("  {}  ({since})", now.with_unit())
}

/// Formats the page as plain text. An unknown day is `?`, an inferred one has `~`.
fn text(page: &OfficialPage, lang: Lang) -> String {
    let mut out = format!("{}\n", page.name);
    // Writing to a string cannot fail.
    if !page.has_sign {
        let _ = writeln!(out, "  {}", phrases::NO_SIGN_EXPLAINED.say(lang));
    }
    for now in page.rank.iter().chain(&page.posts) {
        let _ = writeln!(out, "{}", present(now, lang));
    }
    if let Some(country) = &page.country {
        let _ = writeln!(out, "  {country}");
    }
    let seen = tenure_words::reports(page, lang, |day| day.to_string());
    let _ = writeln!(out, "  {seen}   {} {}", phrases::ID.say(lang), page.id);
    if !page.seen_once.is_empty() {
        let _ = writeln!(out, "\n{}", phrases::STATED_ONCE.say(lang));
    }
    for once in &page.seen_once {
        let _ = writeln!(out, "{}", present(once, lang));
    }
    if !page.timeline.is_empty() {
        out.push('\n');
    }
    let width = width();
    for line in years(&page.timeline, width).into_iter().chain(draw(&page.timeline, width, DRAWN)) {
        let _ = writeln!(out, "{}", line.trim_end());
    }
    if !page.undated.is_empty() {
        let _ = writeln!(out, "\n{}", phrases::UNDATED_TITLE.say(lang));
    }
    for tenure in &page.undated {
        let former = tenure.state().map(|state| format!(" ({})", state.say(lang))).unwrap_or_default();
        let id = tenure.place.report.get(..8).unwrap_or_default();
        let _ = writeln!(out, "  {}{former}  {id}", tenure.text);
    }
    if !page.reports.is_empty() {
        out.push('\n');
    }
    for report in &page.reports {
        let roles = roles::say_all(report.roles.iter().map(String::as_str), lang);
        let roles = if roles.is_empty() { roles } else { format!("  [{roles}]") };
        let id = report.place.report.get(..8).unwrap_or_default();
        let _ = writeln!(out, "{}  {id}  {}{roles}", Dated::aligned_or_dash(report.when), report.title);
    }
    if !page.no_sign.is_empty() {
        let _ = writeln!(out, "\n{}", phrases::NO_SIGN.say(lang));
    }
    for report in &page.no_sign {
        let id = report.place.report.get(..8).unwrap_or_default();
        let _ = writeln!(out, "{}  {id}  {}", Dated::aligned_or_dash(report.when), report.title);
    }
    if !page.together.is_empty() {
        let _ = writeln!(out, "\n{}", phrases::TOGETHER.say(lang));
    }
    for other in page.together.iter().take(20) {
        let rank = other.rank.map(|rank| format!("{rank} ")).unwrap_or_default();
        let _ = writeln!(out, "  {:>5}  {rank}{}", number(other.reports, lang), other.name);
    }
    for namesake in &page.namesakes {
        let posts = namesake.posts.join("; ");
        let why = namesake.why.as_ref().map(|why| why.say(lang)).unwrap_or_default();
        let line = phrases::NOT_TO_CONFUSE.fill(lang, &[&namesake.name, &namesake.id, &posts, &why]);
        let _ = writeln!(out, "\n{line}");
    }
    out
}

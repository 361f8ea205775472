//! `cite verify`: reads a text with citations that the reader or this program has made, finds each cited passage again,
//! and shows what has changed. A source that was changed is another text with another hash: its version in the cache is
//! found by the address in the citation, or by the cited words.

use super::exit_status::{DONE, Failure, SOME, VerbResult};
use super::output::{Output, told};
use super::session::Session;
use super::text_input;
use crate::citation::verify::{ComparedWords, FoundCitation, QuoteCheck, check, citations};
use crate::report::Report;
use crate::search::filter::{self, Filter};
use crate::store::{PrefixMatch, Sort, Store, WindowBounds};
use crate::text::safe::Safe;
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// The words of a quotation by which another version of its report is looked for.
const SEARCHED_WORDS: usize = 8;
/// How many reports with those words are looked at.
const CANDIDATES: usize = 20;

/// Check citations
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("cite"))]
pub struct CiteArgs {
    #[command(subcommand)]
    what: CiteAction,
}

#[derive(Debug, Subcommand)]
enum CiteAction {
    /// Find each cited passage of a text again, and show what has changed
    Verify {
        /// The text: plain, Markdown, BibTeX or CSL-JSON; `-` for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// What became of a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Verdict {
    /// The words stand in the paragraph that it names, or the report is there and no words were cited.
    Stands,
    /// They stand in another paragraph of that report.
    Moved,
    /// The report has other words there.
    Changed,
    /// The report is not in the cache. Another one has the words.
    OtherReport,
    /// The report is there and has nothing like the words.
    NoSuchWords,
    /// Neither the report nor the words are in the cache.
    NoReport,
}

/// A citation of the file with what became of it.
#[derive(Clone, Serialize)]
struct CheckedCitation {
    line: usize,
    verdict: Verdict,
    /// The hash that the citation names.
    cited: String,
    /// The report in which the words are, or should be.
    report: Option<String>,
    /// The paragraph in which they are.
    paragraph: Option<usize>,
    quote: Option<String>,
    /// The words as they were cited and as they are, if they differ: `[-cited-]` and `{+now+}`.
    change: Option<String>,
}

impl CiteArgs {
    /// Checks all citations of the file. The code is `SOME` if one does not stand, or if there is none.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let CiteAction::Verify { file, json } = &self.what;
        let text = text_input::read(file)?;
        let found = citations(&text);
        let store = session.store()?;
        let checked = found.iter().map(|cited| checked(&store, cited)).collect::<Result<Vec<_>, _>>()?;
        let mut out = Output::default();
        if *json {
            out.json_array(checked.iter())?;
        } else if checked.is_empty() {
            return Err(Failure::some(format!(
                "no citation was found in {}; one has a key of the form baocao:0123456789abcdef/3",
                Safe::path(file)
            )));
        } else {
            checked.iter().try_for_each(|one| print(&mut out, file, one))?;
        }
        out.flush()?;
        let all_stand = checked.iter().all(|one| one.verdict == Verdict::Stands);
        Ok(if all_stand && !checked.is_empty() { DONE } else { SOME })
    }
}

fn checked(store: &Store, cited: &FoundCitation) -> Result<CheckedCitation, Failure> {
    let mut done = CheckedCitation {
        line: cited.line,
        verdict: Verdict::NoReport,
        cited: cited.hash.clone(),
        report: None,
        paragraph: None,
        quote: cited.quote.clone(),
        change: None,
    };
    let own = match store.cache().named(&cited.hash)? {
        PrefixMatch::One(id) => store.cache().load(&id)?,
        PrefixMatch::None | PrefixMatch::Several(_) => None,
    };
    let Some(quote) = cited.quote.as_deref() else {
        if let Some(report) = own {
            (done.verdict, done.report) = (Verdict::Stands, Some(report.id));
        }
        return Ok(done);
    };
    if let Some(report) = own {
        judge(&mut done, quote, cited.paragraph, &report);
        return Ok(done);
    }
    // The version that has the words, else the one that has most of them.
    let mut best: Option<CheckedCitation> = None;
    for report in other_versions(store, quote)? {
        let mut other = done.clone();
        judge(&mut other, quote, cited.paragraph, &report);
        if matches!(other.verdict, Verdict::Stands | Verdict::Moved) {
            return Ok(CheckedCitation { verdict: Verdict::OtherReport, ..other });
        }
        if other.verdict == Verdict::Changed && best.is_none() {
            best = Some(other);
        }
    }
    Ok(best.unwrap_or(done))
}

/// Notes in `done` what became of the words in a report.
fn judge(done: &mut CheckedCitation, quote: &str, paragraph: Option<usize>, report: &Report) {
    done.report = Some(report.id.clone());
    match check(quote, paragraph, report) {
        QuoteCheck::Stands(at) => {
            let as_named = paragraph.is_none_or(|named| named == at);
            (done.verdict, done.paragraph) = (if as_named { Verdict::Stands } else { Verdict::Moved }, Some(at));
        }
        QuoteCheck::Changed { paragraph, words } => {
            (done.verdict, done.paragraph) = (Verdict::Changed, Some(paragraph));
            done.change = Some(marked(&words));
        }
        QuoteCheck::Missing => done.verdict = Verdict::NoSuchWords,
    }
}

/// The words as they were cited and as they are, in one line.
fn marked(words: &[ComparedWords]) -> String {
    let shown = |words: &ComparedWords| match words {
        ComparedWords::Same(words) => words.clone(),
        ComparedWords::Cited(words) => format!("[-{words}-]"),
        ComparedWords::Report(words) => format!("{{+{words}+}}"),
    };
    words.iter().map(shown).collect::<Vec<_>>().join(" ")
}

/// The reports of the cache that have the first words of a quotation, or words of its middle if its beginning was
/// changed.
fn other_versions(store: &Store, quote: &str) -> Result<Vec<Report>, Failure> {
    let words: Vec<&str> = quote.split_whitespace().collect();
    let mut reports: Vec<Report> = Vec::new();
    for from in [0, words.len() / 2, words.len().saturating_sub(SEARCHED_WORDS)] {
        let some: Vec<&str> = words.iter().skip(from).take(SEARCHED_WORDS).copied().collect();
        let (found, _) = filter::parse(&format!("\"{}\"", some.join(" ").replace('"', " ")));
        if found == Filter::default() {
            continue;
        }
        let ids = store.index().find_ids(&found, Sort::Date, WindowBounds { offset: 0, limit: CANDIDATES })?;
        for id in ids {
            if !reports.iter().any(|known| known.id == id) {
                reports.extend(store.cache().load(&id)?);
            }
        }
    }
    Ok(reports)
}

fn print(out: &mut Output, file: &Path, one: &CheckedCitation) -> Result<(), Failure> {
    let report = one.report.as_deref().and_then(|id| id.get(..12)).unwrap_or_default();
    let at = one.paragraph.map(|number| format!(", paragraph {number}")).unwrap_or_default();
    let said = match one.verdict {
        Verdict::Stands => format!("stands in {report}{at}"),
        Verdict::Moved => format!("stands in {report}, but not where it says{at}"),
        Verdict::Changed => format!("has changed in {report}{at}"),
        Verdict::OtherReport => format!("the report is not in the cache; the words stand in {report}{at}"),
        Verdict::NoSuchWords => format!("{report} has no such words"),
        Verdict::NoReport => "neither the report nor the words are in the cache".to_owned(),
    };
    out.line(&Safe::line(&format!("{}:{}: {}", file.display(), one.line, told(&said))))?;
    if let Some(change) = &one.change {
        out.line(&Safe::line(&format!("  {change}")))?;
    }
    Ok(())
}

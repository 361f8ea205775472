//! `decisions list`: prints the judgements about identities to review, in the order of the reader's page of them.

use super::citation::CitationFinder;
use super::exit_status::{DONE, Failure, VerbResult};
use super::no_results::no_results;
use super::output::{Output, say};
use super::session::Session;
use crate::lang::numbers::in_message;
use crate::lang::{Lang, phrases};
use crate::officials::{IdentityJudgement, Place, tenure_words};
use crate::store::{DoubtsFound, Store, UncertainJudgement};
use crate::text::safe::Safe;
use clap::Args;
use serde::Serialize;

/// What `decisions list` takes.
#[derive(Debug, Args)]
pub struct DoubtListArgs {
    /// Words of names, with or without tones
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Print JSON: an array of objects; `reports` is how many reports are with the wrong official if the judgement is
    /// wrong, `among` how many there are of the official or of both, `this` and `that` are the two mentions with their
    /// sentences
    #[arg(long)]
    json: bool,
    /// Print at most this many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// One object of `decisions list --json`.
#[derive(Serialize)]
struct DoubtJson<'a> {
    /// The id of the official.
    official: &'a str,
    name: &'a str,
    #[serde(flatten)]
    judgement: &'a IdentityJudgement,
}

impl DoubtListArgs {
    /// Prints the judgements, and on standard error how many there are. If there are none, ends with `SOME`, unless
    /// `--limit 0` was given.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store()?;
        let names = self.names.join(" ");
        let limit = self.limit.unwrap_or(usize::MAX);
        let mut found = store.register()?.doubts(&names, limit)?;
        found.judgements.truncate(limit);
        let mut out = Output::default();
        if self.json {
            let mut citations = CitationFinder::new(&store);
            let lines = found.judgements.iter().map(|UncertainJudgement { official, name, judgement, .. }| {
                citations.with_citations(&DoubtJson { official, name, judgement })
            });
            out.json_array(lines.collect::<Result<Vec<_>, _>>()?.iter())?;
        } else {
            let lang = session.lang()?;
            found.judgements.iter().try_for_each(|doubt| print(&mut out, doubt, lang))?;
        }
        out.flush()?;
        self.say_counts(&store, &found, &names)
    }

    fn say_counts(&self, store: &Store, found: &DoubtsFound, names: &str) -> VerbResult {
        let DoubtsFound { judgements, total, all } = found;
        if *total == 0 && self.limit != Some(0) {
            let why = match all {
                0 => "there is no identity to review".to_owned(),
                _ => format!("no identity to review of {} has a name that matches {names:?}", in_message(*all)),
            };
            return Err(no_results(store, &why)?);
        }
        if !self.json {
            say(&format!("{} of {} to review", in_message(judgements.len()), in_message(*all)));
        }
        Ok(DONE)
    }
}

/// Prints a judgement as two lines: whom it is about and how much it matters, then the reason with the two reports.
fn print(out: &mut Output, doubt: &UncertainJudgement, lang: Lang) -> Result<(), Failure> {
    let UncertainJudgement { official, name, judgement, .. } = doubt;
    let what = if judgement.joined { phrases::ONE_PERSON_SURE } else { phrases::TWO_PERSONS_SURE };
    let what = what.fill(lang, &[&judgement.confidence.to_string()]);
    let touched = tenure_words::reports_of(judgement.reports, judgement.among, lang);
    let report = |place: &Place| place.report.get(..8).unwrap_or_default().to_owned();
    let reports = phrases::AND.fill(lang, &[&report(&judgement.that), &report(&judgement.this)]);
    out.line(&Safe::line(&format!("{name} ({official}): {what} {touched}")))?;
    out.line(&Safe::line(&format!("      {} ({reports})", judgement.reason.say(lang))))
}

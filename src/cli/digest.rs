//! `digest`: tells what is new since the last digest or since a day, for people and for mail. The time of the last
//! digest is kept for each watch, and moves only once the output has been written whole: what could not be written is
//! told again.

mod html;
mod markdown;
mod text;

use super::atomic_file::OutputFile;
use super::exit_status::{DONE, Failure, SOME, USAGE, VerbResult};
use super::filter_problems;
use super::output::{Output, say};
use super::session::Session;
use crate::digest::{DigestBuilder, DigestSection};
use crate::lang::Lang;
use crate::lang::phrases::digest as words;
use crate::officials::Place;
use crate::search::date::DayRange;
use crate::search::filter::{self, Filter};
use crate::store::{ImportPosition, NewsSince, SeenBy, Store};
use crate::sync::moment::{in_utc, shown_here};
use crate::text::nearest::nearest;
use crate::text::safe::Safe;
use clap::Args;
use serde::Serialize;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Tell what is new: the reports that came, by unit, and the appointments, promotions and officials in them
///
/// A report is new if it came into the cache since, whatever its own day. Ends with 0 if there is news and with 1 if
/// there is none; then nothing is written, except as JSON.
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("digest"))]
pub struct DigestArgs {
    /// Since when: the last digest of the same watch, or a day, month or year of import
    #[arg(long, value_name = "last|DATE", default_value = "last")]
    since: String,
    /// Tell only what concerns a watch (see `watch`); may be given several times, for a part each
    #[arg(long, value_name = "NAME")]
    watch: Vec<String>,
    /// Print JSON: one object; each fact has its places, date, source and sentence
    #[arg(long, group = "form")]
    json: bool,
    /// Print Markdown, for notes
    #[arg(long, group = "form")]
    markdown: bool,
    /// Print a page that is complete in itself, for mail
    #[arg(long, group = "form")]
    html: bool,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Leave the time of the last digest as it is. With --since DATE it always stays
    #[arg(long)]
    peek: bool,
}

/// The forms of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DigestForm {
    /// For reading in a terminal.
    Text,
    Markdown,
    Json,
    Html,
}

/// What one part of a digest is about.
struct DigestPart {
    watch: Option<String>,
    /// The filter of the watch, as it was typed.
    typed: Option<String>,
    filter: Filter,
}

impl DigestPart {
    fn seen_by(&self) -> SeenBy<'_> {
        self.watch.as_deref().map_or(SeenBy::Digest, SeenBy::WatchDigest)
    }
}

/// The whole of a digest, as JSON.
#[derive(Serialize)]
struct DigestJson<'a> {
    /// One for each watch; without a watch, one for everything.
    sections: &'a [DigestSection],
}

impl DigestArgs {
    /// Writes the digest, then records how far it told.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let since = self.since()?;
        let parts = self.parts(session)?;
        let lang = session.lang()?;
        let (cache, _) = session.folders()?;
        let target = self.output.as_deref().map(|place| OutputFile::new(place, &cache)).transpose()?;
        let store = session.store()?;
        let mut sections = Vec::with_capacity(parts.len());
        let mut told = Vec::with_capacity(parts.len());
        for part in &parts {
            let (section, position) = section(&store, part, since)?;
            sections.push(section);
            told.push((part.seen_by(), position));
        }
        let has_news = sections.iter().any(|section| !section.is_empty());
        if has_news || self.form() == DigestForm::Json {
            let mut out = target.as_ref().map_or_else(|| Ok(Output::default()), OutputFile::out)?;
            self.write(&mut out, &sections, lang)?;
            out.flush()?;
            drop(out);
            target.map_or(Ok(()), OutputFile::keep)?;
        }
        if since.is_none() && !self.peek {
            told.into_iter().try_for_each(|(by, position)| store.marks().set_seen(by, position))?;
        }
        if has_news {
            return Ok(DONE);
        }
        // Quiet for cron, which mails every word.
        if std::io::stderr().is_terminal() {
            say("nothing is new since then");
        }
        Ok(SOME)
    }

    fn form(&self) -> DigestForm {
        match self {
            Self { json: true, .. } => DigestForm::Json,
            Self { markdown: true, .. } => DigestForm::Markdown,
            Self { html: true, .. } => DigestForm::Html,
            _ => DigestForm::Text,
        }
    }

    /// The second from which reports are new; `None` for the last digest.
    fn since(&self) -> Result<Option<i64>, Failure> {
        let typed = self.since.trim();
        if typed.eq_ignore_ascii_case("last") {
            return Ok(None);
        }
        let first =
            DayRange::parse(typed).and_then(DayRange::days).and_then(|(first, _)| NewsSince::first_second(first));
        first.map(Some).ok_or_else(|| {
            Failure::usage(format!("digest: --since {typed:?} is not a date; write 2026-11-29, 2026-11, 2026 or last"))
        })
    }

    /// What to tell of. A watch whose filter has a fault tells nothing: left out silently, the faulty part would widen
    /// it.
    fn parts(&self, session: &mut Session) -> Result<Vec<DigestPart>, Failure> {
        if self.watch.is_empty() {
            return Ok(vec![DigestPart { watch: None, typed: None, filter: Filter::default() }]);
        }
        let known = session.config()?.watches.clone();
        let part = |name: &String| {
            let Some((name, typed)) = known.iter().find(|watch| watch.0 == name.trim()) else {
                let names: Vec<&str> = known.iter().map(|watch| watch.0.as_str()).collect();
                let hint = nearest(name, &names).map_or_else(
                    || "`baocao watch list` prints them".to_owned(),
                    |near| format!("did you mean {near:?}?"),
                );
                return Err(Failure::usage(format!("digest: there is no watch {name:?}; {hint}")));
            };
            let (filter, problems) = filter::parse(typed);
            if !problems.is_empty() {
                let fault = filter_problems::in_words(typed, &problems);
                let why = format!("the filter of the watch {name:?} has a fault: {fault}; `watch add` replaces it");
                return Err(Failure::Message(USAGE, why));
            }
            Ok(DigestPart { watch: Some(name.clone()), typed: Some(typed.clone()), filter })
        };
        self.watch.iter().map(part).collect()
    }

    fn write(&self, out: &mut Output, sections: &[DigestSection], lang: Lang) -> Result<(), Failure> {
        match self.form() {
            DigestForm::Text => sections.iter().try_for_each(|section| text::write(out, section, lang)),
            DigestForm::Markdown => {
                let chapters: Vec<String> = sections.iter().map(|section| markdown::chapter(section, lang)).collect();
                out.write(&[Safe::text(&chapters.join("\n")).as_str()])
            }
            DigestForm::Html => out.write(&[&html::page(sections, lang)]),
            DigestForm::Json => {
                out.json(&DigestJson { sections })?;
                out.write(&["\n"])
            }
        }
    }
}

/// Collects one part, and the position up to which it tells.
fn section(store: &Store, part: &DigestPart, since: Option<i64>) -> Result<(DigestSection, ImportPosition), Failure> {
    let last = store.marks().seen(part.seen_by())?;
    let moment = match (since, last) {
        (Some(second), _) => NewsSince::Second(second),
        (None, Some(position)) => NewsSince::Position(position),
        (None, None) => NewsSince::Beginning,
    };
    let mut builder = DigestBuilder::new(&part.filter);
    let position = store.index().each_new_report(&part.filter, moment, &mut |report| builder.add(report))?;
    let sentence = |place: &Place, name: &str, words: &str| {
        store.cache().stating_sentence(place, name, words).map(Option::unwrap_or_default)
    };
    let mut section = builder.finish(sentence)?;
    let second = since.or(last.map(|position| position.at));
    section.since = second.and_then(|second| jiff::Timestamp::from_second(second).ok()).map(in_utc);
    (section.watch, section.filter) = (part.watch.clone(), part.typed.clone());
    Ok((section, position))
}

/// The title of a section: what is new, of which watch.
fn title(section: &DigestSection, lang: Lang) -> String {
    let what = words::WHATS_NEW.say(lang);
    section.watch.as_ref().map_or_else(|| what.to_owned(), |name| format!("{what}: {name}"))
}

/// The line below the title: since when, how many reports and facts.
fn summary(section: &DigestSection, lang: Lang) -> String {
    let since = section.since.as_deref().map_or_else(
        || words::SINCE_EVER.say(lang).to_owned(),
        |since| {
            let moment = since.parse().map_or_else(|_| since.to_owned(), shown_here);
            words::SINCE.fill(lang, &[&moment])
        },
    );
    let reports = words::NEW_REPORTS_N.count(lang, section.report_count());
    let changes = words::CHANGES_N.count(lang, section.facts.len());
    format!("{since} · {reports} · {changes}")
}

/// The heading of the reports of a unit.
fn unit_heading(unit: Option<&str>, reports: usize, lang: Lang) -> String {
    let name = unit.unwrap_or_else(|| words::NO_UNIT.say(lang));
    format!("{name} ({})", crate::lang::numbers::grouped(reports, lang))
}

/// What stands behind the cited report of a fact: how many others state it, and when the official was seen before.
fn more(fact: &crate::digest::DigestFact, lang: Lang) -> Vec<String> {
    let others = fact.places.len().saturating_sub(1);
    let others = (others > 0).then(|| words::OTHER_REPORTS_N.count(lang, others));
    let before = fact.before.as_ref().map(|day| words::SEEN_BEFORE.fill(lang, &[day]));
    before.into_iter().chain(others).collect()
}

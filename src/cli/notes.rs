//! `notes`: prints the reader's notes, all or those with some words, with the place of each.

use super::code_point_positions::{CodePointRange, CodePoints};
use super::exit_status::{DONE, Failure, VerbResult};
use super::output::Output;
use super::session::Session;
use crate::citation::{Citation, CitationFormat};
use crate::lang::{Lang, phrases};
use crate::report::{Dated, Report};
use crate::search::matching::QueryPhrase;
use crate::store::{Note, NoteSubject, Store};
use crate::text::safe::Safe;
use clap::Args;
use serde::Serialize;

/// Print the notes that were made in the reader
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("notes"))]
pub struct NotesArgs {
    /// Only notes with these words, in the note or in what it is about
    #[arg(value_name = "WORD")]
    words: Vec<String>,
    /// Print JSON: each note with report, place, quotation and days
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Print Markdown: each note below its quotation and citation
    #[arg(long)]
    markdown: bool,
}

/// A note as JSON.
#[derive(Serialize)]
struct NoteJson<'a> {
    /// What it is about: `passage`, `report` or `official`.
    about: &'static str,
    report: Option<&'a str>,
    official: Option<&'a str>,
    /// The title of the report, or the name of the official.
    title: Option<&'a str>,
    url: Option<&'a str>,
    date: Option<String>,
    /// The place of the passage in the text, in code points. `null` also if the report is gone.
    place: Option<CodePointRange>,
    quote: Option<&'a str>,
    note: &'a str,
    /// When it was made and last changed, in UTC.
    made: String,
    changed: String,
    /// Whether the report is in the cache, with the passage at its place.
    found: bool,
    /// The citation as one line; `null` if the report is gone.
    citation: Option<String>,
}

impl NotesArgs {
    /// Prints the notes, the one that was changed last first.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store()?;
        let lang = session.lang()?;
        let asked = QueryPhrase::new(&self.words.join(" "), false);
        let mut notes = store.notes().all()?;
        notes.retain(|note| asked.as_ref().is_none_or(|asked| note.has_words(asked)));
        if notes.is_empty() && !self.json {
            let said = if asked.is_some() {
                "no note has these words"
            } else {
                "there are no notes yet; `a` in the reader writes one"
            };
            return Err(Failure::some(said));
        }
        let mut out = Output::default();
        if self.json {
            let all = notes.iter().map(|note| Ok((note, report_of(&store, note)?)));
            let all = all.collect::<Result<Vec<_>, Failure>>()?;
            out.json_array(all.iter().map(|(note, report)| json(&store, note, report.as_ref())))?;
        } else {
            for (n, note) in notes.iter().enumerate() {
                let report = report_of(&store, note)?;
                if n > 0 {
                    out.write(&["\n"])?;
                }
                if self.markdown {
                    out.write(&[Safe::text(&markdown(&store, note, report.as_ref(), lang)?).as_str()])?;
                } else {
                    print(&mut out, note, report.as_ref(), lang)?;
                }
            }
        }
        out.flush()?;
        Ok(DONE)
    }
}

/// The report that a note is about, if it is in the cache.
fn report_of(store: &Store, note: &Note) -> Result<Option<Report>, Failure> {
    Ok(note.report().map(|id| store.cache().load(id)).transpose()?.flatten())
}

fn print(out: &mut Output, note: &Note, report: Option<&Report>, lang: Lang) -> Result<(), Failure> {
    let day = report.and_then(|report| report.extraction.facts.day).map(Dated::vietnamese);
    let head = match (report, &note.subject) {
        (Some(report), _) => format!("{}  {}", day.unwrap_or_else(|| "—".to_owned()), report.title.text),
        (None, NoteSubject::Official { name, .. }) => name.clone(),
        (None, _) => format!("({})", phrases::REPORT_GONE.say(lang)),
    };
    out.line(&Safe::line(&head))?;
    if note.span().is_some() {
        out.line(&Safe::line(&format!("  “{}”", note.quote())))?;
    }
    for line in note.text.lines() {
        out.line(&Safe::line(&format!("  {line}")))?;
    }
    Ok(())
}

/// A note as Markdown: quotation and citation, then the note as it was written.
fn markdown(store: &Store, note: &Note, report: Option<&Report>, lang: Lang) -> Result<String, Failure> {
    let head = match (report, &note.subject) {
        (Some(report), _) => {
            let imported = store.cache().imported_on(&report.id)?;
            Citation::of(report, note.span(), imported).write(CitationFormat::Markdown)
        }
        (None, NoteSubject::Official { name, .. }) => format!("## {name}"),
        (None, _) => format!("> {}\n>\n> — ({})", note.quote(), phrases::REPORT_GONE.say(lang)),
    };
    Ok(format!("{head}\n\n{}\n", note.text))
}

fn json<'a>(store: &Store, note: &'a Note, report: Option<&'a Report>) -> NoteJson<'a> {
    let (about, official) = match &note.subject {
        NoteSubject::Passage { .. } => ("passage", None),
        NoteSubject::Report { .. } => ("report", None),
        NoteSubject::Official { id, .. } => ("official", Some(id.as_str())),
    };
    let stands = report.is_some_and(|report| note.span().is_none_or(|span| span.of(&report.text) == note.quote()));
    let citation = report.map(|report| {
        // A day that cannot be read is left out of the citation.
        let imported = store.cache().imported_on(&report.id).ok().flatten();
        Citation::of(report, note.span(), imported).write(CitationFormat::Plain)
    });
    NoteJson {
        about,
        report: note.report(),
        official,
        title: report.map(|report| report.title.text.as_str()).or_else(|| note.span().is_none().then(|| note.quote())),
        url: report.and_then(|report| report.url.as_deref()),
        date: report.and_then(|report| report.extraction.facts.day).map(|dated| dated.to_string()),
        place: report.zip(note.span()).map(|(report, span)| CodePoints::new(&report.text).of(span)),
        quote: note.span().map(|_| note.quote()),
        note: &note.text,
        made: moment(note.made),
        changed: moment(note.changed),
        found: stands || official.is_some(),
        citation,
    }
}

/// A moment in seconds since 1970, as RFC 3339 writes it.
fn moment(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map(|moment| moment.to_string()).unwrap_or_default()
}

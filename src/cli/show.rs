//! `show`: prints one report as text, JSON or Markdown.

use super::exit_status::{DONE, Failure, SOME, VerbResult};
use super::output::Output;
use super::report_json::ReportJson;
use super::report_lookup::load;
use super::report_marks::ReportMarks;
use super::session::Session;
use super::text_cells::cell;
use crate::lang::{Lang, messages, phrases, roles};
use crate::report::{Dated, ParagraphKind, Report, TitleOrigin};
use crate::store::Store;
use crate::text::safe::Safe;
use clap::Args;
use serde::Serialize;
use std::io::IsTerminal;

/// Print a report
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("show"))]
pub struct ShowArgs {
    /// The report's id, or its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// Print JSON: everything that was found in it, with positions
    #[arg(long, conflicts_with_all = ["markdown", "html"])]
    json: bool,
    /// Print Markdown
    #[arg(long, conflicts_with = "html")]
    markdown: bool,
    /// Print a page of HTML, complete in itself
    #[arg(long)]
    html: bool,
    /// Write the bytes that the report was read from, if they are kept, to a file or a program: never to a terminal
    #[arg(long, conflicts_with_all = ["json", "markdown", "html"])]
    source: bool,
}

/// `show --json`: the report, and the hash of the bytes that it was read from. An export has no bytes, so it has no
/// hash of them.
#[derive(Serialize)]
struct ShownJson<'a> {
    #[serde(flatten)]
    report: ReportJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kept_source: Option<&'a str>,
}

impl ShowArgs {
    /// Prints the report. It does not mark it as read: only the reader does.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store()?;
        let report = load(&store, &self.id)?;
        let mut out = Output::default();
        if self.source {
            return write_source(&store, &report, &mut out);
        }
        if self.json {
            let marks = ReportMarks::read(&store)?.of(&report.id)?;
            let kept_source = report.kept_source.as_deref();
            out.json(&ShownJson { report: ReportJson::of(&report, marks), kept_source })?;
            out.write(&["\n"])?;
        } else if self.markdown {
            out.write(&[Safe::text(&super::export::markdown::chapter(&report, session.lang()?)).as_str()])?;
        } else if self.html {
            out.write(&[&super::export::html::page(&report, session.lang()?)])?;
        } else {
            print(&mut out, &report, session.lang()?)?;
        }
        out.flush()?;
        Ok(DONE)
    }
}

/// Writes the bytes that a report was read from. Not to a terminal: they may be anything, also what controls one.
fn write_source(store: &Store, report: &Report, out: &mut Output) -> VerbResult {
    let Some(bytes) = store.kept_sources().bytes_of(&report.id)? else {
        let why = "the bytes that this report was read from are not kept; import its file again with --keep-source";
        return Err(Failure::Message(SOME, why.to_owned()));
    };
    if std::io::stdout().is_terminal() {
        return Err(Failure::usage(
            "the bytes of a page are not written to a terminal, which they could control; write them to a file: \
             baocao show --source ID > FILE",
        ));
    }
    out.raw(&bytes)?;
    out.flush()?;
    Ok(DONE)
}

/// Returns the known facts of a report as pairs of label and value, in the order of printing. Values are not yet safe.
pub fn facts(report: &Report, lang: Lang) -> Vec<(&'static str, String)> {
    let facts = &report.extraction.facts;
    let mut lines = vec![(phrases::ID, report.id.clone()), (phrases::KIND, facts.kind.phrase().say(lang).to_owned())];
    let optional = [
        (phrases::UNIT, facts.unit.clone()),
        (phrases::DOCUMENT_NUMBER, facts.number.as_ref().map(|number| number.text.clone())),
        (phrases::PERIOD, facts.period.map(|period| period.say(lang))),
        (phrases::DATE, facts.day.map(|day| date_words(report, day, lang))),
        (phrases::PLACE_OF_ISSUE, facts.place.as_ref().map(|place| place.text.clone())),
        (phrases::SIGNER, facts.signer.as_ref().map(|signer| signer.text.clone())),
        (phrases::PUBLISHED, report.published.map(|day| day.to_string())),
        (phrases::OUTLET, report.outlet.clone()),
        (phrases::SOURCE, report.url.clone()),
        (phrases::FILE, Some(report.file.clone())),
        (phrases::KEPT_SOURCE, report.kept_source.as_ref().map(|hash| format!("blake3:{hash}"))),
    ];
    lines.extend(optional.into_iter().filter_map(|(label, value)| Some((label, value?))));
    let made = match report.title.origin {
        TitleOrigin::Made => Some(phrases::MADE_TITLE),
        TitleOrigin::Slug => Some(phrases::ADDRESS_TITLE),
        TitleOrigin::Text | TitleOrigin::Page => None,
    };
    lines.extend(made.map(|made| (phrases::NOTE, made.say(lang).to_owned())));
    lines.extend(report.notes.iter().map(|note| (phrases::NOTE, messages::say(note, lang).into_owned())));
    lines.into_iter().map(|(label, value)| (label.say(lang), value)).collect()
}

/// The date, and whether the reader set it by hand.
fn date_words(report: &Report, day: Dated, lang: Lang) -> String {
    if report.dated_by_hand { format!("{day} ({})", phrases::BY_HAND.say(lang)) } else { day.to_string() }
}

fn print(out: &mut Output, report: &Report, lang: Lang) -> Result<(), Failure> {
    out.line(&Safe::line(&report.title.text))?;
    for (label, value) in facts(report, lang) {
        out.write(&[&cell(label, 11), Safe::line(&value).as_str(), "\n"])?;
    }
    if !report.extraction.people.is_empty() {
        out.write(&["\n"])?;
    }
    for (n, person) in report.extraction.people.iter().enumerate() {
        let rank = person.rank.map_or("", |said| said.rank.name);
        let posts = person.posts.iter().map(|post| post.text.as_str()).collect::<Vec<_>>().join("; ");
        let roles = roles::say_all(person.roles.iter().map(|role| role.verb), lang);
        let parts = [rank, &person.name, &posts, &roles];
        let line = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ");
        out.write(&[&format!("{:>3}  ", n + 1), Safe::line(&line).as_str(), "\n"])?;
    }
    out.write(&["\n"])?;
    for paragraph in &report.paragraphs {
        let residue = paragraph.kind == ParagraphKind::Residue;
        let own_title =
            paragraph.kind == ParagraphKind::Headline && paragraph.span.of(&report.text) == report.title.text;
        if !residue && !own_title {
            out.write(&[Safe::line(paragraph.span.of(&report.text)).as_str(), "\n\n"])?;
        }
    }
    Ok(())
}

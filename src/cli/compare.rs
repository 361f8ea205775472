//! `compare`: compares the text of a report with the same unit's previous report of its kind, or with any other.

mod html;

use super::exit_status::{DONE, Failure, VerbResult};
use super::lineup::{in_time, named, other};
use super::output::Output;
use super::report_lookup::load;
use super::session::Session;
use super::text_cells::{bold, dim};
use crate::lang::{Lang, phrases};
use crate::officials::report_diff::{Comparison, Item, RowKind, RowPart, SentenceRow, compare};
use crate::report::Report;
use crate::system::terminal_env::ColourDepth;
use crate::text::safe::Safe;
use clap::Args;

/// Print what is new in a report: figures, documents, slogans, and its text with what changed marked
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("compare"))]
pub struct CompareArgs {
    /// The report's id, or its beginning
    #[arg(value_name = "ID")]
    id: String,
    /// The report to compare with; without it, the same unit's previous report of the same kind
    #[arg(value_name = "ID2")]
    other: Option<String>,
    /// Print JSON, with positions in bytes of the texts
    #[arg(long, conflicts_with = "html")]
    json: bool,
    /// Print a page of HTML, complete in itself, with numbered sources
    #[arg(long)]
    html: bool,
}

impl CompareArgs {
    /// Prints the comparison, the older report first whichever was named first.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let store = session.store()?;
        let report = load(&store, &self.id)?;
        let other = other(&store, &report, self.other.as_deref())?;
        let (older, newer) = in_time(other, report);
        let found = compare(&older, &newer);
        let mut out = Output::default();
        if self.json {
            out.json(&found)?;
            out.write(&["\n"])?;
        } else if self.html {
            out.write(&[&html::page(&store, &older, &newer, &found, session.lang()?)?])?;
        } else {
            let colours = session.colours()? != ColourDepth::None;
            print(&mut out, &older, &newer, &found, colours, session.lang()?)?;
        }
        out.flush()?;
        Ok(DONE)
    }
}

fn print(
    out: &mut Output,
    older: &Report,
    newer: &Report,
    found: &Comparison,
    colours: bool,
    lang: Lang,
) -> Result<(), Failure> {
    out.line(&Safe::line(&format!("{}  {}", phrases::OLDER.say(lang), named(older))))?;
    out.line(&Safe::line(&format!("{}  {}", phrases::NEWER.say(lang), named(newer))))?;
    out.line(&Safe::line(&phrases::SHARED.fill(lang, &[&found.shared().to_string()])))?;
    let lists = [
        (phrases::FIGURES, &found.figures),
        (phrases::DOCUMENTS, &found.documents),
        (phrases::SLOGANS, &found.slogans),
    ];
    for (title, items) in lists {
        if !items.is_empty() {
            out.write(&["\n", title.say(lang), "\n"])?;
        }
        for item in items {
            out.line(&Safe::line(&format!("    {}", changed(item))))?;
        }
    }
    out.write(&["\n", phrases::TEXT_LEGEND.say(lang), "\n"])?;
    for row in &found.rows {
        let line = marked(older, newer, found, row, colours);
        if !line.is_empty() {
            out.write(&[sign(row.kind), " ", &line, "\n"])?;
        }
    }
    Ok(())
}

/// A figure, document or slogan in a line: what it was, what it is, what it counts and by how much it changed.
fn changed(item: &Item) -> String {
    let mut line = match (&item.was, &item.before, &item.after) {
        (Some(was), _, _) => format!("{was} > {}", item.text),
        (None, _, Some(_)) => format!("+ {}", item.text),
        (None, ..) => format!("- {}", item.text),
    };
    if !item.about.is_empty() {
        line = format!("{line} {}", item.about);
    }
    match &item.change {
        Some(by) => format!("{line} ({by})"),
        None => line,
    }
}

/// The sign before a row.
fn sign(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Same => "=",
        RowKind::Changed | RowKind::Elsewhere => "~",
        RowKind::Moved | RowKind::MovedAway => ">",
        RowKind::New => "+",
        RowKind::Gone => "-",
    }
}

/// A row as one text, on one line. Words that only one of the reports has are in brackets, so that they show without
/// colours too; with colours new ones are also bold, and sentences that recur are dimmed. Empty if the newer report
/// tells an older sentence elsewhere.
fn marked(older: &Report, newer: &Report, found: &Comparison, row: &SentenceRow, colours: bool) -> String {
    let parts = found.parts(row);
    let whole = parts.len() == 1;
    let mut line = String::new();
    for part in parts {
        let words = Safe::line(part.span().of(if part.is_older() { &older.text } else { &newer.text }));
        match part {
            RowPart::Kept(_) => line.push_str(&dim(words.as_str(), colours && row.kind == RowKind::Same)),
            RowPart::Added(_) if whole => line.push_str(&bold(words.as_str(), colours)),
            RowPart::Added(_) => line.push_str(&bold(&format!("[{words}]"), colours)),
            RowPart::LeftOut(_) if whole => line.push_str(words.as_str()),
            RowPart::Replaced(_) | RowPart::LeftOut(_) => {
                let gap = if matches!(part, RowPart::LeftOut(_)) && !line.is_empty() { " " } else { "" };
                line.extend([gap, "[-", words.as_str(), "-]"]);
            }
        }
    }
    line
}

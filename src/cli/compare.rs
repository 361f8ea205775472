//! `compare`: compares the text of a report with the same unit's previous report of its kind, or with any other.

mod html;

use super::exit_status::{DONE, Failure, VerbResult};
use super::lineup::{in_time, named, other};
use super::output::Output;
use super::report_lookup::load;
use super::session::Session;
use super::text_cells::{bold, dim};
use crate::lang::{Lang, phrases};
use crate::officials::report_diff::{ComparedParagraph, Comparison, Item, compare};
use crate::report::Report;
use crate::system::terminal_env::ColourDepth;
use crate::text::safe::Safe;
use clap::Args;

/// Print what is new in a report: figures, documents, slogans, and its text with new passages marked
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
    for paragraph in &found.paragraphs {
        out.write(&[&marked(newer, paragraph, colours), "\n"])?;
    }
    for paragraph in found.older_paragraphs.iter().filter(|p| p.shared == 0) {
        let words = Safe::line(paragraph.span.of(&older.text));
        out.write(&["- ", words.as_str(), "\n"])?;
    }
    Ok(())
}

fn changed(item: &Item) -> String {
    match (&item.was, &item.before, &item.after) {
        (Some(was), _, _) => format!("{was} > {}", item.text),
        (None, _, Some(_)) => format!("+ {}", item.text),
        (None, ..) => format!("- {}", item.text),
    }
}

/// One paragraph of the newer report on one line. It begins with `+` if all of it is new, `=` if it recurs, else `~`.
/// New passages are in brackets, so that they show without colours too; with colours they are also bold, and recurring
/// text is dimmed.
fn marked(report: &Report, paragraph: &ComparedParagraph, colours: bool) -> String {
    let words = |start: usize, end: usize| Safe::line(report.text.get(start..end).unwrap_or_default());
    let whole = words(paragraph.span.start, paragraph.span.end);
    if paragraph.shared == 0 {
        return format!("+ {}", bold(whole.as_str(), colours));
    }
    let mut line = String::new();
    let mut at = paragraph.span.start;
    for new in &paragraph.new {
        line.push_str(&dim(words(at, new.start).as_str(), colours && paragraph.recurs));
        line.push_str(&bold(&format!("[{}]", words(new.start, new.end)), colours));
        at = new.end;
    }
    line.push_str(&dim(words(at, paragraph.span.end).as_str(), colours && paragraph.recurs));
    format!("{} {line}", if paragraph.recurs { "=" } else { "~" })
}

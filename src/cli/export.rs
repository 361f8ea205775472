//! `export`: writes the reports that match a filter as JSON lines, as CSV for spreadsheets, or as Markdown.

use super::atomic_file::OutputFile;
use super::csv;
use super::exit_status::{DONE, Failure, VerbResult};
use super::output::Output;
use super::report_json::ReportJson;
use super::session::Session;
use super::show::{facts, own};
use super::typed_filter::{none_found, note_undated, typed_filter};
use crate::lang::Lang;
use crate::report::{ParagraphKind, Report};
use crate::store::{ListRow, Sort, Store, WindowBounds};
use crate::text::safe::Safe;
use clap::{Args, ValueEnum};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Export the reports that match a filter
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::with_fields("export"))]
pub struct ExportArgs {
    /// A filter, as for `list`
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// The form of the output
    #[arg(long, value_enum)]
    format: ExportFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Begin the CSV with a byte order mark, which some spreadsheets need to see that it is UTF-8
    #[arg(long)]
    bom: bool,
}

/// The values of `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// One JSON object per line, with text, people and positions
    Jsonl,
    /// One line per report, for spreadsheets
    Csv,
    /// One chapter per report
    Markdown,
}

const COLUMNS: [&str; 9] = ["id", "date", "kind", "unit", "period", "title", "people", "source", "date_inferred"];

impl ExportArgs {
    /// Writes the reports, newest first (JSON lines: in the order of import), to standard output or atomically to a
    /// file. Only one report is in memory at a time, except for CSV, whose rows need no texts.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let filter = typed_filter(&self.filter)?;
        let store = session.store()?;
        note_undated(&store, &filter)?;
        let (cache, _) = session.folders()?;
        let target = self.output.as_deref().map(|place| OutputFile::new(place, &cache)).transpose()?;
        let lang = session.lang()?;
        let mut out = target.as_ref().map_or_else(|| Ok(Output::default()), OutputFile::out)?;
        if self.format == ExportFormat::Csv {
            csv::head(&mut out, &COLUMNS, self.bom)?;
        }
        let exported = if self.format == ExportFormat::Csv {
            let rows = store.index().find(&filter, Sort::Date, WindowBounds::all())?.rows;
            for (row, people) in rows.iter().zip(store.index().people_of(&rows)?) {
                csv::row(&mut out, &csv_cells(row, &people))?;
            }
            rows.len()
        } else {
            // JSON lines come in the order of import, the first first: imported in that order, reports of one day stand
            // in the list as they did.
            let sort = if self.format == ExportFormat::Jsonl { Sort::Added } else { Sort::Date };
            let mut ids = store.index().find_ids(&filter, sort, WindowBounds::all())?;
            if self.format == ExportFormat::Jsonl {
                ids.reverse();
            }
            self.write_reports(&mut out, &store, &ids, lang)?;
            ids.len()
        };
        out.flush()?;
        drop(out);
        target.map_or(Ok(()), OutputFile::keep)?;
        if exported == 0 {
            return Err(none_found(&store, &self.filter)?);
        }
        Ok(DONE)
    }

    /// Writes whole reports as JSON lines or chapters. Reports that were removed since the search are skipped.
    fn write_reports(&self, out: &mut Output, store: &Store, ids: &[String], lang: Lang) -> Result<(), Failure> {
        for id in ids {
            let Some(report) = store.cache().load(id)? else { continue };
            if self.format == ExportFormat::Jsonl {
                let own = own(store, &report.id)?;
                out.json(&ReportJson::of(&report, own))?;
                out.write(&["\n"])?;
            } else {
                out.write(&[Safe::text(&markdown(&report, lang)).as_str(), "\n"])?;
            }
        }
        Ok(())
    }
}

fn csv_cells(row: &ListRow, people: &[String]) -> [String; 9] {
    let (date, inferred) = csv::when_cells(row.day);
    [
        row.id.clone(),
        date,
        row.kind.name().to_owned(),
        row.unit.clone().unwrap_or_default(),
        row.period.clone().unwrap_or_default(),
        row.title.clone(),
        people.join("; "),
        row.source.clone(),
        inferred.to_owned(),
    ]
}

/// Formats a report as one chapter of Markdown: title, facts, people, and the text without residue and repeated title.
pub fn markdown(report: &Report, lang: Lang) -> String {
    let mut out = format!("# {}\n\n", escaped(&report.title.text));
    // Writing to a string cannot fail.
    for (label, value) in facts(report, lang) {
        let _ = writeln!(out, "- {label}: {}", escaped(&value));
    }
    if !report.extraction.people.is_empty() {
        out.push('\n');
    }
    for (n, person) in report.extraction.people.iter().enumerate() {
        let rank = person.rank.map(|said| format!("{} ", said.rank.name)).unwrap_or_default();
        let posts = person.posts.iter().map(|post| format!(", {}", post.text)).collect::<Vec<_>>().concat();
        let _ = writeln!(out, "{}. {}", n + 1, escaped(&format!("{rank}{}{posts}", person.name)));
    }
    for paragraph in report.paragraphs.iter().filter(|p| p.kind != ParagraphKind::Residue) {
        let words = paragraph.span.of(&report.text);
        if paragraph.kind == ParagraphKind::Headline && words == report.title.text {
            continue;
        }
        let words = escaped(words);
        let _ = match paragraph.kind {
            ParagraphKind::Headline => writeln!(out, "\n**{words}**"),
            ParagraphKind::Caption | ParagraphKind::Byline | ParagraphKind::Source => writeln!(out, "\n*{words}*"),
            ParagraphKind::Body | ParagraphKind::Residue => writeln!(out, "\n{words}"),
        };
    }
    out
}

/// Escapes text so that Markdown shows it unchanged. At the start of a line this includes the signs and numbers that
/// would begin a list or underline a heading.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    // Byte offset behind the leading digits: a `.` or `)` there would make them the number of a list item.
    let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let list = words.len() - number.len();
    for (at, c) in words.char_indices() {
        let begins_list = match c {
            '-' | '+' | '=' => at == 0,
            '.' | ')' => at > 0 && at == list,
            _ => false,
        };
        if begins_list {
            out.push('\\');
        }
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_shows_words_as_they_are() {
        assert_eq!(escaped("<b>1 * 2_3</b>"), "\\<b\\>1 \\* 2\\_3\\</b\\>");
        assert_eq!(
            [escaped("1. Đặc điểm"), escaped("- Một là"), escaped("Năm 2022. A")],
            ["1\\. Đặc điểm", "\\- Một là", "Năm 2022. A"]
        );
    }
}

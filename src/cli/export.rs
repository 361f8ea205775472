//! `export`: writes the reports that match a filter as JSON lines, as CSV for spreadsheets, as Markdown, as a page of
//! HTML, or as entities of FollowTheMoney. Each form has a file of its own.

mod chosen_reports;
mod ftm;
pub mod html;
mod jsonl;
pub mod markdown;
mod markdown_folder;
mod table;

use super::atomic_file::OutputFile;
use super::exit_status::{DONE, Failure, SOME, VerbResult};
use super::output::Output;
use super::session::Session;
use super::typed_filter::{none_found, note_undated, typed_filter};
use crate::lang::Lang;
use crate::store::{Sort, Store};
use crate::text::safe::Safe;
use chosen_reports::ChosenReports;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Export the reports that match a filter
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::with_fields("export"))]
pub struct ExportArgs {
    /// A filter, as for `list`
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    /// Only the reports whose ids, or their beginnings, stand in this file, one a line; - is standard input
    #[arg(long, value_name = "FILE")]
    ids: Option<PathBuf>,
    /// The form of the output
    #[arg(long, value_enum)]
    format: ExportFormat,
    /// Write to this file instead of standard output; with --format markdown also a folder (`notes/`), for a file per
    /// report
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Begin the CSV with a byte order mark, which some spreadsheets need to see that it is UTF-8
    #[arg(long)]
    bom: bool,
}

/// The values of `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// One JSON object per line, with everything that `import` needs to make the same report again
    Jsonl,
    /// One line per report, for spreadsheets
    Csv,
    /// One chapter per report; into a folder, one file per report
    Markdown,
    /// Entities of FollowTheMoney, as JSON lines
    Ftm,
    /// One page, complete in itself, with numbered sources
    Html,
}

impl ExportArgs {
    /// Writes the reports, newest first (JSON lines: in the order of import), to standard output or atomically to a
    /// file. Only one report is in memory at a time, except for CSV, whose rows need no texts.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let filter = typed_filter(&self.filter)?;
        let store = session.store()?;
        let chosen = match &self.ids {
            Some(file) => ChosenReports::of_file(filter, file, &store)?,
            None => ChosenReports::matching(filter),
        };
        note_undated(&store, chosen.filter())?;
        let (cache, _) = session.folders()?;
        let folder = self.output.as_deref().filter(|place| self.format == ExportFormat::Markdown && is_folder(place));
        if let Some(folder) = folder {
            let exported = markdown_folder::write(&store, &chosen, folder, &cache, session.lang()?)?;
            return self.ended(&store, &chosen, exported);
        }
        let target = self.output.as_deref().map(|place| OutputFile::new(place, &cache)).transpose()?;
        let lang = session.lang()?;
        let mut out = target.as_ref().map_or_else(|| Ok(Output::default()), OutputFile::out)?;
        let exported = match self.format {
            ExportFormat::Jsonl => jsonl::write(&mut out, &store, &chosen)?,
            ExportFormat::Csv => table::write(&mut out, &store, &chosen, self.bom)?,
            ExportFormat::Ftm => ftm::write(&mut out, &store, &chosen)?,
            ExportFormat::Html => html::write(&mut out, &store, &chosen, lang)?,
            ExportFormat::Markdown => chapters(&mut out, &store, &chosen, lang)?,
        };
        out.flush()?;
        drop(out);
        target.map_or(Ok(()), OutputFile::keep)?;
        self.ended(&store, &chosen, exported)
    }

    /// The exit code after so many reports were exported.
    fn ended(&self, store: &Store, chosen: &ChosenReports, exported: usize) -> VerbResult {
        match exported {
            _ if !chosen.all_known() => Ok(SOME),
            0 => Err(none_found(store, &self.filter)?),
            _ => Ok(DONE),
        }
    }
}

/// Whether a path names a folder: one that is there, or one that ends like one.
fn is_folder(place: &Path) -> bool {
    place.is_dir() || place.to_string_lossy().ends_with(std::path::is_separator)
}

/// Writes the reports as chapters, newest first. Returns their number.
fn chapters(out: &mut Output, store: &Store, chosen: &ChosenReports, lang: Lang) -> Result<usize, Failure> {
    let ids = chosen.ids(store, Sort::Date)?;
    for id in &ids {
        let Some(report) = store.cache().load(id)? else { continue };
        out.write(&[Safe::text(&markdown::chapter(&report, lang)).as_str(), "\n"])?;
    }
    Ok(ids.len())
}

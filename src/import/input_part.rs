//! The part of a file that is read at once, and the drafts that `ingest` makes of it: a whole file, a run of lines of a
//! file of JSON lines, or a document in an archive. What could not be read is told in words for the user, with the line
//! number in the whole file.

use super::ImportOptions;
use super::file_date::{self, day_of_import};
use super::folder_walk::InputEntry;
use super::input_source::InputSource;
use crate::ingest::{self, FileKind, InputFormat, InputHint, ReadFailure, UnpackedPart, UnreadableInput};
use crate::report::{DayHints, Draft};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::SystemTime;

/// What of a file is read at once.
#[derive(Clone, Copy)]
enum PartContent<'a> {
    /// A whole file, or a run of lines of a file of JSON lines.
    Document {
        bytes: &'a [u8],
        /// Its format, if that is known already.
        format: Option<InputFormat>,
        /// Number of lines of the file before it.
        lines_before: usize,
    },
    /// A document, or a run of records, from the inside of an archive.
    Unpacked(&'a UnpackedPart),
}

/// A part of a file.
pub(super) struct InputPart<'a> {
    content: PartContent<'a>,
    /// When the file was last changed, if that is known.
    modified: Option<SystemTime>,
}

/// What was read of a part.
#[derive(Default)]
pub(super) struct PartDrafts {
    pub drafts: Vec<Draft>,
    /// Why it, or lines of it, could not be read.
    pub problems: Vec<String>,
    /// What it is instead of a report, and the same in words.
    pub left_out: Option<(FileKind, String)>,
}

/// Calls `read`. A panic in it, a fault of this program or of a parser, becomes the reason why nothing was read: it
/// must cost one report, or one part of one file, and never the run. What it leaves half done is dropped with the part.
pub(super) fn or_fault<T>(read: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read))
        .map_err(|_| "a fault of this program stopped its reading; please report it".to_owned())
}

/// Why reports did not get the address that the user gave: their file has `count` of them.
pub(super) fn no_address_for(count: NonZero<usize>) -> String {
    format!("--url is the address of one report, and it has {}: none got it", count.get())
}

/// Gives the drafts of a part what the user said of them and they do not say themselves, the address only if the part
/// `is_whole`. Returns why they did not get that, if several would.
fn complete(drafts: &mut [Draft], is_whole: bool, options: &ImportOptions) -> Option<String> {
    for draft in &mut *drafts {
        draft.outlet = draft.outlet.take().or_else(|| options.outlet.clone());
    }
    let address = options.url.as_ref().filter(|_| is_whole)?;
    match drafts {
        [draft] => {
            draft.url.get_or_insert_with(|| address.clone());
            None
        }
        others => NonZero::new(others.len()).map(no_address_for),
    }
}

impl<'a> InputPart<'a> {
    /// The document that `source` returned last.
    pub fn of(source: &InputSource, bytes: &'a [u8]) -> Self {
        let (format, lines_before) = (source.format(), source.lines_before());
        let content = PartContent::Document { bytes, format, lines_before };
        Self { content, modified: source.modified() }
    }

    /// A part from the inside of a file that was last changed at `modified`.
    pub fn unpacked(part: &'a UnpackedPart, modified: Option<SystemTime>) -> Self {
        Self { content: PartContent::Unpacked(part), modified }
    }

    /// Whether it may be all that is in its file. An archive is read part by part, so its reports are counted only in
    /// the end.
    pub fn is_whole(&self) -> bool {
        match self.content {
            PartContent::Document { lines_before, .. } => lines_before == 0,
            PartContent::Unpacked(part) => part.name.is_empty() && part.records_before == 0,
        }
    }

    /// `drafts`, with a fault of the parser as a problem.
    pub fn drafts_or_fault(&self, file: &InputEntry, options: &ImportOptions) -> PartDrafts {
        let of_fault = |fault| PartDrafts { problems: vec![fault], ..PartDrafts::default() };
        or_fault(|| self.drafts(file, options)).unwrap_or_else(of_fault)
    }

    /// The reports of a part alone, without what the user said of its file, and why it could not be read.
    pub fn read_part(part: &UnpackedPart, encoding: Option<&str>) -> (Vec<Draft>, Vec<String>) {
        let (mut drafts, mut problems) = (Vec::new(), Vec::new());
        ingest::part_drafts(part, encoding, &mut |found| match found {
            Ok(draft) => drafts.push(draft),
            Err(why) => problems.push(why.to_string()),
        });
        (drafts, problems)
    }

    /// Its reports, and why it, or lines of it, could not be read.
    fn drafts(&self, file: &InputEntry, options: &ImportOptions) -> PartDrafts {
        let encoding = options.encoding.as_deref();
        let (mut drafts, mut problems, mut left_out) = (Vec::new(), Vec::new(), None);
        let before;
        let mut take = |found, lines_before| match found {
            Ok(draft) => drafts.push(draft),
            Err(why @ UnreadableInput::NotAReport { kind, .. }) => left_out = Some((kind, why.to_string())),
            Err(UnreadableInput::Line { number, why }) => {
                problems.push(UnreadableInput::Line { number: number + lines_before, why }.to_string());
            }
            Err(why) => problems.push(why.to_string()),
        };
        match self.content {
            PartContent::Document { bytes, format, lines_before } => {
                before = lines_before;
                let hint = InputHint { format: format.unwrap_or(options.format), encoding, name: &file.name };
                let read = ingest::each(bytes, &hint, &mut |found| take(found, lines_before));
                match read {
                    Err(ReadFailure::Unreadable(why)) => take(Err(why), 0),
                    Err(why) => problems.push(why.to_string()),
                    Ok(()) => {}
                }
            }
            PartContent::Unpacked(part) => {
                before = part.records_before;
                ingest::part_drafts(part, encoding, &mut |found| take(found, 0));
                // The year that is left out is that in which the text was copied.
                let until = part.about.yearless.and_then(|_| file_date::day_of_last_change(self.modified));
                let day = part.about.yearless.zip(until).and_then(|(day, until)| day.before(until));
                for draft in &mut drafts {
                    draft.published = draft.published.or(day);
                }
            }
        }
        let days = options.date.hints(file, self.modified);
        for draft in &mut drafts {
            draft.days = match draft.first_import() {
                // The days of a report from an export are those of its first import.
                Some(import) => DayHints { imported: day_of_import(import.added), ..draft.days },
                None => DayHints { images: draft.days.images, ..days },
            };
        }
        problems.extend(complete(&mut drafts, self.is_whole(), options));
        // Blank lines between records are no fault; a file without any report is.
        if drafts.is_empty() && problems.is_empty() && left_out.is_none() && before == 0 {
            problems.push(UnreadableInput::Empty.to_string());
        }
        PartDrafts { drafts, problems, left_out }
    }
}

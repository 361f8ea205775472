//! The part of a file that is read at once, and the drafts that `ingest` makes of it: a whole file, or a run of lines
//! of a file of JSON lines. What could not be read is told in words for the user, with the line number in the whole
//! file.

use super::ImportOptions;
use super::folder_walk::InputEntry;
use super::input_source::InputSource;
use crate::ingest::{self, InputFormat, InputHint, UnreadableInput};
use crate::report::{DayHints, Draft};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::SystemTime;

/// A whole file, or a run of lines of a file of JSON lines.
pub(super) struct InputPart<'a> {
    pub bytes: &'a [u8],
    pub is_lines: bool,
    /// Number of lines of the file before it.
    pub lines_before: usize,
    /// When the file was last changed, if that is known.
    pub modified: Option<SystemTime>,
}

/// Calls `read`. A panic in it, a fault of this program or of a parser, becomes the reason why nothing was read: it
/// must cost one report, or one part of one file, and never the run. What it leaves half done is dropped with the part.
pub(super) fn or_fault<T>(read: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read))
        .map_err(|_| "a fault of this program stopped its reading; please report it".to_owned())
}

impl<'a> InputPart<'a> {
    /// The document that `source` returned last.
    pub fn of(source: &InputSource, bytes: &'a [u8]) -> Self {
        let (is_lines, lines_before) = (source.is_lines(), source.lines_before());
        Self { bytes, is_lines, lines_before, modified: source.modified() }
    }

    /// `drafts`, with a fault of the parser as a problem.
    pub fn drafts_or_fault(&self, file: &InputEntry, options: &ImportOptions) -> (Vec<Draft>, Vec<String>) {
        or_fault(|| self.drafts(file, options)).unwrap_or_else(|fault| (Vec::new(), vec![fault]))
    }

    /// Its reports, and why it, or lines of it, could not be read.
    fn drafts(&self, file: &InputEntry, options: &ImportOptions) -> (Vec<Draft>, Vec<String>) {
        let format = if self.is_lines { InputFormat::Jsonl } else { options.format };
        let hint = InputHint { format, encoding: options.encoding.as_deref(), name: &file.name };
        let (mut drafts, mut problems) = (Vec::new(), Vec::new());
        let read = ingest::each(self.bytes, &hint, &mut |found| match found {
            Ok(draft) => drafts.push(draft),
            Err(UnreadableInput::Line { number, why }) => {
                problems.push(UnreadableInput::Line { number: number + self.lines_before, why }.to_string());
            }
            Err(why) => problems.push(why.to_string()),
        });
        problems.extend(read.err().map(|why| why.to_string()));
        let days = options.date.hints(file, self.modified);
        for draft in &mut drafts {
            draft.days = DayHints { images: draft.days.images, ..days };
        }
        // Blank lines between records are no fault; a file without any report is.
        if drafts.is_empty() && problems.is_empty() && self.lines_before == 0 {
            problems.push(UnreadableInput::Empty.to_string());
        }
        (drafts, problems)
    }
}

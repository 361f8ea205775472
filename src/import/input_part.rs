//! The part of a file that is read at once, and the drafts that `ingest` makes of it: a whole file, or a run of lines
//! of a file of JSON lines. What could not be read is told in words for the user, with the line number in the whole
//! file.

use super::ImportOptions;
use super::folder_walk::InputEntry;
use crate::ingest::{self, InputFormat, InputHint, UnreadableInput};
use crate::report::{DayHints, Draft};

/// A whole file, or a run of lines of a file of JSON lines.
pub(super) struct InputPart<'a> {
    pub bytes: &'a [u8],
    pub is_lines: bool,
    /// Number of lines of the file before it.
    pub lines_before: usize,
}

impl InputPart<'_> {
    /// Its reports, and why it, or lines of it, could not be read.
    pub fn drafts(&self, file: &InputEntry, options: &ImportOptions) -> (Vec<Draft>, Vec<String>) {
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
        let days = options.date.hints(file);
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

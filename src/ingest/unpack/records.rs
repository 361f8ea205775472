//! Records of JSON, a list or a record a line, handed over in runs of whole lines.

use super::{Place, Unpacked, UnpackedPart, Unpacker};
use crate::ingest::json_text::JsonLines;
use crate::ingest::jsonl_lines::read_line;
use crate::ingest::{MAX_DOCUMENT_BYTES, UnreadableInput};
use std::io::{self, BufReader, Read};

/// A run of records ends with the one that reaches this size.
const RUN_BYTES: usize = 1 << 20;
/// A run also ends with this many records: each becomes a report of some kilobytes.
const RUN_RECORDS: usize = 256;

/// Hands over all records.
pub(super) fn open(unpacker: &mut Unpacker<'_>, input: &mut dyn Read, place: &Place) -> io::Result<()> {
    let lines = JsonLines::new(BufReader::with_capacity(64 << 10, input));
    runs(unpacker, lines, place)
}

/// Hands over the lines of an input in runs. A line that is too long is a problem and is left out.
pub(super) fn runs(unpacker: &mut Unpacker<'_>, lines: impl Read, place: &Place) -> io::Result<()> {
    let mut input = BufReader::with_capacity(64 << 10, lines);
    let (mut run, mut in_run, mut before) = (Vec::new(), 0, 0);
    loop {
        let start = run.len();
        let line = read_line(&mut input, &mut run);
        let is_over = line.as_ref().map_or(true, |line| line.is_last);
        if line.as_ref().is_ok_and(|line| line.is_too_long) {
            run.truncate(start);
            let why = UnreadableInput::TooLarge { limit: MAX_DOCUMENT_BYTES }.to_string();
            unpacker.problem(place, UnreadableInput::Record { number: before + in_run + 1, why });
        }
        run.push(b'\n');
        in_run += 1;
        if is_over || run.len() >= RUN_BYTES || in_run >= RUN_RECORDS {
            let (name, about) = (place.path.clone(), place.about.clone());
            let bytes = std::mem::take(&mut run);
            if !bytes.trim_ascii().is_empty() {
                let part = UnpackedPart {
                    bytes,
                    name,
                    about,
                    is_records: true,
                    records_before: before,
                    ..UnpackedPart::default()
                };
                unpacker.give(Unpacked::Part(part));
            }
            before += std::mem::take(&mut in_run);
        }
        if unpacker.is_stopped || is_over {
            return line.map(|_| ());
        }
    }
}

//! Tables with a report in each row, as spreadsheets and databases write them (CSV). The first row names the columns by
//! the names that records have; each row is made into such a record.

use super::records::runs;
use super::{Place, Unpacker};
use crate::ingest::{MAX_DOCUMENT_BYTES, UnreadableInput, decode};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

/// The signs that separate columns in use. The one that parts the first row most is taken.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Columns of a table of reports; a sheet of a million is none.
const MAX_COLUMNS: usize = 1000;
/// Separators of one row, those in quoted texts too. The parser keeps the place of each cell.
const MAX_SEPARATORS: usize = 200_000;
/// The columns of an export of Pocket.
const POCKET_COLUMNS: [&[u8]; 6] = [b"title", b"url", b"time_added", b"cursor", b"tags", b"status"];
/// Bytes by which the encoding is known.
const SAMPLE_BYTES: usize = 64 << 10;

/// Hands over the rows as records.
pub(super) fn open(unpacker: &mut Unpacker<'_>, input: &mut dyn Read, place: &Place) -> io::Result<()> {
    let mut input = BufReader::with_capacity(SAMPLE_BYTES, input);
    let sample = input.fill_buf()?;
    let sample = sample.get(..sample.len().saturating_sub(4)).unwrap_or_default();
    let is_utf8 = !sample.contains(&0) && sample.utf8_chunks().all(|chunk| chunk.invalid().is_empty());
    if is_utf8 {
        return rows(unpacker, input, place);
    }
    // In another encoding, which only shows in the whole of it.
    let mut bytes = Vec::new();
    (&mut input).take(MAX_DOCUMENT_BYTES as u64).read_to_end(&mut bytes)?;
    let mut place = place.clone();
    let is_whole = input.fill_buf()?.is_empty();
    match decode::decode(&bytes, None) {
        Ok(decoded) if is_whole => {
            place.about.notes.extend(decoded.notes);
            rows(unpacker, io::Cursor::new(decoded.text.into_bytes()), &place)
        }
        // A row shows it as well, and the user may name the encoding, which is asked row by row.
        decoded if decoded.as_ref().err().is_none_or(decode::is_encoding_unknown) && !bytes.contains(&0) => {
            rows(unpacker, bytes.as_slice().chain(input), &place)
        }
        decoded => {
            unpacker.problem(&place, decoded.err().unwrap_or(UnreadableInput::TooLarge { limit: MAX_DOCUMENT_BYTES }));
            Ok(())
        }
    }
}

fn rows(unpacker: &mut Unpacker<'_>, mut input: impl BufRead, place: &Place) -> io::Result<()> {
    let separator = separator(input.fill_buf()?);
    let since_row = Rc::new(Cell::new(RowSize::default()));
    let limited = RowLimit { inner: input, separator, since_row: Rc::clone(&since_row) };
    let reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(limited);
    runs(unpacker, RowLines { reader, columns: None, since_row, ready: Vec::new(), returned: 0 }, place)
}

/// The separator that parts the first line into the most columns.
fn separator(head: &[u8]) -> u8 {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator: u8| memchr::memchr_iter(separator, line).count();
    SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

/// Whether a table has the columns in which Pocket exports what was saved in it, and no others.
fn is_list_of_links(names: &csv::ByteRecord) -> bool {
    let has = |name: &[u8]| names.iter().any(|own| own == name);
    has(b"url") && has(b"time_added") && names.iter().all(|name| POCKET_COLUMNS.contains(&name))
}

/// How much was read since a row ended.
#[derive(Clone, Copy, Debug, Default)]
struct RowSize {
    bytes: usize,
    separators: usize,
}

/// A reader that ends if a row has no end: the parser keeps a row in memory.
struct RowLimit<R> {
    inner: R,
    separator: u8,
    since_row: Rc<Cell<RowSize>>,
}

impl<R: Read> Read for RowLimit<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        let RowSize { bytes, separators } = self.since_row.get();
        let more = memchr::memchr_iter(self.separator, out.get(..count).unwrap_or_default()).count();
        let now = RowSize { bytes: bytes + count, separators: separators + more };
        self.since_row.set(now);
        if now.bytes > MAX_DOCUMENT_BYTES || now.separators > MAX_SEPARATORS {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a row of the table has no end"));
        }
        Ok(count)
    }
}

/// A reader that returns each row as a JSON object on one line.
struct RowLines<R> {
    reader: csv::Reader<RowLimit<R>>,
    columns: Option<csv::StringRecord>,
    since_row: Rc<Cell<RowSize>>,
    ready: Vec<u8>,
    returned: usize,
}

impl<R: Read> RowLines<R> {
    /// Makes the next row ready. `false` at the end.
    fn next_row(&mut self) -> io::Result<bool> {
        let broken = |error: csv::Error| io::Error::new(io::ErrorKind::InvalidData, error.to_string());
        if self.columns.is_none() {
            let names = self.reader.byte_headers().map_err(broken)?;
            if names.len() > MAX_COLUMNS {
                let why = format!("it has {} columns; a table of reports has at most {MAX_COLUMNS}", names.len());
                return Err(io::Error::new(io::ErrorKind::InvalidData, why));
            }
            if is_list_of_links(names) {
                let why = "it is a list of addresses that Pocket has exported, without their texts; import the pages \
                           by their addresses";
                return Err(io::Error::new(io::ErrorKind::InvalidData, why));
            }
            self.columns = Some(names.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect());
        }
        let mut row = csv::ByteRecord::new();
        let is_row = self.reader.read_byte_record(&mut row).map_err(broken)?;
        self.since_row.set(RowSize::default());
        self.ready.clear();
        self.returned = 0;
        if is_row {
            let names = self.columns.iter().flat_map(csv::StringRecord::iter);
            let cells: BTreeMap<&str, &[u8]> = names.zip(row.iter()).collect();
            self.ready.push(b'{');
            for (number, (name, cell)) in cells.into_iter().enumerate() {
                if number > 0 {
                    self.ready.push(b',');
                }
                write_quoted(&mut self.ready, name.as_bytes());
                self.ready.push(b':');
                write_quoted(&mut self.ready, cell);
            }
            self.ready.extend_from_slice(b"}\n");
        }
        Ok(is_row)
    }
}

/// Writes a string of JSON. Bytes that are no UTF-8 stay as they are: `record` finds out which encoding they are in.
fn write_quoted(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'"');
    for byte in bytes {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0..b' ' => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            _ => out.push(*byte),
        }
    }
    out.push(b'"');
}

impl<R: Read> Read for RowLines<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.returned == self.ready.len() && !self.next_row()? {
            return Ok(0);
        }
        let rest = self.ready.get(self.returned..).unwrap_or_default();
        let count = rest.len().min(out.len());
        if let (Some(from), Some(to)) = (rest.get(..count), out.get_mut(..count)) {
            to.copy_from_slice(from);
        }
        self.returned += count;
        Ok(count)
    }
}

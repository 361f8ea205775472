//! Reads a file's bytes without trusting what it is: opens plain files only, never waits for a pipe, never follows a
//! link that has replaced the file, never reads more than the limit. A file of JSON lines is read in runs of whole
//! lines, so that it may have any length.

use super::ImportOptions;
use super::folder_walk::{InputEntry, InputOrigin, why};
use crate::ingest::{self, InputFormat, InputHint, MAX_DOCUMENT_BYTES};
use crate::system::files::{open_inside, open_without_waiting, special_file_name};
use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::time::SystemTime;

/// A run of lines ends with the line that reaches this size.
const RUN_BYTES: usize = 1 << 20;
/// A run of lines also ends with this many lines, so that the reports of one run take little memory: a short line
/// becomes a report of some kilobytes.
const RUN_LINES: usize = 256;
/// The size in bytes of the buffer from which lines are read.
const LINES_BUFFER_BYTES: usize = 64 << 10;
/// Bytes that are read to detect JSON lines.
const HEAD_BYTES: u64 = 4 << 10;
/// What a line costs in memory besides its bytes, in bytes: what is kept of a report with hardly any text.
const LINE_COST: usize = 2 << 10;

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InputKind {
    /// At once, as one document.
    Whole,
    /// As its beginning tells: in runs of lines if that is JSON lines, else at once.
    Detected,
    /// JSON lines, in runs of whole lines.
    Lines,
}

/// An open file or standard input.
pub(super) struct InputSource {
    reader: BufReader<Box<dyn Read>>,
    kind: InputKind,
    is_over: bool,
    /// The size that the file system gives, in bytes; 0 if it is not known.
    expected_bytes: usize,
    /// Number of lines before the document returned last.
    lines_before: usize,
    /// Number of lines in that document.
    lines_in_last: usize,
    /// When the file was last changed, if that is known.
    modified: Option<SystemTime>,
}

impl InputSource {
    /// Opens a file. The error is the reason why it cannot be read, in words for the user.
    pub fn open(found: &InputEntry, options: &ImportOptions) -> Result<Self, String> {
        let format = options.format;
        let (reader, meta): (Box<dyn Read>, Option<Metadata>) = match &found.origin {
            InputOrigin::File(path) => {
                let (file, meta) = open_plain(path)?;
                (Box::new(file), Some(meta))
            }
            InputOrigin::Inside { root, path } => {
                let (file, meta) = plain(open_inside(&root.folder, path))?;
                (Box::new(file), Some(meta))
            }
            InputOrigin::StandardInput => (Box::new(io::stdin()), None),
            InputOrigin::Pipe(path) => (Box::new(File::open(path).map_err(|error| why(&error))?), None),
            InputOrigin::Refused(why) => return Err(why.clone()),
        };
        let ends = |ending: &str| found.name.to_ascii_lowercase().ends_with(ending);
        let is_lines =
            format == InputFormat::Jsonl || (format == InputFormat::Auto && (ends(".jsonl") || ends(".ndjson")));
        let may_be_lines = format == InputFormat::Auto && options.encoding.is_none();
        // A whole document is read straight into its vector, without a buffer between.
        let (kind, buffer_bytes) = match (is_lines, may_be_lines) {
            (true, _) => (InputKind::Lines, LINES_BUFFER_BYTES),
            (false, true) => (InputKind::Detected, 0),
            (false, false) => (InputKind::Whole, 0),
        };
        let expected = meta.as_ref().map_or(0, Metadata::len);
        let expected_bytes = usize::try_from(expected).unwrap_or(MAX_DOCUMENT_BYTES).min(MAX_DOCUMENT_BYTES);
        let modified = meta.and_then(|meta| meta.modified().ok());
        Ok(Self { modified, ..Self::new(BufReader::with_capacity(buffer_bytes, reader), kind, expected_bytes) })
    }

    fn new(reader: BufReader<Box<dyn Read>>, kind: InputKind, expected_bytes: usize) -> Self {
        Self { reader, kind, is_over: false, expected_bytes, lines_before: 0, lines_in_last: 0, modified: None }
    }

    /// The next document, or the next run of lines. `None` at the end.
    pub fn next_part(&mut self) -> Result<Option<Vec<u8>>, String> {
        if self.is_over {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        if self.kind == InputKind::Detected {
            self.detect(&mut bytes)?;
        }
        match self.kind {
            InputKind::Whole | InputKind::Detected => {
                // Room for one more read, which finds the end, so that the vector does not double its size for it.
                bytes.reserve_exact((self.expected_bytes + 64).saturating_sub(bytes.len()));
                self.take(&mut bytes, 0, None)?;
                self.is_over = true;
            }
            InputKind::Lines => {
                let mut lines = 0;
                while !self.is_over && bytes.len() < RUN_BYTES && lines < RUN_LINES {
                    let before = bytes.len();
                    lines += 1;
                    self.take(&mut bytes, before, Some(b'\n'))?;
                    self.is_over = bytes.len() == before;
                }
                if bytes.is_empty() {
                    return Ok(None);
                }
                self.lines_before += self.lines_in_last;
                self.lines_in_last = memchr::memchr_iter(b'\n', &bytes).count();
            }
        }
        Ok(Some(bytes))
    }

    /// Reads the first line into `bytes` and decides what the file is. If it is JSON lines, what was read is put back.
    /// The first line is read only as long as it looks like an object.
    fn detect(&mut self, bytes: &mut Vec<u8>) -> Result<(), String> {
        bytes.reserve_exact(self.expected_bytes + 64);
        let could_not = |error: io::Error| format!("it could not be read: {error}");
        self.reader.by_ref().take(HEAD_BYTES).read_to_end(bytes).map_err(could_not)?;
        let hint = InputHint::default();
        if !ingest::begins_as_object(bytes) {
            self.kind = InputKind::Whole;
            return Ok(());
        }
        if !bytes.contains(&b'\n') {
            self.reader.by_ref().take(MAX_DOCUMENT_BYTES as u64).read_until(b'\n', bytes).map_err(could_not)?;
        }
        if !ingest::is_json_lines(bytes, &hint) {
            self.kind = InputKind::Whole;
            return Ok(());
        }
        let rest = std::mem::replace(&mut self.reader, BufReader::with_capacity(0, Box::new(io::empty())));
        let whole: Box<dyn Read> = Box::new(io::Cursor::new(std::mem::take(bytes)).chain(rest));
        self.reader = BufReader::with_capacity(LINES_BUFFER_BYTES, whole);
        self.kind = InputKind::Lines;
        Ok(())
    }

    /// Whether this is a file of JSON lines.
    pub fn is_lines(&self) -> bool {
        self.kind == InputKind::Lines
    }

    /// Number of lines of the file before the document returned last.
    pub fn lines_before(&self) -> usize {
        self.lines_before
    }

    /// What the reports of a document of that many bytes, the one returned last, take in memory at the most until they
    /// are saved, as far as `Backpressure` counts it.
    pub fn cost(&self, bytes: usize) -> usize {
        bytes + self.lines_in_last * LINE_COST
    }

    /// When the file was last changed, if that is known.
    pub fn modified(&self) -> Option<SystemTime> {
        self.modified
    }

    /// Whether there is nothing more to read.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Appends the rest of the input, or of the line if `end` is its last byte. An error if `bytes` then has more than
    /// the limit after position `from`.
    fn take(&mut self, bytes: &mut Vec<u8>, from: usize, end: Option<u8>) -> Result<(), String> {
        let from = from.min(bytes.len());
        let mut limited = self.reader.by_ref().take(MAX_DOCUMENT_BYTES as u64 + 1);
        let read = match end {
            Some(end) => limited.read_until(end, bytes),
            None => limited.read_to_end(bytes),
        };
        read.map_err(|error| format!("it could not be read: {error}"))?;
        if bytes.len() - from > MAX_DOCUMENT_BYTES {
            self.is_over = true;
            return Err(format!(
                "it is larger than {} MiB; split it, or give the part you want",
                MAX_DOCUMENT_BYTES >> 20
            ));
        }
        Ok(())
    }
}

/// Opens a plain file and returns it with what is known of it. Checks before opening, because opening some devices has
/// effects, and again after, because the file may have been replaced in between.
fn open_plain(path: &Path) -> Result<(File, Metadata), String> {
    refuse_odd(&std::fs::symlink_metadata(path).map_err(|error| why(&error))?)?;
    plain(open_without_waiting(path))
}

/// A file that has been opened, if it is a plain one.
fn plain(opened: io::Result<File>) -> Result<(File, Metadata), String> {
    let file = opened.map_err(|error| why(&error))?;
    let meta = file.metadata().map_err(|error| why(&error))?;
    refuse_odd(&meta)?;
    Ok((file, meta))
}

/// An error unless this is a plain file.
fn refuse_odd(meta: &std::fs::Metadata) -> Result<(), String> {
    let kind = meta.file_type();
    if kind.is_file() {
        return Ok(());
    }
    let what = if kind.is_symlink() {
        "a link"
    } else if kind.is_dir() {
        "a folder"
    } else {
        special_file_name(kind)
    };
    Err(format!("it is no plain file but {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(bytes: Vec<u8>, kind: InputKind) -> InputSource {
        InputSource::new(BufReader::new(Box::new(io::Cursor::new(bytes))), kind, 0)
    }

    #[test]
    fn json_lines_come_in_stretches_of_whole_lines() {
        let line = format!("{}\n", "x".repeat(600 << 10));
        let mut lines = source(line.repeat(5).into_bytes(), InputKind::Lines);
        let mut lengths = Vec::new();
        while let Some(bytes) = lines.next_part().unwrap() {
            assert_eq!(bytes.last(), Some(&b'\n'));
            lengths.push((lines.lines_before(), bytes.len() / line.len()));
        }
        assert_eq!(lengths, [(0, 2), (2, 2), (4, 1)]);
    }

    #[test]
    fn short_lines_come_a_few_at_a_time_and_cost_more_than_their_bytes() {
        let mut lines = source(b"{}\n".repeat(RUN_LINES + 3), InputKind::Lines);
        let first = lines.next_part().unwrap().unwrap();
        assert_eq!(first.len(), 3 * RUN_LINES);
        assert!(lines.cost(first.len()) >= RUN_LINES * LINE_COST);
        assert_eq!(lines.next_part().unwrap().unwrap().len(), 9);
    }

    #[test]
    fn json_lines_are_detected_by_the_first_line_whatever_its_length() {
        let line = format!("{{\"text\":\"{}\"}}\n", "a".repeat(2 * HEAD_BYTES as usize));
        let mut lines = source(line.repeat(RUN_LINES + 1).into_bytes(), InputKind::Detected);
        let lengths: Vec<_> = std::iter::from_fn(|| lines.next_part().unwrap()).map(|run| run.len()).collect();
        assert!(lines.is_lines() && lengths.len() > 1);
        assert_eq!(lengths.iter().sum::<usize>(), line.len() * (RUN_LINES + 1), "nothing is lost");
        let mut text = source(b"{ this is text\nand more".to_vec(), InputKind::Detected);
        assert_eq!(text.next_part().unwrap().unwrap(), b"{ this is text\nand more");
        assert!(!text.is_lines() && text.next_part().unwrap().is_none());
    }

    #[test]
    fn nothing_longer_than_the_limit_is_read() {
        let zeros = || source(vec![b'0'; MAX_DOCUMENT_BYTES + 2], InputKind::Whole);
        assert!(zeros().next_part().unwrap_err().contains("16 MiB"));
        let reader: BufReader<Box<dyn Read>> = BufReader::new(Box::new(io::repeat(b'x')));
        let mut endless = InputSource::new(reader, InputKind::Lines, 0);
        assert!(endless.next_part().unwrap_err().contains("16 MiB"));
        assert!(endless.next_part().unwrap().is_none());
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_devices_are_refused_without_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("p.txt");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let why = |path: &Path| open_plain(path).unwrap_err();
        assert!(why(&pipe).contains("a pipe"), "{}", why(&pipe));
        assert!(why(Path::new("/dev/zero")).contains("a device"));
        assert!(why(folder.path()).contains("a folder"));
    }
}

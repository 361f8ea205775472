//! Reads a file's bytes without trusting what it is: opens plain files only, never waits for a pipe, never follows a
//! link that has replaced the file, never reads more than the limit. A file of JSON lines is read in runs of whole
//! lines, so that it may have any length.

use super::folder_walk::{InputEntry, InputOrigin, why};
use crate::ingest::{InputFormat, MAX_DOCUMENT_BYTES};
use crate::system::files::{open_without_waiting, special_file_name};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// A run of lines ends with the line that reaches this size.
const RUN_BYTES: usize = 1 << 20;

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InputKind {
    /// At once, as one document.
    Whole,
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
}

impl InputSource {
    /// Opens a file. The error is the reason why it cannot be read, in words for the user.
    pub fn open(found: &InputEntry, format: InputFormat) -> Result<Self, String> {
        let (reader, expected): (Box<dyn Read>, u64) = match &found.origin {
            InputOrigin::File(path) => {
                let (file, size) = open_plain(path)?;
                (Box::new(file), size)
            }
            InputOrigin::StandardInput => (Box::new(io::stdin()), 0),
            InputOrigin::Refused(why) => return Err(why.clone()),
        };
        let ends = |ending: &str| found.name.to_ascii_lowercase().ends_with(ending);
        let is_lines =
            format == InputFormat::Jsonl || (format == InputFormat::Auto && (ends(".jsonl") || ends(".ndjson")));
        // A whole document is read straight into its vector, without a buffer between.
        let (kind, buffer_bytes) = if is_lines { (InputKind::Lines, 64 << 10) } else { (InputKind::Whole, 0) };
        let expected_bytes = usize::try_from(expected).unwrap_or(MAX_DOCUMENT_BYTES).min(MAX_DOCUMENT_BYTES);
        Ok(Self::new(BufReader::with_capacity(buffer_bytes, reader), kind, expected_bytes))
    }

    fn new(reader: BufReader<Box<dyn Read>>, kind: InputKind, expected_bytes: usize) -> Self {
        Self { reader, kind, is_over: false, expected_bytes, lines_before: 0, lines_in_last: 0 }
    }

    /// The next document, or the next run of lines. `None` at the end.
    pub fn next_document(&mut self) -> Result<Option<Vec<u8>>, String> {
        if self.is_over {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        match self.kind {
            InputKind::Whole => {
                // Room for one more read, which finds the end, so that the vector does not double its size for it.
                bytes.reserve_exact(self.expected_bytes + 64);
                self.take(&mut bytes, usize::MAX, None)?;
                self.is_over = true;
            }
            InputKind::Lines => {
                while !self.is_over && bytes.len() < RUN_BYTES {
                    let before = bytes.len();
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

    /// Whether this is a file of JSON lines.
    pub fn is_lines(&self) -> bool {
        self.kind == InputKind::Lines
    }

    /// Number of lines of the file before the document returned last.
    pub fn lines_before(&self) -> usize {
        self.lines_before
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

/// Opens a plain file and returns it with its size in bytes. Checks before opening, because opening some devices has
/// effects, and again after, because the file may have been replaced in between.
fn open_plain(path: &Path) -> Result<(File, u64), String> {
    refuse_odd(&std::fs::symlink_metadata(path).map_err(|error| why(&error))?)?;
    let file = open_without_waiting(path).map_err(|error| why(&error))?;
    let meta = file.metadata().map_err(|error| why(&error))?;
    refuse_odd(&meta)?;
    Ok((file, meta.len()))
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
        while let Some(bytes) = lines.next_document().unwrap() {
            assert_eq!(bytes.last(), Some(&b'\n'));
            lengths.push((lines.lines_before(), bytes.len() / line.len()));
        }
        assert_eq!(lengths, [(0, 2), (2, 2), (4, 1)]);
    }

    #[test]
    fn nothing_longer_than_the_limit_is_read() {
        let zeros = || source(vec![b'0'; MAX_DOCUMENT_BYTES + 2], InputKind::Whole);
        assert!(zeros().next_document().unwrap_err().contains("16 MiB"));
        let reader: BufReader<Box<dyn Read>> = BufReader::new(Box::new(io::repeat(b'x')));
        let mut endless = InputSource::new(reader, InputKind::Lines, 0);
        assert!(endless.next_document().unwrap_err().contains("16 MiB"));
        assert!(endless.next_document().unwrap().is_none());
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

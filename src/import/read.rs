//! Reading a file's bytes without trusting what it is: only plain files are opened, never waiting for a pipe, never
//! through a link put in its place, never more than the limit. A file of JSON lines comes in stretches of whole lines,
//! so that it may be as long as it likes.

use super::walk::{InputEntry, InputOrigin, why};
use crate::ingest::{InputFormat, MAX_DOCUMENT_BYTES};
use crate::system::files::{odd_kind, open_at_once};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// A stretch of JSON lines is about so many bytes.
const STRETCH: usize = 1 << 20;

/// What was given to read, told apart by how it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// One document.
    Whole,
    /// JSON lines.
    Lines,
}

/// An open file or standard input.
pub(super) struct InputSource {
    reader: BufReader<Box<dyn Read>>,
    given: InputKind,
    over: bool,
    /// How many bytes a whole document has, as far as is known beforehand.
    expected: usize,
    /// Lines before the document given last, and in it.
    lines: (usize, usize),
}

impl InputSource {
    /// Opens; the error is why it cannot be read.
    pub fn open(found: &InputEntry, format: InputFormat) -> Result<Self, String> {
        let (reader, expected): (Box<dyn Read>, u64) = match &found.what {
            InputOrigin::File(path) => {
                let (file, size) = open_plain(path)?;
                (Box::new(file), size)
            }
            InputOrigin::Input => (Box::new(io::stdin()), 0),
            InputOrigin::Refused(why) => return Err(why.clone()),
        };
        let ends = |ending: &str| found.name.to_ascii_lowercase().ends_with(ending);
        let lines =
            format == InputFormat::Jsonl || (format == InputFormat::Auto && (ends(".jsonl") || ends(".ndjson")));
        // A whole document is read into its place at once.
        let (given, buffer) = if lines { (InputKind::Lines, 64 << 10) } else { (InputKind::Whole, 0) };
        let expected = usize::try_from(expected).unwrap_or(MAX_DOCUMENT_BYTES).min(MAX_DOCUMENT_BYTES);
        Ok(Self { reader: BufReader::with_capacity(buffer, reader), given, over: false, expected, lines: (0, 0) })
    }

    /// The next document, or the next stretch of lines; nothing at the end.
    pub fn next_document(&mut self) -> Result<Option<Vec<u8>>, String> {
        if self.over {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        match self.given {
            InputKind::Whole => {
                // With room to see that nothing more comes.
                bytes.reserve_exact(self.expected + 64);
                self.take(&mut bytes, usize::MAX, None)?;
                self.over = true;
            }
            InputKind::Lines => {
                while !self.over && bytes.len() < STRETCH {
                    let before = bytes.len();
                    self.take(&mut bytes, before, Some(b'\n'))?;
                    self.over = bytes.len() == before;
                }
                if bytes.is_empty() {
                    return Ok(None);
                }
                self.lines = (self.lines.0 + self.lines.1, memchr::memchr_iter(b'\n', &bytes).count());
            }
        }
        Ok(Some(bytes))
    }

    /// Whether JSON lines are given.
    pub fn is_lines(&self) -> bool {
        self.given == InputKind::Lines
    }

    /// How many lines of the file stand before the document given last.
    pub fn lines_before(&self) -> usize {
        self.lines.0
    }

    /// Whether all has been given.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// Takes up to the end or, where given, to the end of the line; never more than the limit.
    fn take(&mut self, bytes: &mut Vec<u8>, from: usize, end: Option<u8>) -> Result<(), String> {
        let from = from.min(bytes.len());
        let mut limited = self.reader.by_ref().take(MAX_DOCUMENT_BYTES as u64 + 1);
        let read = match end {
            Some(end) => limited.read_until(end, bytes),
            None => limited.read_to_end(bytes),
        };
        read.map_err(|error| format!("it could not be read: {error}"))?;
        if bytes.len() - from > MAX_DOCUMENT_BYTES {
            self.over = true;
            return Err(format!(
                "it is larger than {} MiB; split it, or give the part you want",
                MAX_DOCUMENT_BYTES >> 20
            ));
        }
        Ok(())
    }
}

/// Opens a plain file and nothing else: without waiting, and not through a link that has taken its place meanwhile.
/// Tells its size in bytes too.
fn open_plain(path: &Path) -> Result<(File, u64), String> {
    refuse_odd(&std::fs::symlink_metadata(path).map_err(|error| why(&error))?)?;
    let file = open_at_once(path).map_err(|error| why(&error))?;
    let meta = file.metadata().map_err(|error| why(&error))?;
    refuse_odd(&meta)?;
    Ok((file, meta.len()))
}

fn refuse_odd(meta: &std::fs::Metadata) -> Result<(), String> {
    let kind = meta.file_type();
    let what = match () {
        () if kind.is_file() => return Ok(()),
        () if kind.is_symlink() => "a link",
        () if kind.is_dir() => "a folder",
        () => odd_kind(kind),
    };
    Err(format!("it is no plain file but {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(bytes: Vec<u8>, given: InputKind) -> InputSource {
        InputSource {
            reader: BufReader::new(Box::new(io::Cursor::new(bytes))),
            given,
            over: false,
            expected: 0,
            lines: (0, 0),
        }
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
        let mut endless = InputSource { reader, given: InputKind::Lines, over: false, expected: 0, lines: (0, 0) };
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

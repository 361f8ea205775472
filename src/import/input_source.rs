//! Reads a file's bytes without trusting what it is: opens plain files only, never waits for a pipe, never follows a
//! link that has replaced the file, never reads more than the limit. A file of JSON lines is read in runs of whole
//! lines, so that it may have any length.

use super::ImportOptions;
use super::document_helper::HelpedFormat;
use super::folder_walk::{InputEntry, InputOrigin, why};
use super::newsboat;
use crate::ingest::{
    self, ContainerInput, FileKind, InputFormat, InputHint, MAX_DOCUMENT_BYTES, Unpacked, UnreadableInput,
};
use crate::store::{NewsboatCache, SQLITE_HEAD};
use crate::system::files::{open_inside, open_without_waiting, special_file_name};
use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::Path;
use std::sync::atomic::AtomicBool;
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
    /// As its beginning tells (`InputSource::begin`).
    Detected,
    /// JSON lines, in runs of whole lines.
    Lines,
}

/// What an input is by its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// It is read with `next_part`.
    Document,
    /// Other documents are in it: it is read with `container`.
    Container,
    /// It is no report, and is not to be read.
    LeftOut(FileKind),
}

/// An open file or standard input.
pub(super) struct InputSource {
    /// What was read of it to detect what it is.
    head: Vec<u8>,
    /// The file itself, if it is one: some containers are read from their end.
    file: Option<(File, u64)>,
    /// The cache of newsboat that the file is, if it is one.
    newsboat: Option<NewsboatCache>,
    reader: BufReader<Box<dyn Read>>,
    kind: InputKind,
    /// Whether it is the text that a helper has found, whatever it begins with.
    is_text: bool,
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
        let mut own_file = None;
        let (reader, meta): (Box<dyn Read>, Option<Metadata>) = match &found.origin {
            InputOrigin::File(path) => {
                let (file, meta) = open_plain(path)?;
                own_file = file.try_clone().ok().map(|file| (file, meta.len()));
                (Box::new(file), Some(meta))
            }
            InputOrigin::Inside { root, path } => {
                let (file, meta) = plain(open_inside(&root.folder, path))?;
                own_file = file.try_clone().ok().map(|file| (file, meta.len()));
                (Box::new(file), Some(meta))
            }
            InputOrigin::StandardInput => (Box::new(io::stdin()), None),
            InputOrigin::Pipe(path) => (Box::new(File::open(path).map_err(|error| why(&error))?), None),
            InputOrigin::Refused(why) => return Err(why.clone()),
            // Told by whoever walks over the files.
            InputOrigin::LeftOut(_) => (Box::new(io::empty()), None),
        };
        let ends = |ending: &str| found.name.to_ascii_lowercase().ends_with(ending);
        let is_lines =
            format == InputFormat::Jsonl || (format == InputFormat::Auto && (ends(".jsonl") || ends(".ndjson")));
        let is_free = format == InputFormat::Auto;
        // A whole document is read straight into its vector, without a buffer between.
        let (kind, buffer_bytes) = match (is_lines, is_free) {
            (true, _) => (InputKind::Lines, LINES_BUFFER_BYTES),
            (false, true) => (InputKind::Detected, 0),
            (false, false) => (InputKind::Whole, 0),
        };
        let expected = meta.as_ref().map_or(0, Metadata::len);
        let expected_bytes = usize::try_from(expected).unwrap_or(MAX_DOCUMENT_BYTES).min(MAX_DOCUMENT_BYTES);
        let modified = meta.and_then(|meta| meta.modified().ok());
        let reader = BufReader::with_capacity(buffer_bytes, reader);
        Ok(Self { modified, file: own_file, ..Self::new(reader, kind, expected_bytes) })
    }

    fn new(reader: BufReader<Box<dyn Read>>, kind: InputKind, expected_bytes: usize) -> Self {
        Self {
            head: Vec::new(),
            file: None,
            newsboat: None,
            reader,
            kind,
            is_text: false,
            is_over: false,
            expected_bytes,
            lines_before: 0,
            lines_in_last: 0,
            modified: None,
        }
    }

    /// Finds out what `found`, which this is, is by its beginning. To be called once, before it is read. May wait for a
    /// program that reads the format, until `stop` is set.
    pub fn begin(&mut self, found: &InputEntry, stop: &AtomicBool) -> Result<Beginning, String> {
        if self.kind != InputKind::Detected {
            return Ok(Beginning::Document);
        }
        self.kind = InputKind::Whole;
        let could_not = |error: io::Error| format!("it could not be read: {error}");
        self.head.reserve_exact(self.expected_bytes + 64);
        self.reader.by_ref().take(HEAD_BYTES).read_to_end(&mut self.head).map_err(could_not)?;
        if let Some(text) = self.helped_text(found, stop) {
            self.head = text?;
            self.reader = BufReader::with_capacity(0, Box::new(io::empty()));
            self.is_text = true;
            return Ok(Beginning::Document);
        }
        if self.head.starts_with(SQLITE_HEAD) {
            self.newsboat = found.path().and_then(|path| NewsboatCache::open(&path));
            if self.newsboat.is_some() {
                return Ok(Beginning::Container);
            }
        }
        if ingest::is_container(&self.head, &found.name) {
            return Ok(Beginning::Container);
        }
        if ingest::begins_as_object(&self.head) {
            if !self.head.contains(&b'\n') {
                let rest = self.reader.by_ref().take(MAX_DOCUMENT_BYTES as u64).read_until(b'\n', &mut self.head);
                rest.map_err(could_not)?;
            }
            if ingest::is_json_lines(&self.head, &InputHint::default()) {
                self.put_back();
                self.kind = InputKind::Lines;
                return Ok(Beginning::Document);
            }
        }
        if ingest::is_json(&self.head, &found.name) {
            return Ok(Beginning::Container);
        }
        Ok(match (found.is_unknown, self.head.is_empty()) {
            (true, true) => Beginning::LeftOut(FileKind::Empty),
            (true, false) if !ingest::is_known_format(&self.head) => {
                let by_name = ingest::kind_by_name(&found.name).filter(|kind| *kind != FileKind::Read);
                Beginning::LeftOut(by_name.unwrap_or(FileKind::Other))
            }
            _ => Beginning::Document,
        })
    }

    /// The text of a document that a helper reads. `None` if it is no such document, or there is no helper: `ingest`
    /// then says what it is. A document in a pipe has no file that the helper could read.
    fn helped_text(&self, found: &InputEntry, stop: &AtomicBool) -> Option<Result<Vec<u8>, String>> {
        let format = HelpedFormat::of(&self.head, &found.name).filter(|format| format.installed().is_some())?;
        let mut file = self.file.as_ref()?.0.try_clone().ok()?;
        file.rewind().ok()?;
        Some(format.text_of(file, stop))
    }

    /// The whole file as it is, if what is read of it is not the file itself but the text that a helper has found.
    /// `None` if it is larger than a document may be.
    pub fn helped_original(&self) -> Option<Vec<u8>> {
        let (file, _) = self.file.as_ref().filter(|_| self.is_text)?;
        let mut file = file.try_clone().ok()?;
        file.rewind().ok()?;
        let mut bytes = Vec::new();
        file.take(MAX_DOCUMENT_BYTES as u64 + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() <= MAX_DOCUMENT_BYTES).then_some(bytes)
    }

    /// Whether it is text that a helper has found.
    pub fn is_helped(&self) -> bool {
        self.is_text
    }

    /// Puts what was read at the beginning back before the rest.
    fn put_back(&mut self) {
        let rest = std::mem::replace(&mut self.reader, BufReader::with_capacity(0, Box::new(io::empty())));
        let whole: Box<dyn Read> = Box::new(io::Cursor::new(std::mem::take(&mut self.head)).chain(rest));
        self.reader = BufReader::with_capacity(LINES_BUFFER_BYTES, whole);
    }

    /// Hands over what is in a container, until `take` returns false; `with_originals` as `ingest::each_part_of`. The
    /// error is why it could not be read to its end.
    pub fn each_inside(
        &mut self,
        name: &str,
        with_originals: bool,
        take: &mut dyn FnMut(Unpacked) -> bool,
    ) -> Result<(), UnreadableInput> {
        if let Some(cache) = &self.newsboat {
            return newsboat::each_part(cache, take);
        }
        ingest::each_part_of(self.container(), name, with_originals, take)
    }

    /// The whole input, for a container.
    fn container(&mut self) -> ContainerInput<'_> {
        let can_seek = self.file.as_mut().is_some_and(|(file, _)| file.rewind().is_ok());
        if !can_seek {
            self.put_back();
        }
        match &mut self.file {
            Some((file, size)) if can_seek => ContainerInput::File(file, *size),
            _ => ContainerInput::Stream(&mut self.reader),
        }
    }

    /// The next document, or the next run of lines. `None` at the end.
    pub fn next_part(&mut self) -> Result<Option<Vec<u8>>, String> {
        if self.is_over {
            return Ok(None);
        }
        let mut bytes = std::mem::take(&mut self.head);
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

    /// The format of its parts, if it is known already.
    pub fn format(&self) -> Option<InputFormat> {
        match (self.kind, self.is_text) {
            (InputKind::Lines, _) => Some(InputFormat::Jsonl),
            (_, true) => Some(InputFormat::Text),
            _ => None,
        }
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
    Err(format!("it is not a plain file but {what}"))
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
        let entry = || InputEntry { name: String::new(), origin: InputOrigin::StandardInput, is_unknown: false };
        let mut lines = source(line.repeat(RUN_LINES + 1).into_bytes(), InputKind::Detected);
        assert_eq!(lines.begin(&entry(), &AtomicBool::default()).unwrap(), Beginning::Document);
        let lengths: Vec<_> = std::iter::from_fn(|| lines.next_part().unwrap()).map(|run| run.len()).collect();
        assert!(lines.format() == Some(InputFormat::Jsonl) && lengths.len() > 1);
        assert_eq!(lengths.iter().sum::<usize>(), line.len() * (RUN_LINES + 1), "nothing is lost");
        let mut text = source(b"{ this is text\nand more".to_vec(), InputKind::Detected);
        assert_eq!(text.begin(&entry(), &AtomicBool::default()).unwrap(), Beginning::Document);
        assert_eq!(text.next_part().unwrap().unwrap(), b"{ this is text\nand more");
        assert!(text.format().is_none() && text.next_part().unwrap().is_none());
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

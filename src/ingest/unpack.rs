//! What is inside of archives, mail and tables: one part after the other, each small enough for memory, from an input
//! of any size. Nothing is ever written to disk, so that no path of an archive can do harm; a path that leads out of it
//! is refused all the same. What unpacks to many times its size is a bomb and ends the input; what came before is kept.
//!
//! ```text
//! open ─ head ─ ContainerKind ┬ gzip, zstd ─────────────── open (of what is inside)
//!                             ├ zip, tar ── each file ──── open
//!                             ├ warc ────── each page ──── part, with its address
//!                             ├ mbox ────── each message ┐
//!                             ├ mail, mhtml ─────────────┴ part, and open for each attachment
//!                             ├ csv ── json ── runs of records
//!                             └ anything else ──────────── part
//! ```

mod budget;
mod compressed;
mod container_kind;
mod document;
mod mail;
mod mbox;
mod messages;
mod records;
mod table;
mod tar;
mod telegram;
mod warc;
mod zip;

pub use container_kind::{ContainerKind, is_container};
pub use messages::YearlessDay;

use super::file_kinds::{self, FileKind};
use super::{MAX_DOCUMENT_BYTES, UnreadableInput, format, prefix};
use crate::report::Day;
use budget::{Budget, Counted};
use std::io::{self, Read, Seek};
use std::rc::Rc;
use std::sync::Arc;

/// Archives in archives are opened down to this depth.
const MAX_DEPTH: usize = 5;
/// Bytes of an input by which its kind is known.
const HEAD_BYTES: usize = 4 << 10;
/// Bytes of a ZIP file that are read at once. Each of its files is found by a jump, which drops what was read ahead.
const LIST_BUFFER_BYTES: usize = 8 << 10;
/// A name inside of an archive is cut here.
const MAX_NAME_CHARS: usize = 200;

/// A file that can be read from any place.
pub trait SeekableInput: Read + Seek {}
impl<T: Read + Seek> SeekableInput for T {}

/// Where the bytes of a container come from.
pub enum ContainerInput<'a> {
    /// A pipe, or another archive: read once, from the beginning.
    Stream(&'a mut dyn Read),
    /// A file, at its beginning, with its size in bytes. ZIP files have their list of contents at their end.
    File(&'a mut dyn SeekableInput, u64),
}

/// A document, or a run of records, from the inside of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnpackedPart {
    pub bytes: Vec<u8>,
    /// The path inside of the container, with those of archives in between. Empty if the container is all of it.
    pub name: String,
    /// Whether it is a run of records, each on one line.
    pub is_records: bool,
    /// The number of records of the same list before it.
    pub records_before: usize,
    /// What the container says of it.
    pub about: PartAbout,
    /// What it was made of.
    pub original: PartOriginal,
}

/// The bytes by which a part can be read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PartOriginal {
    /// Those of the part are what was in the container.
    #[default]
    Itself,
    /// Those of the message or document whose text it is.
    Document(Arc<Vec<u8>>),
    /// Those of a document, and nobody has asked for them, or they are too many.
    Unknown,
}

/// What a container says of a document in it; used where the document does not say it itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartAbout {
    pub title: Option<String>,
    pub url: Option<String>,
    pub published: Option<Day>,
    /// The day and month of publication, if it leaves the year out.
    pub yearless: Option<YearlessDay>,
    /// The name of who published it.
    pub outlet: Option<String>,
    /// Whether it is plain text already, whatever it begins with.
    pub is_text: bool,
    /// What was left out or repaired, for the reader.
    pub notes: Vec<String>,
}

/// One thing in a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unpacked {
    Part(UnpackedPart),
    /// Why one thing could not be read, with its name.
    Problem(String),
    /// Something that is no report and is not read, such as a picture.
    LeftOut(FileKind),
}

/// Opens a container and hands over what is in it, until `take` returns false. The error is why the container could not
/// be read to its end; what was handed over before is sound.
pub fn each_part(
    input: ContainerInput<'_>,
    name: &str,
    take: &mut dyn FnMut(Unpacked) -> bool,
) -> Result<(), UnreadableInput> {
    each_part_of(input, name, false, take)
}

/// The same, with the bytes of messages and documents if `with_originals` (`UnpackedPart::original`).
pub fn each_part_of(
    input: ContainerInput<'_>,
    name: &str,
    with_originals: bool,
    take: &mut dyn FnMut(Unpacked) -> bool,
) -> Result<(), UnreadableInput> {
    let original = PartOriginal::Itself;
    let mut unpacker = Unpacker { take, budget: Rc::default(), is_stopped: false, with_originals, original };
    let opened = match input {
        ContainerInput::Stream(stream) => {
            let mut counted = Counted::packed(stream, &unpacker.budget);
            unpacker.open(&mut counted, &Place::outermost(name))
        }
        ContainerInput::File(file, size) => unpacker.open_file(file, size, name),
    };
    opened.map_err(|error| UnreadableInput::Broken(error.to_string()))
}

/// Where in the container something is.
#[derive(Clone, Debug, Default)]
struct Place {
    /// Its own name, by which its kind may be known.
    name: String,
    /// The path from the outermost container, empty for that itself.
    path: String,
    depth: usize,
    about: PartAbout,
}

impl Place {
    fn outermost(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// A file in the archive at this place.
    fn inside(&self, name: &str) -> Self {
        let name: String = name.chars().filter(|c| !c.is_control()).take(MAX_NAME_CHARS).collect();
        let path = if self.path.is_empty() { name.clone() } else { [&self.path, "/", &name].concat() };
        Self { name, path, depth: self.depth + 1, about: PartAbout::default() }
    }

    /// What is packed at this place: it has the same path.
    fn unpacked(&self, endings: &[&str]) -> Self {
        let lower = self.name.to_ascii_lowercase();
        let ending = endings.iter().find(|ending| lower.ends_with(**ending)).map_or(0, |ending| ending.len());
        let mut name = prefix(&self.name, self.name.len() - ending).to_owned();
        if lower.strip_suffix(".tgz").is_some() {
            name.push_str(".tar");
        }
        Self { name, depth: self.depth + 1, ..self.clone() }
    }
}

/// The state of the unpacking of one input.
struct Unpacker<'a> {
    take: &'a mut dyn FnMut(Unpacked) -> bool,
    budget: Rc<Budget>,
    /// Whether whoever takes the parts wants no more.
    is_stopped: bool,
    /// Whether whoever takes the parts wants the bytes of documents, too.
    with_originals: bool,
    /// What the next part is made of.
    original: PartOriginal,
}

impl Unpacker<'_> {
    fn give(&mut self, found: Unpacked) {
        self.is_stopped |= !(self.take)(found);
    }

    fn problem(&mut self, place: &Place, why: impl std::fmt::Display) {
        let text = if place.path.is_empty() { why.to_string() } else { format!("{}: {why}", place.path) };
        self.give(Unpacked::Problem(text));
    }

    fn part(&mut self, bytes: Vec<u8>, place: &Place) {
        let (name, about, original) = (place.path.clone(), place.about.clone(), self.original.clone());
        self.give(Unpacked::Part(UnpackedPart { bytes, name, about, original, ..UnpackedPart::default() }));
    }

    /// Opens a file at its beginning.
    fn open_file(&mut self, file: &mut dyn SeekableInput, size: u64, name: &str) -> io::Result<()> {
        let place = Place::outermost(name);
        let mut head = Vec::with_capacity(HEAD_BYTES);
        (&mut *file).take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        file.rewind()?;
        if ContainerKind::of(&head, name) == Some(ContainerKind::Zip) {
            self.budget.pack(size);
            // The list of contents is read in pieces of a few bytes.
            return zip::open(self, &mut io::BufReader::with_capacity(LIST_BUFFER_BYTES, file), &place);
        }
        let mut counted = Counted::packed(file, &self.budget);
        self.open(&mut counted, &place)
    }

    /// Opens what is at a place: a container is gone through, anything else is a part.
    fn open(&mut self, input: &mut dyn Read, place: &Place) -> io::Result<()> {
        let head = head_of(input)?;
        let mut whole = head.as_slice().chain(input);
        let Some(kind) = ContainerKind::of(&head, &place.name) else { return self.document(&head, &mut whole, place) };
        if place.depth > MAX_DEPTH {
            self.problem(place, format_args!("it lies more than {MAX_DEPTH} packed files deep"));
            return Ok(());
        }
        match kind {
            ContainerKind::Gzip => compressed::gzip(self, &mut whole, place),
            ContainerKind::Zstd => compressed::zstd(self, &mut whole, place),
            ContainerKind::Zip => {
                let Some(bytes) = self.whole(&mut whole, place)? else { return Ok(()) };
                zip::open(self, &mut io::Cursor::new(bytes), place)
            }
            ContainerKind::Tar => tar::open(self, &mut whole, place),
            ContainerKind::Warc => warc::open(self, &mut whole, place),
            ContainerKind::Mbox => mbox::open(self, &mut whole, place),
            ContainerKind::Mail => {
                let mut bytes = Vec::new();
                whole.take(MAX_DOCUMENT_BYTES as u64).read_to_end(&mut bytes)?;
                mail::open(self, bytes, place)
            }
            ContainerKind::Telegram => telegram::open(self, &mut whole, place),
            ContainerKind::Messages => {
                if let Some(bytes) = self.whole(&mut whole, place)? {
                    messages::open(self, &bytes, place);
                }
                Ok(())
            }
            ContainerKind::Table => table::open(self, &mut whole, place),
            ContainerKind::Records => records::open(self, &mut whole, place),
        }
    }

    /// Hands over a document. In an archive there are files of all kinds, of which only those are read that are texts
    /// by their name or by their beginning.
    fn document(&mut self, head: &[u8], input: &mut dyn Read, place: &Place) -> io::Result<()> {
        if !place.path.is_empty() && place.about == PartAbout::default() {
            let kind = file_kinds::by_name(&place.name);
            let is_read = kind == Some(FileKind::Read) || (kind.is_none() && format::is_known(head));
            if !is_read {
                self.give(Unpacked::LeftOut(kind.unwrap_or(FileKind::Other)));
                return Ok(());
            }
        }
        if let Some(bytes) = self.whole(input, place)? {
            self.part(bytes, place);
        }
        Ok(())
    }

    /// All of an input, if it is no larger than a document may be. If it is, that is a problem.
    fn whole(&mut self, input: &mut dyn Read, place: &Place) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        (&mut *input).take(MAX_DOCUMENT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > MAX_DOCUMENT_BYTES {
            self.problem(place, UnreadableInput::TooLarge { limit: MAX_DOCUMENT_BYTES });
            return Ok(None);
        }
        Ok(Some(bytes))
    }

    /// Hands over a page of a book.
    fn page(&mut self, bytes: Vec<u8>, place: &Place) {
        if bytes.len() > MAX_DOCUMENT_BYTES {
            self.problem(place, UnreadableInput::TooLarge { limit: MAX_DOCUMENT_BYTES });
        } else {
            self.part(bytes, place);
        }
    }

    /// Opens a file of an archive. A fault in it costs only itself, unless the input as a whole is a bomb.
    fn open_inside(&mut self, input: &mut dyn Read, place: &Place) -> io::Result<()> {
        match self.open(input, place) {
            Err(error) if !self.budget.is_exceeded() => {
                self.problem(place, error);
                Ok(())
            }
            other => other,
        }
    }
}

/// The beginning of an input, at most `HEAD_BYTES`.
fn head_of(input: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    (&mut *input).take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Whether a path of an archive leads out of it, as those do that are meant to overwrite files.
fn leads_out(path: &str) -> bool {
    path.starts_with(['/', '\\']) || path.split(['/', '\\']).any(|part| part == ".." || part.ends_with(':'))
}

#[cfg(test)]
mod tests;

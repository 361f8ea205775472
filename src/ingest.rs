//! From bytes that nobody vouches for to drafts in canonical text: recognizes the format, decodes, cleans, sets
//! captions, bylines, source and residue apart, finds the headline. Promises bounded time and memory on any input.
//! People and facts are left to `extract`; opening files to `import`.

mod anatomy;
mod binary;
mod decode;
mod plain;
mod title;

use crate::report::Draft;

/// What the input is said to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// To be found out.
    #[default]
    Auto,
    /// Plain text, one report.
    Text,
    /// A saved page, one report.
    Html,
    /// RSS or Atom, a report an item.
    Feed,
    /// A JSON object a line, a report each.
    Jsonl,
}

/// What is known about the bytes beforehand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint<'a> {
    /// The format, where the user gave one.
    pub format: Format,
    /// The encoding's name, where the user gave one.
    pub encoding: Option<&'a str>,
    /// The file's name, for its ending.
    pub name: &'a str,
}

/// Why no report could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Nothing to read in it.
    #[error("there is no text in it")]
    Empty,
    /// Too large for a report.
    #[error("it is larger than {limit} bytes; split it, or give the part you want")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// Not text.
    #[error("it is not text: {0}")]
    NotText(String),
    /// An encoding that is not known.
    #[error("the encoding «{0}» is not known; UTF-8, UTF-16LE, UTF-16BE and windows-1258 are")]
    UnknownEncoding(String),
}

/// The largest document, in bytes.
pub const LARGEST: usize = 16 << 20;

/// Reads the reports of one file.
pub fn read(bytes: &[u8], hint: &Hint<'_>) -> Result<Vec<Draft>, Unreadable> {
    if bytes.len() > LARGEST {
        return Err(Unreadable::TooLarge { limit: LARGEST });
    }
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    let decoded = decode::decode(bytes, hint.encoding)?;
    let around = plain::Around { notes: decoded.notes, ..plain::Around::default() };
    let draft = plain::draft(&decoded.text, around).ok_or(Unreadable::Empty)?;
    Ok(vec![draft])
}

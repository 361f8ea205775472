//! From bytes that nobody vouches for to drafts in canonical text: recognizes the format, decodes, cleans, sets
//! captions, bylines, source and residue apart, finds the headline. Promises bounded time and memory on any input.
//! People and facts are left to `extract`; opening files to `import`.

mod binary;
mod day;
mod decode;
mod feed;
mod format;
mod html;
mod jsonl;
mod lines;
mod paragraph_kinds;
mod plain;
mod title;

use crate::report::Draft;
use std::io::{self, BufRead, Read};

/// The largest document, and the longest line of a file of records, in bytes.
pub const LARGEST: usize = 16 << 20;
/// What is read of an input to know its format, in bytes.
const HEAD: u64 = 64 << 10;
/// So many bad lines of a file of records are told one by one.
const MOST_TOLD: usize = 20;

/// The encodings that Vietnamese files are met in; `--encoding` knows the names of the web's encodings beside.
pub const ENCODINGS: [&str; 7] = ["utf-8", "utf-16le", "utf-16be", "windows-1258", "tcvn3", "vni", "viscii"];

/// Whether there is an encoding of that name.
pub fn knows_encoding(name: &str) -> bool {
    decode::knows(name)
}

/// What the input is said to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputFormat {
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
pub struct InputHint<'a> {
    /// The format, where the user gave one.
    pub format: InputFormat,
    /// The encoding's name, where the user gave one.
    pub encoding: Option<&'a str>,
    /// The file's name, for its ending.
    pub name: &'a str,
}

/// Why no report could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableInput {
    /// Nothing to read in it.
    #[error("there is no text in it")]
    Empty,
    /// Too large for a report.
    #[error("it is larger than {limit} bytes; split it, or give the part you want")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// Too many lines for a report.
    #[error("it has more than {limit} lines; split it, or give the part you want")]
    TooManyLines {
        /// The limit.
        limit: usize,
    },
    /// Not text.
    #[error("it is not text: {0}")]
    NotText(String),
    /// Markup that cannot be followed.
    #[error("it is no feed that can be read: {0}")]
    NotAFeed(String),
    /// A line that is no JSON object.
    #[error("it is no JSON object that can be read ({0}); one whole object a line is")]
    NotARecord(String),
    /// Text in an old Vietnamese encoding.
    #[error("its letters look like the old encoding {0}; read it with --encoding {0}, or save it as UTF-8")]
    Legacy(&'static str),
    /// An encoding that is not known.
    #[error("the encoding «{0}» is not known; utf-8, utf-16le, utf-16be, windows-1258, tcvn3, vni and viscii are")]
    UnknownEncoding(String),
    /// One line of a file of records.
    #[error("line {number}: {why}")]
    Line {
        /// The line, from 1.
        number: usize,
        /// Why not.
        why: String,
    },
}

/// Why an input could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum ReadFailure {
    /// The bytes did not come.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// They came, and are no report.
    #[error(transparent)]
    Unreadable(#[from] UnreadableInput),
}

/// Reads the reports of one file. Bad lines of a file of records are told in the notes of its first report.
pub fn read(bytes: &[u8], hint: &InputHint<'_>) -> Result<Vec<Draft>, UnreadableInput> {
    let mut drafts = Vec::new();
    let (mut problems, mut more) = (Vec::new(), 0_usize);
    each_of(bytes, hint, &mut |found| match found {
        Ok(draft) => drafts.push(draft),
        Err(why) if problems.len() < MOST_TOLD => problems.push(why),
        Err(_) => more += 1,
    })?;
    let Some(first) = drafts.first_mut() else {
        return Err(problems.into_iter().next().unwrap_or(UnreadableInput::Empty));
    };
    first.notes.extend(problems.iter().map(|why| format!("left out: {why}")));
    if more > 0 {
        first.notes.push(format!("left out: {more} more lines"));
    }
    Ok(drafts)
}

/// Reads the reports of an input of any length, one by one as they come. A file of records may be longer than
/// `LARGEST`: one line of it is held at a time, and a bad line is handed over as such; anything else is cut off there.
pub fn each(
    mut input: impl BufRead,
    hint: &InputHint<'_>,
    take: &mut dyn FnMut(Result<Draft, UnreadableInput>),
) -> Result<(), ReadFailure> {
    let mut bytes = Vec::new();
    input.by_ref().take(HEAD).read_to_end(&mut bytes)?;
    if !bytes.contains(&b'\n') && lines::may_be_records(&bytes) {
        input.by_ref().take(LARGEST as u64).read_until(b'\n', &mut bytes)?;
    }
    if lines::are_records(&bytes, hint) {
        return Ok(lines::each(bytes.as_slice().chain(input), take)?);
    }
    input.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(each_of(&bytes, hint, take)?)
}

fn each_of(
    bytes: &[u8],
    hint: &InputHint<'_>,
    take: &mut dyn FnMut(Result<Draft, UnreadableInput>),
) -> Result<(), UnreadableInput> {
    if bytes.is_empty() {
        return Err(UnreadableInput::Empty);
    }
    if lines::are_records(bytes, hint) {
        return lines::each(bytes, take).map_err(|why| UnreadableInput::NotText(why.to_string()));
    }
    if bytes.len() > LARGEST {
        return Err(UnreadableInput::TooLarge { limit: LARGEST });
    }
    let decoded = decode::decode(bytes, hint.encoding)?;
    let format = if hint.format == InputFormat::Auto { format::detect(&decoded.text, hint.name) } else { hint.format };
    let around = plain::MarkupHints { notes: decoded.notes, ..plain::MarkupHints::default() };
    match format {
        InputFormat::Jsonl => {
            return lines::each(decoded.text.as_bytes(), take).map_err(|why| UnreadableInput::NotText(why.to_string()));
        }
        InputFormat::Feed => feed::drafts(&decoded.text, &around.notes)?.into_iter().for_each(|draft| take(Ok(draft))),
        InputFormat::Html => take(Ok(html::page(&decoded.text, around)?)),
        InputFormat::Text | InputFormat::Auto => take(Ok(plain::draft(&decoded.text, around)?)),
    }
    Ok(())
}

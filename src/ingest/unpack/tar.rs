//! TAR files, read from the beginning to the end. A reader of our own: the format is one block of names and numbers
//! before each file, and libraries keep names of any length in memory, which a hostile file uses.

use super::{Place, Unpacked, Unpacker, leads_out};
use crate::ingest::file_kinds::FileKind;
use std::io::{self, Read};

/// Headers and contents come in blocks of this size.
const BLOCK: u64 = 512;
/// A longer name is none.
const MAX_NAME_BYTES: u64 = 16 << 10;
/// What the kind of an entry says of it.
const LONG_NAME: u8 = b'L';
const EXTENDED: u8 = b'x';

/// What a header says.
struct TarHeader {
    name: String,
    size: u64,
    kind: u8,
}

/// Opens each file of a TAR file.
pub(super) fn open(unpacker: &mut Unpacker<'_>, input: &mut dyn Read, place: &Place) -> io::Result<()> {
    let mut long_name = None;
    while !unpacker.is_stopped {
        let Some(header) = header(input)? else { return Ok(()) };
        let mut content = (&mut *input).take(header.size);
        match header.kind {
            LONG_NAME => long_name = Some(text_of(&name_bytes(&mut content)?)),
            EXTENDED => long_name = path_of(&name_bytes(&mut content)?).or(long_name),
            b'0' | 0 | b'7' => {
                let name = long_name.take().unwrap_or(header.name);
                let inside = place.inside(&name);
                if leads_out(&name) {
                    unpacker.problem(&inside, "its path leads out of the packed file");
                } else if !is_hidden(&name) {
                    unpacker.open_inside(&mut content, &inside)?;
                }
            }
            // Folders say nothing, links lead to what is there anyway or out of it.
            b'5' | b'g' => long_name = None,
            b'1' | b'2' => {
                long_name = None;
                unpacker.give(Unpacked::LeftOut(FileKind::Link));
            }
            _ => {
                long_name = None;
                unpacker.give(Unpacked::LeftOut(FileKind::Other));
            }
        }
        let rest = content.limit() + (BLOCK - header.size % BLOCK) % BLOCK;
        skip(input, rest)?;
    }
    Ok(())
}

/// Whether a file belongs to a program, as those whose names begin with a dot do.
pub(super) fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') && part != "." && part != "..") || name.starts_with("__MACOSX/")
}

/// The next header. `None` at the end of the archive.
fn header(input: &mut dyn Read) -> io::Result<Option<TarHeader>> {
    let mut block = Vec::with_capacity(BLOCK as usize);
    (&mut *input).take(BLOCK).read_to_end(&mut block)?;
    if block.iter().all(|byte| *byte == 0) {
        return Ok(None);
    }
    let field = |from: usize, length: usize| block.get(from..from + length).unwrap_or_default();
    let sum: u64 =
        block.iter().enumerate().map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u64::from(*byte) }).sum();
    let broken = || io::Error::new(io::ErrorKind::InvalidData, "the packed file is broken or cut off");
    if block.len() < BLOCK as usize || number(field(148, 8)) != Some(sum) {
        return Err(broken());
    }
    let prefix = if field(257, 6) == b"ustar\0" { text_of(field(345, 155)) } else { String::new() };
    let name = text_of(field(0, 100));
    Ok(Some(TarHeader {
        name: if prefix.is_empty() { name } else { [&prefix, "/", &name].concat() },
        size: number(field(124, 12)).ok_or_else(broken)?,
        kind: field(156, 1).first().copied().unwrap_or(0),
    }))
}

/// A number in octal digits, or in bytes if the first bit is set.
fn number(field: &[u8]) -> Option<u64> {
    if field.first().is_some_and(|byte| byte & 0x80 != 0) {
        return field.iter().skip(1).try_fold(0_u64, |sum, byte| sum.checked_mul(256)?.checked_add(u64::from(*byte)));
    }
    let digits = field.iter().filter(|byte| !matches!(byte, 0 | b' '));
    digits.copied().try_fold(0_u64, |sum, digit| {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 8)?;
        sum.checked_mul(8)?.checked_add(u64::from(digit))
    })
}

fn text_of(bytes: &[u8]) -> String {
    let end = memchr::memchr(0, bytes).unwrap_or(bytes.len());
    String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned()
}

/// The content of an entry that holds a name.
fn name_bytes(content: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    content.by_ref().take(MAX_NAME_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The path in an extended header: lines of `27 path=a/b.txt`.
fn path_of(bytes: &[u8]) -> Option<String> {
    let lines = bytes.split(|byte| *byte == b'\n');
    lines
        .filter_map(|line| line.splitn(2, |byte| *byte == b' ').nth(1)?.strip_prefix(b"path="))
        .next_back()
        .map(text_of)
}

fn skip(input: &mut dyn Read, bytes: u64) -> io::Result<()> {
    io::copy(&mut (&mut *input).take(bytes), &mut io::sink()).map(|_| ())
}

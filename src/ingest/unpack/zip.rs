//! ZIP files, by their list of contents. Documents of office programs are ZIP files as well and are told apart by the
//! names in that list.

use super::Unpacked;
use super::budget::Counted;
use super::tar::is_hidden;
use super::{PartOriginal, Place, SeekableInput, Unpacker, document, leads_out};
use crate::ingest::MAX_DOCUMENT_BYTES;
use crate::ingest::file_kinds::{self, FileKind};
use std::io::{self, Read, SeekFrom};
use std::sync::Arc;
use zip::ZipArchive;
use zip::result::ZipError;

/// The library keeps the whole list in memory, some hundred bytes for each file.
const MAX_FILES: u64 = 100_000;
/// The end of a ZIP file, in which the list's length is found: its record and the longest comment.
const TAIL_BYTES: u64 = (64 << 10) + 22;

/// Opens each file of a ZIP file.
pub(super) fn open(unpacker: &mut Unpacker<'_>, input: &mut dyn SeekableInput, place: &Place) -> io::Result<()> {
    let broken = |why: &dyn std::fmt::Display| {
        io::Error::new(io::ErrorKind::InvalidData, format!("it is not a ZIP file that can be read: {why}"))
    };
    let size = input.seek(SeekFrom::End(0))?;
    let files = number_of_files(input, size)?.ok_or_else(|| broken(&"it is cut off"))?;
    if files > MAX_FILES {
        return Err(broken(&format_args!("it has more than {MAX_FILES} files; unpack it")));
    }
    let mut archive = ZipArchive::new(input).map_err(|error| broken(&error))?;
    if let Some(kind) = document::kind_of(archive.file_names()) {
        unpacker.original = PartOriginal::Unknown;
        if unpacker.with_originals {
            let input = archive.into_inner();
            unpacker.original = original(input)?;
            archive = ZipArchive::new(input).map_err(|error| broken(&error))?;
        }
        let opened = document::open(unpacker, &mut archive, kind, place);
        unpacker.original = PartOriginal::Itself;
        return opened;
    }
    let mut packed = 0_u64;
    for index in 0..archive.len() {
        if unpacker.is_stopped {
            break;
        }
        // Pictures and the like are known by their names, without a look at each.
        let by_name = archive.name_for_index(index).filter(|name| !name.ends_with('/')).and_then(left_out_by_name);
        if let Some(kind) = by_name {
            unpacker.give(Unpacked::LeftOut(kind));
            continue;
        }
        let mut file = match archive.by_index(index) {
            Ok(file) => file,
            Err(error) => {
                let inside = place.inside(&format!("file {}", index + 1));
                if matches!(error, ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) {
                    unpacker.problem(&inside, "it is protected by a password; unpack it first");
                } else {
                    unpacker.problem(&inside, error);
                }
                continue;
            }
        };
        // A list may name the same bytes as thousands of files.
        packed = packed.saturating_add(file.compressed_size());
        if packed > size {
            return Err(unpacker.budget.refused_overlap());
        }
        // Many programs write names in UTF-8 without saying so.
        let name = std::str::from_utf8(file.name_raw()).map_or_else(|_| file.name().to_owned(), str::to_owned);
        if file.is_dir() || is_hidden(&name) {
            continue;
        }
        let inside = place.inside(&name);
        if leads_out(&name) {
            unpacker.problem(&inside, "its path leads out of the packed file");
            continue;
        }
        let mut content = Counted::unpacked(&mut file, &unpacker.budget);
        unpacker.open_inside(&mut content, &inside)?;
    }
    Ok(())
}

/// What a file is that nobody takes for a report, by its name. One that is hidden or has an odd path is treated as all
/// of these are.
fn left_out_by_name(name: &str) -> Option<FileKind> {
    let is_told =
        matches!(file_kinds::by_name(name)?, FileKind::Picture | FileKind::Media | FileKind::Style | FileKind::Font);
    file_kinds::by_name(name).filter(|_| is_told && !is_hidden(name) && !leads_out(name))
}

/// The whole document, if it is no larger than one may be.
fn original(input: &mut dyn SeekableInput) -> io::Result<PartOriginal> {
    let mut bytes = Vec::new();
    input.rewind()?;
    (&mut *input).take(MAX_DOCUMENT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    input.rewind()?;
    let is_whole = bytes.len() <= MAX_DOCUMENT_BYTES;
    Ok(if is_whole { PartOriginal::Document(Arc::new(bytes)) } else { PartOriginal::Unknown })
}

/// The number of files that the end of a ZIP file of `size` bytes states. `None` if it has no such end.
fn number_of_files(input: &mut dyn SeekableInput, size: u64) -> io::Result<Option<u64>> {
    input.seek(SeekFrom::Start(size.saturating_sub(TAIL_BYTES)))?;
    let mut tail = Vec::new();
    (&mut *input).take(TAIL_BYTES).read_to_end(&mut tail)?;
    input.rewind()?;
    let at = |sign: &[u8]| memchr::memmem::rfind(&tail, sign);
    let Some(end) = at(b"PK\x05\x06") else { return Ok(None) };
    let short = tail.get(end + 10..end + 12).and_then(|two| two.try_into().ok()).map(u16::from_le_bytes);
    let long = at(b"PK\x06\x06").and_then(|end| tail.get(end + 32..end + 40)?.try_into().ok()).map(u64::from_le_bytes);
    Ok(short.map(|short| if short == u16::MAX { long.unwrap_or(u64::MAX) } else { u64::from(short) }))
}

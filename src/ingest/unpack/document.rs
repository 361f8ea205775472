//! Documents of office programs, which are ZIP files of XML: DOCX and ODT become plain text, a line a paragraph; the
//! chapters of an EPUB are pages. The XML streams through; only the text is kept, up to the size that a text may have.

mod epub;
mod office;
mod rows;

use super::budget::Counted;
use super::{Place, SeekableInput, Unpacker};
use crate::ingest::feed::OWN_ENTITIES;
use crate::ingest::file_kinds::{self, FileKind};
use crate::ingest::plain::MAX_TEXT_BYTES;
use crate::ingest::{UnreadableInput, binary, old_font, title};
use office::{OfficeKind, OfficeStyles};
use std::io::{self, BufReader, Read};
use zip::ZipArchive;

/// Parts of a document beyond this size are cut: text takes a tenth of it, the rest is markup.
const MAX_XML_BYTES: u64 = 64 << 20;
/// What headers and footers say is quoted up to here.
const MAX_QUOTED_CHARS: usize = 200;

/// A document that is a ZIP file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DocumentKind {
    Docx,
    Odt,
    Epub,
    /// One that is not read, with what it is.
    Other(&'static str),
}

/// What a ZIP file with these names is, if it is a document: how a name begins, and what it is a sign of.
const SIGNS: [(&str, DocumentKind); 7] = [
    ("word/document.xml", DocumentKind::Docx),
    ("META-INF/container.xml", DocumentKind::Epub),
    ("xl/workbook", DocumentKind::Other("an Excel table (.xlsx); save it as CSV")),
    ("ppt/", DocumentKind::Other("a PowerPoint presentation (.pptx); save it as plain text (UTF-8)")),
    ("AndroidManifest.xml", DocumentKind::Other("a program; only texts can be read")),
    ("META-INF/MANIFEST.MF", DocumentKind::Other("a program; only texts can be read")),
    ("content.xml", DocumentKind::Odt),
];

/// The kind of document with these names in it. `None` if it is an archive.
pub(super) fn kind_of<'a>(names: impl Iterator<Item = &'a str>) -> Option<DocumentKind> {
    let mut best = SIGNS.len();
    for name in names {
        let found = SIGNS.iter().position(|(sign, _)| name.starts_with(sign)).unwrap_or(best);
        best = best.min(found);
    }
    SIGNS.get(best).map(|(_, kind)| *kind)
}

/// Hands over the text of a document.
pub(super) fn open(
    unpacker: &mut Unpacker<'_>,
    archive: &mut ZipArchive<&mut dyn SeekableInput>,
    kind: DocumentKind,
    place: &Place,
) -> io::Result<()> {
    match kind {
        DocumentKind::Docx => office(unpacker, archive, OfficeKind::Docx, place),
        DocumentKind::Odt => office(unpacker, archive, OfficeKind::Odt, place),
        DocumentKind::Epub => epub::open(unpacker, archive, place),
        DocumentKind::Other(what) => {
            unpacker.problem(place, UnreadableInput::NotText(format!("it looks like {what}")));
            Ok(())
        }
    }
}

fn office(
    unpacker: &mut Unpacker<'_>,
    archive: &mut ZipArchive<&mut dyn SeekableInput>,
    kind: OfficeKind,
    place: &Place,
) -> io::Result<()> {
    let mut styles = OfficeStyles::default();
    for name in kind.style_parts() {
        if let Some(part) = part(unpacker, archive, name)? {
            styles.read(part)?;
        }
    }
    let mut text = String::new();
    for name in kind.text_parts() {
        if let Some(part) = part(unpacker, archive, name)? {
            let added = office::text(part, kind, &mut styles)?;
            if !text.is_empty() && !added.trim().is_empty() {
                text.push('\n');
            }
            text.push_str(&added);
        }
    }
    let mut place = place.clone();
    place.about.is_text = true;
    let around: Vec<String> = archive.file_names().filter(|name| kind.is_header(name)).map(str::to_owned).collect();
    let mut said: Vec<String> = Vec::new();
    for name in around {
        let Some(part) = part(unpacker, archive, &name)? else { continue };
        let words = title::line(&office::text(part, kind, &mut styles)?).unwrap_or_default();
        if words.chars().any(char::is_alphabetic) && !said.contains(&words) {
            said.push(words);
        }
    }
    if !said.is_empty() {
        let said: String = said.join(" · ").chars().take(MAX_QUOTED_CHARS).collect();
        place.about.notes.push(format!("left out of the pages' headers and footers: {said}"));
    }
    place.about.notes.extend(old_font::note(styles.decoded));
    if styles.is_too_deep {
        let why = "its elements are more than 1,000 deep inside of each other; what follows there is not read";
        unpacker.problem(&place, why);
    }
    if styles.has_own_entities {
        unpacker.problem(&place, OWN_ENTITIES);
    }
    if text.len() > MAX_TEXT_BYTES {
        unpacker.problem(&place, UnreadableInput::TooLarge { limit: MAX_TEXT_BYTES });
        return Ok(());
    }
    if !text.chars().any(char::is_alphanumeric) && styles.is_too_deep {
        return Ok(());
    }
    if !text.chars().any(char::is_alphanumeric) {
        let has_pictures = archive.file_names().any(|name| file_kinds::by_name(name) == Some(FileKind::Picture));
        let scan = || UnreadableInput::NotText(binary::NO_TEXT_LAYER.to_owned());
        unpacker.problem(&place, if has_pictures { scan() } else { UnreadableInput::Empty });
        return Ok(());
    }
    unpacker.part(text.into_bytes(), &place);
    Ok(())
}

/// A part of a document, limited in size. `None` if there is no such part.
fn part<'r>(
    unpacker: &Unpacker<'_>,
    archive: &'r mut ZipArchive<&mut dyn SeekableInput>,
    name: &str,
) -> io::Result<Option<Box<dyn io::BufRead + 'r>>> {
    let Some(index) = archive.index_for_name(name) else { return Ok(None) };
    let file =
        archive.by_index(index).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
    let counted = Counted::unpacked(file, &unpacker.budget);
    Ok(Some(Box::new(BufReader::with_capacity(64 << 10, counted.take(MAX_XML_BYTES)))))
}

//! Electronic books: a list of pages in the order of reading. Each page is handed over by itself, as one of a folder
//! would be.

use super::super::{Place, SeekableInput, Unpacker};
use super::part;
use crate::ingest::MAX_DOCUMENT_BYTES;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead, Read};
use zip::ZipArchive;

/// Books of more pages are cut.
const MAX_PAGES: usize = 10_000;

/// Hands over the pages of a book.
pub(super) fn open(
    unpacker: &mut Unpacker<'_>,
    archive: &mut ZipArchive<&mut dyn SeekableInput>,
    place: &Place,
) -> io::Result<()> {
    let mut list = None;
    if let Some(container) = part(unpacker, archive, "META-INF/container.xml")? {
        each_tag(container, |name, tag| {
            if name == "rootfile" && list.is_none() {
                list = value(tag, "full-path");
            }
        })?;
    }
    let list = list.unwrap_or_else(|| "content.opf".to_owned());
    let folder = list.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let (mut files, mut order): (HashMap<String, String>, Vec<String>) = (HashMap::new(), Vec::new());
    if let Some(package) = part(unpacker, archive, &list)? {
        each_tag(package, |name, tag| match name {
            "item" if files.len() < MAX_PAGES => {
                if let (Some(id), Some(file)) = (value(tag, "id"), value(tag, "href")) {
                    files.insert(id, file);
                }
            }
            "itemref" if order.len() < MAX_PAGES => order.extend(value(tag, "idref")),
            _ => {}
        })?;
    }
    if order.is_empty() {
        unpacker.problem(place, "it is not a book that can be read: it has no list of pages");
    }
    let mut read = HashSet::new();
    for id in order {
        let Some(file) = files.get(&id) else { continue };
        let name = [&folder, file.split('#').next().unwrap_or(file)].concat();
        // Chapters may be places in one page. A book that names it ten thousand times is made to cost that much.
        if !read.insert(name.clone()) {
            continue;
        }
        if unpacker.is_stopped {
            break;
        }
        match part(unpacker, archive, &name)? {
            Some(mut page) => {
                let inside = place.inside(&name);
                let mut bytes = Vec::new();
                (&mut page).take(MAX_DOCUMENT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
                drop(page);
                unpacker.page(bytes, &inside);
            }
            None => unpacker.problem(&place.inside(&name), "it is not in the book"),
        }
    }
    Ok(())
}

/// Calls `each` with all tags and their local names.
fn each_tag(part: impl BufRead, mut each: impl FnMut(&str, &BytesStart<'_>)) -> io::Result<()> {
    let mut reader = Reader::from_reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::Start(tag) | Event::Empty(tag)) => each(tag.local_name().as_ref(), &tag),
            Ok(_) => {}
            Err(error) => return Err(io::Error::new(io::ErrorKind::InvalidData, error.to_string())),
        }
    }
}

fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.replace("&amp;", "&"))
}

//! The formats of inputs one by one: deeper than `ingest`, which tries them all on the same bytes.

use super::{sound, sound_all};
use baocao::ingest::{self, ContainerInput, InputFormat, InputHint, Unpacked};
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

fn read(bytes: &[u8], format: InputFormat) {
    sound_all(&ingest::read(bytes, &InputHint { format, encoding: None, name: "" }));
}

/// Reads the bytes as a saved page: its text, its links, and which rules find something on it.
pub fn html(bytes: &[u8]) {
    read(bytes, InputFormat::Html);
    let markup = String::from_utf8_lossy(bytes);
    let _ = (ingest::page_links(&markup), ingest::rules_on_page(&markup));
}

/// Reads the bytes as a feed, as reports and as items of a list, and as a list of feeds (OPML).
pub fn feed(bytes: &[u8]) {
    read(bytes, InputFormat::Feed);
    let text = String::from_utf8_lossy(bytes);
    let _ = (ingest::feed_items(&text).is_ok(), ingest::listed_feeds(&text).len());
}

/// Reads the bytes as JSON, one value or one a line. Each line is read or refused by itself.
pub fn jsonl(bytes: &[u8]) {
    read(bytes, InputFormat::Json);
    let hint = InputHint { format: InputFormat::Jsonl, encoding: None, name: "" };
    let mut lines = 0;
    let _ = ingest::each(bytes, &hint, &mut |found| {
        lines += 1;
        match found {
            Ok(draft) => sound(&draft),
            Err(why) => assert!(!why.to_string().contains(char::is_control), "{why:?}"),
        }
    });
    assert!(lines <= bytes.split(|byte| *byte == b'\n').count(), "{lines} reports");
}

/// Reads the bytes as the text of a document: as the XML of DOCX and ODT, the chapter of an EPUB, a table in one, and
/// as RTF. What is read must be bounded and sound.
pub fn documents(bytes: &[u8]) {
    for names in [
        &["word/document.xml", "word/styles.xml", "word/header1.xml"][..],
        &["content.xml", "styles.xml"],
        &["META-INF/container.xml", "content.opf", "a.xhtml"],
    ] {
        let packed = zipped(names, bytes);
        open(&packed);
    }
    open(&[b"{\\rtf1 ", bytes].concat());
}

/// The bytes under each of these names. An EPUB says where its list of chapters is, unless that is what is tried.
fn zipped(names: &[&str], bytes: &[u8]) -> Vec<u8> {
    let container = br#"<container><rootfiles><rootfile full-path="content.opf"/></rootfiles></container>"#;
    let opf = br#"<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>
        <spine><itemref idref="a"/></spine></package>"#;
    let is_list = bytes.starts_with(b"<package");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in names {
        let part = match *name {
            "META-INF/container.xml" => &container[..],
            "content.opf" if !is_list => &opf[..],
            _ => bytes,
        };
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(*name, options).expect("a part");
        zip.write_all(part).expect("a part");
    }
    zip.finish().expect("a file").into_inner()
}

fn open(bytes: &[u8]) {
    let mut unpacked = 0;
    let _ = ingest::each_part(ContainerInput::File(&mut Cursor::new(bytes), bytes.len() as u64), "a", &mut |found| {
        match found {
            Unpacked::Part(part) => {
                unpacked += part.bytes.len();
                ingest::part_drafts(&part, None, &mut |found| match found {
                    Ok(draft) => sound(&draft),
                    Err(why) => assert!(!why.to_string().contains(char::is_control), "{why:?}"),
                });
            }
            Unpacked::Problem(why) => assert!(!why.contains(char::is_control), "{why:?}"),
            Unpacked::LeftOut(_) => {}
        }
        true
    });
    assert!(unpacked <= bytes.len() * 500 + (32 << 20), "{unpacked} bytes of {}", bytes.len());
}

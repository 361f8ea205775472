//! WARC files, in which crawlers keep pages: each record has a header with an address and a day, and what a server
//! answered. Only whole pages, feeds and texts are handed over; what else was loaded is counted.

use super::{Place, Unpacked, UnpackedPart, Unpacker};
use crate::ingest::file_kinds::FileKind;
use crate::ingest::{MAX_DOCUMENT_BYTES, UnreadableInput};
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, BufReader, Read};

/// A longer header is no header.
const MAX_HEADER_BYTES: u64 = 64 << 10;
/// Beginnings of media types of texts.
const TEXTS: [&str; 6] =
    ["text/html", "application/xhtml", "text/plain", "application/rss", "application/atom", "text/xml"];

/// Opens each record of a WARC file.
pub(super) fn open(unpacker: &mut Unpacker<'_>, input: &mut dyn Read, place: &Place) -> io::Result<()> {
    let mut input = BufReader::with_capacity(64 << 10, input);
    while !unpacker.is_stopped {
        let Some(header) = header(&mut input)? else { return Ok(()) };
        let field = |name: &str| value_of(&header, name);
        let length = field("content-length").and_then(|length| length.parse::<u64>().ok());
        let Some(length) = length.filter(|_| header.starts_with("WARC/")) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its records are broken or cut off"));
        };
        let mut content = input.by_ref().take(length);
        let is_page = field("warc-type").is_some_and(|kind| matches!(kind, "response" | "resource" | "conversion"));
        if is_page {
            page(unpacker, &header, &mut content, place)?;
        }
        io::copy(&mut content, &mut io::sink())?;
    }
    Ok(())
}

/// Hands over the page of a record.
fn page(unpacker: &mut Unpacker<'_>, header: &str, content: &mut dyn Read, place: &Place) -> io::Result<()> {
    let address = value_of(header, "warc-target-uri").unwrap_or_default().trim_matches(['<', '>']).to_owned();
    let media_type = value_of(header, "content-type").unwrap_or_default();
    let mut content = BufReader::new(content);
    // What a server answered has a header of its own; what a program kept has not.
    let http = if media_type.starts_with("application/http") { http_header(&mut content)? } else { String::new() };
    let status = http.split_whitespace().nth(1).unwrap_or("200");
    let media_type = if http.is_empty() { media_type } else { value_of(&http, "content-type").unwrap_or_default() };
    let media_type = media_type.to_ascii_lowercase();
    if status != "200" {
        unpacker.give(Unpacked::LeftOut(FileKind::ErrorPage));
        return Ok(());
    }
    if !TEXTS.iter().any(|text| media_type.starts_with(text)) {
        unpacker.give(Unpacked::LeftOut(FileKind::of_media_type(&media_type)));
        return Ok(());
    }
    let mut inside = place.inside(&address);
    let is_chunked = value_of(&http, "transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"));
    let is_gzip = value_of(&http, "content-encoding").is_some_and(|value| value.eq_ignore_ascii_case("gzip"));
    let mut bytes = Vec::new();
    content.take(MAX_DOCUMENT_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    let bytes = if is_chunked { joined_chunks(&bytes) } else { bytes };
    let bytes = if is_gzip && bytes.starts_with(b"\x1f\x8b") { unzipped(&bytes)? } else { bytes };
    if bytes.len() > MAX_DOCUMENT_BYTES {
        unpacker.problem(&inside, UnreadableInput::TooLarge { limit: MAX_DOCUMENT_BYTES });
        return Ok(());
    }
    inside.about.url = Some(address);
    unpacker.give(Unpacked::Part(UnpackedPart {
        bytes,
        name: inside.path,
        about: inside.about,
        ..UnpackedPart::default()
    }));
    Ok(())
}

/// The next header of a record, without blank lines before it. `None` at the end of the file.
fn header(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut header = Vec::new();
    let mut limited = input.take(MAX_HEADER_BYTES);
    loop {
        let before = header.len();
        let count = limited.read_until(b'\n', &mut header)?;
        let is_blank = header.get(before..).unwrap_or_default().trim_ascii().is_empty();
        match (count, is_blank, before) {
            (0, ..) if header.is_empty() => return Ok(None),
            (0, ..) => break,
            (_, true, 0) => header.clear(),
            (_, true, _) => break,
            _ => {}
        }
    }
    Ok(Some(String::from_utf8_lossy(&header).into_owned()))
}

/// The header of an answer of a server, up to the blank line.
fn http_header(input: &mut impl BufRead) -> io::Result<String> {
    Ok(header(input)?.unwrap_or_default())
}

/// The value of a field of a header; names have no case.
fn value_of<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let fields = header.lines().filter_map(|line| line.split_once(':'));
    fields.filter(|(field, _)| field.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
}

/// The content of chunks: each has its length before it, in hexadecimal digits on a line.
fn joined_chunks(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    while let Some(end) = memchr::memchr(b'\n', rest) {
        let digits = String::from_utf8_lossy(rest.get(..end).unwrap_or_default());
        let length = usize::from_str_radix(digits.split(';').next().unwrap_or_default().trim(), 16).unwrap_or(0);
        rest = rest.get(end + 1..).unwrap_or_default();
        let Some(chunk) = rest.get(..length.min(rest.len())).filter(|chunk| !chunk.is_empty()) else { break };
        out.extend_from_slice(chunk);
        rest = rest.get(chunk.len()..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    // Some crawlers join the chunks and leave the field.
    if out.is_empty() { bytes.to_vec() } else { out }
}

fn unzipped(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    GzDecoder::new(bytes).take(MAX_DOCUMENT_BYTES as u64 + 1).read_to_end(&mut out)?;
    Ok(out)
}

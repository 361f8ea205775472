//! The lines of a file of JSON lines. One line is in memory at a time, in a file of any length. A line that is too
//! long is skipped and reported. What a line contains is left to `record`; other JSON is made into such lines by
//! `json_text`.

use super::{InputFormat, InputHint, MAX_DOCUMENT_BYTES, UnreadableInput, record};
use crate::report::Draft;
use std::io::{self, BufRead};

/// UTF-8's byte order mark.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Whether the bytes begin as a JSON object does.
pub(super) fn may_be_records(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

/// Whether the bytes are JSON lines in UTF-8, judged by the first line that is not blank.
pub(super) fn are_records(bytes: &[u8], hint: &InputHint<'_>) -> bool {
    if hint.encoding.is_some() || !matches!(hint.format, InputFormat::Auto | InputFormat::Jsonl) {
        return false;
    }
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let first = bytes.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let is_utf16 = bytes.iter().take(64).any(|byte| *byte == 0) || bytes.starts_with(b"\xff\xfe");
    let named = hint.format == InputFormat::Jsonl && !is_utf16;
    named || (may_be_records(first) && record::is_record(&String::from_utf8_lossy(first)) && !is_json_feed(first))
}

fn is_json_feed(line: &[u8]) -> bool {
    let head = line.get(..line.len().min(4096)).unwrap_or_default();
    memchr::memmem::find(head, b"jsonfeed.org/version").is_some()
}

/// A line of the input.
pub(super) struct RawLine {
    /// Whether it was longer than a document may be; then its bytes are incomplete.
    pub is_too_long: bool,
    /// Whether the input has ended with it.
    pub is_last: bool,
}

/// Reads all lines; blank ones are skipped.
pub(super) fn each(mut input: impl BufRead, take: &mut dyn FnMut(Result<Draft, UnreadableInput>)) -> io::Result<()> {
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        let line = read_line(&mut input, &mut bytes)?;
        let of_line = |why: UnreadableInput| UnreadableInput::Line { number, why: why.to_string() };
        if line.is_too_long {
            take(Err(of_line(UnreadableInput::TooLarge { limit: MAX_DOCUMENT_BYTES })));
        } else {
            let bytes = if number == 1 { bytes.strip_prefix(BOM).unwrap_or(&bytes) } else { &bytes };
            record::drafts(bytes, &mut |found| take(found.map_err(of_line)));
        }
        if line.is_last {
            break;
        }
    }
    Ok(())
}

/// Appends the next line to `bytes`, without its end. `BufRead::read_until` would hold a line of any length; this
/// stops keeping bytes at the limit and skips to the line's end.
pub(super) fn read_line(input: &mut impl BufRead, bytes: &mut Vec<u8>) -> io::Result<RawLine> {
    let mut is_too_long = false;
    loop {
        let chunk = match input.fill_buf() {
            Ok(chunk) => chunk,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let is_last = chunk.is_empty();
        let line_end = memchr::memchr(b'\n', chunk);
        let part = chunk.get(..line_end.unwrap_or(chunk.len())).unwrap_or_default();
        is_too_long |= bytes.len() + part.len() > MAX_DOCUMENT_BYTES;
        if !is_too_long {
            bytes.extend_from_slice(part);
        }
        let used = part.len() + usize::from(line_end.is_some());
        input.consume(used);
        if line_end.is_some() || is_last {
            return Ok(RawLine { is_too_long, is_last });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Result<String, String>> {
        let mut found = Vec::new();
        let input = io::BufReader::with_capacity(5, bytes);
        each(input, &mut |one| found.push(one.map(|draft| draft.text).map_err(|why| why.to_string()))).unwrap();
        found
    }

    #[test]
    fn a_bad_line_does_not_stop_the_rest() {
        let found = all("\u{feff}{\"text\":\"một hai\"}\r\n\n{oops\n{\"text\":\"ba\"}".as_bytes());
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].as_deref(), Ok("một hai"));
        assert!(found[1].as_ref().is_err_and(|why| why.starts_with("line 3: ")), "{:?}", found[1]);
        assert_eq!(found[2].as_deref(), Ok("ba"));
    }

    #[test]
    fn a_line_too_long_is_skipped_whole() {
        let mut bytes = b"{\"text\":\"".to_vec();
        bytes.resize(MAX_DOCUMENT_BYTES + 2, b'a');
        bytes.extend_from_slice(b"\"}\n{\"text\":\"sau\"}\n");
        let found = all(&bytes);
        assert!(found[0].as_ref().is_err_and(|why| why.contains("larger than")));
        assert_eq!(found[1].as_deref(), Ok("sau"));
        assert_eq!(found.len(), 2);
    }
}

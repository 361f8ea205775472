//! The lines of a file of records, one held at a time, however long the file is. A line longer than a document may be
//! is skipped and told; what a line holds is the business of `jsonl`.

use super::{InputFormat, InputHint, LARGEST, UnreadableInput, jsonl};
use crate::report::Draft;
use std::io::{self, BufRead};

const BOM: &[u8] = b"\xef\xbb\xbf";

/// Whether the bytes begin as a record does.
pub(super) fn may_be_records(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

/// Whether the bytes, in UTF-8, are records, one a line, as far as the first line tells.
pub(super) fn are_records(bytes: &[u8], hint: &InputHint<'_>) -> bool {
    if hint.encoding.is_some() || !matches!(hint.format, InputFormat::Auto | InputFormat::Jsonl) {
        return false;
    }
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let first = bytes.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let is_utf16 = bytes.iter().take(64).any(|byte| *byte == 0) || bytes.starts_with(b"\xff\xfe");
    let named = hint.format == InputFormat::Jsonl && !is_utf16;
    named || (may_be_records(first) && jsonl::is_record(&String::from_utf8_lossy(first)) && !is_json_feed(first))
}

fn is_json_feed(line: &[u8]) -> bool {
    let head = line.get(..line.len().min(4096)).unwrap_or_default();
    memchr::memmem::find(head, b"jsonfeed.org/version").is_some()
}

/// Reads records to the input's end.
pub(super) fn each(mut input: impl BufRead, take: &mut dyn FnMut(Result<Draft, UnreadableInput>)) -> io::Result<()> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let mut too_long = false;
        let ended = loop {
            let chunk = match input.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = memchr::memchr(b'\n', chunk);
            let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
            too_long |= line.len() + part.len() > LARGEST;
            if !too_long {
                line.extend_from_slice(part);
            }
            let (used, empty) = (part.len() + usize::from(end.is_some()), chunk.is_empty());
            input.consume(used);
            if end.is_some() || empty {
                break empty;
            }
        };
        if too_long {
            let why = UnreadableInput::TooLarge { limit: LARGEST }.to_string();
            take(Err(UnreadableInput::Line { number, why }));
        } else {
            let bytes = if number == 1 { line.strip_prefix(BOM).unwrap_or(&line) } else { &line };
            if let Some(found) = jsonl::line(number, bytes) {
                take(found);
            }
        }
        if ended {
            break;
        }
    }
    Ok(())
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
        bytes.resize(LARGEST + 2, b'a');
        bytes.extend_from_slice(b"\"}\n{\"text\":\"sau\"}\n");
        let found = all(&bytes);
        assert!(found[0].as_ref().is_err_and(|why| why.contains("larger than")));
        assert_eq!(found[1].as_deref(), Ok("sau"));
        assert_eq!(found.len(), 2);
    }
}

//! JSON that is no JSON lines: a list of objects, or objects one after the other, indented or not. It is made into
//! JSON lines as it streams by, without being parsed and without holding more than a byte: only the places where an
//! object begins and ends are looked for. Everything else, and the limit of an object's size, is that of JSON lines.
//!
//! ```text
//! [                           {"title": "A",  "text": "…"}⏎
//!   {"title": "A",      ─▶    {"title": "B"}⏎
//!    "text": "…"}, …
//! ```

use super::{InputFormat, InputHint, UnreadableInput, jsonl_lines};
use crate::report::Draft;
use std::io::{self, BufRead, BufReader, Read};

/// UTF-8's byte order mark.
const BOM: &[u8] = b"\xef\xbb\xbf";
/// A name of a key that begins an object ends within this many bytes.
const MAX_KEY_BYTES: usize = 256;

/// Whether the bytes begin as an object or a list of objects in UTF-8 does, and the user has not named another format.
pub(super) fn is_json(bytes: &[u8], hint: &InputHint<'_>) -> bool {
    // In a file that is named so, every line is an object, whatever is wrong with the first.
    let is_lines = [".jsonl", ".ndjson"].iter().any(|ending| hint.name.to_ascii_lowercase().ends_with(ending));
    let is_free = hint.encoding.is_none() && hint.format == InputFormat::Auto && !is_lines;
    let is_feed = || memchr::memmem::find(bytes.get(..4096).unwrap_or(bytes), b"jsonfeed.org/version").is_some();
    // Records in the encoding that the user names are decoded first.
    let is_json = hint.format == InputFormat::Json && (hint.encoding.is_none() || std::str::from_utf8(bytes).is_ok());
    (is_json || (is_free && may_be_json(bytes))) && !bytes.contains(&0) && !is_feed()
}

/// Whether a text begins as an object with a key, or a list of such objects.
pub(super) fn may_be_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes).trim_ascii_start();
    let inside = match bytes.strip_prefix(b"[") {
        Some(list) => list.trim_ascii_start(),
        None => bytes,
    };
    let Some(key) = inside.strip_prefix(b"{").map(<[u8]>::trim_ascii_start) else { return false };
    let key = key.get(..MAX_KEY_BYTES).unwrap_or(key);
    let Some(rest) = key.strip_prefix(b"\"") else { return false };
    let Some(end) = memchr::memchr(b'"', rest) else { return false };
    rest.get(end + 1..).unwrap_or_default().trim_ascii_start().starts_with(b":")
}

/// Reads all objects, as records with a number.
pub(super) fn each(input: impl BufRead, take: &mut dyn FnMut(Result<Draft, UnreadableInput>)) -> io::Result<()> {
    jsonl_lines::each(BufReader::with_capacity(64 << 10, JsonLines::new(input)), &mut |found| {
        take(found.map_err(|why| match why {
            UnreadableInput::Line { number, why } => UnreadableInput::Record { number, why },
            other => other,
        }));
    })
}

/// A reader of JSON that returns each object, or each element of a list, as one line.
pub(super) struct JsonLines<R> {
    input: R,
    /// Made of the input and not yet returned.
    ready: Vec<u8>,
    /// How much of `ready` is returned.
    returned: usize,
    /// The number of open objects and lists, without the list around all.
    depth: usize,
    /// Whether all objects are the elements of one list.
    is_list: Option<bool>,
    is_in_string: bool,
    /// Whether the last byte of a string was a backslash that is not itself escaped.
    is_escaped: bool,
    /// Whether an element has begun that has no end yet.
    is_open: bool,
}

impl<R: BufRead> JsonLines<R> {
    pub fn new(input: R) -> Self {
        Self {
            input,
            ready: Vec::new(),
            returned: 0,
            depth: 0,
            is_list: None,
            is_in_string: false,
            is_escaped: false,
            is_open: false,
        }
    }

    fn take(&mut self, byte: u8) {
        if self.is_in_string {
            return self.take_in_string(byte);
        }
        match byte {
            b'\n' | b'\r' | b'\t' | b' ' if self.is_open => self.ready.push(b' '),
            b'\n' | b'\r' | b'\t' | b' ' => {}
            b'[' if self.is_list.is_none() => self.is_list = Some(true),
            b',' | b']' if self.depth == 0 => self.end(),
            b'{' | b'[' => {
                self.is_list.get_or_insert(false);
                self.open(byte);
                self.depth += 1;
            }
            b'}' | b']' => {
                self.open(byte);
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.end();
                }
            }
            b'"' => {
                self.open(byte);
                self.is_in_string = true;
            }
            _ => self.open(byte),
        }
    }

    fn take_in_string(&mut self, byte: u8) {
        match byte {
            // Not allowed in a string, but written by careless programs; as it is, it would end the line.
            b'\n' => self.ready.extend_from_slice(b"\\n"),
            b'\r' => {}
            b'\t' => self.ready.extend_from_slice(b"\\t"),
            _ => self.ready.push(byte),
        }
        self.is_in_string = byte != b'"' || self.is_escaped;
        self.is_escaped = byte == b'\\' && !self.is_escaped;
    }

    fn open(&mut self, byte: u8) {
        self.is_open = true;
        self.ready.push(byte);
    }

    /// Ends the line of the element that is open.
    fn end(&mut self) {
        if std::mem::take(&mut self.is_open) {
            self.ready.push(b'\n');
        }
    }
}

impl<R: BufRead> Read for JsonLines<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.returned == self.ready.len() {
            self.ready.clear();
            self.returned = 0;
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                return Ok(0);
            }
            // At most twice as long when it is made into a line.
            let chunk = chunk.get(..chunk.len().min(64 << 10)).unwrap_or_default().to_vec();
            self.input.consume(chunk.len());
            let bytes = if self.is_list.is_none() { chunk.strip_prefix(BOM).unwrap_or(&chunk) } else { &chunk };
            for byte in bytes {
                self.take(*byte);
            }
        }
        let rest = self.ready.get(self.returned..).unwrap_or_default();
        let count = rest.len().min(out.len());
        if let (Some(from), Some(to)) = (rest.get(..count), out.get_mut(..count)) {
            to.copy_from_slice(from);
        }
        self.returned += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> String {
        let mut out = String::new();
        let input = BufReader::with_capacity(3, text.as_bytes());
        JsonLines::new(input).read_to_string(&mut out).unwrap();
        out
    }

    #[test]
    fn each_object_is_a_line() {
        assert_eq!(
            lines("\u{feff}[\n {\"a\": [1, {\"b\": \"]},\\\"\"}]},\n\t\"text\", {}\n]\n"),
            "{\"a\": [1, {\"b\": \"]},\\\"\"}]}\n\"text\"\n{}\n"
        );
        assert_eq!(lines("{\n\"a\":\n1}\n{\"b\":2} {}"), "{ \"a\": 1}\n{\"b\":2}\n{}\n");
        assert_eq!(lines("[{\"a\": \"một\nhai\"}"), "{\"a\": \"một\\nhai\"}\n");
        assert_eq!(lines("[{\"a\": \"b"), "{\"a\": \"b");
    }

    #[test]
    fn nothing_else_is_json() {
        for text in ["[1] Nghị quyết", "{x}", "{\"a\"}", "", "[", "{ \"a", "[\"a\"]"] {
            assert!(!may_be_json(text.as_bytes()), "{text}");
        }
        for text in ["[ {\"a\" :1}]", "\u{feff}\n{\n\"a\":1}"] {
            assert!(may_be_json(text.as_bytes()), "{text}");
        }
    }
}

//! Bytes to characters. Tried in this order: the encoding that the user names, a byte order mark, UTF-16 by its pattern
//! of NULs, UTF-8, the encoding that the file declares, UTF-8 with damage (bad bytes become U+FFFD, with a note).
//! Nothing else is guessed, because a wrong guess would be saved as text: other bytes are refused with the encoding
//! that they probably have.

pub(super) mod legacy;

use super::{UnreadableInput, binary, prefix};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use legacy::Legacy;

/// An encoding is declared within this many first bytes.
const DECLARATION_BYTES: usize = 4096;
/// An old encoding is looked for in this many first bytes.
const SAMPLE_BYTES: usize = 1 << 16;
/// Up to one invalid sequence in this many bytes is damage; more is another encoding.
const BYTES_PER_DAMAGE: usize = 100;
/// Number of common words by which an old encoding must beat the bytes as they are, for bytes that are not UTF-8.
const MIN_WORDS_FOR_BYTES: usize = 2;
/// The same number for valid UTF-8: that text can be read, so more proof is needed to refuse it.
const MIN_WORDS_FOR_UTF8: usize = 5;
/// The name of an unknown encoding is quoted up to here.
const MAX_NAME_CHARS: usize = 40;

/// A text and what was repaired in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DecodedText {
    /// The text, without byte order mark.
    pub text: String,
    /// What was repaired, in plain words.
    pub notes: Vec<String>,
}

/// Decodes `bytes`; `asked` is the name of the encoding if the user gave one.
pub(super) fn decode(bytes: &[u8], asked: Option<&str>) -> Result<DecodedText, UnreadableInput> {
    if let Some(name) = asked {
        return decode_asked(bytes, name);
    }
    if let Some(what) = binary::looks_like(bytes) {
        return Err(UnreadableInput::NotText(what));
    }
    if let Some(encoding) = Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or_else(|| utf16_by_pattern(bytes)) {
        return Ok(decode_as(bytes, encoding));
    }
    if binary::is_mostly_control(bytes) {
        return Err(UnreadableInput::NotText("most of it is control characters; only text can be read".to_owned()));
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        // Text of an old font that was converted to UTF-8 as if its bytes were Western European letters.
        let legacy = legacy::western_bytes(prefix(text, SAMPLE_BYTES))
            .and_then(|bytes| legacy::likely(&bytes, MIN_WORDS_FOR_UTF8));
        return match legacy {
            Some(name) => Err(UnreadableInput::Legacy(name)),
            None => Ok(DecodedText { text: text.to_owned(), notes: Vec::new() }),
        };
    }
    if let Some(encoding) = declared(bytes).filter(|encoding| *encoding != UTF_8) {
        return Ok(decode_as(bytes, encoding));
    }
    if is_damaged_utf8(bytes) {
        return Ok(decode_as(bytes, UTF_8));
    }
    Err(legacy::likely(bytes, MIN_WORDS_FOR_BYTES)
        .map_or_else(|| UnreadableInput::NotText(NOT_UTF8.to_owned()), UnreadableInput::Legacy))
}

/// What to do about bytes in no known encoding.
const NOT_UTF8: &str = "its bytes are no UTF-8; if it is text, save it as UTF-8, or name its encoding with --encoding";

/// Whether `decode` knows an encoding of that name.
pub(super) fn knows(name: &str) -> bool {
    Legacy::by_name(name).is_some() || Encoding::for_label(name.trim().as_bytes()).is_some()
}

/// Decodes from the encoding that the user named, even if the bytes look like another one. Text of an old font that was
/// saved as UTF-8 is turned back into its bytes first.
fn decode_asked(bytes: &[u8], name: &str) -> Result<DecodedText, UnreadableInput> {
    let Some(legacy) = Legacy::by_name(name) else {
        return Encoding::for_label(name.trim().as_bytes())
            .map(|encoding| decode_as(bytes, encoding))
            .ok_or_else(|| UnreadableInput::UnknownEncoding(name.chars().take(MAX_NAME_CHARS).collect()));
    };
    let western = std::str::from_utf8(bytes).ok().filter(|text| !text.is_ascii()).and_then(legacy::western_bytes);
    let text = legacy.decode(western.as_deref().unwrap_or(bytes));
    Ok(DecodedText { text, notes: vec![format!("decoded from {}", legacy.name())] })
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> DecodedText {
    let (text, used, damaged) = encoding.decode(bytes);
    let mut notes = Vec::new();
    if damaged {
        notes.push(format!("bytes that are no {} are shown as �", used.name()));
    } else if used != UTF_8 {
        notes.push(format!("decoded from {}", used.name()));
    }
    DecodedText { text: text.into_owned(), notes }
}

/// UTF-16 without byte order mark: in most letters one byte of the two is NUL, always the same one. At least 40 % of
/// one half must be NUL and at most 2 % of the other: Vietnamese has many letters above U+00FF, which have no NUL.
fn utf16_by_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) || memchr::memchr(0, bytes).is_none() {
        return None;
    }
    let nuls_from = |first: usize| bytes.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (nuls_from(0), nuls_from(1));
    let pairs = bytes.len() / 2;
    let many = |count: usize| count * 100 > pairs * 40;
    let few = |count: usize| count * 100 <= pairs * 2;
    if many(odd) && few(even) {
        Some(UTF_16LE)
    } else if many(even) && few(odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding that a page or XML file declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARATION_BYTES.min(bytes.len())).unwrap_or_default().to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    if !head.trim_start().starts_with('<') {
        return None;
    }
    let value = |key: &str| {
        let rest = head.split_once(key)?.1.trim_start().strip_prefix('=')?.trim_start();
        rest.trim_start_matches(['"', '\'']).split(['"', '\'', ' ', '>', ';', '?', '/']).next()
    };
    let xml = head.trim_start().starts_with("<?xml").then(|| value("encoding")).flatten();
    xml.or_else(|| value("charset")).and_then(|label| Encoding::for_label(label.as_bytes()))
}

/// Whether the bytes are UTF-8 with damage: no more invalid sequences than valid letters outside of ASCII, plus a share
/// of all bytes. A text in a one-byte encoding has invalid sequences only.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut bad, mut good) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad <= good + bytes.len() / BYTES_PER_DAMAGE + 3
}

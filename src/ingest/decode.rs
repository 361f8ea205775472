//! Bytes to characters: byte order mark, then what the file or the user declares, then UTF-8, then UTF-16 by its
//! pattern of NULs. Promises to guess no further: what is neither is refused with its likely name and what to do.
//! A few bad bytes in good UTF-8 become U+FFFD and a note.

pub(super) mod legacy;

use super::{UnreadableInput, binary};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use legacy::Legacy;

/// How far down a declaration may stand, in bytes.
const HEAD: usize = 4096;
/// A share of invalid bytes, one in so many, is damage and not another encoding.
const DAMAGE: usize = 100;
/// Words that must appear for bytes to be taken for an old encoding.
const LEGACY_WORDS: usize = 2;
/// Words that must appear for sound UTF-8 to be taken for one.
const MISTAKEN_WORDS: usize = 5;

/// A text and what was repaired in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct DecodedText {
    /// The text, without byte order mark.
    pub text: String,
    /// What was repaired, in plain words.
    pub notes: Vec<String>,
}

/// Decodes `bytes`; `asked` is the encoding's name where the user gave one.
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
        // Letters of an old font, saved as if they were Western European.
        let legacy = legacy::western_bytes(head(text)).and_then(|bytes| legacy::likely(&bytes, MISTAKEN_WORDS));
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
    Err(legacy::likely(bytes, LEGACY_WORDS)
        .map_or_else(|| UnreadableInput::NotText(NOT_UTF8.to_owned()), UnreadableInput::Legacy))
}

/// What to do about bytes that are nothing known.
const NOT_UTF8: &str = "its bytes are no UTF-8; if it is text, save it as UTF-8, or name its encoding with --encoding";

/// Whether `decode` knows an encoding of that name.
pub(super) fn knows(name: &str) -> bool {
    Legacy::by_name(name).is_some() || Encoding::for_label(name.trim().as_bytes()).is_some()
}

/// Decodes as the user says, whatever the bytes look like.
fn decode_asked(bytes: &[u8], name: &str) -> Result<DecodedText, UnreadableInput> {
    let Some(legacy) = Legacy::by_name(name) else {
        return Encoding::for_label(name.trim().as_bytes())
            .map(|encoding| decode_as(bytes, encoding))
            .ok_or_else(|| UnreadableInput::UnknownEncoding(name.chars().take(40).collect()));
    };
    let western = std::str::from_utf8(bytes).ok().filter(|text| !text.is_ascii()).and_then(legacy::western_bytes);
    let text = legacy.decode(western.as_deref().unwrap_or(bytes));
    Ok(DecodedText { text, notes: vec![format!("decoded from {}", legacy.name())] })
}

/// The first letters of a text, enough to know its encoding by.
fn head(text: &str) -> &str {
    let mut end = text.len().min(1 << 16);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
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

/// UTF-16 without byte order mark: every other byte of most letters is NUL.
fn utf16_by_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) || memchr::memchr(0, bytes).is_none() {
        return None;
    }
    let nuls = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (nuls(0), nuls(1), bytes.len() / 2);
    let many = |count: usize| count * 100 > pairs * 40;
    let few = |count: usize| count * 100 <= pairs * 2;
    match (even, odd) {
        (even, odd) if many(odd) && few(even) => Some(UTF_16LE),
        (even, odd) if many(even) && few(odd) => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that a page or XML file says it has.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default().to_ascii_lowercase();
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

/// Whether the bytes are UTF-8 but for a few: fewer bad places than good letters outside ASCII, or hardly any at all.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut bad, mut good) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad <= good + bytes.len() / DAMAGE + 3
}

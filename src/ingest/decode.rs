//! Bytes to characters: byte order mark, then what the file or the user declares, then UTF-8, then UTF-16 by its
//! pattern of NULs. Promises to guess no further: what is neither is refused with its likely name and what to do.
//! A few bad bytes in good UTF-8 become U+FFFD and a note.

use super::{Unreadable, binary};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How far down a declaration may stand, in bytes.
const HEAD: usize = 4096;
/// A share of invalid bytes, one in so many, is damage and not another encoding.
const DAMAGE: usize = 20;

/// A text and what was repaired in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// What was repaired, in plain words.
    pub notes: Vec<String>,
}

/// Decodes `bytes`; `asked` is the encoding's name where the user gave one.
pub(super) fn decode(bytes: &[u8], asked: Option<&str>) -> Result<Decoded, Unreadable> {
    if let Some(name) = asked {
        let encoding = Encoding::for_label(name.trim().as_bytes())
            .ok_or_else(|| Unreadable::UnknownEncoding(name.chars().take(40).collect()))?;
        return Ok(decode_as(bytes, encoding));
    }
    if let Some(what) = binary::looks_like(bytes) {
        return Err(Unreadable::NotText(what));
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(decode_as(bytes, encoding));
    }
    if let Some(encoding) = utf16_by_pattern(bytes) {
        return Ok(decode_as(bytes, encoding));
    }
    if binary::is_mostly_control(bytes) {
        return Err(Unreadable::NotText("most of it is control characters; only text can be read".to_owned()));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), notes: Vec::new() });
    }
    if let Some(encoding) = declared(bytes).filter(|encoding| *encoding != UTF_8) {
        return Ok(decode_as(bytes, encoding));
    }
    if is_damaged_utf8(bytes) {
        return Ok(decode_as(bytes, UTF_8));
    }
    Err(Unreadable::NotText(
        "its bytes are no UTF-8; if it is text in an old encoding, save it as UTF-8, or name the encoding with --encoding"
            .to_owned(),
    ))
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, used, damaged) = encoding.decode(bytes);
    let mut notes = Vec::new();
    if damaged {
        notes.push(format!("bytes that are no {} are shown as �", used.name()));
    } else if used != UTF_8 {
        notes.push(format!("decoded from {}", used.name()));
    }
    Decoded { text: text.into_owned(), notes }
}

/// UTF-16 without byte order mark: every other byte of most letters is NUL.
fn utf16_by_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
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
    bad <= good + bytes.len() / DAMAGE / 5 + 3
}

//! Bytes to characters. UTF-8 and UTF-16 prove themselves; the encoding that the user names, or the file declares, is
//! for bytes that are neither. Old Vietnamese encodings, and text that went through a wrong one, are found out by what
//! they make of the bytes (`old_encoding`): if it is Vietnamese beyond doubt it is taken, with a note of how sure that
//! is. If there is doubt, the bytes are refused with the encoding that they probably have: a wrong guess would be
//! saved as text.

pub(super) mod legacy;
mod mojibake;
mod old_encoding;
mod score;
mod viqr;

use super::{UnreadableInput, binary, prefix};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};
use legacy::Legacy;
use old_encoding::{EncodingGuess, FoundEncoding};
use score::SyllableScore;

/// An encoding is declared within this many first bytes.
const DECLARATION_BYTES: usize = 4096;
/// Signs of another encoding are looked for in this many first bytes.
const SAMPLE_BYTES: usize = 1 << 16;
/// Up to one invalid sequence in this many bytes is damage; more is another encoding.
const BYTES_PER_DAMAGE: usize = 100;
/// The name of an unknown encoding is quoted up to here.
const MAX_NAME_CHARS: usize = 40;
/// Valid UTF-8 is refused for an old encoding only if so many more of its words would be common ones.
const MIN_COMMON_FOR_UTF8: usize = 5;
/// Letters that were turned back count only if more of the words are syllables by then, by this share in percent.
const MIN_GAIN_PERCENT: usize = 10;

/// A text and what was repaired in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct DecodedText {
    /// The text, without byte order mark.
    pub text: String,
    /// What was repaired, in plain words.
    pub notes: Vec<String>,
    /// The old encoding that all of it was decoded from.
    pub legacy: Option<Legacy>,
}

/// Decodes `bytes`; `asked` is the name of the encoding if the user gave one. It is used only for bytes that it can be
/// true of: a folder may hold files of several encodings.
pub(super) fn decode(bytes: &[u8], asked: Option<&str>) -> Result<DecodedText, UnreadableInput> {
    let asked = asked.map(Asked::by_name).transpose()?;
    if let Some(what) = binary::looks_like(bytes) {
        return Err(UnreadableInput::NotText(what));
    }
    if let Some(text) = utf32(bytes) {
        let notes = vec!["decoded from UTF-32".to_owned()];
        return Ok(DecodedText { text, notes, legacy: None });
    }
    if let Some(encoding) = Encoding::for_bom(bytes).map(|(encoding, _)| encoding).or_else(|| utf16_by_pattern(bytes)) {
        return Ok(decode_as(bytes, encoding));
    }
    if let Some(Asked::Web(encoding)) = asked
        && [UTF_16LE, UTF_16BE].contains(&encoding)
    {
        return Ok(decode_as(bytes, encoding));
    }
    if binary::is_mostly_control(bytes) {
        return Err(UnreadableInput::NotText("most of it is control characters; only text can be read".to_owned()));
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return utf8(text, asked);
    }
    match asked {
        Some(Asked::Old(legacy)) => {
            let notes = vec![format!("decoded from {}", legacy.name())];
            Ok(DecodedText { text: legacy.decode(bytes), notes, legacy: Some(legacy) })
        }
        Some(Asked::Web(encoding)) => Ok(decode_as(bytes, encoding)),
        None => unknown(bytes),
    }
}

/// The text of a JSON record.
pub(super) fn record(bytes: &[u8]) -> Result<DecodedText, UnreadableInput> {
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => Ok(undone(text).unwrap_or_else(|| as_it_is(text))),
        Err(_) => unknown(bytes),
    }
}

/// Whether a file is refused only because nobody has said which encoding it is in.
pub(super) fn is_encoding_unknown(why: &UnreadableInput) -> bool {
    matches!(why, UnreadableInput::Legacy(_)) || matches!(why, UnreadableInput::NotText(what) if what == NOT_UTF8)
}

/// An encoding that the user named.
#[derive(Clone, Copy)]
enum Asked {
    Old(Legacy),
    Web(&'static Encoding),
}

impl Asked {
    fn by_name(name: &str) -> Result<Self, UnreadableInput> {
        let web = || Encoding::for_label(name.trim().as_bytes()).map(Self::Web);
        let known = Legacy::by_name(name).map(Self::Old).or_else(web);
        known.ok_or_else(|| UnreadableInput::UnknownEncoding(name.chars().take(MAX_NAME_CHARS).collect()))
    }
}

/// Valid UTF-8: nearly always what it says. It may still have been made of an old encoding by a program that took its
/// bytes for Western European letters, of UTF-8 by the same mistake, or be the ASCII of VIQR.
fn utf8(text: &str, asked: Option<Asked>) -> Result<DecodedText, UnreadableInput> {
    match asked {
        Some(Asked::Web(_)) => Ok(as_it_is(text)),
        Some(Asked::Old(legacy)) => {
            let bytes = if text.is_ascii() { Some(text.as_bytes().to_vec()) } else { western_bytes(text) };
            let decoded = bytes.map(|bytes| legacy.decode(&bytes)).filter(|decoded| is_better(decoded, text));
            if let Some(text) = decoded {
                let notes = vec![format!("decoded from {}", legacy.name())];
                return Ok(DecodedText { text, notes, legacy: Some(legacy) });
            }
            // It is not in that encoding. It may still have been encoded twice.
            Ok(undone(text).unwrap_or_else(|| as_it_is(text)))
        }
        None => Ok(LetterFault::of(text)?.and_then(|fault| fault.repaired(text)).unwrap_or_else(|| as_it_is(text))),
    }
}

fn as_it_is(text: &str) -> DecodedText {
    DecodedText { text: text.to_owned(), ..DecodedText::default() }
}

/// What is wrong with all letters of a text, though it is sound UTF-8.
#[derive(Clone, Copy, Debug)]
pub(super) enum LetterFault {
    /// They were encoded twice.
    EncodedTwice,
    /// They are bytes of an old encoding that a program has taken for Western European letters, or VIQR's ASCII.
    OldEncoding(FoundEncoding),
}

impl LetterFault {
    /// Finds out what is wrong with a text. An error if it is probably in an old encoding.
    pub fn of(text: &str) -> Result<Option<Self>, UnreadableInput> {
        if undone(text).is_some() {
            return Ok(Some(Self::EncodedTwice));
        }
        let sample = prefix(text, SAMPLE_BYTES);
        if sample.is_ascii() {
            let is_viqr = || old_encoding::is_sure(SyllableScore::of(&viqr::decode(sample.as_bytes())));
            let is_found = viqr::is_likely(sample.as_bytes()) && is_viqr();
            return Ok(is_found.then_some(Self::OldEncoding(FoundEncoding::Old(Legacy::Viqr))));
        }
        let guess = western_bytes(sample).map(|bytes| old_encoding::guess(&bytes));
        // The text can be read as it is, so a guess needs more proof than with bytes that cannot.
        match guess {
            Some(EncodingGuess::Sure(encoding, _)) => Ok(Some(Self::OldEncoding(encoding))),
            Some(EncodingGuess::Probable(name, score))
                if score.common >= SyllableScore::of(text).common + MIN_COMMON_FOR_UTF8 =>
            {
                Err(UnreadableInput::Legacy(name))
            }
            Some(EncodingGuess::Probable(..) | EncodingGuess::None) | None => Ok(None),
        }
    }

    /// A text that may have this fault, without it. `None` if it is no more Vietnamese by then.
    pub fn repaired(self, text: &str) -> Option<DecodedText> {
        match self {
            Self::EncodedTwice => undone(text),
            Self::OldEncoding(encoding) => {
                let decoded = western_bytes(text).map(|bytes| encoding.found(&bytes));
                decoded.filter(|decoded| is_better(&decoded.text, text))
            }
        }
    }
}

/// The text with letters turned back, if that makes more Vietnamese of it.
fn undone(text: &str) -> Option<DecodedText> {
    if !mojibake::is_likely(text) {
        return None;
    }
    let undone = mojibake::undo(text).filter(|undone| is_better(&undone.text, text))?;
    let note = format!("letters that were encoded twice are turned back: {}", undone.letters);
    Some(DecodedText { text: undone.text, notes: vec![note], legacy: None })
}

/// Whether a decoded text is more Vietnamese than what it was made of.
pub(super) fn is_better(decoded: &str, before: &str) -> bool {
    let (decoded, before) = (SyllableScore::of(decoded), SyllableScore::of(before));
    decoded.syllables > before.syllables && decoded.percent() >= before.percent() + MIN_GAIN_PERCENT
}

/// Bytes that are no UTF-8, in an encoding that the user has not named.
fn unknown(bytes: &[u8]) -> Result<DecodedText, UnreadableInput> {
    let declared = declared(bytes).filter(|encoding| *encoding != UTF_8);
    // Letters that are sound UTF-8 in the majority leave no question.
    let damage = Utf8Damage::of(bytes);
    if declared.is_none() && damage.good > damage.bad && damage.is_little(bytes.len()) {
        return Ok(decode_as(bytes, UTF_8));
    }
    let guess = old_encoding::guess(bytes.get(..SAMPLE_BYTES.min(bytes.len())).unwrap_or_default());
    // Many pages in an old encoding declare the Western European one, or none at all that is true.
    if let EncodingGuess::Sure(encoding, score) = guess {
        let declared_score = declared.map(|declared| SyllableScore::of(&declared.decode_without_bom_handling(bytes).0));
        if declared_score.is_none_or(|declared| score.syllables > declared.syllables) {
            return Ok(encoding.found(bytes));
        }
    }
    match (declared, guess) {
        (Some(encoding), _) if encoding != X_USER_DEFINED => Ok(decode_as(bytes, encoding)),
        (_, EncodingGuess::Probable(name, _)) => Err(UnreadableInput::Legacy(name)),
        _ if declared.is_none() && damage.is_little(bytes.len()) => Ok(decode_as(bytes, UTF_8)),
        _ => Err(UnreadableInput::NotText(NOT_UTF8.to_owned())),
    }
}

/// The text in an old encoding that was found out, with a note of how sure that is.
fn found(legacy: Legacy, bytes: &[u8]) -> DecodedText {
    let text = legacy.decode(bytes);
    let sure = sureness(SyllableScore::of(&text));
    DecodedText { text, notes: vec![format!("decoded from {}{sure}", legacy.name())], legacy: Some(legacy) }
}

/// How sure a guess is, as the end of a note.
fn sureness(score: SyllableScore) -> String {
    format!(", as found out: {} % of {} marked words are Vietnamese", score.percent(), score.marked)
}

/// The byte that a Western European encoding has for a character.
pub(super) fn western_byte(c: char) -> Option<u8> {
    mojibake::byte_of(c)
}

/// The bytes of a text that was converted to UTF-8 as if it were Western European, or read as `x-user-defined`. `None`
/// if it has letters that such a mistake cannot produce.
fn western_bytes(text: &str) -> Option<Vec<u8>> {
    if has_vietnamese_letters(text) {
        return None;
    }
    text.chars().map(mojibake::byte_of).collect()
}

/// Whether a text has letters that only Vietnamese has. Nearly every one of its texts in UTF-8 has one of these in its
/// first words, so the check costs next to nothing.
pub(super) fn has_vietnamese_letters(text: &str) -> bool {
    text.chars().any(|c| matches!(c, 'Ạ'..='ỹ'))
}

/// What to do about bytes in no known encoding.
const NOT_UTF8: &str = "its bytes are not UTF-8; if it is text, save it as UTF-8, or name its encoding with --encoding";

/// Whether `decode` knows an encoding of that name.
pub(super) fn knows(name: &str) -> bool {
    Legacy::by_name(name).is_some() || Encoding::for_label(name.trim().as_bytes()).is_some()
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> DecodedText {
    let (text, used, damaged) = encoding.decode(bytes);
    let mut notes = Vec::new();
    if damaged {
        notes.push(format!("bytes that are not {} are shown as �", used.name()));
    } else if used != UTF_8 {
        notes.push(format!("decoded from {}", used.name()));
    }
    DecodedText { text: text.into_owned(), notes, legacy: None }
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
    let value = |tag: &str, key: &str| {
        let rest = tag.split_once(key)?.1.trim_start().strip_prefix('=')?.trim_start();
        let value = rest.trim_start_matches(['"', '\'']).split(['"', '\'', ' ', '>', ';', '?', '/']).next();
        value.map(str::to_owned)
    };
    let xml = head.trim_start().starts_with("<?xml").then(|| value(&head, "encoding")).flatten();
    // Scripts and links have a `charset` as well, which is theirs.
    let of_meta = || head.split("<meta").skip(1).find_map(|rest| value(rest.split('>').next()?, "charset"));
    xml.or_else(of_meta).and_then(|label| Encoding::for_label(label.as_bytes()))
}

/// Text of four bytes a letter, by its byte order mark. `None` if there is none.
fn utf32(bytes: &[u8]) -> Option<String> {
    let is_little = bytes.starts_with(b"\xff\xfe\0\0");
    if !is_little && !bytes.starts_with(b"\0\0\xfe\xff") {
        return None;
    }
    let number = |four: &[u8]| {
        let four: [u8; 4] = four.try_into().unwrap_or_default();
        if is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) }
    };
    let letters = bytes.chunks(4).skip(1).map(|four| char::from_u32(number(four)).unwrap_or('\u{fffd}'));
    Some(letters.collect())
}

/// The letters outside of ASCII of bytes that are not quite UTF-8. A text in a one-byte encoding has invalid sequences
/// only.
struct Utf8Damage {
    good: usize,
    bad: usize,
}

impl Utf8Damage {
    fn of(bytes: &[u8]) -> Self {
        let mut all = Self { good: 0, bad: 0 };
        for chunk in bytes.utf8_chunks() {
            all.good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
            all.bad += usize::from(!chunk.invalid().is_empty());
        }
        all
    }

    /// Whether there are no more invalid sequences than sound letters, plus a share of all bytes.
    fn is_little(&self, bytes: usize) -> bool {
        self.bad <= self.good + bytes / BYTES_PER_DAMAGE + 3
    }
}

#[cfg(test)]
mod tests;

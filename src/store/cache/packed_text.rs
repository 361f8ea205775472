//! The text of a report in its cell: a zstd frame with a dictionary of words that reports share, or plain text if
//! packing does not make it shorter (and in caches of older versions). Texts are packed one by one, so that one can be
//! read without the others; the dictionary makes up for what a common window would save.
//!
//! ```text
//! TEXT  the text itself
//! BLOB  zstd frame: dictionary id 1 │ content size │ blocks │ checksum
//! ```
//!
//! The size is checked before anything is allocated, and the checksum after unpacking; that it is the right text is
//! checked by its id (`load`).

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use std::borrow::Cow;
use std::cell::RefCell;
use std::io;
use std::sync::LazyLock;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// The dictionary of id 1, made by `examples/dictionary.rs`. Caches are written with it: it may never change.
const DICTIONARY: &[u8] = include_bytes!("text.zdict");

/// Compression level. Higher ones take three times as long for a tenth less.
const LEVEL: i32 = 3;

/// In bytes. No text is longer, so what claims to be is damaged. `ingest` takes no text that comes near it.
const MAX_TEXT_BYTES: usize = 16 << 20;

static PACKING: LazyLock<EncoderDictionary<'static>> = LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, LEVEL));
static UNPACKING: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(DICTIONARY));

thread_local! {
    // One each per thread: their tables are larger than most texts, and setting them up takes longer than packing one.
    static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// A text packed; `None` if that does not make it shorter.
pub(in crate::store) fn pack(text: &str) -> Option<Vec<u8>> {
    if text.len() > MAX_TEXT_BYTES {
        return None;
    }
    let packed = PACKER.with_borrow_mut(|packer| {
        let packer = match packer {
            Some(packer) => packer,
            None => packer.insert(new_packer()?),
        };
        packer.compress(text.as_bytes())
    });
    let mut packed = packed.ok().filter(|packed| packed.len() < text.len())?;
    // An import holds many of them until they are written.
    packed.shrink_to_fit();
    Some(packed)
}

fn new_packer() -> io::Result<Compressor<'static>> {
    let mut packer = Compressor::with_prepared_dictionary(&PACKING)?;
    packer.include_checksum(true)?;
    Ok(packer)
}

fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let length = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten()?;
    let length = usize::try_from(length).ok().filter(|length| *length <= MAX_TEXT_BYTES)?;
    let bytes = UNPACKER.with_borrow_mut(|unpacker| {
        let unpacker = match unpacker {
            Some(unpacker) => unpacker,
            None => unpacker.insert(Decompressor::with_prepared_dictionary(&UNPACKING)?),
        };
        unpacker.decompress(packed, length)
    });
    bytes.ok()
}

/// A text in memory as its cell will have it: a large import holds thousands that wait for their transaction, and each
/// takes a third of the room when it is packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) enum WaitingText {
    Plain(String),
    Packed(Vec<u8>),
}

impl WaitingText {
    /// The text packed, if that makes it shorter.
    pub fn packed(text: String) -> Self {
        pack(&text).map_or(Self::Plain(text), Self::Packed)
    }

    /// The text; nothing of it if its memory was damaged.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Plain(text) => Cow::Borrowed(text),
            Self::Packed(packed) => {
                let text = unpack(packed).and_then(|bytes| String::from_utf8(bytes).ok());
                Cow::Owned(text.unwrap_or_default())
            }
        }
    }
}

impl ToSql for WaitingText {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Plain(text) => ValueRef::Text(text.as_bytes()),
            Self::Packed(packed) => ValueRef::Blob(packed),
        }))
    }
}

/// A text to bind: as it is, and packed if that is shorter.
pub(in crate::store) struct TextCell<'a>(pub &'a str, pub Option<&'a [u8]>);

impl ToSql for TextCell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let Self(text, packed) = self;
        Ok(ToSqlOutput::Borrowed(packed.map_or(ValueRef::Text(text.as_bytes()), ValueRef::Blob)))
    }
}

/// A text read from its cell. A damaged one is a conversion error, which becomes `StoreError::Corrupt`.
pub(in crate::store) struct UnpackedText(pub String);

impl FromSql for UnpackedText {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let bytes = UnpackedBytes::column_result(value)?.0;
        let text = simdutf8::basic::from_utf8(&bytes).map_err(|error| FromSqlError::Other(Box::new(error)))?;
        Ok(Self(text.to_owned()))
    }
}

/// The bytes of a text read from its cell, not checked to be UTF-8: a snippet needs only a part.
pub(in crate::store) struct UnpackedBytes(pub Vec<u8>);

impl FromSql for UnpackedBytes {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Blob(packed) => {
                unpack(packed).map(Self).ok_or_else(|| FromSqlError::Other("a packed text is damaged".into()))
            }
            ValueRef::Text(plain) => Ok(Self(plain.to_vec())),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const REPORT: &str =
        "Sáng 26-3, Quân khu 21 tổ chức Hội nghị quân chính. Thiếu tướng Lê Văn Hòa, Tư lệnh dự và chủ trì.";

    fn read(cell: &TextCell<'_>) -> FromSqlResult<String> {
        let cell = cell.to_sql().unwrap();
        let ToSqlOutput::Borrowed(value) = cell else { panic!("no copy") };
        UnpackedText::column_result(value).map(|text| text.0)
    }

    #[test]
    fn the_dictionary_is_the_one_that_caches_are_written_with() {
        let hash = blake3::hash(DICTIONARY).to_hex();
        assert_eq!(hash.as_str(), "561cbaf903ee9cc57dc83cd54aca8c9493b717e311e96d06eede359806f6604e");
        assert_eq!(zstd::zstd_safe::get_dict_id(DICTIONARY).map(std::num::NonZeroU32::get), Some(1));
    }

    #[test]
    fn even_one_sentence_is_packed_well_and_what_gains_nothing_is_left() {
        let packed = pack(REPORT).unwrap();
        assert!(packed.len() * 5 < REPORT.len() * 3, "{} of {}", packed.len(), REPORT.len());
        assert_eq!(pack("x1"), None);
        assert_eq!(pack(""), None);
    }

    #[test]
    fn every_damage_is_noticed() {
        let whole = pack(&REPORT.repeat(3)).unwrap();
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut packed = whole.clone();
                packed[at] ^= 1 << bit;
                // A flag of the head that means nothing may be turned over: the text is what it was.
                assert!(unpack(&packed).is_none_or(|text| text == REPORT.repeat(3).as_bytes()), "byte {at}, bit {bit}");
            }
            assert_eq!(unpack(&whole[..at]), None, "cut off at {at}");
        }
        assert_eq!(unpack(b""), None);
    }

    #[test]
    fn no_more_is_unpacked_than_a_text_may_have() {
        let mut packer = new_packer().unwrap();
        let packed = packer.compress(&vec![b'x'; MAX_TEXT_BYTES + 1]).unwrap();
        assert!(packed.len() < 1 << 16 && unpack(&packed).is_none());
        let most = packer.compress(&vec![b'x'; MAX_TEXT_BYTES]).unwrap();
        assert_eq!(unpack(&most).map(|text| text.len()), Some(MAX_TEXT_BYTES));
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in "[a-zà-ỹ ,.\n]{0,400}|\\PC{0,100}", plain: bool) {
            let packed = pack(&text).filter(|_| !plain);
            prop_assert_eq!(&read(&TextCell(&text, packed.as_deref())).unwrap(), &text);
            let waiting = if plain { WaitingText::Plain(text.clone()) } else { WaitingText::packed(text.clone()) };
            prop_assert_eq!(waiting.text(), text.as_str());
            let ToSqlOutput::Borrowed(cell) = waiting.to_sql().unwrap() else { panic!("no copy") };
            prop_assert_eq!(UnpackedText::column_result(cell).unwrap().0, text);
        }
    }
}

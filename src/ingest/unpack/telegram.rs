//! The `result.json` that Telegram Desktop exports, of one chat or of all: each message with a text is a report, with
//! its day, the chat as the outlet, and the one address in it. Messages about the chat itself are none, and those of a
//! few words are counted. The messages stream by, one at a time in memory, because the export of a channel has many.

use super::{PartAbout, Place, Unpacked, UnpackedPart, Unpacker};
use crate::ingest::file_kinds::FileKind;
use crate::ingest::plain::MAX_TEXT_BYTES;
use crate::ingest::{MAX_DOCUMENT_BYTES, UnreadableInput, publication_day};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::io::{self, BufReader, Read};

/// A message with fewer letters reports nothing.
const MIN_LETTERS: usize = 40;
/// Further addresses behind words are not kept.
const MAX_ADDRESSES: usize = 16;
/// A longer name of a chat is cut.
const MAX_NAME_CHARS: usize = 100;
/// The sorts of chats, as the key `type` gives them.
const CHATS: [&[u8]; 8] = [
    b"\"personal_chat\"",
    b"\"bot_chat\"",
    b"\"saved_messages\"",
    b"\"private_group\"",
    b"\"private_supergroup\"",
    b"\"public_supergroup\"",
    b"\"private_channel\"",
    b"\"public_channel\"",
];

/// Whether a file that begins so is such an export.
pub(super) fn is_export(head: &[u8]) -> bool {
    let has = |words: &[u8]| memchr::memmem::find(head, words).is_some();
    let of_one = || has(b"\"messages\"") && CHATS.iter().any(|chat| has(chat));
    let of_all = || has(b"\"about\"") && has(b"\"personal_information\"");
    head.starts_with(b"{") && (of_one() || of_all())
}

/// Hands over the messages of an export.
pub(super) fn open(unpacker: &mut Unpacker<'_>, input: &mut dyn Read, place: &Place) -> io::Result<()> {
    let input = BoundedStrings { input, since: 0 };
    let mut parser = serde_json::Deserializer::from_reader(BufReader::with_capacity(64 << 10, input));
    let seed = ChatSeed { unpacker, place, depth: 0 };
    seed.deserialize(&mut parser).map_err(|error| match error.io_error_kind() {
        Some(kind) => io::Error::new(kind, error),
        None => io::Error::new(io::ErrorKind::InvalidData, format!("the export of Telegram is not whole: {error}")),
    })
}

/// A message, as far as it matters.
#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    id: i64,
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    text: MessageText,
}

/// The text of a message, with the addresses behind words of it.
#[derive(Default)]
struct MessageText {
    words: String,
    addresses: Vec<String>,
}

impl MessageText {
    /// Adds a piece, while the text is no longer than a report may be.
    fn add(&mut self, words: &str) {
        if self.words.len() + words.len() <= MAX_TEXT_BYTES {
            self.words.push_str(words);
        }
    }
}

impl<'de> Deserialize<'de> for MessageText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut found = Self::default();
        TextSeed(&mut found).deserialize(deserializer)?;
        Ok(found)
    }
}

/// Reads a text: a string, a piece with a meaning, or a list of both. One piece is in memory besides the text.
struct TextSeed<'t>(&'t mut MessageText);

impl<'de> DeserializeSeed<'de> for TextSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TextSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a message")
    }

    fn visit_str<E>(self, words: &str) -> Result<(), E> {
        self.0.add(words);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pieces: A) -> Result<(), A::Error> {
        while pieces.next_element_seed(TextSeed(&mut *self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut piece: A) -> Result<(), A::Error> {
        while let Some(key) = piece.next_key::<String>()? {
            match key.as_str() {
                "text" => piece.next_value_seed(TextSeed(&mut *self.0))?,
                "href" => {
                    let address: String = piece.next_value()?;
                    if self.0.addresses.len() < MAX_ADDRESSES {
                        self.0.addresses.push(address);
                    }
                }
                _ => {
                    piece.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// An input whose strings are no longer than a document may be: the parser holds one whole.
struct BoundedStrings<R> {
    input: R,
    /// Bytes since the last quotation mark.
    since: usize,
}

impl<R: Read> Read for BoundedStrings<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(out)?;
        match memchr::memrchr(b'"', out.get(..count).unwrap_or_default()) {
            Some(at) => self.since = count - at,
            None => self.since += count,
        }
        if self.since > MAX_DOCUMENT_BYTES {
            let why = UnreadableInput::TooLarge { limit: MAX_DOCUMENT_BYTES };
            return Err(io::Error::new(io::ErrorKind::InvalidData, why.to_string()));
        }
        Ok(count)
    }
}

/// Reads a chat, or what holds chats.
struct ChatSeed<'u, 'a> {
    unpacker: &'u mut Unpacker<'a>,
    place: &'u Place,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for ChatSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ChatSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an export of Telegram")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        /// The export of all chats has them two levels deep.
        const MAX_DEPTH: usize = 4;
        let mut name = String::new();
        while let Some(key) = map.next_key::<String>()? {
            let (unpacker, place, depth) = (&mut *self.unpacker, self.place, self.depth + 1);
            match key.as_str() {
                "name" => {
                    let named: Option<String> = map.next_value()?;
                    name = named.unwrap_or_default().chars().take(MAX_NAME_CHARS).collect();
                }
                "messages" => map.next_value_seed(ListSeed { unpacker, place, depth, chat: Some(&name) })?,
                "chats" | "left_chats" if depth < MAX_DEPTH => {
                    map.next_value_seed(ChatSeed { unpacker, place, depth })?;
                }
                "list" if depth < MAX_DEPTH => map.next_value_seed(ListSeed { unpacker, place, depth, chat: None })?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// Reads a list of messages of a chat, or of chats.
struct ListSeed<'u, 'a> {
    unpacker: &'u mut Unpacker<'a>,
    place: &'u Place,
    depth: usize,
    /// The name of the chat whose messages they are.
    chat: Option<&'u str>,
}

impl<'de> DeserializeSeed<'de> for ListSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ListSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of chats or messages")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { unpacker, place, depth, chat } = self;
        loop {
            let Some(chat) = chat else {
                let seed = ChatSeed { unpacker: &mut *unpacker, place, depth };
                if list.next_element_seed(seed)?.is_none() {
                    return Ok(());
                }
                continue;
            };
            if unpacker.is_stopped {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(());
            }
            let Some(message) = list.next_element::<Message>()? else { return Ok(()) };
            if message.kind == "message" && !message.text.words.trim().is_empty() {
                give(unpacker, place, chat, message);
            }
        }
    }
}

/// Hands over a message as a text.
fn give(unpacker: &mut Unpacker<'_>, place: &Place, chat: &str, message: Message) {
    let MessageText { words, addresses } = message.text;
    if words.chars().filter(|c| c.is_alphabetic()).take(MIN_LETTERS).count() < MIN_LETTERS {
        return unpacker.give(Unpacked::LeftOut(FileKind::Message));
    }
    let about = PartAbout {
        url: super::messages::only_address(&words, &addresses),
        published: publication_day::of(&message.date),
        outlet: Some(chat.to_owned()).filter(|chat| !chat.is_empty()),
        is_text: true,
        ..PartAbout::default()
    };
    let name = place.inside(&format!("message {}", message.id)).path;
    unpacker.give(Unpacked::Part(UnpackedPart { bytes: words.into_bytes(), name, about, ..UnpackedPart::default() }));
}

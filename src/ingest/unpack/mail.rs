//! A message of mail, or a page that a browser saved as one (MHTML): its text, subject, day and address, and its
//! attachments, which may be reports as well.

use super::{PartOriginal, Place, Unpacked, Unpacker};
use crate::ingest::UnreadableInput;
use crate::ingest::file_kinds::{self, FileKind};
use crate::ingest::plain::address_in;
use crate::ingest::publication_day;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use memchr::memchr_iter;
use std::io;
use std::ops::Deref;
use std::sync::Arc;

/// Fields in which browsers keep the address of a page that they save.
const ADDRESS_FIELDS: [&str; 2] = ["Snapshot-Content-Location", "Content-Location"];
/// Further attachments of one message are only counted.
const MAX_ATTACHMENTS: usize = 100;

/// Lines that may divide parts from each other, or begin one inside of another, are counted up to here. The library
/// keeps a record of each part, which takes ten times the memory of an empty one.
const MAX_DELIMITERS: usize = 20_000;
/// The field that a part must have to hold others.
const KIND_FIELD: &[u8] = b"content-type";

/// Hands over the text of a message and opens its attachments.
pub(super) fn open(unpacker: &mut Unpacker<'_>, bytes: Vec<u8>, place: &Place) -> io::Result<()> {
    let mut bytes = bytes;
    if let Some(end) = end_of_parts(&bytes) {
        bytes.truncate(end);
        unpacker.problem(place, format_args!("it has more than {MAX_DELIMITERS} parts; those behind are not read"));
    }
    let bytes = Arc::new(bytes);
    let Some(message) = MessageParser::default().parse(bytes.as_slice()).map(ParsedMessage) else {
        unpacker.problem(place, "it is not a message that can be read");
        return Ok(());
    };
    let mut text_place = place.clone();
    let header = |name: &'static str| message.header(name).and_then(HeaderValue::as_text);
    let body_address = message.html_bodies().next().and_then(MimeHeaders::content_location);
    text_place.about.url = ADDRESS_FIELDS.into_iter().find_map(header).or(body_address).and_then(address_in);
    text_place.about.title = message.subject().filter(|words| !has_unknown_letters(words)).map(str::to_owned);
    text_place.about.published = message.date().and_then(|date| publication_day::of_seconds(date.to_timestamp()));
    // Of the same text as markup and plain, markup tells more.
    let is_markup = message.html_part(0).is_some_and(MessagePart::is_text_html);
    let part = if is_markup { message.html_part(0) } else { message.text_part(0) };
    let body = if is_markup { message.body_html(0) } else { message.body_text(0) };
    let has_text = body.as_ref().is_some_and(|body| !body.trim().is_empty());
    if let Some(body) = body.filter(|_| has_text) {
        unpacker.original =
            if unpacker.with_originals { PartOriginal::Document(bytes.clone()) } else { PartOriginal::Unknown };
        let undecoded = part.filter(|_| has_unknown_letters(&body)).and_then(|part| undecoded(part, &bytes));
        unpacker.part(undecoded.unwrap_or_else(|| body.into_owned().into_bytes()), &text_place);
        unpacker.original = PartOriginal::Itself;
    }
    let mut is_any_read = has_text;
    for attachment in message.attachments().take(MAX_ATTACHMENTS) {
        if unpacker.is_stopped {
            return Ok(());
        }
        let kind = attachment.content_type().map(|kind| kind.ctype().to_owned()).unwrap_or_default();
        // What a page shows besides its text: pictures, styles, frames with an address of their own.
        let is_of_page = attachment.content_location().is_some() || attachment.content_id().is_some();
        let name = attachment.attachment_name().unwrap_or_default();
        if is_of_page || name.is_empty() {
            let media_type =
                format!("{kind}/{}", attachment.content_type().and_then(|kind| kind.subtype()).unwrap_or_default());
            unpacker.give(Unpacked::LeftOut(FileKind::of_media_type(&media_type)));
            continue;
        }
        is_any_read |= file_kinds::by_name(name) == Some(FileKind::Read);
        let as_text = attachment.text_contents().filter(|text| has_unknown_letters(text));
        let undecoded = as_text.and_then(|_| undecoded(attachment, &bytes));
        let mut content = undecoded.as_deref().unwrap_or_else(|| attachment.contents());
        unpacker.open_inside(&mut content, &place.inside(name))?;
    }
    if !is_any_read && message.attachment_count() == 0 {
        unpacker.problem(place, UnreadableInput::Empty);
    }
    Ok(())
}

/// Whether the library has not known the letters of a text, which it replaces then: their charset is none that it
/// knows, or none is stated.
fn has_unknown_letters(text: &str) -> bool {
    text.contains('\u{fffd}')
}

/// The bytes of a part as they were written: `ingest` finds out which old encoding they are in.
fn undecoded(part: &MessagePart<'_>, message: &[u8]) -> Option<Vec<u8>> {
    let [start, end] = [part.offset_body, part.offset_end].map(|at| usize::try_from(at).unwrap_or(usize::MAX));
    let sent = message.get(start..end)?;
    match part.encoding {
        Encoding::None => Some(sent.to_vec()),
        Encoding::Base64 => base64_decode(sent),
        Encoding::QuotedPrintable => quoted_printable_decode(sent),
    }
}

/// Where a message has had all the parts that it may have: a part ends at a line that divides, or holds another one by
/// its own `Content-Type`.
fn end_of_parts(bytes: &[u8]) -> Option<usize> {
    let begins_part = |at: &usize| {
        let line = bytes.get(at + 1..).unwrap_or_default();
        line.starts_with(b"--")
            || line.get(..KIND_FIELD.len()).is_some_and(|name| name.eq_ignore_ascii_case(KIND_FIELD))
    };
    memchr_iter(b'\n', bytes).filter(begins_part).nth(MAX_DELIMITERS)
}

/// A message whose nested messages are dropped one after the other. Left to themselves, each would drop the next one
/// inside of it, and some thousand of them, which are one small file, would overflow the stack.
struct ParsedMessage<'x>(Message<'x>);

impl<'x> Deref for ParsedMessage<'x> {
    type Target = Message<'x>;

    fn deref(&self) -> &Message<'x> {
        &self.0
    }
}

impl Drop for ParsedMessage<'_> {
    fn drop(&mut self) {
        let mut parts = std::mem::take(&mut self.0.parts);
        while let Some(part) = parts.pop() {
            if let PartType::Message(mut message) = part.body {
                parts.append(&mut message.parts);
            }
        }
    }
}

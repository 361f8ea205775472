//! Mailboxes: messages of mail one after the other, each behind a line that begins with `From `. One message is in
//! memory at a time; of a larger one the beginning is read, which has the text before the attachments.

use super::container_kind::begins_message;
use super::{Place, Unpacker, mail};
use crate::ingest::MAX_DOCUMENT_BYTES;
use std::io::{self, BufRead, BufReader, Read};

/// A longer line is read in pieces; no line that matters is as long.
const MAX_LINE_BYTES: u64 = 64 << 10;

/// Opens each message of a mailbox.
pub(super) fn open(unpacker: &mut Unpacker<'_>, input: &mut dyn Read, place: &Place) -> io::Result<()> {
    let mut input = BufReader::with_capacity(64 << 10, input);
    let (mut message, mut line) = (Vec::new(), Vec::new());
    let (mut number, mut is_after_blank) = (0_usize, true);
    loop {
        line.clear();
        let count = (&mut input).take(MAX_LINE_BYTES).read_until(b'\n', &mut line)?;
        let begins = is_after_blank && begins_message(&line);
        if count == 0 || begins {
            if !message.is_empty() {
                number += 1;
                let whole = std::mem::take(&mut message);
                mail::open(unpacker, whole, &place.inside(&format!("message {number}")))?;
            }
            if count == 0 || unpacker.is_stopped {
                return Ok(());
            }
        } else if message.len() < MAX_DOCUMENT_BYTES {
            // A line of a text that begins so has a mark before it.
            let quoted = line.iter().take_while(|byte| **byte == b'>').count();
            let is_quoted = quoted > 0 && line.get(quoted..).is_some_and(|rest| rest.starts_with(b"From "));
            message.extend_from_slice(line.get(usize::from(is_quoted)..).unwrap_or_default());
        }
        is_after_blank = line.trim_ascii().is_empty();
    }
}

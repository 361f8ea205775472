//! Turns what the terminal sends into events: bytes through the decoder, or the ready events of systems that have them
//! (Windows). It defines how long to wait for the rest of an incomplete key; reading and waiting are up to `system`.

use super::decode::{KeyDecoder, PendingInput};
use super::{Sender, TerminalEvent};
use crate::system::KeySink;
use crossterm::event::{self, KeyEventKind};
use std::time::Duration;

/// How long to wait after ESC for the rest of a sequence. A longer wait would suit slower lines, but the Esc key itself
/// acts only after it, and 50 ms are not felt as a delay.
const SILENCE_AFTER_ESCAPE: Duration = Duration::from_millis(50);
/// How long to wait for the rest of a sequence that has certainly begun.
const SILENCE_IN_SEQUENCE: Duration = Duration::from_millis(500);
/// How long to wait for the rest of a paste before what follows counts as typing.
const SILENCE_IN_PASTE: Duration = Duration::from_secs(3);

/// Decodes what the terminal sends, and sends the events on.
pub(super) struct TerminalReader {
    decoder: KeyDecoder,
    events: Vec<TerminalEvent>,
    send: Sender,
}

impl TerminalReader {
    /// Creates a reader that passes its events to `send`, those of one read together.
    pub fn new(send: Sender) -> Self {
        Self { decoder: KeyDecoder::default(), events: Vec::new(), send }
    }

    /// Sends the complete events. Returns `false` if the main loop has ended.
    fn hand_on(&mut self) -> bool {
        self.events.is_empty() || (self.send)(std::mem::take(&mut self.events))
    }
}

impl KeySink for TerminalReader {
    fn timeout(&self) -> Option<Duration> {
        match self.decoder.waits() {
            PendingInput::Not => None,
            PendingInput::AfterEscape => Some(SILENCE_AFTER_ESCAPE),
            PendingInput::InSequence => Some(SILENCE_IN_SEQUENCE),
            PendingInput::InPaste => Some(SILENCE_IN_PASTE),
        }
    }

    fn bytes(&mut self, bytes: &[u8]) -> bool {
        if let Some(first) = bytes.first() {
            self.decoder.begin_read(*first, &mut self.events);
        }
        self.decoder.feed(bytes, &mut self.events);
        self.hand_on()
    }

    fn silence(&mut self) -> bool {
        self.decoder.flush(&mut self.events);
        self.hand_on()
    }

    // Releases of keys, focus changes and the mouse mean nothing to the reader.
    fn event(&mut self, event: event::Event) -> bool {
        match event {
            event::Event::Key(key) if key.kind != KeyEventKind::Release => (self.send)(vec![TerminalEvent::Key(key)]),
            event::Event::Paste(text) => (self.send)(vec![TerminalEvent::Paste(text)]),
            event::Event::Resize(columns, lines) => (self.send)(vec![TerminalEvent::Resize(columns, lines)]),
            _ => true,
        }
    }
}

//! What the terminal sends, made into events: bytes through the decoder, or the events of systems that have them. Knows
//! how long the rest of a key may take; reading and waiting are left to `system`.

use super::decode::{KeyDecoder, PendingInput};
use super::{Sender, TerminalEvent};
use crate::system::KeySink;
use crossterm::event::{self, KeyEventKind};
use std::time::Duration;

/// How long after ESC the rest of a sequence may take on a slow line; the key itself is felt to wait no longer.
const SILENCE_AFTER_ESCAPE: Duration = Duration::from_millis(50);
/// How long the rest of a sequence may take once it has surely begun.
const SILENCE_IN_SEQUENCE: Duration = Duration::from_millis(500);
/// How long the rest of a paste may take, before what follows is taken for typing.
const SILENCE_IN_PASTE: Duration = Duration::from_secs(3);

/// Takes what comes and sends events.
pub(super) struct TerminalReader {
    decoder: KeyDecoder,
    events: Vec<TerminalEvent>,
    send: Sender,
}

impl TerminalReader {
    /// A reader that sends its events to `send`, those of one read together.
    pub fn new(send: Sender) -> Self {
        Self { decoder: KeyDecoder::default(), events: Vec::new(), send }
    }

    /// Sends what is complete; `false` when nobody listens.
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

    // Releases, focus and mouse are of no interest.
    fn event(&mut self, event: event::Event) -> bool {
        match event {
            event::Event::Key(key) if key.kind != KeyEventKind::Release => (self.send)(vec![TerminalEvent::Key(key)]),
            event::Event::Paste(text) => (self.send)(vec![TerminalEvent::Paste(text)]),
            event::Event::Resize(columns, lines) => (self.send)(vec![TerminalEvent::Resize(columns, lines)]),
            _ => true,
        }
    }
}

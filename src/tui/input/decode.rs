//! Decodes the bytes of a terminal into keys and pastes, in the order in which they came. Every sequence ends: at its
//! final byte, at the first byte that cannot belong to it, or after a pause (`flush`). Sequences that mean nothing here
//! (late answers, mouse and focus reports, strings) are dropped whole and never taken for typing. Reading bytes, and
//! deciding how long a pause is, is left to `read` and the platform.
//!
//! Why not crossterm's decoder? Its event types are used, but what this one promises depends on the bytes themselves:
//! * a burst of an input method (letters, Backspaces, composed letters in one read) becomes one batch of events, which
//!   the loop draws once;
//! * a paste is one event of at most `PASTE_BYTES`, also if its end never comes or comes in pieces;
//! * Alt with a key and a lone ESC are distinguished by whether they came in one read (`begin_read`) or after a pause,
//!   also if the key is a letter of several bytes;
//! * a broken or hostile sequence is dropped and takes no more memory than `SEQUENCE_BYTES`.

use super::TerminalEvent;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// How many parameter bytes of a control sequence are kept; no key needs more.
const SEQUENCE_BYTES: usize = 64;
/// The most of a paste that is kept: it goes to one line of input.
const PASTE_BYTES: usize = 1 << 20;
/// What ends a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum DecoderState {
    #[default]
    Ground,
    /// After ESC: the key, Alt with a key, or a sequence.
    Escape,
    Control,
    /// After `ESC [ [`: function keys of the Linux console.
    Console,
    Single,
    /// Old mouse reports: that many bytes more.
    Skip(u8),
    /// After `ESC ]`, `ESC P`, `ESC _`, `ESC ^`, `ESC X`: up to BEL or `ESC \`.
    Text,
    /// After an ESC in such a string.
    TextEscape,
    /// Between `ESC [ 200 ~` and `ESC [ 201 ~`.
    Paste,
}

/// What is incomplete, which decides how long to wait for the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PendingInput {
    /// Nothing is incomplete, or half a UTF-8 letter is: only its next byte can complete it.
    Not,
    /// A lone ESC: the key itself, or the first byte of a sequence.
    AfterEscape,
    /// The beginning of a sequence, which is no key by itself.
    InSequence,
    /// A paste, whose parts may come far apart over a slow line.
    InPaste,
}

/// The state of the decoder between two bytes.
#[derive(Debug, Default)]
pub struct KeyDecoder {
    state: DecoderState,
    /// Parameters of a sequence, the beginning of a string, text of a paste, or the first bytes of a letter.
    held: Vec<u8>,
    /// Whether ESC stood before the letter in `held`.
    alt: bool,
}

impl KeyDecoder {
    /// Takes bytes as they come, in pieces of any size, and adds the events they complete.
    pub fn feed(&mut self, bytes: &[u8], events: &mut Vec<TerminalEvent>) {
        for byte in bytes {
            self.take(*byte, events);
        }
    }

    /// A new read begins, with `first`. Terminals send Alt with a key in one write; so an ESC that came alone is the
    /// key, however soon the next one comes, unless what follows can be the rest of a sequence that broke on its way.
    pub fn begin_read(&mut self, first: u8, events: &mut Vec<TerminalEvent>) {
        if self.state == DecoderState::Escape && !matches!(first, b'[' | b'O' | b']' | b'P') {
            self.flush(events);
        }
    }

    /// What is incomplete, so that the caller knows how long to wait for the rest.
    pub fn waits(&self) -> PendingInput {
        match self.state {
            DecoderState::Ground => PendingInput::Not,
            DecoderState::Escape => PendingInput::AfterEscape,
            DecoderState::Paste => PendingInput::InPaste,
            _ => PendingInput::InSequence,
        }
    }

    /// Nothing came for a while: a lone ESC is the key, a paste is what came of it, half a sequence is dropped. Half a
    /// letter goes on waiting: its bytes come apart on a slow line, and nothing else can begin with them.
    pub fn flush(&mut self, events: &mut Vec<TerminalEvent>) {
        match self.state {
            DecoderState::Ground => return,
            DecoderState::Escape => events.push(key(KeyCode::Esc, KeyModifiers::NONE)),
            DecoderState::Control if self.held.is_empty() => events.push(key(KeyCode::Char('['), KeyModifiers::ALT)),
            DecoderState::Single => events.push(key(KeyCode::Char('O'), KeyModifiers::ALT | KeyModifiers::SHIFT)),
            DecoderState::Text if self.held.len() == 1 => {
                events.extend(self.held.iter().map(|byte| typed(char::from(*byte), KeyModifiers::ALT)));
            }
            DecoderState::Paste => self.paste(events),
            _ => {}
        }
        self.rest();
    }

    fn rest(&mut self) {
        self.state = DecoderState::Ground;
        self.held.clear();
        self.alt = false;
    }

    fn take(&mut self, byte: u8, events: &mut Vec<TerminalEvent>) {
        match self.state {
            DecoderState::Ground => self.ground(byte, events),
            DecoderState::Escape => self.escape(byte, events),
            DecoderState::Control => self.control(byte, events),
            DecoderState::Console => {
                self.rest();
                if let b'A'..=b'E' = byte {
                    events.push(key(KeyCode::F(byte - b'A' + 1), KeyModifiers::NONE));
                }
            }
            DecoderState::Single => {
                self.rest();
                if byte == 0x1b {
                    self.state = DecoderState::Escape;
                } else {
                    events.extend(letter_key(byte).map(|code| key(code, KeyModifiers::NONE)));
                }
            }
            DecoderState::Skip(left) if left > 1 => self.state = DecoderState::Skip(left - 1),
            DecoderState::Skip(_) => self.rest(),
            DecoderState::Text => match byte {
                0x1b => self.state = DecoderState::TextEscape,
                0x07 | 0x18 | 0x1a => self.rest(),
                _ if self.held.len() == 1 => self.held.push(byte),
                _ => {}
            },
            DecoderState::TextEscape if byte == b'\\' => self.rest(),
            DecoderState::TextEscape => {
                self.rest();
                self.state = DecoderState::Escape;
                self.escape(byte, events);
            }
            DecoderState::Paste => {
                self.held.push(byte);
                if self.held.ends_with(PASTE_END) {
                    self.held.truncate(self.held.len() - PASTE_END.len());
                    self.paste(events);
                    self.rest();
                } else if self.held.len() > PASTE_BYTES + PASTE_END.len() {
                    // Keep the newest bytes, so that the end of the paste is still recognized beyond the limit.
                    self.held.remove(PASTE_BYTES);
                }
            }
        }
    }

    fn paste(&self, events: &mut Vec<TerminalEvent>) {
        let kept = self.held.get(..PASTE_BYTES).unwrap_or(&self.held);
        events.push(TerminalEvent::Paste(String::from_utf8_lossy(kept).into_owned()));
    }

    fn ground(&mut self, byte: u8, events: &mut Vec<TerminalEvent>) {
        if byte >= 0x80 {
            return self.letter(byte, events);
        }
        self.break_off();
        let alt = std::mem::take(&mut self.alt);
        if byte == 0x1b {
            self.state = DecoderState::Escape;
        } else {
            let (code, modifiers) = ascii(byte);
            events.push(key(code, if alt { modifiers | KeyModifiers::ALT } else { modifiers }));
        }
    }

    /// A letter that broke off is no letter, and the ESC before it belongs to no other.
    fn break_off(&mut self) {
        if !self.held.is_empty() {
            self.rest();
        }
    }

    /// A byte of a letter beyond ASCII.
    fn letter(&mut self, byte: u8, events: &mut Vec<TerminalEvent>) {
        if byte >= 0xc0 {
            self.break_off();
        }
        self.held.push(byte);
        match std::str::from_utf8(&self.held) {
            Ok(letter) => {
                let modifiers = if self.alt { KeyModifiers::ALT } else { KeyModifiers::NONE };
                events.extend(letter.chars().filter(|c| !c.is_control()).map(|c| typed(c, modifiers)));
                self.rest();
            }
            Err(error) if error.error_len().is_some() => self.rest(),
            Err(_) => {}
        }
    }

    fn escape(&mut self, byte: u8, events: &mut Vec<TerminalEvent>) {
        match byte {
            b'[' => self.state = DecoderState::Control,
            b'O' => self.state = DecoderState::Single,
            b']' | b'P' | b'_' | b'^' | b'X' => {
                self.state = DecoderState::Text;
                self.held.push(byte);
            }
            0x1b => events.push(key(KeyCode::Esc, KeyModifiers::NONE)),
            _ => {
                self.state = DecoderState::Ground;
                self.alt = true;
                self.ground(byte, events);
            }
        }
    }

    fn control(&mut self, byte: u8, events: &mut Vec<TerminalEvent>) {
        match byte {
            b'[' if self.held.is_empty() => self.state = DecoderState::Console,
            b'M' if self.held.is_empty() => self.state = DecoderState::Skip(3),
            0x20..=0x3f => {
                if self.held.len() < SEQUENCE_BYTES {
                    self.held.push(byte);
                }
            }
            b'~' if self.held == b"200" => {
                self.held.clear();
                self.state = DecoderState::Paste;
            }
            0x40..=0x7e => {
                events.extend(sequence(&self.held, byte));
                self.rest();
            }
            // ESC begins a new sequence; any other byte cannot belong to this one and is a key of its own.
            _ => {
                self.rest();
                self.ground(byte, events);
            }
        }
    }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> TerminalEvent {
    TerminalEvent::Key(KeyEvent::new(code, modifiers))
}

/// A letter as typed: Shift is said of capitals.
fn typed(c: char, modifiers: KeyModifiers) -> TerminalEvent {
    let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    key(KeyCode::Char(c), modifiers | shift)
}

fn control(letter: u8) -> (KeyCode, KeyModifiers) {
    (KeyCode::Char(char::from(letter)), KeyModifiers::CONTROL)
}

/// A byte below 0x80 that is not ESC.
fn ascii(byte: u8) -> (KeyCode, KeyModifiers) {
    match byte {
        b'\r' | b'\n' => (KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => (KeyCode::Tab, KeyModifiers::NONE),
        // Which of the two the key sends differs between terminals.
        0x08 | 0x7f => (KeyCode::Backspace, KeyModifiers::NONE),
        0 => control(b' '),
        0x01..=0x1a => control(byte - 1 + b'a'),
        0x1b..=0x1f => control(byte - 0x1c + b'4'),
        b'A'..=b'Z' => (KeyCode::Char(char::from(byte)), KeyModifiers::SHIFT),
        _ => (KeyCode::Char(char::from(byte)), KeyModifiers::NONE),
    }
}

/// Keys by the last byte of `ESC [ … x` and `ESC O x`.
fn letter_key(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'E' => KeyCode::KeypadBegin,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}

/// Keys by the number in `ESC [ n ~`.
fn number_key(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F((number - 10) as u8),
        17..=21 => KeyCode::F((number - 11) as u8),
        23..=26 => KeyCode::F((number - 12) as u8),
        28 | 29 => KeyCode::F((number - 15) as u8),
        31..=34 => KeyCode::F((number - 17) as u8),
        _ => return None,
    })
}

/// Keys by their code in `ESC [ code u`: Unicode, or the private numbers of the keypad (kitty's keyboard protocol).
fn code_key(code: u32) -> Option<KeyCode> {
    const KEYPAD: [KeyCode; 28] = {
        use KeyCode::{Char, Delete, Down, End, Enter, Home, Insert, Left, PageDown, PageUp, Right, Up};
        [
            Char('0'),
            Char('1'),
            Char('2'),
            Char('3'),
            Char('4'),
            Char('5'),
            Char('6'),
            Char('7'),
            Char('8'),
            Char('9'),
            Char('.'),
            Char('/'),
            Char('*'),
            Char('-'),
            Char('+'),
            Enter,
            Char('='),
            Char(','),
            Left,
            Right,
            Up,
            Down,
            PageUp,
            PageDown,
            Home,
            End,
            Insert,
            Delete,
        ]
    };
    Some(match code {
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        57_427 => KeyCode::KeypadBegin,
        57_399..=57_426 => *KEYPAD.get((code - 57_399) as usize)?,
        // Other private numbers are modifiers and media keys.
        57_344..=63_743 => return None,
        _ => KeyCode::Char(char::from_u32(code).filter(|c| !c.is_control())?),
    })
}

/// What `ESC [ parameters last` means.
fn sequence(parameters: &[u8], last: u8) -> Option<TerminalEvent> {
    let parameters = std::str::from_utf8(parameters).ok()?;
    let mut fields = parameters.split(';').map(|field| {
        let mut parts = field.split(':').map(|part| if part.is_empty() { Some(1) } else { part.parse::<u32>().ok() });
        (parts.next().flatten(), parts.next().flatten())
    });
    // A field that is no number is a private sequence: an answer or a report, not a key.
    let number = fields.next()?.0?;
    let (bits, kind) = fields.next().unwrap_or((Some(1), None));
    let third = fields.next();
    if kind == Some(3) {
        // A release.
        return None;
    }
    let modifiers = modifiers(bits?);
    let code = match last {
        b'~' if number == 27 => code_key(third?.0?)?,
        b'~' => number_key(number)?,
        b'u' => code_key(number)?,
        b'Z' => return Some(key(KeyCode::BackTab, modifiers | KeyModifiers::SHIFT)),
        // Reports of the mouse and of the cursor's place, though R is F3 with Shift as well.
        b'M' | b'R' => return None,
        _ => letter_key(last)?,
    };
    match code {
        KeyCode::Char(c) if modifiers.contains(KeyModifiers::SHIFT) => {
            Some(key(KeyCode::Char(c.to_uppercase().next()?), modifiers))
        }
        KeyCode::Char(c) => Some(typed(c, modifiers)),
        KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => Some(key(KeyCode::BackTab, modifiers)),
        code => Some(key(code, modifiers)),
    }
}

/// One more than the bits.
fn modifiers(number: u32) -> KeyModifiers {
    const BITS: [KeyModifiers; 6] = [
        KeyModifiers::SHIFT,
        KeyModifiers::ALT,
        KeyModifiers::CONTROL,
        KeyModifiers::SUPER,
        KeyModifiers::HYPER,
        KeyModifiers::META,
    ];
    let bits = number.saturating_sub(1);
    BITS.into_iter().enumerate().filter(|(n, _)| bits >> n & 1 == 1).map(|(_, modifier)| modifier).collect()
}

#[cfg(test)]
mod tests;

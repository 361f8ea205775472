//! Decodes the bytes of a terminal into keys and pastes, in the order in which they came. Every sequence ends: at its
//! final byte, at the first byte that cannot belong to it, or after a pause (`flush`). Sequences that mean nothing here
//! (late answers, reports of the mouse in older forms, of the focus, strings) are dropped whole and never mistaken for
//! typing. Reading bytes and deciding how long a pause is are up to `read` and the platform.
//!
//! It is a state machine that takes one byte at a time, so bytes may be split between reads at any point:
//!
//! ```text
//! Ground ─┬ byte ─▶ key
//!         └ ESC ─▶ Escape ─┬ '[' ─▶ Control ─┬ final byte ─▶ key
//!                          │                 └ '[' ─▶ Console, 'M' ─▶ Skip, "200~" ─▶ Paste
//!                          ├ 'O' ─▶ Single ─ any byte ─▶ key
//!                          ├ ']' 'P' '_' '^' 'X' ─▶ Text ─ BEL or ESC '\' ─▶ dropped
//!                          └ any other byte ─▶ Alt with that key
//! ```
//!
//! Why not crossterm's decoder? Its event types are used, but what this one promises depends on the bytes themselves:
//! * a burst of an input method (letters, Backspaces, composed letters in one read) becomes one batch of events, which
//!   the loop draws once;
//! * a paste is one event of at most `PASTE_BYTES`, also if its end never comes or comes in pieces;
//! * Alt with a key, and Esc followed by that key, are the same bytes. They are distinguished by whether these came in
//!   one read (`begin_read`) or after a pause, also if the key is a letter of several bytes;
//! * a broken or hostile sequence is dropped and takes no more memory than `SEQUENCE_BYTES`.

use super::TerminalEvent;
use crate::tui::message::{MouseInput, MouseKind};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Position;

/// The number of parameter bytes of a control sequence that are kept; no key needs more.
const SEQUENCE_BYTES: usize = 64;
/// The number of bytes of a paste that are kept: several times what the longest note has, so that one that is too long
/// is told with its whole text kept.
pub const PASTE_BYTES: usize = 8 << 20;
/// The sequence that ends a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// The kind of sequence that the next byte belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum DecoderState {
    #[default]
    Ground,
    /// After ESC: the key, Alt with a key, or a sequence.
    Escape,
    /// After `ESC [` (CSI): parameter bytes, then a final byte.
    Control,
    /// After `ESC [ [`: function keys of the Linux console.
    Console,
    /// After `ESC O` (SS3): one byte names the key.
    Single,
    /// After `ESC [ M`, an old mouse report: this many bytes of it are still to come.
    Skip(u8),
    /// After `ESC ]`, `ESC P`, `ESC _`, `ESC ^`, `ESC X`: a string up to BEL or `ESC \`.
    Text,
    /// After an ESC in such a string.
    TextEscape,
    /// Between `ESC [ 200 ~` and `ESC [ 201 ~`.
    Paste,
}

/// What is incomplete. It decides how long to wait for the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PendingInput {
    /// Nothing is incomplete, or only a UTF-8 letter, which is waited for without limit: see `flush`.
    Not,
    /// A lone ESC: the key itself, or the first byte of a sequence.
    AfterEscape,
    /// The beginning of a sequence, which is no key by itself.
    InSequence,
    /// A paste. On a slow line there may be long pauses between its parts.
    InPaste,
}

/// The state of the decoder between two bytes.
#[derive(Debug, Default)]
pub struct KeyDecoder {
    state: DecoderState,
    /// The parameters of a sequence, the first two bytes of a string (after ESC), the text of a paste, or the first
    /// bytes of a letter, depending on `state`.
    held: Vec<u8>,
    /// Whether an ESC came before the letter in `held`.
    alt: bool,
}

impl KeyDecoder {
    /// Decodes the next bytes, which may be split at any point, and appends the events that they complete.
    pub fn feed(&mut self, bytes: &[u8], events: &mut Vec<TerminalEvent>) {
        for byte in bytes {
            self.take(*byte, events);
        }
    }

    /// Must be called at the beginning of each read, with its `first` byte. Terminals send Alt with a key in one write;
    /// so an ESC at the end of the last read is the Esc key, however soon the next byte comes, unless that byte can
    /// continue a sequence that was split on its way.
    pub fn begin_read(&mut self, first: u8, events: &mut Vec<TerminalEvent>) {
        if self.state == DecoderState::Escape && !matches!(first, b'[' | b'O' | b']' | b'P') {
            self.flush(events);
        }
    }

    /// What is incomplete, so that the caller knows how long to wait before it calls `flush`.
    pub fn waits(&self) -> PendingInput {
        match self.state {
            DecoderState::Ground => PendingInput::Not,
            DecoderState::Escape => PendingInput::AfterEscape,
            DecoderState::Paste => PendingInput::InPaste,
            _ => PendingInput::InSequence,
        }
    }

    /// Must be called after a pause. A lone ESC becomes the Esc key, `ESC [`, `ESC O` and the like become Alt with a
    /// key, a paste ends with what has come of it, and any other incomplete sequence is dropped. An incomplete letter
    /// is kept: on a slow line its bytes may come apart, and they cannot begin anything else.
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

    /// Returns to the state between two sequences, and drops what is incomplete.
    fn rest(&mut self) {
        self.state = DecoderState::Ground;
        self.held.clear();
        self.alt = false;
    }

    /// Decodes one byte by the current state.
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
                // The content is dropped. Two bytes are kept so that `flush` can distinguish a string from Alt with
                // the key that began it, after which nothing came.
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
                    // Beyond the limit only the newest bytes are kept, behind the text, to recognize the end of the
                    // paste. At most a few bytes are moved, since the removed one is that close to the end.
                    self.held.remove(PASTE_BYTES);
                }
            }
        }
    }

    /// Appends the paste in `held`, without what is beyond the limit. Bytes that are not UTF-8 become U+FFFD.
    fn paste(&self, events: &mut Vec<TerminalEvent>) {
        let kept = self.held.get(..PASTE_BYTES).unwrap_or(&self.held);
        events.push(TerminalEvent::Paste(String::from_utf8_lossy(kept).into_owned()));
    }

    /// Decodes a byte that is in no sequence, with Alt if an ESC came before it.
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

    /// Drops a letter that is incomplete, together with the ESC before it, which must not apply to the next key.
    fn break_off(&mut self) {
        if !self.held.is_empty() {
            self.rest();
        }
    }

    /// Decodes a byte of a letter beyond ASCII. The letter is complete as soon as `held` is valid UTF-8.
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
            // `error_len` is `None` if more bytes could complete the letter.
            Err(error) if error.error_len().is_some() => self.rest(),
            Err(_) => {}
        }
    }

    /// Decodes the byte after an ESC.
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

    /// Decodes a byte after `ESC [`: 0x20–0x3f are parameters and intermediates, 0x40–0x7e end the sequence (ECMA-48).
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
            b'M' | b'm' if self.held.first() == Some(&b'<') => {
                events.extend(mouse(&self.held, byte == b'm').map(TerminalEvent::Mouse));
                self.rest();
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

/// A letter as typed, with Shift if it is a capital.
fn typed(c: char, modifiers: KeyModifiers) -> TerminalEvent {
    let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    key(KeyCode::Char(c), modifiers | shift)
}

fn control(letter: u8) -> (KeyCode, KeyModifiers) {
    (KeyCode::Char(char::from(letter)), KeyModifiers::CONTROL)
}

/// The key of a byte below 0x80 that is not ESC.
fn ascii(byte: u8) -> (KeyCode, KeyModifiers) {
    match byte {
        b'\r' | b'\n' => (KeyCode::Enter, KeyModifiers::NONE),
        b'\t' => (KeyCode::Tab, KeyModifiers::NONE),
        // Terminals differ in which of the two the Backspace key sends.
        0x08 | 0x7f => (KeyCode::Backspace, KeyModifiers::NONE),
        0 => control(b' '),
        0x01..=0x1a => control(byte - 1 + b'a'),
        0x1b..=0x1f => control(byte - 0x1c + b'4'),
        b'A'..=b'Z' => (KeyCode::Char(char::from(byte)), KeyModifiers::SHIFT),
        _ => (KeyCode::Char(char::from(byte)), KeyModifiers::NONE),
    }
}

/// The key that the final byte `x` of `ESC [ … x` or `ESC O x` names.
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

/// The key of the number in `ESC [ n ~`. The gaps between the function keys are those of the VT220.
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

/// The key of the code in `ESC [ code u`: a Unicode character, or a private number of the keypad (kitty's keyboard
/// protocol).
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

/// The event of the sequence `ESC [ parameters last`; `None` if it is no key. The parameters are numbers:
///
/// ```text
/// number ; 1 + modifier bits : event type ; code      event type 3 is a release
/// ```
fn sequence(parameters: &[u8], last: u8) -> Option<TerminalEvent> {
    let parameters = std::str::from_utf8(parameters).ok()?;
    let mut fields = parameters.split(';').map(|field| {
        let mut parts = field.split(':').map(|part| if part.is_empty() { Some(1) } else { part.parse::<u32>().ok() });
        (parts.next().flatten(), parts.next().flatten())
    });
    // A first field that is no number belongs to a private sequence: an answer or a report, not a key.
    let number = fields.next()?.0?;
    let (bits, kind) = fields.next().unwrap_or((Some(1), None));
    let third = fields.next();
    if kind == Some(3) {
        // The key was released.
        return None;
    }
    let modifiers = modifiers(bits?);
    let code = match last {
        b'~' if number == 27 => code_key(third?.0?)?,
        b'~' => number_key(number)?,
        b'u' => code_key(number)?,
        b'Z' => return Some(key(KeyCode::BackTab, modifiers | KeyModifiers::SHIFT)),
        // Reports of the mouse (M) and of the cursor position (R). Some terminals send R for F3 with a modifier too,
        // which cannot be distinguished.
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

/// The report of the mouse in `ESC [ < button ; column ; line M`, or `m` when a button was released. Bit 5 of the
/// button is for movement, bit 6 for the wheel; column and line are counted from 1. `None` if it is about another
/// button.
fn mouse(parameters: &[u8], released: bool) -> Option<MouseInput> {
    let mut numbers = std::str::from_utf8(parameters.get(1..)?).ok()?.split(';').map(|part| part.parse::<u16>().ok());
    let (button, column, line) = (numbers.next()??, numbers.next()??, numbers.next()??);
    // Shift, Alt and Ctrl are bits 2 to 4 and make no difference.
    let kind = match (button & !0b1_1100, released) {
        (0, true) => MouseKind::Release,
        (0, false) => MouseKind::Press,
        (32, _) => MouseKind::Drag,
        (64, _) => MouseKind::WheelUp,
        (65, _) => MouseKind::WheelDown,
        _ => return None,
    };
    Some(MouseInput { kind, at: Position::new(column.checked_sub(1)?, line.checked_sub(1)?) })
}

/// The modifiers of a parameter, which is one more than their bits.
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

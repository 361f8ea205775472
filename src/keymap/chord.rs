//! One key with its modifiers, in the notation of the keymap: `j`, `Ctrl-d`, `PageDown`. Terminals report some keys in
//! several ways; this module maps them to one.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// One key with its modifiers. Shift is not among them: it is part of the character (`G`) or of the key (`Shift-Tab`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chord {
    pub code: KeyCode,
    pub ctrl: bool,
    pub alt: bool,
}

/// The keys that have a name. Vietnamese keyboards have the same names on them, so they are not translated.
const NAMED: &[(&str, KeyCode)] = &[
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Shift-Tab", KeyCode::BackTab),
    ("Space", KeyCode::Char(' ')),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
    ("F1", KeyCode::F(1)),
    ("F2", KeyCode::F(2)),
    ("F3", KeyCode::F(3)),
    ("F4", KeyCode::F(4)),
    ("F5", KeyCode::F(5)),
    ("F6", KeyCode::F(6)),
    ("F7", KeyCode::F(7)),
    ("F8", KeyCode::F(8)),
    ("F9", KeyCode::F(9)),
    ("F10", KeyCode::F(10)),
    ("F11", KeyCode::F(11)),
    ("F12", KeyCode::F(12)),
];

impl Chord {
    /// The names of the keys that type no character, and of the space bar.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMED.iter().map(|row| row.0)
    }

    /// Parses a chord in the notation of the keymap. `None` if it is misspelt.
    pub fn parse(written: &str) -> Option<Self> {
        let mut rest = written;
        let (mut ctrl, mut alt) = (false, false);
        if let Some(after) = rest.strip_prefix("Ctrl-") {
            (rest, ctrl) = (after, true);
        }
        if let Some(after) = rest.strip_prefix("Alt-") {
            (rest, alt) = (after, true);
        }
        let mut letters = rest.chars();
        let code = match (letters.next(), letters.next()) {
            (Some(c), None) => KeyCode::Char(c),
            _ => NAMED.iter().find(|(name, _)| *name == rest)?.1,
        };
        Some(Self { code, ctrl, alt })
    }

    /// The chord of a terminal's event.
    pub fn of(event: &KeyEvent) -> Self {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        match (event.code, ctrl) {
            // Byte 0x08 is both Ctrl-h and, in many terminals, Backspace.
            (KeyCode::Char('h'), true) => Self { code: KeyCode::Backspace, ctrl: false, alt },
            // Ctrl-/, Ctrl-_ and Ctrl-7 all send byte 0x1f.
            (KeyCode::Char('7' | '_'), true) => Self { code: KeyCode::Char('/'), ctrl, alt },
            (KeyCode::Char(c), true) => Self { code: KeyCode::Char(c.to_ascii_lowercase()), ctrl, alt },
            (KeyCode::Tab, _) if event.modifiers.contains(KeyModifiers::SHIFT) => {
                Self { code: KeyCode::BackTab, ctrl, alt }
            }
            (code, _) => Self { code, ctrl, alt },
        }
    }

    /// The chord in the notation of the keymap; empty for a key that has no notation.
    pub fn written(self) -> String {
        let name = match (NAMED.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => (*name).to_owned(),
            (None, KeyCode::Char(c)) => c.to_string(),
            (None, KeyCode::F(n)) => format!("F{n}"),
            _ => return String::new(),
        };
        format!("{}{}{name}", if self.ctrl { "Ctrl-" } else { "" }, if self.alt { "Alt-" } else { "" })
    }

    /// The character that this key types. `None` if it types none.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Whether this is a letter key without Control or Alt: such a key may be swallowed or composed by an input method.
    pub fn is_letter(self) -> bool {
        self.typed().is_some_and(char::is_alphabetic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_reported_in_several_ways_is_one_chord() {
        let event = |code, modifiers| Chord::of(&KeyEvent::new(code, modifiers));
        let ctrl = KeyModifiers::CONTROL;
        assert_eq!(Some(event(KeyCode::Char('7'), ctrl)), Chord::parse("Ctrl-/"));
        assert_eq!(Some(event(KeyCode::Char('h'), ctrl)), Chord::parse("Backspace"));
        assert_eq!(Some(event(KeyCode::Char('D'), ctrl)), Chord::parse("Ctrl-d"));
        assert_eq!(Some(event(KeyCode::Char('G'), KeyModifiers::SHIFT)), Chord::parse("G"));
        assert_eq!(Some(event(KeyCode::Tab, KeyModifiers::SHIFT)), Chord::parse("Shift-Tab"));
        assert_eq!(Chord::parse("Strg-x"), None);
        for written in ["F6", "F12", "Ctrl-/", "Alt-b", "Ctrl-Left", "G", "Space"] {
            assert_eq!(Chord::parse(written).map(Chord::written).as_deref(), Some(written));
        }
    }
}

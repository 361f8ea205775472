//! The built-in input method: typing Vietnamese on plain keys, one key at a time. Each key becomes an edit of the text
//! before the cursor. Knows only the word at the cursor; the caller calls `forget` whenever the cursor moves.

use super::{Method, decode};

/// The edit that a key makes before the cursor: first the deletion, then the insertion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyEdit {
    /// The number of characters to delete before the cursor.
    pub delete: usize,
    pub insert: String,
}

/// The word that is being typed at the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSyllable {
    method: Method,
    /// All keys of the word, decoded anew after each one, because a later key can change an earlier letter. After
    /// Backspace: the composed letters that remain, since it is unknown which keys made them.
    keys: String,
    /// The composed word that is now before the cursor.
    written: String,
}

impl TypedSyllable {
    /// An input method at the beginning of a word.
    pub fn new(method: Method) -> Self {
        Self { method, ..Self::default() }
    }

    /// Handles a character key. One that cannot be part of a word ends the word and is inserted unchanged.
    pub fn feed(&mut self, key: char) -> KeyEdit {
        let digit = key.is_ascii_digit() && self.method == Method::Vni && !self.keys.is_empty();
        if !key.is_alphabetic() && !digit {
            self.forget();
            return KeyEdit { delete: 0, insert: key.to_string() };
        }
        self.keys.push(key);
        let next = decode(&self.keys, self.method).unwrap_or_else(|| self.keys.clone());
        let same = self.written.chars().zip(next.chars()).take_while(|(a, b)| a == b).count();
        let edit = KeyEdit { delete: self.written.chars().count() - same, insert: next.chars().skip(same).collect() };
        self.written = next;
        edit
    }

    /// Handles Backspace: deletes the last letter with its marks.
    pub fn backspace(&mut self) -> KeyEdit {
        self.written.pop();
        self.keys.clone_from(&self.written);
        KeyEdit { delete: 1, insert: String::new() }
    }

    /// Ends the word: the next key begins another.
    pub fn forget(&mut self) {
        self.keys.clear();
        self.written.clear();
    }
}

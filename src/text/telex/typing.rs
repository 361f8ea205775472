//! The built-in input method: typing Vietnamese on plain keys, one key at a time. Each key becomes an edit of the text
//! before the cursor. Knows only the word at the cursor; the caller calls `forget` whenever the cursor moves.

use super::{Method, decode};

/// The edit that a key makes before the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyEdit {
    /// How many characters before the cursor to delete.
    pub delete: usize,
    /// What to insert then.
    pub insert: String,
}

/// The word at the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSyllable {
    method: Method,
    /// The keys of the word; after Backspace the composed letters that remain.
    keys: String,
    /// What the keys have composed.
    written: String,
}

impl TypedSyllable {
    /// An input method at the beginning of a word.
    pub fn new(method: Method) -> Self {
        Self { method, ..Self::default() }
    }

    /// Handles a character key. One that belongs to no word ends the word and is inserted as it is.
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

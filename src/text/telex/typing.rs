//! Typing Vietnamese on plain keys, one key at a time: each key becomes an edit of the text before the cursor.
//! Knows only the word under the cursor; whoever moves the cursor calls `forget`.

use super::{Method, decode};

/// What a key does to the text before the cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyEdit {
    /// How many characters before the cursor go away.
    pub delete: usize,
    /// What is written in their place.
    pub insert: String,
}

/// The word being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSyllable {
    method: Method,
    /// The keys of this word; letters that were composed before a Backspace stand as they are.
    keys: String,
    /// What they wrote.
    written: String,
}

impl TypedSyllable {
    /// Ready to type with `method`.
    pub fn new(method: Method) -> Self {
        Self { method, ..Self::default() }
    }

    /// A character key.
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

    /// The Backspace key: the last letter goes, with its marks.
    pub fn backspace(&mut self) -> KeyEdit {
        self.written.pop();
        self.keys.clone_from(&self.written);
        KeyEdit { delete: 1, insert: String::new() }
    }

    /// The cursor went elsewhere: the next key begins a word.
    pub fn forget(&mut self) {
        self.keys.clear();
        self.written.clear();
    }
}

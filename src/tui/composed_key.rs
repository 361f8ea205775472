//! Decodes a composed letter that arrives in place of a command key. An input method turns a letter and the next key
//! into a composed letter (`o`, then `j`, becomes `ọ`). By then the first letter has already been handled as a command,
//! so the composed one stands for the second key alone. This is the reverse of the built-in typing of
//! `text::telex::input_method`.

use crate::text::fold::fold_char;
use crate::text::telex::{Method, keys_of};

/// Composed letters that a single key types: in full Telex `[` types `ơ`. `ư` is typed by `w` in most methods and by
/// `]` in a few; `w` is assumed.
const ALONE: &[(char, char)] = &[('ơ', '['), ('ư', 'w'), ('Ơ', '{'), ('Ư', 'W')];

/// The key that an input method turned into `letter`. `before` is the last letter that was a command, if any; it counts
/// only if `letter` is composed from it. `None` if no method composes `letter`.
pub fn key_of(before: Option<char>, letter: char) -> Option<char> {
    let base = fold_char(letter);
    let after = before.filter(|b| fold_char(*b) == base);
    if after.is_none()
        && let Some((_, key)) = ALONE.iter().find(|(composed, _)| *composed == letter)
    {
        return Some(*key);
    }
    // If the letter before is unknown, it must have been the base letter itself (`o` for `ọ`).
    let before = after.unwrap_or(if letter.is_uppercase() { base.to_ascii_uppercase() } else { base });
    [Method::Telex, Method::Vni]
        .into_iter()
        .find_map(|method| keys_of(&before.to_string(), &letter.to_string(), method))
        .and_then(|keys| keys.chars().next_back())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_one_after_the_letter() {
        assert_eq!(key_of(Some('o'), 'ọ'), Some('j'));
        assert_eq!(key_of(Some('d'), 'đ'), Some('d'));
        assert_eq!(key_of(None, 'ụ'), Some('j'));
        assert_eq!(key_of(Some('u'), 'ư'), Some('w'));
    }

    #[test]
    fn letters_of_one_key_are_that_key_again() {
        assert_eq!(key_of(None, 'ư'), Some('w'));
        assert_eq!(key_of(Some('j'), 'Ư'), Some('W'));
        assert_eq!(key_of(Some('j'), 'Ơ'), Some('{'));
    }
}

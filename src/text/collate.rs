//! Vietnamese alphabetical order (docs/domain.md §6.3): letters first (a ă â … d đ e ê … o ô ơ … u ư … y), then tones
//! in dictionary order (ngang, huyền, hỏi, ngã, sắc, nặng), then capitals. A text becomes a key of bytes; keys are
//! compared byte by byte, so any sort and any index can use them.
//!
//! ```text
//! Hà An      h a ␣ a n 0 tones 1 2 1 1 0 capitals 2 1 2 1        the first difference decides: letters of the whole
//! Hạ An      h a ␣ a n 0 tones 1 6 1 1 0 capitals 2 1 2 1        text first, tones only between equal letters
//! ```
//!
//! The 0 between the parts is less than the first byte of every letter, so a text comes before its continuations.

use super::tone_marks::split_tone;

/// The letters in order; Latin letters that Vietnamese does not have are at their Latin positions.
const LETTERS: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
/// The tone marks in order. The level tone comes before them and has no mark.
const TONES: &str = "\u{300}\u{309}\u{303}\u{301}\u{323}";

/// The sort key of `text`.
pub fn key(text: &str) -> Vec<u8> {
    let mut letters = Vec::with_capacity(text.len() * 2 + 2);
    let (mut tones, mut capitals) = (Vec::new(), Vec::new());
    for c in text.chars() {
        let lower = c.to_lowercase().next().unwrap_or(c);
        let (letter, tone) = if lower.is_ascii() { (lower, None) } else { split_tone(lower) };
        match LETTERS.chars().position(|l| l == letter) {
            // Byte values: 1 separates words; 2 introduces a digit and 200 a letter of another alphabet, each followed
            // by its code point; Vietnamese letters are 16 and up, between the two.
            Some(place) => letters.push(16 + place as u8),
            None if letter.is_alphanumeric() => {
                letters.push(if letter.is_ascii_digit() { 2 } else { 200 });
                letters.extend_from_slice(&u32::from(letter).to_be_bytes());
            }
            None => {
                if letters.last().is_some_and(|l| *l != 1) {
                    letters.push(1);
                }
                continue;
            }
        }
        let place = tone.and_then(|tone| TONES.chars().position(|t| t == tone));
        tones.push(place.map_or(1, |place| 2 + place as u8));
        capitals.push(1 + u8::from(c != lower));
    }
    letters.push(0);
    letters.append(&mut tones);
    letters.push(0);
    letters.append(&mut capitals);
    letters
}

/// The sort key of a person's name: given name, then surname and middle names (docs/domain.md §2.1).
pub fn name_key(name: &str) -> Vec<u8> {
    let name = name.trim();
    match name.rsplit_once(char::is_whitespace) {
        Some((before, given)) => key(&format!("{given} {before}")),
        None => key(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut words: Vec<&str>, by: fn(&str) -> Vec<u8>) -> Vec<&str> {
        words.reverse();
        words.sort_by_key(|w| by(w));
        words
    }

    #[test]
    fn letters_before_tones_before_capitals() {
        for order in [
            vec!["Dung", "Dùng", "Dủng", "Dũng", "Dúng", "Dụng", "Duy", "Đi"],
            vec!["An", "Ăn", "Ân", "Bình"],
            vec!["Hiền", "Hiển", "Hiến"],
            vec!["Ea", "Êban"],
            vec!["ong", "ông", "ơn", "pa", "u", "ư", "va", "wa", "xa", "ya", "za"],
            vec!["hòa", "Hòa", "hóa", "hoan"],
            vec!["Hà An", "Hạ An", "Hà Bình", "Hai"],
            vec!["Quân khu 1", "Quân khu 9", "Quân khu An"],
        ] {
            assert_eq!(sorted(order.clone(), key), order);
        }
    }

    #[test]
    fn people_are_sorted_by_given_name() {
        let order = vec!["Trần Văn An", "Lê Thị Ân", "Đinh Quốc Hùng", "Nguyễn Mạnh Hùng", "Ngô Hưng"];
        assert_eq!(sorted(order.clone(), name_key), order);
    }
}

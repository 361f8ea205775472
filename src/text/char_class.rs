//! Classes of single characters, and lower case. Vietnamese characters are classified by their code point ranges,
//! because a binary search in the Unicode tables for every letter would take much of the time of reading a text. The
//! results are those of Unicode; a test compares all characters.

use unicode_normalization::char::is_combining_mark;

/// Whether a character is a letter.
pub fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphabetic(),
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Ạ'..='ỹ' => true,
        '\u{2010}'..='\u{205e}' => false,
        _ => c.is_alphabetic(),
    }
}

/// Whether a character is a letter or a digit.
pub fn is_letter_or_digit(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Ạ'..='ỹ' => true,
        '\u{2010}'..='\u{205e}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// Whether a character is a combining mark.
pub fn is_mark(c: char) -> bool {
    match c {
        '\0'..='\u{2ff}' | 'Ạ'..='ỹ' | '\u{2010}'..='\u{205e}' => false,
        _ => is_combining_mark(c),
    }
}

/// Whether no other language of Latin letters has the letter: `đ`, `ơ`, `ả`, `ệ`. Others have `á`, `ê`, `õ`.
pub fn is_only_vietnamese(c: char) -> bool {
    matches!(c, 'đ' | 'Đ' | 'ă' | 'Ă' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | 'Ạ'..='ỹ')
}

/// Whether the letter is `ă`, which Lao and Khmer names have where Vietnamese ones seldom do.
pub fn is_a_with_breve(c: char) -> bool {
    matches!(c, 'ă' | 'Ă')
}

/// Whether a character is an upper-case letter.
pub fn is_capital(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_uppercase(),
        'À'..='Ö' | 'Ø'..='Þ' | 'Đ' | 'Ă' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ư' => true,
        'ß'..='ÿ' | 'đ' | 'ă' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => false,
        // In this block each upper-case letter has an even code point, and its lower-case letter is the next.
        'Ạ'..='ỹ' => u32::from(c) % 2 == 0,
        _ => c.is_uppercase(),
    }
}

/// Appends `c` in lower case, which for some characters is more than one character.
pub fn push_lower(c: char, out: &mut String) {
    each_lower(c, |small| out.push(small));
}

/// Calls `take` with each character of `c` in lower case.
pub fn each_lower(c: char, mut take: impl FnMut(char)) {
    match c {
        'A'..='Z' => take(c.to_ascii_lowercase()),
        '\0'..='\x7f' | 'à'..='ö' | 'đ' | 'ă' | 'ĩ' | 'ũ' | 'ơ' | 'ư' | '\u{2010}'..='\u{205e}' => take(c),
        // In this block each upper-case letter has an even code point, and its lower-case letter is the next.
        'Ạ'..='ỹ' => take(char::from_u32(u32::from(c) | 1).unwrap_or(c)),
        _ => c.to_lowercase().for_each(take),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_are_those_of_unicode() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_letter_or_digit(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_mark(c), is_combining_mark(c), "{c:?}");
            assert_eq!(is_capital(c), c.is_uppercase(), "{c:?}");
            let mut small = String::new();
            push_lower(c, &mut small);
            assert!(small.chars().eq(c.to_lowercase()), "{c:?}");
        }
    }
}

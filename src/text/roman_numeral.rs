//! Roman numerals of units, congresses and quarters (docs/domain.md §6.2: `Quân khu I` is `Quân khu 1`, `Đại hội XIII`
//! is `Đại hội 13`). Whether `v` or `vi` is a number or a word in its sentence is left to the callers.

/// Lower-case Roman numeral and the same number in digits, from 1 to 39.
const NUMERALS: [(&str, &str); 39] = [
    ("i", "1"),
    ("ii", "2"),
    ("iii", "3"),
    ("iv", "4"),
    ("v", "5"),
    ("vi", "6"),
    ("vii", "7"),
    ("viii", "8"),
    ("ix", "9"),
    ("x", "10"),
    ("xi", "11"),
    ("xii", "12"),
    ("xiii", "13"),
    ("xiv", "14"),
    ("xv", "15"),
    ("xvi", "16"),
    ("xvii", "17"),
    ("xviii", "18"),
    ("xix", "19"),
    ("xx", "20"),
    ("xxi", "21"),
    ("xxii", "22"),
    ("xxiii", "23"),
    ("xxiv", "24"),
    ("xxv", "25"),
    ("xxvi", "26"),
    ("xxvii", "27"),
    ("xxviii", "28"),
    ("xxix", "29"),
    ("xxx", "30"),
    ("xxxi", "31"),
    ("xxxii", "32"),
    ("xxxiii", "33"),
    ("xxxiv", "34"),
    ("xxxv", "35"),
    ("xxxvi", "36"),
    ("xxxvii", "37"),
    ("xxxviii", "38"),
    ("xxxix", "39"),
];

/// Returns the digits of a lower-case Roman numeral; `None` if `roman` is not one from 1 to 39.
pub fn arabic(roman: &str) -> Option<&'static str> {
    NUMERALS.iter().find(|row| row.0 == roman).map(|row| row.1)
}

/// Returns the other spelling of a number: `13` for `xiii`, `xiii` for `13`. `None` if `folded` is not a number, or if
/// its Roman spelling could also be a Vietnamese word or a single letter: `vi` is the folded form of vì (because).
/// Search widens a query by this, and a query for 6 must not find every vì.
pub fn other(folded: &str) -> Option<&'static str> {
    let mut plain = NUMERALS.iter().filter(|row| !matches!(row.0, "i" | "v" | "x" | "vi" | "xi"));
    plain.find_map(|row| match folded {
        it if it == row.0 => Some(row.1),
        it if it == row.1 => Some(row.0),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::telex::syllables::is_plain_syllable;

    #[test]
    fn a_possible_syllable_is_no_number() {
        assert_eq!(
            [other("xiii"), other("13"), other("iv"), other("2")],
            [Some("13"), Some("xiii"), Some("4"), Some("ii")]
        );
        for (roman, digits) in NUMERALS {
            assert_eq!(arabic(roman), Some(digits));
            let letters: Vec<char> = roman.chars().collect();
            assert!(other(roman).is_none() || !is_plain_syllable(&letters), "{roman}");
        }
        assert_eq!([other("vi"), other("6"), other("40"), other("")], [None; 4]);
    }
}

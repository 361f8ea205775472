//! Numbers in the form of the language: groups of three digits are separated by a point in Vietnamese and by a comma in
//! English.

use super::Lang;

/// Formats a number in groups of three digits: 1204 becomes `1.204` in Vietnamese and `1,204` in English.
pub fn grouped(number: usize, lang: Lang) -> String {
    let between = match lang {
        Lang::Vi => '.',
        Lang::En => ',',
    };
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(between);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_three() {
        let all = [0, 999, 1204, 1_100_000];
        assert_eq!(all.map(|number| grouped(number, Lang::Vi)), ["0", "999", "1.204", "1.100.000"]);
        assert_eq!(all.map(|number| grouped(number, Lang::En)), ["0", "999", "1,204", "1,100,000"]);
    }
}

//! Numbers in the form of the language: groups of three digits are separated by a point in Vietnamese and by a comma in
//! English, and the other sign stands before decimals.

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

/// A number of a message, which is written in English, for messages that are translated where they are shown.
pub fn in_message(number: usize) -> String {
    grouped(number, Lang::En)
}

/// The `s` of an English plural, for a message.
pub fn plural(number: usize) -> &'static str {
    if number == 1 { "" } else { "s" }
}

/// A number in the English form with the signs of Vietnamese: `1,204` becomes `1.204`, `12.7` becomes `12,7`. `None`
/// for words that are no such number, and for one that is written alike in both.
pub fn in_vietnamese(words: &str) -> Option<String> {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, decimal) = words.split_once('.').map_or((words, None), |(whole, decimal)| (whole, Some(decimal)));
    let mut groups = whole.split(',');
    let first = groups.next().filter(|first| is_digits(first))?;
    let is_grouped = whole.contains(',') && first.len() <= 3;
    let are_groups = groups.all(|group| group.len() == 3 && is_digits(group));
    // Of several digits behind a point it is not known whether they are decimals.
    let is_decimal = decimal.is_none_or(|decimal| decimal.len() == 1 && is_digits(decimal));
    if !are_groups || !is_decimal || !(is_grouped || decimal.is_some()) {
        return None;
    }
    let whole = whole.replace(',', ".");
    Some(decimal.map_or_else(|| whole.clone(), |decimal| format!("{whole},{decimal}")))
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

    #[test]
    fn a_number_of_a_message_takes_the_signs_of_vietnamese() {
        for (english, vietnamese) in
            [("1,204", "1.204"), ("1,100,000", "1.100.000"), ("12.7", "12,7"), ("1,204.5", "1.204,5")]
        {
            assert_eq!(in_vietnamese(english).as_deref(), Some(vietnamese));
        }
        for other in
            ["999", "", ".", "12.", ".5", "0.1.0", "1.204", "12,7", "1,2045", "2026-11", "a,bcd", "1,204 bytes"]
        {
            assert_eq!(in_vietnamese(other), None, "{other}");
        }
        assert_eq!((in_message(1204), plural(1), plural(0)), ("1,204".to_owned(), "", "s"));
    }
}

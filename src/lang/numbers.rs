//! Numbers in the form that suits both languages of the interface. A comma or a point between groups would be read
//! differently in Vietnamese and in English, so groups of three digits are separated by a space.

/// Formats a number in groups of three digits: 1204 becomes `1 204`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn groups_of_three() {
        assert_eq!([0, 999, 1204, 100_000].map(grouped), ["0", "999", "1 204", "100 000"]);
    }
}

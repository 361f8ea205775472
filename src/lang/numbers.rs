//! Numbers as both languages of the interface read them: groups of three with a space between.

/// `1204` is `1 204`.
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

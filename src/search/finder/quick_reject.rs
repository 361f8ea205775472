//! Two cheap tests of whether the letters of a query can occur in a name at all, made before anything that costs more.

/// The letters and digits of a folded text as a bit set: 26 bits for a to z, one for all digits, one for everything
/// else. If `letter_mask(query) & !letter_mask(name)` is not 0, the name lacks a letter of the query.
pub fn letter_mask(folded: &str) -> u32 {
    folded.bytes().fold(0, |mask, byte| match byte {
        b'a'..=b'z' => mask | 1 << (byte - b'a'),
        b'0'..=b'9' => mask | 1 << 26,
        b' ' => mask,
        _ => mask | 1 << 27,
    })
}

/// Whether `name` contains the letters of `query` in their order, other letters between them; spaces of the query are
/// ignored.
pub fn in_order(name: &str, query: &str) -> bool {
    let mut rest = name.chars();
    query.chars().filter(|c| *c != ' ').all(|c| rest.any(|n| n == c))
}

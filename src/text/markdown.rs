//! Text in Markdown: what Markdown would read as markup is escaped, so that it is shown as it is written.

/// Escapes text so that Markdown shows it unchanged. At the start of a line this includes the signs and numbers that
/// would begin a list or underline a heading.
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    // Byte offset behind the leading digits: a `.` or `)` there would make them the number of a list item.
    let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let list = words.len() - number.len();
    for (at, c) in words.char_indices() {
        let begins_list = match c {
            '-' | '+' | '=' => at == 0,
            '.' | ')' => at > 0 && at == list,
            _ => false,
        };
        if begins_list {
            out.push('\\');
        }
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_shows_words_as_they_are() {
        assert_eq!(escaped("<b>1 * 2_3</b>"), "\\<b\\>1 \\* 2\\_3\\</b\\>");
        assert_eq!(
            [escaped("1. Đặc điểm"), escaped("- Một là"), escaped("Năm 2022. A")],
            ["1\\. Đặc điểm", "\\- Một là", "Năm 2022. A"]
        );
    }
}

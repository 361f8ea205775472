//! Checks that rules of Vietnamese are rows of tables: no literal of `extract` has a Vietnamese letter, except its
//! grammar.

use super::source::{none, sources};

/// Returns the string and character literals of a line of code. It does not understand raw strings or block comments.
fn literals(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let mut ahead = rest.clone();
        let quote = match c {
            '/' if rest.peek() == Some(&'/') => break,
            '"' => '"',
            // A char literal is escaped or closed after one char; anything else is a lifetime.
            '\'' if ahead.next() == Some('\\') || ahead.next() == Some('\'') => '\'',
            _ => continue,
        };
        let mut literal = String::new();
        while let Some(c) = rest.next().filter(|c| *c != quote) {
            literal.push(c);
            if c == '\\' {
                literal.extend(rest.next());
            }
        }
        out.push(literal);
    }
    out
}

#[test]
fn literals_are_told_from_lifetimes_and_comments() {
    assert_eq!(literals("fn a<'a>(b: &'a str) {"), <[&str; 0]>::default());
    assert_eq!(literals("    let c = ('đ', \"\\\"ê\"); // \"ô\""), ["đ", "\\\"ê"]);
}

#[test]
fn rules_of_vietnamese_are_rows_of_tables() {
    let mut problems = Vec::new();
    for source in sources().iter().filter(|s| s.is_in("extract") && s.path != "extract/function_words.rs") {
        for (n, line) in source.code() {
            for literal in literals(line) {
                if literal.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) {
                    problems.push(format!(
                        "src/{}:{n}: “{literal}” is Vietnamese; make it a row of a table (docs/tables.md)",
                        source.path
                    ));
                }
            }
        }
    }
    none(&problems);
}

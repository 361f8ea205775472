//! Shows the faults of a filter on standard error: the filter as typed, and below it each fault under its place.
//!
//! ```text
//! baocao:   hùng from:13/2023
//! baocao:        ^^^^^^^^^^^^ from: “13/2023” is not a date; try from:2023
//! ```

use super::output::{language, say};
use crate::report::Span;
use crate::search::filter::FilterProblem;
use crate::text::wrap;

/// Faults of one filter that are shown one by one; of more, only the number is given.
const SHOWN: usize = 5;
/// The cells of the filter that are shown before and after the place of a fault, so that a pasted text of any length
/// stays one line.
const AROUND: usize = 40;

/// Prints the filter and its faults.
pub fn say_all(typed: &str, problems: &[FilterProblem]) {
    let mut last = String::new();
    for problem in problems.iter().take(SHOWN) {
        let (line, below) = lines(typed, problem);
        if line != last {
            say(&line);
        }
        say(&below);
        last = line;
    }
    if problems.len() > SHOWN {
        say(&format!("  and {} more", problems.len() - SHOWN));
    }
}

/// The first fault of a filter in words, for a message of one line: `“from:13/2023”: from: “13/2023” is not a date …`.
pub fn in_words(typed: &str, problems: &[FilterProblem]) -> String {
    let Some(first) = problems.first() else { return String::new() };
    let more = problems.len() - 1;
    let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
    format!("“{}”: {}{more}", cells(&one_line(first.span.of(typed))), first.say(language()))
}

/// The part of the filter around a fault, and the line below it that marks the place and says what is wrong.
fn lines(typed: &str, problem: &FilterProblem) -> (String, String) {
    let before = last_cells(&one_line(typed.get(..problem.span.start).unwrap_or_default()));
    let place = cells(&one_line(problem.span.of(typed)));
    let after = cells(&one_line(typed.get(problem.span.end..).unwrap_or_default()));
    let marks = "^".repeat(wrap::width(&place).max(1));
    let margin = " ".repeat(wrap::width(&before));
    (format!("  {before}{place}{after}"), format!("  {margin}{marks} {}", problem.say(language())))
}

/// The text with a blank for each control character, which `say` would drop: the marks stay under their place.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The beginning of a text, with `…` for what is cut off.
fn cells(text: &str) -> String {
    let kept = wrap::fit(text, AROUND);
    if kept.len() < text.len() { format!("{kept}…") } else { kept.to_owned() }
}

/// The end of a text, with `…` for what is cut off.
fn last_cells(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().rev().nth(AROUND) else { return text.to_owned() };
    let kept = Span::new(cut, text.len()).of(text).trim_start();
    format!("…{kept}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::filter::parse;

    fn shown(typed: &str) -> (String, String) {
        lines(typed, parse(typed).1.first().unwrap())
    }

    #[test]
    fn a_fault_is_marked_under_its_place() {
        let (line, below) = shown("hùng from:13/2023 quân");
        assert_eq!(line, "  hùng from:13/2023 quân");
        assert!(below.starts_with("       ^^^^^^^^^^^^ from: “13/2023” is not a date"), "{below}");
    }

    #[test]
    fn a_fault_in_words_names_its_place_and_how_many_there_are() {
        let typed = "from:13/2023 rank:zz";
        let words = in_words(typed, &parse(typed).1);
        assert!(words.starts_with("“from:13/2023”: from: “13/2023” is not a date"), "{words}");
        assert!(words.ends_with(" (and 1 more)") && !words.contains('\n'), "{words}");
    }

    #[test]
    fn a_filter_of_any_length_stays_one_line() {
        let long = "báo cáo ".repeat(20_000);
        let (line, below) = shown(&format!("{long}rank:zz"));
        assert!(line.starts_with("  …") && wrap::width(&line) < 200, "{line}");
        assert!(below.contains('^') && wrap::width(&below) < 200, "{below}");
    }
}

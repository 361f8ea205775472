//! The page of what a program of the user's has written. It is text of others: controls are made visible, and every
//! line is a place for the cursor only, it leads nowhere.

use super::{LineBuilder, LineOptions};
use crate::lang::phrases;
use crate::text::safe::Safe;
use crate::theme::ThemeRole;
use crate::tui::app::PageLine;

/// The most lines that are laid out. A program may write without an end.
const MOST_LINES: usize = 20_000;

/// Lays out the page.
pub fn lines(said: &Result<String, String>, options: LineOptions) -> Vec<PageLine> {
    let mut out = LineBuilder::new(options);
    let (text, role) = match said {
        Ok(text) => (text, ThemeRole::Text),
        Err(why) => (why, ThemeRole::Problem),
    };
    if text.trim().is_empty() {
        out.text(phrases::NO_OUTPUT.say(options.lang), ThemeRole::Dim);
    }
    for line in text.trim_end().lines().take(MOST_LINES) {
        let line = Safe::line(&line.replace('\t', "    "));
        if line.is_empty() {
            out.blank();
        } else {
            out.fact(&[(line.as_str().to_owned(), role)], 0, PageLine::default());
        }
    }
    out.finish()
}

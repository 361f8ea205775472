//! Builds the lines of a page. Every page is made of facts. A fact may take several lines on a narrow screen, but only
//! its first line has the places to jump to, so that one step of the cursor moves by one fact.

use crate::lang::Lang;
use crate::theme::ThemeRole;
use crate::tui::app::PageLine;
use crate::tui::text_layout::{self, StyledText};

/// The least number of cells after the margin of an indented line; on a narrower page the margin shrinks to two.
const LEAST_ROOM: usize = 16;

/// How a page of lines is laid out.
#[derive(Clone, Copy, Debug)]
pub struct LineOptions {
    pub width: usize,
    pub lang: Lang,
    /// Plain mode: a difference that is shown by style alone needs a sign as well.
    pub plain: bool,
    /// Whether a comparison shows what recurs, which is one line otherwise.
    pub unfolded: bool,
}

/// The blanks before the lines of an indented fact, in cells.
#[derive(Clone, Copy, Debug)]
pub struct Indent {
    pub margin: usize,
    /// The additional blanks before every line but the first.
    pub hang: usize,
}

/// The lines of a page that were added so far.
#[derive(Debug)]
pub struct LineBuilder {
    pub options: LineOptions,
    lines: Vec<PageLine>,
}

impl LineBuilder {
    pub fn new(options: LineOptions) -> Self {
        Self { options, lines: Vec::new() }
    }

    /// The number of lines so far.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Takes all lines but the first `count` away.
    pub fn truncate(&mut self, count: usize) {
        self.lines.truncate(count);
    }

    /// The lines of the finished page.
    pub fn finish(self) -> Vec<PageLine> {
        self.lines
    }

    /// Adds one line as it is. It must fit the width.
    pub fn line(&mut self, line: PageLine) {
        self.lines.push(line);
    }

    /// Adds one line of text without a place to jump to. It must fit the width.
    pub fn text(&mut self, text: &str, role: ThemeRole) {
        self.line(PageLine { pieces: vec![(text.to_owned(), role)], ..PageLine::default() });
    }

    /// Adds a blank line, which the cursor skips.
    pub fn blank(&mut self) {
        self.line(PageLine::default());
    }

    /// Adds the title of a part of the page, after a blank line unless it is the first line.
    pub fn section(&mut self, title: &str) {
        if !self.lines.is_empty() {
            self.blank();
        }
        self.text(title, ThemeRole::Title);
    }

    /// Adds a fact, wrapped to the width. All lines but the first are indented by `hang` cells. The places to jump to
    /// are those of `line`.
    pub fn fact(&mut self, pieces: &[StyledText], hang: usize, line: PageLine) {
        self.wrapped(pieces, Indent { margin: 0, hang }, line);
    }

    /// Adds text that belongs to the fact above, wrapped to the width.
    pub fn note(&mut self, text: String, hang: usize) {
        self.fact(&[(text, ThemeRole::Dim)], hang, PageLine::default());
    }

    /// Adds a fact that is indented as a whole.
    pub fn indented(&mut self, pieces: &[StyledText], indent: Indent, line: PageLine) {
        let margin = if indent.margin + LEAST_ROOM > self.options.width { 2 } else { indent.margin };
        self.wrapped(pieces, Indent { margin, ..indent }, line);
    }

    /// Adds the lines of a fact. The first one takes the places of `line`, the others have none.
    fn wrapped(&mut self, pieces: &[StyledText], Indent { margin, hang }: Indent, line: PageLine) {
        let room = self.options.width.saturating_sub(margin).max(1);
        let mut line = Some(line);
        for mut pieces in text_layout::flow(pieces, room, hang) {
            if margin > 0 {
                pieces.insert(0, (" ".repeat(margin), ThemeRole::Text));
            }
            // Only the first line takes the places of the fact.
            let more = PageLine { continues: true, ..PageLine::default() };
            self.line(PageLine { pieces, ..line.take().unwrap_or(more) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::Place;

    #[test]
    fn only_the_first_line_of_a_fact_is_a_place_and_a_margin_never_takes_all_room() {
        let place = Some(Place { report: "a".into(), at: 3 });
        for (width, margin) in [(30, 9), (20, 2)] {
            let mut lines = LineBuilder::new(LineOptions { width, lang: Lang::En, plain: false, unfolded: false });
            let words = [("one two three four five six seven".to_owned(), ThemeRole::Text)];
            lines.indented(
                &words,
                Indent { margin: 9, hang: 2 },
                PageLine { place: place.clone(), ..PageLine::default() },
            );
            let lines = lines.finish();
            assert!(lines.len() > 1);
            assert_eq!(lines.iter().map(|line| line.place.is_some()).filter(|is| *is).count(), 1);
            assert_eq!(lines[0].place, place);
            for line in lines {
                assert_eq!(line.pieces[0].0, " ".repeat(margin));
            }
        }
    }
}

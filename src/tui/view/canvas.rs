//! Draws words on cells in the style of their role. All text passes through `Safe` here, so nothing from a report can
//! control the terminal. Nothing is drawn outside the room that the caller gives, which is always in cells.

use crate::report::Span;
use crate::text::safe::{Safe, plain_letters};
use crate::text::wrap;
use crate::theme::{Theme, ThemeRole};
use crate::tui::text_layout::{self, StyledText};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use std::borrow::Cow;
use std::str::Chars;

/// The buffer that is drawn on, and how.
pub struct Canvas<'a> {
    pub buffer: &'a mut Buffer,
    pub theme: &'a Theme,
    /// Plain mode: no borders, signs in ASCII, and a sign instead of a style for the selection.
    pub plain: bool,
    /// Where to put the hardware cursor; `None` hides it.
    pub cursor: Option<Position>,
}

/// A frame around a pane, with texts in its border:
///
/// ```text
/// ┌ title ────── corner ┐
/// │                     │
/// └───────────── foot ──┘
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct PaneFrame<'a> {
    pub title: &'a str,
    /// Spans of the title that match a search, and how they look.
    pub title_highlights: &'a [(Span, ThemeRole)],
    pub corner: &'a str,
    pub foot: &'a str,
    /// The pane has the keys.
    pub active: bool,
}

impl Canvas<'_> {
    /// The sign before a selected row.
    pub fn selection(&self) -> &'static str {
        if self.plain { ">" } else { "▌" }
    }

    /// Draws words at a position, in at most `room` cells; if they have to be cut, they end in `…`. Returns the column
    /// after them.
    pub fn text(&mut self, x: u16, y: u16, room: u16, words: &str, role: ThemeRole) -> u16 {
        let style = self.theme.style(role);
        let room = room.min(self.buffer.area.right().saturating_sub(x));
        // No letter has fewer bytes than cells, so that most words need not be measured.
        if words.len() <= usize::from(room) || wrap::width(words.trim_end()) <= usize::from(room) {
            return self.styled(x, y, room, words, style);
        }
        let short = wrap::shorten(words.trim_end(), usize::from(room));
        self.styled(x, y, room, &short, style)
    }

    /// Like `text`, with a style instead of a role.
    pub fn styled(&mut self, x: u16, y: u16, room: u16, words: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y < area.top() || y >= area.bottom() || x < area.left() || x >= area.right() {
            return x;
        }
        if let Some(letters) = plain_letters(words) {
            return self.letters(x, y, room, letters, style);
        }
        let safe = Safe::line(words);
        let style = Style::reset().patch(style);
        self.buffer.set_stringn(x, y, safe.as_str(), usize::from(room), style).0
    }

    /// Like `styled`, for letters that take one cell each. Nearly everything on screen does, and this is faster than
    /// `set_stringn`, which segments graphemes. It must give the same result; a property test checks this.
    fn letters(&mut self, x: u16, y: u16, room: u16, letters: Chars<'_>, style: Style) -> u16 {
        let room = room.min(self.buffer.area.right().saturating_sub(x));
        let start = self.buffer.index_of(x, y);
        let cells = self.buffer.content.get_mut(start..start + usize::from(room)).unwrap_or_default();
        let mut end = x;
        for (cell, letter) in cells.iter_mut().zip(letters) {
            cell.set_char(letter);
            cell.fg = style.fg.unwrap_or(Color::Reset);
            cell.bg = style.bg.unwrap_or(Color::Reset);
            cell.modifier = style.add_modifier;
            end += 1;
        }
        end
    }

    /// Draws pieces one after the other, in at most `room` cells together; if they have to be cut, they end in `…`.
    /// Returns the column after them.
    pub fn pieces(&mut self, x: u16, y: u16, room: u16, pieces: &[StyledText]) -> u16 {
        let end = x.saturating_add(room).min(self.buffer.area.right());
        let mut at = x;
        for (n, (words, role)) in pieces.iter().enumerate() {
            let room = end.saturating_sub(at);
            let more = || pieces.iter().skip(n + 1).any(|(words, _)| !words.trim().is_empty());
            // What fills the row to its last cell is cut all the same if something follows.
            if wrap::width(words) >= usize::from(room) && !words.is_empty() && more() {
                let short = wrap::shorten(&format!("{words}…"), usize::from(room));
                return self.text(at, y, room, &short, *role);
            }
            at = self.text(at, y, room, words, *role);
        }
        at
    }

    /// Draws words on line `y` so that they end at the right edge of `area`. Returns the column where they begin.
    pub fn right(&mut self, area: Rect, y: u16, words: &str, role: ThemeRole) -> u16 {
        let wide = (wrap::width(words) as u16).min(area.width);
        let x = area.right() - wide;
        self.text(x, y, wide, words, role);
        x
    }

    /// Draws the cells of `area` as selected, all in the same style. Cells that were highlighted by a background stay
    /// recognizable: they are underlined and bold.
    pub fn select(&mut self, area: Rect) {
        let selected = self.theme.style(ThemeRole::Selected);
        for at in area.intersection(self.buffer.area).positions() {
            if let Some(cell) = self.buffer.cell_mut(at) {
                let has_background = cell.bg != Color::Reset || cell.modifier.contains(Modifier::REVERSED);
                let kept = cell.modifier & Modifier::BOLD;
                let style = Style::reset().patch(selected).add_modifier(kept);
                cell.set_style(if has_background {
                    style.add_modifier(Modifier::UNDERLINED | Modifier::BOLD)
                } else {
                    style
                });
            }
        }
    }

    /// Makes the cells of `area` blank.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.buffer.area);
        for at in area.positions() {
            if let Some(cell) = self.buffer.cell_mut(at) {
                cell.reset();
            }
        }
    }

    /// Draws a frame, in plain mode only a line with its texts. Returns the area inside.
    pub fn frame(&mut self, area: Rect, edge: &PaneFrame<'_>) -> Rect {
        let role = if edge.active { ThemeRole::ActiveBorder } else { ThemeRole::Border };
        if area.height > 0 && area.width > 0 {
            if !self.plain {
                self.lines(area, role);
            }
            // The words in the border are text, so the colour of an idle border is too weak for them.
            self.titles(area, edge, if edge.active { role } else { ThemeRole::Dim });
        }
        crate::tui::panes::inside(area, self.plain)
    }

    /// Draws the border of `area`, its upper edge in the role `edge`.
    fn lines(&mut self, area: Rect, edge: ThemeRole) {
        let (left, right) = (area.left(), area.right() - 1);
        let (top, bottom) = (area.top(), area.bottom() - 1);
        let across = "─".repeat(usize::from(area.width));
        self.text(left, top, area.width, &across, edge);
        // Only the upper edge shows which pane has the keys. Moving them to another pane then redraws one line of each,
        // not all borders, which counts on a slow line.
        let role = ThemeRole::Border;
        self.text(left, bottom, area.width, &across, role);
        for y in top..=bottom {
            let (a, b) = match y {
                _ if y == top => ("┌", "┐"),
                _ if y == bottom => ("└", "┘"),
                _ => ("│", "│"),
            };
            let role = if y == top { edge } else { role };
            self.text(left, y, 1, a, role);
            self.text(right, y, 1, b, role);
        }
    }

    /// The foot of a pane, whose parts are joined by a piece of the border. Without a border the `sign` stands there.
    fn joined<'w>(&self, words: &'w str, sign: &str) -> Cow<'w, str> {
        if self.plain { words.replace(" ─ ", sign).into() } else { words.into() }
    }

    /// Draws the texts in the border. On a narrow pane the corner is left out and the title is cut.
    fn titles(&mut self, area: Rect, edge: &PaneFrame<'_>, border: ThemeRole) {
        let room = area.width.saturating_sub(4);
        let corner = format!(" {} ", edge.corner);
        let corner_room = if edge.corner.is_empty() { 0 } else { (wrap::width(&corner) as u16).min(room) };
        if corner_room > 0 && corner_room + 6 <= room {
            let x = area.right().saturating_sub(2 + corner_room);
            self.text(x, area.top(), corner_room, &corner, border);
        }
        // Plain mode has no lower border: the foot is drawn on the title line.
        let foot = if edge.foot.is_empty() { String::new() } else { format!(" {} ", self.joined(edge.foot, ", ")) };
        let foot_room = if self.plain { wrap::width(&foot) as u16 } else { 0 };
        let title_room = usize::from(room.saturating_sub(corner_room + foot_room + 2));
        if !edge.title.is_empty() && title_room > 0 {
            let title = wrap::shorten(edge.title, title_room);
            let kept = if title == edge.title { title.len() } else { title.trim_end_matches('…').len() };
            let highlights = edge.title_highlights.iter().filter(|(place, _)| place.end <= kept).copied();
            let x = self.text(area.x + u16::from(!self.plain), area.top(), 1, " ", ThemeRole::Title);
            let x = self.pieces(
                x,
                area.top(),
                title_room as u16,
                &text_layout::styled_pieces(&title, highlights, ThemeRole::Title),
            );
            self.text(x, area.top(), 1, " ", ThemeRole::Title);
        }
        let wide = (wrap::width(&foot) as u16).min(room);
        let (x, y) = if self.plain {
            (area.right().saturating_sub(wide + corner_room), area.top())
        } else {
            (area.right().saturating_sub(2 + wide), area.bottom() - 1)
        };
        self.text(x, y, wide, &foot, border);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ThemeName;
    use proptest::prelude::*;

    proptest! {
        /// Letters that take one cell each are drawn like all others.
        #[test]
        fn plain_letters_stand_where_the_library_puts_them(
            words in "[a-c đệ│•…]{0,12}",
            x in 0..9_u16,
            room in 0..12_u16,
        ) {
            let style = Style::new().fg(Color::Red).add_modifier(Modifier::BOLD);
            let before = Buffer::with_lines(["xxxxxxxxx"]);
            let (mut buffer, mut wanted) = (before.clone(), before);
            let theme = Theme::new(ThemeName::Dark, false, &[]);
            let mut paint = Canvas { buffer: &mut buffer, theme: &theme, plain: false, cursor: None };
            let end = paint.styled(x, 0, room, &words, style);
            let set = wanted.set_stringn(x, 0, &words, usize::from(room), Style::reset().patch(style));
            prop_assert_eq!((end, &buffer), (set.0, &wanted));
        }
    }

    #[test]
    fn what_is_cut_says_so_whatever_it_is_made_of() {
        let drawn = |pieces: &[&str], room: u16| {
            let theme = Theme::new(ThemeName::Dark, false, &[]);
            let mut buffer = Buffer::empty(Rect::new(0, 0, 16, 1));
            let mut paint = Canvas { buffer: &mut buffer, theme: &theme, plain: false, cursor: None };
            let pieces: Vec<StyledText> = pieces.iter().map(|words| ((*words).to_owned(), ThemeRole::Text)).collect();
            let end = paint.pieces(0, 0, room, &pieces);
            let cells = buffer.content.iter().take(usize::from(room.min(16)));
            (cells.map(ratatui::buffer::Cell::symbol).collect::<String>(), end)
        };
        assert_eq!(drawn(&["gần giống"], 9), ("gần giống".to_owned(), 9));
        assert_eq!(drawn(&["gần giống"], 8), ("gần giố…".to_owned(), 8));
        assert_eq!(drawn(&["gần", " ", "giống"], 8), ("gần giố…".to_owned(), 8));
        assert_eq!(drawn(&["gần ", "giống"], 4), ("gần…".to_owned(), 4));
        assert_eq!(drawn(&["gần ", "giống"], 5), ("gần …".to_owned(), 5));
        // Blanks are nothing that is missed, and the edge of the screen cuts too.
        assert_eq!(drawn(&["gần", "   "], 3), ("gần".to_owned(), 3));
        assert_eq!(drawn(&["gần ", "giống ", "mà dài"], 99).0, "gần giống mà dài");
        assert_eq!(drawn(&["gần ", "giống ", "mà dài hơn"], 99).0, "gần giống mà dà…");
    }
}

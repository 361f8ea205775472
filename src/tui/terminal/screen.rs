//! The buffer that the view draws on. It keeps two grids of cells, what the terminal shows and what it should show, and
//! sends the difference in as few bytes as it can, for slow lines: lines that only moved are scrolled by the terminal.
//! An unchanged frame sends nothing. The terminal is never queried for its cursor position: on a slow line the answer
//! would come late.
//!
//! ```text
//! picture ─▶ next ─┐  changed_lines ─▶ erase_wide_lines ─▶ draw_changes ─▶ bytes, then shown = next
//!            shown ┘                                       │ plain: rewrite the changed cells
//!                                                          └ scrolled: scroll a region, rewrite the rest
//! ```

mod cursor_state;
mod scroll;

use crate::system::terminal_env::ColourDepth;
use cursor_state::CursorState;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};
use scroll::LineHashes;

/// Begins a synchronized update: the terminal shows the frame at once, when it has received all of it.
const BEGIN: &[u8] = b"\x1b[?2026h";
/// Ends a synchronized update.
const END: &[u8] = b"\x1b[?2026l";

/// A frame of fewer bytes is not marked as a synchronized update. It is in one packet and one read of the terminal, so
/// it is shown at once anyway, and the marks would be a twentieth of what a held key sends.
const WORTH_SYNCHRONIZING: usize = 512;

/// If rewriting takes fewer bytes than this, lines that moved are not searched for: there is too little to save.
const WORTH_SCROLLING: usize = 200;

/// The terminal's cells, as they are and as they should be.
pub struct ScreenBuffer {
    shown: Buffer,
    next: Buffer,
    /// Hashes of the lines shown, to find lines that moved.
    chunks: LineHashes,
    /// What the terminal shows is unknown, so it must be cleared before the next frame.
    wipe: bool,
    /// The terminal is known to show blanks only, so there is nothing to scroll.
    is_blank: bool,
    cursor_state: CursorState,
}

impl ScreenBuffer {
    /// Creates a buffer for a blank screen of `size`, on a terminal with this many `colours`.
    pub fn new(size: Size, colours: ColourDepth) -> Self {
        let area = Rect::from((Position::ORIGIN, size));
        let (shown, next) = (Buffer::empty(area), Buffer::empty(area));
        let chunks = LineHashes::blank(area);
        Self { shown, next, chunks, wipe: false, is_blank: true, cursor_state: CursorState::new(colours) }
    }

    /// Sets the size of the window. After a change everything is drawn again, because terminals differ in what they
    /// keep when they are resized.
    pub fn set_size(&mut self, size: Size) {
        if self.next.area.as_size() != size {
            self.next = Buffer::empty(Rect::from((Position::ORIGIN, size)));
            self.wipe = true;
        }
    }

    /// Must be called after the terminal was entered again: its cursor is hidden then, and nothing else is known.
    pub fn forget(&mut self) {
        self.wipe = true;
        self.cursor_state.forget();
    }

    /// Draws a frame: `picture` draws on a blank screen and returns where to put the cursor, or `None` to hide it.
    /// Returns the bytes that make the terminal show the frame; empty if it shows it already.
    pub fn draw(&mut self, synchronized: bool, picture: impl FnOnce(&mut Buffer) -> Option<Position>) -> Vec<u8> {
        self.next.reset();
        let cursor = picture(&mut self.next);
        let mut out = Vec::new();
        if self.wipe {
            (self.wipe, self.is_blank) = (false, true);
            self.shown = Buffer::empty(self.next.area);
            self.chunks = LineHashes::blank(self.next.area);
            self.cursor_state.wipe(&mut out);
        }
        let changed = self.changed_lines();
        self.erase_wide_lines(&changed, &mut out);
        self.draw_changes(&changed, &mut out);
        if let Some(cursor) = cursor {
            self.cursor_state.move_to(cursor, &mut out);
        }
        self.cursor_state.show(cursor.is_some(), &mut out);
        std::mem::swap(&mut self.shown, &mut self.next);
        self.is_blank = false;
        if out.len() < WORTH_SYNCHRONIZING || !synchronized {
            return out;
        }
        [BEGIN, &out, END].concat()
    }

    /// The numbers of the lines that differ between the two grids.
    fn changed_lines(&self) -> Vec<u16> {
        let width = usize::from(self.next.area.width).max(1);
        let lines = self.shown.content.chunks(width).zip(self.next.content.chunks(width));
        lines.zip(0..).filter(|((shown, next), _)| shown != next).map(|(_, y)| y).collect()
    }

    /// Erases each changed line that has or gets a letter two cells wide, so that it is drawn on blanks: terminals
    /// differ in what is left of such a letter when one half of it is overwritten.
    fn erase_wide_lines(&mut self, changed: &[u16], out: &mut Vec<u8>) {
        let width = usize::from(self.next.area.width);
        for y in changed {
            let cells = usize::from(*y) * width..(usize::from(*y) + 1) * width;
            let Some(shown) = self.shown.content.get_mut(cells) else { continue };
            if has_wide(shown) || has_wide(line(&self.next, *y)) {
                self.cursor_state.erase_line(*y, out);
                shown.fill(Cell::EMPTY);
                self.chunks.set(*y, shown);
            }
        }
    }

    /// Appends the bytes that change the lines `changed`. They are encoded both ways, by rewriting cells and by first
    /// scrolling each region that `scroll::find` proposes; the shortest encoding wins. Each attempt works on a copy of
    /// the cursor state, and only the winner's copy is kept.
    fn draw_changes(&mut self, changed: &[u16], out: &mut Vec<u8>) {
        let mut plain = Vec::new();
        let mut cursor_state = self.cursor_state.clone();
        cursor_state.draw(changed.iter().map(|y| (*y, line(&self.shown, *y), line(&self.next, *y))), &mut plain);
        let mut chunks = self.chunks.clone();
        for y in changed {
            chunks.set(*y, line(&self.next, *y));
        }
        if plain.len() > WORTH_SCROLLING && !self.is_blank {
            let blank = vec![Cell::EMPTY; usize::from(self.next.area.width)];
            for moved in scroll::find(&self.chunks, &chunks) {
                let (mut scrolled, mut scrolling_state) = (Vec::new(), self.cursor_state.clone());
                scrolling_state.scroll(&moved, &mut scrolled);
                let shown = |y| moved.origin(y).map_or(&*blank, |from| line(&self.shown, from));
                let lines = moved.touched(changed).into_iter();
                scrolling_state.draw(lines.map(|y| (y, shown(y), line(&self.next, y))), &mut scrolled);
                if scrolled.len() < plain.len() {
                    (cursor_state, plain) = (scrolling_state, scrolled);
                }
            }
        }
        self.cursor_state = cursor_state;
        self.chunks = chunks;
        out.extend(plain);
    }
}

/// The cells of line `y` of `picture`; empty if there is no such line.
fn line(picture: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(picture.area.width);
    picture.content.get(usize::from(y) * width..(usize::from(y) + 1) * width).unwrap_or_default()
}

/// Whether a line has a letter that covers two cells.
fn has_wide(line: &[Cell]) -> bool {
    line.iter().any(|cell| cursor_state::cell_width(cell.symbol()) > 1)
}

#[cfg(test)]
mod tests;

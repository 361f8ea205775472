//! Where ratatui draws. What stands on the terminal and what should stand there are both remembered, and the difference
//! goes out as few bytes as there are ways to say it: lines that only moved are moved by the terminal. Nothing goes out
//! where nothing changed, and the terminal is never asked where its cursor is.

mod pen;
mod scroll;

use super::abilities::Colours;
use pen::Pen;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect, Size};
use std::collections::BTreeSet;
use std::io;

/// Synchronized update: the terminal shows the frame when it has all of it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Fewer bytes than this are not worth a search for lines that moved.
const WORTH_SCROLLING: usize = 200;

/// The terminal's cells, as they are and as they should be.
pub struct Screen {
    shown: Buffer,
    next: Buffer,
    /// Lines that hold, or held, letters wider than a cell. Terminals differ in what half of one becomes.
    wide: BTreeSet<u16>,
    /// What is shown is not known, and must be wiped first.
    wipe: bool,
    pen: Pen,
    /// Where the cursor should stand.
    cursor: Position,
    /// Whether it should be seen.
    visible: bool,
}

impl Screen {
    /// An empty screen of a size, for a terminal that tells so many colours apart.
    pub fn new(size: Size, colours: Colours) -> Self {
        let blank = Buffer::empty(Rect::from((Position::ORIGIN, size)));
        Self {
            shown: blank.clone(),
            next: blank,
            wide: BTreeSet::new(),
            wipe: false,
            pen: Pen::new(colours),
            cursor: Position::ORIGIN,
            visible: false,
        }
    }

    /// The window has this size now; where that is new, all is drawn anew.
    pub fn set_size(&mut self, size: Size) {
        if self.next.area.as_size() != size {
            self.next = Buffer::empty(Rect::from((Position::ORIGIN, size)));
            self.wide.clear();
            self.wipe = true;
        }
    }

    /// The terminal was entered again: the cursor is hidden, and nothing else is known.
    pub fn forget(&mut self) {
        self.wipe = true;
        self.pen.forget();
    }

    /// The bytes that make the terminal show what it should; none where it does.
    pub fn take(&mut self, synchronized: bool) -> Vec<u8> {
        let mut out = Vec::new();
        if self.wipe {
            self.wipe = false;
            self.shown = Buffer::empty(self.next.area);
            self.pen.wipe(&mut out);
        }
        self.erase_wide_lines(&mut out);
        self.draw_changes(&mut out);
        if self.visible {
            self.pen.move_to(self.cursor, &mut out);
        }
        self.pen.show(self.visible, &mut out);
        self.shown.clone_from(&self.next);
        if out.is_empty() || !synchronized {
            return out;
        }
        [BEGIN, &out, END].concat()
    }

    /// A changed line with wide letters is drawn from nothing.
    fn erase_wide_lines(&mut self, out: &mut Vec<u8>) {
        let width = self.next.area.width;
        for y in &self.wide {
            let line = |picture: &Buffer| (0..width).filter_map(|x| picture.cell((x, *y)).cloned()).collect::<Vec<_>>();
            if line(&self.shown) != line(&self.next) {
                self.pen.erase_line(*y, out);
                for x in 0..width {
                    if let Some(cell) = self.shown.cell_mut((x, *y)) {
                        cell.reset();
                    }
                }
            }
        }
    }

    fn draw_changes(&mut self, out: &mut Vec<u8>) {
        let mut plain = Vec::new();
        let mut pen = self.pen.clone();
        pen.draw(&self.shown, &self.next, &mut plain);
        if plain.len() > WORTH_SCROLLING
            && let Some(moved) = scroll::find(&self.shown, &self.next)
        {
            let mut scrolled = Vec::new();
            let mut scrolling_pen = self.pen.clone();
            scrolling_pen.scroll(&moved, &mut scrolled);
            moved.apply(&mut self.shown);
            scrolling_pen.draw(&self.shown, &self.next, &mut scrolled);
            if scrolled.len() < plain.len() {
                (pen, plain) = (scrolling_pen, scrolled);
            }
        }
        self.pen = pen;
        out.extend(plain);
    }
}

impl Backend for Screen {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            let mut place = |x: u16, cell: &Cell| {
                if let Some(place) = self.next.cell_mut((x, y)) {
                    place.clone_from(cell);
                }
            };
            place(x, cell);
            // A wide letter covers the next cell, which ratatui leaves out.
            if pen::cell_width(cell.symbol()) > 1 {
                place(x.saturating_add(1), &Cell::EMPTY);
                self.wide.insert(y);
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.visible = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.visible = true;
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    /// The reader has the whole screen; only whole screens are cleared.
    fn clear_region(&mut self, _region: ClearType) -> io::Result<()> {
        self.next.reset();
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.next.area.as_size())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::default() })
    }

    /// The frame goes out as a whole, by `take`.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;

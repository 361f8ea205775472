//! Where ratatui draws: the bytes of a frame are gathered here and taken out at once. Nothing is gathered where nothing
//! changed (ratatui's own backend resets colours and cursor in every frame), and the terminal is never asked where its
//! cursor is: this remembers.

use super::platform;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::io::{self, Write};

/// Synchronized update: the terminal shows the frame when it has all of it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// The frame that is being gathered.
#[derive(Default)]
pub struct Screen {
    frame: Vec<u8>,
    /// Where the cursor stands, if it was not left behind the last cell.
    cursor: Option<Position>,
    shown: bool,
}

impl Screen {
    /// The bytes of the frame, empty where nothing changed.
    pub fn take(&mut self, synchronized: bool) -> Vec<u8> {
        let frame = std::mem::take(&mut self.frame);
        if frame.is_empty() || !synchronized {
            return frame;
        }
        [BEGIN, &frame, END].concat()
    }

    /// The terminal was entered again: the cursor is hidden, and nobody knows where.
    pub fn forget(&mut self) {
        self.frame.clear();
        self.cursor = None;
        self.shown = false;
    }
}

impl Backend for Screen {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.cursor = None;
        CrosstermBackend::new(&mut self.frame).draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.shown {
            self.frame.extend_from_slice(b"\x1b[?25l");
            self.shown = false;
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if !self.shown {
            self.frame.extend_from_slice(b"\x1b[?25h");
            self.shown = true;
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor != Some(position) {
            self.cursor = Some(position);
            write!(self.frame, "\x1b[{};{}H", u32::from(position.y) + 1, u32::from(position.x) + 1)?;
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        CrosstermBackend::new(&mut self.frame).clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        platform::size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: platform::size()?, pixels: Size::default() })
    }

    /// The frame goes out as a whole, by `take`.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_changed_is_no_byte() {
        let mut screen = Screen::default();
        screen.draw(std::iter::empty()).unwrap();
        screen.hide_cursor().unwrap();
        screen.flush().unwrap();
        assert_eq!(screen.take(true), b"");
    }

    #[test]
    fn the_cursor_is_moved_only_where_it_is_not() {
        let mut screen = Screen::default();
        for _ in 0..2 {
            screen.show_cursor().unwrap();
            screen.set_cursor_position((3, 0)).unwrap();
        }
        assert_eq!(screen.take(false), b"\x1b[?25h\x1b[1;4H");
        let cell = Cell::new("ệ");
        screen.draw([(0, 0, &cell)].into_iter()).unwrap();
        screen.set_cursor_position((3, 0)).unwrap();
        let frame = String::from_utf8(screen.take(true)).unwrap();
        assert!(frame.starts_with("\x1b[?2026h\x1b[1;1Hệ") && frame.ends_with("\x1b[1;4H\x1b[?2026l"), "{frame:?}");
    }
}

//! Windows: the console's modes through crossterm. There are no signals to watch and nothing to stop for.

use super::clamped;
use crate::tui::input::{Event, Sender};
use crossterm::event::{self, KeyEventKind};
use ratatui::layout::Size;
use std::io::{self, IsTerminal, Write};

/// crossterm remembers how the console was.
pub struct Modes;

/// Whether standard output shows on a terminal that understands escape sequences (asking switches that on).
pub fn is_terminal() -> bool {
    io::stdout().is_terminal() && crossterm::ansi_support::supports_ansi()
}

/// The console's keys are read whatever standard input is.
pub fn keys_from_terminal() -> io::Result<()> {
    Ok(())
}

/// Columns and lines to draw on.
pub fn size() -> io::Result<Size> {
    let (columns, lines) = crossterm::terminal::size()?;
    Ok(clamped(columns, lines))
}

/// Keys one by one, unechoed, uninterpreted.
pub fn raw_modes() -> io::Result<Modes> {
    crossterm::terminal::enable_raw_mode()?;
    Ok(Modes)
}

/// The modes as they were.
pub fn restore(_modes: &Modes) {
    let _ = crossterm::terminal::disable_raw_mode();
}

/// Nothing waits in a queue of ours.
pub fn drop_typed_ahead() {}

/// Nothing waits in a queue of ours.
pub fn drop_output() {}

/// Writes all of `bytes`.
pub fn write(bytes: &[u8]) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(bytes)?;
    output.flush()
}

/// Hands on what the console sends; releases, focus and mouse are of no interest.
pub fn read_events(send: &Sender) -> io::Result<()> {
    loop {
        let event = match event::read()? {
            event::Event::Key(key) if key.kind != KeyEventKind::Release => Event::Key(key),
            event::Event::Paste(text) => Event::Paste(text),
            event::Event::Resize(columns, lines) => {
                let size = clamped(columns, lines);
                Event::Resize(size.width, size.height)
            }
            _ => continue,
        };
        if !send(event) {
            return Ok(());
        }
    }
}

/// Closing the console ends the program, and the console with it.
#[expect(clippy::unnecessary_wraps, reason = "the same function can fail on Unix")]
pub fn watch(_send: Sender) -> io::Result<()> {
    Ok(())
}

/// There is no job control.
pub fn suspend() -> bool {
    false
}

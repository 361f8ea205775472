//! The terminal: entering it, drawing on it, and giving it back whatever ends the program.
//! Promises: nothing is asked of the terminal, a frame is one write and no byte when nothing changed, and `leave()`,
//! written once, serves quitting, errors, panics and every signal. Which system this is, only
//! `system` knows.
//! What is drawn is left to `view`, what events mean to `update`.

pub mod browser;
pub mod clipboard;
mod guard;
mod palette;
mod panic;
pub mod screen;

use crate::system::terminal_env::{TerminalAbilities, TerminalEnv};
use crate::system::{self, SystemNotice, terminal as platform};
use crate::text::safe::Safe;
use crate::tui::input::{self, Sender, TerminalEvent};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};
use screen::ScreenBuffer;
use std::io;
use std::path::PathBuf;

/// A window larger than this is drawn in its upper left part only: a broken size must not take all memory.
const MAX_COLUMNS: u16 = 1000;
/// The same for the height.
const MAX_LINES: u16 = 500;

/// A hook for the tests of this program, which run it in a pseudo-terminal: with the value `draw` the first frame
/// panics, so that they can check that the terminal is given back and that the message cannot control it. It does
/// nothing else.
const TEST_PANIC: &str = "BAOCAO_TEST_PANIC";

/// Why there is no reader on this terminal (exit code 2).
#[derive(Debug, thiserror::Error)]
pub enum TerminalUnusable {
    /// Standard output goes elsewhere.
    #[error(
        "the reader could not be opened: standard output is not a terminal; \
         «baocao list» prints the reports and «baocao show ID» one of them"
    )]
    NotATerminal,
    /// The terminal cannot move its cursor, or TERM does not name it.
    #[error(
        "the reader could not be opened: this terminal (TERM={0}) cannot show a screen; \
         set TERM to what it is, or use «baocao list» and «baocao show ID»"
    )]
    NoScreen(Safe),
    /// There is nowhere to read keys from.
    #[error("the reader could not be opened: no keys can be read from the terminal: {0}; use «baocao list» instead")]
    NoKeys(io::Error),
    /// The system said no.
    #[error("the terminal could not be prepared: {0}; try «baocao doctor», or use «baocao list» instead")]
    System(#[from] io::Error),
}

/// Says whether the reader can be opened here, before anything is done for it.
pub fn check() -> Result<(), TerminalUnusable> {
    if !platform::is_terminal() {
        return Err(TerminalUnusable::NotATerminal);
    }
    if platform::IS_NAMED_BY_TERM {
        let term = std::env::var("TERM").unwrap_or_default();
        if matches!(term.as_str(), "" | "dumb" | "unknown") {
            return Err(TerminalUnusable::NoScreen(Safe::line(if term.is_empty() { "unset" } else { &term })));
        }
    }
    Ok(())
}

/// The terminal while the reader has it. Dropping it gives it back.
pub struct Terminal {
    screen: ScreenBuffer,
    abilities: TerminalAbilities,
    panic_on_draw: bool,
}

impl Terminal {
    /// Gets ready for the terminal: nothing is done to it yet.
    pub fn prepare() -> Result<Self, TerminalUnusable> {
        check()?;
        let abilities = TerminalAbilities::of(&TerminalEnv::of_process());
        let screen = ScreenBuffer::new(size()?, abilities.able);
        let panic_on_draw = std::env::var_os(TEST_PANIC).is_some_and(|value| value == "draw");
        Ok(Self { screen, abilities, panic_on_draw })
    }

    /// Takes the terminal: signals, hang-ups and panics are watched first, then the screen is entered, then keys are
    /// read. All events go to `send`. `log` is named in the message of a panic.
    pub fn enter(&mut self, log: Option<PathBuf>, send: Sender) -> Result<(), TerminalUnusable> {
        platform::keys_from_terminal().map_err(TerminalUnusable::NoKeys)?;
        platform::watch(answers(send.clone()))?;
        panic::install(log);
        guard::enter()?;
        Ok(input::spawn(send).inspect_err(|_| guard::leave())?)
    }

    /// What the terminal can do.
    pub fn abilities(&self) -> &TerminalAbilities {
        &self.abilities
    }

    /// Draws one frame. The difference to the last one goes out in one write; no difference, no write.
    /// On a window without cells nothing is drawn.
    pub fn draw(&mut self, picture: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
        let size = size()?;
        if size.width == 0 || size.height == 0 {
            return Ok(());
        }
        assert!(!self.panic_on_draw, "{TEST_PANIC}=draw was set: \u{1b}]52;c;AAAA\u{7} must not get through");
        self.screen.set_size(size);
        let frame = self.screen.draw(self.abilities.synchronized, picture);
        if frame.is_empty() { Ok(()) } else { guard::write(&frame) }
    }

    /// Forgets what is on the screen, so that the next frame is drawn completely.
    pub fn forget(&mut self) {
        self.screen.forget();
    }

    /// Columns and lines that are drawn on.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let size = size()?;
        Ok((size.width, size.height))
    }

    /// Puts `text` on the clipboard of the user's own machine, also over SSH. Returns how much of it went.
    pub fn copy(&mut self, text: &Safe) -> io::Result<clipboard::CopyOutcome> {
        let (sequence, copied) = clipboard::osc52(text, self.abilities.multiplexer);
        guard::write(sequence.as_bytes())?;
        Ok(copied)
    }

    /// Gives the terminal back and stops the program until the shell continues it; `Event::Resumed` comes then.
    /// `false` where no shell would continue it: nothing was done.
    pub fn suspend(&self) -> bool {
        platform::suspend()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        guard::leave();
    }
}

/// The part of the window that is drawn on.
fn size() -> io::Result<Size> {
    let (columns, lines) = platform::size()?;
    Ok(Size::new(columns.min(MAX_COLUMNS), lines.min(MAX_LINES)))
}

/// What is done at each notice of the system.
fn answers(send: Sender) -> system::NoticeHandler {
    Box::new(move |notice| match notice {
        SystemNotice::Resized => {
            if let Ok(size) = size() {
                send(vec![TerminalEvent::Resize(size.width, size.height)]);
            }
        }
        SystemNotice::Stopping => guard::suspend(),
        SystemNotice::Continued => match guard::resume() {
            Ok(true) => {
                send(vec![TerminalEvent::Resumed]);
            }
            Ok(false) => {}
            Err(error) => {
                send(vec![TerminalEvent::Failed(error.to_string())]);
            }
        },
        SystemNotice::Ending => guard::leave_for_good(),
    })
}

/// The lines of `doctor` about the terminal: label and value.
pub fn report() -> Vec<(&'static str, Safe)> {
    let environment = TerminalEnv::of_process();
    let abilities = TerminalAbilities::of(&environment);
    let size = size().map_or_else(|_| "?".to_owned(), |size| format!("{}×{}", size.width, size.height));
    let usable = match check() {
        Ok(()) => "yes".to_owned(),
        Err(error) => format!("no: {error}"),
    };
    let mut lines = vec![("reader", Safe::line(&usable)), ("size", Safe::line(&size))];
    lines.extend(abilities.describe(&environment));
    lines
}

//! Enters the terminal, draws frames on it, and restores it however the program ends.
//!
//! * The terminal is never queried: on a slow line the answer could come late and be mistaken for typing.
//! * A frame is one write. An unchanged frame writes nothing.
//! * Quitting, errors, panics and signals all restore the terminal through the same code, in `enter_and_leave`.
//!
//! What is drawn is up to `view`, what events mean is up to `update`. Calls that differ between operating systems are
//! in `system`.

pub mod browser;
pub mod clipboard;
mod editor;
mod enter_and_leave;
mod panic;
pub mod screen;
pub mod text_file;

use crate::lang::Lang;
use crate::system::terminal_env::{Multiplexer, TerminalAbilities, TerminalEnv};
use crate::system::{self, SystemNotice, terminal as platform};
use crate::text::safe::Safe;
use crate::tui::input::{self, Sender, TerminalEvent};
use crate::tui::message::EffectOutcome;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};
use screen::ScreenBuffer;
use std::io;
use std::path::{Path, PathBuf};

/// A wider window is drawn in its left part only. A wrong size, as some terminals report it, would otherwise allocate
/// up to 65,535 × 65,535 cells.
const MAX_COLUMNS: u16 = 1000;
/// A higher window is drawn in its upper part only, for the same reason.
const MAX_LINES: u16 = 500;

/// A hook for the tests of this program, which run it in a pseudo-terminal: with the value `draw` the first frame
/// panics, so that they can check that the terminal is given back and that the message cannot control it. It does
/// nothing else, and nothing at all in a release build without the feature `test-panic`.
const TEST_PANIC: &str = "BAOCAO_TEST_PANIC";
const HAS_TEST_PANIC: bool = cfg!(any(debug_assertions, feature = "test-panic"));

/// Why the reader cannot run on this terminal (exit code 2).
#[derive(Debug, thiserror::Error)]
pub enum TerminalUnusable {
    /// Standard output is a file, a pipe or a device that is no terminal.
    #[error(
        "the reader could not be opened: standard output is not a terminal; \
         `baocao list` prints the reports and `baocao show ID` one of them"
    )]
    NotATerminal,
    /// The terminal cannot move its cursor, or TERM does not name it.
    #[error(
        "the reader could not be opened: this terminal (TERM={0}) cannot show a screen; \
         set TERM to what it is, or use `baocao list` and `baocao show ID`"
    )]
    NoScreen(Safe),
    /// Standard input is no terminal, and none could be opened in its place.
    #[error("the reader could not be opened: no keys can be read from the terminal: {0}; use `baocao list` instead")]
    NoKeys(io::Error),
    /// The operating system refused a call on the terminal.
    #[error("the terminal could not be prepared: {0}; try `baocao doctor`, or use `baocao list` instead")]
    System(#[from] io::Error),
}

/// Checks whether the reader can run on this terminal, without changing the terminal.
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

/// The terminal that the reader draws on. Dropping it restores the terminal.
pub struct Terminal {
    screen: ScreenBuffer,
    abilities: TerminalAbilities,
    panic_on_draw: bool,
}

impl Terminal {
    /// Reads the size and the abilities of the terminal. Nothing is written to it before `enter`.
    pub fn prepare() -> Result<Self, TerminalUnusable> {
        check()?;
        let abilities = TerminalAbilities::of(&TerminalEnv::of_process());
        let screen = ScreenBuffer::new(size()?, abilities.able);
        let panic_on_draw = HAS_TEST_PANIC && std::env::var_os(TEST_PANIC).is_some_and(|value| value == "draw");
        Ok(Self { screen, abilities, panic_on_draw })
    }

    /// Enters the terminal and starts to read keys, and the `mouse` if wanted. All events go to `send`; `log` is named
    /// in the message of a panic, which is in `lang`.
    ///
    /// The order matters: signals, hang-ups and panics are watched before the screen is entered, so that none of them
    /// can end the program on a terminal that is not restored.
    pub fn enter(
        &mut self,
        mouse: bool,
        log: Option<PathBuf>,
        lang: Lang,
        send: Sender,
    ) -> Result<(), TerminalUnusable> {
        platform::keys_from_terminal().map_err(TerminalUnusable::NoKeys)?;
        platform::watch(notice_handler(send.clone()))?;
        panic::install(log, lang);
        enter_and_leave::enter(mouse)?;
        Ok(input::spawn(send).inspect_err(|_| enter_and_leave::leave())?)
    }

    /// What the terminal can do.
    pub fn abilities(&self) -> &TerminalAbilities {
        &self.abilities
    }

    /// Draws one frame with `picture`, which returns where to put the cursor, and writes its difference from the last
    /// frame in one write. Writes nothing if there is no difference, or if the window has no cells.
    pub fn draw(&mut self, picture: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
        let size = size()?;
        if size.width == 0 || size.height == 0 {
            return Ok(());
        }
        assert!(!self.panic_on_draw, "{TEST_PANIC}=draw was set: \u{1b}]52;c;AAAA\u{7} must not get through");
        self.screen.set_size(size);
        let frame = self.screen.draw(self.abilities.synchronized, picture);
        if frame.is_empty() { Ok(()) } else { enter_and_leave::write(&frame) }
    }

    /// Treats what the terminal shows as unknown, so that the next frame is drawn completely.
    pub fn forget(&mut self) {
        self.screen.forget();
    }

    /// The columns and lines that are drawn on: the window, limited to `MAX_COLUMNS` and `MAX_LINES`.
    pub fn size(&self) -> io::Result<Size> {
        size()
    }

    /// Puts `text` on the clipboard of the user's own machine, also over SSH. Returns the number of bytes sent and of
    /// bytes cut off, and which way they went. An error if the terminal has no clipboard.
    pub fn copy(&mut self, text: &Safe) -> io::Result<clipboard::CopyOutcome> {
        if self.abilities.console {
            return Err(io::Error::other("the console has no clipboard"));
        }
        let in_tmux = self.abilities.multiplexer == Multiplexer::Tmux;
        if let Some(copied) = in_tmux.then(|| clipboard::to_tmux(text)).flatten() {
            return Ok(copied);
        }
        let (sequence, copied) = clipboard::osc52(text, self.abilities.multiplexer);
        enter_and_leave::write(sequence.as_bytes())?;
        Ok(copied)
    }

    /// Lends the terminal to the user's editor with `text` in a file in `folder`. Returns what it has saved, of at most
    /// `most` bytes.
    pub fn edit(&mut self, text: &str, folder: Option<&Path>, most: usize) -> EffectOutcome {
        let outcome = editor::edit(text, folder, most);
        self.forget();
        outcome
    }

    /// Restores the terminal and stops the program until the shell continues it; `TerminalEvent::Resumed` is sent then.
    /// Returns `false`, and does nothing, if there is no shell that would continue it.
    pub fn suspend(&self) -> bool {
        platform::suspend()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        enter_and_leave::leave();
    }
}

/// The part of the window that is drawn on.
fn size() -> io::Result<Size> {
    let (columns, lines) = platform::size()?;
    Ok(Size::new(columns.min(MAX_COLUMNS), lines.min(MAX_LINES)))
}

/// Returns the function that handles signals and hang-ups. `system` calls it on its own threads, not in a signal
/// handler, so it may lock, write and allocate.
fn notice_handler(send: Sender) -> system::NoticeHandler {
    Box::new(move |notice| match notice {
        SystemNotice::Resized => {
            if let Ok(size) = size() {
                send(vec![TerminalEvent::Resize(size.width, size.height)]);
            }
        }
        SystemNotice::Stopping => enter_and_leave::suspend(),
        SystemNotice::Continued => match enter_and_leave::resume() {
            Ok(true) => {
                send(vec![TerminalEvent::Resumed]);
            }
            Ok(false) => {}
            Err(error) => {
                send(vec![TerminalEvent::Failed(error.to_string())]);
            }
        },
        SystemNotice::Ending => enter_and_leave::leave_for_good(),
    })
}

/// The lines about the terminal that `doctor` prints, each a label and a value.
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

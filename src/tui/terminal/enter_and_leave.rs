//! Enters and restores the terminal, for all callers. `leave` may be called from any thread, at any time and
//! repeatedly. A frame is written only between `enter` and `leave`, and after `leave_for_good` the terminal cannot be
//! entered again. A terminal that accepts no more output delays the end of the program by at most `LIMIT + FORCE`.
//!
//! ```text
//! Outside ── enter ──▶ Inside ── suspend ──▶ Suspended
//!         ◀── leave ──        ◀── resume ──
//! Inside ── lend ──▶ Lent ── take_back ──▶ Inside
//! any phase ── leave_for_good ──▶ Over
//! ```

use crate::system::terminal::{self as platform, Modes};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Switches to the alternate screen, turns bracketed paste on, hides the cursor, and clears the screen.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l\x1b[H\x1b[J";

/// Has the terminal tell of buttons, dragging and the wheel, with coordinates of any size (DEC modes 1002, 1006).
const MOUSE_ON: &[u8] = b"\x1b[?1002h\x1b[?1006h";

/// Turns everything off that may be on, whether this program turned it on or not: synchronized update, colours, scroll
/// region, bracketed paste, focus and mouse reports, the alternate screen, the hidden cursor. The screen is cleared
/// before the alternate screen is left, for terminals that have none.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[r\x1b[H\x1b[J\x1b[?2004l\x1b[?1004l\
    \x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?1049l\x1b[?25h\x1b[0m";

/// How long `leave_for_good` waits for a terminal that accepts no output.
const LIMIT: Duration = Duration::from_millis(200);
/// How long it then tries to get `LEAVE` through by discarding queued output.
const FORCE: Duration = Duration::from_millis(80);
/// The pause between two such attempts.
const PAUSE: Duration = Duration::from_millis(8);

#[derive(Clone, Copy, PartialEq, Eq)]
enum TerminalPhase {
    /// The terminal is in the modes of the shell.
    Outside,
    /// The terminal is in raw mode and shows the reader.
    Inside,
    /// The terminal is in the modes of the shell until the program is continued.
    Suspended,
    /// Another program, the user's editor, has the terminal until it ends. A stop and a continuation are its own.
    Lent,
    /// The program is ending: the terminal must not be entered again.
    Over,
}

/// Locked during each write, so that a frame and `LEAVE` are never interleaved.
static STATE: Mutex<TerminalPhase> = Mutex::new(TerminalPhase::Outside);
/// Whether the mouse is turned on whenever the terminal is entered.
static MOUSE: AtomicBool = AtomicBool::new(false);
/// Set once the program ends. It is checked before `STATE` is locked, so that no new frame delays `LEAVE`.
static ENDING: AtomicBool = AtomicBool::new(false);
/// The modes of the terminal before it was entered. This has a lock of its own, which is never held during a write:
/// `leave_for_good` restores the modes while another thread is blocked in a write and holds `STATE`.
static FOUND: Mutex<Option<Modes>> = Mutex::new(None);

/// Locks a mutex even if a thread panicked while it held it: the terminal must be restored then as well.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Enters the terminal: raw mode, then the alternate screen. Does nothing if it is entered already; an error if the
/// program is ending.
pub fn enter(mouse: bool) -> io::Result<()> {
    MOUSE.store(mouse, Ordering::SeqCst);
    let mut state = lock(&STATE);
    match *state {
        TerminalPhase::Outside | TerminalPhase::Suspended => enter_modes(&mut state, true),
        TerminalPhase::Inside | TerminalPhase::Lent => Ok(()),
        TerminalPhase::Over => Err(io::Error::other("the program is ending")),
    }
}

/// Enters the terminal again after a stop. Returns `false` if the terminal was not entered before the stop, or if the
/// program is ending.
pub fn resume() -> io::Result<bool> {
    let mut state = lock(&STATE);
    match *state {
        TerminalPhase::Suspended => enter_modes(&mut state, true)?,
        // SIGSTOP cannot be caught, so `suspend` did not run. The current modes may still be the raw ones: saving them
        // would leave the shell in raw mode at the end.
        TerminalPhase::Inside => enter_modes(&mut state, false)?,
        TerminalPhase::Outside | TerminalPhase::Lent | TerminalPhase::Over => return Ok(false),
    }
    Ok(true)
}

/// Sets raw mode and enters the alternate screen. The modes before that are saved only if `modes_are_the_shells`.
fn enter_modes(state: &mut TerminalPhase, modes_are_the_shells: bool) -> io::Result<()> {
    let found = platform::raw_modes()?;
    if modes_are_the_shells {
        *lock(&FOUND) = Some(found);
    }
    // Before the write: if it fails halfway, `leave` must still restore the terminal.
    *state = TerminalPhase::Inside;
    platform::write(ENTER)?;
    if MOUSE.load(Ordering::SeqCst) { platform::write(MOUSE_ON) } else { Ok(()) }
}

/// Restores the terminal. Does nothing if it is not entered.
pub fn leave() {
    restore(TerminalPhase::Outside);
}

/// Restores the terminal until `resume`. Does nothing if it is not entered.
pub fn suspend() {
    restore(TerminalPhase::Suspended);
}

/// Restores the terminal for another program, until `take_back`.
pub fn lend() {
    restore(TerminalPhase::Lent);
}

/// Enters the terminal again after `lend`. Does nothing if the program is ending.
pub fn take_back() -> io::Result<()> {
    let mut state = lock(&STATE);
    if *state == TerminalPhase::Lent { enter_modes(&mut state, true) } else { Ok(()) }
}

/// Restores the terminal if it is entered, and changes to the phase `next`. `Over` is reached from every phase.
fn restore(next: TerminalPhase) {
    let mut state = lock(&STATE);
    if *state == TerminalPhase::Inside {
        // The modes come first: setting them never blocks, while the write may.
        restore_modes();
        // If the terminal is gone there is nothing left to restore.
        let _ = platform::write(LEAVE);
        *state = next;
    } else if next == TerminalPhase::Over {
        *state = next;
    }
}

/// Sets the modes that the terminal had before it was entered.
fn restore_modes() {
    if let Some(found) = lock(&FOUND).as_ref() {
        platform::restore(found);
    }
}

/// Restores the terminal for the last time, within `LIMIT + FORCE` even if the terminal accepts no output. Input that
/// was not read yet is dropped: it was typed for the reader, and the shell would execute it.
pub fn leave_for_good() {
    platform::drop_typed_ahead();
    ENDING.store(true, Ordering::SeqCst);
    let (done, is_done) = mpsc::channel();
    // A write may block forever on a terminal that accepts no output, so it happens on another thread. The channel
    // reports its end; a disconnected channel means that the thread has ended too.
    let writer = thread::Builder::new().name("leave".to_owned()).spawn(move || {
        restore(TerminalPhase::Over);
        let _ = done.send(());
    });
    if writer.is_err() || is_done.recv_timeout(LIMIT) != Err(RecvTimeoutError::Timeout) {
        return;
    }
    for _ in 0..(FORCE.as_millis() / PAUSE.as_millis()) {
        platform::drop_output();
        // On Linux discarding the output does not wake a blocked writer; setting the modes does.
        restore_modes();
        if is_done.recv_timeout(PAUSE) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// Writes `bytes` to the terminal if it is entered. Otherwise they are dropped without an error: after a stop the whole
/// screen is drawn again, and after the end there is nothing to draw on.
pub fn write(bytes: &[u8]) -> io::Result<()> {
    if ENDING.load(Ordering::SeqCst) {
        return Ok(());
    }
    let state = lock(&STATE);
    if *state == TerminalPhase::Inside { platform::write(bytes) } else { Ok(()) }
}

//! Entering and leaving the terminal, for all callers. `leave` may be called from any thread, at any time and
//! repeatedly. A frame is written only between `enter` and `leave`, and after `leave_for_good` nothing enters again. A
//! terminal that takes no more output delays the end of the program by at most `LIMIT + FORCE`.

use crate::system::terminal::{self as platform, Modes};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Alternate screen, pasted text in brackets, no cursor, an empty screen.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l\x1b[H\x1b[J";

/// Everything that can have been put on, put off: synchronized update, colours, scroll region, pasted text in brackets,
/// focus and mouse reports, the alternate screen (emptied first, for terminals that have none), the hidden cursor.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[r\x1b[H\x1b[J\x1b[?2004l\x1b[?1004l\
    \x1b[?1006l\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?1049l\x1b[?25h\x1b[0m";

/// How long the end waits for a terminal that takes no output.
const LIMIT: Duration = Duration::from_millis(200);
/// How long it then tries to get `LEAVE` through by discarding queued output.
const FORCE: Duration = Duration::from_millis(80);
/// Between two such attempts.
const PAUSE: Duration = Duration::from_millis(8);

#[derive(Clone, Copy, PartialEq, Eq)]
enum TerminalPhase {
    /// The terminal is the shell's.
    Outside,
    /// The terminal is ours.
    Inside,
    /// It is the shell's until the program is continued.
    Suspended,
    /// The program ends; nobody may enter.
    Over,
}

/// Locked while bytes go out, so that a frame and `LEAVE` are never interleaved.
static STATE: Mutex<TerminalPhase> = Mutex::new(TerminalPhase::Outside);
/// Set once the program ends: from then on no frame is written, so that `LEAVE` does not have to wait for one.
static ENDING: AtomicBool = AtomicBool::new(false);
/// The modes of the terminal before we entered it. Never locked while bytes go out: `leave_for_good` needs it then.
static FOUND: Mutex<Option<Modes>> = Mutex::new(None);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the terminal: raw modes, then the alternate screen.
pub fn enter() -> io::Result<()> {
    let mut state = lock(&STATE);
    match *state {
        TerminalPhase::Outside | TerminalPhase::Suspended => take(&mut state, true),
        TerminalPhase::Inside => Ok(()),
        TerminalPhase::Over => Err(io::Error::other("the program is ending")),
    }
}

/// Takes the terminal again after a stop, whatever the shell did to it meanwhile. Returns whether it is ours.
pub fn resume() -> io::Result<bool> {
    let mut state = lock(&STATE);
    match *state {
        TerminalPhase::Suspended => take(&mut state, true)?,
        // Stopped by a signal that cannot be caught: the modes may be ours still and must not be taken for the shell's.
        TerminalPhase::Inside => take(&mut state, false)?,
        TerminalPhase::Outside | TerminalPhase::Over => return Ok(false),
    }
    Ok(true)
}

fn take(state: &mut TerminalPhase, modes_are_the_shells: bool) -> io::Result<()> {
    let found = platform::raw_modes()?;
    if modes_are_the_shells {
        *lock(&FOUND) = Some(found);
    }
    *state = TerminalPhase::Inside;
    platform::write(ENTER)
}

/// Gives the terminal back; does nothing if that was done before.
pub fn leave() {
    give_back(TerminalPhase::Outside);
}

/// Gives the terminal back until `resume`.
pub fn suspend() {
    give_back(TerminalPhase::Suspended);
}

fn give_back(next: TerminalPhase) {
    let mut state = lock(&STATE);
    if *state == TerminalPhase::Inside {
        // The modes first: setting them never waits for output.
        restore_modes();
        // If the terminal is gone there is nothing left to restore.
        let _ = platform::write(LEAVE);
        *state = next;
    } else if next == TerminalPhase::Over {
        *state = next;
    }
}

fn restore_modes() {
    if let Some(found) = lock(&FOUND).as_ref() {
        platform::restore(found);
    }
}

/// Gives the terminal back and lets nobody enter again, within `LIMIT + FORCE` even if the terminal takes no output.
/// Keys that were typed ahead are dropped: they were meant for the reader and would reach the shell.
pub fn leave_for_good() {
    platform::drop_typed_ahead();
    ENDING.store(true, Ordering::SeqCst);
    let (done, is_done) = mpsc::channel();
    // Writing may block forever on a terminal that takes no output, so it happens on a thread of its own.
    let writer = thread::Builder::new().name("leave".to_owned()).spawn(move || {
        give_back(TerminalPhase::Over);
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

/// Sends `bytes` to the terminal while it is ours. Otherwise they are dropped: after a stop everything is drawn again.
pub fn write(bytes: &[u8]) -> io::Result<()> {
    if ENDING.load(Ordering::SeqCst) {
        return Ok(());
    }
    let state = lock(&STATE);
    if *state == TerminalPhase::Inside { platform::write(bytes) } else { Ok(()) }
}

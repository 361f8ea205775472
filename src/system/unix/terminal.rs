//! The terminal: raw modes and back, size, one way to write, what is typed, signals and hang-ups, stopping.

use crate::system::{KeySink, NoticeHandler, SystemNotice};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use rustix::stdio::{dup2_stdin, stdin, stdout};
use rustix::termios::{OptionalActions, QueueSelector, Termios, isatty, tcflush, tcgetattr, tcgetwinsize, tcsetattr};
use signal_hook::consts::signal::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH,
};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::os::unix::ffi::OsStrExt;
use std::sync::Arc;
use std::{io, process, thread};

/// Signals that end a program by default and can be caught.
const ENDING: [i32; 7] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2];

/// How the terminal was before it was ours.
pub type Modes = Termios;

/// Whether the environment's TERM says what the terminal can do.
pub const IS_NAMED_BY_TERM: bool = true;

/// Whether standard output shows on a terminal.
pub fn is_terminal() -> bool {
    isatty(stdout())
}

/// Makes standard input the terminal where it is a pipe or a file: what was piped in was read or is not wanted, and
/// keys can then be read and watched in one way on every system.
pub fn keys_from_terminal() -> io::Result<()> {
    if !isatty(stdin()) {
        dup2_stdin(terminal_file()?)?;
    }
    Ok(())
}

/// The terminal that standard output shows on, else the controlling one. By name, because not every system can wait for
/// `/dev/tty`.
fn terminal_file() -> io::Result<File> {
    let open = |path: &OsStr| OpenOptions::new().read(true).write(true).open(path);
    match rustix::termios::ttyname(stdout(), Vec::new()) {
        Ok(name) => open(OsStr::from_bytes(name.as_bytes())).or_else(|_| open(OsStr::new("/dev/tty"))),
        Err(_) => open(OsStr::new("/dev/tty")),
    }
}

/// Columns and lines of the window.
pub fn size() -> io::Result<(u16, u16)> {
    let size = tcgetwinsize(stdout())?;
    Ok((size.ws_col, size.ws_row))
}

/// Keys one by one, unechoed, uninterpreted. Returns what was before.
pub fn raw_modes() -> io::Result<Modes> {
    let found = tcgetattr(stdin())?;
    let mut raw = found.clone();
    raw.make_raw();
    set(&raw)?;
    Ok(found)
}

/// The modes as they were; a terminal that is gone needs none.
pub fn restore(modes: &Modes) {
    let _ = set(modes);
}

fn set(modes: &Modes) -> io::Result<()> {
    rustix::io::retry_on_intr(|| tcsetattr(stdin(), OptionalActions::Now, modes))?;
    Ok(())
}

/// Drops keys that nobody has read.
pub fn drop_typed_ahead() {
    let _ = tcflush(stdin(), QueueSelector::IFlush);
}

/// Drops output that the terminal has not taken.
pub fn drop_output() {
    let _ = tcflush(stdout(), QueueSelector::OFlush);
}

/// Writes all of `bytes`: in one call, unless the terminal takes them in parts.
pub fn write(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(stdout(), bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            // Someone who shares the terminal made it non-blocking.
            Err(Errno::AGAIN) => {
                let mut output = [PollFd::from_borrowed_fd(stdout(), PollFlags::OUT)];
                rustix::io::retry_on_intr(|| poll(&mut output, None))?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Reads the terminal until nobody listens. A terminal that is gone ends it, and never makes it spin.
pub fn read_keys(to: &mut dyn KeySink) -> io::Result<()> {
    let mut bytes = [0; 4096];
    loop {
        let timeout = to.timeout().and_then(|time| Timespec::try_from(time).ok());
        let mut keys = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
        let heard = match poll(&mut keys, timeout.as_ref()) {
            Ok(0) => to.silence(),
            Ok(_) => match rustix::io::read(stdin(), &mut bytes) {
                Ok(0) => return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the terminal is gone")),
                Ok(count) => to.bytes(bytes.get(..count).unwrap_or_default()),
                Err(Errno::INTR | Errno::AGAIN) => true,
                Err(error) => return Err(error.into()),
            },
            Err(Errno::INTR) => true,
            Err(error) => return Err(error.into()),
        };
        if !heard {
            return Ok(());
        }
    }
}

/// Watches signals and hang-ups, each on a thread of its own: neither a blocked write nor a reader that spins can keep
/// the program alive. Handlers are in place when this returns.
pub fn watch(answer: NoticeHandler) -> io::Result<()> {
    let answer: Arc<NoticeHandler> = Arc::new(answer);
    let ending = Arc::clone(&answer);
    let mut signals = Signals::new(ENDING.into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]))?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGTSTP => stop(&answer),
                // In the background, going on means to be stopped once more, as by any output there.
                SIGCONT => answer(SystemNotice::GoingOn),
                SIGWINCH => answer(SystemNotice::Resized),
                _ => die(signal, &answer),
            }
        }
    })?;
    thread::Builder::new().name("hang-up".to_owned()).spawn(move || await_hang_up(&ending))?;
    Ok(())
}

/// Waits until the terminal is gone. Nothing else wakes it.
fn await_hang_up(answer: &NoticeHandler) {
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    loop {
        let (keys, screen) = (stdin(), stdout());
        let mut both = [keys, screen].map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::empty()));
        match poll(&mut both, None) {
            Ok(_) if both.iter().any(|fd| fd.revents().intersects(gone)) => die(SIGHUP, answer),
            Ok(_) | Err(Errno::INTR) => {}
            // A system that cannot watch its terminal; SIGHUP tells of most hang-ups.
            Err(_) => return,
        }
    }
}

/// Gives the terminal back and ends by `signal`, so that the parent sees what ended the program.
fn die(signal: i32, answer: &NoticeHandler) {
    answer(SystemNotice::Ending);
    let _ = emulate_default_handler(signal);
    process::exit(128 + signal);
}

/// Stops the program as the terminal's own ^Z would, with the terminal given back. The signal is SIGSTOP in the end.
fn stop(answer: &NoticeHandler) {
    if has_shell() {
        answer(SystemNotice::Stopping);
        let _ = emulate_default_handler(SIGTSTP);
    }
}

/// Whether a shell with job control started this program and would continue it. In the process group of the session's
/// leader (a command of ssh or tmux) a stopped program would stay stopped for ever.
fn has_shell() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Stops the whole job, as the terminal does; the thread of the signals does the rest.
pub fn suspend() -> bool {
    has_shell() && kill_current_process_group(Signal::TSTP).is_ok()
}

//! Unix: termios, signals, job control.

use super::clamped;
use crate::tui::input::decode::Decoder;
use crate::tui::input::{Event, Sender};
use crate::tui::terminal::guard;
use ratatui::layout::Size;
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
use std::{io, process, thread};

/// Signals that end a program by default and can be caught.
const ENDING: [i32; 7] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2];

/// How the terminal was before it was ours.
pub type Modes = Termios;

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

/// Columns and lines to draw on.
pub fn size() -> io::Result<Size> {
    let size = tcgetwinsize(stdout())?;
    Ok(clamped(size.ws_col, size.ws_row))
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

/// How long the rest of a key may take: bytes of one key can come apart on a slow line.
const SILENCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 10_000_000 };
/// How long the rest of a paste may take, before what follows is taken for typing.
const SILENCE_IN_PASTE: Timespec = Timespec { tv_sec: 3, tv_nsec: 0 };

/// Reads the terminal until nobody listens. A terminal that is gone ends it, and never makes it spin.
pub fn read_events(send: &Sender) -> io::Result<()> {
    let mut decoder = Decoder::default();
    let mut events = Vec::new();
    let mut bytes = [0; 4096];
    loop {
        let silence = match (decoder.is_waiting(), decoder.is_pasting()) {
            (_, true) => Some(&SILENCE_IN_PASTE),
            (true, false) => Some(&SILENCE),
            (false, false) => None,
        };
        let mut keys = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
        match poll(&mut keys, silence) {
            Ok(0) => decoder.flush(&mut events),
            Ok(_) => match rustix::io::read(stdin(), &mut bytes) {
                Ok(0) => return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the terminal is gone")),
                Ok(count) => {
                    let read = bytes.get(..count).unwrap_or_default();
                    if let Some(first) = read.first() {
                        decoder.begin_read(*first, &mut events);
                    }
                    decoder.feed(read, &mut events);
                }
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(error) => return Err(error.into()),
            },
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        for event in events.drain(..) {
            if !send(event) {
                return Ok(());
            }
        }
    }
}

/// Watches signals and hang-ups, each on a thread of its own: neither a blocked write nor a reader that spins can keep
/// the program alive. Handlers are in place when this returns.
pub fn watch(send: Sender) -> io::Result<()> {
    let mut signals = Signals::new(ENDING.into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]))?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGTSTP => stop(),
                SIGCONT => go_on(&send),
                SIGWINCH => {
                    if let Ok(size) = size() {
                        send(Event::Resize(size.width, size.height));
                    }
                }
                _ => die(signal),
            }
        }
    })?;
    thread::Builder::new().name("hang-up".to_owned()).spawn(await_hang_up)?;
    Ok(())
}

/// Waits until the terminal is gone. Nothing else wakes it.
fn await_hang_up() {
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    loop {
        let (keys, screen) = (stdin(), stdout());
        let mut both = [keys, screen].map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::empty()));
        match poll(&mut both, None) {
            Ok(_) if both.iter().any(|fd| fd.revents().intersects(gone)) => die(SIGHUP),
            Ok(_) | Err(Errno::INTR) => {}
            // A system that cannot watch its terminal; SIGHUP tells of most hang-ups.
            Err(_) => return,
        }
    }
}

/// Gives the terminal back and ends by `signal`, so that the parent sees what ended the program.
fn die(signal: i32) {
    guard::leave_for_good();
    let _ = emulate_default_handler(signal);
    process::exit(128 + signal);
}

/// Stops the program as the terminal's own ^Z would, with the terminal given back. The signal is SIGSTOP in the end.
fn stop() {
    if has_shell() {
        guard::suspend();
        let _ = emulate_default_handler(SIGTSTP);
    }
}

/// Takes the terminal again. In the background this stops the program once more, as any output there would.
fn go_on(send: &Sender) {
    match guard::resume() {
        Ok(true) => {
            send(Event::Resumed);
        }
        Ok(false) => {}
        Err(error) => {
            send(Event::Failed(error.to_string()));
        }
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

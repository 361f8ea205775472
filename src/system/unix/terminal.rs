//! The terminal: raw mode, size, writing, reading keys, signals, hang-ups, job control.

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
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::{io, process, thread};

/// Signals that end a program by default and can be caught.
const ENDING: [i32; 7] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2];

/// Held while keys are read, and while another program reads them.
static KEYS: Mutex<()> = Mutex::new(());
/// Whether another program has the terminal: what is typed to interrupt that one is not for this one.
static LENT: AtomicBool = AtomicBool::new(false);

/// The terminal's modes, as they were before raw mode.
pub type Modes = Termios;

/// Whether the variable TERM describes the terminal.
pub const IS_NAMED_BY_TERM: bool = true;

/// Whether standard output is a terminal.
pub fn is_terminal() -> bool {
    isatty(stdout())
}

/// Makes standard input the terminal if it is a pipe or a file: what was piped in has been read or is not wanted.
/// Reading keys and watching for hang-ups then have one file descriptor to use.
pub fn keys_from_terminal() -> io::Result<()> {
    if !isatty(stdin()) {
        dup2_stdin(terminal_file()?)?;
    }
    Ok(())
}

/// The terminal of standard output, else the controlling one. Opened by name, because macOS cannot poll `/dev/tty`.
fn terminal_file() -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    if let Ok(name) = rustix::termios::ttyname(stdout(), Vec::new())
        && let Ok(file) = options.open(OsStr::from_bytes(name.as_bytes()))
    {
        return Ok(file);
    }
    options.open("/dev/tty")
}

/// The size of the window: columns and lines.
pub fn size() -> io::Result<(u16, u16)> {
    let size = tcgetwinsize(stdout())?;
    Ok((size.ws_col, size.ws_row))
}

/// Switches to raw mode: each key comes at once, is not echoed and has no meaning of its own. Returns the modes before.
pub fn raw_modes() -> io::Result<Modes> {
    let found = tcgetattr(stdin())?;
    let mut raw = found.clone();
    raw.make_raw();
    set(&raw)?;
    Ok(found)
}

/// Restores the modes as they were. An error means that the terminal is gone.
pub fn restore(modes: &Modes) {
    let _ = set(modes);
}

fn set(modes: &Modes) -> io::Result<()> {
    rustix::io::retry_on_intr(|| tcsetattr(stdin(), OptionalActions::Now, modes))?;
    Ok(())
}

/// Drops keys that were typed and not read.
pub fn drop_typed_ahead() {
    let _ = tcflush(stdin(), QueueSelector::IFlush);
}

/// Drops output that the terminal has not taken yet.
pub fn drop_output() {
    let _ = tcflush(stdout(), QueueSelector::OFlush);
}

/// Writes all of `bytes`, in one call if the terminal takes them at once.
pub fn write(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(stdout(), bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            // Another program that shares the terminal has made it non-blocking.
            Err(Errno::AGAIN) => {
                let mut output = [PollFd::from_borrowed_fd(stdout(), PollFlags::OUT)];
                rustix::io::retry_on_intr(|| poll(&mut output, None))?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Reads the terminal until the receiver is gone. A terminal that is gone is an error: `read` returns 0 bytes for ever
/// then, and the loop would spin.
pub fn read_keys(to: &mut dyn KeySink) -> io::Result<()> {
    let mut bytes = [0; 4096];
    loop {
        let timeout = to.timeout().and_then(|time| Timespec::try_from(time).ok());
        let mut keys = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
        let goes_on = match poll(&mut keys, timeout.as_ref()) {
            Ok(0) => to.silence(),
            // Another program may have taken the keys meanwhile: only what is still there is read.
            Ok(_) => match read_if_there(&mut bytes) {
                Ok(None) | Err(Errno::INTR | Errno::AGAIN) => true,
                Ok(Some(0)) => return Err(gone()),
                Ok(Some(count)) => to.bytes(bytes.get(..count).unwrap_or_default()),
                Err(error) => return Err(error.into()),
            },
            Err(Errno::INTR) => true,
            Err(error) => return Err(error.into()),
        };
        if !goes_on {
            return Ok(());
        }
    }
}

/// Reads what was typed, once no other program has the terminal. `None` if nothing is there any more.
fn read_if_there(bytes: &mut [u8]) -> Result<Option<usize>, Errno> {
    let _held = KEYS.lock().unwrap_or_else(PoisonError::into_inner);
    let mut keys = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN)];
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    if poll(&mut keys, Some(&now))? == 0 {
        return Ok(None);
    }
    rustix::io::read(stdin(), bytes).map(Some)
}

fn gone() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the terminal is gone")
}

/// Runs `other`, which has another program read the terminal, while this one reads no keys and is not ended by the keys
/// that interrupt the other.
pub fn lend_keys<T>(other: impl FnOnce() -> T) -> T {
    let _held = KEYS.lock().unwrap_or_else(PoisonError::into_inner);
    LENT.store(true, Ordering::SeqCst);
    let done = other();
    LENT.store(false, Ordering::SeqCst);
    done
}

/// Watches signals and hang-ups, each on a thread of its own, so that a main thread that is blocked in a write cannot
/// keep the program alive. The signals are caught from the moment this returns.
pub fn watch(handler: NoticeHandler) -> io::Result<()> {
    let handler: Arc<NoticeHandler> = Arc::new(handler);
    let hang_up_handler = Arc::clone(&handler);
    let mut signals = Signals::new(ENDING.into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]))?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGINT | SIGQUIT if LENT.load(Ordering::SeqCst) => {}
                SIGTSTP => stop(&handler),
                // If it continues in the background, its first output stops it again.
                SIGCONT => handler(SystemNotice::Continued),
                SIGWINCH => handler(SystemNotice::Resized),
                _ => die(signal, &handler),
            }
        }
    })?;
    thread::Builder::new().name("hang-up".to_owned()).spawn(move || await_hang_up(&hang_up_handler))?;
    Ok(())
}

/// Waits until the terminal is gone. The poll asks for no event, so only hang-ups and errors wake it.
fn await_hang_up(handler: &NoticeHandler) {
    let gone = PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL;
    loop {
        let (keys, screen) = (stdin(), stdout());
        let mut both = [keys, screen].map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::empty()));
        match poll(&mut both, None) {
            Ok(_) if both.iter().any(|fd| fd.revents().intersects(gone)) => die(SIGHUP, handler),
            Ok(_) | Err(Errno::INTR) => {}
            // This system cannot poll its terminal. Most hang-ups also send SIGHUP.
            Err(_) => return,
        }
    }
}

/// Restores the terminal and ends by `signal`, so that the parent process sees what ended the program.
fn die(signal: i32, handler: &NoticeHandler) {
    handler(SystemNotice::Ending);
    let _ = emulate_default_handler(signal);
    process::exit(128 + signal);
}

/// Restores the terminal and stops the program as ^Z does.
fn stop(handler: &NoticeHandler) {
    if has_shell() {
        handler(SystemNotice::Stopping);
        let _ = emulate_default_handler(SIGTSTP);
    }
}

/// Whether a shell with job control started this program and can continue it. If this is the session's first process
/// group (a command run by ssh or tmux), no process could, and the program would stay stopped forever.
fn has_shell() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Stops the whole job, as the terminal does on ^Z. The thread that watches signals does the rest. `false` if no shell
/// could continue it.
pub fn suspend() -> bool {
    has_shell() && kill_current_process_group(Signal::TSTP).is_ok()
}

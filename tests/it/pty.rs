//! Runs the program in a real pseudo-terminal, whose output a terminal emulator interprets. Tests wait for what the
//! screen shows, never for a fixed time; a generous deadline ends only tests that would wait forever.

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use std::ffi::OsString;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// What a test waits for comes long before this deadline, or not at all.
const DEADLINE: Duration = Duration::from_secs(60);

/// The path of the program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_baocao");

/// The output of the program so far, raw and interpreted.
struct Seen {
    emulator: vt100::Parser,
    bytes: Vec<u8>,
    closed: bool,
}

/// One run of a program in a terminal of its own.
pub struct Session {
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    gone: Arc<AtomicBool>,
    away: Arc<AtomicBool>,
    /// The modes of the terminal before the program started, formatted.
    modes_before: String,
}

/// How to start a session.
pub struct Start {
    command: CommandBuilder,
    lines: u16,
    columns: u16,
}

impl Start {
    /// `baocao` with these arguments, in a terminal of 24 lines and 80 columns, with an environment of its own.
    pub fn baocao(home: &Path, arguments: &[&str]) -> Self {
        Self::program(home, PROGRAM, arguments)
    }

    /// `baocao` run by `sh`, whose script starts it as `"$@"`: for pipes and job control.
    pub fn through_shell(home: &Path, script: &str, arguments: &[&str]) -> Self {
        let shell = ["-m", "-c", script, "sh", PROGRAM];
        Self::program(home, "sh", &[&shell, arguments].concat())
    }

    /// Another program.
    pub fn program(home: &Path, program: &str, arguments: &[&str]) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("LC_ALL", "C.UTF-8")] {
            command.env(name, value);
        }
        command.env("PATH", std::env::var_os("PATH").unwrap_or_else(|| OsString::from("/usr/bin:/bin")));
        command.env("HOME", home);
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        Self { command, lines: 24, columns: 80 }
    }

    /// Sets another size, in cells.
    pub fn size(mut self, columns: u16, lines: u16) -> Self {
        (self.columns, self.lines) = (columns, lines);
        self
    }

    /// Sets an environment variable.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Removes an environment variable.
    pub fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Opens the terminal and starts the program in it.
    pub fn start(self) -> Session {
        let pty = native_pty_system().openpty(size(self.columns, self.lines)).unwrap();
        let modes_before = modes(&*pty.master);
        let child = pty.slave.spawn_command(self.command).unwrap();
        let emulator = vt100::Parser::new(cells(self.lines), cells(self.columns), 0);
        let seen = Arc::new((Mutex::new(Seen { emulator, bytes: Vec::new(), closed: false }), Condvar::new()));
        let gone = Arc::new(AtomicBool::new(false));
        let output = pty.master.try_clone_reader().unwrap();
        let away = Arc::new(AtomicBool::new(false));
        let (looking, left, elsewhere) = (seen.clone(), gone.clone(), away.clone());
        thread::spawn(move || look(output, &looking, &left, &elsewhere));
        let keys = Some(pty.master.take_writer().unwrap());
        Session { master: Some(pty.master), keys, child, seen, gone, away, modes_before }
    }
}

/// The size for the emulator, which cannot have zero rows or columns.
fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap_or(NonZero::<u16>::MIN)
}

fn size(columns: u16, lines: u16) -> PtySize {
    PtySize { rows: lines, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

/// Reads the output until it ends or the terminal is closed.
fn look(mut output: Box<dyn Read + Send>, seen: &(Mutex<Seen>, Condvar), gone: &AtomicBool, away: &AtomicBool) {
    let mut buffer = [0; 8192];
    while !gone.load(Ordering::SeqCst) {
        while away.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(1));
        }
        let count = output.read(&mut buffer).unwrap_or(0);
        let mut now = seen.0.lock().unwrap_or_else(PoisonError::into_inner);
        if count == 0 {
            now.closed = true;
        } else {
            let bytes = buffer.get(..count).unwrap();
            now.emulator.process(bytes);
            now.bytes.extend_from_slice(bytes);
        }
        seen.1.notify_all();
        if count == 0 {
            return;
        }
    }
    drop(output);
    seen.0.lock().unwrap().closed = true;
    seen.1.notify_all();
}

impl Session {
    /// Sends bytes to the program in one write.
    pub fn type_bytes(&mut self, bytes: &[u8]) {
        let keys = self.keys.as_mut().unwrap();
        keys.write_all(bytes).unwrap();
        keys.flush().unwrap();
    }

    /// Sends text to the program in one write.
    pub fn press(&mut self, text: &str) {
        self.type_bytes(text.as_bytes());
    }

    /// Waits until `wanted` is true of the screen.
    pub fn wait_for(&self, what: &str, wanted: impl Fn(&vt100::Screen) -> bool) {
        self.wait(what, |seen| wanted(seen.emulator.screen()));
    }

    /// Waits until the screen contains `text`.
    pub fn wait_for_text(&self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// Waits until `wanted` is true of the bytes received so far.
    pub fn wait_bytes(&self, what: &str, wanted: impl Fn(&[u8]) -> bool) {
        self.wait(what, |seen| wanted(&seen.bytes));
    }

    fn wait(&self, what: &str, wanted: impl Fn(&Seen) -> bool) {
        let end = Instant::now() + DEADLINE;
        let mut seen = self.lock();
        while !wanted(&seen) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && !seen.closed, "waited in vain for {what}:\n{}", shown(&seen));
            seen = self.seen.1.wait_timeout(seen, left).unwrap().0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().unwrap()
    }

    /// Returns all bytes that the program has written so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.lock().bytes.clone()
    }

    /// Resizes the window, in cells.
    pub fn resize(&self, columns: u16, lines: u16) {
        self.lock().emulator.screen_mut().set_size(cells(lines), cells(columns));
        self.master.as_ref().unwrap().resize(size(columns, lines)).unwrap();
    }

    /// Stops reading the output, so that the program blocks on writing once the buffer of the terminal is full.
    pub fn look_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: rustix::process::Signal) {
        let id = i32::try_from(self.child.process_id().unwrap()).unwrap();
        rustix::process::kill_process(rustix::process::Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    /// Closes the other end of the terminal, like a dropped connection.
    pub fn hang_up(&mut self) {
        self.gone.store(true, Ordering::SeqCst);
        // The reading thread blocks until there is output. A resize makes the program redraw, then the thread sees the
        // flag.
        self.resize(70, 20);
        self.wait("the looker-on to go", |seen| seen.closed);
        self.keys = None;
        self.master = None;
    }

    /// Waits until the program has ended.
    pub fn end(&mut self) -> ExitStatus {
        let end = Instant::now() + DEADLINE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < end, "the program did not end:\n{}", shown(&self.lock()));
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Returns which states of the terminal were not restored after the end.
    pub fn left_behind(&self) -> Vec<String> {
        self.wait("the end of output", |seen| seen.closed);
        let seen = self.lock();
        let screen = seen.emulator.screen();
        let mut left = Vec::new();
        for (name, on) in [
            ("alternate screen", screen.alternate_screen()),
            ("hidden cursor", screen.hide_cursor()),
            ("bracketed paste", screen.bracketed_paste()),
            ("mouse", screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None),
            ("colour", screen.fgcolor() != vt100::Color::Default || screen.bgcolor() != vt100::Color::Default),
            ("attributes", screen.bold() || screen.underline() || screen.inverse() || screen.italic() || screen.dim()),
            ("synchronized update", unfinished(&seen.bytes, b"\x1b[?2026h", b"\x1b[?2026l")),
        ] {
            if on {
                left.push(name.to_owned());
            }
        }
        let now = modes(self.master.as_deref().unwrap());
        if now != self.modes_before {
            left.push(format!("modes of the terminal: {} became {now}", self.modes_before));
        }
        left
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // In most tests the program has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn unfinished(bytes: &[u8], on: &[u8], off: &[u8]) -> bool {
    let last = |what: &[u8]| bytes.windows(what.len()).rposition(|window| window == what);
    last(on) > last(off)
}

fn shown(seen: &Seen) -> String {
    let tail = seen.bytes.len().saturating_sub(400);
    format!(
        "{}\nlast bytes: {:?}",
        seen.emulator.screen().contents(),
        String::from_utf8_lossy(seen.bytes.get(tail..).unwrap_or_default())
    )
}

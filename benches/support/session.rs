//! The reader in a pseudo-terminal of 120 by 40 cells: how long a key takes until the screen stops changing.

use super::memory_words;
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A screen counts as finished if nothing was written for this long. The wait itself is not part of the measured time.
const STILL: Duration = Duration::from_millis(200);
/// How long to wait for words that must come.
const LONGEST: Duration = Duration::from_secs(60);

/// A running reader. Ended when it is dropped.
pub struct Session {
    /// Its output in chunks, each with the moment of its arrival.
    output: Receiver<(Instant, Vec<u8>)>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    /// Milliseconds from the start to the first rows.
    pub first_rows: f64,
}

impl Session {
    /// Starts the reader on a cache and waits for rows with these words in them, then until the screen stands.
    pub fn start(cache: &Path, home: &Path, words: &str) -> Self {
        Self::start_with(&[OsStr::new("--cache"), cache.as_os_str()], home, words)
    }

    /// Like `start`, with the options that say which cache to read.
    pub fn start_with(options: &[&OsStr], home: &Path, words: &str) -> Self {
        let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_baocao"));
        command.args(options);
        command.arg("--fresh");
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("HOME", home);
        let mut reader = pty.master.try_clone_reader().expect("its output");
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = vec![0; 64 << 10];
            while let Ok(n @ 1..) = reader.read(&mut bytes) {
                if send.send((Instant::now(), bytes.get(..n).unwrap_or_default().to_vec())).is_err() {
                    break;
                }
            }
        });
        let keys = pty.master.take_writer().expect("its keys");
        let began = Instant::now();
        let child = pty.slave.spawn_command(command).expect("the program");
        let mut session = Self { output, keys, child, first_rows: 0.0 };
        session.first_rows = session.until(began, Some(words));
        session.until(began, None);
        session
    }

    /// Sends keys at once; returns the milliseconds until the screen stops changing.
    pub fn press(&mut self, keys: &str) -> f64 {
        let pressed = Instant::now();
        self.keys.write_all(keys.as_bytes()).expect("a key");
        self.until(pressed, None)
    }

    /// The peak memory of the reader, formatted for printing.
    pub fn memory(&self) -> String {
        self.child.process_id().map_or_else(String::new, |id| memory_words(&id.to_string()))
    }

    /// The peak memory of the reader in MiB.
    pub fn peak_memory(&self) -> Option<f64> {
        super::peak_memory(&self.child.process_id()?.to_string())
    }

    /// Returns the milliseconds from `since` to the output that completes `words`; without `words`, to the last output
    /// before the screen stops changing.
    fn until(&self, since: Instant, words: Option<&str>) -> f64 {
        let (mut seen, mut last) = (Vec::new(), since);
        while let Ok((at, bytes)) = self.output.recv_timeout(if words.is_some() { LONGEST } else { STILL }) {
            last = at;
            seen.extend(bytes);
            if words.is_some_and(|words| String::from_utf8_lossy(&seen).contains(words)) {
                break;
            }
        }
        last.duration_since(since).as_secs_f64() * 1e3
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

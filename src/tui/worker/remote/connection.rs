//! One connection to an archive: two pipes with a thread each, so that whoever uses it never waits for the other side.
//! A thread reads and understands what comes, the other sends what is queued. Dropping a connection ends both, and the
//! process behind them.

use super::archive_line::RemoteEvent;
use super::protocol::{ArchiveLine, LONGEST_LINE, ReaderLine, line_of, read_line};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The most bytes that are kept of what a program says of its failure.
const MOST_ERROR_BYTES: usize = 4 << 10;
/// How long the end of that is waited for after the program has ended. What it has started in the background (a
/// connection that `ssh` shares, say) may keep the pipe open for hours.
const ERRORS_GRACE: Duration = Duration::from_secs(2);

/// The two ends of a connection, and the process behind it.
pub struct Peer {
    /// What the archive says.
    pub input: Box<dyn Read + Send>,
    /// What is said to it.
    pub output: Box<dyn Write + Send>,
    /// `None` in tests, where the other side is a thread.
    pub process: Option<PeerProcess>,
}

/// How lines to an archive are made.
pub trait Connect: Send {
    /// Makes one. `is_again`: there was one before, so the screen is the reader's, and nothing may ask for a password.
    fn connect(&mut self, is_again: bool) -> io::Result<Peer>;
}

/// A program whose standard input and output are the line.
pub struct PeerProcess {
    child: Child,
    /// The end of what it has written to standard error.
    words: Arc<Mutex<Vec<u8>>>,
    /// Disconnected once that is read to its end.
    heard_all: Receiver<()>,
}

impl PeerProcess {
    /// The last line that it has written to standard error. Waits until it has ended.
    fn last_error_line(&mut self) -> Option<String> {
        let _ = self.child.wait();
        let _ = self.heard_all.recv_timeout(ERRORS_GRACE);
        let words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        let words = String::from_utf8_lossy(&words).into_owned();
        words.lines().map(str::trim).rfind(|line| !line.is_empty()).map(str::to_owned)
    }
}

impl Drop for PeerProcess {
    fn drop(&mut self) {
        // It may have ended already; else it is of no use without its pipes.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Makes lines by a program, without a shell: its words are those of the settings.
pub struct SshConnect {
    /// The program and its arguments.
    pub words: Vec<String>,
}

impl SshConnect {
    /// The words for one attempt. OpenSSH asks on the terminal for what it needs, even if its pipes are no terminal:
    /// while the reader is on the screen it must not.
    pub(super) fn words(&self, is_again: bool) -> Vec<String> {
        let mut words = self.words.clone();
        let is_ssh = words.first().is_some_and(|word| word.rsplit(['/', '\\']).next() == Some("ssh"));
        if is_again && is_ssh {
            words.splice(1..1, ["-o".to_owned(), "BatchMode=yes".to_owned()]);
        }
        words
    }
}

impl Connect for SshConnect {
    fn connect(&mut self, is_again: bool) -> io::Result<Peer> {
        let words = self.words(is_again);
        let (program, arguments) =
            words.split_first().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no program is named"))?;
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| io::Error::new(error.kind(), format!("{program}: {error}")))?;
        let missing = || io::Error::other("a pipe is missing");
        let (output, input) = (child.stdin.take().ok_or_else(missing)?, child.stdout.take().ok_or_else(missing)?);
        let said = child.stderr.take().ok_or_else(missing)?;
        let words = Arc::<Mutex<Vec<u8>>>::default();
        let heard = Arc::clone(&words);
        let (listens, heard_all) = channel::<()>();
        // Made first: if the thread cannot be started, dropping it ends the program.
        let process = PeerProcess { child, words, heard_all };
        thread::Builder::new().name("ssh messages".to_owned()).spawn(move || {
            // Dropped when the thread ends.
            let _listens = listens;
            keep_end(said, &heard);
        })?;
        Ok(Peer { input: Box::new(input), output: Box::new(output), process: Some(process) })
    }
}

/// Keeps the end of what comes through a pipe.
fn keep_end(mut pipe: impl Read, words: &Mutex<Vec<u8>>) {
    let mut some = [0; 1024];
    while let Ok(length @ 1..) = pipe.read(&mut some) {
        let mut words = words.lock().unwrap_or_else(PoisonError::into_inner);
        words.extend(some.iter().take(length));
        let surplus = words.len().saturating_sub(MOST_ERROR_BYTES);
        words.drain(..surplus);
    }
}

/// A connection, perhaps without an answer yet.
pub struct Connection {
    /// Tells its events from those of earlier ones.
    pub number: u64,
    /// Dropping it ends the thread that sends, and closes the pipe.
    lines: Sender<Vec<u8>>,
    process: Option<PeerProcess>,
    /// Whether the archive has said hello.
    pub is_greeted: bool,
}

impl Connection {
    /// Begins to read from a peer and to send to it. What comes is passed to `events`.
    pub fn begin(peer: Peer, number: u64, events: &Sender<RemoteEvent>) -> io::Result<Self> {
        let Peer { input, output, process } = peer;
        let (lines, queue) = channel();
        let (heard, broken) = (events.clone(), events.clone());
        thread::Builder::new().name("archive in".to_owned()).spawn(move || read_all(input, number, &heard))?;
        thread::Builder::new()
            .name("archive out".to_owned())
            .spawn(move || send_all(output, &queue, number, &broken))?;
        Ok(Self { number, lines, process, is_greeted: false })
    }

    /// Queues a line. If the line is broken, an event tells it.
    pub fn send(&self, line: &ReaderLine) {
        match line_of(line) {
            Ok(line) => drop(self.lines.send(line)),
            Err(error) => tracing::warn!("a question could not be written as JSON: {error}"),
        }
    }

    /// Why it has ended: what the program behind it said, else `why`.
    pub fn why_ended(mut self, why: String) -> String {
        drop(self.lines);
        match &mut self.process {
            Some(process) => {
                // It is of no use any more, but what it has said is read to the end.
                let _ = process.child.kill();
                process.last_error_line().unwrap_or(why)
            }
            None => why,
        }
    }
}

/// Reads lines until the pipe ends, or something comes that is none.
fn read_all(input: Box<dyn Read + Send>, connection: u64, events: &Sender<RemoteEvent>) {
    let mut input = BufReader::new(input);
    let why = loop {
        match next_line(&mut input, LONGEST_LINE) {
            Ok(Some(line)) => match read_line::<ArchiveLine>(&line) {
                Ok(line) => {
                    if events.send(RemoteEvent::Line { connection, line }).is_err() {
                        return;
                    }
                }
                Err(error) => break error.to_string(),
            },
            Ok(None) => break "the other side has closed the line".to_owned(),
            Err(error) => break error.to_string(),
        }
    };
    // Nobody listens any more if the reader has ended.
    let _ = events.send(RemoteEvent::Broken { connection, why });
}

/// Sends lines until the queue ends or the pipe breaks.
fn send_all(
    mut output: Box<dyn Write + Send>,
    queue: &Receiver<Vec<u8>>,
    connection: u64,
    events: &Sender<RemoteEvent>,
) {
    for line in queue {
        if let Err(error) = output.write_all(&line).and_then(|()| output.flush()) {
            let _ = events.send(RemoteEvent::Broken { connection, why: error.to_string() });
            return;
        }
    }
}

/// The next line without its end; `None` at the end of the input. An error if it is longer than `longest` bytes.
pub fn next_line(input: &mut impl BufRead, longest: usize) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    input.by_ref().take(longest as u64 + 1).read_until(b'\n', &mut line)?;
    if line.last() == Some(&b'\n') {
        line.pop();
        return Ok(Some(line));
    }
    if line.len() > longest {
        return Err(io::Error::other(format!("a line is longer than {longest} bytes")));
    }
    // A line without an end was cut off with the pipe.
    Ok(None)
}

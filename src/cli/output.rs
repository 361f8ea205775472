//! Where a verb prints: content on standard output, as `Safe` text or safe JSON; messages on standard error, one line
//! each. A closed pipe is no error, but ends the verb quietly (`Failure::ReaderGone`).

use super::exit_status::Failure;
use crate::lang::{Lang, messages};
use crate::text::safe::{self, Safe};
use std::io::{self, BufWriter, ErrorKind, Stdout, Write};
use std::sync::OnceLock;

/// The language of messages. It is known once the arguments are, and the same for the whole run, also on the threads
/// and in the panic hook that have no session.
static LANGUAGE: OnceLock<Lang> = OnceLock::new();

/// Sets the language of the messages that follow. A second call changes nothing.
pub fn speak(lang: Lang) {
    let _ = LANGUAGE.set(lang);
}

/// The language of messages: English until `speak` is called.
pub fn language() -> Lang {
    LANGUAGE.get().copied().unwrap_or(Lang::En)
}

/// A text that was made in English, in the language of messages.
pub fn told(text: &str) -> String {
    messages::say(text, language()).into_owned()
}

/// Prints a message as one line on standard error, in the language of messages. It is written in English.
pub fn say(message: &str) {
    // If standard error is closed, the message cannot be reported anywhere.
    let _ = writeln!(io::stderr(), "baocao: {}", Safe::line(&told(message)));
}

/// A buffered writer to standard output or to a file. Call `flush` at the end: dropping it would ignore errors.
pub struct Output {
    inner: BufWriter<Box<dyn Write>>,
    /// What is written to, for error messages.
    name: String,
}

impl Default for Output {
    fn default() -> Self {
        let stdout: Stdout = io::stdout();
        Self::to(Box::new(stdout), "standard output".to_owned())
    }
}

impl Output {
    /// Writes to `writer`; `name` describes it in error messages.
    pub fn to(writer: Box<dyn Write>, name: String) -> Self {
        Self { inner: BufWriter::with_capacity(64 << 10, writer), name }
    }

    /// Writes a line and its line end.
    pub fn line(&mut self, line: &Safe) -> Result<(), Failure> {
        self.write(&[line.as_str(), "\n"])
    }

    /// Writes pieces without a separator. They must be constants, colours (SGR sequences) or content that was made
    /// safe; a test runs hostile reports through every verb.
    pub fn write(&mut self, pieces: &[&str]) -> Result<(), Failure> {
        let done = pieces.iter().try_for_each(|piece| self.inner.write_all(piece.as_bytes()));
        done.map_err(|error| self.failure(&error))
    }

    /// Writes bytes as they are. They may be anything: the caller makes sure that no terminal gets them.
    pub fn raw(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.inner.write_all(bytes).map_err(|error| self.failure(&error))
    }

    /// Writes a value as JSON on one line, without a line end. Control, direction and invisible characters are escaped,
    /// so that the output is safe on a terminal and still the same JSON.
    pub fn json(&mut self, value: &impl serde::Serialize) -> Result<(), Failure> {
        let json =
            serde_json::to_string(value).map_err(|error| Failure::some(format!("no JSON could be made: {error}")))?;
        self.write(&[&safe::json(&json)])
    }

    /// Writes values as one JSON array, one value per line, without holding them all in memory.
    pub fn json_array<T: serde::Serialize>(&mut self, values: impl Iterator<Item = T>) -> Result<(), Failure> {
        self.write(&["["])?;
        for (n, value) in values.enumerate() {
            self.write(&[if n == 0 { "\n" } else { ",\n" }])?;
            self.json(&value)?;
        }
        self.write(&["\n]\n"])
    }

    /// Writes out the buffer.
    pub fn flush(&mut self) -> Result<(), Failure> {
        self.inner.flush().map_err(|error| self.failure(&error))
    }

    fn failure(&self, error: &io::Error) -> Failure {
        match error.kind() {
            ErrorKind::BrokenPipe => Failure::ReaderGone,
            _ => Failure::some(format!("{} could not be written: {error}", self.name)),
        }
    }
}

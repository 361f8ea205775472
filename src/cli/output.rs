//! How a verb speaks and how it ends: content goes to standard output as `Safe` or as safe JSON, messages go to standard
//! error in one line, and every end has its exit code. A reader of the output who has gone away is no fault.

use super::exit_status::Failure;
use crate::text::safe::{self, Safe};
use std::io::{self, BufWriter, ErrorKind, Stdout, Write};

/// Prints a message as one line on standard error.
pub fn say(message: &str) {
    // Where standard error is gone there is nobody to tell.
    let _ = writeln!(io::stderr(), "baocao: {}", Safe::line(message));
}

/// Standard output.
pub struct Output {
    inner: BufWriter<Box<dyn Write>>,
    name: String,
}

impl Default for Output {
    fn default() -> Self {
        let stdout: Stdout = io::stdout();
        Self::to(Box::new(stdout), "standard output".to_owned())
    }
}

impl Output {
    /// Output to some other place; `name` is for messages.
    pub fn to(writer: Box<dyn Write>, name: String) -> Self {
        Self { inner: BufWriter::with_capacity(64 << 10, writer), name }
    }

    /// A line.
    pub fn line(&mut self, line: &Safe) -> Result<(), Failure> {
        self.write(&[line.as_str(), "\n"])
    }

    /// Pieces in a row: words of ours, colours and content that was made safe.
    pub fn write(&mut self, pieces: &[&str]) -> Result<(), Failure> {
        let done = pieces.iter().try_for_each(|piece| self.inner.write_all(piece.as_bytes()));
        done.map_err(|error| self.failure(&error))
    }

    /// A value as JSON on one line, without its line end; never with a raw control, direction or invisible character.
    pub fn json(&mut self, value: &impl serde::Serialize) -> Result<(), Failure> {
        let json =
            serde_json::to_string(value).map_err(|error| Failure::some(format!("no JSON could be made: {error}")))?;
        self.write(&[&safe::json(&json)])
    }

    /// Values as one JSON array, each on a line of its own.
    pub fn json_array<T: serde::Serialize>(&mut self, values: impl Iterator<Item = T>) -> Result<(), Failure> {
        self.write(&["["])?;
        for (n, value) in values.enumerate() {
            self.write(&[if n == 0 { "\n" } else { ",\n" }])?;
            self.json(&value)?;
        }
        self.write(&["\n]\n"])
    }

    /// Sends out what is still held back.
    pub fn flush(&mut self) -> Result<(), Failure> {
        self.inner.flush().map_err(|error| self.failure(&error))
    }

    fn failure(&self, error: &io::Error) -> Failure {
        match error.kind() {
            ErrorKind::BrokenPipe => Failure::NobodyReads,
            _ => Failure::some(format!("{} could not be written: {error}", self.name)),
        }
    }
}

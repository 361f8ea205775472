//! Exit codes, and the failures that end a verb early.
//!
//! Scripts rely on the codes, so a code never changes its meaning. `cli::run` prints the message of a `Failure` and
//! turns it into a code; no verb exits by itself.

use crate::store;

/// Everything that was requested is done.
pub const DONE: u8 = 0;
/// Nothing was found, or some inputs could not be read.
pub const SOME: u8 = 1;
/// Wrong usage, or no usable terminal.
pub const USAGE: u8 = 2;
/// The cache cannot be used.
pub const CACHE: u8 = 3;
/// Interrupted by a signal; 128 plus the number of SIGINT, as shells have it.
pub const INTERRUPTED: u8 = 130;

/// Why a verb ended early.
#[derive(Debug)]
pub enum Failure {
    /// Print this message and exit with this code.
    Message(u8, String),
    /// The settings are wrong: a message for each fault; exits with `USAGE`.
    Settings(Vec<String>),
    /// The cache failed; exits with `CACHE`, after a recovery if it is damaged.
    Store(store::StoreError),
    /// The pipe that reads the output was closed, as by `| head`. Not an error: exits with `DONE`, without a message.
    ReaderGone,
}

/// The result of a verb: its exit code, or why it ended early.
pub type VerbResult = Result<u8, Failure>;

impl Failure {
    /// A failure with code `SOME`: nothing was found, or an input could not be read.
    pub fn some(message: impl Into<String>) -> Self {
        Self::Message(SOME, message.into())
    }

    /// A failure with code `USAGE`: the arguments or the settings are wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Message(USAGE, message.into())
    }
}

impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Self {
        Self::Store(error)
    }
}

//! Exit codes, and the failures that end a verb early.
//!
//! Scripts rely on the codes, so a code never changes its meaning. `cli::run` prints the message of a `Failure` and
//! turns it into a code; no verb exits by itself.

use crate::store;

/// All is done.
pub const DONE: u8 = 0;
/// Nothing was found, or some inputs could not be read.
pub const SOME: u8 = 1;
/// Wrong usage, or no usable terminal.
pub const USAGE: u8 = 2;
/// The cache cannot be used.
pub const CACHE: u8 = 3;
/// Interrupted.
pub const INTERRUPTED: u8 = 130;

/// Why a verb ended before its end.
#[derive(Debug)]
pub enum Failure {
    /// Say this and end with that code.
    Said(u8, String),
    /// The cache failed.
    Store(store::StoreError),
    /// Nobody reads the output any more.
    NobodyReads,
}

/// What a verb answers: its exit code.
pub type VerbResult = Result<u8, Failure>;

impl Failure {
    /// Nothing found, or an input that cannot be read.
    pub fn some(message: impl Into<String>) -> Self {
        Self::Said(SOME, message.into())
    }

    /// Wrong usage.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Said(USAGE, message.into())
    }
}

impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Self {
        Self::Store(error)
    }
}

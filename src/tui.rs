//! The reader: the screens, the keys and the loop that joins them to the terminal and to the worker.
//! `update` and `view` are pure (values in, values out); the terminal thread, the signal thread and the worker meet
//! the loop in one channel. What may be found and how it is stored is left to the layers below.

pub mod input;
pub mod message;
pub mod place;
pub mod settings;
pub mod terminal;

use crate::store::Store;
use settings::Settings;

/// Why the reader could not run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The terminal could not be used (exit code 2).
    #[error("the terminal could not be used: {0}")]
    Terminal(String),
}

/// Opens the reader on `store` and returns when the user leaves it; the terminal is given back in any case.
pub fn run(_store: Store, _settings: Settings) -> Result<(), Error> {
    Ok(())
}

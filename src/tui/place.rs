//! A place in the cache: a report and a byte of its text. Marks, the jump list, lines of an official's page and the
//! last place of a session are all places.

use serde::{Deserialize, Serialize};

/// A report and a byte of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The report's id.
    pub report: String,
    /// A byte of its canonical text.
    pub at: usize,
}

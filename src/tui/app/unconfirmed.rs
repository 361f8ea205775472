//! Orders to the worker that are not confirmed yet. A key that marks something changes the screen at once, but the
//! reader says that it is done only when the worker has answered that it is saved durably; until then it says that it
//! is being saved. What cannot be saved is taken back.

use crate::officials::Place;

/// An order that the worker has not answered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnconfirmedOrder {
    pub turn: u64,
    /// What to say when it is carried out. `None` if its answer says it, or there is nothing to say.
    pub said: Option<String>,
    /// What to show again if it fails.
    pub before: StateBefore,
}

/// What the screen showed before an order that was not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StateBefore {
    /// Nothing was changed on the screen.
    Same,
    Star {
        report: String,
        starred: bool,
    },
    Read {
        report: String,
        read: bool,
    },
    Mark {
        letter: char,
        place: Option<Place>,
    },
    Tags {
        report: String,
        /// The tags that it had, in order.
        tags: Vec<String>,
    },
}

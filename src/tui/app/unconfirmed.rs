//! Orders to the worker that are not confirmed yet. A key that marks something changes the screen at once, but the
//! reader says that it is done only when the worker has answered that it is saved durably; until then it says that it
//! is being saved. What cannot be saved is taken back.

use crate::officials::Place;
use crate::search::date::DayRange;
use crate::store::{MarkChange, NoteChange, RemovedReports};
use std::sync::Arc;

/// An order that the worker has not answered yet.
#[derive(Clone, Debug, PartialEq)]
pub struct UnconfirmedOrder {
    pub turn: u64,
    /// What to say when it is carried out. `None` if its answer says it, or there is nothing to say.
    pub said: Option<String>,
    /// What to show again if it fails.
    pub before: StateBefore,
    /// Whether it can be undone with the key for that, once it is carried out. False again when its step is kept.
    pub undoable: bool,
    /// The step of undoing that it carries out, with its place among the steps: there again if it fails.
    pub undoes: Option<(usize, UndoStep)>,
}

/// What was before an order that was not carried out.
#[derive(Clone, Debug, PartialEq)]
pub enum StateBefore {
    /// Nothing was changed on the screen.
    Same,
    /// The marks that the rows and reports on screen had.
    Marks(Vec<MarkChange>),
    Place {
        letter: char,
        place: Option<Place>,
    },
}

/// How to undo something that was marked or removed.
#[derive(Clone, Debug, PartialEq)]
pub enum UndoStep {
    Marks(Vec<MarkChange>),
    Place {
        letter: char,
        place: Option<Place>,
    },
    Date {
        /// The id of the report.
        report: String,
        date: Option<DayRange>,
    },
    Note(NoteChange),
    /// Save these reports again.
    Removed(Arc<RemovedReports>),
}

//! The list of new reports with which a session begins. The list of the last session is kept behind it, for the key
//! that leads to all reports; as long as the new ones are shown, it is what is saved for the next session.

use super::{App, TypedFilter};
use crate::store::Sort;
use crate::tui::settings::{SavedPage, SessionState};

/// The filter of the new reports.
const NEW: &str = "is:new";

/// What the list of new reports was put before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BehindNew {
    pub filter: TypedFilter,
    pub sort: Sort,
    /// The id of the report that was selected.
    pub selected: Option<String>,
    /// The page that lay over list and report.
    pub page: Option<SavedPage>,
}

impl App {
    /// Puts the list of new reports before that of the last session.
    pub fn show_new(&mut self) {
        self.behind_new = Some(BehindNew {
            filter: std::mem::replace(&mut self.list.filter, TypedFilter::new(NEW)),
            sort: std::mem::take(&mut self.list.sort),
            selected: self.resumed.selected.take(),
            page: self.resumed.page.take(),
        });
        (self.in_detail, self.zoomed) = (false, false);
    }

    /// Whether the list is still that of new reports with which the session began.
    pub fn shows_new(&self) -> bool {
        self.behind_new.is_some() && self.list.filter.text() == NEW
    }

    /// The state to save: while the list is that of new reports, the list of the last session stays the one to begin
    /// with.
    pub(super) fn before_new(&self, state: SessionState) -> SessionState {
        match &self.behind_new {
            Some(behind) if self.shows_new() => SessionState {
                filter: behind.filter.text().to_owned(),
                sort: behind.sort,
                selected: behind.selected.clone(),
                page: behind.page.clone(),
                in_detail: false,
                zoomed: false,
                ..state
            },
            _ => state,
        }
    }
}

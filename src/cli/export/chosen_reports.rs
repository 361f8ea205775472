//! Which reports are exported: those that match a filter, or those of a list of ids that do.

use crate::cli::exit_status::Failure;
use crate::cli::output::say;
use crate::cli::report_lookup::resolve;
use crate::cli::text_input;
use crate::search::filter::Filter;
use crate::store::{ListRow, Sort, Store, StoreError, WindowBounds};
use std::collections::HashSet;
use std::path::Path;

/// What is to be exported, in the order of any `Sort`.
pub struct ChosenReports {
    filter: Filter,
    /// `None`: all that match.
    ids: Option<HashSet<String>>,
    /// The number of ids that name no report.
    unknown: usize,
}

impl ChosenReports {
    /// Those that match the filter.
    pub fn matching(filter: Filter) -> Self {
        Self { filter, ids: None, unknown: 0 }
    }

    /// Those that match the filter among those whose ids, or their beginnings, are the first words of the lines of a
    /// file (`-` is standard input). An id that names no report is told and skipped.
    ///
    /// # Errors
    /// `SOME` if the file cannot be read, a usage error if an id names several reports.
    pub fn of_file(filter: Filter, file: &Path, store: &Store) -> Result<Self, Failure> {
        let mut chosen = Self { ids: Some(HashSet::new()), ..Self::matching(filter) };
        for id in text_input::read(file)?.lines().filter_map(|line| line.split_whitespace().next()) {
            match resolve(store, id) {
                Ok(id) => chosen.ids.get_or_insert_default().extend([id]),
                Err(Failure::Message(super::SOME, message)) => {
                    // A file that holds something else would be told line by line.
                    if chosen.unknown == 3 {
                        return Err(Failure::some(message));
                    }
                    chosen.unknown += 1;
                    say(&message);
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(chosen)
    }

    /// The filter that they match.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Whether all ids name a report.
    pub fn all_known(&self) -> bool {
        self.unknown == 0
    }

    /// The ids of the reports.
    pub fn ids(&self, store: &Store, sort: Sort) -> Result<Vec<String>, StoreError> {
        let mut ids = store.index().find_ids(&self.filter, sort, WindowBounds::all())?;
        ids.retain(|id| self.has(id));
        Ok(ids)
    }

    /// Their rows, newest first.
    pub fn rows(&self, store: &Store) -> Result<Vec<ListRow>, StoreError> {
        let mut rows = store.index().find(&self.filter, Sort::Date, WindowBounds::all())?.rows;
        rows.retain(|row| self.has(&row.id));
        Ok(rows)
    }

    fn has(&self, id: &str) -> bool {
        self.ids.as_ref().is_none_or(|ids| ids.contains(id))
    }
}

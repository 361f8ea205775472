//! Lists with one row for each story. Of the matching reports that tell one story the one that represents it is shown;
//! if that one does not match, the first of the others. So a filter never loses a story because only a copy matches it.

use super::ReportIndex;
use super::post_filter::PostFilter;
use super::stream::RowSource;
use crate::search::filter::Filter;
use crate::store::StoreError;
use std::collections::HashSet;
use std::sync::atomic::AtomicBool;

/// Decides, row by row from the newest on, which of the matching reports are shown.
pub(super) struct StoryRowChoice<'a> {
    /// What a report must match. `None` if every report does.
    filter: Option<PostFilter<'a>>,
    /// Stories of which a row was shown that does not represent them.
    seen: HashSet<i64>,
}

impl<'a> StoryRowChoice<'a> {
    /// For the reports that match a filter; `None` if all of them are shown.
    pub fn new(index: &ReportIndex<'a>, filter: &Filter) -> Result<Option<Self>, StoreError> {
        if !index.by_story || index.has_no_stories()? {
            return Ok(None);
        }
        let filter = filter.expr.is_some().then(|| PostFilter::new(index.store.index(), filter)).transpose()?;
        Ok(Some(Self { filter, seen: HashSet::new() }))
    }

    /// Whether the matching report at `row` is shown.
    pub fn shows(&mut self, index: &ReportIndex<'_>, row: i64) -> Result<bool, StoreError> {
        let story = {
            let rows = index.store.story_rows.borrow();
            rows.story_of(row).map(|story| (story, rows.shown_of(story)))
        };
        let Some((story, shown)) = story else { return Ok(true) };
        if shown == Some(row) {
            return Ok(true);
        }
        let shown_matches = match (&self.filter, shown) {
            (Some(filter), Some(shown)) => filter.matches(shown)?,
            (None, shown) => shown.is_some(),
            (Some(_), None) => false,
        };
        Ok(!shown_matches && self.seen.insert(story))
    }
}

impl ReportIndex<'_> {
    /// The same index, with one row in its lists for each story.
    #[must_use]
    pub fn by_story(self) -> Self {
        Self { by_story: true, ..self }
    }

    /// Whether every report is the only one of its story. Brings what is known of the stories up to date.
    pub(super) fn has_no_stories(&self) -> Result<bool, StoreError> {
        let mut rows = self.store.story_rows.borrow_mut();
        self.store.stories().refresh_rows(&mut rows)?;
        Ok(rows.is_empty())
    }

    /// Whether rows must be chosen among those of a story.
    pub(super) fn chooses(&self) -> Result<bool, StoreError> {
        Ok(self.by_story && !self.has_no_stories()?)
    }

    /// The number of matching rows that a list shows: of a story's, one.
    ///
    /// Without stories SQLite counts the rows. With stories it must tell them, which takes more than twice as long; but
    /// only the few rows of stories are then looked up among those read, and none is kept.
    pub(super) fn count_rows(&self, source: &RowSource, stop: &AtomicBool) -> Result<usize, StoreError> {
        if !self.chooses()? {
            return source.count(self, i64::MIN, stop);
        }
        let known = self.store.story_rows.borrow();
        let (mut count, mut seen) = (0, HashSet::new());
        source.each_batch(self, self.store.thresholds.count_step, stop, |rows| {
            count += rows.len();
            let (Some(highest), Some(lowest)) = (rows.first(), rows.last()) else { return };
            for (row, story) in known.between(*lowest, *highest) {
                let is_match = rows.binary_search_by(|other| row.cmp(other)).is_ok();
                if is_match && !seen.insert(*story) {
                    count -= 1;
                }
            }
        })?;
        Ok(count)
    }

    /// The number of reports that the whole list does not show.
    pub(super) fn hidden_copies(&self) -> Result<usize, StoreError> {
        Ok(if self.chooses()? { self.store.story_rows.borrow().copies() } else { 0 })
    }

    /// The position of the report at `row` among `rows`, or of another one of its story.
    pub(super) fn position_in(&self, rows: &[i64], row: i64) -> Option<usize> {
        let known = self.store.story_rows.borrow();
        let story = known.story_of(row).filter(|_| self.by_story);
        let same = |other: &i64| story.is_some() && known.story_of(*other) == story;
        rows.iter().position(|other| *other == row).or_else(|| rows.iter().position(same))
    }

    /// The position in the whole list, newest first, of the report at `row` or of the one that represents its story;
    /// `above` counts the reports above a row.
    pub(super) fn position_in_all(
        &self,
        row: i64,
        above: impl FnOnce(i64) -> Result<Option<usize>, StoreError>,
    ) -> Result<Option<usize>, StoreError> {
        let known = self.store.story_rows.borrow();
        let row = known.story_of(row).and_then(|story| known.shown_of(story)).unwrap_or(row);
        Ok(above(row)?.map(|above| above.saturating_sub(known.copies_above(row))))
    }
}

//! The days that an import gives to the reports of a file: the one that the user named, the one in the file's path, or
//! the day of its last change. They date only a report that its text and page do not date (`extract::event_day`).

use super::folder_walk::InputEntry;
use crate::report::day_in_address::day_in_path;
use crate::report::{Dated, Day, DayHints};
use std::time::SystemTime;

/// What dates a report that has no date of its own (`import --date`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileDate {
    /// Nothing: they stay without a day.
    #[default]
    Unknown,
    /// The user knows the day; inferred if only the month or year is known.
    Given(Dated),
    /// A day in the path of the file.
    Path,
    /// The day of the file's last change.
    Modified,
}

impl FileDate {
    /// The days for all reports of a file that was last changed at `modified`. Reads the clock.
    pub(super) fn hints(self, file: &InputEntry, modified: Option<SystemTime>) -> DayHints {
        let own = match self {
            Self::Path => file.path().and_then(|path| day_in_path(&path.to_string_lossy())),
            Self::Modified => modified.and_then(|time| day_here(jiff::Timestamp::try_from(time).ok()?)),
            Self::Unknown | Self::Given(_) => None,
        };
        let given = if let Self::Given(dated) = self { Some(dated) } else { None };
        DayHints { images: None, given, file: own, imported: day_here(jiff::Timestamp::now()) }
    }
}

/// The day here at a time of import, in seconds since 1970.
pub(super) fn day_of_import(second: i64) -> Option<Day> {
    day_here(jiff::Timestamp::from_second(second).ok()?)
}

/// The day of the last change of a file; today if that is not known.
pub(super) fn day_of_last_change(modified: Option<SystemTime>) -> Option<Day> {
    let moment = modified.and_then(|time| jiff::Timestamp::try_from(time).ok());
    day_here(moment.unwrap_or_else(jiff::Timestamp::now))
}

/// The day here at a moment.
fn day_here(moment: jiff::Timestamp) -> Option<Day> {
    let date = moment.to_zoned(jiff::tz::TimeZone::system()).date();
    Day::new(date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
}

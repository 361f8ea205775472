//! What a run tells while it goes on, in the order in which it happens. Who runs it decides what is shown.

use super::listing::ListKind;
use jiff::Timestamp;

/// What became of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageResult {
    New {
        id: String,
    },
    /// Its text was in the cache already.
    Known {
        id: String,
    },
    /// An earlier version of the page is in the cache too.
    NewVersion {
        id: String,
        earlier: String,
    },
    /// The server said that it has not changed.
    Unchanged,
    /// It gives no report, and is not asked for again.
    NoReport {
        why: String,
    },
    /// It is asked for again, after that moment.
    Later {
        until: Timestamp,
        why: String,
    },
}

/// How a pass over one source ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceSummary {
    pub source: String,
    /// Reports that were not in the cache.
    pub new: usize,
    pub known: usize,
    /// Pages that gave no report.
    pub failed: usize,
    /// Pages that wait for the next pass.
    pub left: usize,
    /// Why the pass is not complete, if it is not.
    pub problem: Option<String>,
    /// No pass before, unless the user asks for one.
    pub next: Option<Timestamp>,
}

/// A page that a run would leave out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOutPage {
    pub source: String,
    pub address: String,
    pub title: Option<String>,
    /// Published or else changed, by its list.
    pub moment: Option<Timestamp>,
    pub why: String,
    /// Not before then; `None` if it is not fetched at all.
    pub until: Option<Timestamp>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyncEvent {
    /// A source was passed over, because its next pass is not due.
    NotDue { source: String, next: Timestamp },
    /// A list was read: how many pages it names, and how many of these are to be fetched that were not before.
    List { source: String, address: String, kind: ListKind, pages: usize, new: usize, note: Option<String> },
    /// A list has not changed since it was read.
    ListUnchanged { source: String, address: String },
    /// A run now would fetch this page: told by a dry run.
    Planned { source: String, address: String, title: Option<String>, moment: Option<Timestamp> },
    /// A run now would not fetch this page, although a list names it or it waits: told by a dry run.
    LeftOut(LeftOutPage),
    /// A page was asked for.
    ///
    /// `instead` says why its report is the text of the feed and not that of the page, if it is.
    Page { source: String, address: String, title: Option<String>, result: PageResult, instead: Option<String> },
    /// A host is left alone until then.
    HostStopped { host: String, until: Timestamp, why: String },
    /// A pass over a source has ended, completely or not.
    SourceDone(SourceSummary),
    /// How far the run is: after each answer.
    Progress(SyncProgress),
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SyncProgress {
    /// Sources whose pass has ended.
    pub sources_done: usize,
    pub sources: usize,
    /// Pages that were asked for.
    pub pages_done: usize,
    /// Pages known to wait; more may be listed.
    pub pages_left: usize,
    /// Reports that were not in the cache.
    pub new: usize,
}

/// What a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SyncTotals {
    /// Sources that were passed over or fetched.
    pub sources: usize,
    /// Sources whose pass is not complete, for another reason than that the run was stopped.
    pub problems: usize,
    pub new: usize,
    pub known: usize,
    pub failed: usize,
    /// Requests that were sent, lists and robots.txt too.
    pub requests: usize,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

//! The lines of `sync --json`: one object for each list, page, stopped host and source.

use crate::sync::event::{PageResult, SyncEvent};
use crate::sync::moment::in_utc;
use jiff::Timestamp;
use serde::Serialize;

/// One event as JSON. Moments are RFC 3339 in UTC.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum EventJson<'a> {
    List {
        source: &'a str,
        address: &'a str,
        kind: &'static str,
        pages: usize,
        new: usize,
        note: Option<&'a str>,
    },
    Unchanged {
        source: &'a str,
        address: &'a str,
    },
    NotDue {
        source: &'a str,
        next: String,
    },
    Planned {
        source: &'a str,
        address: &'a str,
        title: Option<&'a str>,
        date: Option<String>,
    },
    LeftOut {
        source: &'a str,
        address: &'a str,
        title: Option<&'a str>,
        date: Option<String>,
        problem: &'a str,
        until: Option<String>,
    },
    Page {
        source: &'a str,
        address: &'a str,
        title: Option<&'a str>,
        /// `new`, `known`, `new_version`, `unchanged`, `no_report` or `later`.
        result: &'static str,
        id: Option<&'a str>,
        /// The id of the earlier version.
        earlier: Option<&'a str>,
        /// Why there is no report; of one whose text is that of the feed, why it is not that of the page.
        problem: Option<&'a str>,
        until: Option<String>,
    },
    HostStopped {
        host: &'a str,
        until: String,
        problem: &'a str,
    },
    Source {
        source: &'a str,
        new: usize,
        known: usize,
        failed: usize,
        left: usize,
        problem: Option<&'a str>,
        next: Option<String>,
    },
}

impl<'a> EventJson<'a> {
    /// The object of an event; `None` for how far the run is.
    pub fn of(event: &'a SyncEvent) -> Option<Self> {
        let text = |moment: &Timestamp| in_utc(*moment);
        Some(match event {
            SyncEvent::NotDue { source, next } => Self::NotDue { source, next: text(next) },
            SyncEvent::List { source, address, kind, pages, new, note } => {
                let note = note.as_deref();
                Self::List { source, address, kind: kind.word(), pages: *pages, new: *new, note }
            }
            SyncEvent::ListUnchanged { source, address } => Self::Unchanged { source, address },
            SyncEvent::Planned { source, address, title, moment } => {
                Self::Planned { source, address, title: title.as_deref(), date: moment.as_ref().map(text) }
            }
            SyncEvent::LeftOut(page) => Self::LeftOut {
                source: &page.source,
                address: &page.address,
                title: page.title.as_deref(),
                date: page.moment.as_ref().map(text),
                problem: &page.why,
                until: page.until.as_ref().map(text),
            },
            SyncEvent::Page { source, address, title, result, instead } => {
                Self::page(source, address, title.as_deref(), result, instead.as_ref())
            }
            SyncEvent::HostStopped { host, until, why } => Self::HostStopped { host, until: text(until), problem: why },
            SyncEvent::SourceDone(summary) => Self::Source {
                source: &summary.source,
                new: summary.new,
                known: summary.known,
                failed: summary.failed,
                left: summary.left,
                problem: summary.problem.as_deref(),
                next: summary.next.as_ref().map(text),
            },
            SyncEvent::Progress(_) => return None,
        })
    }

    fn page(
        source: &'a str,
        address: &'a str,
        title: Option<&'a str>,
        result: &'a PageResult,
        instead: Option<&'a String>,
    ) -> Self {
        let (word, id, earlier, problem, until) = match result {
            PageResult::New { id } => ("new", Some(id), None, None, None),
            PageResult::Known { id } => ("known", Some(id), None, None, None),
            PageResult::NewVersion { id, earlier } => ("new_version", Some(id), Some(earlier), None, None),
            PageResult::Unchanged => ("unchanged", None, None, None, None),
            PageResult::NoReport { why } => ("no_report", None, None, Some(why), None),
            PageResult::Later { until, why } => ("later", None, None, Some(why), Some(in_utc(*until))),
        };
        Self::Page {
            source,
            address,
            title,
            result: word,
            id: id.map(String::as_str),
            earlier: earlier.map(String::as_str),
            problem: problem.or(instead).map(String::as_str),
            until,
        }
    }
}

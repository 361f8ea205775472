//! The finder over all officials of the cache, as the worker keeps it between questions. What it shows of those that
//! match is read from the cache, because all of it would take several times the memory of the finder.
//!
//! Indexing is what the first key in the finder waits for, so two threads do it: this one reads officials from the
//! cache, another one indexes them.
//!
//! ```text
//! cache ─ each_official ─▶ batches ─ bounded channel ─▶ FinderBuilder, ids
//! ```

use super::WorkerFlags;
use crate::officials::OfficialSummary;
use crate::search::finder::{Finder, FinderBuilder, FinderLimits};
use crate::store::{OfficialsRegister, StoreError};
use crate::tui::message::{FinderRow, FormerRow};
use std::panic::resume_unwind;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// Officials in one message to the other thread: a message wakes it, which takes as long as to index several.
const BATCH_OFFICIALS: usize = 512;
/// Batches that wait for the other thread, some 200 kB each.
const MAX_WAITING: usize = 4;

/// All officials of one state of the cache, indexed.
pub(super) struct OfficialsIndex {
    /// The data version of the cache that this was built from. Another one means that it is outdated.
    version: i64,
    finder: Finder,
    ids: OfficialIds,
}

/// The ids of the officials in the order of the finder, in one string: a `String` of each would take twice the memory.
#[derive(Default)]
struct OfficialIds {
    all: String,
    /// Where each id ends, in bytes.
    ends: Vec<usize>,
}

impl OfficialIds {
    fn push(&mut self, id: &str) {
        self.all.push_str(id);
        self.ends.push(self.all.len());
    }

    fn get(&self, position: usize) -> Option<&str> {
        let start = position.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.all.get(start..*self.ends.get(position)?)
    }
}

/// The index while it is built.
#[derive(Default)]
struct PartialIndex {
    builder: FinderBuilder,
    ids: OfficialIds,
}

impl PartialIndex {
    fn add_all(&mut self, officials: &[OfficialSummary]) {
        for official in officials {
            self.builder.add(&official.into());
            self.ids.push(&official.id);
        }
    }
}

/// Where officials that were read go.
enum IndexTarget {
    /// To the other thread.
    Thread(SyncSender<Vec<OfficialSummary>>),
    /// With no thread to be had, they are indexed here.
    Here(Box<PartialIndex>),
}

impl IndexTarget {
    fn add_all(&mut self, officials: Vec<OfficialSummary>) {
        match self {
            // The other thread ends early only by a panic, which is resumed when it is joined.
            Self::Thread(send) => drop(send.send(officials)),
            Self::Here(index) => index.add_all(&officials),
        }
    }
}

impl OfficialsIndex {
    /// Indexes the officials of the register. `StoreError::Interrupted` if the answer is of no use any more.
    pub fn new(version: i64, register: &OfficialsRegister<'_>, flags: &WorkerFlags) -> Result<Self, StoreError> {
        let built = thread::scope(|scope| {
            let (send, receive) = sync_channel::<Vec<OfficialSummary>>(MAX_WAITING);
            let index_all = move || {
                let mut index = PartialIndex::default();
                for officials in receive {
                    index.add_all(&officials);
                }
                index
            };
            let other = thread::Builder::new().name("indexer".to_owned()).spawn_scoped(scope, index_all);
            let mut target = match &other {
                Ok(_) => IndexTarget::Thread(send),
                Err(_) => IndexTarget::Here(Box::default()),
            };
            let read = read_into(&mut target, register, flags);
            let here = match target {
                IndexTarget::Thread(send) => {
                    // Closes the channel, which ends the other thread.
                    drop(send);
                    PartialIndex::default()
                }
                IndexTarget::Here(index) => *index,
            };
            let built = other.map_or(here, |other| other.join().unwrap_or_else(|panic| resume_unwind(panic)));
            read.map(|()| built)
        })?;
        Ok(Self { version, finder: built.builder.finish(FinderLimits::default()), ids: built.ids })
    }

    /// Whether it is of the cache of that data version.
    pub fn is_of(&self, version: i64) -> bool {
        self.version == version
    }

    /// The number of officials.
    pub fn len(&self) -> usize {
        self.finder.len()
    }

    /// The officials that match a query, best first, at most `limit`; and the number of all that match.
    pub fn find(
        &self,
        register: &OfficialsRegister<'_>,
        query: &str,
        limit: usize,
    ) -> Result<(Vec<FinderRow>, usize), StoreError> {
        let found = self.finder.find(query, limit);
        let ids: Vec<&str> = found.hits.iter().map(|hit| self.ids.get(hit.index).unwrap_or_default()).collect();
        let officials = register.summaries(&ids)?;
        let mut rows = Vec::with_capacity(found.hits.len());
        for (hit, official) in found.hits.into_iter().zip(officials) {
            // One that another process has removed meanwhile is left out.
            let Some(official) = official else { continue };
            let former = hit.former.iter().filter_map(|one| {
                let tenure = official.former.get(one.at)?.clone();
                Some(FormerRow { hits: one.spans(&tenure.text), tenure })
            });
            rows.push(FinderRow { hits: hit.spans, fuzzy: hit.fuzzy, former: former.collect(), official });
        }
        Ok((rows, found.total))
    }
}

/// Reads all officials into the target, in batches.
fn read_into(
    target: &mut IndexTarget,
    register: &OfficialsRegister<'_>,
    flags: &WorkerFlags,
) -> Result<(), StoreError> {
    let mut batch = Vec::with_capacity(BATCH_OFFICIALS);
    let is_whole = register.each_official(|official| {
        batch.push(official);
        if batch.len() == BATCH_OFFICIALS {
            target.add_all(std::mem::replace(&mut batch, Vec::with_capacity(BATCH_OFFICIALS)));
        }
        !flags.is_stopped()
    })?;
    target.add_all(batch);
    if is_whole { Ok(()) } else { Err(StoreError::Interrupted) }
}

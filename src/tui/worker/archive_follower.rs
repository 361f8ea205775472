//! Takes over what arrives in several archives while the reader is open, on a thread and a connection of its own. For
//! the worker it is as if another process had imported it: it sees that the cache has changed, and the list is read
//! again.

use crate::store::{JoinedArchives, StoreError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, Thread};
use std::time::Duration;

/// How often the files of the archives are looked at. A look is two calls for each archive.
const PAUSE: Duration = Duration::from_secs(3);

/// The thread. Dropping this has it end once what is under way is saved; nobody waits for that, because a kill loses
/// nothing either.
pub struct ArchiveFollower {
    stop: Arc<AtomicBool>,
    thread: Thread,
}

impl ArchiveFollower {
    /// Begins to follow the archives. `None` if there is no thread to be had; the reader then shows what there was when
    /// it was opened.
    pub fn begin(joined: JoinedArchives) -> Option<Self> {
        let stop = Arc::<AtomicBool>::default();
        let shared = Arc::clone(&stop);
        let follow = move || {
            if let Err(error) = follow(&joined, &shared) {
                tracing::warn!("the archives are not followed: {error}");
            }
        };
        match thread::Builder::new().name("archives".to_owned()).spawn(follow) {
            Ok(handle) => Some(Self { stop, thread: handle.thread().clone() }),
            Err(error) => {
                tracing::warn!("the archives are not followed: {error}");
                None
            }
        }
    }
}

impl Drop for ArchiveFollower {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.unpark();
    }
}

/// Looks at the archives again and again. The log has each problem once, until it is another.
fn follow(joined: &JoinedArchives, stop: &AtomicBool) -> Result<(), StoreError> {
    let mut log_line = |line: &str| tracing::info!("{line}");
    let mut writer = joined.open(&mut log_line)?;
    let mut told = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        // Somebody has deleted it: the reader opens the new one when it is there.
        if writer.is_gone() {
            writer = joined.open(&mut log_line)?;
        }
        let problems = match writer.update(stop, &mut |_| ()) {
            Ok(totals) => totals.map(|totals| totals.problems).unwrap_or_default(),
            Err(error) => vec![error.to_string()],
        };
        if problems != told {
            for problem in &problems {
                tracing::warn!("{problem}");
            }
            told = problems;
        }
        thread::park_timeout(PAUSE);
    }
    Ok(())
}

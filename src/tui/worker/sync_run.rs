//! Fetches new reports beside the reader, on a thread and a connection of its own: for the cache it is as if another
//! process did so. Each page is saved in a transaction of its own, so the reader never waits for more than one page;
//! the worker sees that the cache has changed and the list is read again.

use crate::config::Config;
use crate::store::Store;
use crate::sync::clock::SyncClock;
use crate::sync::event::SyncEvent;
use crate::sync::fetch::Fetch;
use crate::sync::http::HttpClient;
use crate::sync::run::{self, SyncPlan};
use crate::sync::sync_lock::SyncLock;
use crate::tui::message::{SyncJob, SyncNews};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// No rate is told before this time: the first requests are for lists.
const RATE_AFTER: Duration = Duration::from_secs(10);

/// How a run performs requests: made on its thread, of the `contact` of the settings.
pub type Connect = Box<dyn FnOnce(Option<&str>) -> Result<Box<dyn Fetch>, String> + Send>;

/// A run that goes on. Dropping it stops it.
pub struct SyncRun {
    stop: Arc<AtomicBool>,
}

impl SyncRun {
    /// Begins a run that asks the servers of the sources. Everything it tells is passed to `tell`, in the end
    /// `SyncNews::NoSources` or `SyncNews::Ended`.
    pub fn begin(job: SyncJob, tell: impl Fn(SyncNews) + Send + Clone + 'static) -> Self {
        let connect = |contact: Option<&str>| Ok(Box::new(HttpClient::of_environment(contact)?) as Box<dyn Fetch>);
        Self::begin_with(job, Box::new(connect), Box::new(crate::sync::clock::SystemClock), tell)
    }

    /// The same with requests and a clock of the caller's own.
    pub fn begin_with(
        job: SyncJob,
        connect: Connect,
        clock: Box<dyn SyncClock + Send>,
        tell: impl Fn(SyncNews) + Send + Clone + 'static,
    ) -> Self {
        let stop = Arc::<AtomicBool>::default();
        let (shared, failed) = (Arc::clone(&stop), tell.clone());
        let work = move || {
            let ended = perform(&job, connect, &*clock, &shared, &tell);
            if let Some(ended) = ended.transpose() {
                tell(SyncNews::Ended(ended));
            } else {
                tell(SyncNews::NoSources);
            }
        };
        if let Err(error) = thread::Builder::new().name("sync".to_owned()).spawn(work) {
            failed(SyncNews::Ended(Err(format!("a thread could not be started: {error}"))));
        }
        Self { stop }
    }

    /// Has the run end once what is under way is saved.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Drop for SyncRun {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Runs over all sources, due or not: the user asks for it now. `None` if there are none.
fn perform(
    job: &SyncJob,
    connect: Connect,
    clock: &dyn SyncClock,
    stop: &AtomicBool,
    tell: &dyn Fn(SyncNews),
) -> Result<Option<crate::sync::event::SyncTotals>, String> {
    let config = job.config_file.as_deref().map_or_else(|| Ok(Config::default()), Config::read);
    let Config { sources, contact, .. } = config.map_err(|problem| problem.to_string())?;
    if sources.is_empty() {
        return Ok(None);
    }
    let _alone = SyncLock::take(&job.cache).map_err(|why| why.to_string())?;
    let store = Store::open(&job.cache).map_err(|error| error.to_string())?;
    let fetch = connect(contact.as_deref())?;
    let began = Instant::now();
    let plan = SyncPlan { sources: &sources, is_forced: true, since: None, dry_run_for: None };
    let mut tell_event = |event| match event {
        SyncEvent::Progress(progress) => {
            let elapsed = began.elapsed();
            let per_minute =
                (elapsed >= RATE_AFTER).then(|| progress.pages_done as u64 * 60 / elapsed.as_secs().max(1));
            tell(SyncNews::Progress { progress, per_minute });
        }
        SyncEvent::SourceDone(summary) => {
            if let Some(problem) = summary.problem {
                tell(SyncNews::Problem(format!("{}: {problem}", summary.source)));
            }
        }
        _ => {}
    };
    run::run(&store, &*fetch, clock, plan, stop, &mut tell_event).map(Some).map_err(|error| error.to_string())
}

//! A run over sources: the lists first, then the pages that are new in them, newest first. Several hosts at a time,
//! each host one request at a time (`politeness`). This thread owns the store and decides; a few others perform
//! requests.
//!
//! ```text
//! source A  list ─▶ list ─▶ page ─▶ page …      each has one request under way at most
//! source B  list ─▶ page …                      robots.txt of a host comes before its first other address
//!    │ step: what is next, and is its host free?
//!    ▼
//! requests ──▶ fetching threads ──▶ answers ──▶ saved at once, one transaction each
//! ```
//!
//! What is under way is in no memory but this one; what is to be done is in the cache (`FetchState`). So an interrupted
//! run goes on where it was, and asks again at the most for what was under way.

mod answers;
mod dry_run;
mod source_pass;

use super::clock::SyncClock;
use super::event::{SyncEvent, SyncProgress, SyncTotals};
use super::fetch::{Fetch, FetchAnswer, FetchFailure, FetchRequest};
use super::politeness::{HostQueue, HostStop, HostTurn, MAX_PAUSE};
use super::robots::RobotsRules;
use crate::config::SourceSetting;
use crate::store::{FetchState, StoppedHost, Store, StoreError};
use jiff::Timestamp;
use source_pass::{PassStep, SourcePass};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Requests under way at a time. Each may hold a body in memory.
const MAX_REQUESTS: usize = 4;
/// How often a run that waits looks whether it was stopped.
const STOP_CHECK: Duration = Duration::from_millis(100);
/// Why a host is left alone that wants pauses longer than a run waits.
const LONG_PAUSES: &str = "its robots.txt asks for long pauses";
/// The stack of a fetching thread in bytes.
const FETCHER_STACK_BYTES: usize = 1 << 20;

/// What to fetch, and how far back.
#[derive(Clone, Copy)]
pub struct SyncPlan<'a> {
    pub sources: &'a [SourceSetting],
    /// Whether sources are fetched whose next pass is not due.
    pub is_forced: bool,
    /// Pages since this moment are taken, whatever the settings say.
    pub since: Option<Timestamp>,
    /// Only the lists are read and nothing is saved: the pages are told that a run now would fetch for this cache, and
    /// those that it would leave out. The store of the run is then another one, in memory.
    pub dry_run_for: Option<&'a Store>,
}

/// A request that was sent, and for which source.
struct Flight {
    pass: usize,
    host: String,
    request: FetchRequest,
}

/// A request and its answer.
struct Landing {
    flight: Flight,
    answer: Result<FetchAnswer, FetchFailure>,
}

/// The state of a run, on the thread that owns the store.
struct SyncRun<'a> {
    store: &'a Store,
    state: FetchState<'a>,
    /// Of a dry run, the state in the cache for which it is made; `None` if the cache has none.
    planned_for: Option<FetchState<'a>>,
    clock: &'a dyn SyncClock,
    plan: SyncPlan<'a>,
    hosts: HostQueue,
    /// By origin; those of this run and those kept from an earlier one.
    robots: HashMap<String, RobotsRules>,
    /// How often in a row a host gave no answer.
    host_failures: HashMap<String, u32>,
    passes: Vec<SourcePass<'a>>,
    totals: SyncTotals,
    pages_done: usize,
    tell: &'a mut dyn FnMut(SyncEvent),
}

/// Fetches what is new in the sources. `tell` is called for everything that happens, on this thread. Setting `stop`
/// ends the run as soon as what is under way has been answered and saved.
///
/// # Errors
/// If the cache cannot be written. What was told until then is saved.
pub fn run(
    store: &Store,
    fetch: &dyn Fetch,
    clock: &dyn SyncClock,
    plan: SyncPlan<'_>,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(SyncEvent),
) -> Result<SyncTotals, StoreError> {
    let state = store.fetch_state()?;
    let planned_for = plan.dry_run_for.and_then(|cache| cache.fetch_state().ok());
    let mut run = SyncRun {
        store,
        state,
        planned_for,
        clock,
        plan,
        hosts: HostQueue::default(),
        robots: HashMap::new(),
        host_failures: HashMap::new(),
        passes: Vec::new(),
        totals: SyncTotals { sources: plan.sources.len(), ..SyncTotals::default() },
        pages_done: 0,
        tell,
    };
    run.begin()?;
    let (send, requests) = sync_channel::<Flight>(MAX_REQUESTS);
    let (answered, receive) = sync_channel::<Landing>(MAX_REQUESTS);
    let requests = &Mutex::new(requests);
    std::thread::scope(|scope| {
        // Owned here: when this closure is left, by an error too, the threads find them closed and end.
        let (send, receive, answered) = (send, receive, answered);
        for _ in 0..MAX_REQUESTS.min(run.passes.len()) {
            let answered = answered.clone();
            let work = move || {
                // The lock is released before the request is performed.
                while let Some(flight) = next_flight(requests) {
                    let answer = fetch.fetch(&flight.request);
                    if answered.send(Landing { flight, answer }).is_err() {
                        break;
                    }
                }
            };
            std::thread::Builder::new().stack_size(FETCHER_STACK_BYTES).spawn_scoped(scope, work).map_err(|error| {
                StoreError::Unusable {
                    path: store.folder().unwrap_or(std::path::Path::new("")).to_owned(),
                    why: format!("a thread could not be started: {error}"),
                }
            })?;
        }
        drop(answered);
        run.drive(&send, &receive, stop)
    })?;
    run.end(stop)
}

fn next_flight(requests: &Mutex<Receiver<Flight>>) -> Option<Flight> {
    requests.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

impl SyncRun<'_> {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Loads the hosts that are to be left alone, and begins the passes that are due.
    fn begin(&mut self) -> Result<(), StoreError> {
        let now = self.now();
        let known = self.planned_for.as_ref().unwrap_or(&self.state);
        self.hosts.asked_before(known.asked_hosts(HostQueue::recent(now))?, now);
        let stopped = known.stopped_hosts(now.as_second())?;
        for StoppedHost { host, until, why } in stopped {
            let until = Timestamp::from_second(until).unwrap_or(now);
            self.hosts.stop(&host, HostStop { until, why });
        }
        let sources = self.plan.sources;
        for setting in sources {
            self.begin_pass(setting)?;
        }
        Ok(())
    }

    /// Sends requests and takes answers until nothing is left to do, or the run is stopped.
    fn drive(
        &mut self,
        send: &SyncSender<Flight>,
        receive: &Receiver<Landing>,
        stop: &AtomicBool,
    ) -> Result<(), StoreError> {
        let mut under_way = 0;
        let mut first = 0;
        loop {
            // What has come is saved before anything more is asked: a run that is killed then has less to ask again.
            while let Ok(landing) = receive.try_recv() {
                under_way -= 1;
                self.land(landing)?;
            }
            let is_stopped = stop.load(Ordering::Relaxed);
            let mut wake: Option<Timestamp> = None;
            let count = self.passes.len();
            for n in 0..count {
                if is_stopped || under_way >= MAX_REQUESTS {
                    break;
                }
                let pass = (first + n) % count;
                match self.step(pass)? {
                    PassStep::Send(request, host) => {
                        self.totals.requests += 1;
                        under_way += 1;
                        if send.send(Flight { pass, host, request }).is_err() {
                            return Ok(());
                        }
                    }
                    PassStep::WaitUntil(moment) => wake = Some(wake.map_or(moment, |wake| wake.min(moment))),
                    PassStep::Blocked | PassStep::Done => {}
                }
            }
            // Begin with another source each time, so that those on one host take turns.
            first = (first + 1) % count.max(1);
            let left = wake.map(|wake| Duration::try_from(wake.duration_since(self.now())).unwrap_or_default());
            if under_way > 0 {
                match receive.recv_timeout(left.unwrap_or(STOP_CHECK).min(STOP_CHECK)) {
                    Ok(landing) => {
                        under_way -= 1;
                        self.land(landing)?;
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return Ok(()),
                }
            } else if let Some(left) = left.filter(|_| !is_stopped) {
                self.clock.sleep(left.min(STOP_CHECK));
            } else {
                return Ok(());
            }
        }
    }

    /// Takes an answer that came.
    fn land(&mut self, landing: Landing) -> Result<(), StoreError> {
        let now = self.now();
        self.hosts.done(&landing.flight.host, now);
        if landing.answer.is_ok() {
            self.host_failures.remove(&landing.flight.host);
        }
        if let Some(pass) = self.passes.get_mut(landing.flight.pass) {
            pass.is_under_way = false;
        }
        self.take_answer(&landing.flight, landing.answer)?;
        let progress = self.progress();
        (self.tell)(SyncEvent::Progress(progress));
        Ok(())
    }

    fn progress(&self) -> SyncProgress {
        SyncProgress {
            sources_done: self.passes.iter().filter(|pass| pass.is_done).count(),
            sources: self.passes.len(),
            pages_done: self.pages_done,
            pages_left: self.passes.iter().filter(|pass| !pass.is_done).map(|pass| pass.left).sum(),
            new: self.totals.new,
        }
    }

    /// Whether the host may be asked. One that would have to be waited for too long is left to a later run.
    fn turn(&mut self, host: &str) -> Result<HostTurn, StoreError> {
        let now = self.now();
        let turn = self.hosts.begin(host, now);
        if let HostTurn::At(moment) = turn
            && Duration::try_from(moment.duration_since(now)).is_ok_and(|wait| wait > MAX_PAUSE)
        {
            let stop = HostStop { until: moment, why: LONG_PAUSES.to_owned() };
            self.stop_host(host, stop.clone())?;
            return Ok(HostTurn::Stopped(stop));
        }
        Ok(turn)
    }

    /// Notes that a host is asked, for the pause before the first request of the next run. A dry run notes it in the
    /// cache for which it is made, if it can: the pause is meant for the host.
    fn note_asked(&self, host: &str) -> Result<(), StoreError> {
        let now = self.now().as_millisecond();
        match self.plan.dry_run_for {
            None => self.state.note_asked(host, now),
            Some(cache) if cache.read_only().is_none() => cache.fetch_state()?.note_asked(host, now),
            Some(_) => Ok(()),
        }
    }

    /// Leaves a host alone, now and in later runs. A dry run saves that in the cache, if it can, as it does the pauses.
    fn stop_host(&mut self, host: &str, stop: HostStop) -> Result<(), StoreError> {
        let (until, why) = (stop.until.as_second(), stop.why.clone());
        let stopped = StoppedHost { host: host.to_owned(), until, why: why.clone() };
        match self.plan.dry_run_for {
            None => self.state.stop_host(&stopped)?,
            Some(cache) if cache.read_only().is_none() => cache.fetch_state()?.stop_host(&stopped)?,
            Some(_) => {}
        }
        (self.tell)(SyncEvent::HostStopped { host: host.to_owned(), until: stop.until, why });
        self.hosts.stop(host, stop);
        Ok(())
    }

    /// Ends all passes, has officials identified, and returns the totals.
    fn end(mut self, stop: &AtomicBool) -> Result<SyncTotals, StoreError> {
        for pass in 0..self.passes.len() {
            if self.passes.get(pass).is_some_and(|pass| !pass.is_done) {
                self.totals.stopped |= stop.load(Ordering::Relaxed);
                self.leave_pass(pass)?;
            }
        }
        if self.totals.new > 0 {
            self.store.cache().save_many(|| Ok(()))?;
        }
        Ok(self.totals)
    }
}

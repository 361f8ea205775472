//! An ordered, bounded, parallel map: the calling thread, which owns the connection, fetches pieces and keeps results
//! in the order of fetching; other threads do the work in between. Used to rebuild the cache and to identify officials.
//!
//! ```text
//! fetch (caller) ─▶ jobs ─▶ work (threads) ─▶ results ─▶ keep (caller, in order)
//!                   at most 2 pieces a thread between fetch and keep, fewer if they are heavy
//! ```
//!
//! An import is not run through this: there the *threads* fetch (they read files while the caller commits), one file
//! yields any number of pieces, memory is bounded by bytes, and a batch is committed after half a second even if no
//! piece comes (`import::backpressure`, `import::batch`). With fetching in the caller, it would wait for the disk.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};

/// Fetches pieces until there is none, works on each on some thread, and keeps the results. The first error of
/// `fetch` or `keep` ends it; a panic of `work` is passed on.
pub(super) fn pipeline<J: Send, R: Send, E>(
    fetch: impl FnMut() -> Result<Option<J>, E>,
    work: impl Fn(J) -> R + Sync,
    keep: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    pipeline_of_weight(usize::MAX, |_| 1, fetch, work, keep)
}

/// The same for pieces of which some take much more memory than others: nothing is fetched while those between fetch
/// and keep have the weight `most_weight` together.
pub(super) fn pipeline_of_weight<J: Send, R: Send, E>(
    most_weight: usize,
    weight: impl Fn(&J) -> usize,
    mut fetch: impl FnMut() -> Result<Option<J>, E>,
    work: impl Fn(J) -> R + Sync,
    mut keep: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    // One piece in work and one waiting for each thread: no thread idles while the caller keeps a result, and memory
    // stays bounded by the size of a piece.
    let most = threads * 2;
    let (send_job, jobs) = sync_channel::<(usize, J)>(most);
    let (send_result, results) = sync_channel(most);
    let jobs = Mutex::new(jobs);
    std::thread::scope(|scope| {
        // Moved in, so that they are dropped however this closure is left: by an error or a panic as well. Without them
        // the threads' `recv` and `send` fail, which ends the threads; the scope waits for them.
        let (send_job, results) = (send_job, results);
        let mut running = 0;
        for _ in 0..threads {
            let (send_result, jobs, work) = (send_result.clone(), &jobs, &work);
            let thread = std::thread::Builder::new().spawn_scoped(scope, move || {
                loop {
                    let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, job)) = job else { return };
                    // A panic is sent like a result: else the caller would wait for this piece for ever.
                    let done = catch_unwind(AssertUnwindSafe(|| work(job)));
                    if send_result.send((number, done)).is_err() {
                        return;
                    }
                }
            });
            running += usize::from(thread.is_ok());
        }
        // With no thread to be had, the caller does all the work itself, one piece after the other.
        if running == 0 {
            while let Some(job) = fetch()? {
                keep(work(job))?;
            }
            return Ok(());
        }
        drop(send_result);
        let (mut fetched, mut kept, mut early, mut over) = (0, 0, BTreeMap::new(), false);
        // Of those between fetch and keep, in their order.
        let mut weights = VecDeque::new();
        loop {
            while !over && fetched - kept < most && weights.iter().sum::<usize>() < most_weight {
                let Some(job) = fetch()? else {
                    over = true;
                    break;
                };
                weights.push_back(weight(&job));
                // Cannot fail: the threads end only after this sender is dropped.
                let _ = send_job.send((fetched, job));
                fetched += 1;
            }
            if fetched == kept {
                return Ok(());
            }
            let Ok((number, result)) = results.recv() else { return Ok(()) };
            early.insert(number, result);
            while let Some(result) = early.remove(&kept) {
                keep(result.unwrap_or_else(|fault| resume_unwind(fault)))?;
                weights.pop_front();
                kept += 1;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// Fetches the numbers from 1 to 100.
    fn hundred<E>() -> impl FnMut() -> Result<Option<usize>, E> {
        let mut numbers = 1..=100;
        move || Ok(numbers.next())
    }

    #[test]
    fn results_are_kept_in_order_and_an_error_ends_all() {
        let mut kept = Vec::new();
        let keep = |n| {
            kept.push(n);
            Ok::<_, &str>(())
        };
        pipeline(hundred(), |n| n * 2, keep).unwrap();
        assert_eq!(kept, (1..=100).map(|n| n * 2).collect::<Vec<_>>());
        assert_eq!(pipeline(hundred(), |n| n, |n| if n == 3 { Err("three") } else { Ok(()) }), Err("three"));
        assert_eq!(pipeline(|| Err::<Option<()>, _>("none"), |()| (), |()| Ok(())), Err("none"));
    }

    #[test]
    fn a_heavy_piece_is_fetched_with_few_others() {
        let (between, heaviest) = (Cell::new(0), Cell::new(0));
        let mut pieces = [1, 1, 50, 1, 1, 1, 50, 50, 3, 1].into_iter();
        let fetch = || {
            let piece = pieces.next();
            between.set(between.get() + piece.unwrap_or_default());
            heaviest.set(between.get().max(heaviest.get()));
            Ok::<_, ()>(piece)
        };
        let mut kept = 0;
        let keep = |piece| {
            between.set(between.get() - piece);
            kept += 1;
            Ok(())
        };
        pipeline_of_weight(3, |piece| *piece, fetch, |piece| piece, keep).unwrap();
        assert_eq!(kept, 10);
        assert!(heaviest.get() <= 52, "{heaviest:?}: two heavy ones at once");
    }

    #[test]
    #[should_panic(expected = "five")]
    fn a_panic_is_passed_on() {
        let work = |n| assert_ne!(n, 5, "five");
        let _ = pipeline(hundred::<()>(), work, |()| Ok(()));
    }
}

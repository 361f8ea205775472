//! Work on many pieces by several threads while the calling thread, which owns the cache, fetches the next pieces and
//! keeps what is done, in the order in which they were fetched. A few pieces are in memory at a time.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};

/// Fetches pieces until there is none, works on each on some thread, and keeps the results. The first error of
/// `fetch` or `keep` ends it; a panic of `work` is passed on.
pub(super) fn pipeline<J: Send, R: Send, E>(
    mut fetch: impl FnMut() -> Result<Option<J>, E>,
    work: impl Fn(J) -> R + Sync,
    mut keep: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    // One piece more than there are threads: each finds its next one waiting.
    let most = threads * 2;
    let (send_job, jobs) = sync_channel::<(usize, J)>(most);
    let (send_result, results) = sync_channel(most);
    let jobs = Mutex::new(jobs);
    std::thread::scope(|scope| {
        // Both ends here are gone with the closure, which ends the threads whatever ended this one.
        let (send_job, results) = (send_job, results);
        for _ in 0..threads {
            let (send_result, jobs, work) = (send_result.clone(), &jobs, &work);
            scope.spawn(move || {
                loop {
                    let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, job)) = job else { return };
                    // A panic is the result: whoever waits for it would wait for ever.
                    let done = catch_unwind(AssertUnwindSafe(|| work(job)));
                    if send_result.send((number, done)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send_result);
        let (mut fetched, mut kept, mut early, mut over) = (0, 0, BTreeMap::new(), false);
        loop {
            while !over && fetched - kept < most {
                let Some(job) = fetch()? else {
                    over = true;
                    break;
                };
                // The threads take jobs as long as there is anybody to give them.
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
                kept += 1;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
    #[should_panic(expected = "five")]
    fn a_panic_is_passed_on() {
        let work = |n| assert_ne!(n, 5, "five");
        let _ = pipeline(hundred::<()>(), work, |()| Ok(()));
    }
}

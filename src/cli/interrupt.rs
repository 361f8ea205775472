//! Ctrl-C while files are imported: what is in hand is saved, then the program ends with 130. A second Ctrl-C, or a
//! wait for input that does not end, ends it at once; the cache survives that too.

use super::out::INTERRUPTED;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A flag that Ctrl-C sets.
pub fn flag() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    watch(&flag);
    flag
}

#[cfg(unix)]
fn watch(flag: &Arc<AtomicBool>) {
    use signal_hook::consts::SIGINT;
    use std::sync::atomic::Ordering;
    use std::time::Duration;
    // Without a watcher Ctrl-C ends the program at once, which loses nothing that was reported saved.
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT]) else { return };
    let flag = Arc::clone(flag);
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            flag.store(true, Ordering::Relaxed);
            std::thread::sleep(Duration::from_secs(2));
            std::process::exit(i32::from(INTERRUPTED));
        }
    });
    // The second one finds the flag set.
}

#[cfg(not(unix))]
fn watch(_flag: &Arc<AtomicBool>) {
    let _ = INTERRUPTED;
}

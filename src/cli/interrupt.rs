//! Ctrl-C while files are imported: what is in hand is saved, then the program ends with 130. A wait for input that
//! does not end is given two seconds, then the program ends at once; the cache survives that too.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Watches for Ctrl-C until it is dropped.
pub struct Watch {
    /// Set by Ctrl-C.
    pub stop: Arc<AtomicBool>,
    #[cfg(unix)]
    handle: Option<signal_hook::iterator::Handle>,
}

#[cfg(unix)]
impl Watch {
    /// Begins to watch.
    pub fn new() -> Self {
        use signal_hook::consts::SIGINT;
        let stop = Arc::new(AtomicBool::new(false));
        // Without a watcher Ctrl-C ends the program at once, which loses nothing that was reported saved.
        let signals = signal_hook::iterator::Signals::new([SIGINT]).ok();
        let handle = signals.as_ref().map(signal_hook::iterator::SignalsInfo::handle);
        if let Some(signals) = signals {
            let stop = Arc::clone(&stop);
            std::thread::spawn(move || wait(signals, &stop));
        }
        Self { stop, handle }
    }
}

#[cfg(unix)]
fn wait(mut signals: signal_hook::iterator::Signals, stop: &AtomicBool) {
    use super::out::INTERRUPTED;
    use std::sync::atomic::Ordering;
    use std::time::Duration;
    if signals.forever().next().is_none() {
        return;
    }
    stop.store(true, Ordering::Relaxed);
    std::thread::sleep(Duration::from_secs(2));
    if !signals.handle().is_closed() {
        std::process::exit(i32::from(INTERRUPTED));
    }
}

#[cfg(unix)]
impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(handle) = &self.handle {
            handle.close();
        }
    }
}

#[cfg(not(unix))]
impl Watch {
    /// Nothing is watched: Ctrl-C ends the program at once, which loses nothing that was reported saved.
    pub fn new() -> Self {
        Self { stop: Arc::new(AtomicBool::new(false)) }
    }
}

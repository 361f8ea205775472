//! Ctrl-C while something long goes on: what is in hand is finished, then the program ends. A wait that does not end is
//! given two seconds, then the program ends at once.

use signal_hook::consts::SIGINT;
use signal_hook::iterator::{Handle, Signals, SignalsInfo};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Watches for Ctrl-C until it is dropped.
pub struct Watch {
    /// Set by Ctrl-C.
    pub stop: Arc<AtomicBool>,
    handle: Option<Handle>,
}

impl Watch {
    /// Begins to watch; `code` is the exit code of a program that had to be ended.
    pub fn new(code: u8) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        // Without a watcher Ctrl-C ends the program at once, which loses nothing that was reported saved.
        let signals = Signals::new([SIGINT]).ok();
        let handle = signals.as_ref().map(SignalsInfo::handle);
        if let Some(signals) = signals {
            let stop = Arc::clone(&stop);
            std::thread::spawn(move || wait(signals, &stop, code));
        }
        Self { stop, handle }
    }
}

fn wait(mut signals: Signals, stop: &AtomicBool, code: u8) {
    if signals.forever().next().is_none() {
        return;
    }
    stop.store(true, Ordering::Relaxed);
    std::thread::sleep(Duration::from_secs(2));
    if !signals.handle().is_closed() {
        std::process::exit(i32::from(code));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(handle) = &self.handle {
            handle.close();
        }
    }
}

//! Ctrl-C during a long job: the job finishes what it has begun and ends. If it is still running after two seconds, for
//! example because it waits for a pipe, the program ends at once.

use signal_hook::consts::SIGINT;
use signal_hook::iterator::{Handle, Signals, SignalsInfo};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Watches for Ctrl-C until this is dropped.
pub struct Watch {
    /// Set when Ctrl-C is pressed.
    pub stop: Arc<AtomicBool>,
    handle: Option<Handle>,
}

impl Watch {
    /// Begins to watch; `code` is the exit code if the job does not end in time.
    pub fn new(code: u8) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        // If signals cannot be watched, Ctrl-C ends the program at once, which loses nothing that was reported as
        // saved.
        let signals = Signals::new([SIGINT]).ok();
        let handle = signals.as_ref().map(SignalsInfo::handle);
        if let Some(signals) = signals {
            let stop = Arc::clone(&stop);
            // With no thread to be had, the default action is lost as well, so Ctrl-C waits for the job's end.
            let _ = std::thread::Builder::new().spawn(move || wait(signals, &stop, code));
        }
        Self { stop, handle }
    }
}

/// How long a job may take to end.
const GRACE: Duration = Duration::from_secs(2);

/// The watching thread. Ends without effect when the handle is closed.
fn wait(mut signals: Signals, stop: &AtomicBool, code: u8) {
    if signals.forever().next().is_none() {
        return;
    }
    stop.store(true, Ordering::Relaxed);
    std::thread::sleep(GRACE);
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

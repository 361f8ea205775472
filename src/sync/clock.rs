//! The time of a run: the system's clock, or in tests one that passes when it is waited for.

use jiff::Timestamp;
use std::time::Duration;

/// Where a run has its time from.
pub trait SyncClock {
    /// The present moment of the run.
    fn now(&self) -> Timestamp;
    /// Waits. A run calls this only while no request is under way, and with fractions of a second, so that it can be
    /// cancelled.
    fn sleep(&self, time: Duration);
}

/// The clock of the system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl SyncClock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

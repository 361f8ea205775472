//! When a host may be asked: one request at a time, a pause after each, longer where its robots.txt says so, and none
//! at all while it is stopped (429, a challenge, or no answer). Pure: the time is passed in. What a stopped host means
//! for its pages is left to `pass`.

use jiff::Timestamp;
use std::collections::HashMap;
use std::time::Duration;
use url::Url;

/// The pause between two requests to a host, at the least.
pub const MIN_PAUSE: Duration = Duration::from_secs(2);
/// Within this time of its being noted, a request has reached its host.
const SENDING_TIME: Duration = Duration::from_secs(1);
/// No host is waited for longer than this at a time: what is left of its pages is left to the next pass.
pub const MAX_PAUSE: Duration = Duration::from_secs(120);

/// How a host is named here: what is asked one request at a time. With the port, if that is not the usual one.
pub fn turn_host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Whether a host may be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostTurn {
    /// Ask now. The host is busy until `HostQueue::done`.
    Now,
    /// Ask at that moment.
    At(Timestamp),
    /// Another request to it is running.
    Busy,
    /// Not in this run.
    Stopped(HostStop),
}

/// Until when a host is left alone, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostStop {
    pub until: Timestamp,
    /// The reason, in words for the user.
    pub why: String,
}

#[derive(Clone, Debug, Default)]
struct HostState {
    is_busy: bool,
    /// When it was last asked, or else answered.
    last: Option<Timestamp>,
    crawl_delay: Duration,
    stop: Option<HostStop>,
}

impl HostState {
    /// Not to be asked before.
    fn next(&self) -> Option<Timestamp> {
        self.last.and_then(|last| last.checked_add(MIN_PAUSE.max(self.crawl_delay)).ok())
    }
}

/// All hosts of a run.
#[derive(Clone, Debug, Default)]
pub struct HostQueue {
    hosts: HashMap<String, HostState>,
}

impl HostQueue {
    /// Whether the host may be asked now. If so, it is busy from now on.
    pub fn begin(&mut self, host: &str, now: Timestamp) -> HostTurn {
        let turn = self.turn(host, now);
        if turn == HostTurn::Now {
            self.state(host).is_busy = true;
        }
        turn
    }

    /// Whether the host may be asked now, without asking it.
    pub fn turn(&self, host: &str, now: Timestamp) -> HostTurn {
        let Some(state) = self.hosts.get(host) else { return HostTurn::Now };
        if let Some(stop) = state.stop.as_ref().filter(|stop| stop.until > now) {
            return HostTurn::Stopped(stop.clone());
        }
        match state.next() {
            _ if state.is_busy => HostTurn::Busy,
            Some(next) if next > now => HostTurn::At(next),
            _ => HostTurn::Now,
        }
    }

    /// A request has ended: the pause begins.
    pub fn done(&mut self, host: &str, now: Timestamp) {
        let state = self.state(host);
        state.is_busy = false;
        state.last = state.last.max(Some(now));
    }

    /// Before this moment, in milliseconds since 1970, no request matters any more: no pause is longer.
    pub fn recent(now: Timestamp) -> i64 {
        now.as_millisecond() - i64::try_from(MAX_PAUSE.as_millis()).unwrap_or(i64::MAX)
    }

    /// Hosts that other runs have asked, with the times in milliseconds since 1970: the pauses go on. A time in the
    /// future, of a clock that was set back since, counts as now. Each was noted before the request was sent, so that a
    /// killed run has it, too: a while passed until the host was reached.
    pub fn asked_before(&mut self, asked: Vec<(String, i64)>, now: Timestamp) {
        for (host, moment) in asked {
            let moment = Timestamp::from_millisecond(moment).unwrap_or(now);
            let moment = moment.checked_add(SENDING_TIME).unwrap_or(now).min(now);
            let state = self.state(&host);
            state.last = state.last.max(Some(moment));
        }
    }

    /// Sets the pause that the host's robots.txt asks for.
    pub fn set_crawl_delay(&mut self, host: &str, delay: Duration) {
        self.state(host).crawl_delay = delay;
    }

    /// Leaves a host alone until a moment.
    pub fn stop(&mut self, host: &str, stop: HostStop) {
        let state = self.state(host);
        let is_longer = state.stop.as_ref().is_none_or(|now| now.until < stop.until);
        if is_longer {
            state.stop = Some(stop);
        }
    }

    fn state(&mut self, host: &str) -> &mut HostState {
        self.hosts.entry(host.to_owned()).or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "bao.example.vn";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_host_is_asked_one_at_a_time_and_two_seconds_apart() {
        let mut queue = HostQueue::default();
        assert_eq!(queue.begin(HOST, at(0)), HostTurn::Now);
        assert_eq!(queue.begin(HOST, at(50)), HostTurn::Busy);
        assert_eq!(queue.begin("khac.example.vn", at(0)), HostTurn::Now, "others meanwhile");
        queue.done(HOST, at(60));
        assert_eq!(queue.begin(HOST, at(61)), HostTurn::At(at(62)));
        assert_eq!(queue.begin(HOST, at(62)), HostTurn::Now);
    }

    #[test]
    fn a_longer_pause_is_kept_and_a_stop_ends_by_itself() {
        let mut queue = HostQueue::default();
        queue.begin(HOST, at(0));
        queue.done(HOST, at(0));
        queue.set_crawl_delay(HOST, Duration::from_secs(10));
        assert_eq!(queue.turn(HOST, at(3)), HostTurn::At(at(10)));
        queue.set_crawl_delay(HOST, Duration::from_millis(1));
        assert_eq!(queue.turn(HOST, at(1)), HostTurn::At(at(2)), "never shorter than two seconds");
        queue.set_crawl_delay("khac.example.vn", Duration::from_secs(60));
        assert_eq!(queue.turn("khac.example.vn", at(1)), HostTurn::Now, "it was never asked");
        queue.asked_before(vec![("khac.example.vn".to_owned(), 500), ("mai.example.vn".to_owned(), 900_000)], at(9));
        let half = at(61).checked_add(Duration::from_millis(500)).unwrap();
        assert_eq!(queue.turn("khac.example.vn", at(9)), HostTurn::At(half), "by another run");
        assert_eq!(queue.turn("mai.example.vn", at(9)), HostTurn::At(at(11)), "by a clock that was set back");
        let stop = |second| HostStop { until: at(second), why: "429".to_owned() };
        queue.stop(HOST, stop(100));
        queue.stop(HOST, stop(50));
        assert_eq!(queue.turn(HOST, at(99)), HostTurn::Stopped(stop(100)));
        assert_eq!(queue.turn(HOST, at(100)), HostTurn::Now);
    }
}

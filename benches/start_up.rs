//! Time to the first screen: runs the program in a pseudo-terminal over 20,000 reports and measures until the newest
//! rows are on screen, then the time of each key of a filter until the screen stops changing, and the peak memory. For
//! comparison, it measures the cache alone: opening it with the newest 60 rows, one whole report, and the counts.
//! `BAOCAO_BENCH_REPORTS` sets another number of reports.

#![allow(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench says what it measured"
)]

#[path = "support/mod.rs"]
mod support;

use baocao::import::{ImportOptions, find, import};
use baocao::search::filter::Filter;
use baocao::store::{Sort, Store, WindowBounds};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::hint::black_box;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const ROWS: usize = 60;
/// Typed one by one into the filter, which `/` opens.
const KEYS: &str = "hung";
/// A screen counts as finished if nothing was written for this long. The wait itself is not part of the measured time.
const STILL: Duration = Duration::from_millis(200);

/// The output of the program in chunks, each with the moment of its arrival.
type Output = Receiver<(Instant, Vec<u8>)>;

fn line(what: &str, times: &[f64]) {
    let (half, most) = (support::percentile(times, 50), support::percentile(times, 99));
    println!("{what:32} p50 {half:7.2} ms, p99 {most:7.2} ms");
}

fn store_alone(cache: &Path) {
    let newest = |store: &Store| {
        store.index().find(&Filter::default(), Sort::Date, WindowBounds::first(ROWS)).expect("rows").rows
    };
    let open = || Store::open(cache).expect("the cache");
    line("open and newest 60", &support::milliseconds(50, || assert_eq!(newest(&open()).len(), ROWS)));
    let store = open();
    let id = newest(&store).pop().expect("a row").id;
    line(
        "one report whole",
        &support::milliseconds(50, || drop(black_box(store.cache().load(&id).expect("a report")))),
    );
    let counts = || {
        black_box(store.cache().counts().expect("counts"));
    };
    line("counts", &support::milliseconds(50, counts));
}

/// Returns the milliseconds from `since` to the output that completes `words`; without `words`, to the last output
/// before the screen stops changing.
fn until(output: &Output, since: Instant, words: Option<&str>) -> f64 {
    let (mut seen, mut last) = (Vec::new(), since);
    while let Ok((at, bytes)) = output.recv_timeout(if words.is_some() { Duration::from_secs(10) } else { STILL }) {
        last = at;
        seen.extend(bytes);
        if words.is_some_and(|words| String::from_utf8_lossy(&seen).contains(words)) {
            break;
        }
    }
    last.duration_since(since).as_secs_f64() * 1e3
}

/// Runs one session. Returns the milliseconds to the first rows, those to the screen after each key, and the memory
/// used.
fn session(cache: &Path, home: &Path) -> (f64, Vec<f64>, String) {
    let size = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };
    let pty = native_pty_system().openpty(size).expect("a terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_baocao"));
    command.args(["--cache".as_ref(), cache.as_os_str()]);
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command.env("HOME", home);
    let mut reader = pty.master.try_clone_reader().expect("its output");
    let (send, output) = channel();
    std::thread::spawn(move || {
        let mut bytes = vec![0; 64 << 10];
        while let Ok(n @ 1..) = reader.read(&mut bytes) {
            if send.send((Instant::now(), bytes.get(..n).unwrap_or_default().to_vec())).is_err() {
                break;
            }
        }
    });
    let mut keys = pty.master.take_writer().expect("its keys");
    let began = Instant::now();
    let mut child = pty.slave.spawn_command(command).expect("the program");
    let first = until(&output, began, Some("tổng kết"));
    until(&output, began, None);
    let mut press = |key: &str| {
        let pressed = Instant::now();
        keys.write_all(key.as_bytes()).expect("a key");
        until(&output, pressed, None)
    };
    press("/");
    let times = KEYS.chars().map(|key| press(&key.to_string())).collect();
    let memory = child.process_id().map_or_else(String::new, |id| support::memory_words(&id.to_string()));
    child.kill().expect("an end");
    child.wait().expect("an end");
    (first, times, memory)
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let (reports, cache) = (folder.path().join("reports"), folder.path().join("cache"));
    let count = support::wanted(20_000);
    support::write_reports(&reports, count);
    let store = Store::open(&cache).expect("a cache");
    let found = find(&[reports]);
    import(&store, &found, &ImportOptions::default(), &AtomicBool::new(false), &mut |_| ()).expect("an import");
    drop(store);
    println!("{count} reports");
    store_alone(&cache);
    let sessions: Vec<_> = (0..10).map(|_| session(&cache, folder.path())).collect();
    let sorted = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times
    };
    line("start to first rows on screen", &sorted(sessions.iter().map(|s| s.0).collect()));
    for (n, key) in KEYS.char_indices() {
        let times = sorted(sessions.iter().filter_map(|s| s.1.get(n).copied()).collect());
        line(&format!("key {key} to a screen that stands"), &times);
    }
    println!("{}", sessions.last().map(|s| s.2.as_str()).unwrap_or_default());
}

//! Fifty readers of one archive while an import fills it: how long a key takes, whether anything is lost, and how much
//! memory each reader has. Each reader presses a key about once a second, as a person does.
//!
//! `BAOCAO_BENCH_READERS` and `BAOCAO_BENCH_SECONDS` set other numbers than 50 readers and 60 seconds;
//! `BAOCAO_BENCH_REPORTS` is the number of reports that are there at the beginning, and as many come meanwhile.

#![allow(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench says what it measured"
)]

#[path = "support/mod.rs"]
mod support;

use baocao::store::Store;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};
use support::session::Session;
use support::varied::write_varied;

/// What a reader does again and again: down the list, into a report and back, a filter, a name in the finder.
const KEYS: [&str; 16] = ["j", "j", "j", "\r", " ", "q", "/", "h", "u", "n", "\x1b", "\x1b", "o", "t", "h", "\x1b"];
const PAUSE: Duration = Duration::from_millis(800);

fn import(archive: &Path, file: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_baocao"))
        .args(["--cache".as_ref(), archive.as_os_str(), "import".as_ref(), file.as_os_str()])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program")
}

/// Reads until `end`. Returns the milliseconds of each key, and the peak memory in MiB.
fn read(archive: &Path, home: &Path, end: Instant) -> (Vec<f64>, f64) {
    let options = [OsStr::new("--archive"), archive.as_os_str(), OsStr::new("--cache"), home.as_os_str()];
    let mut session = Session::start_with(&options, home, "tổng kết");
    let mut times = Vec::new();
    for key in KEYS.iter().cycle() {
        if Instant::now() >= end {
            break;
        }
        times.push(session.press(key));
        sleep(PAUSE);
    }
    (times, session.peak_memory().unwrap_or_default())
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let (archive, file) = (folder.path().join("archive"), folder.path().join("reports.jsonl"));
    let count = support::wanted(20_000);
    let readers = support::wanted_as("BAOCAO_BENCH_READERS", 50);
    let seconds = support::wanted_as("BAOCAO_BENCH_SECONDS", 60);
    write_varied(&file, count).expect("the reports");
    assert!(import(&archive, &file).wait().expect("its end").success());
    write_varied(&file, 2 * count).expect("the reports");
    let end = Instant::now() + Duration::from_secs(seconds as u64);
    let mut importer = import(&archive, &file);
    let began = Instant::now();
    let sessions: Vec<(Vec<f64>, f64)> = scope(|scope| {
        let reader = |n: usize| {
            let (archive, home) = (&archive, folder.path().join(format!("reader-{n}")));
            scope.spawn(move || {
                std::fs::create_dir_all(&home).expect("a folder");
                read(archive, &home, end)
            })
        };
        let threads: Vec<_> = (0..readers).map(reader).collect();
        let imported = importer.wait().expect("its end");
        assert!(imported.success(), "the import failed");
        println!("{count} reports imported in {:.1} s among {readers} readers", began.elapsed().as_secs_f64());
        threads.into_iter().map(|thread| thread.join().expect("a reader")).collect()
    });
    let mut times: Vec<f64> = sessions.iter().flat_map(|(times, _)| times.iter().copied()).collect();
    times.sort_by(f64::total_cmp);
    let at = |percent| support::percentile(&times, percent);
    println!("{} keys: p50 {:.1} ms, p99 {:.1} ms, slowest {:.1} ms", times.len(), at(50), at(99), at(100));
    let mut memory: Vec<f64> = sessions.iter().map(|(_, mib)| *mib).collect();
    memory.sort_by(f64::total_cmp);
    println!(
        "memory of a reader: p50 {:.0} MiB, most {:.0} MiB",
        support::percentile(&memory, 50),
        support::percentile(&memory, 100)
    );
    let store = Store::open(&archive).expect("the archive");
    let reports = store.cache().counts().expect("counts").reports;
    assert_eq!(reports, 2 * count, "reports were lost");
    assert_eq!(store.cache().damage().expect("a check"), None);
    println!("{reports} reports, every page and text sound");
}

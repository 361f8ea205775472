//! How six figures grow with the number of reports, from a thousand to a million: time and bytes written of an import,
//! the memory of import and reader, and the time to the first rows, to the screen after a key of a filter and of the
//! finder. Prints a table, and draws the curves into the SVG file that `BAOCAO_BENCH_PLOT` names.
//!
//! `BAOCAO_BENCH_REPORTS` is the largest size, a million by default, which takes half an hour and 10 GB of disk;
//! `BAOCAO_BENCH_FOLDER` is where the caches are made, else the system's temporary folder.

#![allow(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench says what it measured"
)]

#[path = "support/mod.rs"]
mod support;

use plotters::prelude::*;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use support::session::Session;
use support::varied::write_varied;

/// Sessions whose times are measured; the median counts.
const SESSIONS: usize = 5;
/// Typed one by one into the filter and into the finder.
const KEYS: &str = "hung";

/// What is measured at one size.
#[derive(Debug, Default)]
struct SizeFigures {
    reports: usize,
    import_seconds: f64,
    /// User and system time of the import.
    import_cpu_seconds: f64,
    /// Bytes that reached the disk for each byte of the cache; `None` without `/proc`.
    written_ratio: Option<f64>,
    import_mib: f64,
    cache_mib: f64,
    first_rows: f64,
    /// The slowest key, in milliseconds.
    filter_key: f64,
    finder_key: f64,
    reader_mib: f64,
}

/// A line of `/proc/PID/FILE` as a number.
fn proc_number(id: u32, file: &str, name: &str) -> Option<f64> {
    let all = fs::read_to_string(format!("/proc/{id}/{file}")).ok()?;
    let line = all.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim_start_matches(':').split_whitespace().next()?.parse().ok()
}

/// User and system time of a process in seconds, in ticks of a hundredth as Linux counts them.
fn cpu_seconds(id: u32) -> Option<f64> {
    let all = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name of the program, in brackets, may hold spaces.
    let fields: Vec<&str> = all.rsplit_once(')')?.1.split_whitespace().collect();
    Some((fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?) / 100.0)
}

/// Imports a file into a new cache.
fn import(cache: &Path, file: &Path, figures: &mut SizeFigures) {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_baocao"))
        .args(["--cache".as_ref(), cache.as_os_str(), "import".as_ref(), file.as_os_str()])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let (id, mut written) = (child.id(), None);
    // Its figures are gone with it, so they are read until it ends.
    let status = loop {
        if let Some(status) = child.try_wait().expect("its end") {
            break status;
        }
        written = proc_number(id, "io", "write_bytes").or(written);
        figures.import_cpu_seconds = cpu_seconds(id).unwrap_or(figures.import_cpu_seconds);
        figures.import_mib = support::peak_memory(&id.to_string()).unwrap_or(figures.import_mib);
        sleep(Duration::from_millis(20));
    };
    assert!(status.success(), "the import failed");
    figures.import_seconds = began.elapsed().as_secs_f64();
    let bytes = fs::metadata(cache.join("cache.db")).expect("the cache").len() as f64;
    figures.cache_mib = bytes / f64::from(1 << 20);
    figures.written_ratio = written.map(|written| written / bytes);
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    support::percentile(&times, 50)
}

/// The slowest of the keys, each with its median over all sessions.
fn slowest(sessions: &[Vec<f64>]) -> f64 {
    let key = |n: usize| median(sessions.iter().map(|times| times[n]).collect());
    (0..KEYS.len()).map(key).fold(0.0, f64::max)
}

fn read(cache: &Path, home: &Path, figures: &mut SizeFigures) {
    let (mut first, mut filter, mut finder) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..SESSIONS {
        let mut session = Session::start(cache, home, "tổng kết");
        first.push(session.first_rows);
        let mut typed = |opened_by: &str| {
            session.press(opened_by);
            let times: Vec<f64> = KEYS.chars().map(|key| session.press(&key.to_string())).collect();
            session.press("\x1b");
            session.press("\x1b");
            times
        };
        filter.push(typed("/"));
        finder.push(typed("o"));
        figures.reader_mib = figures.reader_mib.max(session.peak_memory().unwrap_or_default());
    }
    (figures.first_rows, figures.filter_key, figures.finder_key) = (median(first), slowest(&filter), slowest(&finder));
}

fn measure(folder: &Path, reports: usize) -> SizeFigures {
    let mut figures = SizeFigures { reports, ..SizeFigures::default() };
    let (file, cache) = (folder.join("reports.jsonl"), folder.join("cache"));
    write_varied(&file, reports).expect("the reports");
    import(&cache, &file, &mut figures);
    fs::remove_file(&file).expect("the reports");
    read(&cache, folder, &mut figures);
    fs::remove_dir_all(&cache).expect("the cache");
    figures
}

/// Draws each figure by the number of reports, both on scales of powers of ten.
fn plot(path: &Path, all: &[SizeFigures]) -> Result<(), Box<dyn std::error::Error>> {
    type Figure = fn(&SizeFigures) -> f64;
    let curves: [(&str, Figure); 6] = [
        ("import, seconds", |one| one.import_seconds),
        ("written for each byte of the cache", |one| one.written_ratio.unwrap_or(1.0)),
        ("first rows, ms", |one| one.first_rows),
        ("slowest key of a filter, ms", |one| one.filter_key),
        ("slowest key of the finder, ms", |one| one.finder_key),
        ("memory of an import, MiB", |one| one.import_mib),
    ];
    let page = SVGBackend::new(path, (960, 560)).into_drawing_area();
    page.fill(&WHITE)?;
    let sizes = all[0].reports as f64..all[all.len() - 1].reports as f64;
    for (area, (title, figure)) in page.split_evenly((2, 3)).iter().zip(curves) {
        let values = || all.iter().map(|one| (one.reports as f64, figure(one).max(0.1)));
        let least = values().map(|(_, value)| value).fold(f64::MAX, f64::min);
        let most = values().map(|(_, value)| value).fold(0.0, f64::max);
        let mut chart = ChartBuilder::on(area)
            .caption(title, ("sans-serif", 15))
            .margin(12)
            .x_label_area_size(28)
            .y_label_area_size(44)
            .build_cartesian_2d(sizes.clone().log_scale(), (least / 2.0..most * 2.0).log_scale())?;
        chart.configure_mesh().light_line_style(WHITE).x_labels(4).y_labels(5).draw()?;
        chart.draw_series(LineSeries::new(values(), &BLUE))?;
        chart.draw_series(values().map(|at| Circle::new(at, 3, BLUE.filled())))?;
    }
    page.present()?;
    Ok(())
}

fn main() {
    let largest = support::wanted(1_000_000);
    let folder =
        std::env::var_os("BAOCAO_BENCH_FOLDER").map_or_else(tempfile::tempdir, tempfile::tempdir_in).expect("a folder");
    println!(
        "{:>9} {:>9} {:>9} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "reports", "import s", "CPU s", "written", "imp MiB", "cache", "rows ms", "filter", "finder", "MiB"
    );
    let mut all = Vec::new();
    for reports in [1000, 10_000, 100_000, 1_000_000].into_iter().filter(|size| *size <= largest) {
        let one = measure(folder.path(), reports);
        println!(
            "{:>9} {:>9.2} {:>9.2} {:>8.1} {:>8.0} {:>8.0} {:>8.1} {:>8.1} {:>8.1} {:>8.0}",
            one.reports,
            one.import_seconds,
            one.import_cpu_seconds,
            one.written_ratio.unwrap_or_default(),
            one.import_mib,
            one.cache_mib,
            one.first_rows,
            one.filter_key,
            one.finder_key,
            one.reader_mib
        );
        all.push(one);
    }
    if let Some(path) = std::env::var_os("BAOCAO_BENCH_PLOT") {
        plot(Path::new(&path), &all).expect("a plot");
    }
}

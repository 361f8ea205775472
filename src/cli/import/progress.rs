//! How far an import is: what it has saved, how fast it goes, and how long it still takes. The line is made from counts
//! alone; `ImportBar` draws it.

use crate::cli::output::{language, told};
use crate::import::{FileOutcome, InputEntry, InputOrigin};
use crate::lang::numbers;
use indicatif::{HumanDuration, ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// A progress bar appears when an import takes longer than this: below, it would only flicker.
const BAR_DELAY: Duration = Duration::from_secs(1);

/// For more files than this, time is measured by files and not by bytes: asking for the size of each would take long.
const MAX_SIZED_FILES: usize = 1000;

/// Steps of the bar, which is drawn as a share of the whole.
const BAR_STEPS: u64 = 1000;

/// What has been done of an import.
struct ImportProgress {
    /// The size of each file in bytes, in the order of the import; all equal if they are many or have no size.
    sizes: Vec<u64>,
    /// Number of files that are done.
    files: usize,
    /// Sum of their sizes.
    done: u64,
    /// Bytes of the file that is being read, as far as its reports are saved.
    covered: u64,
    reports: usize,
}

impl ImportProgress {
    /// Nothing is done yet of files of these sizes.
    fn new(sizes: Vec<u64>) -> Self {
        Self { sizes, files: 0, done: 0, covered: 0, reports: 0 }
    }

    fn add(&mut self, outcome: &FileOutcome) {
        self.reports += outcome.reports.len();
        let size = self.sizes.get(self.files).copied().unwrap_or_default();
        if outcome.more {
            self.covered = (self.covered + outcome.bytes).min(size);
        } else {
            self.done += size;
            self.covered = 0;
            self.files += 1;
        }
    }

    /// The part that is done, from 0 to 1.
    fn share(&self) -> f64 {
        let total: u64 = self.sizes.iter().sum();
        if total == 0 { 0.0 } else { (self.done + self.covered) as f64 / total as f64 }
    }

    /// The line under way: `12,000 reports, 1,850 a second, 40s left`.
    fn line(&self, elapsed: Duration) -> String {
        let number = |count: usize| numbers::grouped(count, language());
        let (reports, plural) = (number(self.reports), numbers::plural(self.reports));
        if self.files >= self.sizes.len() {
            return format!("{reports} report{plural}; identifying officials");
        }
        let seconds = elapsed.as_secs_f64();
        let rate = number((self.reports as f64 / seconds.max(0.001)) as usize);
        let share = self.share();
        // Nothing is known before something is done: a file whose size is unknown has a share only at its end.
        if share > 0.0 {
            let left = Duration::from_secs_f64((seconds * (1.0 - share) / share).min(1e9));
            return format!("{reports} report{plural}, {rate} a second, {:#} left", HumanDuration(left));
        }
        format!("{reports} report{plural}, {rate} a second")
    }
}

/// A progress bar on standard error: only if that is a terminal, and only after `BAR_DELAY`.
pub struct ImportBar {
    progress: ImportProgress,
    since: Instant,
    shown: Option<ProgressBar>,
    terminal: bool,
}

impl ImportBar {
    /// The bar of an import of these files, not shown yet.
    pub fn new(found: &[InputEntry]) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let sizes = if terminal { sizes(found) } else { Vec::new() };
        Self { progress: ImportProgress::new(sizes), since: Instant::now(), shown: None, terminal }
    }

    /// Counts the outcome of a file, or of a part of one.
    pub fn add(&mut self, outcome: &FileOutcome) {
        if !self.terminal {
            return;
        }
        self.progress.add(outcome);
        let elapsed = self.since.elapsed();
        if self.shown.is_none() && elapsed > BAR_DELAY {
            let bar = ProgressBar::new(BAR_STEPS).with_elapsed(elapsed);
            let style = ProgressStyle::with_template("{wide_bar} {msg}");
            self.shown = Some(style.map(|style| bar.clone().with_style(style)).unwrap_or(bar));
        }
        if let Some(bar) = &self.shown {
            bar.set_position((self.progress.share() * BAR_STEPS as f64) as u64);
            bar.set_message(told(&self.progress.line(elapsed)));
        }
    }

    /// Runs `say` with the bar hidden, so that the message gets lines of its own.
    pub fn aside(&self, say: impl FnOnce()) {
        match &self.shown {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        if let Some(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}

/// The size of each file in bytes; 1 for each if one has none (a pipe, a file of a folder) or if they are many.
fn sizes(found: &[InputEntry]) -> Vec<u64> {
    let size = |file: &InputEntry| match &file.origin {
        InputOrigin::File(path) => std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|it| it.len()),
        _ => None,
    };
    let sizes: Option<Vec<u64>> = if found.len() > MAX_SIZED_FILES { None } else { found.iter().map(size).collect() };
    sizes.unwrap_or_else(|| vec![1; found.len()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::SavedReport;
    use crate::report::TitleOrigin;
    use crate::store::SaveOutcome;

    fn outcome(reports: usize, bytes: u64, more: bool) -> FileOutcome {
        let report = || SavedReport {
            id: String::new(),
            title: String::new(),
            origin: TitleOrigin::Text,
            saved: SaveOutcome::New,
            notes: Vec::new(),
        };
        let reports = std::iter::repeat_with(report).take(reports).collect();
        FileOutcome { reports, more, bytes, ..FileOutcome::default() }
    }

    #[test]
    fn a_large_file_tells_how_long_it_still_takes() {
        let mut progress = ImportProgress::new(vec![4000, 1000]);
        assert_eq!(progress.line(Duration::from_secs(2)), "0 reports, 0 a second");
        progress.add(&outcome(1500, 1000, true));
        assert_eq!(progress.line(Duration::from_secs(10)), "1,500 reports, 150 a second, 40s left");
        progress.add(&outcome(500, 9000, true));
        assert_eq!(progress.line(Duration::from_secs(20)), "2,000 reports, 100 a second, 5s left");
        progress.add(&outcome(0, 0, false));
        assert!((progress.share() - 0.8).abs() < 1e-9);
        progress.add(&outcome(1, 0, false));
        assert_eq!(progress.line(Duration::from_secs(30)), "2,001 reports; identifying officials");
    }
}

//! `demo`: opens the reader on samples that are built into the program, with a tour. The samples, their cache and the
//! session are in a temporary folder that is removed at the end, or by the next demo if this one is killed, so that
//! nothing of the user's is touched.

mod samples;

use super::exit_status::{Failure, VerbResult};
use super::open_reader;
use super::session::Session;
use crate::config::ThemeName;
use crate::store::private_files;
use crate::system::files::open_without_waiting;
use clap::Args;
use samples::SAMPLES;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Open the reader on built-in samples, with a tour of eight steps
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("demo"))]
pub struct DemoArgs {
    /// Theme of the reader, instead of that of the settings
    #[arg(long, value_name = "THEME")]
    theme: Option<ThemeName>,
}

/// The beginning of the name of a demo's folder, and the file in it that is locked while the demo goes on.
const PREFIX: &str = "baocao-demo-";
const LOCK: &str = "lock";

/// A folder that is removed when it is dropped. Until then its lock tells others that it is in use.
struct TemporaryFolder {
    path: PathBuf,
    lock: Option<File>,
}

impl TemporaryFolder {
    fn new(path: PathBuf) -> io::Result<Self> {
        private_files::make_folder(&path)?;
        let mut folder = Self { path, lock: None };
        let lock = File::create(folder.path.join(LOCK))?;
        lock.try_lock()?;
        folder.lock = Some(lock);
        Ok(folder)
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // Some systems remove no file that is open.
        drop(self.lock.take());
        // What cannot be removed is in the system's folder for such files.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Removes what demos have left behind that were killed: folders whose lock nobody holds. A folder without a lock is
/// just being made.
fn remove_left_behind(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_demo = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        // In a folder that others write to, it may be a pipe.
        let lock = open_without_waiting(&entry.path().join(LOCK));
        if is_demo && is_folder && lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
            // That of another user cannot be removed.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Writes the samples out, imports them and opens the reader.
pub fn run(session: &mut Session, args: &DemoArgs) -> VerbResult {
    open_reader::check()?;
    remove_left_behind(&std::env::temp_dir());
    let place = std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
    let failed = |error: io::Error| {
        Failure::usage(format!("the samples could not be written to {place:?}: {error}; set TMPDIR to another folder"))
    };
    let folder = TemporaryFolder::new(place.clone()).map_err(failed)?;
    let reports = folder.path.join("reports");
    write_samples(&reports).map_err(failed)?;
    session.global.cache = Some(folder.path.join("cache"));
    session.global.archive = vec![PathBuf::new()];
    open_reader::demo(session, &reports, args.theme)
}

fn write_samples(reports: &Path) -> io::Result<()> {
    for (name, content) in SAMPLES {
        let path = reports.join(name);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, content)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_a_killed_demo_is_removed_and_no_other() {
        let root = tempfile::tempdir().unwrap();
        let goes_on = TemporaryFolder::new(root.path().join("baocao-demo-1")).unwrap();
        for (name, lock) in [("baocao-demo-2", true), ("baocao-demo-3", false), ("other", true)] {
            fs::create_dir(root.path().join(name)).unwrap();
            if lock {
                fs::write(root.path().join(name).join(LOCK), "").unwrap();
            }
        }
        remove_left_behind(root.path());
        let names = || {
            let entries = fs::read_dir(root.path()).unwrap();
            let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        };
        assert_eq!(names(), ["baocao-demo-1", "baocao-demo-3", "other"]);
        drop(goes_on);
        assert_eq!(names(), ["baocao-demo-3", "other"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_the_place_of_a_lock_is_not_waited_for() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("baocao-demo-1");
        fs::create_dir(&folder).unwrap();
        let made = std::process::Command::new("mkfifo").arg(folder.join(LOCK)).status();
        assert!(made.unwrap().success());
        remove_left_behind(root.path());
    }
}

//! `backup`: copies the cache and the reader's marks into one file. How is described in `store::backup`.

use super::atomic_file::OutputFile;
use super::exit_status::{DONE, Failure, VerbResult};
use super::output::say;
use super::session::Session;
use crate::lang::numbers::{in_message, plural};
use crate::store::is_backup;
use crate::text::safe::Safe;
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

/// Copy all reports and marks into one file, also while the reader is open or an import runs
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("backup"))]
pub struct BackupArgs {
    /// The file to write; an earlier backup of that name is replaced once the new one is whole
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl BackupArgs {
    /// Writes the backup beside its place, reads it whole, and puts it in its place in one step.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let (cache, _) = session.folders()?;
        let target = OutputFile::new(&self.file, &cache)?;
        if fs::metadata(&self.file).is_ok_and(|meta| meta.len() > 0) && !is_backup(&self.file) {
            return Err(Failure::usage(format!(
                "{:?} is not a backup, so it is not replaced; name another file",
                self.file
            )));
        }
        let store = session.store()?;
        let contents = store.back_up(target.draft()?)?;
        target.keep()?;
        // The name must be on the disk too. Systems that cannot open a folder write it by themselves.
        let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
        let mebibytes = contents.bytes as f64 / f64::from(1 << 20);
        let file = Safe::path(&self.file);
        say(&format!(
            "{} report{plural} and the marks are in {file} ({mebibytes:.1} MiB), read again and whole",
            in_message(contents.reports),
            plural = plural(contents.reports)
        ));
        Ok(DONE)
    }
}

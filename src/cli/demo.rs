//! `demo`: opens the reader on samples that are built into the program, with a tour. The samples, their cache and the
//! session are in a temporary folder that is removed at the end, so that nothing of the user's is touched.

mod samples;

use super::exit_status::{Failure, VerbResult};
use super::open_reader;
use super::session::Session;
use crate::store::private_files;
use clap::Args;
use samples::SAMPLES;
use std::fs;
use std::io;
use std::path::PathBuf;

/// Open the reader on built-in samples, with a tour of eight steps
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("demo"))]
pub struct DemoArgs {}

/// A folder that is removed when it is dropped.
struct TemporaryFolder(PathBuf);

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // What is left behind is in the system's folder for such files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Writes the samples out, imports them and opens the reader.
pub fn run(session: &mut Session) -> VerbResult {
    open_reader::check()?;
    let folder = TemporaryFolder(std::env::temp_dir().join(format!("baocao-demo-{}", std::process::id())));
    let reports = folder.0.join("reports");
    write_samples(&folder.0, &reports).map_err(|error| {
        let place = &folder.0;
        Failure::usage(format!("the samples could not be written to {place:?}: {error}; set TMPDIR to another folder"))
    })?;
    session.global.cache = Some(folder.0.join("cache"));
    session.global.archive = Some(PathBuf::new());
    open_reader::demo(session, &reports)
}

fn write_samples(folder: &std::path::Path, reports: &std::path::Path) -> io::Result<()> {
    private_files::make_folder(folder)?;
    for (name, content) in SAMPLES {
        let path = reports.join(name);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, content)?;
    }
    Ok(())
}

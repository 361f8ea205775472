//! Writes an output file atomically: it is complete or does not appear at all. The content goes to a temporary file in
//! the same folder (a rename does not work across file systems), which is renamed over the target at the end.

use super::exit_status::Failure;
use super::output::Output;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// An output file and the temporary file that becomes it. Dropping it without `keep` deletes the temporary file.
pub struct OutputFile {
    place: PathBuf,
    draft: PathBuf,
}

impl OutputFile {
    /// Prepares to write `place`; nothing is created yet.
    ///
    /// # Errors
    /// A usage error if `place` is empty or a folder, or if its folder does not exist: better now than after the work.
    pub fn new(place: &Path) -> Result<Self, Failure> {
        let mut draft = place.as_os_str().to_owned();
        draft.push(format!(".{}.tmp", std::process::id()));
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
        let why = if place.as_os_str().is_empty() {
            Some("it is empty".to_owned())
        } else if place.is_dir() {
            Some("it is a folder".to_owned())
        } else {
            folder.filter(|folder| !folder.is_dir()).map(|folder| format!("there is no folder {folder:?}"))
        };
        match why {
            Some(why) => Err(Failure::usage(format!("{place:?} cannot be written: {why}; name a file in a folder"))),
            None => Ok(Self { place: place.to_owned(), draft: draft.into() }),
        }
    }

    /// Creates the temporary file and returns an `Output` that writes to it. Fails if the file exists already.
    pub fn out(&self) -> Result<Output, Failure> {
        let file = fs::OpenOptions::new().write(true).create_new(true).open(&self.draft);
        let file = file.map_err(|error| match error.kind() {
            ErrorKind::PermissionDenied => {
                let why = "you may not write in its folder; name a file elsewhere";
                Failure::usage(format!("{:?} cannot be written: {why}", self.place))
            }
            _ => self.failed(&error),
        })?;
        Ok(Output::to(Box::new(file), format!("{:?}", self.place)))
    }

    /// Renames the temporary file to the final path, replacing a file that is there. Flush the `Output` first.
    pub fn keep(self) -> Result<(), Failure> {
        fs::rename(&self.draft, &self.place).map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &std::io::Error) -> Failure {
        Failure::some(format!("{:?} could not be written: {error}", self.place))
    }
}

impl Drop for OutputFile {
    fn drop(&mut self) {
        // After `keep` the file is gone, and the error is ignored.
        let _ = fs::remove_file(&self.draft);
    }
}

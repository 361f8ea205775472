//! A file that a verb writes: there whole or not at all, written beside its place and then put there.

use super::exit_status::Failure;
use super::output::Output;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A file to be written.
pub struct OutputFile {
    place: PathBuf,
    draft: PathBuf,
}

impl OutputFile {
    /// A file at that place; what cannot be one is wrong usage.
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

    /// Where the output goes until `keep`.
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

    /// Puts what was written in its place.
    pub fn keep(self) -> Result<(), Failure> {
        fs::rename(&self.draft, &self.place).map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &std::io::Error) -> Failure {
        Failure::some(format!("{:?} could not be written: {error}", self.place))
    }
}

impl Drop for OutputFile {
    fn drop(&mut self) {
        // There only where the writing failed.
        let _ = fs::remove_file(&self.draft);
    }
}

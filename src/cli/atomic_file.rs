//! Writes an output file atomically: it is complete or does not appear at all. The content goes to a temporary file in
//! the same folder (a rename does not work across file systems), which is renamed over the target at the end.

use super::exit_status::Failure;
use super::output::Output;
use crate::store::{CACHE_FILE, USER_FILE};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// An output file and the temporary file that becomes it. Dropping it without `keep` deletes the temporary file.
///
/// What stands at the place and is no plain file (a device, a pipe, `/dev/stdout`) is written to as it is: replacing it
/// by a file would destroy it.
pub struct OutputFile {
    place: PathBuf,
    /// `None` if the place is written to as it is.
    draft: Option<PathBuf>,
}

impl OutputFile {
    /// Prepares to write `place`; nothing is created yet. `cache` is the folder of the cache.
    ///
    /// # Errors
    /// A usage error if `place` is empty, a folder, or a file of the cache, or if its folder does not exist: better now
    /// than after the work.
    pub fn new(place: &Path, cache: &Path) -> Result<Self, Failure> {
        if is_special(place) {
            return Ok(Self { place: place.to_owned(), draft: None });
        }
        let mut draft = place.as_os_str().to_owned();
        draft.push(format!(".{}.tmp", std::process::id()));
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
        let why = if place.as_os_str().is_empty() {
            Some("it is empty".to_owned())
        } else if place.is_dir() {
            Some("it is a folder".to_owned())
        } else if is_of_cache(place, cache) {
            Some("it is a file of the cache".to_owned())
        } else {
            folder.filter(|folder| !folder.is_dir()).map(|folder| format!("there is no folder {folder:?}"))
        };
        match why {
            Some(why) => Err(Failure::usage(format!("{place:?} cannot be written: {why}; name a file in a folder"))),
            None => Ok(Self { place: place.to_owned(), draft: Some(draft.into()) }),
        }
    }

    /// The temporary file, for what writes it by itself. An error if the place is a device or a pipe.
    pub fn draft(&self) -> Result<&Path, Failure> {
        let special = || Failure::usage(format!("{:?} cannot be written: it is not a plain file", self.place));
        self.draft.as_deref().ok_or_else(special)
    }

    /// Creates the temporary file and returns an `Output` that writes to it. Fails if the file exists already.
    pub fn out(&self) -> Result<Output, Failure> {
        let file = match &self.draft {
            Some(draft) => fs::OpenOptions::new().write(true).create_new(true).open(draft),
            None => fs::OpenOptions::new().write(true).open(&self.place),
        };
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
        self.draft.as_ref().map_or(Ok(()), |draft| fs::rename(draft, &self.place)).map_err(|error| self.failed(&error))
    }

    fn failed(&self, error: &std::io::Error) -> Failure {
        Failure::some(format!("{:?} could not be written: {error}", self.place))
    }
}

impl Drop for OutputFile {
    fn drop(&mut self) {
        // After `keep` the file is gone, and the error is ignored.
        if let Some(draft) = &self.draft {
            let _ = fs::remove_file(draft);
        }
    }
}

/// Whether there is something at the place that must not be replaced by a file.
fn is_special(place: &Path) -> bool {
    let is_odd = fs::metadata(place).is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
    // Links to what this process has open, which may be a plain file.
    let is_link = fs::symlink_metadata(place).is_ok_and(|meta| meta.is_symlink());
    is_odd || (is_link && ["/dev", "/proc"].iter().any(|folder| place.starts_with(folder)))
}

/// Whether the place is one of the files that the cache consists of, under whatever name.
fn is_of_cache(place: &Path, cache: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let named = place.file_name().is_some_and(|name| {
        let name = name.to_string_lossy();
        [CACHE_FILE, USER_FILE].iter().any(|own| name.starts_with(own))
    });
    let is_there = real(folder).is_some_and(|folder| Some(folder) == real(cache));
    let linked = real(place).is_some_and(|place| {
        [CACHE_FILE, USER_FILE].iter().any(|own| real(&cache.join(own)).is_some_and(|own| own == place))
    });
    (named && is_there) || linked
}

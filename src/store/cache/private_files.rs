//! The files of the cache in the file system: folders of mode 0700 and files of mode 0600 with any umask, and no
//! symbolic link in place of a file.

use crate::store::StoreError;
use crate::system::files as system;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Creates the folder if there is none. Returns its path without symbolic links.
pub(in crate::store) fn private_folder(folder: &Path) -> Result<PathBuf, StoreError> {
    let unusable = |error: io::Error| StoreError::Unusable {
        path: folder.to_owned(),
        why: format!("{error}; give a folder that can be used with --cache"),
    };
    make_folder(folder).map_err(unusable)?;
    folder.canonicalize().map_err(unusable)
}

/// Creates a folder and its parents, accessible to their owner only. An existing folder is left as it is.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    system::keep_folder_private(&mut builder);
    builder.create(folder)
}

/// Creates an empty file of mode 0600 if there is none; refuses anything that is no plain file.
pub fn private_file(path: &Path) -> Result<(), StoreError> {
    let unusable = |why: String| StoreError::Unusable { path: path.to_owned(), why };
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => Ok(()),
        Ok(found) if found.is_symlink() => Err(unusable(
            "it is a symbolic link, which is never followed; remove it, or give another folder with --cache".to_owned(),
        )),
        Ok(_) => Err(unusable("it is not a plain file; move it away, or give another folder with --cache".to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut options = fs::OpenOptions::new();
            options.write(true).create_new(true);
            system::keep_private(&mut options);
            match options.open(path) {
                Ok(_) => Ok(()),
                // Another process made it at the same moment.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => private_file(path),
                Err(error) => Err(unusable(error.to_string())),
            }
        }
        Err(error) => Err(unusable(error.to_string())),
    }
}

/// Whether a file can be made in a folder.
pub(super) fn can_make_files(folder: &Path) -> bool {
    let probe = folder.join(format!(".baocao-{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    system::keep_private(&mut options);
    match options.open(&probe) {
        Ok(_) => {
            let _ = fs::remove_file(&probe);
            true
        }
        // A process of this number was killed right here: what it left is not ours to remove.
        Err(error) => error.kind() == io::ErrorKind::AlreadyExists,
    }
}

/// Whether the path is a plain file, not a link to one.
pub(in crate::store) fn is_plain(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
}

/// Why a file is kept under another name.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) enum AsideReason {
    Damaged,
    /// A backup has taken its place.
    Replaced,
}

/// Gives a file the second name `NAME.WHY-DATE`, with a number if that is taken, and moves its journals there. Returns
/// the new path. The file keeps its own name until another takes it in one step, so that there is always one under that
/// name.
pub(in crate::store) fn keep_aside(path: &Path, why: AsideReason) -> Result<PathBuf, StoreError> {
    let aside = free_name(path, why);
    // File systems without links get a copy.
    if fs::hard_link(path, &aside).is_err() {
        fs::copy(path, &aside).map_err(|error| StoreError::Unusable {
            path: path.to_owned(),
            why: format!("it could not be copied: {error}"),
        })?;
    }
    for ending in ["-wal", "-shm", "-journal"] {
        move_aside(&with_ending(path, ending), &with_ending(&aside, ending))?;
    }
    Ok(aside)
}

/// Moves the write-ahead log of a file away, and deletes what indexes it. Returns where it is now.
pub(in crate::store) fn keep_log_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let log = with_ending(path, "-wal");
    let aside = free_name(&log, AsideReason::Replaced);
    move_aside(&log, &aside)?;
    // SQLite makes it anew.
    let _ = fs::remove_file(with_ending(path, "-shm"));
    Ok(aside)
}

/// Copies the write-ahead log of a file that is damaged. Returns where the copy is.
pub(in crate::store) fn copy_log_aside(path: &Path) -> io::Result<PathBuf> {
    let log = with_ending(path, "-wal");
    let aside = free_name(&log, AsideReason::Damaged);
    fs::copy(&log, &aside)?;
    Ok(aside)
}

/// A name for a file that is put aside: one that no file has.
fn free_name(path: &Path, why: AsideReason) -> PathBuf {
    let day = jiff::Zoned::now().date();
    let why = match why {
        AsideReason::Damaged => "corrupt",
        AsideReason::Replaced => "replaced",
    };
    let name = |n: usize| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{why}-{day}"));
        if n > 0 {
            name.push(format!("-{n}"));
        }
        PathBuf::from(name)
    };
    (0..10_000).map(name).find(|name| fs::symlink_metadata(name).is_err()).unwrap_or_else(|| name(0))
}

fn move_aside(from: &Path, to: &Path) -> Result<(), StoreError> {
    match fs::rename(from, to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::Unusable { path: from.to_owned(), why: format!("it could not be moved aside: {error}") })
        }
        _ => Ok(()),
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Waits until no other process has the folder locked, and locks it until the returned file is dropped. `None` on
/// systems that cannot lock folders.
pub(in crate::store) fn lock(folder: &Path) -> Result<Option<fs::File>, StoreError> {
    lock_and_tell(folder).map(|(lock, _)| lock)
}

/// Like `lock`, and whether it had to wait.
pub(super) fn lock_and_tell(folder: &Path) -> Result<(Option<fs::File>, bool), StoreError> {
    system::lock_folder(folder)
        .map_err(|error| StoreError::Unusable { path: folder.to_owned(), why: error.to_string() })
}

/// The path as SQLite's `file:` address, with everything but plain characters as %XX.
pub(in crate::store) fn uri(path: &Path) -> Option<String> {
    let mut out = "file:".to_owned();
    for byte in path.to_str()?.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}"); // writing to a string cannot fail
        }
    }
    Some(out)
}

//! Files beside their bytes, as far as this system tells.

use std::fs::{DirBuilder, File, FileType, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// A file in the user's own folders is the user's only.
pub fn keep_private(_options: &mut OpenOptions) {}

/// A folder in the user's own folders is the user's only.
pub fn keep_folder_private(_builder: &mut DirBuilder) {}

/// Opens for reading.
pub fn open_at_once(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// What something is that is neither a plain file nor a folder nor a link.
pub fn odd_kind(_kind: FileType) -> &'static str {
    "a device"
}

/// Files have no number here that can be asked for.
pub fn identity(_meta: &Metadata) -> Option<(u64, u64)> {
    None
}

/// Folders cannot be locked: a rename that fails tells of the other process.
#[expect(clippy::unnecessary_wraps, reason = "the same function can fail on Unix")]
pub fn lock(_folder: &Path) -> io::Result<Option<File>> {
    Ok(None)
}

/// Nothing tells.
pub fn on_network(_path: &Path) -> bool {
    false
}

//! Permissions, kinds and numbers of files, to the extent that this system has them.

use std::fs::{DirBuilder, File, FileType, Metadata, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Does nothing: a file in the user's own folders is the user's only.
pub fn keep_private(_options: &mut OpenOptions) {}

/// Does nothing: a folder in the user's own folders is the user's only.
pub fn keep_folder_private(_builder: &mut DirBuilder) {}

/// Opens a file for reading; this system has no pipes among files.
pub fn open_without_waiting(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// A folder, in which files are opened by their paths from there.
#[derive(Debug)]
pub struct OpenFolder(PathBuf);

/// Remembers the path of a folder: this system opens files by their whole paths only.
pub fn open_folder(path: &Path) -> io::Result<OpenFolder> {
    path.metadata().map(|_| OpenFolder(path.to_owned()))
}

/// Opens a file of a folder.
pub fn open_inside(root: &OpenFolder, path: &Path) -> io::Result<File> {
    File::open(root.0.join(path))
}

/// `false`: standard input has no path here.
pub fn is_standard_input(_path: &Path) -> bool {
    false
}

/// `false`: no path names an open pipe here.
pub fn is_inherited_pipe(_path: &Path) -> bool {
    false
}

/// What a file is that is neither a plain file nor a folder nor a link, for messages.
pub fn special_file_name(_kind: FileType) -> &'static str {
    "a device"
}

/// `None`: the standard library gives no number of a file here.
pub fn file_number(_meta: &Metadata) -> Option<(u64, u64)> {
    None
}

/// `None`: folders cannot be locked here. A rename fails instead while another process has the file open.
#[expect(clippy::unnecessary_wraps, reason = "the same function can fail on Unix")]
pub fn lock_folder(_folder: &Path) -> io::Result<(Option<File>, bool)> {
    Ok((None, false))
}

/// `None`: folders cannot be locked here.
pub fn try_lock_folder(_folder: &Path) -> Option<File> {
    None
}

/// Whether a lock could not be taken because the file system has none.
pub fn has_no_locks(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
}

/// `false`: there is no way to ask here.
pub fn is_on_network(_path: &Path) -> bool {
    false
}

//! Writes a page to a file, whole or not at all: the text goes into a file beside it, which then takes its place.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// Whether there is something of this name that saving would replace. A folder is not: what is exported into one has
/// files of its own.
pub fn is_there(file: &Path) -> bool {
    fs::symlink_metadata(file).is_ok() && !file.is_dir()
}

/// Saves `text` as `file`, in place of what is there.
///
/// # Errors
/// If the folder does not exist or may not be written, or the disk is full. What was there stays then.
pub fn save(file: &Path, text: &str) -> io::Result<()> {
    let mut draft = file.as_os_str().to_owned();
    draft.push(format!(".{}.tmp", std::process::id()));
    let mut out = OpenOptions::new().write(true).create_new(true).open(&draft)?;
    let written = out.write_all(text.as_bytes()).and_then(|()| out.sync_all());
    // Some systems rename no file that is open.
    drop(out);
    let saved = written.and_then(|()| fs::rename(&draft, file));
    if saved.is_err() {
        // Nobody needs half a page.
        let _ = fs::remove_file(&draft);
    }
    saved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_saved_whole_and_a_failure_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("trang.md");
        assert!(!is_there(&file) && !is_there(folder.path()));
        save(&file, "một").unwrap();
        assert!(is_there(&file));
        save(&file, "hai").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "hai");
        assert!(save(&folder.path().join("none/trang.md"), "ba").is_err());
        // A file does not take the place of a folder.
        fs::create_dir(folder.path().join("thư mục")).unwrap();
        assert!(save(&folder.path().join("thư mục"), "bốn").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        // What has the name of the draft already is somebody else's.
        let other = folder.path().join(format!("trang.md.{}.tmp", std::process::id()));
        fs::write(&other, "năm").unwrap();
        assert!(save(&file, "sáu").is_err());
        assert_eq!(
            (fs::read_to_string(&other).unwrap(), fs::read_to_string(&file).unwrap()),
            ("năm".into(), "hai".into())
        );
    }
}

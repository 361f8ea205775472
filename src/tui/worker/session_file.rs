//! The session file: one small JSON file in the state folder with the last place and the recent filters. A missing or
//! broken file is no error: the reader then opens at the top of the list.

use crate::tui::settings::SessionState;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

const FILE: &str = "reader.json";

/// A larger file, in bytes, is none of ours.
const LARGEST: u64 = 1 << 20;

/// The age from which a temporary file counts as abandoned. Writing one takes far less.
const LEFT: Duration = Duration::from_secs(60);

/// Reads the state of the last session. Returns an empty one if there is no file or it cannot be read.
pub fn read(folder: Option<&Path>) -> SessionState {
    let path = folder.map(|folder| folder.join(FILE));
    // A pipe in its place would be waited for, and a device may have no end.
    let is_ours = |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() < LARGEST);
    let text = path.filter(is_ours).and_then(|path| fs::read_to_string(path).ok());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Saves the state for the next session. The file is written under a temporary name, which contains the process id, and
/// then renamed: it is never half written, and two readers that quit at once cannot mix their files.
pub fn write(folder: Option<&Path>, remembered: &SessionState) -> io::Result<()> {
    let Some(folder) = folder else { return Ok(()) };
    crate::store::private_files::make_folder(folder)?;
    let beside = folder.join(format!("{FILE}.{}", std::process::id()));
    crate::store::private_files::private_file(&beside).map_err(io::Error::other)?;
    fs::write(&beside, serde_json::to_vec(remembered).map_err(io::Error::other)?)?;
    fs::rename(&beside, folder.join(FILE))?;
    sweep(folder);
    Ok(())
}

/// Removes temporary files of sessions that were killed while writing. Recent ones are kept: another reader may be
/// writing at this moment.
fn sweep(folder: &Path) {
    let Ok(files) = fs::read_dir(folder) else { return };
    for file in files.flatten() {
        let ours = file.file_name().to_str().is_some_and(|name| {
            let process = name.strip_prefix(FILE).and_then(|rest| rest.strip_prefix('.'));
            process.is_some_and(|process| !process.is_empty() && process.bytes().all(|b| b.is_ascii_digit()))
        });
        let written = file.metadata().and_then(|data| data.modified()).ok();
        if ours && written.and_then(|at| at.elapsed().ok()).is_some_and(|age| age > LEFT) {
            // A file that cannot be removed does no harm.
            let _ = fs::remove_file(file.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::Place;

    #[test]
    fn what_is_kept_comes_back_and_a_broken_file_is_no_error() {
        let folder = tempfile::tempdir().unwrap();
        let kept = SessionState {
            place: Some(Place { report: "ab".into(), at: 7 }),
            filters: vec!["hưng".into()],
            theme: Some(crate::config::ThemeName::LightColorblind),
            list_share: Some(55),
            preview_hidden: true,
            filter: "unit:qk".into(),
            sort: crate::store::Sort::Title,
            page: Some(crate::tui::settings::SavedPage::Official("a-1".into())),
            ..SessionState::default()
        };
        write(Some(folder.path()), &kept).unwrap();
        assert_eq!(read(Some(folder.path())), kept);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "nobody else's to read");
        }
        fs::write(folder.path().join(FILE), "{").unwrap();
        assert_eq!(read(Some(folder.path())), SessionState::default());
    }

    #[test]
    fn what_killed_sessions_left_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let old = std::time::SystemTime::now() - 2 * LEFT;
        for (name, at) in [("reader.json.12", Some(old)), ("reader.json.13", None), ("reader.json.old", Some(old))] {
            let file = fs::File::create(folder.path().join(name)).unwrap();
            at.map_or(Ok(()), |at| file.set_modified(at)).unwrap();
        }
        write(Some(folder.path()), &SessionState::default()).unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["reader.json", "reader.json.13", "reader.json.old"]);
    }
}

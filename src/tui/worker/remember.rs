//! The last place and the recent filters: one small JSON file in the state folder. A missing or broken file is no
//! error: the reader opens at the top.

use crate::tui::settings::Remembered;
use std::path::Path;
use std::{fs, io};

const FILE: &str = "reader.json";

/// What the last session left; nothing where it left nothing that can be read.
pub fn read(folder: Option<&Path>) -> Remembered {
    let text = folder.and_then(|folder| fs::read_to_string(folder.join(FILE)).ok());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Keeps it for the next session: written beside and renamed, so that it is whole at any time.
pub fn write(folder: Option<&Path>, remembered: &Remembered) -> io::Result<()> {
    let Some(folder) = folder else { return Ok(()) };
    crate::store::files::make_folder(folder)?;
    let beside = folder.join(format!("{FILE}.{}", std::process::id()));
    crate::store::files::private_file(&beside).map_err(io::Error::other)?;
    fs::write(&beside, serde_json::to_vec(remembered).map_err(io::Error::other)?)?;
    fs::rename(&beside, folder.join(FILE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::Place;

    #[test]
    fn what_is_kept_comes_back_and_a_broken_file_is_no_error() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Remembered { place: Some(Place { report: "ab".into(), at: 7 }), filters: vec!["hưng".into()] };
        write(Some(folder.path()), &kept).unwrap();
        assert_eq!(read(Some(folder.path())), kept);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "nobody else's to read");
        }
        fs::write(folder.path().join(FILE), "{").unwrap();
        assert_eq!(read(Some(folder.path())), Remembered::default());
    }
}

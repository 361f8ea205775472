//! Values of settings that name folders: one, or a list of several. How they are read from the file and printed into
//! one again; what kind of value they must be is up to `check`.

use super::{quoted, text_of, words_of};
use std::path::PathBuf;
use toml::Table;

/// The folder that a setting names; `None` for an empty one.
pub(super) fn folder_of(table: &Table, key: &str) -> Option<PathBuf> {
    text_of(table, key).filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

/// The folders that a setting names, one or a list, without empty ones.
pub(super) fn folders_of(table: &Table, key: &str) -> Vec<PathBuf> {
    let folders = text_of(table, key).map(|one| vec![one.to_owned()]).or_else(|| words_of(table, key));
    folders.unwrap_or_default().into_iter().filter(|folder| !folder.is_empty()).map(PathBuf::from).collect()
}

/// The TOML value of folders, which `folders_of` reads again.
pub(super) fn print(folders: &[PathBuf]) -> String {
    let quoted_folders: Vec<String> = folders.iter().map(|folder| quoted(&folder.to_string_lossy())).collect();
    match quoted_folders.as_slice() {
        [] => quoted(""),
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    }
}

//! The log of the reader: a file in the state folder, because the reader occupies the terminal and cannot print
//! messages. Only the user may read it. When it grows beyond a limit, a new one is started and one old log is kept.

use crate::config::dirs::LOG_FILE;
use std::fs::{self, File, OpenOptions};
use std::path::Path;
use std::sync::Mutex;
use tracing::Level;

/// A longer log, in bytes, is renamed at the next start.
const LONGEST: u64 = 1 << 20;

/// Starts logging to a file in the folder `state`. Errors are ignored, because the reader works without a log.
pub fn begin(state: &Path) {
    let path = state.join(LOG_FILE);
    if fs::metadata(&path).is_ok_and(|meta| meta.len() > LONGEST) {
        let _ = fs::rename(&path, state.join(format!("{LOG_FILE}.old")));
    }
    let Some(file) = open(&path) else { return };
    let log = tracing_subscriber::fmt().with_ansi(false).with_max_level(Level::INFO).with_writer(Mutex::new(file));
    // Fails only if logging has been started already.
    let _ = log.try_init();
}

fn open(path: &Path) -> Option<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    crate::system::files::keep_private(&mut options);
    // A symbolic link could point to another file of the user, which the log would then be appended to; opening a pipe
    // would wait for its reader.
    let is_odd = fs::symlink_metadata(path).is_ok_and(|meta| !meta.is_file());
    if is_odd { None } else { options.open(path).ok() }
}

//! The log of the reader, which has no other place to tell of what goes wrong: a file in the state folder, for its owner
//! only, begun anew when it has grown; the one before is kept.

use crate::config::dirs::LOG_FILE;
use std::fs::{self, File, OpenOptions};
use std::path::Path;
use std::sync::Mutex;
use tracing::Level;

/// A log longer than this is begun anew.
const LONGEST: u64 = 1 << 20;

/// Begins to log into `state`. Without a log the reader works as well.
pub fn begin(state: &Path) {
    let path = state.join(LOG_FILE);
    if fs::metadata(&path).is_ok_and(|meta| meta.len() > LONGEST) {
        let _ = fs::rename(&path, state.join(format!("{LOG_FILE}.old")));
    }
    let Some(file) = open(&path) else { return };
    let log = tracing_subscriber::fmt().with_ansi(false).with_max_level(Level::INFO).with_writer(Mutex::new(file));
    // Fails only where one has begun already.
    let _ = log.try_init();
}

fn open(path: &Path) -> Option<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    crate::system::files::keep_private(&mut options);
    // A link in its place could lead anywhere.
    let is_link = fs::symlink_metadata(path).is_ok_and(|meta| meta.is_symlink());
    if is_link { None } else { options.open(path).ok() }
}

//! The failure of a search that finds nothing. If the cache is still empty, the reason is not what was searched for,
//! and the message says how to fill the cache instead.

use super::exit_status::Failure;
use crate::store::Store;
use crate::text::safe::Safe;

/// Returns the failure for a search without results: `otherwise`, or that the cache is still empty.
pub fn no_results(store: &Store, otherwise: &str) -> Result<Failure, Failure> {
    if store.cache().counts()?.reports > 0 {
        return Ok(Failure::some(otherwise));
    }
    let place = store.folder().map(|folder| format!(" {}", Safe::path(folder))).unwrap_or_default();
    Ok(Failure::some(format!("the cache{place} is empty; `baocao import FOLDER` brings reports into it")))
}

//! Finds the report that an argument names: users type a report id or its first digits, as with `git`.

use super::exit_status::Failure;
use crate::report::Report;
use crate::store::{PrefixMatch, Store};

/// Returns the full id of the only report whose id begins with `prefix`.
///
/// # Errors
/// `SOME` if there is no such report, a usage error if there are several.
pub fn resolve(store: &Store, prefix: &str) -> Result<String, Failure> {
    match store.cache().named(prefix)? {
        PrefixMatch::One(id) => Ok(id),
        PrefixMatch::None => Err(Failure::some(format!("there is no report {prefix:?}; `baocao list` prints the ids"))),
        PrefixMatch::Several(ids) => {
            let some = ids.iter().filter_map(|id| id.get(..prefix.len() + 4)).collect::<Vec<_>>().join(", ");
            Err(Failure::usage(format!("{prefix:?} begins the ids of several reports ({some} …); give more of it")))
        }
    }
}

/// Loads the only report whose id begins with `prefix`. Fails like `resolve`.
pub fn load(store: &Store, prefix: &str) -> Result<Report, Failure> {
    let id = resolve(store, prefix)?;
    store.cache().load(&id)?.ok_or_else(|| Failure::some(format!("report {id} was removed meanwhile")))
}

//! Finds the report that a verb's argument names: the user types an id or the first digits of it, as `git` allows.

use super::exit_status::Failure;
use crate::report::Report;
use crate::store::{PrefixMatch, Store};

/// The id of the one report that the beginning of an id names.
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

/// The one report that the beginning of an id names.
pub fn load(store: &Store, prefix: &str) -> Result<Report, Failure> {
    let id = resolve(store, prefix)?;
    store.cache().load(&id)?.ok_or_else(|| Failure::some(format!("report {id} was removed meanwhile")))
}

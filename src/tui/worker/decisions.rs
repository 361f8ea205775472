//! Carries out decisions about namesakes: two officials are one person, a report is about another person, two mentions
//! are one person or two. They are stored as constraints, and the store then identifies all officials of that name
//! again. That may change ids, so each function returns the id that the page of the official has afterwards. If an
//! official is no longer in the cache, nothing is decided and its id is returned as given.

use crate::officials::Place;
use crate::officials::decision::Decision;
use crate::officials::merge_split::{merged, split as split_off};
use crate::store::{NameRegister, Store, StoreError, UndoneStep};
use crate::text::tone_marks::name_key;

/// Merges two officials. Returns the id of the merged one.
pub fn merge(store: &Store, one: &str, other: &str) -> Result<String, StoreError> {
    let Some(register) = store.register()?.register_of(one)? else { return Ok(one.to_owned()) };
    let by_id = |id: &str| register.officials.iter().find(|official| official.id == id);
    let (Some(first), Some(second)) = (by_id(one), by_id(other)) else { return Ok(one.to_owned()) };
    let made = store.register()?.decisions_of(&first.key)?;
    store.register()?.decide(&first.key, &merged(&register.observations, &made, first, second))?;
    let id = owner_of(store, &register, first.observations.first().copied())?;
    Ok(id.unwrap_or_else(|| one.to_owned()))
}

/// Splits the mentions in the report at `place` off as another person of that name. Returns the id of the official who
/// keeps the rest. Does nothing if there would be no rest.
pub fn split(store: &Store, official: &str, place: &Place) -> Result<String, StoreError> {
    let Some(register) = store.register()?.register_of(official)? else { return Ok(official.to_owned()) };
    let Some(own) = register.officials.iter().find(|o| o.id == official) else { return Ok(official.to_owned()) };
    let off = off(&register, &own.observations, place);
    let rest = own.observations.iter().copied().find(|i| !off.contains(i));
    if rest.is_none() {
        return Ok(official.to_owned());
    }
    let made = store.register()?.decisions_of(&own.key)?;
    let decisions = split_off(&register.observations, &made, own, &off);
    store.register()?.decide(&own.key, &decisions)?;
    Ok(owner_of(store, &register, rest)?.unwrap_or_else(|| official.to_owned()))
}

/// Makes a decision about two mentions. Returns the id that the official has afterwards. The decision is made even if
/// no official has that id: in a series, an earlier decision about the name may just have changed the ids.
pub fn judge(store: &Store, official: &str, decision: Decision) -> Result<String, StoreError> {
    let register = store.register()?.register_of(official)?;
    let key = decision.key();
    let mut decisions = store.register()?.decisions_of(&key)?;
    decisions.push(decision);
    store.register()?.decide(&key, &decisions)?;
    let Some(register) = register else { return Ok(official.to_owned()) };
    let own = register.officials.iter().find(|o| o.id == official);
    let first = own.and_then(|own| own.observations.first().copied());
    Ok(owner_of(store, &register, first)?.unwrap_or_else(|| official.to_owned()))
}

/// The id of the official that an observation belongs to now, after a decision. `register` is from before it;
/// `observation` is an index into its observations.
fn owner_of(store: &Store, register: &NameRegister, observation: Option<usize>) -> Result<Option<String>, StoreError> {
    let Some(seen) = observation.and_then(|i| register.observations.get(i)) else { return Ok(None) };
    Ok(store.register()?.officials_of(&seen.head.report)?.into_iter().nth(seen.place).flatten())
}

/// What undoing has done.
pub struct Undone {
    /// The id of the official to show afterwards.
    pub id: String,
    pub step: UndoneStep,
}

/// Undoes the last decision, whichever name it was about. The official to show afterwards is `open` if that id still
/// exists; else the official who has the first mention of what was open; else another official of the name that was
/// decided about. `None` if there was no decision.
pub fn undo(store: &Store, open: String) -> Result<Option<Undone>, StoreError> {
    let register = store.register()?.register_of(&open)?;
    let Some(step) = store.register()?.undo_decision()? else { return Ok(None) };
    let id = id_after_undo(store, register, open, &step.key)?;
    Ok(Some(Undone { id, step }))
}

fn id_after_undo(store: &Store, register: Option<NameRegister>, open: String, key: &str) -> Result<String, StoreError> {
    if store.register()?.summary(&open)?.is_some() {
        return Ok(open);
    }
    if let Some(register) = register {
        let own = register.officials.iter().find(|official| official.id == open && official.key == key);
        let first = own.and_then(|official| official.observations.first().copied());
        if let Some(id) = owner_of(store, &register, first)? {
            return Ok(id);
        }
    }
    let officials = store.register()?.officials()?;
    let same_name = officials.into_iter().find(|official| name_key(&official.name) == key);
    Ok(same_name.map_or(open, |official| official.id))
}

/// Those of the observations `own` that are from the report at `place`.
fn off(register: &NameRegister, own: &[usize], place: &Place) -> Vec<usize> {
    let there = |i: &usize| register.observations.get(*i).is_some_and(|seen| seen.head.report == place.report);
    own.iter().copied().filter(there).collect()
}

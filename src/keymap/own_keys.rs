//! The user's own keys, from `[keys]` of the config file. A line names an action and its keys; it replaces the keys
//! that the table gives to the action, everywhere or, in `[keys.SCREEN]`, on one screen. Unknown names, misspelt keys
//! and conflicts are faults of a line.

use super::{Keymap, Mode, sequence, shown};
use crate::config::{ConfigFault, SettingLine};
use crate::keymap::action::Action;
use crate::keymap::chord::Chord;
use crate::text::nearest::{in_code, nearest};
use std::collections::{HashMap, HashSet};

/// The keys of an action in a mode, and the line that gave them; `None` if it was the table.
#[derive(Clone, Debug)]
pub struct OwnedKeys {
    pub keys: Vec<String>,
    pub line: Option<usize>,
}

/// The keys of each row of the table in each of its modes, with the user's lines applied in their order; and the lines
/// that could not be.
pub fn apply(lines: &[SettingLine]) -> (HashMap<(usize, Mode), OwnedKeys>, Vec<ConfigFault>) {
    let mut all: HashMap<(usize, Mode), OwnedKeys> = HashMap::new();
    for (n, binding) in super::BINDINGS.iter().enumerate() {
        for mode in binding.modes {
            let keys = binding.keys.iter().map(|key| (*key).to_owned()).collect();
            all.insert((n, *mode), OwnedKeys { keys, line: None });
        }
    }
    // A line for one screen is stronger than one for all, wherever it stands.
    let (general, special): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.section.is_empty());
    let mut faults = Vec::new();
    for line in general.into_iter().chain(special) {
        if let Err(why) = apply_line(&mut all, line) {
            faults.push(ConfigFault { line: line.line, why });
        }
    }
    (all, faults)
}

fn apply_line(all: &mut HashMap<(usize, Mode), OwnedKeys>, line: &SettingLine) -> Result<(), String> {
    let action = action(&line.name)?;
    let only = if line.section.is_empty() { None } else { Some(mode(&line.section)?) };
    for written in &line.values {
        check_key(written)?;
    }
    let mut changed = Vec::new();
    for (n, binding) in super::BINDINGS.iter().enumerate().filter(|(_, binding)| binding.action == action) {
        for mode in binding.modes.iter().filter(|mode| only.is_none_or(|only| only == **mode)) {
            let keys = usable(&line.values, *mode, only.is_some())?;
            let Some(place) = all.get_mut(&(n, *mode)) else { continue };
            // A second row of the action in the same mode has no keys of its own any more.
            let keys = if changed.contains(mode) { Some(Vec::new()) } else { keys };
            if let Some(keys) = keys {
                changed.push(*mode);
                *place = OwnedKeys { keys, line: Some(line.line) };
            }
        }
    }
    match only {
        Some(mode) if changed.is_empty() => Err(format!("`{}` does nothing in [keys.{}]", line.name, mode.word())),
        _ => Ok(()),
    }
}

/// The keys that work in a mode. Where letters are typed, a key that types one cannot be a command: in a line for this
/// mode that is an error; in a line for all modes such keys are left out, and if none is left (`None`), the table's own
/// keys stay.
fn usable(written: &[String], mode: Mode, strict: bool) -> Result<Option<Vec<String>>, String> {
    let types = |key: &&String| sequence(key).is_some_and(|chords| chords.iter().any(|chord| chord.typed().is_some()));
    if !mode.types() {
        return Ok(Some(written.to_vec()));
    }
    if let Some(letter) = written.iter().find(types).filter(|_| strict) {
        return Err(format!("`{letter}` is typed as text in [keys.{}] and cannot be a command there", mode.word()));
    }
    let kept: Vec<String> = written.iter().filter(|key| !types(key)).cloned().collect();
    Ok((!kept.is_empty() || written.is_empty()).then_some(kept))
}

fn check_key(written: &str) -> Result<(), String> {
    if sequence(written).is_some() {
        return Ok(());
    }
    let wrong = written.split(' ').find(|key| Chord::parse(key).is_none()).unwrap_or(written);
    let named: Vec<&str> = Chord::names().collect();
    let (held, bare) = wrong.rsplit_once('-').map_or(("", wrong), |(held, bare)| (held, bare));
    let hint = nearest(bare, &named).filter(|near| *near != bare).map_or_else(
        || "keys are written as j, G, Ctrl-d, Alt-o, PageDown, F5, and sequences as g g".to_owned(),
        |near| format!("did you mean `{held}{}{near}`?", if held.is_empty() { "" } else { "-" }),
    );
    Err(format!("`{wrong}` is not a key; {hint}"))
}

fn action(name: &str) -> Result<Action, String> {
    let known: Vec<(String, Action)> = super::BINDINGS.iter().map(|row| (row.action.word(), row.action)).collect();
    if let Some((_, action)) = known.iter().find(|row| row.0 == name) {
        return Ok(*action);
    }
    let words: Vec<&str> = known.iter().map(|row| row.0.as_str()).collect();
    let hint = nearest(name, &words)
        .map_or_else(|| "`baocao config keys` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
    Err(format!("there is no action `{name}`; {hint}"))
}

fn mode(name: &str) -> Result<Mode, String> {
    if let Some(mode) = Mode::ALL.into_iter().find(|mode| mode.word() == name) {
        return Ok(mode);
    }
    let words: Vec<&str> = Mode::ALL.iter().map(|mode| mode.word()).collect();
    let hint = nearest(name, &words)
        .map_or_else(|| format!("there are {}", in_code(&words)), |near| format!("did you mean [keys.{near}]?"));
    Err(format!("there is no screen [keys.{name}]; {hint}"))
}

/// Finds keys that have two actions in one mode, those that hide a sequence that begins with them, and whether the
/// reader can be ended. A fault is told at the later of the lines that caused it, and once for all modes.
pub fn check(keymap: &Keymap, owned: &HashMap<(usize, Mode), OwnedKeys>) -> Vec<ConfigFault> {
    let mut faults = Vec::new();
    let mut told: HashSet<(String, Action, Action)> = HashSet::new();
    for mode in Mode::ALL {
        let mut seen: HashMap<Vec<Chord>, (Action, Option<usize>)> = HashMap::new();
        for (n, binding) in super::BINDINGS.iter().enumerate() {
            let Some(OwnedKeys { keys, line }) = owned.get(&(n, mode)) else { continue };
            for key in keys {
                let Some(chords) = sequence(key) else { continue };
                let Some((other, their)) = seen.insert(chords, (binding.action, *line)) else { continue };
                let (mine, theirs) = if line >= &their { (binding.action, other) } else { (other, binding.action) };
                if told.insert((key.clone(), mine, theirs)) {
                    faults.push(conflict(key, mode, mine, theirs, line.max(&their).unwrap_or(1)));
                }
            }
        }
        for (chords, (action, line)) in &seen {
            for n in 1..chords.len() {
                let Some((hiding, their)) = chords.get(..n).and_then(|start| seen.get(start)) else { continue };
                let key: Vec<String> = chords.iter().map(|chord| shown(&chord.written())).collect();
                let key = key.join(" ");
                if told.insert((key.clone(), *action, *hiding)) {
                    let (hiding, screen, action) = (hiding.word(), mode.word(), action.word());
                    let why = format!(
                        "`{key}` begins with the key of `{hiding}` in [keys.{screen}], so `{action}` cannot be reached"
                    );
                    faults.push(ConfigFault { line: line.max(their).unwrap_or(1), why });
                }
            }
        }
    }
    if ![Action::Quit, Action::Close].iter().any(|action| !keymap.key_of(Mode::List, *action).is_empty()) {
        let line = owned.values().filter_map(|keys| keys.line).max();
        let why = "no key is left that ends the reader: give `quit` one".to_owned();
        faults.push(ConfigFault { line: line.unwrap_or(1), why });
    }
    faults
}

fn conflict(key: &str, mode: Mode, mine: Action, theirs: Action, line: usize) -> ConfigFault {
    let (mine, theirs, screen) = (mine.word(), theirs.word(), mode.word());
    let what = format!("`{key}` is asked to do `{mine}` and `{theirs}` in [keys.{screen}]");
    ConfigFault { line, why: format!("{what}; give `{theirs}` another key, or none: {theirs} = []") }
}

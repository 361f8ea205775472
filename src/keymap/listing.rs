//! The table that `config keys` prints: every action with its keys, as `[keys]` of the config file. Read back as such,
//! it gives the same keys.

use super::{Keymap, Mode};
use crate::keymap::action::Action;
use crate::lang::Lang;
use toml::Value;

/// One line: the keys of an action on all its screens (`modes` is empty) or on these.
struct ListedKeys {
    action: Action,
    modes: Vec<Mode>,
    keys: Vec<String>,
    help: &'static str,
}

/// The lines of the table, in the order of the keymap; those for single screens follow, by screen.
pub fn listing(keymap: &Keymap, lang: Lang) -> Vec<String> {
    let mut all: Vec<ListedKeys> = Vec::new();
    for row in keymap.all() {
        let (action, help) = (row.binding.action, row.binding.help.say(lang));
        let several = keymap.all().iter().filter(|other| other.binding.action == action).count() > 1;
        let modes = if several { row.modes.clone() } else { Vec::new() };
        all.push(ListedKeys { action, modes, keys: row.keys.clone(), help });
    }
    let mut out = vec!["[keys]".to_owned()];
    out.extend(all.iter().filter(|listed| listed.modes.is_empty()).map(line));
    for mode in Mode::ALL {
        // Two rows of one action on one screen are one line: the keys of both.
        let mut here: Vec<ListedKeys> = Vec::new();
        for listed in all.iter().filter(|listed| listed.modes.contains(&mode)) {
            match here.iter_mut().find(|other| other.action == listed.action) {
                Some(other) => other.keys.extend(listed.keys.iter().cloned()),
                None => here.push(ListedKeys { modes: vec![mode], keys: listed.keys.clone(), ..*listed }),
            }
        }
        if !here.is_empty() {
            out.extend([String::new(), format!("[keys.{}]  # {}", mode.word(), mode.name().say(lang))]);
            out.extend(here.iter().map(line));
        }
    }
    out
}

fn line(listed: &ListedKeys) -> String {
    let keys = Value::Array(listed.keys.iter().cloned().map(Value::String).collect());
    let setting = format!("{} = {keys}", listed.action.word());
    format!("{setting:<44} # {}", listed.help)
}

//! The keys: one table, read by the dispatch, the footer, the help screen, the palette and the README. A row says in
//! which modes which keys ask for which action, and what to call it in two languages. The keys of a row are in
//! order of preference; those of a sequence are separated by a space.

mod chapters;
mod table;

use super::action::Action;
use super::chord::Chord;
use crate::lang::{Lang, Phrase};
pub use chapters::{CHAPTERS, Chapter, names};
use std::collections::HashMap;
use std::sync::OnceLock;
pub use table::BINDINGS;

/// The screen or line that receives keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// The list of reports.
    List,
    Detail,
    /// The people of a report.
    People,
    /// The finder of officials: typing goes to its line.
    Finder,
    Official,
    Post,
    Unit,
    /// Decisions who is who that are to be reviewed.
    Doubts,
    Lineups,
    Texts,
    Help,
    /// The palette: typing goes to its line.
    Palette,
    /// A small menu, such as that of the sort orders.
    Menu,
    /// The filter line or the search line: typing goes to it.
    Line,
}

impl Mode {
    /// Whether letters are typed here, rather than being keys.
    pub fn types(self) -> bool {
        matches!(self, Self::Finder | Self::Palette | Self::Line)
    }

    /// What it is called.
    pub fn name(self) -> Phrase {
        let (vi, en) = match self {
            Self::List => ("danh sách", "the list"),
            Self::Detail => ("báo cáo", "a report"),
            Self::People => ("thành phần", "the people of a report"),
            Self::Finder => ("tìm cán bộ", "the finder"),
            Self::Official => ("trang cán bộ", "an official's page"),
            Self::Post => ("trang chức vụ", "a post's page"),
            Self::Unit => ("trang đơn vị", "a unit's page"),
            Self::Doubts => ("chỗ chưa chắc", "the review of identities"),
            Self::Lineups => ("so thành phần", "line-ups compared"),
            Self::Texts => ("so báo cáo", "reports compared"),
            Self::Help => ("trợ giúp", "help"),
            Self::Palette => ("bảng lệnh", "the palette"),
            Self::Menu => ("trình đơn", "a menu"),
            Self::Line => ("dòng nhập", "the input line"),
        };
        Phrase { vi, en }
    }
}

/// What a key is about, for the order of the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyGroup {
    Move,
    Find,
    Read,
    People,
    Compare,
    Keep,
    Line,
    Program,
}

/// One row of the keymap.
#[derive(Debug)]
pub struct Binding {
    /// The screens on which it works.
    pub modes: &'static [Mode],
    /// Its keys, the preferred first.
    pub keys: &'static [&'static str],
    /// What it asks for.
    pub action: Action,
    /// One or two words for the footer.
    pub hint: Phrase,
    /// A line for help, palette and README.
    pub help: Phrase,
    /// What it is about.
    pub group: KeyGroup,
}

/// What a sequence of keys means so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// It asks for this.
    Asks(Action),
    /// More keys must follow.
    Begins,
    Unknown,
}

/// Looks up the keys pressed so far in `mode`.
pub fn lookup(mode: Mode, keys: &[Chord]) -> Lookup {
    index().get(&(mode, keys.to_vec())).copied().unwrap_or(Lookup::Unknown)
}

/// The rows that work in `mode`, in the order of the table.
pub fn rows(mode: Mode) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |b| b.modes.contains(&mode))
}

/// How the preferred key of an action is written in `mode`; empty if it has none there.
pub fn key_of(mode: Mode, action: Action) -> String {
    rows(mode).find(|b| b.action == action).and_then(|b| b.keys.first()).map(|k| shown(k)).unwrap_or_default()
}

/// A key or sequence as people read it: `g g` is `gg`.
pub fn shown(written: &str) -> String {
    let arrows = [("Down", "↓"), ("Up", "↑"), ("Left", "←"), ("Right", "→"), ("PageDown", "PgDn"), ("PageUp", "PgUp")];
    let (held, key) = written.rsplit_once('-').filter(|(_, key)| !key.is_empty()).unwrap_or(("", written));
    match arrows.iter().find(|(name, _)| *name == key) {
        Some((_, sign)) if held.is_empty() => (*sign).to_owned(),
        Some((_, sign)) => format!("{held}-{sign}"),
        None => written.replace(' ', ""),
    }
}

/// All keys of a row as people read them.
pub fn all_keys(binding: &Binding) -> String {
    binding.keys.iter().map(|k| shown(k)).collect::<Vec<_>>().join(" ")
}

/// What a key does in other modes, and in which: the first action that has it.
pub fn elsewhere(key: Chord) -> Option<(Phrase, Vec<Mode>)> {
    let has = |b: &&Binding| b.keys.iter().any(|written| sequence(written).is_some_and(|keys| keys == [key]));
    let first = BINDINGS.iter().find(has)?;
    let mut modes: Vec<Mode> =
        BINDINGS.iter().filter(|b| b.action == first.action).filter(has).flat_map(|b| b.modes).copied().collect();
    modes.sort_unstable();
    modes.dedup();
    Some((first.hint, modes))
}

/// The key table of the README, in Markdown.
pub fn readme_table(lang: Lang) -> String {
    let mut out = Vec::new();
    for chapter in CHAPTERS {
        out.push(format!("| {} | |\n| --- | --- |", chapter.title.say(lang)));
        for binding in chapter.rows() {
            let keys: Vec<_> = binding.keys.iter().map(|k| quoted(&shown(k))).collect();
            let place = chapter.elsewhere(binding, lang);
            let place = if place.is_empty() { place } else { format!(" ({place})") };
            out.push(format!("| {} | {}{place} |", keys.join(" "), binding.help.say(lang)));
        }
        out.push(String::new());
    }
    out.join("\n")
}

/// A key as code in Markdown; a backtick itself needs double ones around it.
fn quoted(key: &str) -> String {
    if key.contains('`') { format!("`` {key} ``") } else { format!("`{}`", key.replace('|', "\\|")) }
}

type Index = HashMap<(Mode, Vec<Chord>), Lookup>;

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Index::new();
        for binding in BINDINGS {
            for keys in binding.keys.iter().filter_map(|written| sequence(written)) {
                for mode in binding.modes {
                    for n in 1..keys.len() {
                        index.entry((*mode, keys.iter().take(n).copied().collect())).or_insert(Lookup::Begins);
                    }
                    index.insert((*mode, keys.clone()), Lookup::Asks(binding.action));
                }
            }
        }
        index
    })
}

fn sequence(written: &str) -> Option<Vec<Chord>> {
    written.split(' ').map(Chord::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_well_written() {
        for binding in BINDINGS {
            for key in binding.keys {
                assert!(sequence(key).is_some(), "{key:?} of {:?}", binding.action);
            }
        }
    }

    #[test]
    fn no_key_asks_for_two_things_and_none_hides_a_sequence() {
        let mut seen: HashMap<(Mode, Vec<Chord>), Action> = HashMap::new();
        for binding in BINDINGS {
            for (mode, key) in binding.modes.iter().flat_map(|m| binding.keys.iter().map(move |k| (*m, *k))) {
                let before = seen.insert((mode, sequence(key).unwrap()), binding.action);
                assert_eq!(before, None, "{key} in {mode:?} asks for {:?} too", binding.action);
            }
        }
        for (mode, keys) in seen.keys() {
            for n in 1..keys.len() {
                assert!(!seen.contains_key(&(*mode, keys[..n].to_vec())), "{keys:?} in {mode:?} is hidden");
            }
        }
    }

    #[test]
    fn every_action_has_a_key_that_no_input_method_composes() {
        for binding in BINDINGS {
            let safe = binding.keys.iter().any(|k| !sequence(k).unwrap().iter().any(|c| c.is_letter()));
            assert!(safe, "{:?} has letters only: {:?}", binding.action, binding.keys);
        }
    }

    #[test]
    fn where_letters_are_typed_none_is_a_key() {
        for binding in BINDINGS.iter().filter(|b| b.modes.iter().any(|m| m.types())) {
            for key in binding.keys {
                assert!(sequence(key).unwrap().iter().all(|c| c.typed().is_none()), "{key}");
            }
        }
    }

    #[test]
    fn sequences_are_told_from_single_keys() {
        let chord = |k| Chord::parse(k).unwrap();
        assert_eq!(lookup(Mode::List, &[chord("g")]), Lookup::Begins);
        assert_eq!(lookup(Mode::List, &[chord("g"), chord("g")]), Lookup::Asks(Action::Top));
        assert_eq!(lookup(Mode::List, &[chord("g"), chord("j")]), Lookup::Unknown);
    }
}

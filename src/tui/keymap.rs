//! The keys: one table, read by the dispatch, the footer, the help screen, the palette and the README, so that none of
//! them can be outdated. A row has the modes in which it works, its keys, the action, and what to call it in two
//! languages. The keys of a row are in order of preference; those of a sequence are separated by a space.

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
    /// The finder of officials: letters go to its line.
    Finder,
    Official,
    Post,
    Unit,
    /// The review of uncertain judgements.
    Doubts,
    /// The line-ups of two reports compared.
    Lineups,
    /// The texts of two reports compared.
    Texts,
    Help,
    /// The palette: letters go to its line.
    Palette,
    /// A small menu, such as that of the sort orders.
    Menu,
    /// The input line (filter, search or tags): letters go to it.
    Line,
}

impl Mode {
    /// Whether letters are typed as text in this mode, rather than being commands.
    pub fn types(self) -> bool {
        matches!(self, Self::Finder | Self::Palette | Self::Line)
    }

    /// The name of the mode, for a sentence.
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

/// The subject of a binding. The palette lists movements last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyGroup {
    Move,
    Find,
    Read,
    People,
    Compare,
    /// Stars, tags, marks and the clipboard.
    MarkAndCopy,
    /// Editing in an input line.
    Line,
    Program,
}

/// One row of the keymap.
#[derive(Debug)]
pub struct Binding {
    /// The modes in which it works.
    pub modes: &'static [Mode],
    /// Its keys, the preferred one first, as `Chord::parse` reads them.
    pub keys: &'static [&'static str],
    pub action: Action,
    /// One or two words for the footer.
    pub hint: Phrase,
    /// A line for help, palette and README.
    pub help: Phrase,
    pub group: KeyGroup,
}

/// The meaning of the keys pressed so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// They are the keys of this action.
    Action(Action),
    /// They begin a sequence: more keys must follow.
    Prefix,
    /// They neither are nor begin the keys of an action.
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

/// The preferred key of an action in `mode`, as it is displayed; empty if it has none there.
pub fn key_of(mode: Mode, action: Action) -> String {
    rows(mode).find(|b| b.action == action).and_then(|b| b.keys.first()).map(|k| shown(k)).unwrap_or_default()
}

/// The display form of a key or sequence of the table: `gg` for `g g`, `↓` for `Down`, `PgDn` for `PageDown`.
pub fn shown(written: &str) -> String {
    let arrows = [("Down", "↓"), ("Up", "↑"), ("Left", "←"), ("Right", "→"), ("PageDown", "PgDn"), ("PageUp", "PgUp")];
    let (held, key) = written.rsplit_once('-').filter(|(_, key)| !key.is_empty()).unwrap_or(("", written));
    match arrows.iter().find(|(name, _)| *name == key) {
        Some((_, sign)) if held.is_empty() => (*sign).to_owned(),
        Some((_, sign)) => format!("{held}-{sign}"),
        None => written.replace(' ', ""),
    }
}

/// All keys of a row as they are displayed, separated by spaces.
pub fn all_keys(binding: &Binding) -> String {
    binding.keys.iter().map(|k| shown(k)).collect::<Vec<_>>().join(" ")
}

/// What a key does in other modes: the footer words of the first action in the table that has the key, and the modes in
/// which it has. `None` if no mode has the key.
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

/// The table by mode and keys. Besides each whole sequence it has every proper prefix of it, as `Begins`.
type Index = HashMap<(Mode, Vec<Chord>), Lookup>;

/// The index of the table, built at the first key.
fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Index::new();
        for binding in BINDINGS {
            for keys in binding.keys.iter().filter_map(|written| sequence(written)) {
                for mode in binding.modes {
                    for n in 1..keys.len() {
                        index.entry((*mode, keys.iter().take(n).copied().collect())).or_insert(Lookup::Prefix);
                    }
                    index.insert((*mode, keys.clone()), Lookup::Action(binding.action));
                }
            }
        }
        index
    })
}

/// Parses a key or a sequence of the table. `None` if it is misspelt, which a test rules out.
fn sequence(written: &str) -> Option<Vec<Chord>> {
    written.split(' ').map(Chord::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fields_and_kinds_use_the_words_of_the_dictionary() {
        use crate::lang::phrases::{self, filter_problems, identity_reasons};
        let key = |text: &str| text.trim().trim_end_matches(['.', '?', ':']).to_lowercase();
        let kinds: Vec<Phrase> = crate::report::KINDS.iter().map(|&(_, vi, en)| Phrase { vi, en }).collect();
        let dictionary = phrases::PHRASES.iter().chain(identity_reasons::PHRASES).chain(filter_problems::PHRASES);
        let keys = BINDINGS.iter().map(|binding| &binding.help);
        let chapters = chapters::CHAPTERS.iter().map(|chapter| &chapter.title);
        let fields = crate::search::fields::FIELDS.iter().map(|field| &field.help);
        let mut seen = std::collections::HashMap::new();
        for phrase in dictionary.chain(keys).chain(chapters).chain(fields).chain(&kinds) {
            let known = seen.entry(key(phrase.en)).or_insert_with(|| key(phrase.vi));
            assert_eq!(*known, key(phrase.vi), "two translations of “{}”", phrase.en);
        }
    }

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
        assert_eq!(lookup(Mode::List, &[chord("g")]), Lookup::Prefix);
        assert_eq!(lookup(Mode::List, &[chord("g"), chord("g")]), Lookup::Action(Action::Top));
        assert_eq!(lookup(Mode::List, &[chord("g"), chord("j")]), Lookup::Unknown);
    }
}

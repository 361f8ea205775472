//! The keys: one table, read by the dispatch, the footer, the help screen, the palette and the README, so that none of
//! them can be outdated. A row has the modes in which it works, its keys, the action, and what to call it in two
//! languages. The keys of a row are in order of preference; those of a sequence are separated by a space. A `Keymap` is
//! the table with the user's own keys.

pub mod action;
mod chapters;
pub mod chord;
mod listing;
mod own_keys;
mod table;

use crate::config::{ConfigFault, SettingLine};
use crate::lang::{Lang, Phrase};
use action::Action;
pub use chapters::{CHAPTERS, Chapter, names};
use chord::Chord;
pub use listing::listing;
use own_keys::OwnedKeys;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
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
    /// The reports of the list, counted by a field.
    Counts,
    /// The page of the reader's notes.
    Notes,
    /// What a program of the user's has written.
    Output,
    /// A part of the report is selected.
    Select,
    Help,
    /// The palette: letters go to its line.
    Palette,
    /// A small menu, such as that of the sort orders.
    Menu,
    /// The input line (filter, search or tags): letters go to it.
    Line,
}

impl Mode {
    /// All modes, in the order of the enum.
    pub const ALL: [Self; 18] = [
        Self::List,
        Self::Detail,
        Self::People,
        Self::Finder,
        Self::Official,
        Self::Post,
        Self::Unit,
        Self::Doubts,
        Self::Lineups,
        Self::Texts,
        Self::Counts,
        Self::Notes,
        Self::Output,
        Self::Select,
        Self::Help,
        Self::Palette,
        Self::Menu,
        Self::Line,
    ];

    /// The name of the mode in the config file: `[keys.list]`. No action has the same name, because both are keys of
    /// one table.
    pub fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Detail => "report",
            Self::People => "people-page",
            Self::Finder => "finder",
            Self::Official => "official-page",
            Self::Post => "post-page",
            Self::Unit => "unit-page",
            Self::Doubts => "review",
            Self::Lineups => "lineups",
            Self::Texts => "texts",
            Self::Counts => "counts-page",
            Self::Notes => "notes-page",
            Self::Output => "output-page",
            Self::Select => "selection",
            Self::Help => "help-page",
            Self::Palette => "command-palette",
            Self::Menu => "menu",
            Self::Line => "line",
        }
    }

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
            Self::Counts => ("thống kê", "the counts"),
            Self::Notes => ("ghi chú", "the notes"),
            Self::Output => ("kết quả của lệnh", "the output of a command"),
            Self::Select => ("phần đang chọn", "the selection in a report"),
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

/// A row of the table as it is in this session: a row whose keys the user changed on some screens only is several.
#[derive(Clone, Debug)]
pub struct KeyRow {
    pub binding: &'static Binding,
    /// The modes in which it has these keys.
    pub modes: Vec<Mode>,
    /// Its keys, the preferred one first; empty if the user took them away.
    pub keys: Vec<String>,
}

/// The keys of a session.
#[derive(Debug)]
pub struct Keymap {
    rows: Vec<KeyRow>,
    index: Index,
}

impl Keymap {
    /// The keys of the table, without any of the user's own. Built once.
    pub fn of_the_table() -> Arc<Self> {
        static TABLE: OnceLock<Arc<Keymap>> = OnceLock::new();
        Arc::clone(TABLE.get_or_init(|| {
            let rows = BINDINGS.iter().map(|binding| KeyRow {
                binding,
                modes: binding.modes.to_vec(),
                keys: binding.keys.iter().map(|key| (*key).to_owned()).collect(),
            });
            Arc::new(Self::new(rows.collect()))
        }))
    }

    /// The keys of the table with the lines of `[keys]` applied. `q_quits`: `q` ends the reader from every screen, in
    /// place of closing what is in front.
    ///
    /// # Errors
    /// If lines have unknown names, misspelt keys or conflicts: all of them, with what would be right.
    pub fn with_own(lines: &[SettingLine], q_quits: bool) -> Result<Arc<Self>, Vec<ConfigFault>> {
        if lines.is_empty() && !q_quits {
            return Ok(Self::of_the_table());
        }
        let line = |name: &str, keys: &[&str]| SettingLine {
            name: name.to_owned(),
            values: keys.iter().map(|key| (*key).to_owned()).collect(),
            ..SettingLine::default()
        };
        let mut all = Vec::new();
        if q_quits {
            all.extend([line("close", &[]), line("quit", &["q", "Q", "Ctrl-c"])]);
        }
        all.extend_from_slice(lines);
        let (owned, mut faults) = own_keys::apply(&all);
        let keymap = Self::new(rows_of(&owned));
        faults.extend(own_keys::check(&keymap, &owned));
        faults.sort();
        if faults.is_empty() { Ok(Arc::new(keymap)) } else { Err(faults) }
    }

    fn new(rows: Vec<KeyRow>) -> Self {
        let mut index = Index::new();
        for row in &rows {
            for keys in row.keys.iter().filter_map(|written| sequence(written)) {
                for mode in &row.modes {
                    for n in 1..keys.len() {
                        index.entry((*mode, keys.iter().take(n).copied().collect())).or_insert(Lookup::Prefix);
                    }
                    index.insert((*mode, keys.clone()), Lookup::Action(row.binding.action));
                }
            }
        }
        Self { rows, index }
    }

    /// Looks up the keys pressed so far in `mode`.
    pub fn lookup(&self, mode: Mode, keys: &[Chord]) -> Lookup {
        self.index.get(&(mode, keys.to_vec())).copied().unwrap_or(Lookup::Unknown)
    }

    /// All rows, in the order of the table.
    pub fn all(&self) -> &[KeyRow] {
        &self.rows
    }

    /// The rows that work in `mode`, in the order of the table.
    pub fn rows(&self, mode: Mode) -> impl Iterator<Item = &KeyRow> {
        self.rows.iter().filter(move |row| row.modes.contains(&mode))
    }

    /// The preferred key of an action in `mode`, as it is displayed; empty if it has none there.
    pub fn key_of(&self, mode: Mode, action: Action) -> String {
        let mut rows = self.rows(mode).filter(|row| row.binding.action == action);
        rows.find_map(|row| row.keys.first()).map(|key| shown(key)).unwrap_or_default()
    }

    /// What a key does in other modes: the footer words of an action that has the key, and the modes in which it has.
    /// Of several actions it is the one whose modes come first: a report is nearer to the list than a page is. `None`
    /// if no mode has the key.
    pub fn elsewhere(&self, key: Chord) -> Option<(Phrase, Vec<Mode>)> {
        let has = |row: &&KeyRow| row.keys.iter().any(|written| sequence(written).is_some_and(|keys| keys == [key]));
        let nearest = |row: &&KeyRow| row.modes.iter().min().copied();
        let first = self.rows.iter().filter(has).min_by_key(nearest)?.binding;
        let same = self.rows.iter().filter(|row| row.binding.action == first.action).filter(has);
        let mut modes: Vec<Mode> = same.flat_map(|row| row.modes.iter().copied()).collect();
        modes.sort_unstable();
        modes.dedup();
        Some((first.hint, modes))
    }
}

impl KeyRow {
    /// All keys of the row as they are displayed, separated by spaces.
    pub fn all_keys(&self) -> String {
        self.keys.iter().map(|key| shown(key)).collect::<Vec<_>>().join(" ")
    }
}

/// The rows of the table, each split by the keys that it has in its modes.
fn rows_of(owned: &HashMap<(usize, Mode), OwnedKeys>) -> Vec<KeyRow> {
    let mut rows: Vec<KeyRow> = Vec::new();
    for (n, binding) in BINDINGS.iter().enumerate() {
        let begin = rows.len();
        for mode in binding.modes {
            let Some(OwnedKeys { keys, .. }) = owned.get(&(n, *mode)) else { continue };
            match rows.iter_mut().skip(begin).find(|row| row.keys == *keys) {
                Some(row) => row.modes.push(*mode),
                None => rows.push(KeyRow { binding, modes: vec![*mode], keys: keys.clone() }),
            }
        }
    }
    rows
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

/// The key table of the README, in Markdown.
pub fn readme_table(lang: Lang) -> String {
    let mut out = Vec::new();
    for chapter in CHAPTERS {
        out.push(format!("| {} | |\n| --- | --- |", chapter.title.say(lang)));
        for row in chapter.rows(&Keymap::of_the_table()) {
            let keys: Vec<_> = row.keys.iter().map(|k| quoted(&shown(k))).collect();
            let place = chapter.elsewhere(row, lang);
            let place = if place.is_empty() { place } else { format!(" ({place})") };
            out.push(format!("| {} | {}{place} |", keys.join(" "), row.binding.help.say(lang)));
        }
        out.push(String::new());
    }
    out.join("\n")
}

/// A key as code in Markdown; a backtick itself needs double ones around it.
fn quoted(key: &str) -> String {
    if key.contains('`') { format!("`` {key} ``") } else { format!("`{}`", key.replace('|', "\\|")) }
}

/// The table by mode and keys. Besides each whole sequence it has every proper prefix of it, as `Lookup::Prefix`.
type Index = HashMap<(Mode, Vec<Chord>), Lookup>;

/// Parses a key or a sequence of the table. `None` if it is misspelt, which a test rules out.
fn sequence(written: &str) -> Option<Vec<Chord>> {
    written.split(' ').map(Chord::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_meanings_of_a_key_that_of_the_nearest_screen_is_told() {
        let keymap = Keymap::of_the_table();
        let told = |key: &str| keymap.elsewhere(Chord::parse(key).unwrap()).map(|(_, modes)| modes);
        assert_eq!(told("S"), Some(vec![Mode::Detail]), "not the split of an official");
        assert_eq!(told("é"), None);
    }

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
        let keymap = Keymap::of_the_table();
        assert_eq!(keymap.lookup(Mode::List, &[chord("g")]), Lookup::Prefix);
        assert_eq!(keymap.lookup(Mode::List, &[chord("g"), chord("g")]), Lookup::Action(Action::Top));
        assert_eq!(keymap.lookup(Mode::List, &[chord("g"), chord("j")]), Lookup::Unknown);
    }

    fn line(section: &str, name: &str, keys: &[&str], line: usize) -> SettingLine {
        let values = keys.iter().map(|key| (*key).to_owned()).collect();
        SettingLine { section: section.to_owned(), name: name.to_owned(), values, line }
    }

    #[test]
    fn own_keys_take_the_place_of_the_table() {
        let lines = [
            line("", "next-person", &["g p", "}"], 1),
            line("list", "sort", &["S"], 2),
            line("", "down", &["Down", "i"], 3),
            line("", "official", &["W"], 4),
        ];
        let keymap = Keymap::with_own(&lines, false).unwrap();
        let chords = |keys: &str| sequence(keys).unwrap();
        assert_eq!(keymap.lookup(Mode::Detail, &chords("g p")), Lookup::Action(Action::NextPerson));
        assert_eq!(keymap.lookup(Mode::Detail, &chords("Ctrl-n")), Lookup::Unknown);
        assert_eq!(keymap.key_of(Mode::Detail, Action::NextPerson), "gp");
        assert_eq!(keymap.lookup(Mode::List, &chords("S")), Lookup::Action(Action::Sort));
        assert_eq!(keymap.lookup(Mode::List, &chords(",")), Lookup::Unknown);
        // Where letters are typed, only the keys that are none can be commands.
        assert_eq!(keymap.lookup(Mode::Detail, &chords("i")), Lookup::Action(Action::Down));
        assert_eq!(keymap.lookup(Mode::Finder, &chords("Down")), Lookup::Action(Action::Down));
        assert_eq!(keymap.lookup(Mode::Finder, &chords("i")), Lookup::Unknown);
    }

    #[test]
    fn faults_are_told_with_their_line_and_what_would_be_right() {
        let all = |lines: &[SettingLine]| Keymap::with_own(lines, false).unwrap_err();
        let fault = |lines: &[SettingLine]| {
            let ConfigFault { line, why } = all(lines).swap_remove(0);
            (line, why)
        };
        let why = |section, name, keys: &[&str]| fault(&[line(section, name, keys, 7)]);
        assert_eq!(
            why("", "nxt-person", &["x"]),
            (7, "there is no action `nxt-person`; did you mean `next-person`?".into())
        );
        assert_eq!(why("lst", "sort", &["S"]), (7, "there is no screen [keys.lst]; did you mean [keys.list]?".into()));
        assert_eq!(
            why("", "sort", &["Ctrl-PageDwn"]),
            (7, "`Ctrl-PageDwn` is not a key; did you mean `Ctrl-PageDown`?".into())
        );
        assert!(why("", "sort", &["Strg+x"]).1.contains("keys are written as"));
        let taken = why("", "sort", &["x", "s"]);
        assert_eq!(taken.0, 7);
        assert!(taken.1.contains("`s` is asked to do `sort` and `choose` in [keys.list]"), "{taken:?}");
        assert!(taken.1.ends_with("give `choose` another key, or none: choose = []"), "{taken:?}");
        assert!(why("list", "sort", &["g"]).1.contains("cannot be reached"));
        assert!(why("finder", "down", &["n"]).1.contains("typed as text"));
        assert!(why("help-page", "sort", &["n"]).1.contains("does nothing in [keys.help-page]"));
        let (_, none) = fault(&[line("", "quit", &[], 3), line("", "close", &[], 4)]);
        assert!(none.contains("no key is left"), "{none}");
        let two = fault(&[line("", "sort", &["Ctrl-s"], 3), line("", "star", &["Ctrl-s"], 4)]);
        assert_eq!(two.0, 4, "{two:?}");
        let several = all(&[
            line("", "nxt-person", &["x"], 2),
            line("", "sort", &["Ctrl-s"], 3),
            line("", "star", &["Ctrl-s"], 4),
            line("lst", "sort", &["S"], 5),
        ]);
        assert_eq!(several.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2, 4, 5], "{several:?}");
    }

    #[test]
    fn no_screen_has_the_name_of_an_action() {
        for mode in Mode::ALL {
            assert!(BINDINGS.iter().all(|row| row.action.word() != mode.word()), "{}", mode.word());
        }
    }

    #[test]
    fn q_can_quit_from_everywhere() {
        let keymap = Keymap::with_own(&[], true).unwrap();
        let q = [Chord::parse("q").unwrap()];
        assert_eq!(keymap.lookup(Mode::Official, &q), Lookup::Action(Action::Quit));
        assert_eq!(Keymap::of_the_table().lookup(Mode::Official, &q), Lookup::Action(Action::Close));
    }

    #[test]
    fn what_config_keys_prints_gives_the_same_keys() {
        let own = [line("list", "sort", &["S", "g s"], 2), line("", "redraw", &["Ctrl-s"], 3)];
        for own in [&own[..], &[]] {
            let keymap = Keymap::with_own(own, false).unwrap();
            let printed: toml::Table = listing(&keymap, Lang::En).join("\n").parse().unwrap();
            let mut lines = Vec::new();
            for (name, value) in printed["keys"].as_table().unwrap() {
                let keys = |value: &toml::Value| -> Vec<String> {
                    value.as_array().unwrap().iter().map(|key| key.as_str().unwrap().to_owned()).collect()
                };
                match value.as_table() {
                    Some(section) => lines.extend(section.iter().map(|(action, value)| SettingLine {
                        section: name.clone(),
                        name: action.clone(),
                        values: keys(value),
                        line: 1,
                    })),
                    None => {
                        lines.push(SettingLine { name: name.clone(), values: keys(value), ..SettingLine::default() });
                    }
                }
            }
            let again = Keymap::with_own(&lines, false).unwrap();
            assert_eq!(again.index, keymap.index);
        }
    }
}

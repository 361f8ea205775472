//! The help of the command line in Vietnamese, from help.tsv: each text by its English words, which stand in the
//! definitions of the arguments. Putting them into the definitions is up to `cli`.

use std::collections::HashMap;
use std::sync::OnceLock;

/// What a row of help.tsv is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HelpKind {
    /// A text of a definition: what a verb or an option does, an example, a value.
    Text,
    /// A word that clap writes by itself, such as `Options:`. It is replaced where it stands.
    Heading,
    /// The heading of a section of the man page.
    Section,
}

/// A row of help.tsv.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HelpRow {
    pub kind: HelpKind,
    pub en: &'static str,
    pub vi: &'static str,
}

/// The rows of help.tsv, in order. A test makes sure that none is malformed, because such a row is left out.
pub fn rows() -> impl Iterator<Item = HelpRow> {
    let lines = include_str!("help.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let mut cells = line.split('\t');
        let kind = match cells.next()? {
            "help" => HelpKind::Text,
            "heading" => HelpKind::Heading,
            "section" => HelpKind::Section,
            _ => return None,
        };
        Some(HelpRow { kind, en: cells.next()?, vi: cells.next()? })
    })
}

/// A text of the help in Vietnamese. `None` if it has no row.
pub fn vietnamese(en: &str) -> Option<&'static str> {
    static TEXTS: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let texts =
        TEXTS.get_or_init(|| rows().filter(|row| row.kind == HelpKind::Text).map(|row| (row.en, row.vi)).collect());
    texts.get(en).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_row_has_a_kind_and_both_languages_and_stands_once() {
        let lines = include_str!("help.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
        assert_eq!(rows().count(), lines.count());
        let mut seen = HashSet::new();
        for row in rows() {
            assert!(seen.insert((row.kind, row.en)), "{row:?} twice");
            assert!(!row.vi.is_empty() && row.en.ends_with(' ') == row.vi.ends_with(' '), "{row:?}");
        }
    }
}

//! What is true of every table: well formed, every value known, no row twice, and every form found where its words
//! are in a text. A failure names the file and the line.

use super::hits::Hits;
use super::small_tables::{
    DOTTED_FORMS, DottedForm, NUMBERS, SHORT_UNITS, SYLLABLES, SyllablePart, checked_rows, number_word,
};
use super::table::{LexiconTable, TABLES, TableError, TableFile};
use super::value::{EventVerb, PersonSign, PostPattern, TableWord, VerbTrait, VerbUse, parse};
use super::word_sets::{WORD_SETS, WordSet, rows};
use super::{TableClass, WordKey, lexicon, push_plain};
use crate::extract::token;
use crate::report::{Draft, Paragraph, ParagraphKind, PostState, Span};
use crate::text::canonical::canonical_text;
use std::collections::{HashMap, HashSet};

/// Tables whose order means something: by height, by standing, by share, by the order of use.
const OWN_ORDER: [&str; 6] =
    ["ranks.tsv", "posts.tsv", "surnames.tsv", "numbers.tsv", "short_units.tsv", "syllables.tsv"];

fn files() -> Vec<TableFile> {
    let mut files: Vec<TableFile> = TABLES.iter().map(|table| table.file).collect();
    files.extend([WORD_SETS, NUMBERS, DOTTED_FORMS, SHORT_UNITS, SYLLABLES]);
    files
}

#[test]
fn cells_are_canonical_and_the_same_number_in_every_row() {
    for file in files() {
        let columns = file.text.lines().next().unwrap().split('\t').count();
        for (number, line) in file.text.lines().enumerate() {
            let place = format!("{}, line {}", file.name, number + 1);
            assert_eq!(line.split('\t').count(), columns, "{place}");
            assert_eq!(
                canonical_text(line).replace('\t', " "),
                line.replace('\t', " "),
                "{place}: not in canonical form"
            );
            assert!(
                line.split(['\t', '|']).all(|cell| cell.trim() == cell || cell.contains(" | ")) || line.contains(" | "),
                "{place}"
            );
        }
    }
}

#[test]
fn every_row_has_a_source_and_room_for_a_note() {
    for file in files() {
        let header: Vec<&str> = file.text.lines().next().unwrap().split('\t').collect();
        assert_eq!(header.last(), Some(&"source"), "{}", file.name);
        assert!(header.contains(&"note"), "{}", file.name);
        for (number, line) in file.text.lines().enumerate() {
            assert!(!line.rsplit('\t').next().unwrap().is_empty(), "{}, line {}: no source", file.name, number + 1);
        }
    }
}

#[test]
fn every_value_is_known_to_its_table() {
    let mut problems: Vec<TableError> =
        TABLES.iter().flat_map(LexiconTable::checked_rows).filter_map(Result::err).collect();
    problems.extend(rows().filter_map(Result::err));
    problems.extend(checked_rows(NUMBERS, number_word).filter_map(Result::err));
    problems.extend(checked_rows(DOTTED_FORMS, DottedForm::from_word).filter_map(Result::err));
    problems.extend(checked_rows(SYLLABLES, SyllablePart::from_word).filter_map(Result::err));
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn a_mistyped_value_is_an_error() {
    let mistyped = [
        (TableClass::Rank, "high"),
        (TableClass::Post, "maybe"),
        (TableClass::State, "formerly"),
        (TableClass::Title, "title"),
        (TableClass::Person, "adress"),
        (TableClass::Verb, "role nouns"),
        (TableClass::Verb, "stop giving"),
        (TableClass::Unit, "haed"),
        (TableClass::Country, ""),
        (TableClass::Seat, "Pháp"),
        (TableClass::Leader, ""),
        (TableClass::Surname, "many"),
        (TableClass::Abbreviation, ""),
        (TableClass::Kind, "sơ kêt"),
        (TableClass::Event, "promote"),
    ];
    for (class, cell) in mistyped {
        assert_eq!(parse(class, cell), None, "{class:?}: {cell}");
    }
    let row = NUMBERS.text_rows().next().unwrap();
    let error = NUMBERS.error(&row, "e").to_string();
    assert!(error.starts_with("numbers.tsv, line 2: “e” "), "{error}");
}

#[test]
fn every_word_set_has_one_row_of_its_own() {
    let mut found: Vec<WordSet> = rows().filter_map(Result::ok).map(|(set, _)| set).collect();
    for (at, (name, set)) in WordSet::WORDS.iter().enumerate() {
        assert_eq!(*set as usize, at, "{name}: WORDS is in the order of the enum");
        let place = found.iter().position(|one| one == set);
        found.remove(place.unwrap_or_else(|| panic!("word_sets.tsv has no row {name}")));
    }
    assert!(found.is_empty(), "twice in word_sets.tsv: {found:?}");
    let told = include_str!("../../../docs/tables.md");
    for (name, _) in WordSet::WORDS {
        assert!(told.contains(&format!("\n| `{name}` | ")), "docs/tables.md has no row {name}");
    }
    for (set, words) in rows().filter_map(Result::ok) {
        let different: HashSet<_> = words.iter().collect();
        assert_eq!(different.len(), words.len(), "{set:?} has a word twice");
    }
}

#[test]
fn no_form_is_twice_in_a_table_and_rows_are_sorted() {
    for file in files() {
        let rows: Vec<_> = file.text_rows().collect();
        let mut seen = HashMap::new();
        for row in &rows {
            if let Some(line) = seen.insert((row.forms[0], two_values(file, row.value)), row.line) {
                panic!("{}: «{}» is in lines {line} and {}", file.name, row.forms[0], row.line);
            }
        }
        if !OWN_ORDER.contains(&file.name) {
            for pair in rows.windows(2) {
                assert!(
                    pair[0].forms[0] <= pair[1].forms[0],
                    "{}, line {}: «{}» before «{}»",
                    file.name,
                    pair[1].line,
                    pair[0].forms[0],
                    pair[1].forms[0]
                );
            }
        }
    }
}

/// A sound may be both an initial and a rime; elsewhere a form has one row.
fn two_values(file: TableFile, value: &'static str) -> Option<&'static str> {
    (file.name == SYLLABLES.name).then_some(value)
}

#[test]
fn every_form_of_every_row_is_found() {
    let lexicon = lexicon();
    for table in TABLES {
        let forms: HashSet<&str> = table.rows().flat_map(|row| row.forms).collect();
        for form in forms {
            let text = format!("xyz {form} xyz");
            let span = Span::new(0, text.len());
            let draft = Draft {
                text: text.clone(),
                paragraphs: vec![Paragraph { kind: ParagraphKind::Body, span }],
                ..Draft::default()
            };
            let (mut tokens, mut hits) = (Vec::new(), Hits::default());
            token::tokens(&draft, lexicon, &mut tokens, &mut String::new());
            lexicon.hits(&tokens, &mut hits);
            let hit = hits.longest(1, table.class);
            assert_eq!(hit.map(|hit| hit.end), Some(tokens.len() - 2), "{:?}: «{form}» is not found", table.class);
        }
    }
}

#[test]
fn tone_placement_and_i_or_y_make_no_difference() {
    let lexicon = lexicon();
    let word = |word: &str| {
        let mut plain = String::new();
        word.chars().for_each(|c| push_plain(c, &mut plain));
        lexicon.word(&WordKey::new(&mut plain))
    };
    for (one, other) in [("úy", "UÝ"), ("Ủy", "uỷ"), ("sĩ", "Sỹ"), ("kỹ", "kĩ"), ("Hòa", "hoà")] {
        assert_eq!(word(one), word(other), "{one} {other}");
    }
    assert_ne!(word("tá"), word("tả"));
}

/// docs/tables.md names every table file and every word that may be in a `value` column.
#[test]
fn the_documentation_names_every_table_and_every_value() {
    let text = include_str!("../../../docs/tables.md");
    let mut missing: Vec<&str> = files().iter().map(|file| file.name).filter(|name| !text.contains(name)).collect();
    let mut words: Vec<&str> = Vec::new();
    words.extend(PostPattern::WORDS.iter().map(|row| row.0));
    words.extend(PostState::WORDS.iter().map(|row| row.0));
    words.extend(PersonSign::WORDS.iter().map(|row| row.0));
    words.extend(VerbUse::WORDS.iter().map(|row| row.0));
    words.extend(VerbTrait::WORDS.iter().map(|row| row.0));
    words.extend(EventVerb::WORDS.iter().map(|row| row.0));
    words.extend(DottedForm::WORDS.iter().map(|row| row.0));
    words.extend(SyllablePart::WORDS.iter().map(|row| row.0));
    missing.extend(words.into_iter().filter(|word| !text.contains(&format!("`{word}`"))));
    assert!(missing.is_empty(), "docs/tables.md does not name {missing:?}");
}

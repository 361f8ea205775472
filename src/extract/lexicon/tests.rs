//! What holds of every table: well formed, no row twice, and every row found where its words stand.

use super::hits::Hits;
use super::table::TABLES;
use super::{TableClass, WordKey, lexicon, push_plain};
use crate::extract::token;
use crate::report::{Draft, Paragraph, ParagraphKind, Span};
use crate::text::canonical::canonical_text;
use std::collections::{HashMap, HashSet};

/// Tables whose order is their own: by height, by standing, by share.
const OWN_ORDER: [TableClass; 3] = [TableClass::Rank, TableClass::Post, TableClass::Surname];

#[test]
fn cells_are_canonical_and_the_same_number_in_every_row() {
    for table in TABLES {
        let columns = table.text.lines().next().unwrap().split('\t').count();
        for (number, line) in table.text.lines().enumerate() {
            let place = format!("{:?}, line {}", table.class, number + 1);
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
fn every_row_tells_what_it_is_and_where_from() {
    for table in TABLES {
        let header: Vec<&str> = table.text.lines().next().unwrap().split('\t').collect();
        assert_eq!(header.last(), Some(&"source"), "{:?}", table.class);
        assert!(header.contains(&"note"), "{:?}", table.class);
        for line in table.text.lines().skip(1) {
            assert!(!line.rsplit('\t').next().unwrap().is_empty(), "{:?} has no source: {line}", table.class);
        }
    }
}

#[test]
fn no_form_stands_twice_in_a_table_and_rows_are_sorted() {
    for table in TABLES {
        let rows: Vec<_> = table.rows().collect();
        let mut seen = HashMap::new();
        for row in &rows {
            if let Some(line) = seen.insert(row.form(), row.line) {
                panic!("{:?}: «{}» stands in lines {line} and {}", table.class, row.form(), row.line);
            }
        }
        if !OWN_ORDER.contains(&table.class) {
            for pair in rows.windows(2) {
                assert!(
                    pair[0].form() <= pair[1].form(),
                    "{:?}: «{}» before «{}»",
                    table.class,
                    pair[0].form(),
                    pair[1].form()
                );
            }
        }
    }
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

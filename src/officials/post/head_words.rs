//! The heads of posts, from heads.tsv: whether a post is full-time, how many people hold it, whether it needs an
//! organisation. Deputies are made of each row; a row of the table stands before a deputy made of another.

use crate::officials::unit::normal;
use std::sync::OnceLock;

/// A row of heads.tsv, one of its other spellings, or either with `phó` (deputy) before it.
#[derive(Clone)]
pub struct PostHead {
    pub words: String,
    pub canonical: String,
    pub full_time: bool,
    pub single: bool,
    pub takes_unit: TakesUnit,
    pub high: bool,
    pub highest: Option<u16>,
    /// The kind of unit that the head itself names: `bộ` (ministry) for `bộ trưởng` (minister).
    pub unit_kind: Option<String>,
    /// Whether it is made of a row by `phó` before it, and is no row itself.
    derived: bool,
}

/// Whether a post of this head is one of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakesUnit {
    /// There is one such post in the country: `Chủ tịch nước`.
    No,
    /// Without an organisation it is not known which post it is: `Bộ trưởng`.
    Yes,
    /// The same, and named together with a post of the same organisation it may leave the organisation to that: `Bí thư
    /// Đảng ủy, Chính ủy Quân khu 10`.
    Next,
}

/// All heads, longest first, so that the first one that matches a text is the most specific.
pub fn heads() -> &'static [PostHead] {
    static HEADS: OnceLock<Vec<PostHead>> = OnceLock::new();
    HEADS.get_or_init(|| {
        let mut all: Vec<PostHead> = include_str!("../heads.tsv").lines().skip(1).flat_map(heads_of_row).collect();
        // Of equal words a row of the table (`Phó Chính trị viên`) is kept before a deputy that is made of another row.
        all.sort_by(|a, b| {
            b.words.len().cmp(&a.words.len()).then_with(|| (&a.words, a.derived).cmp(&(&b.words, b.derived)))
        });
        all.dedup_by(|later, kept| later.words == kept.words);
        all
    })
}

fn heads_of_row(line: &str) -> Vec<PostHead> {
    let mut cells = line.split('\t');
    let mut cell = || cells.next().unwrap_or("-");
    let (name, time, holders, takes_unit) = (cell(), cell(), cell(), cell());
    let (high, highest, also, unit_kind) = (cell(), cell(), cell(), cell());
    let chief = PostHead {
        words: normal(name),
        canonical: normal(name),
        full_time: time == "full",
        single: holders == "one",
        takes_unit: match takes_unit {
            "no" => TakesUnit::No,
            "next" => TakesUnit::Next,
            _ => TakesUnit::Yes,
        },
        high: high == "yes",
        highest: highest.parse().ok(),
        unit_kind: Some(unit_kind).filter(|kind| *kind != "-").map(normal),
        derived: false,
    };
    let mut rows = vec![chief.clone()];
    rows.extend(also.split("; ").filter(|a| *a != "-").map(|a| PostHead { words: normal(a), ..chief.clone() }));
    let deputies: Vec<PostHead> = rows
        .iter()
        .filter(|row| !row.canonical.starts_with("phó "))
        .map(|row| PostHead {
            words: format!("phó {}", row.words),
            canonical: format!("phó {}", row.canonical),
            single: false,
            derived: true,
            ..row.clone()
        })
        .collect();
    rows.extend(deputies);
    rows
}

/// Removes leading status words (`nguyên`, `quyền`). They are not part of the post; `PostState` represents them.
pub fn without_status(mut words: &str) -> &str {
    const STATUS: [&str; 10] =
        ["nguyên ", "cựu ", "cố ", "quyền ", "q. ", "tạm quyền ", "tân ", "phụ trách ", "đồng chí ", "là "];
    while let Some(rest) = STATUS.iter().find_map(|s| words.strip_prefix(s)) {
        words = rest;
    }
    words
}

/// Returns the head that normalized words begin with, without status words; `None` if they begin with none.
pub fn head_of(words: &str) -> Option<&'static PostHead> {
    heads().iter().find(|head| begins_with(words, &head.words))
}

/// Whether `words` begins with all words of `head`.
fn begins_with(words: &str, head: &str) -> bool {
    words.strip_prefix(head).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',', '(']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_says_all_it_must() {
        for (n, line) in include_str!("../heads.tsv").lines().enumerate().skip(1) {
            let place = format!("heads.tsv, line {}: {line}", n + 1);
            let cells: Vec<_> = line.split('\t').collect();
            assert_eq!(cells.len(), 8, "{place}");
            assert!(["full", "side"].contains(&cells[1]) && ["one", "many"].contains(&cells[2]), "{place}");
            assert!(["yes", "no", "next"].contains(&cells[3]) && ["yes", "no"].contains(&cells[4]), "{place}");
            assert!((cells[5] == "-" || cells[5].parse::<u16>().is_ok()), "{place}");
        }
    }

    #[test]
    fn a_row_of_the_table_stands_before_a_deputy_made_of_another() {
        let head = head_of("phó chính trị viên tiểu đoàn 5").unwrap();
        assert!(!head.derived && head.canonical == "phó chính trị viên");
        assert!(head_of("phó tư lệnh").unwrap().derived);
    }
}

//! Organisations in a form that can be compared: papers differ in capitals, tone placement, abbreviations and short
//! names, and none of these makes two units of one. units_history.tsv lists other names of units, and which unit became
//! which and when (docs/domain.md §3.5).

mod spelling;

use super::post_words::PostWords;
use crate::lang::{Phrase, phrases};
use serde::{Deserialize, Serialize};
use spelling::{compared, is_kind, is_section};
pub(super) use spelling::{level_of_place, normal};
use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

/// A unit: its own name, then the names of the units above it, if the text states them; all normalized.
///
/// ```text
/// Cục Cán bộ, Tổng cục Chính trị    parts  [cục cán bộ] [tổng cục chính trị]
/// Sở GD&ĐT Hà Giang                 parts  [sở giáo dục đào tạo tỉnh hà giang]
/// ```
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnitPath {
    /// In the form that is compared (`spelling::compared`): without `và`, with the level of a province.
    parts: Vec<String>,
    /// The names in words that can be shown: normalized, nothing left out.
    names: Vec<String>,
    /// The unit as a text writes it; ignored when units are compared.
    shown: String,
}

impl PartialEq for UnitPath {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

impl Eq for UnitPath {}

impl std::hash::Hash for UnitPath {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.parts.hash(state);
    }
}

impl PartialOrd for UnitPath {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for UnitPath {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.parts.cmp(&other.parts)
    }
}

impl UnitPath {
    /// Parses the words of a unit; `None` if there are none.
    pub fn of(text: &str) -> Option<Self> {
        Some(Self::of_normal(&normal(text))?.shown_as(text))
    }

    /// The same unit, shown in these words.
    pub(super) fn shown_as(mut self, words: &str) -> Self {
        if !words.trim().is_empty() {
            words.trim().clone_into(&mut self.shown);
        }
        self
    }

    /// The unit as a text writes it.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Like `of`, for words that are normalized already.
    pub(super) fn of_normal(words: &str) -> Option<Self> {
        let mut names: Vec<String> = words
            .split([',', '(', ')', ';'])
            .flat_map(|part| part.split(" thuộc "))
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(usual_name)
            .collect();
        // The ministry and the army are above every unit, so they distinguish none.
        while names.len() > 1 && names.last().is_some_and(|name| PostWords::AboveAll.contains(name)) {
            names.pop();
        }
        let parts: Vec<String> = names.iter().map(|name| compared(name)).collect();
        (!names.is_empty()).then(|| Self { shown: names.join(", "), names, parts })
    }

    /// The names of the unit and of those above it in the form that is compared, one space between them.
    pub(super) fn compared(&self) -> String {
        self.parts.join(" ")
    }

    /// The unit's own name, normalized.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// The unit's own name in the form that is compared.
    fn own(&self) -> &str {
        self.parts.first().map_or("", String::as_str)
    }

    /// Whether the two may be the same unit: equal names, and the units directly above are equal or not stated. Not
    /// transitive: `Phòng Chính trị` may be that of two different divisions. A comma before the unit above it makes no
    /// difference.
    pub fn same(&self, other: &Self) -> bool {
        if self.parts.len() != other.parts.len() && self.compared() == other.compared() {
            return true;
        }
        self.own() == other.own()
            && match (self.parts.get(1), other.parts.get(1)) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            }
    }

    /// Whether this unit is `other` or is below it, by their names: `cục chính trị quân khu 10` is below `quân khu 10`.
    /// The space before the matched name is required, otherwise a unit would be below one whose name it only ends with.
    pub fn within(&self, other: &Self) -> bool {
        let name = other.own();
        self.parts.iter().any(|p| p == name || p.strip_suffix(name).is_some_and(|rest| rest.ends_with(' ')))
    }

    /// Whether the two are related: the same, one below the other, or one became the other.
    pub fn related(&self, other: &Self) -> bool {
        self.same(other) || self.within(other) || other.within(self) || self.became(other)
    }

    /// Whether this name is that of `other` with words left out in the middle: `Cục Cảnh sát tội phạm công nghệ cao`,
    /// `Cục Cảnh sát phòng chống tội phạm sử dụng công nghệ cao`. The first two and the last two words must be equal:
    /// names of places and persons differ there, and what is left out must name no unit or place itself.
    pub fn is_shortened(&self, other: &Self) -> bool {
        let words = |unit: &Self| unit.compared().split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (own, whole) = (words(self), words(other));
        let ends = |words: &[String]| Some((words.get(..2)?.to_vec(), words.get(words.len() - 2..)?.to_vec()));
        if own.len() < 4 || own.len() >= whole.len() || ends(&own) != ends(&whole) {
            return false;
        }
        let mut left_out: Vec<&str> = Vec::new();
        let mut rest = own.iter().peekable();
        for word in &whole {
            if rest.next_if_eq(&word).is_none() {
                left_out.push(word);
            }
        }
        let numbered = left_out.iter().any(|word| word.chars().any(|c| c.is_ascii_digit()));
        rest.peek().is_none() && !numbered && !PostWords::AboveSection.is_among(&left_out.join(" "))
    }

    /// This unit with the organisation above it, which the text names behind a comma, and in whose words it is shown.
    pub(super) fn below(&self, above: &str) -> Option<Self> {
        let over = Self::of(above)?;
        let (mut parts, mut names) = (self.parts.clone(), self.names.clone());
        parts.extend(over.parts);
        names.extend(over.names);
        Some(Self { parts, names, shown: over.shown })
    }

    /// How many units the words name, one above the other.
    pub(super) fn depth(&self) -> usize {
        self.parts.len()
    }

    /// Whether the name states only the kind of unit, which may be of a level: `quân khu`, `tổng cục`, `công an tỉnh`.
    /// Not if a unit above it tells which it is: `Cơ quan Điều tra, Công an tỉnh Gia Lai`.
    pub fn is_generic(&self) -> bool {
        self.parts.iter().all(|part| is_kind(part))
    }

    /// Whether the name is that of a place and no more: `tỉnh Sơn La`, which a post of its committees leaves.
    pub fn is_place(&self) -> bool {
        level_of_place(self.own()).is_some()
    }

    /// Whether this is a section that many units have (`Phòng Tham mưu`), and no unit above it is stated.
    pub fn is_section(&self) -> bool {
        self.parts.len() == 1 && is_section(self.own())
    }

    /// Whether the name ends in a commune or a district and `above` begins with a place of a higher level, in which it
    /// is: `Công an xã B`, `huyện C, tỉnh D`.
    pub(super) fn is_of_place_in(&self, above: &str) -> bool {
        let words: Vec<&str> = self.own().split(' ').collect();
        let named = |at: &usize| {
            let place = words.get(*at..).unwrap_or_default().join(" ");
            level_height(&place).filter(|_| words.len() > at + 1)
        };
        let Some(own) = (0..words.len()).rev().find_map(|at| named(&at)) else { return false };
        self.parts.len() == 1 && level_height(&normal(above)).is_some_and(|above| above > own)
    }

    /// Whether this is a unit of a kind that is below another one, which the words leave out: `Đội 8`, `Vụ Pháp chế`.
    pub(super) fn may_be_below_another(&self) -> bool {
        let own = self.own();
        let kinds = PostWords::BelowAnother.words();
        let named = kinds.iter().find_map(|kind| own.strip_prefix(kind.as_str()).filter(|rest| rest.starts_with(' ')));
        self.parts.len() == 1 && named.is_some_and(|named| !PostWords::AboveSection.is_among(named))
    }

    /// Whether this is a unit of the kind that the generic unit `sort` names: `quân khu 10` is a `quân khu`.
    pub fn is_a(&self, sort: &Self) -> bool {
        self.name().strip_prefix(sort.name()).is_some_and(|rest| rest.starts_with(' '))
    }

    /// The highest rank (`Rank::order`) that serves in a unit of this size; `None` if the size limits none.
    pub fn highest_rank(&self) -> Option<u16> {
        SIZES.iter().find(|(sort, _)| self.name().strip_prefix(sort).is_some_and(|r| r.starts_with(' '))).map(|s| s.1)
    }

    /// Whether one of the two became the other, by units_history.tsv.
    pub fn became(&self, other: &Self) -> bool {
        history().iter().any(|change| {
            (change.unit == self.name() && change.other == other.name())
                || (change.unit == other.name() && change.other == self.name())
        })
    }
}

/// How high the level of a place is that the words begin with: a commune has the lowest.
fn level_height(words: &str) -> Option<usize> {
    const LEVELS: [&str; 4] = ["xã", "huyện", "thành phố", "tỉnh"];
    let level = level_of_place(words)?;
    LEVELS.iter().position(|known| *known == level)
}

impl fmt::Display for UnitPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.names.join(", "))
    }
}

/// The highest rank (`Rank::order`) in units of each size: a general does not serve in a battalion.
const SIZES: [(&str, u16); 7] = [
    ("tiểu đội", 90),
    ("trung đội", 100),
    ("đại đội", 110),
    ("tiểu đoàn", 130),
    ("trung đoàn", 140),
    ("lữ đoàn", 150),
    ("sư đoàn", 150),
];

/// A unit that became another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitChange {
    /// The old unit, normalized.
    pub unit: String,
    /// The new unit, normalized.
    pub other: String,
    /// The names as written: the old unit, the new unit.
    pub written: (&'static str, &'static str),
    pub kind: UnitChangeKind,
    /// The day or year of the change.
    pub since: &'static str,
    /// The source or circumstances, in English.
    pub note: &'static str,
    /// The note in Vietnamese.
    pub note_vi: &'static str,
}

/// How a unit became another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitChangeKind {
    /// It continues under another name.
    Renamed,
    /// It became a part of a larger unit.
    Merged,
}

impl UnitChangeKind {
    /// Reads the column `change` of units_history.tsv. `None` for `same`, which is another name and no change.
    fn of_cell(cell: &str) -> Option<Self> {
        match cell {
            "renamed" => Some(Self::Renamed),
            "merged" => Some(Self::Merged),
            _ => None,
        }
    }

    /// The words between the old unit and the new one.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Renamed => phrases::BECAME,
            Self::Merged => phrases::MERGED_INTO,
        }
    }
}

/// The rows of units_history.tsv that record which unit became which.
pub fn history() -> &'static [UnitChange] {
    &tables().1
}

type UnitTables = (HashMap<String, String>, Vec<UnitChange>);

/// Parses units_history.tsv once: the map from other names to the usual name (both normalized), and the renames.
fn tables() -> &'static UnitTables {
    static TABLES: OnceLock<UnitTables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let (mut names, mut changes) = (HashMap::new(), Vec::new());
        for line in include_str!("units_history.tsv").lines().skip(1) {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default();
            let (change, unit, other) = (cell(), cell(), cell());
            let (since, note, note_vi) = (cell(), cell(), cell());
            if change == "same" {
                names.insert(normal(other), normal(unit));
            } else if let Some(kind) = UnitChangeKind::of_cell(change) {
                let written = (unit, other);
                changes.push(UnitChange {
                    unit: normal(unit),
                    other: normal(other),
                    written,
                    kind,
                    since,
                    note,
                    note_vi,
                });
            }
        }
        (names, changes)
    })
}

/// Returns the usual name of a unit for any of its names; all normalized.
fn usual_name(part: &str) -> String {
    let part = part.strip_suffix(" quân đội nhân dân việt nam").unwrap_or(part);
    let part = match part.strip_prefix("bộ tư lệnh ") {
        // `Bộ Tư lệnh Quân khu 10` (its command) is the same organisation as the region itself.
        Some(rest)
            if ["quân khu ", "quân đoàn ", "quân chủng ", "binh chủng ", "vùng ", "bộ đội ", "cảnh sát biển"]
                .iter()
                .any(|sort| rest.starts_with(sort)) =>
        {
            rest
        }
        _ => part,
    };
    tables().0.get(part).cloned().unwrap_or_else(|| part.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_stands_under_another_by_its_name_or_its_parents() {
        let unit = |text: &str| UnitPath::of(text).unwrap();
        assert!(unit("Cục Chính trị Quân khu 10").within(&unit("QK 10")));
        assert!(unit("Cục Cán bộ, Tổng cục Chính trị").within(&unit("TCCT")));
        assert!(!unit("Quân khu 10").within(&unit("Quân khu 1")));
        assert!(unit("Phòng Kĩ thuật").same(&unit("Phòng Kỹ thuật, Sư đoàn 3")));
    }

    #[test]
    fn what_became_of_a_unit_is_known_both_ways() {
        let unit = |text: &str| UnitPath::of(text).unwrap();
        assert!(unit("Quân đoàn 4").became(&unit("Quân đoàn 34")));
        assert!(unit("Tổng cục HC-KT").became(&unit("Tổng cục Hậu cần")));
        assert!(!unit("Quân đoàn 1").became(&unit("Quân đoàn 34")));
    }

    #[test]
    fn every_row_of_the_history_says_all_it_must() {
        for (n, line) in include_str!("units_history.tsv").lines().enumerate().skip(1) {
            let place = format!("units_history.tsv, line {}: {line}", n + 1);
            let cells: Vec<_> = line.split('\t').collect();
            assert_eq!(cells.len(), 6, "{place}");
            assert!(cells.iter().all(|cell| !cell.is_empty()), "{place}");
            assert!(["same", "renamed", "merged"].contains(&cells[0]), "{place}");
            let year = cells[3].get(..4).and_then(|y| y.parse::<u16>().ok());
            assert!((cells[0] == "same") == (cells[3] == "-") && (cells[3] == "-" || year.is_some()), "{place}");
        }
    }
}

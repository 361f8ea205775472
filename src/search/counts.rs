//! What the reports of a list can be counted by, and the filter that selects those of one value.

use crate::lang::{Lang, Phrase, phrases};
use crate::report::ReportKind;
use serde::{Deserialize, Serialize};

/// What reports are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CountField {
    Year,
    Unit,
    Kind,
    Rank,
    Official,
    Tag,
}

impl CountField {
    /// All fields in the order of menus, each with the word and the letter by which users name it.
    pub const ALL: [(Self, &'static str, char); 6] = [
        (Self::Year, "year", 'y'),
        (Self::Unit, "unit", 'u'),
        (Self::Kind, "kind", 'l'),
        (Self::Rank, "rank", 'r'),
        (Self::Official, "official", 'o'),
        (Self::Tag, "tag", 't'),
    ];

    /// The word of the command line.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The name for users.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Year => phrases::YEAR,
            Self::Unit => phrases::UNIT,
            Self::Kind => phrases::KIND,
            Self::Rank => phrases::RANK,
            Self::Official => phrases::OFFICIAL,
            Self::Tag => phrases::TAG,
        }
    }

    /// The condition of a filter for the reports of this value; `None` stands for those that have none. Empty if no
    /// filter selects these.
    pub fn filter(self, value: Option<&str>) -> String {
        let field = match self {
            Self::Year => "year",
            Self::Unit => "unit",
            Self::Kind => "kind",
            Self::Rank => "rank",
            Self::Official => "person",
            Self::Tag => "tag",
        };
        match value {
            Some(value) if self == Self::Year => format!("{field}:{value}"),
            Some(value) if self == Self::Kind => format!("{field}:\"{value}\""),
            // Exactly this one: a longer name is counted for itself.
            Some(value) => format!("{field}:=\"{}\"", value.replace('"', " ")),
            None => match self {
                Self::Year => "is:undated",
                Self::Unit => "is:no-unit",
                Self::Rank => "is:no-rank",
                Self::Official => "is:no-official",
                Self::Tag => "is:untagged",
                // Every report has one.
                Self::Kind => "",
            }
            .to_owned(),
        }
    }
}

/// The reports of a list, counted by the values of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportCounts {
    pub field: CountField,
    /// The number of reports in the list.
    pub total: usize,
    /// The values: years newest first, all others with most reports first; reports without a value last. A report that
    /// names several officials or ranks is counted for each of them.
    pub values: Vec<ValueCount>,
}

/// How many reports have a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueCount {
    /// The value as the cache has it: a year, a unit, the Vietnamese name of a kind or rank, a name. `None`: without.
    pub value: Option<String>,
    pub reports: usize,
}

impl ValueCount {
    /// The value in a language. Units and names are as the texts have them.
    pub fn say(&self, field: CountField, lang: Lang) -> String {
        match (&self.value, field) {
            (Some(kind), CountField::Kind) => {
                ReportKind::from_name(kind).map_or_else(|| kind.clone(), |kind| kind.phrase().say(lang).to_owned())
            }
            (Some(value), _) => value.clone(),
            (None, CountField::Year) => phrases::UNDATED.say(lang).to_owned(),
            (None, _) => phrases::COUNT_NONE.say(lang).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::filter::parse;

    #[test]
    fn a_value_is_told_in_the_language_of_the_user() {
        let of = |value: Option<&str>| ValueCount { value: value.map(str::to_owned), reports: 1 };
        let said = |value, field| [Lang::Vi, Lang::En].map(|lang| of(value).say(field, lang));
        assert_eq!(said(Some("tổng kết"), CountField::Kind), ["tổng kết", "year review"]);
        assert_eq!(said(Some("tổng kết"), CountField::Tag), ["tổng kết", "tổng kết"]);
        assert_eq!(said(None, CountField::Year), ["không rõ ngày", "undated"]);
        assert_eq!(said(None, CountField::Unit), ["không có", "none"]);
    }

    #[test]
    fn each_value_is_a_filter_without_a_fault() {
        for (field, value) in [
            (CountField::Year, Some("2022")),
            (CountField::Year, None),
            (CountField::Unit, Some("Quân khu 10 \"B\"")),
            (CountField::Kind, Some("tổng kết")),
            (CountField::Rank, Some("Trung tướng")),
            (CountField::Official, Some("Lã Khắc Hùng")),
            (CountField::Tag, Some("theo dõi")),
            (CountField::Unit, None),
            (CountField::Rank, None),
            (CountField::Official, None),
            (CountField::Tag, None),
        ] {
            let (filter, problems) = parse(&field.filter(value));
            assert!(problems.is_empty() && !filter.is_everything(), "{field:?} {value:?}: {problems:?}");
        }
    }
}

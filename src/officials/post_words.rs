//! Sets of words by which posts and units are compared: which are of the centre, which are sections, behind which a
//! country is none. The words are rows of post_words.tsv; how they are used is said where they are used.

use super::unit::normal;
use std::sync::OnceLock;

/// A set of words, in the form that is compared (`unit::normal`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostWords {
    /// Words behind which the name of a country is part of another name: `tỉnh`, `trường`.
    PartOfName,
    /// Words that end in the name of a country and have nothing to do with it: `tư pháp`. `TƯ PHÁP` in capitals is
    /// normalized as if `TƯ` were short for `trung ương`.
    EndsLikeCountry,
    /// Last words of offices and forces, behind which a country may follow even if a text writes every word with a
    /// capital.
    OfficeEnd,
    /// Words of posts of the centre or of a province.
    HighLevel,
    /// Words of posts of a place or unit below a province.
    LowLevel,
    /// Words of posts of an organisation of the whole country.
    Central,
    /// Words of units that are spread over the whole country: that two people work in one is no sign that they are one.
    SpansCountry,
    /// Ministries of armed forces, whose units are seldom said to be theirs.
    ForceMinistry,
    /// Units that are above every other, so that they distinguish none.
    AboveAll,
    /// Levels of places below a province, before a name that a province has too: `huyện Bình Định`.
    SmallerPlace,
    /// Kinds of sections of a unit.
    Section,
    /// Words of the units that sections belong to.
    AboveSection,
    /// Kinds of units that are below another one.
    BelowAnother,
    /// Words for a unit that the text has named before, which tell nothing of it.
    AnyUnit,
}

impl PostWords {
    /// The first column of the table, in the order of the variants.
    const NAMES: [(&'static str, Self); 14] = [
        ("part_of_name", Self::PartOfName),
        ("ends_like_country", Self::EndsLikeCountry),
        ("office_end", Self::OfficeEnd),
        ("high_level", Self::HighLevel),
        ("low_level", Self::LowLevel),
        ("central", Self::Central),
        ("spans_country", Self::SpansCountry),
        ("force_ministry", Self::ForceMinistry),
        ("above_all", Self::AboveAll),
        ("smaller_place", Self::SmallerPlace),
        ("section", Self::Section),
        ("above_section", Self::AboveSection),
        ("below_another", Self::BelowAnother),
        ("any_unit", Self::AnyUnit),
    ];

    /// The words of the set, in the order of the table. Empty if the table has no such row, which a test rules out.
    pub fn words(self) -> &'static [String] {
        table().iter().find(|(set, _)| *set == self).map_or(&[], |(_, words)| words.as_slice())
    }

    /// Whether `words` are one of the set.
    pub fn contains(self, words: &str) -> bool {
        self.words().iter().any(|word| word == words)
    }

    /// Whether one of the set stands among `words`, which have one space between them.
    pub fn is_among(self, words: &str) -> bool {
        let stands = |at: usize, end: usize| {
            let (before, after) = (words.get(..at).unwrap_or_default(), words.get(end..).unwrap_or_default());
            (before.is_empty() || before.ends_with(' ')) && (after.is_empty() || after.starts_with(' '))
        };
        self.words().iter().any(|word| words.match_indices(word.as_str()).any(|(at, _)| stands(at, at + word.len())))
    }

    fn of_row(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, set)| *set)
    }
}

/// The sets with their words, normalized.
fn table() -> &'static [(PostWords, Vec<String>)] {
    static TABLE: OnceLock<Vec<(PostWords, Vec<String>)>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let rows = include_str!("post_words.tsv").lines().skip(1).filter_map(|line| line.split_once('\t'));
        rows.filter_map(|(name, words)| Some((PostWords::of_row(name)?, words.split("; ").map(normal).collect())))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_a_set_and_every_set_a_row() {
        for (n, line) in include_str!("post_words.tsv").lines().enumerate().skip(1) {
            let known = PostWords::of_row(line.split('\t').next().unwrap());
            assert!(known.is_some(), "src/officials/post_words.tsv:{}: no set has this name: {line}", n + 1);
        }
        for (name, set) in PostWords::NAMES {
            assert!(!set.words().is_empty(), "src/officials/post_words.tsv has no row {name}");
        }
    }

    #[test]
    fn only_whole_words_stand_among_others() {
        assert!(PostWords::Central.is_among("ủy viên trung ương đảng"));
        assert!(PostWords::Central.is_among("quốc hội") && PostWords::Section.contains("bộ phận"));
        assert!(!PostWords::HighLevel.is_among("nội bộphận"));
        assert!(!PostWords::LowLevel.is_among("xãhội") && !PostWords::LowLevel.is_among(""));
    }
}

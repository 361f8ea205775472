//! Reasons why observations are one person or two: one variant for each rule, with the names and days it compared. The
//! phrases are in `lang::phrases::identity_reasons`; `say` fills them in the language of the interface, `Display` and
//! JSON are always English.

use crate::lang::phrases::identity_reasons;
use crate::lang::{Lang, Phrase};
use crate::officials::RankName;
use crate::report::{Dated, Day};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// The rule that decided, with the words and days that the explanation needs. The rules up to `RoseTooFast` contradict.
/// Those up to `OnlyTheName` support one person; if the support is too weak, it is the reason for two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReasonKind {
    /// One report names both.
    OneReport,
    /// The two are from different countries.
    Countries(String, String),
    /// One is from this country; no report states a country for the other, who holds a rank or post here.
    Foreign(String),
    /// Full-time posts in two units, held at the same time.
    TwoPlaces(String, String),
    /// A later report gives this post, which is too low for an official of this rank.
    PostTooLow {
        #[serde(deserialize_with = "crate::officials::name_of_rank")]
        rank: RankName,
        post: String,
    },
    /// The later report gives the lower rank, and no report announces a demotion.
    RankFell {
        /// The lower rank, given by the later report.
        later: RankOnDay,
        /// The higher rank, given by the earlier report.
        earlier: RankOnDay,
    },
    /// The rank rose by `steps` within `months`, faster than promotions are made.
    RoseTooFast { steps: i64, months: i64 },
    /// Both hold this post.
    SamePost(String),
    /// This post is a former one of the one and is held by the other.
    HeldBefore(String),
    /// The post of the one leaves out which it is, and is short for a post of the other, or is the same.
    ShortForPost(String),
    /// Both hold posts of this country.
    SameCountry(String),
    /// Both serve in this unit.
    SameUnit(String),
    /// The unit of the one became the unit of the other.
    UnitBecame(String, String),
    /// One is named without a post, in a report of this unit, in which the other serves.
    InUnitReport(String),
    /// One is named without a post; the ranks agree.
    NoPostRanksAgree,
    /// One is named without a post or a rank; nothing contradicts.
    NoPostNothingAgainst,
    /// One is named without a post, but has a foreign name, which few people share.
    RareName,
    /// Both are accused of a crime, and are or were of one service.
    BothAccused,
    /// A post in another unit; the ranks agree.
    MovedRanksAgree,
    /// A general, then a high civilian post without rank: the press omits the rank of generals in civilian posts.
    GeneralTookCivilianPost,
    /// One high post after another.
    HighPostAfterHighPost,
    /// An official without rank, then an officer: only the name is the same.
    OfficialThenOfficer,
    /// Another unit, and no rank to compare: only the name is the same.
    OnlyTheName,
    /// The reader decided that they are one person.
    ReaderJoined,
    /// The reader decided that they are two persons.
    ReaderParted,
}

/// The rank that a report gives to a person, and the day of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankOnDay {
    /// The canonical name of the rank.
    #[serde(deserialize_with = "crate::officials::name_of_rank")]
    pub rank: RankName,
    pub when: Dated,
}

impl ReasonKind {
    /// Whether the reason depends on a day that no text states. Such a judgement is less sure, and its text mentions
    /// it.
    pub fn has_inferred_day(&self) -> bool {
        matches!(self, Self::RankFell { later, earlier } if !later.when.is_exact() || !earlier.when.is_exact())
    }
}

/// The rule that decided, and whether the choice was ambiguous.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub because: ReasonKind,
    /// True if another official of the same name fits about as well.
    pub rivals: bool,
}

impl From<ReasonKind> for Reason {
    fn from(because: ReasonKind) -> Self {
        Self { because, rivals: false }
    }
}

impl Reason {
    /// Whether it is a decision of the reader and not of a rule.
    pub fn is_readers(&self) -> bool {
        matches!(self.because, ReasonKind::ReaderJoined | ReasonKind::ReaderParted)
    }
}

impl Reason {
    /// Formats the reason in the interface language, with days as `Day::vietnamese` writes them.
    pub fn say(&self, lang: Lang) -> String {
        self.fill(lang, Day::vietnamese)
    }

    fn fill(&self, lang: Lang, day: fn(Day) -> String) -> String {
        let mut words = self.because.fill(lang, day);
        if self.rivals {
            words.push_str(identity_reasons::RIVALS.say(lang));
        }
        words
    }
}

/// The form used in JSON: English, with ISO days.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fill(Lang::En, |day| day.to_string()))
    }
}

impl ReasonKind {
    /// Fills the phrase of this variant with its words and days.
    fn fill(&self, lang: Lang, day: fn(Day) -> String) -> String {
        let (phrase, words): (Phrase, Vec<String>) = match self {
            Self::OneReport => (identity_reasons::ONE_REPORT, Vec::new()),
            Self::Countries(one, other) => (identity_reasons::COUNTRIES, vec![one.clone(), other.clone()]),
            Self::Foreign(land) => (identity_reasons::FOREIGN, vec![land.clone()]),
            Self::TwoPlaces(one, other) => (identity_reasons::TWO_PLACES, vec![one.clone(), other.clone()]),
            Self::PostTooLow { rank, post } => (identity_reasons::POST_TOO_LOW, vec![(*rank).to_owned(), post.clone()]),
            Self::RankFell { later, earlier } => {
                let phrase = if self.has_inferred_day() {
                    identity_reasons::RANK_FELL_INFERRED
                } else {
                    identity_reasons::RANK_FELL
                };
                (phrase, [later, earlier].map(|own| [own.rank.to_owned(), day(own.when.day)]).concat())
            }
            Self::RoseTooFast { steps, months } => {
                (identity_reasons::ROSE_TOO_FAST, vec![steps.to_string(), months.to_string()])
            }
            Self::SamePost(post) => (identity_reasons::SAME_POST, vec![post.clone()]),
            Self::HeldBefore(post) => (identity_reasons::HELD_BEFORE, vec![post.clone()]),
            Self::ShortForPost(post) => (identity_reasons::SHORT_FOR_POST, vec![post.clone()]),
            Self::SameCountry(land) => (identity_reasons::SAME_COUNTRY, vec![land.clone()]),
            Self::SameUnit(unit) => (identity_reasons::SAME_UNIT, vec![unit.clone()]),
            Self::UnitBecame(one, other) => (identity_reasons::UNIT_BECAME, vec![one.clone(), other.clone()]),
            Self::InUnitReport(unit) => (identity_reasons::IN_UNIT_REPORT, vec![unit.clone()]),
            Self::NoPostRanksAgree => (identity_reasons::NO_POST_RANKS_AGREE, Vec::new()),
            Self::NoPostNothingAgainst => (identity_reasons::NO_POST_NOTHING_AGAINST, Vec::new()),
            Self::RareName => (identity_reasons::RARE_NAME, Vec::new()),
            Self::BothAccused => (identity_reasons::BOTH_ACCUSED, Vec::new()),
            Self::MovedRanksAgree => (identity_reasons::MOVED_RANKS_AGREE, Vec::new()),
            Self::GeneralTookCivilianPost => (identity_reasons::CIVILIAN_POST, Vec::new()),
            Self::HighPostAfterHighPost => (identity_reasons::HIGH_POSTS, Vec::new()),
            Self::OfficialThenOfficer => (identity_reasons::OFFICIAL_THEN_OFFICER, Vec::new()),
            Self::OnlyTheName => (identity_reasons::ONLY_THE_NAME, Vec::new()),
            Self::ReaderJoined => (identity_reasons::READER_JOINED, Vec::new()),
            Self::ReaderParted => (identity_reasons::READER_PARTED, Vec::new()),
        };
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        phrase.fill(lang, &words)
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// All of a `Reason`, as `with` of serde: its own form of JSON is a sentence.
pub mod parts {
    use super::{Reason, ReasonKind};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes the rule with its words, and whether the choice was ambiguous.
    pub fn serialize<S: Serializer>(reason: &Reason, serializer: S) -> Result<S::Ok, S::Error> {
        (&reason.because, reason.rivals).serialize(serializer)
    }

    /// Reads what `serialize` has written.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Reason, D::Error> {
        let (because, rivals) = <(ReasonKind, bool)>::deserialize(deserializer)?;
        Ok(Reason { because, rivals })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Vec<ReasonKind> {
        let day = |text: &str| text.parse().unwrap();
        let (one, other) = ("một".to_owned(), "hai".to_owned());
        vec![
            ReasonKind::OneReport,
            ReasonKind::Countries(one.clone(), other.clone()),
            ReasonKind::Foreign(one.clone()),
            ReasonKind::TwoPlaces(one.clone(), other.clone()),
            ReasonKind::PostTooLow { rank: "Thiếu tướng", post: one.clone() },
            ReasonKind::RoseTooFast { steps: 3, months: 7 },
            ReasonKind::SamePost(one.clone()),
            ReasonKind::HeldBefore(one.clone()),
            ReasonKind::ShortForPost(one.clone()),
            ReasonKind::SameCountry(one.clone()),
            ReasonKind::SameUnit(one.clone()),
            ReasonKind::UnitBecame(one.clone(), other),
            ReasonKind::InUnitReport(one),
            ReasonKind::NoPostRanksAgree,
            ReasonKind::NoPostNothingAgainst,
            ReasonKind::RareName,
            ReasonKind::MovedRanksAgree,
            ReasonKind::GeneralTookCivilianPost,
            ReasonKind::HighPostAfterHighPost,
            ReasonKind::OfficialThenOfficer,
            ReasonKind::OnlyTheName,
            ReasonKind::ReaderJoined,
            ReasonKind::ReaderParted,
            ReasonKind::RankFell {
                later: RankOnDay { rank: "Trung tá", when: day("2021-01-02") },
                earlier: RankOnDay { rank: "Thiếu tướng", when: day("2019-03-04") },
            },
        ]
    }

    #[test]
    fn json_has_english_words_and_iso_days() {
        let fell = some().pop().unwrap();
        let reason = Reason { because: fell, rivals: true };
        assert_eq!(
            reason.to_string(),
            "Trung tá on 2021-01-02 after Thiếu tướng on 2019-03-04, and no report of a demotion; \
             another official of the name fits as well"
        );
    }

    #[test]
    fn every_reason_has_words_of_its_own_in_vietnamese() {
        let mut said: Vec<String> = some().into_iter().map(|b| Reason::from(b).say(Lang::Vi)).collect();
        assert_eq!(
            said.last().unwrap(),
            "Trung tá ngày 02-01-2021 sau Thiếu tướng ngày 04-03-2019, mà không có tin giáng cấp"
        );
        let count = said.len();
        said.sort();
        said.dedup();
        assert_eq!(said.len(), count);
        assert!(said.iter().all(|words| !words.contains("{}")), "{said:?}");
    }
}

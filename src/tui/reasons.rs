//! Why mentions were taken for one person or for two, in the reader's language: a phrase of the table of words for each
//! case of `officials::Because`, filled with its words and days.

use super::settings::Lang;
use super::words;
use crate::officials::{Reason, ReasonKind};

/// The reason in `lang`.
pub fn say(reason: &Reason, lang: Lang) -> String {
    let because = because(&reason.because, lang);
    if reason.rivals { because + words::WHY_RIVALS.say(lang) } else { because }
}

fn because(because: &ReasonKind, lang: Lang) -> String {
    let (phrase, words): (words::Phrase, Vec<String>) = match because {
        ReasonKind::OneReport => (words::WHY_ONE_REPORT, Vec::new()),
        ReasonKind::Countries(one, other) => (words::WHY_COUNTRIES, vec![one.clone(), other.clone()]),
        ReasonKind::Foreign(land) => (words::WHY_FOREIGN, vec![land.clone()]),
        ReasonKind::TwoPlaces(one, other) => (words::WHY_TWO_PLACES, vec![one.clone(), other.clone()]),
        ReasonKind::PostTooLow { rank, post } => (words::WHY_POST_TOO_LOW, vec![(*rank).to_owned(), post.clone()]),
        ReasonKind::RankFell { later, earlier } => {
            let phrase = if because.has_inferred_day() { words::WHY_RANK_FELL_INFERRED } else { words::WHY_RANK_FELL };
            let said = [later, earlier].map(|own| [own.rank.to_owned(), own.when.day.vietnamese()]);
            (phrase, said.concat())
        }
        ReasonKind::RoseTooFast { steps, months } => {
            (words::WHY_ROSE_TOO_FAST, vec![steps.to_string(), months.to_string()])
        }
        ReasonKind::SamePost(post) => (words::WHY_SAME_POST, vec![post.clone()]),
        ReasonKind::HeldBefore(post) => (words::WHY_HELD_BEFORE, vec![post.clone()]),
        ReasonKind::SameUnit(unit) => (words::WHY_SAME_UNIT, vec![unit.clone()]),
        ReasonKind::UnitBecame(one, other) => (words::WHY_UNIT_BECAME, vec![one.clone(), other.clone()]),
        ReasonKind::InUnitReport(unit) => (words::WHY_IN_UNIT_REPORT, vec![unit.clone()]),
        ReasonKind::NoPostRanksAgree => (words::WHY_NO_POST_RANKS_AGREE, Vec::new()),
        ReasonKind::NoPostNothingAgainst => (words::WHY_NO_POST_NOTHING_AGAINST, Vec::new()),
        ReasonKind::RareName => (words::WHY_RARE_NAME, Vec::new()),
        ReasonKind::MovedRanksAgree => (words::WHY_MOVED_RANKS_AGREE, Vec::new()),
        ReasonKind::GeneralTookCivilianPost => (words::WHY_CIVILIAN_POST, Vec::new()),
        ReasonKind::HighPostAfterHighPost => (words::WHY_HIGH_POSTS, Vec::new()),
        ReasonKind::OfficialThenOfficer => (words::WHY_OFFICIAL_THEN_OFFICER, Vec::new()),
        ReasonKind::OnlyTheName => (words::WHY_ONLY_THE_NAME, Vec::new()),
        ReasonKind::ReaderJoined => (words::WHY_READER_JOINED, Vec::new()),
        ReasonKind::ReaderParted => (words::WHY_READER_PARTED, Vec::new()),
    };
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    phrase.fill(lang, &words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::identity::RankOnDay;

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
    fn the_english_words_are_those_of_json() {
        for because in some().into_iter().filter(|b| !matches!(b, ReasonKind::RankFell { .. })) {
            let reason = Reason { because, rivals: true };
            assert_eq!(say(&reason, Lang::En), reason.to_string());
        }
    }

    #[test]
    fn every_reason_has_words_of_its_own_in_vietnamese() {
        let mut said: Vec<String> = some().into_iter().map(|b| say(&b.into(), Lang::Vi)).collect();
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

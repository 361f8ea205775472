//! The ranks and posts of a career that are not held now: what the finder searches besides the present ones. Those that
//! only reports without a day state are kept apart, because nothing tells whether they were before or after the others.

use super::build::rank_grade;
use super::{Career, TenureKind};
use crate::lang::{Lang, phrases};
use crate::officials::Place;
use crate::text::words::folded_words;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// A rank or post that an official does not hold now, by the newest reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerTenure {
    /// The name of the rank, or the post as written.
    pub text: String,
    /// Only reports without a day state it, as held when they were written: it may as well be newer than the others.
    pub undated: bool,
}

impl FormerTenure {
    /// Says that it is not held now, or at a time that nothing tells: `formerly Thiếu tướng`.
    pub fn say(&self, lang: Lang) -> String {
        let phrase = if self.undated { phrases::HELD_UNDATED } else { phrases::HELD_BEFORE };
        phrase.fill(lang, &[&self.text])
    }
}

/// A former rank or post with the first words that state it.
#[derive(Clone, Debug)]
pub struct FormerEvidence {
    pub tenure: FormerTenure,
    pub place: Place,
}

impl Career {
    /// Returns the former ranks and posts, the latest first, and after them those without a day. Of several that differ
    /// only in case, tones or marks the first is returned, and none that differs from a present one only so.
    pub fn former(&self) -> Vec<FormerEvidence> {
        let mut known: Vec<(TenureKind, String)> = Vec::new();
        for kind in [TenureKind::Rank, TenureKind::Post] {
            known.extend(self.now(kind).map(|now| (kind, folded_words(&now.text))));
        }
        let present_grade = self.now(TenureKind::Rank).map(|now| rank_grade(&now.text)).max();
        let mut dated: Vec<_> = self.tenures.iter().collect();
        dated.sort_by_key(|tenure| Reverse(tenure.to.when.day));
        let dated = dated.into_iter().map(|t| (t.kind, t.text.clone(), false, t.from.place.clone()));
        let undated = self.undated.iter().map(|t| {
            // Ranks rise, so a lower one than the present was before it.
            let is_lower = t.kind == TenureKind::Rank && Some(rank_grade(&t.text)) < present_grade;
            (t.kind, t.text.clone(), !t.is_left() && !is_lower, t.place())
        });
        let mut former = Vec::new();
        for (kind, text, undated, place) in dated.chain(undated) {
            let key = (kind, folded_words(&text));
            if !known.contains(&key) {
                known.push(key);
                former.push(FormerEvidence { tenure: FormerTenure { text, undated }, place });
            }
        }
        former
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::testing::seen;
    use crate::officials::{Observation, identify};
    use crate::report::PostState;

    /// The former ranks and posts of the one official of these observations; `?` marks those without a day.
    fn former(observations: &[Observation]) -> Vec<String> {
        let officials = identify(observations, &[]);
        assert_eq!(officials.len(), 1, "one person: {officials:#?}");
        let said = |one: FormerEvidence| format!("{}{}", if one.tenure.undated { "?" } else { "" }, one.tenure.text);
        Career::of(&officials[0], observations).former().into_iter().map(said).collect()
    }

    #[test]
    fn what_is_former_is_neither_held_now_nor_said_twice() {
        let career = [
            seen("a", "2015-03-01").rank("Đại tá").post("Tham mưu trưởng Quân đoàn 90"),
            seen("b", "2019-11-01").rank("Thiếu tướng").post("Tư lệnh Quân đoàn 90"),
            seen("c", "2020-01-01").rank("Thiếu tướng").post("tư lệnh Quân đoàn 90"),
            seen("d", "2025-04-10").rank("Trung tướng").post_as("Tư lệnh Quân khu 10", PostState::Entering),
        ];
        assert_eq!(former(&career), ["Thiếu tướng", "tư lệnh Quân đoàn 90", "Đại tá", "Tham mưu trưởng Quân đoàn 90"]);
        assert_eq!(former(&career[..1]), <[&str; 0]>::default());
    }

    #[test]
    fn what_no_report_dates_is_said_to_be_former_only_if_it_must_be() {
        let career = [
            seen("a", "2019-11-01").rank("Trung tướng").post("Tư lệnh Quân đoàn 90"),
            seen("b", "2026-11-29").rank("Thiếu tướng").post("Tư lệnh Quân đoàn 90").undated(),
            seen("c", "2026-11-29").rank("Thượng tướng").post("Phó Tư lệnh Quân đoàn 90").undated(),
            seen("d", "2026-11-29").post_as("Tham mưu trưởng Quân đoàn 90", PostState::Former).undated(),
        ];
        let mut found = former(&career);
        found.sort();
        assert_eq!(
            found,
            ["?Phó Tư lệnh Quân đoàn 90", "?Thượng tướng", "Tham mưu trưởng Quân đoàn 90", "Thiếu tướng"]
        );
    }
}

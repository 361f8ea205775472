//! Whom a note on an official is about now. An id changes when a namesake comes, when an official is split or two are
//! merged, and when an older report becomes the first that names them. So a note also keeps the places where reports
//! named the official when it was written, and is about those whom these places are of.

use super::ids;
use crate::officials::decision::observation_at;
use crate::officials::{Observation, Official, Place};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// The officials whom a note is about now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotedOfficials {
    /// Their ids, in the order of `identify`.
    pub ids: Vec<String>,
    /// Whether it is known that the note is about this one. Otherwise each of them may be meant.
    pub certain: bool,
}

impl NotedOfficials {
    /// The officials whom a note is about that was written on `id`, whom reports then named at `places`.
    /// `observations` and `officials` are all of the name. Empty only if there are no officials.
    pub fn of(id: &str, places: &[Place], observations: &[Observation], officials: &[Official]) -> Self {
        let mut by_report: HashMap<&str, Vec<usize>> = HashMap::new();
        for (n, seen) in observations.iter().enumerate() {
            by_report.entry(&seen.head.report).or_default().push(n);
        }
        let at = |place: &Place| observation_at(observations, by_report.get(&*place.report)?, place);
        let named: HashSet<usize> = places.iter().filter_map(at).collect();
        let has = |official: &&Official| official.observations.iter().any(|n| named.contains(n));
        if let Some(found) = Self::among(&officials.iter().filter(has)) {
            return found;
        }
        // Nothing but the id is left: of before places were kept, or the reports are gone.
        let is_sure = places.is_empty();
        if let Some(same) = officials.iter().find(|official| official.id == id) {
            return Self { ids: vec![same.id.clone()], certain: is_sure };
        }
        let began =
            |official: &&Official| official.of(observations).any(|seen| ids::is_of_first_place(id, &seen.name_place()));
        let found = Self::among(&officials.iter().filter(began)).or_else(|| {
            let any = Self::among(&officials.iter())?;
            Some(Self { certain: false, ..any })
        });
        found.unwrap_or_default()
    }

    /// Those of `officials` who have a sign, or all if nobody has. `None` if there are none.
    fn among<'a>(officials: &(impl Iterator<Item = &'a Official> + Clone)) -> Option<Self> {
        let ids = |sign: bool| -> Vec<String> {
            officials.clone().filter(|official| official.has_sign == sign).map(|official| official.id.clone()).collect()
        };
        let ids = Some(ids(true)).filter(|ids| !ids.is_empty()).unwrap_or_else(|| ids(false));
        (!ids.is_empty()).then_some(Self { certain: ids.len() == 1, ids })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::decision::{Decision, Verdict};
    use crate::officials::identify;
    use crate::officials::testing::seen;

    fn reports() -> Vec<Observation> {
        vec![
            seen("a", "2018-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
            seen("b", "2019-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
            seen("c", "2020-01-01").rank("Đại tá").post("Chính ủy Lữ đoàn 901"),
        ]
    }

    fn apart(this: &str, that: &str) -> Decision {
        let place = |report: &str| Place { report: report.into(), at: 10 };
        Decision { verdict: Verdict::Apart, name: "Lê Văn Thử".to_owned(), this: place(this), that: place(that) }
    }

    fn places(official: &Official, observations: &[Observation]) -> Vec<Place> {
        official.of(observations).map(Observation::name_place).collect()
    }

    #[test]
    fn a_note_stays_with_its_official_when_a_namesake_comes() {
        let before = reports();
        let one = identify(&before, &[]).remove(0);
        let written = places(&one, &before);
        let mut after = before;
        after.push(seen("d", "2020-02-01").rank("Thiếu tướng").post("Giám đốc Công an tỉnh Kiên Giang"));
        let officials = identify(&after, &[]);
        assert_eq!(officials.len(), 2);
        assert!(officials.iter().all(|official| official.id != one.id));
        let noted = NotedOfficials::of(&one.id, &written, &after, &officials);
        let his = officials.iter().find(|official| official.observations.len() == 3).unwrap();
        assert_eq!(noted, NotedOfficials { ids: vec![his.id.clone()], certain: true });
        // One of before places were kept may be about either.
        let old = NotedOfficials::of(&one.id, &[], &after, &officials);
        assert_eq!((old.ids.len(), old.certain), (2, false));
    }

    #[test]
    fn after_a_split_a_note_is_with_each_and_one_written_later_with_its_own() {
        let observations = reports();
        let one = identify(&observations, &[]).remove(0);
        let written = places(&one, &observations);
        let decisions = [apart("a", "c"), apart("b", "c")];
        let split = identify(&observations, &decisions);
        assert_eq!(split.len(), 2);
        let noted = NotedOfficials::of(&one.id, &written, &observations, &split);
        assert_eq!((noted.ids.len(), noted.certain), (2, false));
        for part in &split {
            let own = NotedOfficials::of(&part.id, &places(part, &observations), &observations, &split);
            assert_eq!(own, NotedOfficials { ids: vec![part.id.clone()], certain: true });
            // Merged again, both are found on the one page, also by the id alone.
            let merged = identify(&observations, &[]);
            for kept in [&places(part, &observations)[..], &[]] {
                let back = NotedOfficials::of(&part.id, kept, &observations, &merged);
                assert_eq!(back, NotedOfficials { ids: vec![one.id.clone()], certain: true });
            }
        }
    }

    #[test]
    fn when_all_its_reports_are_gone_a_note_is_nobodys_for_certain() {
        let gone = [Place { report: "x".into(), at: 3 }];
        let observations = reports();
        let officials = identify(&observations, &[]);
        for id in [officials[0].id.clone(), format!("{}-12ab", officials[0].id)] {
            let noted = NotedOfficials::of(&id, &gone, &observations, &officials);
            assert_eq!(noted, NotedOfficials { ids: vec![officials[0].id.clone()], certain: false });
        }
        assert_eq!(NotedOfficials::of("0", &gone, &[], &[]), NotedOfficials::default());
    }
}

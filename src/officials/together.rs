//! Who appears beside an official: the people of the same reports, most often first. Counts reports, not mentions.

use super::observation::Place;
use crate::report::Day;
use serde::Serialize;
use std::collections::BTreeMap;

/// Somebody named in one of the official's reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    /// The other official's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The rank the register has now.
    pub rank: Option<&'static str>,
    /// Where the report stands in time.
    pub day: Day,
    /// The other's first mention there.
    pub place: Place,
}

/// Somebody who appears beside the official.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TogetherRow {
    /// The other official's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The rank the register has now.
    pub rank: Option<&'static str>,
    /// In how many of the official's reports.
    pub reports: usize,
    /// The newest of them.
    pub last: Day,
    /// The other's mention in the newest.
    pub place: Place,
}

/// The companions by how many reports they share; then the newest, then the name.
pub fn ranked(companions: &[Companion]) -> Vec<TogetherRow> {
    let mut by_report: Vec<&Companion> = companions.iter().collect();
    by_report.sort_by(|a, b| (&a.id, a.day, &a.place).cmp(&(&b.id, b.day, &b.place)));
    by_report.dedup_by(|a, b| a.id == b.id && a.place.report == b.place.report);
    let mut rows: BTreeMap<&str, TogetherRow> = BTreeMap::new();
    for seen in by_report {
        let row = rows.entry(&seen.id).or_insert_with(|| TogetherRow {
            id: seen.id.clone(),
            name: seen.name.clone(),
            rank: seen.rank,
            reports: 0,
            last: seen.day,
            place: seen.place.clone(),
        });
        row.reports += 1;
        (row.last, row.place) = (seen.day, seen.place.clone());
    }
    let mut rows: Vec<TogetherRow> = rows.into_values().collect();
    rows.sort_by(|a, b| (b.reports, b.last, &a.name, &a.id).cmp(&(a.reports, a.last, &b.name, &b.id)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn companion(id: &str, report: &str, day: &str, at: usize) -> Companion {
        let place = Place { report: report.into(), at };
        Companion { id: id.into(), name: id.to_uppercase(), rank: None, day: day.parse().unwrap(), place }
    }

    #[test]
    fn the_most_frequent_come_first_and_each_report_counts_once() {
        let rows = ranked(&[
            companion("a", "r1", "2020-01-01", 5),
            companion("b", "r1", "2020-01-01", 9),
            companion("b", "r1", "2020-01-01", 40),
            companion("c", "r2", "2021-01-01", 3),
            companion("a", "r2", "2021-01-01", 7),
        ]);
        let said: Vec<_> = rows.iter().map(|r| (r.id.as_str(), r.reports, r.last.year(), r.place.at)).collect();
        assert_eq!(said, [("a", 2, 2021, 7), ("c", 1, 2021, 3), ("b", 1, 2020, 9)]);
    }
}

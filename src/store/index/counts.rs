//! Counts the reports that match a filter by year, unit, kind, rank, official or tag.

use super::{ReportIndex, Sort, dated_row_numbers};
use crate::search::counts::{CountField, ReportCounts, ValueCount};
use crate::search::filter::Filter;
use crate::search::required_words::value_key;
use crate::store::StoreError;
use crate::store::official_of_person::official_of;
use crate::store::person_partition::OF_REPORT;
use crate::text::collate;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the search was stopped is looked at once in this many reports.
const BETWEEN_LOOKS: usize = 1024;

impl ReportIndex<'_> {
    /// Counts the matching reports by the values of `field`. One look-up for each report, in the row of the report or
    /// in those of its people. `StoreError::Interrupted` soon after `stop` is set.
    pub fn counts(&self, filter: &Filter, field: CountField, stop: &AtomicBool) -> Result<ReportCounts, StoreError> {
        if field == CountField::Official {
            // Brings the officials of new names up to date first.
            self.store.register()?;
        }
        self.in_one_snapshot(|| {
            let rows = self.list(filter, Sort::Date, stop, <[i64]>::to_vec)?;
            let mut counted: HashMap<Option<String>, CountedValue> = HashMap::new();
            for (n, row) in rows.iter().enumerate() {
                if n % BETWEEN_LOOKS == 0 && stop.load(Ordering::Relaxed) {
                    return Err(StoreError::Interrupted);
                }
                let values = self.values_of(*row, field)?;
                if values.is_empty() {
                    counted.entry(None).or_default().reports += 1;
                }
                let mut seen = HashSet::new();
                for value in values {
                    let key = key_of(&value, field);
                    let of_value = counted.entry(Some(key.clone())).or_default();
                    // A report that spells one value in two ways is one report of it.
                    of_value.reports += usize::from(seen.insert(key));
                    *of_value.spellings.entry(value).or_default() += 1;
                }
            }
            let values = counted.into_values().map(CountedValue::told).collect();
            Ok(ReportCounts { field, total: rows.len(), values: in_order(values, field) })
        })
    }

    /// The values of a report, each once.
    fn values_of(&self, row: i64, field: CountField) -> Result<Vec<String>, StoreError> {
        let sql = match field {
            CountField::Year => {
                return Ok(dated_row_numbers::day_of(row)
                    .filter(|_| !dated_row_numbers::UNDATED.contains(&row))
                    .map(|day| day.year().to_string())
                    .into_iter()
                    .collect());
            }
            CountField::Unit => "SELECT unit FROM report WHERE row = ?1".to_owned(),
            CountField::Kind => "SELECT kind FROM report WHERE row = ?1".to_owned(),
            CountField::Rank => format!("SELECT rank FROM person WHERE {OF_REPORT}"),
            CountField::Official => {
                format!("SELECT o.name FROM person p JOIN official o ON o.id = {} WHERE {OF_REPORT}", official_of("p"))
            }
            CountField::Tag => {
                "SELECT t.tag FROM report r JOIN user.tag t ON t.report = r.id WHERE r.row = ?1".to_owned()
            }
        };
        let values: HashSet<Option<String>> = self
            .store
            .db
            .prepare_cached(&sql)
            .and_then(|mut s| s.query_map([row], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))?;
        Ok(values.into_iter().flatten().filter(|value| !value.is_empty()).collect())
    }
}

/// The reports of one value, and how it is spelt in them.
#[derive(Default)]
struct CountedValue {
    reports: usize,
    spellings: HashMap<String, usize>,
}

impl CountedValue {
    /// The value in its commonest spelling; of two equally common ones, in that with a capital first, then in the first
    /// by the alphabet.
    fn told(self) -> ValueCount {
        let small = |text: &str| text.starts_with(char::is_lowercase);
        let order = |(text, count): &(String, usize)| (Reverse(*count), small(text), collate::key(text), text.clone());
        let value = self.spellings.into_iter().min_by_key(order).map(|(text, _)| text);
        ValueCount { value, reports: self.reports }
    }
}

/// By what a value is counted: that of the filter of its line, which means all its spellings (`value_key`).
fn key_of(value: &str, field: CountField) -> String {
    let key = match field {
        CountField::Unit | CountField::Official | CountField::Tag => value_key(value),
        CountField::Year | CountField::Kind | CountField::Rank => String::new(),
    };
    if key.is_empty() { value.to_owned() } else { key }
}

/// Years newest first, other values with most reports first; reports without a value last.
fn in_order(mut values: Vec<ValueCount>, field: CountField) -> Vec<ValueCount> {
    let name = |count: &ValueCount| collate::key(count.value.as_deref().unwrap_or_default());
    values.sort_by_cached_key(name);
    match field {
        CountField::Year => values.sort_by_key(|count| Reverse(count.value.clone())),
        _ => values.sort_by_key(|count| (count.value.is_none(), Reverse(count.reports))),
    }
    values
}

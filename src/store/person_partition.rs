//! Partitions of the tables of people: so many texts, in the order in which they were imported. The keys of `person`,
//! of its index by name, and of `posted` begin with one. Within a partition the rows follow the day, the name or the
//! post.
//!
//! ```text
//! key        part 0                     part 1                     part 2
//! day        2019 … 2024                2018 … 2024                2021 … 2023 ◀─ an import writes only here
//! ```
//!
//! Ordered by day, name or post alone, each transaction of an import would change most pages of these tables, and write
//! them again: at a million reports that is several times the size of the cache. Now it changes the pages of one
//! partition, and the page cache of an import holds them.
//!
//! A reader pays with one search of the B-tree for each partition instead of one for the table. So there are two sizes:
//! `person` is read by report, whose partition is known, and has small ones; by name and by post all partitions are
//! searched, and these *lookup partitions* are sixteen times as large: sixteen for a million reports.

/// Selects the people of the report whose row is the first parameter.
pub(in crate::store) const OF_REPORT: &str = "part = (SELECT body >> 12 FROM report WHERE row = ?1) AND report = ?1";

/// Joins `person p` with its report `r`.
pub(in crate::store) const JOINS_REPORT: &str = "p.part = r.body >> 12 AND p.report = r.row";

/// The lookup partitions that have texts, as a set: what `person.part >> 4` and `posted.part` may be. Each is found by
/// the first text behind the one before it. Counting up to the last number would not end in a cache where a single text
/// has a huge one, by damage or on purpose.
pub(in crate::store) const LOOKUP_PARTITIONS: &str = "(WITH RECURSIVE lookup(part) AS (
        SELECT min(no) >> 16 FROM body
        UNION ALL
        SELECT (SELECT min(no) >> 16 FROM body WHERE no > (part << 16 | 65535)) FROM lookup WHERE part IS NOT NULL)
      SELECT part FROM lookup WHERE part IS NOT NULL)";

/// Texts of a partition of `person`, as a power of two. A transaction of an import fills most of one, so that its pages
/// are written once or twice.
const PARTITION_BITS: u32 = 12;

/// Texts of a lookup partition, as a power of two: each then takes some 8 MB.
const LOOKUP_PARTITION_BITS: u32 = 16;

/// The partition of the report with that body number.
pub(in crate::store) fn partition_of(body: i64) -> i64 {
    body >> PARTITION_BITS
}

/// The lookup partition of the report with that body number.
pub(in crate::store) fn lookup_partition_of(body: i64) -> i64 {
    body >> LOOKUP_PARTITION_BITS
}

/// The condition that `person p` is of the name whose number the SQL expression `name_no` gives.
pub(in crate::store) fn is_of_name(name_no: &str) -> String {
    format!("p.part >> 4 IN {LOOKUP_PARTITIONS} AND p.name_no = {name_no}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statements_have_the_size_of_a_partition() {
        let shift = format!("body >> {PARTITION_BITS}");
        assert!(OF_REPORT.contains(&shift) && JOINS_REPORT.contains(&shift));
        assert_eq!(
            [partition_of(1), partition_of((1 << PARTITION_BITS) - 1), partition_of(1 << PARTITION_BITS)],
            [0, 0, 1]
        );
        let (shift, last) = (format!("min(no) >> {LOOKUP_PARTITION_BITS}"), (1 << LOOKUP_PARTITION_BITS) - 1);
        assert!(LOOKUP_PARTITIONS.contains(&shift));
        assert!(LOOKUP_PARTITIONS.contains(&format!("part << {LOOKUP_PARTITION_BITS} | {last}")));
        assert!(is_of_name("?1").contains(&format!("part >> {}", LOOKUP_PARTITION_BITS - PARTITION_BITS)));
        assert_eq!(lookup_partition_of(1 << LOOKUP_PARTITION_BITS), 1);
    }

    /// With a part of the statement that counted up to the last number, this would not end.
    #[test]
    fn the_lookup_partitions_are_those_that_have_texts() {
        let db = rusqlite::Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE body (no INTEGER PRIMARY KEY)").unwrap();
        let parts = || -> Vec<i64> {
            let mut statement = db.prepare(&format!("SELECT part FROM {LOOKUP_PARTITIONS}")).unwrap();
            statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
        };
        assert_eq!(parts(), [0; 0]);
        for no in [i64::MIN, -1, 1, 65_535, 65_536, 7 << 16, i64::MAX - 1, i64::MAX] {
            db.execute("INSERT INTO body VALUES (?1)", [no]).unwrap();
        }
        assert_eq!(parts(), [i64::MIN >> 16, -1, 0, 1, 7, i64::MAX >> 16]);
    }
}

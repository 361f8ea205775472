//! Where the people of a report stand in the table `person`. Its key begins with a partition: so many texts, in the
//! order in which they were imported. Within a partition the rows follow the day, like those of `report`.
//!
//! ```text
//! key        part 0                     part 1                     part 2
//! day        2019 … 2024                2018 … 2024                2021 … 2023 ◀─ an import writes only here
//! ```
//!
//! Ordered by day alone, each transaction of an import whose days are spread over years would change most pages of the
//! table, and write them again: at a million reports that is several times the size of the cache. Now it changes the
//! pages of one partition. A list that goes from day to day reads from all partitions in turn, each from one page on,
//! so the page cache still serves it: sixty partitions for a million reports.

/// Selects the people of the report whose row is the first parameter.
pub(in crate::store) const OF_REPORT: &str = "part = (SELECT body >> 14 FROM report WHERE row = ?1) AND report = ?1";

/// Joins `person p` with its report `r`.
pub(in crate::store) const JOINS_REPORT: &str = "p.part = r.body >> 14 AND p.report = r.row";

/// Texts of one partition, as a power of two: a partition then takes some 8 MB, a sixth of the page cache of an import.
const PARTITION_BITS: u32 = 14;

/// The partition of the report with that body number.
pub(in crate::store) fn partition_of(body: i64) -> i64 {
    body >> PARTITION_BITS
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
    }
}

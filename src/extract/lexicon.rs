//! The tables (`tables/*.tsv`) as values. Each row is somebody's to correct; a test checks each table.

use crate::report::Rank;
use std::sync::OnceLock;

/// All ranks of ranks.tsv, highest first.
pub fn ranks() -> &'static [Rank] {
    static RANKS: OnceLock<Vec<Rank>> = OnceLock::new();
    RANKS.get_or_init(|| {
        include_str!("tables/ranks.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let order = cells.next()?.parse().ok()?;
                Some(Rank { order, name: cells.next()? })
            })
            .collect()
    })
}

/// The rank of that canonical name.
pub fn rank(name: &str) -> Option<Rank> {
    ranks().iter().copied().find(|rank| rank.name == name)
}

//! The order in which the posts of one unit are named, from protocol.tsv: the Party secretary and the commissar before
//! the commander, chiefs before deputies, then the staff (docs/domain.md §0.4). Only for pages that are about a unit:
//! the people of one report stay in the order in which it names them.

use super::unit::normal;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The place of a post in the order, by its normalized head (`Holding::head`). A deputy that is no row of the table
/// comes after all rows, and a head that is unknown comes last.
pub fn place_of(head: &str) -> usize {
    static PLACES: OnceLock<HashMap<String, usize>> = OnceLock::new();
    let places = PLACES.get_or_init(|| rows().enumerate().map(|(n, head)| (normal(head), n)).collect());
    let deputy = || head.strip_prefix("phó ").and_then(|chief| places.get(chief)).map(|n| places.len() + n);
    places.get(head).copied().or_else(deputy).unwrap_or(usize::MAX)
}

/// The heads of protocol.tsv, in order.
fn rows() -> impl Iterator<Item = &'static str> {
    include_str!("protocol.tsv").lines().skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::post::PostKey;

    #[test]
    fn every_row_is_a_head_of_a_post_and_stands_once() {
        let mut seen = std::collections::HashSet::new();
        for row in rows() {
            let head = normal(row);
            assert_eq!(PostKey::of(row).head, head, "{row} is no head of heads.tsv");
            assert!(seen.insert(head), "{row} twice");
        }
    }

    #[test]
    fn chiefs_come_before_deputies_and_deputies_before_unknown_heads() {
        let order =
            ["bí thư đảng ủy", "chính ủy", "tư lệnh", "phó chính ủy", "chủ nhiệm chính trị", "phó vụ trưởng", "thợ"];
        assert!(order.windows(2).all(|two| place_of(two[0]) < place_of(two[1])));
    }
}

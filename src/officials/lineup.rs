//! The line-up of a report: its people in press order, which is protocol order (docs/domain.md §0.4), with roles, rank
//! and posts. Also compares two line-ups, such as two years of one unit's conference. The press order is never changed,
//! because it is itself information about who ranks above whom.

use super::observation::Place;
use super::post::{PostKey, PostKeys, says_how_held};
use crate::lang::{Phrase, phrases};
use crate::report::{Extraction, PostState};
use crate::text::tone_marks::name_key;
use serde::Serialize;
use std::rc::Rc;
use unicode_width::UnicodeWidthStr;

/// One person of a line-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineupRow {
    /// The position in the line-up, from 1.
    pub order: usize,
    /// Roles as verbs of verbs.tsv, in order of the text.
    pub roles: Vec<String>,
    pub rank: Option<&'static str>,
    /// The name as written.
    pub name: String,
    /// The posts as written, with `nguyên` (former), `cố` (late) or `quyền` (acting) before those so held.
    pub posts: Vec<String>,
    /// The official's id; `None` if the person has not been identified.
    pub official: Option<String>,
    pub place: Place,
}

/// Returns the people of a report in press order. `officials` are their ids in the same order, `None` if not known.
pub fn lineup(report: &str, found: &Extraction, officials: &[Option<String>]) -> Vec<LineupRow> {
    let row = |(n, person): (usize, &crate::report::Person)| LineupRow {
        order: n + 1,
        roles: person.roles.iter().map(|role| role.verb.to_owned()).collect(),
        rank: person.rank.map(|said| said.rank.name),
        name: person.name.clone(),
        posts: person.posts.iter().map(|post| with_state(&post.text, post.state)).collect(),
        official: officials.get(n).cloned().flatten(),
        place: Place { report: report.into(), at: person.mentions.first().map_or(0, |m| m.span.start) },
    };
    found.people.iter().enumerate().map(row).collect()
}

/// The words of a post, with `nguyên` (former), `cố` (late) or `quyền` (acting) before those so held, unless they say
/// so themselves.
pub(super) fn with_state(text: &str, state: PostState) -> String {
    let word = match state {
        PostState::Former => "nguyên",
        PostState::Late => "cố",
        PostState::Acting => "quyền",
        PostState::Holds | PostState::Entering | PostState::Leaving => return text.to_owned(),
    };
    if says_how_held(text) { text.to_owned() } else { format!("{word} {text}") }
}

/// The change of a person's position between two line-ups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineupChange {
    /// Only in the newer.
    New,
    /// Only in the older.
    Gone,
    /// Nearer the top among the people in both.
    Up,
    /// Further down among the people in both.
    Down,
    /// In both, at the same position relative to the others in both.
    Stays,
}

impl LineupChange {
    /// The change in one or two words of the interface language.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::New => phrases::LINEUP_NEW,
            Self::Gone => phrases::LINEUP_GONE,
            Self::Up => phrases::LINEUP_UP,
            Self::Down => phrases::LINEUP_DOWN,
            Self::Stays => phrases::LINEUP_STAYS,
        }
    }
}

/// A person in one or both of two line-ups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineupDifference {
    pub change: LineupChange,
    /// False if the person is in only one line-up; so are the next two fields.
    pub rank_changed: bool,
    /// Compared by post keys: another spelling or order is no change.
    pub posts_changed: bool,
    pub roles_changed: bool,
    /// The row in the older line-up.
    pub before: Option<LineupRow>,
    /// The row in the newer line-up.
    pub after: Option<LineupRow>,
}

/// Compares two line-ups. Returns the people of the newer one in its order, then those only in the older one in the
/// order of that.
pub fn compared(older: &[LineupRow], newer: &[LineupRow]) -> Vec<LineupDifference> {
    let pairs = pairs(older, newer);
    let staying = longest_in_order(&pairs);
    let mut keys = PostKeys::default();
    let mut rows: Vec<LineupDifference> = newer
        .iter()
        .enumerate()
        .map(|(n, after)| {
            let pair = pairs.iter().find(|pair| pair.newer == n);
            let before = pair.and_then(|pair| older.get(pair.older));
            let change = match pair {
                None => LineupChange::New,
                Some(pair) if staying.contains(pair) => LineupChange::Stays,
                Some(pair) => moved(pair, &pairs),
            };
            row(change, before, Some(after), &mut keys)
        })
        .collect();
    let gone = older.iter().enumerate().filter(|(n, _)| !pairs.iter().any(|pair| pair.older == *n));
    rows.extend(gone.map(|(_, before)| row(LineupChange::Gone, Some(before), None, &mut keys)));
    rows
}

fn row(
    change: LineupChange,
    before: Option<&LineupRow>,
    after: Option<&LineupRow>,
    keys: &mut PostKeys,
) -> LineupDifference {
    let both = before.zip(after);
    let mut posts = |row: &LineupRow| -> Vec<Rc<PostKey>> {
        let mut posts: Vec<_> = row.posts.iter().map(|p| keys.key(p)).collect();
        posts.sort();
        posts.dedup();
        posts
    };
    LineupDifference {
        change,
        rank_changed: both.is_some_and(|(b, a)| b.rank != a.rank),
        posts_changed: both.is_some_and(|(b, a)| posts(b) != posts(a)),
        roles_changed: both.is_some_and(|(b, a)| b.roles != a.roles),
        before: before.cloned(),
        after: after.cloned(),
    }
}

/// The same person in two line-ups: the index of the row in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RowPair {
    older: usize,
    newer: usize,
}

/// Pairs the people of the two line-ups, as (index in `older`, index in `newer`), sorted by the latter. Two rows are
/// one person if they are the same official; if one of them has no official, if they have the same name key.
fn pairs(older: &[LineupRow], newer: &[LineupRow]) -> Vec<RowPair> {
    let mut pairs: Vec<RowPair> = Vec::new();
    for (n, after) in newer.iter().enumerate() {
        let same = |before: &LineupRow| match (&before.official, &after.official) {
            (Some(a), Some(b)) => a == b,
            _ => name_key(&before.name) == name_key(&after.name),
        };
        let free = |o: usize| !pairs.iter().any(|pair| pair.older == o);
        if let Some((o, _)) = older.iter().enumerate().find(|(o, before)| free(*o) && same(before)) {
            pairs.push(RowPair { older: o, newer: n });
        }
    }
    pairs
}

/// Returns the longest list of pairs that are in the same order in both line-ups (longest increasing subsequence).
/// These people stay, the others moved: the fewest possible are shown as moved.
///
/// `pairs` are sorted by their position in the newer line-up; `best[n]` is the longest such list that ends with pair
/// `n`. This is quadratic, which is fast enough: a line-up has a few dozen people.
fn longest_in_order(pairs: &[RowPair]) -> Vec<RowPair> {
    let mut best: Vec<Vec<RowPair>> = Vec::new();
    for pair in pairs {
        let longest = best
            .iter()
            .filter(|run| run.last().is_some_and(|last| last.older < pair.older))
            .max_by_key(|run| run.len());
        let mut run = longest.cloned().unwrap_or_default();
        run.push(*pair);
        best.push(run);
    }
    best.into_iter().rev().max_by_key(Vec::len).unwrap_or_default()
}

/// Returns the direction in which a person moved, counting only the people in both line-ups.
fn moved(pair: &RowPair, pairs: &[RowPair]) -> LineupChange {
    let above_before = pairs.iter().filter(|other| other.older < pair.older).count();
    let above_after = pairs.iter().filter(|other| other.newer < pair.newer).count();
    if above_after < above_before { LineupChange::Up } else { LineupChange::Down }
}

/// Formats the rows as lines of aligned columns: order, roles, rank, name, posts. Text that does not fit into `width`
/// cells is wrapped inside its column. Below 60 cells, or if the posts would get fewer than 16, the columns are
/// stacked: each person takes two lines or more.
pub fn table(rows: &[LineupRow], width: usize) -> Vec<String> {
    let widest =
        |cell: fn(&LineupRow) -> String, most: usize| rows.iter().map(|r| cell(r).width()).max().unwrap_or(0).min(most);
    let order = widest(|r| r.order.to_string(), 4).max(2);
    let (rank, name) = (widest(|r| r.rank.unwrap_or("-").to_owned(), 16), widest(|r| r.name.clone(), 26));
    let role = widest(roles, width / 4);
    let fixed = order + 2 + role + 2 + rank + 2 + name + 2;
    if width < 60 || fixed + 16 > width {
        return rows.iter().flat_map(|row| stacked(row, order, width)).collect();
    }
    let columns = [role, rank, name, width - fixed];
    rows.iter()
        .flat_map(|row| {
            let cells = [roles(row), row.rank.unwrap_or("-").to_owned(), row.name.clone(), row.posts.join(", ")];
            let wrapped: Vec<Vec<String>> = cells.iter().zip(columns).map(|(c, w)| wrap(c, w)).collect();
            let height = wrapped.iter().map(Vec::len).max().unwrap_or(1);
            (0..height)
                .map(|n| {
                    let first = if n == 0 { format!("{:>order$}", row.order) } else { " ".repeat(order) };
                    let cell = |c: usize| {
                        padded(
                            wrapped.get(c).and_then(|w| w.get(n)).map_or("", |s| s),
                            columns.get(c).copied().unwrap_or(0),
                        )
                    };
                    let line = format!("{first}  {}  {}  {}  {}", cell(0), cell(1), cell(2), cell(3));
                    line.trim_end().to_owned()
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

fn roles(row: &LineupRow) -> String {
    if row.roles.is_empty() { "-".to_owned() } else { row.roles.join(", ") }
}

/// Formats one person for a narrow screen: rank and name, then roles and posts below.
fn stacked(row: &LineupRow, order: usize, width: usize) -> Vec<String> {
    let inner = width.saturating_sub(order + 2).max(8);
    let name = match row.rank {
        Some(rank) => format!("{rank} {}", row.name),
        None => row.name.clone(),
    };
    let mut lines = wrap(&name, inner);
    if !row.roles.is_empty() {
        lines.extend(wrap(&row.roles.join(", "), inner));
    }
    if !row.posts.is_empty() {
        lines.extend(wrap(&row.posts.join(", "), inner));
    }
    let first = format!("{:>order$}  ", row.order);
    let margin = " ".repeat(order + 2);
    lines.into_iter().enumerate().map(|(n, line)| format!("{}{line}", if n == 0 { &first } else { &margin })).collect()
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Breaks `text` at spaces into lines of at most `width` cells; a longer word has a line of its own.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn row(order: usize, rank: &'static str, name: &str, posts: &[&str], roles: &[&str]) -> LineupRow {
        LineupRow {
            order,
            roles: roles.iter().map(|r| (*r).to_owned()).collect(),
            rank: Some(rank),
            name: name.into(),
            posts: posts.iter().map(|p| (*p).to_owned()).collect(),
            official: None,
            place: Place { report: "r".into(), at: order },
        }
    }

    fn last_year() -> Vec<LineupRow> {
        vec![
            row(1, "Trung tướng", "Lý Tất Đạt", &["Bí thư Đảng ủy", "Chính ủy Quân khu 10"], &["chủ trì", "kết luận"]),
            row(2, "Trung tướng", "Phùng Thế Vượng", &["Tư lệnh Quân khu 10"], &["đồng chủ trì"]),
            row(3, "Thiếu tướng", "Đỗ Quang Khải", &["Phó Chính ủy Quân khu 10"], &["dự"]),
            row(4, "Đại tá", "Hồ Sĩ Nhã", &["Chủ nhiệm Chính trị Quân khu 10"], &["trình bày"]),
        ]
    }

    fn this_year() -> Vec<LineupRow> {
        vec![
            row(1, "Thiếu tướng", "Đỗ Quang Khải", &["Chính ủy Quân khu 10"], &["chủ trì"]),
            row(2, "Trung tướng", "Phùng Thế Vượng", &["Tư lệnh QK10"], &["đồng chủ trì"]),
            row(3, "Đại tá", "Trịnh Công Lập", &["Phó Tư lệnh Quân khu 10"], &["dự"]),
            row(4, "Thiếu tướng", "Hồ Sỹ Nhã", &["Chủ nhiệm Chính trị Quân khu 10"], &["trình bày"]),
            row(5, "Thiếu tướng", "Hồ Sĩ Nhã", &["Chủ nhiệm Chính trị Quân khu 10"], &["trình bày"]),
        ]
    }

    #[test]
    fn two_years_of_one_conference() {
        let shown: Vec<String> = compared(&last_year(), &this_year())
            .iter()
            .map(|c| {
                let name = c.after.as_ref().or(c.before.as_ref()).map(|r| r.name.clone()).unwrap();
                let flags = [(c.rank_changed, "rank"), (c.posts_changed, "posts"), (c.roles_changed, "roles")];
                let flags: Vec<&str> = flags.iter().filter(|f| f.0).map(|f| f.1).collect();
                format!("{:?} {name} {}", c.change, flags.join("+"))
            })
            .collect();
        // `Tư lệnh QK10` is the same post; `Sỹ` is not the same name.
        assert_eq!(
            shown,
            [
                "Up Đỗ Quang Khải posts+roles",
                "Stays Phùng Thế Vượng ",
                "New Trịnh Công Lập ",
                "New Hồ Sỹ Nhã ",
                "Stays Hồ Sĩ Nhã rank",
                "Gone Lý Tất Đạt ",
            ]
        );
    }

    #[test]
    fn compared_with_itself_nothing_changes() {
        let same = compared(&last_year(), &last_year());
        assert!(
            same.iter()
                .all(|c| c.change == LineupChange::Stays && !c.rank_changed && !c.posts_changed && !c.roles_changed)
        );
    }

    #[test]
    fn columns_stay_aligned() {
        assert_snapshot!(table(&last_year(), 80).join("\n"));
    }

    #[test]
    fn narrow_places_stack() {
        assert_snapshot!(table(&last_year(), 40).join("\n"));
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        for width in 30..140 {
            for line in table(&last_year(), width) {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }
}

//! The line-up of a report: its people in press order, which is protocol order (docs/domain.md §0.4), with role, rank
//! and posts; and two line-ups compared, such as two years of one unit's conference. The order is never changed.

use super::observation::Place;
use super::post::{PostKey, PostKeys};
use crate::lang::{Phrase, phrases};
use crate::report::{Extraction, PostState};
use crate::text::tone_marks::name_key;
use serde::Serialize;
use std::rc::Rc;
use unicode_width::UnicodeWidthStr;

/// One person of a line-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineupRow {
    pub order: usize,
    /// What the person does, in the words of the verb table, in order.
    pub roles: Vec<String>,
    pub rank: Option<&'static str>,
    /// The name as written.
    pub name: String,
    /// The posts held, as written; those of the past have their word before them.
    pub posts: Vec<String>,
    /// The official's id, where the register knows it.
    pub official: Option<String>,
    pub place: Place,
}

/// The people of a report in press order. `officials` are their ids in the same order, as far as known.
pub fn lineup(report: &str, found: &Extraction, officials: &[Option<String>]) -> Vec<LineupRow> {
    let row = |(n, person): (usize, &crate::report::Person)| LineupRow {
        order: n + 1,
        roles: person.roles.iter().map(|role| role.verb.to_owned()).collect(),
        rank: person.rank.map(|said| said.rank.name),
        name: person.name.clone(),
        posts: person.posts.iter().map(|post| with_state(&post.text, post.state)).collect(),
        official: officials.get(n).cloned().flatten(),
        place: Place { report: report.to_owned(), at: person.mentions.first().map_or(0, |m| m.span.start) },
    };
    found.people.iter().enumerate().map(row).collect()
}

fn with_state(text: &str, state: PostState) -> String {
    let word = match state {
        PostState::Former => "nguyên",
        PostState::Late => "cố",
        PostState::Acting => "quyền",
        PostState::Holds | PostState::Entering | PostState::Leaving => return text.to_owned(),
    };
    if text.to_lowercase().starts_with(word) { text.to_owned() } else { format!("{word} {text}") }
}

/// What became of somebody between two line-ups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineupChange {
    /// Only in the newer.
    New,
    /// Only in the older.
    Gone,
    /// Nearer the top among those in both.
    Up,
    /// Further down among those in both.
    Down,
    /// In both, at the same height among those in both.
    Stays,
}

impl LineupChange {
    /// The change in a word or two.
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

/// Somebody in one or both of two line-ups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineupDifference {
    /// What became of the person.
    pub change: LineupChange,
    /// The rank is another one.
    pub rank_changed: bool,
    /// The posts are others.
    pub posts_changed: bool,
    /// The roles are others.
    pub roles_changed: bool,
    /// As the older report has it.
    pub before: Option<LineupRow>,
    /// As the newer report has it.
    pub after: Option<LineupRow>,
}

/// Two line-ups compared: those of the newer in its order, then those who are gone in the order of the older.
pub fn compared(older: &[LineupRow], newer: &[LineupRow]) -> Vec<LineupDifference> {
    let pairs = pairs(older, newer);
    let steady = steady(&pairs);
    let mut keys = PostKeys::default();
    let mut rows: Vec<LineupDifference> = newer
        .iter()
        .enumerate()
        .map(|(n, after)| {
            let pair = pairs.iter().find(|p| p.1 == n);
            let before = pair.and_then(|p| older.get(p.0));
            let change = match pair {
                None => LineupChange::New,
                Some(pair) if steady.contains(pair) => LineupChange::Stays,
                Some(pair) => moved(pair, &pairs),
            };
            row(change, before, Some(after), &mut keys)
        })
        .collect();
    let gone = older.iter().enumerate().filter(|(n, _)| !pairs.iter().any(|p| p.0 == *n));
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

/// Who in the older is who in the newer, by place: the same official; where the register knows neither, the same name.
fn pairs(older: &[LineupRow], newer: &[LineupRow]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (n, after) in newer.iter().enumerate() {
        let same = |before: &LineupRow| match (&before.official, &after.official) {
            (Some(a), Some(b)) => a == b,
            _ => name_key(&before.name) == name_key(&after.name),
        };
        let free = |o: usize| !pairs.iter().any(|p| p.0 == o);
        if let Some((o, _)) = older.iter().enumerate().find(|(o, before)| free(*o) && same(before)) {
            pairs.push((o, n));
        }
    }
    pairs
}

/// The longest list of pairs in the same order in both (longest increasing subsequence): they stay, the others moved.
fn steady(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut best: Vec<Vec<(usize, usize)>> = Vec::new();
    for pair in pairs {
        let longest =
            best.iter().filter(|run| run.last().is_some_and(|last| last.0 < pair.0)).max_by_key(|run| run.len());
        let mut run = longest.cloned().unwrap_or_default();
        run.push(*pair);
        best.push(run);
    }
    best.into_iter().rev().max_by_key(Vec::len).unwrap_or_default()
}

fn moved(pair: &(usize, usize), pairs: &[(usize, usize)]) -> LineupChange {
    let above_before = pairs.iter().filter(|p| p.0 < pair.0).count();
    let above_after = pairs.iter().filter(|p| p.1 < pair.1).count();
    if above_after < above_before { LineupChange::Up } else { LineupChange::Down }
}

/// The rows as lines of aligned columns: order, role, rank, name, posts. What does not fit into `width` cells is wrapped
/// inside its column; below 60 cells each person takes two lines or more.
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

/// A person in a narrow place: rank and name, then role and posts below.
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

/// Lines of at most `width` cells, broken at spaces; a longer word has a line of its own.
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

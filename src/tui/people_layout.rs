//! Lays out the people of a report: order, role, rank, name and posts in aligned columns. On a screen too narrow for
//! columns, in plain mode and in files a person takes two or three lines instead: there columns that go on in the next
//! row would be heard, or joined, as one sentence. Press order is kept (docs/domain.md §0.4).

use super::text_layout::{self, ColumnCell, GAP, StyledText};
use crate::lang::{Lang, Phrase, phrases, roles};
use crate::officials::post::each_once;
use crate::report::{Person, PostState, StatedPost};
use crate::text::wrap;
use crate::theme::ThemeRole;
use ratatui::layout::Rect;

/// The least width for columns, in cells.
const COLUMNS_FROM: usize = 72;
/// The widest column of roles, in cells; on most screens it is a fifth of the width.
const WIDEST_ROLE: usize = 32;

/// The people of a report, laid out as lines for a width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineupLayout {
    /// The heads of the columns; empty on a screen too narrow for columns.
    pub head: Vec<StyledText>,
    /// The lines of each person, in press order.
    pub rows: Vec<Vec<Vec<StyledText>>>,
}

/// The number of lines for people inside a pane: its height, less one for the heads of columns. At least 1.
pub fn room(area: Rect, plain: bool) -> usize {
    usize::from(area.height).saturating_sub(usize::from(has_columns(usize::from(area.width), plain))).max(1)
}

fn has_columns(width: usize, plain: bool) -> bool {
    !plain && width >= COLUMNS_FROM
}

/// Lays out `people` for `width` cells, without columns if it is `plain`.
pub fn lay_out(people: &[Person], width: usize, lang: Lang, plain: bool) -> LineupLayout {
    if !has_columns(width, plain) {
        let rows = people.iter().enumerate().map(|(n, person)| stacked(n, person, width, lang)).collect();
        return LineupLayout { head: Vec::new(), rows };
    }
    let columns = LineupColumns::of(people, width, lang);
    let head = columns.head(lang);
    LineupLayout { head, rows: people.iter().enumerate().map(|(n, person)| columns.row(n, person, lang)).collect() }
}

/// What a person does at the event, in the order of the text.
pub fn roles(person: &Person, lang: Lang) -> String {
    roles::say_all(person.roles.iter().map(|role| role.verb), lang)
}

/// The posts of a person in the words of the text, separated by commas. A word or sign before a post shows whether the
/// person held it earlier, or enters or leaves it now. A post that a report words in two ways is there once.
pub fn posts(person: &Person) -> String {
    each_once(&person.posts).into_iter().map(post).collect::<Vec<_>>().join(", ")
}

fn post(post: &StatedPost) -> String {
    let lower = post.text.to_lowercase();
    let sign = match post.state {
        PostState::Former if !lower.starts_with("nguyên") && !lower.starts_with("cựu") => "nguyên ",
        PostState::Late if !lower.starts_with("cố") => "cố ",
        PostState::Entering => "→ ",
        PostState::Leaving => "← ",
        _ => "",
    };
    format!("{sign}{}", post.text)
}

fn rank(person: &Person) -> &'static str {
    person.rank.map_or("", |said| said.rank.name)
}

/// The widths of the columns, in cells.
struct LineupColumns {
    number: usize,
    role: usize,
    rank: usize,
    name: usize,
    posts: usize,
}

impl LineupColumns {
    /// Each column is as wide as its longest entry, within a limit; the posts get the rest of `width`.
    fn of(people: &[Person], width: usize, lang: Lang) -> Self {
        let widest = |head: &str, of: &dyn Fn(&Person) -> usize| {
            people.iter().map(of).chain([wrap::width(head)]).max().unwrap_or(0)
        };
        let number = people.len().to_string().len().max(2);
        let anything = people.iter().any(|p| !p.roles.is_empty());
        let role =
            widest(phrases::COL_ROLE.say(lang), &|p| wrap::width(&roles(p, lang))).min(WIDEST_ROLE).min(width / 5);
        // No person has a role: leave out the column, which would be empty.
        let role = if anything { role } else { 0 };
        let rank = widest(phrases::COL_RANK.say(lang), &|p| wrap::width(rank(p))).min(16);
        let name = widest(phrases::COL_NAME.say(lang), &|p| wrap::width(&p.name)).min(width / 4);
        // 10: three blanks after the number, a gap after each of three columns, and a blank before the frame.
        let posts = width.saturating_sub(number + role + rank + name + 10);
        Self { number, role, rank, name, posts }
    }

    fn head(&self, lang: Lang) -> Vec<StyledText> {
        let cell = |phrase: Phrase, cells| {
            let said = if cells == 0 { String::new() } else { padded(phrase.say(lang), cells + GAP) };
            (said, ThemeRole::Dim)
        };
        vec![
            (" ".repeat(self.number + 3), ThemeRole::Dim),
            cell(phrases::COL_ROLE, self.role),
            cell(phrases::COL_RANK, self.rank),
            cell(phrases::COL_NAME, self.name),
            (phrases::COL_POSTS.say(lang).to_owned(), ThemeRole::Dim),
        ]
    }

    fn row(&self, n: usize, person: &Person, lang: Lang) -> Vec<Vec<StyledText>> {
        let (roles, posts) = (roles(person, lang), posts(person));
        let columns = [
            ColumnCell { words: &roles, width: self.role, role: ThemeRole::Text },
            ColumnCell { words: rank(person), width: self.rank, role: ThemeRole::Rank },
            ColumnCell { words: &person.name, width: self.name, role: ThemeRole::Name },
            ColumnCell { words: &posts, width: self.posts, role: ThemeRole::Post },
        ];
        let mut lines = text_layout::columns(&columns);
        for (at, line) in lines.iter_mut().enumerate() {
            let number = if at == 0 { format!("{:>1$}", n + 1, self.number) } else { " ".repeat(self.number) };
            line.insert(0, (format!("{number}   "), ThemeRole::Dim));
        }
        lines
    }
}

/// The lines of a person without columns: number, rank and name; below them role and posts, indented.
fn stacked(n: usize, person: &Person, width: usize, lang: Lang) -> Vec<Vec<StyledText>> {
    // 5: the number with two blanks, and a blank before the frame.
    let set_in = width.saturating_sub(5).max(1);
    let mut first = Vec::new();
    if person.rank.is_some() {
        first.push((format!("{} ", rank(person)), ThemeRole::Rank));
    }
    first.push((person.name.clone(), ThemeRole::Name));
    let mut lines = text_layout::flow(&first, set_in, 0);
    for (text, role) in [(roles(person, lang), ThemeRole::Text), (posts(person), ThemeRole::Post)] {
        if text.is_empty() {
            continue;
        }
        lines.extend(text_layout::flow(&[(text, role)], set_in, 0));
    }
    for (at, line) in lines.iter_mut().enumerate() {
        let margin = if at == 0 { format!("{:>2}  ", n + 1) } else { "    ".to_owned() };
        line.insert(0, (margin, ThemeRole::Dim));
    }
    lines
}

fn padded(text: &str, cells: usize) -> String {
    format!("{text}{}", " ".repeat(cells.saturating_sub(wrap::width(text))))
}

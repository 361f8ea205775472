//! The comparison of two line-ups: the people of the newer report, each with what has changed, then those who are gone.
//! On a wide page they are in aligned columns. The order of `people` is never changed.

use super::{ComparisonHead, Indent, LineBuilder, LineOptions, push_head};
use crate::lang::{Lang, Phrase, phrases};
use crate::officials::lineup::{LineupChange, LineupDifference, LineupRow};
use crate::theme::ThemeRole;
use crate::tui::app::PageLine;
use crate::tui::text_layout::{self, ColumnCell, StyledText};

/// The least width for columns, in cells.
const COLUMNS_FROM: usize = 90;

/// Lays out the comparison of two line-ups as lines.
pub fn lines(
    older: &ComparisonHead,
    newer: &ComparisonHead,
    people: &[LineupDifference],
    options: LineOptions,
) -> Vec<PageLine> {
    let mut out = LineBuilder::new(options);
    push_head(&mut out, phrases::NEWER, newer);
    push_head(&mut out, phrases::OLDER, older);
    out.note(tally(people, options.lang), 2);
    out.blank();
    for row in people {
        push_row(&mut out, row);
    }
    out.finish()
}

/// The number of people who are new, gone, moved, or have another rank or post.
fn tally(people: &[LineupDifference], lang: Lang) -> String {
    let count =
        |wanted: &dyn Fn(&LineupDifference) -> bool| people.iter().filter(|row| wanted(row)).count().to_string();
    phrases::LINEUP_TALLY.fill(
        lang,
        &[
            &count(&|row| row.change == LineupChange::New),
            &count(&|row| row.change == LineupChange::Gone),
            &count(&|row| matches!(row.change, LineupChange::Up | LineupChange::Down)),
            &count(&|row| row.rank_changed || row.posts_changed),
        ],
    )
}

/// How the word for a change looks.
fn role_of(change: LineupChange) -> ThemeRole {
    match change {
        LineupChange::New => ThemeRole::New,
        LineupChange::Gone => ThemeRole::Gone,
        LineupChange::Up | LineupChange::Down => ThemeRole::Notice,
        LineupChange::Stays => ThemeRole::Dim,
    }
}

/// The number of a person in press order; a dash if the person is not in that line-up.
fn order(row: Option<&LineupRow>) -> String {
    row.map_or_else(|| "–".to_owned(), |row| row.order.to_string())
}

/// Adds a person: the change and the numbers in press order, then rank, name and posts, in columns if there is room.
fn push_row(out: &mut LineBuilder, row: &LineupDifference) {
    let options = out.options;
    let Some(shown) = row.after.as_ref().or(row.before.as_ref()) else { return };
    let line = PageLine {
        place: Some(shown.place.clone()),
        other: row.before.as_ref().filter(|_| row.after.is_some()).map(|before| before.place.clone()),
        official: shown.official.clone(),
        ..PageLine::default()
    };
    let (word, role) = (row.change.phrase(), role_of(row.change));
    let places = match row.change {
        LineupChange::Stays | LineupChange::New => order(row.after.as_ref()),
        LineupChange::Gone => order(row.before.as_ref()),
        LineupChange::Up | LineupChange::Down => {
            format!("{} → {}", order(row.before.as_ref()), order(row.after.as_ref()))
        }
    };
    let (rank, posts) = (shown.rank.unwrap_or_default(), shown.posts.join(", "));
    let word = word.say(options.lang);
    if options.width < COLUMNS_FROM {
        let mut pieces: Vec<StyledText> = vec![(format!("{word:<6} {places:<8}"), role)];
        if !rank.is_empty() {
            pieces.push((format!("{rank} "), ThemeRole::Rank));
        }
        pieces.push((shown.name.clone(), ThemeRole::Name));
        if !posts.is_empty() {
            pieces.push((format!(", {posts}"), ThemeRole::Post));
        }
        out.fact(&pieces, 15, line);
    } else {
        let cells = [
            ColumnCell { words: word, width: 6, role },
            ColumnCell { words: &places, width: 8, role: ThemeRole::Dim },
            ColumnCell { words: rank, width: 14, role: ThemeRole::Rank },
            ColumnCell { words: &shown.name, width: 24, role: ThemeRole::Name },
            ColumnCell {
                words: &posts,
                width: options.width.saturating_sub(6 + 8 + 14 + 24 + 4 * text_layout::GAP),
                role: ThemeRole::Post,
            },
        ];
        let mut first = Some(line);
        for pieces in text_layout::columns(&cells) {
            out.line(PageLine { pieces, ..first.take().unwrap_or_default() });
        }
    }
    push_before(out, row);
}

/// Adds the rank and the posts of the older report, if they are different now.
fn push_before(out: &mut LineBuilder, row: &LineupDifference) {
    let options = out.options;
    let Some(before) = row.before.as_ref().filter(|_| row.after.is_some()) else { return };
    let not_given = phrases::NOT_GIVEN.say(options.lang);
    let margin = if options.width < COLUMNS_FROM { 15 } else { 6 + 8 + 2 * text_layout::GAP };
    let mut say = |phrase: Phrase, was: &str| {
        let was = if was.is_empty() { not_given } else { was };
        let said = [(phrase.fill(options.lang, &[was]), ThemeRole::Notice)];
        out.indented(&said, Indent { margin, hang: 0 }, PageLine::default());
    };
    if row.rank_changed {
        say(phrases::RANK_WAS, before.rank.unwrap_or_default());
    }
    if row.posts_changed {
        say(phrases::POSTS_WERE, &before.posts.join(", "));
    }
}

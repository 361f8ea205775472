//! Lays out the help screen as lines: the keys in chapters, those of the mode in which help was opened first and
//! highlighted; then the fields of a filter, the signs in the list, the mouse. Generated from the tables that also
//! drive the keys and the parser, so that help is never outdated.

use super::command_search::CommandQuery;
use super::panes::TWO_COLUMN_HELP;
use super::text_layout::{self, StyledText};
use crate::keymap::{CHAPTERS, Chapter, KeyRow, Keymap, Mode};
use crate::lang::{Lang, phrases};
use crate::search::fields::FIELDS;
use crate::text::wrap;
use crate::theme::{self, ThemeRole};

/// The rule between two columns.
const RULE: &str = " │ ";
/// Below this width, in cells, the words are below their key instead of to the right of it.
const STACKED: usize = 50;

/// One entry of a chapter, before it is wrapped to lines.
struct HelpEntry {
    key: String,
    words: String,
    /// Whether it works in the mode in which help was opened. Other entries are dimmed.
    here: bool,
    /// How the key looks, if it stands for a look.
    look: Option<ThemeRole>,
}

/// A search in help.
struct HelpQuery<'a> {
    /// The query as typed, without spaces around it. It may be a key, which must match exactly.
    typed: &'a str,
    /// One reading of the query as words.
    names: CommandQuery,
    /// Whether the screen is in plain mode, in which some signs are others.
    plain: bool,
}

/// One line of help.
type HelpLine = Vec<StyledText>;

/// The lines of help opened in mode `of`, `width` cells wide: only entries that match `query`, by its first reading
/// that any entry matches; all of them if it is blank. If nothing matches, one line that says so.
pub fn lines(keymap: &Keymap, of: Mode, query: &str, width: usize, plain: bool, lang: Lang) -> Vec<HelpLine> {
    let typed = query.trim();
    let two = width >= usize::from(TWO_COLUMN_HELP);
    let column = if two { (width - wrap::width(RULE)) / 2 } else { width };
    let found = CommandQuery::readings(query)
        .find_map(|names| chapters_about(keymap, of, &HelpQuery { typed, names, plain }, column, lang));
    match found {
        Some(chapters) if two => in_two_columns(&chapters, column),
        Some(chapters) => one_below_the_other(&chapters),
        None => vec![vec![(phrases::NO_HELP.fill(lang, &[typed]), ThemeRole::Dim)]],
    }
}

/// The lines of chapters, with a blank one between two of them.
fn one_below_the_other(chapters: &[Vec<HelpLine>]) -> Vec<HelpLine> {
    chapters.join(&Vec::new())
}

/// The lines of chapters in two columns of `column` cells. The first chapters are on the left, as many as make the
/// columns most nearly equal; no chapter is divided.
///
/// ```text
/// ··first chapter    │ ··second chapter      column cells, the rule, column cells
/// ```
fn in_two_columns(chapters: &[Vec<HelpLine>], column: usize) -> Vec<HelpLine> {
    let height = |count: usize| {
        let (left, right) = chapters.split_at_checked(count).unwrap_or_default();
        one_below_the_other(left).len().max(one_below_the_other(right).len())
    };
    let count = (0..=chapters.len()).rev().min_by_key(|count| height(*count)).unwrap_or_default();
    let (left, right) = chapters.split_at_checked(count).unwrap_or_default();
    let (left, right) = (one_below_the_other(left), one_below_the_other(right));
    if right.is_empty() {
        return left;
    }
    let rows = left.len().max(right.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    let mut beside = || {
        let (mut line, other) = (left.next().unwrap_or_default(), right.next().unwrap_or_default());
        line.push((" ".repeat(column.saturating_sub(text_layout::width(&line))), ThemeRole::Text));
        line.push((RULE.to_owned(), ThemeRole::Border));
        line.extend(other);
        line
    };
    (0..rows).map(|_| beside()).collect()
}

/// The chapters with the lines of the entries that match one reading of the query. `None` if there are none.
///
/// Chapters are ordered by nearness to mode `of`: 0 if the chapter is about the mode, 1 if it has a key that works
/// there, 2 if not, 3 for the fields of a filter and the signs.
fn chapters_about(
    keymap: &Keymap,
    of: Mode,
    query: &HelpQuery<'_>,
    width: usize,
    lang: Lang,
) -> Option<Vec<Vec<HelpLine>>> {
    let mut chapters: Vec<(usize, String, Vec<HelpEntry>)> = Vec::new();
    for chapter in CHAPTERS {
        let rows: Vec<&KeyRow> = chapter.rows(keymap).filter(|row| matches(row, query, lang)).collect();
        let nearness = match (chapter.about.contains(&of), rows.iter().any(|row| row.modes.contains(&of))) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        let entries = rows.into_iter().map(|row| entry(chapter, row, of, lang)).collect();
        chapters.push((nearness, chapter.title.say(lang).to_owned(), entries));
    }
    chapters.sort_by_key(|chapter| chapter.0);
    chapters.push((3, phrases::FILTER_FIELDS.say(lang).to_owned(), fields(query, lang)));
    chapters.push((3, phrases::SIGNS.say(lang).to_owned(), signs(query, lang)));
    chapters.push((3, phrases::MOUSE.say(lang).to_owned(), mouse(query, lang)));
    chapters.push((3, phrases::LEGEND.say(lang).to_owned(), legend(query, lang)));
    let entries = || chapters.iter().flat_map(|chapter| &chapter.2);
    let keys = entries().map(|e| wrap::width(&e.key)).max().unwrap_or(0).min((width / 2).min(22));
    let told = chapters.iter().filter(|chapter| !chapter.2.is_empty()).map(|(_, title, entries)| {
        let mut lines = vec![vec![(title.clone(), ThemeRole::Title)]];
        for entry in entries {
            push(&mut lines, entry, &query.names, keys, width);
        }
        lines
    });
    let told: Vec<Vec<HelpLine>> = told.collect();
    (!told.is_empty()).then_some(told)
}

/// The entry of a binding, followed by the modes in which it works if these are not the chapter's own.
fn entry(chapter: &Chapter, row: &KeyRow, of: Mode, lang: Lang) -> HelpEntry {
    let place = chapter.elsewhere(row, lang);
    let place = if place.is_empty() { place } else { format!(" ({place})") };
    let words = format!("{}{place}", row.binding.help.say(lang));
    HelpEntry { key: row.all_keys(), words, here: row.modes.contains(&of), look: None }
}

/// The syntax and the fields of a filter, each with an example in place of the key.
fn fields(query: &HelpQuery<'_>, lang: Lang) -> Vec<HelpEntry> {
    let entries = FIELDS.iter().map(|field| HelpEntry {
        key: field.example.to_owned(),
        words: field.help.say(lang).to_owned(),
        here: true,
        look: None,
    });
    let syntax = phrases::FILTER_SYNTAX.iter().map(|(example, said)| HelpEntry {
        key: example.say(lang).to_owned(),
        words: said.say(lang).to_owned(),
        here: true,
        look: None,
    });
    syntax.chain(entries).filter(|entry| query.names.matches(&format!("{} {}", entry.key, entry.words))).collect()
}

/// The signs that mark a row of the list and the like, each in place of the key.
fn signs(query: &HelpQuery<'_>, lang: Lang) -> Vec<HelpEntry> {
    let entries = phrases::SIGNS_TOLD.iter().map(|(sign, plain, said)| HelpEntry {
        key: (if query.plain { *plain } else { *sign }).to_owned(),
        words: said.say(lang).to_owned(),
        here: true,
        look: None,
    });
    entries.filter(|entry| query.names.matches(&format!("{} {}", entry.key, entry.words))).collect()
}

/// What the mouse does, each gesture in place of the key.
fn mouse(query: &HelpQuery<'_>, lang: Lang) -> Vec<HelpEntry> {
    let entries = phrases::MOUSE_TOLD.iter().map(|(gesture, said)| HelpEntry {
        key: gesture.say(lang).to_owned(),
        words: said.say(lang).to_owned(),
        here: true,
        look: None,
    });
    entries.filter(|entry| query.names.matches(&format!("{} {}", entry.key, entry.words))).collect()
}

/// The legend: the meanings that have a look of their own, each by its name in the config file, in that look.
fn legend(query: &HelpQuery<'_>, lang: Lang) -> Vec<HelpEntry> {
    let entries = phrases::MEANINGS_TOLD.iter().map(|(name, said)| HelpEntry {
        key: (*name).to_owned(),
        words: said.say(lang).to_owned(),
        here: true,
        look: theme::role(name),
    });
    entries.filter(|entry| query.names.matches(&format!("{} {}", entry.key, entry.words))).collect()
}

/// Adds the lines of an entry, with the matches of `asked` highlighted. `keys` is the width of the key column in cells;
/// the words of a wider key begin below it:
///
/// ```text
/// ··key····words that wrap        ··a-long-key
/// ·········to the next line       ·········words
/// ```
fn push(out: &mut Vec<HelpLine>, entry: &HelpEntry, asked: &CommandQuery, keys: usize, width: usize) {
    let (key_role, role) = if entry.here {
        (entry.look.unwrap_or(ThemeRole::Key), ThemeRole::Text)
    } else {
        (ThemeRole::Dim, ThemeRole::Dim)
    };
    let styled = |words: &str, role: ThemeRole| {
        text_layout::styled_pieces(words, asked.hits(words).into_iter().map(|hit| (hit, ThemeRole::Hit)), role)
    };
    let stacked = width < STACKED;
    let margin = if stacked { 4 } else { keys + 5 };
    let room = width.saturating_sub(margin).max(8);
    let beside = !stacked && wrap::width(&entry.key) <= keys;
    let gap = (keys + 3).saturating_sub(wrap::width(&entry.key));
    let mut key = vec![("  ".to_owned(), ThemeRole::Text)];
    key.extend(styled(&entry.key, key_role));
    key.push((" ".repeat(gap), ThemeRole::Text));
    if !beside {
        out.push(key.clone());
    }
    for (n, words) in text_layout::flow(&styled(&entry.words, role), room, 0).into_iter().enumerate() {
        let mut line = if n == 0 && beside { key.clone() } else { vec![(" ".repeat(margin), ThemeRole::Text)] };
        line.extend(words);
        out.push(line);
    }
}

/// Whether a binding matches: the query is one of its keys, or its words are in the help or footer text.
fn matches(row: &KeyRow, query: &HelpQuery<'_>, lang: Lang) -> bool {
    let keys = row.all_keys();
    keys.split(' ').any(|key| key == query.typed)
        || query.names.matches(&format!("{} {}", row.binding.help.say(lang), row.binding.hint.say(lang)))
}

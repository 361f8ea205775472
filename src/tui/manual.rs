//! The help screen as lines: the keys by the screen where they work, those of the asking screen first and lit, then the
//! fields of a filter and how the list is marked. Generated from the tables that also drive the keys and the parser.

use super::flow::Piece;
use super::keymap::{self, Binding, CHAPTERS, Chapter, Mode};
use super::settings::Lang;
use super::theme::Role;
use super::words;
use crate::search::fields::FIELDS;
use crate::text::{fold, wrap};

/// In less than so many cells the words stand below their key.
const STACKED: usize = 50;

/// One line of a chapter before it is wrapped.
struct Entry {
    key: String,
    words: String,
    /// It holds on the asking screen.
    here: bool,
}

/// The lines of help asked for in mode `of`, those that answer `query` alone where there is one.
pub fn lines(of: Mode, query: &str, width: usize, lang: Lang) -> Vec<Vec<Piece>> {
    let mut chapters: Vec<(usize, String, Vec<Entry>)> = Vec::new();
    for chapter in CHAPTERS {
        let rows: Vec<&Binding> = chapter.rows().filter(|b| answers(b, query, lang)).collect();
        let nearness = match (chapter.about.contains(&of), rows.iter().any(|b| b.modes.contains(&of))) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        let entries = rows.into_iter().map(|row| entry(chapter, row, of, lang)).collect();
        chapters.push((nearness, chapter.title.say(lang).to_owned(), entries));
    }
    chapters.sort_by_key(|chapter| chapter.0);
    chapters.push((3, words::FILTER_FIELDS.say(lang).to_owned(), fields(query, lang)));
    chapters.push((3, words::SIGNS.say(lang).to_owned(), signs(query, lang)));
    let entries = || chapters.iter().flat_map(|chapter| &chapter.2);
    let keys = entries().map(|e| wrap::width(&e.key)).max().unwrap_or(0).min((width / 2).min(22));
    let mut out: Vec<Vec<Piece>> = Vec::new();
    for (_, title, entries) in chapters.iter().filter(|chapter| !chapter.2.is_empty()) {
        if !out.is_empty() {
            out.push(Vec::new());
        }
        out.push(vec![(title.clone(), Role::Title)]);
        for entry in entries {
            push(&mut out, entry, keys, width);
        }
    }
    if out.is_empty() {
        out.push(vec![(words::NO_HELP.fill(lang, &[query.trim()]), Role::Dim)]);
    }
    out
}

fn entry(chapter: &Chapter, row: &Binding, of: Mode, lang: Lang) -> Entry {
    let place = chapter.elsewhere(row, lang);
    let place = if place.is_empty() { place } else { format!(" ({place})") };
    let words = format!("{}{place}", row.help.say(lang));
    Entry { key: keymap::all_keys(row), words, here: row.modes.contains(&of) }
}

/// The fields of a filter, each with an example.
fn fields(query: &str, lang: Lang) -> Vec<Entry> {
    let told = FIELDS.iter().map(|field| Entry {
        key: field.example.to_owned(),
        words: if lang == Lang::Vi { field.vi } else { field.en }.to_owned(),
        here: true,
    });
    let syntax = words::FILTER_SYNTAX.iter().map(|(example, said)| Entry {
        key: example.say(lang).to_owned(),
        words: said.say(lang).to_owned(),
        here: true,
    });
    syntax.chain(told).filter(|entry| said(&format!("{} {}", entry.key, entry.words), query)).collect()
}

/// The signs before a row of the list, and the like.
fn signs(query: &str, lang: Lang) -> Vec<Entry> {
    let told = words::SIGNS_TOLD.iter().map(|(sign, said)| Entry {
        key: (*sign).to_owned(),
        words: said.say(lang).to_owned(),
        here: true,
    });
    told.filter(|entry| said(&format!("{} {}", entry.key, entry.words), query)).collect()
}

/// Adds an entry: the words beside the key where that is short enough, else below it.
fn push(out: &mut Vec<Vec<Piece>>, entry: &Entry, keys: usize, width: usize) {
    let (key_role, role) = if entry.here { (Role::Key, Role::Text) } else { (Role::Dim, Role::Dim) };
    let stacked = width < STACKED;
    let margin = if stacked { 4 } else { keys + 5 };
    let room = width.saturating_sub(margin).max(8);
    let beside = !stacked && wrap::width(&entry.key) <= keys;
    let gap = (keys + 3).saturating_sub(wrap::width(&entry.key));
    let key = (format!("  {}{}", entry.key, " ".repeat(gap)), key_role);
    if !beside {
        out.push(vec![key.clone()]);
    }
    for (n, range) in wrap::wrap(&entry.words, room).into_iter().enumerate() {
        let words = entry.words.get(range).unwrap_or_default().to_owned();
        let head = if n == 0 && beside { key.clone() } else { (" ".repeat(margin), Role::Text) };
        out.push(vec![head, (words, role)]);
    }
}

/// Whether words have every word of the query.
fn said(words: &str, query: &str) -> bool {
    let words = fold::fold(words);
    query.split_whitespace().all(|word| words.contains(&fold::fold(word)))
}

fn answers(binding: &Binding, query: &str, lang: Lang) -> bool {
    let query = query.trim();
    let keys = keymap::all_keys(binding);
    keys.split(' ').any(|key| key == query)
        || said(&format!("{} {}", binding.help.say(lang), binding.hint.say(lang)), query)
}

//! The help screen as lines: the keymap by chapters, the keys that hold in the asking mode first in sight, and the
//! filter's fields below. Generated from the tables that also drive the keys and the parser.

use super::flow::Piece;
use super::keymap::{self, Binding, GROUPS, Mode};
use super::settings::Lang;
use super::theme::Role;
use crate::text::{fold, wrap};

/// The lines of help asked for in mode `of`, those that answer `query` alone where there is one.
pub fn lines(of: Mode, query: &str, width: usize, lang: Lang) -> Vec<Vec<Piece>> {
    let rows: Vec<&Binding> = keymap::BINDINGS.iter().filter(|b| answers(b, query, lang)).collect();
    let keys = rows.iter().map(|b| wrap::width(&keymap::all_keys(b))).max().unwrap_or(0).min(width / 2);
    let mut out: Vec<Vec<Piece>> = Vec::new();
    for (group, title) in GROUPS {
        let chapter: Vec<&&Binding> = rows.iter().filter(|b| b.group == *group).collect();
        if chapter.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(Vec::new());
        }
        out.push(vec![(title.say(lang).to_owned(), Role::Title)]);
        for binding in chapter {
            let here = binding.modes.contains(&of);
            let written = keymap::all_keys(binding);
            let gap = (keys + 3).saturating_sub(wrap::width(&written));
            let key = (format!("  {written}{}", " ".repeat(gap)), if here { Role::Key } else { Role::Dim });
            let room = width.saturating_sub(keys + 5).max(8);
            let help = binding.help.say(lang);
            for (n, range) in wrap::wrap(help, room).into_iter().enumerate() {
                let words = help.get(range).unwrap_or_default().to_owned();
                let role = if here { Role::Text } else { Role::Dim };
                let head = if n == 0 { key.clone() } else { (" ".repeat(keys + 5), Role::Text) };
                out.push(vec![head, (words, role)]);
            }
        }
    }
    out
}

fn answers(binding: &Binding, query: &str, lang: Lang) -> bool {
    let query = query.trim();
    let said = fold::fold(&format!("{} {}", binding.help.say(lang), binding.hint.say(lang)));
    let keys = keymap::all_keys(binding);
    keys.split(' ').any(|key| key == query) || query.split_whitespace().all(|word| said.contains(&fold::fold(word)))
}

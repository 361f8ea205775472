//! Organisations (domain.md §3.5): how far a name goes, which one a short form such as `Tổng cục` stands for, and
//! which one issues the report. Names of the table are known in any case; others go on while words have capitals
//! or stand in tails.tsv.

use super::lexicon::Class;
use super::organisation::end_of;
use super::reading::Reading;
use super::token::Case;
use std::collections::HashMap;

/// An organisation named in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its first token.
    pub start: usize,
    /// The token after its last.
    pub end: usize,
    /// Its full name, as far as the text or the table gives one.
    pub name: String,
    /// Whether the words themselves give no full name (`Quân khu`) and none was given before.
    pub short: bool,
}

/// Full names by what stands for them, while a text is read from its beginning.
#[derive(Debug, Default)]
pub struct Names {
    full: HashMap<String, String>,
}

/// All organisations of a text, in order.
pub fn units(r: &Reading<'_>) -> Vec<Unit> {
    let mut names = Names::default();
    let mut out = Vec::new();
    let mut at = 0;
    while at < r.tokens.len() {
        match names.unit_at(r, at) {
            Some(unit) => {
                at = unit.end;
                out.push(unit);
            }
            None => at += 1,
        }
    }
    out
}

impl Names {
    /// The organisation that begins at token `at`.
    fn unit_at(&mut self, r: &Reading<'_>, at: usize) -> Option<Unit> {
        let hit = r.hit(at, Class::Unit)?;
        let row = r.row(hit)?;
        let known = row.value != "head";
        if !(r.is_capital(at) || known && hit.end > at + 1) || is_place_word(r, at, hit.end) {
            return None;
        }
        let end = end_of(r, hit.end);
        let head = r.words(at, hit.end).to_lowercase();
        if end == hit.end && !known {
            // A head alone: `Tổng cục`, `Bộ CHQS tỉnh`.
            let name = self.full.get(&head).cloned();
            return Some(Unit {
                start: at,
                end,
                short: name.is_none(),
                name: name.unwrap_or_else(|| r.words(at, end)),
            });
        }
        let said = without_definition(&r.words(at, end));
        let name = match () {
            () if end == hit.end => row.value.to_owned(),
            () if known => said.replacen(&r.words(at, hit.end), row.value, 1),
            () => self.full.get(&said.to_lowercase()).cloned().unwrap_or(said),
        };
        self.remember(r, at, end, &name);
        Some(Unit { start: at, end, name, short: false })
    }

    /// Keeps the name for its head alone and for the abbreviation in brackets.
    fn remember(&mut self, r: &Reading<'_>, at: usize, end: usize, name: &str) {
        let mut heads = vec![];
        for hit in r.hits.at(at).iter().filter(|hit| hit.class == Class::Unit) {
            if r.row(*hit).is_some_and(|row| row.value == "head") {
                heads.push(r.words(at, hit.end));
            }
        }
        let sign = if r.is(end, '(') && r.is(end + 2, ')') {
            Some(end + 1)
        } else {
            (end > at + 3 && r.is(end - 1, ')')).then(|| end - 2)
        };
        if let Some(sign) = sign.filter(|sign| r.token(*sign).is_some_and(|token| token.case == Case::Upper)) {
            for head in &heads {
                self.full.insert(format!("{head} {}", r.word(sign)).to_lowercase(), name.to_owned());
            }
            self.full.insert(r.word(sign).to_lowercase(), name.to_owned());
        }
        for head in heads {
            self.full.insert(head.to_lowercase(), name.to_owned());
        }
    }
}

/// `Tổng cục Công nghiệp quốc phòng (CNQP)` without the brackets.
fn without_definition(name: &str) -> String {
    match name.split_once(" (") {
        Some((before, rest)) if rest.ends_with(')') => before.to_owned(),
        _ => name.to_owned(),
    }
}

/// `tỉnh`, `huyện`, `TP`: administrative words name a place, not an organisation.
fn is_place_word(r: &Reading<'_>, at: usize, end: usize) -> bool {
    let words = [
        "tỉnh",
        "huyện",
        "quận",
        "phường",
        "xã",
        "tp",
        "thị",
        "thành",
        "khu",
        "cung",
        "tổ",
        "hãng",
        "đội",
        "sân",
        "cảng",
        "tòa",
        "kho",
        "báo",
    ];
    (end == at + 1 || r.is_any(at, &["thị", "thành", "sân"])) && r.is_any(at, &words)
}

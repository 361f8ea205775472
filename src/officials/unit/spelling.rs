//! The spellings of words in posts and units, made equal. `normal` keeps all words and can be shown; `compared` also
//! leaves out what houses leave out at will, and is only ever compared.
//!
//! ```text
//! as written    Sở GD&ĐT Hà Giang
//! normal        sở giáo dục và đào tạo hà giang
//! compared      sở giáo dục đào tạo tỉnh hà giang
//! ```

use crate::extract::spelled_out;
use crate::officials::post_words::PostWords;
use crate::text::roman_numeral;
use crate::text::tone_marks::tone_normal;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// Normalizes words for comparison: abbreviations expanded, tone-normal, y written i after a single consonant, Roman
/// numerals of units in digits, dashes as hyphens without spaces.
pub fn normal(text: &str) -> String {
    let text = without_codes(text);
    let mut out = String::with_capacity(text.len() + 16);
    for token in text.split_whitespace() {
        let (word, after) = token.split_at(token.trim_end_matches([',', ';', '.', ')', ':']).len());
        let (before, word) = word.split_at(word.len() - word.trim_start_matches('(').len());
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(before);
        // `TT. Bến Gỗ` is a town, `Sở TT&TT` an office of information.
        let short = if after.starts_with('.') { own_meaning(&format!("{word}.")) } else { None };
        out.push_str(&short.unwrap_or_else(|| written_out(word)));
        out.push_str(after.trim_start_matches('.'));
    }
    let mut words = String::with_capacity(out.len());
    for word in tone_normal(&out).split(' ').filter(|word| !word.is_empty()) {
        let arabic = arabic(&words, word);
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&with_i(arabic));
    }
    words.replace(['–', '—'], "-").replace(" -", "-").replace("- ", "-").replace("phòng, chống", "phòng chống")
}

/// The letters of the codes by which the police number their departments: `C50`, `PC02`.
const CODE_LETTERS: [&str; 11] = ["A", "B", "C", "H", "K", "V", "PA", "PC", "PH", "PV", "PX"];

/// Removes codes in brackets (`Phòng Cảnh sát hình sự (PC02) Công an tỉnh B`), which change every few years and which
/// papers print or leave out, and joins the others: `C 50` is `C50`.
fn without_codes(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let number = word.trim_end_matches([',', ';', '.', ')']);
        let is_number = (1..=2).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit());
        match out.last_mut() {
            Some(letters) if is_number && CODE_LETTERS.contains(&letters.trim_start_matches('(')) => {
                letters.push_str(word);
            }
            _ => out.push(word.to_owned()),
        }
    }
    out.retain(|word| {
        let inside = word.strip_prefix('(').and_then(|word| word.trim_end_matches(',').strip_suffix(')'));
        !inside.is_some_and(is_code)
    });
    out.join(" ")
}

/// Whether a word is a code of the police: letters of `CODE_LETTERS` and a number.
fn is_code(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    letters.len() < word.len() && CODE_LETTERS.contains(&letters)
}

/// Returns the words of an abbreviation, or of several with a sign between them (`TP.HCM`, `GD&ĐT`); otherwise `word`.
fn written_out(word: &str) -> String {
    if let Some(words) = meaning(word) {
        return words;
    }
    let several: Option<Vec<String>> = word.split(['.', '-', '–', '&']).map(meaning).collect();
    several
        .filter(|words| words.len() > 1)
        .map_or_else(|| word.to_owned(), |words| words.join(if word.contains('.') { " " } else { " và " }))
}

/// The words of one abbreviation. Those of abbreviations.tsv have several meanings in the glossary or none, but one in
/// the name of an organisation.
fn meaning(abbreviation: &str) -> Option<String> {
    own_meaning(abbreviation).or_else(|| spelled_out(abbreviation))
}

/// The words that abbreviations.tsv gives for an abbreviation. A row that ends in a full stop is of one written so.
fn own_meaning(abbreviation: &str) -> Option<String> {
    static MEANINGS: OnceLock<HashMap<&str, &str>> = OnceLock::new();
    let own = MEANINGS.get_or_init(|| {
        include_str!("../abbreviations.tsv").lines().skip(1).filter_map(|line| line.split_once('\t')).collect()
    });
    own.get(abbreviation).map(|words| (*words).to_owned())
}

/// Returns a normalized name in the form that is compared: without the words between parts of a name, which houses use
/// or leave out (`Giao thông và Vận tải`, `Giao thông - Vận tải`), and with the level of a province before its name
/// (`Công an Hà Nội`, `Công an TP Hà Nội`).
pub fn compared(name: &str) -> String {
    let words: Vec<&str> =
        name.split([' ', '-', '&', '–']).filter(|word| !word.is_empty() && !BETWEEN.contains(word)).collect();
    let words = words.strip_prefix(&["nước"]).unwrap_or(&words);
    // `Ban Chấp hành Trung ương Đoàn` is the committee of `Trung ương Đoàn`.
    let words = words.strip_prefix(&["ban", "chấp", "hành"]).filter(|rest| !rest.is_empty()).unwrap_or(words);
    let Some((level, length)) = province_at_end(words) else { return words.join(" ") };
    let (before, province) = words.split_at(words.len() - length);
    let before = before
        .strip_suffix(&["tỉnh"])
        .or_else(|| before.strip_suffix(&["thành", "phố"]))
        .map_or_else(|| (before, level), |rest| (rest, if before.ends_with(&["tỉnh"]) { "tỉnh" } else { "thành phố" }));
    [before.0, &[before.1], province].concat().join(" ")
}

/// Words between the parts of a name.
const BETWEEN: [&str; 3] = ["và", "của", "tại"];

/// Returns the level and the number of words of the province that ends a name; `None` if none does, or if the name says
/// that it is another place (`huyện Bình Định`).
fn province_at_end(words: &[&str]) -> Option<(&'static str, usize)> {
    let (level, length) = (1..=4).rev().filter(|n| *n <= words.len()).find_map(|n| {
        let tail = words.get(words.len() - n..)?.join(" ");
        Some((*provinces().get(tail.as_str())?, n))
    })?;
    let before = words.len().checked_sub(length + 1).and_then(|at| words.get(at));
    before.is_none_or(|word| !PostWords::SmallerPlace.contains(word)).then_some((level, length))
}

/// The provinces and cities of that level, by their normalized names without hyphens, with their level.
fn provinces() -> &'static HashMap<String, &'static str> {
    static PROVINCES: OnceLock<HashMap<String, &str>> = OnceLock::new();
    PROVINCES.get_or_init(|| {
        let rows = include_str!("../provinces.tsv").lines().skip(1).filter_map(|line| line.split_once('\t'));
        rows.map(|(level, name)| (normal(name).replace('-', " "), level)).collect()
    })
}

/// Returns the level of the place that normalized words name and nothing else: `tỉnh`, `thành phố`, `huyện` (also for a
/// `quận` and a `thị xã`), or `xã` (also for `phường` and `thị trấn`); `None` if they name no such place.
pub fn level_of_place(words: &str) -> Option<&'static str> {
    const LEVELS: [(&str, &str); 9] = [
        ("tỉnh", "tỉnh"),
        ("thành phố", "thành phố"),
        ("huyện", "huyện"),
        ("quận", "huyện"),
        ("thị xã", "huyện"),
        ("xã", "xã"),
        ("phường", "xã"),
        ("thị trấn", "xã"),
        ("tp", "thành phố"),
    ];
    let begins = |level: &str| words.strip_prefix(level).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let stated = LEVELS.iter().find(|(word, _)| begins(word)).map(|(_, level)| *level);
    stated.or_else(|| provinces().get(words.replace('-', " ").as_str()).copied())
}

/// Whether a name, in the form that is compared, states only a kind of unit, which a level may follow: `công an tỉnh`.
pub fn is_kind(name: &str) -> bool {
    static KINDS: OnceLock<(HashSet<String>, HashSet<String>)> = OnceLock::new();
    let (kinds, levels) = KINDS.get_or_init(|| {
        let rows: Vec<(&str, &str)> =
            include_str!("../unit_kinds.tsv").lines().skip(1).filter_map(|line| line.split_once('\t')).collect();
        let levels = rows.iter().filter(|(_, behind)| *behind == "yes").map(|(kind, _)| normal(kind)).collect();
        (rows.iter().map(|(kind, _)| normal(kind)).collect(), levels)
    });
    kinds.contains(name)
        || name.match_indices(' ').any(|(at, _)| {
            let (kind, level) = name.split_at(at);
            kinds.contains(kind) && levels.contains(level.trim_start())
        })
}

/// Whether a name, in the form that is compared, is that of a section (`phòng tham mưu`) and names no unit above it.
pub fn is_section(name: &str) -> bool {
    let (kind, named) = PostWords::Section
        .words()
        .iter()
        .find_map(|section| name.strip_prefix(section.as_str()).filter(|rest| rest.is_empty() || rest.starts_with(' ')))
        .map_or((false, ""), |rest| (true, rest));
    kind && !name.chars().any(|c| c.is_ascii_digit()) && !PostWords::AboveSection.is_among(named)
}

/// Returns the digits of a Roman numeral after a kind of unit: `iv` in `quân khu iv`. Elsewhere `vi` or `v` may be a
/// word, so all other words stay as they are. The kinds are no row of post_words.tsv, because its words are normalized
/// with this function themselves.
fn arabic<'a>(before: &str, word: &'a str) -> &'a str {
    if !["khu", "cục", "đoàn", "vùng"].iter().any(|sort| before.ends_with(sort)) {
        return word;
    }
    roman_numeral::arabic(word).unwrap_or(word)
}

/// Spells a syllable of one consonant and y with i: `sỹ`, `kỹ`, `mỹ` become `sĩ`, `kĩ`, `mĩ` (docs/domain.md §6.2).
fn with_i(word: &str) -> String {
    let mut letters = word.chars();
    let (Some(first), Some(second), None) = (letters.next(), letters.next(), letters.next()) else {
        return word.to_owned();
    };
    let with = match second {
        'y' => 'i',
        'ý' => 'í',
        'ỳ' => 'ì',
        'ỷ' => 'ỉ',
        'ỹ' => 'ĩ',
        'ỵ' => 'ị',
        _ => return word.to_owned(),
    };
    if "hklmst".contains(first) { [first, with].iter().collect() } else { word.to_owned() }
}

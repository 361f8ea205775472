//! The country that the words of a post name: `Bộ trưởng Quốc phòng Lào` is a post of Laos. The names are those of
//! countries.tsv. Many are also parts of Vietnamese names (`Đức`, `Anh`), so a country is read only at the end of a
//! post, and not behind a word for a place, a school or a company.

use super::unit::normal;
use crate::extract::lexicon::{CountryValue, LexiconTable, RowValue, TABLES, TableClass};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Words behind which the name of a country is part of another name.
const OTHER_NAMES: [&str; 12] =
    ["tỉnh", "phố", "huyện", "quận", "xã", "phường", "trấn", "trường", "ti", "đoàn", "hữu", "sở"];
/// The most words of a country's name.
const LONGEST: usize = 9;

/// Normalized words of an organisation with the country taken out of them.
pub struct OfCountry {
    pub words: String,
    /// The foreign country; `None` for Vietnam.
    pub country: Option<&'static str>,
}

/// Takes the country out of the normalized words behind the head of a post: at their end, or before `tại` (in). `None`
/// if they name none.
pub fn taken_out(words: &str) -> Option<OfCountry> {
    let (own, place) = words.find(" tại ").map_or((words, ""), |at| words.split_at(at));
    let list: Vec<&str> = own.split(' ').filter(|word| !word.is_empty()).collect();
    let (length, country) = (1..=LONGEST.min(list.len())).rev().find_map(|n| {
        let name = list.get(list.len() - n..)?.join(" ");
        Some((n, *countries().get(name.as_str())?))
    })?;
    let before = list.get(..list.len() - length)?;
    if before.iter().any(|word| OTHER_NAMES.contains(word) || word.ends_with('-')) {
        return None;
    }
    let before = before.strip_suffix(&["nước"]).unwrap_or(before);
    let before = before.strip_suffix(&["của"]).unwrap_or(before);
    let words = format!("{}{place}", before.join(" ")).trim().to_owned();
    Some(OfCountry { words, country: Some(country).filter(|country| *country != HOME) })
}

/// The country whose posts are meant where a text names none.
const HOME: &str = "Việt Nam";

/// The countries by their normalized names. Only this table is read: building the whole lexicon takes several
/// milliseconds.
fn countries() -> &'static HashMap<String, &'static str> {
    static COUNTRIES: OnceLock<HashMap<String, &str>> = OnceLock::new();
    COUNTRIES.get_or_init(|| {
        let rows = TABLES.iter().filter(|table| table.class == TableClass::Country).flat_map(LexiconTable::rows);
        let mut names = HashMap::new();
        for row in rows {
            let RowValue::Country(CountryValue::Country(country)) = row.value else { continue };
            names.extend(row.forms.iter().map(|form| (normal(form), country)));
        }
        names
    })
}

//! The country that the words of a post name: `Bộ trưởng Quốc phòng Lào` is a post of Laos. The names are those of
//! countries.tsv. Many are also parts of Vietnamese names (`Đức`, `Anh`), so a country is read only at the end of a
//! post, and not behind a word for a place, a school or a company.

use super::post_words::PostWords;
use super::unit::normal;
use crate::extract::lexicon::{CountryValue, LexiconTable, RowValue, TABLES, TableClass, WordSet};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The most words of a country's name.
const LONGEST: usize = 9;

/// Normalized words of an organisation with the country taken out of them.
pub struct OfCountry {
    pub words: String,
    /// The foreign country; `None` for Vietnam.
    pub country: Option<&'static str>,
}

/// Takes the country out of the normalized words behind the head of a post: at their end, or before `tại` (in). `None`
/// if they name none. `text` is the post as the report writes it, whose capitals tell `Pháp` from the end of `Tư pháp`.
pub fn taken_out(words: &str, text: &str) -> Option<OfCountry> {
    let (own, place) = words.find(" tại ").map_or((words, ""), |at| words.split_at(at));
    let list: Vec<&str> = own.split(' ').filter(|word| !word.is_empty()).collect();
    let (length, country) = (1..=LONGEST.min(list.len())).rev().find_map(|n| {
        let name = list.get(list.len() - n..)?.join(" ");
        Some((n, *countries().get(name.as_str())?))
    })?;
    let before = list.get(..list.len() - length)?;
    if before.iter().any(|word| PostWords::PartOfName.contains(word) || word.ends_with('-')) {
        return None;
    }
    // `Bộ chỉ huy Thái Bình Dương Mỹ`: behind a sea the country is whose command it is.
    let words = before.join(" ");
    let behind_sea = WordSet::Sea.words().iter().any(|sea| words.ends_with(sea));
    let short = list.get(list.len() - length).filter(|_| length == 1 && !behind_sea);
    if short.is_some_and(|name| is_end_of_other_word(name, before.last(), text)) {
        return None;
    }
    let before = before.strip_suffix(&["nước"]).unwrap_or(before);
    let before = before.strip_suffix(&["của"]).unwrap_or(before);
    let words = format!("{}{place}", before.join(" ")).trim().to_owned();
    Some(OfCountry { words, country: Some(country).filter(|country| *country != HOME) })
}

/// Whether a country's name of one word is rather the end of a longer word or name: of `Tư pháp`, of `Thủ Đức`. A text
/// without any capital, as readers type it, is judged by the list of compounds alone.
fn is_end_of_other_word(name: &str, before: Option<&&str>, text: &str) -> bool {
    if before.is_some_and(|before| PostWords::EndsLikeCountry.contains(&format!("{before} {name}"))) {
        return true;
    }
    let begins_upper = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let small_behind = |word: &str| word.chars().skip(1).any(char::is_lowercase);
    if !text.contains(char::is_uppercase) {
        return false;
    }
    let written: Vec<&str> = text.split_whitespace().collect();
    let Some(at) = written.iter().rposition(|word| normal(word) == name) else { return false };
    let capital = written.get(at).is_some_and(|word| begins_upper(word));
    let joined = at
        .checked_sub(1)
        .and_then(|at| written.get(at))
        .is_some_and(|word| begins_upper(word) && small_behind(word) && !PostWords::OfficeEnd.contains(&normal(word)));
    !capital || (joined && before.is_some())
}

/// The country whose posts are meant where a text names none.
const HOME: &str = "Việt Nam";

/// The name of a country in its table. It has a name of its own because serde takes a field of the type `&str` for
/// words that are borrowed from what is read.
pub type CountryName = &'static str;

/// Reads the name of a country as that of the table; `None` if it has none of that name.
pub fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<CountryName>, D::Error> {
    let name = Option::<Cow<'_, str>>::deserialize(deserializer)?;
    Ok(name.and_then(|name| countries().values().copied().find(|known| **known == *name)))
}

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

#[cfg(test)]
mod tests {
    use super::taken_out;
    use crate::officials::unit::normal;

    fn country(text: &str) -> Option<&'static str> {
        taken_out(&normal(text), text).and_then(|found| found.country)
    }

    #[test]
    fn the_end_of_a_vietnamese_word_or_name_is_no_country() {
        for text in [
            "Uỷ ban Tư pháp",
            "Ủy ban Tư Pháp",
            "ỦY BAN TƯ PHÁP",
            "ban soạn thảo Hiến pháp",
            "Viện Lập pháp",
            "Nhà máy May áo",
            "Tổ góp ý",
            "Thành ủy Thủ Đức",
            "Công an Đông Anh",
            "khoa thẩm mỹ",
            "Câu lạc bộ Thuý Nga",
            "Quỹ Vũ Đức",
            "Quỹ Thuý Anh",
        ] {
            assert_eq!(country(text), None, "{text}");
        }
    }

    #[test]
    fn a_country_behind_an_office_is_read() {
        for (text, wanted) in [
            ("Bộ Tư pháp Pháp", "Pháp"),
            ("Bộ Quốc Phòng Đức", "Đức"),
            ("Hải quân Anh", "Anh"),
            ("Bộ chỉ huy Thái Bình Dương Mỹ", "Hoa Kỳ"),
            ("Hạm đội Thái Bình Dương Nga", "Liên bang Nga"),
            ("Nga", "Liên bang Nga"),
            ("quốc phòng nga", "Liên bang Nga"),
        ] {
            assert_eq!(country(text), Some(wanted), "{text}");
        }
    }
}

//! One holding as the cell `held.data`: JSON with one-letter keys, without default values and without what other
//! columns have, because there are several for each official. Grouping holdings by post is left to
//! `officials::post_holders`.

use crate::officials::Place;
use crate::officials::career::{BoundBasis, TenureBound};
use crate::officials::post_holders::{Holding, HoldingTerm};
use crate::store::cell_encoding;
use serde::{Deserialize, Serialize};

/// A bound: its day, how it is known, its report and its byte in that.
type BoundColumns = (String, BoundBasis, String, usize);

/// The key of `HoldingColumns::unit`, for queries that read that alone.
pub(super) const UNIT_KEY: &str = "u";

/// Holdings as JSON for a reader on another machine (`with` of serde): each with its official and its cell.
pub mod list {
    use super::{Holding, holding, line};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

    #[derive(Serialize, Deserialize)]
    struct HeldRow {
        official: String,
        name: String,
        data: String,
    }

    /// Writes them as rows.
    pub fn serialize<S: Serializer>(list: &[Holding], serializer: S) -> Result<S::Ok, S::Error> {
        let row = |held: &Holding| HeldRow { official: held.id.clone(), name: held.name.clone(), data: line(held) };
        serializer.collect_seq(list.iter().map(row))
    }

    /// Reads what `serialize` has written.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Holding>, D::Error> {
        let rows = Vec::<HeldRow>::deserialize(deserializer)?;
        let held = rows.into_iter().map(|row| holding(row.official, row.name, &row.data));
        held.collect::<Option<_>>().ok_or_else(|| D::Error::custom("a row of posts that is none"))
    }
}

#[derive(Serialize, Deserialize)]
struct HoldingColumns {
    #[serde(rename = "t")]
    text: String,
    #[serde(rename = "h")]
    head: String,
    #[serde(rename = "u", default, skip_serializing_if = "String::is_empty")]
    unit: String,
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    rank: Option<String>,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    /// `None` without a term.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    from: Option<BoundColumns>,
    /// `None` if it is the same as `from`.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    to: Option<BoundColumns>,
    /// The report and the byte of the first statement, without a term.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    #[serde(rename = "e")]
    evidence: usize,
    #[serde(rename = "s", default, skip_serializing_if = "is_no")]
    single: bool,
    #[serde(rename = "c", default, skip_serializing_if = "is_no")]
    current: bool,
    #[serde(rename = "d", default, skip_serializing_if = "is_no")]
    disputed: bool,
    #[serde(rename = "o", default, skip_serializing_if = "is_no")]
    seen_once: bool,
    #[serde(rename = "w", default, skip_serializing_if = "is_no")]
    is_weak: bool,
}

/// The JSON of a holding.
pub(super) fn line(holding: &Holding) -> String {
    let Holding {
        id: _,
        name: _,
        rank,
        country,
        text,
        head,
        unit,
        single,
        term,
        place,
        current,
        disputed,
        evidence,
        seen_once,
        is_weak,
    } = holding;
    let cells = HoldingColumns {
        text: text.clone(),
        head: head.clone(),
        unit: unit.clone(),
        rank: rank.clone(),
        country: country.clone(),
        from: term.as_ref().map(|term| bound(&term.from)),
        to: term.as_ref().filter(|term| term.to != term.from).map(|term| bound(&term.to)),
        place: term.is_none().then(|| place.clone()),
        evidence: *evidence,
        single: *single,
        current: *current,
        disputed: *disputed,
        seen_once: *seen_once,
        is_weak: *is_weak,
    };
    serde_json::to_string(&cells).unwrap_or_default()
}

/// Reads a holding of the official of that id and name; `None` if `line` is not JSON that the function of that name
/// wrote.
pub(super) fn holding(id: String, name: String, line: &str) -> Option<Holding> {
    let HoldingColumns {
        text,
        head,
        unit,
        rank,
        country,
        from,
        to,
        place,
        evidence,
        single,
        current,
        disputed,
        seen_once,
        is_weak,
    } = serde_json::from_str(line).ok()?;
    let term = match (from.map(unpack_bound), to.map(unpack_bound)) {
        (None, _) => None,
        (Some(from), None) => from.map(|from| Some(HoldingTerm { to: from.clone(), from }))?,
        (Some(from), Some(to)) => Some(HoldingTerm { from: from?, to: to? }),
    };
    let place = term.as_ref().map(|term| term.from.place.clone()).or(place)?;
    Some(Holding {
        id,
        name,
        rank,
        country,
        text,
        head,
        unit,
        single,
        term,
        place,
        current,
        disputed,
        evidence,
        seen_once,
        is_weak,
    })
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
fn is_no(flag: &bool) -> bool {
    !flag
}

fn bound(bound: &TenureBound) -> BoundColumns {
    let Place { report, at } = &bound.place;
    (bound.when.to_string(), bound.known, report.as_ref().to_owned(), *at)
}

fn unpack_bound((day, known, report, at): BoundColumns) -> Option<TenureBound> {
    Some(TenureBound {
        when: cell_encoding::unpack_dated(Some(&day))?,
        known,
        place: Place { report: report.into(), at },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::PersonStatement;

    #[test]
    fn queries_read_the_keys_that_are_written() {
        let bound = ("2021-05-01".to_owned(), BoundBasis::Seen, String::new(), 0);
        let columns = HoldingColumns {
            text: String::new(),
            head: String::new(),
            unit: "Vùng 6".to_owned(),
            rank: None,
            country: None,
            from: Some(bound),
            to: None,
            place: None,
            evidence: 1,
            single: false,
            current: false,
            disputed: false,
            seen_once: false,
            is_weak: false,
        };
        assert_eq!(serde_json::to_value(&columns).unwrap()[UNIT_KEY], "Vùng 6");
        let said = PersonStatement { at: 77, ..PersonStatement::default() };
        let said: serde_json::Value = serde_json::from_str(&said.to_json()).unwrap();
        assert_eq!(said[PersonStatement::AT_KEY], 77);
    }

    #[test]
    fn a_holding_comes_back_whole() {
        let bound = |when: &str, known| TenureBound {
            when: when.parse().unwrap(),
            known,
            place: Place { report: "00ff1234abcdef0000000000000000a1".into(), at: 77 },
        };
        let seen = Holding {
            id: "00399af975".into(),
            name: "Lã Khắc Duệ".into(),
            rank: None,
            country: Some("Lào".into()),
            text: "Tư lệnh Vùng 6 Hải quân".into(),
            head: "tư lệnh".into(),
            unit: "vùng 6 hải quân".into(),
            single: true,
            term: Some(HoldingTerm {
                from: bound("~2021-05-01", BoundBasis::Seen),
                to: bound("~2021-05-01", BoundBasis::Seen),
            }),
            place: bound("~2021-05-01", BoundBasis::Seen).place,
            current: true,
            disputed: false,
            evidence: 1,
            seen_once: true,
            is_weak: true,
        };
        let ended = Holding {
            rank: Some("Chuẩn Đô đốc".into()),
            unit: String::new(),
            single: false,
            term: Some(HoldingTerm {
                from: bound("~2021-05-01", BoundBasis::Seen),
                to: bound("2023-05-01", BoundBasis::By),
            }),
            current: false,
            disputed: true,
            seen_once: false,
            ..seen.clone()
        };
        let undated = Holding { term: None, ..seen.clone() };
        for one in [seen, ended, undated] {
            assert_eq!(holding(one.id.clone(), one.name.clone(), &line(&one)), Some(one));
        }
        assert_eq!(holding(String::new(), String::new(), "{}"), None);
    }
}

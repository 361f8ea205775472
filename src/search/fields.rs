//! The fields of the filter language as one table, the source for parser, completion, help, README and man page; and
//! the completions that Tab offers in a filter.

use crate::extract::lexicon;
use crate::lang::Phrase;
use crate::report::{KINDS, Span};
use crate::search::event_names::EVENTS;
use crate::search::filter::expr::{FieldSubject, MarkState};
use crate::search::matching::{QueryPhrase, QueryWord};
use crate::search::required_words::has_all;
use crate::text::fold::fold;
use crate::text::nearest::nearest;
use crate::text::telex::squeeze;

/// A field of the filter language, typed as `name:value`.
#[derive(Debug, PartialEq, Eq)]
pub struct FilterField {
    /// The name to type before the colon.
    pub name: &'static str,
    /// Other names, Vietnamese ones without marks.
    pub aliases: &'static [&'static str],
    pub takes: FieldValueType,
    /// A filter with this field, which parses without a problem.
    pub example: &'static str,
    /// The line about it in help, README and man page.
    pub help: Phrase,
}

/// How what is typed behind the colon is parsed, and what it then matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldValueType {
    /// Words; one value of the report must have all of them.
    Words(FieldSubject),
    /// A rank, alone or after `>` `>=` `<` `<=`.
    Rank,
    /// A year or two: `2020-2023`.
    Year,
    /// A day or a range of days; matches reports of its first day or later.
    From,
    /// A day or a range of days; matches reports of its last day or earlier.
    To,
    /// A day or a range of days; matches reports of one of its days.
    Date,
    /// A day or a range of days, alone or after a sign; matches reports that came into the cache then.
    Added,
    /// A kind of career event.
    Event,
    /// A mark of the reader's.
    State,
}

/// A mark as the value of `is:`.
#[derive(Debug, PartialEq, Eq)]
pub struct StateName {
    pub state: MarkState,
    pub name: &'static str,
    /// Other names, Vietnamese ones without marks.
    pub aliases: &'static [&'static str],
}

/// The values of `is:`, in the order in which they are offered.
pub const STATES: &[StateName] = &[
    StateName { state: MarkState::Unread, name: "unread", aliases: &["chuadoc", "moi"] },
    StateName { state: MarkState::Read, name: "read", aliases: &["dadoc"] },
    StateName { state: MarkState::Starred, name: "starred", aliases: &["sao", "star"] },
    StateName { state: MarkState::Noted, name: "noted", aliases: &["coghichu"] },
    StateName { state: MarkState::New, name: "new", aliases: &["moive", "moinhap"] },
    StateName { state: MarkState::Undated, name: "undated", aliases: &["khongngay", "khongrongay"] },
    StateName { state: MarkState::NoUnit, name: "no-unit", aliases: &["khongdonvi"] },
    StateName { state: MarkState::NoRank, name: "no-rank", aliases: &["khongcapbac"] },
    StateName { state: MarkState::NoOfficial, name: "no-official", aliases: &["khongcanbo"] },
    StateName { state: MarkState::Untagged, name: "untagged", aliases: &["khongnhan"] },
];

/// Every field, in the order of help.
pub const FIELDS: &[FilterField] = &[
    FilterField {
        name: "unit",
        aliases: &["donvi", "dv"],
        takes: FieldValueType::Words(FieldSubject::Unit),
        example: "unit:\"quân khu 7\"",
        help: Phrase {
            vi: "đơn vị ban hành, viết tắt cũng được (unit:cnqp); unit:=… chỉ đúng tên ấy",
            en: "the issuing unit; abbreviations are understood (unit:cnqp); unit:=… is exactly that name",
        },
    },
    FilterField {
        name: "kind",
        aliases: &["loai"],
        takes: FieldValueType::Words(FieldSubject::Kind),
        example: "kind:tong-ket",
        help: Phrase { vi: "loại báo cáo", en: "the sort of report" },
    },
    FilterField {
        name: "rank",
        aliases: &["cap", "capbac", "hàm", "ham"],
        takes: FieldValueType::Rank,
        example: "rank:>=trung-tuong",
        help: Phrase {
            vi: "có người mang quân hàm này, hoặc từ đó trở lên (>=) hay trở xuống (<=)",
            en: "names somebody of this rank, or of this rank and above (>=) or below (<=)",
        },
    },
    FilterField {
        name: "person",
        aliases: &["nguoi", "canbo"],
        takes: FieldValueType::Words(FieldSubject::Person),
        example: "person:\"quốc hùng\"",
        help: Phrase { vi: "có người mang tên này", en: "names somebody of this name" },
    },
    FilterField {
        name: "post",
        aliases: &["chucvu", "chuc"],
        takes: FieldValueType::Words(FieldSubject::Post),
        example: "post:\"chính ủy\"",
        help: Phrase { vi: "có người giữ chức vụ này", en: "names somebody with this post" },
    },
    FilterField {
        name: "event",
        aliases: &["sukien", "biendong"],
        takes: FieldValueType::Event,
        example: "event:promoted",
        help: Phrase {
            vi: "có người được bổ nhiệm, bầu, thăng quân hàm… (appointed, elected, promoted, handed-over, ceased, \
                 demoted, retired, died, any); rank, person, post bên cạnh nói về chính người ấy: event:promoted \
                 rank:>=trung-tuong",
            en: "somebody is appointed, elected, promoted, handed-over, ceased, demoted, retired, died, or any of \
                 these; rank, person and post beside it are about the same person: event:promoted \
                 rank:>=trung-tuong",
        },
    },
    FilterField {
        name: "year",
        aliases: &["nam"],
        takes: FieldValueType::Year,
        example: "year:2025",
        help: Phrase {
            vi: "năm, hoặc nhiều năm: year:2020-2023, year:>=2018",
            en: "the year, or several: year:2020-2023, year:>=2018",
        },
    },
    FilterField {
        name: "from",
        aliases: &["tu", "since", "after"],
        takes: FieldValueType::From,
        example: "from:2023",
        help: Phrase { vi: "từ ngày, tháng hoặc năm này", en: "on or after this day, month or year" },
    },
    FilterField {
        name: "to",
        aliases: &["den", "until", "before"],
        takes: FieldValueType::To,
        example: "to:2024-06",
        help: Phrase {
            vi: "đến hết ngày, tháng hoặc năm này", en: "up to the end of this day, month or year"
        },
    },
    FilterField {
        name: "date",
        aliases: &["ngay"],
        takes: FieldValueType::Date,
        example: "date:6t2025",
        help: Phrase {
            vi: "trong ngày, tháng, quý, nửa năm này (6t, 6tc, h1-, 9t, q1-, hoặc bằng chữ)",
            en: "in this day, month, quarter or half-year (6t, 6tc, h1-, 9t, q1-, or in words)",
        },
    },
    FilterField {
        name: "added",
        aliases: &["nhap", "ngaynhap", "imported"],
        takes: FieldValueType::Added,
        example: "added:>=2026-11",
        help: Phrase {
            vi: "vào kho trong ngày, tháng, năm này, từ đó (>=) hoặc đến hết đó (<=)",
            en: "came into the cache in this day, month or year, since (>=) or until (<=)",
        },
    },
    FilterField {
        name: "source",
        aliases: &["nguon", "url", "file"],
        takes: FieldValueType::Words(FieldSubject::Source),
        example: "source:qdnd",
        help: Phrase {
            vi: "địa chỉ hoặc tệp có những từ này", en: "the address or file has these words"
        },
    },
    FilterField {
        name: "archive",
        aliases: &["kho"],
        takes: FieldValueType::Words(FieldSubject::Archive),
        example: "archive:north",
        help: Phrase {
            vi: "có trong kho này, khi nhiều kho được liệt kê như một (--archive)",
            en: "is in this archive, where several are listed as one (--archive)",
        },
    },
    FilterField {
        name: "tag",
        aliases: &["nhan"],
        takes: FieldValueType::Words(FieldSubject::Tag),
        example: "tag:theo-dõi",
        help: Phrase { vi: "có nhãn này", en: "carries this tag" },
    },
    FilterField {
        name: "note",
        aliases: &["ghichu"],
        takes: FieldValueType::Words(FieldSubject::Note),
        example: "note:\"đối chiếu\"",
        help: Phrase {
            vi: "có ghi chú mang những từ này, ở lời ghi hay câu được ghi chú; kể cả ghi chú về cán bộ được nhắc đến",
            en: "has a note with these words, in the note or in the words that it is about; also one on an official \
                 whom the report names",
        },
    },
    FilterField {
        name: "is",
        aliases: &["la"],
        takes: FieldValueType::State,
        example: "is:unread",
        help: Phrase {
            vi: "trạng thái: unread, read, starred, noted, untagged, new (mới về từ lần đọc trước), undated, \
                 no-unit, no-rank, no-official",
            en: "state: unread, read, starred, noted, untagged, new (came since the reader was last used), undated, \
                 no-unit, no-rank, no-official",
        },
    },
];

/// The field of that name or alias, in any case, with or without tones, or as an input method that is on distorts it
/// (`pót:` for the keys `post:`).
pub fn field(name: &str) -> Option<&'static FilterField> {
    let folded: String = fold(name).chars().filter(|c| !matches!(c, '-' | '_')).collect();
    let known = FIELDS.iter().find(|f| f.name == folded || f.aliases.iter().any(|a| fold(a) == folded));
    let composed = || FIELDS.iter().find(|f| squeeze(f.name) == squeeze(&folded));
    known.or_else(|| composed().filter(|_| !name.is_ascii()))
}

/// The name or alias of a field that a mistyped one is nearest to. `None` if none is near, or if fewer than three
/// letters were typed: these are near to everything.
pub fn nearest_name(typed: &str) -> Option<&'static str> {
    let names: Vec<&'static str> =
        FIELDS.iter().flat_map(|field| std::iter::once(field.name).chain(field.aliases.iter().copied())).collect();
    (typed.chars().count() >= 3).then(|| nearest(&fold(typed), &names)).flatten()
}

/// A text that Tab offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the typed text that it replaces.
    pub span: Span,
    pub text: String,
    /// The field that it names or is a value of.
    pub field: &'static FilterField,
}

/// The field whose value contains byte `cursor` of `typed`; `None` if the cursor is in no value.
pub fn field_at(typed: &str, cursor: usize) -> Option<&'static FilterField> {
    let before = typed.get(..cursor)?;
    let token = before.get(token_start(before)..)?;
    let token = token.strip_prefix('-').unwrap_or(token);
    token.split_once(':').and_then(|(name, _)| field(name))
}

/// The completions at byte `cursor` of `typed`: names of fields for the word there, or at most 50 values of its field.
/// `values` returns the cache's values of a field (units, names, posts, ranks, tags), the commonest first.
pub fn complete(typed: &str, cursor: usize, values: &dyn Fn(&FilterField) -> Vec<String>) -> Vec<Completion> {
    let Some(before) = typed.get(..cursor) else { return Vec::new() };
    let start = token_start(before);
    let token = before.get(start..).unwrap_or_default();
    let token = token.strip_prefix('-').unwrap_or(token);
    let start = cursor - token.len();
    let Some((name, value)) = token.split_once(':') else {
        let offered = |(name, field): (&str, &'static FilterField)| Completion {
            span: Span::new(start, cursor),
            text: format!("{name}:"),
            field,
        };
        return names_begun(token).map(offered).collect();
    };
    let Some(field) = field(name) else { return Vec::new() };
    let sign_len = value.find(|c| !matches!(c, '<' | '>' | '=')).unwrap_or(value.len());
    let (sign, value) = value.split_at_checked(sign_len).unwrap_or(("", value));
    let wanted = QueryPhrase::new(value, true);
    // The same rule as that of the filter, so that every value that would match is offered.
    let offered = |text: &String| wanted.as_ref().is_none_or(|wanted| has_all(wanted, text));
    let known: Vec<String> = match field.takes {
        FieldValueType::Words(FieldSubject::Kind) => KINDS.iter().map(|k| k.1.to_owned()).collect(),
        FieldValueType::Rank => rank_names(&values(field), wanted.as_ref()),
        FieldValueType::Event => EVENTS.iter().map(|row| row.name.to_owned()).collect(),
        FieldValueType::State => STATES.iter().map(|row| row.name.to_owned()).collect(),
        _ => values(field),
    };
    known
        .into_iter()
        .filter(offered)
        .take(50)
        .map(|value| Completion {
            span: Span::new(start, cursor),
            text: format!("{name}:{sign}{}", quoted(&value)),
            field,
        })
        .collect()
}

/// The ranks in protocol order, but those that nobody of the cache has come last. If the words are in the Vietnamese
/// name of none, the English names that have them; of these, those that begin with the first word come first.
fn rank_names(held: &[String], wanted: Option<&QueryPhrase>) -> Vec<String> {
    let is_held = |rank: &str| held.iter().any(|name| name == rank);
    let mut ranks: Vec<&str> = lexicon::ranks().iter().map(|rank| rank.name).collect();
    ranks.sort_by_key(|rank| !is_held(rank));
    let Some(wanted) = wanted.filter(|wanted| !ranks.iter().any(|rank| has_all(wanted, rank))) else {
        return ranks.into_iter().map(str::to_owned).collect();
    };
    let first = wanted.words().first().map(QueryWord::folded).unwrap_or_default();
    let begins = |name: &str| fold(name).starts_with(first);
    let mut english: Vec<(bool, bool, &str)> = Vec::new();
    for (rank, names) in lexicon::ranks_in_english() {
        let fitting = names.into_iter().filter(|name| has_all(wanted, name));
        english.extend(fitting.min_by_key(|name| !begins(name)).map(|name| (!begins(name), !is_held(rank.name), name)));
    }
    english.sort_by_key(|(other, nobody, _)| (*other, *nobody));
    english.into_iter().map(|(.., name)| name.to_owned()).collect()
}

/// The fields with a name that begins like that: of each field one name, if possible as typed, else by its folded
/// letters.
fn names_begun(typed: &str) -> impl Iterator<Item = (&'static str, &'static FilterField)> {
    let folded = fold(typed);
    FIELDS.iter().filter_map(move |field| {
        let names = || std::iter::once(field.name).chain(field.aliases.iter().copied());
        let as_typed = names().find(|name| name.starts_with(typed));
        let name = as_typed.or_else(|| names().find(|name| fold(name).starts_with(&folded)))?;
        Some((name, field))
    })
}

/// A value as it has to be typed: in quotation marks unless it is one plain word.
fn quoted(value: &str) -> String {
    let plain = value.chars().all(char::is_alphanumeric);
    if plain { value.to_owned() } else { format!("\"{}\"", value.replace('"', " ")) }
}

/// Where the token at the end of `before` begins; spaces inside quotation marks do not end a token.
fn token_start(before: &str) -> usize {
    let (mut start, mut in_quotes) = (0, false);
    for (at, c) in before.char_indices() {
        match c {
            '"' | '“' | '”' => in_quotes = !in_quotes,
            ' ' | '(' | ')' | '|' if !in_quotes => start = at + c.len_utf8(),
            _ => {}
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offers(typed: &str) -> Vec<String> {
        let values = |field: &FilterField| match field.name {
            "rank" => vec!["Đại tá".to_owned(), "Trung tướng".to_owned()],
            "unit" => vec![
                "Tổng cục Kỹ thuật".to_owned(),
                "Quân khu 7".to_owned(),
                "Tổng cục Công nghiệp quốc phòng".to_owned(),
            ],
            _ => Vec::new(),
        };
        complete(typed, typed.len(), &values).into_iter().map(|c| c.text).collect()
    }

    #[test]
    fn names_of_fields_and_their_values_are_offered() {
        assert_eq!(offers("hưng pe"), ["person:"]);
        assert_eq!(offers("unit:ky"), ["unit:\"Tổng cục Kỹ thuật\""]);
        assert_eq!(offers("-unit:\"quan k"), ["unit:\"Quân khu 7\""]);
        assert_eq!(offers("rank:>=trung tuo").len(), 0);
        assert_eq!(offers("rank:>=\"trung tuo"), ["rank:>=\"Trung tướng\""]);
        assert_eq!(offers("rank:")[..3], ["rank:\"Trung tướng\"", "rank:\"Đại tá\"", "rank:\"Nguyên soái\""]);
        assert_eq!(offers("is:s"), ["is:starred"]);
        assert!(offers("kind:ky").is_empty() && offers("foo:x").is_empty());
        assert_eq!(offers("hưng ").len(), FIELDS.len());
        let at = |typed: &str| field_at(typed, typed.len()).map(|field| field.name);
        assert_eq!(
            (at("-nam:20"), at("(unit:\"quân k"), at("hưng "), at("foo:x")),
            (Some("year"), Some("unit"), None, None)
        );
    }

    #[test]
    fn ranks_are_offered_by_their_english_names_too() {
        assert_eq!(
            offers("rank:lieu")[..3],
            ["rank:\"Lieutenant General\"", "rank:\"Lieutenant Colonel\"", "rank:Lieutenant"]
        );
        assert_eq!(offers("-rank:>=\"lieutenant g")[0], "rank:>=\"Lieutenant General\"");
        assert_eq!(offers("rank:colonel")[..2], ["rank:\"Colonel General\"", "rank:Colonel"]);
        assert!(offers("rank:private-eye").is_empty());
        for offered in ["r", "l", "g", "s"].map(|letter| offers(&format!("rank:{letter}"))).concat() {
            assert!(crate::search::filter::parse(&offered).1.is_empty(), "{offered}");
        }
    }

    #[test]
    fn a_mistyped_field_is_near_one_that_there_is() {
        let near = ["rnak", "untit", "persn", "Nguơi", "foo", "x", "ghi"].map(nearest_name);
        assert_eq!(near, [Some("rank"), Some("unit"), Some("person"), Some("nguoi"), None, None, None]);
    }

    #[test]
    fn other_names_of_fields_are_offered_and_kept_as_they_were_typed() {
        assert_eq!(offers("hưng ngu"), ["nguoi:", "nguon:"]);
        assert_eq!(offers("đơnvị"), ["donvi:"]);
        assert_eq!(offers("cap"), ["cap:"]);
        assert_eq!(offers("chuc"), ["chucvu:"]);
        assert_eq!([offers("ham"), offers("hàm")].concat(), ["ham:", "hàm:"]);
        assert_eq!(offers("donvi:ky"), ["donvi:\"Tổng cục Kỹ thuật\""]);
    }

    #[test]
    fn abbreviations_of_units_are_understood() {
        assert_eq!(offers("unit:qk"), ["unit:\"Quân khu 7\""]);
        assert_eq!(offers("dv:cnqp"), ["dv:\"Tổng cục Công nghiệp quốc phòng\""]);
    }

    #[test]
    fn every_example_parses_without_a_problem() {
        for field in FIELDS {
            let (filter, problems) = crate::search::filter::parse(field.example);
            assert!(problems.is_empty() && !filter.is_everything(), "{}", field.example);
        }
    }

    #[test]
    fn names_and_aliases_are_each_one_field() {
        for field in FIELDS {
            for name in field.aliases.iter().chain([&field.name]) {
                assert_eq!(super::field(name).map(|f| f.name), Some(field.name), "{name}");
            }
        }
    }
}

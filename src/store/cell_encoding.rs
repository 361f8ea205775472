//! Encodes values for single cells of the cache: paragraphs and ids as bytes, lists as JSON, enums by their names. A
//! cell may have been damaged on disk, so every decoder can fail; none panics.

use crate::officials::career::FormerTenure;
use crate::report::{Dated, Day, DayHints, Paragraph, ParagraphKind, Span, TitleOrigin};

const KINDS: [ParagraphKind; 6] = [
    ParagraphKind::Headline,
    ParagraphKind::Body,
    ParagraphKind::Caption,
    ParagraphKind::Byline,
    ParagraphKind::Source,
    ParagraphKind::Residue,
];

const ORIGINS: [(TitleOrigin, &str); 4] = [
    (TitleOrigin::Text, "given"),
    (TitleOrigin::Page, "page"),
    (TitleOrigin::Slug, "slug"),
    (TitleOrigin::Made, "made"),
];

/// Paragraphs as bytes, some four each. Numbers are in groups of seven bits, lowest first, the high bit set if more
/// follow:
///
/// ```text
/// kind │ gap from the end of the one before │ length │ kind │ …
/// ```
pub(super) fn pack_paragraphs(list: &[Paragraph]) -> Vec<u8> {
    let mut out = Vec::with_capacity(list.len() * 4);
    let mut end = 0;
    for paragraph in list {
        out.push(KINDS.iter().position(|k| *k == paragraph.kind).unwrap_or(1) as u8);
        push_number(paragraph.span.start.saturating_sub(end), &mut out);
        push_number(paragraph.span.len(), &mut out);
        end = paragraph.span.end;
    }
    out
}

/// The paragraphs of `text`; `None` if the bytes do not fit it.
pub(super) fn unpack_paragraphs(bytes: &[u8], text: &str) -> Option<Vec<Paragraph>> {
    let mut rest = bytes.iter().copied();
    let mut list = Vec::new();
    let mut end = 0usize;
    while let Some(kind) = rest.next() {
        let kind = *KINDS.get(usize::from(kind))?;
        let start = end.checked_add(pull_number(&mut rest)?)?;
        end = start.checked_add(pull_number(&mut rest)?)?;
        text.get(start..end)?;
        list.push(Paragraph { kind, span: Span::new(start, end) });
    }
    Some(list)
}

fn push_number(mut number: usize, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn pull_number(bytes: &mut impl Iterator<Item = u8>) -> Option<usize> {
    let mut number = 0usize;
    // Five groups are 35 bits, more than any length in a text: damage cannot make this shift overflow.
    for shift in (0..35).step_by(7) {
        let byte = bytes.next()?;
        number |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// The 16 bytes of an id; other bytes for what is no id.
pub(super) fn pack_id(digits: &str) -> Vec<u8> {
    let byte = |n: usize| digits.get(2 * n..2 * n + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
    (0..digits.len() / 2).filter_map(byte).collect()
}

/// The digits of an id.
pub(super) fn unpack_id(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// Former ranks and posts as a JSON array of objects.
pub(super) fn pack_former(list: &[FormerTenure]) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}

/// The former ranks and posts of a JSON array; none if it is damaged.
pub(super) fn unpack_former(json: Option<&str>) -> Vec<FormerTenure> {
    json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

/// A JSON array of strings.
pub(super) fn pack_strings(list: &[String]) -> String {
    serde_json::to_string(list).unwrap_or_else(|_| "[]".to_owned())
}

/// The strings of a JSON array; empty if it is none.
pub(super) fn unpack_strings(json: Option<&str>) -> Vec<String> {
    json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

/// The name under which an origin is kept.
pub(super) fn pack_origin(origin: TitleOrigin) -> &'static str {
    name_of(&ORIGINS, origin)
}

/// The origin of that name.
pub(super) fn unpack_origin(name: &str) -> Option<TitleOrigin> {
    named(&ORIGINS, name)
}

/// A day as kept, `YYYY-MM-DD`.
pub(super) fn unpack_day(text: Option<&str>) -> Option<Day> {
    text.and_then(|text| text.parse().ok())
}

/// Reads what `Dated::to_string` writes: a day, with `~` before it if it is inferred.
pub(super) fn unpack_dated(text: Option<&str>) -> Option<Dated> {
    text.and_then(|text| text.parse().ok())
}

/// The days of `hints` except that of import, `images=2024-01-15 given=~2024-01-31 file=2024-02-01`; `None` if there is
/// none.
pub(super) fn days(hints: DayHints) -> Option<String> {
    let cells = [
        hints.images.map(|day| format!("images={day}")),
        hints.given.map(|dated| format!("given={dated}")),
        hints.file.map(|day| format!("file={day}")),
    ];
    let cells: Vec<String> = cells.into_iter().flatten().collect();
    (!cells.is_empty()).then(|| cells.join(" "))
}

/// Reads what `days` writes. `added` is the time of import in seconds since 1970.
pub(super) fn unpack_days(text: Option<&str>, added: i64) -> DayHints {
    let cell =
        |name: &str| text.unwrap_or_default().split(' ').find_map(|cell| cell.strip_prefix(name)?.strip_prefix('='));
    DayHints {
        images: unpack_day(cell("images")),
        given: unpack_dated(cell("given")),
        file: unpack_day(cell("file")),
        imported: day_of_second(added),
    }
}

/// The day here at a moment, in seconds since 1970; `None` beyond the calendar.
pub(super) fn day_of_second(second: i64) -> Option<Day> {
    let date = jiff::Timestamp::from_second(second).ok()?.to_zoned(jiff::tz::TimeZone::system()).date();
    Day::new(date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
}

/// The first second of a day here, in seconds since 1970; `None` beyond the calendar.
pub(super) fn first_second(day: Day) -> Option<i64> {
    let date =
        jiff::civil::Date::new(day.year(), i8::try_from(day.month()).ok()?, i8::try_from(day.day()).ok()?).ok()?;
    Some(date.to_zoned(jiff::tz::TimeZone::system()).ok()?.timestamp().as_second())
}

fn name_of<T: Copy + PartialEq>(table: &[(T, &'static str)], value: T) -> &'static str {
    table.iter().find(|row| row.0 == value).map_or("", |row| row.1)
}

fn named<T: Copy>(table: &[(T, &'static str)], name: &str) -> Option<T> {
    table.iter().find(|row| row.1 == name).map(|row| row.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_come_back_as_they_were() {
        let text = format!("Tiêu đề\n\n{}\nẢnh: A\n", "x".repeat(300));
        let list = [
            Paragraph { kind: ParagraphKind::Headline, span: Span::new(0, 11) },
            Paragraph { kind: ParagraphKind::Body, span: Span::new(13, 313) },
            Paragraph { kind: ParagraphKind::Byline, span: Span::new(314, 321) },
        ];
        assert_eq!(list[0].span.of(&text), "Tiêu đề");
        assert_eq!(unpack_paragraphs(&pack_paragraphs(&list), &text).unwrap(), list);
    }

    #[test]
    fn ids_come_back_as_they_were() {
        assert_eq!(unpack_id(&pack_id("00ff1234abcdef0000000000000000a1")), "00ff1234abcdef0000000000000000a1");
    }

    #[test]
    fn days_come_back_as_they_were() {
        let day = |text: &str| text.parse().unwrap();
        let hints = DayHints {
            images: Some(day("2024-01-15")),
            given: Some("~2024-01-31".parse().unwrap()),
            file: None,
            imported: day_of_second(1_700_000_000),
        };
        assert_eq!(unpack_days(days(hints).as_deref(), 1_700_000_000), hints);
        assert_eq!(days(DayHints { imported: hints.imported, ..DayHints::default() }), None);
        assert_eq!(unpack_days(Some("images=soon x"), 1_700_000_000).images, None);
    }

    #[test]
    fn damaged_paragraphs_are_refused() {
        assert_eq!(unpack_paragraphs(&[9, 0, 0], "ab"), None);
        assert_eq!(unpack_paragraphs(&[1, 0, 3], "ab"), None, "past the end");
        assert_eq!(unpack_paragraphs(&[1, 0, 1], "ă"), None, "within a letter");
        assert_eq!(unpack_paragraphs(&[1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "ab"), None, "a number without end");
    }
}

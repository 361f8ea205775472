//! A line of `export --format jsonl` becomes the report that it was: its text to the letter, the kinds of its
//! paragraphs, its title and days, its notes, when it was imported, and the reader's marks. Read as any other record it
//! would be a new report made of the same words.

use crate::report::{
    Dated, Day, DayHints, Draft, Paragraph, ParagraphKind, RestoredDecision, RestoredFields, RestoredImport,
    RestoredNote, RestoredPlace, Span, Title, TitleOrigin,
};
use crate::text::canonical::canonical;
use serde::Deserialize;

/// Keys that only this program's exports have, all of them.
const SIGNS: [&[u8]; 3] = [b"\"title_from\":", b"\"paragraphs\":", b"\"day_hints\":"];

/// What is read of such a line. Everything that is derived from the text is left out: it is found again.
#[derive(Deserialize)]
struct OwnRecord {
    title: String,
    title_from: TitleOrigin,
    file: String,
    url: Option<String>,
    #[serde(default)]
    outlet: Option<String>,
    published: Option<Day>,
    text: String,
    paragraphs: Vec<OwnParagraph>,
    #[serde(default)]
    notes: Vec<String>,
    #[serde(default)]
    read: bool,
    #[serde(default)]
    starred: bool,
    #[serde(default)]
    tags: Vec<String>,
    added: i64,
    #[serde(default)]
    day_hints: OwnDays,
    #[serde(default)]
    date_set: Option<String>,
    #[serde(default)]
    places: Vec<RestoredPlace>,
    #[serde(default)]
    decisions: Vec<RestoredDecision>,
    #[serde(default)]
    own_notes: Vec<RestoredNote>,
}

/// A paragraph, with its place in code points.
#[derive(Deserialize)]
struct OwnParagraph {
    kind: ParagraphKind,
    span: [usize; 2],
}

/// The days that hint at when the report was made.
#[derive(Default, Deserialize)]
struct OwnDays {
    images: Option<Day>,
    given: Option<String>,
    file: Option<Day>,
}

/// The draft of a line of an export. `None` if it is none, or was changed since: then it is a record like others.
pub(super) fn draft(line: &str) -> Option<Draft> {
    if !SIGNS.iter().all(|sign| memchr::memmem::find(line.as_bytes(), sign).is_some()) {
        return None;
    }
    let own: OwnRecord = serde_json::from_str(line).ok()?;
    let spelled = canonical(&own.text);
    if spelled.text != own.text || !own.text.chars().any(char::is_alphanumeric) {
        return None;
    }
    let given = match own.day_hints.given {
        Some(given) => Some(given.parse::<Dated>().ok()?),
        None => None,
    };
    Some(Draft {
        paragraphs: paragraphs(&own.text, &own.paragraphs)?,
        // A title that was made of facts is made again.
        title: (own.title_from != TitleOrigin::Made).then_some(Title { text: own.title, origin: own.title_from }),
        url: own.url,
        outlet: own.outlet,
        published: own.published,
        days: DayHints { images: own.day_hints.images, given, file: own.day_hints.file, imported: None },
        notes: own.notes,
        restored: Some(Box::new(RestoredFields {
            import: Some(RestoredImport { file: own.file, added: own.added }),
            read: own.read,
            starred: own.starred,
            tags: own.tags,
            date_set: own.date_set,
            places: own.places,
            decisions: own.decisions,
            notes: own.own_notes.into_iter().map(|note| within(note, &own.text)).collect(),
        })),
        text: own.text,
    })
}

/// The note, about the whole report if its passage is no piece of the text.
fn within(note: RestoredNote, text: &str) -> RestoredNote {
    let bytes = note.bytes.filter(|[start, end]| text.get(*start..*end).is_some());
    RestoredNote { bytes, ..note }
}

/// The paragraphs with their places in bytes. `None` if they are not those of the text.
fn paragraphs(text: &str, own: &[OwnParagraph]) -> Option<Vec<Paragraph>> {
    let mut starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    starts.push(text.len());
    let mut lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
    let read: Option<Vec<Paragraph>> = own
        .iter()
        .map(|paragraph| {
            let [start, end] = paragraph.span.map(|at| starts.get(at).copied());
            let span = Span::new(start?, end?);
            let is_next_line = text.get(span.start..span.end)? == lines.next()?;
            is_next_line.then_some(Paragraph { kind: paragraph.kind, span })
        })
        .collect();
    read.filter(|_| lines.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"title":"Tin","title_from":"page","file":"a.html","url":null,"published":"2026-01-04",
        "text":"Tin\n\nĐơn vị sơ kết.","paragraphs":[{"kind":"headline","span":[0,3]},{"kind":"body","span":[5,19]}],
        "notes":["n"],"read":true,"starred":false,"tags":["t"],"added":1700000000,
        "day_hints":{"given":"~2024-01-31"},"date_set":"2018-06","places":[{"letter":"a","byte":5}],
        "own_notes":[{"bytes":[0,3],"quote":"Tin","text":"x","made":1,"changed":2},
            {"bytes":[6,9],"quote":"no","text":"y","made":1,"changed":2},
            {"bytes":[9,99],"quote":"no","text":"z","made":1,"changed":2}]}"#;

    #[test]
    fn a_line_of_an_export_is_the_report_that_it_was() {
        let read = draft(LINE).unwrap();
        assert_eq!(read.paragraphs[1].kind, ParagraphKind::Body);
        assert_eq!(read.paragraphs[1].span.of(&read.text), "Đơn vị sơ kết.");
        assert_eq!(read.days.given, Some("~2024-01-31".parse().unwrap()));
        let restored = read.restored.unwrap();
        assert!(restored.read && restored.tags == ["t"] && restored.date_set.as_deref() == Some("2018-06"));
        assert_eq!(restored.places, [RestoredPlace { letter: 'a', byte: 5 }]);
        // A passage that is no piece of the text would be one of nothing.
        let passages: Vec<_> = restored.notes.iter().map(|note| note.bytes).collect();
        assert_eq!(passages, [Some([0, 3]), None, None]);
    }

    #[test]
    fn what_was_changed_is_a_record_like_others() {
        for (from, to) in
            [("sơ kết", "tổng kết"), ("[5,19]", "[5,190]"), ("\"title_from\"", "\"origin\""), ("~2024", "x")]
        {
            assert_eq!(draft(&LINE.replace(from, to)), None, "{to}");
        }
    }
}

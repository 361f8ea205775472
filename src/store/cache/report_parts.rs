//! A whole report as JSON, for a reader on another machine (`with` of serde). What is extracted is not sent: whoever
//! reads it extracts it again from the text, which takes a few milliseconds and a quarter of the bytes. A text that is
//! not canonical, or not that of its id, is refused.

use super::prepared_report::id_of;
use crate::extract::extract;
use crate::report::{Dated, Day, Draft, Report, Span, Title, TitleOrigin};
use crate::store::cell_encoding::{pack_paragraphs, unpack_paragraphs};
use crate::text::canonical::canonical;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::borrow::Cow;

/// What is sent of a report.
#[derive(Serialize, Deserialize)]
struct ReportParts<'a> {
    id: Cow<'a, str>,
    title: Cow<'a, Title>,
    file: Cow<'a, str>,
    url: Option<Cow<'a, str>>,
    outlet: Option<Cow<'a, str>>,
    published: Option<Day>,
    text: Cow<'a, str>,
    /// As the cell `body.paragraphs`.
    paragraphs: Vec<u8>,
    notes: Cow<'a, [String]>,
    dated_by_hand: bool,
    kept_source: Option<Cow<'a, str>>,
    /// The day of the report. It is sent because it may depend on more than text and page: a date of the reader's, the
    /// path of the file, the day of import.
    day: Option<Dated>,
    /// The words that state the day.
    day_span: Option<Span>,
}

/// Writes a report without what was extracted.
pub fn serialize<S: Serializer>(report: &Report, serializer: S) -> Result<S::Ok, S::Error> {
    let Report { id, title, file, url, outlet, published, text, paragraphs, notes, .. } = report;
    let facts = &report.extraction.facts;
    ReportParts {
        id: id.into(),
        title: Cow::Borrowed(title),
        file: file.into(),
        url: url.as_deref().map(Cow::from),
        outlet: outlet.as_deref().map(Cow::from),
        published: *published,
        text: text.into(),
        paragraphs: pack_paragraphs(paragraphs),
        notes: notes.into(),
        dated_by_hand: report.dated_by_hand,
        kept_source: report.kept_source.as_deref().map(Cow::from),
        day: facts.day,
        day_span: facts.day_span,
    }
    .serialize(serializer)
}

/// Reads what `serialize` has written, and extracts people and facts from the text.
pub fn deserialize<'de, D: Deserializer<'de>, B: From<Report>>(deserializer: D) -> Result<B, D::Error> {
    let parts = ReportParts::deserialize(deserializer)?;
    let text = parts.text.into_owned();
    if canonical(&text).text != text {
        return Err(D::Error::custom("a text that is not canonical"));
    }
    if id_of(&text) != parts.id {
        return Err(D::Error::custom("a text that is not that of its id"));
    }
    let paragraphs = unpack_paragraphs(&parts.paragraphs, &text);
    let paragraphs = paragraphs.ok_or_else(|| D::Error::custom("paragraphs that are not those of the text"))?;
    let title = parts.title.into_owned();
    let draft = Draft {
        text,
        paragraphs,
        title: (title.origin != TitleOrigin::Made).then(|| title.clone()),
        url: parts.url.map(Cow::into_owned),
        outlet: parts.outlet.map(Cow::into_owned),
        published: parts.published,
        notes: parts.notes.into_owned(),
        ..Draft::default()
    };
    let mut extraction = extract(&draft);
    extraction.facts.day = parts.day;
    extraction.facts.day_span = parts.day_span.filter(|span| draft.text.get(span.start..span.end).is_some());
    let (id, file) = (parts.id.into_owned(), parts.file.into_owned());
    Ok(B::from(Report {
        dated_by_hand: parts.dated_by_hand,
        kept_source: parts.kept_source.map(Cow::into_owned),
        ..Report::new(id, file, title, draft, extraction)
    }))
}

#[cfg(test)]
mod tests {
    use crate::extract::people_and_facts;
    use crate::report::{DayHints, Draft, Report};
    use crate::store::{Store, id_of};
    use serde::{Deserialize, Serialize};

    #[derive(Serialize, Deserialize)]
    struct Sent(#[serde(with = "super")] Report);

    #[test]
    fn a_report_comes_back_whole_and_no_other_text_for_it() {
        let text = "Thiếu tướng Lã Khắc Hùng, Tư lệnh Quân khu 10 dự hội nghị.";
        let days = DayHints { given: "2021-03-04".parse().ok(), ..DayHints::default() };
        let draft = Draft { text: text.to_owned(), days, ..Draft::default() };
        let store = Store::in_memory().unwrap();
        store.cache().save("a.txt", &draft, &people_and_facts(&draft)).unwrap();
        let report = store.cache().load(&id_of(text)).unwrap().unwrap();
        assert!(report.extraction.facts.day.is_some(), "a day that the text does not tell");
        let json = serde_json::to_string(&Sent(report.clone())).unwrap();
        assert_eq!(serde_json::from_str::<Sent>(&json).unwrap().0, report);
        for (from, to) in [("Khắc Hùng", "Khắc Hưng"), ("dự hội", "dự\\u202e hội")] {
            assert!(serde_json::from_str::<Sent>(&json.replace(from, to)).is_err(), "{to}");
        }
    }
}

//! The JSON of `list --json`, `show --json`, `extract` and `export`. Scripts depend on the keys: they may be added to,
//! but not renamed or removed. Positions in a text are code points (`code_point_positions`).

use super::code_point_positions::{CodePointRange, CodePoints};
use crate::report::{
    CareerEvent, CareerEventKind, Dated, Day, DayHints, Draft, Evidence, Extraction, Mark, Meaning, Paragraph,
    ParagraphKind, Person, PostState, Quote, Report, ReportKind, RestoredDecision, RestoredNote, RestoredPlace,
    StatedRank, Title, TitleOrigin, dated,
};
use crate::store::{ListRow, OtherVersion};
use serde::Serialize;

/// One row of `list --json`.
#[derive(Serialize)]
pub struct ListRowJson<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(flatten, serialize_with = "dated::json::date")]
    date: Option<Dated>,
    date_by_hand: bool,
    /// When it was published, as its page or file states it. The date is that of the event.
    published: Option<Day>,
    kind: ReportKind,
    unit: Option<&'a str>,
    period: Option<&'a str>,
    /// Of an official document, as the next two.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signer: Option<&'a str>,
    source: &'a str,
    people: &'a [String],
    /// Those of `people` who chair the event.
    chairs: &'a [String],
    read: bool,
    starred: bool,
    tags: &'a [String],
    /// The other reports that tell the same story.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    others: &'a [OtherVersion],
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<&'a str>,
}

impl<'a> ListRowJson<'a> {
    /// Combines a list row with the names of the people in the report and of those who chair, its day of publication,
    /// and whether the reader set its date.
    pub fn of(
        row: &'a ListRow,
        people: &'a [String],
        chairs: &'a [String],
        published: Option<Day>,
        date_by_hand: bool,
    ) -> Self {
        Self {
            id: &row.id,
            title: &row.title,
            date: row.day,
            date_by_hand,
            published,
            kind: row.kind,
            unit: row.unit.as_deref(),
            period: row.period.as_deref(),
            number: row.number_of_document.as_deref(),
            place: row.place_of_issue.as_deref(),
            signer: row.signer.as_deref(),
            source: &row.source,
            people,
            chairs,
            read: row.read,
            starred: row.starred,
            tags: &row.tags,
            others: &row.others,
            snippet: row.snippet.as_deref(),
        }
    }
}

/// One line of `extract`.
#[derive(Serialize)]
pub struct ExtractionJson<'a> {
    file: &'a str,
    title: String,
    #[serde(flatten, serialize_with = "dated::json::date")]
    date: Option<Dated>,
    kind: ReportKind,
    unit: Option<&'a str>,
    period: Option<crate::report::Period>,
    text: &'a str,
    people: Vec<ExtractedPersonJson<'a>>,
    bylines: Vec<&'a str>,
}

#[derive(Serialize)]
struct ExtractedPersonJson<'a> {
    name: &'a str,
    /// The present rank, or the former one where the text gives no other.
    rank: Option<&'static str>,
    posts: Vec<&'a str>,
    mentions: Vec<CodePointRange>,
    evidence: IdentityJson,
}

/// Why each mention was recognized as a person, in the order of the mentions, and the positions of rank and posts.
#[derive(Serialize)]
struct IdentityJson {
    mentions: Vec<Evidence>,
    rank: Option<CodePointRange>,
    posts: Vec<CodePointRange>,
}

impl IdentityJson {
    /// `rank` is the one that is printed for the person.
    fn of(person: &Person, rank: Option<StatedRank>, points: &CodePoints) -> Self {
        Self {
            mentions: person.mentions.iter().map(|mention| mention.evidence).collect(),
            rank: rank.map(|said| points.of(said.span)),
            posts: person.posts.iter().map(|post| points.of(post.span)).collect(),
        }
    }
}

impl<'a> ExtractionJson<'a> {
    /// Combines a draft with its extraction. `file` is the name of the input file.
    pub fn of(file: &'a str, draft: &'a Draft, found: &'a Extraction) -> Self {
        let points = CodePoints::new(&draft.text);
        let person = |person: &'a Person| ExtractedPersonJson {
            name: &person.name,
            rank: person.rank_ever().map(|said| said.rank.name),
            posts: person.posts.iter().map(|post| post.text.as_str()).collect(),
            mentions: person.mentions.iter().map(|mention| points.of(mention.span)).collect(),
            evidence: IdentityJson::of(person, person.rank_ever(), &points),
        };
        Self {
            file,
            title: Title::of(draft, &found.facts).text,
            date: found.facts.day,
            kind: found.facts.kind,
            unit: found.facts.unit.as_deref(),
            period: found.facts.period,
            text: &draft.text,
            people: found.people.iter().map(person).collect(),
            bylines: found.bylines.iter().map(|quote| quote.text.as_str()).collect(),
        }
    }
}

/// A whole report: `show --json` and the lines of `export --format jsonl`.
#[derive(Serialize)]
pub struct ReportJson<'a> {
    id: &'a str,
    title: &'a str,
    title_from: TitleOrigin,
    #[serde(flatten, serialize_with = "dated::json::date")]
    date: Option<Dated>,
    date_by_hand: bool,
    kind: ReportKind,
    unit: Option<&'a str>,
    period: Option<crate::report::Period>,
    source: &'a str,
    file: &'a str,
    url: Option<&'a str>,
    outlet: Option<&'a str>,
    published: Option<crate::report::Day>,
    /// Number, place and signer of an official document.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signer: Option<&'a str>,
    text: &'a str,
    paragraphs: Vec<ParagraphJson>,
    people: Vec<PersonJson<'a>>,
    bylines: Vec<QuoteJson<'a>>,
    events: Vec<EventJson<'a>>,
    marks: Vec<MarkJson<'a>>,
    notes: &'a [String],
    #[serde(flatten)]
    own: MarksJson,
}

/// The marks of the reader on a report.
#[derive(Default, Serialize)]
pub struct MarksJson {
    pub read: bool,
    pub starred: bool,
    pub tags: Vec<String>,
    /// The date that the reader set, as typed.
    pub date_set: Option<String>,
    /// The archives that have it, where several are listed as one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub archives: Vec<String>,
    /// When it was imported, in seconds since 1970.
    pub added: i64,
    pub day_hints: DaysJson,
    /// Places marked with a letter.
    pub places: Vec<RestoredPlace>,
    /// Decisions about its people.
    pub decisions: Vec<RestoredDecision>,
    /// The reader's notes on it and its passages, and on officials whom it is the first to name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub own_notes: Vec<RestoredNote>,
}

/// Days that hint at when a report was made.
#[derive(Default, Serialize)]
pub struct DaysJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    images: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<Day>,
}

impl DaysJson {
    /// The days except that of import, which `added` tells.
    pub fn of(days: DayHints) -> Self {
        Self { images: days.images, given: days.given.map(|given| given.to_string()), file: days.file }
    }
}

#[derive(Serialize)]
struct ParagraphJson {
    kind: ParagraphKind,
    span: CodePointRange,
}

#[derive(Serialize)]
struct PersonJson<'a> {
    name: &'a str,
    rank: Option<&'static str>,
    past_ranks: Vec<&'static str>,
    posts: Vec<PostJson<'a>>,
    roles: Vec<&'static str>,
    country: Option<&'a str>,
    mentions: Vec<CodePointRange>,
    evidence: IdentityJson,
}

#[derive(Serialize)]
struct PostJson<'a> {
    text: &'a str,
    state: PostState,
    span: CodePointRange,
}

#[derive(Serialize)]
struct QuoteJson<'a> {
    text: &'a str,
    span: CodePointRange,
}

#[derive(Serialize)]
struct EventJson<'a> {
    kind: CareerEventKind,
    person: usize,
    span: CodePointRange,
    from: Option<&'a str>,
    to: Option<&'a str>,
}

#[derive(Serialize)]
struct MarkJson<'a> {
    span: CodePointRange,
    meaning: Meaning,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
}

impl<'a> ReportJson<'a> {
    /// Combines a report with the marks of the reader.
    pub fn of(report: &'a Report, own: MarksJson) -> Self {
        let points = CodePoints::new(&report.text);
        let found = &report.extraction;
        let paragraph = |p: &Paragraph| ParagraphJson { kind: p.kind, span: points.of(p.span) };
        let quote = |q: &'a Quote| QuoteJson { text: &q.text, span: points.of(q.span) };
        let event = |e: &'a CareerEvent| EventJson {
            kind: e.kind,
            person: e.person,
            span: points.of(e.span),
            from: e.from.as_deref(),
            to: e.to.as_deref(),
        };
        let mark = |m: &'a Mark| MarkJson {
            span: points.of(m.span),
            meaning: m.meaning,
            person: m.person,
            value: m.value.as_deref(),
        };
        Self {
            id: &report.id,
            title: &report.title.text,
            title_from: report.title.origin,
            date: found.facts.day,
            kind: found.facts.kind,
            unit: found.facts.unit.as_deref(),
            period: found.facts.period,
            source: report.url.as_deref().unwrap_or(&report.file),
            file: &report.file,
            url: report.url.as_deref(),
            outlet: report.outlet.as_deref(),
            date_by_hand: report.dated_by_hand,
            published: report.published,
            number: found.facts.number.as_ref().map(|number| number.text.as_str()),
            place: found.facts.place.as_ref().map(|place| place.text.as_str()),
            signer: found.facts.signer.as_ref().map(|signer| signer.text.as_str()),
            text: &report.text,
            paragraphs: report.paragraphs.iter().map(paragraph).collect(),
            people: found.people.iter().map(|person| PersonJson::of(person, &points)).collect(),
            bylines: found.bylines.iter().map(quote).collect(),
            events: found.events.iter().map(event).collect(),
            marks: found.marks.iter().map(mark).collect(),
            notes: &report.notes,
            own,
        }
    }
}

impl<'a> PersonJson<'a> {
    fn of(person: &'a Person, points: &CodePoints) -> Self {
        Self {
            name: &person.name,
            rank: person.rank.map(|said| said.rank.name),
            past_ranks: person.past_ranks.iter().map(|said| said.rank.name).collect(),
            posts: person
                .posts
                .iter()
                .map(|post| PostJson { text: &post.text, state: post.state, span: points.of(post.span) })
                .collect(),
            roles: person.roles.iter().map(|role| role.verb).collect(),
            country: person.country_shown(),
            mentions: person.mentions.iter().map(|mention| points.of(mention.span)).collect(),
            evidence: IdentityJson::of(person, person.rank, points),
        }
    }
}

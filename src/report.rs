//! The data model of a report after reading: plain data that every other layer uses. Positions in a text are byte
//! ranges of the canonical text (`Span`); days are civil dates of the Gregorian calendar. Nothing here reads files,
//! searches, stores or draws.

pub mod dated;
mod day;
pub mod day_in_address;
mod kind;
mod period;
mod restored;
mod span;
mod title;

pub use dated::{Certainty, Dated, Precision};
pub use day::Day;
pub use kind::{KINDS, ReportKind};
pub use period::{Period, PeriodKind};
pub use restored::{RestoredDecision, RestoredFields, RestoredImport, RestoredNote, RestoredPlace, Verdict};
pub use span::Span;

use serde::{Deserialize, Serialize};

/// The function of a paragraph in its report. A paragraph is one non-blank line of the canonical text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParagraphKind {
    /// The report's own headline (docs/domain.md §5.1); at most one.
    Headline,
    /// The text proper, the lead included.
    Body,
    /// The words under a photograph (docs/domain.md §5.2).
    Caption,
    /// Who wrote or photographed (docs/domain.md §5.3).
    Byline,
    /// The publication it was taken from: `Nguồn: …` (docs/domain.md §5.3).
    Source,
    /// Remains of the site's pages: toolbars, comment forms, section labels (docs/domain.md §5.4).
    Residue,
}

/// One line of the canonical text, without the spaces around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    pub kind: ParagraphKind,
    pub span: Span,
}

/// Where a report's title comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TitleOrigin {
    /// The text's own headline.
    #[serde(rename = "given")]
    Text,
    /// The page's or feed's title element.
    Page,
    /// The unaccented headline in the address (docs/domain.md §5.3).
    Slug,
    /// Composed of kind, period and unit, or of the first words of the text.
    Made,
}

/// A title and its origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    pub text: String,
    pub origin: TitleOrigin,
}

/// A report as it is read from a file: canonical text with its paragraphs, before people and facts are extracted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The whole canonical text; lines end in `\n`.
    pub text: String,
    /// The non-blank lines of the text, in order.
    pub paragraphs: Vec<Paragraph>,
    /// `None` if the file does not give a title.
    pub title: Option<Title>,
    /// The address of the report; `http` or `https` only.
    pub url: Option<String>,
    /// The name of the newspaper, office or site that published it, as page or feed state it.
    pub outlet: Option<String>,
    /// The day of publication that the page or feed states.
    pub published: Option<Day>,
    /// Other days that hint at when the report was made.
    pub days: DayHints,
    /// Notes for people on what was repaired or left out during import; shown by `import` and `show`.
    pub notes: Vec<String>,
    /// What was known of the report in the cache, or in another program, that it was exported from, if it was.
    pub restored: Option<Box<RestoredFields>>,
}

impl Draft {
    /// Its first import into the cache that it was exported from, if it was.
    pub fn first_import(&self) -> Option<&RestoredImport> {
        self.restored.as_ref()?.import.as_ref()
    }
}

/// Days outside of the text and the page's own date. They date a report only if these do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayHints {
    /// The day in the addresses of the page's images, if they agree on one.
    pub images: Option<Day>,
    /// The day that the user gave with the import.
    pub given: Option<Dated>,
    /// The day in the path of the file, or of its last change, if the user asked for it.
    pub file: Option<Day>,
    /// The day of import: no date of anything, but no event reported is of a later year.
    pub imported: Option<Day>,
}

/// A rank of ranks.tsv. Equal `order`s are equal ranks of parallel ladders, such as army and navy (docs/domain.md
/// §0.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rank {
    /// Position on the ladder; a greater number is a higher rank.
    pub order: u16,
    /// The canonical Vietnamese form, such as `Trung tướng`.
    pub name: &'static str,
}

/// The rank of a person as a text states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedRank {
    pub rank: Rank,
    /// The words that state the rank.
    pub span: Span,
}

/// How a post is held, by the word before it (docs/domain.md §1.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostState {
    /// Held at the time of the report; no qualifying word before the post.
    #[default]
    Holds,
    Former,
    Late,
    Acting,
    /// After `tân`, `giữ chức`, `được bổ nhiệm` or `được bầu`.
    Entering,
    /// After `thôi giữ chức` or `bàn giao`; or the old post of a person who is appointed to another.
    Leaving,
}

/// The post of a person as a text states it, in the words of the text and with its organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatedPost {
    /// The words of the text, joined into one line.
    pub text: String,
    pub span: Span,
    pub state: PostState,
    /// The organisation named behind a comma behind the post, of which the words are no part of it: `Trưởng phòng Tham
    /// mưu, Công an tỉnh B`. `None` if there is none.
    pub above: Option<String>,
}

/// The evidence that some words are the name of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// A rank before the name.
    Rank,
    /// A post next to the name.
    Post,
    /// An address word before it: `đồng chí`, `ông`, `bà`.
    Address,
    /// The name is in a list that states a rank or post for all its names.
    List,
    /// None of the above, but the words have the form of a full name: surname and given names.
    Form,
    /// Named again after a fuller mention.
    SecondMention,
}

/// One span of the text that names a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name alone, without rank or title.
    pub span: Span,
    pub evidence: Evidence,
}

/// What a person does at the event, by a verb of verbs.tsv: `chủ trì`, `dự`, `phát biểu`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub verb: &'static str,
    pub span: Span,
}

impl Role {
    /// The verb of those who chair; it ends that of those who chair with others (`đồng chủ trì`).
    pub const CHAIR: &'static str = "chủ trì";

    /// Whether the person chairs the event, alone or with others.
    pub fn is_chair(&self) -> bool {
        self.verb.ends_with(Self::CHAIR)
    }
}

/// A person of a report; people are in order of first appearance, which is protocol order (docs/domain.md §0.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The fullest name, as written, without rank or title.
    pub name: String,
    /// The rank held. If the report announces a promotion, this is the new rank.
    pub rank: Option<StatedRank>,
    /// Former ranks that the text mentions: the one before a promotion, `khi đó là …`.
    pub past_ranks: Vec<StatedRank>,
    /// Posts in order of appearance.
    pub posts: Vec<StatedPost>,
    /// All mentions, in order of the text; never empty.
    pub mentions: Vec<Mention>,
    /// Roles in order of the text, each verb once.
    pub roles: Vec<Role>,
    /// The country of a foreigner, if the text states it.
    pub country: Option<String>,
    /// If it does not: the country whose offices and forces the text names around a foreign name. Shown as the
    /// country, but too weak to tell people apart.
    pub country_nearby: Option<String>,
    /// Whether the name is clearly no Vietnamese one.
    pub foreign_name: bool,
    /// Whether the text says that the person is accused of a crime: `bị cáo A`, `A bị truy tố`.
    pub accused: bool,
    /// Whether the text says that the person is dead: `cố Đại tướng A`.
    pub late: bool,
}

impl Person {
    /// The country that is shown with the person.
    pub fn country_shown(&self) -> Option<&str> {
        self.country.as_deref().or(self.country_nearby.as_deref())
    }

    /// The rank that the text gives: the one held, or the highest former one where it gives no other.
    pub fn rank_ever(&self) -> Option<StatedRank> {
        self.rank.or_else(|| self.past_ranks.iter().max_by_key(|said| said.rank.order).copied())
    }
}

/// The kinds of change in a person's rank or posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CareerEventKind {
    Appointed,
    /// Elected to a post.
    Elected,
    Ceased,
    /// Handed a post over, or took it over; the state of the person's post distinguishes the two.
    HandedOver,
    Promoted,
    /// Lowered in rank, or stripped of it.
    Demoted,
    Retired,
    Died,
}

impl CareerEventKind {
    /// The word by which it is kept and printed as JSON; the same as serde writes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Appointed => "appointed",
            Self::Elected => "elected",
            Self::Ceased => "ceased",
            Self::HandedOver => "handed_over",
            Self::Promoted => "promoted",
            Self::Demoted => "demoted",
            Self::Retired => "retired",
            Self::Died => "died",
        }
    }
}

/// A change in a person's rank or posts that a report announces (docs/domain.md §1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareerEvent {
    pub kind: CareerEventKind,
    /// Index into the report's people.
    pub person: usize,
    /// The sentence or clause that reports it.
    pub span: Span,
    /// The old rank or post, as written.
    pub from: Option<String>,
    /// The new rank or post, as written.
    pub to: Option<String>,
}

/// What a marked span of the text means; the theme has a style for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    Rank,
    Name,
    /// A post, with its organisation.
    Post,
    /// An organisation that is no part of a post.
    Unit,
    /// A date, a period or a term.
    Date,
    /// A document reference (docs/domain.md §5.7).
    Reference,
    /// A figure with what it counts (docs/domain.md §5.6).
    Figure,
    /// An abbreviation (docs/domain.md §4).
    Abbreviation,
}

/// A span that is highlighted by its meaning. The marks of a report are sorted and never overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub span: Span,
    pub meaning: Meaning,
    /// Index into the report's people, if this is the rank, name or post of a person.
    pub person: Option<usize>,
    /// The normalized value, if it differs from the words: a unit's full name, a date as `YYYY-MM-DD`, an
    /// abbreviation's expansion (alternatives joined by ` | `), a figure as a plain number.
    pub value: Option<String>,
}

/// Words quoted from the text, with their span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The words, joined into one line.
    pub text: String,
    pub span: Span,
}

/// What the report is about. Fields are `None` if the text does not state them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportFacts {
    /// The kind of report (docs/domain.md §5.8).
    pub kind: ReportKind,
    /// The period that the report reviews.
    pub period: Option<Period>,
    /// The issuing organisation, by its full name if the text has one.
    pub unit: Option<String>,
    /// The day of the event, stated or inferred (docs/domain.md §5.5).
    pub day: Option<Dated>,
    /// The words that state the day; `None` if it is inferred.
    pub day_span: Option<Span>,
    /// The number and sign of an official document: `12/BC-UBND`.
    pub number: Option<Quote>,
    /// The place at which an official document was issued, as it stands before its day.
    pub place: Option<Quote>,
    /// The name of who signed an official document.
    pub signer: Option<Quote>,
}

/// Everything extracted from one canonical text. It is derived data: it can be recomputed from the text at any time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extraction {
    pub facts: ReportFacts,
    /// People in order of first appearance.
    pub people: Vec<Person>,
    /// Names of reporters and photographers; never people of the report.
    pub bylines: Vec<Quote>,
    pub events: Vec<CareerEvent>,
    /// All highlighted spans, sorted, without overlap.
    pub marks: Vec<Mark>,
}

/// A report: its origin, its canonical text, and everything extracted from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// 32 hexadecimal digits: the hash of the canonical text.
    pub id: String,
    pub title: Title,
    /// The path of the file, as given at import.
    pub file: String,
    /// The address of the report; `None` if it is not known.
    pub url: Option<String>,
    /// The name of the newspaper, office or site that published it, as page or feed state it.
    pub outlet: Option<String>,
    /// The day of publication that the page or feed states.
    pub published: Option<Day>,
    /// The whole canonical text.
    pub text: String,
    pub paragraphs: Vec<Paragraph>,
    /// Notes for people on what was repaired or left out during import.
    pub notes: Vec<String>,
    /// Whether the reader set the day of its facts by hand.
    pub dated_by_hand: bool,
    /// The hash of the bytes that it was read from, 64 hexadecimal digits, if these are kept.
    pub kept_source: Option<String>,
    /// The extraction: people, facts, events and marks.
    pub extraction: Extraction,
}

impl Report {
    /// The report of a draft, whose day nobody has set by hand and of which no bytes are kept.
    pub fn new(id: String, file: String, title: Title, draft: Draft, extraction: Extraction) -> Self {
        let Draft { text, paragraphs, url, outlet, published, notes, .. } = draft;
        Self {
            id,
            title,
            file,
            url,
            outlet,
            published,
            text,
            paragraphs,
            notes,
            dated_by_hand: false,
            kept_source: None,
            extraction,
        }
    }

    /// The canonical text, with the title before it unless that is the first line of the text.
    pub fn text_with_title(&self) -> String {
        let title = &self.title.text;
        if self.text.lines().next().is_some_and(|line| line.trim() == title) {
            self.text.clone()
        } else {
            format!("{title}\n\n{}", self.text)
        }
    }
}

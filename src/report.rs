//! What a report is once it has been read: plain data that every other layer speaks of.
//! Places in a text are byte ranges of the canonical text (`Span`); days are civil dates of the
//! Gregorian calendar. Nothing here reads, searches, stores or draws.

pub mod dated;
mod day;
mod kind;
mod period;
mod span;
mod title;

pub use dated::{Certainty, Dated};
pub use day::Day;
pub use kind::{KINDS, ReportKind};
pub use period::{Period, YearPart};
pub use span::Span;

use serde::{Deserialize, Serialize};

/// What a paragraph of a report is for; a paragraph is one line of the canonical text that is not blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
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
    /// Where it was taken from: `Nguồn: …` (docs/domain.md §5.3).
    Source,
    /// What the site's pages leave behind: toolbars, comment forms, section labels (docs/domain.md §5.4).
    Residue,
}

/// One line of the canonical text, without the spaces around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// What the line is for.
    pub kind: ParagraphKind,
    pub span: Span,
}

/// Where a report's title comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TitleOrigin {
    /// The text's own headline.
    #[serde(rename = "given")]
    Text,
    /// The page's or feed's title element.
    Page,
    /// The unaccented headline in the address (docs/domain.md §5.3).
    Slug,
    /// Put together from kind, unit and period.
    Made,
}

/// A title and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Title {
    pub text: String,
    pub origin: TitleOrigin,
}

/// A report as it comes out of a file: canonical text with its paragraphs, before people and facts are found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The canonical text, whole; lines end in `\n`.
    pub text: String,
    /// Its lines that are not blank, in order.
    pub paragraphs: Vec<Paragraph>,
    /// A title, where the file gives one.
    pub title: Option<Title>,
    /// The address the report was taken from, `http` or `https` only.
    pub url: Option<String>,
    /// The day that the page or feed itself states.
    pub published: Option<Day>,
    /// What was repaired or left out on the way in, in plain words; shown by `import` and `show`.
    pub notes: Vec<String>,
}

/// A rank of ranks.tsv. Equal `order`s are equal ranks of parallel ladders (docs/domain.md §0.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rank {
    /// Height on the ladder; higher is higher.
    pub order: u16,
    /// The canonical Vietnamese form, such as `Trung tướng`.
    pub name: &'static str,
}

/// A rank as a text gives it to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankSaid {
    pub rank: Rank,
    /// The words that say it.
    pub span: Span,
}

/// How a post is held, by the word before it (docs/domain.md §1.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostState {
    /// Held now; no word before it.
    #[default]
    Holds,
    Former,
    Late,
    Acting,
    /// `tân`, or what follows `giữ chức`, `được bổ nhiệm`, `được bầu`.
    Entering,
    /// `thôi giữ chức`, `bàn giao`; or the old post of one who is appointed.
    Leaving,
}

/// A post as a text gives it to somebody: words of the text, its organisation included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostSaid {
    /// The words, in one line.
    pub text: String,
    pub span: Span,
    /// How the post is held.
    pub state: PostState,
}

/// Why somebody was taken for a person of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// A rank before the name.
    Rank,
    /// A post next to the name.
    Post,
    /// An address word before it: `đồng chí`, `ông`, `bà`.
    Address,
    /// A list gives rank or post to all its names.
    List,
    /// None of these, but it has the form of a full name: surname and given names.
    Form,
    /// Named again after a fuller mention.
    SecondMention,
}

/// One place where a person is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name alone, without rank or title.
    pub span: Span,
    /// Why these words are this person.
    pub evidence: Evidence,
}

/// What somebody does at the event, in the words of verbs.tsv: `chủ trì`, `dự`, `phát biểu`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub verb: &'static str,
    pub span: Span,
}

/// A person of a report; people are in order of first appearance, which is protocol order (docs/domain.md §0.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The fullest name, as written, without rank or title.
    pub name: String,
    /// The rank held; after a promotion in the report, the new one.
    pub rank: Option<RankSaid>,
    /// Former ranks that the text mentions: the one before a promotion, `khi đó là …`.
    pub past_ranks: Vec<RankSaid>,
    /// Posts in order of appearance.
    pub posts: Vec<PostSaid>,
    /// All places, in order; never empty.
    pub mentions: Vec<Mention>,
    /// What the person does, in order, each verb once.
    pub roles: Vec<Role>,
    /// The country of a foreigner, if the text gives it.
    pub country: Option<String>,
}

/// The direction of a career event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CareerEventKind {
    Appointed,
    /// Elected to a post.
    Elected,
    Ceased,
    /// Handed a post over, or took it over.
    HandedOver,
    Promoted,
    /// Lowered in rank, or stripped of it.
    Demoted,
    Retired,
    Died,
}

/// Something that happens to somebody's rank or posts in a report (docs/domain.md §1.3).
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

/// What a marked piece of text means; each has a role in the theme.
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

/// A piece of the text that means something. Marks of a report are sorted and never overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub span: Span,
    pub meaning: Meaning,
    /// Index into the report's people, for ranks, names and posts of somebody.
    pub person: Option<usize>,
    /// What it stands for, where that differs from the words: a unit's full name, a date as `YYYY-MM-DD`,
    /// an abbreviation's expansion (alternatives joined by ` | `), a figure as a plain number.
    pub value: Option<String>,
}

/// Words of the text and their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The words, in one line.
    pub text: String,
    pub span: Span,
}

/// What the report is about, as far as its text states it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportFacts {
    /// What sort of report (docs/domain.md §5.8).
    pub kind: ReportKind,
    /// The stretch of time it reviews.
    pub period: Option<Period>,
    /// The issuing organisation, by its full name where the text gives one.
    pub unit: Option<String>,
    /// The day of the event (docs/domain.md §5.5).
    pub day: Option<Day>,
    /// The words that give the day.
    pub day_span: Option<Span>,
}

/// Everything found in one canonical text. Derived: it can be made again from the text at any time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extraction {
    /// Kind, period, unit, day.
    pub facts: ReportFacts,
    /// People in order of first appearance.
    pub people: Vec<Person>,
    /// Names of reporters and photographers; never people of the report.
    pub bylines: Vec<Quote>,
    /// What happens to ranks and posts.
    pub events: Vec<CareerEvent>,
    /// All that is highlighted.
    pub marks: Vec<Mark>,
}

/// A report: where it comes from, its canonical text, and what was found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// 32 hexadecimal digits: the hash of the canonical text.
    pub id: String,
    /// The title and who gave it.
    pub title: Title,
    /// The file, as given at import.
    pub file: String,
    /// The address, where known.
    pub url: Option<String>,
    /// The day that the page or feed states.
    pub published: Option<Day>,
    /// The canonical text, whole.
    pub text: String,
    pub paragraphs: Vec<Paragraph>,
    /// What was repaired on the way in.
    pub notes: Vec<String>,
    /// What was found in it.
    pub found: Extraction,
}

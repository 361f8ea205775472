//! What an export says of a report that is no part of its text or page: what the reader did with it, and when it was
//! first imported. The same types are written to an export and read from it, so that neither can forget a field.

use serde::{Deserialize, Serialize};

/// What was known of a report in the cache, or in another program, that it was exported from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestoredFields {
    /// Its first import into a cache. `None` for a record of another program.
    pub import: Option<RestoredImport>,
    /// Whether the reader has read it.
    pub read: bool,
    /// Whether the reader gave it a star.
    pub starred: bool,
    /// The tags that the reader gave it.
    pub tags: Vec<String>,
    /// The date that the reader set: a day, a month or a year, as `search::date::DayRange` prints it.
    pub date_set: Option<String>,
    /// The places in it that the reader marked with a letter.
    pub places: Vec<RestoredPlace>,
    /// What the reader decided about its people and those of other reports.
    pub decisions: Vec<RestoredDecision>,
    /// The reader's notes that it carries.
    pub notes: Vec<RestoredNote>,
}

/// The first import of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RestoredImport {
    /// The path of the file.
    pub file: String,
    /// When it was, in seconds since 1970.
    pub added: i64,
}

/// A place of a report that is marked with a letter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RestoredPlace {
    pub letter: char,
    /// Offset into the canonical text in bytes.
    pub byte: usize,
}

/// A decision of the reader about a person of a report, as the columns of a file of decisions have it
/// (`officials::decision_file`). Each of the two reports carries it, so that either alone can bring it back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RestoredDecision {
    pub decision: Verdict,
    /// The name, as written.
    pub name: String,
    /// Where this report names the person, in bytes.
    pub byte: usize,
    /// The id of the report that names the same person, or the other one.
    pub other_report: String,
    /// Where it does, in bytes.
    pub other_byte: usize,
}

/// Whether two observations of one name are one person or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Same,
    Apart,
}

/// A note of the reader: on the report, on a passage of it, or on an official whom it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoredNote {
    /// The passage, in bytes of the canonical text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<[usize; 2]>,
    /// The id of the official at the time of the note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<String>,
    /// Where reports named the official then: the id of the report and a byte of its text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub named_at: Vec<(String, usize)>,
    /// The words of the passage, the title, or the name.
    pub quote: String,
    pub text: String,
    /// When it was written and when it was changed last, in seconds since 1970.
    pub made: i64,
    pub changed: i64,
}

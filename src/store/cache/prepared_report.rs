//! A report ready to be saved: its text packed, its derived rows and its index terms computed. The threads that read
//! files make it, in parallel, so that the one writer only binds values to statements.

use super::derived_rows::DerivedRows;
use super::packed_text::WaitingText;
use crate::report::{Day, DayHints, Draft, Extraction, Paragraph, RestoredFields, RestoredImport, Title};
use crate::search::vocabulary::IndexedTerms;
use crate::store::SourceReading;
use crate::store::index::index_terms;

/// The id of a text: 32 hexadecimal digits of its hash.
pub fn id_of(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().chars().take(32).collect()
}

/// A report with everything that is derived from it, ready to be written.
#[derive(Clone, Debug)]
pub struct PreparedReport {
    pub id: String,
    pub title: Title,
    /// What was repaired in the text when it was read.
    pub notes: Vec<String>,
    /// What was known of it in the cache, or in another program, that it was exported from, if it was.
    pub restored: Option<Box<RestoredFields>>,
    /// The bytes that it was read from, if they are to be kept.
    pub source: Option<SourceReading>,
    pub(super) body: ReportBody,
    /// `None` if the text was in the cache already when its file was read, so that nothing needs to be derived.
    pub(super) derived: Option<(DerivedRows, IndexedTerms)>,
    /// If known terms were dropped from `derived`: what `ReportIndex::drop_known` returned.
    pub(super) terms_dropped: Option<u64>,
}

/// The ground truth of a report, which `rebuild` keeps.
#[derive(Clone, Debug)]
pub(super) struct ReportBody {
    /// Packed, unless the text was known: then it is only compared.
    pub text: WaitingText,
    pub paragraphs: Vec<Paragraph>,
    pub own_title: Option<Title>,
    pub file: String,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub published: Option<Day>,
    pub days: DayHints,
}

impl PreparedReport {
    /// Prepares a new report. `file` is where it was read from, as the user gave it.
    pub fn new(file: &str, draft: Draft, found: &Extraction) -> Self {
        let title = Title::of(&draft, &found.facts);
        let index_terms = index_terms(&title.text, &draft.text);
        let derived = DerivedRows::new(file, &draft, found, &index_terms.folded);
        Self::of(file, draft, title, Some((derived, index_terms)))
    }

    /// Prepares a report whose text is in the cache already (`ReportCache::known_ids`): nothing is derived. `title` is
    /// the draft's own.
    pub fn known(file: &str, draft: Draft, title: Title) -> Self {
        Self::of(file, draft, title, None)
    }

    /// The day of publication that its page states.
    pub fn published(&self) -> Option<Day> {
        self.body.published
    }

    /// Its first import into the cache that it was exported from, if it was.
    pub fn first_import(&self) -> Option<&RestoredImport> {
        self.restored.as_ref()?.import.as_ref()
    }

    fn of(file: &str, draft: Draft, title: Title, derived: Option<(DerivedRows, IndexedTerms)>) -> Self {
        let id = id_of(&draft.text);
        let body = ReportBody {
            paragraphs: draft.paragraphs,
            own_title: draft.title,
            file: file.to_owned(),
            url: draft.url,
            outlet: draft.outlet,
            published: draft.published,
            days: draft.days,
            text: if derived.is_some() { WaitingText::packed(draft.text) } else { WaitingText::Plain(draft.text) },
        };
        Self {
            id,
            title,
            notes: draft.notes,
            restored: draft.restored,
            source: None,
            body,
            derived,
            terms_dropped: None,
        }
    }
}

impl ReportBody {
    /// The draft that a rebuild extracts from again.
    pub fn draft(&self) -> Draft {
        Draft {
            text: self.text.text().into_owned(),
            paragraphs: self.paragraphs.clone(),
            title: self.own_title.clone(),
            url: self.url.clone(),
            outlet: self.outlet.clone(),
            published: self.published,
            days: self.days,
            notes: Vec::new(),
            restored: None,
        }
    }
}

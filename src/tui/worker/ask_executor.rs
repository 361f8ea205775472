//! Answers questions and carries out orders on the cache, one at a time. Keeps what is worth keeping between answers:
//! the index of officials, and the search that is not fully answered yet.

use super::officials_index::OfficialsIndex;
use super::{WorkerFlags, decisions, list_window, next_row, quote_pages};
use crate::officials;
use crate::report::Span;
use crate::search::date::DayRange;
use crate::search::fields::{self, FieldValueType};
use crate::search::filter::FieldSubject;
use crate::search::matching::QueryPhrase;
use crate::search::required_words::has_all;
use crate::store::{
    DecisionStep, ImportPosition, MarksPart, OfficialParts, OfficialPreviewParts, RemovedReports, SeenBy, Store,
    StoreError, UndoneStep, WindowBounds,
};
use crate::tui::message::{Answer, Ask, DateChanged, ListRequest, LoadedReport, MAX_UNDO_BYTES, RowSpan};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The most rows that a preview is asked for, more than any terminal shows.
const PREVIEW_ROWS: usize = 256;

/// The state of the worker thread: the open cache, and what is kept in memory between answers.
pub struct WorkerState {
    pub(super) store: Store,
    /// Built for the first search for an official, and again whenever the cache has changed.
    officials: Option<OfficialsIndex>,
    /// How the reader's thread ends or pauses what is being done.
    pub(super) flags: Arc<WorkerFlags>,
    /// The newest search, until its last answer is sent.
    pending: Option<list_window::PartialSearch>,
    /// The data version of the cache at the last check, else at the first search. `None` before that.
    seen: Option<i64>,
    /// Up to where the last search can have shown the cache. `None` before the first search.
    shown: Option<ImportPosition>,
}

/// What a decision about namesakes has come to; the fields are those of `Answer::Decided`.
#[derive(Default)]
struct Decided {
    id: Option<String>,
    undone: Option<UndoneStep>,
    step: Option<DecisionStep>,
}

impl WorkerState {
    /// Reads nothing from the cache yet: the first question should be answered as soon as possible.
    pub fn new(store: Store, flags: Arc<WorkerFlags>) -> Self {
        Self { store, officials: None, flags, pending: None, seen: None, shown: None }
    }

    /// Checks whether another process has changed the cache since the last search. Costs some microseconds and reads no
    /// page of the file. `None` if it has not, or if that cannot be told now.
    pub fn changed_elsewhere(&mut self) -> Option<Answer> {
        self.follow_archive();
        let version = self.store.data_version().ok()?;
        let before = self.seen.replace(version)?;
        if before == version {
            return None;
        }
        let cache = self.store.cache();
        let (officials, doubts) = (cache.official_count().ok()?, cache.doubt_count().ok()?);
        Some(Answer::CacheChanged { officials, doubts })
    }

    /// Whether part of the newest search is still to be answered.
    pub fn has_pending(&self) -> bool {
        self.pending.is_some()
    }

    /// Computes the next part of the newest search. `None` if a new question interrupted it; the search then stays
    /// pending and is continued after that question. An interrupted part is computed again from its start.
    pub fn continue_search(&mut self) -> Option<Answer> {
        let mut search = self.pending.take()?;
        let interrupt = Arc::clone(&self.flags.interrupt);
        let part = self.flags.run(Some(Arc::clone(&interrupt)), || search.continue_search(&self.store, &interrupt));
        match part {
            Ok(answer) => {
                self.pending = (!answer.is_last()).then_some(search);
                Some(answer)
            }
            Err(StoreError::Interrupted) => {
                self.pending = Some(search);
                None
            }
            Err(error) => Some(Answer::Failed { turn: search.turn, why: error.to_string() }),
        }
    }

    /// Opens an archive again if another file has taken its place, and forgets what was read of the old one. If that
    /// file cannot be opened, perhaps because it is still being copied, the old one is read on.
    fn follow_archive(&mut self) -> bool {
        let is_other = self.store.reopen_if_replaced().unwrap_or(false);
        if is_other {
            (self.officials, self.pending) = (None, None);
            // The next check tells the reader of it, whatever number the new connection begins with.
            self.seen = self.seen.map(|_| i64::MIN);
        }
        is_other
    }

    /// Answers a question or carries out an order. `None` for a search that was stopped because a newer one replaced
    /// it. An error of the store becomes `Answer::Failed`.
    pub fn answer(&mut self, turn: u64, ask: Ask, stop: &Arc<AtomicBool>) -> Option<Answer> {
        self.follow_archive();
        // An archive that is read without locks may have changed meanwhile, and the answer may be put together of two
        // states: then it is asked for once more.
        let again = (self.store.archive().is_some() && !ask.is_order()).then(|| ask.clone());
        let done = self.answer_once(turn, ask, stop);
        match again {
            Some(again) if self.follow_archive() => self.answer_once(turn, again, stop),
            _ => done,
        }
    }

    fn answer_once(&mut self, turn: u64, ask: Ask, stop: &Arc<AtomicBool>) -> Option<Answer> {
        let flags = Arc::clone(&self.flags);
        let stopped_by = (!ask.is_order()).then(|| Arc::clone(stop));
        match flags.run(stopped_by, || perform(self, turn, ask, stop)) {
            Ok(answer) => Some(answer),
            Err(StoreError::Interrupted) => None,
            Err(error) => Some(Answer::Failed { turn, why: error.to_string() }),
        }
    }

    /// Decides about namesakes. `decide` returns the id that the official has afterwards; there may be nothing to
    /// decide.
    fn decide(
        &mut self,
        turn: u64,
        decide: impl FnOnce(&Store) -> Result<String, StoreError>,
    ) -> Result<Answer, StoreError> {
        let marks = self.store.marks();
        let before = marks.last_step_number()?;
        let id = decide(&self.store)?;
        let step = if marks.last_step_number()? == before { None } else { marks.last_step()? };
        self.decided(turn, Decided { id: Some(id), step, ..Decided::default() })
    }

    /// The answer to a decision about namesakes. Drops the index of officials, because any of them may have changed.
    fn decided(&mut self, turn: u64, decided: Decided) -> Result<Answer, StoreError> {
        self.officials = None;
        let cache = self.store.cache();
        let (officials, doubts) = (cache.official_count()?, cache.doubt_count()?);
        let Decided { id, undone, step } = decided;
        Ok(Answer::Decided { turn, id, undone, step, officials, doubts })
    }

    /// The index of officials, built again if the cache has changed since (an import may run in another process).
    fn find_officials(&mut self, turn: u64, query: &str, limit: usize) -> Result<Answer, StoreError> {
        let version = self.store.data_version()?;
        let register = self.store.register()?;
        let index = match self.officials.take().filter(|known| known.is_of(version)) {
            Some(index) => index,
            None => OfficialsIndex::new(version, &register, &self.flags)?,
        };
        let (rows, total) = index.find(&register, query, limit)?;
        let all = self.officials.insert(index).len();
        Ok(Answer::Officials { turn, rows, total, all })
    }
}

/// What the page of the official is made of who has this id, or had it when a page was left.
fn official_parts(store: &Store, id: &str) -> Result<Option<OfficialParts>, StoreError> {
    let register = store.register()?;
    let Some(id) = register.present_id(id)? else { return Ok(None) };
    register.official_parts(&id)
}

/// Answers a question or carries out an order; one arm for each `Ask`.
fn perform(state: &mut WorkerState, turn: u64, ask: Ask, stop: &AtomicBool) -> Result<Answer, StoreError> {
    let store = &state.store;
    Ok(match ask {
        Ask::Search(request) => search(state, turn, request, stop)?,
        Ask::Load(id) => Answer::Loaded { turn, loaded: load(store, &id)?.map(Box::new) },
        Ask::Officials(query, limit) => state.find_officials(turn, &query, limit)?,
        Ask::OfficialPreview(id) => {
            let parts = store.register()?.official_preview_parts(&id, PREVIEW_ROWS)?;
            let page = parts.and_then(OfficialPreviewParts::page);
            Answer::Official { turn, page: page.map(Box::new), notes: Vec::new() }
        }
        Ask::Official(id) | Ask::OfficialAgain(id) => {
            let notes = store.notes().of_name(&id)?;
            let parts = official_parts(store, &id)?;
            let (page, notes) = parts.map(|parts| parts.page_and_notes(notes)).unwrap_or_default();
            Answer::Official { turn, page: page.map(Box::new), notes }
        }
        Ask::OfficialParts(id) => Answer::OfficialParts { turn, parts: official_parts(store, &id)?.map(Box::new) },
        Ask::OfficialPreviewParts(id) => {
            let parts = store.register()?.official_preview_parts(&id, PREVIEW_ROWS)?;
            Answer::OfficialPreviewParts { turn, parts: parts.map(Box::new) }
        }
        Ask::PageParts(subject) => {
            Answer::PageParts { turn, parts: quote_pages::PageParts::read(store, &subject)?.map(Box::new) }
        }
        Ask::TakeMarks(part) => take_marks(state, turn, &part)?,
        Ask::QuotePage(subject) => {
            Answer::QuotePage { turn, content: quote_pages::find(&state.store, &subject)?.map(Box::new) }
        }
        Ask::Judge { official, decision } => {
            state.decide(turn, |store| decisions::judge(store, &official, decision))?
        }
        Ask::OfficialOf(report, person) => {
            let id = store.register()?.officials_of(&report)?.into_iter().nth(person).flatten();
            Answer::OfficialOf { turn, id }
        }
        Ask::Merge(one, other) => state.decide(turn, |store| decisions::merge(store, &one, &other))?,
        Ask::Split(official, place) => state.decide(turn, |store| decisions::split(store, &official, &place))?,
        Ask::Undo(official) => {
            let (id, undone) = decisions::undo(&state.store, official)?.map(|undone| (undone.id, undone.step)).unzip();
            state.decided(turn, Decided { id, undone, ..Decided::default() })?
        }
        Ask::Complete(text, cursor) => complete(state, turn, &text, cursor)?,
        Ask::Mark(letter, place) => {
            match place {
                Some(place) => store.marks().set_place(letter, &place.report, place.at)?,
                None => store.marks().forget_place(letter)?,
            }
            Answer::Done { turn }
        }
        Ask::ChangeMarks(changes) => Answer::MarksChanged { turn, undo: store.marks().change(&changes)? },
        Ask::ChangeNote(change) => Answer::NoteChanged { turn, changed: store.notes().change(change)? },
        Ask::Remove { reports, undoable } => remove(state, turn, reports, undoable)?,
        Ask::SaveAgain(removed) => save_again(state, turn, removed)?,
        Ask::Source(id) => {
            let source = store.cache().origin_of(&id)?.map(|origin| origin.source);
            Answer::Source { turn, url: source.filter(|source| source.starts_with("http")) }
        }
        Ask::Texts(ids) => Answer::Texts { turn, text: texts(store, &ids)? },
        Ask::Ids(RowSpan { filter, sort, offset, limit }) => {
            Answer::Ids { turn, ids: store.index().by_story().find_ids(&filter, sort, WindowBounds { offset, limit })? }
        }
        Ask::SetDate { report, date } => Answer::DateChanged(set_date(store, turn, report, date)?),
        Ask::Tags(id) => Answer::Tags { turn, tags: store.marks().tags_of(&id)? },
        Ask::CompleteTag(text, cursor) => {
            let (span, values) = complete_tag(&text, cursor, store.marks().tags()?);
            Answer::Completed { turn, span, values }
        }
        Ask::SaveFilter { file, name, filter } => {
            crate::config::save_filter(&file, crate::config::NamedFilters::Saved, &name, &filter)
                .map_or_else(|why| Answer::Failed { turn, why }, |()| Answer::Done { turn })
        }
        Ask::Unread(query) => {
            Answer::Row { turn, row: next_row::next(store, &query, &|id| Ok(!store.marks().of(id)?.0))? }
        }
        Ask::SearchOn(query, search) => Answer::Row { turn, row: next_row::next_with(store, &query, &search)? },
        Ask::Begin => begin(store, turn)?,
        Ask::HasNew => Answer::HasNew { turn, has_new: store.index().has_new()? },
        Ask::Seen => {
            // Marks that can only be read are no reason for a message at the end: everything is new again then.
            if let Some(Err(error)) = state.shown.map(|shown| store.marks().set_seen(SeenBy::Reader, shown)) {
                tracing::warn!("what was seen could not be kept: {error}");
            }
            Answer::Done { turn }
        }
    })
}

/// Begins a search: answers with its rows on screen, and keeps it if more is to follow.
fn search(state: &mut WorkerState, turn: u64, request: ListRequest, stop: &AtomicBool) -> Result<Answer, StoreError> {
    let store = &state.store;
    // What changes while it runs is found by the next check. So is what changed before: rows alone would leave the
    // number of officials as it was.
    let seen = state.seen.map_or_else(|| store.data_version(), Ok)?;
    (state.seen, state.shown) = (Some(seen), Some(store.cache().import_position()?));
    let mut search = list_window::PartialSearch::new(turn, request);
    let answer = search.begin(store, stop)?;
    state.pending = (!answer.is_last()).then_some(search);
    Ok(answer)
}

/// Takes over marks of a reader on another machine. Decisions among them may change any official.
fn take_marks(state: &mut WorkerState, turn: u64, part: &MarksPart) -> Result<Answer, StoreError> {
    state.store.marks().take(part)?;
    if part.begins || !part.steps.is_empty() {
        state.officials = None;
    }
    Ok(Answer::Done { turn })
}

/// Sets the date of a report by hand, or takes it back.
fn set_date(store: &Store, turn: u64, report: String, date: Option<DayRange>) -> Result<DateChanged, StoreError> {
    let before = store.cache().range_by_hand(&report)?;
    store.cache().set_date(&report, date)?;
    let day = store.cache().origin_of(&report)?.and_then(|origin| origin.when);
    Ok(DateChanged { turn, by_hand: date.is_some(), day, report, before })
}

/// A report with what the reader marked in it; `None` if there is none of that id.
fn load(store: &Store, id: &str) -> Result<Option<LoadedReport>, StoreError> {
    let Some(report) = store.cache().load(id)? else { return Ok(None) };
    let (tags, notes) = (store.marks().tags_of(id)?, store.notes().of_report(id)?);
    let imported = store.cache().imported_on(id)?;
    Ok(Some(LoadedReport { report: Box::new(report), tags, notes, imported }))
}

/// Removes reports, and counts the officials and doubts that are left.
fn remove(state: &mut WorkerState, turn: u64, ids: Vec<String>, undoable: bool) -> Result<Answer, StoreError> {
    let cache = state.store.cache();
    let (reports, undo) = if undoable {
        let Some(removed) = cache.remove_undoably(&ids, MAX_UNDO_BYTES)? else {
            return Ok(Answer::TooManyToUndo { turn, reports: ids });
        };
        (removed.len(), Some(Arc::new(removed)))
    } else {
        (cache.remove_all(&ids)?, None)
    };
    let (officials, doubts) = (cache.official_count()?, cache.doubt_count()?);
    state.officials = None;
    Ok(Answer::Removed { turn, reports, undo, officials, doubts })
}

/// Saves removed reports again, and counts the officials and doubts that there are then.
fn save_again(state: &mut WorkerState, turn: u64, removed: Arc<RemovedReports>) -> Result<Answer, StoreError> {
    let cache = state.store.cache();
    cache.save_again(&removed)?;
    let (officials, doubts) = (cache.official_count()?, cache.doubt_count()?);
    state.officials = None;
    Ok(Answer::SavedAgain { turn, removed, officials, doubts })
}

/// What the reader shows before anything is asked, and the copy of the marks that each day's first start makes.
fn begin(store: &Store, turn: u64) -> Result<Answer, StoreError> {
    if let Err(error) = store.back_up_marks() {
        tracing::warn!("today's copy of the reader's marks was not made: {error}");
    }
    // In the first session, what comes from now on is new.
    if store.marks().seen(SeenBy::Reader)?.is_none()
        && let Err(error) = store.cache().import_position().and_then(|now| store.marks().set_seen(SeenBy::Reader, now))
    {
        tracing::warn!("what was seen could not be kept: {error}");
    }
    let marks = store.marks().places()?;
    let marks = marks.into_iter().map(|(letter, report, at)| (letter, officials::Place { report: report.into(), at }));
    let officials = store.cache().official_count()?;
    let doubts = store.cache().doubt_count()?;
    Ok(Answer::Begun { turn, officials, doubts, marks: marks.collect(), notices: store.notices().to_vec() })
}

/// The texts of reports, each with its title before it. Those that are gone are left out.
fn texts(store: &Store, ids: &[String]) -> Result<String, StoreError> {
    let mut texts = Vec::new();
    for id in ids {
        texts.extend(store.cache().load(id)?.map(|report| report.text_with_title()));
    }
    Ok(texts.join("\n\n"))
}

/// The tags that complete the word between the last comma and the cursor, without those already in the line; and the
/// span of that word, in bytes. `cursor` is a byte offset into `text`.
fn complete_tag(text: &str, cursor: usize, all: Vec<String>) -> (Span, Vec<String>) {
    let before = text.get(..cursor).unwrap_or_default();
    let from = before.rfind(',').map_or(0, |at| at + 1);
    let begun = before.get(from..).unwrap_or_default();
    let start = cursor - begun.trim_start().len();
    let taken: Vec<&str> = text.split(',').map(str::trim).collect();
    let asked = QueryPhrase::new(begun, true);
    let matches = |tag: &String| asked.as_ref().is_none_or(|asked| has_all(asked, tag));
    let offered = all.into_iter().filter(|tag| !taken.contains(&tag.as_str()) && matches(tag));
    (Span::new(start, cursor), offered.collect())
}

/// The completions of the word before the cursor in a filter: names of fields, or values of the field there. Values are
/// read from the cache only if the field takes them. `cursor` is a byte offset into `text`.
fn complete(state: &mut WorkerState, turn: u64, text: &str, cursor: usize) -> Result<Answer, StoreError> {
    let asked = fields::field_at(text, cursor).map(|field| field.takes);
    let known = match asked {
        Some(FieldValueType::Words(FieldSubject::Person)) => state.store.register()?.commonest_names()?,
        Some(FieldValueType::Words(FieldSubject::Post)) => state.store.register()?.commonest_posts()?,
        Some(FieldValueType::Words(FieldSubject::Unit)) => {
            state.store.index().reporting_units()?.into_iter().map(|(unit, _)| unit).collect()
        }
        Some(FieldValueType::Rank) => state.store.register()?.commonest_ranks()?,
        Some(FieldValueType::Words(FieldSubject::Tag)) => state.store.marks().tags()?,
        Some(FieldValueType::Words(FieldSubject::Archive)) => state.store.archive_names()?,
        Some(FieldValueType::Words(FieldSubject::Source)) => state.store.index().hosts()?,
        Some(FieldValueType::Year | FieldValueType::From | FieldValueType::To | FieldValueType::Date) => {
            state.store.index().years()?
        }
        Some(
            FieldValueType::Words(FieldSubject::Kind | FieldSubject::Note)
            | FieldValueType::State
            | FieldValueType::Event
            | FieldValueType::Added,
        )
        | None => Vec::new(),
    };
    let values = |_: &fields::FilterField| known.clone();
    let completions = fields::complete(text, cursor, &values);
    let span = completions.first().map_or(Span::new(cursor, cursor), |completion| completion.span);
    let values = completions.into_iter().map(|completion| completion.text).collect();
    Ok(Answer::Completed { turn, span, values })
}

//! Carries out one question or order on the cache.

use super::{list_window, merge_split, session_file, topics};
use crate::officials::{self, OfficialSummary};
use crate::report::Span;
use crate::search::eval::has_all;
use crate::search::fields::{self, FieldSubject, FieldValueType};
use crate::search::matching::QueryPhrase;
use crate::search::{filter, fuzzy};
use crate::store::{Store, StoreError};
use crate::tui::message::{Answer, Ask, FinderRow};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What the worker has before it: the cache, and what it keeps of it in memory.
pub struct WorkerState {
    pub(super) store: Store,
    state: Option<PathBuf>,
    /// Read at the first search for an official, anew when the cache has changed.
    register: Option<OfficialsIndex>,
    /// Raised while something waits to be done.
    pub(super) asked: Arc<AtomicBool>,
    /// What of the last search is still to be said.
    owed: Option<list_window::PartialSearch>,
}

/// Every official, ready to be found.
struct OfficialsIndex {
    version: i64,
    all: Vec<OfficialSummary>,
    finder: fuzzy::Finder,
}

impl OfficialsIndex {
    fn new(version: i64, all: Vec<OfficialSummary>) -> Self {
        let candidate = |official: &OfficialSummary| fuzzy::Candidate {
            name: official.name.clone(),
            rank: official.rank.map(|rank| rank.name.to_owned()),
            posts: official.posts.clone(),
            reports: official.reports,
            last: official.last.map(|last| last.day),
        };
        let finder = fuzzy::Finder::new(all.iter().map(candidate));
        Self { version, all, finder }
    }

    /// What officials have, those seen most often first.
    fn commonest(&self, have: impl Fn(&OfficialSummary) -> Vec<String>) -> Vec<String> {
        let mut all: Vec<&OfficialSummary> = self.all.iter().collect();
        all.sort_by_key(|official| std::cmp::Reverse(official.reports));
        all.into_iter().flat_map(have).collect()
    }
}

impl WorkerState {
    /// A desk with nothing read yet.
    pub fn new(store: Store, state: Option<PathBuf>, asked: Arc<AtomicBool>) -> Self {
        Self { store, state, register: None, asked, owed: None }
    }

    /// Whether the last search is not said whole yet.
    pub fn owes(&self) -> bool {
        self.owed.is_some()
    }

    /// Works out the rest of the last search; nothing where something else came up, which goes first.
    pub fn pay(&mut self) -> Option<Answer> {
        let mut owed = self.owed.take()?;
        match owed.pay(&self.store, &self.asked) {
            Ok((answer, whole)) => {
                self.owed = (!whole).then_some(owed);
                Some(answer)
            }
            Err(StoreError::Interrupted) => {
                self.owed = Some(owed);
                None
            }
            Err(error) => Some(Answer::Failed { turn: owed.turn, why: error.to_string() }),
        }
    }

    /// Answers a question or carries out an order; nothing for a search that was stopped.
    pub fn answer(&mut self, turn: u64, ask: Ask, stop: &AtomicBool) -> Option<Answer> {
        match perform(self, turn, ask, stop) {
            Ok(answer) => Some(answer),
            Err(StoreError::Interrupted) => None,
            Err(error) => Some(Answer::Failed { turn, why: error.to_string() }),
        }
    }

    /// The answer to a decision: the register is to be read anew.
    fn decided(&mut self, turn: u64, id: Option<String>) -> Result<Answer, StoreError> {
        self.register = None;
        Ok(Answer::Decided { turn, id, officials: self.store.how_many_officials()? })
    }

    fn register(&mut self) -> Result<&OfficialsIndex, StoreError> {
        let version = self.store.data_version()?;
        if let Some(register) = self.register.take().filter(|known| known.version == version) {
            return Ok(self.register.insert(register));
        }
        self.store.refresh_officials()?;
        let all = self.store.officials()?;
        Ok(self.register.insert(OfficialsIndex::new(version, all)))
    }
}

fn perform(desk: &mut WorkerState, turn: u64, ask: Ask, stop: &AtomicBool) -> Result<Answer, StoreError> {
    let store = &desk.store;
    Ok(match ask {
        Ask::Search { filter, sort, offset, limit, seen, keep } => {
            let (filter, _) = filter::parse(&filter);
            let mut window = list_window::PartialSearch {
                turn,
                filter,
                sort,
                offset,
                limit,
                seen,
                keep,
                begun: None,
                counted: None,
            };
            let (answer, whole) = window.begin(store, stop)?;
            desk.owed = (!whole).then_some(window);
            answer
        }
        Ask::Load(id) => {
            let tags = store.tags_of(&id)?;
            Answer::Loaded { turn, report: store.load(&id)?.map(Box::new), tags }
        }
        Ask::Officials(query, limit) => {
            let register = desk.register()?;
            let (rows, total) = find_officials(register, &query, limit);
            Answer::Officials { turn, rows, total, all: register.all.len() }
        }
        Ask::Official(id) | Ask::OfficialAgain(id) => {
            Answer::Official { turn, page: store.official_page(&id)?.map(Box::new) }
        }
        Ask::Topic(topic) => Answer::Topic { turn, content: topics::find(&mut desk.store, &topic)?.map(Box::new) },
        Ask::Judge { official, this, that, one } => {
            let id = merge_split::judge(&mut desk.store, &official, this, that, one)?;
            desk.decided(turn, Some(id))?
        }
        Ask::OfficialOf(report, person) => {
            let id = store.officials_of(&report)?.into_iter().nth(person).flatten();
            Answer::OfficialOf { turn, id }
        }
        Ask::Merge(one, other) => {
            let id = merge_split::merge(&mut desk.store, &one, &other)?;
            desk.decided(turn, Some(id))?
        }
        Ask::Split(official, place) => {
            let id = merge_split::split(&mut desk.store, &official, &place)?;
            desk.decided(turn, Some(id))?
        }
        Ask::Undo(official) => {
            let id = merge_split::undo(&mut desk.store, official)?;
            desk.decided(turn, id)?
        }
        Ask::Complete(text, cursor) => complete(desk, turn, &text, cursor)?,
        Ask::Mark(letter, place) => {
            store.set_place(letter, &place.report, place.at)?;
            Answer::Done { turn }
        }
        Ask::Read(id, read) => {
            store.set_read(&id, read)?;
            Answer::Done { turn }
        }
        Ask::Star(id, starred) => {
            store.set_starred(&id, starred)?;
            Answer::Done { turn }
        }
        Ask::Tags(id) => Answer::Tags { turn, tags: store.tags_of(&id)? },
        Ask::Tag { report, on, off } => {
            for (tag, on) in on.iter().map(|tag| (tag, true)).chain(off.iter().map(|tag| (tag, false))) {
                store.set_tag(&report, tag, on)?;
            }
            Answer::Done { turn }
        }
        Ask::CompleteTag(text, cursor) => {
            let (span, values) = tags_begun(&text, cursor, store.tags()?);
            Answer::Completed { turn, span, values }
        }
        Ask::Unread { filter, sort, from, back } => {
            let (filter, _) = filter::parse(&filter);
            Answer::Row { turn, row: list_window::next(store, &filter, sort, from, back, &|row| !row.read)? }
        }
        Ask::SearchOn { filter, sort, from, back, query } => {
            Answer::Row { turn, row: list_window::next_with(store, &filter, sort, from, back, &query)? }
        }
        Ask::Begin => {
            let marks = store.places()?;
            let marks = marks.into_iter().map(|(letter, report, at)| (letter, officials::Place { report, at }));
            let officials = store.how_many_officials()?;
            Answer::Begun { turn, officials, marks: marks.collect(), notices: store.notices().to_vec() }
        }
        Ask::Remember(remembered) => match session_file::write(desk.state.as_deref(), &remembered) {
            Ok(()) => Answer::Done { turn },
            Err(error) => Answer::Failed { turn, why: format!("the last place could not be kept: {error}") },
        },
    })
}

/// Who answers a query, best first, and how many do.
fn find_officials(register: &OfficialsIndex, query: &str, limit: usize) -> (Vec<FinderRow>, usize) {
    let answer = register.finder.find(query, limit);
    let candidate = |hit: fuzzy::FinderHit| {
        let official = register.all.get(hit.index)?.clone();
        Some(FinderRow { official, hits: hit.spans, fuzzy: hit.fuzzy })
    };
    (answer.hits.into_iter().filter_map(candidate).collect(), answer.total)
}

/// The tags that answer what stands between the last comma and the cursor, those left out that the line has already.
fn tags_begun(text: &str, cursor: usize, all: Vec<String>) -> (Span, Vec<String>) {
    let before = text.get(..cursor).unwrap_or_default();
    let from = before.rfind(',').map_or(0, |at| at + 1);
    let begun = before.get(from..).unwrap_or_default();
    let start = cursor - begun.trim_start().len();
    let taken: Vec<&str> = text.split(',').map(str::trim).collect();
    let asked = QueryPhrase::new(begun, true);
    let answers = |tag: &String| asked.as_ref().is_none_or(|asked| has_all(asked, tag));
    let offered = all.into_iter().filter(|tag| !taken.contains(&tag.as_str()) && answers(tag));
    (Span::new(start, cursor), offered.collect())
}

/// What the word before the cursor may become.
fn complete(desk: &mut WorkerState, turn: u64, text: &str, cursor: usize) -> Result<Answer, StoreError> {
    let asked = fields::field_at(text, cursor).map(|field| field.takes);
    let known = match asked {
        Some(FieldValueType::Words(FieldSubject::Person)) => desk.register()?.commonest(|o| vec![o.name.clone()]),
        Some(FieldValueType::Words(FieldSubject::Post)) => desk.register()?.commonest(|o| o.posts.clone()),
        Some(FieldValueType::Words(FieldSubject::Unit)) => {
            desk.store.reporting_units()?.into_iter().map(|(unit, _)| unit).collect()
        }
        Some(FieldValueType::Words(FieldSubject::Tag)) => desk.store.tags()?,
        Some(FieldValueType::Words(FieldSubject::Source)) => desk.store.hosts()?,
        Some(FieldValueType::Year | FieldValueType::From | FieldValueType::To | FieldValueType::Date) => {
            desk.store.years()?
        }
        Some(FieldValueType::Words(FieldSubject::Kind) | FieldValueType::Rank | FieldValueType::State) | None => {
            Vec::new()
        }
    };
    let values = |_: &fields::FilterField| known.clone();
    let completions = fields::complete(text, cursor, &values);
    let span = completions.first().map_or(Span::new(cursor, cursor), |completion| completion.span);
    let values = completions.into_iter().map(|completion| completion.text).collect();
    Ok(Answer::Completed { turn, span, values })
}

//! Evaluates the residual predicate of a plan for one report. Only what a condition needs is read: conditions without
//! text first, because unpacking a text costs more than everything else together.

use super::ReportIndex;
use crate::officials::PersonStatement;
use crate::report::ReportKind;
use crate::search::filter::{Expr, FieldSubject, Filter, MarkState};
use crate::search::filter_match::{self, FilterSubject, SubjectPerson, WordLookup};
use crate::search::matching::{QueryWord, WordReading};
use crate::store::cache::packed_text::UnpackedText;
use crate::store::official_of_person::official_of;
use crate::store::person_partition::OF_REPORT;
use crate::store::{ImportPosition, Note, SeenBy, StoreError, cell_encoding};
use std::collections::HashMap;

/// A residual predicate, prepared to be evaluated for many reports.
pub(super) struct PostFilter<'a> {
    index: ReportIndex<'a>,
    /// First the conditions that need no text, then the rest: most reports are rejected before theirs is unpacked.
    steps: Vec<PostFilterStage>,
    /// How typed words are read, by word and whether it is a prefix; those read as typed are left out.
    readings: HashMap<(String, bool), WordReading>,
    /// Up to where the reader has seen the cache.
    seen: Option<ImportPosition>,
    /// The notes on officials with the ids of those whom they are about, if words of notes are asked for.
    on_officials: Vec<(Note, Vec<String>)>,
}

/// Conditions that are evaluated together, and what they need of a report.
#[derive(Default)]
struct PostFilterStage {
    filter: Filter,
    text: bool,
    people: bool,
    marks: bool,
    /// Whether it asks for words of notes, which may also be on the people.
    notes: bool,
    /// Whether it asks which archives have the report.
    archives: bool,
}

impl<'a> PostFilter<'a> {
    pub fn new(index: ReportIndex<'a>, filter: &Filter) -> Result<Self, StoreError> {
        let seen = index.store.marks().seen(SeenBy::Reader)?;
        let mut check = Self { index, steps: Vec::new(), readings: HashMap::new(), seen, on_officials: Vec::new() };
        let all = match &filter.expr {
            // The parts of a conjunction can be evaluated in any order; any other expression is one part.
            Some(Expr::And(parts)) => parts.as_slice(),
            expr => expr.as_slice(),
        };
        let (with_text, without): (Vec<&Expr>, Vec<&Expr>) = all.iter().partition(|part| needs_text(part));
        for parts in [without, with_text] {
            let mut step = PostFilterStage::default();
            for part in &parts {
                check.look_at(part, &mut step)?;
            }
            let mut parts: Vec<Expr> = parts.into_iter().cloned().collect();
            step.filter.expr = if parts.len() > 1 { Some(Expr::And(parts)) } else { parts.pop() };
            if step.filter.expr.is_some() {
                check.steps.push(step);
            }
        }
        Ok(check)
    }

    /// Notes what an expression needs of a report, and how its words are read.
    fn look_at(&mut self, expr: &Expr, step: &mut PostFilterStage) -> Result<(), StoreError> {
        match expr {
            Expr::And(parts) | Expr::Or(parts) => parts.iter().try_for_each(|part| self.look_at(part, step))?,
            Expr::Not(inner) => self.look_at(inner, step)?,
            Expr::Text(phrase) => {
                step.text = true;
                for word in phrase.words() {
                    let reading = self.index.reading(word)?;
                    if reading != WordReading::AsTyped {
                        self.readings.insert((word.typed().to_owned(), word.is_prefix()), reading);
                    }
                }
            }
            Expr::About(FieldSubject::Person | FieldSubject::Post, _) | Expr::Rank(..) | Expr::Event(_) => {
                step.people = true;
            }
            Expr::Is(MarkState::NoRank | MarkState::NoOfficial) => step.people = true,
            Expr::About(FieldSubject::Note, _) => {
                (step.marks, step.notes) = (true, true);
                if self.on_officials.is_empty() {
                    self.on_officials = self.index.store.notes().on_officials()?;
                }
            }
            Expr::About(FieldSubject::Tag, _) | Expr::Is(_) => step.marks = true,
            Expr::About(FieldSubject::Archive, _) => step.archives = true,
            _ => {}
        }
        Ok(())
    }

    /// Whether the report at `row` matches the filter.
    pub fn matches(&self, row: i64) -> Result<bool, StoreError> {
        for step in &self.steps {
            if !self.step_matches(step, row)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn step_matches(&self, step: &PostFilterStage, row: i64) -> Result<bool, StoreError> {
        let (cells, id) = self.cells(row, step.text)?;
        let people = if step.people { self.index.people_said(row)? } else { Vec::new() };
        let tags = if step.marks { self.index.store.marks().tags_of(&id)? } else { Vec::new() };
        let notes = if step.marks { self.index.store.notes().of_report(&id)? } else { Vec::new() };
        let of_people = if step.notes { self.notes_on_people(row)? } else { Vec::new() };
        let [notes, of_people] =
            [notes, of_people].map(|notes| notes.iter().map(Note::searched).collect::<Vec<String>>());
        let (read, starred) = if step.marks { self.index.store.marks().of(&id)? } else { (false, false) };
        let archives = if step.archives { self.index.store.archives_of(&id)? } else { Vec::new() };
        let subject = FilterSubject {
            title: &cells.title,
            text: &cells.text,
            unit: cells.unit.as_deref(),
            kind: ReportKind::from_name(&cells.kind).unwrap_or_default(),
            day: cell_encoding::unpack_day(cells.day.as_deref()),
            period: cells.period.as_deref().and_then(|p| p.parse().ok()),
            people: people
                .iter()
                .map(|(rank, said)| SubjectPerson {
                    name: &said.name,
                    rank: rank.as_deref(),
                    posts: said.posts.iter().map(|post| &*post.text).collect(),
                    events: said.events.iter().map(|event| event.kind).collect(),
                })
                .collect(),
            source: &cells.source,
            archives: archives.iter().map(String::as_str).collect(),
            tags: tags.iter().map(String::as_str).collect(),
            notes: notes.iter().map(String::as_str).collect(),
            notes_on_people: of_people.iter().map(String::as_str).collect(),
            read,
            starred,
            added: cell_encoding::day_of_second(cells.added),
            new: self.seen.is_some_and(|seen| seen.is_before(cells.body, cells.added)),
        };
        Ok(filter_match::matches(&step.filter, &subject, self))
    }

    /// The notes on the officials whom a report names.
    fn notes_on_people(&self, row: i64) -> Result<Vec<Note>, StoreError> {
        let official = official_of("p");
        let officials: Vec<Option<String>> = self
            .index
            .store
            .db
            .prepare_cached(&format!("SELECT DISTINCT {official} FROM person p WHERE {OF_REPORT}"))
            .and_then(|mut s| s.query_map([row], |cell| cell.get(0))?.collect())
            .map_err(StoreError::when("read"))?;
        let is_named = |ids: &[String]| ids.iter().any(|id| officials.iter().flatten().any(|named| named == id));
        let own = self.on_officials.iter().filter(|(_, ids)| is_named(ids));
        Ok(own.map(|(note, _)| note.clone()).collect())
    }

    fn cells(&self, row: i64, text: bool) -> Result<(ReportColumns, String), StoreError> {
        let (text, body) = if text { ("b.text", "JOIN body b ON b.no = r.body") } else { ("''", "") };
        let sql = format!(
            "SELECT r.title, {text}, r.unit, r.kind, r.day, r.period, r.source, r.id, r.body, r.added
             FROM report r {body} WHERE r.row = ?1"
        );
        self.index
            .store
            .db
            .prepare_cached(&sql)
            .and_then(|mut s| {
                s.query_row([row], |cell| {
                    let cells = ReportColumns {
                        title: cell.get(0)?,
                        // A damaged text is reported when it is opened; here it matches nothing.
                        text: cell.get(1).map(|UnpackedText(text)| text).unwrap_or_default(),
                        unit: cell.get(2)?,
                        kind: cell.get(3)?,
                        day: cell.get(4)?,
                        period: cell.get(5)?,
                        source: cell.get(6)?,
                        body: cell.get(8)?,
                        added: cell.get(9)?,
                    };
                    Ok((cells, cell.get(7)?))
                })
            })
            .map_err(StoreError::when("read"))
    }
}

impl ReportIndex<'_> {
    /// The people of a report in press order: the canonical rank of each, and what the report says of them.
    pub(super) fn people_said(&self, row: i64) -> Result<Vec<(Option<String>, PersonStatement)>, StoreError> {
        let rows: Vec<(Option<String>, String)> = self
            .store
            .db
            .prepare_cached(&format!("SELECT rank, said FROM person WHERE {OF_REPORT} ORDER BY place"))
            .and_then(|mut s| s.query_map([row], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(StoreError::when("read"))?;
        Ok(rows.into_iter().filter_map(|(rank, said)| Some((rank, PersonStatement::from_json(&said)?))).collect())
    }
}

fn needs_text(expr: &Expr) -> bool {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(needs_text),
        Expr::Not(inner) => needs_text(inner),
        Expr::Text(_) => true,
        _ => false,
    }
}

impl WordLookup for PostFilter<'_> {
    fn reading(&self, word: &QueryWord) -> WordReading {
        if word.squeezed().is_none() {
            return WordReading::AsTyped;
        }
        let reading = self.readings.get(&(word.typed().to_owned(), word.is_prefix()));
        reading.copied().unwrap_or(WordReading::AsTyped)
    }
}

struct ReportColumns {
    title: String,
    text: String,
    unit: Option<String>,
    kind: String,
    day: Option<String>,
    period: Option<String>,
    source: String,
    body: i64,
    added: i64,
}

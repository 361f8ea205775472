//! What is new since a moment: the reports that came, by unit, and what they state that was not known before: who was
//! appointed or promoted, who is seen for the first time or later than before. Each fact has its place in a report, and
//! one that several reports state is told once. Pure: the store hands over the new reports one by one, and the command
//! line writes the result as text, Markdown, JSON or HTML.
//!
//! ```text
//! NewReport ── DigestBuilder::add ──▶ DigestBuilder ── finish ──▶ DigestSection ──▶ writers
//!              newest first           facts by key     sentences
//! ```

use crate::lang::Phrase;
use crate::lang::phrases::digest as words;
use crate::officials::{PersonStatement, Place};
use crate::report::{CareerEventKind, Dated, ReportKind, dated};
use crate::search::filter::Filter;
use crate::search::filter_match::{SubjectPerson, concerns};
use crate::text::collate;
use crate::text::fold::fold;
use crate::text::tone_marks::name_key;
use serde::{Serialize, Serializer};
use std::collections::{HashMap, HashSet};

/// A report that came since, as the cache has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReport {
    pub id: String,
    pub title: String,
    pub day: Option<Dated>,
    pub kind: ReportKind,
    pub unit: Option<String>,
    /// Its address, else its file.
    pub source: String,
    /// Everybody whom it names, in press order.
    pub people: Vec<NewStatement>,
}

/// What a new report says of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStatement {
    pub said: PersonStatement,
    /// The official whom it is about. `None` for a name without a sign of an official.
    pub official: Option<KnownOfficial>,
}

/// An official, and what was known of them before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownOfficial {
    pub id: String,
    pub before: SeenBefore,
}

/// Whether reports that came before name an official.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenBefore {
    Never,
    /// In reports of which the newest has this day; `None` if none of them has one.
    Until(Option<Dated>),
}

/// What a digest tells of the reports that match one filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DigestSection {
    /// The name of the watch; `None` for everything.
    pub watch: Option<String>,
    /// The filter of the watch, as typed.
    pub filter: Option<String>,
    /// The moment since which it tells, as RFC 3339 in UTC; `None` for the beginning of the cache.
    pub since: Option<String>,
    /// In order of the kinds, each kind newest first.
    pub facts: Vec<DigestFact>,
    /// In Vietnamese alphabetical order; the reports that state no unit come last.
    pub units: Vec<UnitNews>,
}

/// The new reports of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitNews {
    /// `None` if the reports state none.
    pub unit: Option<String>,
    /// Its reports, the newest first.
    pub reports: Vec<ReportNews>,
}

/// A new report, as a digest lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportNews {
    pub id: String,
    pub title: String,
    #[serde(flatten, serialize_with = "dated::json::date")]
    pub day: Option<Dated>,
    pub kind: ReportKind,
    /// Its address, else its file.
    pub source: String,
}

/// A fact that was not known before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DigestFact {
    pub kind: FactKind,
    /// The name as written.
    pub name: String,
    /// The id of the official; `None` for a name without a sign of one.
    pub official: Option<String>,
    /// The canonical rank that the report states.
    pub rank: Option<String>,
    /// The posts that the report states, as written.
    pub posts: Vec<String>,
    /// The old rank or post of an event, as written.
    pub from: Option<String>,
    /// The new rank or post of an event, as written.
    pub to: Option<String>,
    /// The day of the report that is cited.
    #[serde(flatten, serialize_with = "dated::json::date")]
    pub day: Option<Dated>,
    /// Of `FactKind::LastSeen`: the newest day known before.
    pub before: Option<String>,
    /// The sentence that states it, on one line.
    pub sentence: String,
    /// The address of the cited report, else its file.
    pub source: String,
    /// Where reports state it. The first is the one that is cited.
    pub places: Vec<Place>,
}

/// The sentence that states a fact, on one line, and a byte of it in the text of its report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatingSentence {
    pub at: usize,
    pub text: String,
}

/// The kinds of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FactKind {
    Event(CareerEventKind),
    /// No report that came before names the official.
    FirstSeen,
    /// No report that came before, and is as new, names the official.
    LastSeen,
}

impl FactKind {
    /// All kinds in the order of a digest, with their words.
    const ALL: [(Self, Phrase); 10] = [
        (Self::Event(CareerEventKind::Promoted), words::PROMOTED),
        (Self::Event(CareerEventKind::Appointed), words::APPOINTED),
        (Self::Event(CareerEventKind::Elected), words::ELECTED),
        (Self::Event(CareerEventKind::HandedOver), words::HANDED_OVER),
        (Self::Event(CareerEventKind::Ceased), words::CEASED),
        (Self::Event(CareerEventKind::Demoted), words::DEMOTED),
        (Self::Event(CareerEventKind::Retired), words::RETIRED),
        (Self::Event(CareerEventKind::Died), words::DIED),
        (Self::FirstSeen, words::FIRST_SEEN),
        (Self::LastSeen, words::LAST_SEEN),
    ];

    /// Its name for readers.
    pub fn phrase(self) -> Phrase {
        Self::ALL.iter().find(|row| row.0 == self).map_or(words::CHANGES, |row| row.1)
    }

    fn order(self) -> usize {
        Self::ALL.iter().position(|row| row.0 == self).unwrap_or(Self::ALL.len())
    }
}

impl Serialize for FactKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Event(kind) => kind.name(),
            Self::FirstSeen => "first_seen",
            Self::LastSeen => "last_seen",
        })
    }
}

impl DigestSection {
    /// Whether no report came since.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The number of new reports.
    pub fn report_count(&self) -> usize {
        self.units.iter().map(|unit| unit.reports.len()).sum()
    }
}

impl DigestFact {
    /// The rank, if it is known, and the name.
    pub fn who(&self) -> String {
        self.rank.as_ref().map_or_else(|| self.name.clone(), |rank| format!("{rank} {}", self.name))
    }

    /// What changed: `Đại tá → Thiếu tướng`; without an event, the posts. Empty if the report says nothing of it.
    pub fn change(&self) -> String {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => format!("{from} → {to}"),
            (Some(from), None) => format!("{from} →"),
            (None, Some(to)) => format!("→ {to}"),
            (None, None) => self.posts.join(", "),
        }
    }
}

/// The rank that a report states of a person.
fn rank_of(said: &PersonStatement) -> Option<String> {
    said.rank.map(|rank| rank.rank.name.to_owned())
}

/// The posts that a report states of a person, as written.
fn posts_of(said: &PersonStatement) -> Vec<String> {
    said.posts.iter().map(|post| post.text.as_ref().to_owned()).collect()
}

/// Which statements are one fact: kind, person, and the folded words of what is new.
type FactKey = (FactKind, String, String);

/// Collects a section from reports, which must come newest first.
pub struct DigestBuilder<'a> {
    filter: &'a Filter,
    reports: Vec<(Option<String>, ReportNews)>,
    facts: Vec<DigestFact>,
    /// Where in `facts` each is.
    known: HashMap<FactKey, usize>,
}

impl<'a> DigestBuilder<'a> {
    /// A section without reports. `filter` is that of the watch: what the reports say of other people is left out.
    pub fn new(filter: &'a Filter) -> Self {
        Self { filter, reports: Vec::new(), facts: Vec::new(), known: HashMap::new() }
    }

    /// Adds a report that matches the filter.
    pub fn add(&mut self, report: &NewReport) {
        for statement in &report.people {
            for (kind, at) in self.facts_of(report, statement) {
                self.add_fact(report, statement, kind, at);
            }
        }
        self.reports.push((
            report.unit.clone(),
            ReportNews {
                id: report.id.clone(),
                title: report.title.clone(),
                day: report.day,
                kind: report.kind,
                source: report.source.clone(),
            },
        ));
    }

    /// The facts that a statement makes, each with the byte where the report states it.
    fn facts_of(&self, report: &NewReport, statement: &NewStatement) -> Vec<(FactKind, usize)> {
        let said = &statement.said;
        let is_meant = |events: Vec<CareerEventKind>| {
            let rank = said.rank.map(|rank| rank.rank.name);
            let posts = said.posts.iter().map(|post| &*post.text).collect();
            concerns(self.filter, &SubjectPerson { name: &said.name, rank, posts, events })
        };
        let events = said.events.iter().filter(|event| is_meant(vec![event.kind]));
        let mut facts: Vec<(FactKind, usize)> = events.map(|event| (FactKind::Event(event.kind), event.at)).collect();
        let seen = statement.official.as_ref().and_then(|official| match official.before {
            SeenBefore::Never => Some(FactKind::FirstSeen),
            SeenBefore::Until(last) => is_later(report.day, last).then_some(FactKind::LastSeen),
        });
        facts.extend(seen.filter(|_| is_meant(Vec::new())).map(|kind| (kind, said.at)));
        facts
    }

    fn add_fact(&mut self, report: &NewReport, statement: &NewStatement, kind: FactKind, at: usize) {
        let said = &statement.said;
        let event = match kind {
            FactKind::Event(kind) => said.events.iter().find(|event| event.kind == kind && event.at == at),
            FactKind::FirstSeen | FactKind::LastSeen => None,
        };
        let official = statement.official.as_ref();
        let who = official.map_or_else(|| name_key(&said.name), |official| official.id.clone());
        let what = event.and_then(|event| event.to.as_ref().or(event.from.as_ref())).map(|words| fold(words));
        let place = Place { report: report.id.as_str().into(), at };
        let key = (kind, who, what.unwrap_or_default());
        if let Some(fact) = self.known.get(&key).and_then(|n| self.facts.get_mut(*n)) {
            // Told again, perhaps in fuller words.
            let from = event.and_then(|event| event.from.as_ref());
            fact.from = fact.from.take().or_else(|| from.cloned());
            if fact.places.iter().any(|told| told.report == place.report) {
                return;
            }
            // The oldest report with a day is where an official was first seen; of everything else, the newest.
            if kind == FactKind::FirstSeen && report.day.is_some() {
                fact.places.insert(0, place);
                (fact.day, fact.source) = (report.day, report.source.clone());
                // What is told beside the oldest report is what that one says, and not what a newer one does.
                (fact.rank, fact.posts) = (rank_of(said), posts_of(said));
            } else {
                fact.places.push(place);
            }
            return;
        }
        self.known.insert(key, self.facts.len());
        let before = official.and_then(|official| match official.before {
            SeenBefore::Until(Some(day)) if kind == FactKind::LastSeen => Some(day.to_string()),
            _ => None,
        });
        self.facts.push(DigestFact {
            kind,
            name: said.name.as_ref().to_owned(),
            official: official.map(|official| official.id.clone()),
            rank: rank_of(said),
            posts: posts_of(said),
            from: event.and_then(|event| event.from.clone()),
            to: event.and_then(|event| event.to.clone()),
            day: report.day,
            before,
            sentence: String::new(),
            source: report.source.clone(),
            places: vec![place],
        });
    }

    /// Ends the section. `sentence` reads the sentence of a place that states a fact: it has the name and these words,
    /// or is that at the place itself.
    ///
    /// # Errors
    /// The first of `sentence`.
    pub fn finish<E>(
        self,
        mut sentence: impl FnMut(&Place, &str, &str) -> Result<StatingSentence, E>,
    ) -> Result<DigestSection, E> {
        let Self { reports, mut facts, .. } = self;
        // Of whom more is told, it goes without saying that they were seen.
        let told: HashSet<String> = facts
            .iter()
            .filter(|fact| matches!(fact.kind, FactKind::Event(_)))
            .filter_map(|fact| fact.official.clone())
            .collect();
        let is_told = |fact: &DigestFact| fact.official.as_ref().is_some_and(|official| told.contains(official));
        facts.retain(|fact| fact.kind != FactKind::LastSeen || !is_told(fact));
        facts.sort_by_key(|fact| fact.kind.order());
        for fact in &mut facts {
            if let Some(place) = fact.places.first_mut() {
                let words = fact.to.as_deref().or(fact.from.as_deref()).unwrap_or_default();
                let cited = sentence(place, &fact.name, words)?;
                (place.at, fact.sentence) = (cited.at, cited.text);
            }
        }
        Ok(DigestSection { watch: None, filter: None, since: None, facts, units: by_unit(reports) })
    }
}

/// Whether a report of this day is newer than those of before.
fn is_later(day: Option<Dated>, before: Option<Dated>) -> bool {
    day.is_some_and(|day| before.is_none_or(|before| day.day > before.day))
}

/// The reports by unit, whose order they keep.
fn by_unit(reports: Vec<(Option<String>, ReportNews)>) -> Vec<UnitNews> {
    let mut units: Vec<UnitNews> = Vec::new();
    let mut known: HashMap<Option<String>, usize> = HashMap::new();
    for (unit, report) in reports {
        let n = *known.entry(unit.clone()).or_insert(units.len());
        match units.get_mut(n) {
            Some(news) => news.reports.push(report),
            None => units.push(UnitNews { unit, reports: vec![report] }),
        }
    }
    units.sort_by_cached_key(|news| (news.unit.is_none(), news.unit.as_deref().map(collate::key)));
    units
}

#[cfg(test)]
mod tests;

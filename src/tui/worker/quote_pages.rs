//! Collects the content of a quote page from the cache: the holders of a post, a unit's officials and reports, two
//! reports compared, and the uncertain judgements. The rules are those of `officials`; this module only loads their
//! input.

use crate::officials::lineup::{LineupRow, compared, lineup};
use crate::officials::post::PostKey;
use crate::officials::post_holders::{Holding, posts, posts_of};
use crate::officials::report_diff::compare;
use crate::officials::story::story_differences;
use crate::officials::unit_posts::unit_posts;
use crate::officials::{NotedOfficials, Place, ReportHead};
use crate::report::{Day, Report};
use crate::search::counts::ReportCounts;
use crate::store::{Note, NoteSubject, Store, StoreError, UncertainJudgement, UnitReport};
use crate::tui::quote_pages::counts::CountsQuery;
use crate::tui::quote_pages::doubts::{Doubt, DoubtMention, DoubtsContent, DoubtsQuery};
use crate::tui::quote_pages::notes::{NoteRow, NotedRow};
use crate::tui::quote_pages::versions::VersionRow;
use crate::tui::quote_pages::{ComparedPair, ComparisonHead, ComparisonSide, PageContent, PageSubject, PostOrigin};
use serde::{Deserialize, Serialize};
use std::sync::atomic::AtomicBool;

/// What a quote page is made of, as the cache has it. What follows from it is computed by `content`, which for an
/// archive on another machine is done by the reader: there is less to send.
#[derive(Debug, Serialize, Deserialize)]
pub enum PageParts {
    Post {
        /// The holdings of the post itself; if there are none, of every post that its words name.
        #[serde(with = "crate::store::holding_list")]
        holdings: Vec<Holding>,
        /// Whether they are those of the words.
        by_words: bool,
        /// The official from whose post the page was opened.
        own: Option<String>,
    },
    Unit {
        #[serde(with = "crate::store::holding_list")]
        holdings: Vec<Holding>,
        reports: Vec<UnitReport>,
    },
    Doubts(DoubtsContent),
    Lineups {
        older: LineupSide,
        newer: LineupSide,
    },
    Texts {
        older: ComparisonSide,
        newer: ComparisonSide,
    },
    Versions(Vec<VersionRow>),
    Notes(Vec<NoteRow>),
    Counts(ReportCounts),
}

/// A report whose line-up is compared, and the officials that its people are identified as.
#[derive(Debug, Serialize, Deserialize)]
pub struct LineupSide {
    side: ComparisonSide,
    officials: Vec<Option<String>>,
}

impl LineupSide {
    fn of(store: &Store, side: ComparisonSide) -> Result<Self, StoreError> {
        let officials = store.register()?.officials_of(&side.report.id)?;
        Ok(Self { side, officials })
    }

    fn people(&self) -> Vec<LineupRow> {
        lineup(&self.side.report.id, &self.side.report.extraction, &self.officials)
    }
}

impl PageParts {
    /// Reads them from the cache. `None` if it knows nothing of the subject.
    pub fn read(store: &Store, subject: &PageSubject) -> Result<Option<Self>, StoreError> {
        Ok(match subject {
            PageSubject::Post(words, key, whose) => Some(post(store, words, key, whose.as_ref())?),
            PageSubject::Unit(name) => Some(Self::Unit {
                holdings: store.register()?.holdings(name)?,
                reports: store.index().reports_of_unit(name)?,
            }),
            PageSubject::Doubts(wanted) => Some(Self::Doubts(doubts(store, wanted)?)),
            PageSubject::Lineups(pair) => {
                let Some((older, newer)) = two(store, pair)? else { return Ok(None) };
                Some(Self::Lineups { older: LineupSide::of(store, older)?, newer: LineupSide::of(store, newer)? })
            }
            PageSubject::Texts(pair) => two(store, pair)?.map(|(older, newer)| Self::Texts { older, newer }),
            PageSubject::Versions(id) => Some(Self::Versions(versions(store, id)?)),
            // It comes from the program, and is kept nowhere.
            PageSubject::CommandOutput(..) => None,
            PageSubject::Notes => Some(Self::Notes(notes(store)?)),
            PageSubject::Counts(CountsQuery { filter, field }) => {
                let (filter, _) = crate::search::filter::parse(filter);
                Some(Self::Counts(store.index().by_story().counts(&filter, *field, &AtomicBool::new(false))?))
            }
        })
    }

    /// The content of the page of that subject. `None` if there is nothing on it, or these are the parts of another.
    pub fn content(self, subject: &PageSubject) -> Option<PageContent> {
        Some(match (self, subject) {
            (Self::Post { holdings, by_words, own }, PageSubject::Post(words, key, _)) => {
                let found = if by_words { posts(words, &holdings) } else { posts_of(key, &holdings) };
                (!found.is_empty()).then_some(PageContent::Post(found, own))?
            }
            (Self::Unit { holdings, reports }, PageSubject::Unit(name)) => {
                let officials = unit_posts(name, &holdings);
                let known = officials.all().next().is_some() || !reports.is_empty();
                known.then_some(PageContent::Unit(officials, reports))?
            }
            (Self::Doubts(found), PageSubject::Doubts(_)) => (found.all > 0).then_some(PageContent::Doubts(found))?,
            (Self::Lineups { older, newer }, PageSubject::Lineups(_)) => {
                let people = compared(&older.people(), &newer.people());
                PageContent::Lineups { older: older.side.head, newer: newer.side.head, people }
            }
            (Self::Texts { older, newer }, PageSubject::Texts(_)) => {
                let found = compare(&older.report, &newer.report);
                PageContent::Texts { older, newer, found }
            }
            (Self::Versions(rows), PageSubject::Versions(_)) => {
                (!rows.is_empty()).then_some(PageContent::Versions(rows))?
            }
            (Self::Notes(rows), PageSubject::Notes) => (!rows.is_empty()).then_some(PageContent::Notes(rows))?,
            (Self::Counts(found), PageSubject::Counts(query)) if found.field == query.field => {
                (found.total > 0).then_some(PageContent::Counts(found))?
            }
            _ => return None,
        })
    }
}

/// The content of a quote page. `None` if the cache knows nothing of the subject.
pub fn find(store: &Store, subject: &PageSubject) -> Result<Option<PageContent>, StoreError> {
    Ok(PageParts::read(store, subject)?.and_then(|parts| parts.content(subject)))
}

/// The post with all its holders, by its key. If nobody is known to hold a post with that key, every post that these
/// `words` name. `whose` is the person from whose post the page was opened: the page tells who preceded and succeeded
/// that official.
fn post(store: &Store, words: &str, key: &PostKey, whose: Option<&PostOrigin>) -> Result<PageParts, StoreError> {
    let mut holdings = store.register()?.holdings_of(key)?;
    let by_words = posts_of(key, &holdings).is_empty();
    if by_words {
        holdings = store.register()?.holdings(words)?;
    }
    let own = match whose {
        Some(PostOrigin::Official(id)) => Some(id.clone()),
        Some(PostOrigin::Person(report, n)) => store.register()?.officials_of(report)?.into_iter().nth(*n).flatten(),
        None => None,
    };
    Ok(PageParts::Post { holdings, by_words, own })
}

/// The two reports of a pair, the older first. If the pair has only one, the other is the unit's previous report of the
/// same kind. `None` if either is missing.
fn two(store: &Store, pair: &ComparedPair) -> Result<Option<(ComparisonSide, ComparisonSide)>, StoreError> {
    let other = match &pair.other {
        Some(other) => Some(other.clone()),
        None => store.index().previous_of_kind(&pair.report)?,
    };
    let Some(other) = other else { return Ok(None) };
    let Some((first, second)) = side(store, &other)?.zip(side(store, &pair.report)?) else { return Ok(None) };
    Ok(Some(if day_of(&first) > day_of(&second) { (second, first) } else { (first, second) }))
}

fn day_of(side: &ComparisonSide) -> Option<Day> {
    side.head.when.map(|when| when.day)
}

fn side(store: &Store, id: &str) -> Result<Option<ComparisonSide>, StoreError> {
    let Some(report) = store.cache().load(id)? else { return Ok(None) };
    let origin = store.cache().origin_of(id)?;
    let head = ComparisonHead {
        id: report.id.clone(),
        title: report.title.text.clone(),
        when: origin.and_then(|origin| origin.when),
    };
    Ok(Some(ComparisonSide { head, report: Box::new(report) }))
}

/// The reports that tell the story of a report, each with what it says differently from the one that represents it.
fn versions(store: &Store, id: &str) -> Result<Vec<VersionRow>, StoreError> {
    let mut first: Option<Report> = None;
    let mut rows = Vec::new();
    for version in store.register()?.versions_of(id)? {
        let report = store.cache().load(&version.id)?;
        let differences = match (&first, &report) {
            (Some(first), Some(report)) => story_differences(first, report),
            _ => Vec::new(),
        };
        first = first.or(report);
        rows.push(VersionRow { version, differences });
    }
    Ok(rows)
}

/// The uncertain judgements (doubts) that match the query, those that matter most first, with their sentences.
fn doubts(store: &Store, wanted: &DoubtsQuery) -> Result<DoubtsContent, StoreError> {
    let found = store.register()?.doubts(&wanted.names, wanted.least)?;
    let doubts = found.judgements.into_iter().map(|one| {
        let UncertainJudgement { official, name, judgement, this, that } = one;
        Ok(Doubt {
            official,
            name,
            joined: judgement.joined,
            reason: judgement.reason,
            confidence: judgement.confidence,
            reports: judgement.reports,
            among: judgement.among,
            this: mention(store, this, judgement.this)?,
            that: mention(store, that, judgement.that)?,
        })
    });
    let doubts = doubts.collect::<Result<_, StoreError>>()?;
    Ok(DoubtsContent { doubts, total: found.total, all: found.all })
}

/// All notes, the one that was changed last first, each with the title and the day of its report.
fn notes(store: &Store) -> Result<Vec<NoteRow>, StoreError> {
    let row = |note: Note| {
        let head = note.report().map(|id| store.cache().head_of(id)).transpose()?.flatten();
        let officials = match &note.subject {
            NoteSubject::Official { id, places, .. } => store.register()?.noted(id, places)?,
            NoteSubject::Passage { .. } | NoteSubject::Report { .. } => NotedOfficials::default(),
        };
        let row = |id: String| Ok(store.register()?.summary(&id)?.map(|official| NotedRow::of(&official)));
        let rows = officials.ids.into_iter().map(row).collect::<Result<Vec<_>, StoreError>>()?;
        Ok(NoteRow { note, report: head, officials: rows.into_iter().flatten().collect(), certain: officials.certain })
    };
    store.notes().all()?.into_iter().map(row).collect()
}

/// One of the two mentions of a doubt, with what the page shows of it: report, day and sentence.
fn mention(store: &Store, head: Option<ReportHead>, place: Place) -> Result<DoubtMention, StoreError> {
    let sentence = store.cache().sentence(&place)?.unwrap_or_default();
    let when = head.as_ref().and_then(|head| head.day);
    Ok(DoubtMention {
        place,
        when,
        title: head.map(|head| head.title.as_ref().to_owned()).unwrap_or_default(),
        sentence,
    })
}

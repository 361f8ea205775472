//! Collects the content of a quote page from the cache: the holders of a post, a unit's officials and reports, two
//! reports compared, and the uncertain judgements. The rules are those of `officials`; this module only loads their
//! input.

use crate::officials::lineup::{LineupRow, compared, lineup};
use crate::officials::post::PostKey;
use crate::officials::post_holders::{posts, posts_of};
use crate::officials::report_diff::compare;
use crate::officials::story::story_differences;
use crate::officials::unit_posts::unit_posts;
use crate::officials::{Place, ReportHead};
use crate::report::{Day, Report};
use crate::store::{Note, Store, StoreError, UncertainJudgement};
use crate::tui::quote_pages::counts::CountsQuery;
use crate::tui::quote_pages::doubts::{Doubt, DoubtMention, DoubtsContent, DoubtsQuery};
use crate::tui::quote_pages::notes::NoteRow;
use crate::tui::quote_pages::versions::VersionRow;
use crate::tui::quote_pages::{ComparedPair, ComparisonHead, ComparisonSide, PageContent, PageSubject, PostOrigin};
use std::sync::atomic::AtomicBool;

/// The content of a quote page. `None` if the cache knows nothing of the subject.
pub fn find(store: &Store, subject: &PageSubject) -> Result<Option<PageContent>, StoreError> {
    match subject {
        PageSubject::Post(words, key, whose) => post(store, words, key, whose.as_ref()),
        PageSubject::Unit(name) => {
            let (officials, reports) =
                (unit_posts(name, &store.register()?.holdings(name)?), store.index().reports_of_unit(name)?);
            let known = !(officials.now.is_empty() && officials.before.is_empty() && reports.is_empty());
            Ok(known.then_some(PageContent::Unit(officials, reports)))
        }
        PageSubject::Doubts(wanted) => {
            let found = doubts(store, wanted)?;
            Ok((found.all > 0).then_some(PageContent::Doubts(found)))
        }
        PageSubject::Lineups(pair) => {
            let Some((older, newer)) = two(store, pair)? else { return Ok(None) };
            let people = compared(&people(store, &older.report)?, &people(store, &newer.report)?);
            Ok(Some(PageContent::Lineups { older: older.head, newer: newer.head, people }))
        }
        PageSubject::Texts(pair) => {
            let Some((older, newer)) = two(store, pair)? else { return Ok(None) };
            let found = compare(&older.report, &newer.report);
            Ok(Some(PageContent::Texts { older, newer, found }))
        }
        PageSubject::Versions(id) => {
            let rows = versions(store, id)?;
            Ok((!rows.is_empty()).then_some(PageContent::Versions(rows)))
        }
        // It comes from the program, and is kept nowhere.
        PageSubject::CommandOutput(..) => Ok(None),
        PageSubject::Notes => {
            let rows = notes(store)?;
            Ok((!rows.is_empty()).then_some(PageContent::Notes(rows)))
        }
        PageSubject::Counts(CountsQuery { filter, field }) => {
            let (filter, _) = crate::search::filter::parse(filter);
            let found = store.index().by_story().counts(&filter, *field, &AtomicBool::new(false))?;
            Ok((found.total > 0).then_some(PageContent::Counts(found)))
        }
    }
}

/// The post with all its holders, by its key. If nobody is known to hold a post with that key, every post that these
/// `words` name. `whose` is the person from whose post the page was opened: the page tells who preceded and succeeded
/// that official.
fn post(
    store: &Store,
    words: &str,
    key: &PostKey,
    whose: Option<&PostOrigin>,
) -> Result<Option<PageContent>, StoreError> {
    let mut found = posts_of(key, &store.register()?.holdings_of(key)?);
    if found.is_empty() {
        found = posts(words, &store.register()?.holdings(words)?);
    }
    let own = match whose {
        Some(PostOrigin::Official(id)) => Some(id.clone()),
        Some(PostOrigin::Person(report, n)) => store.register()?.officials_of(report)?.into_iter().nth(*n).flatten(),
        None => None,
    };
    Ok((!found.is_empty()).then_some(PageContent::Post(found, own)))
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

/// The line-up of a report, with the officials that its people are identified as.
fn people(store: &Store, report: &Report) -> Result<Vec<LineupRow>, StoreError> {
    Ok(lineup(&report.id, &report.extraction, &store.register()?.officials_of(&report.id)?))
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
        Ok(NoteRow { note, report: head })
    };
    store.notes().all()?.into_iter().map(row).collect()
}

/// One of the two mentions of a doubt, with what the page shows of it: report, day and sentence.
fn mention(store: &Store, head: Option<ReportHead>, place: Place) -> Result<DoubtMention, StoreError> {
    let sentence = store.cache().sentence(&place)?.unwrap_or_default();
    let when = head.as_ref().and_then(|head| head.day);
    Ok(DoubtMention { place, when, title: head.map(|head| head.title).unwrap_or_default(), sentence })
}

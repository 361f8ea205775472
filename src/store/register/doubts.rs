//! Reads the judgements about identities that should be reviewed, those that matter most first.
//!
//! A judgement is not stored: identifying its name gives it again. So that the first screen does not identify all
//! names, the row of an official has the weight of its gravest doubt. Names are identified in the order of these
//! weights, and a doubt is in its final place as soon as no name that is left can have a graver one:
//!
//! ```text
//! gravest doubt        A 40 reports     B 12 reports     C 3 reports
//! identified           A: 40, 2         B: 12, 12        …
//! in place             A 40             B 12, B 12       A 2 waits: C has a graver one
//! ```

use super::OfficialsRegister;
use crate::officials::{DoubtWeight, IdentityJudgement, Observation, Place, ReportHead};
use crate::search::finder::{Candidate, Finder};
use crate::store::StoreError;
use crate::text::tone_marks::name_key;
use std::cmp::Reverse;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// A judgement to review, with the heads of the two reports that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UncertainJudgement {
    /// The id of the official.
    pub official: String,
    pub name: String,
    pub judgement: IdentityJudgement,
    /// The head of the report of `judgement.this`; `None` if the name has no observation there any more.
    pub this: Option<ReportHead>,
    /// The same for `judgement.that`.
    pub that: Option<ReportHead>,
}

/// The judgements to review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoubtsFound {
    /// Those that matter most, first.
    pub judgements: Vec<UncertainJudgement>,
    /// The number of all that match the query.
    pub total: usize,
    /// The number of all in the cache.
    pub all: usize,
}

/// The order of judgements: by weight, then by name key and places, so that it is total.
type SortKey = (DoubtWeight, String, Place, Place);

/// An official with doubts, as a row of the cache.
struct DoubtfulOfficial {
    id: String,
    name: String,
    doubts: usize,
    gravest: DoubtWeight,
}

impl OfficialsRegister<'_> {
    /// At least `least` judgements to review, or all if there are fewer: of the officials whose names match `query` as
    /// in the finder. Those that only resemble it are left out.
    pub fn doubts(&self, query: &str, least: usize) -> Result<DoubtsFound, StoreError> {
        let mut officials = self.doubtful_officials()?;
        let all = officials.iter().map(|official| official.doubts).sum();
        if !query.trim().is_empty() {
            let matching = matching(&officials, query);
            let mut number = 0..;
            officials.retain(|_| number.next().is_some_and(|number| matching.contains(&number)));
        }
        let total = officials.iter().map(|official| official.doubts).sum();
        let mut names: BTreeMap<String, DoubtfulOfficial> = BTreeMap::new();
        for official in officials {
            match names.entry(name_key(&official.name)) {
                Entry::Vacant(new) => drop(new.insert(official)),
                Entry::Occupied(mut known) if official.gravest < known.get().gravest => drop(known.insert(official)),
                Entry::Occupied(_) => {}
            }
        }
        let mut names: Vec<(DoubtWeight, String, String)> =
            names.into_iter().map(|(key, official)| (official.gravest, key, official.id)).collect();
        names.sort();
        let (mut waiting, mut judgements) = (BTreeMap::new(), Vec::new());
        for (gravest, key, id) in names {
            take_in_place(&mut waiting, &mut judgements, Some((gravest, &key)));
            if judgements.len() >= least {
                return Ok(DoubtsFound { judgements, total, all });
            }
            // Any id of a name will do: its register has all officials of that name.
            waiting.extend(self.doubts_of_name(&id)?);
        }
        take_in_place(&mut waiting, &mut judgements, None);
        Ok(DoubtsFound { judgements, total, all })
    }

    /// The judgements to review of all officials of the name that the official with this id has.
    fn doubts_of_name(&self, id: &str) -> Result<Vec<(SortKey, UncertainJudgement)>, StoreError> {
        let Some(register) = self.register_of(id)? else { return Ok(Vec::new()) };
        let head = |place: &Place| head_of(&register.observations, place);
        let of_official = register.officials.iter().flat_map(|own| own.doubts().map(move |doubt| (own, doubt)));
        let found = of_official.map(|(own, doubt)| {
            let key = (doubt.weight(), own.key.clone(), doubt.this.clone(), doubt.that.clone());
            let (this, that) = (head(&doubt.this), head(&doubt.that));
            let (official, name, judgement) = (own.id.clone(), own.name.clone(), doubt.clone());
            (key, UncertainJudgement { official, name, judgement, this, that })
        });
        Ok(found.collect())
    }

    fn doubtful_officials(&self) -> Result<Vec<DoubtfulOfficial>, StoreError> {
        self.store
            .db
            .prepare_cached(
                "SELECT id, name, doubts, doubt_reports, doubt_among, doubt_confidence FROM official
                 WHERE doubts > 0 ORDER BY id",
            )
            .and_then(|mut s| {
                let read = |row: &rusqlite::Row<'_>| {
                    let (reports, among) = (Reverse(row.get(3)?), Reverse(row.get(4)?));
                    let gravest = DoubtWeight { reports, among, confidence: row.get(5)? };
                    Ok(DoubtfulOfficial { id: row.get(0)?, name: row.get(1)?, doubts: row.get(2)?, gravest })
                };
                s.query_map([], read)?.collect()
            })
            .map_err(StoreError::when("read"))
    }
}

/// Moves the judgements that are in their final place, in order, from `waiting` to `judgements`: those before `next`,
/// the gravest doubt of the names that are left; all if no name is left.
fn take_in_place(
    waiting: &mut BTreeMap<SortKey, UncertainJudgement>,
    judgements: &mut Vec<UncertainJudgement>,
    next: Option<(DoubtWeight, &str)>,
) {
    while let Some(first) = waiting.first_entry() {
        let (weight, name, ..) = first.key();
        if next.is_some_and(|next| (*weight, name.as_str()) >= next) {
            return;
        }
        judgements.push(first.remove());
    }
}

/// The positions of the officials whose names match the query.
fn matching(officials: &[DoubtfulOfficial], query: &str) -> BTreeSet<usize> {
    let finder = Finder::new(officials.iter().map(|one| Candidate { name: &one.name, ..Candidate::default() }));
    let hits = finder.find(query, usize::MAX).hits;
    hits.into_iter().filter(|hit| !hit.fuzzy).map(|hit| hit.index).collect()
}

fn head_of(observations: &[Observation], place: &Place) -> Option<ReportHead> {
    observations.iter().map(|seen| &seen.head).find(|head| head.report == place.report).cloned()
}

//! Phrases as conditions on the index: which words stand side by side anywhere, and how a phrase whose last word may go on
//! is asked for without joining all that it can go on to. Where reports are to be looked into, says so.

use super::ReportIndex;
use super::plan::{PlannedCondition, RowGoal, RowSet, any_of, any_term};
use super::word_lookup::IndexWords;
use crate::search::filter::Expr;
use crate::search::matching::{QueryPhrase, QueryWord};
use crate::store::StoreError;
use std::collections::BTreeSet;

/// Phrases of more combinations of words than this are narrowed down by their words alone.
const COMBINATIONS: usize = 128;

impl ReportIndex<'_> {
    /// Several words that stand side by side.
    pub(super) fn side_by_side(
        &self,
        phrase: &QueryPhrase,
        mut terms: Vec<IndexWords>,
        aim: RowGoal,
    ) -> Result<PlannedCondition, StoreError> {
        if !self.leave_neighbours(&mut terms)? {
            return Ok(PlannedCondition::exact(RowSet::None));
        }
        let combinations = terms.iter().fold(1_usize, |n, t| n.saturating_mul(t.tokens.len()));
        let listed =
            terms.iter().filter_map(|t| t.forms.as_ref()).filter_map(|forms| any_of(forms)).map(RowSet::Listed);
        let mut sets: Vec<RowSet> = listed.collect();
        let plain = sets.is_empty();
        if aim == RowGoal::First && combinations <= COMBINATIONS {
            // Most of those that have the words have them with their tones.
            sets.clear();
        }
        let look = || Some(Expr::Text(phrase.clone()));
        let open = phrase.words().last().zip(terms.split_last());
        let many =
            open.filter(|(word, (ending, _))| ending.tokens.len() > self.store.limits.open_endings && word.is_prefix());
        Ok(match many {
            Some((word, (ending, head))) if combinations / ending.tokens.len() <= COMBINATIONS => {
                let heads = phrases(head);
                if aim == RowGoal::First {
                    // The words before are looked for once, not once for each word that the last one can go on to; and
                    // the newest reports with them are looked into.
                    sets.push(RowSet::Words(quoted(&heads).join(" OR ")));
                    return Ok(PlannedCondition { set: RowSet::And(sets), left: look() });
                }
                sets.push(RowSet::Each(begun(&heads, word, ending, self.store.limits.separate_endings)));
                PlannedCondition { set: RowSet::And(sets), left: if plain { None } else { look() } }
            }
            _ if combinations <= COMBINATIONS => {
                sets.push(RowSet::Words(quoted(&phrases(&terms)).join(" OR ")));
                PlannedCondition { set: RowSet::And(sets), left: if plain { None } else { look() } }
            }
            _ => {
                sets.extend(terms.iter().filter_map(any_term).map(RowSet::Words));
                PlannedCondition { set: RowSet::And(sets), left: look() }
            }
        })
    }

    /// Leaves of each word's tokens those that stand behind a token of the word before somewhere; false where one has none.
    fn leave_neighbours(&self, terms: &mut [IndexWords]) -> Result<bool, StoreError> {
        for n in 1..terms.len() {
            let Some((Some(before), [here, ..])) =
                terms.split_at_mut_checked(n).map(|(head, tail)| (head.last(), tail))
            else {
                break;
            };
            if before.more.is_some() {
                continue;
            }
            let mut next = BTreeSet::new();
            for token in &before.tokens {
                next.extend(self.beside(token)?.unwrap_or_default().split(' ').map(str::to_owned));
            }
            match &here.more {
                // More than were told one by one: those that begin so.
                Some((begin, twin)) => {
                    next.retain(|token| token.starts_with(begin) || twin.as_ref() == Some(token));
                    here.tokens = next.into_iter().collect();
                    here.more = None;
                }
                None => here.tokens.retain(|token| next.contains(token)),
            }
            if here.tokens.is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Phrases of any of these heads with a word that the typed one goes on to, one by one: each is soon answered, and whoever
/// has waited long enough for all of them can be told of the first.
fn begun(heads: &[String], word: &QueryWord, ending: &IndexWords, separate: usize) -> Vec<String> {
    let any = |ending: &str| heads.iter().map(|head| format!("\"{head} {ending}")).collect::<Vec<_>>().join(" OR ");
    // Keystrokes are no beginning of a word of the index.
    if ending.tokens.len() > separate && !ending.by_keys {
        // Numbers: many, each in few reports, and soon joined.
        let twin = word.twin().map(|twin| any(&format!("{twin}\"")));
        return std::iter::once(any(&format!("{}\" *", word.folded()))).chain(twin).collect();
    }
    ending.tokens.iter().map(|token| any(&format!("{token}\""))).collect()
}

/// Every combination of the words, each in its place.
fn phrases(terms: &[IndexWords]) -> Vec<String> {
    terms.iter().fold(vec![String::new()], |before, term| {
        let grown = before.iter().flat_map(|start| {
            term.tokens.iter().map(move |t| if start.is_empty() { t.clone() } else { format!("{start} {t}") })
        });
        grown.collect()
    })
}

fn quoted(phrases: &[String]) -> Vec<String> {
    phrases.iter().map(|phrase| format!("\"{phrase}\"")).collect()
}

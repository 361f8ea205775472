//! Phrases as conditions on the index. A typed word can be several words of the index (spellings, completions), so a
//! phrase is a product of alternatives. Two things keep it small: `following_words` knows which words ever follow
//! which, so most combinations are dropped before FTS5 joins their positions; and an unfinished last word, which can
//! have hundreds of completions, is queried in a way that the first matches come early.
//!
//! ```text
//! "tong ke"  →  tổng→tong   ×  {ke, kem, ken, ket}     all completions in the vocabulary
//!            →  tong        ×  {ke, ket}               those that ever follow `tong`
//!            →  "tong ke" OR "tong ket"
//! ```

use super::ReportIndex;
use super::query_plan::{PlannedCondition, RowGoal, RowSet, any_of, any_term};
use super::word_lookup::IndexWords;
use crate::search::filter::Expr;
use crate::search::matching::{QueryPhrase, QueryWord};
use crate::store::StoreError;
use std::collections::BTreeSet;

/// Phrases of more combinations of words than this are narrowed down by their single words only.
const MAX_COMBINATIONS: usize = 128;

impl ReportIndex<'_> {
    /// Plans a phrase of several words; `terms` are the index words of each. The strategy depends on the number of
    /// combinations:
    ///
    /// ```text
    /// last word unfinished, many completions   first rows: the words before it, checked in the newest reports
    ///                                          all rows: one query for each completion, or one prefix query
    /// few combinations                         "a b" OR "a c" OR …
    /// many combinations                        (a OR …) AND (b OR c OR …), checked in each report
    /// ```
    pub(super) fn side_by_side(
        &self,
        phrase: &QueryPhrase,
        mut terms: Vec<IndexWords>,
        goal: RowGoal,
    ) -> Result<PlannedCondition, StoreError> {
        if !self.keep_adjacent(&mut terms)? {
            return Ok(PlannedCondition::exact(RowSet::None));
        }
        let combinations = terms.iter().fold(1_usize, |n, t| n.saturating_mul(t.tokens.len()));
        let listed =
            terms.iter().filter_map(|t| t.forms.as_ref()).filter_map(|forms| any_of(forms)).map(RowSet::Listed);
        let mut sets: Vec<RowSet> = listed.collect();
        let plain = sets.is_empty();
        if goal == RowGoal::First && combinations <= MAX_COMBINATIONS {
            // Most reports with the folded words have them with the typed tones too: checking them is cheaper.
            sets.clear();
        }
        let look = || Some(Expr::Text(phrase.clone()));
        let open = phrase.words().last().zip(terms.split_last());
        let many = open
            .filter(|(word, (ending, _))| ending.tokens.len() > self.store.thresholds.open_endings && word.is_prefix());
        Ok(match many {
            Some((word, (ending, head))) if combinations / ending.tokens.len() <= MAX_COMBINATIONS => {
                let heads = phrases(head);
                if goal == RowGoal::First {
                    // Query only the words before the last one, once, and check the newest reports that have them.
                    sets.push(RowSet::Words(quoted(&heads).join(" OR ")));
                    return Ok(PlannedCondition { set: RowSet::And(sets), residual: look() });
                }
                sets.push(RowSet::Each(with_endings(&heads, word, ending, self.store.thresholds.separate_endings)));
                PlannedCondition { set: RowSet::And(sets), residual: if plain { None } else { look() } }
            }
            _ if combinations <= MAX_COMBINATIONS => {
                sets.push(RowSet::Words(quoted(&phrases(&terms)).join(" OR ")));
                PlannedCondition { set: RowSet::And(sets), residual: if plain { None } else { look() } }
            }
            _ => {
                sets.extend(terms.iter().filter_map(any_term).map(RowSet::Words));
                PlannedCondition { set: RowSet::And(sets), residual: look() }
            }
        })
    }

    /// Drops the tokens of each word that never follow a token of the word before it. False if a word has none left: no
    /// report can have the phrase.
    fn keep_adjacent(&self, terms: &mut [IndexWords]) -> Result<bool, StoreError> {
        for n in 1..terms.len() {
            let Some((Some(before), [here, ..])) =
                terms.split_at_mut_checked(n).map(|(head, tail)| (head.last(), tail))
            else {
                break;
            };
            // Its tokens are not all listed, so which words follow them is not known.
            if before.more.is_some() {
                continue;
            }
            let mut next = BTreeSet::new();
            for token in &before.tokens {
                next.extend(self.words_after(token)?.unwrap_or_default().split(' ').map(str::to_owned));
            }
            match &here.more {
                // Too many to be listed: take the followers that have the prefix instead.
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

/// Expressions for the phrases of any of these heads with each completion of the last word. Up to `separate` of them
/// are queried one by one: each is quick, and the rows of the first can be shown while the others are pending.
fn with_endings(heads: &[String], word: &QueryWord, ending: &IndexWords, separate: usize) -> Vec<String> {
    let any = |ending: &str| heads.iter().map(|head| format!("\"{head} {ending}")).collect::<Vec<_>>().join(" OR ");
    // A prefix query works on the typed letters, so not for keystrokes.
    if ending.tokens.len() > separate && !ending.by_keys {
        // Mostly numbers: many completions, each in few reports, which one prefix query joins quickly.
        let twin = word.twin().map(|twin| any(&format!("{twin}\"")));
        return std::iter::once(any(&format!("{}\" *", word.folded()))).chain(twin).collect();
    }
    ending.tokens.iter().map(|token| any(&format!("{token}\""))).collect()
}

/// All combinations of the words, each as one string, in the order of the phrase.
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

//! A lead that a record keeps apart from its text: it is put before the text, unless the text has it already. Many
//! programs take the lead from the beginning of the text and cut it, so the comparison is of words in a row.

use crate::ingest::html;
use crate::ingest::markup_text::{escaped, text_of};
use crate::text::words::{folded_words, words};
use std::collections::HashSet;

/// A lead of which this share of runs of words is in the text, in percent, is taken from the text.
const KNOWN_PERCENT: usize = 80;
/// The number of words of a run.
const RUN_WORDS: usize = 3;
/// A lead is compared up to this number of its words.
const MAX_LEAD_WORDS: usize = 2000;
/// A shorter text of a lead is a label of the site.
const MIN_LEAD_WORDS: usize = 4;

/// The text with those leads before it that are not in it. `None` if there is neither.
pub(super) fn with_leads(text: Option<String>, leads: Vec<String>) -> Option<String> {
    let Some(text) = text else {
        // Programs often write one lead under several names: the longest has all of it.
        return leads.into_iter().max_by_key(String::len);
    };
    let mut whole = text;
    for lead in leads.into_iter().rev() {
        let lead = text_of(&lead);
        if words(&lead).count() < MIN_LEAD_WORDS || is_in(&lead, &text_of(&whole)) {
            continue;
        }
        whole = if html::is_markup(&whole) {
            ["<p>", &escaped(&lead), "</p>\n", &whole].concat()
        } else {
            [lead.trim(), "\n\n", &whole].concat()
        };
    }
    Some(whole)
}

/// Whether most runs of words of a lead are in the text.
fn is_in(lead: &str, text: &str) -> bool {
    let lead = folded_words(lead);
    let lead: Vec<&str> = lead.split(' ').take(MAX_LEAD_WORDS).collect();
    let runs: HashSet<&[&str]> = lead.windows(RUN_WORDS).collect();
    let text = folded_words(text);
    let text: Vec<&str> = text.split(' ').collect();
    let found: HashSet<&[&str]> = text.windows(RUN_WORDS).filter(|run| runs.contains(run)).collect();
    found.len() * 100 >= runs.len() * KNOWN_PERCENT
}

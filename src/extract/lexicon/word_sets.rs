//! Sets of words that the rules of the recognizers name (`word_sets.tsv`): what may stand before a date, between a
//! list and its verb, behind `dự`. A rule asks whether the words at a token belong to a set; which words those are is
//! the table's business.
//!
//! Asking is one array access. Every word of a set is a word of the lexicon and has two bit masks with one bit a set:
//!
//! ```text
//! word     whole                      begins
//! ngày     date_cue | range_opener    -
//! đề       -                          proposed      first word of `đề nghị`, `đề xuất`
//! ```
//!
//! Only if the bit in `begins` is set are the phrases of that set compared word by word.

use super::table::{TableError, TableFile};
use super::trie::{Trie, WordId};
use super::value::TableWord;
use crate::extract::token::pieces;
use std::sync::OnceLock;

/// The file: one row a set.
pub(crate) const WORD_SETS: TableFile =
    TableFile::with_columns("word_sets.tsv", include_str!("../tables/word_sets.tsv"), "set", "words");

/// A set of words; the notes of the table explain each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordSet {
    AddressOnly,
    Addressee,
    Admin,
    AdminStart,
    AlsoLink,
    AtThatTime,
    BeforeCountryOrSea,
    BeforeNewPost,
    BeforeVerb,
    BelongsTo,
    BodyHead,
    Born,
    BornWhen,
    BracketOfPerson,
    BracketedPlace,
    ChangeOf,
    Circumstance,
    Command,
    Commanded,
    CommitteeLevel,
    Comrades,
    CreditJoin,
    CreditWork,
    DateCue,
    DateOpener,
    EventDateOpener,
    EventHeld,
    GivenNameToThing,
    GivenToPerson,
    Honour,
    InCharge,
    KindFollows,
    ListJoin,
    ListVerb,
    MiddleName,
    NameParticle,
    NoRankGiven,
    NotAttending,
    Now,
    OtherDate,
    OtherSubject,
    OtherTime,
    PartOfDay,
    PartyCommittee,
    PeriodStart,
    Permanent,
    PlaceWord,
    PlaceWordStart,
    PostGivenTo,
    PostJoin,
    Proposed,
    RangeJoin,
    RangeOpener,
    RankEnd,
    RankGivenTo,
    ReplacedPerson,
    ResponsibleFor,
    RowJoin,
    Serves,
    Several,
    SeveralAddressed,
    SirOrMadam,
    SpeaksFor,
    ThisOrLastYear,
    Together,
    Ward,
}

impl TableWord for WordSet {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("address_only", Self::AddressOnly),
        ("addressee", Self::Addressee),
        ("admin", Self::Admin),
        ("admin_start", Self::AdminStart),
        ("also_link", Self::AlsoLink),
        ("at_that_time", Self::AtThatTime),
        ("before_country_or_sea", Self::BeforeCountryOrSea),
        ("before_new_post", Self::BeforeNewPost),
        ("before_verb", Self::BeforeVerb),
        ("belongs_to", Self::BelongsTo),
        ("body_head", Self::BodyHead),
        ("born", Self::Born),
        ("born_when", Self::BornWhen),
        ("bracket_of_person", Self::BracketOfPerson),
        ("bracketed_place", Self::BracketedPlace),
        ("change_of", Self::ChangeOf),
        ("circumstance", Self::Circumstance),
        ("command", Self::Command),
        ("commanded", Self::Commanded),
        ("committee_level", Self::CommitteeLevel),
        ("comrades", Self::Comrades),
        ("credit_join", Self::CreditJoin),
        ("credit_work", Self::CreditWork),
        ("date_cue", Self::DateCue),
        ("date_opener", Self::DateOpener),
        ("event_date_opener", Self::EventDateOpener),
        ("event_held", Self::EventHeld),
        ("given_name_to_thing", Self::GivenNameToThing),
        ("given_to_person", Self::GivenToPerson),
        ("honour", Self::Honour),
        ("in_charge", Self::InCharge),
        ("kind_follows", Self::KindFollows),
        ("list_join", Self::ListJoin),
        ("list_verb", Self::ListVerb),
        ("middle_name", Self::MiddleName),
        ("name_particle", Self::NameParticle),
        ("no_rank_given", Self::NoRankGiven),
        ("not_attending", Self::NotAttending),
        ("now", Self::Now),
        ("other_date", Self::OtherDate),
        ("other_subject", Self::OtherSubject),
        ("other_time", Self::OtherTime),
        ("part_of_day", Self::PartOfDay),
        ("party_committee", Self::PartyCommittee),
        ("period_start", Self::PeriodStart),
        ("permanent", Self::Permanent),
        ("place_word", Self::PlaceWord),
        ("place_word_start", Self::PlaceWordStart),
        ("post_given_to", Self::PostGivenTo),
        ("post_join", Self::PostJoin),
        ("proposed", Self::Proposed),
        ("range_join", Self::RangeJoin),
        ("range_opener", Self::RangeOpener),
        ("rank_end", Self::RankEnd),
        ("rank_given_to", Self::RankGivenTo),
        ("replaced_person", Self::ReplacedPerson),
        ("responsible_for", Self::ResponsibleFor),
        ("row_join", Self::RowJoin),
        ("serves", Self::Serves),
        ("several", Self::Several),
        ("several_addressed", Self::SeveralAddressed),
        ("sir_or_madam", Self::SirOrMadam),
        ("speaks_for", Self::SpeaksFor),
        ("this_or_last_year", Self::ThisOrLastYear),
        ("together", Self::Together),
        ("ward", Self::Ward),
    ];
}

impl WordSet {
    /// The words as the table writes them, for rules that compare letters and case.
    pub(crate) fn words(self) -> &'static [&'static str] {
        static WORDS: OnceLock<Vec<Vec<&'static str>>> = OnceLock::new();
        let all = WORDS.get_or_init(|| {
            let mut all = vec![Vec::new(); WordSet::WORDS.len()];
            for (set, words) in rows().filter_map(Result::ok) {
                if let Some(slot) = all.get_mut(set as usize) {
                    *slot = words;
                }
            }
            all
        });
        all.get(self as usize).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) const fn bit(self) -> u128 {
        1 << self as u32
    }
}

/// The rows of the table, or why one cannot be read.
pub(crate) fn rows() -> impl Iterator<Item = Result<(WordSet, Vec<&'static str>), TableError>> {
    WORD_SETS.text_rows().map(|row| {
        let name = row.forms.first().copied().unwrap_or_default();
        let words: Vec<&str> = row.value.split('|').filter(|word| !word.is_empty()).collect();
        let set = WordSet::from_word(name).filter(|_| !words.is_empty());
        set.map(|set| (set, words)).ok_or(WORD_SETS.error(&row, name))
    })
}

/// Which sets a word belongs to.
#[derive(Clone, Copy, Debug, Default)]
struct WordMasks {
    /// The sets that have the word by itself.
    whole: u128,
    /// The sets that have a phrase beginning with it.
    begins: u128,
}

/// Some words of a set that belong together.
#[derive(Debug)]
struct SetPhrase {
    set: WordSet,
    words: Vec<WordId>,
}

/// The sets as words of the lexicon.
#[derive(Debug, Default)]
pub(super) struct WordSetIndex {
    /// By number of the word. The sets' words are interned before all others, so that this stays small.
    masks: Vec<WordMasks>,
    phrases: Vec<SetPhrase>,
}

impl WordSetIndex {
    /// Interns the words of all sets.
    pub(super) fn read(trie: &mut Trie) -> Self {
        let mut index = Self::default();
        for set in WordSet::WORDS.iter().map(|(_, set)| *set) {
            for form in set.words() {
                let words: Vec<WordId> = pieces(form).into_iter().map(|word| trie.intern(word)).collect();
                let Some(first) = words.first().map(|word| word.number()) else { continue };
                index.masks.resize(index.masks.len().max(first + 1), WordMasks::default());
                let Some(masks) = index.masks.get_mut(first) else { continue };
                if words.len() == 1 {
                    masks.whole |= set.bit();
                } else {
                    masks.begins |= set.bit();
                    index.phrases.push(SetPhrase { set, words });
                }
            }
        }
        index
    }

    /// Whether each of the sets has the word by itself.
    pub(super) fn masks(&self, word: WordId) -> u128 {
        self.masks.get(word.number()).map_or(0, |masks| masks.whole)
    }

    /// How many words of the text belong to the longest form of the set that begins with `first`; `word_at` gives
    /// the word that many tokens on. 0 if there is no such form.
    pub(super) fn longest(&self, first: WordId, set: WordSet, word_at: impl Fn(usize) -> WordId) -> usize {
        let Some(masks) = self.masks.get(first.number()) else { return 0 };
        let alone = usize::from(masks.whole & set.bit() != 0);
        if masks.begins & set.bit() == 0 {
            return alone;
        }
        let phrases = self.phrases.iter().filter(|phrase| phrase.set == set);
        let here = phrases.filter(|phrase| phrase.words.iter().enumerate().all(|(on, word)| word_at(on) == *word));
        here.map(|phrase| phrase.words.len()).max().unwrap_or(alone)
    }
}

//! Sets of words that the rules of the recognizers refer to (`word_sets.tsv`): words before a date, between a list and
//! its verb, behind `dự`. A rule tests whether the words at a token belong to a set; the table lists the words.
//!
//! Most tests fail after one array access: every first word of a form is a word of the lexicon and has a mask with one
//! bit for each set, so letters are compared only if the bit is set.
//!
//! ```text
//! word     mask
//! ngày     date_cue | range_opener | …
//! đề       proposed                        first word of `đề nghị`, `đề xuất`
//! ```
//!
//! Letters are then compared exactly, in lower case (`TokenCursor::set_end`): unlike a form of the automaton, a word of
//! a set is found only in the spellings that its row has.

use super::table::{TableError, TableFile};
use super::trie::{Trie, WordId};
use super::value::TableWord;
use std::sync::OnceLock;

/// The file: one row a set.
pub(crate) const WORD_SETS: TableFile =
    TableFile::with_columns("word_sets.tsv", include_str!("../tables/word_sets.tsv"), "set", "words");

/// A set of words; the notes of the table explain each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordSet {
    ActOfOffice,
    Activity,
    ActivityHead,
    ActivityOfBody,
    AddressOnly,
    Addressee,
    Admin,
    AdminStart,
    Adviser,
    AfterRuled,
    AllAre,
    AlsoLink,
    AndPartners,
    ArabicNames,
    ArabicPart,
    ArmyBody,
    AtThatTime,
    Attendance,
    BackgroundOpener,
    Beast,
    BeforeCountryOrSea,
    BeforeGivenRank,
    BeforeNewPost,
    BeforeObject,
    BeforeTakingUp,
    BeforeVerb,
    BelongsTo,
    Birthday,
    Boat,
    BodyHead,
    Born,
    BornWhen,
    BracketOfPerson,
    BracketedPlace,
    Candidate,
    Celebrating,
    Chamber,
    ChangeOf,
    Circumstance,
    CityLevel,
    ClauseWord,
    Command,
    CommandRegion,
    Commanded,
    CommitteeLevel,
    CommitteeSeat,
    CommuneLevel,
    Comrades,
    Congratulates,
    Council,
    CourtPost,
    CreditJoin,
    CreditWork,
    DateCue,
    DateOpener,
    DeathAdverb,
    DeathCircumstance,
    Delegation,
    Demands,
    Demonstrative,
    Department,
    Dismisses,
    DismissesAnybody,
    DistrictLevel,
    Division,
    DocumentKind,
    DocumentSubject,
    Duty,
    EarlierTime,
    Elsewhere,
    EndsLikeHead,
    EndsLikeThing,
    EndsName,
    EventDateOpener,
    EventHeld,
    EventNoun,
    ExpectedDay,
    Fallen,
    Feigns,
    FieldHead,
    Firm,
    FirmPost,
    FirmWord,
    FromCountry,
    GivenNameToThing,
    GivenToPerson,
    GivesDecision,
    GoesTo,
    Governor,
    Grave,
    Held,
    HeldAt,
    HeldManner,
    HeldWith,
    HighestOffice,
    HighlandPlace,
    Honour,
    InCapacity,
    InCharge,
    InPassing,
    InService,
    Incident,
    Informed,
    Informs,
    Inspectors,
    Investigators,
    KindFollows,
    KoreanSurname,
    LeadsForce,
    Level,
    ListFiller,
    ListJoin,
    ListVerb,
    LookBack,
    Many,
    Media,
    MemberOf,
    MemberPost,
    MiddleName,
    NameJoint,
    NameParticle,
    NamedHead,
    NoDenial,
    NoDoer,
    NoHighestOffice,
    NoIncident,
    NoObject,
    NoPost,
    NoRankGiven,
    NoRole,
    NoVisit,
    NotAttending,
    NotDone,
    NotHeld,
    NotOfState,
    NotYet,
    NounBeforeRole,
    Now,
    NowIs,
    Occasion,
    OfPartners,
    OfficeCode,
    OfficialAct,
    OfficialBody,
    OnceWas,
    OpensList,
    OtherDate,
    OtherHolder,
    OtherSubject,
    OtherTime,
    OtherYear,
    OwnItem,
    PartOfDay,
    PartyCommittee,
    People,
    Perceives,
    PeriodStart,
    Permanent,
    PlaceOfOffice,
    PlaceWord,
    PlaceWordStart,
    Planned,
    Planning,
    Played,
    PlaysRole,
    PostArticle,
    PostGivenTo,
    PostInWord,
    PostJoin,
    PostLabel,
    PostedAt,
    PowerWord,
    Predecessor,
    Preposition,
    PrivateBody,
    Proposed,
    ProvinceLevel,
    Purpose,
    PurposeBody,
    PutForward,
    RangeJoin,
    RangeOpener,
    RankDown,
    RankEnd,
    RankGivenTo,
    RankNoun,
    Receives,
    Recipients,
    Region,
    ReplacedPerson,
    Replaces,
    Resigns,
    ResponsibleFor,
    Reviewing,
    RoleObject,
    RowJoin,
    Ruled,
    Sea,
    Section,
    Serves,
    Service,
    Several,
    SeveralAddressed,
    SideOfState,
    SignedMark,
    Signer,
    SignsFor,
    SirOrMadam,
    SmallHead,
    Source,
    SpeaksFor,
    Spokesman,
    StateBody,
    StateBodyHead,
    StateLeader,
    StateMotto,
    StateWord,
    StillToCome,
    SyllabicNames,
    TakenBack,
    TakesEffect,
    TakesObject,
    TakesOver,
    TakesPlace,
    Tense,
    TermWord,
    ThatTime,
    ThisOrLastYear,
    ThisState,
    TimeLink,
    Together,
    TowardState,
    UntilThen,
    VerbAndNoun,
    VoiceOfUnit,
    Ward,
    Where,
    WholeBody,
    WinsElection,
    Withdraws,
    WithinFrame,
    Work,
    YearOpener,
    YearsOf,
}

impl TableWord for WordSet {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("act_of_office", Self::ActOfOffice),
        ("activity", Self::Activity),
        ("activity_head", Self::ActivityHead),
        ("activity_of_body", Self::ActivityOfBody),
        ("address_only", Self::AddressOnly),
        ("addressee", Self::Addressee),
        ("admin", Self::Admin),
        ("admin_start", Self::AdminStart),
        ("adviser", Self::Adviser),
        ("after_ruled", Self::AfterRuled),
        ("all_are", Self::AllAre),
        ("also_link", Self::AlsoLink),
        ("and_partners", Self::AndPartners),
        ("arabic_names", Self::ArabicNames),
        ("arabic_part", Self::ArabicPart),
        ("army_body", Self::ArmyBody),
        ("at_that_time", Self::AtThatTime),
        ("attendance", Self::Attendance),
        ("background_opener", Self::BackgroundOpener),
        ("beast", Self::Beast),
        ("before_country_or_sea", Self::BeforeCountryOrSea),
        ("before_given_rank", Self::BeforeGivenRank),
        ("before_new_post", Self::BeforeNewPost),
        ("before_object", Self::BeforeObject),
        ("before_taking_up", Self::BeforeTakingUp),
        ("before_verb", Self::BeforeVerb),
        ("belongs_to", Self::BelongsTo),
        ("birthday", Self::Birthday),
        ("boat", Self::Boat),
        ("body_head", Self::BodyHead),
        ("born", Self::Born),
        ("born_when", Self::BornWhen),
        ("bracket_of_person", Self::BracketOfPerson),
        ("bracketed_place", Self::BracketedPlace),
        ("candidate", Self::Candidate),
        ("celebrating", Self::Celebrating),
        ("chamber", Self::Chamber),
        ("change_of", Self::ChangeOf),
        ("circumstance", Self::Circumstance),
        ("city_level", Self::CityLevel),
        ("clause_word", Self::ClauseWord),
        ("command", Self::Command),
        ("command_region", Self::CommandRegion),
        ("commanded", Self::Commanded),
        ("committee_level", Self::CommitteeLevel),
        ("committee_seat", Self::CommitteeSeat),
        ("commune_level", Self::CommuneLevel),
        ("comrades", Self::Comrades),
        ("congratulates", Self::Congratulates),
        ("council", Self::Council),
        ("court_post", Self::CourtPost),
        ("credit_join", Self::CreditJoin),
        ("credit_work", Self::CreditWork),
        ("date_cue", Self::DateCue),
        ("date_opener", Self::DateOpener),
        ("death_adverb", Self::DeathAdverb),
        ("death_circumstance", Self::DeathCircumstance),
        ("delegation", Self::Delegation),
        ("demands", Self::Demands),
        ("demonstrative", Self::Demonstrative),
        ("department", Self::Department),
        ("dismisses", Self::Dismisses),
        ("dismisses_anybody", Self::DismissesAnybody),
        ("district_level", Self::DistrictLevel),
        ("division", Self::Division),
        ("document_kind", Self::DocumentKind),
        ("document_subject", Self::DocumentSubject),
        ("duty", Self::Duty),
        ("earlier_time", Self::EarlierTime),
        ("elsewhere", Self::Elsewhere),
        ("ends_like_head", Self::EndsLikeHead),
        ("ends_like_thing", Self::EndsLikeThing),
        ("ends_name", Self::EndsName),
        ("event_date_opener", Self::EventDateOpener),
        ("event_held", Self::EventHeld),
        ("event_noun", Self::EventNoun),
        ("expected_day", Self::ExpectedDay),
        ("fallen", Self::Fallen),
        ("feigns", Self::Feigns),
        ("field_head", Self::FieldHead),
        ("firm", Self::Firm),
        ("firm_post", Self::FirmPost),
        ("firm_word", Self::FirmWord),
        ("from_country", Self::FromCountry),
        ("given_name_to_thing", Self::GivenNameToThing),
        ("given_to_person", Self::GivenToPerson),
        ("gives_decision", Self::GivesDecision),
        ("goes_to", Self::GoesTo),
        ("governor", Self::Governor),
        ("grave", Self::Grave),
        ("held", Self::Held),
        ("held_at", Self::HeldAt),
        ("held_manner", Self::HeldManner),
        ("held_with", Self::HeldWith),
        ("highest_office", Self::HighestOffice),
        ("highland_place", Self::HighlandPlace),
        ("honour", Self::Honour),
        ("in_capacity", Self::InCapacity),
        ("in_charge", Self::InCharge),
        ("in_passing", Self::InPassing),
        ("in_service", Self::InService),
        ("incident", Self::Incident),
        ("informed", Self::Informed),
        ("informs", Self::Informs),
        ("inspectors", Self::Inspectors),
        ("investigators", Self::Investigators),
        ("kind_follows", Self::KindFollows),
        ("korean_surname", Self::KoreanSurname),
        ("leads_force", Self::LeadsForce),
        ("level", Self::Level),
        ("list_filler", Self::ListFiller),
        ("list_join", Self::ListJoin),
        ("list_verb", Self::ListVerb),
        ("look_back", Self::LookBack),
        ("many", Self::Many),
        ("media", Self::Media),
        ("member_of", Self::MemberOf),
        ("member_post", Self::MemberPost),
        ("middle_name", Self::MiddleName),
        ("name_joint", Self::NameJoint),
        ("name_particle", Self::NameParticle),
        ("named_head", Self::NamedHead),
        ("no_denial", Self::NoDenial),
        ("no_doer", Self::NoDoer),
        ("no_highest_office", Self::NoHighestOffice),
        ("no_incident", Self::NoIncident),
        ("no_object", Self::NoObject),
        ("no_post", Self::NoPost),
        ("no_rank_given", Self::NoRankGiven),
        ("no_role", Self::NoRole),
        ("no_visit", Self::NoVisit),
        ("not_attending", Self::NotAttending),
        ("not_done", Self::NotDone),
        ("not_held", Self::NotHeld),
        ("not_of_state", Self::NotOfState),
        ("not_yet", Self::NotYet),
        ("noun_before_role", Self::NounBeforeRole),
        ("now", Self::Now),
        ("now_is", Self::NowIs),
        ("occasion", Self::Occasion),
        ("of_partners", Self::OfPartners),
        ("office_code", Self::OfficeCode),
        ("official_act", Self::OfficialAct),
        ("official_body", Self::OfficialBody),
        ("once_was", Self::OnceWas),
        ("opens_list", Self::OpensList),
        ("other_date", Self::OtherDate),
        ("other_holder", Self::OtherHolder),
        ("other_subject", Self::OtherSubject),
        ("other_time", Self::OtherTime),
        ("other_year", Self::OtherYear),
        ("own_item", Self::OwnItem),
        ("part_of_day", Self::PartOfDay),
        ("party_committee", Self::PartyCommittee),
        ("people", Self::People),
        ("perceives", Self::Perceives),
        ("period_start", Self::PeriodStart),
        ("permanent", Self::Permanent),
        ("place_of_office", Self::PlaceOfOffice),
        ("place_word", Self::PlaceWord),
        ("place_word_start", Self::PlaceWordStart),
        ("planned", Self::Planned),
        ("planning", Self::Planning),
        ("played", Self::Played),
        ("plays_role", Self::PlaysRole),
        ("post_article", Self::PostArticle),
        ("post_given_to", Self::PostGivenTo),
        ("post_in_word", Self::PostInWord),
        ("post_join", Self::PostJoin),
        ("post_label", Self::PostLabel),
        ("posted_at", Self::PostedAt),
        ("power_word", Self::PowerWord),
        ("predecessor", Self::Predecessor),
        ("preposition", Self::Preposition),
        ("private_body", Self::PrivateBody),
        ("proposed", Self::Proposed),
        ("province_level", Self::ProvinceLevel),
        ("purpose", Self::Purpose),
        ("purpose_body", Self::PurposeBody),
        ("put_forward", Self::PutForward),
        ("range_join", Self::RangeJoin),
        ("range_opener", Self::RangeOpener),
        ("rank_down", Self::RankDown),
        ("rank_end", Self::RankEnd),
        ("rank_given_to", Self::RankGivenTo),
        ("rank_noun", Self::RankNoun),
        ("receives", Self::Receives),
        ("recipients", Self::Recipients),
        ("region", Self::Region),
        ("replaced_person", Self::ReplacedPerson),
        ("replaces", Self::Replaces),
        ("resigns", Self::Resigns),
        ("responsible_for", Self::ResponsibleFor),
        ("reviewing", Self::Reviewing),
        ("role_object", Self::RoleObject),
        ("row_join", Self::RowJoin),
        ("ruled", Self::Ruled),
        ("sea", Self::Sea),
        ("section", Self::Section),
        ("serves", Self::Serves),
        ("service", Self::Service),
        ("several", Self::Several),
        ("several_addressed", Self::SeveralAddressed),
        ("side_of_state", Self::SideOfState),
        ("signed_mark", Self::SignedMark),
        ("signer", Self::Signer),
        ("signs_for", Self::SignsFor),
        ("sir_or_madam", Self::SirOrMadam),
        ("small_head", Self::SmallHead),
        ("source", Self::Source),
        ("speaks_for", Self::SpeaksFor),
        ("spokesman", Self::Spokesman),
        ("state_body", Self::StateBody),
        ("state_body_head", Self::StateBodyHead),
        ("state_leader", Self::StateLeader),
        ("state_motto", Self::StateMotto),
        ("state_word", Self::StateWord),
        ("still_to_come", Self::StillToCome),
        ("syllabic_names", Self::SyllabicNames),
        ("taken_back", Self::TakenBack),
        ("takes_effect", Self::TakesEffect),
        ("takes_object", Self::TakesObject),
        ("takes_over", Self::TakesOver),
        ("takes_place", Self::TakesPlace),
        ("tense", Self::Tense),
        ("term_word", Self::TermWord),
        ("that_time", Self::ThatTime),
        ("this_or_last_year", Self::ThisOrLastYear),
        ("this_state", Self::ThisState),
        ("time_link", Self::TimeLink),
        ("together", Self::Together),
        ("toward_state", Self::TowardState),
        ("until_then", Self::UntilThen),
        ("verb_and_noun", Self::VerbAndNoun),
        ("voice_of_unit", Self::VoiceOfUnit),
        ("ward", Self::Ward),
        ("where", Self::Where),
        ("whole_body", Self::WholeBody),
        ("wins_election", Self::WinsElection),
        ("withdraws", Self::Withdraws),
        ("within_frame", Self::WithinFrame),
        ("work", Self::Work),
        ("year_opener", Self::YearOpener),
        ("years_of", Self::YearsOf),
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

/// The sets that a word can begin a form of, a bit each. Two halves, because there are more sets than one integer has
/// bits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SetMask {
    low: u128,
    high: u128,
}

impl SetMask {
    fn add(&mut self, set: WordSet) {
        let number = set as u32;
        match 1_u128.checked_shl(number) {
            Some(bit) => self.low |= bit,
            None => self.high |= 1 << (number - u128::BITS),
        }
    }

    /// Whether the set is among them.
    pub(super) fn has(self, set: WordSet) -> bool {
        let number = set as u32;
        match 1_u128.checked_shl(number) {
            Some(bit) => self.low & bit != 0,
            None => self.high & (1 << (number - u128::BITS)) != 0,
        }
    }
}

/// A form of a set.
#[derive(Clone, Copy, Debug)]
struct SetForm {
    set: WordSet,
    form: &'static str,
}

/// The sets that each word can begin a form of, and those forms.
///
/// The forms of one first word stand together, so that a test behind the mask reads only the few forms that begin with
/// the word of the text (compressed sparse rows, by number of the word):
///
/// ```text
/// word     0 an                                  1 ngày …
/// first    0                                     3        4
/// forms    [Work an ninh] [Work an toàn] [Duty an] [DateCue ngày]
/// ```
#[derive(Debug, Default)]
pub(super) struct WordSetIndex {
    /// By number of the word. The words of the sets are interned before all others, so that this stays small.
    masks: Vec<SetMask>,
    /// By number of the word: the index of its first form. One entry more than there are words.
    first: Vec<usize>,
    forms: Vec<SetForm>,
}

impl WordSetIndex {
    /// Interns the first words of all sets.
    pub(super) fn read(trie: &mut Trie) -> Self {
        let mut masks: Vec<SetMask> = Vec::new();
        let mut by_word: Vec<Vec<SetForm>> = Vec::new();
        for (_, set) in WordSet::WORDS {
            for form in set.words() {
                let word = trie.intern(form.split(' ').next().unwrap_or_default()).number();
                masks.resize(masks.len().max(word + 1), SetMask::default());
                by_word.resize_with(by_word.len().max(word + 1), Vec::new);
                if let (Some(mask), Some(forms)) = (masks.get_mut(word), by_word.get_mut(word)) {
                    mask.add(*set);
                    forms.push(SetForm { set: *set, form });
                }
            }
        }
        let mut index = Self { masks, first: vec![0], forms: Vec::new() };
        for forms in by_word {
            index.forms.extend(forms);
            index.first.push(index.forms.len());
        }
        index
    }

    /// The forms of the set whose first word is `word`, or that word with its tone placed otherwise.
    pub(super) fn forms(&self, word: WordId, set: WordSet) -> impl Iterator<Item = &'static str> + '_ {
        let at = |number: usize| self.first.get(number).copied().unwrap_or(self.forms.len());
        let forms = self.forms.get(at(word.number())..at(word.number().saturating_add(1))).unwrap_or_default();
        forms.iter().filter(move |form| form.set == set).map(|form| form.form)
    }

    /// The sets that the word can begin a form of, a bit each.
    pub(super) fn mask(&self, word: WordId) -> SetMask {
        self.masks.get(word.number()).copied().unwrap_or_default()
    }
}

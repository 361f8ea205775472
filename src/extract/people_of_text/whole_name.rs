//! The whole name of somebody whom a text also calls otherwise. A text may give it once, without a rank, a post or a
//! form of address (`Paul Green, một người khác, …`), and then write `ông Green`; or it may spell the last syllable
//! with a small letter (`Ngô Văn tạo`). A name in parts is never a person of its own where the text has one whole name
//! that it belongs to.

use super::super::author_names::Bylines;
use super::super::cursor::TokenCursor;
use super::super::eponyms;
use super::super::lexicon::{TableClass, WordSet, form};
use super::super::name_run::{NameRun, is_common_surname, is_foreign, name_at};
use super::super::sighting::{Sighting, is_known_thing};
use super::super::token::LetterCase;
use super::{PeopleOfText, follows_capital};
use crate::report::Evidence;
use crate::text::tone_marks::name_key;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Whether a name stops at `Văn` or `Thị`, which are middle names: the given name is missing, or is hidden behind a
/// letter.
pub fn is_begun(r: &TokenCursor<'_>, name: NameRun) -> bool {
    name.words == 2 && name.surname && !name.foreign && r.is_in(name.end - 1, WordSet::MiddleName)
}

/// The sightings, those of two words together with the syllable in small letters behind them if that makes a name of
/// three words which the text spells with capitals elsewhere: `Ngô Văn tạo`, `Lưu Khải minh`.
pub fn with_small_ends<'a>(r: &TokenCursor<'_>, sightings: &'a [Sighting]) -> Cow<'a, [Sighting]> {
    let open = |sighting: &&Sighting| {
        let NameRun { words, surname, foreign, upper, end, .. } = sighting.name;
        words == 2 && surname && !foreign && !upper && r.is_lower(end)
    };
    if !sightings.iter().any(|sighting| open(&sighting)) {
        return Cow::Borrowed(sightings);
    }
    let key = |start: usize, end: usize| name_key(&r.words(start, end));
    let whole = |sighting: &&Sighting| sighting.name.words == 3 && sighting.name.is_full_vietnamese();
    let whole: HashSet<String> =
        sightings.iter().filter(whole).map(|sighting| key(sighting.name.start, sighting.name.end)).collect();
    let is_cut =
        |sighting: &Sighting| open(&sighting) && whole.contains(&key(sighting.name.start, sighting.name.end + 1));
    if whole.is_empty() || !sightings.iter().any(is_cut) {
        return Cow::Borrowed(sightings);
    }
    let mut all = sightings.to_vec();
    for sighting in all.iter_mut().filter(|sighting| is_cut(sighting)) {
        sighting.name.end += 1;
        sighting.name.words += 1;
        sighting.to = sighting.to.max(sighting.name.end);
    }
    Cow::Owned(all)
}

/// The ends of two words or more of the foreign names that stand with an office: `ông Ivanovich Petrov` is the
/// ambassador `Oleg Ivanovich Petrov`.
pub fn ends_of_foreign(r: &TokenCursor<'_>, sightings: &[Sighting]) -> HashSet<String> {
    let long = |sighting: &&Sighting| {
        let name = sighting.name;
        let office = sighting.rank.is_some() || !sighting.posts.is_empty();
        name.foreign && name.words > 2 && office && is_foreign(r, name.start)
    };
    let ends = |sighting: &Sighting| {
        let NameRun { start, end, .. } = sighting.name;
        (start + 1..end - 1).filter(|at| r.is_capital(*at)).map(|at| name_key(&r.words(at, end))).collect::<Vec<_>>()
    };
    sightings.iter().filter(long).flat_map(ends).collect()
}

/// Whether a name without an office is only the end of a longer one of the text, of those in `ends`.
pub fn is_end_of_foreign(r: &TokenCursor<'_>, ends: &HashSet<String>, sighting: &Sighting) -> bool {
    let name = sighting.name;
    let bare = sighting.rank.is_none() && sighting.posts.is_empty() && name.foreign;
    !ends.is_empty() && bare && ends.contains(&name_key(&r.words(name.start, name.end)))
}

impl PeopleOfText {
    /// The one person with that surname, if the name is the beginning of theirs: `Ngô Văn` is `Ngô Văn Tạo`.
    pub(super) fn resolve_begun(&self, r: &TokenCursor<'_>, name: NameRun) -> Option<usize> {
        if !is_begun(r, name) {
            return None;
        }
        let person = self.by_surname.get(&name_key(r.word(name.start))).copied().flatten()?;
        let begun = format!("{} ", name_key(&r.words(name.start, name.end)));
        self.all.get(person).filter(|entry| name_key(&entry.name).starts_with(&begun)).map(|_| person)
    }

    /// Gives short names of nobody to those whose whole name the text has without anything that shows a person, if it
    /// has exactly one such name. Returns the others.
    pub(super) fn with_whole_names<'a>(
        &mut self,
        r: &TokenCursor<'_>,
        lone: Vec<&'a Sighting>,
        bylines: &Bylines,
    ) -> Vec<&'a Sighting> {
        let is_short = |sighting: &&&Sighting| {
            let plain = r.token(sighting.name.start).is_some_and(|token| token.case == LetterCase::Capital);
            sighting.name.words == 1 && plain
        };
        let wanted: HashSet<String> =
            lone.iter().filter(is_short).map(|sighting| name_key(r.word(sighting.name.start))).collect();
        if wanted.is_empty() {
            return lone;
        }
        for name in one_name_each(self.bare_names(r, &wanted, bylines), r) {
            self.add(r, &Sighting::bare(name, Evidence::Form));
        }
        let mut others = Vec::new();
        for sighting in lone {
            match self.resolve(r, sighting).filter(|_| is_short(&&sighting)) {
                Some(person) => self.mention(r, person, sighting),
                None => others.push(sighting),
            }
        }
        others
    }

    /// The whole names that stand alone in the text and whose last word is one of those wanted.
    fn bare_names(&self, r: &TokenCursor<'_>, wanted: &HashSet<String>, bylines: &Bylines) -> Vec<NameRun> {
        let mut found = Vec::new();
        let mut at = 0;
        loop {
            at = r.next(at, form::CAPITAL);
            if at >= r.tokens.len() {
                return found;
            }
            let known = self.places.get(&at).map(|mention| mention.end).or_else(|| bylines.skip(at));
            at = match known {
                Some(end) => end.max(at + 1),
                None => match bare_name(r, at) {
                    Some(name) => {
                        if wanted.contains(&name_key(r.word(name.end - 1))) {
                            found.push(name);
                        }
                        name.end
                    }
                    None => at + 1,
                },
            };
        }
    }
}

/// The names of which no second one has the same last word.
fn one_name_each(names: Vec<NameRun>, r: &TokenCursor<'_>) -> Vec<NameRun> {
    let mut by_word: HashMap<String, Option<NameRun>> = HashMap::new();
    let key = |name: &NameRun| name_key(&r.words(name.start, name.end));
    for name in names {
        let word = name_key(r.word(name.end - 1));
        let one = by_word.entry(word).or_insert(Some(name));
        if one.is_some_and(|one| key(&one) != key(&name)) {
            *one = None;
        }
    }
    let mut one: Vec<NameRun> = by_word.into_values().flatten().collect();
    one.sort_by_key(|name| name.start);
    one
}

/// The whole name of a person that begins at a token with nothing before it that shows one: a common surname with two
/// words more, or foreign words of which the first and the last are no Vietnamese ones.
fn bare_name(r: &TokenCursor<'_>, at: usize) -> Option<NameRun> {
    let other = [TableClass::Unit, TableClass::Post, TableClass::Person, TableClass::Title, TableClass::Abbreviation];
    let place = [TableClass::Country, TableClass::Seat, TableClass::Place];
    let quoted = at > 0 && matches!(r.word(at - 1), "“" | "\"" | "‘" | "«");
    let begins = |class: &TableClass| r.hit(at, *class).is_some();
    // `Chad Marlow`: a given name may also be a country or a city, if a foreign word follows it.
    let given = r.is_in(at, WordSet::GivenPlace) && is_foreign(r, at + 1);
    let names_place = || !given && place.iter().any(begins);
    let letter = r.token(at).is_some_and(|token| token.case == LetterCase::Initial);
    if quoted || letter || follows_capital(r, at) || other.iter().any(begins) || names_place() {
        return None;
    }
    let name = name_at(r, at).filter(|name| !name.upper)?;
    let ends = |from: usize| place.iter().any(|class| r.hit(from, *class).is_some_and(|hit| hit.end == name.end));
    if name.foreign && (at + 1..name.end).any(ends) {
        return None;
    }
    let vietnamese = || name.is_full_vietnamese() && (3..=4).contains(&name.words) && is_common_surname(r, at);
    let foreign = || name.foreign && name.words >= 2 && is_foreign(r, at) && is_foreign(r, name.end - 1);
    let whole = vietnamese() || foreign();
    let thing = || eponyms::names_a_thing(r, at, true) || eponyms::names_a_street(r, name) || is_known_thing(r, name);
    (whole && !thing()).then_some(name)
}

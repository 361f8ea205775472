//! Builds tenures from observations. `career` documents what a tenure is; this module decides where each begins and
//! ends.
//!
//! Observations are processed in order of time. Each statement about a rank or post is applied to the tenure that it is
//! about (`note`): it begins a tenure, extends it, ends it, or proves that it was held at some earlier time.
//!
//! ```text
//!   2018  «Chính ủy Quân khu 10»        Held    begins   [2018 seen ............. 2018 seen]
//!   2019  «Chính ủy QK10»               Held    extends  [2018 seen ............. 2019 seen]
//!   2021  «thôi giữ chức Chính ủy»      Ends    ends     [2018 seen ............. 2021 event]
//!   2021  «nguyên Chính ủy Quân khu 10» Past    already ended: changes nothing
//! ```
//!
//! Statements of reports without a day are collected on the side (`undated`) and added to the tenures of the same rank
//! or post when all these are known.
//!
//! The order matters: which tenure a bare «Chính ủy» refers to depends on the tenures open at that time. One more rule
//! applies to ranks and needs all of them (`end_outranked`): a higher rank ends the one before it, even if no report
//! announces the promotion.

use super::{BoundBasis, Career, Tenure, TenureBound, TenureEvidence, TenureKind, UndatedEvidence, UndatedTenure};
use crate::extract::lexicon;
use crate::officials::identity::grade;
use crate::officials::observation::{Observation, ObservedEvent, Place};
use crate::officials::post::{PostKey, PostKeys};
use crate::report::{CareerEventKind, Day, PostState, Rank};
use crate::text::tone_marks::tone_normal;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// Papers keep printing an old rank or post for some weeks after it changed. If it is seen more than this many months
/// after its end, it was conferred again and begins a new tenure.
const GRACE_MONTHS: i16 = 2;

/// Builds the career of one official from `observations`, which must be in order of time. Ranks come before posts, and
/// each are sorted by beginning.
pub fn career<'a>(observations: impl Iterator<Item = &'a Observation>) -> Career {
    let observations: Vec<&Observation> = observations.collect();
    let dead = observations.iter().any(|seen| tells_death(seen));
    let dead_since = observations.iter().filter_map(|seen| dead_on(seen)).min();
    // Beside the list, whose items are small: few reports are of the dead, and a name may have very many.
    let recalls: Vec<Observation> =
        observations.iter().filter(|seen| is_recall(seen, dead_since)).map(|seen| without_day(seen)).collect();
    let mut recalls = recalls.iter();
    let in_its_place = |seen| if is_recall(seen, dead_since) { recalls.next().unwrap_or(seen) } else { seen };
    let observations: Vec<&Observation> = observations.into_iter().map(in_its_place).collect();
    let mut career = CareerBuilder::default();
    career.keys.learn_short_names(observations.iter().copied());
    career.stated = career.stated_posts(&observations);
    for seen in &observations {
        career.note_ranks(seen);
        career.note_posts(seen);
        career.note_departure(seen);
    }
    let CareerBuilder { mut ranks, mut posts, retired_undated, .. } = career;
    end_outranked(&mut ranks.tenures);
    ranks.support();
    posts.support();
    // A retirement without a day ends only what its own report states: whether a post of another report without a day
    // came before or after it is unknown.
    for post in &mut posts.undated {
        let states = |place: &&Place| post.evidence.iter().any(|seen| seen.place.report == place.report);
        let ends: Vec<Place> = retired_undated.iter().filter(states).cloned().collect();
        post.left.extend(ends);
    }
    end_deputies(&mut posts.undated);
    sort_by_beginning(&mut ranks.tenures);
    sort_by_beginning(&mut posts.tenures);
    ranks.tenures.append(&mut posts.tenures);
    ranks.undated.append(&mut posts.undated);
    Career { tenures: ranks.tenures, undated: ranks.undated, dead }
}

/// The first day on which a report shows that the person is dead: its own, or the one after the death that it tells.
fn dead_on(seen: &Observation) -> Option<Day> {
    let day = seen.head.day?.day;
    let died = seen.statement.events.iter().any(|event| event.kind == CareerEventKind::Died);
    if died { day.next() } else { seen.statement.late.then_some(day) }
}

/// Whether a report tells of somebody who was dead then.
fn is_recall(seen: &Observation, dead_since: Option<Day>) -> bool {
    seen.head.day.zip(dead_since).is_some_and(|(when, since)| when.day >= since)
}

/// A report about the dead tells what was, on a day that says nothing of when: an anniversary is no day of a tenure.
fn without_day(seen: &Observation) -> Observation {
    let mut recalled = seen.clone();
    recalled.head.day = None;
    recalled.statement.late = true;
    recalled
}

/// Whether the term of office that the words of a post name had ended in a year before that of the report: `Bí thư
/// Huyện ủy nhiệm kỳ 2010-2015`, told in 2018.
fn is_term_over(words: &str, seen: &Observation) -> bool {
    const TERMS: [&str; 2] = ["nhiệm kỳ", "nhiệm kì"];
    let Some(day) = seen.head.day else { return false };
    let term = TERMS.iter().find_map(|term| words.split_once(term)).map(|(_, years)| years);
    let years = term.into_iter().flat_map(|years| years.split(|c: char| !c.is_ascii_digit()));
    let last = years.filter(|year| year.len() == 4).filter_map(|year| year.parse::<i16>().ok()).nth(1);
    last.is_some_and(|last| last < day.day.year())
}

/// Whether a report says that the person is dead.
fn tells_death(seen: &Observation) -> bool {
    seen.statement.late || seen.statement.events.iter().any(|event| event.kind == CareerEventKind::Died)
}

/// Sorts tenures by beginning. One that began at an unknown time before a day comes before one that begins on that day;
/// place and text make the order total.
fn sort_by_beginning(tenures: &mut [Tenure]) {
    let beginning = |t: &Tenure| (t.from.when.day, t.from.known != BoundBasis::By);
    tenures.sort_by(|a, b| (beginning(a), &a.from.place, &a.text).cmp(&(beginning(b), &b.from.place, &b.text)));
}

/// The tenures found so far, in the order in which they were found.
#[derive(Default)]
struct CareerBuilder {
    keys: PostKeys,
    /// Every different post of the official, with its first wording, without `nguyên` or the like.
    stated: Vec<(Rc<PostKey>, Arc<str>)>,
    /// The name of each rank that was noted, as all its evidence has it.
    rank_words: HashMap<&'static str, Arc<str>>,
    ranks: TenureLine,
    posts: TenureLine,
    /// The reports without a day that announce retirement or death.
    retired_undated: Vec<Place>,
}

/// All ranks, or all posts, of one official.
#[derive(Default)]
struct TenureLine {
    tenures: Vec<Tenure>,
    /// What reports without a day state.
    undated: Vec<UndatedTenure>,
}

/// What a report states about a rank or post.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Statement {
    Held,
    Begins,
    Ends,
    /// It was held at some unknown time before.
    Past,
}

impl Statement {
    fn of(state: PostState) -> Self {
        match state {
            PostState::Holds | PostState::Acting => Self::Held,
            PostState::Entering => Self::Begins,
            PostState::Leaving => Self::Ends,
            PostState::Former | PostState::Late => Self::Past,
        }
    }
}

impl CareerBuilder {
    fn note_ranks(&mut self, seen: &Observation) {
        let said = &seen.statement;
        for past in &said.past_ranks {
            self.note_rank(seen, past.rank, past.at, Statement::Past);
        }
        let given = said.rank;
        let Some(change) = said.events.iter().find(|event| changes_rank(event.kind)) else {
            if let Some(given) = given {
                self.note_rank(seen, given.rank, given.at, Statement::Held);
            }
            return;
        };
        if let Some(old) = change.from.as_deref().and_then(rank_in) {
            self.note_rank(seen, old, change.at, Statement::Ends);
        }
        let new = change.to.as_deref().and_then(rank_in).or(given.map(|given| given.rank));
        if let Some(new) = new {
            self.note_rank(seen, new, change.at, Statement::Begins);
        }
        // The rank before the name is usually the new one, which has just been noted.
        if let Some(given) = given.filter(|given| Some(given.rank) != new) {
            self.note_rank(seen, given.rank, given.at, Statement::Held);
        }
    }

    fn note_rank(&mut self, seen: &Observation, rank: Rank, at: usize, statement: Statement) {
        // Skip the press's bare `tướng` (general): it can be any of several ranks.
        if grade(rank).is_some() {
            let words = Arc::clone(self.rank_words.entry(rank.name).or_insert_with(|| rank.name.into()));
            self.ranks.note(seen, at, &words, None, statement);
        }
    }

    fn note_posts(&mut self, seen: &Observation) {
        let keys = self.keys.of(seen);
        let mut noted: Vec<(Rc<PostKey>, Statement)> = Vec::new();
        let posts = || seen.statement.posts.iter().zip(&keys).filter(|(_, key)| !key.head.is_empty());
        let begun: Vec<&Rc<PostKey>> =
            posts().filter(|(post, _)| post.state == PostState::Entering).map(|(_, key)| key).collect();
        for (post, key) in posts() {
            // `nguyên Giám đốc B, được bổ nhiệm lại`: what a report begins is of an earlier term where it is former.
            let again = || begun.iter().any(|begun| begun.same_post(key) || key.is_short_for(begun));
            if matches!(post.state, PostState::Former | PostState::Late) && again() {
                continue;
            }
            let key = Rc::clone(key);
            // Of a dead person a report tells what was, also where it does not say `nguyên`.
            let statement = match Statement::of(post.state) {
                Statement::Held if seen.statement.late || is_term_over(&post.text, seen) => Statement::Past,
                statement => statement,
            };
            let (key, words) = self.in_full(key, &post.text);
            self.posts.note(seen, post.at, &words, Some(&key), statement);
            noted.push((key, statement));
        }
        for event in &seen.statement.events {
            for (words, key, statement) in self.post_changes(event) {
                let same: Vec<_> = noted.iter().filter(|(other, _)| is_meant_by(other, &key)).collect();
                // An event repeats statements of the list of posts, and a report does not end a post that it begins.
                if same.iter().any(|(_, noted)| *noted == Statement::Begins || *noted == statement) {
                    continue;
                }
                // The event's words may leave the organisation out; the list of posts has it.
                let key = same.first().map_or(key, |(post, _)| Rc::clone(post));
                let (key, words) = self.in_full(key, &words.into());
                self.posts.note(seen, event.at, &words, Some(&key), statement);
                noted.push((key, statement));
            }
        }
    }

    /// Collects every different post that the reports state.
    fn stated_posts(&mut self, observations: &[&Observation]) -> Vec<(Rc<PostKey>, Arc<str>)> {
        let mut stated: Vec<(Rc<PostKey>, Arc<str>)> = Vec::new();
        for seen in observations {
            let keys = self.keys.of(seen);
            for (key, post) in keys.into_iter().zip(&seen.statement.posts) {
                if !stated.iter().any(|(known, _)| *known == key) {
                    let words = without_state(&post.text);
                    let is_whole = words.len() == post.text.len();
                    stated.push((key, if is_whole { Arc::clone(&post.text) } else { words.into() }));
                }
            }
        }
        stated
    }

    /// Returns the post that the words are short for, in its key and words: the one post of this official that has more
    /// words (`Bộ trưởng`, `Bộ trưởng Bộ Y tế`). If there is none, or if two compete, the post as it is stated.
    fn in_full(&self, key: Rc<PostKey>, words: &Arc<str>) -> (Rc<PostKey>, Arc<str>) {
        let longer = || self.stated.iter().filter(|(post, _)| key.is_short_for(post));
        let mut whole = longer().filter(|(post, _)| !longer().any(|(other, _)| post.is_short_for(other)));
        let first = whole.next();
        match first.filter(|(post, _)| whole.all(|(other, _)| other.same_post(post))) {
            Some((post, text)) => (Rc::clone(post), Arc::clone(text)),
            None => (key, Arc::clone(words)),
        }
    }

    /// The posts that an event begins and those that it ends.
    fn post_changes<'e>(&mut self, event: &'e ObservedEvent) -> Vec<(&'e str, Rc<PostKey>, Statement)> {
        if !changes_post(event.kind) {
            return Vec::new();
        }
        let new = self.posts_in(event.to.as_deref());
        let mut old = self.posts_in(event.from.as_deref());
        // A Party post is taken on in addition to the full-time one, which does not end.
        if !new.is_empty() && new.iter().all(|(_, key)| !key.full_time) {
            old.clear();
        }
        // An official who is transferred leaves the posts of the old unit, but keeps Party and State seats that do not
        // depend on it (`Ủy viên Trung ương Đảng`).
        let left_units: Vec<_> =
            old.iter().filter(|(_, key)| key.full_time).filter_map(|(_, key)| key.unit.clone()).collect();
        if !new.is_empty() && !left_units.is_empty() {
            old.retain(|(_, key)| {
                let of_left_unit =
                    key.unit.as_ref().is_none_or(|unit| left_units.iter().any(|left| left.related(unit)));
                key.full_time || of_left_unit
            });
        }
        let begins = new.into_iter().map(|(words, key)| (words, key, Statement::Begins));
        begins.chain(old.into_iter().map(|(words, key)| (words, key, Statement::Ends))).collect()
    }

    fn posts_in<'e>(&mut self, words: Option<&'e str>) -> Vec<(&'e str, Rc<PostKey>)> {
        words.map_or_else(Vec::new, |words| self.keys.posts_with_keys(words))
    }

    /// Applies retirement, which ends all present posts, and death, which also ends the rank.
    fn note_departure(&mut self, seen: &Observation) {
        let departure =
            seen.statement.events.iter().find(|e| matches!(e.kind, CareerEventKind::Retired | CareerEventKind::Died));
        let Some(event) = departure else { return };
        let Some(when) = seen.head.day else {
            self.retired_undated.push(seen.place_of(event.at));
            return;
        };
        // A post last seen before the present full-time one began was left earlier, on a day that no report states, so
        // the retirement does not end it.
        let until_now = |t: &&Tenure| t.to.open() || t.to.place.report == seen.head.report;
        let full_time = self.posts.tenures.iter().filter(until_now).filter(|t| t.full_time());
        let present = full_time.max_by_key(|t| (t.last_seen(), std::cmp::Reverse(t.from.when.day)));
        let since = present.map(|t| t.from.when.day);
        let end = TenureBound { when, known: BoundBasis::Event, place: seen.place_of(event.at) };
        for post in self.posts.tenures.iter_mut().filter(|t| t.to.open() && Some(t.last_seen()) >= since) {
            post.to = end.clone();
        }
        if event.kind == CareerEventKind::Died {
            for rank in self.ranks.tenures.iter_mut().filter(|t| t.to.open()) {
                rank.to = end.clone();
            }
        }
    }
}

/// Returns the words of a post without `nguyên` or the like, which another report says of it.
pub(super) fn without_state(words: &str) -> &str {
    const STATES: [&str; 3] = ["nguyên", "cựu", "cố"];
    match words.split_once(' ') {
        // `cố vấn` is a post and nobody late.
        Some((first, rest)) if STATES.contains(&first.to_lowercase().as_str()) && !rest.starts_with("vấn") => rest,
        _ => words,
    }
}

fn changes_rank(kind: CareerEventKind) -> bool {
    matches!(kind, CareerEventKind::Promoted | CareerEventKind::Demoted)
}

fn changes_post(kind: CareerEventKind) -> bool {
    matches!(
        kind,
        CareerEventKind::Appointed
            | CareerEventKind::Elected
            | CareerEventKind::Ceased
            | CareerEventKind::HandedOver
            | CareerEventKind::Retired
    )
}

/// Whether the post of an event is `post`, of the same report. An event may leave the organisation out.
fn is_meant_by(post: &PostKey, of_event: &PostKey) -> bool {
    post.same_post(of_event) || (of_event.unit.is_none() && post.head == of_event.head)
}

/// Returns the rank that the words of an event name; `None` if they are not exactly the name of a rank.
fn rank_in(words: &str) -> Option<Rank> {
    let wanted = tone_normal(words.trim());
    lexicon::ranks().iter().copied().find(|rank| tone_normal(rank.name) == wanted)
}

impl TenureLine {
    /// Applies a statement to the tenure that it is about, or begins a new one. `at` is the first byte of its words in
    /// the report; `post` is `None` for a rank.
    fn note(
        &mut self,
        seen: &Observation,
        at: usize,
        text: &Arc<str>,
        post: Option<&Rc<PostKey>>,
        statement: Statement,
    ) {
        let (place, story) = (seen.place_of(at), seen.head.story);
        match seen.head.day {
            Some(when) => {
                let here = TenureEvidence { when, text: Arc::clone(text), place, story };
                note_dated(&mut self.tenures, post, statement, here);
            }
            None => self.note_undated(UndatedEvidence { text: Arc::clone(text), place, story }, post, statement),
        }
    }

    fn note_undated(&mut self, here: UndatedEvidence, post: Option<&Rc<PostKey>>, statement: Statement) {
        let left = matches!(statement, Statement::Ends | Statement::Past);
        let same = |own: &UndatedTenure| match (&own.post, post) {
            (Some(own), Some(post)) => own.same_post(post),
            _ => *own.text == *here.text,
        };
        match self.undated.iter_mut().find(|own| same(own)) {
            Some(own) => own.add(here, post, left),
            None => self.undated.push(UndatedTenure::new(here, post, left)),
        }
    }

    /// Moves the undated statements to the tenures of the same rank or post, and sorts those that are left by their
    /// number.
    fn support(&mut self) {
        for undated in std::mem::take(&mut self.undated) {
            match tenure_of(&self.tenures, &undated.text, undated.post.as_ref()).and_then(|i| self.tenures.get_mut(i)) {
                Some(tenure) => {
                    // The organisation may be named more fully there.
                    let fuller = |post: &Rc<PostKey>| tenure.post.as_ref().is_some_and(|own| post.is_fuller_than(own));
                    if undated.post.as_ref().is_some_and(fuller) && !PostKey::says_elected(&undated.text) {
                        without_state(&undated.text).clone_into(&mut tenure.text);
                        tenure.post = undated.post;
                    }
                    tenure.undated.extend(undated.evidence);
                }
                None => self.undated.push(undated),
            }
        }
        self.undated.sort_by_key(|t| std::cmp::Reverse(t.evidence.len()));
    }
}

/// Whether a newer wording of a post is shown in place of an earlier one: the newest is, except if the earlier one
/// names the organisation more fully or itself, or is of somebody in office and not only elected.
fn says_as_much(newer: (&Rc<PostKey>, &str), earlier: (&Rc<PostKey>, &str)) -> bool {
    let leaves_out = |(post, words): (&Rc<PostKey>, &str)| post.unit_left_out(words).is_some();
    let elected = |(_, words): (&Rc<PostKey>, &str)| PostKey::says_elected(words);
    if earlier.0.is_fuller_than(newer.0) || newer.1 == earlier.1 {
        return !earlier.0.is_fuller_than(newer.0);
    }
    (elected(earlier) || !elected(newer))
        && (newer.0.is_fuller_than(earlier.0) || leaves_out(earlier) || !leaves_out(newer))
}

/// Applies a statement of a report with a day; `post` is `None` for a rank.
fn note_dated(tenures: &mut Vec<Tenure>, post: Option<&Rc<PostKey>>, statement: Statement, here: TenureEvidence) {
    let held = matches!(statement, Statement::Held | Statement::Begins);
    let given_again = |t: &Tenure| held && !t.to.open() && here.when.day > t.to.when.day.plus_months(GRACE_MONTHS);
    let found = tenure_of(tenures, &here.text, post).and_then(|i| tenures.get_mut(i)).filter(|t| !given_again(t));
    let Some(tenure) = found else {
        tenures.push(new_tenure(post, statement, here));
        return;
    };
    match statement {
        Statement::Held | Statement::Begins => {
            let ended_before = !tenure.to.open() && here.when.day > tenure.to.when.day;
            tenure.disputed |= ended_before;
            if tenure.to.open() {
                tenure.to = here.bound(BoundBasis::Seen);
            }
            if statement == Statement::Begins && tenure.from.when.day == here.when.day {
                tenure.from = here.bound(BoundBasis::Event);
            }
            let shown = post.zip(tenure.post.as_ref());
            if shown.is_none_or(|(post, own)| says_as_much((post, &here.text), (own, &tenure.text))) {
                here.text.as_ref().clone_into(&mut tenure.text);
                tenure.post = post.cloned();
            }
            tenure.evidence.push(here);
        }
        Statement::Ends => {
            tenure.to = here.bound(BoundBasis::Event);
            tenure.evidence.push(here);
        }
        // It proves that the post was held, but not on that day, so it is not added to the evidence.
        // `nguyên` told no later than the day on which the post is taken up is of an earlier term.
        Statement::Past if tenure.from.known == BoundBasis::Event && here.when.day <= tenure.from.when.day => {}
        Statement::Past if tenure.to.open() => tenure.to = here.bound(BoundBasis::By),
        Statement::Past => {}
    }
}

impl TenureEvidence {
    /// The bound of a tenure that this statement gives.
    fn bound(&self, known: BoundBasis) -> TenureBound {
        TenureBound { when: self.when, known, place: self.place.clone() }
    }
}

/// Returns the index of the tenure that a statement is about: the last one of the same rank or post. If there is none,
/// the one open tenure with the same head, if either the tenure or the statement leaves the organisation out. `None` if
/// there is none or there are several.
fn tenure_of(tenures: &[Tenure], text: &str, post: Option<&Rc<PostKey>>) -> Option<usize> {
    let Some(post) = post else { return tenures.iter().rposition(|t| t.text == text) };
    let same_post = |t: &Tenure| t.post.as_ref().is_some_and(|own| own.same_post(post));
    if let Some(same) = tenures.iter().rposition(same_post) {
        return Some(same);
    }
    let could_be = |t: &Tenure| {
        t.to.open() && t.post.as_ref().is_some_and(|own| own.head == post.head && names_unit(own) != names_unit(post))
    };
    let mut open = tenures.iter().enumerate().filter(|(_, t)| could_be(t)).map(|(i, _)| i);
    open.next().filter(|_| open.next().is_none())
}

/// Whether the post names its unit, and not only the kind of unit.
fn names_unit(post: &PostKey) -> bool {
    post.unit.as_ref().is_some_and(|unit| !unit.is_generic())
}

fn new_tenure(post: Option<&Rc<PostKey>>, statement: Statement, here: TenureEvidence) -> Tenure {
    let (from, to) = match statement {
        Statement::Held => (BoundBasis::Seen, BoundBasis::Seen),
        Statement::Begins => (BoundBasis::Event, BoundBasis::Seen),
        Statement::Ends => (BoundBasis::Seen, BoundBasis::Event),
        Statement::Past => (BoundBasis::By, BoundBasis::By),
    };
    Tenure {
        kind: if post.is_some() { TenureKind::Post } else { TenureKind::Rank },
        text: here.text.as_ref().to_owned(),
        post: post.cloned(),
        from: here.bound(from),
        to: here.bound(to),
        disputed: false,
        evidence: vec![here],
        undated: Vec::new(),
    }
}

/// A rank with a beginning, without its evidence, which may be very long.
struct DatedRank {
    grade: u16,
    from: TenureBound,
    last_seen: Day,
}

impl DatedRank {
    fn of(rank: &Tenure) -> Self {
        Self { grade: rank_grade(&rank.text), from: rank.from.clone(), last_seen: rank.last_seen() }
    }
}

/// Ends each rank when the next higher one begins: on the day of the promotion if a report announces it, otherwise by
/// the day on which the higher rank is first seen. If a lower rank is seen after a higher one, both are disputed.
/// Former ranks neither end others nor are disputed, because it is not known when they were held.
fn end_outranked(ranks: &mut [Tenure]) {
    let dated: Vec<DatedRank> =
        ranks.iter().filter(|rank| rank.from.known != BoundBasis::By).map(DatedRank::of).collect();
    for own in ranks.iter_mut() {
        let grade = rank_grade(&own.text);
        let higher = || dated.iter().filter(|other| other.grade > grade);
        let mut lower = dated.iter().filter(|other| other.grade < grade);
        let seen_after_higher = higher().any(|other| own.last_seen() > other.from.when.day);
        let seen_before_lower = lower.any(|other| other.last_seen > own.from.when.day);
        let next = higher().filter(|other| other.from.when.day >= own.from.when.day).min_by_key(|o| o.from.when.day);
        own.disputed |= own.from.known != BoundBasis::By && (seen_after_higher || seen_before_lower);
        if let Some(next) = next
            && own.to.known != BoundBasis::Event
        {
            let known = if next.from.known == BoundBasis::Event { BoundBasis::Event } else { BoundBasis::By };
            own.to = TenureBound { known, ..next.from.clone() };
        }
    }
}

/// Ends the posts without a day whose holder has left the chief's post of the same organisation: who is `nguyên Chủ
/// tịch X` was `Phó Chủ tịch X` before. Officials have far fewer posts than would make the comparison of all slow.
fn end_deputies(posts: &mut [UndatedTenure]) {
    let left: Vec<(Rc<PostKey>, Place)> =
        posts.iter().filter_map(|t| t.post.clone().zip(t.left.first().cloned())).collect();
    for own in posts.iter_mut().filter(|t| !t.is_left()) {
        let chief = left.iter().find(|(chief, _)| own.post.as_ref().is_some_and(|own| own.is_deputy_of(chief)));
        own.left.extend(chief.map(|(_, place)| place.clone()));
    }
}

/// Returns the grade of a rank by its name; 0 if that is not a rank with a grade.
pub fn rank_grade(text: &str) -> u16 {
    lexicon::rank(text).and_then(grade).unwrap_or(0)
}

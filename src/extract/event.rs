//! Career events (docs/domain.md §1.3): appointments, elections, promotions and retirements, with the old and the new
//! holder. An event counts only if a person is named in the same sentence.
//!
//! ```text
//! bổ nhiệm Đại tá A, Phó Tư lệnh, giữ chức Tư lệnh       the post behind the name is the old one
//! thăng quân hàm từ Đại tá lên Thiếu tướng cho A, B      the rank goes to all people of the list
//! A bàn giao chức vụ cho B                               A is the old holder, B the new one
//! ```

mod dismissal;
mod hand_over;
mod not_happened;
mod rank_change;
mod receivers;
mod sentence;

use super::cursor::TokenCursor;
use super::function_words::{
    ACTING, AS, ASKS_FOR, CONCURRENTLY, MINISTRY, NO_LONGER, OFFICE, ONCE, PASSED_AWAY, PROVINCE,
};
use super::lexicon::{EventVerb, PersonSign, TableClass, WordSet, bit};
use super::people_of_text::PeopleOfText;
use super::post::PostMatch;
use super::sighting::{Sighting, are_years_over, is_of_kin, posts_from, stated_post};
use crate::report::{CareerEvent, CareerEventKind, Person, PostState, Span, StatedPost, StatedRank};
use dismissal::Dismissal;
use hand_over::hands_over_office;
use not_happened::{is_condition, is_demanded, is_proposed_penalty, is_to_come, is_withdrawn};
use rank_change::{RankChange, continues_proposal, is_proposed, lowered_person, raise_at, rank_parties};
use receivers::{behind_term, holders_of_post, is_done_to_subject, receivers, receivers_of_post, replaced};
use sentence::EventSentence;

/// The most tokens between the words of an event and the names of the people it concerns.
const FAR: usize = 60;

/// A named person whom an event may concern, with the tokens of name, rank and posts.
#[derive(Clone, Copy, Debug)]
struct EventParty {
    person: usize,
    from: usize,
    to: usize,
    rank: Option<StatedRank>,
}

/// The words of an event: the tokens `at..end`, and their meaning.
#[derive(Clone, Copy, Debug)]
struct EventWords {
    verb: EventVerb,
    at: usize,
    end: usize,
}

/// Finds all events and adds the ranks and posts that they give to the people.
pub fn events(r: &TokenCursor<'_>, sightings: &[Sighting], people: &mut PeopleOfText) -> Vec<CareerEvent> {
    let parties = parties(sightings, people);
    let mut reader = EventReader { r, people, out: Vec::new(), handed_over: Vec::new() };
    let mut at = 0;
    loop {
        at = r.next(at, bit(TableClass::Event));
        let Some(hit) = r.hit(at, TableClass::Event) else { break };
        let Some(verb) = r.event(at) else { break };
        let sentence = EventSentence::around(r, at, &parties);
        reader.read(EventWords { verb, at, end: hit.end }, &sentence);
        at = hit.end;
    }
    reader.successions(&parties);
    reader.drop_short_posts();
    let mut out = reader.out;
    for person in &mut people.all {
        person.posts.sort_by_key(|post| post.span.start);
        end_posts_told_as_former(person);
    }
    // The words of one event often match two rows in a row: `được bổ nhiệm giữ chức`. A headline and the sentence below
    // it tell one event, too, and only one of them may give the old rank or post.
    out.dedup_by(|again, first| {
        let is_same = (again.person, again.kind, &again.to) == (first.person, first.kind, &first.to);
        if is_same && first.from.is_none() {
            first.from = again.from.take();
        }
        is_same
    });
    out
}

/// A post in small letters, without the words for a ministry and a province, which the press leaves out: `Thứ trưởng
/// (Bộ) Công an`, `Giám đốc Sở Y tế (tỉnh) Sông Gấm`.
fn without_levels(post: &str) -> String {
    let words = post.split(' ').map(str::to_lowercase);
    words.filter(|word| word != MINISTRY && word != PROVINCE).collect::<Vec<_>>().join(" ")
}

/// The fewest words of a post that names its organisation: `Giám đốc` alone may be that of any.
const WHOLE_POST: usize = 4;

/// Ends the posts that a text also calls former ones in the same words: `nguyên Giám đốc Sở Y tế … Khi xảy ra vụ việc,
/// ông A là Giám đốc Sở Y tế`. What the one says more behind a whole post is the organisation above.
fn end_posts_told_as_former(person: &mut Person) {
    let former: Vec<String> = person
        .posts
        .iter()
        .filter(|post| post.state == PostState::Former && post.text.split(' ').count() > WHOLE_POST)
        .filter_map(|post| post.text.split_once(' '))
        .map(|(_, rest)| without_levels(rest))
        .collect();
    for post in person.posts.iter_mut().filter(|post| post.state == PostState::Holds) {
        let held = without_levels(&post.text);
        let is_same = |former: &String| {
            let above = held.strip_prefix(former.as_str());
            let is_whole = former.split(' ').count() > WHOLE_POST;
            held == *former || (is_whole && above.is_some_and(|above| above.starts_with(' ')))
        };
        if former.iter().any(is_same) {
            post.state = PostState::Former;
        }
    }
}

/// All named people, in the order of the text, except those named only in an aide's post.
fn parties(sightings: &[Sighting], people: &PeopleOfText) -> Vec<EventParty> {
    let mut parties: Vec<EventParty> = sightings
        .iter()
        .filter(|sighting| !sighting.served)
        .filter_map(|sighting| {
            let person = people.places.get(&sighting.name.start)?.person;
            Some(EventParty { person, from: sighting.from, to: sighting.to, rank: sighting.rank })
        })
        .collect();
    parties.sort_by_key(|party| party.from);
    parties
}

/// Reads events and collects them; gives new ranks and posts to the people.
struct EventReader<'r> {
    r: &'r TokenCursor<'r>,
    people: &'r mut PeopleOfText,
    out: Vec<CareerEvent>,
    /// The posts that hand-overs between two people have named.
    handed_over: Vec<Span>,
}

/// The token that closes the brackets in which token `at` is, if it is in some.
fn closing_bracket(r: &TokenCursor<'_>, start: usize, at: usize) -> Option<usize> {
    const WORDS: usize = 24;
    let open = (start..at).rev().find(|place| r.is(*place, '(') || r.is(*place, ')'))?;
    if r.is(open, ')') {
        return None;
    }
    (at..at + WORDS).find(|place| r.is(*place, ')'))
}

/// Posts that an event gives or takes.
struct PostChange<'a> {
    posts: &'a [PostMatch],
    kind: CareerEventKind,
    /// The person is only put in charge, not appointed.
    in_charge: bool,
    /// The tokens of the event's words and its posts.
    from: usize,
    to: usize,
}

impl EventReader<'_> {
    fn read(&mut self, words: EventWords, sentence: &EventSentence) {
        if is_withdrawn(self.r, words.at, words.end) || is_condition(self.r, sentence.start, words.at) {
            return;
        }
        match words.verb {
            EventVerb::Promoted => self.promotion(words, sentence),
            EventVerb::TakesUp | EventVerb::Appointed | EventVerb::Elected => self.appointment(words, sentence),
            EventVerb::HandedOver => {
                if !self.take_over(words, sentence)
                    && !self.hand_over(words, sentence)
                    && !self.hand_over_between(words, sentence)
                {
                    self.change(CareerEventKind::HandedOver, words.at, sentence);
                }
            }
            EventVerb::Ceased if is_proposed_penalty(self.r, words.at) => {}
            EventVerb::Ceased if continues_proposal(self.r, sentence.start, words.at) => {}
            // `kêu gọi Thủ tướng A từ chức`
            EventVerb::Ceased if is_demanded(self.r, sentence.start, words.at) => {}
            // `sẽ miễn nhiệm`, `đề nghị cách chức`: it has not happened.
            EventVerb::Ceased | EventVerb::Retired | EventVerb::Demoted if is_proposed(self.r, words.at) => {}
            EventVerb::Ceased => match dismissal::object(self.r, words, sentence) {
                Some(Dismissal::Of(parties)) => {
                    for party in parties {
                        self.dismissed(party, words);
                    }
                }
                Some(Dismissal::OfNobody) => {}
                None if self.leaves(words, sentence) => {}
                None => self.change(CareerEventKind::Ceased, words.at, sentence),
            },
            EventVerb::Retired if is_to_come(self.r, words.at) => {}
            EventVerb::Retired => self.change(CareerEventKind::Retired, words.at, sentence),
            EventVerb::Died => self.death(words, sentence),
            EventVerb::Demoted => {
                if !self.demotion(words, sentence) {
                    self.change(CareerEventKind::Demoted, words.at, sentence);
                }
            }
        }
    }

    /// `thăng quân hàm từ R1 lên R2 cho A`, `A được thăng quân hàm R2`.
    fn promotion(&mut self, words: EventWords, sentence: &EventSentence) {
        let r = self.r;
        let Some(raise) = raise_at(r, words.end).filter(|_| !is_proposed(r, words.at)) else { return };
        for party in rank_parties(r, words, &raise, sentence) {
            self.promote(party, words.at, &raise);
        }
    }

    /// `A bị giáng cấp bậc quân hàm từ R1 xuống R2`. `false` if no new rank or no person is named: `tước quân hàm Đại
    /// tá` leaves none.
    fn demotion(&mut self, words: EventWords, sentence: &EventSentence) -> bool {
        let r = self.r;
        let lowered = |change: &RankChange| change.at > 0 && r.is_in(change.at - 1, WordSet::RankDown);
        let (change, parties) = if let Some((party, change)) = lowered_person(r, words, sentence) {
            (change, vec![party])
        } else {
            let Some(change) = raise_at(r, words.end).filter(lowered) else { return false };
            let parties = rank_parties(r, words, &change, sentence);
            (change, parties)
        };
        for party in &parties {
            let Some(person) = self.people.all.get_mut(party.person) else { continue };
            let is_higher = |rank: &StatedRank| rank.rank.order > change.to.rank.order;
            let old = change.from.or(person.rank.filter(is_higher));
            person.past_ranks.extend(old);
            person.rank = Some(change.to);
            self.out.push(CareerEvent {
                kind: CareerEventKind::Demoted,
                person: party.person,
                span: r.span(words.at.min(party.from), change.end.max(party.to)),
                from: old.map(|old| old.rank.name.to_owned()),
                to: Some(change.to.rank.name.to_owned()),
            });
        }
        !parties.is_empty()
    }

    fn promote(&mut self, party: EventParty, at: usize, raise: &RankChange) {
        let Some(person) = self.people.all.get_mut(party.person) else { return };
        let is_lower = |rank: &StatedRank| rank.rank.order < raise.to.rank.order;
        let old = raise.from.or(party.rank.filter(is_lower));
        if let Some(old) = old.filter(|old| old.rank != raise.to.rank) {
            person.past_ranks.push(old);
        }
        let other = |rank: &StatedRank| old.is_none_or(|old| old.rank != rank.rank);
        person.past_ranks.extend(person.rank.filter(|rank| is_lower(rank) && other(rank)));
        if person.rank.is_none_or(|rank| is_lower(&rank)) {
            person.rank = Some(raise.to);
        }
        self.out.push(CareerEvent {
            kind: CareerEventKind::Promoted,
            person: party.person,
            span: self.r.span(at.min(party.from), raise.end.max(party.to)),
            from: old.map(|old| old.rank.name.to_owned()),
            to: Some(raise.to.rank.name.to_owned()),
        });
    }

    /// `bổ nhiệm A, OLD, giữ chức NEW`; `A được bầu làm NEW`; `bổ nhiệm chức vụ NEW cho A`.
    fn appointment(&mut self, words: EventWords, sentence: &EventSentence) {
        let (r, at) = (self.r, words.at);
        // `sẽ bầu A làm P`: nobody holds the post yet. `sẽ bổ nhiệm A làm P` follows a decision.
        let elects = |at: usize| r.event(at) == Some(EventVerb::Elected) && is_proposed(r, at);
        // `sẽ được giới thiệu tham gia HĐQT và giữ chức P`
        let proposes = |at: usize| r.is_in(at, WordSet::PutForward) && is_proposed(r, at);
        let before = |at: usize| elects(at) || proposes(at);
        let follows = words.verb == EventVerb::TakesUp && (sentence.start..at).any(before);
        let asks = words.verb == EventVerb::TakesUp && at > 0 && r.is_word(at - 1, ASKS_FOR);
        // `sẽ được giới thiệu giữ chức P`
        let stands = (1..=4).filter_map(|back| at.checked_sub(back)).any(|from| r.is_in(from, WordSet::PutForward));
        if elects(at) || follows || asks || stands || is_stated(r, words, sentence) {
            return;
        }
        let (posts, end) = posts_from(r, new_post_at(r, words.end));
        if posts.is_empty() {
            if words.verb != EventVerb::TakesUp {
                self.takes_as(words, sentence);
            }
            return;
        }
        // `từng giữ chức`: held once in the past, no event.
        if (1..=4).any(|back| at >= back && r.is_word(at - back, ONCE)) {
            return;
        }
        if are_years_over(r, end) {
            self.held_then(&posts, &sentence.subjects(r, at));
            return;
        }
        let starts = |post: &PostMatch| r.is_in(post.start, WordSet::InCharge) || is_put_in_charge(r, post.start);
        let in_charge =
            r.is_in(at, WordSet::InCharge) || is_put_in_charge(r, words.end) || posts.first().is_some_and(starts);
        let subjects = match receivers_of_post(r, end, sentence) {
            subjects if subjects.is_empty() && is_done_to_subject(r, words) => sentence.subjects(r, at),
            subjects => subjects,
        };
        // `B nhận tiền (khi đắc cử tổng thống) để ân xá cho A`: what is in brackets is not of A behind them.
        let closed = closing_bracket(r, sentence.start, end);
        let inside = |party: &EventParty| closed.is_none_or(|close| party.from < close);
        let subjects: Vec<EventParty> = subjects.into_iter().filter(inside).collect();
        let kind = if at > 0 && r.is_word(at - 1, NO_LONGER) {
            CareerEventKind::Ceased
        } else if words.verb == EventVerb::Elected || follows_election(r, at) {
            CareerEventKind::Elected
        } else {
            CareerEventKind::Appointed
        };
        let change = PostChange { posts: &posts, kind, in_charge, from: at, to: end };
        for party in &subjects {
            self.enter(*party, &change);
        }
        if kind != CareerEventKind::Ceased && !in_charge {
            self.out.extend(replaced(r, &posts, end, sentence));
        }
    }

    /// `A giữ chức P từ năm 2009 đến năm 2014`: a post of the past, and nothing that happens now.
    fn held_then(&mut self, posts: &[PostMatch], parties: &[EventParty]) {
        for party in parties {
            for post in posts {
                let said = StatedPost { state: PostState::Former, ..stated_post(self.r, post) };
                self.people.give_post(party.person, said);
            }
        }
    }

    /// `bổ nhiệm A làm NEW`: the post is behind the name.
    fn takes_as(&mut self, words: EventWords, sentence: &EventSentence) {
        let r = self.r;
        let parties = receivers(r, words.end, sentence);
        let Some(last) = parties.last() else { return };
        let Some(link) = (last.to..(last.to + 3).min(sentence.end)).find(|at| r.is_word(*at, AS)) else { return };
        let (posts, end) = posts_from(r, link + 1);
        // `chỉ định A làm người phụ trách` names no post.
        if posts.iter().all(|post| post.start == post.end) {
            return;
        }
        let elected = words.verb == EventVerb::Elected;
        let kind = if elected { CareerEventKind::Elected } else { CareerEventKind::Appointed };
        let change = PostChange { posts: &posts, kind, in_charge: false, from: words.end - 1, to: end };
        for party in &parties {
            self.enter(*party, &change);
        }
    }

    /// `A thôi giữ chức OLD`. `false` if no post or no person is named.
    fn leaves(&mut self, words: EventWords, sentence: &EventSentence) -> bool {
        let (posts, end) = posts_from(self.r, new_post_at(self.r, words.end));
        let parties = match holders_of_post(self.r, behind_term(self.r, end), sentence) {
            subjects if subjects.is_empty() => sentence.subjects(self.r, words.at),
            subjects => subjects,
        };
        if posts.is_empty() {
            return false;
        }
        let kind = CareerEventKind::Ceased;
        let change = PostChange { posts: &posts, kind, in_charge: false, from: words.at, to: end };
        for party in &parties {
            self.enter(*party, &change);
        }
        !parties.is_empty()
    }

    /// `cách chức Bộ trưởng A`, `cách chức hai phó giám đốc gồm A và B`: the posts said with the name end.
    fn dismissed(&mut self, party: EventParty, words: EventWords) {
        let Some(person) = self.people.all.get_mut(party.person) else { return };
        let (at, said) = (words.at, self.r.words(words.end, party.to));
        let mut left: Vec<&str> = Vec::new();
        for post in &mut person.posts {
            if post.state == PostState::Holds && said.contains(&post.text) {
                post.state = PostState::Leaving;
                left.push(&post.text);
            }
        }
        let from = if left.is_empty() { self.last_post(party) } else { Some(left.join(", ")) };
        let span = self.r.span(at, party.to);
        self.out.push(CareerEvent { kind: CareerEventKind::Ceased, person: party.person, span, from, to: None });
    }

    /// Gives a person the posts of an event, or takes them away.
    fn enter(&mut self, party: EventParty, change: &PostChange<'_>) {
        let r = self.r;
        let state = match change.kind {
            CareerEventKind::Ceased => PostState::Leaving,
            _ if change.in_charge => PostState::Acting,
            _ => PostState::Entering,
        };
        let said: Vec<StatedPost> =
            change.posts.iter().map(|post| StatedPost { state, ..stated_post(r, post) }).collect();
        let Some(person) = self.people.all.get_mut(party.person) else { return };
        let old = held_before(r, person, party, change);
        let new = said.iter().map(|post| post.text.as_str()).collect::<Vec<_>>().join(", ");
        // A person who is only put in charge is not called by that post afterwards.
        if !change.in_charge {
            for post in said {
                self.people.give_post(party.person, post);
            }
        }
        let (from, to) = if change.kind == CareerEventKind::Ceased { (Some(new), None) } else { (old, Some(new)) };
        self.out.push(CareerEvent {
            kind: change.kind,
            person: party.person,
            span: r.span(change.from.min(party.from), change.to.max(party.to)),
            from,
            to,
        });
    }

    /// Leaves out posts of a hand-over that the text gives the same person with more words: `Tư lệnh Vùng` beside `Tư
    /// lệnh Vùng 6 Hải quân`.
    fn drop_short_posts(&mut self) {
        let handed_over = std::mem::take(&mut self.handed_over);
        for person in self.people.all.iter_mut().filter(|_| !handed_over.is_empty()) {
            let texts: Vec<String> = person.posts.iter().map(|post| post.text.clone()).collect();
            let longer = |short: &str| texts.iter().any(|text| text.len() > short.len() && text.starts_with(short));
            person.posts.retain(|post| !handed_over.contains(&post.span) || !longer(&post.text));
        }
    }

    /// Retirements, deaths, dismissals and other events without a new rank or post.
    fn change(&mut self, kind: CareerEventKind, at: usize, sentence: &EventSentence) {
        let r = self.r;
        let mut parties = sentence.subjects(r, at);
        let is_subject = !parties.is_empty();
        if parties.is_empty() || kind == CareerEventKind::HandedOver {
            let named = sentence.after.iter().take(if kind == CareerEventKind::HandedOver { 2 } else { 1 });
            let reach = |party: &&EventParty| party.from.saturating_sub(at) <= 24;
            let link = (at..sentence.end.min(at + 24)).rev().find(|place| r.is_in(*place, WordSet::ChangeOf));
            // `bàn giao nghi phạm cho Công an huyện, ông A nói`: nobody leaves a post.
            let near = |link: usize| {
                kind != CareerEventKind::HandedOver
                    || sentence.after.iter().any(|party| (link..=link + 5).contains(&party.from))
            };
            let linked = link.is_some_and(near);
            if linked {
                parties = named.filter(reach).copied().collect();
            }
        }
        // `Trung tá A bắt giữ và bàn giao nghi phạm cho Công an huyện`: no office is handed over.
        if kind == CareerEventKind::HandedOver && !hands_over_office(r, at, sentence.end) {
            return;
        }
        for party in parties {
            let span = r.span(at.min(party.from), party.to.max(at + 1));
            let from = self.last_post(party);
            if is_subject && matches!(kind, CareerEventKind::Ceased | CareerEventKind::Retired) {
                let party_only = r.set_end(at, WordSet::AllPosts).is_some_and(|end| r.is_in(end, WordSet::InParty));
                self.leave_posts_of(party, party_only);
            }
            self.out.push(CareerEvent { kind, person: party.person, span, from, to: None });
        }
    }

    /// `Ông A, Giám đốc B, bị cách chức`, `… nghỉ hưu`: the posts said with the name are those that end. With
    /// `party_only` (`bị cách tất cả các chức vụ trong Đảng`) only the seats in committees.
    fn leave_posts_of(&mut self, party: EventParty, party_only: bool) {
        let r = self.r;
        let said = r.span(party.from, party.to);
        let Some(person) = self.people.all.get_mut(party.person) else { return };
        let seat = |post: &StatedPost| {
            (party.from..party.to).any(|at| {
                let word = r.span(at, at + 1);
                post.span.start <= word.start && word.end <= post.span.end && r.is_in(at, WordSet::CommitteeSeat)
            })
        };
        let inside = |post: &StatedPost| {
            said.start <= post.span.start && post.span.end <= said.end && (!party_only || seat(post))
        };
        for post in person.posts.iter_mut().filter(|post| post.state == PostState::Holds && inside(post)) {
            post.state = PostState::Leaving;
        }
    }

    /// `Đại tá A (62 tuổi) đã qua đời ngày …`, `sự ra đi của ông A`. Only a person directly before or behind the verb
    /// dies: others of the sentence speak of the dead, look for them, or mourn them.
    fn death(&mut self, words: EventWords, sentence: &EventSentence) {
        let r = self.r;
        if r.is_lower(words.end) && !r.is_in(words.end, WordSet::DeathCircumstance) {
            return;
        }
        let behind = |party: &&EventParty| r.is_in(words.end, WordSet::ChangeOf) && party.from <= words.end + 2;
        let dead = sentence.before.iter().rev().find(|party| is_directly_before(r, party.to, words.at));
        // `Mẹ của Đại tá A mất năm 1990`, `Con trai ông A hy sinh`
        let kin_of = |party: &EventParty| {
            let kin =
                r.hit(party.from, TableClass::Person).filter(|_| r.person_sign(party.from) == Some(PersonSign::Kin));
            kin.is_some_and(|kin| r.person_sign(kin.end) == Some(PersonSign::Address))
        };
        let dead = dead.filter(|party| !is_of_kin(r, party.from) && !kin_of(party));
        // `Đồng chí A sinh năm 1950, nhập ngũ năm 1968, từ trần hồi …`: an obituary has one subject.
        let obituary = r.is_words(words.at, &PASSED_AWAY) && words.at > 0 && r.is(words.at - 1, ',');
        let subject = || sentence.before.first().filter(|_| obituary && sentence.before.len() == 1);
        let Some(&party) = dead.or_else(subject).or_else(|| sentence.after.first().filter(behind)) else { return };
        let span = r.span(words.at.min(party.from), party.to.max(words.at + 1));
        let from = self.last_post(party);
        self.out.push(CareerEvent { kind: CareerEventKind::Died, person: party.person, span, from, to: None });
    }

    /// The last post that the text has given the person.
    fn last_post(&self, party: EventParty) -> Option<String> {
        self.people.all.get(party.person)?.posts.last().map(|post| post.text.clone())
    }
}

/// Whether only brackets, commas and adverbs are between a name and the verb of its death.
fn is_directly_before(r: &TokenCursor<'_>, name_end: usize, verb: usize) -> bool {
    let mut at = name_end;
    while at < verb {
        at = if r.is(at, '(') {
            let Some(close) = (at..verb).find(|place| r.is(*place, ')')) else { return false };
            close + 1
        } else if r.is(at, ',') {
            at + 1
        } else if let Some(end) = r.set_end(at, WordSet::DeathAdverb) {
            end
        } else {
            return false;
        };
    }
    at == verb
}

/// The first token of the new post, behind `giữ chức`, `chức vụ`, `làm` and the like.
fn new_post_at(r: &TokenCursor<'_>, after: usize) -> usize {
    let mut place = after;
    let is_office = |place: usize| place > 0 && r.is_words(place - 1, &OFFICE);
    while r.is_in(place, WordSet::BeforeNewPost) && (r.hit(place, TableClass::Post).is_none() || is_office(place)) {
        // `quyền` is part of the post where it means acting.
        if r.is_word(place, ACTING) && r.hit(place, TableClass::State).is_some() {
            break;
        }
        place += 1;
    }
    place
}

/// Whether the words before token `end` put somebody in charge: `được giao phụ trách`.
fn is_put_in_charge(r: &TokenCursor<'_>, end: usize) -> bool {
    end.checked_sub(2).is_some_and(|at| r.set_end(at, WordSet::InCharge) == Some(end))
}

/// Whether the words tell of a post that the person is in charge of, as an item of a chain, and no event: `A, phụ trách
/// Chủ tịch kiêm phụ trách Giám đốc B`.
fn is_stated(r: &TokenCursor<'_>, words: EventWords, sentence: &EventSentence) -> bool {
    let before = words.at.wrapping_sub(1);
    let item = r.is(before, ',') || r.is(before, '(') || r.is_dash(before) || r.is_word(before, CONCURRENTLY);
    let state = r.hit(words.at, TableClass::State).is_some_and(|state| state.end == words.end);
    let given = || (sentence.start..words.at).any(|place| r.is_in(place, WordSet::GivesDecision));
    item && state && r.hit(words.end, TableClass::Post).is_some() && !given()
}

/// Whether words of an election are shortly before.
fn follows_election(r: &TokenCursor<'_>, at: usize) -> bool {
    (1..=6).any(|back| at >= back && r.event(at - back) == Some(EventVerb::Elected))
}

/// The posts that a person gives up for new ones: all between the name and the new post (`Phó Tư lệnh kiêm Tham mưu
/// trưởng Quân khu 10, giữ chức …`); if there are none, the last one that the text has given. Who is elected keeps one
/// that stands elsewhere, such as the leadership of a party.
fn held_before(r: &TokenCursor<'_>, person: &Person, party: EventParty, change: &PostChange<'_>) -> Option<String> {
    let (new, elected) = (change.posts, change.kind == CareerEventKind::Elected);
    let held = || person.posts.iter().filter(|post| post.state == PostState::Holds);
    let between = new.first().filter(|post| post.start > party.from).map(|post| r.span(party.from, post.start));
    let between_them: Vec<&str> = held()
        .filter(|post| between.is_some_and(|span| span.start <= post.span.start && post.span.end <= span.end))
        .map(|post| post.text.as_str())
        .collect();
    if between_them.is_empty() {
        held().next_back().filter(|_| !elected).map(|post| post.text.clone())
    } else {
        Some(between_them.join(", "))
    }
}

//! The grammar of an organisation's name (docs/domain.md §3.2, §3.5), read one piece after another: heads, places,
//! numbers, capitalised words and the lower-case second half of such a word (`Dự báo`), tails, joining words. The name
//! ends where no piece fits or where a person's name begins.

mod apposition;
mod joiner;
mod link;
mod own_name;
mod tail;

pub use tail::{office_code, term};

use own_name::{ends_unit, is_named_before};

use super::cursor::TokenCursor;
use super::function_words::{ALL, COMMITTEE, CONCURRENTLY, POLICE, STATE_OF};
use super::level_place::{NameOf, level_place};
use super::lexicon::{DottedForm, LexiconHit, PostPattern, RowValue, TableClass, WordSet, dotted_form};
use super::name_run::{NameRun, is_common_surname, is_foreign, is_surname, name_at, surname_share};
use super::sighting::are_years_over;
use super::token::{LetterCase, TokenKind};

/// The most words of a country's name of which the end is looked for: `CHDCND Triều Tiên`.
const LONGEST_COUNTRY: usize = 4;

/// The sort of the last piece of the name, on which the next piece depends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NamePiece {
    /// The head of the post or of the organisation; of the name itself, no word yet.
    Head,
    /// `tỉnh`, `Tỉnh ủy`: a place must follow.
    Admin,
    /// A row of a table.
    Known,
    /// A place or a country.
    Place,
    /// A capitalised word, and the number of such words in a row.
    Capital(usize),
    /// The small second half of a word with a capital.
    Half,
    /// A number, or something in brackets.
    Number,
}

/// Reads an organisation's name, one piece after another.
#[derive(Clone, Copy, Debug)]
pub struct OrganisationReader {
    /// The next token to read.
    pub at: usize,
    from: usize,
    last: NamePiece,
    /// What the name belongs to.
    of: NameOf,
    /// Whether it is a firm's. Such names are no closed class.
    firm: bool,
    /// Whether it ends a post that a comma, a dash, a bracket, `là`, `làm` or the like opens (`apposition`).
    apposed: bool,
}

impl OrganisationReader {
    /// After the head of a post that begins at token `start`.
    pub fn after_post(r: &TokenCursor<'_>, start: usize, at: usize) -> Self {
        let last = if is_committee(r, at) { NamePiece::Admin } else { NamePiece::Head };
        // `Chủ tịch tập đoàn`: the firm may be the end of the post's head.
        let firm =
            (1..=2).filter_map(|back| at.checked_sub(back)).any(|from| r.set_end(from, WordSet::Firm) == Some(at));
        let sign = start.wrapping_sub(1);
        let word = r.is_in(sign, WordSet::BeforeNewPost) || r.is_word(sign, CONCURRENTLY);
        let apposed = r.is(sign, ',') || r.is(sign, '(') || r.is_dash(sign) || word;
        Self { at, from: at, last, of: NameOf::Post, firm, apposed }
    }

    /// After an organisation's head.
    pub fn after_unit(r: &TokenCursor<'_>, at: usize) -> Self {
        Self { of: NameOf::Unit, apposed: false, ..Self::after_post(r, at, at) }
    }

    /// Reads the next piece; `false` at the end of the name.
    pub fn step(&mut self, r: &TokenCursor<'_>) -> bool {
        match self.piece(r) {
            Some((end, piece)) => {
                self.firm |= r.is_in(self.at, WordSet::Firm);
                self.at = end;
                self.last = piece;
                true
            }
            None => false,
        }
    }

    fn piece(&self, r: &TokenCursor<'_>) -> Option<(usize, NamePiece)> {
        let token = r.token(self.at)?;
        match token.kind {
            TokenKind::Number => Some((tail::number(r, self.at), NamePiece::Number)),
            TokenKind::Word if token.is_capital() => self.capital(r),
            // `Ban Quản lý dự án thời kỳ 2007-2012`: the years of the post.
            TokenKind::Word if are_years_over(r, self.at) => None,
            TokenKind::Word => self
                .tail(r)
                .or_else(|| self.activity(r))
                .or_else(|| self.lower(r))
                .or_else(|| self.nouns(r))
                .or_else(|| self.link(r).or_else(|| self.joiner(r)))
                .or_else(|| self.apposition(r)),
            TokenKind::Sign('(') => self.brackets(r),
            TokenKind::Sign(_) => self.link(r).or_else(|| self.joiner(r)),
            TokenKind::End => None,
        }
    }

    /// A capitalised word: a row of the tables, the name of a place, or any other word.
    fn capital(&self, r: &TokenCursor<'_>) -> Option<(usize, NamePiece)> {
        let at = self.at;
        if r.hit(at, TableClass::Rank).is_some_and(|hit| hit.end > at + 1) {
            return None;
        }
        if let Some(end) = tail::against(r, at).filter(|_| self.last != NamePiece::Admin) {
            return Some((end, NamePiece::Known));
        }
        if let Some(end) = self.seat_of_office(r) {
            return Some((end, NamePiece::Place));
        }
        if let Some(hit) = known(r, at) {
            // `Phó Trung đoàn trưởng Tham mưu trưởng`: the word begins the next post.
            let next_post = |post: LexiconHit| post.end > hit.end && r.is_lower(post.end - 1);
            let cut = at == self.from && r.hit(at, TableClass::Post).is_some_and(next_post);
            return (!cut).then(|| (hit.end, piece_of(r, at, hit)));
        }
        if let Some(end) = r.set_end(at, WordSet::Media).filter(|end| *end > at + 1 && is_foreign(r, at)) {
            return Some((end, NamePiece::Known));
        }
        if self.last == NamePiece::Admin {
            return Some((at + level_place(r, at, self.of).max(1), NamePiece::Place));
        }
        // `Trường ĐH Nông lâm`: an abbreviation is no first half of a word.
        let abbreviated = at > 0 && r.token(at - 1).is_some_and(|before| before.case == LetterCase::Upper);
        let run = if let NamePiece::Capital(run) = self.last
            && !abbreviated
        {
            run + 1
        } else {
            1
        };
        Some((at + 1, NamePiece::Capital(run)))
    }

    /// A word in small letters: a row of the tables, or the second half of the word before.
    fn lower(&self, r: &TokenCursor<'_>) -> Option<(usize, NamePiece)> {
        let at = self.at;
        let verb = r.hit(at, TableClass::Verb).map_or(0, |hit| hit.end);
        // `Đại sứ nước Cộng hòa Peru`
        if let Some(hit) = r.country_at(at + 1).filter(|_| r.is_word(at, STATE_OF) && r.is_capital(at + 1)) {
            return Some((hit.end, NamePiece::Place));
        }
        // `Ban Quản lý dự án đầu tư xây dựng các công trình giao thông`
        let plural = r.is_word(at, ALL) && matches!(self.last, NamePiece::Half | NamePiece::Known);
        let closes = |end: usize| tail::ends_name(r, end) || r.is_in(end, WordSet::Ruled);
        if let Some(hit) = r.hit(at + 1, TableClass::Tail).filter(|hit| plural && closes(hit.end)) {
            return Some((hit.end, NamePiece::Known));
        }
        // `Công an tỉnh Hải Âu thông tin thêm`: behind a place no field of work follows, but a country's forces may
        // (`Hạm đội Thái Bình Dương hải quân Peru`).
        let past_place = |hit: &LexiconHit| {
            let force = r.country_at(hit.end).is_some();
            self.last == NamePiece::Place && hit.class == TableClass::Tail && !r.is_in(at, WordSet::Region) && !force
        };
        if let Some(hit) = known(r, at)
            .filter(|hit| !past_place(hit) && !self.is_informing(r, hit))
            .filter(|hit| hit.end > verb || (hit.end == verb && self.is_right_after_head(r)))
        {
            let piece = piece_of(r, at, hit);
            let alone = hit.class == TableClass::Unit && r.is_unit_head(hit) && hit.end == at + 1;
            let goes_on = r.is_capital(hit.end) || r.is_number(hit.end) || known(r, hit.end).is_some();
            // `Giám đốc Công an tỉnh`: the text has named the province before.
            let of_all = is_admin(r, at, hit.end)
                && self.at > self.from
                && matches!(self.last, NamePiece::Head | NamePiece::Known)
                && (!r.is_lower(hit.end) || r.hit(hit.end, TableClass::Verb).is_some());
            // `đội trưởng đội tình nguyện`: the head has named the body, whose name must follow.
            let named = || at == self.from && !tail::ends_name(r, hit.end) && is_named_before(r, at, at);
            if !alone || goes_on || of_all || named() {
                return Some((hit.end, piece));
            }
        }
        // `Viện Vệ sinh dịch tễ`: bodies of the state have no name of one syllable before a verb (`sinh`).
        let bodies = || at >= 2 && r.is_in(at - 2, WordSet::StateBodyHead) && verb == at + 1 && !r.is_saying(at);
        let other = [TableClass::Verb, TableClass::Person, TableClass::Post, TableClass::Rank];
        let other: &[TableClass] = if bodies() { other.get(1..).unwrap_or_default() } else { &other };
        let half = self.last == NamePiece::Capital(1)
            && r.token(at).is_some_and(|token| token.case == LetterCase::Lower && !token.glued)
            && other.iter().all(|class| r.hit(at, *class).is_none())
            && r.token(at - 1).is_some_and(|before| before.case == LetterCase::Capital)
            && !is_foreign(r, at - 1);
        half.then(|| (tail::lower_case_end(r, at).unwrap_or(at + 1), NamePiece::Half))
    }

    /// Whether `thông tin` is the verb of the sentence and no field of work: `Công an tỉnh thông tin với báo chí`.
    /// Directly behind a head it is a name (`Trung tâm thông tin`), unless what follows is only a verb's.
    fn is_informing(&self, r: &TokenCursor<'_>, hit: &LexiconHit) -> bool {
        // `Phó Tổng Thanh tra Chính phủ thông tin tại …`: the post's own head ends in a whole organisation.
        let whole_head =
            || (1..=4).filter_map(|back| self.at.checked_sub(back)).any(|at| ends_unit(r, at, self.at, false));
        // `Phó Tổng Thanh tra Chính phủ`: a head that takes no organisation.
        let alone = |from: usize| {
            r.hit(from, TableClass::Post).is_some_and(|post| post.end == self.from)
                && r.value(from, TableClass::Post) == Some(RowValue::Post(PostPattern::Alone))
        };
        let whole_post = || (2..=6).filter_map(|back| self.from.checked_sub(back)).any(alone);
        let head = || r.is(hit.end, ':') || whole_head() || whole_post();
        let named = self.last != NamePiece::Head || self.at == self.from && head();
        let whole = |at: usize| {
            let row = [TableClass::Unit, TableClass::Place, TableClass::Country].map(|class| r.hit(at, class));
            row.into_iter().flatten().any(|row| row.end == self.at) || r.set_end(at, WordSet::Ruled) == Some(self.at)
        };
        let ends = r.is(hit.end, ',') || r.ends_sentence(hit.end);
        let closed = || (1..=4).filter_map(|back| self.at.checked_sub(back)).any(whole);
        r.set_end(self.at, WordSet::Informs) == Some(hit.end)
            && named
            && (tail::informs(r, self.at) || (ends && closed()))
    }

    /// A level, a term of office, a purpose or a number in small letters (`tail`).
    fn tail(&self, r: &TokenCursor<'_>) -> Option<(usize, NamePiece)> {
        let at = self.at;
        if let Some(end) = tail::term(r, at).or_else(|| tail::numbered(r, at)) {
            return Some((end, NamePiece::Number));
        }
        if self.last == NamePiece::Admin {
            return None;
        }
        // `xã Bến Gỗ`: the level begins the name of a place, which `lower` reads.
        let begins = |end: usize| (r.is_capital(end) || r.is_number(end)) && known(r, at).is_some();
        // `tổ công tác` is a body and no level.
        let longer = |end: usize| r.hit(at, TableClass::Unit).is_some_and(|hit| hit.end > end);
        if let Some(end) = tail::level(r, at).filter(|end| !begins(*end) && !longer(*end)) {
            return Some((end, NamePiece::Known));
        }
        let end = tail::against(r, at).or_else(|| tail::purpose(r, at).filter(|_| self.is_body(r)))?;
        Some((end, NamePiece::Known))
    }

    /// A verb that is a field of work, directly behind the head of a body: `Đội tuần tra kiểm soát giao thông`. It is
    /// certain where the post has named the body already (`đội trưởng Đội …`) or the head alone has a capital
    /// (`phó Phòng …`), because something must follow the head then; elsewhere only some verbs are.
    fn activity(&self, r: &TokenCursor<'_>) -> Option<(usize, NamePiece)> {
        let at = self.at;
        // `Chỉ huy trưởng Đơn vị huấn luyện số 1`
        let plain_head = at >= 2 && r.is_capital(at - 2) && r.set_end(at - 2, WordSet::ActivityHead) == Some(at);
        let open = plain_head || matches!(self.last, NamePiece::Head | NamePiece::Capital(1) | NamePiece::Known);
        if !open || self.firm || at == 0 || !r.is_in(at, WordSet::Activity) {
            return None;
        }
        let head = r.token(at - 1)?;
        let doubled = at > self.from && is_named_before(r, at - 1, self.from);
        let capital = head.is_capital() && r.is_in(at - 1, WordSet::Department) && r.is_lower(at.wrapping_sub(2));
        let is_body = |from: &usize| r.is_capital(*from) && ends_unit(r, *from, at, true);
        let body = || (1..=3).filter_map(|back| at.checked_sub(back)).any(|from| is_body(&from));
        // `phó chỉ huy trung tâm thử nghiệm của Nga`
        let small = |from: usize| r.is_lower(from) && from + 1 < at && ends_unit(r, from, at, true);
        let small = || (2..=3).filter_map(|back| at.checked_sub(back)).any(small);
        let owned = r.set_end(at, WordSet::ActivityOfBody).filter(|end| r.is_in(*end, WordSet::BelongsTo) && small());
        if let Some(end) = owned {
            return Some((end, NamePiece::Half));
        }
        let fits = doubled || capital || (r.is_in(at, WordSet::ActivityOfBody) && (plain_head || body()));
        Some((tail::activity(r, at).filter(|_| fits)?, NamePiece::Half))
    }

    /// Nouns in small letters that lead from a head to a proper name.
    fn nouns(&self, r: &TokenCursor<'_>) -> Option<(usize, NamePiece)> {
        let at = self.at;
        // `Phó Tổng Thanh tra Chính phủ thông tin tại cuộc họp`: the verb of the sentence.
        if tail::informs(r, at) {
            return None;
        }
        // Directly behind a post only a thing is sure to be no verb: `Thuyền trưởng tàu Bến Gỗ 12`.
        let department = (at > 0 && r.is_in(at - 1, WordSet::Department)) || r.is_in(at, WordSet::SmallHead);
        let thing = || r.hit(at, TableClass::Thing).is_some();
        let (leads, closes) = match self.last {
            NamePiece::Head if at == self.from => (department || thing(), department),
            NamePiece::Head => (true, true),
            NamePiece::Known => (true, false),
            NamePiece::Capital(_) => (thing() || r.hit(at, TableClass::Tail).is_some(), false),
            _ => (false, false),
        };
        let end = tail::nouns(r, at).filter(|_| leads).or_else(|| tail::field(r, at).filter(|_| closes))?;
        Some((end, NamePiece::Half))
    }

    /// Whether the name is that of a body that has a purpose: `Ủy ban`, `Ban Chỉ đạo`, `Cục`.
    fn is_body(&self, r: &TokenCursor<'_>) -> bool {
        let from = self.from.saturating_sub(4).max(self.at.saturating_sub(12));
        (from..self.at).any(|at| r.is_in(at, WordSet::PurposeBody))
    }

    /// Whether only the head has been read, so that a verb is part of the name: `Ủy ban kiểm tra`.
    fn is_right_after_head(&self, r: &TokenCursor<'_>) -> bool {
        self.last == NamePiece::Head && self.at > 0 && r.is_in(self.at - 1, WordSet::BodyHead)
    }

    /// `(C46)`, `(Tổng cục Chính trị)`.
    fn brackets(&self, r: &TokenCursor<'_>) -> Option<(usize, NamePiece)> {
        if self.at == self.from {
            return None;
        }
        let inside = self.at + 1;
        let close = (inside..inside + 14).find(|at| r.is(*at, ')') || r.is_end(*at)).filter(|at| r.is(*at, ')'))?;
        let sign = close == inside + 1
            && r.token(inside).is_some_and(|token| token.case == LetterCase::Upper)
            && r.hit(inside, TableClass::Place).is_none();
        // `Phòng Cảnh sát hình sự (PC 02) Công an tỉnh`: only where the name goes on.
        let coded = close == inside + 2
            && r.is_capital(close + 1)
            && known(r, close + 1).is_some()
            && r.is_number(inside + 1)
            && r.token(inside).is_some_and(|token| matches!(token.case, LetterCase::Upper | LetterCase::Initial));
        let joined = close == inside + 3 && r.is(inside + 1, '&');
        let parent = r.is_capital(inside)
            && r.hit(inside, TableClass::Unit).is_some()
            && (inside..close).all(|at| !r.is(at, ',') && !r.is(at, ';'))
            && !r.is_in(inside, WordSet::BracketedPlace);
        (sign || coded || joined || parent).then_some((close + 1, NamePiece::Number))
    }

    /// Whether a post, a rank, a person or another organisation begins at `next`.
    fn begins_other(&self, r: &TokenCursor<'_>, next: usize) -> bool {
        // `Xã` of `Xã hội` is no commune.
        let field = |hit: LexiconHit| r.hit(next, TableClass::Tail).is_some_and(|tail| tail.end > hit.end);
        let unit = r.hit(next, TableClass::Unit);
        let unit = unit.is_some_and(|hit| (hit.end > next + 1 || !r.is_capital(hit.end)) && !field(hit));
        unit || self.begins_person(r, next)
    }

    fn begins_person(&self, r: &TokenCursor<'_>, next: usize) -> bool {
        let row =
            [TableClass::Post, TableClass::Rank, TableClass::State].iter().any(|class| r.hit(next, *class).is_some());
        // `bảo vệ` is a guard, `bảo vệ rừng` a field of work.
        let field = r.hit(next, TableClass::Tail).map_or(next, |hit| hit.end);
        let row = row || r.hit(next, TableClass::Person).is_some_and(|hit| hit.end >= field);
        let reader = OrganisationReader { at: next, last: NamePiece::Known, ..*self };
        row || reader.holder(r).is_some()
    }

    /// The name of a person that begins directly behind the pieces read so far; `None` if the capitalised words there
    /// are rather part of the organisation's name. That depends on the last piece: after a place or a row of the tables
    /// two words are enough, after a plain capitalised word it takes a surname and two more.
    pub fn holder(&self, r: &TokenCursor<'_>) -> Option<NameRun> {
        let at = self.at;
        if !r.is_capital(at) {
            return None;
        }
        if r.country_at(at).is_some() || r.hit(at, TableClass::Rank).is_some_and(|hit| hit.end > at + 1) {
            return None;
        }
        let name = name_at(r, at)?;
        if name.foreign && has_country(r, name) || self.is_of_organisation(r, name) || self.is_short_level(r, name) {
            return None;
        }
        // `Thị trưởng London Anna Klein`: the city of the office and its holder.
        if self.seat_of_office(r).is_some_and(|end| end < name.end) {
            return None;
        }
        if at == self.from && own_name::begins_with_body(r, name) && !leads_a_state(r, at) {
            return None;
        }
        if self.last == NamePiece::Admin {
            return (!name.foreign && level_place(r, at, self.of) == 0).then_some(name);
        }
        // `Tổng Biên tập Báo Bến Gỗ`: a paper and nobody of the rare family `Báo`.
        let head = r.is_capital(at) && r.hit(at, TableClass::Unit).is_some_and(|hit| r.is_unit_head(hit));
        if head && !is_common_surname(r, at) {
            return None;
        }
        // A known place or organisation of the first two words (or of all of a shorter name) is no person.
        let reaches = name.end.min(at + 2);
        if known(r, at).is_some_and(|hit| hit.end >= reaches) || self.is_of_thing(r) {
            return None;
        }
        // `Giám đốc Viettel Bến Gỗ`, `Viện Pasteur Bến Gỗ`
        let organisation = |class: &TableClass| r.hit(at, *class).is_some_and(|hit| hit.end == at + 1);
        if name.foreign && [TableClass::Unit, TableClass::Tail].iter().any(organisation) {
            return None;
        }
        let closed = self.is_closed() && !self.awaits_name(r);
        if name.foreign && at > self.from && self.awaits_name(r) {
            return None;
        }
        let direct = at == self.from;
        let fits = if name.foreign {
            let acronym = r.token(at).is_some_and(|token| token.case == LetterCase::Upper);
            name.words >= 2 && (direct || closed || is_foreign(r, at)) && !acronym
        } else if is_surname(r, at) {
            // `Công ty xây lắp Tân Thắng`: two words are rather the rest of the firm's name.
            let short = name.words >= 3 || direct || (closed && (!self.firm || self.last == NamePiece::Place));
            let fits = (2..=5).contains(&name.words) && short;
            fits && !begins_later(r, name, closed || direct) && (closed || direct || self.may_end(r, name))
        } else {
            // `Tổng thống Đảng Cộng hòa`: behind a leader's name a verb or a sign follows.
            let acts = r.hit(name.end, TableClass::Verb).is_some() || !r.is_lower(name.end);
            let leads = acts && ((direct && leads_a_state(r, at)) || self.is_office(r));
            let opens = self.is_behind_place(r) || leads;
            opens && (2..=3).contains(&name.words) && known(r, at).is_none()
        };
        fits.then_some(name)
    }

    /// The token behind the foreign city or state that a mayor, a governor or a judge is of, directly behind the head
    /// of the post, if the whole name of the holder follows it.
    fn seat_of_office(&self, r: &TokenCursor<'_>) -> Option<usize> {
        let at = self.at;
        let local =
            |from: usize| [WordSet::CourtPost, WordSet::Governor].iter().any(|set| r.set_end(from, *set) == Some(at));
        if at != self.from || !(1..=3).filter_map(|back| at.checked_sub(back)).any(local) {
            return None;
        }
        let (_, end) = r.seat_at(at)?;
        let holder = name_at(r, end).filter(|name| name.foreign && name.words >= 2);
        holder.map(|_| end)
    }

    /// Whether what looks like an initial is the short form of a level, of which the place follows: `Công an P. Bến
    /// Gỗ`. Behind an office of a level only, and before Vietnamese words only: `Tổng thống P. Green` is a name.
    fn is_short_level(&self, r: &TokenCursor<'_>, name: NameRun) -> bool {
        let at = self.at;
        let short = r.is(at + 1, '.') && dotted_form(r.word(at)) == Some(DottedForm::Place);
        let of_level = || {
            let council = (1..=3).filter_map(|back| at.checked_sub(back)).any(|from| {
                r.set_end(from, WordSet::Council) == Some(at)
                    || (from + POLICE.len() == at && r.is_words(from, &POLICE))
            });
            at > self.from || council || r.is_any(at - 1, &COMMITTEE)
        };
        short && (at + 2..name.end).all(|word| !is_foreign(r, word)) && of_level()
    }

    /// Whether an organisation's name may end before the name of a person though no table says so. The names of firms
    /// are no closed class: they have two words or more before a person's (`Công ty Hải Âu Nguyễn Văn A`), and one that
    /// ends in a country or a place is all the firm's (`Công ty Kim Long Việt Nam`).
    fn may_end(&self, r: &TokenCursor<'_>, name: NameRun) -> bool {
        let place = [TableClass::Country, TableClass::Place]
            .iter()
            .any(|class| (name.start + 1..name.end).any(|at| r.hit(at, *class).is_some_and(|hit| hit.end == name.end)));
        let certain = match self.last {
            NamePiece::Capital(words) => {
                words >= 2 || r.is_in(name.start + 1, WordSet::MiddleName) || own_name::is_short_name(r, self.at)
            }
            _ => true,
        };
        (!place || own_name::is_of_state_body(r, self.at)) && (!self.firm || certain)
    }

    /// Whether `Quốc phòng`, `Ngoại giao` have just been read, whose holder may be a foreigner.
    fn is_office(&self, r: &TokenCursor<'_>) -> bool {
        self.last == NamePiece::Known && leads_a_state(r, self.at)
    }

    /// Whether the proper name of the organisation is still to come: `Công ty cổ phần xây lắp`, `Trường mầm non`.
    fn awaits_name(&self, r: &TokenCursor<'_>) -> bool {
        let from = self.from.saturating_sub(2).max(self.at.saturating_sub(12));
        let nouns = || self.last == NamePiece::Half && (self.from..self.at).all(|at| r.is_lower(at));
        let known = self.last == NamePiece::Known && r.is_lower(self.at.wrapping_sub(1));
        let small = self.last == NamePiece::Head || known || nouns();
        small
            && self.at > self.from
            && (from..self.at).any(|at| r.is_in(at, WordSet::NamedHead))
            && (self.from..self.at).all(|at| r.hit(at, TableClass::Place).is_none())
    }

    /// Whether a place or country has just been read. The short ones are given names too (`Công ty Nhật Huy Khang`), so
    /// they count only right behind the head of a post or `Quốc phòng`, `Ngoại giao`.
    fn is_behind_place(&self, r: &TokenCursor<'_>) -> bool {
        let before = self.at.wrapping_sub(1);
        let short = r.country_at(before).is_some_and(|hit| hit.end == self.at) && !is_foreign(r, before);
        self.last == NamePiece::Place && (!short || before == self.from || leads_a_state(r, before))
    }

    /// Whether the name may end with the last piece, whatever follows.
    fn is_closed(&self) -> bool {
        matches!(self.last, NamePiece::Place | NamePiece::Known | NamePiece::Number)
    }

    /// Whether the words that follow are the name of a thing: `Bệnh viện Nguyễn Văn A`. Not behind a place that ends
    /// like one (`huyện Vân Hồ`).
    fn is_of_thing(&self, r: &TokenCursor<'_>) -> bool {
        // `Chính phủ` is no palace (`phủ`), `Bộ Nông nghiệp và Môi trường` no school (`trường`).
        let ends =
            |at: usize| ends_unit(r, at, self.at, false) || r.set_end(at, WordSet::EndsLikeThing) == Some(self.at);
        let whole = || (2..=6).filter_map(|back| self.at.checked_sub(back)).any(ends);
        self.at > self.from && self.last != NamePiece::Place && wants_a_name(r, self.at - 1) && !whole()
    }
}

/// One past the last token of an organisation whose head ends before token `from`.
pub fn end_of(r: &TokenCursor<'_>, from: usize) -> usize {
    let mut reader = OrganisationReader::after_unit(r, from);
    while reader.holder(r).is_none_or(|name| name.words < 3 || name.foreign) && reader.step(r) {}
    reader.at
}

/// The person named directly behind an organisation whose head ends before token `from`.
pub fn holder_of(r: &TokenCursor<'_>, from: usize) -> Option<NameRun> {
    let mut reader = OrganisationReader::after_unit(r, from);
    loop {
        if let Some(name) = reader.holder(r).filter(|name| name.words >= 3) {
            return Some(name);
        }
        if !reader.step(r) {
            return None;
        }
    }
}

/// Whether a foreign run of words is rather a firm with its country (`Phó chủ tịch Huawei Canada`), behind which a
/// person may be named. With one word behind the country it is a name: `Anna Georgia Klein`.
fn has_country(r: &TokenCursor<'_>, name: NameRun) -> bool {
    let left = |hit: LexiconHit| name.end.saturating_sub(hit.end);
    (name.start + 1..name.end).any(|at| r.country_at(at).is_some_and(|hit| left(hit) != 1))
}

/// The longest row that can be part of an organisation's name.
fn known(r: &TokenCursor<'_>, at: usize) -> Option<LexiconHit> {
    [TableClass::Unit, TableClass::Tail, TableClass::Place, TableClass::Country]
        .iter()
        .filter_map(|class| r.hit(at, *class))
        .filter(|hit| hit.class != TableClass::Country || r.is_capital(at))
        .max_by_key(|hit| hit.end)
}

fn piece_of(r: &TokenCursor<'_>, at: usize, hit: LexiconHit) -> NamePiece {
    match hit.class {
        TableClass::Place | TableClass::Country => NamePiece::Place,
        TableClass::Unit if is_admin(r, at, hit.end) => NamePiece::Admin,
        // `Phòng` of `Phòng thủ bờ biển` is no head.
        TableClass::Unit
            if r.is_unit_head(hit) && hit.end == at + 1 && r.is_lower(hit.end) && known(r, hit.end).is_none() =>
        {
            NamePiece::Capital(1)
        }
        TableClass::Unit if r.is_unit_head(hit) => NamePiece::Head,
        _ => NamePiece::Known,
    }
}

/// `tỉnh`, `huyện`, `Tỉnh ủy`: words that only a place follows.
fn is_admin(r: &TokenCursor<'_>, at: usize, end: usize) -> bool {
    (r.is_in(at, WordSet::Admin) || r.is_in(at, WordSet::AdminStart)) && r.is_in(end - 1, WordSet::Admin)
        || is_committee(r, end)
}

/// Whether `Tỉnh ủy`, `Huyện ủy` or the like ends at `end`.
fn is_committee(r: &TokenCursor<'_>, end: usize) -> bool {
    end >= 2 && r.is_any(end - 1, &COMMITTEE) && r.is_in(end - 2, WordSet::CommitteeLevel)
}

/// Whether the words before `at` are those of a head of state or a minister who may be a foreigner: behind them a name
/// of Vietnamese syllables needs no surname (`Thủ tướng Sai Bun`).
fn leads_a_state(r: &TokenCursor<'_>, at: usize) -> bool {
    at.checked_sub(2).is_some_and(|from| r.set_end(from, WordSet::StateLeader) == Some(at))
}

/// Whether the person's name begins further on, with a surname that many times as many people have: in `Hải Âu
/// Nguyễn Văn A` not with `Âu`. Behind a piece that closes the organisation's name only a run of
/// five words and more holds the end of another name.
fn begins_later(r: &TokenCursor<'_>, name: NameRun, closed: bool) -> bool {
    let Some(share) = surname_share(r, name.start) else { return false };
    let more_common = |at: usize| surname_share(r, at).is_some_and(|other| other.exceeds(share));
    let mut rest = (name.start + 1..name.end).filter(|at| name.end - at >= 3);
    if closed { name.words >= 5 && rest.any(|at| is_common_surname(r, at)) } else { rest.any(more_common) }
}

/// Whether the word at `at` ends a row of things.tsv, so that the name behind it is a thing's.
fn wants_a_name(r: &TokenCursor<'_>, at: usize) -> bool {
    let ends_here = |from: usize| r.hit(from, TableClass::Thing).is_some_and(|hit| hit.end == at + 1);
    ends_here(at) || (at > 0 && ends_here(at - 1))
}

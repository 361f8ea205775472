//! Posts (docs/domain.md §3): a head of posts.tsv and the organisation behind it. The end of a post needs no
//! punctuation: it ends at a lower-case word that no name of an organisation contains, or where a person's name begins.
//!
//! ```text
//! nguyên    Phó Tư lệnh    Quân khu 10          Nguyễn Văn A
//! state     head           organisation         name: the holder
//! start                    head                 end                   (fields of `PostMatch`)
//! ```

use super::cursor::TokenCursor;
use super::function_words::{ACTING, OF, OFFICE};
use super::lexicon::{LexiconHit, PostPattern, RowValue, TableClass, WordSet};
use super::name_run::{NameRun, is_foreign, name_at};
use super::organisation_name::OrganisationReader;
use crate::report::PostState;

/// A post and its organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostMatch {
    /// The first token of the quotation.
    pub start: usize,
    /// The token after its last.
    pub end: usize,
    /// One past the last token of its head.
    pub head: usize,
    pub state: PostState,
    /// The name of the holder, if it follows directly.
    pub name: Option<NameRun>,
    /// Whether it contains an organisation.
    pub has_unit: bool,
    /// Whether the holder serves an official, who may be named next: `Trợ lý Đại tướng A`.
    pub aide: bool,
    /// Whether the head is that of many: `lãnh đạo`, `chỉ huy`, `cán bộ`.
    pub group: bool,
}

/// The most tokens of states before a post (`nguyên`, `quyền` …); no real text has more.
const MOST_STATES: usize = 6;

/// The post that begins at token `at`, with the states before it.
pub fn post_at(r: &TokenCursor<'_>, at: usize) -> Option<PostMatch> {
    let mut state = PostState::Holds;
    let (mut head, mut start) = (at, at);
    // `chính quyền Tổng thống A`, `thẩm quyền Bộ trưởng`: `quyền` is the end of another word and nobody acts.
    if r.is_word(at, ACTING) && r.is_in(at.wrapping_sub(1), WordSet::PowerWord) {
        return None;
    }
    // `chức vụ Phó Chủ tịch`: the word belongs to `chức vụ` and is no department (`Vụ phó`).
    if at > 0 && r.is_words(at - 1, &OFFICE) {
        return None;
    }
    // `cố vấn` is a post and nobody late.
    let is_state = |hit: &LexiconHit, at: usize| r.hit(at, TableClass::Post).is_none_or(|post| post.end <= hit.end);
    while let Some(hit) = r.hit(head, TableClass::State).filter(|hit| head < at + MOST_STATES && is_state(hit, head)) {
        let RowValue::State(said) = r.row(hit)?.value else { return None };
        state = said;
        head = hit.end;
        // `tân` is left out of the quotation, `nguyên`, `quyền` and `phụ trách` are part of it.
        if matches!(state, PostState::Entering) {
            start = head;
        }
        // `(nguyên) Giám đốc B`
        if r.is(head, ')') && r.is(at.wrapping_sub(1), '(') {
            head += 1;
            start = head;
        }
    }
    // `Đại sứ quán` is no `Đại sứ`.
    let longer = |hit: &LexiconHit| r.hit(head, TableClass::Unit).is_some_and(|unit| unit.end > hit.end);
    let hit = r.hit(head, TableClass::Post).filter(|hit| !r.is_in(head, WordSet::NoPost) && !longer(hit))?;
    let row = r.row(hit)?;
    let mut post = PostMatch {
        start,
        end: hit.end,
        head: hit.end,
        state,
        name: None,
        has_unit: false,
        aide: row.value == RowValue::Post(PostPattern::Aide),
        group: row.value == RowValue::Post(PostPattern::Group),
    };
    post.end = r.set_end(hit.end, WordSet::Permanent).unwrap_or(hit.end);
    // `Phó Giám đốc phụ trách Công an tỉnh`: responsible for all of it.
    if let Some(unit) = r.set_end(post.end, WordSet::ResponsibleFor)
        && r.hit(unit, TableClass::Unit).is_some()
    {
        post.end = unit;
    }
    let adviser = post.aide && r.is_in(head, WordSet::Adviser);
    // `Cố vấn Thủ tướng A`: a post behind an adviser is no name of an organisation.
    if !adviser || r.hit(post.end, TableClass::Post).is_none() {
        unit_after(r, at, &mut post);
    }
    // `Thư ký báo chí của Tổng thống B`: a field of work may be between the two.
    let open = !post.has_unit || r.is_in(post.end, WordSet::Serves);
    // `người phát ngôn của Tổng thống B`
    let speaks = !post.has_unit && r.is_in(head, WordSet::Spokesman) && r.is_word(post.end, OF);
    if (post.aide || speaks)
        && open
        && post.name.is_none()
        && let Some(served) = served_post(r, post.end).filter(|served| served.name.is_none() || adviser)
    {
        post.end = served.end;
        post.name = served.name;
    }
    (!post.group || post.has_unit || r.is_capital(head)).then_some(post)
}

/// The state that one syllable stands for between an office and a foreign name: `Thủ tướng Thái A`. Elsewhere the same
/// syllable is a surname or a people.
pub fn short_state(r: &TokenCursor<'_>, at: usize) -> Option<&'static str> {
    let foreign = || is_foreign(r, at + 1) || name_at(r, at + 1).is_some_and(|name| name.foreign && name.words >= 2);
    let follows = r.is_capital(at) && r.is_capital(at + 1) && r.country_at(at).is_none() && foreign();
    let first = |state: &&str| state.split(' ').next() == Some(r.word(at));
    WordSet::ShortState.words().iter().copied().find(first).filter(|_| follows && !heads_a_firm(r, at))
}

/// Whether the head of a post that ends before token `at` is that of a firm: `tổng giám đốc`, `Chủ tịch HĐQT`.
pub fn heads_a_firm(r: &TokenCursor<'_>, at: usize) -> bool {
    const LONGEST: usize = 5;
    (1..=LONGEST).filter_map(|back| at.checked_sub(back)).any(|from| r.set_end(from, WordSet::FirmPost) == Some(at))
}

/// The post that an aide serves: of `Trợ lý của Thủ tướng` or, with the aide's own name behind it, of `Cố vấn giám đốc
/// Tập đoàn B A`. It is part of the aide's post and no post of the person named next.
fn served_post(r: &TokenCursor<'_>, at: usize) -> Option<PostMatch> {
    let from = if r.is_in(at, WordSet::Serves) { at + 1 } else { at };
    let aide = r.value(from, TableClass::Post) == Some(RowValue::Post(PostPattern::Aide));
    post_at(r, from).filter(|_| !aide)
}

/// Reads the organisation behind the head of the post that begins at token `at`, up to the name of the holder.
fn unit_after(r: &TokenCursor<'_>, at: usize, post: &mut PostMatch) {
    if short_state(r, post.end).is_some() {
        post.end += 1;
        post.has_unit = true;
        post.name = name_at(r, post.end).filter(|name| name.words >= 2);
        return;
    }
    let mut reader = OrganisationReader::after_post(r, at, post.end);
    loop {
        if let Some(name) = reader.holder(r) {
            post.name = Some(name);
            return;
        }
        if !reader.step(r) {
            break;
        }
        post.end = reader.at;
        post.has_unit = true;
    }
    // `Tổng thống Peru sắp mãn nhiệm A`: the words between are no part of the post.
    let behind_state = || r.set_end(post.end, WordSet::StageOfTerm).filter(|_| post.has_unit);
    if let Some(name) = behind_state().and_then(|end| name_at(r, end)) {
        post.name = Some(name).filter(|name| name.words >= 2);
    }
}

//! Posts (domain.md §3): a head of posts.tsv and the organisation after it. A post ends without punctuation, at a
//! word in small letters that no organisation's name has, or where somebody's name begins.

use super::lexicon::Class;
use super::name::{Name, is_foreign, is_surname, name_at};
use super::reading::Reading;
use super::token::Case;
use super::unit::step as unit_step;
use crate::report::PostState;

/// A post and its organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Post {
    /// The first token of what is quoted.
    pub start: usize,
    /// The token after its last.
    pub end: usize,
    /// How it is held.
    pub state: PostState,
    /// Where the name of the holder begins, if it follows with nothing between.
    pub name: Option<Name>,
    /// Whether an organisation is named.
    pub has_unit: bool,
}

/// The post that begins at token `at`, states before it included.
pub fn post_at(r: &Reading<'_>, at: usize) -> Option<Post> {
    let mut state = PostState::Holds;
    let (mut head, mut start) = (at, at);
    while let Some(hit) = r.hit(head, Class::State) {
        state = state_of(r.value(head, Class::State)?);
        head = hit.end;
        // `tân` and `phụ trách` are said of a post; the others belong to how it is quoted.
        if matches!(state, PostState::Entering) || r.is_word(hit.end - 1, "trách") {
            start = head;
        }
    }
    let hit = r.hit(head, Class::Post)?;
    if !r.is_capital(head) && is_only_a_word(r, head, hit.end) {
        return None;
    }
    let mut post = Post { start, end: hit.end, state, name: None, has_unit: false };
    if r.is_any(hit.end, &["thường"]) && r.is_any(hit.end + 1, &["trực"]) {
        post.end += 2;
    }
    unit_after(r, &mut post);
    Some(post)
}

/// Heads that in small letters are mostly what they say: `chỉ huy`, `lãnh đạo`, `cán bộ`.
fn is_only_a_word(r: &Reading<'_>, head: usize, end: usize) -> bool {
    end - head == 2
        && r.is_any(head, &["cán", "nhân", "chiến", "lãnh", "chỉ", "chuyên", "thủ", "giảng", "ủy"])
        && !(r.is_word(head, "thủ") && r.is_word(head + 1, "tướng"))
        && !is_followed_by_unit_or_name(r, end)
}

fn is_followed_by_unit_or_name(r: &Reading<'_>, end: usize) -> bool {
    r.is_capital(end) || r.hit(end, Class::Country).is_some()
}

fn state_of(value: &str) -> PostState {
    match value {
        "former" => PostState::Former,
        "late" => PostState::Late,
        "acting" => PostState::Acting,
        _ => PostState::Entering,
    }
}

/// Reads the organisation after the head; stops where a name begins.
fn unit_after(r: &Reading<'_>, post: &mut Post) {
    let head_end = post.end;
    let mut at = post.end;
    let mut after_place = false;
    loop {
        if let Some(name) = holder_at(r, at, head_end, after_place) {
            post.name = Some(name);
            return;
        }
        let Some(step) = unit_step(r, at, head_end) else { return };
        after_place = step.place;
        at = step.end;
        post.end = at;
        post.has_unit = true;
    }
}

/// The holder's name at token `at`, with nothing between it and the post.
pub fn holder_at(r: &Reading<'_>, at: usize, head_end: usize, after_place: bool) -> Option<Name> {
    if !r.is_capital(at) {
        return None;
    }
    let name = name_at(r, at)?;
    let covers = |class| r.hit(at, class).is_some_and(|hit| hit.end >= name.end.min(at + 2));
    if covers(Class::Place) || covers(Class::Unit) || covers(Class::Tail) || covers(Class::Country) {
        return None;
    }
    if at > head_end && wants_a_name(r, at - 1) {
        return None;
    }
    let fits = if name.foreign {
        name.words >= 2 && (at == head_end || after_place || is_foreign(r, at)) && !is_acronym(r, at)
    } else if is_surname(r, at) {
        (2..=5).contains(&name.words) && (name.words >= 3 || at == head_end || after_place)
    } else {
        after_place
            && (2..=3).contains(&name.words)
            && !r.is_capital(name.end)
            && r.hit(at, Class::Unit).is_none()
            && r.hit(at, Class::Tail).is_none()
    };
    fits.then_some(name)
}

/// Whether the word before is the sort whose following name is a thing's.
fn wants_a_name(r: &Reading<'_>, at: usize) -> bool {
    r.hit(at, Class::Thing).is_some_and(|hit| hit.end == at + 1)
        || (at > 0 && r.hit(at - 1, Class::Thing).is_some_and(|hit| hit.end == at + 1))
}

fn is_acronym(r: &Reading<'_>, at: usize) -> bool {
    r.token(at).is_some_and(|token| token.case == Case::Upper)
}

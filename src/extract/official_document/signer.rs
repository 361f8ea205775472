//! Who signed an official document: the name below a post, at the end of the text.

use super::super::cursor::TokenCursor;
use super::super::function_words::{ACTING, ACTING_SHORT};
use super::super::lexicon::TableClass;
use super::super::name_run::{NameRun, name_at};
use super::super::sighting::Sighting;
use super::cells::{self, Cell};
use super::{OfficialDocument, is_signed_mark};
use crate::report::{Evidence, PostState, Quote, Span, StatedPost};

/// The name is within this many tokens of its line: behind a rank or degrees.
const TOKENS_BEFORE_NAME: usize = 8;

/// Names who signed the document, and adds them with the post to the people that are sighted in its text.
pub fn add_signer(r: &TokenCursor<'_>, document: &mut OfficialDocument, sightings: &mut Vec<Sighting>) {
    let Some(signature) = document.signature else { return };
    let mut post: Option<StatedPost> = None;
    let mut acts = false;
    let lines = cells::lines(r.text).filter(|line| line.span.start >= signature.start);
    for cell in lines.flat_map(|line| line.cells()) {
        if let Some(short) = cell.signs_for() {
            // The post behind it is another's, unless it is that of one who acts in it.
            acts = short == ACTING || short == ACTING_SHORT;
            post = if acts { own_post(r, &cell, acts) } else { None };
        } else if let Some(mut held) = own_post(r, &cell, acts) {
            held.above.clone_from(&document.issuer);
            post = Some(held);
        } else if let Some((name, held)) = name_in(r, &cell).zip(post.as_ref()) {
            let held = StatedPost { above: document.issuer.clone(), ..held.clone() };
            document.signer = Some(Quote { text: r.words(name.start, name.end), span: r.span(name.start, name.end) });
            sight(r, name, held, sightings);
            return;
        } else if cell.text.starts_with(char::is_alphabetic) && !is_signed_mark(&cell.plain) && post.is_some() {
            // Another line between the post and the name is the rest of the name of an organisation.
            acts = false;
        }
    }
}

/// The post that a cell in capitals states, in the letters of the table.
fn own_post(r: &TokenCursor<'_>, cell: &Cell<'_>, acts: bool) -> Option<StatedPost> {
    if !cells::is_in_capitals(cell.text) {
        return None;
    }
    let mut at = token_at(r, cell.span.start);
    while acts && cell.signs_for().is_some() && r.hit(at, TableClass::Post).is_none() && !r.is_end(at) {
        at += 1;
    }
    let hit = r.hit(at, TableClass::Post)?;
    let form = r.row(hit)?.form();
    let rest = Span::new(r.span(at, hit.end).end, cell.span.end).of(r.text);
    let state = if acts { PostState::Acting } else { PostState::Holds };
    Some(StatedPost { text: format!("{form}{rest}"), span: cell.span, state, above: None })
}

/// The name that a cell ends in.
fn name_in(r: &TokenCursor<'_>, cell: &Cell<'_>) -> Option<NameRun> {
    let first = token_at(r, cell.span.start);
    let end = cell.span.start + cell.text.trim_end_matches(['.', ',', ' ']).len();
    let names = (first..first + TOKENS_BEFORE_NAME).filter_map(|at| name_at(r, at));
    names.filter(NameRun::is_full_vietnamese).find(|name| r.span(name.start, name.end).end == end)
}

fn token_at(r: &TokenCursor<'_>, byte: usize) -> usize {
    r.tokens.partition_point(|token| token.start() < byte)
}

/// Gives the post to the one who is sighted at that name, or sights them.
fn sight(r: &TokenCursor<'_>, name: NameRun, post: StatedPost, sightings: &mut Vec<Sighting>) {
    if let Some(known) = sightings.iter_mut().find(|sighting| sighting.name.start == name.start) {
        known.posts.push(post);
        return;
    }
    let from = token_at(r, post.span.start);
    sightings.push(Sighting {
        name,
        rank: None,
        past_ranks: Vec::new(),
        posts: vec![post],
        evidence: Evidence::Post,
        country: None,
        word: false,
        thing: false,
        served: false,
        late: false,
        from,
        to: name.end,
    });
}

//! Typed words in an official's rank and posts: as they stand there side by side, abbreviated (`cnqp`, `qk7`), and the
//! last one as far as it is typed. What a run is worth is told here; whether it answers the query is left to `judge`.

use super::query::{Pair, Query, Typed};
use super::{Entry, Tier};

/// Typed words side by side in the rank or in one post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The rank, or which of the posts.
    pub line: usize,
    /// The first of its words.
    pub at: usize,
    /// How many of its words.
    pub words: usize,
    /// How many typed words.
    pub typed: usize,
    /// The first of those.
    pub from: usize,
    /// No word of it is only begun.
    pub whole: bool,
    /// A number of it is only begun: another number.
    pub other_number: bool,
    /// A typed word differs by one letter.
    pub typo: bool,
    /// What it is worth.
    pub earned: i64,
}

/// What a run earns: where a rank or post begins, where it ends, and where no word is only begun.
const BEGINS: i64 = 400;
const ENDS: i64 = 300;
const WHOLE: i64 = 200;

impl Run {
    /// Whether both are one run.
    pub fn same(&self, other: &Self) -> bool {
        (self.line, self.from) == (other.line, other.from)
    }

    /// Whether a word of a post is in both.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.line == other.line && self.at < other.at + other.words && other.at < self.at + self.words
    }

    /// Whether it is but the beginning of some word in the middle of a post, or of a unit's number.
    pub fn loose(&self) -> bool {
        (self.words == 1 && !self.whole && self.at > 0) || self.other_number
    }
}

/// The longest run that begins with that typed word and is `free`, the one worth most of several; with one typo where
/// `typos`.
pub(super) fn longest(
    query: &Query,
    entry: &Entry,
    from: usize,
    typos: bool,
    free: impl Fn(&Run) -> bool,
) -> Option<Run> {
    let typed = query.words.get(from..)?;
    let mut best: Option<Run> = None;
    for (line, (ids, classes)) in entry.context.iter().zip(&entry.classes).enumerate() {
        for at in 0..ids.len() {
            let Some(mut run) = run_at(typed, ids.get(at..)?, classes.get(at..)?, typos) else { continue };
            (run.line, run.at, run.from) = (line, at, from);
            run.earned = if at == 0 { BEGINS } else { 0 }
                + if at + run.words == ids.len() { ENDS } else { 0 }
                + if run.whole { WHOLE } else { 0 };
            if !free(&run) {
                continue;
            }
            let key = |run: &Run| (run.typed, !run.typo, run.earned, run.words);
            if best.as_ref().is_none_or(|best| key(&run) > key(best)) {
                best = Some(run);
            }
        }
    }
    best
}

/// How many of the typed words stand at the beginning of a line's words.
fn run_at(typed: &[Typed], ids: &[u32], classes: &[u32], typos: bool) -> Option<Run> {
    let mut run =
        Run { line: 0, at: 0, words: 0, typed: 0, from: 0, whole: true, other_number: false, typo: false, earned: 0 };
    for typed in typed {
        let (Some(id), Some(classes)) = (ids.get(run.words), classes.get(run.words..)) else { break };
        let meant = || typed.meanings.iter().find(|meaning| classes.starts_with(meaning)).map(Vec::len);
        match typed.pairs.get(*id as usize) {
            Some(Some(pair)) if answers(*pair) => {
                run.whole &= pair.whole;
                run.other_number |= !pair.whole && typed.word.folded().starts_with(|c: char| c.is_ascii_digit());
                run.words += 1;
            }
            pair => match meant() {
                Some(words) => run.words += words,
                None if typos && !run.typo && matches!(pair, Some(Some(pair)) if pair.tier == Tier::Fuzzy) => {
                    run.typo = true;
                    run.words += 1;
                }
                None => break,
            },
        }
        run.typed += 1;
    }
    (run.typed > 0).then_some(run)
}

fn answers(pair: Pair) -> bool {
    pair.tier <= Tier::Squeezed && !pair.disagrees
}

//! Typed words in an official's rank and posts: as they stand there side by side, abbreviated (`cnqp`, `qk7`), and the
//! last one as far as it is typed. What a run is worth is told here; whether it answers the query is left to `judge`.

use super::Tier;
use super::index::{FinderIndex, IndexedLine, IndexedPerson};
use super::query::{FinderQuery, WordAnswers, WordMatch};

/// By rank or post, the typed words that some word of it may answer, a bit each; those from the 32nd on share one.
pub(super) struct ContextAnswers {
    lines: Vec<u32>,
}

impl ContextAnswers {
    /// Those of a query; with one typo where `typos`.
    pub fn new(query: &FinderQuery, register: &FinderIndex, typos: bool) -> Self {
        let mut lines = vec![0; register.lines()];
        for (n, typed) in query.words.iter().enumerate() {
            for (word, (known, pair)) in register.words().iter().zip(&typed.pairs).enumerate() {
                let first = |meaning: &Vec<u32>| meaning.first() == Some(&known.class);
                let may = pair.is_some_and(|pair| answers(pair) || (typos && pair.tier == Tier::Fuzzy));
                if may || typed.meanings.iter().any(first) {
                    for line in register.lines_with(word) {
                        lines.get_mut(*line as usize).into_iter().for_each(|line| *line |= bit(n));
                    }
                }
            }
        }
        if let ([typed], false) = (query.words.as_slice(), typos) {
            // Alone, a word answers with what is no mere beginning of some word in the middle.
            let firm = |line: IndexedLine| runs(std::slice::from_ref(typed), line, false).any(|run| !run.loose());
            for (line, words) in lines.iter_mut().enumerate().filter(|(_, words)| **words != 0) {
                *words = u32::from(firm(register.line(line)));
            }
        }
        Self { lines }
    }

    /// The ranks and posts that may answer that typed word.
    pub fn lines(&self, typed: usize) -> impl Iterator<Item = usize> {
        self.lines.iter().enumerate().filter(move |(_, words)| **words & bit(typed) != 0).map(|(line, _)| line)
    }

    /// Whether the rank or some post of somebody may answer that typed word.
    pub fn may(&self, entry: &IndexedPerson, typed: usize) -> bool {
        entry.beside.iter().any(|line| self.line_may(*line, typed))
    }

    fn line_may(&self, line: u32, typed: usize) -> bool {
        self.lines.get(line as usize).is_some_and(|words| words & bit(typed) != 0)
    }
}

fn bit(typed: usize) -> u32 {
    1 << typed.min(31)
}

/// Typed words side by side in the rank or in one post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ContextRun {
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
    /// The line is not what is written: abbreviations are spelled out in it.
    pub spelled_out: bool,
    /// A typed word differs by one letter.
    pub typo: bool,
    /// What it is worth.
    pub earned: i64,
}

/// What a run earns: where a rank or post begins, where it ends, and where no word is only begun.
const BEGINS: i64 = 400;
const ENDS: i64 = 300;
const WHOLE: i64 = 800;

impl ContextRun {
    /// Whether both are one run.
    pub fn same(&self, other: &Self) -> bool {
        (self.line, self.from) == (other.line, other.from)
    }

    /// Whether a word of a post is in both.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.line == other.line && self.at < other.at + other.words && other.at < self.at + self.words
    }

    /// Whether it is but the beginning of some word in the middle of a post, or of a unit's number, or one word of what an
    /// abbreviation stands for, which nobody sees.
    pub fn loose(&self) -> bool {
        (self.words == 1 && ((!self.whole && self.at > 0) || self.spelled_out)) || self.other_number
    }
}

/// What is looked for, and where.
#[derive(Clone, Copy)]
pub(super) struct ContextSearch<'a> {
    pub query: &'a FinderQuery,
    pub register: &'a FinderIndex,
    pub answering: &'a ContextAnswers,
}

/// The longest run that begins with that typed word and is `free`, the one worth most of several; with one typo where
/// `typos`.
pub(super) fn longest(
    beside: &ContextSearch,
    entry: &IndexedPerson,
    from: usize,
    typos: bool,
    free: impl Fn(&ContextRun) -> bool,
) -> Option<ContextRun> {
    let typed = beside.query.words.get(from..)?;
    let mut best: Option<ContextRun> = None;
    for (line, id) in entry.beside.iter().enumerate().filter(|(_, id)| beside.answering.line_may(**id, from)) {
        let found = runs(typed, beside.register.line(*id as usize), typos).map(|run| ContextRun { line, from, ..run });
        for run in found.filter(&free) {
            let key = |run: &ContextRun| (run.typed, !run.typo, !run.loose(), run.earned, run.words);
            if best.as_ref().is_none_or(|best| key(&run) > key(best)) {
                best = Some(run);
            }
        }
    }
    best
}

/// The runs in a line that begin with the first of the typed words, from every word of it the longest.
fn runs<'a>(typed: &'a [WordAnswers], line: IndexedLine<'a>, typos: bool) -> impl Iterator<Item = ContextRun> {
    let IndexedLine { words: ids, classes, spelled_out } = line;
    // Whoever types a tone wants to see it: one word of what an abbreviation stands for is not enough.
    let unseen =
        move |run: &ContextRun| spelled_out && run.words == 1 && typed.first().is_some_and(|t| t.word.is_marked());
    (0..ids.len()).filter_map(move |at| {
        let run = run_at(typed, ids.get(at..)?, classes.get(at..)?, typos).filter(|run| !unseen(run))?;
        let begins = if at == 0 { BEGINS } else { 0 };
        let ends = if at + run.words == ids.len() { ENDS } else { 0 };
        let whole = if run.whole { WHOLE } else { 0 };
        Some(ContextRun { at, earned: begins + ends + whole, spelled_out, ..run })
    })
}

/// How many of the typed words stand at the beginning of a line's words.
fn run_at(typed: &[WordAnswers], ids: &[u32], classes: &[u32], typos: bool) -> Option<ContextRun> {
    let mut run = ContextRun { whole: true, ..ContextRun::default() };
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

fn answers(pair: WordMatch) -> bool {
    pair.tier <= Tier::Squeezed && !pair.disagrees
}

//! Matches query words against an official's rank and posts, the context lines. Query words may be next to each other
//! in a line (`chinh uy quan khu`) or abbreviate its words (`cnqp`, `qk7`); the last one may be a prefix. Finds runs of
//! words and their points; `candidate_scorer` decides whether they make the candidate match.
//!
//! ```text
//! query words          1 uy   2 qk7
//! line        Chính  Ủy     Quân  khu  7
//! run                at 1, 4 words, 2 query words; reaches the end of the line: LINE_ENDS
//! ```

use super::SearchPass;
use crate::search::finder::index::{IndexedLine, IndexedPerson};
use crate::search::finder::query_matches::{FinderQuery, QueryTerm, WordMatch};
use crate::search::matching::Tier;

/// Which query words each context line may match, as a bit set by line: a few thousand different lines are shared by
/// all people, so this is computed once a pass and a candidate costs one look-up a line.
pub struct ContextMatches {
    /// By line, the query words, a bit each; all words after the 31st share the last bit, which only lets more through.
    terms: Vec<u32>,
    /// The lines that count. The others match no query word.
    scope: LineScope,
}

/// Which ranks and posts count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineScope {
    /// Those of the present.
    Present,
    /// The former ones too.
    All,
}

impl ContextMatches {
    /// With `typos`, query words with one typo count too.
    pub fn new(query: &FinderQuery, typos: bool, scope: LineScope) -> Self {
        let mut matches = Self { terms: vec![0; query.index.line_count()], scope };
        for (number, term) in query.terms.iter().enumerate() {
            matches.add(number, term, query, typos);
        }
        if let ([term], false) = (query.terms.as_slice(), typos) {
            matches.keep_firm(term, query);
        }
        matches
    }

    /// Adds the lines with a word that the query word matches, or with the first word of one of its meanings.
    fn add(&mut self, number: usize, term: &QueryTerm, query: &FinderQuery, typos: bool) {
        for (word, (known, word_match)) in query.index.words().iter().zip(&term.matches).enumerate() {
            let matches = word_match.is_some_and(|m| is_context_match(m) || (typos && m.tier == Tier::Fuzzy));
            if matches || term.meanings.iter().any(|meaning| meaning.first() == Some(&known.folded_id)) {
                let counts = |line: &usize| self.scope == LineScope::All || !query.index.is_former_line(*line);
                for line in query.index.lines_by_word(word).iter().map(|line| *line as usize).filter(counts) {
                    self.terms.get_mut(line).into_iter().for_each(|terms| *terms |= bit(number));
                }
            }
        }
    }

    /// For a query of one word, keeps only the lines with a firm match: alone, the beginning of a word in the middle of
    /// a post (`h` in `Tư lệnh Hải quân`) would match nearly all people.
    fn keep_firm(&mut self, term: &QueryTerm, query: &FinderQuery) {
        for (line, terms) in self.terms.iter_mut().enumerate().filter(|(_, terms)| **terms != 0) {
            let mut runs = runs(std::slice::from_ref(term), query.index.line(line), false);
            *terms = u32::from(runs.any(|run| !run.is_loose()));
        }
    }

    /// The scopes to try in turn for a candidate. Who matches by the present rank and posts must not be said to match
    /// by a former one, although a former one may have more of the query's words in a row.
    pub fn scopes(&self) -> impl Iterator<Item = LineScope> + use<> {
        let former = (self.scope == LineScope::All).then_some(LineScope::All);
        [LineScope::Present].into_iter().chain(former)
    }

    /// The lines that may match that query word.
    pub fn lines(&self, term: usize) -> impl Iterator<Item = usize> {
        self.terms.iter().enumerate().filter(move |(_, terms)| **terms & bit(term) != 0).map(|(line, _)| line)
    }

    /// Whether the rank or a post of the person may match that query word.
    pub fn may_match(&self, person: &IndexedPerson, term: usize) -> bool {
        person.lines.iter().any(|line| self.line_may_match(*line, term))
    }

    fn line_may_match(&self, line: u32, term: usize) -> bool {
        self.terms.get(line as usize).is_some_and(|terms| terms & bit(term) != 0)
    }
}

fn bit(term: usize) -> u32 {
    1 << term.min(31)
}

/// Query words in a row that match words in a row of one context line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ContextRun {
    /// The position of the line among those of the person.
    pub line: usize,
    /// The position of the first word in the line.
    pub at: usize,
    /// The number of words of the line that are covered.
    pub words: usize,
    /// The number of the first query word.
    pub first_term: usize,
    /// The number of query words that match them.
    pub terms: usize,
    /// No word is only begun.
    pub is_whole: bool,
    /// A number is only begun, which makes it another number: `37` of `371`.
    pub is_other_number: bool,
    /// The line has its abbreviations spelled out.
    pub is_spelled_out: bool,
    /// A query word has one typo.
    pub has_typo: bool,
    /// The line is a former rank or post.
    pub is_former: bool,
    /// Its part of the score.
    pub points: i64,
}

/// Points for a run at the beginning of a line.
const LINE_BEGINS: i64 = 400;
/// Points for a run up to the end of a line.
const LINE_ENDS: i64 = 300;
/// Points for a run none of whose words is only begun.
const NO_PREFIX: i64 = 800;

impl ContextRun {
    /// Whether both are parts of one run.
    pub fn is_same_run(&self, other: &Self) -> bool {
        (self.line, self.first_term) == (other.line, other.first_term)
    }

    /// Whether they share a word of a line.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.line == other.line && self.at < other.at + other.words && other.at < self.at + self.words
    }

    /// Whether it is too weak to make a candidate match: the beginning of a word in the middle of a post or of a unit's
    /// number, or one word of a spelled-out abbreviation, which the reader does not see.
    pub fn is_loose(&self) -> bool {
        let one_word = self.words == 1 && ((!self.is_whole && self.at > 0) || self.is_spelled_out);
        one_word || self.is_other_number
    }
}

/// The best run of these lines that begins with that query word and is free: the longest, and of several the one with
/// most points; of equal ones that of a present rank or post. With `typos`, one query word may have a typo.
pub fn best_run(
    pass: &SearchPass,
    person: &IndexedPerson,
    first_term: usize,
    scope: LineScope,
    typos: bool,
    is_free: impl Fn(&ContextRun) -> bool,
) -> Option<ContextRun> {
    let terms = pass.query.terms.get(first_term..)?;
    let mut best: Option<ContextRun> = None;
    for (line, number) in person.lines.iter().enumerate() {
        if !pass.context.line_may_match(*number, first_term) {
            continue;
        }
        let words = pass.query.index.line(*number as usize);
        if words.is_former && scope == LineScope::Present {
            continue;
        }
        for run in runs(terms, words, typos) {
            let run = ContextRun { line, first_term, is_former: words.is_former, ..run };
            if is_free(&run) && best.as_ref().is_none_or(|best| closeness(&run) > closeness(best)) {
                best = Some(run);
            }
        }
    }
    best
}

fn closeness(run: &ContextRun) -> impl Ord + use<> {
    (run.terms, !run.has_typo, !run.is_loose(), run.points, run.words)
}

/// The runs of a line that begin with the first query word: for each word of the line, the longest run that begins
/// there.
fn runs<'a>(terms: &'a [QueryTerm], line: IndexedLine<'a>, typos: bool) -> impl Iterator<Item = ContextRun> {
    // A reader who types a tone expects to see the word. The words of a spelled-out abbreviation are not on screen, so
    // one of them is not enough.
    let is_marked = terms.first().is_some_and(|term| term.word.is_marked());
    (0..line.words.len()).filter_map(move |at| {
        let run = run_at(terms, &line, at, typos)?;
        let is_unseen = line.spelled_out && run.words == 1 && is_marked;
        (!is_unseen).then_some(run)
    })
}

/// The longest run that begins at word `at` of the line with the first query word.
fn run_at(terms: &[QueryTerm], line: &IndexedLine, at: usize, typos: bool) -> Option<ContextRun> {
    let mut run = ContextRun { at, is_whole: true, is_spelled_out: line.spelled_out, ..ContextRun::default() };
    for term in terms {
        if !extend(&mut run, term, line, typos) {
            break;
        }
        run.terms += 1;
    }
    if run.terms == 0 {
        return None;
    }
    run.points += if at == 0 { LINE_BEGINS } else { 0 };
    run.points += if at + run.words == line.words.len() { LINE_ENDS } else { 0 };
    run.points += if run.is_whole { NO_PREFIX } else { 0 };
    Some(run)
}

/// Extends the run by the next words of the line that the query word matches; `false` if it matches none. One word as
/// typed comes before the words of an abbreviation, and both before a word with a typo.
fn extend(run: &mut ContextRun, term: &QueryTerm, line: &IndexedLine, typos: bool) -> bool {
    let next = run.at + run.words;
    let (Some(word), Some(folded_ids)) = (line.words.get(next), line.folded_ids.get(next..)) else { return false };
    let word_match = term.matches.get(*word as usize).copied().flatten();
    if let Some(word_match) = word_match.filter(|word_match| is_context_match(*word_match)) {
        run.is_whole &= word_match.whole;
        run.is_other_number |= !word_match.whole && term.word.folded().starts_with(|c: char| c.is_ascii_digit());
        run.words += 1;
    } else if let Some(meaning) = term.meanings.iter().find(|meaning| folded_ids.starts_with(meaning)) {
        run.words += meaning.len();
    } else if typos && !run.has_typo && word_match.is_some_and(|word_match| word_match.tier == Tier::Fuzzy) {
        run.has_typo = true;
        run.words += 1;
    } else {
        return false;
    }
    true
}

/// Whether a match counts in ranks and posts: initials and typos do not, nor keystrokes that compose another word.
fn is_context_match(word_match: WordMatch) -> bool {
    word_match.tier <= Tier::Squeezed && !word_match.keystrokes_disagree
}

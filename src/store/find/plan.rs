//! A filter as conditions that the cache can answer from its index and its narrow table. What it can only narrow down is
//! marked, and each row then checked against the report itself.

use super::stream::{Source, Tree};
use super::terms::Terms;
use crate::report::{Day, KINDS, Period};
use crate::search::date::When;
use crate::search::eval::{Wanted, has_all, kinds_of};
use crate::search::fields::{About, State};
use crate::search::filter::{Expr, Filter, ranks};
use crate::search::matching::{Phrase, Word};
use crate::search::vocabulary::BEGINNING;
use crate::store::{Error, Store, order};
use rusqlite::types::Value;

/// A word that may go on to more words than this is wide.
const WIDE: usize = if cfg!(test) { 1 } else { 64 };

/// What rows are wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// The newest few.
    First,
    /// All of them.
    All,
    /// All others: what the index only narrows down is of no use.
    Others,
}

/// Conditions that rows are read by, and whether they tell all.
pub(super) struct Plan {
    pub tree: Tree,
    /// What of the filter each report must be held against; nothing where the conditions tell all.
    pub left: Option<Filter>,
}

/// Rows of some condition.
#[derive(Clone, Debug)]
pub(super) enum Set {
    All,
    None,
    /// By an expression over `words`.
    Words(String),
    /// By any of several expressions over `words`, each of which takes long.
    Each(Vec<String>),
    /// By an expression over `listed`.
    Listed(String),
    /// By the column `report` of another table and a condition on that: soon read as a whole.
    In(String),
    /// By a condition on `report r`.
    Where(String, Vec<Value>),
    And(Vec<Set>),
    Or(Vec<Set>),
    Not(Box<Set>),
}

/// A set that holds all rows of a condition, and what tells them from the others in it.
pub(super) struct Planned {
    pub set: Set,
    /// What of the condition the set does not tell.
    pub left: Option<Expr>,
}

impl Planned {
    pub fn exact(set: Set) -> Self {
        Self { set, left: None }
    }
}

impl Store {
    /// The conditions whose rows answer `filter`.
    pub(super) fn plan(&self, filter: &Filter, aim: Aim) -> Result<Plan, Error> {
        let Some(expr) = &filter.expr else { return Ok(Plan { tree: tree(Set::All), left: None }) };
        let Planned { set, left } = self.planned(expr, aim)?;
        Ok(Plan { tree: tree(set), left: left.map(|left| Filter { expr: Some(left) }) })
    }

    /// An expression over `words` of everything that the filter asks for in the text; nothing where it asks for nothing.
    pub(super) fn asked_words(&self, filter: &Filter) -> Result<Option<String>, Error> {
        let (mut all, mut in_order) = (Vec::new(), Vec::new());
        for word in filter.phrases().iter().flat_map(|phrase| phrase.words()) {
            let terms = self.terms(word)?;
            // What a word may go on to is as rare as it is unlikely to be meant, where the word itself is there.
            let whole = terms.tokens.iter().find(|token| *token == word.folded()).cloned();
            in_order.extend(whole.clone().or_else(|| terms.tokens.first().cloned()));
            all.extend(whole.map(|token| format!("\"{token}\"")).or_else(|| any_term(&terms)));
        }
        if in_order.len() > 1 {
            // Side by side they are rather meant than apart.
            all.push(format!("\"{}\"", in_order.join(" ")));
        }
        Ok((!all.is_empty()).then(|| all.join(" OR ")))
    }

    fn planned(&self, expr: &Expr, aim: Aim) -> Result<Planned, Error> {
        Ok(match expr {
            Expr::And(parts) => {
                let (sets, left) = self.several(parts, aim)?;
                Planned { set: Set::And(sets), left: all_of(left) }
            }
            Expr::Or(parts) => {
                let (sets, left) = self.several(parts, aim)?;
                Planned { set: Set::Or(sets), left: (!left.is_empty()).then(|| expr.clone()) }
            }
            Expr::Not(inner) => match self.planned(inner, Aim::Others)? {
                Planned { set, left: None } => Planned::exact(Set::Not(Box::new(set))),
                Planned { .. } => Planned { set: Set::All, left: Some(expr.clone()) },
            },
            Expr::Text(phrase) => self.text(phrase, aim)?,
            Expr::About(about, phrase) => self.about(*about, phrase)?,
            Expr::Rank(compare, phrase) => {
                let names = ranks(*compare, phrase).iter().map(|rank| rank.name.to_owned()).collect();
                let somebody = "EXISTS (SELECT 1 FROM person p WHERE p.report = r.row AND p.rank IN";
                Planned::exact(listed(somebody, names, ")"))
            }
            Expr::Year(first, last) => Planned::exact(stretch(Day::new(*first, 1, 1), Day::new(*last, 12, 31))),
            Expr::From(when) => Planned::exact(when.days().map_or(Set::None, |(first, _)| stretch(Some(first), None))),
            Expr::To(when) => Planned::exact(when.days().map_or(Set::None, |(_, last)| stretch(None, Some(last)))),
            Expr::Date(when) => Planned::exact(within(*when)),
            Expr::Is(state) => Planned::exact(state_set(*state)),
        })
    }

    /// A set for each part, and what they leave to be told.
    fn several(&self, parts: &[Expr], aim: Aim) -> Result<(Vec<Set>, Vec<Expr>), Error> {
        let parts = parts.iter().map(|part| self.planned(part, aim)).collect::<Result<Vec<_>, _>>()?;
        let (sets, left): (Vec<Set>, Vec<Option<Expr>>) = parts.into_iter().map(|part| (part.set, part.left)).unzip();
        Ok((sets, left.into_iter().flatten().collect()))
    }

    fn text(&self, phrase: &Phrase, aim: Aim) -> Result<Planned, Error> {
        if let [word] = phrase.words()
            && let Some(listed) = self.beginning(word)?
        {
            return Ok(Planned::exact(listed));
        }
        let terms = phrase.words().iter().map(|word| self.terms(word)).collect::<Result<Vec<_>, _>>()?;
        if terms.iter().any(|t| t.tokens.is_empty()) {
            return Ok(Planned::exact(Set::None));
        }
        if let ([word], [Terms { tokens, forms, by_keys, .. }]) = (phrase.words(), terms.as_slice()) {
            let wide = tokens.len() > WIDE && word.is_prefix() && !by_keys;
            return Ok(Planned::exact(match forms {
                Some(forms) => any_of(forms).map_or(Set::None, Set::Listed),
                None if wide && (aim != Aim::First || word.folded().starts_with(|c: char| c.is_ascii_digit())) => {
                    Set::Words(beginning_with(word.folded(), word.twin()))
                }
                None => terms.first().and_then(any_term).map_or(Set::None, Set::Words),
            }));
        }
        self.side_by_side(phrase, terms, aim)
    }

    /// The reports with a word that answers, where they are listed under its beginning.
    fn beginning(&self, word: &Word) -> Result<Option<Set>, Error> {
        let Some(beginning) = word.beginning() else { return Ok(None) };
        // A plain word that nothing begins with is taken for keystrokes.
        let known = word.is_marked() || self.stands(word)?;
        Ok(known.then(|| Set::Listed(format!("\"{BEGINNING}{beginning}\""))))
    }

    fn about(&self, about: About, phrase: &Phrase) -> Result<Planned, Error> {
        Ok(match about {
            About::Unit => {
                let wanted = Wanted::new(phrase);
                let units = self.unit_names()?.into_iter().filter(|unit| wanted.in_value(unit)).collect();
                Planned::exact(listed("r.unit IN", units, ""))
            }
            About::Kind => {
                let meant = kinds_of(phrase);
                let kinds = KINDS.iter().filter(|row| meant.contains(&row.0)).map(|row| row.1.to_owned());
                Planned::exact(listed("r.kind IN", kinds.collect(), ""))
            }
            About::Person => {
                let names = self.numbers_with("SELECT no, key FROM name", phrase)?;
                Planned::exact(listed_numbers("person WHERE name_no IN", &names))
            }
            About::Tag => {
                let tags = self.distinct("SELECT DISTINCT tag FROM user.tag", |tag| has_all(phrase, tag))?;
                Planned::exact(listed("r.id IN (SELECT report FROM user.tag WHERE tag IN", tags, ")"))
            }
            About::Post => {
                let posts = self.numbers_with("SELECT no, text FROM post", phrase)?;
                Planned::exact(listed_numbers("posted WHERE post IN", &posts))
            }
            About::Source => Planned { set: Set::All, left: Some(Expr::About(about, phrase.clone())) },
        })
    }

    fn distinct(&self, sql: &str, keep: impl Fn(&str) -> bool) -> Result<Vec<String>, Error> {
        let all: Vec<String> = self
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(Error::when("read"))?;
        Ok(all.into_iter().filter(|text| keep(text)).collect())
    }

    /// The numbers of the texts that have all the words.
    fn numbers_with(&self, sql: &str, phrase: &Phrase) -> Result<Vec<i64>, Error> {
        let when = Error::when("read");
        let mut statement = self.db.prepare_cached(sql).map_err(&when)?;
        let mut rows = statement.query([]).map_err(&when)?;
        let (wanted, mut numbers) = (Wanted::new(phrase), Vec::new());
        while let Some(row) = rows.next().map_err(&when)? {
            let text = row.get_ref(1).and_then(|cell| Ok(cell.as_str()?)).map_err(&when)?;
            if wanted.in_value(text) {
                numbers.push(row.get(0).map_err(&when)?);
            }
        }
        Ok(numbers)
    }
}

/// Everything that is left of several conditions.
fn all_of(mut left: Vec<Expr>) -> Option<Expr> {
    if left.len() > 1 { Some(Expr::And(left)) } else { left.pop() }
}

/// All words of the index that begin so, and one more.
fn beginning_with(folded: &str, twin: Option<&str>) -> String {
    twin.map_or_else(|| format!("\"{folded}\" *"), |twin| format!("\"{folded}\" * OR \"{twin}\""))
}

/// Alternatives as an expression of the index.
pub(super) fn any_of(words: &[String]) -> Option<String> {
    (!words.is_empty()).then(|| words.iter().map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(" OR "))
}

/// What answers a typed word as an expression of the index.
pub(super) fn any_term(terms: &Terms) -> Option<String> {
    match &terms.more {
        Some((folded, twin)) => Some(beginning_with(folded, twin.as_deref())),
        None => any_of(&terms.tokens),
    }
}

fn listed(before: &str, values: Vec<String>, after: &str) -> Set {
    let marks = vec!["?"; values.len()].join(", ");
    let args = values.into_iter().map(Value::Text).collect();
    if marks.is_empty() { Set::None } else { Set::Where(format!("{before} ({marks}){after}"), args) }
}

fn listed_numbers(before: &str, values: &[i64]) -> Set {
    // Numbers from the cache itself: written out, because a list can be longer than SQLite takes arguments.
    let list = values.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    if list.is_empty() { Set::None } else { Set::In(format!("{before} ({list})")) }
}

/// From the first row of one day to the last of another; a report that stands on the day of its import has no date.
fn stretch(first: Option<Day>, last: Option<Day>) -> Set {
    let first = first.map_or(i64::MIN, |day| order::rows_of(day).start);
    let last = last.map_or(i64::MAX, |day| order::rows_of(day).end - 1);
    let sql = "r.row BETWEEN ? AND ? AND r.stated NOTNULL".to_owned();
    Set::Where(sql, vec![Value::Integer(first), Value::Integer(last)])
}

fn within(when: When) -> Set {
    let days = when.days().map_or(Set::None, |(first, last)| stretch(Some(first), Some(last)));
    match when {
        When::Day(_) => days,
        When::Period(period) => Set::Or(vec![days, period_set(period)]),
    }
}

fn period_set(period: Period) -> Set {
    Set::Where("r.period = ?".to_owned(), vec![Value::Text(period.to_string())])
}

fn state_set(state: State) -> Set {
    let marked = |column: &str| {
        let sql = format!("EXISTS (SELECT 1 FROM user.mark m WHERE m.report = r.id AND m.{column})");
        Set::Where(sql, Vec::new())
    };
    match state {
        State::Read => marked("read"),
        State::Unread => Set::Not(Box::new(marked("read"))),
        State::Starred => marked("starred"),
    }
}

/// A set as conditions to read by: of those that must all hold one over the words, one over the lists, one over the
/// reports, and those that cannot be one of these by themselves.
fn tree(set: Set) -> Tree {
    let mut parts = Vec::new();
    flatten(set, &mut parts);
    let (mut words, mut listed, mut others, mut not_words, mut not_listed) = (vec![], vec![], vec![], vec![], vec![]);
    let (mut all, mut none) = (Vec::new(), Vec::new());
    for part in parts {
        match part {
            Set::All => {}
            Set::Words(expr) => words.push(expr),
            Set::Each(exprs) => all.push(asked("words", exprs)),
            Set::In(sql) => all.push(Tree::Leaf(Source { sql, row: "report", turns: vec![Vec::new()], dear: true })),
            Set::Listed(expr) => listed.push(expr),
            Set::Or(parts) if parts.iter().any(Set::stands_alone) => {
                all.push(Tree::Any(parts.into_iter().map(tree).collect()));
            }
            Set::Not(inner) => match *inner {
                Set::Words(expr) => not_words.push(expr),
                Set::Listed(expr) => not_listed.push(expr),
                other if other.stands_alone() => none.push(tree(other)),
                other => others.push(Set::Not(Box::new(other))),
            },
            other => others.push(other),
        }
    }
    let mut leaves: Vec<Tree> = matching("words", &words, " AND ").into_iter().collect();
    leaves.extend(matching("listed", &listed, " AND "));
    if !others.is_empty() || (leaves.is_empty() && all.is_empty()) {
        let (condition, args) = condition(Set::And(others));
        let sql = format!("report r WHERE ({condition})");
        leaves.push(Tree::Leaf(Source { sql, row: "r.row", turns: vec![args], dear: false }));
    }
    leaves.append(&mut all);
    none.extend(matching("words", &not_words, " OR "));
    none.extend(matching("listed", &not_listed, " OR "));
    match (leaves.pop(), leaves.is_empty() && none.is_empty()) {
        (Some(only), true) => only,
        (last, _) => Tree::All(leaves.into_iter().chain(last).collect(), none),
    }
}

impl Set {
    /// Whether any part of it is better read by itself than as a condition on each report.
    fn stands_alone(&self) -> bool {
        match self {
            Self::Words(_) | Self::Each(_) | Self::Listed(_) | Self::In(_) => true,
            Self::All | Self::None | Self::Where(..) => false,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::stands_alone),
            Self::Not(inner) => inner.stands_alone(),
        }
    }
}

/// Sets of one kind under And or Or become one expression of the index.
fn flatten(set: Set, out: &mut Vec<Set>) {
    match set {
        Set::And(parts) => parts.into_iter().for_each(|part| flatten(part, out)),
        Set::Or(parts) => {
            let words: Option<Vec<String>> = parts.iter().map(|p| expression(p, false)).collect();
            let listed: Option<Vec<String>> = parts.iter().map(|p| expression(p, true)).collect();
            out.push(match (words, listed) {
                (Some(words), _) => Set::Words(words.join(" OR ")),
                (None, Some(listed)) => Set::Listed(listed.join(" OR ")),
                (None, None) => Set::Or(parts),
            });
        }
        other => out.push(other),
    }
}

/// A set as an expression of one index, where it can be one.
fn expression(set: &Set, listed: bool) -> Option<String> {
    match set {
        Set::Words(expr) if !listed => Some(format!("({expr})")),
        Set::Each(exprs) if !listed => Some(format!("({})", exprs.join(" OR "))),
        Set::Listed(expr) if listed => Some(format!("({expr})")),
        Set::And(parts) => {
            let parts: Option<Vec<String>> = parts.iter().map(|part| expression(part, listed)).collect();
            parts.filter(|parts| !parts.is_empty()).map(|parts| format!("({})", parts.join(" AND ")))
        }
        _ => None,
    }
}

fn matching(table: &str, expressions: &[String], join: &str) -> Option<Tree> {
    if expressions.is_empty() {
        return None;
    }
    let whole: Vec<String> = expressions.iter().map(|e| format!("({e})")).collect();
    Some(asked(table, vec![whole.join(join)]))
}

/// The rows of any of these expressions.
fn asked(table: &str, expressions: Vec<String>) -> Tree {
    let sql = format!("{table} WHERE {table} MATCH ?");
    let dear = expressions.len() > 1 || expressions.iter().any(|expression| expression.contains('*'));
    let turns = expressions.into_iter().map(|expression| vec![Value::Text(expression)]).collect();
    Tree::Leaf(Source { sql, row: "rowid", turns, dear })
}

/// A set as a condition on `report r`.
fn condition(set: Set) -> (String, Vec<Value>) {
    let joined = |parts: Vec<Set>, join: &str, none: &str| {
        let (texts, args): (Vec<String>, Vec<Vec<Value>>) = parts.into_iter().map(condition).unzip();
        let text = if texts.is_empty() { none.to_owned() } else { format!("({})", texts.join(join)) };
        (text, args.concat())
    };
    let index = |table: &str, expr: String| {
        (format!("r.row IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)"), vec![Value::Text(expr)])
    };
    match set {
        Set::All => ("1".to_owned(), Vec::new()),
        Set::None => ("0".to_owned(), Vec::new()),
        Set::Words(expr) => index("words", expr),
        Set::Each(exprs) => index("words", exprs.join(" OR ")),
        Set::Listed(expr) => index("listed", expr),
        Set::In(sql) => (format!("r.row IN (SELECT report FROM {sql})"), Vec::new()),
        Set::Where(sql, args) => (format!("({sql})"), args),
        Set::And(parts) => joined(parts, " AND ", "1"),
        Set::Or(parts) => joined(parts, " OR ", "0"),
        Set::Not(inner) => {
            let (text, args) = condition(*inner);
            // A condition on a column that may be NULL is no answer, and neither is its negation in SQL.
            (format!("NOT coalesce({text}, 0)"), args)
        }
    }
}

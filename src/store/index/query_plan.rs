//! From a filter to a query plan. A filter is a tree of conditions; SQLite's planner would join them in one statement,
//! which for FTS5 means computing every word's rows in full before the first result. So the plan is made here:
//!
//! ```text
//! Expr ── planned ──▶ RowSet + residual ── tree ──▶ ConditionTree of
//!                                                     words MATCH …     folded words, with positions
//!                                                     listed MATCH …    toned forms and beginnings, without positions
//!                                                     report WHERE …    unit, kind, day range, marks
//!                                                     person/posted …   numbers of names and posts, kinds of events
//! ```
//!
//! Conditions on the same table become one expression. What a table can only narrow down (a superset of the matches)
//! keeps a residual predicate, which `post_filter` evaluates for each report.

use super::stream::{ConditionTree, RowSource};
use super::word_lookup::IndexWords;
use super::{ReportIndex, dated_row_numbers};
use crate::report::{Day, KINDS, Period};
use crate::search::date::DayRange;
use crate::search::filter::{
    Expr, FieldSubject, Filter, MarkState, RankComparison, about_the_event, has_negation, kinds_of, ranks,
};
use crate::search::filter_match::added_bounds;
use crate::search::matching::{QueryPhrase, QueryWord};
use crate::search::required_words::{RequiredWords, has_all};
use crate::search::vocabulary::BEGINNING;
use crate::store::official_of_person::official_of;
use crate::store::person_partition::{JOINS_REPORT, LOOKUP_PARTITIONS};
use crate::store::{SeenBy, StoreError, cell_encoding};
use rusqlite::OptionalExtension;
use rusqlite::types::Value;

/// What the rows of a plan are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowGoal {
    /// The first screen: a superset that is cheap to begin is best, because few of its rows are read.
    First,
    /// Every row, for a count or another order: as few rows as possible should be left to check.
    All,
    /// The complement, for a negation: a superset of the rows is useless there, because it would remove too many.
    Others,
}

/// The streams to read rows from, and what remains to be checked of each.
pub(super) struct QueryPlan {
    pub tree: ConditionTree,
    /// Residual predicate to evaluate per report. `None` if the conditions are exact.
    pub residual: Option<Filter>,
}

/// The rows of some condition, as a set expression that is not bound to a table yet.
#[derive(Clone, Debug)]
pub(super) enum RowSet {
    All,
    None,
    /// By an expression over `words`.
    Words(String),
    /// By any of several expressions over `words`, each slow: one query each, so that a search can be stopped in
    /// between.
    Each(Vec<String>),
    /// By an expression over `listed`.
    Listed(String),
    /// By the column `report` of another table with a condition: few enough rows to be read at once.
    In(String),
    /// By a condition on `report r`.
    Where(String, Vec<Value>),
    And(Vec<RowSet>),
    Or(Vec<RowSet>),
    Not(Box<RowSet>),
}

/// A superset of the rows of a condition, and the residual predicate that decides about each row in it.
pub(super) struct PlannedCondition {
    pub set: RowSet,
    /// `None` if the set is exact.
    pub residual: Option<Expr>,
}

impl PlannedCondition {
    /// A condition that the set answers by itself: nothing is left to check report by report.
    pub fn exact(set: RowSet) -> Self {
        Self { set, residual: None }
    }
}

impl ReportIndex<'_> {
    /// Plans a filter: the streams of rows to read, and the residual predicate.
    pub(super) fn plan(&self, filter: &Filter, goal: RowGoal) -> Result<QueryPlan, StoreError> {
        let Some(expr) = &filter.expr else { return Ok(QueryPlan { tree: tree(RowSet::All), residual: None }) };
        let PlannedCondition { set, residual } = self.planned(expr, goal)?;
        Ok(QueryPlan { tree: tree(set), residual: residual.map(|residual| Filter { expr: Some(residual) }) })
    }

    /// An FTS5 expression of all words that the filter searches for in the text, for ranking; `None` if there are none.
    pub(super) fn asked_words(&self, filter: &Filter) -> Result<Option<String>, StoreError> {
        let (mut all, mut in_order) = (Vec::new(), Vec::new());
        for word in filter.phrases().iter().flat_map(|phrase| phrase.words()) {
            let terms = self.terms(word)?;
            // BM25 weighs rare words most. If the word itself is in the cache, its rare completions are not meant.
            let whole = terms.tokens.iter().find(|token| *token == word.folded()).cloned();
            in_order.extend(whole.clone().or_else(|| terms.tokens.first().cloned()));
            all.extend(whole.map(|token| format!("\"{token}\"")).or_else(|| any_term(&terms)));
        }
        if in_order.len() > 1 {
            // Reports with the words as one phrase rank above those with the words in different places.
            all.push(format!("\"{}\"", in_order.join(" ")));
        }
        Ok((!all.is_empty()).then(|| all.join(" OR ")))
    }

    fn planned(&self, expr: &Expr, goal: RowGoal) -> Result<PlannedCondition, StoreError> {
        Ok(match expr {
            Expr::And(parts) => {
                let (of_one, others) = about_the_event(parts);
                // The tables know which reports have such an event and such a person, but not whether it is one person.
                let together = of_one.len() > 1;
                // `-rank:x` asks here for one person without that rank. As a set it would leave out every report in
                // which anybody has the rank, so what has a `-` is left to the residual predicate.
                let in_tables = |part: &&Expr| others.contains(part) || !together || !has_negation(part);
                let (sets, mut residual) = self.several(parts.iter().filter(in_tables), goal)?;
                if together {
                    residual.extend(of_one.into_iter().cloned());
                }
                PlannedCondition { set: RowSet::And(sets), residual: all_of(residual) }
            }
            Expr::Or(parts) => {
                let (sets, residual) = self.several(parts, goal)?;
                // Checked as a whole: the residual predicate of one part says nothing about a row of another.
                PlannedCondition { set: RowSet::Or(sets), residual: (!residual.is_empty()).then(|| expr.clone()) }
            }
            Expr::Not(inner) => match self.planned(inner, RowGoal::Others)? {
                PlannedCondition { set, residual: None } => PlannedCondition::exact(RowSet::Not(Box::new(set))),
                // The complement of a superset would lose matches, so every report is checked.
                PlannedCondition { .. } => PlannedCondition { set: RowSet::All, residual: Some(expr.clone()) },
            },
            Expr::Text(phrase) => self.text(phrase, goal)?,
            Expr::About(about, phrase) => self.about(*about, phrase)?,
            Expr::Rank(compare, phrase) => {
                let names = ranks(*compare, phrase).iter().map(|rank| rank.name.to_owned()).collect();
                let has_person = format!("EXISTS (SELECT 1 FROM person p WHERE {JOINS_REPORT} AND p.rank IN");
                PlannedCondition::exact(listed(&has_person, names, ")"))
            }
            Expr::Year(first, last) => {
                PlannedCondition::exact(row_range(Day::new(*first, 1, 1), Day::new(*last, 12, 31)))
            }
            Expr::From(when) => {
                PlannedCondition::exact(when.days().map_or(RowSet::None, |(first, _)| row_range(Some(first), None)))
            }
            Expr::To(when) => {
                PlannedCondition::exact(when.days().map_or(RowSet::None, |(_, last)| row_range(None, Some(last))))
            }
            Expr::Date(when) => PlannedCondition::exact(within(*when)),
            Expr::Event(None) => PlannedCondition::exact(RowSet::In("happened WHERE 1".to_owned())),
            Expr::Event(Some(kind)) => {
                PlannedCondition::exact(RowSet::In(format!("happened WHERE kind = '{}'", kind.name())))
            }
            Expr::Added(compare, when) => PlannedCondition::exact(added_set(*compare, *when)),
            Expr::Is(MarkState::New) => PlannedCondition::exact(match self.store.marks().seen(SeenBy::Reader)? {
                Some(position) => of_reports(&position.sql()),
                None => RowSet::None,
            }),
            Expr::Is(state) => PlannedCondition::exact(state_set(*state)),
        })
    }

    /// A set for each part, and their residual predicates.
    fn several<'e>(
        &self,
        parts: impl IntoIterator<Item = &'e Expr>,
        goal: RowGoal,
    ) -> Result<(Vec<RowSet>, Vec<Expr>), StoreError> {
        let parts = parts.into_iter().map(|part| self.planned(part, goal)).collect::<Result<Vec<_>, _>>()?;
        let (sets, residual): (Vec<RowSet>, Vec<Option<Expr>>) =
            parts.into_iter().map(|part| (part.set, part.residual)).unzip();
        Ok((sets, residual.into_iter().flatten().collect()))
    }

    fn text(&self, phrase: &QueryPhrase, goal: RowGoal) -> Result<PlannedCondition, StoreError> {
        if let [word] = phrase.words()
            && let Some(listed) = self.beginning(word)?
        {
            return Ok(PlannedCondition::exact(listed));
        }
        let terms = phrase.words().iter().map(|word| self.terms(word)).collect::<Result<Vec<_>, _>>()?;
        if terms.iter().any(|t| t.tokens.is_empty()) {
            return Ok(PlannedCondition::exact(RowSet::None));
        }
        if let ([word], [IndexWords { tokens, forms, by_keys, .. }]) = (phrase.words(), terms.as_slice()) {
            let wide = tokens.len() > self.store.thresholds.wide_prefix && word.is_prefix() && !by_keys;
            return Ok(PlannedCondition::exact(match forms {
                Some(forms) => any_of(forms).map_or(RowSet::None, RowSet::Listed),
                None if wide && (goal != RowGoal::First || word.folded().starts_with(|c: char| c.is_ascii_digit())) => {
                    RowSet::Words(beginning_with(word.folded(), word.twin()))
                }
                None => terms.first().and_then(any_term).map_or(RowSet::None, RowSet::Words),
            }));
        }
        self.side_by_side(phrase, terms, goal)
    }

    /// The reports with a word of that beginning, if `listed` has beginnings of that length: one posting list, not a
    /// join.
    fn beginning(&self, word: &QueryWord) -> Result<Option<RowSet>, StoreError> {
        let Some(beginning) = word.beginning() else { return Ok(None) };
        // A plain word that no word begins with is read as keystrokes.
        let known = word.is_marked() || self.is_read_as_typed(word)?;
        Ok(known.then(|| RowSet::Listed(format!("\"{BEGINNING}{beginning}\""))))
    }

    fn about(&self, about: FieldSubject, phrase: &QueryPhrase) -> Result<PlannedCondition, StoreError> {
        Ok(match about {
            FieldSubject::Unit => {
                let wanted = RequiredWords::new(phrase);
                let units = self.unit_names()?.into_iter().filter(|unit| wanted.in_value(unit)).collect();
                PlannedCondition::exact(listed("r.unit IN", units, ""))
            }
            FieldSubject::Kind => {
                let meant = kinds_of(phrase);
                let kinds = KINDS.iter().filter(|row| meant.contains(&row.0)).map(|row| row.1.to_owned());
                PlannedCondition::exact(listed("r.kind IN", kinds.collect(), ""))
            }
            FieldSubject::Person => {
                let names = self.numbers_with("SELECT no, key FROM name", phrase)?;
                let people = format!("person WHERE part >> 4 IN {LOOKUP_PARTITIONS} AND name_no IN");
                PlannedCondition::exact(listed_numbers(&people, &names))
            }
            FieldSubject::Tag => {
                let tags = self.distinct("SELECT DISTINCT tag FROM user.tag", |tag| has_all(phrase, tag))?;
                PlannedCondition::exact(listed("r.id IN (SELECT report FROM user.tag WHERE tag IN", tags, ")"))
            }
            FieldSubject::Note => {
                let (reports, officials) = self.store.notes().subjects_with(phrase)?;
                let own = listed("r.id IN", reports, "");
                PlannedCondition::exact(match self.naming(&officials)? {
                    RowSet::None => own,
                    named => RowSet::Or(vec![own, named]),
                })
            }
            FieldSubject::Archive => {
                let named = self.store.archives_named(&|name| has_all(phrase, name))?;
                let numbers: Vec<String> = named.iter().map(ToString::to_string).collect();
                let among =
                    format!("r.body IN (SELECT body FROM joined_text WHERE archive IN ({}))", numbers.join(", "));
                PlannedCondition::exact(if named.is_empty() { RowSet::None } else { RowSet::Where(among, Vec::new()) })
            }
            FieldSubject::Post => {
                let posts = self.numbers_with("SELECT no, text FROM post", phrase)?;
                let posted = format!("posted WHERE part IN {LOOKUP_PARTITIONS} AND post IN");
                PlannedCondition::exact(listed_numbers(&posted, &posts))
            }
            FieldSubject::Source => {
                PlannedCondition { set: RowSet::All, residual: Some(Expr::About(about, phrase.clone())) }
            }
        })
    }

    /// The reports that name one of these officials. They are found by the name, for which there is an index.
    fn naming(&self, officials: &[String]) -> Result<RowSet, StoreError> {
        let mut names = Vec::new();
        let mut ids = Vec::new();
        for id in officials {
            let name: Option<i64> = self
                .store
                .db
                .prepare_cached("SELECT name_no FROM official WHERE id = ?1")
                .and_then(|mut s| s.query_row([id], |row| row.get(0)).optional())
                .map_err(StoreError::when("read"))?;
            if let Some(name) = name {
                names.push(name.to_string());
                ids.push(format!("'{}'", id.replace('\'', "''")));
            }
        }
        let people = format!("person p WHERE part >> 4 IN {LOOKUP_PARTITIONS} AND name_no IN ({})", names.join(", "));
        let official = official_of("p");
        let of_ids = format!("(SELECT DISTINCT report FROM {people} AND {official} IN ({})) WHERE 1", ids.join(", "));
        Ok(if ids.is_empty() { RowSet::None } else { RowSet::In(of_ids) })
    }

    fn distinct(&self, sql: &str, keep: impl Fn(&str) -> bool) -> Result<Vec<String>, StoreError> {
        let all: Vec<String> = self
            .store
            .db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map([], |row| row.get(0))?.collect())
            .map_err(StoreError::when("read"))?;
        Ok(all.into_iter().filter(|text| keep(text)).collect())
    }

    /// The numbers of the names or posts that have all words of the phrase, by a scan: the table is small.
    fn numbers_with(&self, sql: &str, phrase: &QueryPhrase) -> Result<Vec<i64>, StoreError> {
        let when = StoreError::when("read");
        let mut statement = self.store.db.prepare_cached(sql).map_err(&when)?;
        let mut rows = statement.query([]).map_err(&when)?;
        let (wanted, mut numbers) = (RequiredWords::new(phrase), Vec::new());
        while let Some(row) = rows.next().map_err(&when)? {
            let text = row.get_ref(1).and_then(|cell| Ok(cell.as_str()?)).map_err(&when)?;
            if wanted.in_value(text) {
                numbers.push(row.get(0).map_err(&when)?);
            }
        }
        Ok(numbers)
    }
}

/// The conjunction of several residual predicates.
fn all_of(mut residual: Vec<Expr>) -> Option<Expr> {
    if residual.len() > 1 { Some(Expr::And(residual)) } else { residual.pop() }
}

/// All words of the index with that prefix, and the other spelling.
fn beginning_with(folded: &str, twin: Option<&str>) -> String {
    twin.map_or_else(|| format!("\"{folded}\" *"), |twin| format!("\"{folded}\" * OR \"{twin}\""))
}

/// Alternatives as an expression of the index.
pub(super) fn any_of(words: &[String]) -> Option<String> {
    (!words.is_empty()).then(|| words.iter().map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(" OR "))
}

/// The index words that a typed word can be, as an FTS5 expression.
pub(super) fn any_term(terms: &IndexWords) -> Option<String> {
    match &terms.more {
        Some((folded, twin)) => Some(beginning_with(folded, twin.as_deref())),
        None => any_of(&terms.tokens),
    }
}

/// The condition `before (values) after` on `report r`; the empty set if there are no values.
fn listed(before: &str, values: Vec<String>, after: &str) -> RowSet {
    let marks = vec!["?"; values.len()].join(", ");
    let args = values.into_iter().map(Value::Text).collect();
    if marks.is_empty() { RowSet::None } else { RowSet::Where(format!("{before} ({marks}){after}"), args) }
}

/// The condition `before (values)` on a table with a column `report`; the empty set if there are no values.
fn listed_numbers(before: &str, values: &[i64]) -> RowSet {
    // Numbers from the cache itself: written out, because a list can be longer than SQLite takes arguments.
    let list = values.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    if list.is_empty() { RowSet::None } else { RowSet::In(format!("{before} ({list})")) }
}

/// A range of days is a range of rows. The rows of reports without a date are below all of them, so they are excluded.
fn row_range(first: Option<Day>, last: Option<Day>) -> RowSet {
    let first = first.map_or(dated_row_numbers::UNDATED.end, |day| dated_row_numbers::rows_of(day).start);
    let last = last.map_or(i64::MAX, |day| dated_row_numbers::rows_of(day).end - 1);
    let sql = "r.row BETWEEN ? AND ?".to_owned();
    RowSet::Where(sql, vec![Value::Integer(first), Value::Integer(last)])
}

fn within(when: DayRange) -> RowSet {
    let days = when.days().map_or(RowSet::None, |(first, last)| row_range(Some(first), Some(last)));
    match when {
        DayRange::Day(_) => days,
        DayRange::Period(period) => RowSet::Or(vec![days, period_set(period)]),
    }
}

fn period_set(period: Period) -> RowSet {
    RowSet::Where("r.period = ?".to_owned(), vec![Value::Text(period.to_string())])
}

/// The reports with a condition on `report` that an index answers, read at once.
fn of_reports(condition: &str) -> RowSet {
    RowSet::In(format!("(SELECT row AS report FROM report WHERE {condition}) WHERE 1"))
}

/// The reports that came into the cache on days that compare in this way.
fn added_set(compare: RankComparison, when: DayRange) -> RowSet {
    let Some((first, last)) = added_bounds(compare, when) else { return RowSet::None };
    let first = first.and_then(cell_encoding::first_second).unwrap_or(i64::MIN);
    // Up to the first second of the next day.
    let end = last.and_then(Day::next).and_then(cell_encoding::first_second).unwrap_or(i64::MAX);
    of_reports(&format!("added >= {first} AND added < {end}"))
}

fn state_set(state: MarkState) -> RowSet {
    let marked = |column: &str| {
        let sql = format!("EXISTS (SELECT 1 FROM user.mark m WHERE m.report = r.id AND m.{column})");
        RowSet::Where(sql, Vec::new())
    };
    let nobody = |with: &str| {
        let sql = format!("NOT EXISTS (SELECT 1 FROM person p WHERE {JOINS_REPORT} {with})");
        RowSet::Where(sql, Vec::new())
    };
    match state {
        MarkState::Read => marked("read"),
        MarkState::Unread => RowSet::Not(Box::new(marked("read"))),
        MarkState::Starred => marked("starred"),
        // Planned with the position of the reader.
        MarkState::New => RowSet::None,
        MarkState::Noted => {
            RowSet::Where("EXISTS (SELECT 1 FROM user.note n WHERE n.report = r.id)".to_owned(), Vec::new())
        }
        MarkState::NoUnit => RowSet::Where("coalesce(r.unit,'')=''".to_owned(), Vec::new()),
        MarkState::NoRank => nobody("AND p.rank IS NOT NULL"),
        MarkState::NoOfficial => nobody(""),
        MarkState::Untagged => {
            RowSet::Where("NOT EXISTS (SELECT 1 FROM user.tag t WHERE t.report = r.id)".to_owned(), Vec::new())
        }
        MarkState::Undated => {
            RowSet::Where("r.row < ?".to_owned(), vec![Value::Integer(dated_row_numbers::UNDATED.end)])
        }
    }
}

/// A set as a tree of sources. The parts of a conjunction become at most one source for each table (`words`, `listed`,
/// `report`), and one for each part that no single table can express.
fn tree(set: RowSet) -> ConditionTree {
    let mut parts = Vec::new();
    flatten(set, &mut parts);
    let (mut words, mut listed, mut others, mut not_words, mut not_listed) = (vec![], vec![], vec![], vec![], vec![]);
    let (mut all, mut none) = (Vec::new(), Vec::new());
    for part in parts {
        match part {
            RowSet::All => {}
            RowSet::Words(expr) => words.push(expr),
            RowSet::Each(exprs) => all.push(fts_source("words", exprs)),
            RowSet::In(sql) => all.push(ConditionTree::Leaf(RowSource {
                sql,
                row: "report",
                alternatives: vec![Vec::new()],
                read_at_once: true,
            })),
            RowSet::Listed(expr) => listed.push(expr),
            RowSet::Or(parts) if parts.iter().any(RowSet::needs_own_source) => {
                all.push(ConditionTree::Any(parts.into_iter().map(tree).collect()));
            }
            RowSet::Not(inner) => match *inner {
                RowSet::Words(expr) => not_words.push(expr),
                RowSet::Listed(expr) => not_listed.push(expr),
                other if other.needs_own_source() => none.push(tree(other)),
                other => others.push(RowSet::Not(Box::new(other))),
            },
            other => others.push(other),
        }
    }
    let mut leaves: Vec<ConditionTree> = matching("words", &words, " AND ").into_iter().collect();
    leaves.extend(matching("listed", &listed, " AND "));
    if !others.is_empty() || (leaves.is_empty() && all.is_empty()) {
        let (condition, args) = condition(RowSet::And(others));
        let sql = format!("report r WHERE ({condition})");
        leaves.push(ConditionTree::Leaf(RowSource {
            sql,
            row: "r.row",
            alternatives: vec![args],
            read_at_once: false,
        }));
    }
    leaves.append(&mut all);
    none.extend(matching("words", &not_words, " OR "));
    none.extend(matching("listed", &not_listed, " OR "));
    match (leaves.pop(), leaves.is_empty() && none.is_empty()) {
        (Some(only), true) => only,
        (last, _) => ConditionTree::All(leaves.into_iter().chain(last).collect(), none),
    }
}

impl RowSet {
    /// Whether a part of it is cheaper as a stream of its own than as a condition evaluated for each report.
    fn needs_own_source(&self) -> bool {
        match self {
            Self::Words(_) | Self::Each(_) | Self::Listed(_) | Self::In(_) => true,
            Self::All | Self::None | Self::Where(..) => false,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::needs_own_source),
            Self::Not(inner) => inner.needs_own_source(),
        }
    }
}

/// Flattens nested conjunctions; a disjunction over one FTS5 table becomes one expression of it.
fn flatten(set: RowSet, out: &mut Vec<RowSet>) {
    match set {
        RowSet::And(parts) => parts.into_iter().for_each(|part| flatten(part, out)),
        RowSet::Or(parts) => {
            let words: Option<Vec<String>> = parts.iter().map(|p| expression(p, false)).collect();
            let listed: Option<Vec<String>> = parts.iter().map(|p| expression(p, true)).collect();
            out.push(match (words, listed) {
                (Some(words), _) => RowSet::Words(words.join(" OR ")),
                (None, Some(listed)) => RowSet::Listed(listed.join(" OR ")),
                (None, None) => RowSet::Or(parts),
            });
        }
        other => out.push(other),
    }
}

/// A set as an expression of `words`, or of `listed`; `None` if it needs another table.
fn expression(set: &RowSet, listed: bool) -> Option<String> {
    match set {
        RowSet::Words(expr) if !listed => Some(format!("({expr})")),
        RowSet::Each(exprs) if !listed => Some(format!("({})", exprs.join(" OR "))),
        RowSet::Listed(expr) if listed => Some(format!("({expr})")),
        RowSet::And(parts) => {
            let parts: Option<Vec<String>> = parts.iter().map(|part| expression(part, listed)).collect();
            parts.filter(|parts| !parts.is_empty()).map(|parts| format!("({})", parts.join(" AND ")))
        }
        _ => None,
    }
}

fn matching(table: &str, expressions: &[String], join: &str) -> Option<ConditionTree> {
    if expressions.is_empty() {
        return None;
    }
    let whole: Vec<String> = expressions.iter().map(|e| format!("({e})")).collect();
    Some(fts_source(table, vec![whole.join(join)]))
}

/// The rows of any of these expressions.
fn fts_source(table: &str, expressions: Vec<String>) -> ConditionTree {
    let sql = format!("{table} WHERE {table} MATCH ?");
    let read_at_once = expressions.len() > 1 || expressions.iter().any(|expression| expression.contains('*'));
    let alternatives = expressions.into_iter().map(|expression| vec![Value::Text(expression)]).collect();
    ConditionTree::Leaf(RowSource { sql, row: "rowid", alternatives, read_at_once })
}

/// A set as a condition on `report r`.
fn condition(set: RowSet) -> (String, Vec<Value>) {
    let joined = |parts: Vec<RowSet>, join: &str, none: &str| {
        let (texts, args): (Vec<String>, Vec<Vec<Value>>) = parts.into_iter().map(condition).unzip();
        let text = if texts.is_empty() { none.to_owned() } else { format!("({})", texts.join(join)) };
        (text, args.concat())
    };
    let index = |table: &str, expr: String| {
        (format!("r.row IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)"), vec![Value::Text(expr)])
    };
    match set {
        RowSet::All => ("1".to_owned(), Vec::new()),
        RowSet::None => ("0".to_owned(), Vec::new()),
        RowSet::Words(expr) => index("words", expr),
        RowSet::Each(exprs) => index("words", exprs.join(" OR ")),
        RowSet::Listed(expr) => index("listed", expr),
        RowSet::In(sql) => (format!("r.row IN (SELECT report FROM {sql})"), Vec::new()),
        RowSet::Where(sql, args) => (format!("({sql})"), args),
        RowSet::And(parts) => joined(parts, " AND ", "1"),
        RowSet::Or(parts) => joined(parts, " OR ", "0"),
        RowSet::Not(inner) => {
            let (text, args) = condition(*inner);
            // NULL is neither true nor false in SQL, and so is its negation; here a missing value is no match.
            (format!("NOT coalesce({text}, 0)"), args)
        }
    }
}

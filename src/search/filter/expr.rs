//! The conditions of a filter as a tree of plain data. `parse` builds it, `print` writes it, `filter_match` checks it
//! against a report, and the cache turns it into SQL. Imports neither the fields nor the parser, so that both can
//! import it.

use crate::report::CareerEventKind;
use crate::search::date::DayRange;
use crate::search::matching::QueryPhrase;

/// A filter; it prints as text that parses back to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// `None` if every report matches.
    pub expr: Option<Expr>,
}

/// A condition on reports. `And` and `Or` have at least two parts, none of which is of the same variant: the tree is
/// flat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    /// The title or the text has these words next to each other.
    Text(QueryPhrase),
    /// One value of that field has all the words, in any order.
    About(FieldSubject, QueryPhrase),
    /// A person in the report has a rank that compares in this way with the given one.
    Rank(RankComparison, QueryPhrase),
    /// The report is of one of these years, from the first to the last.
    Year(i16, i16),
    /// The report is of the first of these days or later.
    From(DayRange),
    /// The report is of the last of these days or earlier.
    To(DayRange),
    /// The report is of one of these days, or reviews exactly this period.
    Date(DayRange),
    /// A career event of this kind, or of any, happens to a person in the report. Within `And`, see `about_the_event`.
    Event(Option<CareerEventKind>),
    /// The report came into the cache on a day that compares in this way with these.
    Added(RankComparison, DayRange),
    Is(MarkState),
}

/// How a value (a person's rank, the day of import) compares with the one in the filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RankComparison {
    Is,
    Above,
    AtLeast,
    Below,
    AtMost,
}

/// The fields whose value is words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldSubject {
    Unit,
    /// The report's kind, in Vietnamese or English.
    Kind,
    /// The name of a person in the report.
    Person,
    /// The post of a person in the report.
    Post,
    /// The address or the file that the report was read from.
    Source,
    /// The archive that has it, where several are listed as one.
    Archive,
    /// A tag that the reader gave it.
    Tag,
    /// A note of the reader on it, on a passage of it or on an official whom it names, with the words that the note is
    /// about.
    Note,
}

/// A state of a report: a mark of the reader's, or that it has no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkState {
    Read,
    Unread,
    Starred,
    /// The reader has a note on it or on a passage of it; one on an official whom it names does not count.
    Noted,
    /// Nothing tells its day.
    Undated,
    /// It came into the cache since the reader was last used.
    New,
    /// Nothing tells the organisation that issued it.
    NoUnit,
    /// It names nobody with a rank.
    NoRank,
    /// It names no official.
    NoOfficial,
    /// The reader gave it no tag.
    Untagged,
}

impl Filter {
    /// Whether it is a choice of alternatives (`OR`), which become a group when another condition is added.
    pub fn has_alternatives(&self) -> bool {
        matches!(self.expr, Some(Expr::Or(_)))
    }

    /// The filter of a phrase: the words as typed, next to each other. A space or a quotation mark at the end ends the
    /// last word; otherwise it may be the beginning of one. Everything matches if there is no word.
    pub fn phrase(typed: &str) -> Self {
        let open = !typed.ends_with(|c: char| c.is_whitespace() || matches!(c, '"' | '”'));
        Self { expr: QueryPhrase::new(typed, open).map(Expr::Text) }
    }

    /// Whether every report matches.
    pub fn is_everything(&self) -> bool {
        self.expr.is_none()
    }

    /// The filter without its conditions on days; `None` if it has none. An alternative of which one part is about days
    /// is left out as a whole.
    pub fn without_days(&self) -> Option<Self> {
        fn is_of_days(expr: &Expr) -> bool {
            match expr {
                Expr::Year(..) | Expr::From(_) | Expr::To(_) | Expr::Date(_) => true,
                Expr::Or(parts) | Expr::And(parts) => parts.iter().any(is_of_days),
                _ => false,
            }
        }
        let parts = match self.expr.as_ref()? {
            Expr::And(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let mut rest: Vec<Expr> = parts.iter().filter(|part| !is_of_days(part)).cloned().collect();
        if rest.len() == parts.len() {
            return None;
        }
        Some(Self { expr: if rest.len() > 1 { Some(Expr::And(rest)) } else { rest.pop() } })
    }

    /// The filter that matches what both match.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut parts = Vec::new();
        for expr in [&self.expr, &other.expr].into_iter().flatten() {
            match expr {
                Expr::And(own) => parts.extend(own.iter().cloned()),
                one => parts.push(one.clone()),
            }
        }
        let expr = if parts.len() > 1 { Some(Expr::And(parts)) } else { parts.pop() };
        Self { expr }
    }

    /// The words and phrases to be found in the text, in order; those after `-` are left out.
    pub fn phrases(&self) -> Vec<&QueryPhrase> {
        let conditions = self.conditions().into_iter();
        conditions.filter_map(|expr| if let Expr::Text(phrase) = expr { Some(phrase) } else { None }).collect()
    }

    /// The leaves of the tree, in order; those after `-` are left out.
    pub fn conditions(&self) -> Vec<&Expr> {
        fn collect<'a>(expr: &'a Expr, out: &mut Vec<&'a Expr>) {
            match expr {
                Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| collect(part, out)),
                Expr::Not(_) => {}
                one => out.push(one),
            }
        }
        let mut out = Vec::new();
        if let Some(expr) = &self.expr {
            collect(expr, &mut out);
        }
        out
    }
}

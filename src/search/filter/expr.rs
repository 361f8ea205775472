//! What a filter asks of a report, as a tree: plain data, which `parse` builds, `print` writes, `eval` checks against a
//! report and the cache turns into SQL. Imports neither the fields nor the parser, so that both can use it.

use crate::search::date::DayRange;
use crate::search::matching::QueryPhrase;

/// A parsed filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What reports must answer; nothing where every report does.
    pub expr: Option<Expr>,
}

/// A condition on reports. `And` and `Or` hold at least two conditions, none of their own sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// All of them.
    And(Vec<Expr>),
    /// At least one of them.
    Or(Vec<Expr>),
    /// Not this one.
    Not(Box<Expr>),
    /// Words side by side in the title or in the text.
    Text(QueryPhrase),
    /// One thing of that sort has all the words, in any order.
    About(FieldSubject, QueryPhrase),
    /// Somebody has a rank that compares so.
    Rank(RankComparison, QueryPhrase),
    /// From the first to the last of these years.
    Year(i16, i16),
    /// On or after its first day.
    From(DayRange),
    /// On or before its last day.
    To(DayRange),
    /// Within it, or about it as a period.
    Date(DayRange),
    /// In that state.
    Is(MarkState),
}

/// How a rank compares with the one typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RankComparison {
    /// The same.
    Is,
    /// Higher.
    Above,
    /// The same or higher.
    AtLeast,
    /// Lower.
    Below,
    /// The same or lower.
    AtMost,
}

/// What words of a field are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldSubject {
    /// The report's unit.
    Unit,
    /// The report's kind, in Vietnamese or English.
    Kind,
    /// The name of somebody in it.
    Person,
    /// The post of somebody in it.
    Post,
    /// Where it was taken from.
    Source,
    /// A tag of the reader's.
    Tag,
}

/// What the reader did with a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkState {
    /// Opened before.
    Read,
    /// Not opened yet.
    Unread,
    /// Starred.
    Starred,
}

impl Filter {
    /// Whether every report answers.
    pub fn is_everything(&self) -> bool {
        self.expr.is_none()
    }

    /// What answers both filters.
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

    /// The words and phrases asked for in the text, in order; those of `-` left out.
    pub fn phrases(&self) -> Vec<&QueryPhrase> {
        let asked = self.asked().into_iter();
        asked.filter_map(|asked| if let Expr::Text(phrase) = asked { Some(phrase) } else { None }).collect()
    }

    /// The single conditions in order; those of `-` left out.
    pub fn asked(&self) -> Vec<&Expr> {
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

//! A filter as typed becomes a value and a list of problems; it never fails.
//! Words are AND; `"a phrase"`, `-not`, `OR`, parentheses and the fields of `fields::FIELDS`. A word at the very end of
//! what was typed may go on, as may one that ends in `*`. A filter prints as text that parses back to itself.

mod parse;
mod print;
mod ranks;
mod tokens;

pub use parse::parse;
pub use ranks::ranks;

use crate::report::Span;
use crate::search::date::DayRange;
use crate::search::fields::{FieldSubject, MarkState};
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

/// Something in a filter that could not be understood, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterProblem {
    /// Where in the typed text.
    pub span: Span,
    /// More typing at the end mends it: nothing is wrong yet.
    pub mild: bool,
    /// What is wrong and what to do, in English.
    pub message: String,
    /// The same in Vietnamese.
    pub message_vi: String,
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

#[cfg(test)]
mod tests;

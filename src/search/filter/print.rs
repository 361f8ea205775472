//! Prints a filter as text that parses back to the same filter. A word that may be the beginning of one ends in `*`; a
//! whole word at the very end is quoted, because there a bare word is parsed as the beginning of one.

use super::expr::{Expr, FieldSubject, Filter, RankComparison};
use crate::search::event_names::EVENTS;
use crate::search::fields::{FIELDS, FieldValueType, STATES};
use crate::search::matching::QueryPhrase;
use std::fmt::{self, Write};

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.expr {
            Some(expr) => print(expr, true, f),
            None => Ok(()),
        }
    }
}

impl RankComparison {
    /// The sign before the rank.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Is => "",
            Self::Above => ">",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::AtMost => "<=",
        }
    }
}

/// Prints a condition; `last` if nothing follows it.
fn print(expr: &Expr, last: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match expr {
        Expr::And(parts) => joined(parts, " ", last, f),
        Expr::Or(parts) => joined(parts, " OR ", last, f),
        Expr::Not(inner) => {
            f.write_char('-')?;
            let group = matches!(**inner, Expr::And(_) | Expr::Or(_));
            grouped(inner, group, last, f)
        }
        Expr::Text(phrase) => words(phrase, last, f),
        Expr::About(about, phrase) => {
            write!(f, "{}:{}", name(FieldValueType::Words(*about)), whole(phrase))?;
            words(phrase, last, f)
        }
        Expr::Rank(compare, phrase) => {
            write!(f, "{}:{}{}", name(FieldValueType::Rank), compare.sign(), whole(phrase))?;
            words(phrase, last, f)
        }
        Expr::Year(first, to) if first == to => write!(f, "{}:{first}", name(FieldValueType::Year)),
        Expr::Year(first, to) => write!(f, "{}:{first}-{to}", name(FieldValueType::Year)),
        Expr::From(when) => write!(f, "{}:{when}", name(FieldValueType::From)),
        Expr::To(when) => write!(f, "{}:{when}", name(FieldValueType::To)),
        Expr::Date(when) => write!(f, "{}:{when}", name(FieldValueType::Date)),
        Expr::Event(kind) => {
            let row = EVENTS.iter().find(|row| row.kind == *kind);
            write!(f, "{}:{}", name(FieldValueType::Event), row.map_or("", |row| row.name))
        }
        Expr::Added(compare, when) => write!(f, "{}:{}{when}", name(FieldValueType::Added), compare.sign()),
        Expr::Is(state) => {
            let row = STATES.iter().find(|row| row.state == *state);
            write!(f, "{}:{}", name(FieldValueType::State), row.map_or("", |row| row.name))
        }
    }
}

/// The sign before a value that is meant as a whole.
fn whole(phrase: &QueryPhrase) -> &'static str {
    if phrase.is_whole() { "=" } else { "" }
}

fn joined(parts: &[Expr], between: &str, last: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        // OR binds less than the space, so only an alternative inside a row of conditions needs parentheses.
        let group = between == " " && matches!(part, Expr::Or(_));
        grouped(part, group, last && i + 1 == parts.len(), f)?;
    }
    Ok(())
}

fn grouped(expr: &Expr, group: bool, last: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if !group {
        return print(expr, last, f);
    }
    f.write_char('(')?;
    print(expr, false, f)?;
    f.write_char(')')
}

fn words(phrase: &QueryPhrase, last: bool, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let texts: Vec<&str> = phrase.words().iter().map(crate::search::matching::QueryWord::typed).collect();
    let text = texts.join(" ");
    let operator = matches!(text.as_str(), "OR" | "AND");
    if texts.len() > 1 || operator || (last && !phrase.is_open()) {
        write!(f, "\"{text}\"")?;
    } else {
        f.write_str(&text)?;
    }
    if phrase.is_open() { f.write_char('*') } else { Ok(()) }
}

fn name(takes: FieldValueType) -> &'static str {
    FIELDS.iter().find(|field| field.takes == takes).map_or("", |field| field.name)
}

impl fmt::Display for FieldSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(name(FieldValueType::Words(*self)))
    }
}

//! Which conditions of a conjunction are about the person to whom an event happens. `event:promoted rank:thieu-tuong`
//! asks who became a Thiếu tướng; a report in which a Thiếu tướng chairs the promotion of somebody else is not meant.
//! Without `event:`, the fields about people stay independent: `person:hùng person:tuấn` names two.

use super::expr::{Expr, FieldSubject};

/// Splits the parts of a conjunction in those that one person must fulfil together and the others. The first list is
/// empty if no part asks for an event; else it has all parts that are about people only, those behind `-` too.
pub fn about_the_event(parts: &[Expr]) -> (Vec<&Expr>, Vec<&Expr>) {
    if parts.iter().any(asks_for_event) {
        parts.iter().partition(|part| is_about_people(part))
    } else {
        (Vec::new(), parts.iter().collect())
    }
}

/// Whether nothing else than people decides about the condition.
fn is_about_people(expr: &Expr) -> bool {
    match expr {
        Expr::Event(_) | Expr::Rank(..) | Expr::About(FieldSubject::Person | FieldSubject::Post, _) => true,
        Expr::And(parts) | Expr::Or(parts) => parts.iter().all(is_about_people),
        Expr::Not(inner) => is_about_people(inner),
        _ => false,
    }
}

/// Whether the condition is about people and wants an event. One behind `-` is not wanted. An alternative wants one if
/// each of its parts does: `(event:promoted OR -rank:x)` also means reports in which nothing happens to anybody.
fn asks_for_event(expr: &Expr) -> bool {
    match expr {
        Expr::Event(_) => true,
        Expr::And(parts) => is_about_people(expr) && parts.iter().any(asks_for_event),
        Expr::Or(parts) => is_about_people(expr) && parts.iter().all(asks_for_event),
        _ => false,
    }
}

/// Whether a part of the condition is behind `-`.
pub fn has_negation(expr: &Expr) -> bool {
    match expr {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(has_negation),
        Expr::Not(_) => true,
        _ => false,
    }
}

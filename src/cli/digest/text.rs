//! A digest as text for a terminal: each fact with its sentence below it, each unit with its reports.

use super::super::exit_status::Failure;
use super::super::output::Output;
use super::super::text_cells::{cell, cut};
use super::{more, summary, title, unit_heading};
use crate::digest::{DigestFact, DigestSection, FactKind};
use crate::lang::Lang;
use crate::lang::phrases::digest as words;
use crate::text::safe::Safe;

/// Digits of an id that are printed: enough to name the report to other verbs.
const ID_DIGITS: usize = 8;

/// Writes one section: title, facts by kind, reports by unit.
pub fn write(out: &mut Output, section: &DigestSection, lang: Lang) -> Result<(), Failure> {
    out.line(&Safe::line(&title(section, lang)))?;
    if let Some(filter) = &section.filter {
        out.line(&Safe::line(filter))?;
    }
    out.line(&Safe::line(&summary(section, lang)))?;
    let mut kind: Option<FactKind> = None;
    for fact in &section.facts {
        if kind != Some(fact.kind) {
            kind = Some(fact.kind);
            out.write(&["\n", fact.kind.phrase().say(lang), "\n"])?;
        }
        write_fact(out, fact, lang)?;
    }
    for unit in &section.units {
        out.write(&["\n", Safe::line(&unit_heading(unit.unit.as_deref(), unit.reports.len(), lang)).as_str(), "\n"])?;
        for report in &unit.reports {
            let day = report.day.map_or_else(|| "—".to_owned(), |day| day.to_string());
            let id = report.id.get(..ID_DIGITS).unwrap_or(&report.id);
            out.write(&["  ", id, "  ", &cell(&day, 11), "  ", cut(&report.title, 400).as_str(), "\n"])?;
        }
    }
    if section.units.is_empty() {
        out.write(&["\n", words::NEW_REPORTS.say(lang), ": 0\n"])?;
    }
    out.write(&["\n"])
}

fn write_fact(out: &mut Output, fact: &DigestFact, lang: Lang) -> Result<(), Failure> {
    let day = fact.day.map_or_else(|| "—".to_owned(), |day| day.to_string());
    let change = fact.change();
    let change = if change.is_empty() { change } else { format!(": {change}") };
    out.line(&Safe::line(&format!("  {day}  {}{change}", fact.who())))?;
    if !fact.sentence.is_empty() {
        out.line(&Safe::line(&format!("    “{}”", fact.sentence)))?;
    }
    let report = fact.places.first().map(|place| place.report.get(..ID_DIGITS).unwrap_or(&place.report));
    let cited = [report.unwrap_or_default().to_owned(), fact.source.clone()];
    let cited: Vec<String> = cited.into_iter().chain(more(fact, lang)).collect();
    out.line(&Safe::line(&format!("    {}", cited.join(" · "))))
}

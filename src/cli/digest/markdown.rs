//! A digest as Markdown: a chapter for each section, with links to the addresses of the reports.

use super::{more, summary, title, unit_heading};
use crate::cli::html_text::web_address;
use crate::digest::{DigestFact, DigestSection, FactKind};
use crate::lang::Lang;
use crate::text::markdown::escaped;
use std::fmt::Write as _;

/// One section as a chapter.
pub fn chapter(section: &DigestSection, lang: Lang) -> String {
    let mut out = format!("# {}\n\n", escaped(&title(section, lang)));
    // Writing to a string cannot fail.
    if let Some(filter) = &section.filter {
        let _ = writeln!(out, "{}\n", escaped(filter));
    }
    let _ = writeln!(out, "{}", escaped(&summary(section, lang)));
    let mut kind: Option<FactKind> = None;
    for fact in &section.facts {
        if kind != Some(fact.kind) {
            kind = Some(fact.kind);
            let _ = writeln!(out, "\n## {}\n", fact.kind.phrase().say(lang));
        }
        out.push_str(&item(fact, lang));
    }
    for unit in &section.units {
        let heading = unit_heading(unit.unit.as_deref(), unit.reports.len(), lang);
        let _ = writeln!(out, "\n## {}\n", escaped(&heading));
        for report in &unit.reports {
            let day = report.day.map(|day| format!("{day} ")).unwrap_or_default();
            let _ = writeln!(out, "- {}{}", escaped(&day), link(&report.title, &report.source));
        }
    }
    out
}

fn item(fact: &DigestFact, lang: Lang) -> String {
    let change = fact.change();
    let change = if change.is_empty() { change } else { format!(": {}", escaped(&change)) };
    let mut out = format!("- **{}**{change}\n", escaped(&fact.who()));
    if !fact.sentence.is_empty() {
        let _ = writeln!(out, "  > {}\n", escaped(&fact.sentence));
    }
    let day = fact.day.map(|day| escaped(&day.to_string()));
    let more = more(fact, lang).into_iter().map(|words| escaped(&words));
    let cited: Vec<String> = day.into_iter().chain([link(&fact.source, &fact.source)]).chain(more).collect();
    let _ = writeln!(out, "  {}", cited.join(" · "));
    out
}

/// Words that lead to an address, if it is one of the web.
fn link(words: &str, source: &str) -> String {
    match web_address(source) {
        Some(address) => format!("[{}](<{address}>)", escaped(words)),
        None => escaped(words),
    }
}

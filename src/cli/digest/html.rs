//! A digest as a page for mail: complete in itself, nothing that is loaded from elsewhere, no script, and the few
//! styles in the elements, because mail programs drop the others. Everything from reports is escaped; only addresses of
//! the web become links.

use super::{more, summary, title, unit_heading};
use crate::cli::html_text::{escaped, link};
use crate::digest::{DigestFact, DigestSection, FactKind};
use crate::lang::Lang;
use std::fmt::Write as _;

const BODY: &str =
    "font-family:sans-serif;font-size:15px;line-height:1.45;max-width:46em;margin:1em auto;padding:0 1em";
const QUOTE: &str = "margin:4px 0 4px 12px;padding-left:10px;border-left:3px solid #999";
const SMALL: &str = "font-size:13px";

/// The page of all sections.
pub fn page(sections: &[DigestSection], lang: Lang) -> String {
    let name = sections.first().map(|section| title(section, lang)).unwrap_or_default();
    let code = match lang {
        Lang::Vi => "vi",
        Lang::En => "en",
    };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\n\
         <body style=\"{BODY}\">\n",
        escaped(&name)
    );
    for section in sections {
        add(&mut out, section, lang);
    }
    out.push_str("</body></html>\n");
    out
}

/// Adds one section. Writing to a string cannot fail.
fn add(out: &mut String, section: &DigestSection, lang: Lang) {
    let _ = writeln!(out, "<h1 style=\"font-size:20px\">{}</h1>", escaped(&title(section, lang)));
    if let Some(filter) = &section.filter {
        let _ = writeln!(out, "<p><code>{}</code></p>", escaped(filter));
    }
    let _ = writeln!(out, "<p>{}</p>", escaped(&summary(section, lang)));
    let mut kind: Option<FactKind> = None;
    for fact in &section.facts {
        if kind != Some(fact.kind) {
            kind = Some(fact.kind);
            let _ = writeln!(out, "<h2 style=\"font-size:17px\">{}</h2>", escaped(fact.kind.phrase().say(lang)));
        }
        add_fact(out, fact, lang);
    }
    for unit in &section.units {
        let heading = unit_heading(unit.unit.as_deref(), unit.reports.len(), lang);
        let _ = writeln!(out, "<h2 style=\"font-size:17px\">{}</h2>\n<ul>", escaped(&heading));
        for report in &unit.reports {
            let day = report.day.map(|day| format!("{day} ")).unwrap_or_default();
            let _ = writeln!(out, "<li>{}{}</li>", escaped(&day), link(&report.title, &report.source));
        }
        out.push_str("</ul>\n");
    }
}

fn add_fact(out: &mut String, fact: &DigestFact, lang: Lang) {
    let change = fact.change();
    let change = if change.is_empty() { change } else { format!(": {}", escaped(&change)) };
    let _ = writeln!(out, "<div style=\"margin:0 0 12px\"><b>{}</b>{change}", escaped(&fact.who()));
    if !fact.sentence.is_empty() {
        let _ = writeln!(out, "<blockquote style=\"{QUOTE}\">{}</blockquote>", escaped(&fact.sentence));
    }
    let day = fact.day.map(|day| escaped(&day.to_string()));
    let more = more(fact, lang).into_iter().map(|words| escaped(&words));
    let cited: Vec<String> = day.into_iter().chain([link(&fact.source, &fact.source)]).chain(more).collect();
    let _ = writeln!(out, "<div style=\"{SMALL}\">{}</div></div>", cited.join(" · "));
}

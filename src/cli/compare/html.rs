//! Two reports compared, as a page of HTML: what is new or gone, and the newer text with what changed marked.

use super::changed;
use crate::cli::exit_status::Failure;
use crate::cli::html_page::HtmlPage;
use crate::cli::lineup::named;
use crate::lang::{Lang, phrases};
use crate::officials::report_diff::{Comparison, RowPart};
use crate::report::Report;
use crate::store::Store;

/// The page of a comparison, the older report first.
pub fn page(store: &Store, older: &Report, newer: &Report, found: &Comparison, lang: Lang) -> Result<String, Failure> {
    let mut page = HtmlPage::new(&newer.title.text, lang);
    page.element("h1", phrases::TEXTS.say(lang)).raw("<dl>\n");
    for (label, report) in [(phrases::OLDER, older), (phrases::NEWER, newer)] {
        page.element("dt", label.say(lang).trim()).raw("<dd>").words(&named(report)).cite_report(report).raw("</dd>\n");
    }
    page.raw("</dl>\n").element("p", &phrases::SHARED.fill(lang, &[&found.shared().to_string()]));
    let lists = [
        (phrases::FIGURES, &found.figures),
        (phrases::DOCUMENTS, &found.documents),
        (phrases::SLOGANS, &found.slogans),
    ];
    for (title, items) in lists.into_iter().filter(|(_, items)| !items.is_empty()) {
        page.element("h2", title.say(lang)).raw("<ul>\n");
        for item in items {
            page.raw("<li>").words(&changed(item));
            for place in item.before.iter().chain(&item.after) {
                page.cite(store, place)?;
            }
            page.raw("</li>\n");
        }
        page.raw("</ul>\n");
    }
    page.element("h2", &newer.title.text);
    for row in &found.rows {
        marked(&mut page, older, newer, &found.parts(row));
    }
    Ok(page.finish())
}

/// One row as a paragraph, with its new words and those that are gone marked.
fn marked(page: &mut HtmlPage, older: &Report, newer: &Report, parts: &[RowPart]) {
    if parts.is_empty() {
        return;
    }
    page.raw("<p>");
    for part in parts {
        let words = part.span().of(if part.is_older() { &older.text } else { &newer.text });
        match part {
            RowPart::Kept(_) => page.words(words),
            RowPart::Added(_) => page.raw("<ins>").words(words).raw("</ins>"),
            RowPart::Replaced(_) => page.raw("<del>").words(words).raw("</del> "),
            RowPart::LeftOut(_) => page.raw(" <del>").words(words).raw("</del>"),
        };
    }
    page.raw("</p>\n");
}

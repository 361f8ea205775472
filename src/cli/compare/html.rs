//! Two reports compared, as a page of HTML: what is new or gone, and the newer text with new passages marked.

use super::changed;
use crate::cli::exit_status::Failure;
use crate::cli::html_page::HtmlPage;
use crate::cli::lineup::named;
use crate::lang::{Lang, phrases};
use crate::officials::report_diff::{ComparedParagraph, Comparison};
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
    for paragraph in &found.paragraphs {
        marked(&mut page, newer, paragraph);
    }
    for paragraph in found.older_paragraphs.iter().filter(|paragraph| paragraph.shared == 0) {
        page.raw("<p><del>").words(paragraph.span.of(&older.text)).raw("</del></p>\n");
    }
    Ok(page.finish())
}

/// One paragraph of the newer report, with its new words marked.
fn marked(page: &mut HtmlPage, report: &Report, paragraph: &ComparedParagraph) {
    let words = |start: usize, end: usize| report.text.get(start..end).unwrap_or_default();
    let (start, end) = (paragraph.span.start, paragraph.span.end);
    if paragraph.shared == 0 {
        page.raw("<p><ins>").words(words(start, end)).raw("</ins></p>\n");
        return;
    }
    page.raw("<p>");
    let mut at = start;
    for new in &paragraph.new {
        page.words(words(at, new.start)).raw("<ins>").words(words(new.start, new.end)).raw("</ins>");
        at = new.end;
    }
    page.words(words(at, end)).raw("</p>\n");
}

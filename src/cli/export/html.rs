//! Reports as a page of HTML: facts, people, and the text with ranks, names and posts marked.

use super::chosen_reports::ChosenReports;
use crate::cli::exit_status::Failure;
use crate::cli::html_page::HtmlPage;
use crate::cli::output::Output;
use crate::cli::show::facts;
use crate::lang::{Lang, phrases};
use crate::report::{Meaning, Paragraph, ParagraphKind, Report};
use crate::store::{Sort, Store};

/// Writes the reports that match on one page, newest first, with their sources at its end. Returns their number.
pub fn write(out: &mut Output, store: &Store, chosen: &ChosenReports, lang: Lang) -> Result<usize, Failure> {
    let ids = chosen.ids(store, Sort::Date)?;
    let mut page = HtmlPage::new(phrases::REPORTS.say(lang), lang);
    for id in &ids {
        if let Some(report) = store.cache().load(id)? {
            article(&mut page, &report, lang);
        }
    }
    out.write(&[&page.finish()])?;
    Ok(ids.len())
}

/// The page of one report.
pub fn page(report: &Report, lang: Lang) -> String {
    let mut page = HtmlPage::new(&report.title.text, lang);
    article(&mut page, report, lang);
    page.finish()
}

fn article(page: &mut HtmlPage, report: &Report, lang: Lang) {
    page.raw("<article>\n<h1>").words(&report.title.text).cite_report(report).raw("</h1>\n<dl>\n");
    for (label, value) in facts(report, lang) {
        page.element("dt", label).element("dd", &value);
    }
    page.raw("</dl>\n");
    if !report.extraction.people.is_empty() {
        page.element("h2", phrases::PEOPLE.say(lang)).raw("<ol>\n");
    }
    for person in &report.extraction.people {
        let rank = person.rank.map(|said| format!("{} ", said.rank.name)).unwrap_or_default();
        let posts = person.posts.iter().map(|post| format!(", {}", post.text)).collect::<Vec<_>>().concat();
        page.raw("<li>").words(&rank).raw("<span class=\"name\">").words(&person.name).raw("</span>");
        page.words(&posts).raw("</li>\n");
    }
    if !report.extraction.people.is_empty() {
        page.raw("</ol>\n");
    }
    for paragraph in report.paragraphs.iter().filter(|p| p.kind != ParagraphKind::Residue) {
        let is_title =
            paragraph.kind == ParagraphKind::Headline && paragraph.span.of(&report.text) == report.title.text;
        if !is_title {
            self::paragraph(page, report, paragraph);
        }
    }
    page.raw("</article>\n");
}

/// One paragraph, with what is marked in it.
fn paragraph(page: &mut HtmlPage, report: &Report, paragraph: &Paragraph) {
    page.raw(match paragraph.kind {
        ParagraphKind::Headline => "<h2>",
        ParagraphKind::Caption => "<p class=\"caption\">",
        ParagraphKind::Byline | ParagraphKind::Source => "<p class=\"byline\">",
        ParagraphKind::Body | ParagraphKind::Residue => "<p>",
    });
    let mut at = paragraph.span.start;
    let text = |from: usize, to: usize| report.text.get(from..to).unwrap_or_default();
    for mark in &report.extraction.marks {
        let class = match mark.meaning {
            Meaning::Rank => "<span class=\"rank\">",
            Meaning::Name => "<span class=\"name\">",
            Meaning::Post => "<span class=\"post\">",
            _ => continue,
        };
        // Marks are sorted and never overlap.
        if mark.span.start >= at && mark.span.end <= paragraph.span.end {
            page.words(text(at, mark.span.start)).raw(class);
            page.words(text(mark.span.start, mark.span.end)).raw("</span>");
            at = mark.span.end;
        }
    }
    page.words(text(at, paragraph.span.end));
    page.raw(if paragraph.kind == ParagraphKind::Headline { "</h2>\n" } else { "</p>\n" });
}

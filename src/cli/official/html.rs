//! The page of an official as HTML: each rank, post and report with the number of the sentence that proves it.

use crate::cli::exit_status::Failure;
use crate::cli::html_page::HtmlPage;
use crate::lang::{Lang, phrases, roles};
use crate::officials::career::CurrentTenure;
use crate::officials::{OfficialPage, Place, tenure_words};
use crate::report::Dated;
use crate::store::Store;

/// The page of one official, in the order of the printed page.
pub fn page(store: &Store, official: &OfficialPage, lang: Lang) -> Result<String, Failure> {
    let mut page = HtmlPage::new(&official.name, lang);
    page.element("h1", &official.name);
    if !official.has_sign {
        page.element("p", phrases::NO_SIGN_EXPLAINED.say(lang));
    }
    page.raw("<ul>\n");
    for now in official.rank.iter().chain(&official.posts) {
        present(&mut page, store, now, lang)?;
    }
    page.raw("</ul>\n");
    let country = official.country.as_ref().map(|country| format!("{country} · ")).unwrap_or_default();
    let seen = tenure_words::reports(official, lang, |day| day.to_string());
    page.element("p class=\"byline\"", &format!("{country}{seen} · {}", official.id));
    if !official.seen_once.is_empty() {
        page.element("h2", phrases::STATED_ONCE.say(lang)).raw("<ul>\n");
        for once in &official.seen_once {
            present(&mut page, store, once, lang)?;
        }
        page.raw("</ul>\n");
    }
    timeline(&mut page, store, official, lang)?;
    let reports = official.reports.iter().map(|report| (report.when, &report.title, &report.roles, &report.place));
    rows(&mut page, store, phrases::IN_REPORTS.say(lang), reports, lang)?;
    let no_sign = official.no_sign.iter().map(|report| (report.when, &report.title, &report.roles, &report.place));
    rows(&mut page, store, phrases::NO_SIGN.say(lang), no_sign, lang)?;
    let together = official.together.iter().take(20);
    if !official.together.is_empty() {
        page.element("h2", phrases::TOGETHER.say(lang)).raw("<ul>\n");
    }
    for other in together {
        let rank = other.rank.map(|rank| format!("{rank} ")).unwrap_or_default();
        page.raw("<li>").words(&format!("{rank}{} ({})", other.name, other.reports));
        page.cite(store, &other.place)?.raw("</li>\n");
    }
    if !official.together.is_empty() {
        page.raw("</ul>\n");
    }
    for namesake in &official.namesakes {
        let why = namesake.why.as_ref().map(|why| why.say(lang)).unwrap_or_default();
        let posts = namesake.posts.join("; ");
        page.raw("<p>").words(&phrases::NOT_TO_CONFUSE.fill(lang, &[&namesake.name, &namesake.id, &posts, &why]));
        page.cite(store, &namesake.place)?.raw("</p>\n");
    }
    Ok(page.finish())
}

/// A rank or post that is held now.
fn present(page: &mut HtmlPage, store: &Store, now: &CurrentTenure, lang: Lang) -> Result<(), Failure> {
    page.raw("<li>").words(super::present(now, lang).trim()).cite(store, &now.place)?.raw("</li>\n");
    Ok(())
}

/// Ranks and posts over time, then those without a day.
fn timeline(page: &mut HtmlPage, store: &Store, official: &OfficialPage, lang: Lang) -> Result<(), Failure> {
    if official.timeline.is_empty() && official.undated.is_empty() {
        return Ok(());
    }
    page.element("h2", phrases::TIMELINE.say(lang)).raw("<table>\n");
    for row in official.timeline.iter().filter(|row| !row.is_gap()) {
        page.raw("<tr><td>").words(&format!("{} – {}", row.from.when, row.to.when)).raw("</td><td>");
        page.words(&row.text).cite(store, &row.place)?;
        if row.disputed {
            page.raw(" ").words(phrases::DISPUTED.say(lang));
        }
        page.raw("</td></tr>\n");
    }
    for row in &official.undated {
        let former = row.state().map(|state| format!(" ({})", state.say(lang))).unwrap_or_default();
        page.raw("<tr><td>").words(phrases::UNDATED_TITLE.say(lang)).raw("</td><td>");
        page.words(&format!("{}{former}", row.text)).cite(store, &row.place)?.raw("</td></tr>\n");
    }
    page.raw("</table>\n");
    Ok(())
}

/// A table of reports with the roles in them; nothing if there are none.
fn rows<'a>(
    page: &mut HtmlPage,
    store: &Store,
    title: &str,
    reports: impl Iterator<Item = (Option<Dated>, &'a String, &'a Vec<String>, &'a Place)>,
    lang: Lang,
) -> Result<(), Failure> {
    let mut reports = reports.peekable();
    if reports.peek().is_none() {
        return Ok(());
    }
    page.element("h2", title).raw("<table>\n");
    for (when, title, verbs, place) in reports {
        let roles = roles::say_all(verbs.iter().map(String::as_str), lang);
        page.raw("<tr><td>").words(&when.map_or_else(|| "—".to_owned(), |when| when.to_string())).raw("</td><td>");
        page.words(title).cite(store, place)?.raw("</td><td>").words(&roles).raw("</td></tr>\n");
    }
    page.raw("</table>\n");
    Ok(())
}

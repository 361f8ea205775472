//! Copies a page, a selection, the text, the address or the citation of a report, and opens its source in the browser.
//! What has become of the copy is told by the outcome of the effect.

use super::open_report;
use crate::citation::Citation;
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::tui::app::{AfterLoad, App, ArrivalPoint, PageLine, Screen};
use crate::tui::message::{Ask, Effect};

/// Copies text, address or citation of the selected report, which is loaded first if necessary.
pub fn from_list(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(id) = app.list.selected_row().map(|row| row.id.clone()) else { return Vec::new() };
    if app.detail.wanted.is_none() && app.detail.id() == Some(id.as_str()) {
        return from_detail(app, action);
    }
    let effects = open_report::beside_list(app, id, ArrivalPoint::Start);
    app.detail.then = match action {
        Action::CopyUrl => AfterLoad::CopyUrl,
        Action::CopyCitation => AfterLoad::CopyCitation,
        _ => AfterLoad::CopyText,
    };
    effects
}

/// Copies the page in front as text: its title, then its lines as they are laid out.
pub fn page(app: &mut App) -> Vec<Effect> {
    let Some(text) = page_text(app) else { return Vec::new() };
    copied_text(app, text)
}

/// The effect that copies a text, and says how many letters it has.
fn copied_text(app: &App, text: String) -> Vec<Effect> {
    let letters = text.chars().filter(|c| !c.is_whitespace()).count();
    vec![Effect::Copy { text, said: phrases::COPIED_TEXT.count(app.settings.lang, letters) }]
}

/// The page in front as text. `None` if no page is in front.
fn page_text(app: &App) -> Option<String> {
    let lang = app.settings.lang;
    let (title, lines) = match app.stack.last()? {
        Screen::Official(page) => (page.page.as_ref().map(|page| page.name.clone()), &page.lines),
        Screen::QuotePage(page) => (Some(page.subject.title(lang)), &page.lines),
        _ => return None,
    };
    let line = |line: &PageLine| line.pieces.iter().map(|piece| piece.0.as_str()).collect::<String>();
    let lines: Vec<String> = lines.all.iter().map(|one| line(one).trim_end().to_owned()).collect();
    Some(format!("{}\n\n{}\n", title.unwrap_or_default(), lines.join("\n")))
}

/// The text that is in front: the selection, the page, the report. `None` if there is none.
pub fn text_in_front(app: &App) -> Option<String> {
    if let Some(page) = page_text(app) {
        return Some(page);
    }
    let detail = app.reading();
    let report = detail.report.as_deref()?;
    Some(match detail.selection {
        Some(selection) => selection.span.of(&report.text).to_owned(),
        None => report.text_with_title(),
    })
}

/// Copies the selection, else text, address or citation of the report that is being read, or opens its source.
pub fn from_detail(app: &mut App, action: Action) -> Vec<Effect> {
    let lang = app.settings.lang;
    let detail = app.reading();
    let Some(report) = detail.report.as_deref() else { return Vec::new() };
    let selected = detail.selection.map(|selection| selection.span);
    match (action, selected) {
        (Action::CopyText, Some(span)) => {
            let text = span.of(&report.text).to_owned();
            vec![Effect::Copy { text, said: phrases::COPIED_SELECTION.say(lang).to_owned() }]
        }
        (Action::CopyText, None) => copied_text(app, report.text.clone()),
        (Action::CopyCitation, passage) => {
            let text = Citation::of(report, passage, detail.imported).write(app.settings.citation);
            let said = phrases::COPIED_CITATION.fill(lang, &[&text.replace('\n', " ")]);
            vec![Effect::Copy { text, said }]
        }
        (Action::OpenUrl, _) => {
            let url = report.url.clone();
            open_url(app, url)
        }
        _ => {
            let Some(url) = report.url.clone() else {
                app.complain(phrases::NO_URL.say(lang));
                return Vec::new();
            };
            vec![Effect::Copy { said: phrases::COPIED_URL.fill(lang, &[&url]), text: url }]
        }
    }
}

/// Opens the source of the report that a line of a page quotes, once the worker has told its address.
pub fn open_source_of(app: &mut App, report: Option<String>) -> Vec<Effect> {
    let Some(report) = report else {
        let lang = app.settings.lang;
        app.say(phrases::NO_REPORT_HERE.say(lang));
        return Vec::new();
    };
    let (turn, effect) = app.ask(Ask::Source(report));
    app.source_turn = turn;
    vec![effect]
}

/// Opens an address in the browser, or says that there is none.
pub fn open_url(app: &mut App, url: Option<String>) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(url) = url else {
        app.complain(phrases::NO_URL.say(lang));
        return Vec::new();
    };
    app.say(phrases::OPENING_URL.fill(lang, &[&url]));
    vec![Effect::OpenUrl(url)]
}

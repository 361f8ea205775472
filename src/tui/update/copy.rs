//! Copies a page, a selection, the text, the address or the citation of a report, writes a page to a file, and opens
//! the source of a report in the browser.
//! What has become of the copy is told by the outcome of the effect.

use super::{open_report, verbs};
use crate::citation::Citation;
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::officials::Place;
use crate::tui::app::{AfterLoad, App, ArrivalPoint, PageLine, Screen};
use crate::tui::message::{Ask, Effect, FileContent};
use crate::tui::people_layout;
use crate::tui::quote_pages::{self, LineOptions, page_text};
use crate::tui::text_layout::StyledText;

/// The width of a page in a file, in cells.
const FILE_WIDTH: usize = 100;

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
    let Some(text) = text_of_page(app) else { return Vec::new() };
    copied_text(app, text)
}

/// The effect that copies a text, and says how many letters it has.
fn copied_text(app: &App, text: String) -> Vec<Effect> {
    let letters = text.chars().filter(|c| !c.is_whitespace()).count();
    vec![Effect::Copy { text, said: phrases::COPIED_TEXT.count(app.settings.lang, letters) }]
}

/// The page in front as text. `None` if no page is in front.
fn text_of_page(app: &App) -> Option<String> {
    let lines = match app.stack.last()? {
        Screen::Official(page) => &page.lines.all,
        Screen::QuotePage(page) => &page.lines.all,
        Screen::People(_) => &lines_for_file(app)?,
        _ => return None,
    };
    Some(page_text::plain(&title(app)?, lines))
}

/// The title of the page in front. `None` if no page is in front.
fn title(app: &App) -> Option<String> {
    let lang = app.settings.lang;
    match app.stack.last()? {
        Screen::Official(page) => Some(page.page.as_ref().map(|page| page.name.clone()).unwrap_or_default()),
        Screen::QuotePage(page) => Some(page.subject.title(lang)),
        Screen::People(people) => Some(format!("{}: {}", phrases::PEOPLE.say(lang), people.title)),
        _ => None,
    }
}

/// The lines of the page in front for a file: in one column, with signs where the screen has colours. `None` if no page
/// is in front, or it is still being read.
fn lines_for_file(app: &App) -> Option<Vec<PageLine>> {
    let lang = app.settings.lang;
    let options = LineOptions { width: FILE_WIDTH, lang, plain: true, unfolded: false };
    Some(match app.stack.last()? {
        Screen::Official(page) => quote_pages::official::lines(page.page.as_deref()?, &page.notes, options),
        Screen::QuotePage(page) => page.content.as_deref()?.lines(LineOptions { unfolded: page.unfolded, ..options }),
        Screen::People(people) => {
            let page = people_layout::lay_out(&people.people, FILE_WIDTH, lang, true);
            let person = |rows: Vec<Vec<StyledText>>| {
                let place = Some(Place { report: people.report.as_str().into(), at: 0 });
                let line = |(n, pieces)| PageLine {
                    pieces,
                    place: place.clone().filter(|_| n == 0),
                    continues: n > 0,
                    ..PageLine::default()
                };
                rows.into_iter().enumerate().map(line).collect::<Vec<_>>()
            };
            page.rows.into_iter().flat_map(person).collect()
        }
        _ => return None,
    })
}

/// Writes the page in front to a file; the ending of its name decides the format.
pub fn page_to_file(app: &mut App, path: &str) -> Vec<Effect> {
    let lang = app.settings.lang;
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let write = match ending.as_deref() {
        Some("md" | "markdown") => page_text::markdown,
        Some("txt") => page_text::plain,
        _ => {
            app.complain(phrases::EXPORT_PAGE_ENDING.say(lang));
            return Vec::new();
        }
    };
    let Some((title, lines)) = title(app).zip(lines_for_file(app)) else {
        app.complain(phrases::NOTHING_TO_PIPE.say(lang));
        return Vec::new();
    };
    let content = FileContent::Text(write(&title, &lines));
    vec![Effect::WriteFile { file: verbs::home_for_tilde(app, path).into(), content, replace: false }]
}

/// The text that is in front: the selection, the page, the report. `None` if there is none.
pub fn text_in_front(app: &App) -> Option<String> {
    if let Some(page) = text_of_page(app) {
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

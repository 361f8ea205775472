//! Sets the date of a report by hand, as a line with the present date in it. Enter keeps what is typed, an empty line
//! takes a date set by hand back, and a date that cannot be read is refused with the forms that can; the line then
//! stays open. The worker dates the report anew, and the list is read again, because the report may stand elsewhere.

use super::{input_line, list, orders};
use crate::keymap::Mode;
use crate::lang::phrases;
use crate::report::Dated;
use crate::search::date::DayRange;
use crate::tui::app::{App, InputPurpose, InputSnapshot, Screen, StateBefore};
use crate::tui::input_line::InputLine;
use crate::tui::message::{Ask, DateChanged, Effect};

/// The selected report (in the list), or the one that is being read, with its date. Says so if there is none.
fn report_and_date(app: &mut App) -> Option<(String, Option<Dated>)> {
    let found = match app.mode() {
        Mode::List => app.list.selected_row().map(|row| (row.id.clone(), row.day)),
        _ => app.reading().report.as_ref().map(|report| (report.id.clone(), report.extraction.facts.day)),
    };
    if found.is_none() {
        app.say(phrases::NO_REPORT.say(app.settings.lang));
    }
    found
}

/// Opens the line with the present date of the report.
pub fn open(app: &mut App) -> Vec<Effect> {
    let Some((report, date)) = report_and_date(app) else { return Vec::new() };
    input_line::open(app, InputPurpose::Date);
    let typing = app.settings.typing;
    if let Some(typed) = &mut app.line {
        let present = date.map(|date| date.vietnamese().trim_start_matches('~').to_owned()).unwrap_or_default();
        typed.line = InputLine::new(&present, &[], typing);
        typed.before = InputSnapshot::Date { report };
    }
    Vec::new()
}

/// Whether what is typed can be kept: a date, or nothing. Otherwise says which forms are understood.
pub fn is_readable(app: &mut App, text: &str) -> bool {
    let readable = text.trim().is_empty() || DayRange::parse(text).is_some_and(|range| range.days().is_some());
    if !readable {
        let lang = app.settings.lang;
        app.complain(phrases::DATE_REFUSED.fill(lang, &[phrases::DATE_FORMS.say(lang)]));
    }
    readable
}

/// Sets the date of the report to what is typed.
pub fn keep(app: &mut App, text: &str, report: String) -> Vec<Effect> {
    order(app, Ask::SetDate { report, date: DayRange::parse(text) })
}

/// Takes a date that was set by hand back.
pub fn clear(app: &mut App) -> Vec<Effect> {
    let Some((report, _)) = report_and_date(app) else { return Vec::new() };
    order(app, Ask::SetDate { report, date: None })
}

/// Sends the order, whose answer says which date the report has now.
fn order(app: &mut App, ask: Ask) -> Vec<Effect> {
    let (_, effect) = orders::send_silently(app, ask, StateBefore::Same);
    orders::allow_undo(app);
    orders::show_saving(app);
    vec![effect]
}

/// Shows the new date where the report is open, and reads the list again.
pub fn answered(app: &mut App, set: &DateChanged) -> Vec<Effect> {
    let lang = app.settings.lang;
    app.say(match set.day.filter(|_| set.by_hand) {
        Some(day) => phrases::DATE_SET.fill(lang, &[&day.vietnamese()]),
        None => phrases::DATE_CLEARED.say(lang).to_owned(),
    });
    let opened = app.stack.iter_mut().filter_map(|screen| match screen {
        Screen::Reading(detail) => Some(detail.as_mut()),
        _ => None,
    });
    for shown in opened.chain([&mut app.detail]) {
        if let Some(report) = shown.report.as_mut().filter(|shown| shown.id == set.report) {
            report.extraction.facts.day = set.day;
            report.dated_by_hand = set.by_hand;
            shown.page_outdated = true;
        }
    }
    list::refresh(app)
}

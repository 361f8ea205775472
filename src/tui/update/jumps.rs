//! Jumps back and forward through the jump list. A screen that is still open is uncovered by closing the screens over
//! it; one that was closed is opened again at the position where it was left.

use super::{detail, list, official, open_report, quote_page, report_people};
use crate::lang::phrases;
use crate::officials::Place;
use crate::tui::app::{AfterLoad, App, ArrivalPoint, DetailState, JumpPlace, ReportPane, ReportPosition, Screen};
use crate::tui::message::Effect;
use crate::tui::quote_pages::PageSubject;

/// Records the present position as the start of a jump.
pub fn record(app: &mut App) {
    if let Some(here) = here(app) {
        app.jumps.record(here);
    }
}

/// Jumps back to where the last jump began.
pub fn back(app: &mut App) -> Vec<Effect> {
    let here = here(app);
    let Some(place) = app.jumps.back(here) else {
        app.say(phrases::NO_JUMP.say(app.settings.lang));
        return Vec::new();
    };
    app.jumped_back = true;
    go(app, place)
}

/// Jumps forward to where the last jump back began.
pub fn forward(app: &mut App) -> Vec<Effect> {
    let here = here(app);
    let Some(place) = app.jumps.forward(here) else {
        app.say(phrases::NO_JUMP_ON.say(app.settings.lang));
        return Vec::new();
    };
    app.jumped_back = true;
    go(app, place)
}

/// The present position: the topmost screen that can be jumped to. The finder, help, palette and menus are not: they
/// only lead to other screens. `None` if no report is loaded.
fn here(app: &App) -> Option<JumpPlace> {
    let front = app.stack.iter().rev().find_map(|screen| match screen {
        Screen::Reading(detail) => position(detail, ReportPane::Opened).map(JumpPlace::Report),
        Screen::People(people) => {
            let of = reading_position(app).filter(|of| of.report == people.report)?;
            Some(JumpPlace::People { of, person: people.selected })
        }
        Screen::Official(page) => {
            Some(JumpPlace::Official { id: page.id.clone(), line: page.lines.line().and_then(|l| l.place.clone()) })
        }
        // It is not kept, so nothing leads back to it.
        Screen::QuotePage(page) if matches!(page.subject, PageSubject::CommandOutput(..)) => None,
        Screen::QuotePage(page) => Some(JumpPlace::QuotePage {
            subject: page.subject.clone(),
            line: page.lines.line().and_then(|l| l.place.clone()),
        }),
        Screen::Finder(_) | Screen::Help(_) | Screen::Palette(_) | Screen::Menu(_) => None,
    });
    front.or_else(|| {
        if app.in_detail {
            return position(&app.detail, ReportPane::Detail).map(JumpPlace::Report);
        }
        Some(JumpPlace::List(app.list.selected_row().map(|row| row.id.clone())))
    })
}

/// The position in the report that is being read. `None` if it is not loaded.
fn reading_position(app: &App) -> Option<ReportPosition> {
    let pane = match (app.opened_elsewhere(), app.in_detail) {
        (true, _) => ReportPane::Opened,
        (false, true) => ReportPane::Detail,
        (false, false) => ReportPane::List,
    };
    position(app.reading(), pane)
}

fn position(detail: &DetailState, pane: ReportPane) -> Option<ReportPosition> {
    let Place { report, at } = detail.place()?;
    Some(ReportPosition { report: report.as_ref().to_owned(), pane, top: at, mention: detail.mention })
}

/// Restores the screen and the position of a jump list entry.
fn go(app: &mut App, place: JumpPlace) -> Vec<Effect> {
    app.pending.clear();
    match place {
        JumpPlace::List(report) => {
            app.stack.clear();
            (app.in_detail, app.zoomed) = (false, false);
            let row = report.and_then(|id| app.list.place_of(&id));
            row.map_or_else(Vec::new, |row| list::select(app, row))
        }
        JumpPlace::Report(position) => to_report(app, &position, AfterLoad::Stay),
        JumpPlace::People { of, person } => to_people(app, &of, person),
        JumpPlace::Official { id, line } => {
            let open = |screen: &Screen| matches!(screen, Screen::Official(page) if page.id == id);
            if uncover(app, open) {
                put_cursor_on(app, line.as_ref());
                return Vec::new();
            }
            official::push(app, id, line)
        }
        JumpPlace::QuotePage { subject, line } => {
            let open = |screen: &Screen| matches!(screen, Screen::QuotePage(page) if page.subject == subject);
            if uncover(app, open) {
                put_cursor_on(app, line.as_ref());
                return Vec::new();
            }
            quote_page::push(app, subject, line)
        }
    }
}

/// Closes the screens over the topmost one that is `wanted`. Returns false, and closes nothing, if none is open.
fn uncover(app: &mut App, wanted: impl Fn(&Screen) -> bool) -> bool {
    let Some(n) = app.stack.iter().rposition(wanted) else { return false };
    app.stack.truncate(n + 1);
    true
}

fn put_cursor_on(app: &mut App, line: Option<&Place>) {
    let lines = match app.stack.last_mut() {
        Some(Screen::Official(page)) => &mut page.lines,
        Some(Screen::QuotePage(page)) => &mut page.lines,
        _ => return,
    };
    lines.put_cursor_on(line);
}

fn to_people(app: &mut App, of: &ReportPosition, person: usize) -> Vec<Effect> {
    let open = |screen: &Screen| matches!(screen, Screen::People(people) if people.report == of.report);
    if uncover(app, open) {
        report_people::select(app, person);
        return Vec::new();
    }
    to_report(app, of, AfterLoad::People(Some(person)))
}

/// Shows a report where it was left, then does `then`: at once if the report is loaded, else once it is.
fn to_report(app: &mut App, to: &ReportPosition, then: AfterLoad) -> Vec<Effect> {
    let arrive = ArrivalPoint::Position { top: to.top, mention: to.mention };
    match to.pane {
        ReportPane::Opened => {
            let open = |screen: &Screen| matches!(screen, Screen::Reading(detail) if shows(detail, &to.report));
            if !uncover(app, open) {
                let effects = open_report::push_pane(app, &to.report, arrive);
                app.reading_mut().then = then;
                return effects;
            }
        }
        ReportPane::List | ReportPane::Detail => {
            app.stack.clear();
            app.in_detail = to.pane == ReportPane::Detail;
            app.zoomed &= app.in_detail;
            app.list.selected = app.list.place_of(&to.report).unwrap_or(app.list.selected);
        }
    }
    if shows(app.reading(), &to.report) && app.reading().wanted.is_none() {
        detail::restore_position(app, to.top, to.mention);
        return super::answers::after_load(app, then);
    }
    let effects = open_report::beside_list(app, to.report.clone(), arrive);
    app.detail.then = then;
    effects
}

/// Whether the pane shows the report of this id, or is loading it.
fn shows(detail: &DetailState, report: &str) -> bool {
    detail.id() == Some(report)
}

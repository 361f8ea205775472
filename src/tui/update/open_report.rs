//! Opens a report, or a place in one: in the pane next to the list, over another screen, to which Esc returns, or in
//! the pane in which a report is being read.

use super::jumps;
use crate::officials::Place;
use crate::tui::app::{AfterLoad, App, ArrivalPoint, DetailState, Screen};
use crate::tui::message::{Ask, Effect};

/// Opens the report `id` in the pane next to the list.
pub fn beside_list(app: &mut App, id: String, arrive: ArrivalPoint) -> Vec<Effect> {
    let (turn, effect) = app.ask(Ask::Load(id.clone()));
    // Resume where the last session ended only with the same filter: with another, the first hit is of more interest.
    let same_filter = app.list.filter.is_blank() || app.list.filter.text() == app.detail.last_filter;
    let as_left = arrive == ArrivalPoint::Start && same_filter;
    let left = app.detail.last_place.take_if(|place| *place.report == *id && as_left);
    app.detail.wanted = Some((turn, id));
    app.detail.arrive = left.map_or(arrive, |place| ArrivalPoint::Top(place.at));
    app.detail.then = AfterLoad::Stay;
    if !app.detail.own_query {
        app.detail.query.clone_from(&app.list.filter);
    }
    vec![effect]
}

/// Opens a place over the present screen; Esc returns to it.
pub fn over_screen(app: &mut App, place: &Place) -> Vec<Effect> {
    jumps::record(app);
    push_pane(app, &place.report, ArrivalPoint::At(place.at))
}

/// Loads a report into a new pane over the screen in front.
pub fn push_pane(app: &mut App, report: &str, arrive: ArrivalPoint) -> Vec<Effect> {
    let (turn, effect) = app.ask(Ask::Load(report.to_owned()));
    let detail = DetailState {
        wanted: Some((turn, report.to_owned())),
        arrive,
        look: app.detail.look,
        highlight: app.detail.highlight,
        ..DetailState::default()
    };
    app.stack.push(Screen::Reading(Box::new(detail)));
    vec![effect]
}

/// Goes to a place in the report that is being read. If the place is in another report, that is loaded into the same
/// pane.
pub fn in_same_pane(app: &mut App, place: &Place) -> Vec<Effect> {
    if app.mode() == crate::keymap::Mode::List {
        app.in_detail = true;
    }
    if app.reading().wanted.is_none() && app.reading().id() == Some(&*place.report) {
        super::detail::go_to_byte(app, place.at);
        return Vec::new();
    }
    if let Some(row) = app.list.place_of(&place.report).filter(|_| !app.opened_elsewhere()) {
        app.list.selected = row;
    }
    let (turn, effect) = app.ask(Ask::Load(place.report.as_ref().to_owned()));
    let detail = app.reading_mut();
    detail.wanted = Some((turn, place.report.as_ref().to_owned()));
    detail.arrive = ArrivalPoint::At(place.at);
    detail.then = AfterLoad::Stay;
    vec![effect]
}

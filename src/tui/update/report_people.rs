//! Handles the screen of the people of a report, in press order.

use super::{close, copy, input_line, jumps, moved, official, open_report, page_search, quote_page};
use crate::keymap::action::Action;
use crate::officials::Place;
use crate::tui::app::{App, InputPurpose, PageLine, PeopleState, Screen};
use crate::tui::message::Effect;
use crate::tui::quote_pages::PageSubject;
use crate::tui::text_layout::StyledText;
use crate::tui::{panes, people_layout};

/// Whether the report whose people would be shown is loaded: the one being read, which in the list must be the selected
/// one.
pub fn ready(app: &App) -> bool {
    let detail = app.reading();
    let selected = app.list.selected_row().map(|row| row.id.as_str());
    detail.wanted.is_none() && detail.report.is_some() && (app.opened_elsewhere() || detail.id() == selected)
}

/// Opens the people of the report that is being read.
pub fn open(app: &mut App) -> Vec<Effect> {
    jumps::record(app);
    show(app, None)
}

/// Shows the people of the report that is being read, with `person` selected. `None` selects the one under the cursor.
pub fn show(app: &mut App, person: Option<usize>) -> Vec<Effect> {
    let reading = app.reading();
    let Some(report) = reading.report.as_deref() else { return Vec::new() };
    let people = PeopleState {
        title: report.title.text.clone(),
        report: report.id.clone(),
        people: report.extraction.people.clone(),
        selected: person.or(reading.person().map(|mention| mention.person)).unwrap_or(0),
        ..PeopleState::default()
    };
    app.stack.push(Screen::People(people));
    Vec::new()
}

/// Selects person number `person` on the screen in front.
pub fn select(app: &mut App, person: usize) {
    if let Some(Screen::People(people)) = app.stack.last_mut() {
        people.select(person);
    }
}

/// Does an action of the people screen.
pub fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let page = usize::from(panes::inside(panes::middle(app), app.plain()).height).saturating_sub(2);
    let Some(Screen::People(people)) = app.stack.last_mut() else { return Vec::new() };
    if let Some(to) = moved(action, 1, people.selected, people.people.len(), page) {
        people.select(to);
        return Vec::new();
    }
    let selected = people.selected;
    match action {
        Action::Open => {
            let person = people.people.get(people.selected);
            let Some(at) = person.and_then(|p| p.mentions.first()).map(|m| m.span.start) else { return Vec::new() };
            let report = people.report.clone();
            jumps::record(app);
            close(app);
            if app.stack.is_empty() {
                app.in_detail = true;
            }
            open_report::in_same_pane(app, &Place { report: report.into(), at })
        }
        Action::Official => {
            let (report, person) = (people.report.clone(), people.selected);
            official::of(app, report, person)
        }
        Action::Post => match (app.reading().report.clone(), selected) {
            (Some(report), person) => quote_page::open_post_of(app, &report, person),
            (None, _) => Vec::new(),
        },
        Action::Unit => {
            let unit = app.reading().report.as_ref().and_then(|report| report.extraction.facts.unit.clone());
            quote_page::open_unit(app, unit)
        }
        Action::Compare | Action::CompareChosen => {
            let report = people.report.clone();
            quote_page::compare(app, action, report, PageSubject::Lineups)
        }
        Action::Search => input_line::open(app, InputPurpose::FindOnPage),
        Action::NextHit | Action::PrevHit => {
            page_search::hit(app, action == Action::PrevHit);
            Vec::new()
        }
        Action::OpenUrl => {
            let report = people.report.clone();
            copy::open_source_of(app, Some(report))
        }
        Action::CopyText => copy::page(app),
        Action::Export => input_line::open(app, InputPurpose::ExportPage),
        Action::Back => {
            close(app);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Keeps the selected person on screen.
pub fn fit(app: &mut App) {
    let (plain, lang) = (app.plain(), app.settings.lang);
    let area = panes::inside(panes::middle(app), plain);
    let Some(Screen::People(people)) = app.stack.last_mut() else { return };
    people.selected = people.selected.min(people.people.len().saturating_sub(1));
    let width = usize::from(area.width);
    let rows = people_layout::lay_out(&people.people, width, lang, plain).rows;
    let heights: Vec<usize> = rows.iter().map(Vec::len).collect();
    if people.lines.width == Some(width) {
        // A search moves the cursor of the lines.
        people.selected = people.person_of_line();
    } else {
        let report = people.report.clone();
        people.lines.lay_out(width, || lines(&report, rows));
        people.select(people.selected);
    }
    people.top = fit_rows(people.top, people.selected, &heights, people_layout::room(area, plain));
}

/// The lines of all people, in press order, for a search.
fn lines(report: &str, rows: Vec<Vec<Vec<StyledText>>>) -> Vec<PageLine> {
    let of_person = |(person, lines): (usize, Vec<Vec<StyledText>>)| {
        lines.into_iter().enumerate().map(move |(n, pieces)| PageLine {
            pieces,
            place: (n == 0).then(|| Place { report: report.into(), at: person }),
            continues: n > 0,
            ..PageLine::default()
        })
    };
    rows.into_iter().enumerate().flat_map(of_person).collect()
}

/// Scrolls down from `top` until all lines of item `selected` fit into `rows`, and returns the new first item.
/// `heights[n]` is the number of lines of item `n`: items differ, so `scrolled` does not apply.
fn fit_rows(top: usize, selected: usize, heights: &[usize], rows: usize) -> usize {
    let mut top = top.min(selected);
    while top < selected && heights.iter().take(selected + 1).skip(top).sum::<usize>() > rows {
        top += 1;
    }
    top
}

//! Draws the line at the top: the size of the cache, then the input line, or the filter with the number of reports that
//! match. Below it is the first problem of the filter.

use super::canvas::Canvas;
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::lang::{Phrase, numbers::grouped, phrases};
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::app::{ActiveInput, App, InputPurpose, Screen};
use crate::tui::panes::{self, TWO_PANES};
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use std::borrow::Cow;

/// On a screen narrower than this, in cells, input line and filter take the whole line.
const LINE_ALONE: u16 = 60;

/// The cells that the input line or filter needs in addition to its text: for the label, the cursor and the counts.
const LINE_ROOM: usize = 32;

/// The least width, in cells, for writing the number of hidden reports with a word (`3 hidden`) whatever the filter. On
/// a narrower line it is written so beside a filter that leaves room.
const WITH_WORD: u16 = 40;

/// The least width for writing it with a sign (`−3`). On a narrower line the filter needs every cell.
const WITH_SIGN: u16 = 30;

/// Draws the top line in `area`, and the first problem of the filter in `problems`, the lines below it.
pub fn draw(app: &App, paint: &mut Canvas<'_>, area: Rect, problems: Rect) {
    let typing = app.line.is_some();
    let filtered = !app.list.filter.text().is_empty();
    if (typing || filtered) && area.width < LINE_ALONE {
        let room = Rect { x: area.x + 1, width: area.width.saturating_sub(1), ..area };
        return line(app, paint, room, problems);
    }
    let mut x = paint.text(area.x, area.y, area.width, " baocao", ThemeRole::Title) + 3;
    let roomy = area.width >= TWO_PANES || !(typing || filtered);
    if roomy && (app.list.window.counted || app.list.window.all > 0) {
        // What is typed and the filter matter more than how large the cache is.
        let needed = match &app.line {
            Some(typed) => wrap::width(&said_of(app, typed.purpose)) + written(app) + 6,
            // 8: the colon and a blank, three blanks before the label and three around the counts.
            None if filtered => {
                let label = phrases::FILTER.say(app.settings.lang);
                wrap::width(label) + written(app) + wrap::width(&counts_said(app, area.width)) + 8
            }
            None => 0,
        };
        let room = usize::from(area.right().saturating_sub(x)).saturating_sub(needed);
        x = paint.text(x, area.y, area.right().saturating_sub(x), &cache_size(app, room), ThemeRole::Dim) + 3;
    }
    // The line begins in the middle as long as it fits there, else right after the size of the cache.
    let middle = area.width >= TWO_PANES && written(app) + LINE_ROOM <= usize::from(area.width / 2);
    let x = x.max(if middle { area.width / 2 } else { 10 }).min(area.right());
    let room = Rect { x, width: area.right() - x, ..area };
    line(app, paint, room, problems);
}

/// The width of what is typed, else of the filter, in cells.
fn written(app: &App) -> usize {
    wrap::width(app.line.as_ref().map_or(app.list.filter.text(), |typed| typed.line.text()))
}

/// Draws the input line if one is open, else the filter if there is one.
fn line(app: &App, paint: &mut Canvas<'_>, room: Rect, problems: Rect) {
    match &app.line {
        Some(typed) => input(app, typed, paint, room, problems),
        None if !app.list.filter.text().is_empty() => {
            let end = counts(app, paint, room);
            let x = paint.text(
                room.x,
                room.y,
                room.width,
                &label(app, phrases::FILTER.say(app.settings.lang), room.width),
                ThemeRole::Dim,
            );
            let filter = wrap::shorten(app.list.filter.text(), usize::from(end.saturating_sub(x + 2)));
            draw_marked(app, paint, Rect { x, width: end.saturating_sub(x), ..room }, &filter, 0);
            draw_problem(app, paint, problems, x, 0);
        }
        None => {}
    }
}

/// The label of the line: what it is for, or on a narrow screen the key that opens it.
fn label(app: &App, said: &str, width: u16) -> String {
    let sign = if app.line.as_ref().is_some_and(|typed| typed.purpose == InputPurpose::Tags) { "#" } else { "/" };
    if width < panes::NARROW { sign.to_owned() } else { format!("{said}: ") }
}

/// What an input line is for, in words.
fn said_of(app: &App, purpose: InputPurpose) -> Cow<'static, str> {
    let phrase = match purpose {
        InputPurpose::Filter => phrases::FILTER,
        InputPurpose::Find | InputPurpose::FindOnPage | InputPurpose::Help | InputPurpose::Doubts => phrases::FIND_HERE,
        InputPurpose::Tags => phrases::TAGS,
        InputPurpose::Date => phrases::DATE,
        InputPurpose::Note => phrases::NOTE,
        InputPurpose::SaveFilter => phrases::FILTER_NAME,
        InputPurpose::Import => phrases::IMPORT_PATH,
        InputPurpose::Export => {
            let picked = app.list.picked.ids.len();
            let (phrase, reports) = match picked {
                0 => (phrases::EXPORT_LIST_TO, app.list.window.total),
                _ => (phrases::EXPORT_PICKED_TO, picked),
            };
            return phrase.count(app.settings.lang, reports).into();
        }
        InputPurpose::ExportPage => phrases::EXPORT_PAGE_TO,
    };
    phrase.say(app.settings.lang).into()
}

/// What is shown in an input line as long as nothing is typed. `None` for most.
fn hint_of(purpose: InputPurpose) -> Option<Phrase> {
    match purpose {
        InputPurpose::Find | InputPurpose::FindOnPage => Some(phrases::FIND_HINT),
        InputPurpose::Export => Some(phrases::EXPORT_HINT),
        InputPurpose::ExportPage => Some(phrases::EXPORT_PAGE_HINT),
        _ => None,
    }
}

/// The number of reports, officials and identities to review in the cache, without the last or the last two if they do
/// not fit into `room` cells.
fn cache_size(app: &App, room: usize) -> String {
    let lang = app.settings.lang;
    let mut reports = phrases::REPORTS_N.count(lang, app.list.window.all);
    if let Some(undated) = app.list.window.undated.filter(|undated| *undated > 0 && app.list.filter.text().is_empty()) {
        let with_undated = format!("{reports} ({})", phrases::UNDATED_N.fill(lang, &[&grouped(undated, lang)]));
        if wrap::width(&with_undated) <= room {
            reports = with_undated;
        }
    }
    let both = app.officials.map(|officials| format!("{reports} · {}", phrases::OFFICIALS_N.count(lang, officials)));
    let key = app.keymap.key_of(Mode::List, Action::Doubts);
    let doubts = phrases::DOUBTS_N.fill(lang, &[&grouped(app.doubts, lang), &key]);
    let all = both.as_ref().filter(|_| app.doubts > 0).map(|both| format!("{both} · {doubts}"));
    all.into_iter().chain(both).chain([reports]).find(|said| wrap::width(said) <= room).unwrap_or_default()
}

/// Draws the input line with its label, its cursor and its counts.
fn input(app: &App, typed: &ActiveInput, paint: &mut Canvas<'_>, room: Rect, problems: Rect) {
    let said = said_of(app, typed.purpose);
    let end = match typed.purpose {
        InputPurpose::Filter => counts(app, paint, room),
        InputPurpose::Find | InputPurpose::FindOnPage => hits(app, paint, room),
        _ => room.right(),
    };
    let x = paint.text(room.x, room.y, room.width, &label(app, &said, room.width), ThemeRole::Key);
    let cells = end.saturating_sub(x + 2);
    let (shown, cursor) = typed.line.shown(usize::from(cells).max(1));
    paint.cursor = Some(Position::new(x + (cursor as u16).min(cells), room.y));
    if let Some(hint) = hint_of(typed.purpose).filter(|_| shown.is_empty()) {
        let hint = hint.say(app.settings.lang);
        // After a blank for the cursor.
        paint.text(
            x + 1,
            room.y,
            cells.saturating_sub(1),
            &wrap::shorten(hint, usize::from(cells.saturating_sub(1))),
            ThemeRole::Dim,
        );
        return;
    }
    if typed.purpose != InputPurpose::Filter {
        paint.text(x, room.y, cells, shown, ThemeRole::Title);
        return;
    }
    let start = typed.line.text().find(shown).unwrap_or(0);
    draw_marked(app, paint, Rect { x, width: cells, ..room }, shown, start);
    draw_problem(app, paint, problems, x, start);
}

/// Draws `shown`, the part of the filter that begins at its byte `start`. Parts that were not understood are
/// underlined; while the filter is being typed, mild problems are not, because the next letter may solve them.
fn draw_marked(app: &App, paint: &mut Canvas<'_>, line: Rect, shown: &str, start: usize) {
    let Rect { x, y, width: room, .. } = line;
    paint.text(x, y, room, shown, ThemeRole::Title);
    let at = |byte: usize| byte.saturating_sub(start).min(shown.len());
    for problem in app.list.filter.problems().iter().filter(|problem| !problem.mild || app.line.is_none()) {
        let (from, to) = (at(problem.span.start), at(problem.span.end));
        let (Some(before), Some(part)) = (shown.get(..from), shown.get(from..to)) else { continue };
        let before = wrap::width(before) as u16;
        let style = paint.theme.style(ThemeRole::Problem).add_modifier(Modifier::UNDERLINED);
        paint.styled(x + before, y, room.saturating_sub(before), part, style);
    }
}

/// Draws the number of reports that match and of those that are hidden. Returns the column where that begins.
fn counts(app: &App, paint: &mut Canvas<'_>, room: Rect) -> u16 {
    paint.right(room, room.y, &format!("  {} ", counts_said(app, room.width)), ThemeRole::Notice)
}

/// The number of reports that match and of those that are hidden, on a line of `width` cells.
fn counts_said(app: &App, width: u16) -> String {
    let (lang, total, all) = (app.settings.lang, app.list.window.total, app.list.window.all);
    if !app.list.window.counted {
        return format!("{}…", grouped(total, lang));
    }
    let (found, hidden) = (grouped(total, lang), grouped(all.saturating_sub(total), lang));
    if total == all || width < WITH_SIGN {
        return found;
    }
    let with_word = format!("{found} · {}", phrases::HIDDEN.fill(lang, &[&hidden]));
    // While a filter is typed its length changes with every key, and the form of the counts must not.
    let label = label(app, phrases::FILTER.say(lang), width);
    let whole = wrap::width(&label) + written(app) + wrap::width(&with_word) + 5;
    let fits = app.line.is_none() && whole <= usize::from(width);
    if width >= WITH_WORD || fits { with_word } else { format!("{found} −{hidden}") }
}

/// Draws the number of the current hit and the number of hits. Returns the column where that begins.
fn hits(app: &App, paint: &mut Canvas<'_>, room: Rect) -> u16 {
    let (at, count) = match app.stack.last() {
        Some(Screen::Official(page)) => (page.lines.search.at, page.lines.search.hits.len()),
        Some(Screen::QuotePage(page)) => (page.lines.search.at, page.lines.search.hits.len()),
        Some(Screen::People(people)) => (people.lines.search.at, people.lines.search.hits.len()),
        _ => (app.reading().hit, app.reading().hits.len()),
    };
    let at = at.map_or(0, |n| n + 1);
    paint.right(room, room.y, &format!("  {at}/{count} "), ThemeRole::Notice)
}

/// Draws the first problem of the filter; if there is none, how many reports without a day it leaves out. If there is
/// room, it is next to an arrow below the part that it is about,
/// else it takes the whole width. `x` is the column of the filter's byte `from`, the first one shown.
fn draw_problem(app: &App, paint: &mut Canvas<'_>, area: Rect, x: u16, from: usize) {
    paint.clear(area);
    let Some(problem) = app.list.filter.problems().first().filter(|_| area.height > 0) else {
        for (line, y) in panes::problem_lines(app).iter().zip(area.top()..area.bottom()) {
            paint.text(area.x + 1, y, area.width.saturating_sub(1), line, ThemeRole::Dim);
        }
        return;
    };
    let role = if problem.mild && app.line.is_some() { ThemeRole::Dim } else { ThemeRole::Problem };
    let lines = panes::problem_lines(app);
    let typed = app.list.filter.text();
    let before = wrap::width(typed.get(from..problem.span.start).unwrap_or_default()) as u16;
    let sign = x.saturating_add(before);
    if let [said] = lines.as_slice()
        && sign < area.right()
    {
        let wide = wrap::width(said) as u16 + 2;
        let after = sign + wide < area.right();
        if after || sign > area.x + wide {
            paint.text(sign, area.y, 1, "↑", role);
            let start = if after { sign + 2 } else { sign + 1 - wide };
            paint.text(start, area.y, wide, said, role);
            return;
        }
    }
    // An empty first line is reserved for the arrow. It stays empty if the part has been scrolled out of the line.
    if lines.first().is_some_and(String::is_empty) && problem.span.start >= from {
        paint.text(sign, area.y, area.right().saturating_sub(sign).min(1), "↑", role);
    }
    for (line, y) in lines.iter().zip(area.top()..area.bottom()).filter(|(line, _)| !line.is_empty()) {
        paint.text(area.x + 1, y, area.width.saturating_sub(1), line, role);
    }
}

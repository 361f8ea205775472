//! Draws the line at the bottom: a notice if there is one, else how far a run that fetches reports is, and the most
//! important keys of the current mode that have something to act on. Keys and their words are taken from the keymap.

use super::canvas::Canvas;
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::keymap::action::Action::{
    AcceptLine, AddNote, Back, Close, Compare, CompareChosen, Complete, CopyCitation, CopyText, Counts, Down, Export,
    ExtendDown, ExtendUp, Help, Highlight, Later, Merge, NextHit, NextPerson, NextReport, NextReportHit, NextUnread,
    Official, Officials, Older, Open, OtherPane, Palette, People, Post, PrevHit, PrevPerson, PrevReport, Remove,
    Restore, Search, SelectEntity, SelectParagraph, SelectSentence, Sort, Split, Star, Tags, ToggleRead, Typing, Undo,
    UndoMark, Unfold, Unit, Up, Zoom,
};
use crate::lang::{numbers, phrases};
use crate::sync::event::SyncProgress;
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::app::{App, SyncStatus};
use crate::tui::tour;
use ratatui::layout::Rect;

/// For each mode, the actions that the footer shows, the most needed first. The actions of a group are shown together:
/// the keys of all, and the words of the first one.
const FOOTER: &[(Mode, &[&[Action]])] = &[
    (
        Mode::List,
        &[
            &[Open],
            &[Search],
            &[Help],
            &[Close],
            &[Down, Up],
            &[Officials],
            &[People],
            &[NextUnread],
            &[Sort],
            &[Star],
            &[CopyText],
            &[Palette],
        ],
    ),
    (
        Mode::Detail,
        &[
            &[NextPerson, PrevPerson],
            &[Search],
            &[Help],
            &[NextHit, PrevHit],
            &[Back],
            &[People],
            &[Official],
            &[NextReport, PrevReport],
            &[CopyText],
            &[NextReportHit],
            &[Highlight],
            &[Zoom],
            &[Close],
        ],
    ),
    (Mode::People, &[&[Open], &[Back], &[Help], &[Official], &[Post], &[Compare], &[CompareChosen], &[Unit], &[Close]]),
    (Mode::Finder, &[&[Open], &[Back], &[Down, Up], &[Typing], &[Undo], &[Help]]),
    (Mode::Official, &[&[Open], &[Back], &[Help], &[Post], &[Unit], &[Official], &[Merge], &[Split], &[Close]]),
    (Mode::Post, &[&[Open], &[Back], &[Help], &[Official], &[Unit], &[Officials], &[Close]]),
    (Mode::Unit, &[&[Open], &[Back], &[Help], &[Official], &[Post], &[Unit], &[Compare], &[Officials], &[Close]]),
    (
        Mode::Doubts,
        &[
            &[Merge],
            &[Split],
            &[Later],
            &[Undo],
            &[Open],
            &[Back],
            &[Help],
            &[Search],
            &[Close],
            &[OtherPane],
            &[Official],
        ],
    ),
    (Mode::Lineups, &[&[Open], &[OtherPane], &[Back], &[Help], &[Compare], &[Official], &[Close]]),
    (Mode::Texts, &[&[Open], &[OtherPane], &[Back], &[Help], &[Unfold], &[People], &[Close]]),
    (Mode::Counts, &[&[Open], &[Back], &[Help], &[Down, Up], &[Counts], &[Search], &[Close]]),
    (Mode::Output, &[&[Down, Up], &[CopyText], &[Search], &[Back], &[Help], &[Close]]),
    (Mode::Notes, &[&[Open], &[AddNote], &[Remove], &[UndoMark], &[Back], &[Help], &[Search], &[Close]]),
    (
        Mode::Select,
        &[
            &[Down, Up],
            &[AddNote],
            &[Help],
            &[CopyText],
            &[CopyCitation],
            &[ExtendDown, ExtendUp],
            &[SelectParagraph],
            &[SelectEntity],
            &[SelectSentence],
            &[Back],
        ],
    ),
    (Mode::Help, &[&[Back], &[Search], &[Down, Up], &[Close]]),
    (Mode::Palette, &[&[Open], &[Back], &[Down, Up]]),
    (Mode::Menu, &[&[Open], &[Back], &[Down, Up], &[Help]]),
    (Mode::Line, &[&[AcceptLine], &[Restore], &[Complete], &[Older], &[Typing], &[Undo], &[Help]]),
];

/// The footer of the list while rows are picked: what is done to all of them.
const FOOTER_OF_PICKED: &[&[Action]] =
    &[&[Star], &[Tags], &[ToggleRead], &[Export], &[Remove], &[Back], &[UndoMark], &[Help]];

/// The largest number of groups in the footer, even if there is room: nobody would read more.
const MOST: usize = 9;

/// Draws the bottom line: a notice, or the keys that fit.
pub fn draw(app: &App, paint: &mut Canvas<'_>, area: Rect) {
    if let Some(notice) = &app.notice {
        let role = if notice.problem { ThemeRole::Problem } else { ThemeRole::Notice };
        let text = wrap::shorten(&notice.text, usize::from(area.width.saturating_sub(2)));
        paint.text(area.x + 1, area.y, area.width.saturating_sub(1), &text, role);
        return;
    }
    let right = corner(app);
    let mut room = usize::from(area.width).saturating_sub(wrap::width(&right) + 1);
    let mut x = area.x + 1;
    if let Some(status) = &app.sync {
        let text = wrap::shorten(&sync_line(app, status), room.saturating_sub(2));
        x = paint.text(x, area.y, area.right().saturating_sub(x), &text, ThemeRole::Notice) + 2;
        room = room.saturating_sub(wrap::width(&text) + 2);
    }
    for (keys, words) in hints(app, room) {
        x = paint.text(x, area.y, area.right().saturating_sub(x), &keys, ThemeRole::Key) + 1;
        x = paint.text(x, area.y, area.right().saturating_sub(x), &words, ThemeRole::Dim) + 2;
    }
    paint.right(area, area.y, &right, ThemeRole::Notice);
}

/// How far the run is that fetches reports, with the key that stops it.
fn sync_line(app: &App, status: &SyncStatus) -> String {
    let lang = app.settings.lang;
    let key = app.keymap.key_of(Mode::List, Action::Sync);
    if status.stopping {
        return phrases::SYNC_STOPPING.say(lang).to_owned();
    }
    let Some(SyncProgress { new, pages_done, pages_left, .. }) = status.progress else {
        return phrases::SYNC_BEGINS.fill(lang, &[&key]);
    };
    let rate = status.per_minute.map(|rate| phrases::SYNC_RATE.fill(lang, &[&rate.to_string()])).unwrap_or_default();
    let count = |number| numbers::grouped(number, lang);
    phrases::SYNC_PROGRESS.fill(lang, &[&count(new), &count(pages_done), &count(pages_left), &rate, &key])
}

/// Draws the line of the tour, if there is one.
pub fn draw_tour(app: &App, paint: &mut Canvas<'_>, area: Rect) {
    let line = app.tour.and_then(|at| tour::line(at, &app.keymap, app.settings.lang));
    if let Some(line) = line.filter(|_| area.height > 0) {
        let text = wrap::shorten(&line, usize::from(area.width.saturating_sub(2)));
        paint.text(area.x + 1, area.y, area.width.saturating_sub(1), &text, ThemeRole::Notice);
    }
}

/// The text at the right end: the keys of an incomplete sequence, else the built-in input method where text is typed.
fn corner(app: &App) -> String {
    use crate::config::InputMethod;
    let count = app.count.map(|count| count.to_string()).unwrap_or_default();
    let pending: String = app.pending.iter().filter_map(|chord| chord.typed()).collect();
    let typing = match app.settings.typing {
        InputMethod::Telex if app.mode().types() => "Telex ",
        InputMethod::Vni if app.mode().types() => "VNI ",
        _ => "",
    };
    let pending = format!("{count}{pending}");
    if pending.is_empty() { typing.to_owned() } else { format!("{pending}… ") }
}

/// The keys and words of the groups that have something to act on and fit into `room` cells.
fn hints(app: &App, room: usize) -> Vec<(String, String)> {
    let (mode, lang) = (app.mode(), app.settings.lang);
    let groups = if mode == Mode::List && !app.list.picked.is_empty() {
        FOOTER_OF_PICKED
    } else {
        FOOTER.iter().find(|row| row.0 == mode).map_or(&[][..], |row| row.1)
    };
    // In the list of all reports, the key that closes what is in front ends the reader: the footer says so.
    let ends = mode == Mode::List && !app.shows_new();
    let told = |action: Action| if ends && action == Close { Action::Quit } else { action };
    let mut used = 1;
    let mut shown = Vec::new();
    let useful = groups.iter().filter(|group| group.iter().any(|action| app.has_use_for(*action)));
    for (n, group) in useful.enumerate() {
        let keys: Vec<String> =
            group.iter().map(|action| app.keymap.key_of(mode, *action)).filter(|k| !k.is_empty()).collect();
        let first =
            group.first().and_then(|action| app.keymap.rows(mode).find(|row| row.binding.action == told(*action)));
        let Some(words) = first.map(|row| row.binding.hint.say(lang)).filter(|_| !keys.is_empty()) else { continue };
        let keys = keys.join(" ");
        used += wrap::width(&keys) + wrap::width(words) + 3;
        if used > room + 2 || n >= MOST {
            break;
        }
        shown.push((keys, words.to_owned()));
    }
    shown
}

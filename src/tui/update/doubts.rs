//! Handles the review of uncertain identities: decides one doubt after the other, each with one key, undoes, searches
//! by name, and requests more when the cursor is at the end. The cursor goes to the next doubt as soon as a key has
//! decided one, before the worker answers, so that keys may be pressed as fast as the reader reads.

use super::orders;
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::officials::decision::{Decision, Verdict};
use crate::store::UndoneStep;
use crate::tui::app::{App, DoubtPlaces, PageLine, PageLineKind, QuotePageState, Screen, StateBefore};
use crate::tui::message::{Ask, Effect};
use crate::tui::quote_pages::doubts::{DoubtsQuery, STEP};
use crate::tui::quote_pages::{PageContent, PageSubject};

/// The review in front. `None` if another screen is.
fn page(app: &mut App) -> Option<&mut QuotePageState> {
    match app.stack.last_mut() {
        Some(Screen::QuotePage(page)) if matches!(page.subject, PageSubject::Doubts(_)) => Some(page),
        _ => None,
    }
}

/// The names that the review in front was searched for; empty if for none, or if another screen is in front.
pub fn names(app: &App) -> String {
    match app.stack.last() {
        Some(Screen::QuotePage(page)) => match &page.subject {
            PageSubject::Doubts(query) => query.names.clone(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// Requests the doubts about people whose names match.
pub fn search(app: &mut App, names: String) -> Vec<Effect> {
    let Some(page) = page(app) else { return Vec::new() };
    let subject = PageSubject::Doubts(DoubtsQuery { names, least: STEP });
    if page.subject == subject {
        return Vec::new();
    }
    if let PageSubject::Doubts(query) = &subject {
        super::page_search::light(&mut page.lines, &query.names);
    }
    page.subject = subject;
    request(app)
}

/// Requests the content of the review in front.
fn request(app: &mut App) -> Vec<Effect> {
    let Some(subject) = page(app).map(|page| page.subject.clone()) else { return Vec::new() };
    let (turn, effect) = app.ask(Ask::QuotePage(subject));
    if let Some(page) = page(app) {
        page.turn = turn;
    }
    vec![effect]
}

/// Requests more doubts once the cursor is on the last of those loaded.
pub fn more(app: &mut App) -> Vec<Effect> {
    let Some(page) = page(app) else { return Vec::new() };
    let last = page.lines.all.len().saturating_sub(1);
    let at_end = page.lines.selected == page.lines.nearest(last, false);
    let (PageSubject::Doubts(query), Some(PageContent::Doubts(content))) = (&mut page.subject, page.content.as_deref())
    else {
        return Vec::new();
    };
    // If more doubts were requested than are loaded, the answer is still on its way.
    if !at_end || content.more() == 0 || query.least > content.doubts.len() {
        return Vec::new();
    }
    query.least = content.doubts.len() + STEP;
    request(app)
}

/// The name that the doubt of these places is about; empty if there is none.
fn name_of(page: &QuotePageState, places: Option<&DoubtPlaces>) -> String {
    let (Some(PageContent::Doubts(content)), Some(places)) = (page.content.as_deref(), places) else {
        return String::new();
    };
    let doubt = content.doubts.iter().find(|doubt| {
        let own = DoubtPlaces { this: doubt.this.place.clone(), that: doubt.that.place.clone() };
        own.is_same(places)
    });
    doubt.map(|doubt| doubt.name.clone()).unwrap_or_default()
}

/// Decides the doubt under the cursor, and goes on to the next one.
pub fn judge_here(app: &mut App, one: bool, line: PageLine) -> Vec<Effect> {
    let Some(page) = page(app) else { return Vec::new() };
    let here = page.lines.doubt_at(page.lines.selected);
    let name = name_of(page, here.as_ref());
    let next = here.and_then(|here| page.lines.other_doubt(Some(&here), page.lines.selected));
    page.lines.selected = next.unwrap_or(page.lines.selected);
    judge(app, one, name, line)
}

/// Settles the doubt of a line with a decision: the two mentions of `name` are one person (`one`), or two.
pub fn judge(app: &mut App, one: bool, name: String, line: PageLine) -> Vec<Effect> {
    let lang = app.settings.lang;
    let is_doubt = line.sort == PageLineKind::Doubt;
    let (Some(official), Some(this), Some(that)) = (line.official.filter(|_| is_doubt), line.place, line.other) else {
        app.say(phrases::NO_DOUBT_HERE.say(lang));
        return Vec::new();
    };
    let key = app.keymap.key_of(Mode::Doubts, Action::Undo);
    let said = if one { phrases::JUDGED_ONE } else { phrases::JUDGED_TWO }.fill(lang, &[&name, &key]);
    let verdict = if one { Verdict::Same } else { Verdict::Apart };
    let decision = Decision { verdict, name, this, that };
    let (turn, effect) = orders::send(app, Ask::Judge { official, decision }, said, StateBefore::Same);
    app.decision_turn = turn;
    vec![effect]
}

/// Leaves the doubt under the cursor undecided and goes on to the next one, from the last one to the first.
pub fn later(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(page) = page(app) else { return Vec::new() };
    let here = page.lines.doubt_at(page.lines.selected);
    let name = name_of(page, here.as_ref());
    let next = page.lines.other_doubt(here.as_ref(), page.lines.selected);
    let is_last = next.is_none();
    let end = page.lines.nearest(page.lines.all.len().saturating_sub(1), false);
    page.lines.selected = next.unwrap_or(end);
    let effects = more(app);
    if is_last
        && effects.is_empty()
        && let Some(page) = self::page(app)
    {
        page.lines.selected = page.lines.nearest(0, true);
        app.say(phrases::LAST_DOUBT.say(lang));
    } else if !name.is_empty() {
        app.say(phrases::LEFT_FOR_LATER.fill(lang, &[&name]));
    }
    effects
}

/// Undoes the last decision. `official` is the id of the one in front, whose page may need another id afterwards.
pub fn undo(app: &mut App, official: String) -> Vec<Effect> {
    let (turn, effect) = orders::send_silently(app, Ask::Undo(official), StateBefore::Same);
    orders::show_saving(app);
    app.decision_turn = turn;
    vec![effect]
}

/// Says what was undone, and puts the cursor of the review on the doubt that is open again.
pub fn undone(app: &mut App, step: UndoneStep) {
    let lang = app.settings.lang;
    let key = app.keymap.key_of(Mode::Doubts, Action::Undo);
    let decision = step.decisions.into_iter().next();
    let name = decision.as_ref().map_or(step.key, |decision| decision.name.clone());
    app.say(if step.more {
        phrases::UNDONE.fill(lang, &[&name, &key])
    } else {
        phrases::UNDONE_FIRST.fill(lang, &[&name])
    });
    if let (Some(page), Some(Decision { this, that, .. })) = (page(app), decision) {
        page.lines.restore_doubt = Some(DoubtPlaces { this, that });
    }
}

/// Remembers the doubt under the cursor before the lines are replaced, so that the cursor stays on it.
pub fn keep_cursor(page: &mut QuotePageState) {
    let here = page.lines.doubt_at(page.lines.selected);
    page.lines.restore_doubt = page.lines.restore_doubt.take().or(here);
}

//! Writes, changes and removes the reader's notes, in one input line or in the user's editor, and shows them wherever
//! what they are about is open. A new line in a note is shown in the input line as `↵`.

use super::{input_line, orders, quote_page, selection};
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::officials::identity::ids::shared_part;
use crate::report::{Report, Span};
use crate::store::{Note, NoteChange, NoteChanged, NoteSubject};
use crate::text::canonical::canonical_text;
use crate::text::sentence_bounds;
use crate::tui::app::{
    ActiveInput, App, DetailState, InputPurpose, InputSnapshot, PageLineKind, Screen, StateBefore, UndoStep,
};
use crate::tui::input_line::{InputLine, LONGEST};
use crate::tui::message::{Ask, Effect};
use crate::tui::quote_pages::{PageContent, PageSubject};

/// Stands for a new line in the input line.
const NEW_LINE: &str = "↵";

/// Opens the line for a note on what is in front: the selection, the sentence under the cursor, else the report; the
/// official; on the page of notes the note itself. If there is a note on exactly that already, it is changed.
pub fn open(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(note) = note_here(app) else {
        let said = if app.mode() == Mode::Notes { phrases::NO_NOTE_HERE } else { phrases::NO_REPORT };
        app.say(said.say(lang));
        return Vec::new();
    };
    app.reading_mut().selection = None;
    input_line::open(app, InputPurpose::Note);
    let (typing, fits) = (app.settings.typing, fits_line(&note));
    let text = note.text.clone();
    if let Some(typed) = &mut app.line {
        let shown = if fits { on_one_line(&text) } else { String::new() };
        typed.line = InputLine::new(&shown, &[], typing);
        typed.before = InputSnapshot::Note(Box::new(note));
    }
    if fits { Vec::new() } else { vec![Effect::Edit { text, folder: app.settings.state.clone() }] }
}

/// Whether the input line can take the note. A longer one is opened in the editor.
fn fits_line(note: &Note) -> bool {
    note.text.len() <= LONGEST || note.text.chars().count() <= LONGEST
}

/// A text as the input line shows it: with a sign for each new line.
pub fn on_one_line(text: &str) -> String {
    text.replace("\r\n", NEW_LINE).replace('\n', NEW_LINE)
}

/// The editor gave nothing to keep. The line stays open, unless the note is too long for it.
pub fn not_edited(app: &mut App) {
    let unfit = |typed: &ActiveInput| matches!(&typed.before, InputSnapshot::Note(note) if !fits_line(note));
    app.line.take_if(|typed| unfit(typed));
}

/// The note on what is in front: the one that there is, or a new one.
fn note_here(app: &App) -> Option<Note> {
    match app.stack.last() {
        Some(Screen::Official(page)) => {
            let shown = page.page.as_ref()?;
            let places = shown.reports.iter().map(|report| report.place.clone()).collect();
            let subject = NoteSubject::Official { id: page.id.clone(), name: shown.name.clone(), places };
            // One that may be about another is this official's once it is changed here.
            let known = page.notes.iter().rfind(|own| own.certain).or(page.notes.last());
            Some(match known {
                Some(own) => Note { subject, ..own.note.clone() },
                None => Note::new(subject),
            })
        }
        Some(Screen::QuotePage(_)) => on_line(app),
        _ if app.mode() == Mode::List => {
            let row = app.list.selected_row()?;
            let subject = NoteSubject::Report { report: row.id.clone(), title: row.title.clone() };
            let shown = app.detail.report.as_ref().filter(|report| report.id == row.id);
            let known = shown.and_then(|_| app.detail.notes.iter().find(|note| note.subject == subject));
            Some(known.cloned().unwrap_or_else(|| Note::new(subject)))
        }
        _ => {
            let detail = app.reading();
            let subject = subject_in(app, detail, detail.report.as_deref()?);
            let known = detail.notes.iter().find(|note| note.subject == subject);
            Some(known.cloned().unwrap_or_else(|| Note::new(subject)))
        }
    }
}

/// What a note in a report is about: the selection; the sentence of the person or the hit under the cursor; else the
/// report.
fn subject_in(app: &App, detail: &DetailState, report: &Report) -> NoteSubject {
    let under_cursor = || {
        let cursor = detail.person().map(|mention| mention.span).or(detail.current_hit()).or(detail.spot)?;
        let at = selection::place(app);
        let sentence = sentence_bounds::around(&report.text, at);
        (at == cursor.start && !sentence.is_empty()).then(|| Span::new(sentence.start, sentence.end))
    };
    match detail.selection.map(|selection| selection.span).or_else(under_cursor) {
        Some(span) => NoteSubject::Passage { report: report.id.clone(), span, quote: span.of(&report.text).to_owned() },
        None => NoteSubject::Report { report: report.id.clone(), title: report.title.text.clone() },
    }
}

/// The note of the line under the cursor on the page of notes.
pub fn on_line(app: &App) -> Option<Note> {
    let Some(Screen::QuotePage(page)) = app.stack.last() else { return None };
    let Some(PageContent::Notes(rows)) = page.content.as_deref() else { return None };
    let PageLineKind::Note(number) = page.lines.line()?.sort else { return None };
    rows.iter().map(|row| &row.note).find(|note| note.number == Some(number)).cloned()
}

/// Keeps what is typed as the text of the note. An empty line removes a note that there was.
pub fn keep(app: &mut App, typed: &str, note: Note) -> Vec<Effect> {
    // Opening a note and keeping it is no change, although the line has it in canonical spelling.
    if note.number.is_some() && typed == canonical_text(&on_one_line(&note.text)) {
        return Vec::new();
    }
    keep_text(app, &typed.replace(NEW_LINE, "\n"), note)
}

fn keep_text(app: &mut App, text: &str, note: Note) -> Vec<Effect> {
    let text = text.trim();
    match note.number {
        _ if text == note.text => Vec::new(),
        Some(number) if text.is_empty() => send(app, NoteChange::Remove(number)),
        _ => send(app, NoteChange::Put(Note { text: text.to_owned(), ..note })),
    }
}

/// Removes the note of the line under the cursor.
pub fn remove(app: &mut App) -> Vec<Effect> {
    let Some(number) = on_line(app).and_then(|note| note.number) else {
        let lang = app.settings.lang;
        app.say(phrases::NO_NOTE_HERE.say(lang));
        return Vec::new();
    };
    send(app, NoteChange::Remove(number))
}

fn send(app: &mut App, change: NoteChange) -> Vec<Effect> {
    let said = if matches!(change, NoteChange::Put(_)) { phrases::NOTE_SAVED } else { phrases::NOTE_REMOVED };
    let undo_mode = if app.mode() == Mode::Line { Mode::List } else { app.mode() };
    let key = app.keymap.key_of(undo_mode, Action::UndoMark);
    let said = said.fill(app.settings.lang, &[&key]);
    let (_, effect) = orders::send(app, Ask::ChangeNote(change), said, StateBefore::Same);
    orders::allow_undo(app);
    vec![effect]
}

/// Undoes a change of a note.
pub fn undo(app: &mut App, change: NoteChange, said: String) -> Vec<Effect> {
    vec![orders::send(app, Ask::ChangeNote(change), said, StateBefore::Same).1]
}

/// Shows what was changed wherever it is open, and asks for the notes again where they are listed.
pub fn changed(app: &mut App, changed: &NoteChanged) -> Vec<Effect> {
    let before = match &changed.undo {
        Some(NoteChange::Put(before)) => Some(before),
        _ => None,
    };
    let Some(about) = changed.now.as_ref().or(before) else { return Vec::new() };
    let (number, report) = (about.number.or(before.and_then(|note| note.number)), about.report());
    let opened = app.stack.iter_mut().filter_map(|screen| match screen {
        Screen::Reading(detail) => Some(detail.as_mut()),
        _ => None,
    });
    for detail in opened.chain([&mut app.detail]) {
        if detail.report.as_ref().is_some_and(|shown| Some(shown.id.as_str()) == report) {
            replace(&mut detail.notes, number, changed.now.as_ref());
            detail.notes.sort_by_key(|note| note.span().map(|span| (span.start, span.end)));
            detail.page_outdated = true;
        }
    }
    let official = match &about.subject {
        NoteSubject::Official { id, .. } => Some(shared_part(id).to_owned()),
        _ => None,
    };
    let mut effects = Vec::new();
    for n in 0..app.stack.len() {
        match app.stack.get_mut(n) {
            // It may be about others of the name too, or no more about all of them.
            Some(Screen::Official(page)) if Some(shared_part(&page.id)) == official.as_deref() => {
                let again = Ask::OfficialAgain(page.id.clone());
                let (turn, effect) = app.ask(again);
                if let Some(Screen::Official(page)) = app.stack.get_mut(n) {
                    page.turn = turn;
                }
                effects.push(effect);
            }
            Some(Screen::QuotePage(page)) if page.subject == PageSubject::Notes => {
                let (turn, effect) = app.ask(Ask::QuotePage(PageSubject::Notes));
                quote_page::await_turn(app, n, turn);
                effects.push(effect);
            }
            _ => {}
        }
    }
    effects
}

/// Puts the note as it is now in the place of the one of this number, or takes that away.
fn replace(notes: &mut Vec<Note>, number: Option<i64>, now: Option<&Note>) {
    match (notes.iter().position(|note| note.number == number), now) {
        (Some(at), Some(now)) => notes.splice(at..=at, [now.clone()]).for_each(drop),
        (Some(at), None) => drop(notes.remove(at)),
        (None, now) => notes.extend(now.cloned()),
    }
}

/// Opens the user's editor for the note of the line.
pub fn edit(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(typed) = app.line.as_ref().filter(|typed| typed.purpose == InputPurpose::Note) else {
        app.say(phrases::ONLY_NOTES_IN_EDITOR.say(lang));
        return Vec::new();
    };
    let text = typed.line.text().to_owned();
    edit_text(app, &text)
}

/// Opens the user's editor with the text of a note as the line shows it.
pub fn edit_text(app: &App, on_one_line: &str) -> Vec<Effect> {
    vec![Effect::Edit { text: on_one_line.replace(NEW_LINE, "\n"), folder: app.settings.state.clone() }]
}

/// Keeps what the user's editor has saved.
pub fn edited(app: &mut App, text: &str) -> Vec<Effect> {
    match app.line.take().map(|typed| typed.before) {
        Some(InputSnapshot::Note(note)) => keep_text(app, text, *note),
        _ => Vec::new(),
    }
}

/// The step that undoes a change of a note.
pub fn undo_step(changed: &NoteChanged) -> Option<UndoStep> {
    changed.undo.clone().map(UndoStep::Note)
}

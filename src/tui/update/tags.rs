//! Edits the tags of a report as one line, separated by commas. The present tags are requested from the worker when the
//! line opens. Letters typed before they arrive are kept, and only tags that the worker has reported can be removed.

use super::{input_line, report_marks};
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::store::{MarkChange, ReportMark};
use crate::tui::app::{App, InputPurpose, InputSnapshot};
use crate::tui::input_line::InputLine;
use crate::tui::message::{Ask, Effect};

/// Opens the line for the selected report (in the list), or for the report that is being read.
pub fn open(app: &mut App) -> Vec<Effect> {
    let report = match app.mode() {
        Mode::List => app.list.selected_row().map(|row| row.id.clone()),
        _ => app.reading().report.as_ref().map(|report| report.id.clone()),
    };
    let Some(report) = report else {
        app.say(phrases::NO_REPORT.say(app.settings.lang));
        return Vec::new();
    };
    let (turn, effect) = app.ask(Ask::Tags(report.clone()));
    input_line::open(app, InputPurpose::Tags);
    if let Some(typed) = &mut app.line {
        typed.turn = turn;
        typed.before = InputSnapshot::Tags { report, known: None };
    }
    vec![effect]
}

/// Inserts the report's tags, which have just arrived, before what was typed meanwhile.
pub fn answered(app: &mut App, turn: u64, tags: Vec<String>) {
    let typing = app.settings.typing;
    let Some(line) = app.line.as_mut().filter(|line| line.turn == turn) else { return };
    let InputSnapshot::Tags { known, .. } = &mut line.before else { return };
    let typed = line.line.text().to_owned();
    let whole: Vec<&str> =
        tags.iter().map(String::as_str).chain((!typed.is_empty()).then_some(typed.as_str())).collect();
    line.line = InputLine::new(&whole.join(", "), &[], typing);
    *known = Some(tags);
}

/// The elements of `tags` that are not in `others`.
fn without(tags: &[String], others: &[String]) -> Vec<String> {
    tags.iter().filter(|tag| !others.contains(tag)).cloned().collect()
}

/// Gives the report exactly the tags of the line. Only differences to `known`, the tags in the cache, are sent. If
/// these have not arrived yet, tags are added and none is removed.
pub fn keep(app: &mut App, text: &str, report: &str, known: Option<Vec<String>>) -> Vec<Effect> {
    let wanted = split_tags(text);
    let known = known.unwrap_or_default();
    let (on, off) = (without(&wanted, &known), without(&known, &wanted));
    if on.is_empty() && off.is_empty() {
        return Vec::new();
    }
    let lang = app.settings.lang;
    let said = if wanted.is_empty() {
        phrases::UNTAGGED.say(lang).to_owned()
    } else {
        phrases::TAGS_KEPT.fill(lang, &[&wanted.join(", ")])
    };
    let tag = |on: bool| move |tag: String| ReportMark::Tag { tag, on };
    let marks = on.into_iter().map(tag(true)).chain(off.into_iter().map(tag(false)));
    let changes = marks.map(|mark| MarkChange { report: report.to_owned(), mark }).collect();
    report_marks::change(app, changes, said)
}

/// Opens the line for several reports: tags are added to all of them, or taken off if a `-` is before them.
pub fn open_for_picked(app: &mut App, reports: Vec<String>) -> Vec<Effect> {
    input_line::open(app, InputPurpose::Tags);
    if let Some(typed) = &mut app.line {
        typed.before = InputSnapshot::TagsOfPicked(reports);
    }
    Vec::new()
}

/// Adds the tags of the line to these reports; those with a `-` before them are taken off.
pub fn keep_for_picked(app: &mut App, text: &str, reports: &[String]) -> Vec<Effect> {
    let lang = app.settings.lang;
    let tags = split_tags(text);
    let mark = |tag: &String| match tag.strip_prefix('-') {
        Some(tag) => ReportMark::Tag { tag: tag.trim().to_owned(), on: false },
        None => ReportMark::Tag { tag: tag.clone(), on: true },
    };
    let marks: Vec<ReportMark> = tags.iter().map(mark).collect();
    let change = |report: &String| {
        let report = report.clone();
        marks.clone().into_iter().map(move |mark| MarkChange { report: report.clone(), mark })
    };
    let changes: Vec<MarkChange> = reports.iter().flat_map(change).collect();
    if changes.is_empty() {
        return Vec::new();
    }
    let said = phrases::TAGS_OF_PICKED.fill(lang, reports.len(), &[&tags.join(", ")]);
    report_marks::change(app, changes, said)
}

/// Requests completions of the tag before the cursor.
pub fn complete(app: &mut App, action: Action) -> Vec<Effect> {
    let Some((text, cursor)) = app.line.as_ref().map(|typed| (typed.line.text().to_owned(), typed.line.cursor()))
    else {
        return Vec::new();
    };
    let (turn, effect) = app.ask(Ask::CompleteTag(text, cursor));
    if let Some(typed) = &mut app.line {
        (typed.turn, typed.from_the_end) = (turn, action == Action::CompleteBack);
    }
    vec![effect]
}

/// The tags of a line, trimmed and without duplicates.
fn split_tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

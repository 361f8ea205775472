//! The page of the reader's notes, the one that was changed last first: what the note is about, the words, the note.
//! Enter goes to the passage, or to the page of the official.

use super::{LineBuilder, LineOptions};
use crate::lang::phrases;
use crate::officials::{OfficialSummary, Place};
use crate::report::Dated;
use crate::store::{Note, NoteSubject};
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::app::{PageLine, PageLineKind};
use serde::{Deserialize, Serialize};

/// The most lines of a note that the page shows. The rest is in the editor and in `baocao notes`.
const MOST_LINES: usize = 20;
/// The longest passage that is shown whole, in cells.
const LONGEST_QUOTE: usize = 600;

/// A note, and what the cache knows of what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteRow {
    pub note: Note,
    /// The title and the day of the report. `None` if the note is on an official, or the report is gone.
    pub report: Option<(String, Option<Dated>)>,
    /// For a note on an official: those whom it is about now.
    #[serde(default)]
    pub officials: Vec<NotedRow>,
    /// Whether it is about this one for certain.
    #[serde(default)]
    pub certain: bool,
}

/// An official whom a note is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotedRow {
    pub id: String,
    /// The rank and the posts of now, by which namesakes are told apart.
    pub held: String,
}

impl NotedRow {
    /// The row of an official of the register.
    pub fn of(official: &OfficialSummary) -> Self {
        let rank = official.rank.map(|rank| rank.name.to_owned());
        let held: Vec<String> = rank.into_iter().chain(official.posts.iter().cloned()).collect();
        Self { id: official.id.clone(), held: held.join(", ") }
    }
}

/// Lays out the page.
pub fn lines(rows: &[NoteRow], options: LineOptions) -> Vec<PageLine> {
    let mut out = LineBuilder::new(options);
    out.text(&phrases::NOTES_N.count(options.lang, rows.len()), ThemeRole::Dim);
    for row in rows {
        out.blank();
        push(&mut out, row);
    }
    out.finish()
}

fn push(out: &mut LineBuilder, row: &NoteRow) {
    let (note, lang) = (&row.note, out.options.lang);
    let number = note.number.unwrap_or_default();
    let mut line = PageLine { sort: PageLineKind::Note(number), ..PageLine::default() };
    let mut head = Vec::new();
    match (&note.subject, &row.report) {
        (NoteSubject::Official { id, name, .. }, _) => {
            line.official = Some(row.officials.first().map_or_else(|| id.clone(), |one| one.id.clone()));
            head.push((name.clone(), ThemeRole::Name));
        }
        (subject, report) => {
            let at = note.span().map_or(0, |span| span.start);
            line.place = note.report().map(|report| Place { report: report.into(), at });
            if let Some((title, when)) = report {
                let day = when.map_or_else(|| "—".to_owned(), Dated::vietnamese);
                head.push((format!("{day}  "), ThemeRole::Date));
                head.push((title.clone(), ThemeRole::Title));
            } else {
                if let NoteSubject::Report { title, .. } = subject {
                    head.push((format!("{title}  "), ThemeRole::Title));
                }
                head.push((format!("({})", phrases::REPORT_GONE.say(lang)), ThemeRole::Problem));
            }
        }
    }
    out.fact(&head, 2, line);
    // One fact: a search that finds these lines leads to the first one, which has the places.
    let below = PageLine { continues: true, ..PageLine::default() };
    if let NoteSubject::Passage { quote, .. } = &note.subject {
        let words = wrap::shorten(&quote.replace('\n', " "), LONGEST_QUOTE);
        out.indented(&[(format!("“{words}”"), ThemeRole::Noted)], super::Indent { margin: 2, hang: 0 }, below.clone());
    }
    let text: Vec<&str> = note.text.lines().collect();
    for said in text.iter().take(MOST_LINES) {
        let pieces = [((*said).to_owned(), ThemeRole::Text)];
        out.indented(&pieces, super::Indent { margin: 4, hang: 0 }, below.clone());
    }
    if text.len() > MOST_LINES {
        out.note(format!("    {}", phrases::NOTE_LINES_MORE.count(lang, text.len() - MOST_LINES)), 4);
    }
    if matches!(note.subject, NoteSubject::Official { .. }) && !row.certain {
        out.note(format!("  {}", phrases::NOTE_OF_BEFORE.say(lang)), 2);
        for one in &row.officials {
            let at =
                PageLine { sort: PageLineKind::Note(number), official: Some(one.id.clone()), ..PageLine::default() };
            let held = if one.held.is_empty() { &*one.id } else { &*one.held };
            out.fact(&[(format!("    → {}: {held}", note.quote()), ThemeRole::Dim)], 6, at);
        }
    }
}

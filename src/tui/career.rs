//! An official's page as lines for a width: rank and posts now, timeline, reports, who appears beside, namesakes. What
//! a line says is what texts say, and each line knows its place.

use super::app::{LineSort, PageLine};
use super::flow::{self, Piece};
use super::reasons;
use super::settings::Lang;
use super::theme::Role;
use super::words::{self, Phrase};
use crate::officials::page::{Namesake, Now, ReportRow};
use crate::officials::together::TogetherRow;
use crate::officials::{Page, Place, about, timeline};
use crate::report::Day;

/// The lines of `page` at `width` cells.
pub fn lines(page: &Page, width: usize, lang: Lang) -> Vec<PageLine> {
    let mut out = Vec::new();
    if let Some(now) = &page.rank {
        push_now(&mut out, now, Role::Rank, width, lang);
    }
    for now in &page.posts {
        push_now(&mut out, now, Role::Post, width, lang);
    }
    if let Some(country) = &page.country {
        out.push(said(country, Role::Text));
    }
    if let (Some(first), Some(last)) = (page.first, page.last) {
        let (first, last) = (said_day(first, page.first_inferred), said_day(last, page.last_inferred));
        let seen = words::SEEN.fill(lang, page.reports_count, &[&first, &last]);
        push(&mut out, &[(seen, Role::Dim)], width, 0, None);
    }
    section(&mut out, words::TIMELINE, lang, page.timeline.is_empty());
    push_timeline(&mut out, page, width);
    section(&mut out, words::IN_REPORTS, lang, page.reports.is_empty());
    for report in &page.reports {
        push_report(&mut out, report, width, lang);
    }
    section(&mut out, words::TOGETHER, lang, page.together.is_empty());
    for row in &page.together {
        push_together(&mut out, row, width);
    }
    section(&mut out, words::NAMESAKES, lang, page.namesakes.is_empty());
    for namesake in &page.namesakes {
        push_namesake(&mut out, namesake, width, lang);
    }
    out
}

fn section(out: &mut Vec<PageLine>, title: Phrase, lang: Lang, empty: bool) {
    if !empty {
        out.push(PageLine::default());
        out.push(said(title.say(lang), Role::Title));
    }
}

fn said(text: &str, role: Role) -> PageLine {
    PageLine { pieces: vec![(text.to_owned(), role)], ..PageLine::default() }
}

/// Adds words as lines; only the first of them is a place, so that one step down is one fact.
fn push(out: &mut Vec<PageLine>, pieces: &[Piece], width: usize, hang: usize, place: Option<&Place>) {
    for (n, pieces) in flow::flow(pieces, width, hang).into_iter().enumerate() {
        out.push(PageLine { pieces, place: place.filter(|_| n == 0).cloned(), ..PageLine::default() });
    }
}

/// A day as it is shown: one that is inferred says so.
fn said_day(day: Day, inferred: bool) -> String {
    format!("{}{}", about(inferred), day.vietnamese())
}

fn push_now(out: &mut Vec<PageLine>, now: &Now, role: Role, width: usize, lang: Lang) {
    let since = if now.since_event { words::SINCE } else { words::SINCE_FIRST };
    let since = since.fill(lang, &[&said_day(now.since, now.since_inferred)]);
    let pieces = [(now.text.clone(), role), (format!("  · {since}"), Role::Dim)];
    push(out, &pieces, width, 2, Some(&now.place));
}

fn push_timeline(out: &mut Vec<PageLine>, page: &Page, width: usize) {
    if let Some(years) = timeline::years(&page.timeline, width) {
        out.push(said(&years, Role::Dim));
    }
    let drawn = timeline::draw(&page.timeline, width, timeline::DRAWN);
    for (row, line) in page.timeline.iter().zip(drawn) {
        let role = if row.line == crate::officials::career::Line::Rank { Role::Rank } else { Role::Post };
        // The words may have been cut to fit: what is drawn of them is what the row has in common with its text.
        let words = row.text.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        let found =
            words.filter_map(|end| row.text.get(..end)).find_map(|words| line.find(words).map(|at| (at, words)));
        let pieces = match found {
            Some((at, words)) => vec![
                (line.get(..at).unwrap_or_default().to_owned(), Role::Dim),
                (words.to_owned(), role),
                (line.get(at + words.len()..).unwrap_or_default().to_owned(), Role::Dim),
            ],
            None => vec![(line, Role::Dim)],
        };
        out.push(PageLine { pieces, place: Some(row.place.clone()), ..PageLine::default() });
    }
}

fn push_report(out: &mut Vec<PageLine>, report: &ReportRow, width: usize, lang: Lang) {
    let day = said_day(report.day, report.inferred);
    let mut pieces = vec![(format!("{day:<11} "), Role::Date)];
    if !report.roles.is_empty() {
        pieces.push((format!("{}  ", words::roles(&report.roles, lang)), Role::Text));
    }
    pieces.push((report.title.clone(), Role::Title));
    let from = out.len();
    push(out, &pieces, width, 12, Some(&report.place));
    if let Some(line) = out.get_mut(from) {
        line.sort = LineSort::Report;
    }
}

fn push_together(out: &mut Vec<PageLine>, row: &TogetherRow, width: usize) {
    let mut pieces = Vec::new();
    pieces.extend(row.rank.map(|rank| (format!("{rank} "), Role::Rank)));
    pieces.push((row.name.clone(), Role::Name));
    pieces.push((format!("  ({} · {})", row.reports, said_day(row.last, row.last_inferred)), Role::Dim));
    let from = out.len();
    push(out, &pieces, width, 2, Some(&row.place));
    if let Some(line) = out.get_mut(from) {
        line.official = Some(row.id.clone());
    }
}

fn push_namesake(out: &mut Vec<PageLine>, namesake: &Namesake, width: usize, lang: Lang) {
    let mut pieces = Vec::new();
    pieces.extend(namesake.rank.map(|rank| (format!("{rank} "), Role::Rank)));
    pieces.push((namesake.name.clone(), Role::Name));
    if !namesake.posts.is_empty() {
        pieces.push((format!(", {}", namesake.posts.join(", ")), Role::Post));
    }
    let from = out.len();
    push(out, &pieces, width, 2, Some(&namesake.place));
    if let Some(line) = out.get_mut(from) {
        line.official = Some(namesake.id.clone());
        line.sort = LineSort::Namesake;
    }
    if let Some(why) = &namesake.why {
        push(out, &[(format!("  {}", reasons::say(why, lang)), Role::Dim)], width, 2, None);
    }
}

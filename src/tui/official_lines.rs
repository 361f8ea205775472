//! An official's page as lines for a width: rank and posts now, timeline, reports, who appears beside, namesakes. What
//! a line says is what texts say, and each line knows its place.

use super::app::{PageLine, PageLineKind};
use super::text_layout::{self, StyledText};
use super::theme::ThemeRole;
use crate::lang::{Lang, Phrase, roles, words};
use crate::officials::co_appearance::CompanionRow;
use crate::officials::page::{CurrentTenure, Namesake, OfficialReportRow};
use crate::officials::post::PostKey;
use crate::officials::{IdentityJudgement, OfficialPage, Place, timeline};

/// The lines of `page` at `width` cells.
pub fn lines(page: &OfficialPage, width: usize, lang: Lang) -> Vec<PageLine> {
    let mut out = Vec::new();
    if let Some(now) = &page.rank {
        push_now(&mut out, now, ThemeRole::Rank, width, lang);
    }
    for now in &page.posts {
        push_now(&mut out, now, ThemeRole::Post, width, lang);
    }
    if let Some(country) = &page.country {
        out.push(said(country, ThemeRole::Text));
    }
    if let (Some(first), Some(last)) = (page.first, page.last) {
        let (first, last) = (first.vietnamese(), last.vietnamese());
        let seen = words::SEEN.fill(lang, page.reports_count, &[&first, &last]);
        push(&mut out, &[(seen, ThemeRole::Dim)], width, 0, None);
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
    let doubts = || page.judgements.iter().filter(|judgement| judgement.unsure());
    section(&mut out, words::DOUBTS, lang, doubts().next().is_none());
    for doubt in doubts() {
        push_doubt(&mut out, page, doubt, width, lang);
    }
    out
}

fn section(out: &mut Vec<PageLine>, title: Phrase, lang: Lang, empty: bool) {
    if !empty {
        out.push(PageLine::default());
        out.push(said(title.say(lang), ThemeRole::Title));
    }
}

fn said(text: &str, role: ThemeRole) -> PageLine {
    PageLine { pieces: vec![(text.to_owned(), role)], ..PageLine::default() }
}

/// Adds words as lines; only the first of them is a place, so that one step down is one fact.
fn push(out: &mut Vec<PageLine>, pieces: &[StyledText], width: usize, hang: usize, place: Option<&Place>) {
    for (n, pieces) in text_layout::flow(pieces, width, hang).into_iter().enumerate() {
        out.push(PageLine { pieces, place: place.filter(|_| n == 0).cloned(), ..PageLine::default() });
    }
}

fn push_now(out: &mut Vec<PageLine>, now: &CurrentTenure, role: ThemeRole, width: usize, lang: Lang) {
    let since = if now.since_event { words::SINCE } else { words::SINCE_FIRST };
    let since = since.fill(lang, &[&now.since.vietnamese()]);
    let pieces = [(now.text.clone(), role), (format!("  · {since}"), ThemeRole::Dim)];
    let from = out.len();
    push(out, &pieces, width, 2, Some(&now.place));
    if let Some(line) = out.get_mut(from) {
        line.post = now.post.clone().map(|key| (key.written(&now.text), key));
        line.unit = now.post.as_ref().and_then(unit_of);
    }
}

fn push_timeline(out: &mut Vec<PageLine>, page: &OfficialPage, width: usize) {
    if let Some(years) = timeline::years(&page.timeline, width) {
        out.push(said(&years, ThemeRole::Dim));
    }
    let bars = timeline::draw(&page.timeline, width, timeline::DRAWN);
    for (row, line) in page.timeline.iter().zip(bars) {
        let role =
            if row.line == crate::officials::career::TenureKind::Rank { ThemeRole::Rank } else { ThemeRole::Post };
        out.push(PageLine {
            pieces: drawn(&line, &row.text, role),
            place: Some(row.place.clone()),
            post: row.post.clone().map(|key| (row.text.clone(), key)),
            unit: row.post.as_ref().and_then(unit_of),
            ..PageLine::default()
        });
    }
}

fn unit_of(post: &PostKey) -> Option<String> {
    post.unit.as_ref().map(|unit| unit.shown().to_owned())
}

/// The pieces of a bar of the timeline, the words lit. They may have been cut to fit: what is drawn of them is what the
/// bar has in common with them.
pub(super) fn drawn(bar: &str, text: &str, role: ThemeRole) -> Vec<StyledText> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
    let found = ends.filter_map(|end| text.get(..end)).find_map(|words| bar.find(words).map(|at| (at, words)));
    match found {
        Some((at, words)) => vec![
            (bar.get(..at).unwrap_or_default().to_owned(), ThemeRole::Dim),
            (words.to_owned(), role),
            (bar.get(at + words.len()..).unwrap_or_default().to_owned(), ThemeRole::Dim),
        ],
        None => vec![(bar.to_owned(), ThemeRole::Dim)],
    }
}

fn push_report(out: &mut Vec<PageLine>, report: &OfficialReportRow, width: usize, lang: Lang) {
    let day = report.when.vietnamese();
    let mut pieces = vec![(format!("{day:<11} "), ThemeRole::Date)];
    if !report.roles.is_empty() {
        pieces.push((format!("{}  ", roles::say_all(&report.roles, lang)), ThemeRole::Text));
    }
    pieces.push((report.title.clone(), ThemeRole::Title));
    let from = out.len();
    push(out, &pieces, width, 12, Some(&report.place));
    if let Some(line) = out.get_mut(from) {
        line.sort = PageLineKind::Report;
        line.unit.clone_from(&report.unit);
    }
}

fn push_together(out: &mut Vec<PageLine>, row: &CompanionRow, width: usize) {
    let mut pieces = Vec::new();
    pieces.extend(row.rank.map(|rank| (format!("{rank} "), ThemeRole::Rank)));
    pieces.push((row.name.clone(), ThemeRole::Name));
    pieces.push((format!("  ({} · {})", row.reports, row.last.vietnamese()), ThemeRole::Dim));
    let from = out.len();
    push(out, &pieces, width, 2, Some(&row.place));
    if let Some(line) = out.get_mut(from) {
        line.official = Some(row.id.clone());
    }
}

fn push_namesake(out: &mut Vec<PageLine>, namesake: &Namesake, width: usize, lang: Lang) {
    let mut pieces = Vec::new();
    pieces.extend(namesake.rank.map(|rank| (format!("{rank} "), ThemeRole::Rank)));
    pieces.push((namesake.name.clone(), ThemeRole::Name));
    if !namesake.posts.is_empty() {
        pieces.push((format!(", {}", namesake.posts.join(", ")), ThemeRole::Post));
    }
    let from = out.len();
    push(out, &pieces, width, 2, Some(&namesake.place));
    if let Some(line) = out.get_mut(from) {
        line.official = Some(namesake.id.clone());
        line.sort = PageLineKind::Namesake;
    }
    if let Some(why) = &namesake.why {
        push(out, &[(format!("  {}", why.say(lang)), ThemeRole::Dim)], width, 2, None);
    }
}

/// A decision about the official that is not sure.
fn push_doubt(out: &mut Vec<PageLine>, page: &OfficialPage, doubt: &IdentityJudgement, width: usize, lang: Lang) {
    let question = if doubt.joined { words::ONE_PERSON } else { words::TWO_PERSONS };
    let sure = words::SURE.fill(lang, &[&doubt.confidence.to_string()]);
    let pieces = [
        (format!("{} ", question.say(lang)), ThemeRole::Notice),
        (format!("{sure} · {}", doubt.reason.say(lang)), ThemeRole::Dim),
    ];
    let from = out.len();
    push(out, &pieces, width, 2, Some(&doubt.this));
    if let Some(line) = out.get_mut(from) {
        line.other = Some(doubt.that.clone());
        line.official = Some(page.id.clone());
        line.sort = PageLineKind::Doubt;
    }
}

//! An official's page: present rank and posts, timeline, reports, officials who appear in the same reports, namesakes,
//! uncertain identities. Every fact quotes a report and has the place that it quotes.

use super::day_cell;
use super::line_builder::{LineBuilder, LineOptions};
use crate::lang::{Phrase, phrases, roles};
use crate::officials::career::{CurrentTenure, TenureKind};
use crate::officials::co_appearance::CompanionRow;
use crate::officials::official_page::{Namesake, OfficialReportRow, UndatedRow};
use crate::officials::post::PostKey;
use crate::officials::{IdentityJudgement, OfficialPage, tenure_words, timeline};
use crate::report::Dated;
use crate::store::OfficialNote;
use crate::theme::ThemeRole;
use crate::tui::app::{PageLine, PageLineKind};
use crate::tui::text_layout::StyledText;

/// Lays out an official's page as lines, with the reader's notes on the official.
pub fn lines(page: &OfficialPage, notes: &[OfficialNote], options: LineOptions) -> Vec<PageLine> {
    let mut out = LineBuilder::new(options);
    if !page.has_sign {
        out.text(phrases::NO_SIGN_EXPLAINED.say(options.lang), ThemeRole::Text);
    }
    let push_present = if page.is_preview { push_held } else { push_now };
    if let Some(now) = &page.rank {
        push_present(&mut out, now, ThemeRole::Rank);
    }
    for now in &page.posts {
        push_present(&mut out, now, ThemeRole::Post);
    }
    if let Some(country) = &page.country {
        out.text(country, ThemeRole::Text);
    }
    if page.reports_count > 0 {
        out.note(tenure_words::reports(page, options.lang, Dated::vietnamese), 0);
    }
    section(&mut out, phrases::NOTES, notes.is_empty());
    for OfficialNote { note, certain } in notes {
        for said in note.text.lines() {
            out.fact(&[(said.to_owned(), ThemeRole::Notice)], 2, PageLine::default());
        }
        if !certain {
            out.note(format!("  {}", phrases::NOTE_OF_BEFORE.say(options.lang)), 2);
        }
    }
    section(&mut out, phrases::STATED_ONCE, page.seen_once.is_empty());
    for once in &page.seen_once {
        push_now(&mut out, once, ThemeRole::Post);
    }
    section(&mut out, phrases::TIMELINE, page.timeline.is_empty());
    push_timeline(&mut out, page);
    // The head has said of most of them that nothing dates them; what is left was held before.
    let present = || page.rank.iter().chain(&page.posts).chain(&page.seen_once).filter(|now| now.since.is_none());
    let is_said = |row: &UndatedRow| row.state().is_none() && present().any(|now| now.with_unit() == row.text);
    let undated: Vec<&UndatedRow> = page.undated.iter().filter(|row| !is_said(row)).collect();
    section(&mut out, phrases::UNDATED_TITLE, undated.is_empty());
    for tenure in undated {
        push_undated(&mut out, tenure);
    }
    section(&mut out, phrases::IN_REPORTS, page.reports.is_empty());
    for report in &page.reports {
        push_report(&mut out, report);
    }
    section(&mut out, phrases::NO_SIGN, page.no_sign.is_empty());
    for report in &page.no_sign {
        push_report(&mut out, report);
    }
    section(&mut out, phrases::TOGETHER, page.together.is_empty());
    for row in &page.together {
        push_together(&mut out, row);
    }
    section(&mut out, phrases::NAMESAKES, page.namesakes.is_empty());
    for namesake in &page.namesakes {
        push_namesake(&mut out, namesake);
    }
    let doubts = || page.judgements.iter().filter(|judgement| judgement.unsure());
    section(&mut out, phrases::DOUBTS, doubts().next().is_none());
    for doubt in doubts() {
        push_doubt(&mut out, page, doubt);
    }
    out.finish()
}

/// Adds the title of a part, unless the part is empty.
fn section(out: &mut LineBuilder, title: Phrase, empty: bool) {
    if !empty {
        out.section(title.say(out.options.lang));
    }
}

/// Adds a present rank or post of a preview, which does not know since when.
fn push_held(out: &mut LineBuilder, now: &CurrentTenure, role: ThemeRole) {
    out.fact(&[(now.with_unit(), role)], 2, PageLine::default());
}

/// Adds a present rank or post, and since when it is held.
fn push_now(out: &mut LineBuilder, now: &CurrentTenure, role: ThemeRole) {
    let phrase = if now.since_event { phrases::SINCE } else { phrases::SINCE_FIRST };
    let since = now.since.map_or_else(
        || phrases::UNDATED.say(out.options.lang).to_owned(),
        |since| phrase.fill(out.options.lang, &[&since.vietnamese()]),
    );
    let pieces = [(now.with_unit(), role), (format!("  · {since}"), ThemeRole::Dim)];
    let line = PageLine {
        place: Some(now.place.clone()),
        post: now.post.clone().map(|key| (now.with_unit(), key)),
        unit: now.post.as_ref().and_then(unit_of),
        ..PageLine::default()
    };
    out.fact(&pieces, 2, line);
}

/// Adds the career as bars, one line for each rank and post, below a line of years.
fn push_timeline(out: &mut LineBuilder, page: &OfficialPage) {
    let width = out.options.width;
    if let Some(years) = timeline::years(&page.timeline, width) {
        out.text(&years, ThemeRole::Dim);
    }
    let bars = timeline::draw(&page.timeline, width, timeline::DRAWN);
    for (row, bar) in page.timeline.iter().zip(bars) {
        let role = if row.line == TenureKind::Rank { ThemeRole::Rank } else { ThemeRole::Post };
        out.line(PageLine {
            pieces: styled_bar(&bar, &row.text, role),
            place: Some(row.place.clone()),
            post: row.post.clone().map(|key| (row.text.clone(), key)),
            unit: row.post.as_ref().and_then(unit_of),
            ..PageLine::default()
        });
    }
}

/// Adds a rank or post that only reports without a day state.
fn push_undated(out: &mut LineBuilder, tenure: &UndatedRow) {
    let role = if tenure.line == TenureKind::Rank { ThemeRole::Rank } else { ThemeRole::Post };
    let mut pieces = vec![(tenure.text.clone(), role)];
    if let Some(state) = tenure.state() {
        pieces.push((format!("  · {}", state.say(out.options.lang)), ThemeRole::Dim));
    }
    let line = PageLine {
        place: Some(tenure.place.clone()),
        post: tenure.post.clone().map(|key| (tenure.text.clone(), key)),
        unit: tenure.post.as_ref().and_then(unit_of),
        ..PageLine::default()
    };
    out.fact(&pieces, 2, line);
}

/// The name of the unit of a post; `None` for a post without a unit.
fn unit_of(post: &PostKey) -> Option<String> {
    post.unit.as_ref().map(|unit| unit.shown().to_owned())
}

/// A bar of the timeline as pieces, with the words `text` in `role`. `timeline::draw` may have cut the words to fit, so
/// the longest prefix of them that is in the bar is searched for.
pub fn styled_bar(bar: &str, text: &str, role: ThemeRole) -> Vec<StyledText> {
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

/// Adds a report in which the official appears: day, title, roles. The titles begin in one column.
fn push_report(out: &mut LineBuilder, report: &OfficialReportRow) {
    let mut pieces = vec![(day_cell(report.when), ThemeRole::Date), (report.title.clone(), ThemeRole::Title)];
    if !report.roles.is_empty() {
        pieces.push((format!("  · {}", roles::say_all(&report.roles, out.options.lang)), ThemeRole::Text));
    }
    let line = PageLine {
        place: Some(report.place.clone()),
        sort: PageLineKind::Report,
        unit: report.unit.clone(),
        ..PageLine::default()
    };
    out.fact(&pieces, 12, line);
}

/// Adds an official who appears in the same reports, with the number of these and the day of the last one.
fn push_together(out: &mut LineBuilder, row: &CompanionRow) {
    let mut pieces = Vec::new();
    pieces.extend(row.rank.map(|rank| (format!("{rank} "), ThemeRole::Rank)));
    pieces.push((row.name.clone(), ThemeRole::Name));
    let last = row.last.map_or_else(|| phrases::UNDATED.say(out.options.lang).to_owned(), Dated::vietnamese);
    pieces.push((format!("  ({} · {last})", row.reports), ThemeRole::Dim));
    let line = PageLine { place: Some(row.place.clone()), official: Some(row.id.clone()), ..PageLine::default() };
    out.fact(&pieces, 2, line);
}

/// Adds a namesake, and the reason why this is another person.
fn push_namesake(out: &mut LineBuilder, namesake: &Namesake) {
    let mut pieces = Vec::new();
    pieces.extend(namesake.rank.map(|rank| (format!("{rank} "), ThemeRole::Rank)));
    pieces.push((namesake.name.clone(), ThemeRole::Name));
    if !namesake.posts.is_empty() {
        pieces.push((format!(", {}", namesake.posts.join(", ")), ThemeRole::Post));
    }
    let line = PageLine {
        place: Some(namesake.place.clone()),
        official: Some(namesake.id.clone()),
        sort: PageLineKind::Namesake,
        ..PageLine::default()
    };
    out.fact(&pieces, 2, line);
    if let Some(why) = &namesake.why {
        out.note(format!("  {}", why.say(out.options.lang)), 2);
    }
}

/// Adds an uncertain judgement about the official.
fn push_doubt(out: &mut LineBuilder, page: &OfficialPage, doubt: &IdentityJudgement) {
    let lang = out.options.lang;
    let question = if doubt.joined { phrases::ONE_PERSON } else { phrases::TWO_PERSONS };
    let sure = phrases::SURE.fill(lang, &[&doubt.confidence.to_string()]);
    let pieces = [
        (format!("{} ", question.say(lang)), ThemeRole::Notice),
        (format!("{sure} · {}", doubt.reason.say(lang)), ThemeRole::Dim),
    ];
    let line = PageLine {
        place: Some(doubt.this.clone()),
        other: Some(doubt.that.clone()),
        official: Some(page.id.clone()),
        sort: PageLineKind::Doubt,
        ..PageLine::default()
    };
    out.fact(&pieces, 2, line);
}

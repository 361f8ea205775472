//! A unit's page: the present holders of its posts, according to the reports, the former ones, and its reports by
//! period.

use super::{DAY_CELL, LineBuilder, LineOptions, day_cell, line_of, push_changes, tenure_days};
use crate::lang::{Lang, phrases};
use crate::officials::Place;
use crate::officials::post_holders::Holding;
use crate::officials::unit_posts::UnitPosts;
use crate::report::{Period, ReportKind};
use crate::store::UnitReport;
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::app::{PageLine, PageLineKind};
use crate::tui::text_layout::{self, ColumnCell, GAP};

/// Lays out a unit's page as lines.
pub fn lines(posts: &UnitPosts, reports: &[UnitReport], options: LineOptions) -> Vec<PageLine> {
    let mut out = LineBuilder::new(options);
    push_changes(&mut out, &posts.units);
    let columns = HolderColumns::of(posts, options.width);
    for (title, holdings) in [
        (phrases::UNIT_NOW, &posts.now),
        (phrases::STATED_ONCE, &posts.seen_once),
        (phrases::UNIT_BEFORE, &posts.before),
        (phrases::UNDATED_TITLE, &posts.undated),
    ] {
        if !holdings.is_empty() {
            out.section(title.say(options.lang));
        }
        push_holdings(&mut out, posts, holdings, &columns);
    }
    if !reports.is_empty() {
        out.section(phrases::UNIT_REPORTS.say(options.lang));
    }
    let what = widest_kind(reports, options);
    let mut last = None;
    for (year, report) in by_year(reports) {
        if last != Some(year) {
            let year = year.map_or_else(|| phrases::UNDATED.say(options.lang).to_owned(), |year| year.to_string());
            out.text(&year, ThemeRole::Dim);
        }
        last = Some(year);
        push_report(&mut out, report, what);
    }
    out.finish()
}

/// The least width of a page whose holders are in columns, in cells.
const COLUMNS_FROM: usize = 80;
/// The least cells that the days of a tenure need in columns.
const LEAST_DAYS: usize = 18;

/// The widths of the columns of holders, in cells: the same for all parts of the page.
struct HolderColumns {
    post: usize,
    rank: usize,
    name: usize,
    days: usize,
}

impl HolderColumns {
    fn of(posts: &UnitPosts, width: usize) -> Self {
        let widest = |cell: fn(&Holding) -> &str| posts.all().map(|h| wrap::width(cell(h))).max().unwrap_or_default();
        let post = widest(|h| &h.text).min(width * 2 / 5);
        let (rank, name) = (widest(|h| h.rank.as_deref().unwrap_or_default()), widest(|h| &h.name).min(width / 3));
        let taken = [post, rank, name].iter().filter(|cells| **cells > 0).map(|cells| cells + GAP).sum();
        Self { post, rank, name, days: width.saturating_sub(taken) }
    }
}

/// Adds holders of posts: post, rank, name and days, in columns if there is room. A post that several have held stands
/// once, before the first of them. In plain mode and in files each line says everything itself: read alone, or joined
/// with the next, a row of columns would name nobody's post.
fn push_holdings(out: &mut LineBuilder, posts: &UnitPosts, holdings: &[Holding], columns: &HolderColumns) {
    let width = out.options.width;
    let HolderColumns { post, rank, name, days } = *columns;
    let mut last: Option<(&str, &str)> = None;
    for holding in holdings {
        if out.options.plain || width < COLUMNS_FROM || days < LEAST_DAYS {
            push_holding(out, posts, holding);
            continue;
        }
        let own = (holding.head.as_str(), holding.unit.as_str());
        let words = if last == Some(own) { "" } else { holding.text.as_str() };
        last = Some(own);
        let term = days_of(posts, holding, out.options.lang).unwrap_or_default();
        let cells = [
            ColumnCell { words, width: post, role: ThemeRole::Post },
            ColumnCell { words: holding.rank.as_deref().unwrap_or_default(), width: rank, role: ThemeRole::Rank },
            ColumnCell { words: &holding.name, width: name, role: ThemeRole::Name },
            ColumnCell { words: &term, width: days, role: ThemeRole::Dim },
        ];
        let mut line = Some(line_of(holding));
        for pieces in text_layout::columns(&cells) {
            let more = PageLine { continues: true, ..PageLine::default() };
            out.line(PageLine { pieces, ..line.take().unwrap_or(more) });
        }
    }
}

/// Adds a holder of a post of the unit to a narrow page: post, rank, name and days one after the other.
fn push_holding(out: &mut LineBuilder, posts: &UnitPosts, holding: &Holding) {
    let options = out.options;
    let mut pieces = vec![(format!("{}: ", holding.text), ThemeRole::Post)];
    pieces.extend(holding.rank.as_ref().map(|rank| (format!("{rank} "), ThemeRole::Rank)));
    pieces.push((holding.name.clone(), ThemeRole::Name));
    let days = days_of(posts, holding, options.lang).map(|days| format!("  · {days}"));
    pieces.extend(days.map(|days| (days, ThemeRole::Dim)));
    out.fact(&pieces, 2, line_of(holding));
}

/// The days of a tenure in words, and that the holder was not seen for long; `None` without a term.
fn days_of(posts: &UnitPosts, holding: &Holding, lang: Lang) -> Option<String> {
    let days = tenure_days(holding.term.as_ref()?, lang);
    let unseen = posts.is_long_unseen(holding).then(|| phrases::LONG_UNSEEN.say(lang));
    Some(unseen.map_or_else(|| days.clone(), |unseen| format!("{days} · {unseen}")))
}

/// The reports with their years, the newest year first, those without a year last; within a year the order of `reports`
/// is kept.
fn by_year(reports: &[UnitReport]) -> Vec<(Option<i16>, &UnitReport)> {
    let mut all: Vec<(Option<i16>, &UnitReport)> = reports.iter().map(|report| (year(report), report)).collect();
    all.sort_by_key(|(year, _)| std::cmp::Reverse(*year));
    all
}

/// The year that a report reviews, else the year in which it was made; `None` if it has neither.
fn year(report: &UnitReport) -> Option<i16> {
    let period = report.period.as_ref().and_then(|words| words.parse::<Period>().ok());
    period.map(|period| period.year).or_else(|| report.when.map(|when| when.day.year()))
}

/// The cells of the column of kinds and periods, so that all titles begin in one place. 0 without a column: on a narrow
/// page, in plain mode and in files, and where it would take a third of the page.
fn widest_kind(reports: &[UnitReport], options: LineOptions) -> usize {
    let widest = reports.iter().map(|report| wrap::width(&kind_and_period(report, options.lang))).max();
    let fits = !options.plain && options.width >= COLUMNS_FROM;
    widest.filter(|widest| fits && widest * 3 <= options.width).unwrap_or_default()
}

/// The kind of a report with the period that it reviews; empty if it has neither.
fn kind_and_period(report: &UnitReport, lang: Lang) -> String {
    let kind = ReportKind::from_name(&report.kind).unwrap_or_default();
    let mut what = Vec::new();
    if kind != ReportKind::Other {
        what.push(kind.phrase().say(lang).to_owned());
    }
    let period = |words: &String| words.parse().map_or_else(|_| words.clone(), |period: Period| period.say(lang));
    what.extend(report.period.as_ref().map(period));
    what.join(" ")
}

/// Adds a report of the unit: day, kind with period in a column of `cells` cells, title.
fn push_report(out: &mut LineBuilder, report: &UnitReport, cells: usize) {
    let options = out.options;
    let what = kind_and_period(report, options.lang);
    let column = cells.max(wrap::width(&what));
    let mut pieces = vec![(day_cell(report.when), ThemeRole::Date)];
    if column > 0 {
        let blanks = " ".repeat(column - wrap::width(&what) + GAP);
        pieces.push((format!("{what}{blanks}"), ThemeRole::Text));
    }
    let hang = if cells > 0 { DAY_CELL + cells + GAP } else { DAY_CELL };
    pieces.push((report.title.clone(), ThemeRole::Title));
    if !report.chairs.is_empty() {
        pieces.push((format!("  · {} ", phrases::CHAIR.say(options.lang).to_lowercase()), ThemeRole::Dim));
        pieces.push((report.chairs.join(", "), ThemeRole::Name));
    }
    let line = PageLine {
        place: Some(Place { report: report.id.as_str().into(), at: 0 }),
        unit: Some(report.unit.clone()),
        sort: PageLineKind::Report,
        ..PageLine::default()
    };
    out.fact(&pieces, hang, line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(kind: ReportKind, period: Option<&str>, title: &str) -> UnitReport {
        UnitReport {
            id: title.to_owned(),
            when: Some("2022-12-26".parse().unwrap()),
            kind: kind.name().to_owned(),
            period: period.map(str::to_owned),
            unit: "Quân khu 12".to_owned(),
            title: title.to_owned(),
            source: String::new(),
            chairs: Vec::new(),
        }
    }

    #[test]
    fn titles_of_reports_begin_in_one_column_where_there_is_room() {
        let reports = [
            report(ReportKind::YearReview, Some("năm 2022"), "Hội nghị cuối năm"),
            report(ReportKind::Other, None, "Hội thao bơi vũ trang"),
            report(ReportKind::YearReview, Some("6 tháng đầu năm 2022"), "Hội nghị giữa năm của các cơ quan"),
        ];
        let columns = |width, plain| {
            let options = LineOptions { width, lang: Lang::Vi, plain, unfolded: false };
            let text = |line: PageLine| line.pieces.into_iter().map(|piece| piece.0).collect::<String>();
            let lines = lines(&UnitPosts::default(), &reports, options).into_iter().map(text);
            let begins = |line: String| line.find("Hội").map(|at| wrap::width(line.get(..at).unwrap_or_default()));
            lines.filter_map(begins).collect::<Vec<_>>()
        };
        let [one, two, three] = columns(120, false)[..] else { panic!() };
        assert!(one == two && two == three, "{one} {two} {three}");
        for (width, plain) in [(60, false), (120, true)] {
            let [one, two, _] = columns(width, plain)[..] else { panic!() };
            assert!(two < one, "{width} {plain}");
        }
    }
}

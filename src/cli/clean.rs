//! `clean`: removes the reports that `[retention]` of the settings no longer keeps. A verb of its own and no option of
//! `remove`: that one removes what the user names, with the marks on it; this one what the settings name, and never
//! anything on which the user has left a mark.

use super::exit_status::{DONE, Failure, VerbResult};
use super::list::print;
use super::output::{Output, language, say};
use super::session::Session;
use crate::config::{RetentionRule, rule_for};
use crate::lang::phrases;
use crate::report::{Dated, Day};
use crate::store::{ListRow, NewsSince, Store, UnmarkedReport, outlet_of};
use crate::system::terminal_env::ColourDepth;
use clap::Args;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Remove what [retention] of the settings no longer keeps; never what is starred, tagged, noted or marked
///
/// [retention] limits the reports of an outlet, named by its host or its source, by the days since their import, by
/// their number, or both. Kept in any case are reports with a star, a tag, a note, a marked place or a date set by
/// hand, and those that decisions about namesakes cite; they do not count towards the number. Marks on what is removed
/// stay: a report that comes again is still read.
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("clean"))]
pub struct CleanArgs {
    /// Print what would be removed, and remove nothing
    #[arg(long)]
    dry_run: bool,
    /// Print JSON: an array of objects
    #[arg(long)]
    json: bool,
}

/// Why a report is no longer kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum ExpiryReason {
    /// It came too long ago.
    Days,
    /// There are enough newer ones.
    Reports,
}

/// An unmarked report of an outlet with a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RetainedReport {
    number: i64,
    /// The day by which it is newer or older than others: that of the event, else that of import as a second.
    order: (Option<Day>, i64),
    added: i64,
}

/// A report that is removed, as `--json` prints it.
#[derive(Serialize)]
struct ExpiredJson<'a> {
    id: &'a str,
    title: &'a str,
    date: Option<String>,
    outlet: Option<String>,
    source: &'a str,
    reason: ExpiryReason,
}

impl CleanArgs {
    /// Finds what is no longer kept, and prints or removes it.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        let rules = session.config()?.retention.clone();
        let (colours, lang) = (session.colours()? != ColourDepth::None, session.lang()?);
        let store = session.store()?;
        let now = jiff::Timestamp::now().as_second();
        let (expired, marked) = expired(&store, &rules, now)?;
        let numbers: Vec<i64> = expired.iter().map(|row| row.0).collect();
        let reasons: HashMap<i64, ExpiryReason> = expired.into_iter().collect();
        let rows = store.index().rows_of(&numbers)?;
        if rules.is_empty() {
            say("the settings have no [retention], so nothing is removed; `baocao config print` shows its form");
        }
        let mut out = Output::default();
        if self.json {
            out.json_array(rows.iter().map(|row| json_of(row, &reasons)))?;
        } else if self.dry_run {
            print(&mut out, &rows, colours, lang)?;
        }
        out.flush()?;
        if self.dry_run {
            say(&format!("{} would be removed; {} that are marked stay", counted(rows.len()), counted(marked)));
            return Ok(DONE);
        }
        let mut removed = 0;
        store.cache().remove_unmarked(&rows, &mut |batch| removed += batch.len())?;
        if removed > 0 {
            say(&format!("{} removed", counted(removed)));
        }
        Ok(DONE)
    }
}

fn counted(reports: usize) -> String {
    phrases::REPORTS_N.count(language(), reports)
}

fn json_of<'a>(row: &'a ListRow, reasons: &HashMap<i64, ExpiryReason>) -> ExpiredJson<'a> {
    ExpiredJson {
        id: &row.id,
        title: &row.title,
        date: row.day.map(Dated::iso),
        outlet: row.outlet(),
        source: &row.source,
        reason: reasons.get(&row.number).copied().unwrap_or(ExpiryReason::Days),
    }
}

/// The rows that are no longer kept, with why, and the number of marked reports.
fn expired(store: &Store, rules: &[RetentionRule], now: i64) -> Result<(Vec<(i64, ExpiryReason)>, usize), Failure> {
    if rules.is_empty() {
        return Ok((Vec::new(), 0));
    }
    // By outlet: the rule for all others limits each of them by itself.
    let mut by_outlet: HashMap<Option<String>, Vec<RetainedReport>> = HashMap::new();
    let marked = store.cache().each_unmarked(&mut |report: UnmarkedReport<'_>| {
        let outlet = outlet_of(report.source);
        if rule_for(rules, outlet.as_deref()).is_some() {
            let order = (report.day.or_else(|| NewsSince::day_of_second(report.added)), report.added);
            let retained = RetainedReport { number: report.number, order, added: report.added };
            by_outlet.entry(outlet).or_default().push(retained);
        }
    })?;
    let mut all = Vec::new();
    for (outlet, mut reports) in by_outlet {
        if let Some(rule) = rule_for(rules, outlet.as_deref()) {
            reports.sort_by_key(|report| Reverse(report.order));
            all.extend(beyond(rule, &reports, now));
        }
    }
    all.sort_by_key(|row| Reverse(row.0));
    Ok((all, marked))
}

/// Of the reports of one outlet, newest first, those beyond the limits of its rule.
fn beyond(rule: &RetentionRule, reports: &[RetainedReport], now: i64) -> Vec<(i64, ExpiryReason)> {
    let oldest = rule.days.map(|days| now - i64::from(days) * 86_400);
    let most = rule.reports.map_or(usize::MAX, |reports| reports as usize);
    let reason = |(n, report): (usize, &RetainedReport)| {
        let reason = if oldest.is_some_and(|oldest| report.added < oldest) {
            ExpiryReason::Days
        } else if n >= most {
            ExpiryReason::Reports
        } else {
            return None;
        };
        Some((report.number, reason))
    };
    reports.iter().enumerate().filter_map(reason).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_go_by_the_time_since_import_or_by_number() {
        let report = |number: i64, days_ago: i64| {
            let added = 1_800_000_000 - days_ago * 86_400;
            RetainedReport { number, order: (None, added), added }
        };
        let reports = [report(4, 0), report(3, 9), report(2, 11), report(1, 12)];
        let gone = |days, reports_kept| {
            let rule = RetentionRule { outlet: "a.vn".into(), host: "a.vn".into(), days, reports: reports_kept };
            beyond(&rule, &reports, 1_800_000_000)
        };
        assert_eq!(gone(Some(10), None), [(2, ExpiryReason::Days), (1, ExpiryReason::Days)]);
        assert_eq!(gone(None, Some(3)), [(1, ExpiryReason::Reports)]);
        assert_eq!(gone(Some(12), Some(1)).len(), 3);
        assert_eq!(gone(Some(400), Some(4)), []);
    }
}

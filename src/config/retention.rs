//! How long reports stay in the cache, by source or outlet: the lines of `[retention]`.
//!
//! ```toml
//! [retention]
//! bao = { reports = 300 }     # the outlet of [sources.bao]
//! "example.vn" = { days = 365, reports = 500 }
//! "*" = { days = 730 }        # every other outlet
//! files = { reports = 1000 }  # reports that are not from the web
//! ```

use super::check::ValueFault;
use super::{SourceSetting, quoted};
use crate::text::nearest::nearest;
use toml::{Table, Value};
use url::Url;

/// The key of the line for every outlet without a line of its own.
const ANY_OUTLET: &str = "*";
/// The key of the line for reports that have no address on the web.
const FILES: &str = "files";
/// What a line may limit.
const LIMITS: [&str; 2] = ["days", "reports"];

/// One line of `[retention]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetentionRule {
    /// As written: the name of a source, a host without `www.`, `*`, or `files`.
    pub outlet: String,
    /// The host that is meant; else the same as `outlet`.
    pub host: String,
    /// Days since the import after which a report may go.
    pub days: Option<u32>,
    /// How many reports stay, the newest by their day.
    pub reports: Option<u32>,
}

/// The lines of `[retention]`, in the order of the file's table. `sources` are those of the same file.
pub(super) fn of(table: &Table, sources: &[SourceSetting]) -> Vec<RetentionRule> {
    let lines = table.get("retention").and_then(Value::as_table).into_iter().flatten();
    let limit = |line: &Value, key: &str| line.get(key).and_then(Value::as_integer).and_then(|n| u32::try_from(n).ok());
    lines
        .map(|(outlet, line)| RetentionRule {
            outlet: outlet.clone(),
            host: sources.iter().find(|source| source.name == *outlet).and_then(host_of).unwrap_or(outlet.clone()),
            days: limit(line, "days"),
            reports: limit(line, "reports"),
        })
        .collect()
}

/// The host of a source, as reports have it. An address without a scheme is one of the web.
fn host_of(source: &SourceSetting) -> Option<String> {
    let url = Url::parse(&source.address).ok().filter(Url::has_host);
    let url = url.or_else(|| Url::parse(&["https://", &source.address].concat()).ok())?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// Checks the table: each line limits days, reports or both, by whole numbers from 1.
pub(super) fn check(value: &Value, sources: &[SourceSetting]) -> Vec<ValueFault> {
    let form = "[retention] holds lines of the form \"outlet\" = { days = 365, reports = 500 }";
    let Some(table) = value.as_table() else { return vec![ValueFault::new(&["retention"], form)] };
    table.iter().flat_map(|(outlet, line)| check_line(outlet, line, sources, form)).collect()
}

fn check_line(outlet: &str, line: &Value, sources: &[SourceSetting], form: &str) -> Vec<ValueFault> {
    let wrong = |why: String| ValueFault::new(&["retention", outlet], why);
    let Some(limits) = line.as_table().filter(|limits| !limits.is_empty()) else { return vec![wrong(form.to_owned())] };
    let mut faults = Vec::new();
    for (key, limit) in limits {
        if !LIMITS.contains(&key.as_str()) {
            let near = nearest(key, &LIMITS).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            faults.push(wrong(format!("[retention] {outlet:?} limits days or reports, not `{key}`{near}")));
        } else if !limit.as_integer().is_some_and(|n| n > 0 && u32::try_from(n).is_ok()) {
            faults.push(wrong(format!("[retention] {outlet:?}: `{key}` is a whole number from 1")));
        }
    }
    let is_host = outlet.contains('.') && !outlet.contains(['/', ':', ' ']) && !outlet.starts_with("www.");
    let is_source = sources.iter().any(|source| source.name == *outlet);
    if !is_host && !is_source && outlet != ANY_OUTLET && outlet != FILES {
        faults.push(wrong(format!(
            "[retention] {outlet:?} is neither an outlet nor a source: write the name of a source, or the host of the \
             addresses without www., as in \"example.vn\", or \"*\" for all others, or files"
        )));
    }
    faults
}

/// The lines as a table of the config file.
pub(super) fn print(rules: &[RetentionRule]) -> String {
    let line = |rule: &RetentionRule| {
        let limits = [("days", rule.days), ("reports", rule.reports)];
        let limits: Vec<String> =
            limits.into_iter().filter_map(|(key, limit)| Some(format!("{key} = {}", limit?))).collect();
        format!("{} = {{ {} }}\n", quoted(&rule.outlet), limits.join(", "))
    };
    rules.iter().map(line).collect()
}

/// The rule for a report of that outlet; `None` for one without an address. Of no rule, nothing is removed.
pub fn rule_for<'a>(rules: &'a [RetentionRule], outlet: Option<&str>) -> Option<&'a RetentionRule> {
    let named = |name: &str| rules.iter().find(|rule| rule.host.eq_ignore_ascii_case(name));
    match outlet {
        Some(outlet) => named(outlet).or_else(|| named(ANY_OUTLET)),
        None => named(FILES),
    }
}

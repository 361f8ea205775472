//! The sources of the config file: a table `[sources.NAME]` for each, with its address and what is taken of it.

use super::check::ValueFault;
use super::quoted;
use super::save_filter::quoted_key;
use std::fmt::Write as _;
use toml::{Table, Value};

/// Whether and how a source is fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceSetting {
    /// The name by which the user calls it.
    pub name: String,
    /// The address of its list: a feed, a sitemap or a page.
    pub address: String,
    /// Only pages whose title or address matches one of these are taken, if there are any.
    pub only: Vec<String>,
    /// Pages whose title or address matches one of these are not taken.
    pub skip: Vec<String>,
    /// How many days back pages are taken.
    pub days: u32,
    /// How many minutes pass at least between two passes.
    pub every: u32,
    /// Whether it may be a machine of the own network.
    pub allow_private: bool,
}

/// Pages of the last week are taken, unless the settings say otherwise.
pub const USUAL_DAYS: u32 = 7;
/// Minutes between two passes, unless the settings say otherwise.
pub const USUAL_MINUTES: u32 = 30;

/// The keys of a source's table.
const KEYS: [&str; 6] = ["address", "only", "skip", "days", "every", "allow_private"];

/// The sources of a table that `check` has accepted, in the order of their names.
pub(super) fn of(table: &Table) -> Vec<SourceSetting> {
    let Some(sources) = table.get("sources").and_then(Value::as_table) else { return Vec::new() };
    let source = |(name, value): (&String, &Value)| {
        let table = value.as_table()?;
        let number = |key: &str| table.get(key).and_then(Value::as_integer).and_then(|n| u32::try_from(n).ok());
        Some(SourceSetting {
            name: name.clone(),
            address: table.get("address")?.as_str()?.to_owned(),
            only: words(table, "only"),
            skip: words(table, "skip"),
            days: number("days").unwrap_or(USUAL_DAYS),
            every: number("every").unwrap_or(USUAL_MINUTES),
            allow_private: table.get("allow_private").and_then(Value::as_bool).unwrap_or(false),
        })
    };
    sources.iter().filter_map(source).collect()
}

fn words(table: &Table, key: &str) -> Vec<String> {
    match table.get(key) {
        Some(Value::String(word)) => vec![word.clone()],
        Some(Value::Array(words)) => words.iter().filter_map(|word| Some(word.as_str()?.to_owned())).collect(),
        _ => Vec::new(),
    }
}

/// Checks the tables of the sources. A fault says what is wrong, and what would be right.
pub(super) fn check(value: &Value) -> Vec<ValueFault> {
    let Some(sources) = value.as_table() else {
        return vec![ValueFault::new(&["sources"], "sources are tables: [sources.NAME]")];
    };
    sources.iter().flat_map(|(name, source)| check_source(name, source)).collect()
}

fn check_source(name: &str, source: &Value) -> Vec<ValueFault> {
    let wrong = |why: String| ValueFault::new(&["sources", name], why);
    let Some(table) = source.as_table() else {
        return vec![wrong(format!("[sources.{name}] is a table with at least address = \"https://…\""))];
    };
    let mut faults = Vec::new();
    for (key, value) in table {
        let is_sound = match key.as_str() {
            "address" => value.is_str(),
            "only" | "skip" => value.is_str() || value.as_array().is_some_and(|words| words.iter().all(Value::is_str)),
            "days" | "every" => value.as_integer().is_some_and(|number| u32::try_from(number).is_ok()),
            "allow_private" => value.is_bool(),
            _ => {
                let near = crate::text::nearest::nearest(key, &KEYS).map(|near| format!("; did you mean `{near}`?"));
                let hint = near.unwrap_or_else(|| format!("; there are {}", crate::text::nearest::in_code(&KEYS)));
                let why = format!("[sources.{name}] has no setting `{key}`{hint}");
                faults.push(ValueFault::new(&["sources", name, key], why));
                continue;
            }
        };
        if !is_sound {
            let why = format!("`{key}` of [sources.{name}] {}", form_of(key));
            faults.push(ValueFault::new(&["sources", name, key], why));
        }
    }
    // A misspelt key is most often the address itself: one fault is told of it, not two.
    if faults.is_empty() && !table.contains_key("address") {
        faults.push(wrong(format!("[sources.{name}] needs address = \"https://…\"")));
    }
    faults
}

fn form_of(key: &str) -> &'static str {
    match key {
        "address" => "is an address between quotation marks",
        "only" | "skip" => "is a pattern between quotation marks, or a list of them: [\"sơ kết\", \"/quoc-phong/\"]",
        "days" => "is a number of days",
        "every" => "is a number of minutes",
        _ => "is true or false",
    }
}

/// Formats one source as its table, without what is usual.
pub(super) fn print_one(source: &SourceSetting) -> String {
    let mut out = format!("[sources.{}]\naddress = {}\n", heading(&source.name), quoted(&source.address));
    let list = |words: &[String]| Value::Array(words.iter().cloned().map(Value::String).collect());
    // Writing to a `String` cannot fail.
    for (key, words) in [("only", &source.only), ("skip", &source.skip)].iter().filter(|(_, words)| !words.is_empty()) {
        let _ = writeln!(out, "{key} = {}", list(words));
    }
    for (key, number, usual) in [("days", source.days, USUAL_DAYS), ("every", source.every, USUAL_MINUTES)] {
        if number != usual {
            let _ = writeln!(out, "{key} = {number}");
        }
    }
    if source.allow_private {
        out.push_str("allow_private = true\n");
    }
    out
}

/// Formats all sources as tables of a config file.
pub(super) fn print(sources: &[SourceSetting]) -> String {
    sources.iter().map(print_one).collect::<Vec<_>>().join("\n")
}

/// A name as a part of a table's heading: bare if it can be.
fn heading(name: &str) -> String {
    let is_bare = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if is_bare { name.to_owned() } else { quoted_key(name) }
}

//! Reports for measurements by size: unlike those of `report`, their people are drawn from as many officials as a
//! country has, most of them named a few times and one in every eighth report, and their days are in no order.

use super::people::{Person, people};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// How many different officials the reports name.
const OFFICIALS: usize = 100_000;
/// People of a report.
const NAMED: usize = 6;

/// Writes reports `0..count` as JSON lines. The first reports of a larger count are those of a smaller one.
pub fn write_varied(path: &Path, count: usize) -> std::io::Result<()> {
    let all: Vec<Person> = people(OFFICIALS).collect();
    let mut out = BufWriter::new(File::create(path)?);
    for n in 0..count {
        writeln!(out, "{}", line(n, &all))?;
    }
    out.flush()
}

/// Report number `n` as a line of JSON.
fn line(n: usize, all: &[Person]) -> String {
    let mut dice = (n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut roll = move |sides: usize| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        (dice >> 20) as usize % sides.max(1)
    };
    let date = format!("{}-{:02}-{:02}", 2000 + roll(26), 1 + roll(12), 1 + roll(28));
    // The heading of `report` tells the reports apart; its people are replaced.
    let whole = super::report(n);
    let mut paragraphs = whole.split("\n\n").map(str::to_owned).collect::<Vec<_>>();
    let title = paragraphs.first().cloned().unwrap_or_default();
    for paragraph in paragraphs.iter_mut().skip(2).take(NAMED) {
        // The third power names one official in every eighth report, one in thirty, and most in few: of two thousand
        // real news texts, the most frequent stands in every fifteenth.
        let share = roll(1_000_000) as f64 / 1e6;
        let at = (share.powi(3) * all.len() as f64) as usize;
        let Some(person) = all.get(at) else { continue };
        let rank = person.rank.as_deref().unwrap_or("đồng chí");
        let post = person.posts.first().map_or("Chính ủy", String::as_str);
        let rest = paragraph.split_once('\n').map_or("", |(_, rest)| rest);
        *paragraph = format!("{rank} {}, {post} phát biểu tại hội nghị.\n{rest}", person.name);
    }
    let text = paragraphs.join("\n\n");
    serde_json::json!({ "id": n, "title": title, "date": date, "text": text }).to_string()
}

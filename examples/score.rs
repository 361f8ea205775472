//! Scores `extract` against a folder of annotated texts, so that the effect of editing a table row shows within
//! seconds:
//!
//! `cargo run --release --example score -- TEXTS GOLD [--misses] [--predictions FILE] [--only PREFIX,…]`
//!
//! TEXTS holds `NAME.txt`, GOLD `NAME.json` with `people` (`name`, `rank`, `posts`, `mentions` as ranges of code
//! points). Prints precision, recall and F1 of names, mentions, (name, rank) and (name, post); with `--misses`, also
//! each miss and false hit with its context. `--only` limits the texts by name, `--predictions` writes what was found.
//!
//! What an annotation marks as optional (short forms, alternative ranks, biographical posts) counts neither as a miss
//! if it is not found nor as a false hit if it is.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used, clippy::panic)]

use baocao::extract::extract;
use baocao::report::{Draft, Paragraph, ParagraphKind, Span};
use baocao::text::canonical::canonical_text;
use baocao::text::tone_marks::tone_normal;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const FIGURES: [&str; 4] = ["names", "mentions", "(name, rank)", "(name, post)"];

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [texts, gold, rest @ ..] = args.as_slice() else { anyhow::bail!("usage: score TEXTS GOLD [--misses]") };
    let misses = rest.iter().any(|arg| arg == "--misses");
    let value = |name: &str| rest.iter().position(|arg| arg == name).and_then(|at| rest.get(at + 1)).cloned();
    let only: Vec<String> =
        value("--only").map(|list| list.split(',').map(str::to_owned).collect()).unwrap_or_default();
    let mut predictions = String::new();
    let mut groups: BTreeMap<&str, Score> = BTreeMap::new();
    let mut names: Vec<_> = std::fs::read_dir(gold)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    names.sort();
    for path in names {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        if !only.is_empty() && !only.iter().any(|prefix| stem.starts_with(prefix.as_str())) {
            continue;
        }
        let text = canonical_text(&std::fs::read_to_string(Path::new(texts).join(format!("{stem}.txt")))?);
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
        let people = predict(&text);
        predictions.push_str(&json!({"file": format!("{stem}.txt"), "text": text, "people": people}).to_string());
        predictions.push('\n');
        let group = if stem.starts_with("seed") || stem.as_str() < "040" { "genre" } else { "news" };
        for who in [group, "all"] {
            groups.entry(who).or_default().add(&stem, &text, &gold, &people, misses && who != "all");
        }
    }
    for (group, score) in groups {
        println!("{group}: {} documents", score.documents);
        for (figure, [right, wrong, missed]) in FIGURES.iter().zip(score.counts) {
            let (p, r) = (ratio(right, right + wrong), ratio(right, right + missed));
            let f = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
            println!("  {figure:<13} P {p:.3}  R {r:.3}  F1 {f:.3}   right {right}  wrong {wrong}  missed {missed}");
        }
    }
    if let Some(file) = value("--predictions") {
        std::fs::write(file, predictions)?;
    }
    Ok(())
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A draft in which all lines are body paragraphs: the texts are annotated without paragraph kinds. The one exception
/// is a leftover of image toolbars, which `ingest` would mark as residue too.
fn draft(text: &str) -> Draft {
    let mut at = 0;
    let mut paragraphs = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let start = at + line.find(words).unwrap_or(0);
            let kind = if words == "leftcenterrightdel" { ParagraphKind::Residue } else { ParagraphKind::Body };
            paragraphs.push(Paragraph { kind, span: Span::new(start, start + words.len()) });
        }
        at += line.len();
    }
    Draft { text: text.to_owned(), paragraphs, ..Draft::default() }
}

/// The people found in a text, in the form of the annotations.
fn predict(text: &str) -> Vec<Value> {
    let found = extract(&draft(text));
    // Byte offset -> code point, for every boundary of the text.
    let mut points = vec![0; text.len() + 1];
    let mut count = 0;
    for (at, _) in text.char_indices() {
        points[at] = count;
        count += 1;
    }
    points[text.len()] = count;
    found
        .people
        .iter()
        .map(|person| {
            let mentions: Vec<_> = person.mentions.iter().map(|m| [points[m.span.start], points[m.span.end]]).collect();
            json!({
                "name": person.name,
                "rank": person.rank.map(|said| said.rank.name),
                "posts": person.posts.iter().map(|post| post.text.clone()).collect::<Vec<_>>(),
                "mentions": mentions,
            })
        })
        .collect()
}

#[derive(Default)]
struct Score {
    documents: usize,
    /// For each of `FIGURES`: right, wrong, missed.
    counts: [[usize; 3]; 4],
}

/// For each of `FIGURES`, the facts as pairs: name and nothing, start and end, name and rank, name and post.
type Facts = [BTreeSet<(String, String)>; 4];

impl Score {
    fn add(&mut self, stem: &str, text: &str, gold: &Value, people: &[Value], misses: bool) {
        self.documents += 1;
        let of = |optional: bool| {
            list(gold, "people").iter().filter(|p| (p["optional"] == true) == optional).cloned().collect::<Vec<_>>()
        };
        let (want, mut may) = (facts(&of(false)), facts(&of(true)));
        let mut free: BTreeSet<String> = may[0].iter().map(|x| x.0.clone()).collect();
        for person in list(gold, "people") {
            let name = words(person["name"].as_str().unwrap_or_default());
            for short in strings(person, "short_forms") {
                free.insert(words(&short));
                may[0].insert((words(&short), String::new()));
            }
            may[2].extend(strings(person, "ranks_also").iter().map(|rank| (name.clone(), phrase(rank))));
            for key in ["posts_also", "posts_bio"] {
                may[3].extend(strings(person, key).iter().map(|post| (name.clone(), phrase(post))));
            }
        }
        let bylines: BTreeSet<String> = strings(gold, "bylines").iter().map(|byline| words(byline)).collect();
        let judged: Vec<Value> = people
            .iter()
            .filter(|p| {
                let name = words(p["name"].as_str().unwrap_or_default());
                want[0].iter().any(|x| x.0 == name) || !bylines.contains(&name)
            })
            .cloned()
            .collect();
        let got = facts(&judged);
        free.retain(|name| !want[0].iter().any(|x| &x.0 == name));
        let chars: Vec<char> = text.chars().collect();
        for (kind, figure) in FIGURES.iter().enumerate() {
            let missed: Vec<_> = want[kind].difference(&got[kind]).collect();
            let wrong: Vec<_> = got[kind]
                .difference(&want[kind])
                .filter(|x| !(may[kind].contains(*x) || (kind > 1 && free.contains(&x.0))))
                .collect();
            self.counts[kind][0] += got[kind].intersection(&want[kind]).count();
            self.counts[kind][1] += wrong.len();
            self.counts[kind][2] += missed.len();
            for (sign, facts) in [("missed", missed), ("wrong ", wrong)] {
                for (a, b) in facts.into_iter().filter(|_| misses) {
                    let what = if *figure == "mentions" { around(&chars, a, b) } else { format!("{a} | {b}") };
                    println!("{stem}  {figure}  {sign}  {what}");
                }
            }
        }
    }
}

fn around(chars: &[char], start: &str, end: &str) -> String {
    let (start, end): (usize, usize) = (start.parse().unwrap(), end.parse().unwrap());
    let piece = |from: usize, to: usize| -> String {
        chars[from.min(chars.len())..to.min(chars.len())].iter().map(|c| if *c == '\n' { '⏎' } else { *c }).collect()
    };
    format!("{}[{}]{}", piece(start.saturating_sub(40), start), piece(start, end), piece(end, end + 30))
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn strings(value: &Value, key: &str) -> Vec<String> {
    list(value, key).iter().filter_map(|x| x.as_str().map(str::to_owned)).collect()
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn phrase(text: &str) -> String {
    tone_normal(&words(text)).trim_matches([' ', '.', ',', ';', ':']).to_owned()
}

fn facts(people: &[Value]) -> Facts {
    let mut out: Facts = Facts::default();
    for person in people {
        let name = words(person["name"].as_str().unwrap_or_default());
        out[0].insert((name.clone(), String::new()));
        for mention in list(person, "mentions") {
            out[1].insert((mention[0].to_string(), mention[1].to_string()));
        }
        if let Some(rank) = person["rank"].as_str() {
            out[2].insert((name.clone(), phrase(rank)));
        }
        out[3].extend(
            strings(person, "posts").iter().map(|post| (name.clone(), phrase(post))).filter(|x| !x.1.is_empty()),
        );
    }
    out
}

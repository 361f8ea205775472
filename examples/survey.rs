//! Runs `extract` over many texts without annotations, to measure its speed and to judge its errors by eye:
//!
//! `cargo run --release --example survey -- FILE.jsonl [--sample N]`
//!
//! Each line of FILE.jsonl is an object with a `text`. Prints the time and the totals; with `--sample`, also about N
//! mentions at even distances, each with its context. `--hostile` runs generated texts instead that aim to be slow.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::format_collect, clippy::indexing_slicing)]

use baocao::extract::extract;
use baocao::ingest::{InputHint, read};
use baocao::report::{Draft, Paragraph, ParagraphKind, Span};
use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(file) = args.first() else { anyhow::bail!("usage: survey FILE.jsonl [--sample N] | --hostile") };
    if file == "--hostile" {
        hostile();
        return Ok(());
    }
    let sample: usize =
        args.iter().position(|arg| arg == "--sample").and_then(|at| args.get(at + 1)?.parse().ok()).unwrap_or(0);
    let mut drafts = Vec::new();
    for line in BufReader::new(std::fs::File::open(file)?).lines() {
        let value: serde_json::Value = serde_json::from_str(&line?)?;
        let text = value["text"].as_str().unwrap_or_default();
        drafts.extend(read(text.as_bytes(), &InputHint { name: "a.txt", ..InputHint::default() }).unwrap_or_default());
    }
    let bytes: usize = drafts.iter().map(|draft| draft.text.len()).sum();
    let start = Instant::now();
    let found: Vec<_> = drafts.iter().map(extract).collect();
    tell("all", bytes, start.elapsed());
    let mentions: Vec<String> = drafts
        .iter()
        .zip(&found)
        .flat_map(|(draft, found)| {
            found.people.iter().flat_map(move |person| {
                person.mentions.iter().map(move |mention| {
                    let posts: Vec<&str> = person.posts.iter().map(|post| post.text.as_str()).collect();
                    let rank = person.rank.map_or("-", |said| said.rank.name);
                    let around = around(draft, mention.span.start, mention.span.end);
                    format!("{:?}\t{rank}\t{}\t{around}\t{}", mention.evidence, person.name, posts.join("; "))
                })
            })
        })
        .collect();
    let people: usize = found.iter().map(|found| found.people.len()).sum();
    println!("{} texts, {people} people, {} mentions", drafts.len(), mentions.len());
    if let Some(step) = mentions.len().checked_div(sample) {
        for line in mentions.iter().step_by(step.max(1)).take(sample) {
            println!("{line}");
        }
    }
    Ok(())
}

fn around(draft: &Draft, start: usize, end: usize) -> String {
    let before: Vec<char> = draft.text.get(..start).unwrap_or_default().chars().rev().take(50).collect();
    let after: String = draft.text.get(end..).unwrap_or_default().chars().take(40).collect();
    let before: String = before.into_iter().rev().collect();
    format!("{before}[{}]{after}", draft.text.get(start..end).unwrap_or_default()).replace('\n', "⏎")
}

fn tell(what: &str, bytes: usize, time: Duration) {
    let megabytes = bytes as f64 / 1e6;
    let seconds = time.as_secs_f64();
    println!("{what}: {megabytes:.2} MB in {seconds:.3} s, {:.1} MB/s", megabytes / seconds);
}

/// Times texts of about a megabyte, each built to trigger quadratic behaviour in one recognizer: all should take about
/// the same time per byte.
fn hostile() {
    let pieces = [
        ("one rank", "Thiếu tướng "),
        ("rank and name", "Thiếu tướng Nguyễn Văn A, "),
        ("capitals", "A"),
        ("single capitals", "A "),
        ("surnames", "Nguyễn "),
        ("capital words", "HÙNG "),
        ("commas", ","),
        ("spaced commas", ", "),
        ("brackets", "("),
        ("brackets and names", "(Nguyễn Văn A "),
        ("posts", "Phó Tư lệnh "),
        ("posts and commas", "Phó Tư lệnh, "),
        ("units", "Bộ Tư lệnh "),
        ("joined units", "Cục Dự báo và "),
        ("of", "Cục của "),
        ("titles", "PGS, TS, "),
        ("states", "nguyên "),
        ("numbers", "1-"),
        ("dotted numbers", "1.000."),
        ("hyphens", "a-"),
        ("hyphened names", "Kim-a"),
        ("promotions", "thăng quân hàm "),
        ("given posts", "giữ chức Phó Tư lệnh "),
        ("events of one", "Thiếu tướng Nguyễn Văn A được bổ nhiệm giữ chức Phó Tư lệnh Quân khu 1, "),
        ("credits", "Ảnh: "),
        ("lines", "\n"),
        ("short lines", "A\n"),
        ("things", "đường phố "),
        ("quotes", "“"),
        ("definitions", "(A, "),
        ("list heads", "các đồng chí Phó Tư lệnh: "),
    ];
    for (what, piece) in pieces {
        let text = piece.repeat(1_000_000 / piece.len());
        run(what, &text);
    }
    let given = ["An", "Ba", "Chi", "Dũng", "Giang", "Hà", "Hùng", "Khoa", "Lâm", "Minh"];
    let many: String = (0..30_000)
        .map(|n| format!("Thiếu tướng Nguyễn {} {} {}. ", given[n % 10], given[n / 10 % 10], given[n / 100 % 10]))
        .collect();
    run("namesakes", &many);
    let distinct: String = (0..30_000).map(|n| format!("Thiếu tướng Trần X{n} Hùng và đồng chí Hùng. ")).collect();
    run("one given name", &distinct);
}

fn run(what: &str, text: &str) {
    let draft = Draft { text: text.to_owned(), paragraphs: lines(text), ..Draft::default() };
    let start = Instant::now();
    let found = extract(&draft);
    tell(&format!("{what} ({} people)", found.people.len()), text.len(), start.elapsed());
}

/// Every non-blank line as a body paragraph.
fn lines(text: &str) -> Vec<Paragraph> {
    let mut at = 0;
    let mut out = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let start = at + line.find(words).unwrap_or(0);
        if !words.is_empty() {
            out.push(Paragraph { kind: ParagraphKind::Body, span: Span::new(start, start + words.len()) });
        }
        at += line.len();
    }
    out
}

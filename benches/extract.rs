//! Throughput of `extract` on one core, in bytes per second: the sample reports one by one, all of them joined to one
//! long text, and a hostile text that keeps every recognizer busy. The three should be of the same order: if one long
//! text is much slower per byte, something is quadratic.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used, clippy::panic)]

use baocao::extract::extract;
use baocao::ingest::{InputHint, read};
use baocao::report::{Draft, Paragraph, ParagraphKind, Span};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

fn extraction(criterion: &mut Criterion) {
    let drafts = samples();
    let mut group = criterion.benchmark_group("extract");
    let bytes: usize = drafts.iter().map(|draft| draft.text.len()).sum();
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("samples", |bench| {
        bench.iter(|| drafts.iter().map(|draft| extract(black_box(draft)).people.len()).sum::<usize>());
    });
    let joined: String = drafts.iter().map(|draft| draft.text.as_str()).collect::<Vec<_>>().join("\n");
    let long = body(&joined.repeat(1 + 1_000_000 / joined.len()));
    group.throughput(Throughput::Bytes(long.text.len() as u64));
    group.sample_size(10);
    group.bench_function("one_long_text", |bench| bench.iter(|| extract(black_box(&long)).people.len()));
    let hostile = body(&"Phó Tư lệnh, Thiếu tướng Nguyễn Văn A, (".repeat(20_000));
    group.throughput(Throughput::Bytes(hostile.text.len() as u64));
    group.bench_function("hostile", |bench| bench.iter(|| extract(black_box(&hostile)).people.len()));
    group.finish();
}

/// The sample reports as drafts.
fn samples() -> Vec<Draft> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for year in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")).unwrap() {
        let year = year.unwrap().path();
        if year.is_dir() {
            paths.extend(fs::read_dir(year).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending != "expected"));
    paths.sort();
    let draft = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        read(&fs::read(path).unwrap(), &InputHint { name: &name, ..InputHint::default() }).unwrap().remove(0)
    };
    paths.iter().map(draft).collect()
}

/// A draft in which every non-blank line is a body paragraph.
fn body(text: &str) -> Draft {
    let mut at = 0;
    let mut paragraphs = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        if !words.is_empty() {
            paragraphs.push(Paragraph { kind: ParagraphKind::Body, span: Span::new(at, at + words.len()) });
        }
        at += line.len();
    }
    Draft { text: text.to_owned(), paragraphs, ..Draft::default() }
}

criterion_group!(benches, extraction);
criterion_main!(benches);

//! Trains the zstd dictionary with which the cache compresses short texts, from the sample reports and the tables:
//!
//! `cargo run --release --example dictionary -- NUMBER FILE`
//!
//! A dictionary that any cache was written with must never change, or that cache becomes unreadable. A new one gets a
//! new number, and the program keeps both (see src/store/cache/packed_text.rs).
#![allow(clippy::print_stdout, clippy::indexing_slicing)]

use anyhow::{Context, ensure};
use baocao::import::{ImportOptions, find, read_only};
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

/// Size of the dictionary in bytes. A larger one improves only texts that resemble the samples.
const SIZE: usize = 32 << 10;
/// Shorter samples, in bytes, contain no pattern worth learning.
const SHORTEST: usize = 8;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [number, file] = args.as_slice() else { anyhow::bail!("usage: dictionary NUMBER FILE") };
    let number: u32 = number.parse().context("NUMBER is a number")?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pieces = paragraphs(root.join("sample-data"));
    pieces.extend(forms(&root.join("src/extract/tables"))?);
    pieces.retain(|piece| piece.len() >= SHORTEST);
    let mut dictionary = zstd::dict::from_samples(&pieces, SIZE)?;
    // The format has the dictionary id in bytes 4 to 7, little-endian, behind the magic number.
    let place = dictionary.get_mut(4..8).context("the dictionary has no head")?;
    place.copy_from_slice(&number.to_le_bytes());
    ensure!(zstd::zstd_safe::get_dict_id(&dictionary).is_some_and(|id| id.get() == number), "its number did not take");
    fs::write(file, &dictionary)?;
    println!("{} pieces, {} bytes, hash {}", pieces.len(), dictionary.len(), blake3::hash(&dictionary).to_hex());
    Ok(())
}

/// The paragraphs of the reports in a folder.
fn paragraphs(folder: PathBuf) -> Vec<String> {
    let found = find(&[folder]);
    let mut paragraphs = Vec::new();
    for found in &found {
        let Ok(_) = read_only::<Infallible>(found, &ImportOptions::default(), &mut |draft, _| {
            paragraphs.extend(draft.text.lines().map(str::to_owned));
            Ok(())
        });
    }
    paragraphs
}

/// The terms of the tables, which are their first columns.
fn forms(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.sort();
    let mut forms = Vec::new();
    for file in files {
        let table = fs::read_to_string(&file)?;
        let rows = table.lines().filter(|line| !line.starts_with('#'));
        forms.extend(rows.filter_map(|row| row.split('\t').next().map(str::to_owned)));
    }
    Ok(forms)
}

//! The first hundred bytes of an SQLite file. Some of them are the same in every file that this program writes. SQLite
//! refuses, or opens for reading only, a file in which one of these is another, and takes it for a file of a newer
//! SQLite; here it is damage, and is mended as such.

use super::StoreError;
use super::cache::APPLICATION_ID;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Each place that has a number of known size, its bytes, and the largest that this program writes. Less is what a file
/// has before its first table. They are the version of the format for writing and for reading, the bytes that are left
/// free on each page, the format of the tables, and the encoding of the texts.
const FIXED: [(usize, usize, u32); 5] = [(18, 1, 2), (19, 1, 2), (20, 1, 0), (44, 4, 4), (56, 4, 1)];
/// Where a file says whose it is.
const APPLICATION: usize = 68;

/// `StoreError::Corrupt` if the file says that it is ours, and has a head that this program does not write. A file that
/// cannot be read, or is shorter, is left to SQLite.
pub(super) fn check(path: &Path) -> Result<(), StoreError> {
    let mut head = [0; 100];
    if File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_err() {
        return Ok(());
    }
    if number(&head, APPLICATION, 4) != u32::try_from(APPLICATION_ID).unwrap_or_default() {
        return Ok(());
    }
    if FIXED.into_iter().any(|(at, bytes, most)| number(&head, at, bytes) > most) {
        return Err(StoreError::corrupt("its head is not what was written"));
    }
    Ok(())
}

/// The number in some bytes of the head, the highest first.
fn number(head: &[u8], at: usize, bytes: usize) -> u32 {
    head.iter().skip(at).take(bytes).fold(0, |number, byte| (number << 8) | u32::from(*byte))
}

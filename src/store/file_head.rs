//! The first hundred bytes of an SQLite file. Some of them are the same in every file that this program writes. SQLite
//! refuses, or opens for reading only, a file in which one of these is another, and takes it for a file of a newer
//! SQLite; here it is damage, and is mended as such.

use super::StoreError;
use super::cache::APPLICATION_ID;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A file of SQLite begins with these bytes.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// A number of the head that has a largest value.
struct FixedNumber {
    /// Its place, and its size in bytes.
    at: usize,
    bytes: usize,
    /// The largest that this program writes. Less is what a file has before its first table.
    ours: u32,
    /// The largest that any program writes.
    any: u32,
}

/// The version of the format for writing and for reading, the bytes that are left free on each page, the format of the
/// tables, and the encoding of the texts.
const FIXED: [FixedNumber; 5] = [
    FixedNumber { at: 18, bytes: 1, ours: 2, any: 2 },
    FixedNumber { at: 19, bytes: 1, ours: 2, any: 2 },
    FixedNumber { at: 20, bytes: 1, ours: 0, any: 255 },
    FixedNumber { at: 44, bytes: 4, ours: 4, any: 4 },
    FixedNumber { at: 56, bytes: 4, ours: 1, any: 3 },
];
/// Where a file says whose it is.
const APPLICATION: usize = 68;

/// `StoreError::Corrupt` if the file says that it is ours, and has a head that this program does not write; or if it
/// does not say so, and has one that nobody writes: then where it says so may be damaged, too. A file that cannot be
/// read, or is shorter, is left to SQLite.
pub(super) fn check(path: &Path) -> Result<(), StoreError> {
    let mut head = [0; 100];
    if File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_err() {
        return Ok(());
    }
    let is_ours = number(&head, APPLICATION, 4) == u32::try_from(APPLICATION_ID).unwrap_or_default();
    if !is_ours && !head.starts_with(MAGIC) {
        return Ok(());
    }
    let is_larger = |one: &FixedNumber| number(&head, one.at, one.bytes) > if is_ours { one.ours } else { one.any };
    if FIXED.iter().any(is_larger) {
        return Err(StoreError::corrupt("its head is not what was written"));
    }
    Ok(())
}

/// The number in some bytes of the head, the highest first.
fn number(head: &[u8], at: usize, bytes: usize) -> u32 {
    head.iter().skip(at).take(bytes).fold(0, |number, byte| (number << 8) | u32::from(*byte))
}

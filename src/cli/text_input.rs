//! Reads a text that an argument names: a file, or standard input for `-`.

use super::exit_status::Failure;
use std::io::Read;
use std::path::Path;

/// The largest text that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// The whole text; bytes that are no UTF-8 are replaced.
///
/// # Errors
/// `SOME` if it cannot be read, or is too large to be what was meant.
pub fn read(file: &Path) -> Result<String, Failure> {
    let failed = |error: std::io::Error| Failure::some(format!("{file:?} could not be read: {error}"));
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    } else {
        std::fs::File::open(file).map_err(failed)?.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    }
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::some(format!(
            "{file:?} is larger than {} MiB, so it holds something else",
            LARGEST >> 20
        )));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

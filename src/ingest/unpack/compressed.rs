//! Files that are one compressed file: gzip, of one member or many, and zstd.

use super::budget::Counted;
use super::{Place, Unpacker};
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufReader, Read};

/// The largest window of zstd that is accepted, as a power of two of bytes: 64 MiB would be the memory of one hostile
/// file. Programs choose 8 MiB unless told otherwise.
const MAX_ZSTD_WINDOW_LOG: u32 = 24;

/// Opens what is in a gzip file.
pub(super) fn gzip(unpacker: &mut Unpacker<'_>, input: &mut dyn Read, place: &Place) -> io::Result<()> {
    let decoder = MultiGzDecoder::new(BufReader::new(input));
    let mut inside = Counted::unpacked(decoder, &unpacker.budget);
    unpacker.open(&mut inside, &place.unpacked(&[".gz", ".gzip", ".tgz", ".z"]))
}

/// Opens what is in a zstd file.
pub(super) fn zstd(unpacker: &mut Unpacker<'_>, input: &mut dyn Read, place: &Place) -> io::Result<()> {
    let mut decoder = zstd::stream::read::Decoder::with_buffer(BufReader::new(input))?;
    decoder.window_log_max(MAX_ZSTD_WINDOW_LOG)?;
    let mut inside = Counted::unpacked(decoder, &unpacker.budget);
    unpacker.open(&mut inside, &place.unpacked(&[".zst", ".zstd"]))
}

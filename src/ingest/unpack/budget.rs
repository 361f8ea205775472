//! Counts what goes into the unpackers of an input and what comes out. Texts pack to a third or a tenth; what unpacks
//! to hundreds of times its size was made to fill a disk, and is ended.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// More than this times its size, an input is a bomb. Deflate reaches 1,032; pages of a table 50.
const MAX_RATIO: u64 = 200;
/// So much may come out of any input, however small.
const FREE_BYTES: u64 = 16 << 20;

/// What was read of an input and what was unpacked of it, in bytes.
#[derive(Debug, Default)]
pub(super) struct Budget {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
}

impl Budget {
    /// Counts bytes that went in.
    pub fn pack(&self, bytes: u64) {
        self.packed.set(self.packed.get().saturating_add(bytes));
    }

    /// Counts bytes that came out. An error if they are too many.
    fn unpack(&self, bytes: u64) -> io::Result<()> {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes));
        if self.is_exceeded() {
            return Err(self.refused());
        }
        Ok(())
    }

    /// The error for an input that is a bomb, which from now on counts as one.
    pub fn refused(&self) -> io::Error {
        self.unpacked.set(u64::MAX);
        io::Error::other(format!(
            "it unpacks to more than {MAX_RATIO} times its size; it is not a packed file of texts"
        ))
    }

    /// The error for an archive whose list names the same bytes as several files, which from now on counts as a bomb.
    pub fn refused_overlap(&self) -> io::Error {
        self.unpacked.set(u64::MAX);
        io::Error::other("its files overlap each other, which those of a sound archive never do; make it again")
    }

    /// Whether more came out than may.
    pub fn is_exceeded(&self) -> bool {
        self.unpacked.get() > self.packed.get().saturating_mul(MAX_RATIO).saturating_add(FREE_BYTES)
    }
}

/// Which side of an unpacker a reader is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Packed,
    Unpacked,
}

/// A reader whose bytes are counted.
pub(super) struct Counted<R> {
    inner: R,
    budget: Rc<Budget>,
    side: Side,
}

impl<R: Read> Counted<R> {
    /// A reader of what goes into an unpacker.
    pub fn packed(inner: R, budget: &Rc<Budget>) -> Self {
        Self { inner, budget: Rc::clone(budget), side: Side::Packed }
    }

    /// A reader of what comes out of an unpacker.
    pub fn unpacked(inner: R, budget: &Rc<Budget>) -> Self {
        Self { inner, budget: Rc::clone(budget), side: Side::Unpacked }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        match self.side {
            Side::Packed => self.budget.pack(count as u64),
            Side::Unpacked => self.budget.unpack(count as u64)?,
        }
        Ok(count)
    }
}

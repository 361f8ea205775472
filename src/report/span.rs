//! Byte ranges of a text. A `Span` is half-open and begins and ends on character boundaries. Cutting one out of the
//! wrong text gives the empty string and never panics.

use serde::{Deserialize, Serialize};

/// A half-open byte range of a canonical text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "ReadSpan")]
pub struct Span {
    pub start: usize,
    /// Byte offset one past the last byte.
    pub end: usize,
}

/// A span as it is read from JSON, before it is known to run forwards.
#[derive(Deserialize)]
struct ReadSpan {
    start: usize,
    end: usize,
}

impl TryFrom<ReadSpan> for Span {
    type Error = &'static str;

    fn try_from(ReadSpan { start, end }: ReadSpan) -> Result<Self, Self::Error> {
        if start <= end { Ok(Self { start, end }) } else { Err("a span runs backwards") }
    }
}

impl Span {
    /// A span from `start` to `end` (exclusive), in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forwards");
        Self { start, end }
    }

    /// Returns the words of `text` in this span; empty if the span is out of range or not on character boundaries.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    pub fn len(self) -> usize {
        self.end - self.start
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two spans have a byte in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies within this one.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

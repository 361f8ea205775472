//! Finds lines that moved: regions of the screen that leave less to draw if the terminal scrolls them up or down.
//! These are proposals: the caller encodes the frame with and without scrolling and sends the shorter encoding.
//!
//! The screen is divided into chunks of eight columns, each known by a hash. Every changed chunk votes for each
//! distance at which the same hash was shown in the same column of chunks; the distances with the most votes are
//! examined.
//!
//! ```text
//! before          after            votes for +1 (up): b, c, d        region lines 0..4, by 1
//! 0 a             0 b
//! 1 b             1 c
//! 2 c             2 d
//! 3 d             3 e   new
//! ```

use ratatui::buffer::Cell;
use ratatui::layout::Rect;
use std::hash::{BuildHasher, Hash, Hasher};
use std::ops::Range;

/// A region of lines that scroll together, and how far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScrolledLines {
    /// The region. Lines leave it at one end, and blank lines come in at the other.
    pub lines: Range<u16>,
    /// The distance in lines: up if positive, down if negative.
    pub by: i16,
}

impl ScrolledLines {
    /// The number that the line now at `y` had before scrolling; `None` if it is a blank one that came in.
    pub fn origin(&self, y: u16) -> Option<u16> {
        if !self.lines.contains(&y) {
            return Some(y);
        }
        y.checked_add_signed(self.by).filter(|from| self.lines.contains(from))
    }

    /// The lines to draw after scrolling, from top to bottom, if the lines `changed` differed before: every line of the
    /// region, and the changed ones outside it.
    pub fn touched(&self, changed: &[u16]) -> Vec<u16> {
        let above = changed.iter().copied().filter(|y| *y < self.lines.start);
        let below = changed.iter().copied().filter(|y| *y >= self.lines.end);
        above.chain(self.lines.clone()).chain(below).collect()
    }
}

/// The width of a chunk, in columns. Lines are compared chunk by chunk because panes side by side scroll independently.
const CHUNK: usize = 8;
/// The number of scroll distances that are examined, those with the most votes first.
const LOOKED_INTO: usize = 8;
/// The number of regions that are returned. The caller encodes a whole frame for each.
const WORTH_TRYING: usize = 2;

/// Regions in which scrolling leaves less to draw, the most promising first. It is enough that a part of each line
/// moved, such as one of two panes: the rest of the line is drawn again.
pub fn find(before: &LineHashes, after: &LineHashes) -> Vec<ScrolledLines> {
    // Indexed by distance + lines, so that distances of -lines to lines have a place. Blank chunks do not vote: they
    // are everywhere.
    let mut votes = vec![0; 2 * after.lines + 1];
    for chunk in 0..after.across {
        let (was, is) = (before.column(chunk), after.column(chunk));
        for (n, own) in is.iter().enumerate().filter(|(n, own)| **own != BLANK && was.get(*n) != Some(own)) {
            for (m, _) in was.iter().enumerate().filter(|(_, other)| *other == own) {
                if let Some(count) = votes.get_mut(after.lines + m - n) {
                    *count += 1;
                }
            }
        }
    }
    let by = |place: usize| place as i16 - after.lines as i16;
    let mut votes: Vec<(i16, usize)> = votes
        .into_iter()
        .enumerate()
        .filter(|(_, count)| *count > 0)
        .map(|(place, count)| (by(place), count))
        .collect();
    votes.sort_by_key(|(by, count)| (std::cmp::Reverse(*count), by.unsigned_abs(), *by));
    let candidates = votes.into_iter().take(LOOKED_INTO).filter_map(|(by, _)| best_region(before, after, by));
    let mut candidates: Vec<(i64, ScrolledLines)> = candidates.collect();
    candidates.sort_by_key(|(gain, _)| std::cmp::Reverse(*gain));
    candidates.into_iter().take(WORTH_TRYING).map(|(_, moved)| moved).collect()
}

/// The region in which scrolling by `by` lines saves most, and the number of chunks it saves. `None` if none saves
/// anything. A line saves the chunks that differ now and would not after scrolling, which can be a negative number; the
/// region is the run of lines with the largest sum (maximum subarray, by Kadane's algorithm in one pass).
fn best_region(before: &LineHashes, after: &LineHashes, by: i16) -> Option<(i64, ScrolledLines)> {
    let gain = |n: usize| {
        let from = usize::try_from(n as i64 + i64::from(by)).ok().filter(|from| *from < before.lines);
        let moved = from.map_or_else(|| after.unlike_blank(n), |from| after.unlike(n, before, from));
        after.unlike(n, before, n) as i64 - moved as i64
    };
    let (mut best, mut best_sum) = (0..0, 0);
    let (mut start, mut sum) = (0, 0);
    for n in 0..after.lines {
        sum += gain(n);
        if sum <= 0 {
            (start, sum) = (n + 1, 0);
        } else if sum > best_sum {
            (best, best_sum) = (start..n + 1, sum);
        }
    }
    // The saving is counted at the destination of a line. The region must also contain the lines that it comes from.
    let distance = usize::from(by.unsigned_abs());
    let lines = if by > 0 {
        best.start..(best.end + distance).min(after.lines)
    } else {
        best.start.saturating_sub(distance)..best.end
    };
    let lines = u16::try_from(lines.start).ok()?..u16::try_from(lines.end).ok()?;
    (best_sum > 0 && lines.len() > distance).then_some((best_sum, ScrolledLines { lines, by }))
}

/// The hash of a chunk of blanks.
const BLANK: u64 = 0;

/// A picture as one hash for each chunk of `CHUNK` columns, line by line.
#[derive(Clone, Debug, PartialEq)]
pub struct LineHashes {
    lines: usize,
    across: usize,
    hashes: Vec<u64>,
}

impl LineHashes {
    /// The hashes of a blank picture of the size of `area`.
    pub fn blank(area: Rect) -> Self {
        let (lines, across) = (usize::from(area.height), usize::from(area.width).div_ceil(CHUNK));
        Self { lines, across, hashes: vec![BLANK; lines * across] }
    }

    /// Replaces the hashes of line `y` by those of `cells`.
    pub fn set(&mut self, y: u16, cells: &[Cell]) {
        let own = usize::from(y) * self.across..(usize::from(y) + 1) * self.across;
        let hashes = self.hashes.get_mut(own).unwrap_or_default();
        hashes.iter_mut().zip(cells.chunks(CHUNK)).for_each(|(hash, cells)| *hash = hash_of(cells));
    }

    fn line(&self, n: usize) -> &[u64] {
        self.hashes.get(n * self.across..(n + 1) * self.across).unwrap_or_default()
    }

    fn column(&self, chunk: usize) -> Vec<u64> {
        self.hashes.iter().skip(chunk).step_by(self.across.max(1)).copied().collect()
    }

    /// The number of chunks of line `n` that differ from line `m` of another picture.
    fn unlike(&self, n: usize, other: &Self, m: usize) -> usize {
        self.line(n).iter().zip(other.line(m)).filter(|(a, b)| a != b).count()
    }

    /// The number of chunks of line `n` that differ from a blank line.
    fn unlike_blank(&self, n: usize) -> usize {
        self.line(n).iter().filter(|chunk| **chunk != BLANK).count()
    }
}

/// A hash of what cells show. A collision cannot draw anything wrong, because the cells themselves are compared when a
/// frame is encoded; it can only propose a region that saves no bytes. So a fast hash with a fixed seed is enough.
fn hash_of(cells: &[Cell]) -> u64 {
    if cells.iter().all(|cell| *cell == Cell::EMPTY) {
        return BLANK;
    }
    let mut hasher = foldhash::fast::FixedState::default().build_hasher();
    for cell in cells {
        (cell.symbol(), cell.fg, cell.bg, cell.modifier).hash(&mut hasher);
    }
    // 0 is the hash of blanks.
    hasher.finish().max(1)
}

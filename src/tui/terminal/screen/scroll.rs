//! Lines that moved. Finds regions of the screen that, moved up or down by the terminal, leave less to draw; whether that
//! is cheaper in the end is left to the caller, who can draw both ways.

use ratatui::buffer::{Buffer, Cell};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// Lines that move together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The region, counted from the top: within it lines move, at one end they leave it, at the other blanks come in.
    pub lines: Range<u16>,
    /// Up if positive, down if negative.
    pub by: i16,
}

impl Moved {
    /// Does to the picture what the terminal does.
    pub fn apply(&self, shown: &mut Buffer) {
        let width = usize::from(shown.area.width);
        let cells = usize::from(self.lines.start) * width..usize::from(self.lines.end) * width;
        let shift = usize::from(self.by.unsigned_abs()) * width;
        let Some(region) = shown.content.get_mut(cells) else { return };
        let shift = shift.min(region.len());
        let fresh = if self.by > 0 {
            region.rotate_left(shift);
            region.len() - shift..region.len()
        } else {
            region.rotate_right(shift);
            0..shift
        };
        if let Some(fresh) = region.get_mut(fresh) {
            fresh.fill(Cell::EMPTY);
        }
    }
}

/// Columns that are compared together: panes beside each other move apart.
const CHUNK: usize = 8;
/// So many distances are looked into.
const LOOKED_INTO: usize = 8;
/// So many are worth trying.
const WORTH_TRYING: usize = 2;

/// Regions in which moving the lines leaves less to draw, the most promising first. It is enough that a part of the lines
/// moved, as of two panes beside each other one does: what else stood on them is drawn again.
pub fn find(shown: &Buffer, next: &Buffer) -> Vec<Moved> {
    if shown.area != next.area || shown.area.is_empty() {
        return Vec::new();
    }
    let (before, after) = (Chunks::of(shown), Chunks::of(next));
    let mut votes: HashMap<i16, usize> = HashMap::new();
    for n in 0..after.lines {
        for chunk in 0..after.across {
            let is = after.at(n, chunk);
            if is == BLANK || before.at(n, chunk) == is {
                continue;
            }
            for m in (0..before.lines).filter(|m| before.at(*m, chunk) == is) {
                *votes.entry(m as i16 - n as i16).or_default() += 1;
            }
        }
    }
    let mut votes: Vec<(i16, usize)> = votes.into_iter().collect();
    votes.sort_by_key(|(by, count)| (std::cmp::Reverse(*count), by.unsigned_abs(), *by));
    let candidates = votes.into_iter().take(LOOKED_INTO).filter_map(|(by, _)| best_region(&before, &after, by));
    let mut candidates: Vec<(i64, Moved)> = candidates.collect();
    candidates.sort_by_key(|(gain, _)| std::cmp::Reverse(*gain));
    candidates.into_iter().take(WORTH_TRYING).map(|(_, moved)| moved).collect()
}

/// The region in which moving lines by so many gains most, and what it gains.
fn best_region(before: &Chunks, after: &Chunks, by: i16) -> Option<(i64, Moved)> {
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
    // The lines that leave belong to the region as well.
    let distance = usize::from(by.unsigned_abs());
    let lines = if by > 0 {
        best.start..(best.end + distance).min(after.lines)
    } else {
        best.start.saturating_sub(distance)..best.end
    };
    let lines = u16::try_from(lines.start).ok()?..u16::try_from(lines.end).ok()?;
    (best_sum > 0 && lines.len() > distance).then_some((best_sum, Moved { lines, by }))
}

/// What a blank chunk is known by.
const BLANK: u64 = 0;

/// A picture in chunks of a few columns, each known by a hash of what it shows.
struct Chunks {
    lines: usize,
    across: usize,
    hashes: Vec<u64>,
}

impl Chunks {
    fn of(picture: &Buffer) -> Self {
        let width = usize::from(picture.area.width);
        let hash = |cells: &[Cell]| {
            if cells.iter().all(|cell| *cell == Cell::EMPTY) {
                return BLANK;
            }
            let mut hasher = DefaultHasher::new();
            for cell in cells {
                (cell.symbol(), cell.fg, cell.bg, cell.modifier).hash(&mut hasher);
            }
            hasher.finish().max(1)
        };
        let hashes = picture.content.chunks(width).flat_map(|line| line.chunks(CHUNK).map(hash)).collect();
        Self { lines: usize::from(picture.area.height), across: width.div_ceil(CHUNK), hashes }
    }

    fn line(&self, n: usize) -> &[u64] {
        self.hashes.get(n * self.across..(n + 1) * self.across).unwrap_or_default()
    }

    fn at(&self, n: usize, chunk: usize) -> u64 {
        self.line(n).get(chunk).copied().unwrap_or(BLANK)
    }

    /// How many chunks of line `n` differ from line `m` of another picture.
    fn unlike(&self, n: usize, other: &Self, m: usize) -> usize {
        self.line(n).iter().zip(other.line(m)).filter(|(a, b)| a != b).count()
    }

    /// How many chunks of line `n` show anything.
    fn unlike_blank(&self, n: usize) -> usize {
        self.line(n).iter().filter(|chunk| **chunk != BLANK).count()
    }
}

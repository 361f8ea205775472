//! Lines that only moved. Finds the largest block of lines that stands elsewhere in the next picture, all of it moved up
//! or all of it moved down; whether moving it is cheaper than drawing it is left to the caller.

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

/// Finds the largest block that moved.
pub fn find(shown: &Buffer, next: &Buffer) -> Option<Moved> {
    if shown.area != next.area || shown.area.width == 0 {
        return None;
    }
    let (before, after) = (hashes(shown), hashes(next));
    let mut votes: HashMap<i32, usize> = HashMap::new();
    for (n, line) in after.iter().enumerate().filter(|(n, line)| before.get(*n) != Some(line)) {
        for (m, _) in before.iter().enumerate().filter(|(_, was)| *was == line) {
            *votes.entry(m as i32 - n as i32).or_default() += 1;
        }
    }
    let (by, _) = votes.into_iter().max_by_key(|(by, count)| (*count, -by.abs()))?;
    let block = longest_run(&before, &after, by)?;
    let lines =
        if by > 0 { block.start..block.end + by as usize } else { block.start - by.unsigned_abs() as usize..block.end };
    Some(Moved { lines: u16::try_from(lines.start).ok()?..u16::try_from(lines.end).ok()?, by: i16::try_from(by).ok()? })
}

/// The longest run of lines of `after` that stood `by` lines further down in `before`.
fn longest_run(before: &[u64], after: &[u64], by: i32) -> Option<Range<usize>> {
    let moved = |n: usize| {
        let from = usize::try_from(n as i64 + i64::from(by)).ok();
        from.and_then(|from| before.get(from)).is_some_and(|was| Some(was) == after.get(n))
    };
    let mut best = 0..0;
    let mut start = 0;
    for n in 0..=after.len() {
        if n == after.len() || !moved(n) {
            if n - start > best.len() {
                best = start..n;
            }
            start = n + 1;
        }
    }
    (!best.is_empty()).then_some(best)
}

fn hashes(picture: &Buffer) -> Vec<u64> {
    let lines = picture.content.chunks(usize::from(picture.area.width));
    lines
        .map(|line| {
            let mut hasher = DefaultHasher::new();
            for cell in line {
                (cell.symbol(), cell.fg, cell.bg, cell.modifier).hash(&mut hasher);
            }
            hasher.finish()
        })
        .collect()
}

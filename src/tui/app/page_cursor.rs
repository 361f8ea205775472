//! The lines of a page and the cursor on them: the pages of officials, posts and units, the comparisons and the review
//! of doubts. A line that quotes a report has a place there; the cursor moves from place to place and skips other
//! lines.

use crate::officials::Place;
use crate::officials::post::PostKey;
use crate::tui::theme::ThemeRole;

/// One line of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLine {
    /// Words and what they mean, which decides how they look.
    pub pieces: Vec<(String, ThemeRole)>,
    /// The place that it quotes.
    pub place: Option<Place>,
    /// A second place: in the report that is compared with, or of the other mention.
    pub other: Option<Place>,
    /// The official that it is about, if that is not the page's own.
    pub official: Option<String>,
    /// The post that it is about: its words, and its key for comparison.
    pub post: Option<(String, PostKey)>,
    /// The unit that it is about.
    pub unit: Option<String>,
    /// Decides which actions work on it.
    pub sort: PageLineKind,
}

/// What a line is about, as far as actions depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageLineKind {
    #[default]
    Plain,
    /// A report in which the official appears, or of the unit.
    Report,
    /// Somebody of the same name.
    Namesake,
    /// A decision that is not sure: the official it is about, its place and the other.
    Doubt,
}

/// The lines of a page at a width, and where the reader is in them.
#[derive(Debug, Default)]
pub struct PageLines {
    /// The lines at the present width.
    pub all: Vec<PageLine>,
    /// The width they are laid out for, in cells. `None` if they must be laid out before they are drawn.
    pub width: Option<usize>,
    /// The line under the cursor.
    pub selected: usize,
    /// The first line on screen.
    pub top: usize,
    /// The place to put the cursor on once there are lines: the page is opened again where it was left.
    pub restore: Option<Place>,
}

impl PageLines {
    /// The line under the cursor.
    pub fn line(&self) -> Option<&PageLine> {
        self.all.get(self.selected)
    }

    /// The nearest line from `to` on that has a place; if there is none, the nearest in the other direction.
    pub fn nearest(&self, to: usize, down: bool) -> usize {
        let is_place = |n: &usize| self.all.get(*n).is_some_and(|l| l.place.is_some() || l.official.is_some());
        let (below, above) = ((to..self.all.len()).find(is_place), (0..=to).rev().find(is_place));
        if down { below.or(above) } else { above.or(below) }.unwrap_or(to)
    }

    /// Moves the cursor to the place nearest to line `to`, looking first in the direction of the movement.
    pub fn go(&mut self, to: usize) {
        self.selected = self.nearest(to, to >= self.selected);
    }

    /// Lays the lines out at `width` cells with `lay_out`, unless they are of that width already; the cursor stays on
    /// its place. Returns whether the page is new, so that its own rule may say where to begin.
    pub fn lay_out(&mut self, width: usize, lay_out: impl FnOnce() -> Vec<PageLine>) -> bool {
        if self.width == Some(width) {
            return false;
        }
        let restore = self.restore.take();
        let first = self.width.is_none() && restore.is_none();
        let kept = restore.or_else(|| self.line().and_then(|line| line.place.clone()));
        self.all = lay_out();
        self.width = Some(width);
        let same = kept.and_then(|place| self.all.iter().position(|line| line.place.as_ref() == Some(&place)));
        let near = self.nearest(self.selected.min(self.all.len().saturating_sub(1)), true);
        self.selected = same.unwrap_or(near);
        first
    }

    /// Puts the cursor on the line of `place`, if there is one.
    pub fn put_cursor_on(&mut self, place: Option<&Place>) {
        let line = place.and_then(|place| self.all.iter().position(|line| line.place.as_ref() == Some(place)));
        self.selected = line.unwrap_or(self.selected);
    }

    /// Drops the lines because their content has changed. They are laid out again before the next frame.
    pub fn forget(&mut self) {
        self.width = None;
        self.all.clear();
    }
}

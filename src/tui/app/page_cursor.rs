//! The lines of a page and the cursor on them, for every page of lines: officials, posts, units, comparisons, the
//! review of doubts, counts, notes. A line that quotes a report has a place (report and byte). The cursor moves from
//! place to place and skips the other lines, because only a line with a place leads anywhere.

use super::TypedFilter;
use crate::officials::Place;
use crate::officials::post::PostKey;
use crate::search::highlight::HighlightQuery;
use crate::theme::ThemeRole;
use crate::tui::page_search::{self, PageHit};

/// One line of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLine {
    /// The text in pieces, each with the role that decides its style.
    pub pieces: Vec<(String, ThemeRole)>,
    /// The place that the line quotes; Enter goes there.
    pub place: Option<Place>,
    /// A second place, which Tab goes to: in the other report of a comparison, or of the other mention of a doubt.
    pub other: Option<Place>,
    /// The id of the official that the line is about. `None` if that is the official of the page.
    pub official: Option<String>,
    /// The post that the line is about: its words, and its key for comparison.
    pub post: Option<(String, PostKey)>,
    /// The unit that the line is about.
    pub unit: Option<String>,
    /// The condition of a filter that the line stands for; Enter adds it to the filter of the list.
    pub filter: Option<String>,
    /// Decides which actions work on the line.
    pub sort: PageLineKind,
    /// It continues the line above, of which it was too long a part: a search reads the two as one text.
    pub continues: bool,
}

/// The kind of a page line. Some actions work only on one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageLineKind {
    #[default]
    Plain,
    /// A report of the unit, or one in which the official appears.
    Report,
    /// Another official of the same name.
    Namesake,
    /// An uncertain judgement: `official` is whom it is about, `place` and `other` are the two mentions.
    Doubt,
    /// The note of this number.
    Note(i64),
}

/// The lines of a page at a width, with cursor and scroll position.
#[derive(Debug, Default)]
pub struct PageLines {
    pub all: Vec<PageLine>,
    /// The width that the lines are laid out for, in cells. `None` if they must be laid out before they are drawn.
    pub width: Option<usize>,
    /// The line under the cursor, as an index into `all`.
    pub selected: usize,
    /// The first line on screen.
    pub top: usize,
    /// The place to put the cursor on once the lines are laid out, when a page is opened again where it was left.
    pub restore: Option<Place>,
    /// The search in the page.
    pub search: PageSearch,
    /// The doubt to put the cursor on once the lines are laid out. Takes precedence over `restore`.
    pub restore_doubt: Option<DoubtPlaces>,
}

/// A search in a page, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageSearch {
    pub query: TypedFilter,
    /// The hits in the lines as they are laid out now.
    pub hits: Vec<PageHit>,
    /// The hit under the cursor, as an index into `hits`.
    pub at: Option<usize>,
}

/// The two mentions of an uncertain judgement, by which it is found again among other ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtPlaces {
    pub this: Place,
    pub that: Place,
}

impl DoubtPlaces {
    /// Whether both are about the same two mentions, in any order.
    pub fn is_same(&self, other: &Self) -> bool {
        (&self.this, &self.that) == (&other.this, &other.that) || (&self.this, &self.that) == (&other.that, &other.this)
    }
}

impl PageLines {
    /// The line under the cursor. `None` if the page has no lines.
    pub fn line(&self) -> Option<&PageLine> {
        self.all.get(self.selected)
    }

    /// The nearest line that leads anywhere (to a place, an official or a filter), at `to` or beyond it in the
    /// direction `down`. If there is none, the nearest in the other direction; `to` itself if there is none at all.
    pub fn nearest(&self, to: usize, down: bool) -> usize {
        let is_place = |n: &usize| {
            self.all.get(*n).is_some_and(|l| l.place.is_some() || l.official.is_some() || l.filter.is_some())
        };
        let (below, above) = ((to..self.all.len()).find(is_place), (0..=to).rev().find(is_place));
        if down { below.or(above) } else { above.or(below) }.unwrap_or(to)
    }

    /// Moves the cursor to the place nearest to line `to`, searching first in the direction of the movement.
    pub fn go(&mut self, to: usize) {
        self.selected = self.nearest(to, to >= self.selected);
    }

    /// Lays the lines out at `width` cells with `lay_out`, unless they have that width already. The cursor stays on its
    /// place, or else on its line number. Returns true if there were no lines before (a new page, or one after
    /// `forget`) and no place to restore; the caller may then choose the initial line.
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
        let doubt = self.restore_doubt.take();
        let doubt = doubt.and_then(|wanted| (0..self.all.len()).find(|n| self.doubt_at(*n).as_ref() == Some(&wanted)));
        self.selected = doubt.or(same).unwrap_or(near);
        self.find_hits();
        first
    }

    /// Finds the hits of the search in the lines as they are. The current hit keeps its number.
    pub fn find_hits(&mut self) {
        let query = HighlightQuery::from(&**self.search.query.filter());
        self.search.hits = page_search::hits(&self.all, &query);
        self.search.at = self.search.at.filter(|at| *at < self.search.hits.len());
    }

    /// The line that has the places for line `n`: the first of its paragraph.
    pub fn first_of_paragraph(&self, n: usize) -> usize {
        (0..=n).rev().find(|n| self.all.get(*n).is_some_and(|line| !line.continues)).unwrap_or(n)
    }

    /// The doubt of line `n`. `None` if the line is not about one.
    pub fn doubt_at(&self, n: usize) -> Option<DoubtPlaces> {
        let line = self.all.get(n).filter(|line| line.sort == PageLineKind::Doubt)?;
        Some(DoubtPlaces { this: line.place.clone()?, that: line.other.clone()? })
    }

    /// The first line of the first doubt that begins at or below line `from` and is not `than`.
    pub fn other_doubt(&self, than: Option<&DoubtPlaces>, from: usize) -> Option<usize> {
        let is_other = |doubt: &DoubtPlaces| than.is_none_or(|than| !than.is_same(doubt));
        (from..self.all.len()).find(|n| self.doubt_at(*n).is_some_and(|doubt| is_other(&doubt)))
    }

    /// Puts the cursor on the first line that quotes `place`. Does nothing if there is no such line.
    pub fn put_cursor_on(&mut self, place: Option<&Place>) {
        let line = place.and_then(|place| self.all.iter().position(|line| line.place.as_ref() == Some(place)));
        self.selected = line.unwrap_or(self.selected);
    }

    /// Puts the cursor on the last line that quotes the report of `place` at it or before it. Does nothing if there is
    /// no such line.
    pub fn put_cursor_near(&mut self, place: Option<&Place>) {
        let Some(Place { report, at }) = place else { return };
        let before =
            |line: &PageLine| line.place.as_ref().filter(|own| own.report == *report && own.at <= *at).cloned();
        let places = self.all.iter().enumerate().filter_map(|(n, line)| Some((before(line)?.at, n)));
        self.selected = places.max().map_or(self.selected, |(_, n)| n);
    }

    /// Drops the lines after their content has changed. They are laid out again before the next frame.
    pub fn forget(&mut self) {
        self.width = None;
        self.all.clear();
    }
}

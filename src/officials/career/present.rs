//! The rank and the posts of a career that are held now. Reports announce few ends, so this is decided from the tenures
//! that no report ends: what is seen last, what goes with a post already left, and what more than one report states.

use super::build::rank_grade;
use super::{Career, CurrentTenure, Tenure, TenureKind, UndatedTenure};
use std::cmp::Reverse;

impl Career {
    /// Iterates over the tenures that are held now, by the newest reports: the rank seen last; and the posts that no
    /// report ends and that were still seen when the present full-time post began or later. Reports rarely announce
    /// that a post ends, so without that last rule every post ever held would be a present one. If no report with a day
    /// states any, those that reports without one state: the highest rank, or all posts. So does a rank without a day
    /// that is above all dated ones.
    ///
    /// A post that a single report states is left out if others have more and were seen since (`seen_once`): it is
    /// often an error. Posts of more reports come first, then those seen last. The dead hold none.
    pub fn now(&self, line: TenureKind) -> impl Iterator<Item = CurrentTenure> {
        let mut now: Vec<CurrentTenure> = self.dated_now(line).chain(self.undated_now(line)).collect();
        now.retain(|_| line == TenureKind::Rank || !self.dead);
        let last = |t: &CurrentTenure| t.seen.map(|dated| dated.day);
        now.sort_by_key(|t| Reverse((t.reports, last(t))));
        now.into_iter()
    }

    /// Returns the posts that `now` leaves out because a single report states them. One whose report is newer than all
    /// those of the other posts is not among them: the official has probably moved on.
    pub fn seen_once(&self) -> Vec<CurrentTenure> {
        let dated = self.tenures.iter().filter(|t| t.to.open() && self.is_weak(t)).map(Tenure::current);
        let undated =
            self.undated.iter().filter(|t| !t.is_left() && self.is_weak_undated(t)).map(UndatedTenure::current);
        dated.chain(undated).filter(|_| !self.dead).collect()
    }

    /// Whether a single report states the post beside others of more reports. Not if its report is the newest one about
    /// any of them: the official has probably moved on, and the old post must not be shown as the present one.
    fn is_weak(&self, tenure: &Tenure) -> bool {
        let more = || self.tenures.iter().filter(|t| t.kind == TenureKind::Post && t.has_several_reports());
        let is_newest = more().next().is_some() && more().all(|t| t.last_seen() < tenure.last_seen());
        tenure.kind == TenureKind::Post && tenure.is_seen_once() && self.has_post_of_more_reports() && !is_newest
    }

    fn is_weak_undated(&self, tenure: &UndatedTenure) -> bool {
        tenure.kind == TenureKind::Post && tenure.is_seen_once() && self.has_post_of_more_reports()
    }

    fn has_post_of_more_reports(&self) -> bool {
        let dated = self.tenures.iter().filter(|t| t.kind == TenureKind::Post).map(Tenure::has_several_reports);
        let undated = self.undated.iter().filter(|t| t.kind == TenureKind::Post).map(|t| t.reports() > 1);
        dated.chain(undated).any(|several| several)
    }

    /// Whether reports without a day state a rank above all dated ones. Ranks rise, so these reports are the newest;
    /// two of them at least, because one may be mistaken.
    fn is_outranked_undated(&self) -> bool {
        let dated = self.tenures.iter().filter(|t| t.kind == TenureKind::Rank).map(|t| rank_grade(&t.text)).max();
        let held = self.undated.iter().filter(|t| t.kind == TenureKind::Rank && !t.is_left() && !t.is_seen_once());
        held.map(|t| rank_grade(&t.text)).max().is_some_and(|undated| Some(undated) > dated)
    }

    fn undated_now(&self, line: TenureKind) -> impl Iterator<Item = CurrentTenure> {
        let outranked = line == TenureKind::Rank && self.is_outranked_undated();
        let dated = self.tenures.iter().any(|t| t.kind == line) && !outranked;
        let held = move || self.undated.iter().filter(move |t| !dated && t.kind == line && !t.is_left());
        // Ranks rise, so of several the highest is the last one.
        let reliable = move |t: &&UndatedTenure| !outranked || !t.is_seen_once();
        let highest = held().filter(reliable).map(|t| rank_grade(&t.text)).max();
        let present = move |t: &&UndatedTenure| match line {
            TenureKind::Post => !self.is_weak_undated(t),
            TenureKind::Rank => Some(rank_grade(&t.text)) == highest,
        };
        held().filter(present).map(UndatedTenure::current)
    }

    fn dated_now(&self, line: TenureKind) -> impl Iterator<Item = CurrentTenure> {
        let held = |t: &Tenure| t.to.open() && !self.is_weak(t) && !self.is_below_left_post(t);
        let open = move |t: &&Tenure| t.kind == line && held(t);
        let since = match line {
            TenureKind::Rank => self.tenures.iter().filter(open).map(Tenure::last_seen).max(),
            TenureKind::Post => {
                let present = self.tenures.iter().filter(open).filter(|t| t.full_time());
                let newest = present.max_by_key(|t| (t.last_seen(), Reverse(t.from.when.day)));
                newest
                    .map(|t| t.from.when.day)
                    .or_else(|| self.tenures.iter().filter(open).map(Tenure::last_seen).max())
            }
        };
        let outranked = line == TenureKind::Rank && self.is_outranked_undated();
        let present = move |t: &&Tenure| !outranked && Some(t.last_seen()) >= since && !self.left_behind(t);
        self.tenures.iter().filter(open).filter(present).map(Tenure::current)
    }

    /// Whether a post is the deputy's one in an organisation whose chief's post was left since it was last seen:
    /// `nguyên Chủ tịch X` in a later report than `Phó Chủ tịch X`.
    fn is_below_left_post(&self, deputy: &Tenure) -> bool {
        let Some(own) = &deputy.post else { return false };
        let left = |chief: &Tenure| !chief.to.open() && chief.to.when.day >= deputy.last_seen();
        self.tenures.iter().any(|t| left(t) && t.post.as_ref().is_some_and(|post| own.is_deputy_of(post)))
    }

    /// Whether a post belongs to a unit in which the full-time post ended: the Party post of a unit that the official
    /// left. False if another full-time post in a related unit is still open.
    fn left_behind(&self, post: &Tenure) -> bool {
        let unit_of = |t: &Tenure| t.post.as_ref().and_then(|key| key.unit.clone());
        let Some(unit) = unit_of(post) else { return false };
        let same_place =
            || self.tenures.iter().filter(|t| t.full_time() && unit_of(t).is_some_and(|u| u.related(&unit)));
        let ended = same_place().any(|t| !t.to.open() && t.to.when.day >= post.last_seen());
        ended && !same_place().any(|t| t.to.open())
    }
}

//! A post's page: its holders in order of time, as a timeline with the gaps between them, and below each the exact
//! days. The holder from whose post the page was opened is marked, as are the predecessor and the successor.

use super::official::styled_bar;
use super::{Indent, LineBuilder, LineOptions, line_of, push_changes, tenure_days};
use crate::lang::{Phrase, phrases};
use crate::officials::Place;
use crate::officials::career::{BoundBasis, TenureBound, TenureKind};
use crate::officials::post_holders::{HolderGap, Holding, HoldingTerm, PostHistory};
use crate::officials::timeline::{self, TimelineRow};
use crate::report::Dated;
use crate::theme::ThemeRole;
use crate::tui::app::PageLine;

/// The left margin of the exact days, in cells.
const MARGIN: usize = 9;
/// The least width, in cells, for the rank before the name in a bar. On a narrower page it is next to the days.
const RANK_FROM: usize = 60;

/// Lays out the page as lines, one part for each post of that name. `own` is the id of the official from whose post the
/// page was opened.
pub fn lines(posts: &[PostHistory], own: Option<&str>, options: LineOptions) -> Vec<PageLine> {
    let mut out = LineBuilder::new(options);
    for post in posts {
        if posts.len() > 1 {
            out.section(&post.title());
        }
        push_changes(&mut out, &post.units);
        push_holders(&mut out, post, own);
        push_undated(&mut out, post, posts.len() == 1);
    }
    out.finish()
}

/// A step of the succession: a holder with the index in the list of holders, or the gap before one.
enum SuccessionStep<'a> {
    Holder(usize, &'a Holding),
    Gap(&'a HolderGap),
}

/// The holders of a post in order of time, each after the gap that ends with it.
fn steps(post: &PostHistory) -> Vec<SuccessionStep<'_>> {
    let mut steps = Vec::new();
    for (n, holding) in post.holders.iter().enumerate() {
        steps.extend(post.gaps.iter().filter(|gap| gap.after == holding.place).map(SuccessionStep::Gap));
        steps.push(SuccessionStep::Holder(n, holding));
    }
    steps
}

/// Adds the holders of a post and the gaps between them: a bar each, and below it the days in words.
fn push_holders(out: &mut LineBuilder, post: &PostHistory, own: Option<&str>) {
    let options = out.options;
    let steps = steps(post);
    let rows: Vec<TimelineRow> = steps.iter().filter_map(|step| row(step, options)).collect();
    let bars = timeline::draw(&rows, options.width, timeline::DRAWN);
    let at =
        post.holders.iter().position(|h| Some(h.id.as_str()) == own).filter(|_| post.holders.iter().all(|h| h.single));
    if let Some(years) = timeline::years(&rows, options.width) {
        out.text(&years, ThemeRole::Dim);
    }
    for ((step, row), bar) in steps.iter().zip(&rows).zip(bars) {
        let pieces = styled_bar(&bar, &row.text, ThemeRole::Name);
        match step {
            SuccessionStep::Holder(n, holding) => {
                out.line(PageLine { pieces, ..line_of(holding) });
                let mut said = holding.term.as_ref().map_or_else(String::new, |term| tenure_days(term, options.lang));
                if let Some(rank) = holding.rank.as_ref().filter(|_| options.width < RANK_FROM) {
                    said = format!("{rank} · {said}");
                }
                if holding.disputed {
                    said = format!("{said} · {}", phrases::DISPUTED.say(options.lang));
                }
                if post.is_weak(holding) {
                    said = format!("{said} · {}", phrases::HOLDER_SEEN_ONCE.say(options.lang));
                }
                if let Some(place) = relation(*n, at) {
                    said = format!("{said} · {}", place.say(options.lang));
                }
                out.indented(&[(said, ThemeRole::Dim)], Indent { margin: MARGIN, hang: 0 }, PageLine::default());
            }
            SuccessionStep::Gap(gap) => {
                out.line(PageLine {
                    pieces,
                    place: Some(gap.before.clone()),
                    other: Some(gap.after.clone()),
                    ..PageLine::default()
                });
                let said =
                    phrases::NO_HOLDER_BETWEEN.fill(options.lang, &[&gap.from.vietnamese(), &gap.to.vietnamese()]);
                out.indented(&[(said, ThemeRole::Dim)], Indent { margin: MARGIN, hang: 0 }, PageLine::default());
            }
        }
    }
}

/// Adds the holders whom only reports without a day name. On the page of one post they are a part of their own; below
/// one of several posts, whose parts have the titles, a line of that part tells them.
fn push_undated(out: &mut LineBuilder, post: &PostHistory, is_only: bool) {
    let title = phrases::UNDATED_TITLE.say(out.options.lang);
    match (post.undated.is_empty(), is_only) {
        (true, _) => return,
        (false, true) => out.section(title),
        (false, false) => out.text(title, ThemeRole::Dim),
    }
    for holding in &post.undated {
        let mut pieces: Vec<_> = holding.rank.iter().map(|rank| (format!("{rank} "), ThemeRole::Rank)).collect();
        pieces.push((holding.name.clone(), ThemeRole::Name));
        if post.is_weak(holding) {
            pieces.push((format!(" · {}", phrases::HOLDER_SEEN_ONCE.say(out.options.lang)), ThemeRole::Dim));
        }
        out.fact(&pieces, 2, line_of(holding));
    }
}

/// The relation of holder `n` to holder `own`, from whose post the page was opened: the same, the predecessor or the
/// successor; else `None`.
fn relation(n: usize, own: Option<usize>) -> Option<Phrase> {
    let own = own?;
    if n == own {
        Some(phrases::THIS_ONE)
    } else if n + 1 == own {
        Some(phrases::PREDECESSOR)
    } else if n == own + 1 {
        Some(phrases::SUCCESSOR)
    } else {
        None
    }
}

/// A bound of a gap: the day on which a holder was seen.
fn seen(when: Dated, place: &Place) -> TenureBound {
    TenureBound { when, known: BoundBasis::Seen, place: place.clone() }
}

/// The bar of a step; `None` for a holder without a term. The bar of a gap has no words.
fn row(step: &SuccessionStep<'_>, options: LineOptions) -> Option<TimelineRow> {
    let (text, from, to, disputed) = match step {
        SuccessionStep::Holder(_, holding) => {
            let rank = holding.rank.as_deref().filter(|_| options.width >= RANK_FROM);
            let rank = rank.map(|rank| format!("{rank} ")).unwrap_or_default();
            let HoldingTerm { from, to } = holding.term.clone()?;
            (format!("{rank}{}", holding.name), from, to, holding.disputed)
        }
        SuccessionStep::Gap(gap) => (String::new(), seen(gap.from, &gap.before), seen(gap.to, &gap.after), false),
    };
    let place = from.place.clone();
    Some(TimelineRow { line: TenureKind::Post, text, from, to, disputed, place, post: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::officials::post_holders::posts;
    use crate::officials::testing::example_holdings;

    #[test]
    fn holders_without_a_day_are_a_part_of_the_page_of_one_post() {
        let undated: Vec<Holding> = example_holdings().into_iter().map(|h| Holding { term: None, ..h }).collect();
        let all = posts("chinh uy quan khu 10", &undated);
        assert_eq!(all.len(), 2, "{all:?}");
        let looks = |posts: &[PostHistory]| {
            let options = LineOptions { width: 80, lang: Lang::Vi, plain: false, unfolded: false };
            let pieces = lines(posts, None, options).into_iter().flat_map(|line| line.pieces);
            let title = phrases::UNDATED_TITLE.say(Lang::Vi);
            pieces.filter(|piece| piece.0 == title).map(|piece| piece.1).collect::<Vec<_>>()
        };
        assert_eq!(looks(&all[..1]), [ThemeRole::Title]);
        assert_eq!(looks(&all), [ThemeRole::Dim, ThemeRole::Dim]);
    }
}

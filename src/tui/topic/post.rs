//! A post's page: its holders in order of time as a timeline with the gaps, and under each the exact days; the one who
//! was being read of is told, and who came before and after.

use super::{Look, line_of, push_changes, push_set_in, section, stretch};
use crate::officials::career::{Edge, Known, Line};
use crate::officials::holders::{Gap, Holding, Post};
use crate::officials::timeline::{self, TimelineRow};
use crate::tui::app::PageLine;
use crate::tui::career::drawn;
use crate::tui::theme::Role;
use crate::tui::words::{self, Phrase};

/// How far the exact days stand in.
const MARGIN: usize = 9;
/// Below this many cells a bar has room for the name alone.
const RANK_FROM: usize = 60;

/// The lines of the page.
pub fn lines(posts: &[Post], own: Option<&str>, look: Look) -> Vec<PageLine> {
    let mut out = Vec::new();
    for post in posts {
        if posts.len() > 1 {
            section(&mut out, &post.text);
        }
        push_changes(&mut out, &post.units, look);
        push_holders(&mut out, post, own, look);
    }
    out
}

/// A holder, or the gap before one.
enum Step<'a> {
    Holder(usize, &'a Holding),
    Gap(&'a Gap),
}

fn steps(post: &Post) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for (n, holding) in post.holders.iter().enumerate() {
        steps.extend(post.gaps.iter().filter(|gap| gap.after == holding.from.place).map(Step::Gap));
        steps.push(Step::Holder(n, holding));
    }
    steps
}

fn push_holders(out: &mut Vec<PageLine>, post: &Post, own: Option<&str>, look: Look) {
    let steps = steps(post);
    let rows: Vec<TimelineRow> = steps.iter().map(|step| row(step, look)).collect();
    let bars = timeline::draw(&rows, look.width, timeline::DRAWN);
    let at =
        post.holders.iter().position(|h| Some(h.id.as_str()) == own).filter(|_| post.holders.iter().all(|h| h.single));
    if let Some(years) = timeline::years(&rows, look.width) {
        out.push(PageLine { pieces: vec![(years, Role::Dim)], ..PageLine::default() });
    }
    for ((step, row), bar) in steps.iter().zip(&rows).zip(bars) {
        let pieces = drawn(&bar, &row.text, Role::Name);
        match step {
            Step::Holder(n, holding) => {
                out.push(PageLine { pieces, ..line_of(holding) });
                let mut said = stretch(&holding.from, &holding.to, look.lang);
                if let Some(rank) = holding.rank.as_ref().filter(|_| look.width < RANK_FROM) {
                    said = format!("{rank} · {said}");
                }
                if holding.disputed {
                    said = format!("{said} · {}", words::DISPUTED.say(look.lang));
                }
                if let Some(place) = relation(*n, at) {
                    said = format!("{said} · {}", place.say(look.lang));
                }
                push_set_in(out, &[(said, Role::Dim)], look, (MARGIN, 0), PageLine::default());
            }
            Step::Gap(gap) => {
                out.push(PageLine {
                    pieces,
                    place: Some(gap.before.clone()),
                    other: Some(gap.after.clone()),
                    ..PageLine::default()
                });
                let said = words::NO_HOLDER_BETWEEN.fill(look.lang, &[&gap.from.vietnamese(), &gap.to.vietnamese()]);
                push_set_in(out, &[(said, Role::Dim)], look, (MARGIN, 0), PageLine::default());
            }
        }
    }
}

/// What holder number `n` is to the one who was being read of.
fn relation(n: usize, own: Option<usize>) -> Option<Phrase> {
    let own = own?;
    match () {
        () if n == own => Some(words::THIS_ONE),
        () if n + 1 == own => Some(words::PREDECESSOR),
        () if n == own + 1 => Some(words::SUCCESSOR),
        () => None,
    }
}

fn row(step: &Step<'_>, look: Look) -> TimelineRow {
    let (text, from, to, disputed) = match step {
        Step::Holder(_, holding) => {
            let rank = holding.rank.as_deref().filter(|_| look.width >= RANK_FROM);
            let rank = rank.map(|rank| format!("{rank} ")).unwrap_or_default();
            (format!("{rank}{}", holding.name), holding.from.clone(), holding.to.clone(), holding.disputed)
        }
        Step::Gap(gap) => {
            let seen = |day, place: &crate::officials::Place| Edge {
                day,
                inferred: false,
                known: Known::Seen,
                place: place.clone(),
            };
            (String::new(), seen(gap.from, &gap.before), seen(gap.to, &gap.after), false)
        }
    };
    let place = from.place.clone();
    TimelineRow { line: Line::Post, text, from, to, disputed, place, post: None }
}

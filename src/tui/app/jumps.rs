//! The jump list: where the reader was before each jump, on whichever screen: list, report, people or page.
//! It is plain data: an entry has a screen and a position on it. Restoring the screen is left to `update`.
//! Esc does not use the jump list: Esc closes the screen in front.

use crate::officials::Place;
use crate::tui::quote_pages::PageSubject;

/// The most jumps kept in each direction; the oldest are forgotten.
const MOST: usize = 100;

/// An entry of the jump list: a screen, and the position on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JumpPlace {
    /// The list, with the id of the selected report.
    List(Option<String>),
    Report(ReportPosition),
    /// The people of a report, with the index of the selected person.
    People {
        of: ReportPosition,
        person: usize,
    },
    /// An official's page, with the place that the line under the cursor quotes. The place identifies the line, because
    /// line numbers change with the width of the page.
    Official {
        id: String,
        line: Option<Place>,
    },
    /// Any other page; `line` as for an official's page.
    QuotePage {
        subject: PageSubject,
        line: Option<Place>,
    },
}

/// A report, and the position of the reader in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportPosition {
    /// The id of the report.
    pub report: String,
    pub pane: ReportPane,
    /// The first visible byte of the text.
    pub top: usize,
    /// The mention under the cursor, as an index into `DetailState::mentions`.
    pub mention: Option<usize>,
}

/// Which pane shows a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportPane {
    /// The pane next to the list, while the list has the keys.
    List,
    /// The pane next to the list, while the report has the keys.
    Detail,
    /// A pane of its own over the other screens, opened from a page.
    Opened,
}

/// Two stacks, as in the history of a browser. A new jump clears the forward stack.
///
/// ```text
/// jumped A → B → C        back: A B    forward:         (now at C)
/// Ctrl-o                  back: A      forward: C       (now at B)
/// jump to D               back: A B    forward:         (now at D)
/// ```
#[derive(Debug, Default)]
pub struct JumpList {
    back: Vec<JumpPlace>,
    forward: Vec<JumpPlace>,
}

impl JumpList {
    /// Records that a jump begins at `here`. An entry equal to the newest one is not added again.
    pub fn record(&mut self, here: JumpPlace) {
        self.forward.clear();
        push(&mut self.back, here);
    }

    /// Goes one jump back. Returns the newest entry that is not `here`, and pushes `here` on the forward stack. `None`
    /// if there is no such entry. Skipping `here` makes each step visible.
    pub fn back(&mut self, here: Option<JumpPlace>) -> Option<JumpPlace> {
        step(&mut self.back, &mut self.forward, here)
    }

    /// Undoes the last `back`, in the same way.
    pub fn forward(&mut self, here: Option<JumpPlace>) -> Option<JumpPlace> {
        step(&mut self.forward, &mut self.back, here)
    }
}

/// Pops entries of `from` until one is not `here`, and pushes `here` on `to`.
fn step(from: &mut Vec<JumpPlace>, to: &mut Vec<JumpPlace>, here: Option<JumpPlace>) -> Option<JumpPlace> {
    loop {
        let place = from.pop()?;
        if Some(&place) != here.as_ref() {
            to.extend(here);
            return Some(place);
        }
    }
}

fn push(places: &mut Vec<JumpPlace>, place: JumpPlace) {
    if places.last() == Some(&place) {
        return;
    }
    if places.len() == MOST {
        places.remove(0);
    }
    places.push(place);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(id: &str) -> JumpPlace {
        JumpPlace::List(Some(id.to_owned()))
    }

    #[test]
    fn jumps_go_back_and_on_and_a_new_jump_forgets_the_way_on() {
        let mut jumps = JumpList::default();
        jumps.record(report("a"));
        jumps.record(report("b"));
        assert_eq!(jumps.back(Some(report("c"))), Some(report("b")));
        assert_eq!(jumps.back(Some(report("b"))), Some(report("a")));
        assert_eq!(jumps.back(Some(report("a"))), None);
        assert_eq!(jumps.forward(Some(report("a"))), Some(report("b")));
        jumps.record(report("b"));
        assert_eq!(jumps.forward(Some(report("d"))), None);
        assert_eq!(jumps.back(Some(report("d"))), Some(report("b")));
    }

    #[test]
    fn a_jump_that_began_here_is_no_step_and_the_oldest_are_forgotten() {
        let mut jumps = JumpList::default();
        for n in 0..MOST + 10 {
            jumps.record(report(&n.to_string()));
            jumps.record(report(&n.to_string()));
        }
        assert_eq!(jumps.back.len(), MOST);
        let last = (MOST + 9).to_string();
        assert_eq!(jumps.back(Some(report(&last))), Some(report(&(MOST + 8).to_string())));
    }
}

//! The jump list: where the reader was before each jump, over the list, reports, people of a report and pages alike.
//! It is plain data: an entry says which screen and where on it. How a screen is brought back is left to `update`.
//! Esc does not use it: Esc closes what is in front.

use crate::officials::Place;
use crate::tui::topic_pages::Topic;

/// How many jumps are kept.
const MOST: usize = 100;

/// Where the reader was: a screen, and the place on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JumpPlace {
    /// The list, with the id of the selected report.
    List(Option<String>),
    Report(ReportPosition),
    /// The people of a report, with the selected one.
    People {
        of: ReportPosition,
        person: usize,
    },
    /// An official's page, with the place that the line under the cursor quotes.
    Official {
        id: String,
        line: Option<Place>,
    },
    Topic {
        topic: Topic,
        line: Option<Place>,
    },
}

/// A report and where the reader is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportPosition {
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
    /// That of the list, while the list has the keys.
    List,
    /// That of the list, while the report has the keys.
    Detail,
    /// A pane of its own, opened from a page.
    Opened,
}

/// The jump list, as in a browser: two stacks, and a new jump forgets those that were gone back from.
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
    /// A jump begins at `here`.
    pub fn record(&mut self, here: JumpPlace) {
        self.forward.clear();
        push(&mut self.back, here);
    }

    /// The place before the last jump that is not `here`; `here` becomes the way forward.
    pub fn back(&mut self, here: Option<JumpPlace>) -> Option<JumpPlace> {
        step(&mut self.back, &mut self.forward, here)
    }

    /// The place that was gone back from.
    pub fn forward(&mut self, here: Option<JumpPlace>) -> Option<JumpPlace> {
        step(&mut self.forward, &mut self.back, here)
    }
}

/// Takes the newest place of `from` that would be a step; `here` goes to `to`.
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

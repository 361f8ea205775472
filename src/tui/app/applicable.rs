//! Tells whether an action has anything to act on in what is in front, so that the footer shows no key that would only
//! say that it does nothing here. Of a page, the line under the cursor counts.

use super::{
    ActiveInput, App, DetailState, InputPurpose, OfficialPageState, PageLine, PageLineKind, QuotePageState, Screen,
};
use crate::keymap::Mode;
use crate::keymap::action::Action;
use crate::officials::report_diff::RowKind;
use crate::tui::quote_pages::{PageContent, PageSubject};
use crate::tui::text_selection::SelectionUnit;

impl App {
    /// Whether an action of the footer has anything to act on. What only the cache can tell is taken for granted.
    pub fn has_use_for(&self, action: Action) -> bool {
        if let Some(typed) = &self.line {
            return on_line(typed, action);
        }
        match self.stack.last() {
            Some(Screen::Reading(detail)) => self.in_report(detail, action),
            Some(Screen::People(people)) => self.among_people(people.people.iter().map(|one| one.posts.len()), action),
            Some(Screen::Finder(finder)) => match action {
                Action::Open => !finder.rows.is_empty(),
                Action::Down | Action::Up => finder.rows.len() > 1,
                Action::Undo => finder.line.can_undo(),
                _ => true,
            },
            Some(Screen::Official(page)) => on_official(page, action),
            Some(Screen::QuotePage(page)) => self.on_quote_page(page, action),
            Some(Screen::Help(_) | Screen::Palette(_) | Screen::Menu(_)) => true,
            None if self.mode() == Mode::List => self.in_list(action),
            None => self.in_report(&self.detail, action),
        }
    }

    fn in_list(&self, action: Action) -> bool {
        let total = self.list.window.total;
        match action {
            Action::Open | Action::People | Action::Star | Action::CopyText => total > 0,
            Action::Down | Action::Up | Action::NextUnread => total > 1,
            _ => true,
        }
    }

    fn in_report(&self, detail: &DetailState, action: Action) -> bool {
        let of_list = !self.opened_elsewhere();
        let selects_by = |unit| detail.selection.is_some_and(|selection| selection.unit == unit);
        match action {
            Action::NextPerson | Action::PrevPerson => !detail.mentions.is_empty(),
            Action::Official => detail.person().is_some(),
            Action::NextHit | Action::PrevHit => !detail.hits.is_empty(),
            Action::NextReportHit | Action::PrevReportHit => of_list && !detail.query.text().is_empty(),
            Action::NextReport | Action::PrevReport => of_list && self.list.window.total > 1,
            Action::People => detail.report.as_ref().is_some_and(|report| !report.extraction.people.is_empty()),
            Action::CopyText | Action::Highlight => detail.report.is_some(),
            Action::Zoom => of_list && self.two_panes(),
            Action::SelectSentence => !selects_by(SelectionUnit::Sentence),
            Action::SelectParagraph => !selects_by(SelectionUnit::Paragraph),
            Action::SelectEntity => !selects_by(SelectionUnit::Entity),
            _ => true,
        }
    }

    /// `posts`: how many each of the people has.
    fn among_people(&self, mut posts: impl ExactSizeIterator<Item = usize>, action: Action) -> bool {
        let unit = || self.reading().report.as_ref().is_some_and(|report| report.extraction.facts.unit.is_some());
        match action {
            Action::Open | Action::Official => posts.len() > 0,
            Action::Post => posts.any(|count| count > 0),
            Action::Unit | Action::Compare => unit(),
            Action::CompareChosen => self.has_chosen_another(),
            _ => true,
        }
    }

    /// Whether another report than the one in front was chosen for a comparison.
    fn has_chosen_another(&self) -> bool {
        self.chosen.is_some() && self.chosen != self.reading().report.as_ref().map(|report| report.id.clone())
    }

    fn on_quote_page(&self, page: &QuotePageState, action: Action) -> bool {
        let lines = &page.lines.all;
        let here = |is: fn(&PageLine) -> bool| page.lines.line().is_some_and(is);
        let pair = || page.content.as_ref().is_some_and(|content| content.pair().is_some());
        match action {
            Action::Open => here(|line| line.place.is_some() || line.filter.is_some() || is_note(line)),
            Action::OtherPane => here(|line| line.other.is_some()),
            Action::Official => here(|line| line.official.is_some()),
            Action::Post => here(|line| line.post.is_some()),
            Action::Unit => match (&page.subject, page.lines.line().and_then(|line| line.unit.as_deref())) {
                // It is the unit whose page this is.
                (PageSubject::Unit(own), unit) => unit.is_some_and(|unit| unit != own),
                (PageSubject::Post(_, key, _), None) => key.unit.is_some(),
                (_, unit) => unit.is_some(),
            },
            Action::Compare if matches!(page.subject, PageSubject::Lineups(_)) => pair(),
            Action::Compare => here(|line| line.sort == PageLineKind::Report),
            Action::CompareChosen => self.chosen.is_some() && here(|line| line.sort == PageLineKind::Report),
            Action::People => pair(),
            Action::Unfold => match page.content.as_deref() {
                Some(PageContent::Texts { found, .. }) => found.rows.iter().any(|row| row.kind == RowKind::Same),
                _ => false,
            },
            Action::Merge | Action::Split | Action::Later => lines.iter().any(|line| line.sort == PageLineKind::Doubt),
            Action::AddNote | Action::Remove => here(is_note),
            Action::UndoMark => !self.undo.is_empty(),
            Action::Search | Action::CopyText => !lines.is_empty(),
            Action::Down | Action::Up => lines.len() > 1,
            _ => true,
        }
    }
}

fn is_note(line: &PageLine) -> bool {
    matches!(line.sort, PageLineKind::Note(_))
}

fn on_official(page: &OfficialPageState, action: Action) -> bool {
    let here = |is: fn(&PageLine) -> bool| page.lines.line().is_some_and(is);
    let mut held = page.page.iter().flat_map(|shown| &shown.posts).filter_map(|held| held.post.as_ref());
    let doubt = || here(|line| line.sort == PageLineKind::Doubt);
    match action {
        Action::Open => here(|line| line.place.is_some()),
        // On a line without one, those that are held now.
        Action::Post => here(|line| line.post.is_some()) || held.next().is_some(),
        Action::Unit => here(|line| line.unit.is_some()) || held.any(|post| post.unit.is_some()),
        Action::Official => here(|line| line.official.is_some()),
        Action::Merge => doubt() || here(|line| line.sort == PageLineKind::Namesake),
        Action::Split => {
            let several = page.page.as_ref().is_some_and(|shown| shown.reports.len() > 1);
            doubt() || (several && here(|line| line.sort == PageLineKind::Report))
        }
        _ => true,
    }
}

fn on_line(typed: &ActiveInput, action: Action) -> bool {
    match action {
        Action::Complete => matches!(typed.purpose, InputPurpose::Filter | InputPurpose::Tags),
        Action::Older => typed.line.has_older(),
        Action::Undo => typed.line.can_undo(),
        _ => true,
    }
}

//! The screens of the last session: what of them is saved, and what is left to restore at the start of the next.

use super::Screen;
use crate::tui::quote_pages::{ComparedPair, PageSubject};
use crate::tui::settings::SavedPage;

/// What is left to restore of the last session once the list is asked for.
#[derive(Debug, Default)]
pub struct ResumedSession {
    /// The id of the report that was selected.
    pub selected: Option<String>,
    /// The page that lay over list and report.
    pub page: Option<SavedPage>,
}

impl Screen {
    /// The form in which the screen is saved. `None` for a screen that only leads to others, and for the people of a
    /// report: the report itself is restored.
    pub fn saved(&self) -> Option<SavedPage> {
        match self {
            Self::Reading(detail) => detail.place().map(SavedPage::Reading),
            Self::Official(page) => Some(SavedPage::Official(page.id.clone())),
            Self::QuotePage(page) => Some(match &page.subject {
                // The list with its filter is restored, and the counts are one key away.
                PageSubject::Counts(_) | PageSubject::CommandOutput(..) => return None,
                PageSubject::Post(words, ..) => SavedPage::Post(words.clone()),
                PageSubject::Unit(name) => SavedPage::Unit(name.clone()),
                PageSubject::Doubts(_) => SavedPage::Doubts,
                PageSubject::Notes => SavedPage::Notes,
                PageSubject::Versions(report) => SavedPage::Versions(report.clone()),
                PageSubject::Lineups(ComparedPair { report, other }) => {
                    SavedPage::Lineups { report: report.clone(), other: other.clone() }
                }
                PageSubject::Texts(ComparedPair { report, other }) => {
                    SavedPage::Texts { report: report.clone(), other: other.clone() }
                }
            }),
            Self::People(_) | Self::Finder(_) | Self::Help(_) | Self::Palette(_) | Self::Menu(_) => None,
        }
    }
}

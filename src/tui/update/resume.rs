//! Restores what the last session saved beside the list: the page that lay over it. The list itself begins with the
//! filter, the order and the report of that session.

use super::{official, open_report, quote_page};
use crate::officials::Place;
use crate::officials::post::PostKey;
use crate::tui::app::{App, ArrivalPoint, JumpPlace};
use crate::tui::message::Effect;
use crate::tui::quote_pages::doubts::DoubtsQuery;
use crate::tui::quote_pages::{ComparedPair, PageSubject};
use crate::tui::settings::SavedPage;

/// Opens the page of the last session over the list, where the report `keep` is to be selected. A jump back leads to
/// the list.
pub fn page(app: &mut App, keep: Option<&str>) -> Vec<Effect> {
    let Some(saved) = app.resumed.page.take() else { return Vec::new() };
    // Nothing is loaded yet, so the list stands for what lay below the page.
    app.jumps.record(JumpPlace::List(keep.map(str::to_owned)));
    let subject = match saved {
        SavedPage::Official(id) => return official::push(app, id, None),
        SavedPage::Reading(Place { report, at }) => return open_report::push_pane(app, &report, ArrivalPoint::Top(at)),
        SavedPage::Post(words) => {
            let key = PostKey::of(&words);
            PageSubject::Post(words, key, None)
        }
        SavedPage::Unit(name) => PageSubject::Unit(name),
        SavedPage::Doubts => PageSubject::Doubts(DoubtsQuery::default()),
        SavedPage::Notes => PageSubject::Notes,
        SavedPage::Versions(report) => PageSubject::Versions(report),
        SavedPage::Lineups { report, other } => PageSubject::Lineups(ComparedPair { report, other }),
        SavedPage::Texts { report, other } => PageSubject::Texts(ComparedPair { report, other }),
    };
    quote_page::push(app, subject, None)
}

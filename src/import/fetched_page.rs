//! Saves a page that was fetched, as the import of a saved page does: the same reading, extraction and cache. What the
//! list said of the page (title, day) fills in where the page itself says nothing.

use super::file_date::FileDate;
use super::folder_walk::{InputEntry, InputOrigin};
use super::input_part::or_fault;
use super::{FileOutcome, SavedReport, kept};
use crate::extract::people_and_facts;
use crate::ingest::{self, InputFormat, InputHint};
use crate::report::{Day, DayHints, Draft, Title, TitleOrigin};
use crate::store::{PreparedReport, SaveOutcome, Store, StoreError};
use url::Url;

/// A page is a report if it has at least this fraction of the text that its feed has: a half.
const FEED_TEXT_FRACTION: usize = 2;

/// A page that was fetched.
#[derive(Clone, Copy, Debug)]
pub struct FetchedPage<'a> {
    /// The address that the bytes came from, after all redirects.
    pub address: &'a Url,
    pub bytes: &'a [u8],
    /// The encoding by its server, asked only if the bytes do not tell.
    pub encoding: Option<&'a str>,
    /// The title that the list gives.
    pub title: Option<&'a str>,
    /// The day that the list gives.
    pub published: Option<Day>,
    /// Whether the bytes are to be kept with the report.
    pub keeps: bool,
}

/// Reads the report of a page, without saving it. The error says why there is none, in words for the user.
pub fn read_fetched(page: &FetchedPage<'_>) -> Result<Draft, String> {
    let read = |encoding| {
        let hint = InputHint { format: InputFormat::Html, encoding, name: "" };
        or_fault(|| ingest::read(page.bytes, &hint)).and_then(|read| read.map_err(|why| why.to_string()))
    };
    let named = page.encoding.filter(|name| ingest::knows_encoding(name));
    let drafts = match (read(None), named) {
        (Err(_), Some(_)) => read(named)?,
        (drafts, _) => drafts?,
    };
    let draft = drafts.into_iter().next().ok_or("there is no text in it")?;
    Ok(completed(draft, page))
}

/// A draft with what the list said of its page, where it does not say so itself.
fn completed(mut draft: Draft, page: &FetchedPage<'_>) -> Draft {
    let name = page.address.as_str();
    let entry = InputEntry { name: name.to_owned(), origin: InputOrigin::StandardInput, is_unknown: false };
    draft.days = DayHints { images: draft.days.images, ..FileDate::Unknown.hints(&entry, None) };
    // A page may name any address as its own; only one of its site is believed.
    let own = draft.url.as_deref().and_then(|own| Url::parse(own).ok());
    if own.is_none_or(|own| !is_same_site(&own, page.address)) {
        draft.url = Some(name.to_owned());
    }
    draft.published = draft.published.or(page.published);
    if draft.title.is_none() {
        draft.title = page.title.map(|text| Title { text: text.to_owned(), origin: TitleOrigin::Page });
    }
    draft
}

/// A report that is ready to be saved, and where it is from.
pub struct FetchedReport {
    pub report: PreparedReport,
    /// Why its text is that of the feed and not that of the page, if it is.
    pub instead: Option<String>,
}

/// Reads the report of a page and finds what is in it: all that can be done before it is saved. `own_text` is what the
/// feed has of its text, as markup; it is taken if there is no report in the page, or much less of one: such a page
/// asks to sign in or to pay. The error says why there is none.
pub fn prepare_fetched(page: &FetchedPage<'_>, own_text: Option<&str>) -> Result<FetchedReport, String> {
    let draft = read_fetched(page);
    let Some(own) = own_text.and_then(|markup| own_draft(markup, page)) else {
        return Ok(FetchedReport { report: prepared_page(draft?, page)?, instead: None });
    };
    match draft {
        Ok(draft) if draft.text.len() * FEED_TEXT_FRACTION >= own.text.len() => {
            Ok(FetchedReport { report: prepared_page(draft, page)?, instead: None })
        }
        Ok(_) => Ok(FetchedReport { report: prepared(own, page)?, instead: Some("its page shows less".to_owned()) }),
        Err(why) => Ok(FetchedReport { report: prepared(own, page)?, instead: Some(why) }),
    }
}

/// Prepares the text that the feed has of a page that cannot be had. `why` says why it cannot.
pub fn prepare_own_text(page: &FetchedPage<'_>, markup: &str, why: &str) -> Result<FetchedReport, String> {
    let own = own_draft(markup, page).ok_or("there is no text in it")?;
    Ok(FetchedReport { report: prepared(own, page)?, instead: Some(why.to_owned()) })
}

fn own_draft(markup: &str, page: &FetchedPage<'_>) -> Option<Draft> {
    let draft = or_fault(|| ingest::item_draft(markup)).ok()?.ok()?;
    Some(completed(draft, page))
}

/// `prepared` of a draft that was read from the bytes of the page, with those if they are to be kept.
fn prepared_page(draft: Draft, page: &FetchedPage<'_>) -> Result<PreparedReport, String> {
    let mut report = prepared(draft, page)?;
    report.source = if page.keeps { kept::of_fetched(page) } else { None };
    Ok(report)
}

fn prepared(draft: Draft, page: &FetchedPage<'_>) -> Result<PreparedReport, String> {
    or_fault(|| {
        let found = people_and_facts(&draft);
        PreparedReport::new(page.address.as_str(), draft, &found)
    })
}

/// Saves the report of a page, in one transaction or as a part of the one that is under way. Officials are identified
/// when the register is next opened.
pub fn save_prepared(store: &Store, report: PreparedReport) -> Result<SavedReport, StoreError> {
    let saved = store.cache().save_all(std::slice::from_ref(&report))?;
    let PreparedReport { id, title: Title { text: title, origin }, notes, .. } = report;
    Ok(SavedReport { id, title, origin, saved: saved.first().copied().unwrap_or(SaveOutcome::Known), notes })
}

/// Reads and saves the report of a page. Why there is none is the `problem` of the outcome.
pub fn save_fetched(store: &Store, page: &FetchedPage<'_>) -> Result<FileOutcome, StoreError> {
    let mut outcome = FileOutcome { file: page.address.to_string(), ..FileOutcome::default() };
    match prepare_fetched(page, None) {
        Ok(fetched) => outcome.reports.push(save_prepared(store, fetched.report)?),
        Err(why) => outcome.problem = Some(why),
    }
    Ok(outcome)
}

/// Whether two addresses are of one site, whatever subdomain: one host is the other's, or a subdomain of it.
fn is_same_site(one: &Url, other: &Url) -> bool {
    fn bare(url: &Url) -> &str {
        let host = url.host_str().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }
    let (one, other) = (bare(one), bare(other));
    let is_below = |sub: &str, host: &str| sub.strip_suffix(host).is_some_and(|rest| rest.ends_with('.'));
    !one.is_empty() && (one == other || is_below(one, other) || is_below(other, one))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><head><link rel='canonical' href='https://khac.example.com/x'></head><body><article>\
        <h1>Hội nghị sơ kết quý I</h1><p>Quân khu Thử nghiệm tổ chức hội nghị sơ kết công tác quý I tại hội trường, \
        Thiếu tướng Lã Mạnh Hùng, Chính ủy Quân khu Thử nghiệm chủ trì hội nghị.</p></article></body></html>";

    #[test]
    fn a_page_becomes_a_report_with_what_the_list_said() {
        let store = Store::in_memory().unwrap();
        let address = Url::parse("https://bao.example.vn/a-1.html").unwrap();
        let page = FetchedPage {
            address: &address,
            bytes: PAGE.as_bytes(),
            encoding: Some("no-such-encoding"),
            title: Some("Tin"),
            published: Day::new(2026, 4, 2),
            keeps: false,
        };
        let outcome = save_fetched(&store, &page).unwrap();
        let [saved] = outcome.reports.as_slice() else { panic!("{outcome:?}") };
        assert_eq!((saved.saved, saved.title.as_str()), (SaveOutcome::New, "Hội nghị sơ kết quý I"));
        let report = store.cache().load(&saved.id).unwrap().unwrap();
        assert_eq!(report.url.as_deref(), Some("https://bao.example.vn/a-1.html"), "not the address of another site");
        assert_eq!(report.published, Day::new(2026, 4, 2));
        assert_eq!(save_fetched(&store, &page).unwrap().reports[0].saved, SaveOutcome::Known);
        let empty = FetchedPage { bytes: b"", ..page };
        assert!(save_fetched(&store, &empty).unwrap().problem.is_some());
    }
}

//! What answers mean: for robots.txt, for a list, for a page. 429 and a challenge stop the host, 503 and other failures
//! put off the one address, what is gone is given up. Each answer is saved before the next request of the source.

use super::dry_run::NotPlanned;
use super::source_pass::{PassJob, left_alone};
use super::{Flight, SyncRun};
use crate::import::{FetchedPage, FetchedReport, prepare_fetched, prepare_own_text, save_prepared};
use crate::report::Day;
use crate::store::{NamedList, NewPage, PageOutcome, PendingList, SaveOutcome, SavedList, StoreError, WaitingPage};
use crate::sync::challenge::challenge;
use crate::sync::event::{PageResult, SyncEvent};
use crate::sync::fetch::{FetchAnswer, FetchFailure, FetchPurpose};
use crate::sync::listing::{ListKind, ListedPage, Listing, read_listing};
use crate::sync::moment::{month_in_address, retry_after, to_second};
use crate::sync::politeness::{HostStop, turn_host};
use crate::sync::robots::RobotsRules;
use jiff::{Timestamp, tz};
use std::time::Duration;
use url::Url;

const HOUR: Duration = Duration::from_secs(3600);
/// How long a host is left alone after 429 without `Retry-After`, and when it does not answer.
const HOST_PAUSE: Duration = Duration::from_secs(1800);
/// How long after a challenge: it would be the same the next time.
const CHALLENGE_PAUSE: Duration = Duration::from_secs(6 * 3600);
/// `Retry-After` is obeyed up to this.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(24 * 3600);
/// A page is given up after this many failures.
const MAX_TRIES: u32 = 5;
/// A host that gives no answer this many times in a row is left alone.
const MAX_HOST_FAILURES: u32 = 3;
/// Viet Nam's offset from UTC, for the day of a list's moment.
const UTC_OFFSET_HOURS: i8 = 7;

impl SyncRun<'_> {
    /// Takes the answer to a request.
    pub(super) fn take_answer(
        &mut self,
        flight: &Flight,
        answer: Result<FetchAnswer, FetchFailure>,
    ) -> Result<(), StoreError> {
        match answer {
            Err(failure) => self.take_failure(flight, &failure),
            Ok(answer) if answer.status == 429 => {
                let wait = self.wait_by(&answer).unwrap_or(HOST_PAUSE);
                let why = "too many requests (429)";
                let until = self.stop_until(flight, wait, why)?;
                // A page that is always too many must not keep back the others: put off, it comes last the next time.
                if flight.request.purpose == FetchPurpose::Page {
                    self.end_job(flight.pass, JobEnd::NotBefore(until, why.to_owned()))?;
                }
                Ok(())
            }
            Ok(answer) => match flight.request.purpose {
                FetchPurpose::Robots => self.take_robots(flight, &answer),
                FetchPurpose::List | FetchPurpose::Page => self.take_document(flight, &answer),
            },
        }
    }

    /// How long to wait by `Retry-After`, capped.
    fn wait_by(&self, answer: &FetchAnswer) -> Option<Duration> {
        let wait = retry_after(answer.retry_after.as_deref()?, self.now())?;
        Some(wait.min(MAX_RETRY_AFTER))
    }

    /// The moment after a wait, in whole seconds, as it is saved; never too early.
    fn after(&self, wait: Duration) -> Timestamp {
        let now = self.now();
        to_second(now.checked_add(wait + Duration::from_millis(999)).unwrap_or(now))
    }

    /// Leaves the host of a request alone, for which the pass that asked counts as failed. Returns until when.
    fn stop_until(&mut self, flight: &Flight, wait: Duration, why: &str) -> Result<Timestamp, StoreError> {
        let stop = HostStop { until: self.after(wait), why: why.to_owned() };
        if let Some(pass) = self.passes.get_mut(flight.pass) {
            pass.has_failed = true;
            pass.shortfall.get_or_insert(left_alone(&flight.host, &stop));
        }
        let until = stop.until;
        self.stop_host(&flight.host, stop)?;
        Ok(until)
    }

    /// No answer came. A host that is to blame is left alone after a few times.
    fn take_failure(&mut self, flight: &Flight, failure: &FetchFailure) -> Result<(), StoreError> {
        let why = failure.to_string();
        let failures = self.host_failures.entry(flight.host.clone()).or_default();
        *failures += 1;
        let is_robots = flight.request.purpose == FetchPurpose::Robots;
        if let FetchFailure::Refused(_) = failure {
            // Nothing was sent. What is refused once always is.
            if is_robots {
                self.drop_robots(flight.pass);
            }
            return self.end_job(flight.pass, JobEnd::Never(why));
        }
        if is_robots || failure.is_of_host() || *failures >= MAX_HOST_FAILURES {
            let prefix = if is_robots { "its robots.txt could not be read: " } else { "" };
            self.stop_until(flight, HOST_PAUSE, &format!("{prefix}{why}"))?;
        }
        if is_robots || failure.is_of_host() {
            return Ok(());
        }
        self.end_job(flight.pass, JobEnd::Retry(why))
    }

    /// robots.txt: a host without one allows everything, one that fails to give it allows nothing for now (RFC 9309).
    fn take_robots(&mut self, flight: &Flight, answer: &FetchAnswer) -> Result<(), StoreError> {
        let now = self.now().as_second();
        let Some(pass) = self.passes.get_mut(flight.pass) else { return Ok(()) };
        let Some((origin, trail)) = &mut pass.robots else { return Ok(()) };
        // A redirect that leads nowhere counts as no robots.txt; the standard leaves that open.
        if let Ok(true) = trail.follow(answer, pass.policy) {
            return Ok(());
        }
        let origin = origin.clone();
        if answer.status >= 500 {
            let wait = self.wait_by(answer).unwrap_or(HOUR);
            self.stop_until(flight, wait, &format!("its robots.txt answers {}", answer.status))?;
            return Ok(());
        }
        if let Some(whose) = challenge_of(answer, &flight.request.url) {
            return self.challenged(flight, whose);
        }
        let is_there = (200..300).contains(&answer.status);
        let text = if is_there { String::from_utf8_lossy(&answer.body).into_owned() } else { String::new() };
        self.state.save_robots(&origin, &text, now)?;
        let host = Url::parse(&origin).map(|url| turn_host(&url)).unwrap_or_default();
        self.know_robots(&origin, &host, &text);
        self.drop_robots(flight.pass);
        Ok(())
    }

    pub(super) fn know_robots(&mut self, origin: &str, host: &str, text: &str) {
        let rules = RobotsRules::parse(text);
        if let Some(delay) = rules.crawl_delay {
            self.hosts.set_crawl_delay(host, delay);
        }
        self.robots.insert(origin.to_owned(), rules);
    }

    fn drop_robots(&mut self, index: usize) {
        if let Some(pass) = self.passes.get_mut(index) {
            pass.robots = None;
        }
    }

    /// robots.txt forbids the present job.
    pub(super) fn forbidden(&mut self, index: usize, url: &Url) -> Result<(), StoreError> {
        self.end_job(index, JobEnd::Never(format!("robots.txt of {} forbids it", turn_host(url))))
    }

    fn challenged(&mut self, flight: &Flight, whose: &str) -> Result<(), StoreError> {
        let why = format!(
            "it answers with a script ({whose}) to keep programs out; save the page in a browser and import it"
        );
        self.stop_until(flight, CHALLENGE_PAUSE, &why).map(|_| ())
    }

    /// A list or a page was answered.
    fn take_document(&mut self, flight: &Flight, answer: &FetchAnswer) -> Result<(), StoreError> {
        let index = flight.pass;
        let Some(pass) = self.passes.get_mut(index) else { return Ok(()) };
        let Some((_, trail)) = &mut pass.job else { return Ok(()) };
        match trail.follow(answer, pass.policy) {
            Ok(true) => return Ok(()),
            Ok(false) => {}
            Err(why) => return self.end_job(index, JobEnd::Never(why.to_string())),
        }
        match answer.status {
            304 => self.end_job(index, JobEnd::Unchanged),
            200..300 => {
                let listing = read_listing(&answer.body, &flight.request.url, answer.encoding.as_deref());
                let has = |name: &str| answer.headers.iter().any(|header| header == name);
                if let Some(whose) = challenge(&has, &answer.body, listing.as_ref().ok()) {
                    return self.challenged(flight, whose);
                }
                let job = self.passes.get(index).and_then(|pass| pass.job.as_ref()).map(|(job, _)| job.clone());
                match job {
                    Some(PassJob::List(list)) => self.take_list(index, &list, answer, listing),
                    Some(PassJob::Page(page)) => self.take_page(index, &page, &flight.request.url, answer, listing),
                    None => Ok(()),
                }
            }
            status @ (401 | 403 | 404 | 405 | 406 | 410 | 451) => {
                if let Some(whose) = challenge_of(answer, &flight.request.url) {
                    return self.challenged(flight, whose);
                }
                self.end_job(index, JobEnd::Never(format!("the server answers {status} {}", words_of(status))))
            }
            status => {
                if let Some(whose) = challenge_of(answer, &flight.request.url) {
                    return self.challenged(flight, whose);
                }
                let why = format!("the server answers {status} {}", words_of(status));
                match self.wait_by(answer) {
                    Some(wait) => self.end_job(index, JobEnd::NotBefore(self.after(wait), why)),
                    None => self.end_job(index, JobEnd::Retry(why)),
                }
            }
        }
    }

    /// Saves what a list names.
    fn take_list(
        &mut self,
        index: usize,
        list: &PendingList,
        answer: &FetchAnswer,
        listing: Result<Listing, String>,
    ) -> Result<(), StoreError> {
        let now = self.now().as_second();
        let listing = match listing {
            Ok(listing) if !listing.pages.is_empty() || !listing.sitemaps.is_empty() => listing,
            Ok(Listing { kind: ListKind::Page, title, .. }) => {
                let title = title.map(|title| format!(" (“{title}”)")).unwrap_or_default();
                let why = format!("it is a page{title} that links to no reports, not a feed or sitemap");
                return self.end_job(index, JobEnd::Never(why));
            }
            // An empty feed is none to complain of.
            Ok(listing) => listing,
            Err(why) => return self.end_job(index, JobEnd::Never(why)),
        };
        let Some(pass) = self.passes.get_mut(index) else { return Ok(()) };
        let taken: Vec<&ListedPage> = listing
            .pages
            .iter()
            .filter(|page| {
                pass.filter.takes(page) && Url::parse(&page.address).is_ok_and(|url| pass.policy.check(&url).is_ok())
            })
            .collect();
        let since = pass.filter.since;
        let named = listing.sitemaps.iter().filter_map(|named| {
            let moment = named.moment.or_else(|| month_in_address(&named.address));
            let is_old = since.zip(moment).is_some_and(|(since, moment)| moment < since);
            (!is_old).then(|| NamedList {
                address: &named.address,
                changed: named.changed.as_deref(),
                moment: moment.map(Timestamp::as_second),
            })
        });
        let is_whole = !answer.is_cut && listing.kind != ListKind::SitemapIndex;
        let saved = SavedList {
            source: &pass.setting.name,
            address: &list.address,
            kind: listing.kind.word(),
            etag: answer.etag.as_deref().filter(|_| is_whole),
            modified: answer.modified.as_deref().filter(|_| is_whole),
            now,
            pages: taken.iter().map(|page| new_page(page)).collect(),
            lists: named.take(MAX_SITEMAPS).collect(),
        };
        let new = self.state.save_list(&saved)?;
        pass.left += new;
        pass.job = None;
        let cut = || answer.is_cut.then(|| "it is too long; what follows was left out".to_owned());
        let notes = listing.problem.or_else(cut).into_iter().chain(pass.filter.passed_over(&listing.pages));
        let note = notes.reduce(|one, other| format!("{one}; {other}"));
        (self.tell)(SyncEvent::List {
            source: pass.setting.name.clone(),
            address: list.address.clone(),
            kind: listing.kind,
            pages: listing.pages.len(),
            new,
            note,
        });
        Ok(())
    }

    /// Imports a page that was answered.
    fn take_page(
        &mut self,
        index: usize,
        page: &WaitingPage,
        url: &Url,
        answer: &FetchAnswer,
        listing: Result<Listing, String>,
    ) -> Result<(), StoreError> {
        if answer.is_cut {
            return self.end_job(index, JobEnd::Never("it is too long for a page".to_owned()));
        }
        if !listing.is_ok_and(|listing| listing.kind == ListKind::Page) {
            return self.end_job(index, JobEnd::Never("it is not a page".to_owned()));
        }
        let fetched = FetchedPage {
            address: url,
            bytes: &answer.body,
            encoding: answer.encoding.as_deref(),
            title: page.title.as_deref(),
            published: page.moment.and_then(day_of),
            keeps: self.store.source_limit().is_some(),
        };
        match prepare_fetched(&fetched, self.state.own_text(&page.address)?.as_deref()) {
            Ok(fetched) => self.save_report(index, page, fetched, answer),
            Err(why) => self.end_job(index, JobEnd::Never(why)),
        }
    }

    /// Saves the report of a page together with that its page was fetched, in one transaction: killed in between, a run
    /// would ask again.
    fn save_report(
        &mut self,
        index: usize,
        page: &WaitingPage,
        fetched: FetchedReport,
        answer: &FetchAnswer,
    ) -> Result<(), StoreError> {
        let FetchedReport { report, instead } = fetched;
        let (etag, modified) = (answer.etag.clone(), answer.modified.clone());
        let earlier = page.report.clone().filter(|earlier| *earlier != report.id);
        let store = self.store;
        let event = store.write_together(|| {
            let report = save_prepared(store, report)?;
            let result = match (report.saved, earlier) {
                (SaveOutcome::New, Some(earlier)) => PageResult::NewVersion { id: report.id.clone(), earlier },
                (SaveOutcome::New, None) => PageResult::New { id: report.id.clone() },
                (SaveOutcome::Known, _) => PageResult::Known { id: report.id.clone() },
            };
            let done = PageOutcome::Fetched { etag, modified, report: Some(report.id) };
            self.save_page_end(index, &page.address, Some(report.title), &done, result)
        })?;
        if let Some(SyncEvent::Page { source, address, title, result, .. }) = event {
            (self.tell)(SyncEvent::Page { source, address, title, result, instead });
        }
        Ok(())
    }

    /// Saves the text that its feed has of a page that cannot be had. False if the feed has none.
    fn save_own_text(&mut self, index: usize, page: &WaitingPage, why: &str) -> Result<bool, StoreError> {
        let Some((markup, url)) = self.state.own_text(&page.address)?.zip(Url::parse(&page.address).ok()) else {
            return Ok(false);
        };
        let published = page.moment.and_then(day_of);
        let title = page.title.as_deref();
        let asked = FetchedPage { address: &url, bytes: b"", encoding: None, title, published, keeps: false };
        let Ok(fetched) = prepare_own_text(&asked, &markup, why) else { return Ok(false) };
        self.save_report(index, page, fetched, &FetchAnswer::default())?;
        Ok(true)
    }

    /// Ends the present job without a document.
    fn end_job(&mut self, index: usize, end: JobEnd) -> Result<(), StoreError> {
        let (now, is_dry) = (self.now(), self.is_dry());
        let Some(pass) = self.passes.get_mut(index) else { return Ok(()) };
        let Some((job, _)) = pass.job.take() else { return Ok(()) };
        let setting = pass.setting;
        match job {
            PassJob::List(list) => {
                let name = setting.name.clone();
                self.state.end_list(&name, &list.address, matches!(end, JobEnd::Unchanged), now.as_second())?;
                match end {
                    JobEnd::Unchanged => (self.tell)(SyncEvent::ListUnchanged { source: name, address: list.address }),
                    JobEnd::Never(why) | JobEnd::Retry(why) => self.list_failed(index, &list.address, &why),
                    JobEnd::NotBefore(until, why) => {
                        if let Some(pass) = self.passes.get_mut(index) {
                            pass.state.next = Some(until.as_second());
                        }
                        self.list_failed(index, &list.address, &why);
                    }
                }
                Ok(())
            }
            PassJob::Page(page) if is_dry => {
                // No page is asked for: this one is forbidden, or its robots.txt cannot be had.
                let (JobEnd::Never(why) | JobEnd::Retry(why) | JobEnd::NotBefore(_, why)) = end else { return Ok(()) };
                let has_text = self.state.own_text(&page.address)?.is_some();
                let instead = if has_text { "; the text of the feed is taken instead" } else { "" };
                self.leave_out(&setting.name, page, NotPlanned::for_good(format!("{why}{instead}")))
            }
            PassJob::Page(page) => {
                let (outcome, result) = page_end(&page, end, now);
                if let PageResult::NoReport { why } = &result
                    && self.save_own_text(index, &page, why)?
                {
                    return Ok(());
                }
                let store = self.store;
                let event =
                    store.write_together(|| self.save_page_end(index, &page.address, page.title, &outcome, result))?;
                if let Some(event) = event {
                    (self.tell)(event);
                }
                Ok(())
            }
        }
    }

    /// A list could not be read. The pages that wait are fetched all the same.
    fn list_failed(&mut self, index: usize, address: &str, why: &str) {
        let Some(pass) = self.passes.get_mut(index) else { return };
        pass.has_failed = true;
        pass.shortfall.get_or_insert(format!("the list {address} could not be read: {why}"));
    }

    /// Saves what became of a page, and counts it. Returns what to tell once the transaction has ended.
    fn save_page_end(
        &mut self,
        index: usize,
        address: &str,
        title: Option<String>,
        outcome: &PageOutcome,
        result: PageResult,
    ) -> Result<Option<SyncEvent>, StoreError> {
        self.state.end_page(address, outcome)?;
        self.pages_done += 1;
        let Some(pass) = self.passes.get_mut(index) else { return Ok(None) };
        pass.job = None;
        let (new, known, failed) = match result {
            PageResult::New { .. } | PageResult::NewVersion { .. } => (1, 0, 0),
            PageResult::Known { .. } | PageResult::Unchanged => (0, 1, 0),
            PageResult::NoReport { .. } => (0, 0, 1),
            PageResult::Later { .. } => (0, 0, 0),
        };
        if !matches!(result, PageResult::Later { .. }) {
            pass.left = pass.left.saturating_sub(1);
        }
        pass.new += new;
        pass.known += known;
        pass.failed += failed;
        pass.state.new += new;
        pass.state.known += known;
        pass.state.failed += failed;
        pass.state.all_new += new;
        self.totals.new += new;
        self.totals.known += known;
        self.totals.failed += failed;
        self.state.save_source(&pass.setting.name, &pass.state)?;
        let source = pass.setting.name.clone();
        Ok(Some(SyncEvent::Page { source, address: address.to_owned(), title, result, instead: None }))
    }
}

/// At most so many lists of an index are read in one pass, the newest.
const MAX_SITEMAPS: usize = 50;

/// How a job ends without a document.
enum JobEnd {
    /// It has not changed.
    Unchanged,
    /// It is not asked for again, and why.
    Never(String),
    /// It is asked for again, later each time.
    Retry(String),
    /// It is asked for again after the moment that the server says.
    NotBefore(Timestamp, String),
}

/// What becomes of a page whose job ends so.
fn page_end(page: &WaitingPage, end: JobEnd, now: Timestamp) -> (PageOutcome, PageResult) {
    let later = |until: Timestamp, why: String, is_try| {
        let outcome = PageOutcome::Later { not_before: until.as_second(), why: why.clone(), is_try };
        (outcome, PageResult::Later { until, why })
    };
    match end {
        JobEnd::Unchanged => {
            let (etag, modified) = (page.etag.clone(), page.modified.clone());
            (PageOutcome::Fetched { etag, modified, report: None }, PageResult::Unchanged)
        }
        JobEnd::Retry(why) if page.tries + 1 < MAX_TRIES => {
            later(to_second(now.checked_add(HOUR * (1 << page.tries)).unwrap_or(now)), why, true)
        }
        JobEnd::Never(why) | JobEnd::Retry(why) => {
            (PageOutcome::GivenUp { why: why.clone() }, PageResult::NoReport { why })
        }
        JobEnd::NotBefore(until, why) => later(until, why, false),
    }
}

fn new_page(page: &ListedPage) -> NewPage<'_> {
    NewPage {
        address: &page.address,
        title: page.title.as_deref(),
        moment: page.moment.map(Timestamp::as_second),
        changed: page.changed.as_deref(),
        own_text: page.own_text.as_deref(),
    }
}

fn day_of(second: i64) -> Option<Day> {
    let zone = tz::TimeZone::fixed(tz::offset(UTC_OFFSET_HOURS));
    let date = Timestamp::from_second(second).ok()?.to_zoned(zone).date();
    Day::new(date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
}

/// What a status means, for the message.
fn words_of(status: u16) -> &'static str {
    match status {
        401 | 403 => "(it does not let this program in)",
        404 | 410 => "(there is no such page)",
        451 => "(blocked by law)",
        500..600 => "(a fault of the server)",
        _ => "",
    }
}

/// Whose script challenge an answer is, if it is one.
fn challenge_of(answer: &FetchAnswer, url: &Url) -> Option<&'static str> {
    let listing = read_listing(&answer.body, url, answer.encoding.as_deref()).ok();
    challenge(&|name| answer.headers.iter().any(|header| header == name), &answer.body, listing.as_ref())
}

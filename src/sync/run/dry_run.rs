//! What a dry run tells: for each page that a list names or that waits in the cache, whether a run now would fetch it,
//! and if not, why. It goes through the same steps as a run (robots.txt of the page's own site, hosts that are left
//! alone), but asks for no page. Its store is one in memory, from which each page is taken once it has been told.

use super::SyncRun;
use super::source_pass::PassJob;
use crate::store::{PageOutcome, PageStanding, StoreError, WaitingPage};
use crate::sync::event::{LeftOutPage, SyncEvent};
use crate::sync::moment::to_second;
use crate::sync::politeness::{HostStop, HostTurn, MAX_PAUSE};
use jiff::Timestamp;
use std::time::Duration;

/// Why a page is left out.
pub(super) struct NotPlanned {
    pub why: String,
    pub until: Option<Timestamp>,
}

impl NotPlanned {
    /// For good, or until a list says that the page changed.
    pub(super) fn for_good(why: impl Into<String>) -> Self {
        Self { why: why.into(), until: None }
    }

    /// Its host is left alone.
    pub(super) fn of_stop(host: &str, stop: &HostStop) -> Self {
        Self { why: format!("{host} is left alone: {}", stop.why), until: Some(stop.until) }
    }
}

impl SyncRun<'_> {
    /// Whether this is a dry run.
    pub(super) fn is_dry(&self) -> bool {
        self.plan.dry_run_for.is_some()
    }

    /// Takes over what the cache knows of a source: the pages that wait, and of a pass that goes on, the lists that are
    /// left. Before any list is read, so that a page that waits for one source is not taken for another's.
    pub(super) fn take_over(&self, source: &str, goes_on: bool) -> Result<(), StoreError> {
        let Some(cache) = &self.planned_for else { return Ok(()) };
        for list in cache.pending_lists(source)?.iter().filter(|_| goes_on) {
            self.state.begin_lists(source, list)?;
        }
        for page in cache.waiting_pages(source)? {
            self.state.add_page(source, &page.as_listed())?;
        }
        Ok(())
    }

    /// The next page that a run would ask for as far as the cache knows. The others before it are told.
    pub(super) fn next_planned(&mut self, source: &str) -> Result<Option<WaitingPage>, StoreError> {
        let now = self.now().as_second();
        while let Some(page) = self.state.next_page(source, now, 0)? {
            let standing = match &self.planned_for {
                Some(cache) => cache.standing(source, &page.as_listed(), now)?,
                None => PageStanding::ToFetch,
            };
            let reason = match standing {
                PageStanding::ToFetch => return Ok(Some(page)),
                PageStanding::Fetched => None,
                PageStanding::GivenUp { why } => Some(NotPlanned::for_good(why)),
                PageStanding::PutOff { not_before, why } => {
                    Some(NotPlanned { why, until: Timestamp::from_second(not_before).ok() })
                }
                PageStanding::OfSource(other) => {
                    Some(NotPlanned::for_good(format!("it waits to be fetched for the source {other:?}")))
                }
            };
            match reason {
                Some(reason) => self.leave_out(source, page, reason)?,
                None => self.told(&page.address)?,
            }
        }
        Ok(None)
    }

    /// Tells that the present page of a pass would be fetched, or why not if its host is left alone.
    pub(super) fn plan_page(&mut self, index: usize, host: &str) -> Result<(), StoreError> {
        let now = self.now();
        let stop = match self.hosts.turn(host, now) {
            HostTurn::Stopped(stop) => Some(stop),
            HostTurn::At(until) if Duration::try_from(until.duration_since(now)).is_ok_and(|wait| wait > MAX_PAUSE) => {
                Some(HostStop { until, why: super::LONG_PAUSES.to_owned() })
            }
            HostTurn::At(_) | HostTurn::Now | HostTurn::Busy => None,
        };
        if let Some(stop) = stop {
            return self.pass_over(index, host, &stop);
        }
        let Some(pass) = self.passes.get_mut(index) else { return Ok(()) };
        let Some((PassJob::Page(page), _)) = pass.job.take() else { return Ok(()) };
        let source = pass.setting.name.clone();
        self.told(&page.address)?;
        let WaitingPage { address, title, moment, .. } = page;
        let moment = moment.and_then(|moment| Timestamp::from_second(moment).ok());
        (self.tell)(SyncEvent::Planned { source, address, title, moment });
        Ok(())
    }

    /// Tells that a page would be left out, and why.
    pub(super) fn leave_out(&mut self, source: &str, page: WaitingPage, reason: NotPlanned) -> Result<(), StoreError> {
        self.told(&page.address)?;
        let WaitingPage { address, title, moment, .. } = page;
        (self.tell)(SyncEvent::LeftOut(LeftOutPage {
            source: source.to_owned(),
            address,
            title,
            moment: moment.and_then(|moment| Timestamp::from_second(moment).ok()),
            why: reason.why,
            until: reason.until.map(to_second),
        }));
        Ok(())
    }

    /// Tells the pages that are left when a pass ends early: a run would not come to them.
    pub(super) fn leave_out_rest(&mut self, source: &str, why: &str) -> Result<(), StoreError> {
        while let Some(page) = self.next_planned(source)? {
            self.leave_out(source, page, NotPlanned::for_good(why))?;
        }
        Ok(())
    }

    /// Takes a page that was told from the store of the dry run.
    fn told(&self, address: &str) -> Result<(), StoreError> {
        self.state.end_page(address, &PageOutcome::Fetched { etag: None, modified: None, report: None })
    }
}

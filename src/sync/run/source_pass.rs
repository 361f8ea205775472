//! One pass over one source: what is asked next, and how the pass begins and ends.

use super::SyncRun;
use crate::config::SourceSetting;
use crate::store::{PendingList, SourceState, StoreError, WaitingPage};
use crate::sync::address_policy::{AddressPolicy, parse_address};
use crate::sync::event::{SourceSummary, SyncEvent};
use crate::sync::fetch::{FetchPurpose, FetchRequest};
use crate::sync::moment::shown_here;
use crate::sync::politeness::{HostStop, HostTurn, turn_host};
use crate::sync::redirects::HopTrail;
use crate::sync::source_filter::{PagePattern, SourceFilter};
use jiff::{SignedDuration, Timestamp};
use url::Url;

/// An interrupted pass goes on if it began no longer ago; else a new one begins.
const MAX_PASS: SignedDuration = SignedDuration::from_hours(24);
/// After passes that failed, the pause to the next doubles, up to this.
const MAX_RETRY: SignedDuration = SignedDuration::from_hours(24);
/// A pass ends when this many of its pages are on hosts that are left alone: those behind them are, too, nearly always.
const MAX_PASSED_OVER: usize = 100;
/// A robots.txt is asked for again after a day, as the standard has it.
const ROBOTS_AGE: SignedDuration = SignedDuration::from_hours(24);

/// What is asked for a source at present.
#[derive(Clone, Debug)]
pub(super) enum PassJob {
    List(PendingList),
    Page(WaitingPage),
}

/// What a pass does next.
pub(super) enum PassStep {
    /// Send this request to this host.
    Send(FetchRequest, String),
    /// Nothing before that moment.
    WaitUntil(Timestamp),
    /// Nothing before an answer to another request.
    Blocked,
    /// The pass is over.
    Done,
}

/// The state of one pass.
pub(super) struct SourcePass<'a> {
    pub setting: &'a SourceSetting,
    pub filter: SourceFilter,
    pub policy: AddressPolicy,
    pub state: SourceState,
    /// What is asked, with the hops so far.
    pub job: Option<(PassJob, HopTrail)>,
    /// The robots.txt that has to be read before, with its origin.
    pub robots: Option<(String, HopTrail)>,
    pub is_under_way: bool,
    pub is_done: bool,
    /// Pages passed over because their hosts are stopped.
    pub passed_over: usize,
    /// Number of pages that wait.
    pub left: usize,
    /// Reports of this run, for the summary.
    pub new: usize,
    pub known: usize,
    pub failed: usize,
    /// Why nothing more is asked.
    pub problem: Option<String>,
    /// Why the pass is not complete although it goes on: a list that could not be read, a host that is left alone.
    pub shortfall: Option<String>,
}

impl<'a> SyncRun<'a> {
    /// Begins the pass of a source if it is due, or goes on with one that was interrupted.
    pub(super) fn begin_pass(&mut self, setting: &'a SourceSetting) -> Result<(), StoreError> {
        let now = self.now();
        let mut state = self.state.source(&setting.name)?;
        let next = state.next.and_then(|next| Timestamp::from_second(next).ok());
        if let Some(next) = next.filter(|next| *next > now && !self.plan.is_forced) {
            (self.tell)(SyncEvent::NotDue { source: setting.name.clone(), next });
            return Ok(());
        }
        let begun = state.begun.filter(|begun| state.ended.is_none_or(|ended| ended < *begun));
        let is_recent = |begun: &i64| now.as_second() - begun < MAX_PASS.as_secs();
        let taken = format!("{} {:?} {:?} {}", setting.address, setting.only, setting.skip, setting.days);
        let is_same = state.taken.as_deref() == Some(taken.as_str()) && self.plan.since.is_none();
        let mut problem = None;
        if !is_same {
            self.state.forget_validators(&setting.name)?;
        }
        if !is_same || begun.as_ref().is_none_or(|begun| !is_recent(begun)) {
            state = SourceState { begun: Some(now.as_second()), new: 0, known: 0, failed: 0, ..state };
            state.taken = Some(taken).filter(|_| self.plan.since.is_none());
            match parse_address(&setting.address) {
                Ok(url) => self.state.begin_lists(&setting.name, url.as_str())?,
                Err(why) => problem = Some(format!("{:?} is no address to fetch: {why}", setting.address)),
            }
            self.state.save_source(&setting.name, &state)?;
        }
        let patterns = |written: &[String]| written.iter().filter_map(|pattern| PagePattern::new(pattern)).collect();
        let back = SignedDuration::from_hours(24).checked_mul(i32::try_from(setting.days).unwrap_or(i32::MAX));
        let since = self.plan.since.or_else(|| now.checked_sub(back?).ok());
        self.passes.push(SourcePass {
            filter: SourceFilter { only: patterns(&setting.only), skip: patterns(&setting.skip), since },
            policy: AddressPolicy { allow_private: setting.allow_private },
            left: self.state.waiting(&setting.name)?,
            setting,
            state,
            job: None,
            robots: None,
            is_under_way: false,
            is_done: false,
            passed_over: 0,
            new: 0,
            known: 0,
            failed: 0,
            problem,
            shortfall: None,
        });
        Ok(())
    }

    /// What a pass does next. Ends it if there is nothing more.
    pub(super) fn step(&mut self, index: usize) -> Result<PassStep, StoreError> {
        loop {
            let Some(pass) = self.passes.get(index) else { return Ok(PassStep::Done) };
            if pass.is_done {
                return Ok(PassStep::Done);
            }
            if pass.is_under_way {
                return Ok(PassStep::Blocked);
            }
            if pass.job.is_none() && !self.take_job(index)? {
                self.finish_pass(index)?;
                return Ok(PassStep::Done);
            }
            let Some((url, is_robots)) = self.asked_url(index)? else { continue };
            let host = turn_host(&url);
            match self.turn(&host)? {
                HostTurn::Now => {
                    self.note_asked(&host)?;
                    return Ok(self.request(index, url, is_robots, host));
                }
                HostTurn::At(moment) => return Ok(PassStep::WaitUntil(moment)),
                HostTurn::Busy => return Ok(PassStep::Blocked),
                HostTurn::Stopped(stop) => self.pass_over(index, &host, &stop),
            }
        }
    }

    /// Chooses the next list or page. False if there is none.
    fn take_job(&mut self, index: usize) -> Result<bool, StoreError> {
        let now = self.now().as_second();
        let Some(pass) = self.passes.get_mut(index) else { return Ok(false) };
        if pass.problem.is_some() {
            return Ok(false);
        }
        let name = pass.setting.name.as_str();
        let (job, address) = if let Some(list) = self.state.next_list(name)? {
            let address = list.address.clone();
            (PassJob::List(list), address)
        } else if let Some(page) =
            self.state.next_page(name, now, pass.passed_over)?.filter(|_| self.plan.dry_run_for.is_none())
        {
            let address = page.address.clone();
            (PassJob::Page(page), address)
        } else {
            return Ok(false);
        };
        // Addresses are checked before they are saved; one that is none any more is left out.
        if let Ok(url) = Url::parse(&address) {
            pass.job = Some((job, HopTrail::new(url)));
        } else if matches!(job, PassJob::List(_)) {
            self.state.end_list(name, &address, false, now)?;
        } else {
            pass.passed_over += 1;
        }
        Ok(true)
    }

    /// The address to ask next: that of the job, or first the robots.txt of its origin. `None` if there is none,
    /// because robots.txt forbids the job.
    fn asked_url(&mut self, index: usize) -> Result<Option<(Url, bool)>, StoreError> {
        let now = self.now();
        let Some(pass) = self.passes.get_mut(index) else { return Ok(None) };
        // Another source on the same host may have read it meanwhile.
        pass.robots.take_if(|(origin, _)| self.robots.contains_key(origin.as_str()));
        if let Some(url) = pass.robots.as_ref().and_then(|(_, trail)| trail.url()) {
            return Ok(Some((url.clone(), true)));
        }
        let Some(url) = pass.job.as_ref().and_then(|(_, trail)| trail.url()).cloned() else { return Ok(None) };
        let origin = url.origin().ascii_serialization();
        if !self.robots.contains_key(&origin) {
            let since = now.as_second() - ROBOTS_AGE.as_secs();
            let Some(text) = self.state.robots(&origin, since)? else {
                let Ok(robots) = url.join("/robots.txt") else { return Ok(None) };
                pass.robots = Some((origin, HopTrail::new(robots.clone())));
                return Ok(Some((robots, true)));
            };
            self.know_robots(&origin, &turn_host(&url), &text);
        }
        if self.robots.get(&origin).is_some_and(|robots| !robots.allows(&url)) {
            self.forbidden(index, &url)?;
            return Ok(None);
        }
        Ok(Some((url, false)))
    }

    fn request(&mut self, index: usize, url: Url, is_robots: bool, host: String) -> PassStep {
        let Some(pass) = self.passes.get_mut(index) else { return PassStep::Done };
        pass.is_under_way = true;
        let mut request =
            FetchRequest { url, policy: pass.policy, purpose: FetchPurpose::Robots, etag: None, modified: None };
        if is_robots {
            return PassStep::Send(request, host);
        }
        match &pass.job {
            Some((PassJob::List(list), _)) => {
                request.purpose = FetchPurpose::List;
                (request.etag, request.modified) = (list.etag.clone(), list.modified.clone());
            }
            Some((PassJob::Page(page), _)) => {
                request.purpose = FetchPurpose::Page;
                (request.etag, request.modified) = (page.etag.clone(), page.modified.clone());
            }
            None => {}
        }
        PassStep::Send(request, host)
    }

    /// Leaves the present job, because its host is stopped: a list ends the pass, a page waits for the next pass.
    fn pass_over(&mut self, index: usize, host: &str, stop: &HostStop) {
        let now = self.now().as_second();
        let Some(pass) = self.passes.get_mut(index) else { return };
        pass.robots = None;
        match pass.job.take() {
            Some((PassJob::List(_), _)) => {
                // The list stays to be read. A pass that is not due again before the host is has nothing to do.
                pass.problem = Some(left_alone(host, stop));
                pass.state.next = Some(stop.until.as_second().max(now));
            }
            Some((PassJob::Page(_), _)) => {
                pass.passed_over += 1;
                let why = left_alone(host, stop);
                if pass.passed_over >= MAX_PASSED_OVER {
                    pass.problem = Some(why.clone());
                }
                pass.shortfall.get_or_insert(why);
            }
            None => {}
        }
    }

    /// Ends a pass: tells pages that would be fetched if this is a dry run, and saves when the next one is due.
    fn finish_pass(&mut self, index: usize) -> Result<(), StoreError> {
        self.plan_pages(index)?;
        let now = self.now();
        let Some(pass) = self.passes.get_mut(index) else { return Ok(()) };
        let problem = pass.problem.take().or_else(|| pass.shortfall.take());
        let failures = if problem.is_some() { pass.state.failures.saturating_add(1) } else { 0 };
        let pause = SignedDuration::from_secs(i64::from(pass.setting.every) * 60);
        let pause = pause.checked_mul(1 << failures.min(10)).unwrap_or(MAX_RETRY).min(MAX_RETRY.max(pause));
        let due = now.checked_add(pause).unwrap_or(now).as_second();
        pass.state.next = Some(pass.state.next.unwrap_or(0).max(due));
        pass.state.ended = Some(now.as_second());
        pass.state.failures = failures;
        pass.state.problem.clone_from(&problem);
        self.state.save_source(&pass.setting.name, &pass.state)?;
        self.totals.problems += usize::from(problem.is_some());
        pass.problem = problem;
        self.tell_done(index)
    }

    /// Leaves a pass that was stopped as it is: the next run goes on with it.
    pub(super) fn leave_pass(&mut self, index: usize) -> Result<(), StoreError> {
        self.tell_done(index)
    }

    fn tell_done(&mut self, index: usize) -> Result<(), StoreError> {
        let Some(pass) = self.passes.get_mut(index) else { return Ok(()) };
        pass.is_done = true;
        pass.left = self.state.waiting(&pass.setting.name)?;
        let next = pass.state.next.and_then(|next| Timestamp::from_second(next).ok());
        (self.tell)(SyncEvent::SourceDone(SourceSummary {
            source: pass.setting.name.clone(),
            new: pass.new,
            known: pass.known,
            failed: pass.failed,
            left: pass.left,
            problem: pass.problem.clone(),
            next,
        }));
        Ok(())
    }

    /// Tells the pages that a run for the given cache would fetch.
    fn plan_pages(&mut self, index: usize) -> Result<(), StoreError> {
        let Some(cache) = self.plan.dry_run_for else { return Ok(()) };
        let Some(pass) = self.passes.get(index) else { return Ok(()) };
        // A cache without the tables has nothing that is known.
        let known = cache.fetch_state().ok();
        let now = self.now().as_second();
        let name = pass.setting.name.clone();
        let mut n = 0;
        while let Some(page) = self.state.next_page(&name, now, n)? {
            n += 1;
            let listed = crate::store::NewPage {
                address: &page.address,
                title: page.title.as_deref(),
                moment: page.moment,
                changed: page.changed.as_deref(),
                own_text: None,
            };
            if known.as_ref().map_or(Ok(true), |known| known.is_new_page(&name, &listed))? {
                (self.tell)(SyncEvent::Planned {
                    source: name.clone(),
                    address: page.address,
                    title: page.title,
                    moment: page.moment.and_then(|moment| Timestamp::from_second(moment).ok()),
                });
            }
        }
        Ok(())
    }
}

/// Why nothing is asked of a host, and until when.
fn left_alone(host: &str, stop: &HostStop) -> String {
    format!("{host} is left alone until {}: {}", shown_here(stop.until), stop.why)
}

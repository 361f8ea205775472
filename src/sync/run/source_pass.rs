//! One pass over one source: what is asked next, and how the pass begins and ends.

use super::SyncRun;
use super::dry_run::NotPlanned;
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
    /// Whether a request of this pass failed, so that the source or its host is to blame for what is missing.
    pub has_failed: bool,
    /// Why the pass is not complete although it goes on: a list that could not be read, a host that is left alone.
    pub shortfall: Option<String>,
}

impl SourcePass<'_> {
    fn asks_for_page(&self) -> bool {
        matches!(self.job, Some((PassJob::Page(_), _)))
    }
}

impl<'a> SyncRun<'a> {
    /// Begins the pass of a source if it is due, or goes on with one that was interrupted.
    pub(super) fn begin_pass(&mut self, setting: &'a SourceSetting) -> Result<(), StoreError> {
        let now = self.now();
        let mut state = self.planned_for.as_ref().unwrap_or(&self.state).source(&setting.name)?;
        let next = state.next.and_then(|next| Timestamp::from_second(next).ok());
        if let Some(next) = next.filter(|next| *next > now && !self.plan.is_forced) {
            (self.tell)(SyncEvent::NotDue { source: setting.name.clone(), next });
            return Ok(());
        }
        let is_recent = |begun: i64| now.as_second() - begun < MAX_PASS.as_secs();
        let taken = format!("{} {:?} {:?} {}", setting.address, setting.only, setting.skip, setting.days);
        let is_same = state.taken.as_deref() == Some(taken.as_str()) && self.plan.since.is_none();
        let mut problem = None;
        if !is_same {
            self.state.forget_validators(&setting.name)?;
        }
        let goes_on = is_same && state.unfinished().is_some_and(is_recent);
        if !goes_on {
            state = SourceState { begun: Some(now.as_second()), new: 0, known: 0, failed: 0, ..state };
            state.taken = Some(taken).filter(|_| self.plan.since.is_none());
            match parse_address(&setting.address) {
                Ok(url) => self.state.begin_lists(&setting.name, url.as_str())?,
                Err(why) => {
                    problem = Some(format!("{:?} is not an address that can be fetched: {why}", setting.address));
                }
            }
            self.state.save_source(&setting.name, &state)?;
        }
        self.take_over(&setting.name, goes_on)?;
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
            has_failed: problem.is_some(),
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
            if !is_robots && self.is_dry() && self.passes.get(index).is_some_and(SourcePass::asks_for_page) {
                self.plan_page(index, &host)?;
                continue;
            }
            match self.turn(&host)? {
                HostTurn::Now => {
                    self.note_asked(&host)?;
                    return Ok(self.request(index, url, is_robots, host));
                }
                HostTurn::At(moment) => return Ok(PassStep::WaitUntil(moment)),
                HostTurn::Busy => return Ok(PassStep::Blocked),
                HostTurn::Stopped(stop) => self.pass_over(index, &host, &stop)?,
            }
        }
    }

    /// Chooses the next list or page. False if there is none.
    fn take_job(&mut self, index: usize) -> Result<bool, StoreError> {
        let now = self.now().as_second();
        let Some(pass) = self.passes.get(index).filter(|pass| pass.problem.is_none()) else { return Ok(false) };
        let (name, skip) = (pass.setting.name.as_str(), pass.passed_over);
        let (job, address) = if let Some(list) = self.state.next_list(name)? {
            let address = list.address.clone();
            (PassJob::List(list), address)
        } else {
            let page = if self.is_dry() { self.next_planned(name)? } else { self.state.next_page(name, now, skip)? };
            let Some(page) = page else { return Ok(false) };
            let address = page.address.clone();
            (PassJob::Page(page), address)
        };
        let Some(pass) = self.passes.get_mut(index) else { return Ok(false) };
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
            let kept = match &self.planned_for {
                Some(cache) => cache.robots(&origin, since)?,
                None => None,
            };
            let kept = kept.map_or_else(|| self.state.robots(&origin, since), |text| Ok(Some(text)))?;
            let Some(text) = kept else {
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
    pub(super) fn pass_over(&mut self, index: usize, host: &str, stop: &HostStop) -> Result<(), StoreError> {
        let (now, is_dry) = (self.now().as_second(), self.is_dry());
        let Some(pass) = self.passes.get_mut(index) else { return Ok(()) };
        pass.robots = None;
        match pass.job.take() {
            Some((PassJob::List(_), _)) => {
                // The list stays to be read. A pass that is not due again before the host is has nothing to do.
                pass.problem = Some(left_alone(host, stop));
                pass.state.next = Some(stop.until.as_second().max(now));
            }
            Some((PassJob::Page(page), _)) => {
                pass.passed_over += 1;
                let why = left_alone(host, stop);
                if pass.passed_over >= MAX_PASSED_OVER {
                    pass.problem = Some(why.clone());
                }
                pass.shortfall.get_or_insert(why);
                if is_dry {
                    let name = pass.setting.name.as_str();
                    self.leave_out(name, page, NotPlanned::of_stop(host, stop))?;
                }
            }
            None => {}
        }
        Ok(())
    }

    /// Ends a pass, and saves when the next one is due: later each time if the source itself has a problem. One that
    /// only waits for a host that another source found busy is not to blame.
    fn finish_pass(&mut self, index: usize) -> Result<(), StoreError> {
        let now = self.now();
        let Some(pass) = self.passes.get_mut(index) else { return Ok(()) };
        let problem = pass.problem.take().or_else(|| pass.shortfall.take());
        let failures = match &problem {
            None => 0,
            Some(_) => pass.state.failures.saturating_add(u32::from(pass.has_failed)),
        };
        let pause = SignedDuration::from_secs(i64::from(pass.setting.every) * 60);
        let pause = pause.checked_mul(1 << failures.min(10)).unwrap_or(MAX_RETRY).min(MAX_RETRY.max(pause));
        let due = now.checked_add(pause).unwrap_or(now).as_second();
        pass.state.next = Some(pass.state.next.unwrap_or(0).max(due));
        pass.state.ended = Some(now.as_second());
        pass.state.failures = failures;
        pass.state.problem.clone_from(&problem);
        self.state.save_source(&pass.setting.name, &pass.state)?;
        self.totals.problems += usize::from(problem.is_some());
        let name = &pass.setting.name;
        pass.problem.clone_from(&problem);
        if let Some(why) = problem.filter(|_| self.is_dry()) {
            self.leave_out_rest(name, &why)?;
        }
        self.tell_done(index)
    }

    /// Leaves a pass that was stopped as it is: the next run goes on with it.
    pub(super) fn leave_pass(&mut self, index: usize) -> Result<(), StoreError> {
        self.tell_done(index)
    }

    fn tell_done(&mut self, index: usize) -> Result<(), StoreError> {
        let Some(pass) = self.passes.get_mut(index) else { return Ok(()) };
        pass.is_done = true;
        pass.left = self.planned_for.as_ref().unwrap_or(&self.state).waiting(&pass.setting.name)?;
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
}

/// Why nothing is asked of a host, and until when.
pub(super) fn left_alone(host: &str, stop: &HostStop) -> String {
    format!("{host} is left alone until {}: {}", shown_here(stop.until), stop.why)
}

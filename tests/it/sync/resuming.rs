//! Interrupted runs: what was done is kept, what was not is done the next time, and nothing is asked twice. Many
//! sources at once.

use super::server::{Server, TestClock};
use super::{NOW, Reply, World, feed, paths, report, site, source};
use baocao::config::SourceSetting;
use baocao::store::Store;
use baocao::sync::address_policy::AddressPolicy;
use baocao::sync::event::SyncEvent;
use baocao::sync::fetch::FetchPurpose;
use baocao::sync::run::{SyncPlan, run};
use baocao::sync::single::SingleFetcher;
use jiff::SignedDuration;
use std::collections::HashMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use url::Url;

fn sources(count: usize) -> Vec<SourceSetting> {
    (0..count).map(|n| source(&format!("bao-{n}"), &format!("http://bao{n}.example.vn/rss"))).collect()
}

/// How often each address was asked for, as host and path.
fn times_asked(server: &Server) -> HashMap<String, usize> {
    let mut times = HashMap::new();
    for asked in server.asked.lock().unwrap().iter() {
        *times.entry(format!("{}{}", asked.host, asked.path)).or_default() += 1;
    }
    times
}

#[test]
fn a_run_that_is_stopped_again_and_again_asks_for_nothing_twice() {
    let world = World::new(site(6));
    let sources = sources(4);
    let mut runs = 0;
    loop {
        runs += 1;
        let stop = AtomicBool::new(false);
        let plan = SyncPlan { sources: &sources, is_forced: false, since: None, dry_run_for: None };
        let mut pages = 0;
        let totals = run(&world.store, &world.client, &*world.clock, plan, &stop, &mut |event| {
            pages += usize::from(matches!(event, SyncEvent::Page { .. } | SyncEvent::List { .. }));
            stop.store(pages >= 3, Ordering::Relaxed);
        });
        if !totals.unwrap().stopped {
            break;
        }
    }
    assert!(runs > 4, "{runs}");
    assert_eq!(world.reports(), 24);
    let times = times_asked(&world.server);
    assert_eq!(times.len(), 4 * 8);
    assert!(times.values().all(|times| *times == 1), "{times:#?}");
    pauses_are_kept(&world.server);
}

#[test]
fn a_first_pass_that_was_stopped_is_told_as_begun_with_what_is_left() {
    let world = World::new(site(4));
    let sources = sources(1);
    let stop = AtomicBool::new(false);
    let plan = SyncPlan { sources: &sources, is_forced: true, since: None, dry_run_for: None };
    run(&world.store, &world.client, &*world.clock, plan, &stop, &mut |event| {
        stop.store(matches!(event, SyncEvent::Page { .. }) || stop.load(Ordering::Relaxed), Ordering::Relaxed);
    })
    .unwrap();
    let state = world.store.fetch_state().unwrap();
    let stands = state.source("bao-0").unwrap();
    assert!(stands.unfinished().is_some() && stands.ended.is_none(), "{stands:?}");
    assert!((1..4).contains(&state.waiting("bao-0").unwrap()));
    world.run(&sources);
    assert_eq!(state.source("bao-0").unwrap().unfinished(), None);
}

/// Every two requests to a host are two seconds apart, whichever run sent them.
#[track_caller]
fn pauses_are_kept(server: &Server) {
    let mut last = HashMap::new();
    for asked in server.asked.lock().unwrap().iter() {
        if let Some(before) = last.insert(asked.host.clone(), asked.at) {
            let pause = asked.at.duration_since(before);
            assert!(pause >= SignedDuration::from_secs(2), "{} {}: {pause}", asked.host, asked.path);
        }
    }
}

#[test]
fn a_dry_run_and_a_page_by_its_address_leave_their_pause_to_the_run_that_follows() {
    let world = World::new(site(1));
    let sources = sources(1);
    let dry = Store::in_memory().unwrap();
    let plan = SyncPlan { sources: &sources, is_forced: true, since: None, dry_run_for: Some(&world.store) };
    run(&dry, &world.client, &*world.clock, plan, &AtomicBool::new(false), &mut |_| ()).unwrap();
    let page = Url::parse("http://bao0.example.vn/bai-0.html").unwrap();
    let policy = AddressPolicy { allow_private: true };
    let mut single = SingleFetcher::new(&world.client, &*world.clock, Some(&world.store));
    single.get(&page, policy, FetchPurpose::Page).unwrap();
    assert_eq!(world.run(&sources).totals.new, 1);
    assert_eq!(world.server.asked.lock().unwrap().len(), 2 + 1 + 3);
    pauses_are_kept(&world.server);
}

#[test]
fn many_sources_lose_nothing_and_ask_nothing_twice() {
    many_sources(20, 5);
}

/// The whole size, by hand: `cargo test --release --test it two_hundred -- --ignored`.
#[test]
#[ignore = "takes minutes"]
fn two_hundred_sources_of_fifty_pages() {
    many_sources(200, 50);
}

fn many_sources(count: usize, pages: usize) {
    let world = World::new(site(pages));
    let sources = sources(count);
    let ran = world.run(&sources);
    assert_eq!((ran.totals.new, ran.totals.problems), (count * pages, 0));
    assert_eq!(world.reports(), count * pages);
    let times = times_asked(&world.server);
    assert_eq!(times.len(), count * (pages + 2));
    assert!(times.values().all(|times| *times == 1));
}

/// A site on several hosts of the loopback, and settings that have each of them as a source.
struct Killable {
    server: Server,
    folder: tempfile::TempDir,
}

const HOSTS: u8 = 8;

impl Killable {
    fn new() -> Self {
        let server = Server::new(TestClock::new(NOW), |asked| match asked.path.as_str() {
            "/rss" => Reply::new(200, "", feed(&paths(2))),
            "/robots.txt" => Reply::new(404, "", ""),
            path => Reply::page(&report(&format!("{} {path}", asked.host))),
        });
        let folder = tempfile::tempdir().unwrap();
        let port = server.address.port();
        let table = |n: u8| {
            format!("[sources.s{n}]\naddress = \"http://127.0.0.{n}:{port}/rss\"\nallow_private = true\ndays = 36500\n")
        };
        let settings: String = (2..2 + HOSTS).map(table).collect();
        std::fs::write(folder.path().join("config.toml"), settings).unwrap();
        Self { server, folder }
    }

    fn command(&self, cache: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baocao"));
        for name in
            ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "SSL_CERT_FILE"]
        {
            command.env_remove(name);
        }
        command.arg("--cache").arg(cache).arg("--config").arg(self.folder.path().join("config.toml")).arg("sync");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// The ids of all reports of a cache.
    fn ids(cache: &Path) -> Vec<String> {
        let mut ids: Vec<String> = Store::open(cache).unwrap().cache().known_ids().unwrap().iter().collect();
        ids.sort();
        ids
    }
}

/// Kills one run after another and lets the last one end. Returns the requests of an undisturbed run, and those of all
/// the others together.
fn killed_and_undisturbed(mut kill: impl FnMut(&Killable, &mut Child), kills: usize) -> (usize, usize) {
    let site = Killable::new();
    let (whole, killed) = (site.folder.path().join("whole"), site.folder.path().join("killed"));
    assert!(site.command(&whole).status().unwrap().success());
    let undisturbed = site.server.asked.lock().unwrap().len();
    site.server.forget();
    for _ in 0..kills {
        let mut child = site.command(&killed).spawn().unwrap();
        kill(&site, &mut child);
        let _ = child.kill();
        let _ = child.wait();
    }
    assert!(site.command(&killed).status().unwrap().success());
    assert_eq!(Killable::ids(&killed), Killable::ids(&whole));
    assert_eq!(Killable::ids(&whole).len(), usize::from(HOSTS) * 2);
    let asked = site.server.asked.lock().unwrap().len();
    (undisturbed, asked)
}

#[test]
fn killed_runs_end_in_the_same_cache_as_an_undisturbed_one() {
    let mut after = [3, 7, 12, 20].into_iter();
    let kill = |site: &Killable, child: &mut Child| {
        let requests = after.next().unwrap();
        // Killed when the server has been asked so often, or when it has ended.
        while site.server.asked.lock().unwrap().len() < requests && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
    };
    let (undisturbed, asked) = killed_and_undisturbed(kill, 4);
    // What was under way at a kill is asked again: four requests at the most.
    assert!(asked <= undisturbed + 4 * 4, "{asked} requests, {undisturbed} in an undisturbed run");
}

#[test]
#[ignore = "takes minutes"]
fn runs_killed_at_fifty_random_moments_end_in_the_same_cache() {
    // A generator of its own (xorshift), so that a failure can be repeated.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let kill = |_: &Killable, child: &mut Child| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let moment = Instant::now() + Duration::from_millis(state % 1500);
        while Instant::now() < moment && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
    };
    let (undisturbed, asked) = killed_and_undisturbed(kill, 50);
    // A kill costs four requests at the most; most moments are in a pause, when nothing is under way.
    assert!(asked <= undisturbed + 2 * 50, "{asked} requests, {undisturbed} in an undisturbed run");
}

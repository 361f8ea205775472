//! `sync` against a server of the tests' own: what is asked, when, and what becomes of it. Time passes when it is
//! waited for; nothing here waits for a clock.

mod hostile;
#[cfg(unix)]
mod messages;
#[cfg(target_os = "linux")]
mod offline;
mod politely;
mod resuming;
mod server;
mod tls;
mod transfer;
mod verbs;

use baocao::config::{SourceSetting, USUAL_DAYS, USUAL_MINUTES};
use baocao::store::Store;
use baocao::sync::event::{PageResult, SourceSummary, SyncEvent, SyncTotals};
use baocao::sync::fetch::FetchLimits;
use baocao::sync::http::{HttpClient, HttpSettings};
use baocao::sync::run::{SyncPlan, run};
pub use server::Asked;
use server::{Reply, Server, TestClock};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// The present of all tests.
const NOW: &str = "2026-11-20T01:00:00Z";

/// The page of a report, of which each differs from the others.
fn report(name: &str) -> String {
    format!(
        "<html><head><title>Hội nghị {name}</title></head><body><article><h1>Hội nghị sơ kết {name}</h1>\
         <p>Ngày 2-11-2026, Quân khu Thử nghiệm tổ chức hội nghị sơ kết công tác {name} tại hội trường. Thiếu tướng \
         Lã Mạnh Hùng, Chính ủy Quân khu Thử nghiệm chủ trì hội nghị; cùng dự có đại biểu các cơ quan, đơn vị.</p>\
         </article></body></html>"
    )
}

/// A feed of these pages, newest first.
fn feed(paths: &[String]) -> String {
    let item = |(n, path): (usize, &String)| {
        format!(
            "<item><title>Tin {path}</title><link>{path}</link>\
             <pubDate>Thu, 19 Nov 2026 12:{:02}:00 +0700</pubDate></item>",
            59 - n.min(59)
        )
    };
    let items: String = paths.iter().enumerate().map(item).collect();
    format!("<rss version=\"2.0\"><channel><title>Báo Giả Tưởng</title><link>/</link>{items}</channel></rss>")
}

fn paths(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("/bai-{n}.html")).collect()
}

/// A site: no robots.txt, a feed of some pages at `/rss`, and the pages.
fn site(count: usize) -> impl Fn(&Asked) -> Reply + Send + Sync + 'static {
    move |asked| match asked.path.as_str() {
        "/rss" => Reply::new(200, "Content-Type: application/rss+xml\r\n", feed(&paths(count))),
        path if path.starts_with("/bai-") => Reply::page(&report(&format!("{} {path}", asked.host))),
        _ => Reply::new(404, "", "none"),
    }
}

fn source(name: &str, address: &str) -> SourceSetting {
    SourceSetting {
        name: name.to_owned(),
        address: address.to_owned(),
        days: USUAL_DAYS,
        every: USUAL_MINUTES,
        allow_private: true,
        ..SourceSetting::default()
    }
}

/// Short limits, so that what never ends is soon over.
fn limits() -> FetchLimits {
    FetchLimits {
        time: Duration::from_secs(3),
        connect_time: Duration::from_secs(3),
        page_bytes: 200 << 10,
        list_bytes: 16 << 20,
    }
}

/// A cache in memory, a clock and a client for whom every name is the server's.
struct World {
    store: Store,
    clock: Arc<TestClock>,
    server: Server,
    client: HttpClient,
}

/// What a run told.
struct Ran {
    totals: SyncTotals,
    events: Vec<SyncEvent>,
}

impl World {
    fn new(answers: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let clock = TestClock::new(NOW);
        let server = Server::new(clock.clone(), answers);
        let client = client(server.address, limits());
        Self { store: Store::in_memory().unwrap(), clock, server, client }
    }

    fn run(&self, sources: &[SourceSetting]) -> Ran {
        self.run_plan(SyncPlan { sources, is_forced: true, since: None, dry_run_for: None })
    }

    fn run_plan(&self, plan: SyncPlan<'_>) -> Ran {
        self.run_in(&self.store, plan)
    }

    fn run_in(&self, store: &Store, plan: SyncPlan<'_>) -> Ran {
        let mut events = Vec::new();
        let stop = AtomicBool::new(false);
        let totals = run(store, &self.client, &*self.clock, plan, &stop, &mut |event| events.push(event)).unwrap();
        Ran { totals, events }
    }

    fn reports(&self) -> usize {
        self.store.cache().counts().unwrap().reports
    }
}

/// A client for whom every name leads to the server, whatever its port.
fn client(address: SocketAddr, limits: FetchLimits) -> HttpClient {
    let lookup = Arc::new(move |_: &str, _: u16| Ok(vec![address]));
    HttpClient::new(HttpSettings { limits, roots: None, lookup, uses_proxy: false, contact: None }).unwrap()
}

impl Ran {
    /// What became of a page, by the end of its address.
    fn page(&self, path: &str) -> &PageResult {
        let of = |event: &&SyncEvent| matches!(event, SyncEvent::Page { address, .. } if address.ends_with(path));
        match self.events.iter().find(of) {
            Some(SyncEvent::Page { result, .. }) => result,
            _ => panic!("{path} was not told: {:#?}", self.events),
        }
    }

    fn source(&self, name: &str) -> &SourceSummary {
        let found = self.events.iter().find_map(|event| match event {
            SyncEvent::SourceDone(summary) if summary.source == name => Some(summary),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("{name} was not told: {:#?}", self.events))
    }

    /// The problem of a source.
    fn problem(&self, name: &str) -> &str {
        self.source(name).problem.as_deref().unwrap_or_default()
    }

    /// The stops of hosts: host and reason.
    fn stops(&self) -> Vec<(&str, &str)> {
        self.events
            .iter()
            .filter_map(|event| match event {
                SyncEvent::HostStopped { host, why, .. } => Some((host.as_str(), why.as_str())),
                _ => None,
            })
            .collect()
    }
}

//! What a run asks and when: pauses, robots.txt, validators, Retry-After, and what is left for the next run.

use super::{NOW, Ran, Reply, World, feed, paths, report, site, source};
use baocao::sync::clock::SyncClock;
use baocao::sync::event::{PageResult, SyncEvent};
use baocao::sync::run::SyncPlan;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

#[test]
fn new_pages_are_fetched_newest_first_two_seconds_apart_and_once() {
    let world = World::new(site(5));
    let sources = [source("bao", "http://bao.example.vn/rss"), source("khac", "http://khac.example.vn/rss")];
    let ran = world.run(&sources);
    assert_eq!((ran.totals.new, ran.totals.problems), (10, 0), "{:#?}", ran.events);
    assert_eq!(world.reports(), 10);
    let asked = world.server.asked.lock().unwrap().clone();
    let mut by_host: HashMap<&str, Vec<(&str, Timestamp)>> = HashMap::new();
    for one in &asked {
        by_host.entry(&one.host).or_default().push((&one.path, one.at));
        assert!(one.header("user-agent").unwrap().starts_with("baocao/"), "{one:?}");
    }
    assert_eq!(by_host.len(), 2);
    for (host, asked) in by_host {
        let order: Vec<&str> = asked.iter().map(|(path, _)| *path).collect();
        let wanted = ["/robots.txt", "/rss", "/bai-0.html", "/bai-1.html", "/bai-2.html", "/bai-3.html", "/bai-4.html"];
        assert_eq!(order, wanted, "{host}");
        for pair in asked.windows(2) {
            assert!(pair[1].1.duration_since(pair[0].1) >= SignedDuration::from_secs(2), "{host}: {pair:?}");
        }
    }
    world.server.forget();
    let again = world.run(&sources);
    assert_eq!(again.totals.new, 0);
    assert_eq!(world.server.paths(), ["/rss", "/rss"], "robots.txt is known for a day, pages for ever");
}

#[test]
fn a_feed_that_changes_its_order_brings_nothing_twice() {
    let turn = AtomicUsize::new(0);
    let world = World::new(move |asked| match asked.path.as_str() {
        "/rss" => {
            let mut listed = paths(6);
            let turn = turn.fetch_add(1, Ordering::Relaxed);
            listed.rotate_left(turn);
            listed.truncate(5);
            Reply::new(200, "", feed(&listed))
        }
        path if path.starts_with("/bai-") => Reply::page(&report(path)),
        _ => Reply::new(404, "", ""),
    });
    let sources = [source("bao", "http://bao.example.vn/rss")];
    let new: Vec<usize> = (0..3).map(|_| world.run(&sources).totals.new).collect();
    assert_eq!(new, [5, 1, 0]);
    let mut pages = world.server.paths();
    pages.retain(|path| path != "/rss");
    pages.sort();
    assert_eq!(pages, paths(6));
}

#[test]
fn validators_are_sent_back_and_a_newer_version_is_told() {
    let turn = AtomicUsize::new(0);
    let world = World::new(move |asked| match asked.path.as_str() {
        "/sitemap.xml" => {
            let turn = turn.fetch_add(1, Ordering::Relaxed);
            if asked.header("if-none-match") == Some("\"list-1\"") && turn == 1 {
                assert_eq!(asked.header("if-modified-since"), Some("Thu, 19 Nov 2026 00:00:00 GMT"));
                return Reply::raw(b"HTTP/1.1 304 X\r\nContent-Length: 0\r\n\r\n");
            }
            let changed = if turn < 2 { "2026-11-19" } else { "2026-11-20" };
            let body = format!(
                "<urlset><url><loc>http://bao.example.vn/a</loc><lastmod>{changed}</lastmod></url><url>\
                 <loc>http://bao.example.vn/b</loc><lastmod>2026-11-18</lastmod></url></urlset>"
            );
            Reply::new(200, "ETag: \"list-1\"\r\nLast-Modified: Thu, 19 Nov 2026 00:00:00 GMT\r\n", body)
        }
        "/a" if asked.header("if-none-match").is_some() => Reply::page(&report("bản mới")),
        "/a" | "/b" => Reply::new(200, "ETag: \"page\"\r\nContent-Type: text/html\r\n", report(&asked.path)),
        _ => Reply::new(404, "", ""),
    });
    let sources = [source("bao", "http://bao.example.vn/sitemap.xml")];
    assert_eq!(world.run(&sources).totals.new, 2);
    let second = world.run(&sources);
    assert!(second.events.iter().any(|event| matches!(event, SyncEvent::ListUnchanged { .. })), "{:#?}", second.events);
    let third = world.run(&sources);
    assert!(matches!(third.page("/a"), PageResult::NewVersion { .. }), "{:#?}", third.events);
    assert_eq!(world.reports(), 3);
    assert_eq!(world.server.paths().iter().filter(|path| *path == "/b").count(), 1);
}

#[test]
fn too_many_requests_stop_the_host_and_a_busy_page_only_itself() {
    let world = World::new(|asked| match (asked.host.as_str(), asked.path.as_str()) {
        (_, "/rss") => Reply::new(200, "", feed(&paths(4))),
        ("bao.example.vn", "/bai-1.html") => Reply::new(429, "Retry-After: 7200\r\n", ""),
        ("khac.example.vn", "/bai-1.html") => Reply::new(503, "Retry-After: 600\r\n", ""),
        ("vay.example.vn", "/bai-0.html") => Reply::new(429, "", ""),
        (_, path) if path.starts_with("/bai-") => Reply::page(&report(&format!("{} {path}", asked.host))),
        _ => Reply::new(404, "", ""),
    });
    let sources: Vec<_> =
        ["bao", "khac", "vay"].map(|name| source(name, &format!("http://{name}.example.vn/rss"))).into();
    let ran = world.run(&sources);
    let stopped = |host: &str| {
        ran.events.iter().find_map(|event| match event {
            SyncEvent::HostStopped { host: stopped, until, .. } if stopped == host => {
                Some(until.duration_since(NOW.parse().unwrap()).as_secs())
            }
            _ => None,
        })
    };
    assert!((7200..7300).contains(&stopped("bao.example.vn").unwrap()));
    assert!((1800..1900).contains(&stopped("vay.example.vn").unwrap()), "without Retry-After");
    assert_eq!(stopped("khac.example.vn"), None);
    assert_eq!((ran.source("bao").new, ran.source("bao").left), (1, 3));
    assert!(ran.problem("bao").contains("left alone until"), "{}", ran.problem("bao"));
    assert_eq!((ran.source("khac").new, ran.source("khac").left), (3, 1));
    assert!(matches!(ran.page("khac.example.vn/bai-1.html"), PageResult::Later { .. }));
    world.server.forget();
    world.run(&sources);
    let hosts: Vec<String> = world.server.asked.lock().unwrap().iter().map(|asked| asked.host.clone()).collect();
    assert_eq!(hosts, ["khac.example.vn"], "the stopped hosts are not asked at all, the busy page not yet");
    world.clock.pass(Duration::from_secs(2 * 3600));
    world.server.forget();
    assert_eq!(world.run(&sources[..1]).totals.new, 2, "the page that was too many comes last");
}

#[test]
fn a_wait_without_end_is_capped() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::new(404, "", ""),
        _ => Reply::new(429, "Retry-After: 99999999999\r\n", ""),
    });
    let ran = world.run(&[source("bao", "http://bao.example.vn/rss")]);
    let SyncEvent::HostStopped { until, .. } =
        ran.events.iter().find(|event| matches!(event, SyncEvent::HostStopped { .. })).unwrap()
    else {
        unreachable!()
    };
    assert!(until.duration_since(NOW.parse().unwrap()) <= SignedDuration::from_hours(25));
}

#[test]
fn robots_txt_forbids_and_slows() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/robots.txt" => Reply::new(200, "", "User-agent: *\nDisallow: /bai-1\nCrawl-delay: 10\n"),
        "/rss" => Reply::new(200, "", feed(&paths(3))),
        path => Reply::page(&report(path)),
    });
    let ran = world.run(&[source("bao", "http://bao.example.vn/rss")]);
    assert_eq!(ran.totals.new, 2);
    assert!(matches!(ran.page("/bai-1.html"), PageResult::NoReport { why } if why.contains("robots.txt")));
    assert!(!world.server.paths().contains(&"/bai-1.html".to_owned()));
    let at: Vec<Timestamp> = world.server.asked.lock().unwrap().iter().map(|asked| asked.at).collect();
    assert!(at.windows(2).all(|pair| pair[1].duration_since(pair[0]) >= SignedDuration::from_secs(10)), "{at:?}");
}

#[test]
fn a_host_whose_robots_txt_fails_is_not_asked_for_more() {
    let world = World::new(|asked| match (asked.host.as_str(), asked.path.as_str()) {
        ("bao.example.vn", "/robots.txt") => Reply::new(500, "", ""),
        ("cam.example.vn", "/robots.txt") => Reply::new(200, "", "User-agent: *\nDisallow: /\n"),
        ("ma.example.vn", "/robots.txt") => {
            Reply::page("<html><script>document.cookie=\"D1N=1\";location.reload()</script></html>")
        }
        ("xa.example.vn", "/robots.txt") => Reply::redirect("/r"),
        (_, "/r") => Reply::new(200, "", "User-agent: *\nDisallow: /bai-0\n"),
        (_, "/rss") => Reply::new(200, "", feed(&paths(2))),
        _ => Reply::page(&report(&asked.path)),
    });
    let sources: Vec<_> =
        ["bao", "cam", "ma", "xa"].map(|name| source(name, &format!("http://{name}.example.vn/rss"))).into();
    let ran = world.run(&sources);
    assert!(ran.problem("bao").contains("robots.txt answers 500"), "{}", ran.problem("bao"));
    assert!(ran.problem("cam").contains("forbids"), "{}", ran.problem("cam"));
    assert!(ran.problem("ma").contains("script (D1N)") && ran.problem("ma").contains("save the page"));
    assert_eq!(ran.source("xa").new, 1);
    assert_eq!(world.server.paths(), ["/r", "/rss", "/bai-1.html"]);
    assert_eq!(ran.stops().len(), 2);
}

#[test]
fn a_pass_is_not_due_until_its_time_and_failures_make_it_longer() {
    let world = World::new(|_| Reply::new(500, "", ""));
    let sources = [source("bao", "http://bao.example.vn/rss")];
    let plan = SyncPlan { sources: &sources, is_forced: false, since: None, dry_run_for: None };
    let first = world.run_plan(plan);
    assert_eq!(first.totals.problems, 1);
    let again = world.run_plan(plan);
    assert!(matches!(again.events.as_slice(), [SyncEvent::NotDue { .. }]), "{:?}", again.events);
    assert_eq!(again.totals.requests, 0);
    let next = first.source("bao").next.unwrap();
    assert!(next.duration_since(world.clock.now()) > SignedDuration::from_mins(55), "twice the usual, or longer");
}

#[test]
fn a_dry_run_tells_and_saves_nothing() {
    let world = World::new(site(3));
    let sources = [source("bao", "http://bao.example.vn/rss")];
    let cache = baocao::store::Store::in_memory().unwrap();
    let plan = SyncPlan { sources: &sources, is_forced: true, since: None, dry_run_for: Some(&cache) };
    let ran = world.run_plan(plan);
    let planned = ran.events.iter().filter(|event| matches!(event, SyncEvent::Planned { .. })).count();
    assert_eq!((planned, world.server.paths()), (3, vec!["/rss".to_owned()]));
    assert_eq!(cache.fetch_state().unwrap().waiting("bao").unwrap(), 0);
    assert_eq!(cache.cache().counts().unwrap().reports, 0);
}

/// A page that a dry run would not fetch: its name, why, and until when.
type PageLeftOut = (String, String, Option<Timestamp>);

/// What a dry run told: the pages that would be fetched, and the others.
fn told_dry(ran: &Ran) -> (Vec<String>, Vec<PageLeftOut>) {
    let path = |address: &str| address.rsplit('/').next().unwrap().to_owned();
    let (mut planned, mut left_out) = (Vec::new(), Vec::new());
    for event in &ran.events {
        match event {
            SyncEvent::Planned { address, .. } => planned.push(path(address)),
            SyncEvent::LeftOut(page) => left_out.push((path(&page.address), page.why.clone(), page.until)),
            _ => {}
        }
    }
    (planned, left_out)
}

#[test]
fn a_dry_run_plans_what_a_run_fetches_and_tells_the_rest_apart() {
    let later = Arc::new(AtomicUsize::new(0));
    let stage = Arc::clone(&later);
    let world = World::new(move |asked| match (asked.host.as_str(), asked.path.as_str()) {
        ("bao.example.vn", "/robots.txt") => Reply::new(200, "", "User-agent: *\nDisallow: /bai-1\n"),
        ("khac.example.vn", "/robots.txt") => Reply::new(200, "", "User-agent: *\nDisallow: /bai-9\n"),
        (_, "/rss") => {
            let mut listed = paths(4);
            listed.push("http://khac.example.vn/bai-9.html".to_owned());
            listed.push("http://dung.example.vn/bai-8.html".to_owned());
            match stage.load(Ordering::Relaxed) {
                0 => {}
                1 => listed.push("http://dung.example.vn/bai-7.html".to_owned()),
                _ => listed.truncate(1),
            }
            Reply::new(200, "", feed(&listed))
        }
        ("bao.example.vn", "/bai-2.html") => Reply::new(503, "Retry-After: 600\r\n", ""),
        ("dung.example.vn", "/bai-8.html") => Reply::new(429, "Retry-After: 600\r\n", ""),
        (_, "/bai-3.html") => Reply::new(404, "", ""),
        (_, path) if path.starts_with("/bai-") => Reply::page(&report(path)),
        _ => Reply::new(404, "", ""),
    });
    let sources = [source("bao", "http://bao.example.vn/rss")];
    let dry = || {
        let aside = baocao::store::Store::in_memory().unwrap();
        let plan = SyncPlan { sources: &sources, is_forced: true, since: None, dry_run_for: Some(&world.store) };
        told_dry(&world.run_in(&aside, plan))
    };
    let reasons = |left_out: &[(String, String, Option<Timestamp>)]| -> Vec<String> {
        let mut reasons: Vec<String> = left_out.iter().map(|(page, why, _)| format!("{page}: {why}")).collect();
        reasons.sort();
        reasons
    };
    let (planned, left_out) = dry();
    assert_eq!(planned, ["bai-0.html", "bai-2.html", "bai-3.html", "bai-8.html"]);
    let forbidden = |host: &str, page: &str| format!("{page}: robots.txt of {host} forbids it");
    let both = [forbidden("bao.example.vn", "bai-1.html"), forbidden("khac.example.vn", "bai-9.html")];
    assert_eq!(reasons(&left_out), both);
    let asked = world.server.paths();
    assert!(asked.iter().all(|path| !path.starts_with("/bai-")), "a dry run asks for no page: {asked:?}");
    world.server.forget();
    let ran = world.run(&sources);
    let fetched: Vec<String> = world.server.paths().into_iter().filter(|path| path.starts_with("/bai-")).collect();
    assert_eq!(fetched.len(), planned.len(), "what was planned, and nothing else: {fetched:?}");
    // The list names one more page of the host that is left alone.
    later.store(1, Ordering::Relaxed);
    let (planned, left_out) = dry();
    assert_eq!(planned, [""; 0], "{left_out:?}");
    let why = reasons(&left_out);
    assert_eq!(why[0], both[0]);
    assert!(why[1].starts_with("bai-2.html: the server answers 503") && why[2].contains("404"), "{why:?}");
    assert!(why[3].starts_with("bai-7.html: dung.example.vn is left alone"), "{why:?}");
    assert!(why[4].starts_with("bai-8.html: ") && why[4].contains("too many requests (429)"), "{why:?}");
    let until = |page: &str| left_out.iter().find(|told| told.0 == page).unwrap().2;
    let SyncEvent::HostStopped { until: stopped, .. } =
        ran.events.iter().find(|event| matches!(event, SyncEvent::HostStopped { .. })).unwrap()
    else {
        unreachable!()
    };
    assert_eq!(until("bai-8.html"), Some(*stopped), "the page and its host are asked again at one moment");
    assert_eq!(until("bai-7.html"), Some(*stopped));
    assert!(until("bai-2.html").is_some() && until("bai-1.html").is_none());
    world.clock.pass(Duration::from_secs(700));
    later.store(2, Ordering::Relaxed);
    assert_eq!(dry().0, ["bai-2.html", "bai-8.html"], "the time has come, and they wait although no list names them");
}

#[test]
fn a_busy_host_is_a_failure_of_the_source_that_asked_and_of_no_other() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/a" => Reply::new(200, "", feed(&["/bai-0.html".to_owned()])),
        "/b" => Reply::new(200, "", feed(&paths(5)[1..])),
        "/bai-0.html" => Reply::new(429, "Retry-After: 60\r\n", ""),
        path if path.starts_with("/bai-") => Reply::page(&report(path)),
        _ => Reply::new(404, "", ""),
    });
    let sources = [source("a", "http://bao.example.vn/a"), source("b", "http://bao.example.vn/b")];
    let ran = world.run(&sources);
    assert!(ran.problem("a").contains("too many requests (429)"), "{}", ran.problem("a"));
    assert!(ran.problem("b").contains("left alone until"), "its pages wait: {}", ran.problem("b"));
    let failures = |name: &str| world.store.fetch_state().unwrap().source(name).unwrap().failures;
    assert_eq!((failures("a"), failures("b")), (1, 0));
    let usual = |name: &str| ran.source(name).next.unwrap().duration_since(world.clock.now());
    assert!(usual("b") <= SignedDuration::from_mins(30) && usual("a") > SignedDuration::from_mins(50));
}

#[test]
fn a_sitemap_index_is_followed_by_month_and_what_is_old_is_left() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/sitemap.xml" => Reply::new(
            200,
            "",
            "<sitemapindex><sitemap><loc>/s-2026-9.xml</loc></sitemap><sitemap><loc>/s-2026-11.xml</loc></sitemap>\
             <sitemap><loc>/s-2026-10.xml</loc></sitemap></sitemapindex>",
        ),
        "/s-2026-11.xml" => {
            let entry = |n: usize| {
                let (day, hour) = (1 + n % 20, n % 24);
                format!("<url><loc>/p-{n}</loc><lastmod>2026-11-{day:02}T{hour:02}:00:00Z</lastmod></url>")
            };
            Reply::new(200, "", format!("<urlset>{}</urlset>", (0..50_000).map(entry).collect::<String>()))
        }
        path if path.starts_with("/p-") => Reply::page(&report(path)),
        _ => Reply::new(404, "", ""),
    });
    let one_day = baocao::config::SourceSetting {
        days: 1,
        only: vec!["/p-1*999".to_owned()],
        ..source("bao", "http://bao.example.vn/sitemap.xml")
    };
    let ran = world.run(&[one_day]);
    let lists: Vec<String> = world.server.paths().into_iter().filter(|path| path.contains(".xml")).collect();
    assert_eq!(lists, ["/sitemap.xml", "/s-2026-11.xml"], "months before are over");
    let told = ran.events.iter().find_map(|event| match event {
        SyncEvent::List { address, pages, new, .. } if address.contains("11.xml") => Some((*pages, *new)),
        _ => None,
    });
    let (pages, new) = told.unwrap();
    assert_eq!(pages, 50_000);
    assert!(new > 10 && new == ran.totals.new, "{new} {:?}", ran.totals);
}

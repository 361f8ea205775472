//! Servers that are slow, cut off, untrue or hostile: each costs its one page, is told in words, and the rest goes on.

use super::{Reply, World, client, feed, limits, report, site, source};
use baocao::store::Store;
use baocao::sync::address_policy::AddressPolicy;
use baocao::sync::event::PageResult;
use baocao::sync::fetch::{Fetch, FetchFailure, FetchPurpose, FetchRequest};
use baocao::sync::http::{HttpClient, HttpSettings};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use url::Url;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// What the pages of the hostile site answer.
fn hostile_page(path: &str) -> Reply {
    let whole = report(path);
    let head = |length: usize| format!("HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n");
    match path {
        "/cham.html" => Reply {
            pieces: whole.as_bytes().chunks(20).map(<[u8]>::to_vec).collect::<Vec<_>>().tap_head(&head(whole.len())),
            pause: Duration::from_millis(200),
            is_endless: false,
        },
        "/dut.html" => {
            let half = whole.get(..whole.len() / 3).unwrap_or(&whole);
            Reply { pieces: vec![head(whole.len()).into_bytes(), half.as_bytes().to_vec()], ..Reply::default() }
        }
        "/doi-dai.html" => Reply { pieces: vec![head(1 << 40).into_bytes(), whole.into_bytes()], ..Reply::default() },
        "/vo-tan.html" => Reply {
            pieces: vec![b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\n\r\n<p>".to_vec(), vec![b'a'; 64 << 10]],
            is_endless: true,
            ..Reply::default()
        },
        "/bom.html" => {
            Reply::new(200, "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", gzip(&vec![b' '; 64 << 20]))
        }
        "/hong.html" => Reply::new(200, "Content-Encoding: gzip\r\n", b"not gzip at all"),
        "/rac.html" => Reply::raw(b"\x00\x01\x02 this is no HTTP\r\n\r\n"),
        "/dau-dai.html" => Reply::raw(
            format!("HTTP/1.1 200 X\r\nX-A: {}\r\nContent-Length: 0\r\n\r\n", "a".repeat(1 << 20)).as_bytes(),
        ),
        "/pdf.html" => Reply::new(200, "Content-Type: application/pdf\r\n", b"%PDF-1.7 \x00\x01\x02"),
        "/trong.html" => Reply::page(""),
        "/vong.html" => Reply::redirect("/vong.html"),
        "/vong-2.html" => Reply::redirect("/vong-3.html"),
        "/vong-3.html" => Reply::redirect("/vong-2.html"),
        "/xa.html" => Reply::redirect("/xa-1"),
        "/ra.html" => Reply::redirect("file:///etc/passwd"),
        "/script.html" => Reply::new(403, "cf-mitigated: challenge\r\n", "<html>…</html>"),
        path if path.starts_with("/xa-") => Reply::redirect(&format!("{path}0")),
        _ => Reply::page(&whole),
    }
}

/// The pieces of a reply behind a head.
trait TapHead {
    fn tap_head(self, head: &str) -> Self;
}

impl TapHead for Vec<Vec<u8>> {
    fn tap_head(mut self, head: &str) -> Self {
        self.insert(0, head.as_bytes().to_vec());
        self
    }
}

#[test]
fn a_broken_page_costs_only_itself() {
    let broken = [
        "/cham.html",
        "/dut.html",
        "/doi-dai.html",
        "/vo-tan.html",
        "/bom.html",
        "/hong.html",
        "/rac.html",
        "/dau-dai.html",
        "/pdf.html",
        "/trong.html",
        "/vong.html",
        "/vong-2.html",
        "/xa.html",
        "/ra.html",
    ];
    let mut listed: Vec<String> = broken.iter().map(|path| (*path).to_owned()).collect();
    // A good page behind each, so that the host answers in between.
    let listed: Vec<String> =
        listed.drain(..).enumerate().flat_map(|(n, path)| [path, format!("/bai-{n}.html")]).collect();
    let list = feed(&listed);
    let world = World::new(move |asked| match asked.path.as_str() {
        "/rss" => Reply::new(200, "", &list),
        "/robots.txt" => Reply::new(404, "", ""),
        path => hostile_page(path),
    });
    let ran = world.run(&[source("bao", "http://bao.example.vn/rss")]);
    assert_eq!(ran.totals.new, broken.len(), "{:#?}", ran.events);
    let why = |path: &str| match ran.page(path) {
        PageResult::NoReport { why } | PageResult::Later { why, .. } => why.clone(),
        other => panic!("{path}: {other:?}"),
    };
    for (path, said) in [
        ("/cham.html", "in time"),
        ("/dut.html", "broke off"),
        ("/doi-dai.html", ""),
        ("/vo-tan.html", "too long"),
        ("/bom.html", "too long"),
        ("/hong.html", "damaged"),
        ("/rac.html", "damaged"),
        ("/dau-dai.html", ""),
        ("/pdf.html", "not a page"),
        ("/trong.html", ""),
        ("/vong.html", "circle"),
        ("/vong-2.html", "circle"),
        ("/xa.html", "more than 5 times"),
        ("/ra.html", "only http and https"),
    ] {
        assert!(why(path).contains(said), "{path}: {}", why(path));
    }
}

#[test]
fn a_script_in_place_of_a_page_stops_the_host_and_is_named() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/rss" => Reply::new(200, "", feed(&["/script.html".to_owned(), "/bai-1.html".to_owned()])),
        "/robots.txt" => Reply::new(404, "", ""),
        path => hostile_page(path),
    });
    let ran = world.run(&[source("bao", "http://bao.example.vn/rss")]);
    assert!(ran.problem("bao").contains("script (Cloudflare)"), "{}", ran.problem("bao"));
    assert!(ran.problem("bao").contains("save the page"));
    assert_eq!(world.server.paths(), ["/rss", "/script.html"], "nothing more is asked");
    assert_eq!(ran.source("bao").left, 2);
}

#[test]
fn a_source_that_gives_errors_is_told_and_the_others_go_on() {
    let world = World::new(|asked| match (asked.host.as_str(), asked.path.as_str()) {
        ("loi.example.vn", "/rss") => {
            Reply::page("<html><title>Lỗi</title><body><p>Không tìm thấy trang</p></body></html>")
        }
        ("mat.example.vn", "/rss") => Reply::new(404, "", ""),
        ("rac.example.vn", "/rss") => Reply::new(200, "", b"\x7fELF\x00\x00\x00\x01"),
        _ => site(2)(asked),
    });
    let mut sources: Vec<_> =
        ["loi", "mat", "rac", "tot"].map(|name| source(name, &format!("http://{name}.example.vn/rss"))).into();
    sources.push(source("khong", "not an address"));
    sources.push(source("tep", "file:///etc/passwd"));
    let ran = world.run(&sources);
    assert_eq!((ran.totals.new, ran.totals.problems), (2, 5), "{:#?}", ran.events);
    assert!(ran.problem("loi").contains("“Lỗi”"), "{}", ran.problem("loi"));
    assert!(ran.problem("mat").contains("404"));
    assert!(ran.problem("rac").contains("could not be read"));
    assert!(ran.problem("khong").contains("it is not an address"), "{}", ran.problem("khong"));
    assert!(ran.problem("tep").contains("only http and https"), "{}", ran.problem("tep"));
}

#[test]
fn a_wrong_charset_does_not_spoil_the_text() {
    let tcvn = {
        // «Quân khu» in an encoding that the header does not name.
        let utf16: Vec<u8> =
            std::iter::once(0xfeff_u16).chain(report("mã").encode_utf16()).flat_map(u16::to_le_bytes).collect();
        utf16
    };
    let world = World::new(move |asked| match asked.path.as_str() {
        "/rss" => Reply::new(200, "", feed(&["/a".to_owned(), "/b".to_owned()])),
        "/a" => Reply::new(200, "Content-Type: text/html; charset=iso-8859-1\r\n", report("a")),
        "/b" => Reply::new(200, "Content-Type: text/html; charset=utf-8\r\n", &tcvn),
        _ => Reply::new(404, "", ""),
    });
    let ran = world.run(&[source("bao", "http://bao.example.vn/rss")]);
    assert_eq!(ran.totals.new, 2, "{:#?}", ran.events);
    for path in ["/a", "/b"] {
        let PageResult::New { id } = ran.page(path) else { panic!("{:?}", ran.page(path)) };
        assert!(world.store.cache().load(id).unwrap().unwrap().text.contains("Quân khu Thử nghiệm"), "{path}");
    }
}

fn request(address: &str, allow_private: bool) -> FetchRequest {
    FetchRequest {
        url: Url::parse(address).unwrap(),
        policy: AddressPolicy { allow_private },
        purpose: FetchPurpose::Page,
        etag: None,
        modified: None,
    }
}

#[test]
fn a_name_that_leads_into_the_own_network_is_refused_before_anything_is_sent() {
    let world = World::new(site(1));
    // Without `allow_private`, every name that the look-up gives the server's loopback address is refused.
    let refused = world.client.fetch(&request("http://bao.example.vn/rss", false));
    assert!(matches!(refused, Err(FetchFailure::Refused(_))), "{refused:?}");
    // An answer of several addresses, of which one is private.
    let server = world.server.address;
    let public = "203.0.114.1:80".parse().unwrap();
    let lookup = Arc::new(move |_: &str, _: u16| Ok(vec![public, server]));
    let mixed =
        HttpClient::new(HttpSettings { limits: limits(), roots: None, lookup, uses_proxy: false, contact: None })
            .unwrap();
    let refused = mixed.fetch(&request("http://bao.example.vn/rss", false));
    assert!(matches!(refused, Err(FetchFailure::Refused(_))), "{refused:?}");
    // A name server that changes its answer: each connection is made to what was checked for it.
    let turn = AtomicUsize::new(0);
    let lookup = Arc::new(move |_: &str, _: u16| match turn.fetch_add(1, Ordering::Relaxed) {
        0 => Err(std::io::Error::other("no answer")),
        _ => Ok(vec![server]),
    });
    let changing =
        HttpClient::new(HttpSettings { limits: limits(), roots: None, lookup, uses_proxy: false, contact: None })
            .unwrap();
    let first = changing.fetch(&request("http://bao.example.vn/rss", false));
    assert!(matches!(first, Err(FetchFailure::UnknownName(_))), "{first:?}");
    let second = changing.fetch(&request("http://bao.example.vn/rss", false));
    assert!(matches!(second, Err(FetchFailure::Refused(_))), "{second:?}");
    assert_eq!(world.server.connections.load(Ordering::Relaxed), 0);
    assert!(world.client.fetch(&request("http://bao.example.vn/rss", true)).is_ok());
}

#[test]
fn a_redirect_into_the_own_network_is_refused_for_a_public_source() {
    let world = World::new(|_| Reply::redirect("http://192.168.0.1/admin"));
    let ran = world.run(&[source("bao", "http://bao.example.vn/rss")]);
    // The source may have private addresses: the hop is tried, and the look-up of the test leads to the server again.
    assert!(ran.totals.requests > 1);
    let store = Store::in_memory().unwrap();
    let public = baocao::config::SourceSetting { allow_private: false, ..source("bao", "http://bao.example.vn/rss") };
    let fake = OneHop(world.server.address);
    let mut problem = None;
    let stop = std::sync::atomic::AtomicBool::new(false);
    let plan = baocao::sync::run::SyncPlan {
        sources: std::slice::from_ref(&public),
        is_forced: true,
        since: None,
        dry_run_for: None,
    };
    baocao::sync::run::run(&store, &fake, &*world.clock, plan, &stop, &mut |event| {
        if let baocao::sync::event::SyncEvent::SourceDone(summary) = event {
            problem = summary.problem;
        }
    })
    .unwrap();
    let problem = problem.unwrap();
    assert!(problem.contains("192.168.0.1") && problem.contains("private network"), "{problem}");
}

/// Asks the server for every address as if it were public.
struct OneHop(std::net::SocketAddr);

impl Fetch for OneHop {
    fn fetch(&self, asked: &FetchRequest) -> Result<baocao::sync::fetch::FetchAnswer, FetchFailure> {
        asked.policy.check(&asked.url)?;
        client(self.0, limits()).fetch(&request(asked.url.as_str(), true))
    }
}

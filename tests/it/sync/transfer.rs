//! What travels between a run and a server: packed bodies, cookies, lengths that are untrue, validators of pages, names
//! that take too long to look up, and the proxy of the environment.

use super::server::{Server, TestClock};
use super::{NOW, Reply, World, client, feed, limits, paths, report, site, source};
use baocao::sync::address_policy::AddressPolicy;
use baocao::sync::event::{PageResult, SyncEvent};
use baocao::sync::fetch::{Fetch, FetchFailure, FetchLimits, FetchPurpose, FetchRequest};
use baocao::sync::http::{HttpClient, HttpSettings};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use url::Url;

/// A page of a report, packed with brotli by another program.
const BROTLI_PAGE: &str = "\
    G5ABAJyHsWOiuXDpR3YQDKh8bT+VffFjC8DCfO4NOuot+V53OeOboZG/EO0c9sFg+NkgKc8gRRGLv4rxWXd6YPj3fX65nj4P2wow\
    0MhadqbmQRDUNkFxCdyCvyRqlKKnaOhcoPBsYUQHLsgQsA7uIWjh2utQJ70OkdXfoLiZLYCc7LzuCi0lWlWq7bnZ0Wtl3MjjQsaK\
    GzjDPyBGQELGSEDwTaKPC4hqsk4BMeMEC/mEbWQuaiYuzUNmIX0SG23YmmHCQj8XFYxJFxOMXlYVCRndR53D2khAgdQ46Rf/apFY\
    +cZ5JKoJkqB4+4gr+BcwfobUfovKm9jfFA==";
/// 64 MiB of spaces in the same form.
const BROTLI_BOMB: &str = "\
    y///P/glQOKxQCD3/o///3/wSwDEYRGA7v0f////4JcAiMMCAN37P/7//8EvARCHBQC693/8//+DXwIgDgsAdO//+P//B78EQBwW\
    AOje//H//w9+CYA4LADQvf/L//8//BIAcVgAoHv/Bw==";

fn brotli(packed: &str) -> Reply {
    let headers = "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: br\r\n";
    Reply::new(200, headers, STANDARD.decode(packed).unwrap())
}

#[test]
fn a_page_packed_with_brotli_is_read_and_a_bomb_costs_only_itself() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/rss" => Reply::new(200, "", feed(&["/bom".to_owned(), "/nen".to_owned(), "/hong".to_owned()])),
        "/bom" => brotli(BROTLI_BOMB),
        "/nen" => brotli(BROTLI_PAGE),
        "/hong" => Reply::new(200, "Content-Encoding: br\r\n", b"\xff\xff\xff no brotli"),
        _ => Reply::new(404, "", ""),
    });
    let ran = world.run(&[source("bao", "http://bao.example.vn/rss")]);
    let PageResult::New { id } = ran.page("/nen") else { panic!("{:?}", ran.page("/nen")) };
    assert!(world.store.cache().load(id).unwrap().unwrap().text.contains("sơ kết công tác nén"));
    assert!(matches!(ran.page("/bom"), PageResult::NoReport { why } if why.contains("too long")), "{:#?}", ran.events);
    assert!(matches!(ran.page("/hong"), PageResult::Later { why, .. } if why.contains("damaged")), "{:#?}", ran.events);
    let asked = world.server.asked.lock().unwrap();
    assert!(asked.iter().all(|one| one.header("accept-encoding").is_some_and(|all| all.contains("br"))), "{asked:?}");
}

#[test]
fn a_cookie_of_the_first_visit_goes_back_to_its_host_for_one_run() {
    let world = World::new(|asked| match (asked.host.as_str(), asked.path.as_str()) {
        (_, "/robots.txt") => Reply::new(404, "", ""),
        ("bao.example.vn", path) if asked.header("cookie").is_none() => {
            Reply::new(302, &format!("Location: {path}\r\nSet-Cookie: first=1; Path=/\r\n"), "")
        }
        (_, "/rss") => Reply::new(200, "", feed(&["/bai-0.html".to_owned(), "http://khac.example.vn/b".to_owned()])),
        (host, path) => Reply::page(&report(&format!("{host} {path}"))),
    });
    let ran = world.run(&[source("bao", "http://bao.example.vn/rss")]);
    assert_eq!(ran.totals.new, 2, "{:#?}", ran.events);
    let cookies: Vec<(String, String, String)> = {
        let asked = world.server.asked.lock().unwrap();
        let of = |one: &super::Asked| one.header("cookie").unwrap_or_default().to_owned();
        asked.iter().map(|one| (one.host.clone(), one.path.clone(), of(one))).collect()
    };
    let sent = |host: &str, path: &str| {
        let of = cookies.iter().filter(|one| one.0 == host && one.1 == path);
        of.map(|one| one.2.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(sent("bao.example.vn", "/rss"), ["", "first=1"]);
    assert_eq!(sent("bao.example.vn", "/bai-0.html"), ["first=1"]);
    assert_eq!(sent("khac.example.vn", "/b"), [""], "of another host");
    // Another run has another client, which knows nothing of it.
    let next = client(world.server.address, limits()).fetch(&request("http://bao.example.vn/rss")).unwrap();
    assert_eq!(next.status, 302);
}

fn request(address: &str) -> FetchRequest {
    FetchRequest {
        url: Url::parse(address).unwrap(),
        policy: AddressPolicy { allow_private: true },
        purpose: FetchPurpose::Page,
        etag: None,
        modified: None,
    }
}

#[test]
fn what_follows_behind_an_untrue_length_is_taken_for_no_answer() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/rss" => Reply::new(200, "", feed(&["/ngan".to_owned(), "/sau".to_owned()])),
        "/ngan" => {
            let body = report("ngắn");
            let said = body.len() - 40;
            let next = "HTTP/1.1 200 X\r\nContent-Length: 5\r\n\r\nGiả!!";
            Reply::raw(format!("HTTP/1.1 200 X\r\nContent-Length: {said}\r\n\r\n{body}{next}").as_bytes())
        }
        "/sau" => Reply::page(&report("sau")),
        _ => Reply::new(404, "", ""),
    });
    let ran = world.run(&[source("bao", "http://bao.example.vn/rss")]);
    let PageResult::New { id } = ran.page("/sau") else { panic!("{:#?}", ran.events) };
    assert!(world.store.cache().load(id).unwrap().unwrap().text.contains("công tác sau"), "its own answer");
    assert_eq!(ran.totals.new, 2);
}

#[test]
fn a_page_that_has_not_changed_is_told_as_that() {
    let turn = AtomicUsize::new(0);
    let world = World::new(move |asked| match asked.path.as_str() {
        "/sitemap.xml" => {
            let day = 18 + turn.fetch_add(1, Ordering::Relaxed);
            let page = format!("<url><loc>http://bao.example.vn/a</loc><lastmod>2026-11-{day}</lastmod></url>");
            Reply::new(200, "", format!("<urlset>{page}</urlset>"))
        }
        "/a" if asked.header("if-modified-since") == Some("Wed, 18 Nov 2026 00:00:00 GMT") => {
            Reply::raw(b"HTTP/1.1 304 X\r\n\r\n")
        }
        "/a" => Reply::new(200, "Last-Modified: Wed, 18 Nov 2026 00:00:00 GMT\r\n", report("a")),
        _ => Reply::new(404, "", ""),
    });
    let sources = [source("bao", "http://bao.example.vn/sitemap.xml")];
    assert_eq!(world.run(&sources).totals.new, 1);
    let second = world.run(&sources);
    assert!(matches!(second.page("/a"), PageResult::Unchanged), "{:#?}", second.events);
    assert_eq!((second.totals.known, world.reports()), (1, 1));
    // The validator is kept for the next time.
    assert!(matches!(world.run(&sources).page("/a"), PageResult::Unchanged));
}

#[test]
fn a_name_that_is_looked_up_too_long_is_told_and_left() {
    let lookup = Arc::new(|_: &str, _: u16| -> std::io::Result<Vec<SocketAddr>> {
        std::thread::sleep(Duration::from_secs(5));
        Err(std::io::Error::other("late"))
    });
    let limits = FetchLimits { connect_time: Duration::from_millis(50), ..limits() };
    let slow = HttpClient::new(HttpSettings { limits, roots: None, lookup, uses_proxy: false, contact: None }).unwrap();
    let told = slow.fetch(&request("http://bao.example.vn/")).unwrap_err();
    assert!(matches!(told, FetchFailure::Timeout(what) if what.contains("look-up")), "{told:?}");
}

#[test]
fn the_text_of_a_feed_takes_the_place_of_a_page_that_fails_or_asks_to_pay() {
    let world = World::new(|asked| match asked.path.as_str() {
        "/rss" => {
            let text = format!("<p>{}</p>", "Quân khu Thử nghiệm tổ chức hội nghị sơ kết. ".repeat(30));
            let item = |path: &str| {
                format!(
                    "<item><title>Tin {path}</title><link>{path}</link><pubDate>Thu, 19 Nov 2026 12:00:00 +0700\
                     </pubDate><content:encoded><![CDATA[<p>Bài {path}</p>{text}]]></content:encoded></item>"
                )
            };
            let items: String = ["/mat", "/tra-tien", "/du", "/cam", "/cham"].map(item).concat();
            let head = "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>";
            Reply::new(200, "", format!("{head}<title>Báo</title>{items}</channel></rss>"))
        }
        "/robots.txt" => Reply::new(200, "", "User-agent: *\nDisallow: /cam\n"),
        "/tra-tien" => Reply::page("<html><title>Tin</title><body><p>Đăng nhập để đọc tiếp bài này.</p></body></html>"),
        "/du" => Reply::page(&report(&"đủ ".repeat(300))),
        "/cham" => Reply::new(503, "", ""),
        _ => Reply::new(404, "", ""),
    });
    let ran = world.run(&[source("bao", "http://bao.example.vn/rss")]);
    assert_eq!((ran.totals.new, ran.totals.failed), (4, 0), "{:#?}", ran.events);
    let of_feed = |path: &str| match ran
        .events
        .iter()
        .find(|event| matches!(event, SyncEvent::Page { address, .. } if address.ends_with(path)))
    {
        Some(SyncEvent::Page { result: PageResult::New { id }, instead, .. }) => {
            let report = world.store.cache().load(id).unwrap().unwrap();
            assert_eq!(report.url.unwrap(), format!("http://bao.example.vn{path}"));
            assert_eq!(report.text.contains(&format!("Bài {path}")), instead.is_some(), "{path}");
            instead.clone()
        }
        other => panic!("{path}: {other:?}"),
    };
    assert!(of_feed("/mat").unwrap().contains("404"));
    assert!(of_feed("/cam").unwrap().contains("robots.txt"));
    assert_eq!(of_feed("/tra-tien").as_deref(), Some("its page shows less"));
    assert_eq!(of_feed("/du"), None);
    assert!(matches!(ran.page("/cham"), PageResult::Later { .. }), "it may come yet");
}

/// A proxy that leads every host to one server, and what it was asked.
fn proxy(to: SocketAddr) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (address, asked) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())));
    let kept = Arc::clone(&asked);
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let (kept, server) = (Arc::clone(&kept), TcpStream::connect(to).unwrap());
            std::thread::spawn(move || lead(client, server, &kept));
        }
    });
    (address, asked)
}

/// Leads one connection: a tunnel, if it is asked for one, else the request as it is.
fn lead(mut client: TcpStream, mut server: TcpStream, asked: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(client.try_clone().unwrap());
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap_or(0) == 0 {
            return;
        }
    }
    let first = head.lines().next().unwrap_or_default().to_owned();
    asked.lock().unwrap().push(first.clone());
    if first.starts_with("CONNECT ") {
        client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
    } else {
        server.write_all(head.as_bytes()).unwrap();
    }
    let (mut back, mut to_client) = (server.try_clone().unwrap(), client);
    std::thread::spawn(move || std::io::copy(&mut back, &mut to_client));
    let _ = std::io::copy(&mut reader, &mut server);
}

#[test]
fn the_proxy_of_the_environment_is_used_unless_it_is_excepted() {
    let server = Server::new(TestClock::new(NOW), |asked| match asked.path.as_str() {
        "/rss" => Reply::new(200, "", feed(&paths(2))),
        _ => site(2)(asked),
    });
    let (proxy, asked) = proxy(server.address);
    let folder = tempfile::tempdir().unwrap();
    let run = |address: &str, excepted: &str| {
        let settings = format!("[sources.bao]\naddress = \"{address}\"\nallow_private = true\ndays = 36500\n");
        std::fs::write(folder.path().join("config.toml"), settings).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_baocao"));
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "SSL_CERT_FILE"]
        {
            command.env_remove(name);
        }
        command.env("all_proxy", format!("http://{proxy}")).env("no_proxy", excepted).stdin(Stdio::null());
        command.arg("--cache").arg(folder.path().join("cache")).arg("--config").arg(folder.path().join("config.toml"));
        let done = command.args(["sync", "--dry-run"]).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success() && said.contains("sẽ tải 2 trang"), "{said}");
    };
    // The name is known to nobody but the proxy: nothing is looked up here.
    run("http://bao.example.vn/rss", "");
    let led = std::mem::take(&mut *asked.lock().unwrap());
    assert!(!led.is_empty() && led.iter().all(|first| first.contains("bao.example.vn")), "{led:?}");
    run(&format!("http://{}/rss", server.address), "127.0.0.1");
    assert_eq!(*asked.lock().unwrap(), [""; 0]);
}

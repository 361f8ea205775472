//! What `source` and `sync` say to people: of a source before it is fetched, of pages that give no report, of sources
//! that fail, each in one line that says what to do, while the others go on.

use super::tls;
use super::verbs::{Ran, Shell};
use super::{Reply, feed, report};
use crate::pty::Start;
use rcgen::SanType;
use std::net::{IpAddr, Ipv4Addr};

/// A page that links to reports.
fn page_of_links(count: usize) -> String {
    let link = |n: usize| format!("<a href='/bai-{n}.html'>Hội nghị sơ kết công tác số {n}</a>");
    let links: String = (0..count).map(link).collect();
    format!("<html><head><title>Mục quốc phòng</title></head><body>{links}</body></html>")
}

#[test]
fn a_check_tells_what_would_be_fetched_and_how_the_newest_page_is_read_and_saves_nothing() {
    let shell = Shell::new();
    let rss = shell.address("/rss");
    let far = ["--days", "36500", "--allow-private", "--name", "bao"];
    shell.run(&[&["source", "add", &rss][..], &far].concat()).ends(0, "");
    let checked = shell.run(&["source", "check", "bao", "--lang", "en"]).ends(0, "");
    let said = checked.out();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], format!("feed · {rss} · 2 pages"));
    assert_eq!(lines[1], "2 pages would be fetched.");
    assert!(lines[2].starts_with("2026-11-19 · Tin /bai-0.html · http://"), "{said}");
    let read = lines.last().unwrap();
    assert!(read.starts_with("The newest page is read as: 2026-11-02 · Hội nghị sơ kết "), "{said}");
    assert!(read.ends_with(" · Quân khu Thử nghiệm · Lã Mạnh Hùng"), "{said}");
    shell.run(&["list"]).ends(0, "is empty");
    shell.run(&["source", "check", "none"]).ends(2, "there is no source");
}

#[test]
fn a_page_of_links_is_a_source_of_the_pages_that_it_links_to() {
    let shell = Shell::of(|asked| match asked.path.as_str() {
        "/muc" => Reply::page(&page_of_links(5)),
        path if path.starts_with("/bai-") => Reply::page(&report(path)),
        _ => Reply::new(404, "", ""),
    });
    let muc = shell.address("/muc");
    let only = ["--only", "công tác số 3", "--name", "muc", "--allow-private"];
    shell.run(&[&["source", "add", &muc][..], &only].concat()).ends(0, "(page ");
    let listed = shell.run(&["source", "list", "--lang", "en"]).ends(0, "").out();
    assert_eq!(listed, format!("muc · {muc} · never fetched\n"));
    let fetched = shell.run(&["sync"]).ends(0, "1 new report");
    assert!(fetched.out().contains("/bai-3.html · muc"), "{}", fetched.out());
    let listed = shell.run(&["source", "list", "--lang", "en"]).ends(0, "").out();
    assert!(listed.contains(" · last pass 20") && listed.contains(" · 1 report · next from 20"), "{listed}");
}

#[test]
fn who_sits_at_a_terminal_is_asked_which_list_of_a_site_to_take() {
    let shell = Shell::new();
    let home = shell.home();
    std::fs::create_dir_all(&home).unwrap();
    let site = shell.address("/");
    let mut asked = Start::baocao(&home, &["source", "add", &site, "--allow-private"]).size(120, 24).start();
    asked.wait_for_text("danh sách nào? [1]");
    asked.press("2\r");
    asked.wait_for_text(" (feed ");
    assert!(asked.end().success());
}

#[test]
fn a_page_that_gives_no_report_is_told_with_why_and_when_it_is_asked_for_again() {
    let shell = Shell::of(|asked| match asked.path.as_str() {
        "/rss" => Reply::new(200, "", feed(&["/mat.html".to_owned(), "/ban.html".to_owned()])),
        "/ban.html" => Reply::new(503, "Retry-After: 600\r\n", ""),
        _ => Reply::new(404, "", ""),
    });
    shell.run(&["source", "add", &shell.address("/rss"), "--allow-private", "--days", "36500"]).ends(0, "");
    let ran = shell.run(&["sync"]).ends(0, "");
    let says = ran.says();
    let line = |words: &str| says.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{says}"));
    assert!(line("/mat.html").contains("gives no report: the server answers 404"), "{says}");
    assert!(line("/ban.html").contains("is asked for again after 20"), "{says}");
    assert!(line("/ban.html").contains("the server answers 503"), "{says}");
    assert_eq!((says.lines().count(), ran.out().as_str()), (2, ""));
}

#[test]
fn sources_that_fail_are_a_line_each_and_the_others_go_on() {
    let expired = tls::site(|params| {
        params.not_before = rcgen::date_time_ymd(2019, 1, 1);
        params.not_after = rcgen::date_time_ymd(2020, 1, 1);
        params.subject_alt_names.push(SanType::IpAddress(IpAddr::V4(Ipv4Addr::LOCALHOST)));
    });
    let shell = Shell::of(|asked| match asked.path.as_str() {
        "/loi" => Reply::page("<html><title>Bảo trì</title><body><p>Hệ thống đang bảo trì</p></body></html>"),
        "/bai-0.html" => Reply::page(&report("tốt")),
        "/rss" => Reply::new(200, "", feed(&["/bai-0.html".to_owned()])),
        "/dung" => Reply::new(429, "Retry-After: 7200\r\n", ""),
        _ => Reply::new(404, "", ""),
    });
    std::fs::write(shell.path("root.pem"), &expired.root).unwrap();
    let table = |name: &str, address: &str| {
        format!("[sources.{name}]\naddress = {address:?}\nallow_private = true\ndays = 36500\n")
    };
    // Each on a host of its own, but for the first two.
    let at = |host: u8, path: &str| shell.address(path).replace("127.0.0.1", &format!("127.0.0.{host}"));
    let settings = [
        table("het-han", &format!("https://{}/rss", expired.server.address)),
        table("khong", "not an address"),
        table("bao-tri", &at(2, "/loi")),
        table("dung", &at(3, "/dung")),
        table("tot", &at(4, "/rss")),
    ];
    std::fs::write(shell.path("config.toml"), settings.concat()).unwrap();
    let mut command = shell.command(&["--config", "config.toml", "sync"]);
    let ran = Ran::of(command.env("SSL_CERT_FILE", shell.path("root.pem"))).ends(1, "1 new report");
    let says = ran.says();
    for (name, words) in [
        ("het-han", &["certificate is not accepted", "expired", "look at the clock"][..]),
        ("khong", &["is not an address"]),
        ("bao-tri", &["“Bảo trì”", "links to no reports"]),
        ("dung", &["is left alone until 20", "too many requests (429)"]),
    ] {
        let lines: Vec<&str> = says.lines().filter(|line| line.contains(&format!("\"{name}\""))).collect();
        assert!(lines.len() == 1 && words.iter().all(|word| lines[0].contains(word)), "{name}: {says}");
    }
    assert!(!says.contains("\"tot\"") && ran.out().lines().count() == 1, "{says}");
}

#[test]
fn a_cache_that_cannot_be_written_is_told_in_a_line_and_nothing_is_asked() {
    let shell = Shell::new();
    shell.run(&["source", "add", &shell.address("/rss"), "--allow-private"]).ends(0, "");
    let before = shell.server.asked.lock().unwrap().len();
    std::fs::write(shell.path("file"), "no folder").unwrap();
    let ran = shell.run(&["--cache", "file/cache", "sync"]).ends(3, "file/cache");
    assert_eq!(ran.says().lines().count(), 1, "{}", ran.says());
    assert_eq!(shell.server.asked.lock().unwrap().len(), before);
}

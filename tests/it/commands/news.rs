//! What is new, as scripts and mail get it: watches, digests, and what retention removes.

use super::{HUE, HUNG, Ran, World, keys};
use baocao::store::{SeenBy, Store};
use std::fs;

const RISEN: &str = "Trao quyết định thăng quân hàm\n\nNgày 20-12-2024, Quân khu Thử nghiệm tổ chức lễ trao \
    quyết định. Chủ tịch nước quyết định thăng quân hàm từ Trung tướng lên Thượng tướng cho đồng chí Lã Mạnh Hùng, \
    Chính ủy Quân khu Thử nghiệm.\n";
const MARCH: &str = "Hội nghị giao ban tháng 3\n\nNgày 3-3-2025, Quân khu Thử nghiệm tổ chức hội nghị giao ban. Thiếu \
    tướng Hồ Sĩ Thạc, Phó Tư lệnh Quân khu Thử nghiệm, và Đại tá Đàm Quốc Hưng dự.\n";

fn import(world: &World, name: &str, text: &str) {
    fs::write(world.path("in").join(name), text).unwrap();
    assert_eq!(world.run(&["import", &format!("in/{name}")]).code(), 0);
}

fn kinds(ran: &Ran) -> Vec<String> {
    let digest = ran.json();
    let facts = digest["sections"][0]["facts"].as_array().unwrap().clone();
    facts.iter().map(|fact| format!("{} {}", fact["kind"].as_str().unwrap(), fact["name"].as_str().unwrap())).collect()
}

#[test]
fn a_fact_quotes_the_sentence_that_states_it_and_not_the_headline_that_announces_it() {
    let world = World::filled();
    world.run(&["digest"]);
    let announced = "Thăng quân hàm Thiếu tướng cho đồng chí Hồ Văn Mới\n\nNgày 3-11-2026, Bộ Thử nghiệm tổ chức hội \
        nghị. Theo quyết định, Đại tá Hồ Văn Mới, Phó Tư lệnh Quân khu Giả định được thăng quân hàm từ Đại tá lên \
        Thiếu tướng.\n";
    import(&world, "c.txt", announced);
    let only =
        "Thăng quân hàm Thiếu tướng cho đồng chí Vũ Thị Thử\n\nNgày 4-11-2026, Bộ Thử nghiệm tổ chức hội nghị.\n";
    import(&world, "d.txt", only);
    let named_first = "Thăng quân hàm Thiếu tướng cho đồng chí Cù Văn Đán\n\nNgày 5-11-2026, đồng chí Cù Văn Đán đến \
        Bộ Thử nghiệm. Theo quyết định, Đại tá Cù Văn Đán, Phó Tư lệnh Quân khu Giả định được thăng quân hàm từ Đại \
        tá lên Thiếu tướng.\n";
    import(&world, "e.txt", named_first);
    let digest = world.run(&["digest", "--json"]).json();
    let fact = |kind: &str, name: &str| {
        let facts = digest["sections"][0]["facts"].as_array().unwrap();
        let is_it = |fact: &&serde_json::Value| fact["kind"] == kind && fact["name"] == name;
        facts.iter().find(is_it).unwrap_or_else(|| panic!("{digest:#}")).clone()
    };
    let risen = fact("promoted", "Hồ Văn Mới");
    assert_eq!((&risen["from"], &risen["to"]), (&"Đại tá".into(), &"Thiếu tướng".into()));
    for kind in ["promoted", "first_seen"] {
        let fact = fact(kind, "Hồ Văn Mới");
        let (sentence, at) = (fact["sentence"].as_str().unwrap(), fact["places"][0]["at"].as_u64().unwrap());
        assert!(sentence.starts_with("Theo quyết định, Đại tá Hồ Văn Mới"), "{fact}");
        let place = usize::try_from(at).unwrap();
        assert!(announced[place..].starts_with("Hồ Văn Mới, Phó Tư lệnh"), "the place is that of the sentence: {fact}");
    }
    let named_first = fact("promoted", "Cù Văn Đán");
    let sentence = named_first["sentence"].as_str().unwrap();
    assert!(sentence.starts_with("Theo quyết định"), "not the first that has the name: {named_first}");
    let announced_only = fact("promoted", "Vũ Thị Thử");
    assert_eq!(announced_only["sentence"], "Thăng quân hàm Thiếu tướng cho đồng chí Vũ Thị Thử");
}

#[test]
fn a_digest_tells_what_came_since_the_last_one_and_ends_with_1_when_nothing_did() {
    let world = World::filled();
    assert!(world.run(&["digest"]).out().contains("2 new reports"), "the first one tells everything");
    let second = world.run(&["digest"]);
    assert_eq!((second.code(), second.out(), second.says()), (1, String::new(), String::new()), "quiet for cron");
    import(&world, "c.txt", RISEN);
    import(&world, "d.txt", MARCH);
    let peeked = world.run(&["digest", "--peek", "--json"]);
    assert_eq!(
        kinds(&peeked),
        ["promoted Lã Mạnh Hùng", "first_seen Hồ Sĩ Thạc", "last_seen Đàm Quốc Hưng"],
        "{}",
        peeked.out()
    );
    let digest = peeked.json();
    let section = &digest["sections"][0];
    let mut names = keys(section);
    names.sort_unstable();
    assert_eq!(names, ["facts", "filter", "since", "units", "watch"]);
    let fact = &section["facts"][0];
    assert!(fact["sentence"].as_str().unwrap().contains("lên Thượng tướng"), "{fact}");
    assert_eq!((&fact["to"], &fact["date"]), (&"Thượng tướng".into(), &"2024-12-20".into()));
    assert_eq!(section["facts"][2]["before"], "2022-12-26");
    let told = world.run(&["digest"]);
    assert_eq!(told.code(), 0);
    for words in ["since 20", "2 new reports · 3 changes", "Promoted", "Trung tướng → Thượng tướng", "in/c.txt", "“"]
    {
        assert!(told.out().contains(words), "{words}: {}", told.out());
    }
    assert_eq!(world.run(&["digest"]).code(), 1, "told");
    let since = world.run(&["digest", "--since", "2000"]);
    assert!(since.code() == 0 && since.out().contains("4 new reports"), "by the day of import: {}", since.out());
    assert_eq!(world.run(&["digest", "--since", "2999"]).code(), 1);
    world.run(&["digest", "--since", "soon"]).fails(2, "is not a date");
}

#[test]
fn what_could_not_be_written_is_told_again() {
    let world = World::filled();
    world.run(&["digest", "-o", "none/news.html"]).fails(2, "there is no folder");
    #[cfg(target_os = "linux")]
    world.run(&["digest", "-o", "/dev/full"]).fails(1, "could not be written");
    let written = world.run(&["digest", "--html", "-o", "news.html"]);
    assert_eq!((written.code(), written.out()), (0, String::new()));
    let page = fs::read_to_string(world.path("news.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">") && page.ends_with("</body></html>\n"), "{page}");
    fs::remove_file(world.path("news.html")).unwrap();
    assert_eq!(world.run(&["digest", "--html", "-o", "news.html"]).code(), 1);
    assert!(!world.path("news.html").exists(), "no news, no page");
}

#[test]
fn a_page_for_mail_shows_hostile_reports_as_they_are() {
    let world =
        World::new(&[("a.txt", "Hội nghị tổng kết <script>alert(1)</script> & 'x'\n\nĐại tá Lê Văn Thử dự.\n")]);
    world.run(&["import", "in"]);
    let page = world.run(&["digest", "--html"]).out();
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;x&#39;"), "{page}");
    assert!(!page.contains("<script") && !page.contains("http"), "nothing runs, nothing is loaded: {page}");
    let world =
        World::new(&[("a.txt", "Hội nghị tổng kết <script>alert(1)</script> [x](y)\n\nĐại tá Lê Văn Thử dự.\n")]);
    world.run(&["import", "in"]);
    let chapter = world.run(&["digest", "--markdown"]).out();
    assert!(chapter.contains("\\<script\\>alert(1)\\</script\\> \\[x\\](y)"), "{chapter}");
}

#[test]
fn watches_are_settings_and_tell_of_what_they_ask_for_from_then_on() {
    let world = World::filled();
    let add = ["watch", "add", "tướng", "event:promoted", "rank:>=trung-tuong", "-hưng"];
    let added = world.run(&add);
    assert!(added.code() == 0 && added.says().contains("finds 0 reports of the cache"), "{}", added.says());
    world.run(&["watch", "add", "sai", "rank:voi"]).fails(2, "nothing is watched");
    world.run(&["watch", "add", "", "hùng"]).fails(2, "it is empty");
    let config = fs::read_to_string(world.path("home/.config/baocao/config.toml")).unwrap();
    assert!(config.contains("[watches]\n\"tướng\" = \"event:promoted rank:>=trung-tuong -hưng\"\n"), "{config}");
    assert_eq!(world.run(&["digest", "--watch", "tướng"]).code(), 1, "what was there is not new");
    import(&world, "c.txt", RISEN);
    import(&world, "d.txt", MARCH);
    let told = world.run(&["digest", "--watch", "tướng", "--json"]);
    assert_eq!(kinds(&told), ["promoted Lã Mạnh Hùng"]);
    assert_eq!(told.json()["sections"][0]["watch"], "tướng");
    assert_eq!(world.run(&["digest", "--watch", "tướng"]).code(), 1);
    assert_eq!(world.run(&["digest"]).code(), 0, "each has a time of its own");
    // The cache goes; the watch stays.
    fs::remove_dir_all(world.path("cache")).unwrap();
    let listed = world.run(&["watch", "list", "--json"]).json();
    assert_eq!((&listed[0]["name"], &listed[0]["last"]), (&"tướng".into(), &serde_json::Value::Null));
    world.run(&["digest", "--watch", "tuong"]).fails(2, "there is no watch \"tuong\"");
    assert_eq!(world.run(&["watch", "remove", "tướng"]).code(), 0);
    world.run(&["watch", "remove", "tướng"]).fails(1, "there is no watch");
    world.run(&["watch", "list"]).fails(0, "there are no watches");
}

#[test]
fn new_is_what_came_since_the_reader_was_last_used() {
    let world = World::filled();
    world.run(&["list", "is:new"]).fails(1, "no report of 2");
    let store = Store::open(&world.path("cache")).unwrap();
    store.marks().set_seen(SeenBy::Reader, store.cache().import_position().unwrap()).unwrap();
    drop(store);
    import(&world, "c.txt", RISEN);
    assert_eq!(world.run(&["list", "--json", "is:new"]).json().as_array().unwrap().len(), 1);
    assert_eq!(world.run(&["list", "--json", "-is:new"]).json().as_array().unwrap().len(), 2);
}

#[test]
fn retention_removes_what_the_settings_name_and_nothing_that_is_marked() {
    let page = |n: usize, text: &str| {
        let address = format!("https://www.example.vn/{n}");
        format!("<html><head><link rel=canonical href=\"{address}\"></head><body><p>{text}</p></body></html>")
    };
    let world = World::new(&[("d.txt", MARCH)]);
    for (n, text) in [HUNG, HUE, RISEN].iter().enumerate() {
        fs::write(world.path("in").join(format!("{n}.html")), page(n, text)).unwrap();
    }
    assert_eq!(world.run(&["import", "in"]).code(), 0);
    world.run(&["clean"]).fails(0, "no [retention]");
    fs::create_dir_all(world.path("home/.config/baocao")).unwrap();
    let config = world.path("home/.config/baocao/config.toml");
    fs::write(&config, "[retention]\n\"example.vn\" = { reports = 1, days = 3 }\n").unwrap();
    let store = Store::open(&world.path("cache")).unwrap();
    let hung = world.run(&["list", "--json", "year:2022"]).json()[0]["id"].as_str().unwrap().to_owned();
    store.marks().set_starred(&hung, true).unwrap();
    drop(store);
    let dry = world.run(&["clean", "--dry-run", "--json"]);
    let gone = dry.json();
    assert_eq!(gone.as_array().unwrap().len(), 1, "{gone}");
    assert_eq!((&gone[0]["date"], &gone[0]["reason"]), (&"2024-07-03".into(), &"reports".into()));
    assert_eq!(world.run(&["list"]).out().lines().count(), 4, "nothing yet");
    world.run(&["clean"]).fails(0, "1 report removed");
    assert_eq!(world.run(&["list"]).out().lines().count(), 3);
    let quiet = world.run(&["clean"]);
    assert_eq!((quiet.code(), quiet.out(), quiet.says()), (0, String::new(), String::new()));
    // By the name of a source: its outlet is meant.
    let source = "[sources.tin]\naddress = \"https://example.vn/rss\"\n[retention]\ntin = { reports = 1 }\n";
    fs::write(&config, source).unwrap();
    let store = Store::open(&world.path("cache")).unwrap();
    store.marks().set_starred(&hung, false).unwrap();
    drop(store);
    world.run(&["clean", "--dry-run"]).fails(0, "1 report would be removed");
    assert_eq!(world.run(&["config", "check"]).code(), 0);
    fs::write(&config, "[retention]\n\"example.vn\" = { report = 1 }\n").unwrap();
    world.run(&["clean"]).fails(2, "did you mean `reports`?");
}

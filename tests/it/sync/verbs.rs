//! `source` and `sync` as scripts use them: exit codes, messages, JSON.

use super::server::{Server, TestClock};
use super::{Asked, NOW, Reply, site};
use baocao::store::{NewPage, SourceState, Store};
use baocao::sync::sync_lock::SyncLock;
use jiff::Timestamp;
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::Ordering;

/// The program as a shell calls it, with a server.
pub struct Shell {
    folder: tempfile::TempDir,
    pub server: Server,
}

/// How a call ended.
pub struct Ran(Output);

impl Ran {
    pub fn of(command: &mut Command) -> Self {
        Self(command.output().unwrap())
    }

    pub fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    pub fn says(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    #[track_caller]
    pub fn ends(self, code: i32, words: &str) -> Self {
        assert_eq!(self.0.status.code(), Some(code), "{}{}", self.out(), self.says());
        assert!(self.says().contains(words), "{:?} does not say {words:?}", self.says());
        assert!(self.says().lines().all(|line| line.starts_with("baocao: ")), "{:?}", self.says());
        self
    }
}

impl Shell {
    pub fn new() -> Self {
        Self::of(|asked| match asked.path.as_str() {
            "/" => Reply::page(
                "<html><head><title>Báo Giả Tưởng</title><link rel=alternate type=application/rss+xml title='Tin mới' \
                 href=/rss></head><body>",
            ),
            "/robots.txt" => Reply::new(200, "", "Sitemap: /sitemap.xml\n"),
            _ => site(2)(asked),
        })
    }

    /// With a server that answers so.
    pub fn of(answers: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), server: Server::new(TestClock::new(NOW), answers) }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn home(&self) -> PathBuf {
        self.path("home")
    }

    pub fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address)
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baocao"));
        command.current_dir(self.folder.path()).args(args).stdin(Stdio::null());
        for (name, _) in std::env::vars() {
            if name.to_ascii_lowercase().ends_with("_proxy") || name.starts_with("XDG_") || name.starts_with("BAOCAO") {
                command.env_remove(name);
            }
        }
        command.env_remove("SSL_CERT_FILE").env_remove("LANG").env("LC_ALL", "en_US.UTF-8");
        command.env("HOME", self.folder.path().join("home")).env("BAOCAO_CACHE", self.folder.path().join("cache"));
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        Ran(self.command(args).output().unwrap())
    }
}

#[test]
fn a_source_is_added_listed_fetched_and_removed() {
    let shell = Shell::new();
    let rss = shell.address("/rss");
    shell.run(&["source", "list"]).ends(1, "no sources");
    shell.run(&["sync"]).ends(1, "no source to fetch");
    shell.run(&["source", "add", &rss]).ends(1, "--allow-private");
    shell.run(&["source", "add", "không phải địa chỉ"]).ends(1, "neither an address");
    shell.run(&["source", "add", "ftp://bao.example.vn/"]).ends(1, "only http and https");
    shell.run(&["source", "add", "bqp"]).ends(1, "save the page");
    shell.run(&["source", "add", &rss, "--allow-private", "--name", "bao"]).ends(0, "\"bao\" was added");
    shell.run(&["source", "add", &rss, "--allow-private", "--name", "bao"]).ends(1, "one of that name");
    shell.run(&["sync", "baoo"]).ends(2, "did you mean \"bao\"");
    let planned = shell.run(&["sync", "--dry-run", "--since", "2020"]).ends(0, "2 pages would be fetched");
    assert_eq!(planned.out().lines().count(), 2, "{}", planned.out());
    let fetched = shell.run(&["sync", "--json", "--since", "1-2020"]).ends(0, "");
    let events: Vec<Value> = fetched.out().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<&str> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["list", "page", "page", "source"]);
    assert_eq!((events[1]["result"].as_str(), events[3]["new"].as_u64()), (Some("new"), Some(2)));
    let quiet = shell.run(&["sync"]).ends(0, "");
    assert!(quiet.out().is_empty() && quiet.says().is_empty(), "not due: {}", quiet.says());
    let list: Value = serde_json::from_str(&shell.run(&["source", "list", "--json"]).out()).unwrap();
    assert_eq!((list[0]["name"].as_str(), list[0]["all_new"].as_u64()), (Some("bao"), Some(2)));
    let reports: Value = serde_json::from_str(&shell.run(&["list", "--json"]).out()).unwrap();
    assert_eq!(reports[0]["people"], serde_json::json!(["Lã Mạnh Hùng"]));
    shell.run(&["source", "remove", "bao"]).ends(0, "its reports stay");
    let left: Value = serde_json::from_str(&shell.run(&["list", "--json"]).out()).unwrap();
    assert_eq!(left.as_array().unwrap().len(), 2);
}

#[test]
fn a_site_shows_its_lists_and_one_is_picked() {
    let shell = Shell::new();
    let site = shell.address("/");
    let offered = shell.run(&["source", "add", &site, "--allow-private"]).ends(1, "--pick N");
    assert_eq!(offered.out().lines().count(), 2, "{}", offered.out());
    shell.run(&["source", "add", &site, "--allow-private", "--pick", "9"]).ends(2, "no list 9");
    shell.run(&["source", "add", &site, "--allow-private", "--pick", "2"]).ends(0, "(feed ");
}

#[test]
fn lists_of_feeds_come_in_and_out() {
    let shell = Shell::new();
    let opml = "<opml><body><outline text=\"Báo A\" xmlUrl=\"https://a.example.vn/rss\"/><outline text=\"Nhà\" \
        xmlUrl=\"http://192.168.1.1/rss\"/></body></opml>";
    std::fs::write(shell.folder.path().join("in.opml"), opml).unwrap();
    shell.run(&["source", "import-opml", "in.opml"]).ends(1, "1 source added, 0 known already, 1 left out");
    shell.run(&["source", "import-opml", "in.opml"]).ends(1, "0 sources added, 1 known already");
    shell.run(&["source", "import-opml", "none.opml"]).ends(1, "no such file");
    let out = shell.run(&["source", "export-opml"]).ends(0, "").out();
    assert!(out.contains("title=\"Báo A\" xmlUrl=\"https://a.example.vn/rss\""), "{out}");
    assert_eq!(shell.server.connections.load(Ordering::Relaxed), 0, "nothing was fetched");
}

#[test]
fn what_is_exported_comes_back_whole_and_what_is_private_only_if_the_user_says_so_again() {
    let shell = Shell::new();
    let rss = shell.address("/rss");
    shell.run(&["source", "add", &rss, "--allow-private", "--name", "bao", "--only", "sơ kết"]).ends(0, "");
    shell.run(&["source", "add", "qdnd"]).ends(0, "");
    // A machine of the own network that its address does not show to be one.
    let own = shell.home().join(".config/baocao/config.toml");
    let inside = "\n[sources.noi-bo]\naddress = \"https://noibo.example.vn/rss\"\nallow_private = true\n";
    std::fs::write(&own, std::fs::read_to_string(&own).unwrap() + inside).unwrap();
    let out = shell.run(&["source", "export-opml", "-o", "out.opml"]).ends(0, "");
    assert_eq!(out.out(), "");
    let list = std::fs::read_to_string(shell.path("out.opml")).unwrap();
    assert!(list.contains("type=\"link\" text=\"qdnd\""), "a sitemap is no feed for other programs: {list}");
    // Another machine: neither its settings nor its cache know anything.
    let new = |args: &[&str]| shell.run(&[&["--config", "new.toml", "--cache", "new"][..], args].concat());
    let ran = new(&["source", "import-opml", "out.opml"]).ends(1, "1 source added, 0 known already, 2 left out");
    for (name, address) in [("bao", rss.as_str()), ("noi-bo", "https://noibo.example.vn/rss")] {
        let line = format!("\"{name}\" was left out ({address}): it is of the own network");
        assert!(ran.says().contains(&line) && ran.says().contains("--allow-private"), "{}", ran.says());
    }
    new(&["source", "import-opml", "out.opml", "--allow-private"]).ends(0, "2 sources added, 1 known already");
    let sources = |config: &str| shell.run(&["--config", config, "source", "list", "--json"]).out();
    assert_eq!(sources("new.toml"), sources(own.to_str().unwrap()));
    assert_eq!(new(&["source", "export-opml"]).out(), list, "what stands at each address comes along, too");
}

#[test]
fn a_word_that_is_no_outlet_and_a_faulty_watch_are_a_line_each_that_leads_on() {
    let shell = Shell::new();
    let one = |args: &[&str], code, words: &str| {
        let ran = shell.run(args).ends(code, words);
        assert_eq!(ran.says().lines().count(), 1, "{}", ran.says());
    };
    one(&["source", "add", "nosuch"], 1, "`baocao source list --outlets`");
    one(&["source", "add", "qdn"], 1, "did you mean \"qdnd\"?");
    one(&["watch", "add", "w", "rank:zz"], 2, "“rank:zz”: rank: does not know “zz”");
    one(&["watch", "add", "w", "rank:zz"], 2, "`baocao watch --help`");
    one(&["--config", "none.toml", "source", "list"], 2, "`source add` and `watch add` make it");
    assert!(!shell.path("none.toml").exists());
    one(&["--config", "none.toml", "watch", "add", "w", "rank:đại tá"], 0, "watching");
    assert!(shell.path("none.toml").exists());
}

#[test]
fn a_request_names_the_program_and_whom_its_user_has_named() {
    let shell = Shell::new();
    let settings = "contact = \"mailto:bandoc@example.vn\"\n";
    std::fs::write(shell.path("own.toml"), settings).unwrap();
    shell.run(&["--config", "own.toml", "source", "add", &shell.address("/rss"), "--allow-private"]).ends(0, "");
    let asked = shell.server.asked.lock().unwrap().clone();
    let agent = asked[0].header("user-agent").unwrap().to_owned();
    assert!(agent.starts_with("baocao/") && agent.contains("; +mailto:bandoc@example.vn)"), "{agent}");
    std::fs::write(shell.path("own.toml"), "contact = \"a\\r\\nX: b\"\n").unwrap();
    shell.run(&["--config", "own.toml", "sync"]).ends(2, "`contact` is a mail address");
}

#[test]
fn moments_in_json_have_one_form() {
    let shell = Shell::of(|asked| match asked.path.as_str() {
        "/bai-1.html" => Reply::new(429, "Retry-After: 600\r\n", ""),
        _ => site(2)(asked),
    });
    shell.run(&["source", "add", &shell.address("/rss"), "--allow-private", "--days", "36500"]).ends(0, "");
    let dry = shell.run(&["sync", "--dry-run", "--json"]).out();
    let ran = shell.run(&["sync", "--json"]).out();
    let listed = shell.run(&["source", "list", "--json"]).out();
    shell.run(&["watch", "add", "w", "hội nghị"]);
    let texts = [dry, ran, listed, shell.run(&["watch", "list", "--json"]).out()];
    let digest = shell.run(&["digest", "--json", "--since", "2020-01-01"]).out();
    let keys = ["date", "next", "until", "last", "begun", "since"];
    let mut found = Vec::new();
    for text in texts.iter().chain([&digest]) {
        for key in keys {
            let begin = format!("\"{key}\":\"");
            found.extend(text.split(&begin).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    // The day of a report is no moment.
    found.retain(|moment| moment.len() > 10);
    assert!(found.len() > 8, "{found:?}");
    for moment in found {
        assert!(moment.len() == 20 && moment.ends_with('Z'), "{moment}");
    }
}

#[test]
fn a_page_is_imported_by_its_address_unless_it_is_private() {
    let shell = Shell::new();
    shell.run(&["import", &shell.address("/bai-0.html")]).ends(1, "private network");
    shell.run(&["import", "https://user:word@bao.example.vn/"]).ends(1, "user name or password");
    shell.run(&["import", "--dry-run", "https://bao.example.vn/"]).ends(2, "files only");
    assert_eq!(shell.server.connections.load(Ordering::Relaxed), 0);
}

#[test]
fn the_timer_is_printed_for_these_folders_and_stands_in_the_manual() {
    let shell = Shell::new();
    let printed = shell.run(&["--config", "own.toml", "sync", "--print-timer", "bao"]).ends(0, "").out();
    // The cache is that of the environment, which cron does not have.
    let own = format!("--cache {} --config own.toml sync bao\n", shell.path("cache").display());
    let program = env!("CARGO_BIN_EXE_baocao");
    assert!(printed.contains(&format!("\nExecStart={program} {own}")), "{printed}");
    assert!(printed.contains(&format!("\n# 7,37 * * * * {program} {own}")), "{printed}");
    for lines in [shell.run(&["man", "sync"]).out(), shell.run(&["sync", "--help"]).out()] {
        let said = lines.replace('\\', "");
        for words in ["OnCalendar=*:0/30", "ExecStart=baocao sync", "# 7,37 * * * * baocao sync"] {
            assert!(said.contains(words), "{words}: {said}");
        }
    }
}

#[test]
fn a_pass_that_was_interrupted_is_listed_as_begun_with_what_is_left() {
    let shell = Shell::new();
    let rss = shell.address("/rss");
    shell.run(&["source", "add", &rss, "--allow-private", "--name", "bao"]).ends(0, "");
    shell.run(&["source", "list"]).ends(0, "");
    let store = Store::open(&shell.path("cache")).unwrap();
    let state = store.fetch_state().unwrap();
    let begun = Timestamp::now().as_second();
    state.save_source("bao", &SourceState { begun: Some(begun), ..SourceState::default() }).unwrap();
    state.begin_lists("bao", &rss).unwrap();
    for address in [shell.address("/bai-0.html"), shell.address("/bai-1.html")] {
        let page = NewPage { address: &address, title: None, moment: None, changed: None, own_text: None };
        state.add_page("bao", &page).unwrap();
    }
    drop(store);
    let line = shell.run(&["source", "list"]).ends(0, "").out();
    for words in ["the pass begun 20", "has not ended", "1 list to be read", "2 pages wait"] {
        assert!(line.contains(words), "{words}: {line}");
    }
    assert!(!line.contains("never fetched") && !line.contains("next from"), "{line}");
}

#[test]
fn two_runs_do_not_fetch_at_once() {
    let shell = Shell::new();
    shell.run(&["source", "add", &shell.address("/rss"), "--allow-private"]).ends(0, "");
    shell.run(&["list"]);
    let lock = SyncLock::take(&shell.folder.path().join("cache")).unwrap();
    shell.run(&["sync"]).ends(1, "another run is fetching");
    drop(lock);
    shell.run(&["sync", "--since", "2020"]).ends(0, "2 new reports");
}

#[test]
fn a_proxy_that_is_missing_or_none_is_told() {
    let shell = Shell::new();
    shell.run(&["source", "add", "qdnd"]).ends(0, "");
    for proxy in ["http://127.0.0.1:1", "socks5://127.0.0.1:1", "http://"] {
        let mut command = shell.command(&["sync", "qdnd"]);
        let ran = Ran(command.env("all_proxy", proxy).env("https_proxy", "http://127.0.0.1:1").output().unwrap());
        let ran = ran.ends(1, "the source \"qdnd\"");
        assert!(!ran.says().contains("panic") && ran.says().lines().count() == 1, "{}", ran.says());
    }
}

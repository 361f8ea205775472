//! The command line as scripts use it: exit codes, JSON keys, one-line messages, and faults of the environment such as
//! full disks and closed pipes. Each test runs the built program in a folder of its own.

mod archives;
mod backups;
mod damage;
mod dates;
mod exports;
mod filters;
mod news;
mod notes;
mod odd_inputs;
mod page_rules;
mod sources;
mod watching;

use baocao::lang::messages::vietnamese;
use baocao::search::date::DayRange;
use baocao::store::Store;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const HUNG: &str = "Hội nghị tổng kết công tác năm 2022\n\nNgày 26-12-2022, Quân khu Thử nghiệm tổ chức hội nghị. \
    Thiếu tướng Lã Mạnh Hùng, Chính ủy Quân khu Thử nghiệm chủ trì. Dự có Đại tá Đàm Quốc Hưng, Phó Tư lệnh.\n";
const HUE: &str = "Hội nghị sơ kết 6 tháng đầu năm 2024\n\nSáng 3-7-2024, Trung tướng Lã Mạnh Hùng, Chính ủy Quân khu \
    Thử nghiệm phát biểu tại hội nghị.\n";

/// A folder with reports in `in`, and the program using `cache` in it as its cache.
struct World {
    folder: tempfile::TempDir,
}

impl World {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        for (name, text) in files {
            fs::write(folder.path().join("in").join(name), text).unwrap();
        }
        Self { folder }
    }

    /// A world in which the two reports are imported already.
    fn filled() -> Self {
        let world = Self::new(&[("a.txt", HUNG), ("b.txt", HUE)]);
        assert_eq!(world.run(&["import", "in"]).code(), 0);
        world
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_baocao"));
        command.current_dir(self.folder.path()).args(args).stdin(Stdio::null());
        for name in ["BAOCAO_CACHE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "NO_COLOR", "LC_MESSAGES"] {
            command.env_remove(name);
        }
        command.env_remove("LANG").env("LC_ALL", "en_US.UTF-8");
        command.env("HOME", self.path("home")).env("BAOCAO_CACHE", self.path("cache"));
        command
    }

    fn run(&self, args: &[&str]) -> Ran {
        Ran(self.command(args).output().unwrap())
    }

    fn feed(&self, args: &[&str], input: &str) -> Ran {
        let mut child =
            self.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Ran(child.wait_with_output().unwrap())
    }
}

#[derive(Debug)]
struct Ran(Output);

impl Ran {
    fn code(&self) -> i32 {
        self.0.status.code().unwrap()
    }

    fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    /// The messages. Each of them must be known in Vietnamese too.
    #[track_caller]
    fn says(&self) -> String {
        let said = String::from_utf8(self.0.stderr.clone()).unwrap();
        for line in said.lines().filter_map(|line| line.strip_prefix("baocao: ")) {
            // The faults of a filter, below its words, have phrases of their own.
            assert!(line.starts_with("  ") || vietnamese(line).is_some(), "no row in messages.tsv: {line}");
        }
        said
    }

    /// What was written to standard error, in whatever language it is.
    fn stderr(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out()).unwrap_or_else(|why| panic!("{why}: {}{}", self.out(), self.says()))
    }

    /// Asserts the exit code, and that the message is one line that contains these words.
    fn fails(&self, code: i32, words: &str) {
        assert_eq!(self.code(), code, "{}{}", self.out(), self.says());
        assert!(self.says().contains(words), "{:?} does not say {words:?}", self.says());
        assert!(self.says().lines().all(|line| line.starts_with("baocao: ")), "{:?}", self.says());
    }
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn messages_speak_the_language_of_the_option_the_settings_or_the_locale_and_json_english() {
    let world = World::filled();
    fs::write(world.path("in/c.txt"), "").unwrap();
    let imported = world.run(&["--lang", "vi", "import", "in"]);
    let said = imported.stderr();
    assert!(said.contains("baocao: đã nhập 0 báo cáo, 2 báo cáo đã có, từ 3 tệp, 1 tệp không đọc được\n"), "{said}");
    let refused = world.run(&["--lang", "vi", "import", "--json", "in/c.txt"]);
    assert!(refused.stderr().contains("không có văn bản nào trong đó"), "{refused:?}");
    let line: Value = serde_json::from_str(&refused.out()).unwrap();
    assert_eq!(line["problem"], "there is no text in it");

    fs::create_dir_all(world.path("home/.config/baocao")).unwrap();
    let settings = world.path("home/.config/baocao/config.toml");
    fs::write(&settings, "lang = \"vi\"\n").unwrap();
    let shown = world.run(&["show", "ffff"]).stderr();
    assert_eq!(shown, "baocao: không có báo cáo \"ffff\"; `baocao list` in các mã\n");
    let usage = world.run(&["list", "--lang=vi", "--limt", "3"]).stderr();
    assert!(usage.contains("list: không có tùy chọn --limt; có phải ý bạn là --limit?; xem thêm:"), "{usage}");
    let fault = world.run(&["list", "from:13/2023"]).stderr();
    assert!(fault.contains("không phải") && fault.contains("bộ lọc có lỗi"), "{fault}");

    fs::write(&settings, "lang = \"en\"\n").unwrap();
    world.run(&["show", "ffff"]).fails(1, "there is no report");
    fs::remove_file(&settings).unwrap();
    let mut by_locale = world.command(&["show", "ffff"]);
    by_locale.env("LC_ALL", "vi_VN.UTF-8");
    assert!(Ran(by_locale.output().unwrap()).stderr().contains("không có báo cáo"));
    let printed = world.run(&["--lang", "vi", "config", "print"]).out();
    assert!(printed.contains("# thư mục của kho; để trống") && !printed.contains("# the "), "{printed}");
}

#[test]
fn all_faults_of_the_settings_are_told_at_once_each_with_its_line() {
    let world = World::filled();
    let text = "them = \"dark\"\nlang = \"en\"\n[colours]\nrnk = \"red\"\nname = \"bold rad\"\n[keys]\n\
        nxt-person = \"x\"\nsort = \"Ctrl-s\"\nstar = \"Ctrl-s\"\n";
    fs::write(world.path("c.toml"), text).unwrap();
    for verb in [&["list"][..], &["config", "check"]] {
        let ran = world.run(&[verb, &["--config", "c.toml"]].concat());
        assert_eq!((ran.code(), ran.out()), (2, String::new()));
        let said = ran.says();
        let told = [(1, "did you mean `theme`?"), (4, "did you mean `rank`?"), (5, "did you mean `red`?")];
        let told = told.into_iter().chain([(7, "did you mean `next-person`?"), (9, "asked to do `star` and `sort`")]);
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines.len(), 5, "{said}");
        for (line, (number, words)) in lines.iter().zip(told) {
            let begins = format!("baocao: the settings \"c.toml\" are wrong in line {number}: ");
            assert!(line.starts_with(&begins) && line.contains(words), "{said}");
        }
        assert!(said.ends_with("`baocao config check` looks again\n") && said.matches("looks again").count() == 1);
    }
}

#[test]
fn files_become_a_list_with_the_keys_that_scripts_use() {
    let world = World::filled();
    let list = world.run(&["list", "--json"]).json();
    let rows = list.as_array().unwrap();
    assert_eq!(rows.len(), 2);
    for key in ["id", "title", "date", "kind", "unit", "period", "source", "people"] {
        assert!(rows[0].get(key).is_some(), "{key}");
    }
    let days: Vec<_> = rows.iter().map(|row| row["date"].as_str().unwrap()).collect();
    assert_eq!(days, ["2024-07-03", "2022-12-26"], "newest first");
    assert_eq!(rows[1]["people"], serde_json::json!(["Lã Mạnh Hùng", "Đàm Quốc Hưng"]));
    assert_eq!(world.run(&["list"]).out().lines().count(), 2);
    assert_eq!(world.run(&["list", "--limit", "1"]).out().lines().count(), 1);
    assert_eq!(world.run(&["list", "--json"]).out().lines().count(), 4, "a line a report between the brackets");
}

#[test]
fn filters_respect_the_tones_that_are_typed() {
    let world = World::filled();
    let found = |words: &[&str]| {
        let args = [&["list", "--json"], words].concat();
        world.run(&args).json().as_array().unwrap().len()
    };
    assert_eq!([found(&["hung"]), found(&["hùng"]), found(&["hưng"])], [2, 2, 1]);
    assert_eq!(found(&["hung", "-hưng"]), 1);
    assert_eq!(world.run(&["list", "khongcotunay"]).code(), 1, "nothing found");
}

#[test]
fn the_same_text_is_known_and_a_bad_file_stops_nothing() {
    let world = World::new(&[("a.txt", HUNG), ("b.txt", HUNG), ("c.txt", ""), ("d.txt", HUE), ("e.pdf", "x")]);
    let ran = world.run(&["import", "--json", "in"]);
    assert_eq!(ran.code(), 1);
    let lines: Vec<Value> = ran.out().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let files: Vec<_> = lines.iter().map(|line| line["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["in/a.txt", "in/b.txt", "in/c.txt", "in/d.txt", "in/e.pdf"]);
    assert_eq!((&lines[4]["ok"], &lines[4]["left_out"]["needs_program"]), (&false.into(), &1.into()));
    assert_eq!(lines[1]["reports"][0]["known"], true);
    assert_eq!((lines[2]["ok"].as_bool(), lines[2]["problem"].is_string()), (Some(false), true));
    ran.fails(1, "c.txt");
    let again = world.run(&["import", "in/a.txt", "in/d.txt"]);
    again.fails(0, "0 reports imported, 2 known already, from 2 files");
}

#[test]
fn standard_input_and_a_format_can_be_given() {
    let world = World::new(&[]);
    let page = "<html><head><title>Trang</title></head><body><p>Đại tá Lê Văn Thử dự hội nghị.</p></body></html>";
    assert_eq!(world.feed(&["import", "--format", "html", "-"], page).code(), 0);
    assert_eq!(world.run(&["list", "--json"]).json()[0]["people"], serde_json::json!(["Lê Văn Thử"]));
    let plain = world.feed(&["extract", "--format", "text", "-"], "Đại tá Lê Văn Thử dự.\n").json();
    assert_eq!(plain["people"][0]["rank"], "Đại tá");
    world.feed(&["import", "-"], "").fails(1, "-");
}

#[test]
fn extract_keeps_its_shape_and_touches_no_cache() {
    let world = World::new(&[("a.txt", HUNG)]);
    let line = world.run(&["extract", "in/a.txt"]).json();
    for key in ["file", "title", "date", "kind", "unit", "text", "people", "bylines"] {
        assert!(line.get(key).is_some(), "{key}");
    }
    let person = &line["people"][0];
    assert_eq!(keys(person), ["evidence", "mentions", "name", "posts", "rank"]);
    let text: Vec<char> = line["text"].as_str().unwrap().chars().collect();
    let span =
        |value: &Value| value.as_array().unwrap().iter().map(|n| n.as_u64().unwrap() as usize).collect::<Vec<_>>();
    let at = span(&person["mentions"][0]);
    assert_eq!(text[at[0]..at[1]].iter().collect::<String>(), "Lã Mạnh Hùng");
    let rank = span(&person["evidence"]["rank"]);
    assert_eq!(text[rank[0]..rank[1]].iter().collect::<String>(), "Thiếu tướng");
    assert!(!world.path("cache").exists());
    world.run(&["extract", "none.txt"]).fails(1, "none.txt");
}

#[test]
fn the_list_says_whose_date_the_reader_has_set() {
    let world = World::filled();
    let by_hand = || {
        let list = world.run(&["list", "--json"]).json();
        list.as_array().unwrap().iter().map(|row| row["date_by_hand"].as_bool().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(by_hand(), [false, false]);
    let id = world.run(&["list", "--json"]).json()[1]["id"].as_str().unwrap().to_owned();
    let store = Store::open(&world.path("cache")).unwrap();
    store.cache().set_date(&id, DayRange::parse("2023-05-06")).unwrap();
    drop(store);
    assert_eq!(by_hand(), [false, true]);
}

#[test]
fn a_report_is_shown_by_the_beginning_of_its_id() {
    let world = World::filled();
    let list = world.run(&["list", "--json"]).json();
    let id = list[1]["id"].as_str().unwrap();
    let whole = world.run(&["show", "--json", &id[..8]]).json();
    assert_eq!(whole["id"], id);
    assert!(whole["text"].as_str().unwrap().contains("Quân khu Thử nghiệm"));
    assert!(world.run(&["show", id]).out().contains("Thiếu tướng  Lã Mạnh Hùng"));
    assert!(world.run(&["show", "--markdown", id]).out().starts_with("# "));
    world.run(&["show", "zzz"]).fails(1, "there is no report");
    let other = list[0]["id"].as_str().unwrap();
    if id.get(..1) == other.get(..1) {
        world.run(&["show", &id[..1]]).fails(2, "several");
    }
}

#[test]
fn officials_are_found_and_never_passed_off_for_one_another() {
    let world = World::filled();
    let found = world.run(&["officials", "--json", "hung"]).json();
    let names: Vec<_> = found.as_array().unwrap().iter().map(|o| o["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    for key in ["id", "name", "rank", "posts", "reports", "first", "last", "score", "fuzzy"] {
        assert!(found[0].get(key).is_some(), "{key}");
    }
    let only = world.run(&["officials", "--json", "hưng"]).json();
    assert_eq!((only.as_array().unwrap().len(), &only[0]["name"]), (1, &Value::from("Đàm Quốc Hưng")));
    // A former rank is an answer too, said to be one and proved.
    let former = world.run(&["officials", "--json", "thieu tuong la manh hung"]).json();
    assert_eq!(former.as_array().unwrap().len(), 1);
    assert_eq!((&former[0]["rank"], &former[0]["former"][0]["text"]), (&"Trung tướng".into(), &"Thiếu tướng".into()));
    assert_eq!(former[0]["proof"]["former"][0]["date"], "2022-12-26");
    assert_eq!(world.run(&["officials", "--json", "trung tuong hung"]).json()[0]["former"], serde_json::json!([]));
    let line = world.run(&["officials", "thiếu tướng hùng"]).out();
    assert!(line.contains("(formerly Thiếu tướng); Chính ủy"), "{line}");
    let page = world.run(&["official", "thieu tuong la manh hung"]);
    assert!(page.out().contains("Lã Mạnh Hùng"), "{}", page.out());
    let page = world.run(&["official", "Lã Mạnh Hùng"]);
    assert!(page.out().contains("2 reports, 2022-12-26 to 2024-07-03"), "{}", page.out());
    let json = world.run(&["official", "--json", "đàm quốc hưng"]).json();
    assert_eq!(json["reports_count"], 1);
    world.run(&["official", "hung"]).fails(2, "can be");
    world.run(&["official", "Nguyễn Không Ai"]).fails(1, "no official");
}

#[test]
fn exports_are_for_other_programs() {
    let world = World::filled();
    let csv = world.run(&["export", "--format", "csv", "--bom"]).out();
    let columns = "\u{feff}id,date,kind,unit,period,title,people,source,date_inferred,published\r\n";
    assert!(csv.starts_with(columns) && csv.ends_with("\r\n"));
    assert_eq!(csv.lines().count(), 3);
    let lines = world.run(&["export", "--format", "jsonl"]).out();
    assert!(lines.lines().all(|line| serde_json::from_str::<Value>(line).unwrap()["text"].is_string()));
    assert_eq!(world.run(&["export", "--format", "markdown", "-o", "out.md", "hưng"]).code(), 0);
    let chapters = fs::read_to_string(world.path("out.md")).unwrap();
    assert_eq!(chapters.matches("\n# ").count() + 1, 1, "one report answers");
    assert!(
        fs::read_dir(world.folder.path()).unwrap().all(|e| !e.unwrap().file_name().to_string_lossy().contains("tmp"))
    );
    world.run(&["export", "--format", "csv", "-o", "none/out.csv"]).fails(2, "out.csv");
}

#[test]
fn removing_takes_all_or_says_what_is_not_there() {
    let world = World::filled();
    let id = world.run(&["list", "--json"]).json()[0]["id"].as_str().unwrap().to_owned();
    world.run(&["remove", "zzzz", &id[..10]]).fails(1, "there is no report \"zzzz\"");
    assert_eq!(world.run(&["list"]).out().lines().count(), 1);
    assert_eq!(world.run(&["officials", "--json", "la manh hung"]).json()[0]["reports"], 1);
    world.run(&["rebuild"]).fails(0, "1 report read again");
    assert_eq!(world.run(&["list"]).out().lines().count(), 1);
}

#[test]
fn without_a_terminal_paths_are_imported_and_listed_and_no_reader_opens() {
    let world = World::new(&[("a.txt", HUNG)]);
    let ran = world.run(&["in"]);
    assert_eq!((ran.code(), ran.out().lines().count()), (0, 1), "{}", ran.says());
    world.run(&[]).fails(2, "standard output is not a terminal");
    world.run(&["lsit"]).fails(2, "did you mean `baocao list`");
    assert_eq!(world.run(&["list", "--jsn"]).code(), 2);
}

#[test]
fn settings_are_printed_checked_and_found() {
    let world = World::new(&[]);
    let config = world.path("c.toml");
    let config = config.to_str().unwrap();
    world.run(&["--config", config, "config", "check"]).fails(2, "no such file");
    fs::write(config, "lang = \"en\"\nthem = \"dark\"\n").unwrap();
    world
        .run(&["--config", config, "config", "check"])
        .fails(2, "line 2: there is no setting `them`; did you mean `theme`?");
    world.run(&["--config", config, "list", "--json"]).fails(2, "did you mean");
    fs::write(config, "[filters]\nmine = \"rank:zz\"\n").unwrap();
    world.run(&["--config", config, "config", "check"]).fails(2, "the saved filter \"mine\" has a fault");
    assert_eq!(world.run(&["--config", config, "--version"]).code(), 0);
    // Beside faults of every other kind, those of filters and watches are told too, each once.
    let text = "lang = \"en\"\nthem = 3\n[filters]\nmine = \"rank:zz\"\nother = 3\n[watches]\nlate = \"from:13/2023\"\n\
                [keys]\nsrot = \"x\"\n[colours]\nname = \"rad\"\n[commands]\nrun = 3\n";
    fs::write(config, text).unwrap();
    let said = world.run(&["--config", config, "config", "check"]);
    assert_eq!(said.code(), 2);
    for words in [
        "line 2: there is no setting `them`",
        "the saved filter \"mine\" has a fault",
        "line 5: [filters] holds lines",
        "the watch \"late\" has a fault",
        "line 9: there is no action `srot`",
        "line 11: ",
        "line 13: [commands] holds lines",
    ] {
        assert_eq!(said.says().matches(words).count(), 1, "{words}: {}", said.says());
    }
    // What can be written is told as the file has it, in every language.
    fs::write(config, "theme = \"purple\"\nzzzzzz = 1\n[colours]\nzzzzzz = \"red\"\n").unwrap();
    let english = world.run(&["--config", config, "config", "check"]).says();
    let lines = english.lines().map(|line| line.trim_start_matches("baocao: "));
    let said: String = lines.filter_map(baocao::lang::messages::vietnamese).collect();
    for words in [
        "phải là một trong: `auto`, `dark`, `light`,",
        "có: `cache`, `archive`, `remote_command`,",
        "`sources`, `colours`, `keys`",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    fs::write(config, "lang = \"en\"\n").unwrap();
    assert!(world.run(&["--config", config, "config", "print"]).out().contains("lang = \"en\""));
    assert!(world.run(&["config", "path"]).out().trim_end().ends_with("config.toml"));
}

#[test]
fn help_version_completions_and_manual_open_no_cache() {
    let world = World::new(&[]);
    fs::write(world.path("cache"), "a file where a folder should be").unwrap();
    for args in
        [&["--version"][..], &["--help"], &["import", "--help"], &["completions", "bash"], &["man"], &["man", "list"]]
    {
        let ran = world.run(args);
        assert_eq!((ran.code(), ran.says().as_str()), (0, ""), "{args:?}");
        assert!(!ran.out().is_empty(), "{args:?}");
    }
    world.run(&["list"]).fails(3, "could not be opened");
    let doctor = world.run(&["doctor"]);
    assert!(doctor.out().contains("cache"), "{}", doctor.out());
}

#[test]
fn a_damaged_cache_is_moved_aside_and_mended() {
    let world = World::filled();
    let path = world.path("cache/cache.db");
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(fs::metadata(&path).unwrap().len() / 2).unwrap();
    drop(file);
    let ran = world.run(&["import", "in"]);
    assert!(ran.says().contains("was damaged") && ran.says().contains(".corrupt-"), "{}", ran.says());
    assert_eq!(world.run(&["list"]).out().lines().count(), 2);
    let aside = |e: fs::DirEntry| e.file_name().to_string_lossy().contains("cache.db.corrupt-");
    assert!(fs::read_dir(world.path("cache")).unwrap().any(|e| aside(e.unwrap())));
    assert!(world.run(&["doctor"]).out().contains("good"));
}

#[cfg(unix)]
#[test]
fn odd_files_are_refused_by_name_and_nothing_waits() {
    let world = World::new(&[("a.txt", HUNG)]);
    let made = Command::new("mkfifo").arg(world.path("in/pipe.txt")).status().unwrap();
    assert!(made.success());
    std::os::unix::fs::symlink("/dev/zero", world.path("in/zero.txt")).unwrap();
    let ran = world.run(&["import", "in"]);
    ran.fails(1, "pipe.txt");
    assert!(ran.says().contains("zero.txt") && ran.says().contains("1 report imported"), "{}", ran.says());
    world.run(&["import", "/dev/zero"]).fails(1, "a device");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_told_and_a_reader_who_leaves_is_no_fault() {
    let world = World::filled();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let ran = Ran(world.command(&["list"]).stdout(full).output().unwrap());
    ran.fails(1, "standard output could not be written");
    let mut child =
        world.command(&["export", "--format", "jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ran = Ran(child.wait_with_output().unwrap());
    assert_eq!((ran.code(), ran.says().as_str()), (0, ""));
}

#[cfg(unix)]
#[test]
fn an_interrupted_import_ends_with_130_and_keeps_what_it_told() {
    use std::io::{BufRead, BufReader};
    let world = World::new(&[]);
    // Twice as many bytes as the first transaction takes.
    let long = "Đơn vị hoàn thành tốt nhiệm vụ được giao. ".repeat(30);
    for n in 0..3000 {
        fs::write(world.path("in").join(format!("{n:04}.txt")), format!("Báo cáo số {n}\n\n{HUNG}\n{long}")).unwrap();
    }
    let mut child =
        world.command(&["import", "--json", "in"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let told = 1 + lines.count();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(told < 3000, "it was interrupted");
    let kept = world.run(&["list"]).out().lines().count();
    assert!(kept >= told, "{kept} kept of {told} told");
}

#[test]
fn nothing_is_written_beside_the_cache() {
    let world = World::filled();
    let names = |folder: &Path| {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(names(world.folder.path()), ["cache", "in"]);
    assert_eq!(names(&world.path("cache")), ["cache.db", "user.data"]);
}

/// Two reports: the day of the one is that of its page (inferred), the day of the other is in its text.
fn with_inferred_days() -> World {
    let page = "<html><head><title>Quân khu 10 sơ kết</title><meta property=\"article:published_time\" \
        content=\"2023-02-03T08:00:00+07:00\"></head><body><article><h1>Quân khu 10 sơ kết công tác quý I</h1>\
        <p>Đại tá Lã Mạnh Hùng, Chính ủy Quân khu 10 chủ trì hội nghị \
        sơ kết của Quân khu 10.</p></article></body></html>";
    let world = World::new(&[("a.html", page)]);
    fs::write(world.path("in/b.txt"), HUNG.replace("Quân khu Thử nghiệm", "Quân khu 10")).unwrap();
    assert_eq!(world.run(&["import", "in"]).code(), 0);
    world
}

#[test]
fn the_list_for_programs_says_who_chaired() {
    let text = "Quân khu 10 hội ý\n\nSáng 3-1-2022, Đại tá Lã Mạnh Hùng và Đại tá Bế Văn Hà đồng chủ trì hội nghị \
                giao ban. Dự có Đại tá Mạc Đình Thi.\n";
    let world = World::new(&[("a.txt", text), ("b.txt", "Tin vắn\n\nTrời mưa, không ai chủ trì cuộc họp nào.\n")]);
    assert_eq!(world.run(&["import", "in"]).code(), 0);
    let found = world.run(&["list", "--json"]).json();
    let row = found.as_array().unwrap().iter().find(|row| row["title"] == "Quân khu 10 hội ý").unwrap();
    assert_eq!(row["chairs"], serde_json::json!(["Lã Mạnh Hùng", "Bế Văn Hà"]));
    let chairs = |row: &Value| row["chairs"].as_array().unwrap().len();
    assert_eq!(found.as_array().unwrap().iter().map(chairs).sum::<usize>(), 2);
}

#[test]
fn a_holder_whom_one_report_names_is_marked_beside_one_of_more() {
    let chairs = |day: &str, name: &str| {
        format!("Quân khu 10 hội ý\n\nSáng {day}, Đại tá {name}, Chính ủy Quân khu 10 chủ trì hội nghị giao ban.\n")
    };
    let (first, second) = (chairs("3-1-2022", "Lã Mạnh Hùng"), chairs("7-3-2022", "Lã Mạnh Hùng"));
    let once = chairs("9-8-2023", "Mạc Đình Thi");
    let world = World::new(&[("a.txt", &*first), ("b.txt", &*second), ("c.txt", &*once)]);
    assert_eq!(world.run(&["import", "in"]).code(), 0);
    let holders = world.run(&["posts", "--json", "chính ủy qk10"]).json()[0]["holders"].clone();
    assert_eq!([&holders[0]["seen_once"], &holders[1]["seen_once"]], [&Value::Bool(false), &Value::Bool(true)]);
    let said = world.run(&["posts", "chính ủy qk10", "--lang", "vi"]).out();
    let marked: Vec<&str> = said.lines().filter(|line| line.contains(") (thấy một lần)  ")).collect();
    assert!(marked.len() == 1 && marked[0].contains("Mạc Đình Thi"), "{said}");
}

#[test]
fn a_day_that_is_inferred_says_so_everywhere() {
    let world = with_inferred_days();
    let found = world.run(&["officials", "--json", "lã mạnh hùng"]).json();
    let days = |value: &Value| {
        ["first", "first_inferred", "last", "last_inferred"].map(|key| value[key].to_string().replace('"', ""))
    };
    let expected = ["2022-12-26", "false", "2023-02-03", "true"];
    assert_eq!(days(&found[0]), expected);
    let page = world.run(&["official", "--json", "lã mạnh hùng"]).json();
    assert_eq!(days(&page), expected);
    assert_eq!((&page["rank"]["since_inferred"], &page["rank"]["seen_inferred"]), (&true.into(), &true.into()));
    let unit = world.run(&["unit", "--json", "Quân khu 10"]).json();
    assert_eq!(
        (&unit["reports"][0]["day_inferred"], &unit["reports"][1]["day_inferred"]),
        (&true.into(), &false.into())
    );
    assert_eq!(unit["now"][0]["to"]["inferred"], true);
    for args in
        [&["officials", "hùng"][..], &["official", "lã mạnh hùng"], &["unit", "qk10"], &["posts", "chính ủy qk10"]]
    {
        let said = world.run(args).out();
        assert!(said.contains("~2023-02-03") && !said.contains("~2022-12-26"), "{args:?}: {said}");
    }
    let list = world.run(&["list"]).out();
    assert!(list.contains("  ~2023-02-03  ") && list.contains("  2022-12-26   "), "all of a day is shown: {list}");
    let csv = world.run(&["officials", "--csv", "hùng"]).out();
    assert!(
        csv.contains("first,first_inferred,last,last_inferred") && csv.contains("2022-12-26,no,2023-02-03,yes"),
        "{csv}"
    );
}

/// Asserts that every place in the output, and every `proof`, has day, source and sentence.
fn unproved(value: &Value, path: &str, found: &mut Vec<String>, proved: &mut usize) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, v)| unproved(v, &format!("{path}/{n}"), found, proved));
        }
        Value::Object(fields) => {
            if fields.contains_key("report") && (fields.contains_key("at") || path.contains("proof")) {
                let has = |key: &str| fields.get(key).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
                *proved += 1;
                if !["date", "source", "sentence"].into_iter().all(has) || !fields.contains_key("date_inferred") {
                    found.push(format!("{path}: {value}"));
                }
            }
            fields.iter().for_each(|(key, v)| unproved(v, &format!("{path}/{key}"), found, proved));
        }
        _ => {}
    }
}

#[test]
fn every_fact_about_officials_carries_its_sentence() {
    let world = with_inferred_days();
    for (args, least) in [
        (&["officials", "--json"][..], 4),
        (&["official", "--json", "lã mạnh hùng"], 6),
        (&["unit", "--json", "qk10"], 3),
        (&["posts", "--json", "chính ủy qk10"], 3),
    ] {
        let (mut found, mut proved) = (Vec::new(), 0);
        unproved(&world.run(args).json(), "", &mut found, &mut proved);
        assert!(found.is_empty() && proved >= least, "{args:?}: {proved} proved; {found:#?}");
    }
    let rank = world.run(&["official", "--json", "lã mạnh hùng"]).json()["rank"]["place"].clone();
    assert!(rank["sentence"].as_str().unwrap().contains("Đại tá Lã Mạnh Hùng"), "{rank}");
    assert_eq!(rank["source"], "in/a.html");
}

#[test]
fn what_is_for_people_speaks_the_language_asked_for() {
    let world = with_inferred_days();
    let id = world.run(&["list", "--json"]).json()[1]["id"].as_str().unwrap().to_owned();
    let cases: [(&[&str], &str, &str); 7] = [
        (&["list"], "tổng kết  ", "year review"),
        (&["show", &id], "đơn vị", "unit"),
        (&["show", "--markdown", &id], "- thời kỳ: năm 2022", "- period: 2022"),
        (&["official", "lã mạnh hùng"], "2 báo cáo", "2 reports"),
        (&["unit", "qk10"], "Hiện nay", "Now, according"),
        (&["posts", "chính ủy qk10"], "thấy", "seen"),
        (&["lineup", &id], "chủ trì", "chairs"),
    ];
    for (args, vi, en) in cases {
        let said = |lang: &str| world.run(&[&["--lang", lang], args].concat()).out();
        let (in_vi, in_en) = (said("vi"), said("en"));
        assert!(in_vi.contains(vi) && !in_vi.contains(en), "{args:?}: {in_vi}");
        assert!(in_en.contains(en) && !in_en.contains(vi), "{args:?}: {in_en}");
        assert_eq!(world.run(args).out(), in_en, "by the locale");
    }
    let json = |lang: &str| world.run(&["--lang", lang, "show", "--json", &id]).out();
    assert_eq!(json("vi"), json("en"));
}

#[test]
fn a_unit_is_known_by_abbreviation_and_without_tones() {
    let world = with_inferred_days();
    for typed in ["qk10", "QK 10", "quan khu 10", "Quân khu 10", "quaan khu 10"] {
        let unit = world.run(&["unit", "--json", typed]);
        assert_eq!((unit.code(), &unit.json()["unit"]), (0, &"Quân khu 10".into()), "{typed}: {}", unit.says());
    }
    assert_eq!(world.run(&["posts", "--json", "chinh uy qk10"]).json()[0]["text"], "Chính ủy Quân khu 10");
    world.run(&["unit", "qk1"]).fails(1, "no report speaks of a unit \"qk1\"");
    world.run(&["unit", "quấn khu 10"]).fails(1, "no report speaks of a unit");
}

#[test]
fn nothing_found_is_said_in_one_line_with_what_to_try() {
    let world = World::filled();
    for (args, words) in [
        (&["list", "khongcotunay"][..], "no report of 2 matches the filter \"khongcotunay\"; try"),
        (&["list", "--json", "-hung", "khong"], "matches the filter \"-hung khong\""),
        (&["officials", "qqqqq"], "no official of 2 matches \"qqqqq\"; try"),
        (&["officials", "--unsure"], "there is no official whose identity is uncertain"),
        (&["official", "qqqqq"], "no official \"qqqqq\" was found among 2"),
        (&["posts", "qqqqq"], "no report has anybody in a post \"qqqqq\"; try"),
        (&["posts", "--json", "qqqqq"], "no report has anybody"),
        (&["unit", "qqqqq"], "no report speaks of a unit \"qqqqq\"; `baocao list`"),
        (&["export", "--format", "csv", "qqqqq"], "no report of 2"),
    ] {
        let ran = world.run(args);
        ran.fails(1, words);
        assert_eq!(ran.says().lines().count(), 1, "{args:?}: {}", ran.says());
        if args.contains(&"--json") {
            assert_eq!(ran.json(), serde_json::json!([]), "{args:?}");
        }
    }
    let empty = World::new(&[]);
    for args in [&["list", "x"][..], &["officials"], &["official", "x"], &["posts", "x"], &["unit", "x"]] {
        let ran = empty.run(args);
        ran.fails(1, "is empty; `baocao import FOLDER`");
        assert_eq!(ran.says().lines().count(), 1, "{args:?}: {}", ran.says());
    }
    let all = empty.run(&["list", "--json"]);
    assert!(all.code() == 0 && all.says().contains("is empty"), "{}", all.says());
    assert_eq!(all.json(), serde_json::json!([]));
}

#[test]
fn a_report_as_markdown_has_its_title_once_and_its_people_numbered() {
    let world = World::filled();
    let id = world.run(&["list", "--json"]).json()[1]["id"].as_str().unwrap().to_owned();
    let page = world.run(&["show", "--markdown", &id]).out();
    assert_eq!(page.matches("Hội nghị tổng kết công tác năm 2022").count(), 1, "{page}");
    let people: Vec<&str> = page.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).collect();
    assert_eq!(people.len(), 2, "{page}");
    assert!(people[0].starts_with("1. Thiếu tướng Lã Mạnh Hùng") && people[1].starts_with("2. Đại tá Đàm Quốc Hưng"));
}

#[test]
fn wrong_arguments_are_told_in_one_line_with_what_is_right() {
    let world = World::filled();
    fs::create_dir(world.path("folder")).unwrap();
    for (args, code, words) in [
        (&["--nope"][..], 2, "there is no option --nope"),
        (&["list", "--jsn"], 2, "list: there is no option --jsn; did you mean --json?; `baocao list --help`"),
        (&["list", "--limit", "x"], 2, "list: --limit <N> cannot be \"x\": invalid digit"),
        (&["list", "--limit", "-1"], 2, "list: --limit <N> cannot be \"-1\""),
        (&["list", "--limit"], 2, "list: --limit <N> needs a value"),
        (&["list", "--sort", "day"], 2, "(it can be date, added, title, unit, relevance)"),
        (&["--lang", "fr", "list"], 2, "list: --lang <LANG> cannot be \"fr\" (it can be vi, en)"),
        (&["import"], 2, "import: <PATH>... is missing; `baocao import --help`"),
        (&["import", "--encoding", "tcvn4", "in"], 2, "--encoding cannot be \"tcvn4\"; did you mean tcvn3?"),
        (&["extract", "--encoding", "zzz", "in"], 2, "(it can be utf-8, utf-16le"),
        (&["extract", "none.txt"], 1, "\"none.txt\" could not be read: there is no such file or folder"),
        (&["show"], 2, "show: <ID> is missing"),
        (&["show", "a", "b"], 2, "show: \"b\" is one argument too many"),
        (&["official", ""], 2, "the name is empty"),
        (&["lineup", "a", "--csv", "--json"], 2, "lineup: --csv does not go with --json"),
        (&["lineup", "zz"], 1, "there is no report \"zz\""),
        (&["decisions"], 2, "decisions: say what to do (it can be list, merge"),
        (&["decisions", "merge", "a"], 2, "decisions merge: <ID2> is missing"),
        (&["decisions", "marge", "a", "b"], 2, "there is no \"marge\" here; did you mean merge?"),
        (&["decisions", "export", "-o", "none/x"], 2, "there is no folder \"none\""),
        (&["export"], 2, "export: --format <FORMAT> is missing"),
        (&["export", "--format", "csv", "-o", "none/x"], 2, "there is no folder \"none\"; name a file in a folder"),
        (&["export", "--format", "csv", "-o", "folder"], 2, "it is a folder"),
        (&["config", "zz"], 2, "config: there is no \"zz\" here"),
        (&["completions", "zshs"], 2, "did you mean zsh?"),
        (&["man", "zz"], 2, "there is no verb \"zz\""),
        (&["--config", "none.toml", "list"], 2, "there is no such file"),
        (&["--cache", "in/a.txt", "list"], 3, "in/a.txt"),
    ] {
        let ran = world.run(args);
        ran.fails(code, words);
        assert_eq!(ran.says().lines().count(), 1, "{args:?}: {}", ran.says());
        assert_eq!(ran.out(), "", "{args:?}");
    }
    assert_eq!(world.run(&["--cache", "nowhere", "--cache", "cache", "list"]).code(), 0, "the last one counts");
}

#[test]
fn a_bad_line_of_records_is_named_by_its_number_in_the_file() {
    let long = "Đại tá Lê Văn Thử dự hội nghị. ".repeat(9000);
    let mut file = String::new();
    for n in 1..=9 {
        let record = serde_json::json!({ "title": format!("Báo cáo {n}"), "text": format!("Hội nghị số {n}. {long}") });
        let line = if n == 8 { "{\"title\":".to_owned() } else { record.to_string() };
        file.extend([line.as_str(), "\n"]);
    }
    let world = World::new(&[("a.jsonl", &file)]);
    let ran = world.run(&["import", "in/a.jsonl"]);
    ran.fails(1, "\"in/a.jsonl\" could in part not be imported: line 8: it is not a JSON object");
    assert!(ran.says().contains("8 reports imported"), "{}", ran.says());
    world.run(&["extract", "in/a.jsonl"]).fails(1, "could in part not be read: line 8:");
    let all_bad = World::new(&[("b.jsonl", "{\n\n{\n{\n{\n{\n{\n{\n")]);
    let ran = all_bad.run(&["import", "in"]);
    ran.fails(1, "could not be imported: line 1: ");
    assert!(ran.says().contains("; and 6 more") && !ran.says().contains("line 3: "), "one reason: {}", ran.says());
    let mixed = World::new(&[("c.jsonl", "{\n{\"x\n{\n{\"x\n{\n{\"x\n{\n")]);
    let ran = mixed.run(&["import", "in"]);
    ran.fails(1, "could not be imported: line 1: ");
    assert!(ran.says().contains("line 5: ") && ran.says().contains("; and 2 more"), "{}", ran.says());
}

#[test]
fn documents_of_other_programs_are_named_with_what_to_do() {
    let world = World::new(&[("a.txt", HUNG)]);
    let files: [(&str, &[u8], &str, &str); 6] = [
        ("a.pdf", b"%PDF-1.7\n...", "a PDF document", "pdftotext"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "an old Word or Excel file (.doc, .xls)", "plain text"),
        (
            "a.docx",
            b"PK\x03\x04\x14\0\x06\0[Content_Types].xml....word/document.xml",
            "not a ZIP file that can be read",
            "cut off",
        ),
        ("a.odt", b"PK\x03\x04\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.text", "not a ZIP file", "cut off"),
        ("a.zip", b"PK\x03\x04\x14\0\0\0bao-cao.txt", "not a ZIP file", "cut off"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "a PNG image", "recognized"),
    ];
    for (name, bytes, what, todo) in files {
        fs::write(world.path("in").join(name), bytes).unwrap();
        // Without the programs that some systems have for them.
        let ran = Ran(world.command(&["import", &format!("in/{name}")]).env("PATH", "").output().unwrap());
        ran.fails(1, what);
        assert!(ran.says().contains(todo), "{}", ran.says());
    }
    let ran = Ran(world.command(&["import", "in"]).env("PATH", "").output().unwrap());
    ran.fails(1, "2 PDF or old Word files (the program that reads them is not installed: see `doctor`)");
    assert!(ran.says().contains("left out: 1 picture "), "{}", ran.says());
}

#[cfg(unix)]
#[test]
fn documents_are_read_by_a_program_that_is_installed_for_them() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new(&[]);
    fs::create_dir(world.path("bin")).unwrap();
    let install = |name: &str, script: &str| {
        fs::write(world.path("bin").join(name), format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(world.path("bin").join(name), fs::Permissions::from_mode(0o755)).unwrap();
    };
    let path = format!("{}:/usr/bin:/bin", world.path("bin").display());
    let run = |args: &[&str]| Ran(world.command(args).env("PATH", &path).output().unwrap());
    fs::write(world.path("in/a.pdf"), b"%PDF-1.7\n").unwrap();
    fs::write(world.path("in/b.doc"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap();
    // They check that they were given the file, and print lines as a page has them.
    let text = "echo 'Sáng 3-7-2024, Trung tướng Lã Mạnh Hùng, Chính ủy Quân khu Thử nghiệm phát'; echo 'biểu.'";
    install("pdftotext", &format!("head -c 4 | grep -q '^%PDF' || exit 9; {text}"));
    install("antiword", "echo 'Van ban cu cua don vi thu nghiem.'");
    let ran = run(&["import", "in"]);
    assert_eq!(ran.code(), 0, "{}", ran.says());
    assert_eq!(run(&["officials"]).out().matches("Lã Mạnh Hùng").count(), 1);
    let list = run(&["list", "--json"]).json();
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert!(run(&["doctor"]).out().contains("PDF files are read by "));
    install("pdftotext", "echo ' '");
    run(&["import", "in/a.pdf"]).fails(1, "for example with ocrmypdf");
    install("pdftotext", "exit 1");
    run(&["import", "in/a.pdf"]).fails(1, "pdftotext could not read it");
    install("pdftotext", "yes");
    run(&["import", "in/a.pdf"]).fails(1, "pdftotext finds more than 2 MiB of text in it");
}

#[test]
fn doctor_tells_all_it_can_whatever_is_broken() {
    let world = World::filled();
    let well = world.run(&["doctor"]);
    assert_eq!((well.code(), well.says().as_str()), (0, ""));
    let row = |said: &str, label: &str| -> String {
        let line = said.lines().find(|line| line.split_whitespace().next() == Some(label));
        line.unwrap_or_else(|| panic!("no {label}: {said}")).split_once(label).unwrap().1.trim().to_owned()
    };
    assert_eq!(row(&well.out(), "cache"), world.path("cache").to_str().unwrap());
    assert!(row(&well.out(), "holds").starts_with("2 reports (2 unread, 0 starred), 2 officials"), "{}", well.out());
    assert_eq!(row(&well.out(), "health"), "good");
    assert_eq!(row(&well.out(), "language"), "en, English");
    for label in ["version", "settings", "state", "rules", "reader", "colours", "locale"] {
        row(&well.out(), label);
    }
    // Every value begins at one place, behind the widest label: in English `plain mode`.
    for (lang, label) in [("vi", 15), ("en", 12)] {
        let said = world.run(&["--lang", lang, "doctor"]).out();
        for line in said.lines() {
            let (name, value): (String, String) =
                (line.chars().take(label).collect(), line.chars().skip(label).collect());
            assert!(value.starts_with(' ') && !value.starts_with("  "), "{lang}: {name:?} {value:?}");
        }
    }
    let none = world.run(&["--cache", "elsewhere", "doctor"]);
    assert_eq!(none.code(), 0);
    assert!(row(&none.out(), "health").contains("there is no cache yet; `baocao import PATH`"), "{}", none.out());
    assert!(!world.path("elsewhere").exists(), "looking makes nothing");
    fs::write(world.path("bad.toml"), "theme = 3\n").unwrap();
    let wrong = world.run(&["--config", "bad.toml", "doctor"]);
    assert_eq!(wrong.code(), 2);
    assert!(wrong.out().contains("line 1") && row(&wrong.out(), "health") == "good", "{}", wrong.out());
    fs::write(world.path("cache/cache.db"), "no database at all").unwrap();
    let damaged = world.run(&["doctor"]);
    assert_eq!(damaged.code(), 3);
    assert!(row(&damaged.out(), "health").contains("`baocao rebuild`"), "{}", damaged.out());
    row(&damaged.out(), "locale");
}

#[test]
fn a_cache_of_other_rules_says_so_until_it_is_rebuilt() {
    let world = World::filled();
    let cache = rusqlite::Connection::open(world.path("cache/cache.db")).unwrap();
    cache.execute_batch("UPDATE meta SET value = 0 WHERE name = 'rules'").unwrap();
    drop(cache);
    let listed = world.run(&["list"]);
    listed.fails(0, "were found by other rules");
    assert_eq!((listed.out().lines().count(), listed.says().lines().count()), (2, 1));
    assert!(!world.run(&["rebuild"]).says().contains("other rules"));
    assert_eq!(world.run(&["list"]).says(), "");
}

#[test]
fn what_is_to_be_reviewed_is_listed_by_how_much_it_matters() {
    let colonel = |name: &str, day: u8| {
        format!("Ngày {day}-4-2018, Trung tá {name}, Trưởng phòng Tài chính Quân khu 12 báo cáo tại hội nghị.\n")
    };
    let director = |name: &str, day: u8| {
        format!("Ngày {day}-9-2022, ông {name}, Giám đốc Sở Y tế tỉnh Phú Khê phát biểu tại hội nghị.\n")
    };
    let (few, many) = ("Giàng A Páo", "Sùng A Dế");
    let texts: Vec<String> =
        vec![colonel(few, 1), colonel(few, 2), director(few, 1), colonel(many, 1), colonel(many, 2)]
            .into_iter()
            .chain([director(many, 1), director(many, 2)])
            .collect();
    let names: Vec<String> = (0..texts.len()).map(|n| format!("{n}.txt")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    let world = World::new(&files);
    world.run(&["decisions", "list"]).fails(1, "empty");
    world.run(&["import", "in"]);
    let list = world.run(&["decisions", "list", "--json"]).json();
    let rows: Vec<_> = list.as_array().unwrap().iter().map(|row| (&row["name"], &row["reports"])).collect();
    assert_eq!(rows, [(&many.into(), &2.into()), (&few.into(), &1.into())]);
    assert!(list[0]["this"]["sentence"].as_str().unwrap().contains(many), "{list}");
    assert_eq!(list[0]["joined"], false);
    let text = world.run(&["decisions", "list"]);
    assert!(text.out().starts_with(&format!("{many} (")), "{}", text.out());
    text.fails(0, "2 of 2 to review");
    world.run(&["decisions", "list", "--limit", "1"]).fails(0, "1 of 2 to review");
    let found = world.run(&["decisions", "list", "giang", "pao", "--json"]).json();
    assert_eq!((found.as_array().unwrap().len(), &found[0]["name"]), (1, &few.into()));
    world.run(&["decisions", "list", "giáng"]).fails(1, "no identity to review of 2");
    // Officials in doubt are in the same order.
    let officials = world.run(&["officials", "--unsure", "--json"]).json();
    assert_eq!(officials[0]["name"], many);
}

#[test]
fn what_is_exported_and_imported_again_is_the_same_to_the_byte() {
    let page = "<html><head><title>Khai mạc hội thi</title><link rel=canonical href='https://bao.example.vn/hoi-thi'>\
        <meta property='article:published_time' content='2026-01-05T08:00:00+07:00'></head><body><article>\
        <h1>Khai mạc hội thi bắn súng</h1><p>Sáng 4-1, tại Hà Giả, Đại tá Lò Văn Thử chủ trì khai mạc hội thi bắn súng \
        với sự tham gia của hơn một trăm chiến sĩ trong toàn đơn vị, kéo dài ba ngày.</p>\
        <figure><img src=a.jpg><figcaption>Quang cảnh hội thi. Ảnh: Hà Thử</figcaption></figure></article>\
        </body></html>";
    let world = World::new(&[("a.txt", HUNG), ("b.txt", HUE), ("c.html", page), ("d.txt", "Tin không có ngày.")]);
    assert_eq!(world.run(&["import", "--date", "5-2019", "in"]).code(), 0);
    let store = Store::open(&world.path("cache")).unwrap();
    let ids: Vec<String> = store.cache().known_ids().unwrap().iter().collect();
    store.marks().set_read(&ids[0], true).unwrap();
    store.marks().set_starred(&ids[1], true).unwrap();
    store.marks().set_tag(&ids[1], "hậu cần", true).unwrap();
    store.cache().set_date(&ids[2], DayRange::parse("6-2018")).unwrap();
    store.marks().set_place('a', &ids[3], 4).unwrap();
    drop(store);
    let reports = world.run(&["list", "--json", "person:hùng"]).json();
    let official = world.run(&["officials", "--json", "hùng"]).json()[0]["id"].as_str().unwrap().to_owned();
    let split = world.run(&["decisions", "split", &official, reports[0]["id"].as_str().unwrap()]);
    assert_eq!(split.code(), 0, "{}", split.says());
    let export = |cache: &str, name: &str| {
        let ran = world.run(&["--cache", cache, "export", "--format", "jsonl", "-o", name]);
        assert_eq!(ran.code(), 0, "{}", ran.says());
        fs::read_to_string(world.path(name)).unwrap()
    };
    let first = export("cache", "one.jsonl");
    assert_eq!(first.lines().count(), 4);
    let imported = world.run(&["--cache", "other", "import", "one.jsonl"]);
    assert_eq!(imported.code(), 0, "{}", imported.says());
    let second = export("other", "two.jsonl");
    for (one, two) in first.lines().zip(second.lines()) {
        assert_eq!(one, two);
    }
    assert_eq!(first, second);
    assert_eq!(first.matches(r#""decision":"apart""#).count(), 2, "both reports carry it: {first}");
    assert!(first.contains(r#""places":[{"letter":"a","byte":4}]"#), "{first}");
    for verb in [&["list", "--json"][..], &["officials", "--json"], &["decisions", "export"]] {
        let printed = ["cache", "other"].map(|cache| world.run(&[&["--cache", cache], verb].concat()).out());
        assert_eq!(printed[0], printed[1], "{verb:?}");
    }
}

#[test]
fn a_dry_run_says_and_counts_what_the_import_does() {
    let record = format!("{}\n{{\"title\":\"Tin\"}}\n", serde_json::json!({ "text": HUE }));
    let files = [
        ("a.txt", HUNG),
        ("again.txt", HUNG),
        ("404.html", "<title>404 - Không tìm thấy</title><p>Trang không còn.</p>"),
        ("front.html", "<link rel=canonical href=https://b.example.vn/><meta property=og:type content=website><p>Tin"),
        ("b.jsonl", &record),
        ("c.csv", "title,text\nTin,Tiểu đoàn 9 hội thi.\nTin,Tiểu đoàn 8 hội thi.\n"),
        ("d.json", "[{\"text\":\"Đại đội 7 diễn tập.\"},{\"title\":\"x\"}]"),
        ("e.eml", "From: a@b.example.vn\nSubject: Tin\n\nDai doi 6 hop.\n"),
        ("f.opml", "<opml version=\"2.0\"><body><outline xmlUrl=\"https://b.example.vn/rss\"/></body></opml>"),
        ("g.bib", "@article{a, title={x}}"),
        ("h.png", "x"),
        ("i.docx", "PK\u{3}\u{4}"),
        ("j.txt", ""),
        ("k.xml", "<rss version=\"2.0\"><channel><item><title>Trung đội 5</title></item></channel></rss>"),
        ("l.js", "var a;"),
        ("m.csv", "title,url,time_added,tags,status\nTin,https://example.vn/a,1700000000,,unread\n"),
    ];
    let world = World::new(&files);
    fs::create_dir(world.path("in/a_files")).unwrap();
    fs::write(world.path("in/a_files/part.html"), "<p>Quảng cáo</p>").unwrap();
    let named: Vec<String> = files.iter().map(|(name, _)| format!("in/{name}")).collect();
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    for (cache, paths) in [("folder", &["in"][..]), ("named", &named)] {
        // A dry run before the import, and one after it: then all is known.
        for _ in 0..2 {
            let run = |more: &[&str]| {
                let said = world.run(&[&["--cache", cache, "--lang", "en", "import"], more, paths].concat());
                let words = said.says().replace("would be imported", "imported");
                (said.code(), words.replace("; nothing was written", ""))
            };
            let dry = run(&["--dry-run"]);
            assert_eq!(dry, run(&[]), "{cache}");
            assert!(dry.1.contains(" known already, from ") && dry.1.contains(" not read"), "{}", dry.1);
        }
    }
}

#[test]
fn what_became_of_an_import_is_written_and_failures_are_tried_again() {
    let world = World::new(&[("a.txt", HUNG), ("b.txt", ""), ("c.png", "x")]);
    let dry = world.run(&["import", "--dry-run", "in"]);
    assert!(dry.out().starts_with("2022-12-26 · Hội nghị tổng kết công tác năm 2022 · "), "{}", dry.out());
    assert!(dry.out().contains("Lã Mạnh Hùng, Đàm Quốc Hưng · in/a.txt"), "{}", dry.out());
    dry.fails(1, "1 report would be imported, 0 known already, from 2 files, 1 not read; nothing was written");
    assert!(!world.path("cache").exists(), "nothing is written");
    assert_eq!(world.run(&["import", "--report", "r.jsonl", "in"]).code(), 1);
    let report = fs::read_to_string(world.path("r.jsonl")).unwrap();
    let files: Vec<Value> = report.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<_> =
        files.iter().map(|file| (file["file"].as_str().unwrap(), file["ok"].as_bool().unwrap())).collect();
    assert_eq!(told, [("in/a.txt", true), ("in/b.txt", false), ("in/c.png", false)]);
    fs::write(world.path("in/b.txt"), HUE).unwrap();
    let retried = world.run(&["import", "--retry", "r.jsonl", "--report", "r.jsonl"]);
    retried.fails(0, "1 report imported, 0 known already, from 1 file");
    assert_eq!(world.run(&["import", "--retry", "r.jsonl"]).code(), 0, "nothing failed");
}

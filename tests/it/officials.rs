//! The officials of the sample reports: namesakes, posts and line-ups, checked against a careful reading by hand, and
//! the verbs about them. Careers are checked in `careers`.

use crate::screen::{cache, open_as};
use baocao::officials::lineup::{LineupChange, compared, lineup};
use baocao::officials::report_diff::{RowKind, compare};
use baocao::officials::{OfficialPage, post_holders};
use baocao::store::Store;
use baocao::tui::settings::{ReaderSettings, SessionState};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;

/// A cache in memory with all sample reports.
pub fn samples() -> Store {
    let store = Store::in_memory().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let files = baocao::import::find(&[folder]);
    let (options, stop) = (baocao::import::ImportOptions::default(), AtomicBool::new(false));
    baocao::import::import(&store, &files, &options, &stop, &mut |_| {}).unwrap();
    store
}

fn pages(store: &Store, name: &str) -> Vec<OfficialPage> {
    let all = store.register().unwrap().officials().unwrap();
    let ids = all.iter().filter(|o| o.name == name).map(|o| o.id.clone());
    ids.map(|id| store.register().unwrap().official_page(&id).unwrap().unwrap()).collect()
}

#[test]
fn namesakes_are_two_and_point_at_each_other() {
    let store = samples();
    let both = pages(&store, "Trần Văn Lượng");
    assert_eq!(both.len(), 2);
    for (own, other) in [(0, 1), (1, 0)] {
        assert_eq!(both[own].namesakes.len(), 1);
        assert_eq!(both[own].namesakes[0].id, both[other].id);
        assert!(both[own].namesakes[0].why.is_some());
    }
}

#[test]
fn one_tone_placement_more_is_the_same_man_and_one_tone_more_is_not() {
    let store = samples();
    assert_eq!(pages(&store, "Ngô Xuân Thủy").len() + pages(&store, "Ngô Xuân Thuỷ").len(), 1);
    assert_eq!((pages(&store, "Hoàng Minh Thuần").len(), pages(&store, "Hoàng Minh Thuận").len()), (1, 1));
}

#[test]
fn every_row_of_every_page_stands_in_a_report() {
    let store = samples();
    for official in store.register().unwrap().officials().unwrap() {
        let page = store.register().unwrap().official_page(&official.id).unwrap().unwrap();
        let places = page.timeline.iter().map(|r| &r.place).chain(page.timeline.iter().map(|r| &r.to.place));
        let places = places.chain(page.rank.iter().chain(&page.posts).map(|n| &n.place));
        let places = places.chain(page.reports.iter().map(|r| &r.place)).chain(page.together.iter().map(|r| &r.place));
        for place in places.chain(page.namesakes.iter().map(|n| &n.place)) {
            let sentence = store.cache().sentence(place).unwrap();
            assert!(sentence.is_some_and(|words| !words.is_empty()), "{}: {place:?}", page.name);
        }
    }
}

#[test]
fn the_commissars_of_a_region_in_order() {
    let store = samples();
    let found = post_holders::posts(
        "Chính ủy Quân khu 10",
        &store.register().unwrap().holdings("Chính ủy Quân khu 10").unwrap(),
    );
    let names: Vec<&str> = found[0].holders.iter().map(|h| h.name.as_str()).collect();
    assert_eq!(names, ["Lý Tất Đạt", "Đỗ Quang Khải", "Hồ Sĩ Nhã"]);
}

#[test]
fn two_years_of_one_conference() {
    let store = samples();
    let year = |year: i16| {
        let all = store.index().reports_of_unit("Quân khu 10").unwrap();
        let id = all
            .into_iter()
            .find(|r| r.when.is_some_and(|when| when.day.year() == year) && r.kind == "tổng kết")
            .unwrap()
            .id;
        store.cache().load(&id).unwrap().unwrap()
    };
    let (older, newer) = (year(2022), year(2023));
    assert_eq!(store.index().previous_of_kind(&newer.id).unwrap().as_deref(), Some(older.id.as_str()));
    let people = |r: &baocao::report::Report| {
        lineup(&r.id, &r.extraction, &store.register().unwrap().officials_of(&r.id).unwrap())
    };
    let rows = compared(&people(&older), &people(&newer));
    assert!(rows.iter().any(|row| row.change == LineupChange::Stays));
    let found = compare(&older, &newer);
    assert!(found.shared() >= 50 && found.rows.iter().any(|row| row.kind == RowKind::Changed));
    assert!(!found.figures.is_empty());
}

/// The program with a temporary cache.
struct Program {
    folder: tempfile::TempDir,
}

impl Program {
    fn with_samples() -> Self {
        let program = Self { folder: tempfile::tempdir().unwrap() };
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
        program.run(&["import", samples.to_str().unwrap()], "");
        program
    }

    /// Runs the program. Returns its exit code, standard output and standard error.
    fn run(&self, args: &[&str], input: &str) -> (i32, String, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_baocao"))
            .arg("--cache")
            .arg(self.folder.path())
            .args(args)
            .env("XDG_CONFIG_HOME", self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let done = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
    }

    fn json(&self, args: &[&str]) -> serde_json::Value {
        let (code, out, err) = self.run(args, "");
        assert_eq!(code, 0, "{args:?}: {err}");
        serde_json::from_str(&out).unwrap()
    }
}

#[test]
fn the_verbs_about_officials_answer() {
    let program = Program::with_samples();
    let posts = program.json(&["posts", "chính ủy quân khu 10", "--json"]);
    let first = &posts[0]["holders"][0];
    assert_eq!(first["name"], "Lý Tất Đạt");
    assert!(first["proof"]["sentence"].as_str().unwrap().contains("Lý Tất Đạt"));

    let unit = program.json(&["unit", "QK10", "--json"]);
    assert!(unit["now"].as_array().unwrap().iter().any(|h| h["name"] == "Hồ Sĩ Nhã"));
    assert!(unit["before"].as_array().unwrap().iter().any(|h| h["name"] == "Lý Tất Đạt"));
    let review = |year: &str| {
        let reports = unit["reports"].as_array().unwrap();
        let found = reports.iter().find(|r| r["kind"] == "tổng kết" && r["day"].as_str().unwrap().starts_with(year));
        found.unwrap()["id"].as_str().unwrap().to_owned()
    };

    let line = program.json(&["lineup", &review("2023"), "--json"]);
    let orders: Vec<u64> = line["people"].as_array().unwrap().iter().map(|p| p["order"].as_u64().unwrap()).collect();
    assert_eq!(orders, (1..=orders.len() as u64).collect::<Vec<_>>());
    let two = program.json(&["lineup", &review("2023"), "--previous", "--json"]);
    assert_eq!((&two["older"]["id"], &two["newer"]["id"]), (&review("2022").into(), &review("2023").into()));

    let compared = program.json(&["compare", &review("2023"), "--json"]);
    assert_eq!(compared["older"], review("2022"));
    assert!(!compared["figures"].as_array().unwrap().is_empty());
    assert_eq!(program.json(&["compare", &review("2022"), &review("2023"), "--json"]), compared);
}

#[test]
fn tables_open_in_spreadsheets_and_every_row_has_its_sentence() {
    let program = Program::with_samples();
    let id = program.json(&["list", "--json", "tong ket"])[0]["id"].as_str().unwrap().to_owned();
    for args in [
        &["officials", "--csv"][..],
        &["official", "Đỗ Quang Khải", "--csv"],
        &["posts", "tư lệnh", "--csv"],
        &["unit", "qk10", "--csv"],
        &["lineup", &id, "--csv"],
    ] {
        let (code, plain, err) = program.run(args, "");
        assert_eq!(code, 0, "{err}");
        let (_, marked, _) = program.run(&[args, &["--bom"]].concat(), "");
        assert_eq!(marked, format!("\u{feff}{plain}"));
        assert!(plain.lines().next().unwrap().ends_with("report,report_date,source,sentence"), "{plain}");
        for row in plain.lines().skip(1) {
            assert!(!row.ends_with(','), "no sentence: {row}");
            assert!(!row.starts_with(['=', '+', '-', '@']), "{row}");
        }
        assert!(plain.lines().count() > 2 && plain.matches("\r\n").count() == plain.matches('\n').count());
    }
}

#[test]
fn decisions_are_made_shared_undone_and_outlive_a_rebuild() {
    let program = Program::with_samples();
    let ids = || -> Vec<String> {
        let found = program.json(&["officials", "Trần Văn Lượng", "--json"]);
        found.as_array().unwrap().iter().map(|o| o["id"].as_str().unwrap().to_owned()).collect()
    };
    let two = ids();
    assert_eq!(two.len(), 2);
    assert_eq!(program.run(&["decisions", "merge", &two[0], &two[1]], "").0, 0);
    assert_eq!(ids().len(), 1);
    assert_eq!(program.run(&["rebuild"], "").0, 0);
    assert_eq!(ids().len(), 1);
    let (_, file, _) = program.run(&["decisions", "export"], "");
    assert!(file.contains("same\tTrần Văn Lượng\t"), "{file}");
    assert_eq!(program.run(&["decisions", "undo"], "").0, 0);
    assert_eq!(ids(), two);
    assert_eq!(program.run(&["decisions", "import", "-"], &file).0, 0);
    assert_eq!(ids().len(), 1);
    let page = program.json(&["official", "Trần Văn Lượng", "--json"]);
    let report = page["reports"][0]["place"]["report"].as_str().unwrap().to_owned();
    assert_eq!(program.run(&["decisions", "split", &ids()[0], &report], "").0, 0);
    assert_eq!(ids().len(), 2);
    let (_, whole, _) = program.run(&["decisions", "export"], "");
    assert!(whole.contains("# Trần Văn Lượng: "), "{whole}");
    let (code, _, said) = program.run(&["decisions", "import", "-"], &format!("{file}maybe\tx\n"));
    let line = file.lines().count() + 1;
    assert!(code == 1 && said.contains(&format!("bị hỏng: dòng {line}: ")), "{said}");
    assert!(said.contains("chưa nhập gì"), "{said}");
    assert_eq!((program.run(&["decisions", "export"], "").1, ids().len()), (whole, 2));
}

#[test]
fn the_finder_marks_a_day_that_no_report_states_as_its_own() {
    // The day is inferred from the period: the end of the half-year.
    let undated = "Sư đoàn 9 sơ kết 6 tháng đầu năm 2023\n\nĐại tá Lê Văn Thử, Chính ủy Sư đoàn 9 chủ trì hội nghị.\n";
    let dated = "Sư đoàn 9 kiểm tra\n\nNgày 5-7-2022, Đại tá Đàm Quốc Vương, Phó Chính ủy Sư đoàn 9 kiểm tra.\n";
    let mut screen = crate::screen::open(&[undated, dated]);
    let finder = screen.press("o").text();
    assert!(finder.contains("~06-2023") && finder.contains(" 07-2022") && !finder.contains("~07-2022"), "{finder}");
}

#[test]
fn units_are_known_by_what_is_typed_and_named_as_written() {
    let program = Program::with_samples();
    for (typed, unit) in [
        ("qk10", "Quân khu 10"),
        ("QĐ9", "Quân đoàn 9"),
        ("vung 6 hai quan", "Vùng 6 Hải quân"),
        ("cuc chinh tri", "Cục Chính trị"),
        ("Cục Chính trị", "Cục Chính trị"),
    ] {
        assert_eq!(program.json(&["unit", "--json", typed])["unit"], unit, "{typed}");
    }
    let (code, _, said) = program.run(&["unit", "tong cuc"], "");
    assert!(code == 2 && said.contains("có thể là 2 đơn vị: Tổng cục Dự trữ quốc phòng; Tổng cục Khí tượng"), "{said}");
}

#[test]
fn officials_are_counted_as_the_finder_lists_them() {
    // Two officials of one name, and a report that gives the name without anything that tells whose it is.
    let store = cache(&[
        "Ngày 4-4-2018, Trung tá Thào A Súa, Trưởng phòng Tài chính Quân khu 12 báo cáo tại hội nghị.\n",
        "Ngày 9-9-2022, ông Thào A Súa, Giám đốc Sở Y tế tỉnh Phú Khê phát biểu tại hội nghị.\n",
        "Ngày 6-6-2021, hội thao khai mạc. Ông Thào A Súa cổ vũ các đội. Ông Vừ Mí Pó cũng đến xem.\n",
    ]);
    let listed = store.register().unwrap().officials().unwrap().len();
    assert_eq!(listed, 3);
    assert_eq!(store.cache().counts().unwrap().officials, listed);
    let mut screen = open_as(store, ReaderSettings::default(), SessionState::default(), (120, 24));
    assert!(screen.text().contains("3 cán bộ"), "{}", screen.text());
    screen.press("o");
    assert!(screen.text().contains("3/3"), "{}", screen.text());
}

#[test]
fn what_the_head_says_of_an_undated_official_is_not_said_again() {
    let texts = [
        "Họp bàn\n\nĐại tá Lã Văn Thử, Chính ủy Lữ đoàn 901 chủ trì buổi họp.\n",
        "Họp nữa\n\nĐại tá Lã Văn Thử, Chính ủy Lữ đoàn 901, nguyên Chính ủy Trung đoàn 17 chủ trì buổi họp.\n",
    ];
    let mut screen = open_as(cache(&texts), ReaderSettings::default(), SessionState::default(), (100, 30));
    let text = screen.press("Enter } e").text();
    let with = |words: &str| text.lines().filter(|line| line.contains(words)).count();
    assert_eq!(
        (with("Chính ủy Lữ đoàn 901"), with("Chính ủy Trung đoàn 17"), with("Không rõ ngày")),
        (1, 1, 1),
        "{text}"
    );
    assert!(text.contains("2 báo cáo, không rõ ngày"), "{text}");
}

//! Nothing in a report, a file name or an argument may control the terminal: hostile texts go through every verb, and
//! every byte of standard output and standard error is checked. `tests/it/terminal.rs` does the same for the screens.

use baocao::text::safe::is_unsafe;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Attacks, each of which is inserted into headline, name, post, unit and text.
pub const ATTACKS: [&str; 22] = [
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]52;c;cm0gLXJm\u{7}",
    "\u{1b}]8;;http://a\u{1b}\\x\u{1b}]8;;\u{1b}\\",
    "\u{1b}P$q\"p\u{1b}\\",
    "\u{1b}_Gf=24\u{1b}\\",
    "\u{1b}^pm\u{1b}\\",
    "\u{1b}c",
    "\u{1b}(0",
    "\u{1b}[?1049l",
    "\u{1b}[6n",
    "\u{9b}31m",
    "\u{9d}52;c;AAAA\u{9c}",
    "\u{7}\u{8}\u{8}\u{b}\u{c}\u{e}\u{7f}",
    "a\rb",
    "\u{202e}txt.exe\u{202c}",
    "\u{2066}x\u{2069}\u{200f}\u{200e}\u{61c}",
    "\u{200b}\u{200d}\u{feff}\u{2060}\u{ad}",
    "\u{e0041}\u{e007f}\u{fe0f}",
    "\u{2028}\u{2029}\u{85}",
    "\u{fff9}x\u{fffa}y\u{fffb}",
    "e\u{336}\u{336}\u{336}\u{336}\u{336}\u{336}\u{336}\u{336}\u{336}",
];

/// Writes hostile reports, one in each format, and a file with a hostile name.
pub fn hostile_files(folder: &Path) {
    for (n, attack) in ATTACKS.iter().enumerate() {
        let text = format!(
            "Hội nghị {attack}sơ kết công tác năm 20{:02}\n\nTrung tướng Nguyễn Văn{attack} Thử, Chính ủy \
             {attack}Quân khu Thử nghiệm chủ trì hội nghị.\n\n\
             Đại tá Trần {attack} Hai, Phó {attack} Chính ủy, phát biểu.{attack}\n\n\
             Nguồn: {attack}mod.example\n",
            n + 1
        );
        fs::write(folder.join(format!("{n}.txt")), &text).unwrap();
        let escaped: String = text.chars().fold(String::new(), |page, c| page + &format!("&#{};", u32::from(c)));
        let page = format!(
            "<html><head><title>Trang {n} {attack}</title></head><body><h1>Báo cáo {n} {attack}</h1>\
             <p>{escaped}</p></body></html>"
        );
        fs::write(folder.join(format!("{n}.html")), page).unwrap();
        let record = serde_json::json!({
            "title": format!("Bản ghi {n} {attack}"), "text": text, "url": format!("https://a.example/{attack}"),
            "unit": format!("Quân khu {attack}"), "date": format!("2022-01-01{attack}"), "tags": [attack],
        });
        fs::write(folder.join(format!("{n}.jsonl")), record.to_string()).unwrap();
    }
    #[cfg(unix)]
    {
        fs::write(folder.join("tên\u{1b}[31m\u{202e}\n.txt"), "Hội nghị của Đại tá Lê Văn Tên, Chính ủy.").unwrap();
        fs::write(folder.join("rỗng\u{1b}]0;x\u{7}.txt"), "").unwrap();
    }
}

fn baocao(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baocao"));
    command.env_clear().env("HOME", home).env("LC_ALL", "C.UTF-8").arg("--cache").arg(home.join("cache"));
    if let Some(root) = std::env::var_os("SystemRoot") {
        command.env("SystemRoot", root);
    }
    command.args(arguments).current_dir(home).output().unwrap()
}

/// Returns the lines that contain characters which a terminal would obey, hide or reorder.
fn unsafe_in(bytes: &[u8], marks_may_pile: bool) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let is_bad = |line: &&str| {
        let piled = line.split(|c| !('\u{300}'..='\u{36f}').contains(&c)).any(|marks| marks.chars().count() > 4);
        line.chars().any(|c| is_unsafe(c) || c == '\t') || (piled && !marks_may_pile)
    };
    text.lines().filter(is_bad).map(|line| format!("{line:?}")).collect()
}

#[track_caller]
fn safe(home: &Path, arguments: &[&str]) -> String {
    let output = baocao(home, arguments);
    // Output for programs is unchanged, except that what a terminal would obey is escaped.
    let for_programs = arguments.iter().any(|a| ["--json", "jsonl", "csv", "ftm", "extract"].contains(a));
    for (name, bytes) in [("output", &output.stdout), ("messages", &output.stderr)] {
        assert_eq!(unsafe_in(bytes, for_programs), Vec::<String>::new(), "{name} of {arguments:?}");
    }
    String::from_utf8(output.stdout).unwrap()
}

fn ids(home: &Path) -> Vec<String> {
    let list: serde_json::Value = serde_json::from_str(&safe(home, &["list", "--json"])).unwrap();
    list.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn no_verb_lets_a_report_control_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let folder = home.join("files");
    fs::create_dir(&folder).unwrap();
    hostile_files(&folder);
    safe(home, &["extract", "files"]);
    safe(home, &["import", "files"]);
    safe(home, &["import", "files", "--json"]);
    let ids = ids(home);
    assert!(ids.len() > 40, "{} reports", ids.len());
    for verb in [
        &["list"][..],
        &["officials"],
        &["officials", "--json"],
        &["officials", "thu"],
        &["export", "--format", "jsonl"],
        &["export", "--format", "csv"],
        &["export", "--format", "markdown"],
        &["export", "--format", "html"],
        &["export", "--format", "ftm"],
        &["doctor"],
        &["files"],
        &["rebuild"],
    ] {
        let shown = safe(home, verb);
        assert!(!shown.is_empty() || verb == ["rebuild"], "{verb:?} shows something");
    }
    for id in &ids {
        for form in [&["show", id][..], &["show", id, "--json"], &["show", id, "--markdown"], &["show", id, "--html"]] {
            safe(home, form);
        }
    }
    let officials: serde_json::Value = serde_json::from_str(&safe(home, &["officials", "--json"])).unwrap();
    for official in officials.as_array().unwrap() {
        let id = official["id"].as_str().unwrap();
        safe(home, &["official", id]);
        safe(home, &["official", id, "--json"]);
        safe(home, &["official", id, "--html"]);
    }
}

#[test]
fn no_message_repeats_an_attack() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    fs::write(home.join("bad.toml"), "theme = \"\u{1b}[31m\u{202e}\"\nno\u{1b}]52;c;AA\u{7} = 1\n").unwrap();
    for attack in ATTACKS.iter().filter(|attack| !attack.contains('\0')) {
        for arguments in [
            &["import", attack][..],
            &["show", attack],
            &["official", attack],
            &["remove", attack],
            &["list", attack],
            &["list", &format!("unit:{attack} kind:{attack} from:{attack}")],
            &["officials", attack],
            &[attack],
            &["list", "--sort", attack],
            &["import", "--encoding", attack, "."],
            &["--config", attack, "list"],
            &["--config", "bad.toml", "list"],
            &["completions", attack],
            &["export", "--format", attack],
            &["export", "--format", "csv", "-o", &format!("none/{attack}")],
        ] {
            safe(home, arguments);
        }
    }
}

#[test]
fn json_gives_back_what_the_report_holds() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    fs::write(home.join("one.txt"), "Hội nghị \u{1b}[2J\u{9b}tổng kết năm 2022\n\nĐại tá Lê Văn Một, Chính ủy.\n")
        .unwrap();
    safe(home, &["import", "one.txt"]);
    let id = ids(home).pop().unwrap();
    let report: serde_json::Value = serde_json::from_str(&safe(home, &["show", &id, "--json"])).unwrap();
    assert!(report.to_string().contains("tổng kết năm 2022"));
    assert!(!report.to_string().contains('\u{1b}'));
}

/// All text on the screen goes through one brush, which makes it safe; no other code may draw text.
#[test]
fn words_reach_the_screen_through_the_brush_only() {
    const BRUSHES: [&str; 3] = ["view/canvas.rs", "view/ascii.rs", "terminal/screen.rs"];
    const WAYS: [&str; 9] = [
        ".set_string",
        ".set_line(",
        ".set_span(",
        ".set_symbol(",
        ".set_char(",
        "ratatui::text",
        "ratatui::widgets",
        "render_widget(",
        "stdout()",
    ];
    let tui = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tui");
    let mut sources = Vec::new();
    let mut folders = vec![tui.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { sources.push(path) }
        }
    }
    assert!(sources.len() > 30, "the screens are looked at");
    for path in sources {
        let name = path.strip_prefix(&tui).unwrap().to_string_lossy().replace('\\', "/");
        if BRUSHES.contains(&name.as_str()) || name.ends_with("tests.rs") || name.starts_with("terminal/platform/") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for (n, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let way = WAYS.iter().find(|way| line.contains(**way));
            assert!(way.is_none(), "src/tui/{name}:{}: {way:?} goes past the brush", n + 1);
        }
    }
}

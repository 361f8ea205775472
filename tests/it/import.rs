//! What an import must survive: being killed at any moment, other imports at the same time, an open umask, a read-only
//! folder, a full disk.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Enough reports that an import takes several transactions.
const REPORTS: usize = 1500;

fn reports(folder: &Path, count: usize) {
    fs::create_dir(folder.join("in")).unwrap();
    for n in 0..count {
        let text = format!("Tin số {n}\n\nĐại tá Lê Văn Thử, Chính ủy Quân khu Thử nghiệm dự hội nghị lần {n}.\n");
        fs::write(folder.join("in").join(format!("{n:05}.txt")), text).unwrap();
    }
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baocao"));
    command.current_dir(folder).args(args).env("HOME", folder.join("home")).env("BAOCAO_CACHE", folder.join("cache"));
    command.stdin(Stdio::null()).env("LC_ALL", "en_US.UTF-8");
    command
}

fn ids(folder: &Path) -> BTreeSet<String> {
    let output = command(folder, &["list", "--json"]).output().unwrap();
    let rows: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let rows = rows.as_array().unwrap();
    let says = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{says}");
    let ids: BTreeSet<_> = rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), rows.len(), "no report twice");
    ids
}

fn told(line: &str) -> String {
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    line["reports"][0]["id"].as_str().unwrap().to_owned()
}

fn begin(folder: &Path) -> (Child, impl Iterator<Item = String> + use<>) {
    let mut child =
        command(folder, &["import", "--json", "in"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    (child, lines)
}

#[test]
fn a_kill_loses_nothing_that_was_told() {
    let folder = tempfile::tempdir().unwrap();
    reports(folder.path(), REPORTS);
    let mut known = BTreeSet::new();
    for enough in [1, 300, 800] {
        let (mut child, lines) = begin(folder.path());
        known.extend(lines.take(enough).map(|line| told(&line)));
        child.kill().unwrap();
        child.wait().unwrap();
        let kept = ids(folder.path());
        assert!(known.is_subset(&kept), "{} told, {} kept", known.len(), kept.len());
        known = kept;
    }
    assert!(command(folder.path(), &["import", "in"]).status().unwrap().success());
    assert_eq!(ids(folder.path()).len(), REPORTS);
    let officials = command(folder.path(), &["officials", "--json"]).output().unwrap();
    let officials: serde_json::Value = serde_json::from_slice(&officials.stdout).unwrap();
    assert_eq!((officials.as_array().unwrap().len(), &officials[0]["reports"]), (1, &REPORTS.into()));
}

#[test]
fn several_import_at_once_and_others_read() {
    let folder = tempfile::tempdir().unwrap();
    reports(folder.path(), 500);
    let importers: Vec<Child> =
        (0..3).map(|_| command(folder.path(), &["import", "in"]).stderr(Stdio::null()).spawn().unwrap()).collect();
    let mut seen = 0;
    for mut importer in importers {
        let now = ids(folder.path()).len();
        assert!(now >= seen, "{now} after {seen}");
        seen = now;
        assert!(importer.wait().unwrap().success());
    }
    assert_eq!(ids(folder.path()).len(), 500);
}

#[cfg(unix)]
#[test]
fn the_cache_is_for_its_owner_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    reports(folder.path(), 1);
    let program = env!("CARGO_BIN_EXE_baocao");
    let done = Command::new("sh")
        .args(["-c", &format!("umask 0; '{program}' --cache new/cache import in")])
        .current_dir(folder.path())
        .status();
    assert!(done.unwrap().success());
    for name in ["new", "new/cache", "new/cache/cache.db", "new/cache/user.data"] {
        let mode = fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name} {mode:o}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_the_cache_is_not_written_through() {
    let folder = tempfile::tempdir().unwrap();
    reports(folder.path(), 1);
    fs::create_dir(folder.path().join("cache")).unwrap();
    fs::write(folder.path().join("precious"), "precious").unwrap();
    std::os::unix::fs::symlink("../precious", folder.path().join("cache/cache.db")).unwrap();
    let output = command(folder.path(), &["import", "in"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("symbolic link"));
    assert_eq!(fs::read(folder.path().join("precious")).unwrap(), b"precious");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_what_was_saved_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    reports(folder.path(), REPORTS);
    let program = env!("CARGO_BIN_EXE_baocao");
    // With SIGXFSZ ignored, a limit on the file size makes writes fail just as a full disk does.
    let script = format!("trap '' XFSZ; ulimit -f 600; '{program}' --cache cache import --json in");
    let output = Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
    let says = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{says}");
    assert!(says.lines().count() == 1 && says.starts_with("baocao: không ghi được kho: "), "{says}");
    let told: BTreeSet<_> = String::from_utf8_lossy(&output.stdout).lines().map(told).collect();
    assert!(told.is_subset(&ids(folder.path())) && told.len() < REPORTS, "{} told", told.len());
    assert!(command(folder.path(), &["import", "in"]).status().unwrap().success());
    assert_eq!(ids(folder.path()).len(), REPORTS);
}

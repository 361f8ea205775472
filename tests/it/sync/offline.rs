//! That no byte leaves the machine in a run without a configured source: every verb and the reader, under a filter of
//! the system (seccomp) that ends a process at its first attempt to open a socket of a network.
//!
//! A test starts itself again as another process, which takes the filter and then becomes the program.

use crate::pty::Start;
use seccompiler::{SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule};
use std::collections::{BTreeMap, BTreeSet};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The arguments of the program to become, a line each; the test that has it set becomes the program.
const ARGUMENTS: &str = "BAOCAO_TEST_BECOME";
/// The signal of a process that the filter has ended.
const SIGSYS: i32 = 31;
/// Sockets within the machine.
const AF_UNIX: u64 = 1;
#[cfg(target_arch = "x86_64")]
const SYS_SOCKET: i64 = 41;
#[cfg(not(target_arch = "x86_64"))]
const SYS_SOCKET: i64 = 198;

/// No test of its own: becomes the program, under the filter, if the variable is set.
#[test]
fn becomes_the_program() {
    let Some(arguments) = std::env::var_os(ARGUMENTS) else { return };
    let is_network = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Ne, AF_UNIX).unwrap();
    let rules = BTreeMap::from([(SYS_SOCKET, vec![SeccompRule::new(vec![is_network]).unwrap()])]);
    let arch = std::env::consts::ARCH.try_into().unwrap();
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, SeccompAction::KillProcess, arch).unwrap();
    let filter: seccompiler::BpfProgram = filter.try_into().unwrap();
    seccompiler::apply_filter(&filter).unwrap();
    let arguments = arguments.into_string().unwrap();
    let error = Command::new(env!("CARGO_BIN_EXE_baocao")).args(arguments.lines()).env_remove(ARGUMENTS).exec();
    panic!("{error}");
}

/// How the test harness runs `becomes_the_program` alone.
const BECOME: [&str; 4] = ["--exact", "sync::offline::becomes_the_program", "--nocapture", "--quiet"];

struct Sealed {
    folder: tempfile::TempDir,
}

impl Sealed {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "Hội nghị\n\nNgày 2-2-2024, Đại tá Đàm Quốc Hưng dự.\n").unwrap();
        Self { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(std::env::current_exe().unwrap());
        for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(name);
        }
        command.args(BECOME).env(ARGUMENTS, arguments.join("\n")).env("HOME", self.path()).stdin(Stdio::null());
        command.env("BAOCAO_CACHE", self.path().join("cache")).env_remove("XDG_CONFIG_HOME").current_dir(self.path());
        command.output().unwrap()
    }

    fn is_killed(&self, arguments: &[&str]) -> bool {
        self.run(arguments).status.signal() == Some(SIGSYS)
    }
}

/// A call of each verb, or several.
const CALLS: &[&[&str]] = &[
    &["import", "a.txt"],
    &["list", "hung"],
    &["list", "https://bao.example.vn/"],
    &["show", "nothing"],
    &["officials", "hung"],
    &["official", "Đàm Quốc Hưng"],
    &["posts", "chính ủy"],
    &["unit", "qk7"],
    &["lineup", "nothing"],
    &["compare", "nothing"],
    &["decisions", "list"],
    &["notes"],
    &["cite", "verify", "a.txt"],
    &["extract", "a.txt"],
    &["pages", "check", "a.txt"],
    &["pages", "list"],
    &["export", "--format", "jsonl"],
    &["export", "--format", "html"],
    &["backup", "all.backup"],
    &["restore", "all.backup"],
    &["rebuild"],
    &["watch", "add", "hung", "hung"],
    &["watch", "list"],
    &["digest"],
    &["clean", "--dry-run"],
    &["demo"],
    &["serve", "--stdio"],
    &["doctor"],
    &["doctor", "--full"],
    &["config", "print"],
    &["completions", "bash"],
    &["man"],
    &["sync"],
    &["sync", "--dry-run"],
    &["sync", "--print-timer"],
    &["source", "list"],
    &["source", "list", "--outlets"],
    &["source", "add", "http://10.0.0.1/"],
    &["source", "add", "file:///etc/passwd"],
    // A known outlet is added without asking it.
    &["source", "add", "qdnd"],
    &["source", "export-opml"],
    &["source", "remove", "qdnd"],
    &["sync"],
    &["remove", "nothing"],
];

#[test]
fn no_verb_opens_a_connection_without_a_source() {
    let sealed = Sealed::new();
    for call in CALLS {
        assert!(!sealed.is_killed(call), "{call:?} opens a connection");
    }
    let readme = include_str!("../../../README.md");
    let verbs = readme.lines().filter_map(|line| line.strip_prefix("| `baocao ")?.split(['`', ' ']).next());
    let verbs: BTreeSet<&str> = verbs.filter(|verb| !verb.starts_with('[')).collect();
    let called: BTreeSet<&str> = CALLS.iter().map(|call| call[0]).collect();
    let left: Vec<_> = verbs.difference(&called).collect();
    assert!(left.is_empty(), "not called here: {left:?}");
    // The filter works: what does ask somebody is ended.
    assert!(sealed.is_killed(&["source", "add", "http://127.0.0.1:9/", "--allow-private"]));
    sealed.run(&["source", "add", "qdnd"]);
    assert!(sealed.is_killed(&["sync"]) && sealed.is_killed(&["source", "check", "qdnd"]));
}

#[test]
fn the_reader_opens_no_connection_without_a_source() {
    let sealed = Sealed::new();
    let (cache, text) = (sealed.path().join("cache"), sealed.path().join("a.txt"));
    let arguments = ["--lang", "en", "--cache", cache.to_str().unwrap(), text.to_str().unwrap()].join("\n");
    let test = std::env::current_exe().unwrap();
    let start = Start::program(sealed.path(), test.to_str().unwrap(), &BECOME).env(ARGUMENTS, &arguments);
    let mut reader = start.env("COLORFGBG", "15;0").start();
    reader.wait_for_text("Hội nghị");
    // The list, the report, the finder, a page, the palette; and to fetch, for which there is no source.
    for keys in ["\r", "\x1b[27u", "o", "\x1b[27u", ":", "\x1b[27u", "?", "\x1b[27u", "f"] {
        reader.press(keys);
    }
    reader.wait_for_text("There are no sources yet");
    reader.press("Q");
    assert!(reader.end().success());
}

//! Checks that the tree follows ARCHITECTURE.md: layers, pure cores, names, comments and links. Each test reads the
//! sources as text and reports the lines that break a rule.

mod docs;
mod literals;
mod messages;
mod names;
mod sections;
mod source;
mod text;

use source::{files_below, none, root, sources};
use std::fs;

/// The layers, lowest first, as in `src/lib.rs`: each may refer only to those before it.
const LAYERS: [&str; 18] = [
    "text",
    "system",
    "lang",
    "report",
    "citation",
    "extract",
    "ingest",
    "officials",
    "search",
    "digest",
    "store",
    "import",
    "config",
    "sync",
    "theme",
    "keymap",
    "tui",
    "cli",
];

/// The modules that may do I/O. All others are pure, values in and values out: no disk, clock, environment, terminal,
/// database or threads. In `tui`, the pure part is the state and everything that `update` and `view` call.
const IMPURE: [&str; 15] = [
    "main",
    "system",
    "store",
    "import",
    "config",
    "sync/clock",
    "sync/http",
    "sync/http_lookup",
    "sync/run",
    "sync/sync_lock",
    "cli",
    "tui/input",
    "tui/terminal",
    "tui/worker",
    // Only this file: the event loop of the reader.
    "tui.rs",
];

/// Substrings that show that a line does I/O.
const WORLD: [&str; 12] = [
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::process",
    "thread::",
    "thread_local!",
    "SystemTime",
    "Instant::now",
    "Zoned::now",
    "Timestamp::now",
    "rusqlite",
];

/// Exceptions in the pure core: here the same input still gives the same output.
const HARMLESS: [(&str, &str); 9] = [
    // Reads from a reader that the caller passes; opens nothing.
    ("ingest.rs", "std::io"),
    ("ingest/jsonl_lines.rs", "std::io"),
    ("ingest/json_text.rs", "std::io"),
    ("ingest/unpack", "std::io"),
    // Unpacks bytes that are in memory.
    ("sync/listing.rs", "std::io"),
    // Caches per thread, whose content is a pure function of the key.
    ("extract.rs", "thread_local!"),
    ("extract/token/word_cache.rs", "thread_local!"),
    ("search/vocabulary.rs", "thread_local!"),
    // Candidates are scored in parallel; the parts are joined in a fixed order.
    ("search/finder.rs", "thread::"),
];

/// Returns the layers that the `crate::…` paths on this line name.
fn layers_named(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        rest.get(..end)
    })
}

#[test]
fn each_layer_imports_only_what_stands_under_it() {
    let mut problems = Vec::new();
    for source in sources() {
        let Some(own) = LAYERS.iter().position(|layer| source.is_in(layer)) else { continue };
        for (n, line) in source.code() {
            for named in layers_named(line) {
                if LAYERS.iter().position(|layer| *layer == named).is_some_and(|layer| layer > own) {
                    problems.push(format!("src/{}:{n}: {} must not know {named}", source.path, LAYERS[own]));
                }
            }
        }
    }
    none(&problems);
}

/// The command line opens the reader and `doctor` describes the terminal. Everything else that both need is in a lower
/// layer.
const CLI_FILES_WITH_TUI: [&str; 2] = ["cli/open_reader.rs", "cli/doctor.rs"];

#[test]
fn the_command_line_knows_the_reader_in_few_files_only() {
    let mut problems = Vec::new();
    let others = sources().into_iter().filter(|s| s.is_in("cli") && !CLI_FILES_WITH_TUI.contains(&s.path.as_str()));
    for source in others {
        for (n, line) in source.code() {
            if layers_named(line).any(|named| named == "tui") {
                problems.push(format!("src/{}:{n}: only {CLI_FILES_WITH_TUI:?} may name tui", source.path));
            }
        }
    }
    none(&problems);
}

#[test]
fn the_list_of_layers_is_that_of_the_library() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let declared: Vec<&str> = lib.lines().filter_map(|l| l.strip_prefix("pub mod ")?.split(';').next()).collect();
    assert_eq!(declared, LAYERS);
}

#[test]
fn the_core_is_pure() {
    let mut problems = Vec::new();
    let sources = sources();
    for source in sources.iter().filter(|s| !IMPURE.iter().any(|module| s.is_in(module) || s.path == *module)) {
        for (n, line) in source.code() {
            for word in WORLD.iter().filter(|word| line.contains(**word)) {
                let is_harmless = |(module, harmless): &(&str, &str)| {
                    harmless == word && (source.path == *module || source.is_in(module))
                };
                if !HARMLESS.iter().any(is_harmless) {
                    problems.push(format!("src/{}:{n}: {word} in the pure core", source.path));
                }
            }
        }
    }
    none(&problems);
}

#[test]
fn unit_tests_run_what_ships() {
    let mut problems = Vec::new();
    for source in &sources() {
        let differing = source.code().filter(|(_, line)| line.contains("cfg!(test)"));
        problems.extend(differing.map(|(n, _)| format!("src/{}:{n}: take limits as an argument instead", source.path)));
    }
    none(&problems);
}

#[test]
fn one_module_knows_the_system() {
    let spellings = [
        "cfg(unix",
        "cfg(not(unix",
        "cfg(windows",
        "cfg!(unix",
        "cfg!(windows",
        "target_os",
        "std::os::",
        "rustix::",
        "signal_hook::",
    ];
    let mut problems = Vec::new();
    for source in sources().iter().filter(|s| !s.is_in("system")) {
        for (n, line) in source.code() {
            for word in spellings.iter().filter(|word| line.contains(**word)) {
                problems.push(format!("src/{}:{n}: {word} outside src/system", source.path));
            }
        }
    }
    none(&problems);
}

#[test]
fn one_module_opens_connections() {
    let spellings = ["ureq", "TcpStream", "TcpListener", "UdpSocket", "UnixStream", "ToSocketAddrs", "to_socket_addrs"];
    let mut problems = Vec::new();
    for source in sources().iter().filter(|s| !s.is_in("sync/http") && !s.is_in("sync/http_lookup")) {
        for (n, line) in source.code() {
            for word in spellings.iter().filter(|word| line.contains(**word)) {
                problems.push(format!("src/{}:{n}: {word} outside src/sync/http.rs", source.path));
            }
        }
    }
    none(&problems);
}

#[test]
fn sql_stands_in_the_store_only() {
    let speaks_sql = |line: &str| {
        ["SELECT ", "INSERT ", "UPDATE ", "DELETE FROM", "PRAGMA "].iter().any(|word| line.contains(word))
            || line.contains("rusqlite")
    };
    let mut problems = Vec::new();
    for source in sources().iter().filter(|s| !s.is_in("store")) {
        problems
            .extend(source.code().filter(|(_, l)| speaks_sql(l)).map(|(n, _)| format!("src/{}:{n}: SQL", source.path)));
    }
    none(&problems);
}

#[test]
fn no_file_holds_everything() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|s| s.code().count() > 600)
        .map(|s| format!("src/{}: {} lines of code; part it by idea", s.path, s.code().count()))
        .collect();
    none(&long);
}

#[test]
fn no_test_is_forgotten() {
    let it = root().join("tests/it");
    let main = fs::read_to_string(it.join("main.rs")).unwrap();
    let mut files = Vec::new();
    files_below(&it, "rs", &mut files);
    let forgotten: Vec<String> = files
        .iter()
        .filter(|path| path.parent() == Some(&it))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "main" && !main.contains(&format!("mod {name};")))
        .collect();
    none(&forgotten);
}

#[test]
fn the_changelog_has_an_unreleased_section_on_top() {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).unwrap();
    let first = changelog.lines().find(|line| line.starts_with("## "));
    assert_eq!(first, Some("## [Unreleased]"));
}

//! Inputs that are no ordinary files: pipes without an end, names of open pipes, a parser that fails.

use super::{HUE, HUNG, World};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

/// Writes records to `pipe` until nobody reads any more.
fn write_without_end(mut pipe: impl Write + Send + 'static) {
    std::thread::spawn(move || {
        for n in 0_u64.. {
            if writeln!(pipe, "{{\"title\":\"Tin {}\",\"text\":\"một hai ba {}\"}}", n % 5000, n % 5000).is_err() {
                break;
            }
        }
    });
}

#[test]
fn a_pipe_of_json_lines_without_end_is_told_as_it_comes() {
    for (verb, several) in [("import", "reports"), ("extract", "people")] {
        let world = World::new(&[]);
        let args: &[&str] =
            if verb == "import" { &["import", "--json", "--format", "jsonl", "-"] } else { &["extract", "-"] };
        let mut child =
            world.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        write_without_end(child.stdin.take().unwrap());
        // Lines come although the input does not end: nothing has to be kept until then.
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        for _ in 0..3 {
            let line: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
            assert!(line[several].is_array(), "{line}");
            assert!(verb == "extract" || line["more"] == true, "{line}");
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

#[cfg(unix)]
#[test]
fn standard_input_and_open_pipes_may_be_named_by_their_paths() {
    let world = World::new(&[("a.txt", HUNG), ("b.txt", HUE)]);
    let sum = "1 report imported, 0 known already, from 1 file";
    assert!(world.feed(&["import", "/dev/stdin"], HUNG).says().contains(sum));
    let shell = format!("'{}' import <(cat in/b.txt)", env!("CARGO_BIN_EXE_baocao"));
    let mut bash = std::process::Command::new("bash");
    bash.args(["-c", &shell]).current_dir(world.folder.path()).stdin(Stdio::null());
    let done = bash
        .env("LC_ALL", "en_US.UTF-8")
        .env("HOME", world.path("home"))
        .env("BAOCAO_CACHE", world.path("cache"))
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&done.stderr).contains(sum), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_fault_of_a_parser_costs_one_file() {
    // A declaration behind other content, which a parser of feeds may not expect.
    let feed = "<rss version=\"2.0\"><channel><item><title>Báo cáo</title><description>x\
                <?xml version=\"1.0\" encoding=\"utf-16\"?></description></item></channel></rss>";
    let world = World::new(&[("a.txt", HUNG), ("b.xml", feed), ("c.txt", HUE)]);
    let ran = world.run(&["extract", "in/a.txt", "in/b.xml", "in/c.txt"]);
    assert!(ran.code() <= 1, "{}", ran.says());
    let files: Vec<Value> = ran.out().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let named = |name: &str| files.iter().any(|line: &Value| line["file"] == name);
    assert!(named("in/a.txt") && named("in/c.txt"), "{}", ran.out());
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_replaced_by_a_link_is_not_followed() {
    use baocao::import::{ImportOptions, find, read_only};
    let world = World::new(&[]);
    for (folder, text) in [("in/sub/deep", HUNG), ("other/deep", HUE)] {
        fs::create_dir_all(world.path(folder)).unwrap();
        fs::write(world.path(folder).join("a.txt"), text).unwrap();
    }
    let found = find(&[world.path("in")]);
    assert_eq!(found.len(), 1);
    let read = || {
        let mut texts = Vec::new();
        let outcome = read_only(&found[0], &ImportOptions::default(), &mut |draft, _| {
            texts.push(draft.text);
            Ok::<(), ()>(())
        });
        (texts, outcome.unwrap().problem)
    };
    assert!(read().0[0].starts_with("Hội nghị tổng kết"));
    fs::rename(world.path("in/sub"), world.path("sub-of-before")).unwrap();
    std::os::unix::fs::symlink(world.path("other"), world.path("in/sub")).unwrap();
    let after = read();
    assert!(after.0.is_empty() && after.1.is_some(), "{after:?}");
}

#[test]
fn a_query_that_no_name_can_need_is_refused_at_once() {
    let world = World::filled();
    let (words, letters) = ("x y ".repeat(600), "đ".repeat(10_000));
    for verb in ["officials", "official", "posts", "unit"] {
        for query in [&words, &letters] {
            world.run(&[verb, query]).fails(2, "the query is too long");
        }
    }
    assert_ne!(world.run(&["posts", &"x ".repeat(30)]).code(), 2);
}

#[cfg(unix)]
#[test]
fn an_export_goes_into_what_is_no_plain_file_and_never_over_the_cache() {
    use std::os::unix::fs::FileTypeExt;
    let world = World::filled();
    for place in ["/dev/stdout", "/dev/fd/1"] {
        let ran = world.run(&["export", "--format", "csv", "-o", place]);
        assert_eq!((ran.code(), ran.out().lines().count()), (0, 3), "{place}: {}", ran.says());
    }
    assert_eq!(world.run(&["export", "--format", "csv", "-o", "/dev/null"]).code(), 0);
    let pipe = world.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    assert_eq!(world.run(&["export", "--format", "csv", "-o", "pipe"]).code(), 0);
    assert_eq!(reader.join().unwrap().lines().count(), 3);
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo(), "it is still there");
    std::os::unix::fs::symlink(world.path("cache/cache.db"), world.path("linked")).unwrap();
    for place in ["cache/cache.db", "cache/user.data", "cache/cache.db-wal", "linked"] {
        world.run(&["export", "--format", "csv", "-o", place]).fails(2, "a file of the cache");
    }
    assert_eq!(world.run(&["list"]).out().lines().count(), 2);
}

#[cfg(unix)]
#[test]
fn settings_are_read_from_what_has_an_end() {
    let world = World::filled();
    world.run(&["--config", "/dev/zero", "list"]).fails(2, "it is not a plain file but a device");
    assert!(std::process::Command::new("mkfifo").arg(world.path("pipe")).status().unwrap().success());
    world.run(&["--config", "pipe", "list"]).fails(2, "it is not a plain file but a pipe");
    fs::write(world.path("large.toml"), "#".repeat(1 << 20)).unwrap();
    world.run(&["--config", "large.toml", "list"]).fails(2, "larger than 256 KiB");
    let shell = format!("'{}' --config <(echo 'lang = \"en\"') config print", env!("CARGO_BIN_EXE_baocao"));
    let printed = std::process::Command::new("bash").args(["-c", &shell]).output().unwrap();
    assert!(String::from_utf8_lossy(&printed.stdout).contains("lang = \"en\""));
}

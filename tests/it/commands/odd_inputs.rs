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
    let done = bash.env("HOME", world.path("home")).env("BAOCAO_CACHE", world.path("cache")).output().unwrap();
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
    let (found, _) = find(&[world.path("in")]);
    assert_eq!(found.len(), 1);
    let read = || {
        let mut read = Vec::new();
        let kept = read_only(&found[0], &ImportOptions::default(), &mut |one| {
            read.push(one.map(|(draft, _)| draft.text));
            Ok::<(), ()>(())
        });
        kept.unwrap();
        read
    };
    assert!(read()[0].as_ref().unwrap().starts_with("Hội nghị tổng kết"));
    fs::rename(world.path("in/sub"), world.path("sub-of-before")).unwrap();
    std::os::unix::fs::symlink(world.path("other"), world.path("in/sub")).unwrap();
    let after = read();
    assert!(after.len() == 1 && after[0].is_err(), "{after:?}");
}

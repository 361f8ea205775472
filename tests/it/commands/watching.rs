//! `import --watch`, `--url` and `--outlet`: files that come while the program runs, and what a file does not say.

use super::*;
use std::io::{BufRead, BufReader};

#[test]
fn a_watched_folder_is_imported_and_then_what_comes_into_it() {
    let world = World::new(&[("a.txt", HUNG)]);
    let mut child = world.command(&["import", "--watch", "in", "--json"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || serde_json::from_str::<Value>(&lines.next().unwrap().unwrap()).unwrap();
    let first = next();
    fs::write(world.path("in/b.txt"), HUE).unwrap();
    let second = next();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!([&first["file"], &second["file"]], ["in/a.txt", "in/b.txt"]);
    assert_eq!([&first["ok"], &second["ok"]], [&Value::Bool(true); 2]);
    assert_eq!(world.run(&["list", "--json"]).json().as_array().unwrap().len(), 2);
    world.run(&["import", "--watch", "in/a.txt"]).fails(2, "needs a folder");
}

#[test]
fn the_user_says_what_a_file_does_not() {
    let world = World::new(&[("a.txt", HUNG), ("b.jsonl", "{\"text\":\"Một tin.\"}\n{\"text\":\"Hai tin.\"}\n")]);
    let url = "https://bao.example.vn/tin/1.html";
    assert_eq!(world.run(&["import", "in/a.txt", "--url", url, "--outlet", "Báo Thử"]).code(), 0);
    let row = &world.run(&["list", "--json"]).json()[0];
    assert_eq!(row["source"], url);
    let shown = world.run(&["show", row["id"].as_str().unwrap(), "--json"]).json();
    assert_eq!([&shown["url"], &shown["outlet"]], [url, "Báo Thử"]);
    world.run(&["import", "in", "--url", url]).fails(2, "the one file");
    world.run(&["import", "in/a.txt", "--url", "mailto:a"]).fails(2, "--url cannot be");
    // Two reports of one file cannot both have it.
    world.run(&["import", "in/b.jsonl", "--url", url]).fails(1, "none got it");
    let message = |n: usize| {
        let head = "Date: Thu, 2 Apr 2026 08:00:00 +0700\nContent-Type: text/plain; charset=utf-8";
        format!(
            "From a@example.vn Thu Apr  2 08:00:00 2026\nFrom: a@example.vn\nSubject: Tin\n{head}\n\nTin thứ {n}.\n\n"
        )
    };
    fs::write(world.path("in/c.mbox"), [message(1), message(2)].concat()).unwrap();
    world.run(&["import", "in/c.mbox", "--url", url]).fails(1, "it has 2: none got it");
    assert_eq!(world.run(&["list", "--json"]).json().as_array().unwrap().len(), 5);
}

//! Backups: made and checked while another process writes, restored, and refused if they are not whole; and copies of
//! the cache's files made by other means, which are never called good unless they are whole.

use super::{HUE, HUNG, World};
use baocao::extract::people_and_facts;
use baocao::ingest::{InputHint, read};
use baocao::store::Store;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A cache with two reports, and marks.
fn marked() -> World {
    let world = World::filled();
    let store = Store::open(&world.path("cache")).unwrap();
    let ids: Vec<String> = store.cache().known_ids().unwrap().iter().collect();
    store.marks().set_starred(&ids[0], true).unwrap();
    store.marks().set_tag(&ids[1], "đọc lại", true).unwrap();
    world
}

/// The names of the files in the cache, without journals and the folder of copies of the marks.
fn files(world: &World, cache: &str) -> Vec<String> {
    let names = fs::read_dir(world.path(cache)).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> =
        names.filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm") && name != "backups").collect();
    names.sort();
    names
}

#[test]
fn a_backup_brings_back_reports_and_marks_and_keeps_what_was_there() {
    let world = marked();
    let before = world.run(&["export", "--format", "jsonl"]).out();
    world.run(&["backup", "kept"]).fails(0, "2 reports and the marks are in kept");
    assert_eq!(world.run(&["backup", "kept"]).code(), 0, "a backup replaces a backup");
    // Into another cache, which has none yet.
    world.run(&["--cache", "other", "restore", "kept"]).fails(0, "2 reports and the marks are restored");
    assert_eq!(world.run(&["--cache", "other", "export", "--format", "jsonl"]).out(), before);
    assert_eq!(files(&world, "other"), ["cache.db", "user.data"]);
    // Over one that has changed since.
    let id = world.run(&["list", "--json"]).json()[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(world.run(&["remove", &id]).code(), 0);
    let restored = world.run(&["restore", "kept"]);
    restored.fails(0, "what was there before is kept as");
    assert_eq!(world.run(&["export", "--format", "jsonl"]).out(), before);
    let kept: Vec<String> = files(&world, "cache").into_iter().filter(|name| name.contains(".replaced-")).collect();
    assert_eq!(kept.len(), 2, "{kept:?}");
    let old = world.path("old");
    fs::create_dir(&old).unwrap();
    for name in &kept {
        fs::copy(world.path("cache").join(name), old.join(name.split(".replaced-").next().unwrap())).unwrap();
    }
    assert_eq!(world.run(&["--cache", "old", "list"]).out().lines().count(), 1, "the old cache is whole too");
    assert_eq!(world.run(&["--cache", "old", "doctor", "--full"]).code(), 0);
}

#[test]
fn a_backup_overwrites_nothing_else() {
    let world = marked();
    fs::write(world.path("notes.txt"), "mine").unwrap();
    world.run(&["backup", "notes.txt"]).fails(2, "is not a backup, so it is not replaced");
    assert_eq!(fs::read_to_string(world.path("notes.txt")).unwrap(), "mine");
    for own in ["cache/cache.db", "cache/user.data"] {
        world.run(&["backup", own]).fails(2, "it is a file of the cache");
    }
    world.run(&["backup", "none/kept"]).fails(2, "there is no folder");
    world.run(&["backup", "in"]).fails(2, "it is a folder");
    assert_eq!(world.run(&["list"]).out().lines().count(), 2);
}

#[test]
fn what_is_no_whole_backup_changes_nothing() {
    let world = marked();
    let before = world.run(&["export", "--format", "jsonl"]).out();
    assert_eq!(world.run(&["backup", "kept"]).code(), 0);
    let whole = fs::read(world.path("kept")).unwrap();
    let mut torn = whole.clone();
    torn.truncate(whole.len() / 8192 / 2 * 8192);
    let mut changed = whole.clone();
    let text = changed.windows(4).rposition(|bytes| bytes == [0x28, 0xb5, 0x2f, 0xfd]).unwrap_or(whole.len() / 2);
    changed[text + 12] ^= 0x55;
    let mut zeroed = whole.clone();
    zeroed[8192 * 3..8192 * 5].fill(0);
    for (what, bytes) in [("torn", torn), ("zeroed", zeroed), ("empty", Vec::new()), ("other", b"Not a cache".to_vec())]
    {
        fs::write(world.path("bad"), bytes).unwrap();
        let ran = world.run(&["restore", "bad"]);
        ran.fails(1, "the backup \"bad\" could not be restored");
        assert_eq!(world.run(&["export", "--format", "jsonl"]).out(), before, "{what}");
    }
    world.run(&["restore", "none"]).fails(1, "the backup \"none\" could not be restored");
    world.run(&["restore", "cache/cache.db"]).fails(1, "it is not a backup of baocao");
    assert_eq!(files(&world, "cache"), ["cache.db", "user.data"]);
    // A backup is no cache either.
    fs::create_dir(world.path("wrong")).unwrap();
    fs::copy(world.path("kept"), world.path("wrong/cache.db")).unwrap();
    assert_ne!(world.run(&["--cache", "wrong", "doctor"]).code(), 0);
}

#[test]
fn a_cache_in_use_is_not_replaced() {
    let world = marked();
    assert_eq!(world.run(&["backup", "kept"]).code(), 0);
    let store = Store::open(&world.path("cache")).unwrap();
    assert_eq!(store.cache().counts().unwrap().reports, 2);
    world.run(&["restore", "kept"]).fails(3, "another program has it open");
    drop(store);
    assert_eq!(world.run(&["restore", "kept"]).code(), 0);
}

#[test]
#[cfg(unix)]
fn what_a_killed_restore_has_left_is_removed_and_one_at_work_is_left_alone() {
    let world = marked();
    let folder = world.path("cache/restoring");
    fs::create_dir(&folder).unwrap();
    for name in ["cache.db", "user.data", "user.data-journal"] {
        fs::write(folder.join(name), vec![7; 40_000]).unwrap();
    }
    let at_work = fs::File::open(world.path("cache")).unwrap();
    at_work.lock().unwrap();
    assert_eq!(world.run(&["list"]).out().lines().count(), 2);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3, "another process restores");
    drop(at_work);
    assert_eq!(world.run(&["list"]).out().lines().count(), 2);
    assert_eq!(files(&world, "cache"), ["cache.db", "user.data"]);
}

#[test]
fn a_damaged_cache_is_replaced_as_it_is() {
    let world = marked();
    let before = world.run(&["export", "--format", "jsonl"]).out();
    assert_eq!(world.run(&["backup", "kept"]).code(), 0);
    fs::write(world.path("cache/cache.db"), vec![7; 40_000]).unwrap();
    fs::write(world.path("cache/user.data"), "").unwrap();
    assert_eq!(world.run(&["restore", "kept"]).code(), 0);
    assert_eq!(world.run(&["export", "--format", "jsonl"]).out(), before);
}

/// Saves reports one after the other, each in a transaction, and counts them once they are saved.
fn fill(store: &Store, reports: usize, saved: &AtomicUsize) {
    for n in 0..reports {
        let text = format!("{HUNG}\nTin số {n}: {}\n\n{HUE}", format!("đơn vị {n} hoàn thành việc {n}. ").repeat(12));
        let hint = InputHint { name: "a.txt", ..InputHint::default() };
        let draft = read(text.as_bytes(), &hint).unwrap().pop().unwrap();
        store.cache().save("a.txt", &draft, &people_and_facts(&draft)).unwrap();
        saved.store(n + 1, Ordering::SeqCst);
    }
}

/// Copies files as a user would. By another process: SQLite's locks are those of the process, and a file that is opened
/// and closed in this one would lose them.
fn copy(from: &Path, to: &Path, names: &[&str]) {
    fs::create_dir_all(to).unwrap();
    for name in names.iter().filter(|name| from.join(name).exists()) {
        let _ = Command::new("cp").arg(from.join(name)).arg(to.join(name)).output().unwrap();
    }
}

#[cfg(unix)]
#[test]
fn copies_at_any_moment_of_an_import_are_whole_or_said_not_to_be() {
    let world = World::new(&[]);
    let saved = AtomicUsize::new(0);
    let cache = world.path("cache");
    let store = Store::open(&cache).unwrap();
    // Each copy, with the number of reports that were saved before it was begun.
    let mut backups: Vec<(String, usize)> = Vec::new();
    let mut copies: Vec<(String, usize)> = Vec::new();
    let reports = 150;
    std::thread::scope(|scope| {
        let writer = std::thread::Builder::new();
        let saved = &saved;
        writer.spawn_scoped(scope, move || fill(&store, reports, saved)).unwrap();
        for n in 0.. {
            // A few reports from one copy to the next, so that there are not too many to look at.
            while saved.load(Ordering::SeqCst) < (n * 3).min(reports) {
                std::thread::yield_now();
            }
            let before = saved.load(Ordering::SeqCst);
            if before == reports {
                break;
            }
            let name = format!("copy-{n}");
            match n % 4 {
                0 => {
                    let ran = world.run(&["backup", &name]);
                    assert_eq!(ran.code(), 0, "{}", ran.says());
                    backups.push((name, before));
                    // Readers are at work too.
                    assert_eq!(world.run(&["list", "--limit", "1"]).code() & !1, 0);
                    continue;
                }
                1 => copy(&cache, &world.path(&name), &["cache.db", "user.data"]),
                2 => copy(&cache, &world.path(&name), &["cache.db", "cache.db-wal", "user.data"]),
                _ => copy(&cache, &world.path(&name), &["cache.db-wal", "cache.db", "user.data"]),
            }
            copies.push((name, before));
        }
    });
    assert!(backups.len() > 1 && copies.len() > 5, "{} {}", backups.len(), copies.len());
    for (name, before) in &backups {
        let restored = format!("of-{name}");
        assert_eq!(world.run(&["--cache", &restored, "restore", name]).code(), 0);
        let ran = world.run(&["--cache", &restored, "doctor", "--full"]);
        assert_eq!(ran.code(), 0, "{}", ran.out());
        let has = world.run(&["--cache", &restored, "list", "--json"]).json().as_array().unwrap().len();
        assert!(has >= *before, "{name} has {has} of {before}");
    }
    let mut told = 0;
    for (name, before) in &copies {
        let ran = world.run(&["--cache", name, "doctor"]);
        if ran.code() == 0 {
            let has = Store::open(&world.path(name)).unwrap().cache().counts().unwrap().reports;
            assert!(has >= *before, "{name} has {has} of {before} and is called good: {}", ran.out());
        } else {
            told += 1;
            assert!(ran.out().contains("damaged"), "{}", ran.out());
            // The next command makes the best of it, and says that reports are missing.
            let mended = world.run(&["--cache", name, "rebuild"]);
            assert!(mended.says().contains("some may be missing"), "{name}: {}", mended.says());
            assert_eq!(world.run(&["--cache", name, "doctor"]).code(), 0);
        }
    }
    assert!(told > 0, "some copies lack their log");
}

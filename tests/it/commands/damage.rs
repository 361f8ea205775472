//! What a user is told about damage on disk: which file it is in, what is safe, what to do. Every verb works
//! afterwards.

use super::{Ran, World};
use std::fs;

/// A filled world with a star on one report.
fn with_a_star() -> World {
    let world = World::filled();
    let store = baocao::store::Store::open(&world.path("cache")).unwrap();
    let id = store.cache().known_ids().unwrap().iter().next().unwrap();
    store.marks().set_starred(&id, true).unwrap();
    world
}

fn change(world: &World, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
    let path = world.path(&format!("cache/{name}"));
    let mut bytes = fs::read(&path).unwrap();
    change(&mut bytes);
    fs::write(&path, bytes).unwrap();
}

fn row(ran: &Ran, label: &str) -> String {
    let said = ran.out();
    let line = said.lines().find(|line| line.split_whitespace().next() == Some(label));
    line.unwrap_or_else(|| panic!("no {label}: {said}")).trim_start_matches(label).trim().to_owned()
}

#[test]
fn damage_of_the_marks_is_told_as_that_once_and_stops_nothing() {
    for page in 1..=6 {
        let world = with_a_star();
        change(&world, "user.data", |bytes| bytes[(page - 1) * 4096..page * 4096].fill(0));
        let first = world.run(&["list"]);
        assert_eq!((first.code(), first.out().lines().count()), (0, 2), "{page}: {}", first.says());
        let says = first.says();
        assert!(says.contains("marks") && says.contains("user.data.corrupt-"), "{page}: {says}");
        assert!(!says.contains("the cache was damaged") && says.lines().count() == 1, "{page}: {says}");
        let again = world.run(&["list"]);
        assert_eq!((again.code(), again.says().as_str()), (0, ""), "{page}");
        let doctor = world.run(&["doctor"]);
        assert!(row(&doctor, "marks").starts_with("good") && row(&doctor, "health") == "good", "{}", doctor.out());
    }
}

#[test]
fn the_copy_of_the_day_brings_the_star_back() {
    let world = with_a_star();
    assert_eq!(world.run(&["list", "is:starred"]).out().lines().count(), 1);
    assert!(row(&world.run(&["doctor"]), "marks").contains("copies: 1"), "{}", world.run(&["doctor"]).out());
    change(&world, "user.data", |bytes| bytes[4096..8192].fill(0));
    let ran = world.run(&["list", "is:starred"]);
    assert_eq!(ran.out().lines().count(), 1, "{}", ran.says());
    assert!(ran.says().contains("1 more from the copy of"), "{}", ran.says());
}

#[test]
fn a_cache_with_a_damaged_head_is_mended_by_any_verb() {
    for harm in ["head", "schema", "application"] {
        let world = with_a_star();
        change(&world, "cache.db", |bytes| match harm {
            "head" => bytes[..100].fill(0x5a),
            "schema" => bytes[100..4096].fill(0),
            _ => bytes[68..72].fill(7),
        });
        let ran = world.run(&["list"]);
        assert_eq!(ran.out().lines().count(), 2, "{harm}: {}", ran.says());
        assert!(ran.says().contains("the cache was damaged") && ran.says().contains("cache.db.corrupt-"), "{harm}");
        assert_eq!(world.run(&["list"]).says(), "", "{harm}");
        assert_eq!(world.run(&["list", "is:starred"]).out().lines().count(), 1, "{harm}");
    }
}

#[test]
fn what_is_made_anew_in_place_is_told_as_that() {
    let world = with_a_star();
    rusqlite::Connection::open(world.path("cache/cache.db")).unwrap().execute_batch("DROP TABLE held").unwrap();
    let ran = world.run(&["posts", "chinh uy"]);
    assert!(ran.code() == 0 && !ran.says().contains("kept as"), "{}", ran.says());
    assert!(ran.says().contains("it was made anew of all texts (2)"), "{}", ran.says());
}

#[test]
fn the_whole_check_reads_every_text() {
    let world = with_a_star();
    assert_eq!(row(&world.run(&["doctor", "--full"]), "health"), "good: all pages and texts (2)");
    let cache = rusqlite::Connection::open(world.path("cache/cache.db")).unwrap();
    cache.execute_batch("UPDATE body SET text = 'Bốn' WHERE no = 1").unwrap();
    drop(cache);
    let ran = world.run(&["doctor", "--full"]);
    assert_eq!(ran.code(), 3);
    assert!(row(&ran, "health").contains("`baocao rebuild`"), "{}", ran.out());
    let rebuilt = world.run(&["rebuild"]);
    assert!(rebuilt.says().contains("reports that are back: 1"), "{}", rebuilt.says());
    assert_eq!(row(&world.run(&["doctor", "--full"]), "health"), "good: all pages and texts (1)");
}

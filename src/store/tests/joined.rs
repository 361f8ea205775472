//! Several archives that are listed as one: what is joined, what follows when they change, and what one that cannot be
//! read does to the others.

use super::archive::{KEY, NAME, apart, content, filled, reports};
use super::*;
use crate::officials::decision::{Decision, Verdict};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;

/// Two archives, and the reader's own folder.
struct World {
    folder: TempDir,
}

impl World {
    fn new() -> Self {
        let world = Self { folder: tempfile::tempdir().unwrap() };
        for name in ["a", "b"] {
            fs::create_dir(world.path(name)).unwrap();
        }
        world
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn joined(&self) -> JoinedArchives {
        JoinedArchives::new(&self.path("own"), &[self.path("a"), self.path("b")])
    }

    fn writer(&self) -> JoinWriter {
        self.joined().open(&mut |_| ()).unwrap()
    }

    /// The joined cache as a cache of its own, to be harmed.
    fn harm(&self, sql: &str) {
        Store::open(self.joined().folder()).unwrap().db.execute_batch(sql).unwrap();
    }

    fn open(&self) -> Store {
        self.joined().open_to_read(&self.path("own")).unwrap()
    }
}

fn update(writer: &JoinWriter) -> JoinTotals {
    writer.update(&AtomicBool::new(false), &mut |_| ()).unwrap().unwrap()
}

/// The number of reports that were added and removed, without any problem.
fn changed(writer: &JoinWriter) -> (usize, usize) {
    let JoinTotals { added, removed, problems, .. } = update(writer);
    assert_eq!(problems, Vec::<String>::new());
    (added, removed)
}

/// Saves a report as an import does, so that its people are those of the text.
fn imported(store: &Store, text: &str) -> String {
    let (draft, _) = sample(text, "", &[]);
    store.cache().save("a.txt", &draft, &people_and_facts(&draft)).unwrap();
    id_of(text)
}

#[test]
fn archives_are_listed_as_one_with_a_report_of_both_once() {
    let world = World::new();
    let (a, b) = (Store::open(&world.path("a")).unwrap(), Store::open(&world.path("b")).unwrap());
    imported(&a, "Ngày 1-5-2021, Đại tá Lê Văn Thử dự.");
    let both = imported(&a, "Ngày 1-5-2022, Đại tá Lê Văn Thử nói.");
    imported(&b, "Ngày 1-5-2022, Đại tá Lê Văn Thử nói.");
    imported(&b, "Ngày 1-5-2023, Đại tá Lê Văn Thử về.");
    a.cache().close_log().unwrap();
    drop((a, b));
    let before = [content(&world.path("a")), content(&world.path("b"))];
    let writer = world.writer();
    assert_eq!(changed(&writer), (3, 0));
    let store = world.open();
    let titles = texts(&store);
    assert_eq!(titles.len(), 3);
    assert!(titles[0].contains("về") && titles[2].contains("dự"), "merged by day: {titles:?}");
    assert_eq!(reports(&store), [3], "one official of the reports of both archives");
    // Marks are the reader's, by the id of the text.
    store.marks().set_starred(&both, true).unwrap();
    assert!(Store::open(&world.path("own")).unwrap().marks().of(&both).unwrap().1);
    let refused = store.cache().remove(&both).unwrap_err().to_string();
    assert!(refused.contains("others fill") && refused.contains("/b\""), "{refused}");
    assert_eq!([content(&world.path("a")), content(&world.path("b"))], before, "nothing is written there");
    assert_eq!(changed(&writer), (0, 0));
}

#[test]
fn what_arrives_and_what_goes_is_followed() {
    let world = World::new();
    let (a, [one, two]) = filled(&world.path("a"));
    let (b, _) = filled(&world.path("b"));
    let writer = world.writer();
    assert_eq!(changed(&writer), (2, 0));
    let reader = world.open();
    let new = saved(&b, "Tin mới", "2023-05-01", &[]);
    assert_eq!(changed(&writer), (1, 0));
    assert_eq!(texts(&reader).len(), 3, "the reader sees it at once");
    // It stays as long as one archive has it.
    a.cache().remove(&one).unwrap();
    assert_eq!(changed(&writer), (0, 0));
    b.cache().remove(&one).unwrap();
    assert_eq!(changed(&writer), (0, 1));
    // The number of the last text is used again.
    b.cache().remove(&new).unwrap();
    saved(&b, "Tin khác", "2023-05-01", &[]);
    assert_eq!(changed(&writer), (1, 1));
    // The last text goes, and none comes.
    let last = saved(&b, "Tin cuối", "2024-05-01", &[]);
    assert_eq!(changed(&writer), (1, 0));
    b.cache().remove(&last).unwrap();
    assert_eq!(changed(&writer), (0, 1));
    assert_eq!(texts(&reader), ["Tin khác", "Ông Lê Văn Thử nói"]);
    assert!(reader.cache().load(&two).unwrap().is_some());
}

#[test]
fn another_copy_of_an_archive_is_compared_text_by_text() {
    let world = World::new();
    let (writer, origin) = (world.writer(), tempfile::tempdir().unwrap());
    let (store, [one, _]) = filled(origin.path());
    drop(filled(&world.path("b")));
    let copy = || {
        store.cache().close_log().unwrap();
        fs::copy(origin.path().join(CACHE_FILE), world.path("a/new")).unwrap();
        fs::rename(world.path("a/new"), world.path("a").join(CACHE_FILE)).unwrap();
    };
    copy();
    assert_eq!(changed(&writer), (2, 0));
    // As many texts with the same numbers, so only their ids differ.
    store.cache().remove(&one).unwrap();
    store.cache().remove(&id_of("Ông Lê Văn Thử nói")).unwrap();
    saved(&store, "Tin một", "2021-05-01", &[]);
    saved(&store, "Tin hai", "2022-05-01", &[]);
    copy();
    assert_eq!(changed(&writer), (2, 0), "the others are in the second archive too");
    assert_eq!(texts(&world.open()).len(), 4);
}

/// Takes over, and writes `bytes` over the cache of `name` when its texts have been read.
fn update_while_written(world: &World, writer: &JoinWriter, name: &str, bytes: &[u8]) -> JoinTotals {
    let archive = world.path(name);
    let mut write = |progress: JoinProgress<'_>| {
        if progress.archive == archive {
            fs::write(archive.join(CACHE_FILE), bytes).unwrap();
            // Whatever the clock of the file system can tell apart.
            let file = fs::File::options().write(true).open(archive.join(CACHE_FILE)).unwrap();
            file.set_modified(std::time::SystemTime::now() + std::time::Duration::from_secs(60)).unwrap();
        }
    };
    writer.update(&AtomicBool::new(false), &mut write).unwrap().unwrap()
}

/// The bytes of a cache at rest.
fn at_rest(store: Store, folder: &Path) -> Vec<u8> {
    store.cache().close_log().unwrap();
    drop(store);
    fs::read(folder.join(CACHE_FILE)).unwrap()
}

#[test]
fn what_was_read_while_an_archive_was_written_is_compared_the_next_time() {
    let world = World::new();
    drop(filled(&world.path("a")));
    let b = Store::open(&world.path("b")).unwrap();
    let id = saved(&b, "Tin của b", "2023-05-01", &[]);
    let whole = at_rest(b, &world.path("b"));
    // As a copy in place shows it before its last page has come.
    let half = Store::open(&world.path("b")).unwrap();
    half.db.execute("UPDATE body SET text = 'another' WHERE id = ?1", [&id]).unwrap();
    at_rest(half, &world.path("b"));
    let writer = world.writer();
    let totals = update_while_written(&world, &writer, "b", &whole);
    assert!(totals.problems.len() == 1 && totals.problems[0].contains("is just being copied"), "{totals:?}");
    assert_eq!((changed(&writer), texts(&world.open()).len()), ((1, 0), 3));
}

#[test]
fn an_archive_that_cannot_be_read_is_a_line_and_the_others_are_shown() {
    let world = World::new();
    drop(filled(&world.path("a")));
    let writer = world.writer();
    let problem = |totals: JoinTotals| {
        assert_eq!(totals.problems.len(), 1, "{totals:?}");
        totals.problems.into_iter().next().unwrap()
    };
    let told = problem(update(&writer));
    assert!(told.contains("/b\"") && told.contains("the others are shown without it"), "{told}");
    assert_eq!(texts(&world.open()).len(), 2);
    // It comes back, and is lost again: what it had is shown on.
    saved(&Store::open(&world.path("b")).unwrap(), "Tin của b", "2023-05-01", &[]);
    assert_eq!(changed(&writer), (1, 0));
    fs::write(world.path("b").join(CACHE_FILE), "no cache").unwrap();
    let told = problem(update(&writer));
    assert!(told.contains("its reports (1) are shown as they were the last time"), "{told}");
    assert_eq!(texts(&world.open()).len(), 3);
    assert_eq!(problem(update(&writer)), told, "it is tried again each time");
}

#[test]
fn a_text_that_is_damaged_is_left_out_and_told() {
    let world = World::new();
    drop(filled(&world.path("a")));
    let (b, [one, _]) = filled(&world.path("b"));
    b.cache().close_log().unwrap();
    b.db.execute("UPDATE body SET text = 'another' WHERE id = ?1", [&one]).unwrap();
    saved(&b, "Tin của b", "2023-05-01", &[]);
    let writer = world.writer();
    let totals = update(&writer);
    assert_eq!((totals.added, totals.problems.len()), (3, 1), "{totals:?}");
    assert!(totals.problems[0].contains("damaged texts of the archive"), "{totals:?}");
}

#[test]
fn what_was_taken_over_before_a_stop_is_kept_and_the_next_run_goes_on() {
    let world = World::new();
    let a = Store::open(&world.path("a")).unwrap();
    for n in 0..200 {
        saved(&a, &format!("Tin số {n}"), "2021-05-01", &[]);
    }
    drop((a, filled(&world.path("b"))));
    let (writer, stop) = (world.writer(), AtomicBool::new(true));
    assert!(writer.update(&stop, &mut |_| ()).unwrap().unwrap().stopped);
    // Stopped at the first progress that is told.
    stop.store(false, std::sync::atomic::Ordering::Relaxed);
    let mut told = Vec::new();
    let first = writer.update(&stop, &mut |progress| {
        told.push((progress.done, progress.of));
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    let first = first.unwrap().unwrap();
    assert!(first.stopped && told[0].1 == 200 && first.added > 0, "{first:?} {told:?}");
    drop(writer);
    let writer = world.writer();
    assert_eq!(update(&writer).added + first.added, 202);
    assert_eq!(changed(&writer), (0, 0));
}

#[test]
fn one_process_takes_over_at_a_time() {
    let world = World::new();
    drop((filled(&world.path("a")), filled(&world.path("b"))));
    let (one, other) = (world.writer(), world.writer());
    one.lock.lock().unwrap();
    assert_eq!(other.update(&AtomicBool::new(false), &mut |_| ()).unwrap(), None);
    one.lock.unlock().unwrap();
    assert_eq!(changed(&other), (2, 0));
}

#[test]
fn what_joins_archives_is_made_anew_if_it_is_damaged() {
    let world = World::new();
    drop((filled(&world.path("a")), filled(&world.path("b"))));
    assert_eq!(changed(&world.writer()), (2, 0));
    let path = world.joined().folder().join(CACHE_FILE);
    let mut bytes = fs::read(&path).unwrap();
    bytes[100..].fill(7);
    fs::write(&path, bytes).unwrap();
    assert_eq!(changed(&world.writer()), (2, 0));
}

#[test]
fn a_newer_format_leaves_known_which_archives_have_a_report() {
    let world = World::new();
    let (a, [one, _]) = filled(&world.path("a"));
    let (b, _) = filled(&world.path("b"));
    saved(&b, "Tin của b", "2023-05-01", &[]);
    assert_eq!(changed(&world.writer()), (3, 0));
    world.harm(&format!("PRAGMA user_version = {}", cache::VERSION - 1));
    a.cache().remove(&one).unwrap();
    b.cache().remove(&one).unwrap();
    assert_eq!(changed(&world.writer()), (0, 1), "no archive has it any more");
}

#[test]
fn people_and_facts_are_found_again_by_newer_rules() {
    let world = World::new();
    drop((filled(&world.path("a")), filled(&world.path("b"))));
    update(&world.writer());
    world.harm("UPDATE meta SET value = value - 1 WHERE name = 'rules'; UPDATE report SET unit = 'x'");
    let writer = world.writer();
    assert!(writer.has_old_rules().unwrap());
    assert_eq!(changed(&writer), (0, 0));
    assert!(!writer.has_old_rules().unwrap());
    let units: i64 = cache::number(&world.open().db, "SELECT count(*) FROM report WHERE unit = 'x'").unwrap();
    assert_eq!(units, 0);
}

#[test]
fn nothing_is_written_while_nothing_arrives() {
    let world = World::new();
    drop(filled(&world.path("a")));
    let writer = world.writer();
    assert_eq!(update(&writer).problems.len(), 1, "there is no second archive");
    let reader = world.open();
    let version = reader.data_version().unwrap();
    for writer in [writer, world.writer()] {
        assert_eq!(update(&writer).problems.len(), 1);
    }
    assert_eq!(reader.data_version().unwrap(), version, "the list would be read again");
}

#[test]
fn a_writer_knows_that_its_file_was_deleted() {
    let world = World::new();
    drop((filled(&world.path("a")), filled(&world.path("b"))));
    let writer = world.writer();
    assert_eq!(changed(&writer), (2, 0));
    assert!(!writer.is_gone());
    fs::remove_dir_all(world.joined().folder()).unwrap();
    assert!(writer.is_gone());
    let again = world.writer();
    assert!(writer.is_gone() && !again.is_gone());
    assert_eq!(changed(&again), (2, 0));
}

#[test]
fn decisions_of_the_archives_hold_and_the_earlier_archive_is_right() {
    let world = World::new();
    let (a, ids) = filled(&world.path("a"));
    let (b, _) = filled(&world.path("b"));
    let together = Decision { verdict: Verdict::Same, ..apart(&ids) };
    let writer = world.writer();
    b.register().unwrap().decide(KEY, &[apart(&ids)]).unwrap();
    update(&writer);
    let reader = world.open();
    assert_eq!(reports(&reader), [1, 1], "of {NAME}");
    a.register().unwrap().decide(KEY, &[together]).unwrap();
    update(&writer);
    assert_eq!(reports(&reader), [2]);
    // The reader's own come above both.
    reader.register().unwrap().decide(KEY, &[apart(&ids)]).unwrap();
    assert_eq!(reports(&reader), [1, 1]);
    reader.register().unwrap().undo_decision().unwrap();
    a.register().unwrap().undo_decision().unwrap();
    b.register().unwrap().undo_decision().unwrap();
    update(&writer);
    assert_eq!((reports(&reader), reader.register().unwrap().decisions_of(KEY).unwrap()), (vec![2], Vec::new()));
}

#[test]
fn a_date_that_was_set_by_hand_in_an_archive_holds() {
    let world = World::new();
    let (a, b) = (filled(&world.path("a")).0, filled(&world.path("b")).0);
    let text = "Ngày 1-5-2024, đơn vị họp.";
    let id = imported(&a, text);
    let dated = || {
        let found = world.open().index().find(&parse("date:2018-02-03").0, Sort::Date, WindowBounds::all()).unwrap();
        found.rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    a.cache().set_date(&id, crate::search::date::DayRange::parse("2018-02-03")).unwrap();
    update(&world.writer());
    assert_eq!(dated(), [id.as_str()]);
    // The other archive has its address, by which the report is derived again.
    let draft = Draft { url: Some("https://bao.example.vn/a".into()), ..sample(text, "", &[]).0 };
    b.cache().save("b.txt", &draft, &people_and_facts(&draft)).unwrap();
    update(&world.writer());
    assert_eq!(dated(), [id.as_str()]);
    world.harm(&format!("PRAGMA user_version = {}", cache::VERSION - 1));
    update(&world.writer());
    assert_eq!(dated(), [id.as_str()]);
    // Once no archive has the report, its date is forgotten too.
    for store in [&a, &b] {
        assert!(store.cache().remove(&id).unwrap());
    }
    assert_eq!(changed(&world.writer()), (0, 1));
    imported(&b, text);
    assert_eq!((changed(&world.writer()), dated()), ((1, 0), Vec::new()));
}

#[test]
fn a_filter_asks_which_archive_has_a_report() {
    let world = World::new();
    let (a, b) = (Store::open(&world.path("a")).unwrap(), Store::open(&world.path("b")).unwrap());
    for (store, text) in [(&a, "Tin một"), (&a, "Tin hai"), (&b, "Tin hai"), (&b, "Tin ba")] {
        saved(store, text, "2021-05-01", &[]);
    }
    update(&world.writer());
    let store = world.open();
    let found = |typed: &str| {
        let rows = store.index().find(&parse(typed).0, Sort::Title, WindowBounds::all()).unwrap().rows;
        rows.into_iter().map(|row| row.title).collect::<Vec<_>>()
    };
    assert_eq!(found("archive:a"), ["Tin hai", "Tin một"]);
    assert_eq!(found("archive:a archive:b"), ["Tin hai"]);
    assert_eq!(found("-archive:a"), ["Tin ba"]);
    // Beside what is checked report by report.
    assert_eq!(found("source:b.txt OR archive:b"), ["Tin ba", "Tin hai"]);
    assert_eq!(found("archive:c"), Vec::<String>::new());
    assert_eq!(
        (store.archive_names().unwrap(), store.archives_of(&id_of("Tin hai")).unwrap()),
        (vec!["a".into(), "b".into()], vec!["a".to_owned(), "b".to_owned()])
    );
    // A cache of one's own joins none.
    assert_eq!(a.index().find(&parse("archive:a").0, Sort::Title, WindowBounds::all()).unwrap().rows, []);
}

#[test]
fn a_backup_of_several_archives_is_one_of_a_cache_that_joins_none() {
    let world = World::new();
    drop((filled(&world.path("a")), filled(&world.path("b"))));
    update(&world.writer());
    let backup = world.path("backup");
    world.open().back_up(&backup).unwrap();
    Store::restore(&world.path("restored"), &backup, &mut |_| ()).unwrap();
    let restored = Store::open(&world.path("restored")).unwrap();
    assert_eq!((texts(&restored).len(), restored.archive_names().unwrap()), (2, Vec::<String>::new()));
}

#[test]
fn a_list_has_its_own_place_whatever_is_named_twice() {
    let own = Path::new("own");
    let list = |folders: &[&str]| JoinedArchives::new(own, &folders.iter().map(PathBuf::from).collect::<Vec<_>>());
    assert_eq!(list(&["/a", "/b", "/a"]), list(&["/a", "/b"]));
    assert_eq!(list(&["/a/", "/b//"]).folder(), list(&["/a", "/b"]).folder());
    assert_ne!(list(&["/a", "/b"]).folder(), list(&["/b", "/a"]).folder());
    assert_ne!(list(&["/ab", "/c"]).folder(), list(&["/a", "/bc"]).folder());
}

/// Without locks two processes would take over the same reports at once.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn a_file_system_without_locks_is_told_with_the_way_out() {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};
    const FLOCK: i64 = 73;
    const NO_LOCKS: u32 = 37;
    let world = World::new();
    // The filter holds for the thread that takes it.
    let thread = std::thread::spawn(move || {
        let rules = [(FLOCK, Vec::new())].into_iter().collect();
        let arch = std::env::consts::ARCH.try_into().unwrap();
        let filter = SeccompFilter::new(rules, SeccompAction::Allow, SeccompAction::Errno(NO_LOCKS), arch).unwrap();
        apply_filter(&BpfProgram::try_from(filter).unwrap()).unwrap();
        let own = tempfile::tempdir().unwrap();
        let store = Store::open(own.path()).unwrap();
        saved(&store, "Một", "2021-05-01", &[]);
        assert!(store.marks().set_starred("a", true).is_ok() && store.notices().is_empty(), "{:?}", store.notices());
        world.writer().update(&AtomicBool::new(false), &mut |_| ()).unwrap_err().to_string()
    });
    let told = thread.join().unwrap();
    assert!(told.contains("its file system has no locks") && told.contains("--cache"), "{told}");
}

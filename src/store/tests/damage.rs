//! Damage on disk: of the file of the marks, of the head, the middle and the end of a cache, and several processes that
//! find it at the same time.

use super::*;
use crate::officials::Place;
use crate::officials::decision::{Decision, Verdict};
use crate::search::date::DayRange;
use std::fs;
use std::path::{Path, PathBuf};

const PAGE: usize = 4096;

/// A cache with one report, and marks of every kind on it. Returns the path of the marks.
fn with_marks(folder: &Path) -> (PathBuf, String) {
    let store = Store::open(folder).unwrap();
    let id = saved(&store, "Đại tá Lê Văn Thử dự", "2021-05-01", &["Lê Văn Thử"]);
    store.marks().set_starred(&id, true).unwrap();
    store.marks().set_tag(&id, "đọc lại", true).unwrap();
    store.marks().set_tag(&id, "2018", true).unwrap();
    store.marks().set_place('a', &id, 3).unwrap();
    store.cache().set_date(&id, DayRange::parse("12-6-2018")).unwrap();
    store.register().unwrap().decide("lê văn thử", &[decision()]).unwrap();
    (folder.join(USER_FILE), id)
}

fn decision() -> Decision {
    let place = |report: &str| Place { report: report.into(), at: 3 };
    Decision { verdict: Verdict::Apart, name: "Lê Văn Thử".into(), this: place("r1"), that: place("r2") }
}

/// What is left of the marks, in words.
fn marks(store: &Store, id: &str) -> Vec<String> {
    let mut left = Vec::new();
    left.extend(store.marks().of(id).unwrap().1.then(|| "star".to_owned()));
    left.extend(store.marks().tags_of(id).unwrap());
    left.extend(store.marks().places().unwrap().iter().map(|place| place.0.to_string()));
    left.extend(store.cache().date_by_hand(id).unwrap().map(|date| date.to_string()));
    left.extend(store.notes().of_report(id).unwrap().into_iter().map(|note| note.text));
    left.extend(store.register().unwrap().decisions().unwrap().iter().map(|one| one.name.clone()));
    left
}

const ALL: [&str; 6] = ["star", "2018", "đọc lại", "a", "2018-06-12", "Lê Văn Thử"];

fn change(path: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    change(&mut bytes);
    fs::write(path, bytes).unwrap();
}

fn kept_aside(folder: &Path, name: &str) -> usize {
    let aside = format!("{name}.corrupt-");
    // Not its journals.
    let is_journal = |name: &str| name.ends_with("-wal") || name.ends_with("-shm");
    let is_one = |entry: &fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.starts_with(&aside) && !is_journal(&name)
    };
    fs::read_dir(folder).unwrap().map(Result::unwrap).filter(is_one).count()
}

#[test]
fn a_damaged_page_of_the_marks_costs_what_is_on_it() {
    for page in 1..=6 {
        let folder = tempfile::tempdir().unwrap();
        let (path, id) = with_marks(folder.path());
        change(&path, |bytes| bytes[(page - 1) * PAGE..page * PAGE].fill(0));
        let store = Store::open(folder.path()).unwrap();
        assert!(store.notices().iter().any(|notice| notice.contains("marks") && notice.contains("were damaged")));
        let left = marks(&store, &id);
        assert!(ALL.iter().filter(|mark| !left.iter().any(|one| one == *mark)).count() <= 2, "{page}: {left:?}");
        assert_eq!(store.cache().counts().unwrap().reports, 1, "the cache is not to blame");
        assert_eq!((kept_aside(folder.path(), USER_FILE), kept_aside(folder.path(), CACHE_FILE)), (1, 0));
        drop(store);
        assert_eq!(Store::open(folder.path()).unwrap().notices(), [""; 0], "mended for good");
    }
}

#[test]
fn up_to_where_was_seen_is_read_back_from_every_page_but_its_own() {
    let position = ImportPosition { body: 1, at: 1_790_000_000 };
    let (mut lost, mut pages) = (0, 0);
    for page in 1.. {
        let folder = tempfile::tempdir().unwrap();
        let (path, _) = with_marks(folder.path());
        let store = Store::open(folder.path()).unwrap();
        for by in [SeenBy::Reader, SeenBy::Digest, SeenBy::WatchDigest("tướng")] {
            store.marks().set_seen(by, position).unwrap();
        }
        drop(store);
        pages = fs::metadata(&path).unwrap().len() as usize / PAGE;
        if page > pages {
            break;
        }
        change(&path, |bytes| bytes[(page - 1) * PAGE..page * PAGE].fill(0));
        let store = Store::open(folder.path()).unwrap();
        let seen = |by| store.marks().seen(by).unwrap();
        let left = [seen(SeenBy::Reader), seen(SeenBy::Digest), seen(SeenBy::WatchDigest("tướng"))];
        assert!(left == [Some(position); 3] || left == [None; 3], "page {page}: {left:?}");
        lost += usize::from(left == [None; 3]);
    }
    assert!(pages > 6 && lost <= 1, "lost with {lost} of {pages} pages");
}

#[test]
fn what_is_damaged_comes_back_from_the_newest_copy() {
    let folder = tempfile::tempdir().unwrap();
    let (path, id) = with_marks(folder.path());
    let store = Store::open(folder.path()).unwrap();
    assert!(store.back_up_marks().unwrap().is_some());
    assert_eq!(store.back_up_marks().unwrap(), None, "one a day");
    drop(store);
    for harm in [1, 2, 3, 6] {
        change(&path, |bytes| bytes[(harm - 1) * PAGE..harm * PAGE].fill(0xa5));
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(marks(&store, &id), ALL, "page {harm}");
    }
    for emptied in [true, false] {
        if emptied {
            fs::write(&path, "").unwrap();
        } else {
            fs::remove_file(&path).unwrap();
        }
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(marks(&store, &id), ALL);
        assert!(store.notices()[0].contains("restored"), "{:?}", store.notices());
    }
}

#[test]
fn a_column_of_another_name_is_damage_of_the_marks() {
    let folder = tempfile::tempdir().unwrap();
    let (path, id) = with_marks(folder.path());
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch("ALTER TABLE mark RENAME COLUMN report TO repost; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(db);
    let store = Store::open(folder.path()).unwrap();
    let notices = store.notices().join("\n");
    assert!(notices.contains("its table `mark` is not as it was made"), "{notices}");
    assert_eq!(marks(&store, &id), ALL);
    assert_eq!(kept_aside(folder.path(), USER_FILE), 1);
}

/// Every table of user.sql, with every column.
#[test]
fn the_columns_that_are_checked_are_those_that_are_made() {
    let db = rusqlite::Connection::open_in_memory().unwrap();
    db.execute_batch(&format!("ATTACH ':memory:' AS user; {}", include_str!("../marks/user.sql"))).unwrap();
    let made =
        "SELECT t.name, group_concat(c.name, ', ') FROM user.sqlite_schema t, pragma_table_info(t.name, 'user') c
                WHERE t.type = 'table' GROUP BY t.name ORDER BY t.rowid";
    let made: Vec<(String, String)> =
        db.prepare(made).and_then(|mut s| s.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()).unwrap();
    let checked = crate::store::user_file::COLUMNS.map(|(table, columns)| (table.to_owned(), columns.join(", ")));
    assert_eq!(made, checked);
}

#[test]
fn an_emptied_file_of_marks_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (path, id) = with_marks(folder.path());
    fs::write(&path, "").unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert!(store.notices()[0].contains("was empty"), "{:?}", store.notices());
    assert!(marks(&store, &id).is_empty());
    drop(store);
    assert_eq!(Store::open(folder.path()).unwrap().notices(), [""; 0]);
}

#[test]
fn a_table_that_is_missing_and_a_decision_that_cannot_be_read_are_mended() {
    for (harm, lost) in [("DROP TABLE mark", "star"), ("UPDATE decision SET data = '[1'", "Lê Văn Thử")] {
        let folder = tempfile::tempdir().unwrap();
        let (path, id) = with_marks(folder.path());
        rusqlite::Connection::open(&path).unwrap().execute_batch(harm).unwrap();
        let mended = Store::recover(folder.path()).unwrap();
        assert_eq!(mended.cache, CacheRecovery::Sound, "{harm}");
        let store = Store::open(folder.path()).unwrap();
        let left: Vec<_> = ALL.iter().filter(|mark| **mark != lost).copied().collect();
        assert_eq!(marks(&store, &id), left, "{harm}");
    }
}

#[test]
fn a_database_of_another_program_in_place_of_the_marks_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = with_marks(folder.path());
    fs::remove_file(&path).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    let before = fs::read(&path).unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert!(store.notices()[0].contains("belongs to another program"), "{:?}", store.notices());
    assert!(store.marks().set_starred("a", true).is_err());
    drop(store);
    assert!(fs::read(&path).unwrap() == before, "not a byte is changed");
}

#[test]
fn only_the_last_seven_copies_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (_, id) = with_marks(folder.path());
    let copies = folder.path().join("backups");
    fs::create_dir(&copies).unwrap();
    for day in 1..=9 {
        fs::write(copies.join(format!("user.data-2020-01-0{day}")), "").unwrap();
    }
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(90_000);
    let newest = fs::File::open(copies.join("user.data-2020-01-09")).unwrap();
    newest.set_modified(old).unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.marks().set_read(&id, true).unwrap();
    let made = store.back_up_marks().unwrap().unwrap();
    let left = store.marks_backups();
    assert_eq!((left.len(), left.last()), (7, Some(&made)));
    assert!(fs::metadata(&made.path).unwrap().len() < 100_000);
}

/// A cache of some hundred reports. Returns its path.
fn large(folder: &Path) -> PathBuf {
    let store = Store::open(folder).unwrap();
    let reports = (0..300).map(|n| {
        let text = format!("Đại tá Lê Văn Thử dự hội nghị lần {n}. {}", format!("chữ {n} ").repeat(n * 20));
        let (draft, found) = sample(&text, "2021-05-01", &["Lê Văn Thử"]);
        PreparedReport::new("a.txt", draft, &found)
    });
    store.cache().save_all(&reports.collect::<Vec<_>>()).unwrap();
    folder.join(CACHE_FILE)
}

#[test]
fn a_cache_with_a_damaged_head_or_a_missing_end_is_read_by_its_pages() {
    for (harm, least) in [("head", 300), ("root", 250), ("end", 200)] {
        let folder = tempfile::tempdir().unwrap();
        let path = large(folder.path());
        change(&path, |bytes| match harm {
            "head" => bytes[..PAGE].fill(0xa5),
            // The page above the leaves of `body`.
            "root" => bytes[2 * PAGE..3 * PAGE].fill(0x5a),
            _ => bytes.truncate(bytes.len() - bytes.len() / 10),
        });
        let mended = Store::recover(folder.path()).unwrap();
        let CacheRecovery::Anew { aside, reports, whole } = mended.cache else { panic!("{harm}: {mended:?}") };
        assert!(reports >= least && !whole, "{harm}: {reports}");
        assert!(aside.exists() && !folder.path().join("mending").exists());
        let store = Store::open(folder.path()).unwrap();
        assert_eq!((store.cache().counts().unwrap().reports, store.cache().damage().unwrap()), (reports, None));
        assert_eq!(store.register().unwrap().officials().unwrap()[0].reports, reports);
    }
}

/// SQLite reads through a table whose first page is an empty one of another table, and finds nothing.
#[test]
fn texts_are_found_whose_page_has_changed_places_with_an_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    let (_, id) = with_marks(folder.path());
    let store = Store::open(folder.path()).unwrap();
    store.cache().close_log().unwrap();
    let root = |table: &str| -> usize {
        let sql = "SELECT rootpage FROM main.sqlite_schema WHERE name = ?1";
        store.db.query_row(sql, [table], |row| row.get(0)).unwrap()
    };
    let [texts, empty] = ["body", "stale"].map(root);
    drop(store);
    change(&folder.path().join(CACHE_FILE), |bytes| {
        let place = |page: usize| (page - 1) * PAGE..page * PAGE;
        let (one, other) = (bytes[place(texts)].to_vec(), bytes[place(empty)].to_vec());
        bytes[place(texts)].copy_from_slice(&other);
        bytes[place(empty)].copy_from_slice(&one);
    });
    let mended = Store::recover(folder.path()).unwrap().cache;
    assert!(matches!(mended, CacheRecovery::Anew { reports: 1, whole: true, .. }), "{mended:?}");
    assert_eq!(marks(&Store::open(folder.path()).unwrap(), &id), ALL);
}

/// Where a file says whose it is may be damaged together with its format.
#[test]
fn a_head_of_which_nothing_is_left_but_its_first_word_is_damage_too() {
    let folder = tempfile::tempdir().unwrap();
    let (_, id) = with_marks(folder.path());
    change(&folder.path().join(CACHE_FILE), |bytes| bytes[36..100].fill(0x5a));
    let error = Store::open(folder.path()).map(|_| ()).unwrap_err();
    assert!(error.is_damage(), "{error}");
    assert!(matches!(Store::recover(folder.path()).unwrap().cache, CacheRecovery::Anew { reports: 1, .. }));
    assert_eq!(marks(&Store::open(folder.path()).unwrap(), &id), ALL);
    // A file of another program, in which texts have two bytes for a letter.
    let other = tempfile::tempdir().unwrap();
    let db = rusqlite::Connection::open(other.path().join(CACHE_FILE)).unwrap();
    db.execute_batch("PRAGMA encoding = 'UTF-16'; CREATE TABLE one (text TEXT)").unwrap();
    drop(db);
    assert!(matches!(Store::open(other.path()).map(|_| ()).unwrap_err(), StoreError::NotOurs { .. }));
}

#[test]
fn kept_bytes_are_read_back_whatever_is_damaged() {
    for harm in ["head", "leaf", "end"] {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.keep_sources(Some(1 << 30));
        // Each takes several pages, as letters in no order cannot be packed.
        let page = |n: usize| -> Vec<u8> {
            (0..30_000_usize).map(|at| (at.wrapping_mul(at + n + 7).wrapping_mul(2_654_435_761) >> 13) as u8).collect()
        };
        let reports = (0..20).map(|n| {
            let (draft, found) = sample(&format!("Đại tá Lê Văn Thử dự lần {n}."), "2021-05-01", &["Lê Văn Thử"]);
            let mut report = PreparedReport::new("a.html", draft, &found);
            let source = PackedSource::pack(&page(n)).unwrap().into();
            report.source = Some(SourceReading { source, nth: 0, how: "{}".to_owned() });
            report
        });
        let reports: Vec<PreparedReport> = reports.collect();
        let ids: Vec<String> = reports.iter().map(|report| report.id.clone()).collect();
        store.cache().save_all(&reports).unwrap();
        drop(store);
        let path = folder.path().join(CACHE_FILE);
        change(&path, |bytes| match harm {
            "head" => bytes[..PAGE].fill(0xa5),
            "leaf" => {
                let packed = zstd::bulk::compress(&page(3), 3).unwrap();
                let at = bytes.windows(200).position(|some| some == &packed[..200]).unwrap();
                // A leaf of the table: the first bytes of two or three sources stand on it.
                let page = at / PAGE * PAGE;
                bytes[page..page + PAGE].fill(0xa5);
            }
            _ => bytes.truncate(bytes.len() - bytes.len() / 10),
        });
        let mended = Store::recover(folder.path()).unwrap().cache;
        let store = Store::open(folder.path()).unwrap();
        let is_kept = |(n, id): (usize, &String)| {
            let bytes = store.kept_sources().bytes_of(id).unwrap();
            bytes.inspect(|bytes| assert_eq!(*bytes, page(n), "{harm}")).is_some()
        };
        let left = ids.iter().enumerate().filter(|(n, id)| is_kept((*n, *id))).count();
        let least = if harm == "end" { 12 } else { 17 };
        assert!(left >= least && (harm == "head") == (left == 20), "{harm}: {left} of 20, {mended:?}");
        assert_eq!(store.kept_sources().usage().unwrap().sources, left);
    }
}

#[test]
fn one_mends_and_the_others_wait() {
    let folder = tempfile::tempdir().unwrap();
    let path = large(folder.path());
    let (user, _) = with_marks(folder.path());
    change(&user, |bytes| bytes[PAGE..2 * PAGE].fill(0));
    let openers: Vec<_> = (0..6)
        .map(|_| {
            let folder = folder.path().to_owned();
            std::thread::spawn(move || Store::open(&folder).unwrap().cache().counts().unwrap().reports)
        })
        .collect();
    assert!(openers.into_iter().all(|opener| opener.join().unwrap() == 301));
    assert_eq!(kept_aside(folder.path(), USER_FILE), 1);
    change(&path, |bytes| bytes[..PAGE].fill(0xa5));
    let menders: Vec<_> = (0..6)
        .map(|_| {
            let folder = folder.path().to_owned();
            std::thread::spawn(move || Store::recover(&folder).unwrap().cache)
        })
        .collect();
    let done: Vec<_> = menders.into_iter().map(|mender| mender.join().unwrap()).collect();
    assert_eq!(
        done.iter().filter(|one| matches!(one, CacheRecovery::Anew { reports: 301, .. })).count(),
        1,
        "{done:?}"
    );
    assert_eq!(kept_aside(folder.path(), CACHE_FILE), 1);
}

/// Bytes of the head by which SQLite decides how to read a file, each with a value that no program writes.
const HEAD: [(usize, u8); 8] = [(16, 64), (18, 5), (19, 5), (20, 1), (47, 9), (56, 1), (59, 4), (61, 64)];

#[test]
fn a_damaged_byte_of_the_head_costs_no_report_and_no_mark() {
    for (at, byte) in HEAD {
        let folder = tempfile::tempdir().unwrap();
        let (_, id) = with_marks(folder.path());
        change(&folder.path().join(CACHE_FILE), |bytes| bytes[at] = byte);
        let error = Store::open(folder.path()).map(|_| ()).unwrap_err();
        assert!(error.is_damage(), "{at}: {error}");
        let CacheRecovery::Anew { reports: 1, .. } = Store::recover(folder.path()).unwrap().cache else {
            panic!("{at}");
        };
        let store = Store::open(folder.path()).unwrap();
        assert_eq!((store.notices(), marks(&store, &id)), (&[] as &[String], ALL.map(str::to_owned).to_vec()), "{at}");
    }
}

#[test]
fn a_damaged_byte_of_the_head_of_the_marks_is_mended() {
    for (at, byte) in HEAD.into_iter().filter(|(at, _)| *at != 61).chain([(68, 1)]) {
        let folder = tempfile::tempdir().unwrap();
        let (path, id) = with_marks(folder.path());
        change(&path, |bytes| bytes[at] = byte);
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(marks(&store, &id), ALL, "{at}");
        assert!(store.notices().join("").contains("were damaged"), "{at}: {:?}", store.notices());
        drop(store);
        assert_eq!(Store::open(folder.path()).unwrap().notices(), [""; 0], "{at}");
    }
}

#[test]
fn an_emptied_cache_is_told() {
    let folder = tempfile::tempdir().unwrap();
    with_marks(folder.path());
    fs::write(folder.path().join(CACHE_FILE), "").unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert!(store.notices().join("").contains("was empty; a new one was begun"), "{:?}", store.notices());
    drop(store);
    assert_eq!(Store::open(folder.path()).unwrap().notices(), [""; 0]);
    // One that was deleted, on purpose perhaps, is begun without a word.
    fs::remove_file(folder.path().join(CACHE_FILE)).unwrap();
    assert_eq!(Store::open(folder.path()).unwrap().notices(), [""; 0]);
}

/// SQLite finds nothing wrong with a page that stands in the place of another one of its kind.
#[test]
fn marks_in_the_page_of_another_table_are_found() {
    for (one, other) in (2..=6).flat_map(|one| (one + 1..=6).map(move |other| (one, other))) {
        let folder = tempfile::tempdir().unwrap();
        let (path, id) = with_marks(folder.path());
        change(&path, |bytes| {
            let (head, tail) = bytes.split_at_mut((other - 1) * PAGE);
            head[(one - 1) * PAGE..one * PAGE].swap_with_slice(&mut tail[..PAGE]);
        });
        let store = Store::open(folder.path()).unwrap();
        let left = marks(&store, &id);
        assert!(ALL.iter().all(|mark| left.iter().any(|one| one == mark)), "{one} and {other}: {left:?}");
        assert_eq!(kept_aside(folder.path(), USER_FILE), 1, "{one} and {other}");
        drop(store);
        assert_eq!(Store::open(folder.path()).unwrap().notices(), [""; 0], "{one} and {other}");
    }
}

#[test]
fn a_tag_of_bytes_that_are_no_letters_is_damage_of_the_marks() {
    let folder = tempfile::tempdir().unwrap();
    let (path, id) = with_marks(folder.path());
    let harm = "UPDATE tag SET tag = CAST(x'fffe' AS TEXT) WHERE tag = '2018'";
    rusqlite::Connection::open(&path).unwrap().execute_batch(harm).unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(texts(&store).len(), 1);
    assert_eq!(marks(&store, &id), ["star", "đọc lại", "a", "2018-06-12", "Lê Văn Thử"]);
    assert!(
        store.notices()[0].contains("marks") && kept_aside(folder.path(), CACHE_FILE) == 0,
        "{:?}",
        store.notices()
    );
}

#[test]
fn what_is_damaged_in_the_pages_is_told_and_not_the_name_of_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let path = large(folder.path());
    // A page in the middle of the texts.
    change(&path, |bytes| bytes[40 * PAGE..41 * PAGE].fill(0xa5));
    let damage = Store::open(folder.path()).unwrap().cache().damage().unwrap().unwrap();
    assert!(damage.contains(|letter: char| letter.is_ascii_digit()) && !damage.contains("***"), "{damage}");
}

#[test]
fn marks_that_are_no_numbers_are_no_reason_to_show_no_list() {
    let store = Store::in_memory().unwrap();
    let id = saved(&store, "Một", "2021-05-01", &[]);
    let damaged = "INSERT OR REPLACE INTO user.mark (report, read, starred) VALUES (?1, 'x', x'7f')";
    store.db.execute(damaged, [&id]).unwrap();
    assert_eq!(texts(&store), ["Một"]);
    assert_eq!(store.marks().of(&id).unwrap(), (true, true));
}

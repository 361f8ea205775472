//! An archive that others fill: what it shows, what the reader keeps elsewhere, and what happens when it changes.

use super::*;
use crate::officials::Place;
use crate::officials::decision::{Decision, Verdict};
use crate::search::date::DayRange;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;

pub(super) const NAME: &str = "Lê Văn Thử";
pub(super) const KEY: &str = "lê văn thử";

/// A folder for the archive and one for the reader.
fn folders() -> (TempDir, TempDir) {
    (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap())
}

/// Two reports that name one official.
pub(super) fn filled(folder: &Path) -> (Store, [String; 2]) {
    let store = Store::open(folder).unwrap();
    let one = |text: &str, day: &str| saved(&store, text, day, &[NAME]);
    let ids = [one("Ông Lê Văn Thử dự", "2021-05-01"), one("Ông Lê Văn Thử nói", "2022-05-01")];
    store.register().unwrap();
    (store, ids)
}

pub(super) fn apart(ids: &[String; 2]) -> Decision {
    let place = |report: &String| Place { report: report.as_str().into(), at: 5 };
    Decision { verdict: Verdict::Apart, name: NAME.into(), this: place(&ids[0]), that: place(&ids[1]) }
}

/// The number of reports of each official.
pub(super) fn reports(store: &Store) -> Vec<usize> {
    let mut reports: Vec<usize> =
        store.register().unwrap().officials().unwrap().iter().map(|official| official.reports).collect();
    reports.sort_unstable();
    reports
}

/// The files of a folder, each with the hash of its bytes.
pub(super) fn content(folder: &Path) -> BTreeMap<String, String> {
    let file = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, id_of(&format!("{:?}", fs::read(entry.path()).unwrap_or_default())))
    };
    fs::read_dir(folder).unwrap().map(Result::unwrap).map(file).collect()
}

#[test]
fn marks_on_an_archive_are_the_readers_and_nothing_is_written_there() {
    let (there, own) = folders();
    let (writer, ids) = filled(there.path());
    writer.marks().set_starred(&ids[1], true).unwrap();
    drop(writer);
    let before = content(there.path());
    let store = Store::open_archive(there.path(), own.path()).unwrap();
    assert_eq!(texts(&store), ["Ông Lê Văn Thử nói", "Ông Lê Văn Thử dự"]);
    store.marks().set_starred(&ids[0], true).unwrap();
    store.marks().set_tag(&ids[0], "xem lại", true).unwrap();
    assert_eq!((store.marks().of(&ids[0]).unwrap().1, store.marks().of(&ids[1]).unwrap().1), (true, false));
    for refused in [
        store.cache().set_date(&ids[0], DayRange::parse("2018")),
        store.cache().save("b.txt", &sample("Hai", "2021-05-01", &[]).0, &Extraction::default()).map(|_| ()),
        store.cache().remove(&ids[0]).map(|_| ()),
    ] {
        let Err(StoreError::ReadOnly { why }) = refused else { panic!("{refused:?}") };
        assert!(why.contains("is an archive"), "{why}");
    }
    assert_eq!(store.cache().date_by_hand(&ids[0]).unwrap(), None, "the refused date is not kept either");
    drop(store);
    assert_eq!(content(there.path()), before);
    let again = Store::open_archive(there.path(), own.path()).unwrap();
    assert_eq!(again.marks().tags_of(&ids[0]).unwrap(), ["xem lại"]);
}

#[test]
fn what_is_told_of_an_archive_of_another_format_is_about_archives() {
    let formats = "PRAGMA user_version = 99; UPDATE meta SET value = 99 WHERE name = 'min_reader'";
    let foreign = "DROP TABLE report; DROP TABLE meta; DROP TABLE body; PRAGMA application_id = 7";
    let tells = [
        (formats, "by a newer baocao (format 99"),
        ("PRAGMA user_version = 3", "whoever fills it has to open it once"),
        (foreign, "belongs to another program"),
    ];
    for (harm, told) in tells {
        let (there, own) = folders();
        drop(filled(there.path()));
        rusqlite::Connection::open(there.path().join(CACHE_FILE)).unwrap().execute_batch(harm).unwrap();
        let error = Store::open_archive(there.path(), own.path()).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains(told) && error.contains("archive") && !error.contains("--cache"), "{error}");
        let joined = JoinedArchives::new(own.path(), &[there.path().to_owned(), own.path().join("none")]);
        let totals = joined.open(&mut |_| ()).unwrap().update(&AtomicBool::new(false), &mut |_| ()).unwrap().unwrap();
        assert!(!totals.problems[0].contains("--"), "{:?}", totals.problems);
    }
}

#[test]
fn a_report_of_an_archive_has_the_date_that_its_list_has() {
    let (there, own) = folders();
    let writer = Store::open(there.path()).unwrap();
    let ids = ["Ngày 1-5-2024, đơn vị họp.", "Ngày 2-5-2024, đơn vị họp."].map(|text| {
        let (draft, _) = sample(text, "", &[]);
        writer.cache().save("a.txt", &draft, &people_and_facts(&draft)).unwrap();
        id_of(text)
    });
    writer.cache().set_date(&ids[0], DayRange::parse("2018-02")).unwrap();
    let store = Store::open_archive(there.path(), own.path()).unwrap();
    let date = |id: &str| {
        let report = store.cache().load(id).unwrap().unwrap();
        (report.extraction.facts.day.unwrap().to_string(), report.dated_by_hand)
    };
    assert_eq!(ids.each_ref().map(|id| date(id)), [("~2018-02".to_owned(), true), ("2024-05-02".to_owned(), false)]);
}

#[test]
fn what_arrives_in_an_archive_is_seen_at_once() {
    let (there, own) = folders();
    let (writer, _) = filled(there.path());
    let reader = Store::open_archive(there.path(), own.path()).unwrap();
    let version = reader.data_version().unwrap();
    saved(&writer, "Tin mới", "2023-05-01", &[]);
    assert_ne!(reader.data_version().unwrap(), version);
    assert_eq!(texts(&reader).len(), 3);
    assert!(!reader.is_replaced());
}

#[test]
fn an_archive_at_rest_is_followed_once_somebody_writes_to_it() {
    let (there, own) = folders();
    drop(filled(there.path()));
    let mut reader = Store::open_archive(there.path(), own.path()).unwrap();
    assert!(!reader.is_replaced());
    let writer = Store::open(there.path()).unwrap();
    saved(&writer, "Tin mới", "2023-05-01", &[]);
    assert!(reader.is_replaced(), "it was taken not to change");
    assert!(reader.reopen_if_replaced().unwrap());
    assert_eq!(texts(&reader).len(), 3);
    saved(&writer, "Tin nữa", "2024-05-01", &[]);
    assert_eq!((texts(&reader).len(), reader.is_replaced()), (4, false));
}

#[test]
fn decisions_about_an_archive_hold_for_their_reader_only() {
    let (there, own) = folders();
    let (writer, ids) = filled(there.path());
    let reader = Store::open_archive(there.path(), own.path()).unwrap();
    assert_eq!(reports(&reader), [2]);
    reader.register().unwrap().decide(KEY, &[apart(&ids)]).unwrap();
    assert_eq!((reports(&reader), reports(&writer)), (vec![1, 1], vec![2]));
    for official in reader.register().unwrap().officials().unwrap() {
        let page = reader.register().unwrap().official_page(&official.id).unwrap();
        assert!(page.is_some(), "the page of {}", official.id);
        assert_eq!(reader.register().unwrap().observations_of(&official.id).unwrap().len(), 1);
    }
    let of_report = |id: &str| reader.register().unwrap().officials_of(id).unwrap();
    assert_ne!(of_report(&ids[0]), of_report(&ids[1]));
    // A new report about the name is decided about with the others, in a new session too.
    saved(&writer, "Ông Lê Văn Thử về", "2023-05-01", &[NAME]);
    writer.register().unwrap();
    assert_eq!(reports(&writer), [3]);
    assert_eq!(reports(&reader).iter().sum::<usize>(), 3);
    assert_eq!(reports(&reader).len(), 2);
    drop(reader);
    let again = Store::open_archive(there.path(), own.path()).unwrap();
    assert_eq!(reports(&again).len(), 2);
    again.register().unwrap().undo_decision().unwrap();
    assert_eq!(reports(&again), [3]);
}

#[test]
fn decisions_of_those_who_fill_an_archive_hold_for_its_readers() {
    let (there, own) = folders();
    let (writer, ids) = filled(there.path());
    writer.register().unwrap().decide(KEY, &[apart(&ids)]).unwrap();
    let reader = Store::open_archive(there.path(), own.path()).unwrap();
    assert_eq!(reports(&reader), [1, 1]);
    let official = reader.register().unwrap().officials().unwrap()[0].id.clone();
    assert!(reader.register().unwrap().official_page(&official).unwrap().is_some());
    assert_eq!(reader.register().unwrap().decisions_of(KEY).unwrap(), [apart(&ids)]);
    assert_eq!(reader.register().unwrap().decisions().unwrap(), [], "which are not the reader's own");
    writer.register().unwrap().undo_decision().unwrap();
    assert_eq!(reports(&reader), [2]);
    assert_eq!(reader.register().unwrap().decisions_of(KEY).unwrap(), []);
}

#[test]
fn a_copy_that_takes_the_place_of_another_is_opened() {
    let (there, own) = folders();
    let origin = tempfile::tempdir().unwrap();
    let (writer, ids) = filled(origin.path());
    let copy = |name: &str| {
        writer.cache().close_log().unwrap();
        fs::copy(origin.path().join(CACHE_FILE), there.path().join(name)).unwrap();
        fs::rename(there.path().join(name), there.path().join(CACHE_FILE)).unwrap();
    };
    copy("first");
    let mut reader = Store::open_archive(there.path(), own.path()).unwrap();
    reader.register().unwrap().decide(KEY, &[apart(&ids)]).unwrap();
    assert!(!reader.reopen_if_replaced().unwrap());
    saved(&writer, "Tin mới", "2023-05-01", &[]);
    assert_eq!(texts(&reader).len(), 2, "a copy does not follow by itself");
    copy("second");
    assert!(reader.reopen_if_replaced().unwrap() && !reader.is_replaced());
    assert_eq!((texts(&reader).len(), reports(&reader)), (3, vec![1, 1]));
    // While a copy is missing, or is no cache, the last one is read on.
    fs::write(there.path().join("third"), "half a copy").unwrap();
    fs::rename(there.path().join("third"), there.path().join(CACHE_FILE)).unwrap();
    assert!(reader.reopen_if_replaced().is_err());
    assert_eq!(texts(&reader).len(), 3);
    fs::remove_file(there.path().join(CACHE_FILE)).unwrap();
    assert!(!reader.reopen_if_replaced().unwrap());
    assert_eq!(texts(&reader).len(), 3);
}

/// A cache at rest with the log of an earlier moment beside it, as `rsync` without `--delete` leaves it.
fn beside_an_older_log(folder: &Path) {
    let origin = tempfile::tempdir().unwrap();
    let copy = |ending: &str| {
        let name = format!("{CACHE_FILE}{ending}");
        fs::copy(origin.path().join(&name), folder.join(&name)).unwrap();
    };
    let (writer, _) = filled(origin.path());
    copy("-wal");
    saved(&writer, "Tin mới", "2023-05-01", &[]);
    drop(writer);
    copy("");
}

#[test]
fn a_log_that_is_older_than_the_archive_is_not_read() {
    let (there, own) = folders();
    beside_an_older_log(there.path());
    let store = Store::open_archive(there.path(), own.path()).unwrap();
    assert_eq!(texts(&store).len(), 3);
    assert!(store.notices().iter().any(|notice| notice.contains("is older than the archive")), "{:?}", store.notices());
}

#[test]
fn a_log_that_is_older_than_the_cache_is_put_away() {
    let (there, _) = folders();
    beside_an_older_log(there.path());
    let store = Store::open(there.path()).unwrap();
    assert_eq!(texts(&store).len(), 3);
    let told = store.notices().join("\n");
    assert!(told.contains("no report is lost") && told.contains("cache.db-wal.replaced-"), "{told}");
    drop(store);
    let again = Store::open(there.path()).unwrap();
    assert_eq!((texts(&again).len(), again.notices()), (3, &[][..]));
}

#[test]
fn positions_of_one_archive_are_none_of_another() {
    let (there, own) = folders();
    drop(filled(there.path()));
    let position = ImportPosition { body: 2, at: 1_800_000_000 };
    let reader = Store::open_archive(there.path(), own.path()).unwrap();
    reader.marks().set_seen(SeenBy::Reader, position).unwrap();
    assert_eq!(reader.marks().seen(SeenBy::Reader).unwrap(), Some(position));
    assert_eq!(Store::open(own.path()).unwrap().marks().seen(SeenBy::Reader).unwrap(), None);
}

#[test]
fn a_folder_without_a_cache_is_no_archive() {
    let (there, own) = folders();
    let told = Store::open_archive(there.path(), own.path()).map(|_| ()).unwrap_err().to_string();
    assert!(told.contains("an archive is a folder with a `cache.db`"), "{told}");
    assert_eq!(content(there.path()), BTreeMap::new());
}

//! The store as the layers above use it, in memory and on disk.

mod archive;
mod damage;
mod joined;
mod officials_of_people;

use super::*;
use crate::extract::people_and_facts;
use crate::report::{Draft, Evidence, Extraction, Mention, Paragraph, ParagraphKind, Person, ReportFacts, Span};
use crate::search::filter::{Filter, parse};

/// A report of one line that names people, each by the whole name.
pub(super) fn sample(text: &str, day: &str, people: &[&str]) -> (Draft, Extraction) {
    let span = Span::new(0, text.len());
    let draft = Draft {
        text: text.to_owned(),
        paragraphs: vec![Paragraph { kind: ParagraphKind::Body, span }],
        ..Draft::default()
    };
    let person = |name: &&str| {
        let at = text.find(name).unwrap();
        Person {
            name: (*name).to_owned(),
            rank: None,
            past_ranks: Vec::new(),
            posts: Vec::new(),
            mentions: vec![Mention { span: Span::new(at, at + name.len()), evidence: Evidence::Address }],
            roles: Vec::new(),
            country: None,
            country_nearby: None,
            foreign_name: false,
            accused: false,
            late: false,
        }
    };
    let facts = ReportFacts { day: day.parse().ok(), ..ReportFacts::default() };
    (draft, Extraction { facts, people: people.iter().map(person).collect(), ..Extraction::default() })
}

pub(super) fn saved(store: &Store, text: &str, day: &str, people: &[&str]) -> String {
    let (draft, found) = sample(text, day, people);
    assert_eq!(store.cache().save("a.txt", &draft, &found).unwrap(), SaveOutcome::New);
    id_of(text)
}

fn texts(store: &Store) -> Vec<String> {
    let found = store.index().find(&Filter::default(), Sort::Date, WindowBounds::first(10)).unwrap();
    found.rows.into_iter().map(|row| row.title).collect()
}

#[test]
fn what_is_saved_is_found_newest_first_and_loaded_whole() {
    let store = Store::in_memory().unwrap();
    let first = saved(&store, "Ông Lê Văn Hòa dự", "2021-05-01", &["Lê Văn Hòa"]);
    saved(&store, "Bà Trần Thị Hoa dự", "2023-05-01", &["Trần Thị Hoa"]);
    saved(&store, "Không ai", "2022-05-01", &[]);
    assert_eq!(texts(&store), ["Bà Trần Thị Hoa dự", "Không ai", "Ông Lê Văn Hòa dự"]);
    let report = store.cache().load(&first).unwrap().unwrap();
    assert_eq!((report.text.as_str(), report.file.as_str()), ("Ông Lê Văn Hòa dự", "a.txt"));
    assert_eq!(store.cache().load(first.get(..6).unwrap()).unwrap().unwrap().id, first);
    assert_eq!(store.cache().load("zz").unwrap(), None);
    assert_eq!(store.cache().named("").unwrap(), PrefixMatch::None);
}

#[test]
fn a_known_text_takes_the_address_and_the_day_that_it_lacks() {
    let store = Store::in_memory().unwrap();
    let text = "Tin về hội nghị của đơn vị";
    let id = saved(&store, text, "", &[]);
    let before = store.cache().load(&id).unwrap().unwrap();
    assert_eq!((before.url, before.published, before.extraction.facts.day), (None, None, None));
    let mut draft = Draft { text: text.to_owned(), ..Draft::default() };
    draft.url = Some("https://bao.example.vn/a".to_owned());
    draft.outlet = Some("Báo Thử".to_owned());
    draft.published = Some("2025-03-04".parse().unwrap());
    let save = |draft: &Draft| store.cache().save("b.html", draft, &people_and_facts(draft)).unwrap();
    assert_eq!(save(&draft), SaveOutcome::Known);
    let after = store.cache().load(&id).unwrap().unwrap();
    assert_eq!((after.url.clone(), after.outlet.clone()), (draft.url.clone(), draft.outlet.clone()));
    assert_eq!(after.extraction.facts.day.unwrap().to_string(), "~2025-03-04");
    let row = &store.index().find(&parse("date:2025-03-04").0, Sort::Date, WindowBounds::all()).unwrap().rows[0];
    assert_eq!((row.id.as_str(), row.source.as_str()), (id.as_str(), "https://bao.example.vn/a"));
    // What is known stays.
    draft.url = Some("https://khac.example.vn/b".to_owned());
    draft.published = Some("2026-01-01".parse().unwrap());
    assert_eq!(save(&draft), SaveOutcome::Known);
    assert_eq!(store.cache().load(&id).unwrap().unwrap(), after);
    assert_eq!(store.cache().damage().unwrap(), None);
}

#[test]
fn the_same_text_twice_is_known() {
    let store = Store::in_memory().unwrap();
    saved(&store, "Một", "2021-05-01", &[]);
    let (draft, found) = sample("Một", "2021-05-01", &[]);
    assert_eq!(store.cache().save("b.txt", &draft, &found).unwrap(), SaveOutcome::Known);
    assert_eq!(store.cache().counts().unwrap().reports, 1);
}

#[test]
fn a_batch_is_indexed_whole_whatever_the_order_of_its_days() {
    let store = Store::in_memory().unwrap();
    let prepared = |day: &str, text: &str| {
        let (draft, found) = sample(text, day, &[]);
        PreparedReport::new("a.txt", draft, &found)
    };
    let batch = [
        prepared("2023-05-01", "Hội nghị một"),
        prepared("2019-01-01", "Hội nghị hai"),
        prepared("2023-05-01", "Hội nghị một"),
        prepared("2021-01-01", "Hội nghị ba"),
    ];
    assert_eq!(
        store.cache().save_all(&batch).unwrap(),
        [SaveOutcome::New, SaveOutcome::New, SaveOutcome::Known, SaveOutcome::New]
    );
    let found = |typed: &str| answers(&store, typed).len();
    assert_eq!([found("hội nghị "), found("một "), found("hai "), found("bà ")], [3, 1, 1, 0]);
}

#[test]
fn officials_follow_the_reports_that_come_and_go() {
    let store = Store::in_memory().unwrap();
    let first = saved(&store, "Ông Lê Văn Thuỷ dự", "2021-05-01", &["Lê Văn Thuỷ"]);
    saved(&store, "Ông Lê Văn Thủy nói", "2022-05-01", &["Lê Văn Thủy"]);
    let rows = store.register().unwrap().officials().unwrap();
    assert_eq!(rows.len(), 1, "one name in two spellings: {rows:?}");
    assert_eq!(
        (rows[0].reports, rows[0].first, rows[0].last),
        (2, "2021-05-01".parse().ok(), "2022-05-01".parse().ok())
    );
    let page = store.register().unwrap().register_of(&rows[0].id).unwrap().unwrap();
    assert_eq!(
        page.observations.iter().map(|o| &*o.statement.name).collect::<Vec<_>>(),
        ["Lê Văn Thuỷ", "Lê Văn Thủy"]
    );
    assert!(store.cache().remove(&first).unwrap());
    assert_eq!(store.register().unwrap().officials().unwrap()[0].reports, 1);
    assert_eq!(store.cache().counts().unwrap(), CacheCounts { reports: 1, officials: 1, unread: 1, starred: 0 });
}

#[test]
fn people_are_found_by_name_and_post_in_all_partitions_and_removed_from_theirs() {
    let store = Store::in_memory().unwrap();
    let save = |text: &str| {
        let (draft, _) = sample(text, "", &[]);
        assert_eq!(store.cache().save("a.txt", &draft, &people_and_facts(&draft)).unwrap(), SaveOutcome::New);
        id_of(text)
    };
    save("Đại tá Lê Văn Thử, Chính ủy Sư đoàn 9, dự họp.");
    // The next text begins the second partition by name and post.
    store
        .db
        .execute_batch(
            "INSERT INTO body (no, id, text, paragraphs, notes, file, added)
             VALUES (65535, '00', 'x', x'', '[]', '', 0)",
        )
        .unwrap();
    let second = save("Đại tá Lê Văn Thử, Chính ủy Sư đoàn 9, phát biểu.");
    let parts = |table: &str| {
        let sql = format!("SELECT count(DISTINCT part) FROM {table}");
        store.db.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!((parts("person"), parts("posted")), (2, 2));
    let officials = store.register().unwrap().officials().unwrap();
    assert_eq!(officials.iter().map(|official| official.reports).collect::<Vec<_>>(), [2]);
    assert_eq!(answers(&store, "person:\"lê văn thử\"").len(), 2);
    assert_eq!(answers(&store, "post:\"chính ủy\"").len(), 2);
    assert_eq!(*store.register().unwrap().last_mention(&officials[0].id).unwrap().unwrap().report, *second);
    assert!(store.cache().remove(&second).unwrap());
    assert_eq!((parts("person"), parts("posted")), (1, 1));
    assert_eq!(store.register().unwrap().officials().unwrap()[0].reports, 1);
    assert_eq!(answers(&store, "post:\"chính ủy\"").len(), 1);
}

#[test]
fn marks_are_the_readers_own() {
    let store = Store::in_memory().unwrap();
    let id = saved(&store, "Một", "2021-05-01", &[]);
    store.marks().set_starred(&id, true).unwrap();
    store.marks().set_read(&id, true).unwrap();
    store.marks().set_tag(&id, "đọc lại", true).unwrap();
    store.marks().set_place('a', &id, 2).unwrap();
    assert_eq!(
        (store.marks().of(&id).unwrap(), store.marks().tags().unwrap()),
        ((true, true), vec!["đọc lại".to_owned()])
    );
    assert_eq!(store.marks().places().unwrap(), [('a', id.clone(), 2)]);
    store.marks().set_starred(&id, false).unwrap();
    assert_eq!(store.marks().of(&id).unwrap(), (true, false));
    store.cache().remove(&id).unwrap();
    assert_eq!((store.marks().of(&id).unwrap(), store.marks().places().unwrap().len()), ((false, false), 0));
}

#[test]
fn a_cache_on_disk_is_private_and_keeps_what_it_was_given() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("a/b");
    let id = saved(&Store::open(&place).unwrap(), "Một", "2021-05-01", &[]);
    let store = Store::open(&place).unwrap();
    assert_eq!(store.cache().load(&id).unwrap().unwrap().text, "Một");
    assert!(store.notices().is_empty(), "{:?}", store.notices());
    #[cfg(unix)]
    for (name, mode) in [("a", 0o700), ("a/b", 0o700), ("a/b/cache.db", 0o600), ("a/b/user.data", 0o600)] {
        use std::os::unix::fs::PermissionsExt;
        let found = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(found, mode, "{name}");
    }
}

fn answers(store: &Store, typed: &str) -> Vec<String> {
    let (filter, _) = crate::search::filter::parse(typed);
    store
        .index()
        .find(&filter, Sort::Date, WindowBounds::first(10))
        .unwrap()
        .rows
        .into_iter()
        .map(|row| row.id)
        .collect()
}

#[test]
fn rebuilding_changes_nothing_that_the_texts_say_and_keeps_marks() {
    let store = Store::in_memory().unwrap();
    let texts = ["Trung tướng Lê Văn Hòa, Tư lệnh Quân khu 21 chủ trì hội nghị.", "Đại tá Trần Thị Hoa dự hội nghị."];
    for text in texts {
        let draft = sample(text, "", &[]).0;
        let found = crate::extract::extract(&draft);
        store.cache().save("a.txt", &draft, &found).unwrap();
    }
    let ids = texts.map(id_of);
    store.marks().set_starred(&ids[0], true).unwrap();
    let seen = |store: &Store| {
        let queries = ["hoi nghi", "hoà", "hòa", "hoa", "person:hoa", "is:starred"];
        (
            queries.map(|query| answers(store, query)),
            store.register().unwrap().officials().unwrap(),
            store.cache().counts().unwrap(),
        )
    };
    let before = seen(&store);
    assert_eq!(before.0[5], [ids[0].clone()]);
    assert_eq!((before.0[0].len(), before.1.len()), (2, 2), "{before:?}");
    assert_eq!(store.cache().rebuild().unwrap(), 2);
    assert_eq!(seen(&store), before);
    assert_eq!(store.cache().rebuild().unwrap(), 2);
    assert_eq!(seen(&store), before);
}

/// A cache on disk of two reports by today's rules, one of them starred; their ids.
fn two_on_disk(folder: &std::path::Path) -> [String; 2] {
    let store = Store::open(folder).unwrap();
    let texts = ["Trung tướng Lê Văn Hòa, Tư lệnh Quân khu 21 chủ trì hội nghị.", "Đại tá Trần Thị Hoa dự hội nghị."];
    for text in texts {
        let draft = sample(text, "", &[]).0;
        store.cache().save("a.txt", &draft, &crate::extract::extract(&draft)).unwrap();
    }
    store.marks().set_starred(&id_of(texts[0]), true).unwrap();
    texts.map(id_of)
}

/// Everything that can be queried from the cache.
fn all_answers(store: &Store) -> (Vec<Vec<String>>, Vec<crate::officials::OfficialSummary>, usize) {
    let queries = ["hoi nghi ", "hoà ", "hoa ", "person:hòa", "post:\"tư lệnh\"", "unit:qk21", "is:starred", "h"];
    let holdings = store.register().unwrap().holdings("tư lệnh").unwrap().len();
    (
        queries.iter().map(|query| answers(store, query)).collect(),
        store.register().unwrap().officials().unwrap(),
        holdings,
    )
}

#[test]
fn a_cache_of_an_older_format_is_made_again_from_its_texts() {
    let folder = tempfile::tempdir().unwrap();
    let ids = two_on_disk(folder.path());
    let store = Store::open(folder.path()).unwrap();
    let before = all_answers(&store);
    assert_eq!(before.0[4], [ids[0].clone()]);
    // As an older program left it: the same texts, some tables missing, others with another layout.
    let text = store.cache().load(&ids[0]).unwrap().unwrap().text;
    store.db.execute("UPDATE body SET text = ?2 WHERE id = ?1", [&ids[0], &text]).unwrap();
    assert_eq!(packed(&store), 1);
    store
        .db
        .execute_batch(
            "DROP TABLE held; DROP TABLE post; DROP TABLE posted; DROP TABLE listed; ALTER TABLE person DROP COLUMN id;
             DELETE FROM meta WHERE name IN ('index', 'writes'); PRAGMA main.user_version = 1;",
        )
        .unwrap();
    drop(store);
    let mut told = Vec::new();
    let store = Store::open_and_tell(folder.path(), &mut |line| told.push(line.to_owned())).unwrap();
    assert!(told.len() == 1 && told[0].contains("older") && told[0].contains('2'), "{told:?}");
    assert_eq!(all_answers(&store), before);
    assert_eq!(store.cache().damage().unwrap(), None);
    assert_eq!((packed(&store), store.cache().load(&ids[0]).unwrap().unwrap().text), (2, text));
    drop(store);
    let store = Store::open_and_tell(folder.path(), &mut |line| told.push(line.to_owned())).unwrap();
    assert_eq!((told.len(), all_answers(&store)), (1, before), "once");
}

/// Number of texts that are packed.
fn packed(store: &Store) -> i64 {
    cache::number(&store.db, "SELECT count(*) FROM body WHERE typeof(text) = 'blob'").unwrap()
}

#[test]
fn terms_dropped_while_a_report_waits_are_written_if_another_process_has_removed_them() {
    let folder = tempfile::tempdir().unwrap();
    let [store, other] = [0, 1].map(|_| Store::open(folder.path()).unwrap());
    let prepared = |text: &str| {
        let (draft, found) = sample(text, "2021-05-01", &[]);
        PreparedReport::new("a.txt", draft, &found)
    };
    let words = |store: &Store| cache::number(&store.db, "SELECT count(*) FROM vocabulary").unwrap();
    store.cache().save_all(&[prepared("Hội nghị quân chính")]).unwrap();
    let count = words(&store);
    let mut waiting = prepared("Hội nghị quân chính lần thứ hai");
    store.cache().drop_known_terms(&mut waiting);
    other.write(|| other.index().empty()).unwrap();
    assert_eq!(words(&store), 0);
    store.cache().save_all(&[waiting]).unwrap();
    assert_eq!(words(&store), count + 3);
}

#[test]
fn rebuilding_packs_plain_texts_and_gives_their_room_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let long = |n: usize| format!("Báo cáo số {n}: {}", "đơn vị hoàn thành tốt nhiệm vụ. ".repeat(1000));
    let ids: Vec<String> = (0..80).map(|n| saved(&store, &long(n), "2021-05-01", &[])).collect();
    let small = store.cache().counts().unwrap();
    for (n, id) in ids.iter().enumerate() {
        store.db.execute("UPDATE body SET text = ?2 WHERE id = ?1", [id, &long(n)]).unwrap();
    }
    let pages = |store: &Store| cache::number(&store.db, "PRAGMA main.page_count").unwrap();
    let plain = pages(&store);
    assert_eq!((packed(&store), store.cache().rebuild().unwrap(), packed(&store)), (0, 80, 80));
    assert!(pages(&store) * 4 < plain, "{} of {plain}", pages(&store));
    for (n, id) in ids.iter().enumerate() {
        assert_eq!(store.cache().load(id).unwrap().unwrap().text, long(n));
    }
    assert_eq!((store.cache().damage().unwrap(), store.cache().counts().unwrap()), (None, small));
}

#[test]
fn a_packed_text_that_is_damaged_is_told_by_its_id_and_costs_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let ids = two_on_disk(folder.path());
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(answers(&store, "hội nghị ").len(), 2);
    let byte = "UPDATE body SET text = CAST(substr(text, 1, 20) || x'00' || substr(text, 22) AS BLOB) WHERE id = ?1";
    store.db.execute(byte, [&ids[1]]).unwrap();
    assert!(matches!(store.cache().load(&ids[1]), Err(StoreError::Corrupt { why, .. }) if why.contains(&ids[1])));
    assert!(store.cache().damage().unwrap().unwrap().contains(&ids[1]));
    assert!(store.cache().load(&ids[0]).unwrap().is_some());
    let (filter, _) = crate::search::filter::parse("hội nghị ");
    let mut rows = store.index().find(&filter, Sort::Date, WindowBounds::first(10)).unwrap().rows;
    store.index().add_snippets(&mut rows, &filter, &std::sync::atomic::AtomicBool::new(false)).unwrap();
    let with_line: Vec<_> = rows.iter().map(|row| (row.id == ids[0], row.snippet.is_some())).collect();
    assert!(with_line.contains(&(true, true)) && !with_line.contains(&(false, true)), "{with_line:?}");
    drop(store);
    let recovered = Store::recover(folder.path()).unwrap();
    assert!(matches!(recovered.cache, CacheRecovery::Anew { reports: 1, whole: false, .. }), "{recovered:?}");
    let store = Store::open(folder.path()).unwrap();
    assert_eq!((store.cache().damage().unwrap(), answers(&store, "hội nghị ")), (None, vec![ids[0].clone()]));
}

#[test]
fn rebuilding_mends_what_is_derived_and_writes_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let ids = two_on_disk(folder.path());
    let store = Store::open(folder.path()).unwrap();
    let before = all_answers(&store);
    let index =
        |store: &Store| -> i64 { store.db.query_row("SELECT count(*) FROM words_idx", [], |row| row.get(0)).unwrap() };
    let stretches = index(&store);
    assert_eq!(store.cache().rebuild().unwrap(), 2);
    assert_eq!((all_answers(&store), index(&store)), (before.clone(), stretches), "the index is left as it is");
    for harm in [
        "UPDATE report SET title = 'Tên khác', kind = 'other', unit = NULL".to_owned(),
        "DELETE FROM words WHERE rowid = (SELECT max(row) FROM report)".to_owned(),
        "INSERT INTO words (words) VALUES ('delete-all')".to_owned(),
        "DELETE FROM vocabulary; UPDATE meta SET value = 0 WHERE name = 'index'".to_owned(),
        "UPDATE person SET said = replace(said, 'Tư lệnh', 'Tham mưu trưởng'), official = 'x'".to_owned(),
        "DELETE FROM person; DELETE FROM posted; DELETE FROM name".to_owned(),
        "DELETE FROM official; DELETE FROM held".to_owned(),
        "UPDATE report SET row = row + 40000000; UPDATE person SET report = report + 40000000".to_owned(),
        format!("DELETE FROM report WHERE id = '{}'", ids[1]),
    ] {
        store.db.execute_batch(&harm).unwrap();
        assert_eq!(store.cache().rebuild().unwrap(), 2);
        assert_eq!(all_answers(&store), before, "after {harm}");
        assert_eq!(store.cache().damage().unwrap(), None, "after {harm}");
    }
}

#[test]
fn a_damaged_text_is_noticed_and_the_rest_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let ids: Vec<_> = ["Một", "Hai", "Ba"].iter().map(|text| saved(&store, text, "2021-05-01", &[])).collect();
    store.marks().set_starred(&ids[1], true).unwrap();
    assert_eq!(store.cache().damage().unwrap(), None);
    store.db.execute("UPDATE body SET text = 'Bốn' WHERE text = 'Hai'", []).unwrap();
    assert!(store.cache().damage().unwrap().unwrap().contains(&ids[1]));
    assert!(matches!(store.cache().load(&ids[1]), Err(StoreError::Corrupt { .. })));
    let (draft, found) = sample("Hai", "2021-05-01", &[]);
    assert!(
        matches!(store.cache().save("a.txt", &draft, &found), Err(StoreError::Corrupt { .. })),
        "known, and not sound"
    );
    drop(store);
    let recovered = Store::recover(folder.path()).unwrap();
    assert!(matches!(&recovered.cache, CacheRecovery::Anew { reports: 2, whole: false, aside } if aside.exists()));
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.cache().damage().unwrap(), None);
    assert_eq!(store.cache().save("a.txt", &draft, &found).unwrap(), SaveOutcome::New);
    assert_eq!(store.marks().of(&ids[1]).unwrap(), (false, true), "marks are in another file");
}

#[test]
fn nothing_of_a_cache_that_is_no_database_is_lost_but_what_it_was() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(CACHE_FILE), "x".repeat(5000)).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Corrupt { .. })));
    let recovered = Store::recover(folder.path()).unwrap();
    let CacheRecovery::Anew { aside, reports: 0, whole: false } = recovered.cache else { panic!("{recovered:?}") };
    assert_eq!(std::fs::read(aside).unwrap().len(), 5000);
    assert_eq!(Store::open(folder.path()).unwrap().cache().counts().unwrap().reports, 0);
}

#[test]
fn a_cache_of_a_newer_format_is_read_and_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let id = saved(&store, "Một", "2021-05-01", &[]);
    store.db.execute_batch("PRAGMA main.user_version = 99").unwrap();
    drop(store);
    let store = Store::open(folder.path()).unwrap();
    assert!(store.read_only().is_some_and(|why| why.contains("newer")) && !store.notices().is_empty());
    assert_eq!(store.cache().load(&id).unwrap().unwrap().text, "Một");
    let (draft, found) = sample("Hai", "2021-05-01", &[]);
    assert!(matches!(store.cache().save("b", &draft, &found), Err(StoreError::ReadOnly { .. })));
    store.db.execute_batch("UPDATE meta SET value = 99 WHERE name = 'min_reader'").unwrap();
    drop(store);
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Newer { version: 99, .. })));
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(CACHE_FILE);
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(StoreError::NotOurs { .. })));
    assert!(std::fs::read(&path).unwrap() == before, "not a byte is changed");
}

#[test]
fn a_reader_sees_the_cache_while_another_process_writes() {
    let folder = tempfile::tempdir().unwrap();
    let writer = Store::open(folder.path()).unwrap();
    saved(&writer, "Một", "2021-05-01", &[]);
    let reader = Store::open(folder.path()).unwrap();
    let version = reader.data_version().unwrap();
    writer.db.execute_batch("BEGIN IMMEDIATE; UPDATE main.meta SET value = value + 1").unwrap();
    assert_eq!(reader.cache().counts().unwrap().reports, 1);
    writer.db.execute_batch("COMMIT").unwrap();
    assert_ne!(reader.data_version().unwrap(), version);
}

#[test]
fn the_index_is_merged_while_a_reader_keeps_the_log_from_being_copied_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    // A transaction that looks at this state as long as it is open: no checkpoint comes to its end meanwhile.
    let reader = rusqlite::Connection::open(folder.path().join(CACHE_FILE)).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM report").unwrap();
    saved(&store, "Hội nghị một", "2023-05-01", &[]);
    store.index().merge_segments().unwrap();
    assert_eq!(texts(&store), ["Hội nghị một"]);
    drop(reader);
}

#[test]
fn a_date_set_by_hand_survives_rebuild_removal_and_import() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let text = "Trung tướng Lã Khắc Hùng, Chính ủy Quân khu 12 dự.";
    let paragraphs = vec![Paragraph { kind: ParagraphKind::Body, span: Span::new(0, text.len()) }];
    let draft = Draft { text: text.to_owned(), paragraphs, ..Draft::default() };
    let save = |store: &Store| store.cache().save("a.txt", &draft, &crate::extract::extract(&draft)).unwrap();
    save(&store);
    let id = id_of(text);
    let when = |store: &Store| store.cache().origin_of(&id).unwrap().unwrap().when.map(|when| when.to_string());
    let seen = |store: &Store| {
        let officials = store.register().unwrap().officials().unwrap();
        officials[0].first.map(|when| when.to_string())
    };
    assert_eq!((when(&store), seen(&store)), (None, None));
    let date = |typed: &str| crate::search::date::DayRange::parse(typed);
    store.cache().set_date(&id, date("12-6-2018")).unwrap();
    let dated = || Some("2018-06-12".to_owned());
    assert_eq!((when(&store), seen(&store)), (dated(), dated()), "the register is dated anew too");
    store.cache().rebuild().unwrap();
    assert_eq!((when(&store), seen(&store)), (dated(), dated()), "rebuilt");
    assert!(store.cache().remove(&id).unwrap());
    save(&store);
    assert_eq!(when(&store), dated(), "removed and imported again");
    assert!(store.cache().load(&id).unwrap().unwrap().dated_by_hand);
    assert_eq!(store.cache().dated_by_hand().unwrap(), [id.clone()].into());
    store.cache().set_date(&id, date("6-2018")).unwrap();
    assert_eq!(when(&store), Some("~2018-06".to_owned()), "a month is not a day");
    store.cache().set_date(&id, None).unwrap();
    assert_eq!((when(&store), seen(&store)), (None, None), "taken back");
    assert!(!store.cache().load(&id).unwrap().unwrap().dated_by_hand);
    assert_eq!(store.cache().dated_by_hand().unwrap(), [].into());
    assert_eq!(store.cache().damage().unwrap(), None);
}

#[test]
fn marks_of_an_older_program_get_the_table_of_dates() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path()).unwrap());
    let user = folder.path().join("user.data");
    rusqlite::Connection::open(&user).unwrap().execute_batch("DROP TABLE dated").unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.cache().set_date("00ff", crate::search::date::DayRange::parse("2018")).unwrap();
    assert!(store.cache().date_by_hand("00ff").unwrap().is_some());
}

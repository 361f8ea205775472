//! Whose each person of a report is, whatever the number of officials of the name. All that shows it agrees with what
//! identification says, though a row has its official only where the name has several.

use super::*;
use crate::extract::people_and_facts;
use crate::officials::OfficialPage;
use crate::officials::decision::{Decision, Verdict};
use crate::search::counts::CountField;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

/// The official of each person, given by the report and the place in it.
type OfficialsOfPeople = BTreeMap<(String, usize), String>;

const REPORTS: [(&str, &str); 5] = [
    ("2019-01-01", "Thiếu tướng Lê Văn Thử, Chính ủy Quân khu 10 chủ trì. Đại tá Hồ Sĩ Nhã, Chính ủy Lữ đoàn 901 dự."),
    ("2019-06-01", "Đại tá Hồ Sĩ Nhã, Giám đốc Bệnh viện 296 tiếp Đại tá Trần Văn Duệ, Chính ủy Lữ đoàn 902."),
    (
        "2020-01-01",
        "Đại tá Hồ Sĩ Nhã, Chính ủy Lữ đoàn 901 thăm bà con. Thiếu tướng Lê Văn Thử, Chính ủy Quân khu 10 kể.",
    ),
    ("2021-02-01", "Ông Trần Văn Duệ hát, bà Đỗ Thị Lộ múa."),
    ("2022-03-01", "Thiếu tướng Lê Văn Thử, Chính ủy Quân khu 10 hỏi. Bà Đỗ Thị Lộ đáp."),
];
const THU: &str = "lê văn thử";
const NHA: &str = "hồ sĩ nhã";
const DUE: &str = "trần văn duệ";

fn save(store: &Store, number: usize) -> String {
    let (day, text) = REPORTS[number];
    let (mut draft, _) = sample(text, day, &[]);
    draft.published = day.parse().ok();
    let found = people_and_facts(&draft);
    store.cache().save_all(&[PreparedReport::new("a.txt", draft, &found)]).unwrap();
    id_of(text)
}

fn rows<T: rusqlite::types::FromSql>(store: &Store, sql: &str) -> Vec<T> {
    let mut statement = store.db.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

/// What identification says, name by name.
fn identified(store: &Store) -> OfficialsOfPeople {
    let mut all = OfficialsOfPeople::new();
    for id in rows::<String>(store, "SELECT id FROM official") {
        let name = store.register().unwrap().register_of(&id).unwrap().unwrap();
        let official = name.officials.iter().find(|official| official.id == id).unwrap();
        for seen in official.of(&name.observations) {
            assert_eq!(all.insert((seen.head.report.as_ref().to_owned(), seen.place), id.clone()), None);
        }
    }
    all
}

/// Checks all that shows whose a person is. `names`: how many officials each of these names has now.
fn check(store: &Store, step: &str, names: &[(&str, usize)]) {
    let register = store.register().unwrap();
    for (key, count) in names {
        let sql = format!("SELECT count(*) FROM official o JOIN name n ON n.no = o.name_no WHERE n.key = '{key}'");
        assert_eq!(rows::<usize>(store, &sql), [*count], "{step}: officials named {key}");
    }
    let wanted = identified(store);
    assert_eq!(wanted.len(), rows::<usize>(store, "SELECT count(*) FROM person")[0], "{step}: all are somebody");
    let name_of = |id: &str| register.summary(id).unwrap().unwrap().name;
    let day_of = |report: &str| {
        let text = store.cache().load(report).unwrap().unwrap().text;
        REPORTS.iter().find(|(_, own)| *own == text).unwrap().0
    };

    // The pages of reports.
    let mut shown = OfficialsOfPeople::new();
    for report in rows::<String>(store, "SELECT id FROM report") {
        for (place, official) in register.officials_of(&report).unwrap().into_iter().enumerate() {
            shown.insert((report.clone(), place), official.unwrap_or_default());
        }
    }
    assert_eq!(shown, wanted, "{step}: the people of reports");

    // The pages of officials.
    let mut reports: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut people: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for ((report, _), official) in &wanted {
        reports.entry(official).or_default().insert(report);
        people.entry(report).or_default().insert(official);
    }
    for (official, own) in &reports {
        let observations = register.observations_of(official).unwrap();
        let seen: BTreeSet<&str> = observations.iter().map(|seen| &*seen.head.report).collect();
        assert_eq!(seen, *own, "{step}: the observations of {official}");
        let newest = own.iter().max_by_key(|report| day_of(report)).unwrap();
        assert_eq!(*register.last_mention(official).unwrap().unwrap().report, **newest, "{step}: {official}");
        let mut others: BTreeMap<String, usize> = BTreeMap::new();
        for other in own.iter().flat_map(|report| &people[*report]).filter(|other| *other != official) {
            *others.entry((*other).to_owned()).or_default() += 1;
        }
        let page = register.official_page(official).unwrap().unwrap();
        let together = page.together.iter().map(|row| (row.id.clone(), row.reports)).collect();
        assert_eq!(others, together, "{step}: with {official}");

        // Of a name with more observations than rows, the head of the page and the newest reports.
        let of_name = register.register_of(official).unwrap().unwrap().observations.len();
        let preview_of = |rows| register.official_preview_parts(official, rows).unwrap().unwrap().page().unwrap();
        assert_eq!(preview_of(of_name), page, "{step}: preview of {official}");
        let preview = preview_of(of_name - 1);
        let held = |page: &OfficialPage| page.posts.iter().map(|now| now.text.clone()).collect::<Vec<_>>();
        assert_eq!(held(&preview), held(&page), "{step}: posts of {official}");
        assert_eq!(preview.rank.map(|now| now.text), page.rank.map(|now| now.text), "{step}: rank of {official}");
        let reports = (preview.reports_count, preview.first, preview.last);
        assert_eq!(reports, (page.reports_count, page.first, page.last), "{step}: reports of {official}");
        let newest: Vec<_> = page.reports.into_iter().take(of_name - 1).collect();
        assert_eq!(preview.reports, newest, "{step}: the newest reports of {official}");
    }

    // `list --count-by official`.
    let mut counted: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (official, own) in &reports {
        counted.entry(name_of(official)).or_default().extend(own);
    }
    let counts = store.index().counts(&Filter::default(), CountField::Official, &AtomicBool::new(false)).unwrap();
    let counts: BTreeMap<String, usize> =
        counts.values.into_iter().filter_map(|count| Some((count.value?, count.reports))).collect();
    assert_eq!(counts, counted.into_iter().map(|(name, own)| (name, own.len())).collect(), "{step}: counts");

    // `news`: of names without a sign of an official nobody is told.
    let mut told = OfficialsOfPeople::new();
    let each = &mut |report: &crate::digest::NewReport| {
        for (place, person) in report.people.iter().enumerate() {
            told.extend(person.official.as_ref().map(|known| ((report.id.clone(), place), known.id.clone())));
        }
    };
    store.index().each_new_report(&Filter::default(), NewsSince::Beginning, each).unwrap();
    let known = |id: &str| register.summary(id).unwrap().unwrap().has_sign;
    assert_eq!(told, wanted.into_iter().filter(|(_, id)| known(id)).collect(), "{step}: news");

    let wrong = "SELECT count(*) FROM (SELECT name_no, count(*) AS n FROM official GROUP BY name_no) JOIN person p
                 USING (name_no) WHERE (n > 1) = (p.official IS NULL)";
    assert_eq!(rows::<i64>(store, wrong), [0], "{step}: a row has its official where the name has several");
}

fn decision(store: &Store, key: &str, verdict: Verdict, reports: [&str; 2]) -> Decision {
    let sql = format!("SELECT o.id FROM official o JOIN name n ON n.no = o.name_no WHERE n.key = '{key}' LIMIT 1");
    let name = store.register().unwrap().register_of(&rows::<String>(store, &sql)[0]).unwrap().unwrap();
    let place = |report: &str| name.observations.iter().find(|seen| *seen.head.report == *report).unwrap().name_place();
    let [this, that] = reports.map(place);
    Decision { verdict, name: name.officials[0].name.clone(), this, that }
}

#[test]
fn what_shows_an_official_follows_the_number_of_officials_of_the_name() {
    let store = Store::in_memory().unwrap();
    let first = save(&store, 0);
    check(&store, "one report", &[(THU, 1), (NHA, 1)]);
    let other = save(&store, 1);
    let third = save(&store, 2);
    check(&store, "a namesake", &[(THU, 1), (NHA, 2), (DUE, 1)]);
    save(&store, 3);
    save(&store, 4);
    check(&store, "a name without a sign", &[(THU, 1), (NHA, 2), (DUE, 2)]);
    store.cache().remove(&other).unwrap();
    check(&store, "the namesake removed", &[(THU, 1), (NHA, 1), (DUE, 1)]);
    save(&store, 1);
    check(&store, "and back", &[(THU, 1), (NHA, 2), (DUE, 2)]);
    store.cache().rebuild().unwrap();
    check(&store, "rebuilt", &[(THU, 1), (NHA, 2), (DUE, 2)]);

    let split = decision(&store, THU, Verdict::Apart, [&first, &third]);
    store.register().unwrap().decide(THU, &[split]).unwrap();
    check(&store, "split", &[(THU, 2), (NHA, 2)]);
    let merged = decision(&store, NHA, Verdict::Same, [&first, &other]);
    store.register().unwrap().decide(NHA, &[merged]).unwrap();
    check(&store, "merged", &[(THU, 2), (NHA, 1)]);
    store.register().unwrap().undo_decision().unwrap();
    store.register().unwrap().undo_decision().unwrap();
    check(&store, "undone", &[(THU, 1), (NHA, 2)]);
    store.db.execute_batch("UPDATE person SET official = 'x'").unwrap();
    store.cache().rebuild().unwrap();
    check(&store, "mended", &[(THU, 1), (NHA, 2), (DUE, 2)]);
}

#[test]
fn own_decisions_about_an_archive_show_in_all_of_it() {
    let (there, own) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let writer = Store::open(there.path()).unwrap();
    let ids: Vec<String> = (0..REPORTS.len()).map(|number| save(&writer, number)).collect();
    writer.register().unwrap();
    let reader = Store::open_archive(there.path(), own.path()).unwrap();
    check(&reader, "none", &[(THU, 1), (NHA, 2), (DUE, 2)]);
    let split = decision(&reader, THU, Verdict::Apart, [&ids[0], &ids[2]]);
    reader.register().unwrap().decide(THU, &[split]).unwrap();
    check(&reader, "split", &[(THU, 2), (NHA, 2), (DUE, 2)]);
    let merged = decision(&reader, NHA, Verdict::Same, [&ids[0], &ids[1]]);
    reader.register().unwrap().decide(NHA, &[merged]).unwrap();
    check(&reader, "merged", &[(THU, 2), (NHA, 1), (DUE, 2)]);
    check(&writer, "nothing is written there", &[(THU, 1), (NHA, 2), (DUE, 2)]);
    reader.register().unwrap().undo_decision().unwrap();
    check(&reader, "undone", &[(THU, 2), (NHA, 2), (DUE, 2)]);
}

#[test]
fn what_an_import_adds_is_nobodys_in_an_archive_until_it_is_identified() {
    let (there, own) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let writer = Store::open(there.path()).unwrap();
    let old = save(&writer, 0);
    save(&writer, 1);
    writer.register().unwrap();
    // The next text begins another partition.
    let sql =
        "INSERT INTO body (no, id, text, paragraphs, notes, file, added) VALUES (4095, '00', 'x', x'', '[]', '', 0)";
    writer.db.execute_batch(sql).unwrap();
    let new = save(&writer, 2);
    writer.db.execute_batch("DELETE FROM body WHERE id = '00'").unwrap();
    let reader = Store::open_archive(there.path(), own.path()).unwrap();
    let known = |report: &str| -> Vec<bool> {
        reader.register().unwrap().officials_of(report).unwrap().iter().map(Option::is_some).collect()
    };
    assert_eq!((known(&old), known(&new)), (vec![true; 2], vec![false; 2]), "the new ones may be namesakes");
    writer.register().unwrap();
    assert_eq!((known(&old), known(&new)), (vec![true; 2], vec![true; 2]));
    // Until it is written whose they are, the people of a name with several officials are none of them.
    writer.db.execute_batch("UPDATE person SET official = NULL").unwrap();
    assert_eq!((known(&old), known(&new)), (vec![true, false], vec![false, true]));
}

#[test]
fn a_name_of_one_word_without_a_sign_is_no_official() {
    let store = Store::in_memory().unwrap();
    for text in ["Ông Hoàng cho biết đường đã thông. Bà Đỗ Thị Lộ múa.", "Đại tá Bưởi kể lại.", "Theo ông Marlow, mưa."]
    {
        let (mut draft, _) = sample(text, "2019-01-01", &[]);
        draft.published = "2019-01-01".parse().ok();
        let found = people_and_facts(&draft);
        store.cache().save_all(&[PreparedReport::new("a.txt", draft, &found)]).unwrap();
    }
    let register = store.register().unwrap();
    let mut names: Vec<String> = register.officials().unwrap().into_iter().map(|official| official.name).collect();
    names.sort();
    assert_eq!(names, ["Bưởi", "Đỗ Thị Lộ"]);
    assert_eq!(rows::<String>(&store, "SELECT name FROM official ORDER BY name").len(), 4, "reports still name them");
}

//! The query engine finds what reading every report finds: generated reports, generated filters; and each order of the
//! list.

use super::{ListRow, ListWindow, Sort, WindowBounds};
use crate::officials::PersonStatement;
use crate::report::{
    CareerEvent, CareerEventKind, Certainty, Dated, Day, Draft, Evidence, Extraction, Mention, Paragraph,
    ParagraphKind, Period, Person, ReportFacts, ReportKind, Span, StatedPost, StatedRank, Title, TitleOrigin,
};
use crate::search::filter::{Filter, parse};
use crate::search::filter_match::{self, FilterSubject, SubjectPerson};
use crate::search::matching::{QueryWord, VocabularyEntry};
use crate::search::vocabulary::IndexedTerms;
use crate::store::{Note, NoteChange, NoteSubject, QueryThresholds, SeenBy, Store, StoreError};
use proptest::prelude::*;
use std::sync::atomic::AtomicBool;

/// A report in a few words.
#[derive(Clone, Debug, Default)]
struct Sketch {
    title: String,
    text: String,
    unit: Option<String>,
    kind: ReportKind,
    day: Option<Day>,
    period: Option<Period>,
    person: Option<(String, Option<&'static str>, String)>,
    /// What happens to that person. The report then names another one, to whom nothing does.
    event: Option<CareerEventKind>,
    tag: bool,
    read: bool,
}

impl Sketch {
    /// The text that is saved: a person's post is quoted from it.
    fn whole(&self, number: usize) -> String {
        let person = self.person.as_ref().map(|(name, rank, post)| format!("{} {name}, {post}", rank.unwrap_or("Ông")));
        format!("{}\n{}\nsố {number}", self.text, person.unwrap_or_default())
    }
}

fn save(store: &Store, sketches: &[Sketch]) -> Vec<(String, Sketch)> {
    let mut out = Vec::new();
    for (number, sketch) in sketches.iter().enumerate() {
        let text = sketch.whole(number);
        let span = Span::new(0, text.len());
        let draft = Draft {
            paragraphs: vec![Paragraph { kind: ParagraphKind::Body, span }],
            title: Some(Title { text: sketch.title.clone(), origin: TitleOrigin::Page }),
            published: published(number),
            text: text.clone(),
            ..Draft::default()
        };
        let place = |words: &str| text.rfind(words).map_or(span, |at| Span::new(at, at + words.len()));
        let people = sketch.person.iter().map(|(name, rank, post)| Person {
            name: name.clone(),
            rank: rank.map(|name| StatedRank { rank: crate::extract::lexicon::rank(name).unwrap(), span: place(name) }),
            past_ranks: Vec::new(),
            posts: vec![StatedPost {
                text: post.clone(),
                span: place(post),
                state: crate::report::PostState::Holds,
                above: None,
            }],
            mentions: vec![Mention { span: place(name), evidence: Evidence::Rank }],
            roles: Vec::new(),
            country: None,
            country_nearby: None,
            foreign_name: false,
            accused: false,
            late: false,
        });
        let facts = ReportFacts {
            kind: sketch.kind,
            period: sketch.period,
            unit: sketch.unit.clone(),
            day: dated(number, sketch),
            ..ReportFacts::default()
        };
        let mut people: Vec<Person> = people.collect();
        let event = |kind| CareerEvent { kind, person: 0, span, from: None, to: None };
        let events: Vec<CareerEvent> = sketch.event.filter(|_| !people.is_empty()).map(event).into_iter().collect();
        if let (Some(first), false) = (people.first(), events.is_empty()) {
            let rank = crate::extract::lexicon::rank(BYSTANDER.1).map(|rank| StatedRank { rank, span });
            people.push(Person { name: BYSTANDER.0.to_owned(), rank, posts: Vec::new(), ..first.clone() });
        }
        let found = Extraction { facts, people, events, ..Extraction::default() };
        if number == SEEN {
            store.marks().set_seen(SeenBy::Reader, store.cache().import_position().unwrap()).unwrap();
        }
        store.cache().save(&format!("tep-{number}.txt"), &draft, &found).unwrap();
        let id = crate::store::id_of(&text);
        if sketch.tag {
            store.marks().set_tag(&id, "theo dõi", true).unwrap();
        }
        if sketch.read {
            store.marks().set_read(&id, true).unwrap();
            note(store, NoteSubject::Report { report: id.clone(), title: NOTED.to_owned() }, "đã xem kỹ");
        }
        out.push((id, sketch.clone()));
    }
    // The first who is named has a note too.
    let register = store.register().unwrap();
    let first = out.iter().find_map(|(id, _)| register.officials_of(id).unwrap().into_iter().flatten().next());
    if let Some(id) = first {
        note(store, NoteSubject::Official { id, name: NOTED.to_owned(), places: Vec::new() }, "hỏi lại sau");
    }
    out
}

/// What notes are about, in the words that they keep.
const NOTED: &str = "Lã";

fn note(store: &Store, subject: NoteSubject, text: &str) {
    let note = Note { text: text.to_owned(), ..Note::new(subject) };
    store.notes().change(NoteChange::Put(note)).unwrap();
}

/// Who stands beside the person to whom something happens.
const BYSTANDER: (&str, &str) = ("Phan Văn Chứng", "Trung tướng");
/// The number of reports that came before the reader was last used.
const SEEN: usize = 3;

/// The day of a report: the stated one, else that of its page, else the end of its period.
fn dated(number: usize, sketch: &Sketch) -> Option<Dated> {
    let inferred = published(number).or(sketch.period.and_then(Period::last_day));
    let inferred = inferred.map(|day| Dated::new(day, Certainty::Inferred));
    sketch.day.map(Dated::stated).or(inferred)
}

/// The page of every other report states its day of publication; the rest have only their day of import.
fn published(number: usize) -> Option<Day> {
    number.is_multiple_of(2).then(|| "2020-01-15".parse().unwrap())
}

/// Ids of the matching reports, by evaluating the filter for every report.
fn by_hand(store: &Store, saved: &[(String, Sketch)], filter: &Filter) -> Vec<String> {
    let texts: Vec<String> = saved.iter().enumerate().map(|(n, (_, s))| s.whole(n)).collect();
    let all: Vec<&str> = texts.iter().map(String::as_str).chain(saved.iter().map(|(_, s)| s.title.as_str())).collect();
    let index_terms = IndexedTerms::of(&all);
    let entry = |w: crate::search::vocabulary::DistinctWord<'_>| VocabularyEntry {
        folded: w.folded.into(),
        form: w.form.into(),
    };
    let vocabulary: Vec<VocabularyEntry> = index_terms.distinct_words().map(entry).collect();
    let reading = |word: &QueryWord| word.reading(&vocabulary);
    let notes = store.notes().all().unwrap();
    let on = |is_meant: &dyn Fn(&NoteSubject) -> bool| -> Vec<String> {
        notes.iter().filter(|note| is_meant(&note.subject)).map(|note| format!("{} {NOTED}", note.text)).collect()
    };
    let register = store.register().unwrap();
    let mut out = Vec::new();
    for (n, ((id, sketch), text)) in saved.iter().zip(&texts).enumerate() {
        let source = format!("tep-{n}.txt");
        let officials = register.officials_of(id).unwrap();
        let own = on(&|subject| matches!(subject, NoteSubject::Report { report, .. } if report == id));
        let of_people =
            on(&|subject| matches!(subject, NoteSubject::Official { id, .. } if officials.contains(&Some(id.clone()))));
        let subject = FilterSubject {
            title: &sketch.title,
            text,
            unit: sketch.unit.as_deref(),
            kind: sketch.kind,
            day: dated(n, sketch).map(|dated| dated.day),
            period: sketch.period,
            people: sketch
                .person
                .iter()
                .flat_map(|(name, rank, post)| {
                    let events = sketch.event.into_iter().collect();
                    let person = SubjectPerson { name, rank: *rank, posts: vec![post], events };
                    let (name, rank) = BYSTANDER;
                    let beside = SubjectPerson { name, rank: Some(rank), ..SubjectPerson::default() };
                    std::iter::once(person).chain(sketch.event.map(|_| beside))
                })
                .collect(),
            source: &source,
            archives: Vec::new(),
            tags: if sketch.tag { vec!["theo dõi"] } else { Vec::new() },
            notes: own.iter().map(String::as_str).collect(),
            notes_on_people: of_people.iter().map(String::as_str).collect(),
            read: sketch.read,
            starred: false,
            added: crate::store::cell_encoding::day_of_second(jiff::Timestamp::now().as_second()),
            new: n >= SEEN && saved.len() > SEEN,
        };
        if filter_match::matches(filter, &subject, &reading) {
            out.push(id.clone());
        }
    }
    out.sort();
    out
}

const WORDS: &[&str] = &[
    "hùng", "Hưng", "hung", "HỪNG", "tổng", "kết", "kỹ", "kĩ", "quân", "khu", "7", "đảng", "dang", "hòa", "hoà",
    "hoàng", "Mỹ", "mĩ", "2025", "test", "tết", "Moong", "công", "nghiệp", "quốc", "phòng", "chính", "ủy", "uỷ",
    "trung", "tướng",
];

fn some_words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS), 1..=most).prop_map(|words| words.join(" "))
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let units = ["Quân khu 7", "Tổng cục Công nghiệp quốc phòng", "Bộ Tư lệnh Hòa Bình"];
    let days = ["2022-12-26", "2025-01-01", "2025-06-30", "2024-02-29"];
    let people = (
        prop::sample::select(vec!["Đinh Quốc Hùng", "Hoàng Văn Hưng", "Nguyễn Thị Hòa"]),
        prop::option::of(prop::sample::select(vec!["Trung tướng", "Đại tá", "Phó Đô đốc"])),
        prop::sample::select(vec!["Chính ủy Quân khu 7", "Phó Tư lệnh", "Giám đốc Công nghiệp quốc phòng"]),
    );
    (
        (some_words(3), some_words(9)),
        prop::option::of(prop::sample::select(units.to_vec())),
        prop::sample::select(vec![ReportKind::YearReview, ReportKind::Congress, ReportKind::Other]),
        prop::option::of(prop::sample::select(days.to_vec())),
        prop::option::of(prop::sample::select(vec!["năm 2022", "6 tháng đầu năm 2025"])),
        prop::option::of(people),
        (any::<bool>(), any::<bool>()),
        prop::option::of(prop::sample::select(vec![CareerEventKind::Promoted, CareerEventKind::Appointed])),
    )
        .prop_map(|((title, text), unit, kind, day, period, person, (tag, read), event)| Sketch {
            title,
            text,
            unit: unit.map(str::to_owned),
            kind,
            day: day.map(|d| d.parse().unwrap()),
            period: period.map(|p| p.parse().unwrap()),
            person: person.map(|(name, rank, post)| (name.to_owned(), rank, post.to_owned())),
            event,
            tag,
            read,
        })
}

/// Parts of filters, of every kind of condition and of every length of a word.
const FILTER_PARTS: &[&str] = &[
    "hung",
    "hưng",
    "hư",
    "h",
    "ho",
    "hoà",
    "ky",
    "kỹ",
    "my",
    "mĩ",
    "đ",
    "dang",
    "đảng",
    "huwng",
    "teets",
    "test",
    "tes",
    "moong",
    "mong",
    "cnqp",
    "7",
    "\"tổng kết\"",
    "\"tong ket\"",
    "\"quan khu",
    "\"hung hung\"",
    "\"chính uỷ\"*",
    "\"quan khu 7",
    "\"quân khu 2",
    "\"kết 2",
    "\"hưng q",
    "\"trung t",
    "\"h",
    "\"kĩ t",
    "-\"tong k",
    "n",
    "qu",
    "2",
    "20",
    "hò",
    "hoa",
    "m",
    "ki",
    "k",
    "-h",
    "(h OR 7)",
    "(đ OR \"tết 7\")",
    "-hung",
    "-\"tổng kết\"",
    "-đảng",
    "(hùng OR tết)",
    "(unit:qk7 OR hoa)",
    "-(kết quân)",
    "unit:cnqp",
    "unit:\"quan khu\"",
    "-unit:hòa",
    "kind:tong-ket",
    "kind:congress",
    "rank:>=trung-tuong",
    "rank:dai-ta",
    "-rank:trung-tuong",
    "person:hung",
    "person:hưng",
    "person:\"quốc hùng\"",
    "post:\"chinh uy\"",
    "post:cnqp",
    "-post:tư-lệnh",
    "year:2025",
    "from:2000",
    "-to:2100",
    "from:2024",
    "to:2024-06",
    "date:6t2025",
    "date:2025-01-01",
    "source:tep",
    "source:3",
    "tag:theo",
    "note:xem",
    "note:hoi-lai",
    "-note:hỏi",
    "note:lã",
    "(note:lai OR tag:theo)",
    "is:noted",
    "event:promoted",
    "event:any",
    "-event:appointed",
    "event:promoted rank:trung-tuong",
    "event:appointed person:hung -rank:dai-ta",
    "(event:promoted OR event:appointed) post:tu-lenh",
    "(event:promoted rank:trung-tuong OR kind:congress)",
    "-(event:promoted person:chung)",
    "event:any -rank:trung-tuong",
    "(event:appointed OR -rank:trung-tuong)",
    "added:2020",
    "added:>=2020",
    "-added:>2020",
    "is:new",
    "-is:new",
    "is:read",
    "is:unread",
    "is:undated",
    "-is:undated",
    "is:no-unit",
    "is:no-rank",
    "-is:no-official",
    "is:untagged",
    "unit:=\"quân khu 7\"",
    "unit:=quan-khu",
    "-tag:=theo-doi",
    "person:=hung",
    "rank:=tướng",
    "-is:read",
    "OR",
];

fn typed_filter() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(FILTER_PARTS), 1..4).prop_map(|parts| parts.join(" "))
}

fn ids(found: &ListWindow) -> Vec<String> {
    let mut ids: Vec<String> = found.rows.iter().map(|row| row.id.clone()).collect();
    ids.sort();
    ids
}

/// The default thresholds, and thresholds so small that a few reports exceed each of them.
fn both_thresholds() -> [QueryThresholds; 2] {
    [QueryThresholds::default(), QueryThresholds::tiny()]
}

/// Checks every query for the reports that match a filter against `by_hand`.
fn check_filter(store: &Store, saved: &[(String, Sketch)], typed: &str) -> Result<(), TestCaseError> {
    let (filter, _) = parse(typed);
    let (index, never) = (store.index(), AtomicBool::new(false));
    let found = index.find(&filter, Sort::Date, WindowBounds::first(100)).unwrap();
    let expect = by_hand(store, saved, &filter);
    prop_assert_eq!(found.total, expect.len(), "{}", typed);
    prop_assert_eq!(ids(&found), expect, "{}", typed);
    // The first window is a beginning of the whole list, found without counting.
    store.found.take();
    let part = WindowBounds { offset: 1, limit: 2 };
    let first = index.find_first(&filter, Sort::Date, part, &never).unwrap();
    let window: Vec<&String> = found.rows.iter().skip(1).take(2).map(|row| &row.id).collect();
    for (n, (id, _)) in saved.iter().enumerate().take(3) {
        let place = index.place_of(&filter, Sort::Date, id, &never).unwrap();
        prop_assert_eq!(place, found.rows.iter().position(|row| row.id == *id), "{} {}", typed, n);
        prop_assert_eq!(index.matches(&filter, id).unwrap(), place.is_some(), "{} {}", typed, n);
    }
    prop_assert_eq!(&first.rows.iter().map(|row| &row.id).collect::<Vec<_>>(), &window);
    let part_ids = index.find_ids(&filter, Sort::Date, part).unwrap();
    prop_assert_eq!(part_ids.iter().collect::<Vec<_>>(), window.clone());
    prop_assert!(first.total <= found.total && (!first.counted || first.total == found.total));
    // So are the rows that are found soon: at least one, and all of them if the count comes with them.
    for counted in [true, false] {
        if !counted {
            store.found.take();
        }
        let soon = index.find_soon(&filter, Sort::Date, part, &never).unwrap();
        let rows: Vec<_> = soon.rows.iter().map(|row| &row.id).collect();
        prop_assert!(window.starts_with(&rows) && rows.is_empty() == window.is_empty(), "{}", typed);
        prop_assert!(!soon.counted || (rows.len() == window.len() && soon.total == found.total), "{}", typed);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn the_cache_answers_as_reading_every_report_does(
        sketches in prop::collection::vec(sketch(), 0..14),
        filters in prop::collection::vec((typed_filter(), any::<bool>()), 12),
    ) {
        for thresholds in both_thresholds() {
            let store = Store::in_memory_with(thresholds).unwrap();
            let saved = save(&store, &sketches);
            for (typed, open) in &filters {
                check_filter(&store, &saved, &if *open { typed.clone() } else { format!("{typed} ") })?;
            }
        }
    }
}

#[test]
fn a_rank_that_is_ruled_out_beside_an_event_is_that_of_its_person() {
    let store = Store::in_memory().unwrap();
    // A Trung tướng is present at the appointment of somebody without a rank (`BYSTANDER`).
    let sketch = Sketch {
        text: "Một".to_owned(),
        person: Some(("Lã Tất Thử".to_owned(), None, "Chính ủy Đoàn B".to_owned())),
        event: Some(CareerEventKind::Appointed),
        ..Sketch::default()
    };
    save(&store, &[sketch]);
    let total = |typed: &str| store.index().find(&parse(typed).0, Sort::Date, WindowBounds::first(10)).unwrap().total;
    assert_eq!(total("event:appointed -rank:trung-tuong "), 1);
    assert_eq!(total("event:appointed person:thu -rank:trung-tuong "), 1);
    assert_eq!(total("event:appointed -person:thu "), 0);
    assert_eq!(total("một -rank:trung-tuong "), 0);
}

/// The first matching rows, with their snippets.
fn rows_with_snippets(store: &Store, typed: &str) -> Vec<ListRow> {
    let filter = parse(typed).0;
    let mut rows = store.index().find(&filter, Sort::Date, WindowBounds::first(10)).unwrap().rows;
    store.index().add_snippets(&mut rows, &filter, &AtomicBool::new(false)).unwrap();
    rows
}

#[test]
fn a_list_reads_no_text_and_no_person_and_ids_read_no_row() {
    let (store, _) = three();
    let rows = |store: &Store| {
        let list = |sort| store.index().find(&Filter::default(), sort, WindowBounds::all()).unwrap().rows;
        [Sort::Date, Sort::Added, Sort::Title, Sort::Unit].map(list)
    };
    let newest = |store: &Store| store.index().newest(9).unwrap();
    let before = (rows(&store), newest(&store));
    // A statement that reads a renamed table fails.
    store.db.execute_batch("ALTER TABLE body RENAME COLUMN text TO x; ALTER TABLE person RENAME TO y").unwrap();
    assert_eq!((rows(&store), newest(&store)), before);
    assert!(store.index().people_of(&before.1).is_err(), "the test would notice");
    for column in ["title", "kind", "period", "source", "unit"] {
        store.db.execute_batch(&format!("ALTER TABLE report RENAME COLUMN {column} TO x{column}")).unwrap();
    }
    let ids = store.index().find_ids(&parse("is:unread ").0, Sort::Date, WindowBounds::all()).unwrap();
    assert_eq!(ids, before.1.into_iter().map(|row| row.id).collect::<Vec<_>>());
}

#[test]
fn each_row_has_the_people_of_its_report() {
    let sketch = |text: &str, name: Option<&str>| Sketch {
        text: text.to_owned(),
        person: name.map(|name| (name.to_owned(), None, "Chính ủy Đoàn B".to_owned())),
        ..Sketch::default()
    };
    let store = Store::in_memory().unwrap();
    save(&store, &[sketch("Một", Some("Lã Tất Thử")), sketch("Hai", None), sketch("Ba", Some("Đỗ Văn Mẫu"))]);
    let mut rows = store.index().find(&Filter::default(), Sort::Added, WindowBounds::all()).unwrap().rows;
    let people = |rows: &[ListRow]| store.index().people_of(rows).unwrap();
    let names = |name: &str| vec![name.to_owned()];
    assert_eq!(people(&rows), [names("Đỗ Văn Mẫu"), Vec::new(), names("Lã Tất Thử")]);
    rows.rotate_left(1);
    assert_eq!(people(&rows), [Vec::new(), names("Lã Tất Thử"), names("Đỗ Văn Mẫu")]);
    assert!(people(&[]).is_empty());
}

fn three() -> (Store, Vec<(String, Sketch)>) {
    let report = |title: &str, text: &str, unit: &str, day: &str| Sketch {
        title: title.to_owned(),
        text: text.to_owned(),
        unit: Some(unit.to_owned()),
        day: Some(day.parse().unwrap()),
        ..Sketch::default()
    };
    let store = Store::in_memory().unwrap();
    let saved = save(
        &store,
        &[
            report("Đại hội", "Đồng chí Hưng phát biểu; hưng và hưng", "Đoàn B", "2023-01-01"),
            report("Ăn Tết", "Đồng chí Hùng phát biểu", "Cục A", "2024-01-01"),
            report("An toàn Hưng Yên", "Đồng chí Hừng", "Cục A", "2022-01-01"),
        ],
    );
    (store, saved)
}

fn titles(store: &Store, typed: &str, sort: Sort) -> Vec<String> {
    let found = store.index().find(&parse(typed).0, sort, WindowBounds::first(10)).unwrap();
    found.rows.into_iter().map(|row| row.title).collect()
}

#[test]
fn each_order_of_the_list() {
    let (store, _) = three();
    assert_eq!(titles(&store, "", Sort::Date), ["Ăn Tết", "Đại hội", "An toàn Hưng Yên"]);
    assert_eq!(titles(&store, "", Sort::Added), ["An toàn Hưng Yên", "Ăn Tết", "Đại hội"]);
    assert_eq!(titles(&store, "", Sort::Title), ["An toàn Hưng Yên", "Ăn Tết", "Đại hội"]);
    assert_eq!(titles(&store, "", Sort::Unit), ["Ăn Tết", "An toàn Hưng Yên", "Đại hội"]);
    assert_eq!(titles(&store, "hưng", Sort::Relevance), ["An toàn Hưng Yên", "Đại hội"]);
}

#[test]
fn rows_carry_a_line_of_text_around_the_hit() {
    let (store, _) = three();
    let found = store.index().find(&parse("hùng").0, Sort::Date, WindowBounds::first(10)).unwrap();
    assert_eq!((found.total, found.all, found.counted), (1, 3, true));
    let rows = rows_with_snippets(&store, "hùng");
    assert_eq!(rows.first().unwrap().snippet.as_deref(), Some("Đồng chí Hùng phát biểu  số 1"));
}

#[test]
fn a_report_is_found_again_by_its_place() {
    let (store, saved) = three();
    let place = |typed: &str, n: usize| {
        let id = &saved.get(n).unwrap().0;
        store.index().place_of(&parse(typed).0, Sort::Date, id, &AtomicBool::new(false)).unwrap()
    };
    assert_eq!([place("", 0), place("", 1), place("hưng", 2), place("hưng", 1)], [Some(1), Some(0), Some(1), None]);
}

#[test]
fn lists_change_with_the_cache_and_with_marks() {
    let (store, saved) = three();
    let unread = parse("is:unread ").0;
    assert_eq!(store.index().find(&unread, Sort::Date, WindowBounds::first(9)).unwrap().total, 3);
    store.marks().set_read(&saved.first().unwrap().0, true).unwrap();
    assert_eq!(store.index().find(&unread, Sort::Date, WindowBounds::first(9)).unwrap().total, 2);
    store.cache().remove(&saved.get(1).unwrap().0).unwrap();
    assert_eq!(store.index().find(&unread, Sort::Date, WindowBounds::first(9)).unwrap().total, 1);
    assert_eq!(titles(&store, "hùng", Sort::Date), Vec::<String>::new());
}

#[test]
fn a_search_that_nobody_wants_any_more_ends() {
    let (store, _) = three();
    let stopped = AtomicBool::new(true);
    let filter = parse("hung").0;
    assert!(matches!(
        store.index().find_first(&filter, Sort::Date, WindowBounds::first(9), &stopped),
        Err(StoreError::Interrupted)
    ));
    assert!(matches!(store.index().count(&filter, Sort::Date, &stopped), Err(StoreError::Interrupted)));
}

#[test]
fn what_is_said_of_a_person_comes_back() {
    let person = Sketch {
        person: Some(("Đinh Quốc Hùng".into(), Some("Trung tướng"), "Chính ủy".into())),
        ..Sketch::default()
    };
    let store = Store::in_memory().unwrap();
    save(&store, &[person]);
    let said: String = store.db.query_row("SELECT said FROM person", [], |row| row.get(0)).unwrap();
    assert_eq!(PersonStatement::from_json(&said).unwrap().posts.first().unwrap().text, "Chính ủy".into());
}

#[test]
fn rows_carry_the_line_that_says_what_was_asked_of_people() {
    let person = Sketch {
        text: "Sơ kết công tác. ".repeat(40),
        person: Some(("Đinh Quốc Hùng".into(), Some("Trung tướng"), "Chính ủy Quân khu 7".into())),
        ..Sketch::default()
    };
    let store = Store::in_memory().unwrap();
    save(&store, &[person]);
    for typed in ["person:hùng ", "post:\"chính ủy\" ", "rank:>=thieu-tuong "] {
        let rows = rows_with_snippets(&store, typed);
        let line = rows.first().unwrap().snippet.as_deref();
        assert!(line.is_some_and(|line| line.contains("Trung tướng Đinh Quốc Hùng, Chính ủy")), "{typed}: {line:?}");
    }
    assert_eq!(rows_with_snippets(&store, "is:unread ").first().unwrap().snippet, None);
}

/// The texts of the reports that a query finds among these, in the order of the list; the same under all thresholds.
fn texts(all: &[&str], typed: &str, sort: Sort) -> Vec<String> {
    let [shipped, tiny] = both_thresholds().map(|thresholds| texts_with(thresholds, all, typed, sort));
    assert_eq!(shipped, tiny, "{typed}");
    shipped
}

fn texts_with(thresholds: QueryThresholds, all: &[&str], typed: &str, sort: Sort) -> Vec<String> {
    let store = Store::in_memory_with(thresholds).unwrap();
    let sketches: Vec<Sketch> =
        all.iter().map(|text| Sketch { title: "Tin".into(), text: (*text).to_owned(), ..Sketch::default() }).collect();
    let saved = save(&store, &sketches);
    let rows = store.index().find(&parse(typed).0, sort, WindowBounds::first(99)).unwrap().rows;
    let text = |row: &ListRow| saved.iter().find(|(id, _)| *id == row.id).unwrap().1.text.clone();
    rows.iter().map(text).collect()
}

#[test]
fn keystrokes_find_what_they_compose_and_nothing_else() {
    let all = ["ông Hùng", "ông Hưng", "ông Hứng", "bó hoa"];
    let found = |typed: &str| texts(&all, typed, Sort::Date);
    assert_eq!(found("huwng "), ["ông Hưng"]);
    assert_eq!(found("hungf "), ["ông Hùng"]);
    assert_eq!(found("huwn").len(), 2, "the tone may be to come");
    assert_eq!(found("boss "), Vec::<String>::new());
    // The cache has no Hững: any word of these letters, rather than nothing.
    assert_eq!(found("huwngx ").len(), 3);
}

#[test]
fn a_rare_word_that_looks_like_keystrokes_hides_nothing() {
    let all = ["Ông Coỏng họp", "Công tác đảng", "Máy max"];
    let found = |typed: &str| texts(&all, typed, Sort::Date).len();
    assert_eq!(["coong ", "\"coong tacs\"", "coong tacs ddangr "].map(found), [1, 1, 1]);
    assert_eq!(["coỏng ", "max "].map(found), [1, 1]);
}

#[test]
fn what_stands_side_by_side_is_more_relevant_than_a_rare_word_that_only_begins_so() {
    let apart = "kết quả tổng hợp, kết luận, tổng thể, kết thúc, tổng số";
    let all = ["tổng hợp ketrix", "hội nghị tổng kết năm", apart, "kết quả của tổng công ty"];
    let found = texts(&all, "tong ket", Sort::Relevance);
    assert_eq!(found.first().map(String::as_str), Some("hội nghị tổng kết năm"), "{found:?}");
}

#[test]
fn numbers_are_found_in_either_spelling() {
    let all = ["Đại hội XIII của Đảng", "Đại hội 13", "Quân khu 4", "vi phạm"];
    assert_eq!(texts(&all, "\"dai hoi 13\" ", Sort::Date).len(), 2);
    assert_eq!(texts(&all, "xiii", Sort::Date).len(), 2);
    assert_eq!(texts(&all, "\"quan khu IV", Sort::Date), ["Quân khu 4"]);
    assert_eq!(texts(&all, "6 ", Sort::Date), Vec::<String>::new());
}

#[test]
fn words_that_never_stand_side_by_side_are_known_to_be_no_phrase() {
    let all = ["tổng kết năm", "kết quả tổng hợp"];
    assert_eq!(texts(&all, "\"ket tong", Sort::Date), Vec::<String>::new());
    assert_eq!(texts(&all, "\"tong ket\" ", Sort::Date), ["tổng kết năm"]);
    assert_eq!(texts(&all, "\"tong h", Sort::Date), ["kết quả tổng hợp"]);
    assert_eq!(texts(&all, "-\"tong k\" ", Sort::Date).len(), 2);
    // Keystrokes with more completions than are queried one by one, given by their beginning.
    let all = ["bộ hùng", "bộ hừm", "bộ hụt", "bộ hực", "bộ hục", "bộ hựu", "bộ hửi"];
    assert_eq!(texts(&all, "\"bo huw", Sort::Date).len(), 4);
}

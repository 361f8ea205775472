//! The groups as a cache keeps them: the same in whatever order reports come, go and are derived again.

use super::GroupingLimits;
use crate::officials::story::Fingerprint;
use crate::report::Draft;
use crate::store::cache::PreparedReport;
use crate::store::{Store, tests::sample};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Version `n` of story `story`: the same long text with a few words of its own.
fn text(story: usize, n: usize) -> String {
    let mut words: Vec<String> = (0..120).map(|word| format!("chữ{} việc", (word * 7 + story * 131) % 997)).collect();
    words[20 + 9 * n] = format!("khác {n}");
    format!("Tin của câu chuyện {story}\n{}.\n", words.join(" "))
}

fn save(store: &Store, text: &str, day: &str) -> String {
    let (mut draft, _) = sample(text, "", &[]);
    draft.url = Some(format!("https://bao{}.example.vn/tin-{}.html", text.len() % 7, blake3::hash(text.as_bytes())));
    draft.published = day.parse().ok();
    let found = crate::extract::people_and_facts(&draft);
    store.cache().save_all(&[PreparedReport::new("a.txt", draft, &found)]).unwrap();
    crate::store::id_of(text)
}

/// Limits by which a few reports are grouped as thousands are after a large import: in many transactions.
const FEW: GroupingLimits = GroupingLimits { reports: 4, keys: 40 };

/// Groups a few reports at a time, then brings the register up to date.
fn register(store: &Store) {
    store.stories().group_within(FEW).unwrap();
    store.register().unwrap();
}

/// The groups: ids of each, the one that represents it first.
fn groups(store: &Store) -> BTreeSet<Vec<String>> {
    let ids = |sql: &str| -> Vec<String> {
        store.db.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let of = |id: &String| {
        let mut ids: Vec<String> = store.stories().versions(id).unwrap().into_iter().map(|v| v.id).collect();
        if let Some(rest) = ids.get_mut(1..) {
            rest.sort();
        }
        ids
    };
    ids("SELECT id FROM report WHERE story IS NOT NULL").iter().map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn groups_do_not_depend_on_the_order(
        order in Just((0..12_usize).collect::<Vec<_>>()).prop_shuffle(),
        cuts in proptest::collection::vec(0..12_usize, 3),
        gone in proptest::collection::vec(0..12_usize, 0..3),
    ) {
        let day = |n: usize| format!("2021-05-{:02}", 1 + n % 4);
        let all = |store: &Store, order: &[usize]| for (at, n) in order.iter().enumerate() {
            save(store, &text(n / 4, n % 4), &day(*n));
            // In steps of any size, and all at once.
            if cuts.contains(&at) {
                register(store);
            }
        };
        let [one, other] = [(0..12).collect(), order].map(|order: Vec<usize>| {
            let store = Store::in_memory().unwrap();
            all(&store, &order);
            register(&store);
            store
        });
        prop_assert_eq!(groups(&one).len(), 3);
        prop_assert_eq!(groups(&one), groups(&other));
        // What was removed leaves no trace: as if it had never been there.
        let without = Store::in_memory().unwrap();
        let kept: Vec<usize> = (0..12).filter(|n| !gone.contains(n)).collect();
        all(&without, &kept);
        let ids: Vec<String> = gone.iter().map(|n| crate::store::id_of(&text(n / 4, n % 4))).collect();
        other.cache().remove_all(&ids).unwrap();
        for store in [&other, &without] {
            store.register().unwrap();
        }
        prop_assert_eq!(groups(&other), groups(&without));
        other.cache().rebuild().unwrap();
        prop_assert_eq!(groups(&other), groups(&without));
    }
}

/// A formula that more reports have than `MOST_HOLDERS` links none of them, whichever of them came first.
#[test]
fn a_key_of_too_many_links_nothing_in_any_order() {
    let print = |n: i64| {
        let words: Vec<String> = (0..60).map(|word| format!("chu{word} viec")).collect();
        Fingerprint::of(&format!("tin {n}"), &words.join(" "), None, None).to_bytes()
    };
    let count = super::MOST_HOLDERS as i64 + 1;
    let told = |first: &[i64], then: &[i64]| {
        let store = Store::in_memory().unwrap();
        for n in 1..=count {
            let (draft, found) = sample(&format!("Bản số {n}"), "2021-05-01", &[]);
            store.cache().save_all(&[PreparedReport::new("a.txt", draft, &found)]).unwrap();
        }
        store.register().unwrap();
        let add = |bodies: &[i64]| {
            store.write(|| bodies.iter().try_for_each(|body| store.stories().note(*body, &print(*body)))).unwrap();
            register(&store);
        };
        add(first);
        let before = groups(&store).iter().map(Vec::len).sum::<usize>();
        add(then);
        (before, groups(&store).iter().map(Vec::len).sum::<usize>(), store)
    };
    let all: Vec<i64> = (1..=count).collect();
    let (before, after, store) = told(&all[..2], &all[2..]);
    assert_eq!((before, after), (2, 0));
    assert_eq!(told(&all[1..], &all[..1]).1, 0);
    // One fewer, and it says something again.
    let gone = crate::store::id_of("Bản số 7");
    store.cache().remove_all(&[gone]).unwrap();
    assert_eq!(groups(&store).iter().map(Vec::len).sum::<usize>(), super::MOST_HOLDERS);
}

/// A link of a long chain: like the few before and behind it, and unlike all others.
fn link(n: i64) -> Vec<u8> {
    let words: Vec<String> = (n * 3..n * 3 + 60).map(|word| format!("chu{word} viec")).collect();
    Fingerprint::of(&format!("tin {n}"), &words.join(" "), None, None).to_bytes()
}

/// A cache of reports that have no fingerprint yet.
fn cache_of(count: i64) -> Store {
    let store = Store::in_memory().unwrap();
    for n in 1..=count {
        let (draft, found) = sample(&format!("Bản số {n}"), "2021-05-01", &[]);
        store.cache().save_all(&[PreparedReport::new("a.txt", draft, &found)]).unwrap();
    }
    store.register().unwrap();
    store
}

/// Gives reports the fingerprints of links, and groups them within some limits. Returns the sizes of the stories.
fn add(store: &Store, bodies: impl IntoIterator<Item = i64>, limits: GroupingLimits) -> Vec<usize> {
    store.write(|| bodies.into_iter().try_for_each(|body| store.stories().note(body, &link(body)))).unwrap();
    store.stories().group_within(limits).unwrap();
    groups(store).iter().map(Vec::len).collect()
}

/// A form that is filled in again and again is a long chain of reports, each like the next.
#[test]
fn a_chain_of_too_many_is_no_story() {
    let most = super::MOST_VERSIONS as i64;
    let store = cache_of(most + 1);
    assert_eq!(add(&store, 1..=most, GroupingLimits::default()), [super::MOST_VERSIONS]);
    assert_eq!(add(&store, most + 1..=most + 1, GroupingLimits::default()), [0_usize; 0]);
}

/// Two chains that may be stories become none when what is between them comes, in any order, and are two again when it
/// is gone.
#[test]
fn a_long_chain_is_grouped_in_no_order() {
    const LENGTH: i64 = 300;
    let (left, between, right) = (1..=140, 141..=160, 161..=LENGTH);
    let mixed = |n: i64| 1 + n * 77 % LENGTH;
    let many = GroupingLimits { reports: 90, keys: 500 };
    for limits in [GroupingLimits::default(), many, FEW] {
        let store = cache_of(LENGTH);
        assert_eq!(add(&store, left.clone(), limits), [140]);
        assert_eq!(add(&store, right.clone(), limits), [140, 140]);
        assert!(add(&store, between.clone(), limits).is_empty());
        // All at once, and one that comes late.
        let other = cache_of(LENGTH);
        assert!(add(&other, (0..LENGTH - 1).map(mixed), limits).is_empty());
        assert!(add(&other, [mixed(LENGTH - 1)], limits).is_empty());
        for store in [store, other] {
            let gone: Vec<String> = between.clone().map(|n| crate::store::id_of(&format!("Bản số {n}"))).collect();
            store.cache().remove_all(&gone).unwrap();
            assert_eq!(add(&store, [], limits), [140, 140]);
        }
    }
}

#[test]
fn an_address_found_later_makes_a_title_the_stub_of_its_page() {
    let store = Store::in_memory().unwrap();
    let save = |text: &str, url: Option<&str>| {
        let draft = Draft { text: text.to_owned(), url: url.map(str::to_owned), ..sample(text, "", &[]).0 };
        let found = crate::extract::people_and_facts(&draft);
        store.cache().save_all(&[PreparedReport::new("a.txt", draft, &found)]).unwrap();
        store.register().unwrap();
        crate::store::id_of(text)
    };
    let title = "Hội nghị tổng kết công tác của đơn vị";
    let stub = save(title, None);
    let page = save(&format!("{title}\n{}", text(1, 1)), Some("https://bao.example.vn/tin/1.html"));
    assert!(groups(&store).is_empty());
    save(title, Some("https://www.bao.example.vn/tin/1.html?utm_source=rss"));
    assert_eq!(groups(&store), [vec![page, stub]].into());
}

/// Lists have a row for each story, and officials count stories.
#[test]
fn a_story_is_one_row_and_one_event_of_an_official() {
    let store = Store::in_memory().unwrap();
    let save = |lead: &str, n: usize, day: &str| {
        let text = format!("{lead} Đại tá Cù Văn Đán, Chính ủy Lữ đoàn 913, phát biểu.\n{}", text(1, n));
        let (mut draft, _) = sample(&text, "", &[]);
        draft.published = day.parse().ok();
        let found = crate::extract::people_and_facts(&draft);
        store.cache().save("a.txt", &draft, &found).unwrap();
        crate::store::id_of(&text)
    };
    let first = save("Bản thứ nhất.", 0, "2021-05-01");
    let copies = [save("Bản thứ hai.", 1, "2021-05-02"), save("Bản thứ ba.", 2, "2021-05-03")];
    let index = || store.index().by_story();
    let found = |filter: &str| {
        let filter = crate::search::filter::parse(filter).0;
        let window = index().find(&filter, crate::store::Sort::Date, crate::store::WindowBounds::all()).unwrap();
        assert_eq!(window.total, window.rows.len());
        assert_eq!(index().count(&filter, crate::store::Sort::Date, &false.into()).unwrap(), window.total);
        window.rows.into_iter().map(|row| (row.id, row.others.len())).collect::<Vec<_>>()
    };
    assert_eq!(found(""), [(first.clone(), 2)]);
    assert_eq!(found("phát biểu"), [(first.clone(), 2)]);
    assert_eq!(found("\"thứ hai\""), [(copies[0].clone(), 2)]);
    // Of two that match, when the one shown does not: the newest.
    assert_eq!(found("\"thứ hai\" OR \"thứ ba\""), [(copies[1].clone(), 2)]);
    let place = |id: &String| {
        index()
            .place_of(&crate::search::filter::Filter::default(), crate::store::Sort::Date, id, &false.into())
            .unwrap()
    };
    assert_eq!([place(&first), place(&copies[0]), place(&copies[1])], [Some(0); 3]);
    assert_eq!(store.index().newest(9).unwrap().len(), 3);
    assert_eq!(index().newest(9).unwrap().len(), 1);
    let register = store.register().unwrap();
    let official = register.officials().unwrap().into_iter().find(|one| one.name == "Cù Văn Đán").unwrap();
    assert_eq!(official.reports, 1);
    let page = register.official_page(&official.id).unwrap().unwrap();
    assert_eq!((page.reports_count, page.reports.len(), page.posts[0].reports), (1, 1, 1));
}

/// The exact count leaves copies out without a list of the rows, in batches of any size.
#[test]
fn the_count_of_a_word_has_each_story_once() {
    for thresholds in [crate::store::QueryThresholds::default(), crate::store::QueryThresholds::tiny()] {
        let store = Store::in_memory_with(thresholds).unwrap();
        let leads = ["đỏ", "xanh", "đỏ xanh", "tím", "đỏ tím", "xanh tím", "vàng"];
        for (number, lead) in leads.iter().enumerate() {
            // Two stories of three versions, and a report that no other tells.
            let text = format!("Bản {lead}.\n{}", text(number / 3, number % 3));
            let (mut draft, found) = sample(&text, "", &[]);
            draft.published = format!("2021-05-0{}", number + 1).parse().ok();
            store.cache().save("a.txt", &draft, &found).unwrap();
        }
        assert_eq!(groups(&store).len(), 2);
        for (word, stories) in [("bản", 3), ("đỏ", 2), ("xanh", 2), ("tím", 1), ("vàng", 1), ("nâu", 0)] {
            let filter = crate::search::filter::parse(word).0;
            let (index, never) = (store.index().by_story(), std::sync::atomic::AtomicBool::new(false));
            let counted = index.count(&filter, crate::store::Sort::Date, &never).unwrap();
            store.found.take();
            let listed = index.find_ids(&filter, crate::store::Sort::Title, crate::store::WindowBounds::all()).unwrap();
            assert_eq!((counted, listed.len()), (stories, stories), "{word}");
        }
    }
}

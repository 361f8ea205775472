//! The cheap tests before the scorer, against their plain meaning. What people find is tested over a register
//! (tests/it/finding.rs).

use super::quick_reject::{in_order, letter_mask};
use super::score::fuzzy_match::match_letters;
use super::typo::one_typo;
use super::*;
use proptest::prelude::*;

/// Somebody to be found, who owns what a candidate borrows.
#[derive(Clone, Debug, Default)]
struct Person {
    name: String,
    rank: Option<String>,
    posts: Vec<String>,
    former: Vec<FormerTenure>,
    reports: usize,
    last: Option<Day>,
}

impl<'a> From<&'a Person> for Candidate<'a> {
    fn from(person: &'a Person) -> Self {
        let Person { name, rank, posts, former, reports, last } = person;
        Self { name, rank: rank.as_deref(), posts, former, reports: *reports, last: *last }
    }
}

/// Letters to change, add, leave out or exchange to make one word of another.
fn distance(one: &[u8], other: &[u8]) -> usize {
    match (one, other) {
        ([], rest) | (rest, []) => rest.len(),
        ([first, tail @ ..], [letter, rest @ ..]) if first == letter => distance(tail, rest),
        ([_, tail @ ..], [_, rest @ ..]) => {
            let exchanged = one.len() > 1 && other.len() > 1 && one[0] == other[1] && one[1] == other[0];
            let exchanged = if exchanged { distance(&one[2..], &other[2..]) } else { usize::MAX - 1 };
            1 + distance(tail, rest).min(distance(one, rest)).min(distance(tail, other)).min(exchanged)
        }
    }
}

proptest! {
    #[test]
    fn one_typo_is_a_distance_of_one(typed in "[abc]{3,5}", known in "[abc]{0,6}") {
        let near = distance(typed.as_bytes(), known.as_bytes()) <= 1;
        prop_assert_eq!(one_typo(&typed, &known, false), near, "{} {}", typed, known);
    }

    #[test]
    fn a_typo_in_the_beginning_of_a_word(typed in "[abc]{3,5}", known in "[abc]{0,7}") {
        let near = (0..=known.len()).any(|end| distance(typed.as_bytes(), &known.as_bytes()[..end]) <= 1);
        prop_assert_eq!(one_typo(&typed, &known, true), near, "{} {}", typed, known);
    }

    #[test]
    fn the_scorer_sees_only_what_can_match(name in "[a-d ]{0,12}", typed in "[a-d]{1,4}") {
        let matched = match_letters(&name, &typed);
        prop_assert_eq!(matched.is_some(), in_order(&name, &typed));
        prop_assert!(matched.is_none() || letter_mask(&typed) & !letter_mask(&name) == 0);
    }

    #[test]
    fn any_query_over_any_names(
        typed in "[a-zđưỡễ0-9 ]{0,16}",
        names in prop::collection::vec("[A-Za-zĐđưỡễİ\u{301}\u{323}’ ]{0,16}", 0..6),
    ) {
        let people: Vec<Person> = names.into_iter().map(|name| Person { name, ..Person::default() }).collect();
        let all = find(&typed, &people);
        let few = Finder::new(&people).find(&typed, 2);
        prop_assert_eq!(few.total, all.len());
        prop_assert_eq!(&few.hits[..], &all[..all.len().min(2)]);
        for hit in &all {
            let name = &people[hit.index].name;
            let are_spans_of_name = hit.spans.iter().all(|span| name.get(span.start..span.end).is_some());
            prop_assert!(are_spans_of_name, "{:?} in {:?}", hit.spans, name);
        }
    }
}

/// What is typed of people like these.
const TYPED: &[&str] = &[
    "h", "hu", "hung", "hưng", "hùn", "nguyen", "ngueyn", "dqh", "dq", "dinhquoc", "nh", "vxh", "hnug", "dnih",
    "dinhj", "quoocs", "cnqp", "chinh", "uy", "qk", "7", "trung", "tuong", "thieu", "tu", "lenh", "qk7", "đ", "văn",
    "nv", "k", "hnh", "th",
];

fn people() -> impl Strategy<Value = Vec<Person>> {
    let names = [
        "Đinh Quốc Hùng",
        "Nguyễn Văn Hưng",
        "Vũ Xuân Hùng",
        "H’Nhinh Niê",
        "Lê Hữu Nghĩa",
        "Kim Jong-un",
        "Hà",
        "T. Hoa Lan",
    ];
    let ranks = ["Trung tướng", "Thiếu tướng", "Đại úy"];
    let posts = ["Chính ủy Quân khu 7", "Tư lệnh", "Chủ nhiệm Tổng cục Công nghiệp quốc phòng", "Hiệu trưởng"];
    let one = (
        prop::sample::select(names.to_vec()),
        prop::option::of(prop::sample::select(ranks.to_vec())),
        prop::collection::vec(prop::sample::select(posts.to_vec()), 0..3),
        prop::collection::vec(prop::sample::select([ranks.as_slice(), posts.as_slice()].concat()), 0..3),
        0_usize..3,
    );
    let one = one.prop_map(|(name, rank, posts, former, reports)| Person {
        name: name.to_owned(),
        rank: rank.map(str::to_owned),
        posts: posts.into_iter().map(str::to_owned).collect(),
        former: former.into_iter().map(|text| FormerTenure { text: text.to_owned(), undated: false }).collect(),
        reports,
        last: None,
    });
    prop::collection::vec(one, 0..12)
}

proptest! {
    #[test]
    fn nobody_who_answers_is_left_out(
        people in people(),
        typed in prop::collection::vec(prop::sample::select(TYPED.to_vec()), 1..4),
        open in any::<bool>(),
    ) {
        let typed = typed.join(" ") + if open { "" } else { " " };
        let finder = Finder::new(&people);
        let query = FinderQuery::new(&typed, &finder.index);
        let (shapes, names) = (NameShapes::new(&query), NameCandidates::new(&query));
        let modes = [MatchMode::Strict, MatchMode::SplitPhrases, MatchMode::Fuzzy, MatchMode::TwoTypos];
        let passes = modes.iter().flat_map(|mode| [(*mode, LineScope::Present), (*mode, LineScope::All)]);
        for (mode, lines) in passes {
            let fuzzy = mode == MatchMode::Fuzzy;
            let context = ContextMatches::new(&query, fuzzy, lines);
            let candidates: Vec<usize> =
                CandidateSet::new(&query, &names, &context, mode).parts(2).flatten().collect();
            let pass = SearchPass { query: &query, shapes: shapes.as_ref(), mode, context };
            let mut scorer = CandidateScorer::new(&pass);
            for person in (0..finder.len()).filter_map(|number| finder.index.person(number)) {
                let spans = |scorer: &CandidateScorer| highlight::spans(&query, &person, &scorer.places());
                let score = scorer.score(&person).map(|score| (score, spans(&scorer)));
                prop_assert!(score.is_none() || candidates.contains(&person.number), "{}: {}", &typed, person.number);
                // The people scored before change nothing.
                let mut alone = CandidateScorer::new(&pass);
                let score_alone = alone.score(&person).map(|score| (score, spans(&alone)));
                prop_assert_eq!(score, score_alone, "{}: {}", &typed, person.number);
            }
        }
        // The first few are the first of all.
        let all = finder.find(&typed, usize::MAX).hits;
        let parallel = Finder::with_limits(&people, FinderLimits::tiny());
        for few in [1, 2, 5] {
            let found = finder.find(&typed, few);
            prop_assert_eq!((&found.hits[..], found.total), (&all[..all.len().min(few)], all.len()), "{}", &typed);
            // Whether one thread scores or several.
            prop_assert_eq!(found, parallel.find(&typed, few), "{}", &typed);
        }
    }
}

/// The threshold is so low that several threads score them.
#[test]
fn several_threads_find_the_same_as_one() {
    let names = ["Lê Văn Hùng", "Đỗ Thị Mai", "Hà Quốc Hưng", "Vũ Hải", "Trần An"];
    let person = |n: usize| Person { name: names[n % 5].to_owned(), reports: n * 7 % 300, ..Person::default() };
    let people: Vec<Person> = (0..300).map(person).collect();
    for (typed, answering) in [("h", 180), ("hung", 120), ("lvh", 60), ("", 300), ("hungf", 60), ("van hung", 60)] {
        let parallel = Finder::with_limits(&people, FinderLimits::tiny());
        let found = parallel.find(typed, 300);
        assert_eq!(found, Finder::new(&people).find(typed, 300), "{typed}");
        assert_eq!((found.total, found.hits.len()), (answering, answering), "{typed}");
        assert_eq!(parallel.find(typed, 7).hits[..], found.hits[..7], "{typed}");
        let often = |pair: &[FinderHit]| {
            let of = |hit: &FinderHit| {
                (std::cmp::Reverse(hit.score), std::cmp::Reverse(people[hit.index].reports), hit.index)
            };
            of(&pair[0]) < of(&pair[1])
        };
        assert!(found.hits.windows(2).all(often), "{typed}");
    }
}

#[test]
fn the_beginning_of_a_word_in_the_middle_of_a_post_is_no_answer() {
    let person = |posts: &[&str]| Person {
        name: "Vũ Văn An".to_owned(),
        posts: posts.iter().map(|post| (*post).to_owned()).collect(),
        ..Person::default()
    };
    let mut people = vec![
        person(&["Tư lệnh Hải quân"]),
        person(&["Hiệu trưởng"]),
        person(&["Tư lệnh Hải quân", "Hiệu trưởng"]),
        person(&["Hiệu trưởng", "Tư lệnh Hải quân"]),
    ];
    // So many with the name that nobody is asked for who only resembles.
    people.extend(vec![Person { name: "Lê Hải".to_owned(), ..Person::default() }; ENOUGH]);
    let found = |typed: &str| {
        let hits = find(typed, &people).into_iter().map(|hit| hit.index).filter(|index| *index < 4);
        hits.collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(found("h"), [1, 2, 3].into());
    assert_eq!(found("hai"), [0, 2, 3].into());
}

#[test]
fn a_typo_in_each_of_two_words_is_taken_for_one_where_nobody_else_answers() {
    let names = ["Trương Khánh Duy", "Phùng Thanh Toàn", "Lường Bích Ngân", "Vàng Thị Lan", "Đoàn Quang Trúc"];
    let people = names.map(|name| Person { name: name.to_owned(), ..Person::default() });
    let found = |typed: &str| {
        let hits = find(typed, &people);
        assert!(hits.iter().all(|hit| hit.fuzzy), "{typed}");
        hits.iter().map(|hit| (people[hit.index].name.as_str(), hit.spans.len())).collect::<Vec<_>>()
    };
    for (typed, name) in [
        ("truogn khahn duy", names[0]),
        ("turong kanh duy", names[0]),
        ("truong khannh dyu", names[0]),
        ("phumg thanh taon", names[1]),
        ("toan phunng thabh", names[1]),
        ("luong bihc ngna", names[2]),
        ("lunog bich ngam", names[2]),
        ("vnag thi lna", names[3]),
        ("doab qunag truc ", names[4]),
    ] {
        assert_eq!(found(typed), [(name, 3)], "{typed}");
    }
    for typed in [
        // A typo in each of three words; two in one; no word without one, whether there are two or more.
        "truogn khahn dyu",
        "tuorgn khanh duy",
        "truogn khahn",
        "phumg thabh taon",
        // Words of three letters are too like others.
        "vamg thi lam",
        "vang thj lai",
        // A word with a tone is typed with care.
        "trướng khahn duy",
        // Initials and the beginnings of words do not show who is meant.
        "t khahn dyu",
        "truogn khahn d",
    ] {
        assert_eq!(found(typed), [], "{typed}");
    }
}

#[test]
fn a_typo_behind_an_honorific_is_one_of_the_name() {
    let people = ["Trương Khánh Duy", "Ông Văn Tám"].map(|name| Person { name: name.to_owned(), ..Person::default() });
    let found = |typed: &str| find(typed, &people).iter().map(|hit| (hit.index, hit.fuzzy)).collect::<Vec<_>>();
    for typed in ["dong chi truong khahn duy", "ông truogn khahn duy", "ong truong khanh dyu"] {
        assert_eq!(found(typed), [(0, true)], "{typed}");
    }
    assert_eq!(found("ong vna tam"), [(1, true)]);
    assert_eq!(found("ông trâm khahn duy"), []);
}

#[test]
fn two_typos_beside_a_post_are_taken_where_the_post_is_told() {
    let person =
        |name: &str, post: &str| Person { name: name.to_owned(), posts: vec![post.to_owned()], ..Person::default() };
    let people = [person("Lường Bích", "Chính ủy Quân khu 13"), person("Lương Đích", "Trưởng phòng")];
    let found = |typed: &str| find(typed, &people).iter().map(|hit| hit.index).collect::<Vec<_>>();
    assert_eq!(found("lunog bihc chinh uy"), [0]);
    assert_eq!(found("lunog bihc chihn uy"), [0; 0]);
    assert_eq!(found("lunog bihc quan khu 12"), [0; 0]);
}

#[test]
fn an_empty_query_gives_everybody_the_most_often_named_first() {
    let people: Vec<Person> =
        [3, 9, 5].map(|reports| Person { name: "Lê An".to_owned(), reports, ..Person::default() }).into();
    assert_eq!(find(" ", &people).iter().map(|hit| hit.index).collect::<Vec<_>>(), [1, 2, 0]);
    assert!(find("an", &Vec::<Person>::new()).is_empty());
}

#[test]
fn a_whole_word_with_a_typo_comes_before_the_beginning_of_one() {
    let person = |name: &str, reports| Person { name: name.to_owned(), reports, ..Person::default() };
    let people = [person("Lê Văn Thinh", 9), person("Lê Văn Thãi", 1)];
    assert_eq!(find("le van thia", &people).iter().map(|hit| hit.index).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn a_name_before_a_post_is_no_part_of_another_post() {
    let person =
        |name: &str, post: &str| Person { name: name.to_owned(), posts: vec![post.to_owned()], ..Person::default() };
    let people = [
        person("Phạm Thị Hiếu", "Phó Tổng Tham mưu trưởng"),
        person("Hiểu Văn Bộ", "Trưởng phòng"),
        person("Lê Văn Giang", "Thứ trưởng Bộ Quốc phòng"),
    ];
    let found = |typed: &str| {
        let hits = find(typed, &people).into_iter().filter(|hit| !hit.fuzzy);
        hits.map(|hit| (hit.index, hit.spans.len())).collect::<Vec<_>>()
    };
    assert_eq!(found("thi hieu pho tong"), [(0, 2)]);
    assert_eq!(found("giang bo truong"), []);
}

#[test]
fn a_tone_may_stand_on_either_vowel_beside_initials_and_without_spaces() {
    let person = |name: &str| Person { name: name.to_owned(), ..Person::default() };
    let people = ["Đỗ Hà Thuỷ", "Đinh Văn Hòa", "Đỗ Vũ Hoàng", "Đoàn Văn Hoá"].map(person);
    let found = |typed: &str| {
        let hits = find(typed, &people).into_iter().filter(|hit| !hit.fuzzy);
        hits.map(|hit| (people[hit.index].name.as_str(), hit.spans.len())).collect::<Vec<_>>()
    };
    for typed in ["dhthủy", "đhthuỷ", "đỗhàthủy", "dohathuỷ"] {
        assert_eq!(found(typed), [("Đỗ Hà Thuỷ", 3)], "{typed}");
    }
    for typed in ["dvhòa", "dvhoà"] {
        assert_eq!(found(typed), [("Đinh Văn Hòa", 3)], "{typed}");
    }
    assert_eq!(found("dvhoàn"), [("Đỗ Vũ Hoàng", 3)]);
    assert_eq!(found("dhthúy"), [("", 0); 0]);
}

#[test]
fn what_is_whole_in_a_post_comes_before_what_is_begun() {
    let person = |post: &str, reports| Person {
        name: "Vũ Hùng".to_owned(),
        posts: vec![post.to_owned()],
        reports,
        ..Person::default()
    };
    let people = [person("Cán bộ Đội Điều tra", 9), person("Phó trưởng Công an xã", 1)];
    assert_eq!(find("hung ca", &people).iter().map(|hit| hit.index).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(find("hung can", &people).iter().map(|hit| hit.index).next(), Some(0));
}

#[test]
fn one_word_of_what_an_abbreviation_stands_for_only_resembles() {
    let person =
        |name: &str, post: &str| Person { name: name.to_owned(), posts: vec![post.to_owned()], ..Person::default() };
    let people = [
        person("Nguyễn Thành Nhân", "Hiệu trưởng"),
        person("Nguyễn Lập", "Chủ tịch UBND TP Nam Định"),
        person("Vũ Hải", "Chính ủy Quân đội nhân dân"),
    ];
    let found = |typed: &str| {
        let hits = find(typed, &people).into_iter().filter(|hit| !hit.fuzzy);
        hits.map(|hit| hit.index).collect::<Vec<_>>()
    };
    assert_eq!(found("nguyễn thành nhân"), [0]);
    assert_eq!(found("hai nhan"), [2]);
    assert_eq!(found("lap nhan"), [0; 0]);
    assert_eq!(find("lap nhan", &people).iter().map(|hit| hit.index).collect::<Vec<_>>(), [1]);
    assert!(find("lập nhân", &people).is_empty(), "a tone that was typed is to be seen");
    assert_eq!(found("lập nhân dân"), [1]);
    for typed in ["lap uy ban nhan dan", "lap ubnd", "lap thanh pho", "ubnd thanh pho nam dinh"] {
        assert_eq!(found(typed), [1], "{typed}");
    }
}

#[test]
fn no_letter_answers_twice_and_no_toned_syllable_is_torn() {
    let person = |name: &str| Person { name: name.to_owned(), ..Person::default() };
    let people = ["Phạm Thị Huyền", "Trần Thu Hằng", "Võ Nam Hưng", "Nguyễn Xuân Phúc", "Lê Thu Thủy"].map(person);
    let found = |typed: &str| {
        let hits = find(typed, &people).into_iter().filter(|hit| !hit.fuzzy);
        hits.map(|hit| people[hit.index].name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(found("thu thuy"), ["Lê Thu Thủy"]);
    assert_eq!(found("phuc phuc"), <[&str; 0]>::default());
    for typed in ["thằng", "thiề", "nhưng", "nhưn", "thằ "] {
        assert_eq!(found(typed), <[&str; 0]>::default(), "{typed}");
    }
    assert_eq!(found("nxphúc"), ["Nguyễn Xuân Phúc"]);
    assert_eq!(found("nxp"), ["Nguyễn Xuân Phúc"]);
    assert_eq!(found("tranthuhằng"), ["Trần Thu Hằng"]);
}

#[test]
fn what_matches_is_marked_in_the_name_as_written() {
    let marked = |name: &str, typed: &str| {
        let people = [Person { name: name.to_owned(), ..Person::default() }];
        let hits = find(typed, &people);
        let spans = hits.iter().flat_map(|hit| &hit.spans);
        spans.map(|span| name.get(span.start..span.end).unwrap().to_owned()).collect::<Vec<_>>()
    };
    // A combining mark that belongs to no letter of Unicode stays apart, and its bytes belong to the letter before.
    assert_eq!(marked("OR\u{301}unit", "oru"), ["OR\u{301}u"]);
    assert_eq!(marked("OR\u{301}unit", "unit"), ["u", "n", "i", "t"]);
    assert_eq!(marked("H’Nhinh Adrơng", "hnh"), ["H’Nh"]);
    assert_eq!(marked("İpek Văn", "ipe"), ["İpe"]);
}

proptest! {
    #[test]
    fn a_higher_score_comes_first(
        people in people(),
        typed in prop::collection::vec(prop::sample::select(TYPED.to_vec()), 1..4),
    ) {
        let hits = find(&typed.join(" "), &people);
        prop_assert!(hits.is_sorted_by_key(|hit| std::cmp::Reverse(hit.score)), "{:?}", hits);
        for hit in &hits {
            prop_assert!(hit.spans.is_sorted_by(|one, next| one.end <= next.start), "{:?}", hit);
        }
    }
}

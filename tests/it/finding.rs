//! The right person among ten thousand: queries of eleven kinds against an invented register, made the same each time.
//! Each query is made so that it identifies one person; the register is full of people who are nearly the same.

use baocao::search::fuzzy::{Candidate, Finder, FinderResult, Tier};
use baocao::search::matching::form;
use baocao::text::fold::fold;
use baocao::text::syllable::{TONES, tone_normal};
use baocao::text::telex::syllables::{take_apart, unmarked};
use std::collections::HashMap;
use std::fmt::Write;
use unicode_normalization::UnicodeNormalization;

const SURNAMES: &[&str] = &[
    "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ",
    "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trương", "Đoàn", "Mai", "Trịnh", "Đào", "Cao", "Lương",
    "Hà", "Tạ", "Nông", "Quách", "Ksor", "Lò", "Doãn",
];
const MIDDLES: &[&str] = &[
    "Văn",
    "Văn",
    "Văn",
    "Đức",
    "Quốc",
    "Ngọc",
    "Xuân",
    "Quang",
    "Minh",
    "Hữu",
    "Đình",
    "Thanh",
    "Duy",
    "Mạnh",
    "Trọng",
    "Công",
    "Hồng",
    "Thế",
    "Tiến",
    "Bá",
    "Viết",
    "Huy",
    "Tuấn",
    "Thị",
    "Phú",
    "Sỹ",
    "Gia",
    "Trung",
    "Chí",
    "Kim",
    "Thị Thu",
    "Quý Hoài",
];
const GIVEN: &[&str] = &[
    "Hùng",
    "Hưng",
    "Hừng",
    "Tuấn",
    "Mỹ",
    "Quang",
    "Thơ",
    "Dũng",
    "Dụng",
    "Cường",
    "Thắng",
    "Hải",
    "Sơn",
    "Sớn",
    "Nam",
    "Bình",
    "Long",
    "Đức",
    "Toàn",
    "Toán",
    "Hòa",
    "Hoa",
    "Thành",
    "Thạnh",
    "Tâm",
    "Chiến",
    "Lâm",
    "Phong",
    "Vinh",
    "Khánh",
    "Hiếu",
    "Hiền",
    "Hiến",
    "Hiển",
    "Huy",
    "Lợi",
    "Lộc",
    "Nghĩa",
    "Phúc",
    "Quân",
    "Quyết",
    "Quý",
    "Tài",
    "Tân",
    "Thịnh",
    "Tiến",
    "Trọng",
    "Trường",
    "Tú",
    "Tường",
    "Việt",
    "Vũ",
    "Vượng",
    "An",
    "Ân",
    "Bảo",
    "Bắc",
    "Đạt",
    "Điệp",
    "Định",
    "Đông",
    "Giang",
    "Hà",
    "Hậu",
    "Hương",
    "Lan",
    "Mai",
    "Thảo",
    "Thủy",
    "Thúy",
    "Trang",
    "Vân",
    "Yến",
    "Êban",
    "Khoẻ",
    "Tuyên",
    "Nhuận",
    "Oanh",
    "Uyên",
];
const RANKS: &[&str] = &["Đại tá", "Thiếu tướng", "Trung tướng", "Thượng tá", "Thượng tướng", "Phó Đô đốc", "Trung tá"];
const POSTS: &[&str] =
    &["Chính ủy", "Tư lệnh", "Phó Tư lệnh", "Chủ nhiệm", "Tham mưu trưởng", "Phó Chính ủy", "Cục trưởng"];
const UNITS: &[&str] = &[
    "Quân khu 1",
    "Quân khu 2",
    "Quân khu 3",
    "Quân khu 4",
    "Quân khu 5",
    "Quân khu 7",
    "Quân khu 9",
    "Quân đoàn 12",
    "Tổng cục Công nghiệp quốc phòng",
    "Tổng cục Chính trị",
    "Tổng cục Kỹ thuật",
    "Binh chủng Công binh",
    "Học viện Hậu cần",
    "Binh chủng Pháo binh",
    "Quân chủng Hải quân",
    "Bộ Tư lệnh Thủ đô Hà Nội",
    "Binh chủng Đặc công",
    "Học viện Quân y",
];

/// Somebody to be found, who owns what a candidate borrows.
#[derive(Clone, Debug, Default)]
struct Person {
    name: String,
    rank: Option<String>,
    posts: Vec<String>,
    reports: usize,
    last: Option<baocao::report::Day>,
}

impl<'a> From<&'a Person> for Candidate<'a> {
    fn from(person: &'a Person) -> Self {
        let Person { name, rank, posts, reports, last } = person;
        Self { name, rank: rank.as_deref(), posts, reports: *reports, last: *last }
    }
}

/// Numbers that are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of.get(self.below(of.len())).unwrap()
    }
}

fn register(count: usize) -> Vec<Person> {
    let mut dice = Dice(20);
    let person = |_| {
        let name = format!("{} {} {}", dice.one(SURNAMES), dice.one(MIDDLES), dice.one(GIVEN));
        let mut post = || format!("{} {}", dice.one(POSTS), dice.one(UNITS));
        let posts = vec![post(), post()];
        let rank = Some(dice.one(RANKS).to_owned());
        let last = baocao::report::Day::new(2005 + i16::try_from(dice.below(20)).unwrap(), 1, 1);
        Person { name, rank, posts, reports: 1 + dice.below(40), last }
    };
    (0..count).map(person).collect()
}

fn given(name: &str) -> &str {
    name.rsplit(' ').next().unwrap()
}

/// Keys of a name: marks at once, tone at the end of its syllable.
fn keystrokes(name: &str, telex: bool) -> String {
    let mut out = String::new();
    for word in name.split(' ') {
        let (letters, tone) = take_apart(word).unwrap();
        for c in letters {
            out.push(unmarked(c));
            let (t, v) = match c {
                'ă' => ("w", "8"),
                'â' => ("a", "6"),
                'ê' => ("e", "6"),
                'ô' => ("o", "6"),
                'ơ' | 'ư' => ("w", "7"),
                'đ' => ("d", "9"),
                _ => ("", ""),
            };
            out.push_str(if telex { t } else { v });
        }
        let place = tone.and_then(|tone| TONES.iter().position(|t| *t == tone));
        out.extend(place.and_then(|place| if telex { "fsxrj" } else { "21435" }.chars().nth(place)));
        out.push(' ');
    }
    out.trim_end().to_owned()
}

/// The same syllable with its tone on the other vowel, where it has another.
fn other_spelling(name: &str) -> String {
    let mut out = name.to_owned();
    for (one, other) in [
        ("òa", "oà"),
        ("ủy", "uỷ"),
        ("úy", "uý"),
        ("oẻ", "ỏe"),
        ("Mỹ", "Mĩ"),
        ("Sỹ", "Sĩ"),
        ("Quý", "Quí"),
        ("Lý", "Lí"),
    ] {
        out = out.replace(one, other);
    }
    out
}

/// One letter missing, doubled, exchanged or wrong in the longest word.
fn with_typo(name: &str, n: usize) -> String {
    let mut words: Vec<String> = fold(name).split(' ').map(str::to_owned).collect();
    let longest = words.iter_mut().max_by_key(|w| w.len()).unwrap();
    let mut letters: Vec<char> = longest.chars().collect();
    let at = 1 + n % (letters.len() - 2);
    match n % 4 {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, 'e'),
        2 => letters.swap(at, at + 1),
        _ => *letters.get_mut(at).unwrap() = 'e',
    }
    *longest = letters.into_iter().collect();
    words.join(" ")
}

struct Asked {
    kind: &'static str,
    query: String,
    person: usize,
}

/// Twenty queries of each kind, each of a person whom it identifies.
fn questions(people: &[Person]) -> Vec<Asked> {
    let mut named: HashMap<String, usize> = HashMap::new();
    let mut initials: HashMap<String, (usize, usize)> = HashMap::new();
    let mut placed: HashMap<String, usize> = HashMap::new();
    for (i, person) in people.iter().enumerate() {
        *named.entry(fold(&person.name)).or_default() += 1;
        // Whoever has two posts has both.
        (0..person.posts.len()).for_each(|post| *placed.entry(seat(person, post)).or_default() += 1);
        let known = initials.entry(initials_of(&person.name)).or_insert((i, person.reports));
        if person.reports > known.1 {
            *known = (i, person.reports);
        }
    }
    let mut most: HashMap<(String, usize), usize> = HashMap::new();
    for person in people {
        *most.entry((initials_of(&person.name), person.reports)).or_default() += 1;
    }
    let shared: HashMap<&String, usize> =
        initials.iter().filter_map(|(k, best)| Some((k, *most.get(&(k.clone(), best.1))?))).collect();
    let mut out = Vec::new();
    let mut dice = Dice(4);
    let kinds_wanted = 20;
    let folded: Vec<String> = people.iter().map(|p| fold(&p.name)).collect();
    let mut count: HashMap<&str, usize> = HashMap::new();
    for _ in 0..40_000 {
        let i = dice.below(people.len());
        let person = people.get(i).unwrap();
        let name = person.name.as_str();
        let plain = folded.get(i).unwrap();
        let kind = *KINDS.get(dice.below(KINDS.len())).unwrap();
        if count.get(kind).is_some_and(|n| *n >= kinds_wanted) {
            continue;
        }
        let alone = named.get(plain) == Some(&1);
        let query = match kind {
            "plain" => alone.then(|| plain.clone()),
            "tones" => alone.then(|| name.to_lowercase()),
            "telex" => alone.then(|| keystrokes(name, true)),
            "vni" => alone.then(|| keystrokes(name, false)),
            "capitals, decomposed" => alone.then(|| name.to_uppercase().nfd().collect()),
            "spelling" => (alone && other_spelling(name) != name).then(|| other_spelling(name)),
            "any order" => alone.then(|| {
                let mut words: Vec<&str> = plain.split(' ').collect();
                words.rotate_right(1);
                words.join(" ")
            }),
            "typo" => {
                let typo = with_typo(name, i);
                let meant = folded.iter().filter(|other| near(other, &typo)).count();
                (alone && meant == 1 && !named.contains_key(&typo)).then_some(typo)
            }
            "no spaces" => alone.then(|| plain.replace(' ', "")),
            "half typed" => {
                let begun = name.get(..name.char_indices().next_back().unwrap().0).unwrap();
                let same = folded.iter().filter(|other| other.starts_with(&fold(begun))).count();
                (same == 1).then(|| begun.to_lowercase())
            }
            "initials" => {
                let key = initials_of(name);
                let best = initials.get(&key).is_some_and(|best| best.0 == i) && shared.get(&key) == Some(&1);
                (best && !key.contains(['a', 'e', 'i', 'o', 'u', 'y'])).then_some(key)
            }
            _ => (placed.get(&seat(person, 0)) == Some(&1)).then(|| by_seat(person)),
        };
        if let Some(query) = query {
            *count.entry(kind).or_default() += 1;
            out.push(Asked { kind, query, person: i });
        }
    }
    out
}

const KINDS: &[&str] = &[
    "plain",
    "tones",
    "telex",
    "vni",
    "capitals, decomposed",
    "spelling",
    "any order",
    "typo",
    "no spaces",
    "half typed",
    "initials",
    "name, rank, post, unit",
];

/// Given name, rank, post and unit, the unit abbreviated as people do.
fn by_seat(person: &Person) -> String {
    let (post, unit) = post_and_unit(person);
    let unit = match unit {
        "Tổng cục Công nghiệp quốc phòng" => "cnqp".to_owned(),
        "Tổng cục Chính trị" => "tcct".to_owned(),
        other => fold(other).replace("quan khu ", "qk"),
    };
    let rank = fold(person.rank.as_deref().unwrap());
    format!("{} {rank} {} {unit}", fold(given(&person.name)), fold(post))
}

fn initials_of(name: &str) -> String {
    fold(name).split(' ').filter_map(|w| w.chars().next()).collect()
}

fn post_and_unit(person: &Person) -> (&str, &str) {
    let post = person.posts.first().unwrap();
    let unit = UNITS.iter().find(|unit| post.ends_with(**unit)).unwrap();
    (post.strip_suffix(unit).unwrap().trim(), unit)
}

/// Given name, rank, one of the posts and its unit.
fn seat(person: &Person, post: usize) -> String {
    format!("{} {} {}", fold(given(&person.name)), person.rank.as_deref().unwrap(), person.posts.get(post).unwrap())
}

/// Whether one word differs, and by one letter more, less, other, or two exchanged.
fn near(one: &str, other: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let differ: Vec<_> = a.iter().zip(&b).filter(|(x, y)| x != y).collect();
    a.len() == b.len() && differ.len() <= 1 && differ.iter().all(|(x, y)| one_apart(x.as_bytes(), y.as_bytes()))
}

fn one_apart(a: &[u8], b: &[u8]) -> bool {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    let rest = |s: &'_ [u8], n: usize| s.get(n..).map(<[u8]>::to_vec);
    rest(a, 1) == rest(b, 1)
        || rest(a, 1).as_deref() == Some(b)
        || rest(b, 1).as_deref() == Some(a)
        || (a.len() > 1 && b.len() > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..])
}

/// Whether a syllable typed with a tone or mark is answered by nothing that has this tone and mark: neither in the name
/// nor, where the name has no such syllable at all, in rank and posts.
fn violates(query: &str, person: &Person) -> bool {
    let canonical: String = query.nfc().collect();
    let words: Vec<&str> = canonical.split_whitespace().collect();
    let forms = |text: &str| text.split(' ').map(form).collect::<Vec<_>>();
    let name = forms(&person.name);
    let beside: Vec<String> = person.posts.iter().chain(&person.rank).flat_map(|text| forms(text)).collect();
    words.iter().enumerate().any(|(i, word)| {
        let typed = form(word);
        let last = i + 1 == words.len();
        let answers = |f: &String| *f == typed || (last && f.starts_with(&tone_normal(word)));
        let alike = name.iter().any(|f| fold(f) == fold(&typed));
        fold(&typed) != typed && !name.iter().any(answers) && (alike || !beside.iter().any(answers))
    })
}

#[test]
fn the_right_person_comes_first() {
    let people = register(10_000);
    let finder = Finder::new(&people);
    let questions = questions(&people);
    let (mut first, mut third) = (0, 0);
    let mut misses = String::new();
    let mut kinds: HashMap<&str, (usize, usize)> = HashMap::new();
    for Asked { kind, query, person } in &questions {
        let FinderResult { hits, .. } = finder.find(query, 200);
        for hit in &hits {
            let hit = people.get(hit.index).unwrap();
            assert!(!violates(query, hit), "{kind}: «{query}» gives {hit:?}");
        }
        let place = hits.iter().position(|hit| hit.index == *person);
        first += usize::from(place == Some(0));
        third += usize::from(place.is_some_and(|p| p < 3));
        let tally = kinds.entry(kind).or_default();
        tally.0 += 1;
        tally.1 += usize::from(place == Some(0));
        if place != Some(0) {
            let best = hits.first().map(|hit| (people.get(hit.index).unwrap(), hit.tier, hit.score));
            let _ =
                writeln!(misses, "{kind}: «{query}» {:?} at {place:?}, before: {best:?}", people.get(*person).unwrap());
        }
    }
    let total = questions.len();
    assert!(total >= 200 && kinds.len() >= 10 && kinds.values().all(|k| k.0 >= 15), "{kinds:?}");
    let all = format!("{first} first and {third} in the first three of {total}; {kinds:?}\n{misses}");
    println!("{all}");
    assert!(first * 1000 >= total * 970 && third * 1000 >= total * 995, "{all}");
}

#[test]
fn rows_that_only_resemble_say_so() {
    let people: Vec<Person> = ["Đinh Quốc Hùng", "Hoàng Văn Hưng", "Nguyễn Mạnh Hùng", "Hồ Quang Tuấn"]
        .iter()
        .map(|name| Person { name: (*name).to_owned(), ..Person::default() })
        .collect();
    let finder = Finder::new(&people);
    let found = |query: &str| {
        let hits = finder.find(query, 10).hits;
        hits.iter().map(|h| (people.get(h.index).unwrap().name.as_str(), h.fuzzy)).collect::<Vec<_>>()
    };
    assert_eq!(found("hưng"), [("Hoàng Văn Hưng", false)]);
    assert_eq!(found("quoc hugn"), [("Đinh Quốc Hùng", true)]);
    assert_eq!(found("ddinh quoocs hungf"), [("Đinh Quốc Hùng", false)]);
    assert_eq!(found("ddinh quoocs huwngf"), [("Đinh Quốc Hùng", true)]);
    assert_eq!(found("dqh"), [("Đinh Quốc Hùng", false)]);
    assert_eq!(found("đinh quôc hùng"), []);
    assert!(found("hung").iter().all(|h| !h.1) && found("hung").len() == 3);
}

/// A register of a few people, by what is typed of them.
fn found_among(people: &[(&str, &str, &str)], query: &str) -> Vec<String> {
    let person = |(name, rank, post): &(&str, &str, &str)| Person {
        name: (*name).to_owned(),
        rank: Some((*rank).to_owned()),
        posts: vec![(*post).to_owned()],
        ..Person::default()
    };
    let people: Vec<Person> = people.iter().map(person).collect();
    let hits = Finder::new(&people).find(query, 10).hits;
    hits.iter().filter(|hit| !hit.fuzzy).map(|hit| people.get(hit.index).unwrap().name.clone()).collect()
}

#[test]
fn what_is_all_in_the_name_comes_before_what_needs_a_post() {
    let people = [
        ("Phan Thị Lưỡng", "Trung tá", "Chỉ huy trưởng Bộ Chỉ huy quân sự tỉnh Yên Bái"),
        ("Phan Huy Yên", "Đại úy", "Trợ lý"),
        ("Phạm Đức Luyện", "Đại tá", "Trưởng phòng Bộ Chỉ huy quân sự tỉnh Kon Tum"),
        ("Phạm Quang Luyện", "Trung tá", "Trưởng ban Thanh niên"),
    ];
    assert_eq!(found_among(&people, "phan huy yeen"), ["Phan Huy Yên", "Phan Thị Lưỡng"]);
    assert_eq!(found_among(&people, "pham quan luyen"), ["Phạm Quang Luyện", "Phạm Đức Luyện"]);
}

#[test]
fn a_post_with_abbreviations_is_found_by_what_they_stand_for() {
    let people = [
        ("Lê Văn Khảm", "", "Chủ tịch UBND TP HCM"),
        ("Vũ Đức Thừa", "Trung tướng", "Chủ nhiệm TCCT"),
        ("Hồ Quang Mẫn", "Đại tá", "Phó Chính ủy BTL Thủ đô Hà Nội"),
        ("Trần Thị Sáu", "", "Phó Chủ tịch Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("Ngô Văn Lỗi", "Thiếu tướng", "Giám đốc Công an TP.HCM"),
    ];
    assert_eq!(found_among(&people, "chu nhiem tong cuc chinh tri"), ["Vũ Đức Thừa"]);
    assert_eq!(found_among(&people, "thừa tổng cục chính trị"), ["Vũ Đức Thừa"]);
    assert_eq!(found_among(&people, "chu nhiem tcct"), ["Vũ Đức Thừa"]);
    assert_eq!(found_among(&people, "bo tu lenh thu do"), ["Hồ Quang Mẫn"]);
    assert_eq!(found_among(&people, "cong an tphcm"), ["Ngô Văn Lỗi"]);
    assert_eq!(found_among(&people, "chu tich uy ban nhan dan"), ["Lê Văn Khảm", "Trần Thị Sáu"]);
    for city in ["tphcm", "thanh pho ho chi minh", "ho chi minh"] {
        assert_eq!(found_among(&people, city).len(), 3, "{city}");
    }
}

#[test]
fn a_query_that_can_be_read_in_two_ways_is_read_in_both() {
    let people = [
        ("Tạ Ngọc Tố", "Đại tá", "Trưởng ban Thanh niên Học viện Quân y"),
        ("Bùi Thị Ngọc", "Đại úy", "Tổ trưởng Ban Tuyên huấn"),
    ];
    assert_eq!(found_among(&people, "ngoc to truong ban").len(), 2);
    assert_eq!(found_among(&people, "to truong ngoc"), ["Bùi Thị Ngọc"]);
}

#[test]
fn a_name_from_its_first_word_on_comes_before_pieces_of_another() {
    let people = [("Kim Yo-jong", "Đại tá", "Trợ lý"), ("Kim Jong-un", "Đại tá", "Trợ lý")];
    assert_eq!(found_among(&people, "kim jong"), ["Kim Jong-un", "Kim Yo-jong"]);
    let people = [
        ("Phan Văn Bôi", "Đại tá", "Trưởng Công an huyện Yên Sơn"),
        ("Tô Văn Lâm", "Đại tướng", "Bộ trưởng Bộ Công an"),
    ];
    assert_eq!(found_among(&people, "bo truong cong an").first().map(String::as_str), Some("Tô Văn Lâm"));
}

#[test]
fn what_the_name_answers_whole_is_not_taken_by_the_beginning_of_it() {
    let people = [("Trần Khắc Tân", "Thiếu tá", "Trợ lý"), ("Tạ Hữu Tân", "Thiếu tá", "Trợ lý")];
    for query in ["thieu ta Tân", "Tân thieu ta", "thiếu tá tân"] {
        assert_eq!(found_among(&people, query).len(), 2, "{query}");
    }
    let people = [("Nguyễn Văn Thắng", "Đại tá", "Trợ lý"), ("Nguyễn Văn Thân", "Đại tá", "Trợ lý")];
    assert_eq!(found_among(&people, "nguyeenx vawn thaa"), ["Nguyễn Văn Thân"]);
    let all: Vec<Person> =
        people.iter().map(|(name, ..)| Person { name: (*name).to_owned(), ..Person::default() }).collect();
    assert_eq!(Finder::new(&all).find("nguyeenx vawn thaa", 9).hits.first().map(|hit| hit.index), Some(1));
}

#[test]
fn a_place_of_two_words_is_not_put_together_from_pieces() {
    let people = [
        ("Nguyễn Xuân Giang", "Hạ sĩ", "Trợ lý Bộ Chỉ huy quân sự tỉnh Lạng Sơn"),
        ("Đỗ Văn Lâm", "Đại tá", "Chính ủy Bộ Chỉ huy quân sự tỉnh Hà Giang"),
    ];
    assert_eq!(found_among(&people, "bo chqs ha giang"), ["Đỗ Văn Lâm"]);
    assert_eq!(found_among(&people, "giang ha si"), ["Nguyễn Xuân Giang"]);
}

#[test]
fn what_somebody_is_called_before_the_name_is_passed_over() {
    let people = [("Phùng Văn Ất", "Đại tá", "Chính ủy Lữ đoàn 955"), ("Ông Văn Tám", "Đại úy", "Trợ lý")];
    for query in ["đ/c Ất", "dong chi phung at", "ông Phùng Văn Ất", "đồng chí Đại tá Phùng Văn Ất"]
    {
        assert_eq!(found_among(&people, query), ["Phùng Văn Ất"], "{query}");
    }
    assert_eq!(found_among(&people, "ông"), ["Ông Văn Tám"]);
    assert_eq!(found_among(&people, "ông Tám"), ["Ông Văn Tám"]);
    assert!(found_among(&people, "ông Ấn").is_empty());
}

#[test]
fn initials_of_some_words_stand_beside_others_written_out() {
    let people = [("Phùng Văn Ất", "Đại tá", "Chính ủy Lữ đoàn 955"), ("Phan Văn Ánh", "Đại úy", "Trợ lý")];
    assert_eq!(found_among(&people, "pv ất"), ["Phùng Văn Ất"]);
    assert_eq!(found_among(&people, "ánh pv"), ["Phan Văn Ánh"]);
    assert_eq!(found_among(&people, "phung va"), ["Phùng Văn Ất"]);
}

#[test]
fn what_answered_is_marked_in_the_name() {
    let one = |name: &str, query: &str| {
        let people = [Person { name: name.to_owned(), ..Person::default() }];
        let hit = baocao::search::fuzzy::find(query, &people).into_iter().next().unwrap();
        let texts: Vec<String> = hit.spans.iter().map(|span| span.of(name).to_owned()).collect();
        (texts.join("|"), hit.tier)
    };
    assert_eq!(one("Đinh Quốc Hùng", "hung dinh"), ("Đinh|Hùng".to_owned(), Tier::Folded));
    assert_eq!(one("Đinh Quốc Hùng", "quốc hù"), ("Quốc|Hù".to_owned(), Tier::ToneNormal));
    assert_eq!(one("Nguyễn Xuân Thủy", "thuỷ"), ("Thủy".to_owned(), Tier::ToneNormal));
    assert_eq!(one("Đinh Quốc Hùng", "dqh"), ("Đ|Q|H".to_owned(), Tier::Initials));
    assert_eq!(one("Đinh Quốc Hùng", "quoocs"), ("Quốc".to_owned(), Tier::Squeezed));
    assert_eq!(one("Đinh Quốc Hùng", "dq hung"), ("Đ|Q|Hùng".to_owned(), Tier::Initials));
    assert_eq!(one("Đinh Quốc Hùng", "đqhùng"), ("Đ|Q|Hùng".to_owned(), Tier::Initials));
    assert_eq!(one("Y Blok Êban", "eban"), ("Êban".to_owned(), Tier::Folded));
}

#[test]
fn a_place_or_unit_is_not_put_together_from_a_name() {
    let people = [
        ("Nguyễn Đức Thái", "Đại tá", "Chỉ huy trưởng Bộ CHQS tỉnh Bắc Giang"),
        ("Lò Thị Hường", "Đại tá", "Chỉ huy trưởng Bộ CHQS tỉnh Thái Nguyên"),
        ("Hoa Hữu Thanh", "Đại tá", "Phó Giám đốc Công an tỉnh Phú Thọ"),
        ("Kiều Văn Tôn", "Đại tá", "Phó Giám đốc Công an tỉnh Thanh Hóa"),
        ("Phan Trung Tuy", "Đại tá", "Chính ủy Sư đoàn 323"),
        ("Ngô Văn Tạo", "Đại tá", "Chính ủy Trung đoàn 32"),
    ];
    assert_eq!(found_among(&people, "chi huy truong thai nguyen"), ["Lò Thị Hường"]);
    assert_eq!(found_among(&people, "thanh hoa cong an"), ["Kiều Văn Tôn"]);
    assert_eq!(found_among(&people, "trung doan 32"), ["Ngô Văn Tạo"]);
    // All that was typed may still be a name, in any order.
    assert_eq!(found_among(&people, "thai nguyen").first().map(String::as_str), Some("Nguyễn Đức Thái"));
}

#[test]
fn a_syllable_typed_with_its_tone_chooses_its_word_first() {
    let people = [("Nguyễn Đình Nguyên", "Đại tá", "Trợ lý"), ("Phí Đình Tịnh", "Đại tá", "Trợ lý tỉnh Thái Nguyên")];
    assert_eq!(found_among(&people, "nguyen dinh nguyên"), ["Nguyễn Đình Nguyên"]);
    assert_eq!(found_among(&people, "nguyên dinh nguyen"), ["Nguyễn Đình Nguyên"]);
}

#[test]
fn whole_numbers_whole_posts_and_pieces_that_stand_together_come_first() {
    let people = [
        ("Lê Văn Sửu", "Đại tá", "Chính ủy Sư đoàn 371"),
        ("Lê Văn Hợi", "Đại tá", "Chính ủy Sư đoàn 37"),
        ("Vũ Văn Dần", "Thiếu tướng", "Phó Chính ủy Quân khu 4"),
        ("Vũ Văn Tý", "Thiếu tướng", "Chính ủy Quân khu 4"),
        ("Liễu Đức Công", "Đại tá", "Trưởng Công an huyện, Ban An ninh tỉnh Điện Biên"),
        ("Trần Quang Mùi", "Đại tá", "Giám đốc Công an tỉnh Điện Biên"),
    ];
    let first = |query: &str| found_among(&people, query).first().cloned().unwrap_or_default();
    assert_eq!(found_among(&people, "su doan 37"), ["Lê Văn Hợi"], "another number only resembles");
    assert_eq!(first("chinh uy qk4"), "Vũ Văn Tý");
    assert_eq!(first("dai ta cong an tinh dien bien"), "Trần Quang Mùi");
}

#[test]
fn initials_are_a_letter_each_and_a_syllable_is_none_of_them() {
    let people = [
        ("Dương Tuấn Thọ", "Đại tá", "Trợ lý"),
        ("Đào Thị Thanh Hạnh", "Đại tá", "Trợ lý"),
        ("Mai Anh Ngữ", "Đại tá", "Trợ lý"),
        ("Hồ Anh Tuấn", "Đại tá", "Trợ lý"),
    ];
    assert_eq!(found_among(&people, "dtth"), ["Đào Thị Thanh Hạnh", "Dương Tuấn Thọ"]);
    assert_eq!(found_among(&people, "mang"), <[&str; 0]>::default());
    assert_eq!(found_among(&people, "hat"), ["Hồ Anh Tuấn"]);
    assert_eq!(found_among(&people, "maianh"), ["Mai Anh Ngữ"], "more of the name may be to come");
}

#[test]
fn within_a_tier_whoever_is_seen_most_comes_first() {
    let person = |name: &str, reports| Person { name: name.to_owned(), reports, ..Person::default() };
    let people =
        [person("Trần Hồng Văn Thống", 2), person("Đàm Hữu Quang Thống", 6), person("Lê Tị", 1), person("Lê Tỵ", 6)];
    let found = |query: &str| {
        let hits = Finder::new(&people).find(query, 9).hits;
        hits.iter().map(|hit| people.get(hit.index).unwrap().reports).collect::<Vec<_>>()
    };
    assert_eq!(found("thong"), [6, 2]);
    assert_eq!(found("tị"), [1, 6], "as it is written first");
    let people = [person("Nguyễn Văn Đồng", 6), person("Nguyễn Văn Đông", 1)];
    for typed in ["nguyeenx vawn ddoong", "nguye6n4 va8n d9o6ng"] {
        let hits = Finder::new(&people).find(typed, 9).hits;
        assert_eq!(hits.iter().map(|hit| hit.index).collect::<Vec<_>>(), [1, 0], "{typed}: a tone may be to come");
    }
    let people = [person("Trần Thanh Tịnh", 6), person("Trần Thanh Tỵ", 1)];
    let hits = Finder::new(&people).find("trần thanh tị", 9).hits;
    assert_eq!(hits.first().map(|hit| hit.index), Some(1), "a whole word before the beginning of one");
}

#[test]
fn names_with_an_apostrophe_and_addresses_with_a_sign() {
    let people = [
        ("H’Nhinh Niê", "Đại úy", "Trợ lý"),
        ("Rah Lan H’Đăng", "Đại úy", "Trợ lý"),
        ("Đặng Công Hưng", "Đại úy", "Trợ lý"),
        ("Lê Hưng", "Đại úy", "Trợ lý"),
    ];
    assert_eq!(found_among(&people, "H Nhinh Niê"), ["H’Nhinh Niê"]);
    assert_eq!(found_among(&people, "rah lan h đăng"), ["Rah Lan H’Đăng"]);
    assert_eq!(found_among(&people, "đ/c Hưng").len(), 2);
}

#[test]
fn units_by_their_signs_with_roman_numbers_and_with_a_typo() {
    let people = [
        ("Lê Văn Sửu", "Trung tướng", "Tư lệnh Quân khu 4"),
        ("Lê Văn Hợi", "Đại tá", "Chính ủy Sư đoàn 302"),
        ("Lê Văn Dần", "Trung tướng", "Chủ nhiệm Tổng cục Công nghiệp quốc phòng"),
    ];
    assert_eq!(found_among(&people, "quan khu IV"), ["Lê Văn Sửu"]);
    assert_eq!(found_among(&people, "f302"), ["Lê Văn Hợi"]);
    let all: Vec<Person> = people
        .iter()
        .map(|(name, rank, post)| Person {
            name: (*name).to_owned(),
            rank: Some((*rank).to_owned()),
            posts: vec![(*post).to_owned()],
            ..Person::default()
        })
        .collect();
    let hits = Finder::new(&all).find("trung tuogn cnqp", 9).hits;
    assert_eq!(hits.iter().map(|hit| (hit.index, hit.fuzzy)).collect::<Vec<_>>(), [(2, true)]);
}

#[test]
fn a_half_typed_syllable_with_a_tone_is_no_other_tone_of_the_name() {
    let people =
        [("Nguyễn Đình Vương", "Đại tá", "Trợ lý tỉnh Nam Định"), ("Lê Văn Sửu", "Đại tá", "Trợ lý tỉnh Nam Định")];
    assert_eq!(found_among(&people, "địn"), <[&str; 0]>::default(), "in the middle of a post it only resembles");
    assert_eq!(found_among(&people, "nam địn"), ["Nguyễn Đình Vương", "Lê Văn Sửu"]);
    assert_eq!(found_among(&people, "định"), ["Lê Văn Sửu"]);
    let people = [("Lê Văn Chỉnh", "Đại tá", "Chính ủy"), ("Lê Văn Sửu", "Đại tá", "Chính ủy")];
    assert_eq!(found_among(&people, "chí"), ["Lê Văn Sửu"], "the beginning of the post does not make up for it");
}

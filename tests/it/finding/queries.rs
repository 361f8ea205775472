//! Generates queries of twelve kinds against an invented register of officials, always the same ones. Each query
//! identifies one person, and the register is full of officials with similar names.
//!
//! The test uses a small register, the bench (`benches/finding.rs`) one of the size of a country.

use baocao::officials::career::FormerTenure;
use baocao::search::finder::{Candidate, Finder, FinderResult};
use baocao::search::matching::form;
use baocao::text::fold::fold;
use baocao::text::telex::syllables::{take_apart, unmarked};
use baocao::text::tone_marks::{TONES, tone_normal};
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

/// An official, owning what a `Candidate` borrows.
#[derive(Clone, Debug, Default)]
pub struct Person {
    pub name: String,
    pub rank: Option<String>,
    pub posts: Vec<String>,
    pub former: Vec<FormerTenure>,
    pub reports: usize,
    pub last: Option<baocao::report::Day>,
}

impl<'a> From<&'a Person> for Candidate<'a> {
    fn from(person: &'a Person) -> Self {
        let Person { name, rank, posts, former, reports, last } = person;
        Self { name, rank: rank.as_deref(), posts, former, reports: *reports, last: *last }
    }
}

/// A linear congruential generator: pseudo-random numbers that are the same on every run.
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

/// Generates officials: few surnames and given names in many combinations, each with two posts, and a former rank and
/// post.
pub fn register(count: usize) -> Vec<Person> {
    let mut dice = Dice(20);
    let person = |_| {
        let name = format!("{} {} {}", dice.one(SURNAMES), dice.one(MIDDLES), dice.one(GIVEN));
        let mut post = || format!("{} {}", dice.one(POSTS), dice.one(UNITS));
        let posts = vec![post(), post()];
        let rank = Some(dice.one(RANKS).to_owned());
        let last = baocao::report::Day::new(2005 + i16::try_from(dice.below(20)).unwrap(), 1, 1);
        // Chosen by the name and not by the dice, so that the rest of the register is as it would be without them.
        let by_name = |list: &[&str], by: usize| (*list.get((name.len() + by) % list.len()).unwrap()).to_owned();
        let former = [by_name(RANKS, 0), format!("{} {}", by_name(POSTS, 1), by_name(UNITS, 2))];
        let former = former.map(|text| FormerTenure { text, undated: false }).to_vec();
        Person { name, rank, posts, former, reports: 1 + dice.below(40), last }
    };
    (0..count).map(person).collect()
}

fn given(name: &str) -> &str {
    name.rsplit(' ').next().unwrap()
}

/// The Telex keys of a name: marks at the letter, the tone at the end of its syllable.
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

/// The same syllable with its tone on the other vowel, if it has another one.
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

/// Makes a typo in the longest word: one letter missing, doubled, swapped with its neighbour, or wrong.
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

/// One query and the person that it identifies.
struct Question {
    kind: &'static str,
    query: String,
    person: usize,
}

/// Generates queries of each kind. A query that would fit several persons is not used.
fn questions(people: &[Person], of_each_kind: usize) -> Vec<Question> {
    let mut named: HashMap<String, usize> = HashMap::new();
    let mut initials: HashMap<String, (usize, usize)> = HashMap::new();
    let mut placed: HashMap<String, usize> = HashMap::new();
    for (i, person) in people.iter().enumerate() {
        *named.entry(fold(&person.name)).or_default() += 1;
        // A person counts for each of their posts.
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
    let folded: Vec<String> = people.iter().map(|p| fold(&p.name)).collect();
    let mut count: HashMap<&str, usize> = HashMap::new();
    for _ in 0..40_000 {
        let i = dice.below(people.len());
        let person = people.get(i).unwrap();
        let name = person.name.as_str();
        let plain = folded.get(i).unwrap();
        let kind = *KINDS.get(dice.below(KINDS.len())).unwrap();
        if count.values().filter(|n| **n >= of_each_kind).count() == KINDS.len() {
            break;
        }
        if count.get(kind).is_some_and(|n| *n >= of_each_kind) {
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
            out.push(Question { kind, query, person: i });
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

/// Given name, rank, post and unit, the unit abbreviated in the usual way.
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

/// Given name, rank, and one of the posts with its unit.
fn seat(person: &Person, post: usize) -> String {
    format!("{} {} {}", fold(given(&person.name)), person.rank.as_deref().unwrap(), person.posts.get(post).unwrap())
}

/// Whether two names differ in at most one word, by one letter inserted, deleted or replaced, or by two letters
/// swapped.
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

/// Whether a hit breaks smart tone: a syllable typed with a tone or mark must match one with the same tone and mark, in
/// the name, or in rank and posts if the name does not have that syllable with any tone.
fn violates(query: &str, person: &Person) -> bool {
    let canonical: String = query.nfc().collect();
    let words: Vec<&str> = canonical.split_whitespace().collect();
    let forms = |text: &str| text.split(' ').map(form).collect::<Vec<_>>();
    let name = forms(&person.name);
    let beside: Vec<String> = person
        .posts
        .iter()
        .chain(&person.rank)
        .chain(person.former.iter().map(|one| &one.text))
        .flat_map(|text| forms(text))
        .collect();
    words.iter().enumerate().any(|(i, word)| {
        let typed = form(word);
        let last = i + 1 == words.len();
        let answers = |f: &String| *f == typed || (last && f.starts_with(&tone_normal(word)));
        let alike = name.iter().any(|f| fold(f) == fold(&typed));
        fold(&typed) != typed && !name.iter().any(answers) && (alike || !beside.iter().any(answers))
    })
}

/// How often the finder returned the intended person.
pub struct Tally {
    /// The number of all queries.
    pub total: usize,
    /// The queries whose first hit was the person.
    pub first: usize,
    /// The queries that had the person among the first three hits.
    pub third: usize,
    /// By kind: the number of queries, and of those whose first hit was the person.
    pub kinds: HashMap<&'static str, (usize, usize)>,
    /// One line for each of the other queries.
    pub misses: String,
}

impl Tally {
    /// Fails if the person is the first hit in fewer than `first` per mille of the queries, or among the first three in
    /// fewer than `third` per mille.
    pub fn assert_at_least(&self, first: usize, third: usize) {
        let Self { total, misses, kinds, .. } = self;
        let all = format!("{} first, {} in the first three of {total}; {kinds:?}\n{misses}", self.first, self.third);
        assert!(self.first * 1000 >= total * first && self.third * 1000 >= total * third, "{all}");
    }
}

/// Runs queries of each kind. Fails if a hit has another tone or mark than was typed.
pub fn ask(people: &[Person], of_each_kind: usize) -> Tally {
    let finder = Finder::new(people);
    let mut tally = Tally { total: 0, first: 0, third: 0, kinds: HashMap::new(), misses: String::new() };
    for Question { kind, query, person } in questions(people, of_each_kind) {
        let FinderResult { hits, .. } = finder.find(&query, 200);
        for hit in &hits {
            let hit = people.get(hit.index).unwrap();
            assert!(!violates(&query, hit), "{kind}: «{query}» gives {hit:?}");
        }
        let place = hits.iter().position(|hit| hit.index == person);
        let of_kind = tally.kinds.entry(kind).or_default();
        tally.total += 1;
        of_kind.0 += 1;
        tally.third += usize::from(place.is_some_and(|place| place < 3));
        if place == Some(0) {
            tally.first += 1;
            of_kind.1 += 1;
        } else {
            let meant = people.get(person).unwrap();
            let best = hits.first().map(|hit| (people.get(hit.index).unwrap(), hit.tier, hit.score));
            let _ = writeln!(tally.misses, "{kind}: «{query}» {meant:?} at {place:?}, before: {best:?}");
        }
    }
    tally
}

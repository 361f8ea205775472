//! Parses a post as written into a key that is equal for the spellings of different papers: `Phó chủ nhiệm TCCT` and
//! `Phó Chủ nhiệm Tổng cục Chính trị`. heads.tsv lists the heads of posts, whether each is full-time and how many
//! people hold it; the names and history of units are in `unit`. Keys are for comparison; the words shown stay those of
//! the text.
//!
//! ```text
//! nguyên  Phó Chủ nhiệm   TCCT
//! status  head            unit        status is dropped; head and unit are normalized
//! ```

use super::observation::Observation;
use super::unit::{UnitPath, normal};
use crate::report::Report;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::OnceLock;

/// A post in a form in which two spellings of it are equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PostKey {
    /// The head, normalized: `phó chủ nhiệm`. The whole text if it begins with no head of heads.tsv.
    pub head: String,
    /// The organisation; `None` if neither the text nor its report states one.
    pub unit: Option<UnitPath>,
    /// Whether it is full-time: no person holds two such posts in unrelated units at once.
    pub full_time: bool,
    /// Whether only one person holds it at a time.
    pub single: bool,
    /// Whether it is a high civilian post, of the level to which generals move when they leave the army.
    pub high: bool,
    /// The highest rank (`Rank::order`) that its holders have; `None` if it is not limited.
    pub highest: Option<u16>,
}

impl PostKey {
    /// Whether the two may be one post: equal heads, and units that may be the same (`UnitPath::same`). Not transitive.
    pub fn same_post(&self, other: &Self) -> bool {
        self.head == other.head
            && match (&self.unit, &other.unit) {
                (Some(a), Some(b)) => a.same(b),
                (None, None) => true,
                _ => false,
            }
    }

    /// Returns `words`, the text of this post, and in brackets the organisation if the words leave it to their context:
    /// `Bí thư Đảng ủy [Quân khu 10]`.
    pub fn written(&self, words: &str) -> String {
        match self.unit.as_ref().filter(|_| Self::of(words).unit.is_none_or(|own| own.is_generic())) {
            Some(unit) => format!("{words} [{}]", unit.shown()),
            None => words.to_owned(),
        }
    }

    /// Parses the words of a post, without the context of a report.
    pub fn of(text: &str) -> Self {
        let all = normal(text);
        let words = without_status(&all);
        let Some(head) = heads().iter().find(|h| begins_with(words, &h.words)) else {
            return Self {
                head: words.to_owned(),
                unit: None,
                full_time: false,
                single: false,
                high: false,
                highest: None,
            };
        };
        let rest = words.get(head.words.len()..).unwrap_or_default();
        // The unit as written begins after as many words as status and head have. This assumes that neither contains an
        // abbreviation, because normalizing one changes the number of words; if it does, `own_words` may be cut short.
        let before = all.split(' ').count() - rest.split_whitespace().count();
        let own_words = text.split_whitespace().skip(before).collect::<Vec<_>>().join(" ");
        let unit = UnitPath::of_normal(rest).map(|unit| unit.shown_as(&own_words));
        let highest = [head.highest, unit.as_ref().and_then(UnitPath::highest_rank)].into_iter().flatten().min();
        Self {
            head: head.canonical.clone(),
            unit,
            full_time: head.full_time,
            single: head.single,
            high: head.high,
            highest,
        }
    }
}

/// A cache of parsed posts and units. Reports repeat the same words, and parsing tries every head of the table.
#[derive(Default)]
pub struct PostKeys {
    keys: HashMap<String, Rc<PostKey>>,
    units: HashMap<String, Option<UnitPath>>,
}

impl PostKeys {
    /// Returns the keys of all posts of one observation, in their order. A post without an organisation takes that of
    /// the next post (`Bí thư Đảng ủy, Chính ủy Quân khu 10`), otherwise that of the report. A bare `Quân khu`
    /// (military region) means the region of the report.
    pub fn of(&mut self, seen: &Observation) -> Vec<Rc<PostKey>> {
        let words: Vec<&str> = seen.statement.posts.iter().map(|post| post.text.as_str()).collect();
        self.keys_in_report(&words, seen.head.unit.as_deref())
    }

    /// Like `of`, for a list of posts in a report of `report_unit`. Goes backwards, so that the unit of the next post
    /// is known.
    fn keys_in_report(&mut self, posts: &[&str], report_unit: Option<&str>) -> Vec<Rc<PostKey>> {
        let report_unit = report_unit.and_then(|u| self.unit(u));
        let mut keys: Vec<Rc<PostKey>> = Vec::with_capacity(posts.len());
        let mut next: Option<UnitPath> = None;
        for post in posts.iter().rev() {
            let key = self.key(post);
            let lends = key.unit.clone();
            let key = match &key.unit {
                Some(unit) if unit.is_generic() => {
                    let whole = report_unit.as_ref().filter(|r| r.is_a(unit)).cloned();
                    Rc::new(PostKey { unit: whole.or_else(|| Some(unit.clone())), ..(*key).clone() })
                }
                None if takes_unit(&key.head) => {
                    let unit = next.clone().or_else(|| report_unit.clone());
                    Rc::new(PostKey { unit, ..(*key).clone() })
                }
                _ => key,
            };
            next = lends.and(key.unit.clone()).or(next);
            keys.push(key);
        }
        keys.reverse();
        keys
    }

    /// Splits words that may name several posts (`Phó Tư lệnh kiêm Tham mưu trưởng Quân khu 10`) and returns each with
    /// its key. A post without an organisation takes that of the next.
    pub fn posts_with_keys<'w>(&mut self, words: &'w str) -> Vec<(&'w str, Rc<PostKey>)> {
        let mut posts: Vec<(&str, Rc<PostKey>)> = Vec::new();
        for part in split_posts(words).into_iter().rev() {
            let mut key = self.key(part);
            if key.unit.is_none()
                && takes_unit(&key.head)
                && let Some(unit) = posts.last().and_then(|(_, next)| next.unit.clone())
            {
                key = Rc::new(PostKey { unit: Some(unit), ..(*key).clone() });
            }
            posts.push((part, key));
        }
        posts.reverse();
        posts
    }

    /// Parses the words of one post (`PostKey::of`), with cache.
    pub fn key(&mut self, text: &str) -> Rc<PostKey> {
        if let Some(key) = self.keys.get(text) {
            return Rc::clone(key);
        }
        let key = Rc::new(PostKey::of(text));
        self.keys.insert(text.to_owned(), Rc::clone(&key));
        key
    }

    /// Parses the words of a unit (`UnitPath::of`), with cache.
    pub fn unit(&mut self, text: &str) -> Option<UnitPath> {
        if let Some(unit) = self.units.get(text) {
            return unit.clone();
        }
        let unit = UnitPath::of(text);
        self.units.insert(text.to_owned(), unit.clone());
        unit
    }
}

/// Returns the posts that a report states for its person number `person`: the words with the unit (`PostKey::written`),
/// and the key. Empty if there is no such person.
pub fn posts_of_person(report: &Report, person: usize) -> Vec<(String, PostKey)> {
    let said = report.extraction.people.get(person).map_or(&[][..], |person| &person.posts);
    let words: Vec<&str> = said.iter().map(|post| post.text.as_str()).collect();
    let keys = PostKeys::default().keys_in_report(&words, report.extraction.facts.unit.as_deref());
    words.into_iter().zip(keys).map(|(words, key)| (key.written(words), (*key).clone())).collect()
}

/// A row of heads.tsv, one of its other spellings, or either with `phó` (deputy) before it.
#[derive(Clone)]
struct PostHead {
    words: String,
    canonical: String,
    full_time: bool,
    single: bool,
    takes_unit: bool,
    high: bool,
    highest: Option<u16>,
}

/// All heads, longest first, so that the first one that matches a text is the most specific.
fn heads() -> &'static [PostHead] {
    static HEADS: OnceLock<Vec<PostHead>> = OnceLock::new();
    HEADS.get_or_init(|| {
        let mut all: Vec<PostHead> = include_str!("heads.tsv").lines().skip(1).flat_map(heads_of_row).collect();
        // Of equal words the first in table order is kept (the sort is stable): a row such as `Phó Chính trị viên`
        // takes precedence over deputies derived from later rows only.
        all.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then_with(|| a.words.cmp(&b.words)));
        all.dedup_by(|later, kept| later.words == kept.words);
        all
    })
}

fn heads_of_row(line: &str) -> Vec<PostHead> {
    let mut cells = line.split('\t');
    let mut cell = || cells.next().unwrap_or("-");
    let (name, time, holders, takes_unit) = (cell(), cell(), cell(), cell());
    let (high, highest, also) = (cell(), cell(), cell());
    let chief = PostHead {
        words: normal(name),
        canonical: normal(name),
        full_time: time == "full",
        single: holders == "one",
        takes_unit: takes_unit == "yes",
        high: high == "yes",
        highest: highest.parse().ok(),
    };
    let mut rows = vec![chief.clone()];
    rows.extend(also.split("; ").filter(|a| *a != "-").map(|a| PostHead { words: normal(a), ..chief.clone() }));
    let deputies: Vec<PostHead> = rows
        .iter()
        .filter(|row| !row.canonical.starts_with("phó "))
        .map(|row| PostHead {
            words: format!("phó {}", row.words),
            canonical: format!("phó {}", row.canonical),
            single: false,
            ..row.clone()
        })
        .collect();
    rows.extend(deputies);
    rows
}

fn takes_unit(head: &str) -> bool {
    heads().iter().find(|h| h.canonical == head).is_some_and(|h| h.takes_unit)
}

/// Splits the words at each joint that another post follows. Requiring a head after the joint keeps organisations with
/// `và` in their name whole (`Ban Tuyên giáo và Dân vận Trung ương`).
fn split_posts(words: &str) -> Vec<&str> {
    const JOINTS: [&str; 5] = [", ", " kiêm ", " và ", " - ", " đồng thời là "];
    let begins_post = |rest: &str| {
        let rest = normal(rest);
        heads().iter().any(|head| begins_with(without_status(&rest), &head.words))
    };
    let mut parts = Vec::new();
    let (mut start, mut from) = (0, 0);
    while let Some((at, joint)) = JOINTS
        .iter()
        .filter_map(|joint| Some((from + words.get(from..)?.find(joint)?, *joint)))
        .min_by_key(|(at, joint)| (*at, std::cmp::Reverse(joint.len())))
    {
        from = at + joint.len();
        if words.get(from..).is_some_and(begins_post) {
            parts.push(words.get(start..at).unwrap_or_default().trim());
            start = from;
        }
    }
    parts.push(words.get(start..).unwrap_or_default().trim());
    parts
}

/// Removes leading status words (`nguyên`, `quyền`). They are not part of the post; `PostState` represents them.
fn without_status(mut words: &str) -> &str {
    const STATUS: [&str; 8] = ["nguyên ", "cựu ", "cố ", "quyền ", "tân ", "phụ trách ", "đồng chí ", "là "];
    while let Some(rest) = STATUS.iter().find_map(|s| words.strip_prefix(s)) {
        words = rest;
    }
    words
}

/// Whether `words` begins with all words of `head`.
fn begins_with(words: &str, head: &str) -> bool {
    words.strip_prefix(head).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',', '(']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::testing::{held, seen};

    fn shown(key: &PostKey) -> (String, Option<String>) {
        (key.head.clone(), key.unit.as_ref().map(ToString::to_string))
    }

    #[test]
    fn houses_spellings_and_abbreviations_are_one_post() {
        for same in [
            ["Phó chủ nhiệm TCCT", "Phó Chủ nhiệm Tổng cục Chính trị"],
            ["Tư lệnh QK1", "Tư lệnh Quân khu I"],
            ["Tư lệnh Hải quân", "Tư lệnh Quân chủng Hải quân"],
            ["Chính uỷ Bộ Tư lệnh Vùng 6 Hải quân", "Chính ủy Vùng 6 Hải quân"],
            ["Trung đoàn phó Trung đoàn 5", "Phó Trung đoàn trưởng Trung đoàn 5"],
            ["Chủ nhiệm Tổng cục Công nghiệp Quốc phòng", "Chủ nhiệm Tổng cục CNQP"],
            ["Thứ trưởng Quốc phòng", "Thứ trưởng Bộ Quốc phòng"],
            ["nguyên Tư lệnh Quân khu 7", "Tư lệnh Quân khu 7"],
            ["Ủy viên Ban Chấp hành Trung ương Đảng", "ủy viên Trung ương Đảng"],
            ["Phó Cục trưởng Cục Tuyên huấn (Tổng cục Chính trị)", "Phó Cục trưởng Cục Tuyên huấn, TCCT"],
            ["Chủ nhiệm Tổng cục Hậu cần – Kỹ thuật", "Chủ nhiệm Tổng cục HC-KT"],
        ] {
            let [a, b] = same.map(PostKey::of);
            assert!(a.same_post(&b), "{same:?}: {:?} {:?}", shown(&a), shown(&b));
        }
    }

    #[test]
    fn other_heads_and_other_units_are_other_posts() {
        for other in [
            ["Phó Tư lệnh Quân khu 7", "Tư lệnh Quân khu 7"],
            ["Tư lệnh Quân khu 7", "Tư lệnh Quân khu 9"],
            ["Trưởng phòng Chính trị, Sư đoàn 3", "Trưởng phòng Chính trị, Sư đoàn 5"],
            ["Chủ nhiệm Tổng cục Chính trị", "Chủ nhiệm Chính trị Quân khu 1"],
        ] {
            let [a, b] = other.map(PostKey::of);
            assert!(!a.same_post(&b), "{other:?}");
        }
    }

    #[test]
    fn a_post_without_a_unit_takes_the_next_ones_or_the_reports() {
        let posts = ["Bí thư Đảng ủy", "Chính ủy Quân khu", "Tư lệnh", "Chủ tịch nước"].map(held);
        let report = seen("r1", "2020-01-01").unit("Quân khu 10").posts(posts.to_vec());
        let keys: Vec<_> = PostKeys::default().of(&report).iter().map(|k| shown(k)).collect();
        let region = Some("quân khu 10".to_owned());
        let expect =
            [("bí thư đảng ủy", &region), ("chính ủy", &region), ("tư lệnh", &region), ("chủ tịch nước", &None)];
        assert_eq!(keys, expect.map(|(head, unit)| (head.to_owned(), unit.clone())));
    }

    #[test]
    fn posts_in_one_breath_are_several() {
        let mut keys = PostKeys::default();
        let mut told = |words: &str| -> Vec<String> {
            let posts = keys.posts_with_keys(words).into_iter();
            posts
                .map(|(words, key)| format!("{words} | {} | {}", key.head, shown(&key).1.unwrap_or_default()))
                .collect()
        };
        assert_eq!(
            told("Phó Tư lệnh kiêm Tham mưu trưởng Quân khu 10"),
            ["Phó Tư lệnh | phó tư lệnh | quân khu 10", "Tham mưu trưởng Quân khu 10 | tham mưu trưởng | quân khu 10"]
        );
        assert_eq!(told("Cục trưởng Cục Cán bộ, Tổng cục Chính trị").len(), 1);
        assert_eq!(told("Trưởng Ban Tuyên giáo và Dân vận Trung ương").len(), 1);
        assert_eq!(told(""), [" |  | "]);
    }

    #[test]
    fn every_row_of_the_table_says_all_it_must() {
        for (n, line) in include_str!("heads.tsv").lines().enumerate().skip(1) {
            let place = format!("heads.tsv, line {}: {line}", n + 1);
            let cells: Vec<_> = line.split('\t').collect();
            assert_eq!(cells.len(), 7, "{place}");
            assert!(["full", "side"].contains(&cells[1]) && ["one", "many"].contains(&cells[2]), "{place}");
            assert!(["yes", "no"].contains(&cells[3]) && ["yes", "no"].contains(&cells[4]), "{place}");
            assert!((cells[5] == "-" || cells[5].parse::<u16>().is_ok()), "{place}");
        }
    }
}

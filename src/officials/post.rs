//! Parses a post as written into a key that is equal for the spellings of different papers: `Phó chủ nhiệm TCCT` and
//! `Phó Chủ nhiệm Tổng cục Chính trị`. heads.tsv lists the heads of posts, whether each is full-time and how many
//! people hold it; the names and history of units are in `unit`. Keys are for comparison; the words shown stay those of
//! the text.
//!
//! ```text
//! nguyên  Phó Chủ nhiệm   TCCT                      nhiệm kỳ 2015 - 2020
//! status  head            unit                      term
//!         Bộ trưởng       Quốc phòng       Lào
//!                         unit             country  status and term are dropped, the rest is normalized
//! ```

mod head_words;
mod keys;

pub use keys::{PostKeys, each_once, posts_of_person};

use super::country_of_post;
use super::post_words::PostWords;
use super::unit::{UnitPath, normal};
use head_words::{PostHead, TakesUnit, head_of, without_status};
use serde::{Deserialize, Serialize};

/// Whether the words of a post say how it is held: `nguyên Giám đốc`, `phụ trách Chủ tịch`.
pub fn says_how_held(words: &str) -> bool {
    let all = normal(words);
    without_status(&all) != all
}

/// A post in a form in which two spellings of it are equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PostKey {
    /// The head, normalized: `phó chủ nhiệm`. The whole text if it begins with no head of heads.tsv.
    pub head: String,
    /// The organisation; `None` if the text states none.
    pub unit: Option<UnitPath>,
    /// The foreign country that the words name; `None` for a post of Vietnam, and where they name none.
    #[serde(deserialize_with = "country_of_post::read")]
    pub country: Option<country_of_post::CountryName>,
    /// Whether it is full-time: no person holds two such posts in unrelated units at once.
    pub full_time: bool,
    /// Whether only one person holds it at a time.
    pub single: bool,
    /// Whether it is not known without an organisation which post it is: `Bộ trưởng`, but not `Chủ tịch nước`.
    pub takes_unit: bool,
    /// Whether it is a high civilian post, of the level to which generals move when they leave the army.
    pub high: bool,
    /// The highest rank (`Rank::order`) that its holders have; `None` if it is not limited.
    pub highest: Option<u16>,
}

/// Behind a head: who holds the post was elected and has not taken it yet.
const ELECTED: &str = "đắc cử";

impl PostKey {
    /// Whether the two may be one post: equal heads and countries, and units that may be the same (`UnitPath::same`).
    /// Not transitive.
    pub fn same_post(&self, other: &Self) -> bool {
        self.head == other.head
            && self.country == other.country
            && match (&self.unit, &other.unit) {
                (Some(a), Some(b)) => a.same(b),
                (None, None) => true,
                _ => false,
            }
    }

    /// Whether this is a deputy's post, and `chief` the post of whom the deputy serves: `Phó Chủ tịch X`, `Chủ tịch X`.
    /// False where either leaves the organisation out.
    pub fn is_deputy_of(&self, chief: &Self) -> bool {
        let (Some(own), Some(other)) = (&self.unit, &chief.unit) else { return false };
        let deputy = self.head.strip_prefix("phó ").is_some_and(|head| head == chief.head);
        deputy && self.country == chief.country && !own.is_generic() && own.same(other)
    }

    /// Whether the words leave out which post it is: a head that needs an organisation, without one, with its kind only
    /// or with a section that many have (`Bộ trưởng`, `Giám đốc Công an tỉnh`, `Trưởng phòng Tham mưu`).
    pub fn is_bare(&self) -> bool {
        let is_bare = |unit: &UnitPath| unit.is_generic() || unit.is_section();
        self.takes_unit && self.country.is_none() && self.unit.as_ref().is_none_or(is_bare)
    }

    /// Whether this post, with fewer words, may be `other`: the words of this one are the first words of the other
    /// (`Bộ trưởng`, `Bộ trưởng Bộ Y tế`; `Chủ tịch`, `Chủ tịch UBND tỉnh`), or the other one names its country. False
    /// for posts with equal words.
    pub fn is_short_for(&self, other: &Self) -> bool {
        if self.country.is_some() && self.country != other.country {
            return false;
        }
        let (own, whole) = (self.compared(), other.compared());
        if own == whole {
            return self.country != other.country;
        }
        begins_with(&whole, &own) || self.is_shortened(other)
    }

    /// Whether both have one head, and the organisation of this one is that of `other` with words left out.
    fn is_shortened(&self, other: &Self) -> bool {
        let (Some(own), Some(whole)) = (&self.unit, &other.unit) else { return false };
        self.head == other.head && self.country == other.country && own.is_shortened(whole)
    }

    /// Whether this wording of one and the same post says more of whose it is: it names the organisation and the other
    /// does not, or in more words.
    pub fn is_fuller_than(&self, other: &Self) -> bool {
        let words = |post: &Self| {
            let unit = post.unit.as_ref().map(UnitPath::compared).unwrap_or_default();
            let names = post.unit.as_ref().is_some_and(|unit| !unit.is_generic());
            (names, unit.split(' ').filter(|word| !word.is_empty()).count())
        };
        words(self) > words(other)
    }

    /// Whether the words call the holder elected, which ends when the post is taken up: `Tổng thống đắc cử`. Both are
    /// one post, and such words are shown only if no report has others.
    pub fn says_elected(words: &str) -> bool {
        words.contains(ELECTED)
    }

    /// Head and unit in the form that is compared.
    pub(super) fn compared(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{} {}", self.head, unit.compared()),
            None => self.head.clone(),
        }
    }

    /// Returns `words`, the text of this post, and in brackets the organisation if the words leave it to the post that
    /// follows, or name it behind a comma: `Bí thư Đảng ủy [Quân khu 10]`, `Trưởng phòng Tham mưu [Công an tỉnh B]`.
    pub fn written(&self, words: &str) -> String {
        match self.organisation_left_out(words) {
            Some(unit) => format!("{words} [{unit}]"),
            None => words.to_owned(),
        }
    }

    /// The name of the organisation that `written` puts in brackets; `None` if `words` have it.
    pub fn organisation_left_out(&self, words: &str) -> Option<String> {
        self.unit_left_out(words).map(|unit| unit.shown().to_owned())
    }

    /// The organisation, if `words`, the text of this post, leave it or a part of it to their context.
    pub fn unit_left_out(&self, words: &str) -> Option<&UnitPath> {
        let said = Self::of(words).unit.map_or(0, |unit| unit.depth());
        self.unit.as_ref().filter(|unit| said == 0 || unit.depth() > said)
    }

    /// Parses the words of a post, without the context of a report.
    pub fn of(text: &str) -> Self {
        let all = normal(text);
        let stated = without_status(&all);
        let words = &without_standing(stated);
        let Some(head) = head_of(words) else { return Self::without_head(words, text) };
        let rest = without_term(words.get(head.words.len()..).unwrap_or_default().trim());
        let rest = without_short_name(rest);
        // `Tổng thống đắc cử Mỹ`: before and after taking office it is one post.
        let rest = rest.strip_prefix(ELECTED).map_or(rest, str::trim_start);
        // `Thủ trưởng đơn vị`: the words point at a unit that the text has named.
        let rest = if PostWords::AnyUnit.contains(rest) { "" } else { rest };
        // `Chủ tịch kiêm Giám đốc Công ty A`: both are posts of the organisation that is named last.
        let rest = match rest.strip_prefix("kiêm ").map(|both| (both, head_of(both))) {
            Some((both, Some(other))) => both.get(other.words.len()..).unwrap_or_default().trim(),
            _ => rest,
        };
        let (rest, country) = match country_of_post::taken_out(rest, text) {
            Some(found) => (found.words, found.country),
            None => (rest.to_owned(), None),
        };
        let shown = words_behind(text, all.len() - words.len() + head.words.len());
        let (canonical, unit) = in_full(head, &rest);
        let unit = UnitPath::of_normal(&unit).map(|unit| unit.shown_as(&shown));
        let highest = [head.highest, unit.as_ref().and_then(UnitPath::highest_rank)].into_iter().flatten().min();
        let takes_unit = head.takes_unit != TakesUnit::No;
        let canonical_deputy = canonical.starts_with("phó ");
        let mut key = Self {
            head: canonical,
            unit,
            country,
            full_time: head.full_time,
            single: head.single,
            takes_unit,
            high: head.high,
            highest,
        };
        let words = key.compared();
        key.high = if head.high {
            !takes_unit || country.is_some() || is_of_high_level(&words)
        } else {
            head.takes_unit == TakesUnit::Yes && (head.single || canonical_deputy) && is_central(&words)
        };
        key
    }

    /// The key of words that begin with no head of heads.tsv.
    fn without_head(words: &str, text: &str) -> Self {
        let words = without_term(words);
        let (head, country) = match country_of_post::taken_out(words, text) {
            Some(found) if !found.words.is_empty() => (found.words, found.country),
            _ => (words.to_owned(), None),
        };
        Self {
            head,
            unit: None,
            country,
            full_time: false,
            single: false,
            takes_unit: false,
            high: false,
            highest: None,
        }
    }
}

/// Returns head and unit of a post in full, where houses leave a word out because the other words tell it: the kind of
/// the unit (`Bộ trưởng Công an`), the committee that a chairman or secretary of a place is of (`Chủ tịch huyện A`,
/// `Bí thư Hà Nội`).
fn in_full(head: &PostHead, rest: &str) -> (String, String) {
    let canonical = &head.canonical;
    let level = super::unit::level_of_place(rest);
    let (deputy, chief) = canonical.strip_prefix("phó ").map_or(("", canonical.as_str()), |chief| ("phó ", chief));
    match (chief, level) {
        ("chủ tịch", Some(_)) => return (format!("{deputy}chủ tịch ủy ban nhân dân"), rest.to_owned()),
        ("bí thư", Some("tỉnh")) => return (format!("{deputy}bí thư tỉnh ủy"), rest.to_owned()),
        ("bí thư", Some("thành phố")) => return (format!("{deputy}bí thư thành ủy"), rest.to_owned()),
        ("bí thư", Some("huyện")) => return (format!("{deputy}bí thư huyện ủy"), rest.to_owned()),
        _ => {}
    }
    let unit = match &head.unit_kind {
        Some(kind) if !rest.is_empty() && !begins_with(rest, kind) => format!("{kind} {rest}"),
        _ => rest.to_owned(),
    };
    (canonical.clone(), unit)
}

/// Whether a post, in the form that is compared, is of the centre or of a province, and not of a place or unit below.
fn is_of_high_level(words: &str) -> bool {
    PostWords::HighLevel.is_among(words) && !PostWords::LowLevel.is_among(words)
}

/// Whether a post, in the form that is compared, is of an organisation of the whole country. Its first word does not
/// count: it is that of the head.
fn is_central(words: &str) -> bool {
    words.split_once(' ').is_some_and(|(_, behind)| PostWords::Central.is_among(behind))
}

/// Removes the term of office from the end of normalized words: `khóa XIII`, `nhiệm kỳ 2020-2025`.
fn without_term(words: &str) -> &str {
    let at = [" khóa ", " nhiệm kì ", " nhiệm kỳ "].iter().filter_map(|term| format!(" {words}").find(term)).min();
    at.map_or(words, |at| words.get(..at.saturating_sub(1)).unwrap_or_default()).trim_end_matches([',', ' ', '('])
}

/// Removes what distinguishes a deputy from other deputies of one post: the standing one is one of them.
fn without_standing(words: &str) -> String {
    if !words.starts_with("phó ") {
        return words.to_owned();
    }
    words.replace(" thường trực", "").replace(" chuyên trách", "")
}

/// Removes the short name of an organisation in brackets from the end of normalized words: `(viettel)`. A unit above it
/// in brackets has several words, also where it is abbreviated, because the words are written out.
fn without_short_name(words: &str) -> &str {
    let short = words.strip_suffix(')').and_then(|words| words.rsplit_once('('));
    short.filter(|(_, name)| !name.contains(' ')).map_or(words, |(before, _)| before.trim())
}

/// Whether `words` is `first`, or begins with it and a space.
fn begins_with(words: &str, first: &str) -> bool {
    words.strip_prefix(first).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Returns the words of `text` behind its first words, which have `length` bytes when normalized. A word is counted
/// normalized, because one abbreviation becomes several words.
fn words_behind(text: &str, length: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let reaches = |n: &usize| normal(&words.get(..*n).unwrap_or_default().join(" ")).len() >= length;
    let taken = (1..=words.len()).find(reaches).unwrap_or(words.len());
    words.get(taken..).unwrap_or_default().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(key: &PostKey) -> (String, Option<String>) {
        (key.head.clone(), key.unit.as_ref().map(ToString::to_string))
    }

    #[test]
    fn houses_spellings_and_abbreviations_are_one_post() {
        for same in [
            ["Phó chủ nhiệm TCCT", "Phó Chủ nhiệm Tổng cục Chính trị"],
            ["Tư lệnh QK1", "Tư lệnh Quân khu I"],
            ["Tổng thống đắc cử Mỹ", "Tổng thống Mỹ"],
            ["Tư lệnh Hải quân", "Tư lệnh Quân chủng Hải quân"],
            ["Chính uỷ Bộ Tư lệnh Vùng 6 Hải quân", "Chính ủy Vùng 6 Hải quân"],
            ["Trung đoàn phó Trung đoàn 5", "Phó Trung đoàn trưởng Trung đoàn 5"],
            ["Chủ nhiệm Tổng cục Công nghiệp Quốc phòng", "Chủ nhiệm Tổng cục CNQP"],
            ["Thứ trưởng Quốc phòng", "Thứ trưởng Bộ Quốc phòng"],
            ["nguyên Tư lệnh Quân khu 7", "Tư lệnh Quân khu 7"],
            ["Ủy viên Ban Chấp hành Trung ương Đảng", "ủy viên Trung ương Đảng"],
            ["Phó Cục trưởng Cục Tuyên huấn (Tổng cục Chính trị)", "Phó Cục trưởng Cục Tuyên huấn, TCCT"],
            ["Chủ nhiệm Tổng cục Hậu cần – Kỹ thuật", "Chủ nhiệm Tổng cục HC-KT"],
            ["Bộ trưởng Bộ Công an", "bộ trưởng Công an"],
            ["Bộ trưởng Bộ GTVT", "Bộ trưởng Giao thông và Vận tải"],
            ["Thứ trưởng Bộ NN&PTNT", "Thứ trưởng Bộ Nông nghiệp và Phát triển nông thôn"],
            ["Cục trưởng Cục CSGT", "Cục trưởng Cảnh sát giao thông"],
            ["Trưởng Phòng Cảnh sát hình sự", "trưởng phòng CSHS"],
            ["Phó phòng Tham mưu", "Phó Trưởng phòng Tham mưu"],
            ["Chủ tịch UBND TP Đà Nẵng", "Chủ tịch Uỷ ban nhân dân Đà Nẵng"],
            ["Chủ tịch Đà Nẵng", "Chủ tịch UBND thành phố Đà Nẵng"],
            ["Chủ tịch huyện Sông Gấm", "Chủ tịch UBND huyện Sông Gấm"],
            ["Bí thư Hà Nội", "Bí thư Thành ủy Hà Nội"],
            ["Giám đốc Sở GD-ĐT Hà Giang", "Giám đốc Sở Giáo dục và Đào tạo tỉnh Hà Giang"],
            ["Giám đốc Công an TP.HCM", "Giám đốc Công an thành phố Hồ Chí Minh"],
            ["Chánh án Toà án nhân dân tỉnh Gia Lai", "Chánh án TAND Gia Lai"],
            ["Ủy viên Ban Chấp hành Đảng bộ tỉnh khóa XVII", "Ủy viên Ban Chấp hành Đảng bộ tỉnh"],
            ["Phó Bí thư Huyện ủy nhiệm kỳ 2005 - 2010", "Phó Bí thư Huyện ủy"],
            ["Thủ tướng Chính phủ Việt Nam", "Thủ tướng"],
            ["Bộ trưởng Quốc phòng Mỹ", "Bộ trưởng Bộ Quốc phòng Hoa Kỳ"],
            ["Tổng thống nước Lào", "tổng thống Lào"],
            ["Phó Chủ tịch UBND tỉnh Gia Lai", "Phó Chủ tịch Thường trực UBND tỉnh Gia Lai"],
            ["Phó Chủ tịch chuyên trách Ủy ban ATGT quốc gia", "Phó chủ tịch Ủy ban An toàn giao thông quốc gia"],
            ["Giám đốc Cục Tình báo Trung ương Mỹ (CIA)", "Giám đốc Cục Tình báo Trung ương Mỹ"],
            ["Chủ tịch kiêm Tổng Giám đốc Công ty Hải Âu", "Chủ tịch Công ty Hải Âu"],
            ["Bí thư BCH Trung ương Đoàn", "Bí thư Trung ương Đoàn"],
            ["Trưởng phòng Tham mưu, Công an tỉnh Gia Lai", "Trưởng phòng Tham mưu Công an Gia Lai"],
            ["Trưởng phòng CSHS (PC 02) Công an tỉnh Gia Lai", "Trưởng phòng Cảnh sát hình sự Công an tỉnh Gia Lai"],
            ["Tư lệnh Bộ chỉ huy Thái Bình Dương của Mỹ", "tư lệnh Bộ chỉ huy Thái Bình Dương Mỹ (PACOM)"],
            ["Thủ trưởng đơn vị", "Thủ trưởng"],
            ["Chủ tịch VCCI", "Chủ tịch Phòng Thương mại và Công nghiệp Việt Nam (VCCI)"],
            ["Cục trưởng C 50", "Cục trưởng Cục Cảnh sát phòng, chống tội phạm sử dụng công nghệ cao (C50)"],
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
            ["Bộ trưởng Bộ Quốc phòng", "Bộ trưởng Quốc phòng Lào"],
            ["Giám đốc Công an TP Thanh Hóa", "Giám đốc Công an tỉnh Thanh Hóa"],
            ["Bí thư Huyện ủy Sông Gấm", "Chủ tịch UBND huyện Sông Gấm"],
            ["Chủ tịch UBND tỉnh", "Chủ tịch HĐND tỉnh"],
        ] {
            let [a, b] = other.map(PostKey::of);
            assert!(!a.same_post(&b), "{other:?}");
        }
    }

    #[test]
    fn fewer_words_of_a_post_are_short_for_it() {
        for [short, whole] in [
            ["Bộ trưởng", "Bộ trưởng Bộ Y tế"],
            ["Chủ tịch", "Chủ tịch UBND TP Đà Nẵng"],
            ["Bí thư", "Bí thư Huyện ủy Sông Gấm"],
            ["Giám đốc Công an tỉnh", "Giám đốc Công an tỉnh Lào Cai"],
            ["Trưởng ban Dân vận Tỉnh ủy", "Trưởng ban Dân vận Tỉnh ủy Kon Tum"],
            ["Tổng thống", "Tổng thống Lào"],
            ["Tư lệnh", "Tư lệnh Quân khu 10"],
        ] {
            let [a, b] = [short, whole].map(PostKey::of);
            assert!(a.is_short_for(&b) && !b.is_short_for(&a) && !a.is_short_for(&a), "{short}: {a:?} {b:?}");
        }
        for [other, whole] in [
            ["Chủ tịch", "Phó Chủ tịch UBND tỉnh Gia Lai"],
            ["Tư lệnh Quân khu 1", "Tư lệnh Quân khu 10"],
            ["Tổng thống Lào", "Tổng thống Nga"],
            ["Bộ trưởng", "Thứ trưởng Bộ Y tế"],
        ] {
            let [a, b] = [other, whole].map(PostKey::of);
            assert!(!a.is_short_for(&b), "{other}: {a:?} {b:?}");
        }
    }

    #[test]
    fn a_deputy_is_that_of_the_same_organisation() {
        let is_deputy = |[deputy, chief]: [&str; 2]| PostKey::of(deputy).is_deputy_of(&PostKey::of(chief));
        assert!(is_deputy(["Phó Chủ tịch UBND tỉnh Gia Lai", "nguyên Chủ tịch UBND tỉnh Gia Lai"]));
        assert!(is_deputy(["Phó Tư lệnh Quân khu 10", "Tư lệnh QK10"]));
        for other in [
            ["Phó Tư lệnh Quân khu 10", "Tư lệnh Quân khu 7"],
            ["Tư lệnh Quân khu 10", "Phó Tư lệnh Quân khu 10"],
            ["Phó Giám đốc", "Giám đốc"],
            ["Phó Tư lệnh Quân khu 10", "Chính ủy Quân khu 10"],
        ] {
            assert!(!is_deputy(other), "{other:?}");
        }
    }

    #[test]
    fn a_bare_post_leaves_out_which_it_is() {
        let bare = |text| PostKey::of(text).is_bare();
        assert!(
            ["Bộ trưởng", "Tư lệnh Quân khu", "Giám đốc Công an tỉnh", "Chủ tịch UBND xã"].map(bare).iter().all(|b| *b)
        );
        let whole = ["Chủ tịch nước", "Bộ trưởng Bộ Công an", "Tổng thống Lào", "Ủy viên Trung ương Đảng"].map(bare);
        assert!(whole.iter().all(|b| !b));
    }

    #[test]
    fn a_country_is_none_inside_another_name() {
        let country = |text: &str| PostKey::of(text).country;
        assert_eq!(country("Bộ trưởng Quốc phòng Lào"), Some("Lào"));
        assert_eq!(country("Đại sứ Pháp tại Việt Nam"), Some("Pháp"));
        assert_eq!(country("lãnh đạo Triều Tiên"), Some("Triều Tiên"));
        for none in [
            "Chủ tịch UBND huyện Kỳ Anh",
            "Trưởng Công an quận Thủ Đức",
            "Hiệu trưởng Trường THPT Lan Anh",
            "Chủ tịch Hội Hữu nghị Việt Nam - Lào",
            "Đại sứ Việt Nam tại Lào",
            "Bộ trưởng Quốc phòng Việt Nam",
        ] {
            assert_eq!(country(none), None, "{none}");
        }
    }

    #[test]
    fn the_unit_is_shown_as_written() {
        let shown = |text: &str| PostKey::of(text).unit.map(|unit| unit.shown().to_owned());
        assert_eq!(shown("Phó Chủ tịch UBND huyện Sông Gấm").as_deref(), Some("huyện Sông Gấm"));
        assert_eq!(shown("nguyên CNCT Quân khu 10").as_deref(), Some("Quân khu 10"));
        assert_eq!(shown("Chủ nhiệm HC-KT Sư đoàn 399").as_deref(), Some("Sư đoàn 399"));
    }
}

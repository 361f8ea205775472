//! The holders of a post in order of time, with the gaps for which no report names one. A query is the words of a post,
//! plain or abbreviated, with or without tones. If it names a post exactly, only that post is returned.

use super::career::{Career, Tenure, TenureBound, TenureKind};
use super::post::PostKey;
use super::unit::UnitPath;
use super::unit_renames::{UnitRename, renames_of};
use super::{Observation, Official, Place};
use crate::report::{Dated, Day, dated};
use crate::text::words::folded_words;
use serde::Serialize;
use serde::ser::SerializeMap as _;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// One official in one post: the row that the cache stores to find the holders of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Holding {
    /// The id of the official, not of the holding.
    pub id: String,
    pub name: String,
    /// The rank of that time: the one that the report of `place` gives, else the one held when it began. For a post
    /// held now the last known rank, if the post was still seen when that rank was new.
    pub rank: Option<String>,
    /// The country of a foreign holder; `None` for the posts of Vietnam.
    pub country: Option<String>,
    /// The post as last written.
    pub text: String,
    /// The head of the post, normalized.
    pub head: String,
    /// The organisation of the post, normalized; empty if no text states it.
    pub unit: String,
    /// Whether only one person holds the post at a time.
    pub single: bool,
    /// When it was held; `None` if only reports without a day state it. In JSON: `from` and `to`.
    #[serde(flatten, serialize_with = "from_and_to")]
    pub term: Option<HoldingTerm>,
    /// The statement that gives `term.from`; without a term the first statement.
    pub place: Place,
    /// Whether the official holds it now, by the newest reports.
    pub current: bool,
    /// Whether reports contradict each other about it.
    pub disputed: bool,
    /// The number of statements in reports that prove it.
    pub evidence: usize,
    /// Whether a single report states it, and none announces its beginning or end.
    pub seen_once: bool,
    /// Whether it is not held now only because that single report stands beside posts of more reports
    /// (`Career::seen_once`): nothing says that it was held before.
    #[serde(skip)]
    pub is_weak: bool,
}

/// A rank that is new more months than this after a post was last seen says nothing of the holder of that post.
const RANK_MONTHS: i16 = 12;

/// When a post was held, by the reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HoldingTerm {
    pub from: TenureBound,
    /// The end, or the last report that states it.
    pub to: TenureBound,
}

/// Writes `from` and `to`; `null` both if there is no term.
#[allow(clippy::ref_option, reason = "serde requires this signature")]
fn from_and_to<S: serde::Serializer>(term: &Option<HoldingTerm>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(2))?;
    map.serialize_entry("from", &term.as_ref().map(|term| &term.from))?;
    map.serialize_entry("to", &term.as_ref().map(|term| &term.to))?;
    map.end()
}

impl Holding {
    /// Returns all holdings of an official; `observations` are those that `identify` was given.
    pub fn all_of(official: &Official, observations: &[Observation]) -> Vec<Self> {
        Self::of_career(official, &Career::of(official, observations))
    }

    /// Like `all_of`, for callers that have the career already.
    pub fn of_career(official: &Official, career: &Career) -> Vec<Self> {
        let last_tenure = career.tenures.iter().filter(|t| t.kind == TenureKind::Rank).max_by_key(|t| t.last_seen());
        let last_rank = last_tenure.map(|t| t.text.clone()).or_else(|| Some(career.now(TenureKind::Rank).next()?.text));
        let now: Vec<Place> = career.now(TenureKind::Post).map(|now| now.place).collect();
        let weak: Vec<Place> = career.seen_once().into_iter().map(|once| once.place).collect();
        // Reports announce few ends, so a post seen long before the last rank is rather one that was left.
        let is_recent = |seen: Day| last_tenure.is_none_or(|last| last.from.when.day <= seen.plus_months(RANK_MONTHS));
        let rank_at = |place: &Place, tenure: Option<&Tenure>| {
            let is_now = now.contains(place) && tenure.is_none_or(|tenure| is_recent(tenure.last_seen()));
            let last = if is_now { last_rank.clone() } else { None };
            let then = || career.rank_on(tenure?.from.when.day).or_else(|| career.rank_on(tenure?.last_seen()));
            last.or_else(|| career.rank_in(&place.report)).or_else(then)
        };
        let of_post = |key: &PostKey, text: &str, place: Place| Self {
            id: official.id.clone(),
            name: official.name.clone(),
            rank: rank_at(&place, None),
            country: key.country.map(str::to_owned).or_else(|| official.country.clone()),
            text: text.to_owned(),
            head: key.head.clone(),
            unit: key.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
            single: key.single,
            term: None,
            current: now.contains(&place),
            is_weak: weak.contains(&place) && !now.contains(&place),
            place,
            disputed: false,
            evidence: 0,
            seen_once: false,
        };
        let dated = career.tenures.iter().filter_map(|tenure| {
            Some(Self {
                term: Some(HoldingTerm { from: tenure.from.clone(), to: tenure.to.clone() }),
                disputed: tenure.disputed,
                evidence: tenure.evidence.len() + tenure.undated.len(),
                seen_once: tenure.is_seen_once(),
                rank: rank_at(&tenure.from.place, Some(tenure)),
                ..of_post(tenure.post.as_ref()?, &tenure.text, tenure.from.place.clone())
            })
        });
        let undated = career.undated.iter().filter_map(|tenure| {
            let holding = of_post(tenure.post.as_ref()?, &tenure.text, tenure.place());
            Some(Self { evidence: tenure.evidence.len(), seen_once: tenure.is_seen_once(), ..holding })
        });
        dated.chain(undated).collect()
    }

    /// The day on which it began, by the reports; `None` without a term.
    pub(super) fn begins(&self) -> Option<Day> {
        self.term.as_ref().map(|term| term.from.when.day)
    }

    /// The day on which it ended or was last seen; `None` without a term.
    pub(super) fn ends(&self) -> Option<Day> {
        self.term.as_ref().map(|term| term.to.when.day)
    }

    /// The folded words by which a query finds the post: those of head and unit.
    pub fn folded(&self) -> String {
        folded_words(&format!("{} {} {}", self.head, self.unit, self.country.as_deref().unwrap_or_default()))
    }

    fn is(&self, wanted: &PostKey) -> bool {
        let unit = UnitPath::of_normal(&self.unit);
        let same_country = self.country.as_deref() == wanted.country;
        same_country && self.head == wanted.head && unit.zip(wanted.unit.as_ref()).is_some_and(|(a, b)| a.same(b))
    }

    /// Returns the post key. Its unit is shown as written in the text of the post; if that leaves it out, the
    /// normalized name with a capital is shown.
    pub fn key(&self) -> PostKey {
        let written = PostKey::of(&self.text);
        let unit = UnitPath::of_normal(&self.unit).map(|unit| match &written.unit {
            Some(own) if own.same(&unit) => unit.shown_as(own.shown()),
            _ => {
                let mut letters = self.unit.chars();
                let first = letters.next().into_iter().flat_map(char::to_uppercase);
                unit.shown_as(&first.chain(letters).collect::<String>())
            }
        });
        PostKey { head: self.head.clone(), unit, single: self.single, ..written }
    }
}

/// A post with all its holders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PostHistory {
    /// The post as last written.
    pub text: String,
    /// The country of a foreign post; `None` for one of Vietnam.
    pub country: Option<String>,
    /// All holdings of the post that have a term, by beginning.
    pub holders: Vec<Holding>,
    /// The holdings that only reports without a day state, those with the most statements first.
    pub undated: Vec<Holding>,
    /// The gaps between holders; only for posts that one person holds at a time.
    pub gaps: Vec<HolderGap>,
    /// The renames and mergers of its unit.
    pub units: Vec<UnitRename>,
}

impl PostHistory {
    /// The words of the post with its country, if they leave that out: `Bộ trưởng Quốc phòng (Lào)`.
    pub fn title(&self) -> String {
        match self.country.as_ref().filter(|country| !self.text.contains(country.as_str())) {
            Some(country) => format!("{} ({country})", self.text),
            None => self.text.clone(),
        }
    }

    /// Whether a holder is seen once, and another one is not. Such a holder is marked, because one report is often in
    /// error, but stays in the order of time: apart from the others, there would be gaps where somebody is named.
    pub fn is_weak(&self, holder: &Holding) -> bool {
        holder.seen_once && self.holders.iter().chain(&self.undated).any(|other| !other.seen_once)
    }
}

/// A period for which no report names a holder of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HolderGap {
    /// The last day of the holder before.
    #[serde(flatten, serialize_with = "dated::json::from")]
    pub from: Dated,
    /// The first day of the holder after.
    #[serde(flatten, serialize_with = "dated::json::to")]
    pub to: Dated,
    /// The words that give `from`.
    pub before: Place,
    /// The words that give `to`.
    pub after: Place,
}

/// Returns the folded words that a holding must contain to match the query. Spellings and abbreviations of the post and
/// unit are normalized first, as they are in the holdings.
pub fn words_of(query: &str) -> Vec<String> {
    let key = PostKey::of(query);
    // A query without a post may be a unit.
    let unit = if key.unit.is_none() && key.country.is_none() {
        UnitPath::of(query).map(|unit| unit.to_string())
    } else {
        None
    };
    let whole = |key: PostKey| {
        let unit = key.unit.map_or_else(String::new, |unit| unit.to_string());
        format!("{} {unit} {}", key.head, key.country.unwrap_or_default())
    };
    let words = unit.unwrap_or_else(|| whole(key));
    folded_words(&words).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Returns the posts that match a query, each with its holders in order. If the query names exactly a post of
/// `holdings`, only that post matches; otherwise all whose words begin with the words of the query, in any order.
pub fn posts(query: &str, holdings: &[Holding]) -> Vec<PostHistory> {
    let wanted = PostKey::of(query);
    let exact: Vec<&Holding> = holdings.iter().filter(|h| h.is(&wanted)).collect();
    let words = words_of(query);
    let found =
        if exact.is_empty() { holdings.iter().filter(|h| matches(&h.folded(), &words)).collect() } else { exact };
    by_post(found)
}

fn by_post(found: Vec<&Holding>) -> Vec<PostHistory> {
    let mut posts: BTreeMap<_, Vec<&Holding>> = BTreeMap::new();
    for holding in found {
        let key = (holding.country.as_deref(), UnitPath::of_normal(&holding.unit), holding.head.as_str());
        posts.entry(key).or_default().push(holding);
    }
    let mut posts: Vec<Vec<&Holding>> = posts.into_values().collect();
    // Those of this country first, then those of which more reports speak.
    let evidence = |post: &[&Holding]| post.iter().map(|holding| holding.evidence).sum::<usize>();
    posts.sort_by_key(|post| (post.iter().all(|holding| holding.country.is_some()), Reverse(evidence(post))));
    posts.into_iter().map(post).collect()
}

/// Returns the folded words that a holding of exactly this post must contain: of the unit only its own name, because
/// the units above it may not be stated. Used as a prefilter; `posts_of` decides.
pub fn words_of_post(wanted: &PostKey) -> Vec<String> {
    let (unit, country) = (wanted.unit.as_ref().map_or("", UnitPath::name), wanted.country.unwrap_or_default());
    let words = folded_words(&format!("{} {unit} {country}", wanted.head));
    words.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Returns the history of the post with exactly this key, then those of posts whose unit may be the same
/// (`PostKey::same_post`).
pub fn posts_of(wanted: &PostKey, holdings: &[Holding]) -> Vec<PostHistory> {
    let unit = wanted.unit.as_ref().map(ToString::to_string).unwrap_or_default();
    let exactly = |h: &&Holding| h.head == wanted.head && h.unit == unit && h.country.as_deref() == wanted.country;
    let (own, others): (Vec<&Holding>, Vec<&Holding>) =
        holdings.iter().filter(|h| exactly(h) || h.is(wanted)).partition(exactly);
    by_post(own).into_iter().chain(by_post(others)).collect()
}

/// Whether each of `words` is a prefix of one of the folded words; false if there are none.
fn matches(folded: &str, words: &[String]) -> bool {
    !words.is_empty() && words.iter().all(|word| folded.split(' ').any(|w| w.starts_with(word.as_str())))
}

fn post(mut all: Vec<&Holding>) -> PostHistory {
    all.sort_by(|a, b| (a.begins(), a.ends(), &a.id).cmp(&(b.begins(), b.ends(), &b.id)));
    let newest = all.iter().max_by_key(|h| h.ends());
    let unit = all.first().and_then(|h| UnitPath::of_normal(&h.unit));
    let (text, (holders, undated)) = (newest.map(|h| h.text.clone()).unwrap_or_default(), dated_and_undated(&all));
    let gaps = if holders.iter().all(|h| h.single) { gaps(&holders) } else { Vec::new() };
    PostHistory {
        text,
        country: all.first().and_then(|holding| holding.country.clone()),
        gaps,
        units: unit.map_or_else(Vec::new, |unit| renames_of(unit.name())),
        holders: holders.into_iter().cloned().collect(),
        undated: undated.into_iter().cloned().collect(),
    }
}

/// Divides holdings into those with a term, in their order, and those without, by the number of statements.
pub(super) fn dated_and_undated<'a>(all: &[&'a Holding]) -> (Vec<&'a Holding>, Vec<&'a Holding>) {
    let (dated, mut undated): (Vec<&Holding>, Vec<&Holding>) = all.iter().partition(|h| h.term.is_some());
    undated.sort_by_key(|h| std::cmp::Reverse(h.evidence));
    (dated, undated)
}

/// Returns the gaps of more than a month between one holder and the next; `holders` are sorted by beginning.
fn gaps(holders: &[&Holding]) -> Vec<HolderGap> {
    let mut gaps = Vec::new();
    // Of the holders seen so far, the one who stays last: holdings overlap, so it need not be the one before `next`.
    let mut reach: Option<&HoldingTerm> = None;
    for next in holders.iter().filter_map(|h| h.term.as_ref()) {
        if let Some(before) = reach
            && next.from.when.day > before.to.when.day.plus_months(1)
        {
            gaps.push(HolderGap {
                from: before.to.when,
                to: next.from.when,
                before: before.to.place.clone(),
                after: next.from.place.clone(),
            });
        }
        reach = reach.filter(|r| r.to.when.day >= next.to.when.day).or(Some(next));
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::identify;
    use crate::officials::testing::{example_holdings, seen};
    use crate::report::PostState;

    fn names(post: &PostHistory) -> Vec<&str> {
        post.holders.iter().map(|h| h.name.as_str()).collect()
    }

    #[test]
    fn a_post_named_exactly_is_answered_by_its_holders_in_order() {
        for query in ["Chính ủy Quân khu 10", "chính uỷ QK10"] {
            let posts = posts(query, &example_holdings());
            assert_eq!(posts.len(), 1, "{query}");
            assert_eq!(names(&posts[0]), ["Lý Tất Đạt", "Đỗ Quang Khải"]);
            let gaps: Vec<_> = posts[0].gaps.iter().map(|g| (g.from.to_string(), g.to.to_string())).collect();
            assert_eq!(gaps, [("2018-06-01".to_owned(), "2021-01-01".to_owned())]);
        }
    }

    #[test]
    fn the_post_of_a_key_is_that_post_alone() {
        let found = posts_of(&PostKey::of("Chính ủy QK10"), &example_holdings());
        assert_eq!(found.iter().map(names).collect::<Vec<_>>(), [["Lý Tất Đạt", "Đỗ Quang Khải"]]);
        let of_holding = posts_of(&found[0].holders[0].key(), &example_holdings());
        assert_eq!(of_holding, found);
        assert_eq!(words_of_post(&PostKey::of("Chính ủy QK10")), ["chinh", "uy", "quan", "khu", "10"]);
    }

    #[test]
    fn without_tones_every_post_of_these_words_answers() {
        let found: Vec<String> =
            posts("chinh uy quan khu 10", &example_holdings()).into_iter().map(|p| p.text).collect();
        assert_eq!(found, ["Chính uỷ Quân khu 10", "Phó Chính ủy Quân khu 10"]);
        assert_eq!(posts("", &example_holdings()), []);
    }

    #[test]
    fn who_is_named_without_a_day_stands_apart_and_makes_no_gap() {
        let observations = [
            seen("a", "2016-01-01").named("Lý Tất Đạt").rank("Thiếu tướng").post("Chính ủy Quân khu 10"),
            seen("b", "2026-11-29").named("Hồ Sĩ Nhã").rank("Đại tá").post("Chính ủy Quân khu 10").undated(),
        ];
        let officials = identify(&observations, &[]);
        let holdings: Vec<Holding> = officials.iter().flat_map(|o| Holding::all_of(o, &observations)).collect();
        let post = &posts("Chính ủy Quân khu 10", &holdings)[0];
        let undated: Vec<_> = post.undated.iter().map(|h| (h.name.as_str(), h.rank.as_deref(), &h.place)).collect();
        assert_eq!((names(post), &post.gaps[..]), (vec!["Lý Tất Đạt"], &[][..]));
        assert_eq!(undated[0].0, "Hồ Sĩ Nhã");
        assert_eq!((undated[0].1, &*undated[0].2.report), (Some("Đại tá"), "b"));
        let json = serde_json::to_value(&post.undated[0]).unwrap();
        assert!(json["from"].is_null() && json["to"].is_null(), "{json}");
    }

    #[test]
    fn a_holder_of_one_report_is_seen_once_beside_one_of_more() {
        let of = |id: &str, day: &str, name: &str| seen(id, day).named(name).post("Chính ủy Quân khu 10");
        let (first, second) = (of("a", "2016-01-01", "Lý Tất Đạt"), of("b", "2016-03-01", "Lý Tất Đạt"));
        let once = of("c", "2017-01-01", "Hồ Sĩ Nhã");
        let undated = of("d", "2017-01-01", "Mạc Đình Thi").undated();
        let appointed = seen("e", "2018-01-01").named("Đỗ Quang Khải");
        let appointed = appointed.post_as("Chính ủy Quân khu 10", PostState::Entering);
        let all = [first.clone(), second, once, undated, appointed];
        let post = &posts("Chính ủy Quân khu 10", &holdings_of(&all))[0];
        let weak = |h: &Holding| (h.name.clone(), h.seen_once, post.is_weak(h));
        let holders: Vec<_> = post.holders.iter().chain(&post.undated).map(weak).collect();
        let expected = [
            ("Lý Tất Đạt", false, false),
            ("Hồ Sĩ Nhã", true, true),
            ("Đỗ Quang Khải", false, false),
            ("Mạc Đình Thi", true, true),
        ];
        assert_eq!(holders, expected.map(|(name, once, weak)| (name.to_owned(), once, weak)));
        // Nobody stands out where every holder is seen once.
        let alone = &posts("Chính ủy Quân khu 10", &holdings_of(&[first]))[0];
        assert!(alone.holders[0].seen_once && !alone.is_weak(&alone.holders[0]));
    }

    fn holdings_of(observations: &[Observation]) -> Vec<Holding> {
        identify(observations, &[]).iter().flat_map(|o| Holding::all_of(o, observations)).collect()
    }

    #[test]
    fn ministers_of_other_countries_are_not_among_those_of_this_one() {
        let observations = [
            seen("a", "2016-01-01").named("Đỗ Khắc Nhân").rank("Đại tướng").post("Bộ trưởng Bộ Quốc phòng"),
            seen("b", "2017-01-01").named("Paul Green").post("Bộ trưởng Quốc phòng Mỹ"),
            seen("c", "2018-01-01").named("Paul Green").post("Bộ trưởng Quốc phòng"),
            seen("d", "2018-01-01").named("Vương Lập").post("Bộ trưởng Bộ Quốc phòng").from("Trung Quốc"),
        ];
        let holdings = holdings_of(&observations);
        for query in ["Bộ trưởng Bộ Quốc phòng", "bộ trưởng quốc phòng"] {
            let found = posts(query, &holdings);
            assert_eq!(found.iter().map(names).collect::<Vec<_>>(), [["Đỗ Khắc Nhân"]], "{query}");
        }
        let found = posts("bo truong bo quoc phong", &holdings);
        assert_eq!(found.iter().map(names).collect::<Vec<_>>(), [["Đỗ Khắc Nhân"], ["Paul Green"], ["Vương Lập"]]);
        assert_eq!(found[2].title(), "Bộ trưởng Bộ Quốc phòng (Trung Quốc)");
        let found = posts("Bộ trưởng Quốc phòng Hoa Kỳ", &holdings);
        assert_eq!(found.iter().map(names).collect::<Vec<_>>(), [["Paul Green"]]);
    }

    #[test]
    fn a_foreigner_of_no_known_country_is_no_holder_of_this_one() {
        let observations = [
            seen("a", "2016-01-01").named("Đỗ Khắc Nhân").rank("Đại tướng").post("Bộ trưởng Bộ Quốc phòng"),
            seen("b", "2018-01-01").named("Paul Green").post("Bộ trưởng Bộ Quốc phòng").foreign_name(),
        ];
        let holdings = holdings_of(&observations);
        let found = posts("bộ trưởng quốc phòng", &holdings);
        assert_eq!(found.iter().map(names).collect::<Vec<_>>(), [["Đỗ Khắc Nhân"]]);
        let known = [observations[1].clone(), seen("c", "2019-01-01").named("Paul Green").near("Peru").foreign_name()];
        assert_eq!(identify(&known, &[])[0].country.as_deref(), Some("Peru"));
    }

    #[test]
    fn the_rank_beside_a_past_post_is_that_of_its_time() {
        let observations = [
            seen("a", "2016-01-01").rank("Thiếu tướng").post("Chính ủy Quân khu 10"),
            seen("b", "2019-01-01").rank("Trung tướng").post("Phó Chủ nhiệm Tổng cục Chính trị"),
            seen("c", "2021-01-01").rank("Thượng tướng").post("Phó Chủ nhiệm Tổng cục Chính trị"),
        ];
        let ranks: Vec<_> = holdings_of(&observations).into_iter().map(|h| (h.head, h.rank.unwrap())).collect();
        let expected = [("chính ủy", "Thiếu tướng"), ("phó chủ nhiệm", "Thượng tướng")];
        assert_eq!(ranks, expected.map(|(head, rank)| (head.to_owned(), rank.to_owned())));
    }

    #[test]
    fn a_rank_of_later_years_is_not_that_of_a_post_seen_before() {
        let before = seen("a", "2016-01-01").rank("Thiếu tướng").post("Chính ủy Quân khu 10");
        let rank_then = |later: Observation| holdings_of(&[before.clone(), later])[0].rank.clone().unwrap();
        assert_eq!(rank_then(seen("b", "2019-01-01").rank("Trung tướng")), "Thiếu tướng");
        assert_eq!(rank_then(seen("b", "2016-09-01").rank("Trung tướng")), "Trung tướng");
    }

    #[test]
    fn what_a_unit_became_is_told() {
        let holding = Holding { unit: "tổng cục kĩ thuật".into(), ..example_holdings().remove(0) };
        let posts = posts("tong cuc ki thuat", &[holding]);
        assert_eq!(posts[0].units[0].to, "Tổng cục Hậu cần - Kỹ thuật");
    }
}

//! The keys of all posts of one person in one report, and a cache of parsed posts. What a report says elsewhere is no
//! part of a post: only posts named together share an organisation.

use super::PostKey;
use super::head_words::{TakesUnit, head_of, without_status};
use crate::extract::vietnamese_syllable::is_vietnamese;
use crate::officials::observation::{Observation, ObservedPost};
use crate::officials::unit::{UnitPath, normal};
use crate::report::{Report, StatedPost};
use std::collections::HashMap;
use std::rc::Rc;

/// A cache of parsed posts and units. Reports repeat the same words, and parsing tries every head of the table.
#[derive(Default)]
pub struct PostKeys {
    keys: HashMap<String, Rc<PostKey>>,
    units: HashMap<String, Option<Rc<UnitPath>>>,
    /// The short names of organisations that the reports of the present name explain (`learn_short_names`).
    short_names: Vec<ShortName>,
}

/// The short name of an organisation, normalized, and the organisation: `vcb`, of `Phòng Thương mại B (VCB)`.
#[derive(Clone, PartialEq, Eq)]
struct ShortName {
    short: String,
    unit: UnitPath,
}

impl PostKeys {
    /// Takes the short names that these observations, all those of one name, explain in brackets, so that `Chủ tịch
    /// VCB` of one report is the post that another one writes out. Those of the name before are forgotten.
    pub fn learn_short_names<'a>(&mut self, observations: impl Iterator<Item = &'a Observation>) {
        let mut known: Vec<ShortName> = Vec::new();
        for seen in observations {
            let new = self.short_names_in(&seen.statement.posts);
            known.extend(new.into_iter().filter(|name| !known.contains(name)).collect::<Vec<_>>());
        }
        self.short_names = known;
    }

    /// Returns the post with its organisation written out, if the words have its short name only.
    fn written_out(&self, key: Rc<PostKey>, names: &[ShortName]) -> Rc<PostKey> {
        let is_short = |unit: &UnitPath| {
            names.iter().chain(&self.short_names).find(|name| is_short_name(unit, &name.short)).map(|name| &name.unit)
        };
        match key.unit.as_ref().and_then(is_short) {
            Some(unit) => Rc::new(PostKey { unit: Some(unit.clone()), ..(*key).clone() }),
            None => key,
        }
    }

    /// Returns the keys of all posts of one observation, in their order.
    pub fn of(&mut self, seen: &Observation) -> Vec<Rc<PostKey>> {
        self.keys_of(&seen.statement.posts)
    }

    /// Returns the keys of the posts of one person in one report. A post without an organisation takes that of the next
    /// one if the two are named together (`Bí thư Đảng ủy, Chính ủy Quân khu 10`) and both are posts that share their
    /// organisation in this way. Goes backwards, so that the unit of the next post is known.
    fn keys_of(&mut self, posts: &[ObservedPost]) -> Vec<Rc<PostKey>> {
        let mut keys: Vec<Rc<PostKey>> = Vec::with_capacity(posts.len());
        let short_names = self.short_names_in(posts);
        let mut next: Option<(usize, Rc<PostKey>)> = None;
        for post in posts.iter().rev() {
            let key = self.key(&post.text);
            let mut key = self.written_out(key, &short_names);
            if let Some(unit) = post.above.as_deref().and_then(|above| under(&key, above)) {
                key = Rc::new(PostKey { unit: Some(unit), ..(*key).clone() });
            }
            let end = post.at + post.text.len();
            if let Some((at, lender)) = &next
                && end <= *at
                && at - end <= MAX_JOINT
                && let Some(unit) = lent(&key, lender)
            {
                key = Rc::new(PostKey { unit: Some(unit), ..(*key).clone() });
            }
            next = Some((post.at, Rc::clone(&key)));
            keys.push(key);
        }
        keys.reverse();
        keys
    }

    /// The organisations that the posts of one report name with a short name in brackets: `Chủ tịch Phòng Thương mại B
    /// (VCB)`.
    fn short_names_in(&mut self, posts: &[ObservedPost]) -> Vec<ShortName> {
        let short = |text: &str| {
            let (_, name) = text.strip_suffix(')')?.rsplit_once('(')?;
            let capitals = name.chars().filter(|letter| letter.is_uppercase()).count();
            // `Viettel` has one capital; a word that Vietnamese has may be a place.
            let is_name = capitals >= 2 || (capitals == 1 && !is_vietnamese(name));
            (is_name && !name.contains(' ')).then(|| normal(name))
        };
        let named = posts.iter().filter_map(|post| Some((short(&post.text)?, &post.text)));
        named.filter_map(|(short, text)| Some(ShortName { short, unit: self.key(text).unit.clone()? })).collect()
    }

    /// Splits words that may name several posts (`Phó Tư lệnh kiêm Tham mưu trưởng Quân khu 10`) and returns each with
    /// its key. A post without an organisation takes that of the next.
    pub fn posts_with_keys<'w>(&mut self, words: &'w str) -> Vec<(&'w str, Rc<PostKey>)> {
        let mut posts: Vec<(&str, Rc<PostKey>)> = Vec::new();
        for part in split_posts(words).into_iter().rev() {
            let key = self.key(part);
            let mut key = self.written_out(key, &[]);
            if let Some(unit) = posts.last().and_then(|(_, next)| lent(&key, next)) {
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
    pub fn unit(&mut self, text: &str) -> Option<Rc<UnitPath>> {
        if let Some(unit) = self.units.get(text) {
            return unit.clone();
        }
        let unit = UnitPath::of(text).map(Rc::new);
        self.units.insert(text.to_owned(), unit.clone());
        unit
    }
}

/// Whether a unit is named by its short name alone, or behind its kind: `viettel`, `tập đoàn viettel`.
fn is_short_name(unit: &UnitPath, short: &str) -> bool {
    let before = unit.name().strip_suffix(short);
    before.is_some_and(|kind| {
        kind.is_empty() || (kind.ends_with(' ') && UnitPath::of(kind).is_some_and(|kind| kind.is_generic()))
    })
}

/// The most bytes between two posts that are named together: the longest joint is ` kiêm `.
const MAX_JOINT: usize = " kiêm ".len();

/// Returns the organisation of a post that leaves out whose it is, with the one above it: `Trưởng phòng Tham mưu`,
/// `Công an tỉnh B`; `Đội trưởng Đội 8`, `PC 46`; `Bí thư Đảng ủy xã B`, `huyện C`. A post that says whose it is needs
/// none.
fn under(key: &PostKey, above: &str) -> Option<UnitPath> {
    match &key.unit {
        None if key.is_bare() => UnitPath::of(above),
        Some(unit) if key.is_bare() || unit.may_be_below_another() || unit.is_of_place_in(above) => unit.below(above),
        _ => None,
    }
}

/// Returns the organisation that a post takes from the one named right behind it; `None` if it has one, or if one of
/// the two is a post that does not share its organisation in this way.
fn lent(key: &PostKey, next: &PostKey) -> Option<UnitPath> {
    let shares = |key: &PostKey| head_of(&key.head).is_some_and(|head| head.takes_unit == TakesUnit::Next);
    if key.unit.is_some() || !shares(key) || !shares(next) {
        return None;
    }
    next.unit.clone()
}

/// Returns the posts that a report states for its person number `person`: the words with the unit (`PostKey::written`),
/// and the key. Empty if there is no such person.
pub fn posts_of_person(report: &Report, person: usize) -> Vec<(String, PostKey)> {
    let said = report.extraction.people.get(person).map_or(&[][..], |person| &person.posts);
    let posts: Vec<ObservedPost> = said.iter().map(ObservedPost::of).collect();
    let keys = PostKeys::default().keys_of(&posts);
    posts.iter().zip(keys).map(|(post, key)| (key.written(&post.text), (*key).clone())).collect()
}

/// The posts of one person in one report, each once: of two wordings of one post in one state (`Chính ủy Tổng cục B
/// (TCB)`, `Chính ủy Tổng cục TCB`) the fuller one, in the place of the first.
pub fn each_once(posts: &[StatedPost]) -> Vec<&StatedPost> {
    let observed: Vec<ObservedPost> = posts.iter().map(ObservedPost::of).collect();
    let keys = PostKeys::default().keys_of(&observed);
    let mut all: Vec<(&StatedPost, Rc<PostKey>)> = Vec::new();
    for (post, key) in posts.iter().zip(keys) {
        match all.iter_mut().find(|(other, known)| other.state == post.state && known.same_post(&key)) {
            Some(known) => {
                // Of one organisation, the longer words have its name written out, or its short name beside it.
                let is_longer = !known.1.is_fuller_than(&key) && post.text.len() > known.0.text.len();
                if key.is_fuller_than(&known.1) || is_longer {
                    *known = (post, key);
                }
            }
            None => all.push((post, key)),
        }
    }
    all.into_iter().map(|(post, _)| post).collect()
}

/// Splits the words at each joint that another post follows. Requiring a head after the joint keeps organisations with
/// `và` in their name whole (`Ban Tuyên giáo và Dân vận Trung ương`).
fn split_posts(words: &str) -> Vec<&str> {
    const JOINTS: [&str; 5] = [", ", " kiêm ", " và ", " - ", " đồng thời là "];
    let begins_post = |rest: &str| head_of(without_status(&normal(rest))).is_some();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::officials::testing::{held, seen};
    use crate::report::PostState;

    fn shown(key: &PostKey) -> (String, Option<String>) {
        (key.head.clone(), key.unit.as_ref().map(ToString::to_string))
    }

    /// The keys of posts that follow one another in a report with `joint` between them.
    fn in_a_row(joint: &str, texts: &[&str]) -> Vec<(String, Option<String>)> {
        let mut at = 0;
        let mut posts = Vec::new();
        for text in texts {
            posts.push(ObservedPost { at, ..held(text) });
            at += text.len() + joint.len();
        }
        let report = seen("r1", "2020-01-01").unit("Quân khu 10").posts(posts);
        PostKeys::default().of(&report).iter().map(|key| shown(key)).collect()
    }

    #[test]
    fn posts_named_together_share_an_organisation() {
        for (joint, texts, unit) in [
            (", ", ["Bí thư Đảng ủy", "Chính ủy Quân khu 10"], "quân khu 10"),
            (" - ", ["Bí thư Đảng ủy", "Giám đốc Bệnh viện 296"], "bệnh viện 296"),
            (" kiêm ", ["Phó Tư lệnh", "Tham mưu trưởng Vùng 6 Hải quân"], "vùng 6 hải quân"),
        ] {
            let keys = in_a_row(joint, &texts);
            assert_eq!(keys.iter().map(|(_, own)| own.as_deref()).collect::<Vec<_>>(), [Some(unit); 2], "{texts:?}");
        }
    }

    #[test]
    fn a_post_in_two_wordings_is_one() {
        use PostState::{Former, Holds};
        let post = |text: &str, state: PostState| StatedPost {
            text: text.into(),
            span: crate::report::Span::new(0, text.len()),
            state,
            above: None,
        };
        let shown = |texts: &[(&str, PostState)]| {
            let posts: Vec<StatedPost> = texts.iter().map(|(text, state)| post(text, *state)).collect();
            each_once(&posts).into_iter().map(|post| post.text.clone()).collect::<Vec<_>>()
        };
        let whole = "Chính ủy Tổng cục Khí tượng (TCKT)";
        assert_eq!(
            shown(&[("Bí thư Đảng ủy", Holds), (whole, Holds), ("Chính ủy Tổng cục Khí tượng", Holds)]),
            ["Bí thư Đảng ủy", whole]
        );
        assert_eq!(shown(&[("Chính ủy Tổng cục TCKT", Holds), (whole, Holds)]), [whole]);
        assert_eq!(shown(&[(whole, Former), (whole, Holds)]), [whole, whole]);
        let two = ["Tư lệnh Quân khu 10", "Tư lệnh Quân khu 11"];
        assert_eq!(shown(&two.map(|post| (post, Holds))), two);
    }

    #[test]
    fn nothing_else_gives_a_post_its_organisation() {
        for (joint, texts) in [
            // The unit of the report is none of the post's.
            (", ", ["Bộ trưởng", "Tư lệnh"]),
            // Somewhere else in the report.
            (" phát biểu. Cùng ngày, ", ["Tư lệnh", "Chính ủy Quân khu 10"]),
            // A committee of the Party is another organisation than the council beside it.
            (", ", ["Phó Bí thư", "Chủ tịch UBND huyện Sông Gấm"]),
            (", ", ["Bộ trưởng", "Chủ nhiệm Ủy ban Sông Gấm"]),
            (", ", ["Phó Chủ tịch", "Giám đốc Công ty Hải Âu"]),
        ] {
            assert_eq!(in_a_row(joint, &texts)[0].1, None, "{texts:?}");
        }
    }

    #[test]
    fn a_commune_is_in_the_district_behind_the_comma() {
        let of = |post: &str, above: &str| {
            let report = seen("r1", "2020-01-01").post(post).above(above);
            PostKeys::default().of(&report).first().and_then(|key| shown(key).1).unwrap_or_default()
        };
        for (post, above, unit) in [
            ("Bí thư Đảng ủy xã Bến Gỗ", "huyện Sông Gấm, tỉnh Hải Hà", "xã bến gỗ, huyện sông gấm, tỉnh hải hà"),
            ("Trưởng Công an phường 20", "quận Kiến Hưng", "công an phường 20, quận kiến hưng"),
            ("Chủ tịch UBND huyện Sông Gấm", "tỉnh Hải Hà", "huyện sông gấm, tỉnh hải hà"),
            // No higher place, or no place.
            ("Chủ tịch UBND huyện Sông Gấm", "xã Bến Gỗ", "huyện sông gấm"),
            ("Chủ tịch UBND huyện Sông Gấm", "Công ty Hải Âu", "huyện sông gấm"),
            ("Giám đốc Công ty Hải Âu", "tỉnh Hải Hà", "công ti hải âu"),
        ] {
            assert_eq!(of(post, above), unit, "{post} < {above}");
        }
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
}

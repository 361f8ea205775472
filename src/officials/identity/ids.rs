//! Ids and names of officials. An id must never refer to another person after more reports are imported, because
//! people write ids down and pass them on. Within the program notes refer to them, with more than the id (`noted`).

use super::clustering::{Cluster, PairDecision};
use super::observation_facts::ObservationFacts;
use crate::officials::observation::Place;
use crate::officials::{IdentityJudgement, Official, UNKNOWN_COUNTRY};
use std::collections::{BTreeMap, BTreeSet};

/// The number of hexadecimal digits of the name's hash in an id.
const NAME_DIGITS: usize = 10;
/// The minimum number of hexadecimal digits of a place's hash in an id.
const MIN_PLACE_DIGITS: usize = 4;

/// Makes an official of each cluster of one name.
///
/// ```text
/// 00399af975           the only official of the name: hash of the name key
/// 00399af975-1c2d      one of several: the same, and the hash of the official's first observation
/// 00399af975-0         the observations of the name without a sign of an official, which are no person
/// ```
///
/// A counter as suffix (`-1`, `-2`) would be shorter, but would change all ids as soon as an older report is imported.
pub fn officials(key: &str, facts: &[ObservationFacts<'_>], clusters: Vec<Cluster<'_>>) -> Vec<Official> {
    let name_id: String = blake3::hash(key.as_bytes()).to_hex().chars().take(NAME_DIGITS).collect();
    let sizes = cluster_sizes(&clusters, facts.len());
    let has_sign =
        |cluster: &Cluster<'_>| cluster.group.members.iter().any(|&n| facts.get(n).is_some_and(|fact| fact.has_sign));
    let signs: Vec<bool> = clusters.iter().map(has_sign).collect();
    let alone = |sign: bool| signs.iter().filter(|other| **other == sign).count() == 1;
    let suffixes = distinct_prefixes(clusters.iter().map(|cluster| place_of(facts, cluster.group.first())));
    let with_suffix = clusters.into_iter().zip(&signs).zip(suffixes);
    with_suffix
        .map(|((cluster, &has_sign), suffix)| Official {
            id: match (alone(has_sign), has_sign) {
                (true, true) => name_id.clone(),
                (true, false) => format!("{name_id}-0"),
                (false, _) => format!("{name_id}-{suffix}"),
            },
            key: key.to_owned(),
            name: usual_name(facts, &cluster.group.members),
            has_sign,
            country: country_of(facts, &cluster.group.members),
            observations: cluster.group.members.iter().filter_map(|&n| Some(facts.get(n)?.index)).collect(),
            judgements: cluster.judgements.into_iter().map(|pair| judgement(facts, pair, &sizes)).collect(),
        })
        .collect()
}

/// The part of an id that all officials of the name share.
pub fn shared_part(id: &str) -> &str {
    id.split_once('-').map_or(id, |(name, _)| name)
}

/// Whether `id` is that of an official of several whose first observation is at this place.
pub(super) fn is_of_first_place(id: &str, place: &Place) -> bool {
    let suffix = id.split_once('-').map(|(_, suffix)| suffix).filter(|suffix| suffix.len() >= MIN_PLACE_DIGITS);
    suffix.is_some_and(|suffix| hash_of(place).starts_with(suffix))
}

/// Returns the country of a foreigner: the one that most reports state, if half as many at least as state a post in a
/// unit of this country; `None` for others. One report may credit a foreign post to a Vietnamese by mistake. If no
/// report states any, the one that most reports name around the name; of a clearly foreign name without any
/// `UNKNOWN_COUNTRY`, so that its bearer is not among the officials of this country.
fn country_of(facts: &[ObservationFacts<'_>], members: &BTreeSet<usize>) -> Option<String> {
    let facts = || members.iter().filter_map(|&n| facts.get(n));
    let works_here =
        |fact: &&ObservationFacts<'_>| fact.country.is_none() && fact.posts.works.iter().any(|p| p.unit.is_some());
    if let Some((country, count)) = most_stated(facts().filter_map(|fact| fact.country)) {
        return (count * 2 >= facts().filter(works_here).count()).then(|| country.to_owned());
    }
    let nearby = facts().filter_map(|fact| fact.seen.statement.country_nearby.as_deref());
    let unknown = || facts().any(|fact| fact.seen.statement.foreign_name).then_some(UNKNOWN_COUNTRY);
    most_stated(nearby).map(|(country, _)| country).or_else(unknown).map(str::to_owned)
}

/// The most frequent country with its number.
fn most_stated<'a>(countries: impl Iterator<Item = &'a str>) -> Option<(&'a str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for country in countries {
        *counts.entry(country).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count)
}

fn place_of(facts: &[ObservationFacts<'_>], number: usize) -> Place {
    facts.get(number).map_or_else(Place::default, |fact| fact.seen.name_place())
}

/// For each observation by number, the number of observations in its cluster.
fn cluster_sizes(clusters: &[Cluster<'_>], observations: usize) -> Vec<usize> {
    let mut sizes = vec![0; observations];
    for members in clusters.iter().map(|cluster| &cluster.group.members) {
        for &number in members {
            if let Some(size) = sizes.get_mut(number) {
                *size = members.len();
            }
        }
    }
    sizes
}

fn judgement(facts: &[ObservationFacts<'_>], pair: PairDecision, sizes: &[usize]) -> IdentityJudgement {
    let size = |number: usize| sizes.get(number).copied().unwrap_or_default();
    IdentityJudgement {
        joined: pair.joined,
        reason: pair.finding.reason,
        confidence: pair.finding.confidence,
        reports: pair.observations,
        among: if pair.joined { size(pair.this) } else { size(pair.this) + size(pair.that) },
        this: place_of(facts, pair.this),
        that: place_of(facts, pair.that),
    }
}

/// Returns for each place the shortest prefix of its hash, at least `MIN_PLACE_DIGITS` long, that no other place has.
fn distinct_prefixes(places: impl Iterator<Item = Place>) -> Vec<String> {
    let hashes: Vec<String> = places.map(|place| hash_of(&place)).collect();
    let mut sorted: Vec<&str> = hashes.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    hashes.iter().map(|hash| hash.chars().take(distinct_length(&sorted, hash)).collect()).collect()
}

fn hash_of(place: &Place) -> String {
    blake3::hash(format!("{}:{}", place.report, place.at).as_bytes()).to_hex().to_string()
}

/// Returns the length of the shortest prefix of `hash`, at least `MIN_PLACE_DIGITS`, that no other hash of `sorted`
/// has. Compares it with its two neighbours only: of all hashes, one of these has the longest prefix in common with it.
fn distinct_length(sorted: &[&str], hash: &str) -> usize {
    let at = sorted.partition_point(|other| *other < hash);
    let neighbours = [at.checked_sub(1), at.checked_add(1)].into_iter().flatten().filter_map(|n| sorted.get(n));
    let shared = neighbours.map(|other| common_prefix(hash, other)).max().unwrap_or(0);
    MIN_PLACE_DIGITS.max(1 + shared)
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count()
}

/// Returns the most frequent spelling of the name. One in capitals throughout is used only if there is no other; ties
/// go to the first in sorted order.
fn usual_name(facts: &[ObservationFacts<'_>], members: &BTreeSet<usize>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for fact in members.iter().filter_map(|&n| facts.get(n)) {
        *counts.entry(&fact.seen.statement.name).or_default() += 1;
    }
    let rating = |(name, count): &(&&str, &usize)| (name.chars().any(char::is_lowercase), **count);
    // `max_by_key` returns the last of equals, so go backwards.
    counts.iter().rev().max_by_key(rating).map(|(name, _)| (*name).to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_suffixes_are_the_same_however_many_share_a_name() {
        let places = |n: usize| (0..n).map(|at| Place { report: "a".into(), at });
        let many = distinct_prefixes(places(2000));
        let longer = many.iter().filter(|suffix| suffix.len() > 4).count();
        assert!(longer > 1 && longer < 200, "of 2,000 suffixes of four digits a few dozen collide: {longer}");
        assert_eq!(many.iter().collect::<BTreeSet<_>>().len(), many.len());
        assert!(distinct_prefixes(places(2)).iter().all(|suffix| suffix.len() == 4));
    }
}

//! People of many reports become officials: one register entry a real person. Pure and deterministic: the order of
//! reports makes no difference. Names are compared in tone-normal form, never folded (domain.md §0.7, §0.8).

use crate::report::{Day, PostState, Rank};

/// What one report says of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// The report's id.
    pub report: String,
    /// The report's title.
    pub title: String,
    /// The day of the event; `sort_day` where the text gives none.
    pub day: Option<Day>,
    /// Where the report stands in order of time, always known: event day, page day, end of the period, else the import.
    pub sort_day: Day,
    /// The report's unit.
    pub unit: Option<String>,
    /// Position among the report's people: protocol order, from 0.
    pub place: usize,
    /// The name as written.
    pub name: String,
    /// The rank given.
    pub rank: Option<Rank>,
    /// Posts as written and how each is held.
    pub posts: Vec<(String, PostState)>,
    /// What the person does at the event.
    pub roles: Vec<String>,
    /// Country of a foreigner.
    pub country: Option<String>,
    /// First byte of the first mention in the report's text.
    pub at: usize,
}

/// One official: the observations that are one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Official {
    /// Stable short id.
    pub id: String,
    /// The name as most often written.
    pub name: String,
    /// Indices into the observations given, in order of time.
    pub observations: Vec<usize>,
}

/// Groups the observations of one name (one `text::syllable::name_key`) into officials.
pub fn identify(observations: &[Observation]) -> Vec<Official> {
    let mut order: Vec<usize> = (0..observations.len()).collect();
    order.sort_by_key(|&i| observations.get(i).map(|o| (o.sort_day, o.report.clone(), o.place)));
    let Some(first) = order.first().and_then(|&i| observations.get(i)) else { return Vec::new() };
    let key = crate::text::syllable::name_key(&first.name);
    let id = blake3::hash(key.as_bytes()).to_hex().chars().take(10).collect();
    vec![Official { id, name: first.name.clone(), observations: order }]
}

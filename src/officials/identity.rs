//! Which mentions are one person. Works on the observations of one name at a time.

use super::Official;
use super::observation::Observation;
use crate::text::syllable::name_key;
use std::collections::BTreeMap;

/// Groups observations into officials, one name (one `name_key`) at a time. The order given makes no difference to who
/// is who; `Official::observations` are indices into it.
pub fn identify(observations: &[Observation]) -> Vec<Official> {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, seen) in observations.iter().enumerate() {
        by_name.entry(name_key(&seen.said.name)).or_default().push(i);
    }
    by_name
        .into_iter()
        .map(|(key, mut order)| {
            order.sort_by(|&a, &b| time(observations, a).cmp(&time(observations, b)));
            let name = order.first().and_then(|&i| observations.get(i)).map(|o| o.said.name.clone());
            Official {
                id: blake3::hash(key.as_bytes()).to_hex().chars().take(10).collect(),
                key,
                name: name.unwrap_or_default(),
                observations: order,
                judgements: Vec::new(),
            }
        })
        .collect()
}

fn time(observations: &[Observation], i: usize) -> Option<(crate::report::Day, &str, usize)> {
    observations.get(i).map(|o| (o.head.sort_day, o.head.report.as_str(), o.place))
}

//! Communes that bear the name of a person: `xã Nguyễn Văn A, huyện B`. Where the text names one so, the name right
//! behind `chủ tịch UBND xã` is that of the commune, and who holds the post is not said. Without such a place in the
//! text the name is the holder's, as it mostly is.

use super::super::cursor::TokenCursor;
use super::super::lexicon::WordSet;
use super::super::name_run::{NameRun, name_at};
use super::Sighting;
use crate::text::tone_marks::name_key;
use std::collections::HashSet;

/// Marks the names that are communes as things.
pub fn mark(r: &TokenCursor<'_>, sightings: &mut [Sighting]) {
    let is_behind_level = |sighting: &Sighting| {
        let start = sighting.name.start;
        (1..=2)
            .filter_map(|back| start.checked_sub(back))
            .any(|from| r.set_end(from, WordSet::CommuneLevel) == Some(start))
    };
    // Nearly no text has one, and then the tokens are not looked at.
    if !sightings.iter().any(is_behind_level) {
        return;
    }
    let communes: HashSet<String> = (0..r.tokens.len()).filter_map(|at| commune_at(r, at)).collect();
    for sighting in sightings.iter_mut().filter(|sighting| is_behind_level(sighting)) {
        sighting.thing |= communes.contains(&key(r, sighting.name));
    }
}

/// The key of the name of a commune that stands at `at` with the unit above it: `xã A, huyện B`.
fn commune_at(r: &TokenCursor<'_>, at: usize) -> Option<String> {
    let name = name_at(r, r.set_end(at, WordSet::CommuneLevel)?)?;
    (r.is(name.end, ',') && r.is_in(name.end + 1, WordSet::Ruled)).then(|| key(r, name))
}

fn key(r: &TokenCursor<'_>, name: NameRun) -> String {
    name_key(&r.words(name.start, name.end))
}

//! Finds out which old Vietnamese encoding bytes are in: decodes them by each and compares how much Vietnamese comes
//! out. Only the right table gives it (a test has all letters and texts in all encodings), so one is taken if it is far
//! ahead; if not, it is only named.

use super::legacy::Legacy;
use super::score::SyllableScore;
use super::{DecodedText, found, sureness};
use encoding_rs::{Encoding, WINDOWS_1258};

/// At least this share of the marked words must be syllables, in percent. The rest are foreign names and damage.
const MIN_PERCENT: usize = 80;
/// Fewer syllables prove nothing.
const MIN_SYLLABLES: usize = 3;
/// The best must have so many more syllables than the next, or a twentieth of its own if that is more.
const MIN_LEAD: usize = 2;

/// An encoding that can be found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum FoundEncoding {
    Old(Legacy),
    Web(&'static Encoding),
}

/// The encodings to compare. Of two that give the same text the first is taken.
const CANDIDATES: [FoundEncoding; 6] = [
    FoundEncoding::Old(Legacy::Tcvn3),
    FoundEncoding::Old(Legacy::Vni),
    FoundEncoding::Web(WINDOWS_1258),
    FoundEncoding::Old(Legacy::Tcvn5712),
    FoundEncoding::Old(Legacy::Viscii),
    FoundEncoding::Old(Legacy::Vps),
];

impl FoundEncoding {
    fn name(self) -> &'static str {
        match self {
            Self::Old(legacy) => legacy.name(),
            Self::Web(encoding) => encoding.name(),
        }
    }

    fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Old(legacy) => legacy.decode(bytes),
            Self::Web(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        }
    }

    /// The text of the bytes, with a note of how sure it is that they are in this encoding.
    pub fn found(self, bytes: &[u8]) -> DecodedText {
        match self {
            Self::Old(legacy) => found(legacy, bytes),
            Self::Web(_) => {
                let text = self.decode(bytes);
                let sure = sureness(SyllableScore::of(&text));
                let notes = vec![format!("decoded from {}{sure}", self.name())];
                DecodedText { text, notes, legacy: None }
            }
        }
    }
}

/// What the bytes are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EncodingGuess {
    Sure(FoundEncoding, SyllableScore),
    /// Some of it is Vietnamese in the encoding of this name.
    Probable(&'static str, SyllableScore),
    None,
}

/// Whether a text is Vietnamese beyond doubt.
pub(super) fn is_sure(score: SyllableScore) -> bool {
    score.syllables >= MIN_SYLLABLES && score.percent() >= MIN_PERCENT && score.common > 0
}

/// Compares the encodings on a sample of bytes.
pub(super) fn guess(sample: &[u8]) -> EncodingGuess {
    let mut tried: Vec<(FoundEncoding, String, SyllableScore)> = Vec::with_capacity(CANDIDATES.len());
    for encoding in CANDIDATES {
        let text = encoding.decode(sample);
        if !tried.iter().any(|(_, known, _)| *known == text) {
            let score = SyllableScore::of(&text);
            tried.push((encoding, text, score));
        }
    }
    // The sort is stable, so that of equal ones the more usual stays first.
    tried.sort_by_key(|(.., score)| std::cmp::Reverse(score.syllables));
    let Some((best, _, score)) = tried.first() else { return EncodingGuess::None };
    let next = tried.get(1).map_or(0, |(.., score)| score.syllables);
    let lead = score.syllables.saturating_sub(next);
    if is_sure(*score) && lead >= MIN_LEAD.max(score.syllables / 20) {
        return EncodingGuess::Sure(*best, *score);
    }
    let is_probable = score.common >= 2 && score.percent() * 2 >= MIN_PERCENT;
    if is_probable { EncodingGuess::Probable(best.name(), *score) } else { EncodingGuess::None }
}

//! Fonts that make letters of other bytes: in a text in `.VnTime` the byte of `µ` is shown as `à` (TCVN3), in
//! `VNI-Times` two bytes are one letter. Documents say for each run in which font it is.

use crate::ingest::decode::legacy::Legacy;
use crate::ingest::decode::western_byte;
use crate::text::canonical::canonical_text;

/// A font of an old encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct OldFont {
    legacy: Legacy,
    /// Whether it shows small letters as capitals, as those of TCVN3 do whose names end in `H`.
    is_capitals: bool,
}

impl OldFont {
    /// The font of this name, if it is one.
    pub fn by_name(name: &str) -> Option<Self> {
        let name = name.trim().trim_matches(['"', '\'']);
        let lower = name.to_ascii_lowercase();
        if lower.starts_with(".vn") {
            return Some(Self { legacy: Legacy::Tcvn3, is_capitals: name.ends_with('H') });
        }
        lower.starts_with("vni-").then_some(Self { legacy: Legacy::Vni, is_capitals: false })
    }

    /// The text that a run in this font shows. `None` if it has letters that are no bytes: then it was typed as
    /// Unicode, whatever its font.
    pub fn decode(self, run: &str) -> Option<String> {
        let bytes: Option<Vec<u8>> = run.chars().map(western_byte).collect();
        Some(self.decode_bytes(&bytes?))
    }

    /// The text that the bytes of a run in this font show.
    pub fn decode_bytes(self, run: &[u8]) -> String {
        let text = canonical_text(&self.legacy.decode(run));
        if self.is_capitals { text.to_uppercase() } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_decoded_by_its_font() {
        let decoded = |font: &str, run: &str| OldFont::by_name(font).and_then(|font| font.decode(run));
        assert_eq!(decoded(".VnTime", "Qu©n ®éi").as_deref(), Some("Quân đội"));
        assert_eq!(decoded(".VnTimeH", "Qu©n ®éi").as_deref(), Some("QUÂN ĐỘI"));
        assert_eq!(decoded("VNI-Times", "Quaân ñoäi").as_deref(), Some("Quân đội"));
        assert_eq!(decoded(".VnTime", "Quân đội"), None, "Unicode already");
        assert_eq!(decoded("Times New Roman", "a"), None);
    }
}

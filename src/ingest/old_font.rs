//! Fonts that make letters of other bytes: in a text in `.VnTime` the byte of `µ` is shown as `à` (TCVN3), in
//! `VNI-Times` two bytes are one letter. Documents and pages say for each run in which font it is.

use super::decode::legacy::Legacy;
use super::decode::western_byte;
use crate::text::canonical::canonical_text;

/// A font of an old encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OldFont {
    legacy: Legacy,
    /// Whether it shows small letters as capitals, as those of TCVN3 do whose names end in `H`.
    is_capitals: bool,
}

impl OldFont {
    /// The font of this name, if it is one.
    pub fn by_name(name: &str) -> Option<Self> {
        let name = name.trim().trim_matches(['"', '\'']).trim();
        let lower = name.to_ascii_lowercase();
        if lower.starts_with(".vn") {
            return Some(Self { legacy: Legacy::Tcvn3, is_capitals: name.ends_with('H') });
        }
        lower.starts_with("vni-").then_some(Self { legacy: Legacy::Vni, is_capitals: false })
    }

    /// The encoding that its letters are in.
    pub fn legacy(self) -> Legacy {
        self.legacy
    }

    /// The text that a run in this font shows. `None` if it has letters that are no bytes: then it was typed as
    /// Unicode, whatever its font.
    pub fn decode(self, run: &str) -> Option<String> {
        self.decode_after(None, run)
    }

    /// The text that a run shows which follows the character `before` on its line. VNI has the marks of a letter behind
    /// it, and an editor may have cut the run between the two: then the text begins with marks that combine.
    pub fn decode_after(self, before: Option<char>, run: &str) -> Option<String> {
        let bytes: Option<Vec<u8>> = run.chars().map(western_byte).collect();
        Some(self.shown(self.legacy.decode_after(before, &bytes?)))
    }

    /// The text that the bytes of a run in this font show.
    pub fn decode_bytes(self, run: &[u8]) -> String {
        self.shown(self.legacy.decode(run))
    }

    /// How the font shows a text that is decoded already.
    pub fn shown(self, decoded: String) -> String {
        let text = if decoded.is_ascii() { decoded } else { canonical_text(&decoded) };
        if self.is_capitals { text.to_uppercase() } else { text }
    }
}

/// The note on a document of which pieces were decoded by their fonts.
pub(super) fn note(pieces: usize) -> Option<String> {
    (pieces > 0).then(|| format!("text decoded from its old fonts (.Vn…, VNI-…), pieces: {pieces}"))
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

    #[test]
    fn marks_of_vni_go_to_the_letter_before_the_run() {
        let font = OldFont::by_name("VNI-Times").unwrap();
        let text = ["Qua", &font.decode_after(Some('a'), "ân ñ").unwrap(), "o", "\u{302}\u{323}i"].concat();
        assert_eq!(canonical_text(&text), "Quân đội");
        assert_eq!(font.decode_after(Some('t'), "ân").as_deref(), Some("ân"), "no vowel that takes marks");
    }
}

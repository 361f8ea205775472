//! The old Vietnamese one-byte encodings (docs/domain.md §6.8) as tables: TCVN3 (ABC), VNI for Windows, VISCII. They
//! are used only if the user names one. For bytes that are no UTF-8, `likely` finds the one to suggest.
//!
//! In TCVN3 and VISCII each byte is a letter. VNI is different: a vowel with marks is the plain vowel, which is ASCII,
//! and one byte for all of its marks, so that decoding has to look at the letter before.
//!
//! ```text
//!           Q     u     â        n
//! TCVN3     51    75    a9       6e
//! VISCII    51    75    e2       6e
//! VNI       51    75    61 e2    6e        61 = a, e2 = circumflex on the letter before
//! ```

use super::SAMPLE_BYTES;

/// An encoding of this module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Legacy {
    /// The national standard of 1993, used with fonts named `.Vn…`. Capitals with tones are a matter of the font: one
    /// byte is both `á` and `Á`, so their case is lost.
    Tcvn3,
    /// VNI for Windows, the usual one of the south.
    Vni,
    /// VISCII as in RFC 1456.
    Viscii,
}

/// The names that `--encoding` takes, in lower case. Messages use the first.
const NAMES: &[(Legacy, &[&str])] = &[
    (Legacy::Tcvn3, &["tcvn3", "abc", "tcvn", "tcvn-5712-3"]),
    (Legacy::Vni, &["vni", "vni-windows", "vni-win"]),
    (Legacy::Viscii, &["viscii"]),
];

/// Bytes 0xA1 to 0xAE of TCVN3.
const TCVN3_A1: &str = "ĂÂÊÔƠƯĐăâêôơưđ";
/// Bytes 0xB5 to 0xFE of TCVN3, with a space for each that is no Vietnamese letter.
const TCVN3_B5: &str = "àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ";

/// Bytes 0x80 to 0xFF of VISCII.
const VISCII_80: &str = concat!(
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ",
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
);
/// The six letters for which VISCII had no room above 0x80: they replace control characters.
const VISCII_LOW: &[(u8, char)] = &[(2, 'Ẳ'), (5, 'Ẵ'), (6, 'Ẫ'), (20, 'Ỷ'), (25, 'Ỹ'), (30, 'Ỵ')];

/// Bytes of VNI that are letters by themselves, in lower case.
const VNI_ALONE: &[(u8, char)] = &[
    (0xf1, 'đ'),
    (0xf6, 'ư'),
    (0xf4, 'ơ'),
    (0xed, 'í'),
    (0xec, 'ì'),
    (0xe6, 'ỉ'),
    (0xf3, 'ĩ'),
    (0xf2, 'ị'),
    (0xee, 'ỵ'),
];
/// Bytes of VNI that put marks on the letter before, in lower case: a tone, or circumflex or breve with or without a
/// tone.
const VNI_MARKS: &[(u8, &str)] = &[
    (0xf9, "\u{301}"),
    (0xf8, "\u{300}"),
    (0xfb, "\u{309}"),
    (0xf5, "\u{303}"),
    (0xef, "\u{323}"),
    (0xe2, "\u{302}"),
    (0xe1, "\u{302}\u{301}"),
    (0xe0, "\u{302}\u{300}"),
    (0xe5, "\u{302}\u{309}"),
    (0xe3, "\u{302}\u{303}"),
    (0xe4, "\u{302}\u{323}"),
    (0xea, "\u{306}"),
    (0xe9, "\u{306}\u{301}"),
    (0xe8, "\u{306}\u{300}"),
    (0xfa, "\u{306}\u{309}"),
    (0xfc, "\u{306}\u{303}"),
    (0xeb, "\u{306}\u{323}"),
];

/// The commonest words of Vietnamese reports. Decoding with the wrong table makes hardly any of them appear.
const COMMON_WORDS: &[&str] = &[
    "và", "của", "các", "là", "được", "với", "những", "một", "không", "người", "đã", "hội", "nghị", "công", "tác",
    "đảng", "quân", "đồng", "chí", "trung", "tướng", "tại", "đến", "từ", "nhiệm", "vụ", "thực", "hiện", "đơn", "vị",
    "năm", "việt", "bộ", "ủy", "chủ", "tổ", "chức", "đại", "phó", "tổng", "cục", "đội", "ngày",
];

impl Legacy {
    /// The encoding that `--encoding` calls so.
    pub fn by_name(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(legacy, _)| *legacy)
    }

    /// The name to suggest.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|row| row.0 == self).and_then(|row| row.1.first()).copied().unwrap_or_default()
    }

    /// Decodes all of `bytes`. Undefined ones become U+FFFD. Text of VNI comes decomposed and needs NFC.
    pub fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Tcvn3 => by_table(bytes, tcvn3),
            Self::Viscii => by_table(bytes, viscii),
            Self::Vni => vni(bytes),
        }
    }
}

/// The encoding in which these bytes have the most common words, and at least `min_more` more than as UTF-8.
pub(super) fn likely(bytes: &[u8], min_more: usize) -> Option<&'static str> {
    let sample = bytes.get(..bytes.len().min(SAMPLE_BYTES)).unwrap_or_default();
    let old = [Legacy::Tcvn3, Legacy::Vni, Legacy::Viscii]
        .map(|legacy| (common_words(&legacy.decode(sample)), legacy.name()));
    let windows = encoding_rs::WINDOWS_1258.decode_without_bom_handling(sample).0;
    let all = old.into_iter().chain([(common_words(&windows), "windows-1258")]);
    let (score, name) = all.max_by_key(|(score, _)| *score)?;
    (score >= common_words(&String::from_utf8_lossy(sample)) + min_more).then_some(name)
}

/// The bytes of a text that was converted to UTF-8 as if it were Western European. `None` if it has letters that such a
/// mistake cannot produce.
pub(super) fn western_bytes(text: &str) -> Option<Vec<u8>> {
    // Nearly every text in UTF-8 has one of these in its first words, so the check costs next to nothing.
    if text.chars().any(|c| matches!(c, 'Ạ'..='ỹ')) {
        return None;
    }
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(text);
    (!lossy).then(|| bytes.into_owned())
}

/// Number of common words with diacritics in the text. Plain ASCII words appear in every encoding and prove nothing.
fn common_words(text: &str) -> usize {
    use unicode_normalization::UnicodeNormalization;
    let lower: String = text.to_lowercase().nfc().collect();
    let has_marks = |word: &&str| !word.is_ascii();
    lower.split(|c: char| !c.is_alphabetic()).filter(has_marks).filter(|word| COMMON_WORDS.contains(word)).count()
}

fn by_table(bytes: &[u8], letter: fn(u8) -> Option<char>) -> String {
    bytes.iter().map(|byte| letter(*byte).unwrap_or('\u{fffd}')).collect()
}

fn tcvn3(byte: u8) -> Option<char> {
    let letter = match byte {
        0..0x80 => return Some(char::from(byte)),
        0xa0 => return Some(' '),
        0xa1..=0xae => TCVN3_A1.chars().nth(usize::from(byte - 0xa1)),
        0xb5..=0xfe => TCVN3_B5.chars().nth(usize::from(byte - 0xb5)),
        _ => None,
    };
    letter.filter(|c| *c != ' ')
}

fn viscii(byte: u8) -> Option<char> {
    match byte {
        0x80.. => VISCII_80.chars().nth(usize::from(byte - 0x80)),
        _ => Some(VISCII_LOW.iter().find(|row| row.0 == byte).map_or(char::from(byte), |row| row.1)),
    }
}

/// Marks follow their letter. Those of capitals are 0x20 below those of small letters. A byte for marks after anything
/// but a vowel is a letter or sign of Windows-1252, as in foreign names.
fn vni(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for &byte in bytes {
        let lower = if (0xc0..0xe0).contains(&byte) { byte + 0x20 } else { byte };
        let before = out.chars().next_back();
        let takes_marks = before.is_some_and(|c| "aeouyơưAEOUYƠƯ".contains(c));
        let alone = VNI_ALONE.iter().find(|row| row.0 == lower).map(|row| row.1);
        let marks = VNI_MARKS.iter().find(|row| row.0 == lower).map(|row| row.1);
        match (alone, marks) {
            (Some(letter), _) if lower != byte => out.extend(letter.to_uppercase()),
            (Some(letter), _) => out.push(letter),
            (None, Some(marks)) if takes_marks => out.push_str(marks),
            _ if byte < 0x80 => out.push(char::from(byte)),
            _ if byte == 0xa0 => out.push(' '),
            // Quotes and dashes are those of windows-1252.
            _ => out.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::canonical::canonical_text;

    #[test]
    fn the_tables_have_their_lengths_and_every_letter() {
        assert_eq!(TCVN3_A1.chars().count(), 0xae - 0xa1 + 1);
        assert_eq!(TCVN3_B5.chars().count(), 0xfe - 0xb5 + 1);
        assert_eq!(VISCII_80.chars().count(), 128);
        let lower = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđ";
        for letter in lower.chars() {
            for (legacy, table) in [("tcvn3", format!("{TCVN3_A1}{TCVN3_B5}")), ("viscii", VISCII_80.to_owned())] {
                assert_eq!(table.matches(letter).count(), 1, "{letter} in {legacy}");
            }
        }
    }

    #[test]
    fn sentences_in_the_old_encodings() {
        assert_eq!(Legacy::Tcvn3.decode(b"Qu\xa9n \xae\xe9i nh\xa9n d\xa9n Vi\xd6t Nam"), "Quân đội nhân dân Việt Nam");
        assert_eq!(
            Legacy::Viscii.decode(b"Qu\xe2n \xf0\xb5i nh\xe2n d\xe2n Vi\xaet Nam"),
            "Quân đội nhân dân Việt Nam"
        );
        let vni =
            Legacy::Vni.decode(b"Qua\xe2n \xf1o\xe4i nha\xe2n da\xe2n Vie\xe4t Nam, Ph\xf2 \xd1A\xcfI T\xd6\xd4\xd9NG");
        assert_eq!(canonical_text(&vni), "Quân đội nhân dân Việt Nam, Phị ĐẠI TƯỚNG");
    }

    #[test]
    fn the_likely_encoding_is_named() {
        let tcvn3 = b"H\xe9i ngh\xde \xae\xb7 \xae\xad\xee c t\xe6 ch\xf8c t\xb9i \
            \xae\xac n v\xde c\xf1a c\xb8c \xae\xe5ng ch\xdd";
        assert_eq!(likely(tcvn3, 2), Some("tcvn3"));
        let vni =
            b"Ho\xe4i ngh\xf2 \xf1a\xf5 to\xe5 ch\xf6\xf9c ta\xefi \xf1\xf4n v\xf2 cu\xfba ca\xf9c \xf1o\xe0ng ch\xed";
        assert_eq!(likely(vni, 2), Some("vni"));
        let windows =
            b"H\xf4\xf2i nghi\xf2 qu\xe2n ch\xednh, \xf0\xf4\xecng ch\xed ch\xf9 tri\xec, c\xe1c \xf0\xf4\xeci";
        assert_eq!(likely(windows, 2), Some("windows-1258"));
        assert_eq!(likely(b"caf\xe9 cr\xe8me br\xfbl\xe9e", 2), None);
        assert_eq!(Legacy::by_name(" VNI "), Some(Legacy::Vni));
    }
}

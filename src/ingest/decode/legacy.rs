//! The old Vietnamese one-byte encodings (docs/domain.md §6.8) as tables: TCVN3 (ABC) and the standard that it is a
//! part of, VNI for Windows, VISCII, VPS. Which one a text is in is left to `detect`.
//!
//! In all but VNI each byte is a letter. VNI is different: a vowel with marks is the plain vowel, which is ASCII,
//! and one byte for all of its marks, so that decoding has to look at the letter before.
//!
//! ```text
//!           Q     u     â        n
//! TCVN3     51    75    a9       6e
//! VISCII    51    75    e2       6e
//! VNI       51    75    61 e2    6e        61 = a, e2 = circumflex on the letter before
//! ```

use super::viqr;
use encoding_rs::WINDOWS_1252;

/// An encoding of this module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Legacy {
    /// The national standard of 1993, used with fonts named `.Vn…`. Capitals with tones are a matter of the font: one
    /// byte is both `á` and `Á`, so their case is lost.
    Tcvn3,
    /// The whole of that standard, with capitals in the place of control characters.
    Tcvn5712,
    /// VNI for Windows, the usual one of the south.
    Vni,
    /// VISCII as in RFC 1456.
    Viscii,
    /// The encoding of the Vietnamese Professionals Society, used abroad.
    Vps,
    /// VIQR as in RFC 1456: plain ASCII.
    Viqr,
}

/// The names that `--encoding` takes, in lower case. Messages use the first.
const NAMES: &[(Legacy, &[&str])] = &[
    (Legacy::Tcvn3, &["tcvn3", "abc", "tcvn", "tcvn-5712-3"]),
    (Legacy::Vni, &["vni", "vni-windows", "vni-win"]),
    (Legacy::Viscii, &["viscii"]),
    (Legacy::Vps, &["vps"]),
    (Legacy::Viqr, &["viqr"]),
    (Legacy::Tcvn5712, &["tcvn5712-1", "tcvn-5712-1", "vn1"]),
];

/// Bytes 0xA1 to 0xAE of TCVN3.
const TCVN3_A1: &str = "ĂÂÊÔƠƯĐăâêôơưđ";
/// Bytes 0xB5 to 0xFE of TCVN3, with a space for each that is no Vietnamese letter.
const TCVN3_B5: &str = "àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ";

/// Bytes 0x80 to 0x9F of TCVN 5712-1, where TCVN3 has the quotes and dashes of windows-1252.
const TCVN5712_80: &str = "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ";
/// What TCVN 5712-1 has besides in place of control characters, and where TCVN3 has nothing.
const TCVN5712_OTHER: &[(u8, char)] = &[
    (1, 'Ú'),
    (2, 'Ụ'),
    (4, 'Ừ'),
    (5, 'Ử'),
    (6, 'Ữ'),
    (17, 'Ứ'),
    (18, 'Ự'),
    (19, 'Ỳ'),
    (20, 'Ỷ'),
    (21, 'Ỹ'),
    (22, 'Ý'),
    (23, 'Ỵ'),
    (0xaf, 'Ằ'),
    (0xba, 'Ẳ'),
    (0xbf, 'Ẵ'),
    (0xc0, 'Ắ'),
    (0xc1, 'Ầ'),
    (0xc2, 'Ẩ'),
    (0xc3, 'Ẫ'),
    (0xc4, 'Ấ'),
    (0xc5, 'Ề'),
    (0xcd, 'Ể'),
    (0xd9, 'Ễ'),
    (0xda, 'Ế'),
    (0xdb, 'Ồ'),
    (0xe0, 'Ổ'),
    (0xf0, 'Ỗ'),
    (0xff, 'Ố'),
    (0xb0, '\u{300}'),
    (0xb1, '\u{309}'),
    (0xb2, '\u{303}'),
    (0xb3, '\u{301}'),
    (0xb4, '\u{323}'),
];

/// Bytes 0x80 to 0xFF of VPS.
const VPS_80: &str = concat!(
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ‘’ỀỂỄỐỒỔỖýỷỵỚỜỞ ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕự",
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ àáâãảạă èéêẽìí ĩẴĐòóôõ Ơụùúủ ỶẼỳ",
);
/// The letters for which VPS had no room above 0x80: they replace control characters.
const VPS_LOW: &[(u8, char)] = &[
    (2, 'Ạ'),
    (3, 'Ậ'),
    (4, 'Ặ'),
    (5, 'Ẹ'),
    (6, 'Ệ'),
    (16, 'Ị'),
    (17, 'Ọ'),
    (18, 'Ộ'),
    (19, 'Ợ'),
    (20, 'Ụ'),
    (21, 'Ự'),
    (25, 'Ỵ'),
    (28, 'Ẫ'),
    (29, 'Ữ'),
];

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
            Self::Tcvn5712 => by_table(bytes, tcvn5712),
            Self::Viscii => by_table(bytes, viscii),
            Self::Vps => by_table(bytes, vps),
            Self::Viqr => viqr::decode(bytes),
            Self::Vni => vni(None, bytes),
        }
    }

    /// Decodes bytes that follow the character `before`: only in VNI this makes a difference.
    pub fn decode_after(self, before: Option<char>, bytes: &[u8]) -> String {
        if self == Self::Vni { vni(before, bytes) } else { self.decode(bytes) }
    }
}

/// Whether a word in lower case is one of the commonest of reports.
pub(super) fn is_common_word(word: &str) -> bool {
    COMMON_WORDS.contains(&word)
}

fn by_table(bytes: &[u8], letter: fn(u8) -> Option<char>) -> String {
    bytes.iter().map(|byte| letter(*byte).unwrap_or('\u{fffd}')).collect()
}

fn tcvn3(byte: u8) -> Option<char> {
    let letter = match byte {
        0..0x80 => return Some(char::from(byte)),
        0xa0 => return Some(' '),
        // What Word puts into a text of any encoding.
        0x80..=0x9f => return western(byte),
        0xa1..=0xae => TCVN3_A1.chars().nth(usize::from(byte - 0xa1)),
        0xb5..=0xfe => TCVN3_B5.chars().nth(usize::from(byte - 0xb5)),
        _ => None,
    };
    letter.filter(|c| *c != ' ')
}

fn tcvn5712(byte: u8) -> Option<char> {
    let other = TCVN5712_OTHER.iter().find(|row| row.0 == byte).map(|row| row.1);
    match byte {
        0x80..=0x9f => TCVN5712_80.chars().nth(usize::from(byte - 0x80)),
        _ => other.or_else(|| tcvn3(byte)),
    }
}

fn vps(byte: u8) -> Option<char> {
    match byte {
        0x80.. => VPS_80.chars().nth(usize::from(byte - 0x80)),
        _ => Some(VPS_LOW.iter().find(|row| row.0 == byte).map_or(char::from(byte), |row| row.1)),
    }
}

/// The character of windows-1252 at a byte.
fn western(byte: u8) -> Option<char> {
    WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()
}

fn viscii(byte: u8) -> Option<char> {
    match byte {
        0x80.. => VISCII_80.chars().nth(usize::from(byte - 0x80)),
        _ => Some(VISCII_LOW.iter().find(|row| row.0 == byte).map_or(char::from(byte), |row| row.1)),
    }
}

/// Marks follow their letter, which may be `before` the bytes. Those of capitals are 0x20 below those of small letters.
/// A byte for marks after anything but a vowel is a letter or sign of Windows-1252, as in foreign names.
fn vni(before: Option<char>, bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for &byte in bytes {
        let lower = if (0xc0..0xe0).contains(&byte) { byte + 0x20 } else { byte };
        let before = out.chars().next_back().or(before);
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
            _ => out.extend(western(byte)),
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
        assert_eq!(VPS_80.chars().count(), 128);
        assert_eq!(TCVN5712_80.chars().count(), 32);
        let lower = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđ";
        for letter in lower.chars() {
            let tcvn3 = format!("{TCVN3_A1}{TCVN3_B5}");
            for (legacy, table) in [("tcvn3", tcvn3.as_str()), ("viscii", VISCII_80), ("vps", VPS_80)] {
                assert_eq!(table.matches(letter).count(), 1, "{letter} in {legacy}");
            }
        }
        // Those with capitals of their own have each letter once, whatever its byte.
        for legacy in [Legacy::Tcvn5712, Legacy::Viscii, Legacy::Vps] {
            let bytes: Vec<u8> = (1..=0xff).collect();
            let all = legacy.decode(&bytes);
            for letter in lower.chars().chain(lower.to_uppercase().chars()) {
                assert_eq!(all.matches(letter).count(), 1, "{letter} in {legacy:?}");
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
}

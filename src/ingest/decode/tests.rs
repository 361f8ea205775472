//! All letters and invented texts, written in each encoding and read again without being told which.

use super::*;
use crate::text::canonical::canonical_text;
use crate::text::tone_marks::split_tone;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

const LETTERS: &str = "à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ đ è ẻ ẽ é ẹ ê ề ể ễ ế ệ ì ỉ ĩ í ị ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ \
    ơ ờ ở ỡ ớ ợ ù ủ ũ ú ụ ư ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ";

const TEXTS: [&str; 3] = [
    "Sáng 3-4, tại Hà Giả, Đảng ủy Quân khu Thử tổ chức hội nghị quán triệt nghị quyết. Đại tá Lò Văn Thử chủ trì \
     hội nghị; dự có các đồng chí trong Thường vụ.\nPhát biểu, đồng chí nhấn mạnh: \"Những kết quả \
     đã đạt được là rõ rệt\".",
    "Chiều nay, các đơn vị nghỉ chân bên bờ suối. Trời ngả về tây, những giọt nắng cuối cùng đọng trên lá. Người lính \
     trẻ kể chuyện quê mình, nơi mẹ vẫn đợi.",
    "Việc kiểm tra huấn luyện được thực hiện từ ngày 12-5 đến ngày 20-6, với sự giúp đỡ của Bộ Tham mưu.",
];

/// The bytes of each letter in an encoding, found by decoding all single bytes and pairs.
fn letters_of(decode: impl Fn(&[u8]) -> String) -> HashMap<char, Vec<u8>> {
    let mut known = HashMap::new();
    let one = (1_u8..=255).map(|byte| vec![byte]);
    let two = (b'A'..=255_u8).flat_map(|first| (0xc0_u8..=255).map(move |second| vec![first, second]));
    for bytes in two.chain(one) {
        let decoded = canonical_text(&decode(&bytes));
        let mut letters = decoded.chars();
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            known.entry(letter).or_insert(bytes);
        }
    }
    known
}

fn encoded(text: &str, known: &HashMap<char, Vec<u8>>) -> Vec<u8> {
    text.chars().flat_map(|c| if c.is_ascii() { vec![c as u8] } else { known[&c].clone() }).collect()
}

/// A text as Windows writes it: vowels with circumflex, breve or horn are letters, tones follow them.
fn windows_1258(text: &str) -> Vec<u8> {
    let mut apart = String::new();
    for c in text.chars() {
        let (bare, tone) = split_tone(c);
        apart.push(bare);
        apart.extend(tone);
    }
    // The encoder knows no combining marks: those are bytes of their own.
    let marks = [('\u{300}', 0xcc), ('\u{309}', 0xd2), ('\u{303}', 0xde), ('\u{301}', 0xec), ('\u{323}', 0xf2)];
    let byte_of = |c: char| {
        let mark = marks.iter().find(|(mark, _)| *mark == c).map(|(_, byte)| *byte);
        mark.unwrap_or_else(|| encoding_rs::WINDOWS_1258.encode(&c.to_string()).0[0])
    };
    apart.chars().map(byte_of).collect()
}

fn viqr(text: &str) -> Vec<u8> {
    let mut out = String::new();
    for c in text.nfd() {
        let sign = match c {
            '\u{302}' => '^',
            '\u{306}' => '(',
            '\u{31b}' => '+',
            '\u{301}' => '\'',
            '\u{300}' => '`',
            '\u{309}' => '?',
            '\u{303}' => '~',
            '\u{323}' => '.',
            'đ' | 'Đ' => {
                out.push_str(if c == 'đ' { "dd" } else { "DD" });
                continue;
            }
            other => other,
        };
        // Tones come after shapes, though NFD has the dot below before the circumflex.
        if "^(+".contains(sign) && out.ends_with('.') {
            out.pop();
            out.push(sign);
            out.push('.');
        } else {
            out.push(sign);
        }
    }
    out.into_bytes()
}

fn all_encodings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut all = vec![("windows-1258", windows_1258(text)), ("viqr", viqr(text))];
    for legacy in [Legacy::Tcvn5712, Legacy::Vni, Legacy::Viscii, Legacy::Vps] {
        all.push((legacy.name(), encoded(text, &letters_of(|bytes| legacy.decode(bytes)))));
    }
    all
}

#[test]
fn every_letter_in_every_encoding_comes_back() {
    let letters = format!("{LETTERS} x {} X", LETTERS.to_uppercase());
    for (name, bytes) in all_encodings(&letters) {
        let decoded = decode(&bytes, Some(name)).unwrap();
        assert_eq!(canonical_text(&decoded.text), letters, "{name}");
    }
    let lower = encoded(LETTERS, &letters_of(|bytes| Legacy::Tcvn3.decode(bytes)));
    assert_eq!(decode(&lower, Some("tcvn3")).unwrap().text, LETTERS);
}

#[test]
fn the_encoding_of_a_text_is_found_out() {
    for text in TEXTS {
        let text = &format!("{LETTERS} và {text}");
        for (name, bytes) in all_encodings(text) {
            let decoded = decode(&bytes, None).unwrap_or_else(|why| panic!("{name}: {why}"));
            assert_eq!(canonical_text(&decoded.text), *text, "{name}: {:?}", decoded.notes);
            assert!(decoded.notes[0].contains("marked words"), "{:?}", decoded.notes);
            // The same bytes, taken for Western European letters by a program that wrote them as UTF-8.
            let western: String = bytes.iter().map(|byte| char::from(*byte)).collect();
            assert_eq!(canonical_text(&decode(western.as_bytes(), None).unwrap().text), *text, "{name} as UTF-8");
        }
        let lower = text.to_lowercase();
        let tcvn3 = encoded(&lower, &letters_of(|bytes| Legacy::Tcvn3.decode(bytes)));
        let decoded = decode(&tcvn3, None).unwrap();
        assert!(decoded.text == lower && decoded.notes[0].starts_with("decoded from tcvn3"), "{decoded:?}");
        // Pasted from a program without the font: the bytes as letters, quotes and dashes of Windows.
        let pasted = encoding_rs::WINDOWS_1252.decode(&tcvn3).0;
        let decoded = decode(pasted.as_bytes(), None).unwrap();
        assert!(decoded.text == lower && decoded.notes[0].starts_with("decoded from tcvn3"), "{decoded:?}");
        let page = [b"<html><meta charset=x-user-defined><p>".as_slice(), &tcvn3].concat();
        assert!(decode(&page, None).unwrap().text.ends_with(&lower));
        let private: String = tcvn3
            .iter()
            .map(
                |byte| {
                    if *byte < 0x80 { char::from(*byte) } else { char::from_u32(0xf700 + u32::from(*byte)).unwrap() }
                },
            )
            .collect();
        assert_eq!(decode(private.as_bytes(), None).unwrap().text, lower);
        let twice: String = text.bytes().map(char::from).collect();
        let decoded = decode(twice.as_bytes(), None).unwrap();
        assert!(decoded.text == *text && decoded.notes[0].contains("encoded twice"), "{decoded:?}");
        // An encoding that is named for a whole folder makes nothing worse that is not in it.
        for file in [text.as_bytes(), twice.as_bytes()] {
            assert_eq!(decode(file, Some("tcvn3")).unwrap().text, *text);
        }
        let wide: Vec<u8> =
            [0xfeff].into_iter().chain(text.chars().map(u32::from)).flat_map(u32::to_le_bytes).collect();
        assert_eq!(decode(&wide, None).unwrap().text, *text);
    }
}

#[test]
fn a_named_encoding_touches_no_sound_utf8() {
    for text in TEXTS {
        for name in ["tcvn3", "vni", "viscii", "vps", "viqr", "windows-1258", "tcvn5712-1"] {
            assert_eq!(decode(text.as_bytes(), Some(name)).unwrap().text, text, "{name}");
        }
    }
    assert!(decode(b"%PDF-1.4", Some("tcvn3")).is_err());
}

#[test]
fn what_is_in_doubt_is_refused_and_other_languages_are_left_alone() {
    for text in
        ["Voilà le thé, et ça va déjà très bien à l'été.", "Für große Übungen: schön.", "Plain words, a^2 + b^2."]
    {
        assert_eq!(decode(text.as_bytes(), None).unwrap().text, text);
        let western: Vec<u8> = text.chars().map(|c| c as u8).collect();
        if let Ok(decoded) = decode(&western, None) {
            assert_eq!(decoded.text.replace('\u{fffd}', ""), text.replace(|c: char| !c.is_ascii(), ""), "{decoded:?}");
        }
    }
    assert!(decode(b"\x93\xfa\x96\x7b\x8c\xea\x82\xcc\x83\x65", None).is_err());
}

#[test]
fn only_a_meta_declares_an_encoding() {
    let page = b"<html><script charset=\"utf-8\" src=a.js></script><meta http-equiv=Content-Type \
        content='text/html; charset=windows-1258'><p>\xf0\xf4n vi\xf2";
    assert_eq!(declared(page).map(Encoding::name), Some("windows-1258"));
}

//! Pages with text in old fonts, all of it invented: every letter comes back, and what is Unicode stays.

use crate::ingest::decode::legacy::Legacy;
use crate::ingest::{InputHint, read};
use crate::report::Draft;
use crate::text::canonical::canonical_text;
use encoding_rs::WINDOWS_1252;
use std::collections::HashMap;

const LETTERS: &str = "à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ đ è ẻ ẽ é ẹ ê ề ể ễ ế ệ ì ỉ ĩ í ị ò ỏ õ ó ọ ô ồ ổ ỗ ố ộ \
    ơ ờ ở ỡ ớ ợ ù ủ ũ ú ụ ư ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ";
const TEXT: &str = "sáng 3-4, lữ đoàn công trình 900 sơ kết công tác quý một tại hội trường lớn của đơn vị, có đại \
    diện các tiểu đoàn dự; hội nghị nghe báo cáo về kết quả xây dựng doanh trại.";

/// A text in an old encoding, as the letters that a page in Unicode has in the place of its bytes.
fn in_font(text: &str, legacy: Legacy) -> String {
    let mut known: HashMap<char, Vec<u8>> = HashMap::new();
    let one = (1_u8..=255).map(|byte| vec![byte]);
    let two = (b'A'..=255_u8).flat_map(|first| (0xc0_u8..=255).map(move |second| vec![first, second]));
    // Pairs first: what is no mark in VNI alone is a letter of Western Europe.
    for bytes in two.chain(one) {
        let decoded = canonical_text(&legacy.decode(&bytes));
        if let [letter] = decoded.chars().collect::<Vec<_>>()[..] {
            known.entry(letter).or_insert(bytes);
        }
    }
    let bytes: Vec<u8> = text.chars().flat_map(|c| known[&c].clone()).collect();
    WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned()
}

fn draft(page: &str) -> Draft {
    read(page.as_bytes(), &InputHint { name: "a.html", ..InputHint::default() }).unwrap().remove(0)
}

/// The lines of the text; those of a page around the article are Unicode.
fn lines(page: &str) -> Vec<String> {
    let lines = draft(page).text;
    lines.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

const UNICODE: &str = "Lữ đoàn 900 đạt ba danh hiệu trong quý, được cấp trên khen thưởng nhiều lần trong năm qua.";

#[test]
fn every_letter_of_both_encodings_comes_back_however_the_font_is_named() {
    for (legacy, font) in [(Legacy::Tcvn3, ".VnTime"), (Legacy::Vni, "VNI-Times")] {
        let letters = format!("{LETTERS} {}", if legacy == Legacy::Vni { LETTERS.to_uppercase() } else { "x".into() });
        let (letters_in_font, text) = (in_font(&letters, legacy), in_font(TEXT, legacy));
        let style = format!("<style><!-- p.bai, td {{font-family:\"{font}\"}} --></style>");
        for (begin, end) in [
            (format!("<font face=\"{font}\"><p>"), "</p></font>"),
            (format!("<font face='{font}, Arial'><p><b>"), "</b></p></font>"),
            (format!("<p style='font-size:14pt; font-family:{font}'>"), "</p>"),
            (format!("<div style='FONT: bold 12pt \"{font}\", serif'><p>"), "</p></div>"),
            (format!("{style}<p class='x bai'>"), "</p>"),
        ] {
            let page =
                format!("<html><article><p>{UNICODE}</p>{begin}{text}{end}{begin}{letters_in_font}{end}</article>");
            assert_eq!(lines(&page), [UNICODE, TEXT, &letters], "{begin}");
            assert!(draft(&page).notes.iter().any(|note| note.contains("from its old fonts")), "{begin}");
        }
    }
}

#[test]
fn a_font_of_today_ends_the_old_one_and_both_old_ones_may_be_in_a_page() {
    let (tcvn3, vni) = (in_font(TEXT, Legacy::Tcvn3), in_font(TEXT, Legacy::Vni));
    let page = format!(
        "<html><body style='font-family:.VnTime'><article><p>{tcvn3}</p><p style='font-family:Arial'>{UNICODE}</p>\
         <p><font face=VNI-Times>{vni}</font></p><p><font face=.VnTimeH>{tcvn3}</font></p></article>"
    );
    assert_eq!(lines(&page), [TEXT, UNICODE, TEXT, &TEXT.to_uppercase()]);
}

#[test]
fn a_letter_of_vni_may_be_cut_by_markup_or_written_as_a_reference() {
    let text = in_font(TEXT, Legacy::Vni);
    let cut = text.replace("oÄ", "<b>o</b>Ä").replace('ñ', "&ntilde;").replace("aØ", "a<i>&Oslash;</i>");
    assert!(cut.contains("<b>o</b>") && cut.contains("<i>"));
    let page = format!("<html><article><p>{UNICODE}</p><font face=VNI-Times><p>{cut}</p></font></article>");
    assert_eq!(lines(&page), [UNICODE, TEXT]);
}

#[test]
fn unicode_in_an_old_font_stays_and_foreign_words_too() {
    // «Hà», «Lê» and «quý» alone would be letters of the font.
    for words in ["Hà Nội, Lê Văn Thử: quý một của đơn vị đã xong.", "Mme Élodie Garçon était à Orléans en été."]
    {
        let page = format!("<html><article><p>{UNICODE}</p><p style='font-family:.VnTime'>{words}</p></article>");
        assert_eq!(lines(&page), [UNICODE, words]);
        assert!(draft(&page).notes.is_empty());
    }
}

#[test]
fn the_title_of_such_a_page_is_decoded_and_its_headline_found() {
    let title = in_font("sơ kết công tác quý một của lữ đoàn", Legacy::Tcvn3);
    let text = in_font(TEXT, Legacy::Tcvn3);
    let page = format!(
        "<html><head><title>{title}</title></head><p>{UNICODE}</p><font face=.VnTime><h1>{title}</h1><p>{text}</p>\
         <p>{text}</p></font>"
    );
    assert_eq!(draft(&page).title.unwrap().text, "sơ kết công tác quý một của lữ đoàn");
}

#[test]
fn a_page_of_bytes_without_unicode_has_the_capitals_of_its_fonts() {
    let text = in_font(TEXT, Legacy::Tcvn3);
    let page = format!(
        "<html><meta http-equiv=Content-Type content='text/html; charset=windows-1252'><font face=.VnTimeH>\
         <p>{text}</p></font><font face=.VnTime><p>{text}</p></font>"
    );
    let bytes = WINDOWS_1252.encode(&page).0.into_owned();
    let found = read(&bytes, &InputHint { name: "a.html", ..InputHint::default() }).unwrap().remove(0);
    let lines: Vec<&str> = found.text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, [&*TEXT.to_uppercase(), TEXT]);
}

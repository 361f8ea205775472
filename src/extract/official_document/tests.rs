//! Invented documents with the layout of decree 30, in the forms in which files have it.

use super::{OfficialDocument, layout};
use crate::extract::extract;
use crate::ingest::{InputHint, read};
use crate::report::PostState::{Acting, Holds};
use crate::report::{Draft, ParagraphKind};

/// The lines one below the other, as in a text that was copied.
const LINES: &str = "ỦY BAN NHÂN DÂN\nTỈNH GIẢ ĐỊNH\n_______\nSố: 12/BC-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
    Độc lập - Tự do - Hạnh phúc\nGiả Định, ngày 05 tháng 7 năm 2026\n\nBÁO CÁO\n\
    Kết quả công tác quân sự địa phương 6 tháng đầu năm 2026\n\n\
    Thực hiện Chỉ thị số 05/CT-TTg ngày 10 tháng 01 năm 2026, Ủy ban nhân dân tỉnh Giả Định báo cáo như sau:\n\
    1. Các đơn vị đã hoàn thành tốt nhiệm vụ huấn luyện.\n2. Công tác tuyển quân đạt chỉ tiêu, đúng luật.\n\n\
    Nơi nhận:\n- Chủ tịch, các Phó Chủ tịch;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\
    (Đã ký)\nLò Văn Thử\n";

fn draft(text: &str) -> Draft {
    read(text.as_bytes(), &InputHint::default()).unwrap().remove(0)
}

fn title(text: &str) -> String {
    draft(text).title.unwrap().text
}

fn found(text: &str) -> OfficialDocument {
    layout(text).unwrap()
}

#[test]
fn number_place_day_issuer_title_and_signer_of_a_document_are_facts() {
    let columns = "ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
        TỈNH GIẢ ĐỊNH              Độc lập - Tự do - Hạnh phúc\n\
        Số: 12 /BC - UBND          Giả Định, ngày 5 tháng 7 năm 2026";
    let cells = "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH GIẢ ĐỊNH | Độc lập - Tự do - Hạnh phúc\n\
        Số: 12/BC-UBND | Giả Định, ngày 05 tháng 7 năm 2026";
    let one_space = "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH GIẢ ĐỊNH Độc lập - Tự do - Hạnh phúc\n\
        Số: 12/BC-UBND Giả Định, ngày 05 tháng 7 năm 2026";
    let (_, below) = LINES.split_once("\n\nBÁO CÁO").unwrap();
    let heading = LINES.split_once("\n\nBÁO CÁO").unwrap().0;
    for heading in [heading, columns, cells, one_space] {
        let draft = draft(&[heading, "\n\nBÁO CÁO", below].concat());
        let found = extract(&draft);
        let facts = &found.facts;
        assert_eq!(facts.number.as_ref().unwrap().text, "12/BC-UBND", "{heading}");
        assert!(facts.number.as_ref().unwrap().span.of(&draft.text).starts_with("12"));
        assert_eq!(facts.place.as_ref().unwrap().text, "Giả Định");
        assert_eq!(facts.day.unwrap().to_string(), "2026-07-05");
        assert!(facts.day_span.unwrap().of(&draft.text).starts_with("ngày") && !facts.day.unwrap().is_inferred());
        assert_eq!(facts.unit.as_deref(), Some("Ủy ban nhân dân tỉnh Giả Định"));
        assert_eq!(facts.period.unwrap().to_string(), "6 tháng đầu năm 2026");
        let title = draft.title.as_ref().unwrap().text.as_str();
        assert_eq!(title, "Báo cáo kết quả công tác quân sự địa phương 6 tháng đầu năm 2026");
        let [signer] = &found.people[..] else { panic!("{heading}: {:?}", found.people) };
        assert_eq!((signer.name.as_str(), signer.posts.len()), ("Lò Văn Thử", 1));
        let signed = facts.signer.as_ref().unwrap();
        assert_eq!((signed.text.as_str(), signed.span.of(&draft.text)), ("Lò Văn Thử", "Lò Văn Thử"));
        assert_eq!(signer.posts[0].text, "Phó Chủ tịch");
        assert_eq!(signer.posts[0].above.as_deref(), Some("Ủy ban nhân dân tỉnh Giả Định"));
        assert_eq!(signer.posts[0].span.of(&draft.text), "PHÓ CHỦ TỊCH");
        assert!(found.bylines.is_empty(), "{:?}", found.bylines);
        assert!(draft.paragraphs.iter().all(|p| p.kind != ParagraphKind::Byline), "{:?}", draft.paragraphs);
    }
}

#[test]
fn an_officer_signs_with_rank_and_those_who_act_hold_the_post() {
    const SIGNATURE: &str = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nLò Văn Thử";
    let signed = |lines: &str| {
        let found = extract(&draft(&LINES.replace(SIGNATURE, lines)));
        let person = found.people.into_iter().next().unwrap_or_else(|| panic!("{lines}"));
        let posts: Vec<_> = person.posts.into_iter().map(|post| (post.text, post.state)).collect();
        (person.name, person.rank.map(|rank| rank.rank.name), posts)
    };
    assert_eq!(
        signed("TƯ LỆNH\nThiếu tướng Lò Văn Thử"),
        ("Lò Văn Thử".to_owned(), Some("Thiếu tướng"), vec![("Tư lệnh".to_owned(), Holds)])
    );
    assert_eq!(
        signed("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n\nLò Văn Thử"),
        ("Lò Văn Thử".to_owned(), None, vec![("Chánh Văn phòng".to_owned(), Holds)])
    );
    assert_eq!(
        signed("Q. CHỦ TỊCH\n\n\nLò Văn Thử"),
        ("Lò Văn Thử".to_owned(), None, vec![("Chủ tịch".to_owned(), Acting)])
    );
}

#[test]
fn a_letter_has_its_subject_below_the_number_and_party_documents_have_no_state() {
    let letter = "BỘ THỬ NGHIỆM\nCỤC QUÂN Y GIẢ\nSố: 345/CQY-KH\nV/v chuẩn bị hội nghị tổng kết\n\
        CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Giả, ngày 20 tháng 11 năm 2026\nKính gửi: Các đơn vị.\n\
        Cục đề nghị các đơn vị gửi báo cáo trước ngày 30-11.\n";
    assert_eq!(title(letter), "Về việc chuẩn bị hội nghị tổng kết");
    assert_eq!(found(letter).issuer.as_deref(), Some("CỤC QUÂN Y GIẢ"));
    let party = "TỈNH ỦY GIẢ ĐỊNH\n*\nSố 08-NQ/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nGiả Định, ngày 2 tháng 2 năm 2026\n\
        NGHỊ QUYẾT\nVề lãnh đạo nhiệm vụ quân sự năm 2026\n-----\nTrong năm qua, đảng bộ đã hoàn thành nhiệm vụ.\n\
        T/M TỈNH ỦY\nBÍ THƯ\nLò Văn Thử\n";
    assert_eq!(title(party), "Nghị quyết về lãnh đạo nhiệm vụ quân sự năm 2026");
    assert_eq!(found(party).number.unwrap().text, "08-NQ/TU");
    assert_eq!(extract(&draft(party)).people[0].posts[0].text, "Bí thư");
}

#[test]
fn what_only_names_a_number_is_no_document() {
    for text in [
        "Sơ kết quý I\n\nSố: 12 đường Giả, ngày 3-4, Lữ đoàn 900 sơ kết công tác quý I.",
        "Số 08-NQ/TU\n\nNghị quyết của Tỉnh ủy Giả Định được quán triệt ngày 5 tháng 7 năm 2026.",
        "Nước Cộng hòa xã hội chủ nghĩa Việt Nam vững bước\n\nSáng 3-4, hội nghị khai mạc tại Hà Giả.",
        "",
    ] {
        assert_eq!(layout(text), None, "{text}");
    }
    // A number that was left blank.
    let blank = LINES.replace("Số: 12/BC-UBND", "Số:      /BC-UBND");
    assert_eq!(found(&blank).number, None);
    assert_eq!(found(&blank).day.unwrap().day.to_string(), "2026-07-05");
}

#[test]
fn hostile_texts_end() {
    for piece in ["Số: 1/", "Số 1/A ", " | ", "TM. A\n", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ", "ngày ", "İ Số: 1/A\n"]
    {
        let _ = layout(&[LINES, &piece.repeat(20_000)].concat());
        let _ = layout(&[&piece.repeat(20_000), LINES].concat());
    }
}

//! Exports and copied messages, invented, in the forms of the programs.

use super::super::{ContainerInput, Unpacked, each_part};
use super::*;
use std::io::Cursor;

/// What was found: the day, outlet, address and text of each message, and how many were left out.
fn found(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let mut all = Vec::new();
    let read = each_part(ContainerInput::File(&mut Cursor::new(bytes), bytes.len() as u64), "x", &mut |one| {
        all.push(match one {
            Unpacked::Part(part) => {
                let about = &part.about;
                let day = about.published.map_or_else(|| "-".to_owned(), |day| day.to_string());
                let yearless = about.yearless.map(|day| format!(" {}/{}", day.day, day.month)).unwrap_or_default();
                let (outlet, url) = (about.outlet.as_deref().unwrap_or("-"), about.url.as_deref().unwrap_or("-"));
                let text = String::from_utf8_lossy(&part.bytes).trim().replace('\n', "/");
                format!("{day}{yearless} {outlet} {url} {text}")
            }
            Unpacked::Problem(why) => format!("! {why}"),
            Unpacked::LeftOut(kind) => format!("- {}", kind.word()),
        });
        true
    });
    all.extend(read.err().map(|why| format!("! {why}")));
    all
}

const LONG: &str = "Sáng 3-4, Lữ đoàn Công trình 900 sơ kết công tác quý I tại hội trường";

#[test]
fn an_export_of_telegram_has_a_report_in_each_message() {
    let messages = format!(
        "[\n {{\"id\": 1, \"type\": \"service\", \"date\": \"2026-01-16\", \"action\": \"pin\", \
         \"text\": \"{LONG}\"}},\n {{\"id\": 2, \"type\": \"message\", \
         \"date\": \"2026-01-16T23:59:00\", \"from\": \"Kênh\", \
         \"photo\": \"a.jpg\", \"text\": [\"{LONG} \", {{\"type\": \"bold\", \"text\": \"đơn vị\"}}, \".\\n\", \
         {{\"type\": \"link\", \"text\": \"https://bao.example.vn/a-1.html\"}}], \"text_entities\": []}},\n \
         {{\"id\": 3, \"type\": \"message\", \"date\": \"2026-01-17T08:00:00\", \"text\": \"Vâng ạ\"}},\n \
         {{\"id\": 4, \"type\": \"message\", \"date\": \"2026-01-18T08:00:00\", \"text\": [\"{LONG}. \", \
         {{\"type\": \"text_link\", \"text\": \"Đọc tiếp\", \"href\": \"https://bao.example.vn/b\"}}, \
         {{\"type\": \"link\", \"text\": \"https://t.me/kenh\"}}]}}]"
    );
    let expected = [
        format!("2026-01-16 Kênh Giả https://bao.example.vn/a-1.html {LONG} đơn vị./https://bao.example.vn/a-1.html"),
        "- message".to_owned(),
        format!("2026-01-18 Kênh Giả https://bao.example.vn/b {LONG}. Đọc tiếphttps://t.me/kenh"),
    ];
    let chat = format!("{{\n \"name\": \"Kênh Giả\",\n \"type\": \"public_channel\",\n \"messages\": {messages}}}");
    assert_eq!(found(&chat), expected);
    let all = format!(
        "{{\n \"about\": \"…\",\n \"personal_information\": {{\"user_id\": 1}},\n \"contacts\": {{\"list\": []}},\n \
         \"chats\": {{\"about\": \"…\", \"list\": [{chat}]}}}}"
    );
    assert_eq!(found(&all), expected);
    // What came before the cut is kept, and the cut is told.
    let cut = found(chat.split_once("\"id\": 4").unwrap().0);
    assert!(cut.len() == 3 && cut[..2] == expected[..2] && cut[2].contains("not whole"), "{cut:?}");
}

#[test]
fn copied_messages_of_telegram_are_parted_and_dated() {
    let text = "Báo Giả, [16/01/2025 10:05]\nSáng 3-4, đơn vị sơ kết.\n\nChi tiết: https://bao.example.vn/a\n\n\
                Báo Giả, [17.01.2025 09:00:12]\nTin thứ hai [ảnh].\n";
    let expected = [
        "2025-01-16 Báo Giả https://bao.example.vn/a Sáng 3-4, đơn vị sơ kết.//Chi tiết: https://bao.example.vn/a",
        "2025-01-17 Báo Giả - Tin thứ hai [ảnh].",
    ];
    assert_eq!(found(text), expected);
    let phone = "[16/01/2025 10:05] Báo Giả: Sáng 3-4, đơn vị sơ kết.\nDòng hai.\n[17/01/2025 09:00] Báo Giả: Tin hai.";
    assert_eq!(
        found(phone),
        ["2025-01-16 Báo Giả - Sáng 3-4, đơn vị sơ kết./Dòng hai.", "2025-01-17 Báo Giả - Tin hai."]
    );
}

#[test]
fn copied_posts_of_facebook_are_parted_and_dated_without_reactions() {
    let text = "Báo Giả Tưởng\n16 tháng 1, 2025 lúc 10:05 ·\nSáng 3-4, đơn vị sơ kết.\nXem thêm\nTất cả cảm xúc:\n120\n\
                12 bình luận\nThích\nBình luận\nChia sẻ\nTạ Hoài\nHay quá.\n\nBáo Giả Tưởng\n\
                17 tháng 2 lúc 09:00 · \nTin thứ hai.\nBáo Giả Tưởng\n3 giờ · \nTin thứ ba.\n";
    assert_eq!(
        found(text),
        [
            "2025-01-16 Báo Giả Tưởng - Sáng 3-4, đơn vị sơ kết.",
            "- 17/2 Báo Giả Tưởng - Tin thứ hai.",
            "- Báo Giả Tưởng - Tin thứ ba.",
        ]
    );
    assert_eq!(found("Page\nJanuary 16 at 10:05 AM ·\nFirst.")[0], "- 16/1 Page - First.");
    let counted =
        "Báo Giả Tưởng\n16 tháng 1, 2025 lúc 10:05 · \nĐơn vị sơ kết.\nQuân số\n120\n1,2K\n35 bình luận\nThích\n";
    assert_eq!(found(counted), ["2025-01-16 Báo Giả Tưởng - Đơn vị sơ kết./Quân số"]);
    assert!(found(&counted.replace("35 bình luận\n", ""))[0].ends_with("120/1,2K"));
    let day = |month, day, until: &str| YearlessDay { month, day }.before(until.parse().unwrap()).unwrap().to_string();
    assert_eq!(day(1, 16, "2026-02-01"), "2026-01-16");
    assert_eq!(day(12, 30, "2026-02-01"), "2025-12-30");
}

#[test]
fn other_texts_are_not_parted() {
    WORDS.check();
    for text in [
        "Sơ kết quý I\n16 tháng 1, 2025\nSáng 3-4, đơn vị sơ kết.",
        "Lữ đoàn 900 sơ kết quý I\nThứ hai, 12/05/2025, 08:30 (GMT+7)\nSáng 3-4, đơn vị sơ kết.",
        "[1] Nghị quyết số 28: về xây dựng Đảng.",
        "Theo Báo Giả, [16/01/2025 10:05] đơn vị sơ kết.",
    ] {
        assert!(!is_pasted(text.as_bytes()), "{text}");
    }
    assert!(!super::super::telegram::is_export(b"{\"messages\": \"none\", \"type\": \"x\"}"));
}

#[test]
fn hostile_exports_and_copies_end() {
    let begin = "{\"name\": \"x\", \"type\": \"public_channel\", \"messages\": [{\"type\": \"message\", \"text\": [";
    for piece in ["\"a\",", "{\"text\": \"a\"},", "[", "{\"text\":"] {
        let all = found(&[begin, &piece.repeat(100_000)].concat());
        assert!(all.last().is_some_and(|last| last.contains("not whole")), "{piece}: {}", all.len());
    }
    let long = found(&[begin, "\"", &"a".repeat(17 << 20)].concat());
    assert!(long[0].contains("larger than 16 MiB"), "{:.200}", long[0]);
    for piece in ["[", "A, [16/01/2025 10:05]\n", "Page\n3 giờ ·\n", "\n", "A\n16 tháng"] {
        found(&["A, [16/01/2025 10:05]\nx\n", &piece.repeat(10_000)].concat());
    }
}

//! What `extract` understands, in sentences of our own about invented people: one line a sentence, then the people
//! expected as `rank | name | post; post`.

mod ended;
mod foreign;
mod former;
mod genre;
mod kind_table;
mod names;
mod posts;
mod roles;

use super::{extract, people_and_facts};
use crate::report::{CareerEventKind, Draft, Evidence, Extraction, Meaning, Paragraph, ParagraphKind, Person, Span};

/// Compares the people of each text with the lines wanted; `line` writes one person. All rows that differ are told.
fn people_are(rows: &[(&str, &[&str])], line: fn(&Person) -> String) {
    let differs = |(text, wanted): &(&str, &[&str])| {
        let found: Vec<String> = read(text).people.iter().map(line).collect();
        (found != *wanted).then(|| format!("{text}\n  wanted {wanted:?}\n  found  {found:?}"))
    };
    let wrong: Vec<String> = rows.iter().filter_map(differs).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every line as text proper.
fn read(text: &str) -> Extraction {
    let mut at = 0;
    let mut paragraphs = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        if !words.is_empty() {
            paragraphs.push(Paragraph { kind: ParagraphKind::Body, span: Span::new(at, at + words.len()) });
        }
        at += line.len();
    }
    extract(&Draft { text: text.to_owned(), paragraphs, ..Draft::default() })
}

fn people(text: &str) -> Vec<String> {
    let line = |person: &crate::report::Person| {
        let posts: Vec<&str> = person.posts.iter().map(|post| post.text.as_str()).collect();
        format!("{} | {} | {}", person.rank.map_or("-", |said| said.rank.name), person.name, posts.join("; "))
            .trim_end_matches([' ', '|'])
            .to_owned()
    };
    read(text).people.iter().map(line).collect()
}

/// Each row: a sentence, then the people.
fn check(rows: &[(&str, &[&str])]) {
    for (text, expected) in rows {
        assert_eq!(people(text), *expected, "{text}");
    }
}

#[test]
fn ranks_in_every_spelling() {
    check(&[
        ("Thiếu tướng Vũ Đình Kha dự.", &["Thiếu tướng | Vũ Đình Kha"]),
        ("Gặp thượng uý Lò Văn Pín tại chốt.", &["Thượng úy | Lò Văn Pín"]),
        ("ĐẠI TÁ TRẦN QUANG MỤC", &["Đại tá | TRẦN QUANG MỤC"]),
        ("Phó đô đốc Hải quân Ngô Thế Sang dự.", &["Phó Đô đốc | Ngô Thế Sang"]),
        ("Thiếu tướng Công an Đỗ Bá Lục nói.", &["Thiếu tướng | Đỗ Bá Lục"]),
        ("Trung tá QNCN Hà Thị Mơ nhận thưởng.", &["Trung tá QNCN | Hà Thị Mơ"]),
        ("Thiếu tá, PGS, TS Lê Hữu Khang trình bày.", &["Thiếu tá | Lê Hữu Khang"]),
        ("Trung tướng Bùi Sĩ Cát- Tư lệnh Quân khu 3 dự.", &["Trung tướng | Bùi Sĩ Cát | Tư lệnh Quân khu 3"]),
        ("Đại táTrần Quang Mục dự.", &["Đại tá | Trần Quang Mục"]),
        ("Thiếu tướng Trần Bá Linh (khi đó là Đại tá) chỉ huy trận đánh.", &["Thiếu tướng | Trần Bá Linh"]),
        ("Đại tá Trần Bá Linh (nay là Thiếu tướng) kể lại.", &["Thiếu tướng | Trần Bá Linh"]),
        ("Chuẩn tướng Hàn Quốc Park Min-ho đến thăm.", &["Chuẩn tướng | Park Min-ho"]),
        // A site has lost the first letter of the line.
        ("Tin trong ngày\nhủ tướng Lê Hữu Khang nói.", &["- | Lê Hữu Khang"]),
        ("Tin trong ngày\nTướng Lê Hữu Khang nói.", &["tướng | Lê Hữu Khang"]),
        ("Vị tướng Lê Hữu Khang nói.", &["tướng | Lê Hữu Khang"]),
    ]);
}

#[test]
fn names_that_are_spelled_like_posts_and_callings() {
    check(&[
        ("Đại tá Lục Quốc Vương, Tư lệnh Quân khu 10 dự.", &["Đại tá | Lục Quốc Vương | Tư lệnh Quân khu 10"]),
        ("Thượng tá Võ Sỹ Ngần, Trưởng phòng Cán bộ nói.", &["Thượng tá | Võ Sỹ Ngần | Trưởng phòng Cán bộ"]),
        ("Dự có Quốc vương Borsak Amaran.", &["- | Borsak Amaran | Quốc vương"]),
        ("Võ sĩ Trần Bá Linh thắng.", &["- | Trần Bá Linh"]),
    ]);
}

#[test]
fn another_ones_post_beside_the_name() {
    check(&[
        (
            "Trong thư gửi ông Jong Skarlov, Tổng thống Brenkov cũng nói vậy. Tổng thống Alan Brenkov đã ký thư.",
            &["- | Jong Skarlov", "- | Alan Brenkov | Tổng thống"],
        ),
        (
            "Bà Ada Merkov đến Hà Nội. Sau khi gặp Thủ tướng Phần Lan, bà Merkov nói về chuyến thăm.",
            &["- | Ada Merkov"],
        ),
        (
            "Nhận lời mời của Đại tướng Lã Văn Thử, Bộ trưởng Quốc phòng Ấn Độ, bà Ada Merkova dẫn đầu đoàn.",
            &["Đại tướng | Lã Văn Thử", "- | Ada Merkova | Bộ trưởng Quốc phòng Ấn Độ"],
        ),
        ("Phó chủ tịch Norvik Canada, ông Lã Văn Thử cho biết.", &["- | Lã Văn Thử | Phó chủ tịch Norvik Canada"]),
        (
            "Người phát ngôn Bộ Quốc phòng Nga Thiếu Tướng Ivan Brenkov lên tiếng.",
            &["Thiếu tướng | Ivan Brenkov | Người phát ngôn Bộ Quốc phòng Nga"],
        ),
        ("Theo lời thư ký báo chí Tổng thống Hàn Quốc, ông Lã Văn Thử muốn đến thăm.", &["- | Lã Văn Thử"]),
        (
            "Bộ trưởng Quốc phòng Mỹ, ông Alan Brenkov cho biết như vậy.",
            &["- | Alan Brenkov | Bộ trưởng Quốc phòng Mỹ"],
        ),
    ]);
}

#[test]
fn a_rank_for_several_or_for_nobody() {
    check(&[
        (
            "Dự có các thượng tướng Vũ Hải Lam, Đỗ Văn Trác và Bùi Quý Nhâm.",
            &["Thượng tướng | Vũ Hải Lam", "Thượng tướng | Đỗ Văn Trác", "Thượng tướng | Bùi Quý Nhâm"],
        ),
        (
            "Trung tướng Phạm Kế Toại, Tư lệnh Quân khu 2 và ông Vũ Văn Tích dự.",
            &["Trung tướng | Phạm Kế Toại | Tư lệnh Quân khu 2", "- | Vũ Văn Tích"],
        ),
        ("Các tướng lĩnh và nhiều đại tá đã dự lễ.", &[]),
        ("Được phong quân hàm Thiếu tướng là vinh dự lớn.", &[]),
        // A former rank is none that is held.
        ("Ông Trịnh Bá Thụ (cựu đại tá) bị xét xử.", &["- | Trịnh Bá Thụ"]),
    ]);
}

#[test]
fn names_of_all_peoples() {
    check(&[
        ("Thiếu tướng Y Blăm Êban dự.", &["Thiếu tướng | Y Blăm Êban"]),
        ("Thiếu tá H'Mai Niê Kđăm dự.", &["Thiếu tá | H'Mai Niê Kđăm"]),
        ("Đại úy K’Brếp dự.", &["Đại úy | K’Brếp"]),
        ("Thượng tá Lò Thị Ín dự.", &["Thượng tá | Lò Thị Ín"]),
        ("Đại tá Công Tằng Tôn Nữ Diệu Vân dự.", &["Đại tá | Công Tằng Tôn Nữ Diệu Vân"]),
        ("Thượng tướng Khăm-phủi Sỉ-vông dự.", &["Thượng tướng | Khăm-phủi Sỉ-vông"]),
        ("Bộ trưởng Quốc phòng John Q. Marlow phát biểu.", &["- | John Q. Marlow | Bộ trưởng Quốc phòng"]),
        (
            "Thượng tướng, Viện sĩ NGUYỄN BÁ LÂN, nguyên Thứ trưởng Bộ Quốc phòng trả lời.",
            &["Thượng tướng | NGUYỄN BÁ LÂN | nguyên Thứ trưởng Bộ Quốc phòng"],
        ),
        ("Đại tá Nguyễn Văn\nTuệ dự.", &["Đại tá | Nguyễn Văn Tuệ"]),
    ]);
}

#[test]
fn posts_on_both_sides_of_the_name() {
    check(&[
        (
            "Phó Tư lệnh, Tham mưu trưởng Quân khu 9, Thiếu tướng Võ Văn Lạc báo cáo.",
            &["Thiếu tướng | Võ Văn Lạc | Phó Tư lệnh; Tham mưu trưởng Quân khu 9"],
        ),
        (
            "Đại tá Ngô Tích, Phó Tư lệnh kiêm Tham mưu trưởng Binh đoàn 15 dự.",
            &["Đại tá | Ngô Tích | Phó Tư lệnh; Tham mưu trưởng Binh đoàn 15"],
        ),
        (
            "Ông Lê Văn Bội - phó chủ tịch UBND huyện Ea Lốp - cho biết.",
            &["- | Lê Văn Bội | phó chủ tịch UBND huyện Ea Lốp"],
        ),
        (
            "Phó Chủ nhiệm Tổng cục Chính trị Đỗ Xuân Tuyển chủ trì.",
            &["- | Đỗ Xuân Tuyển | Phó Chủ nhiệm Tổng cục Chính trị"],
        ),
        (
            "Đại tá Hồ Văn Lĩnh, Giám đốc Sở Văn hóa, Thể thao và Du lịch phát biểu.",
            &["Đại tá | Hồ Văn Lĩnh | Giám đốc Sở Văn hóa, Thể thao và Du lịch"],
        ),
        (
            "Đại tá Đỗ Bá, Phó Giám đốc phụ trách Công an tỉnh Phú Khê nói.",
            &["Đại tá | Đỗ Bá | Phó Giám đốc phụ trách Công an tỉnh Phú Khê"],
        ),
        ("Đại tá Đỗ Bá, Giám đốc Công an tỉnh cho biết.", &["Đại tá | Đỗ Bá | Giám đốc Công an tỉnh"]),
        (
            "Dự có Đại tá Đỗ Bá, Giám đốc Công an tỉnh Phú Khê, lãnh đạo quận 8.",
            &["Đại tá | Đỗ Bá | Giám đốc Công an tỉnh Phú Khê"],
        ),
        ("Thiếu tướng Đỗ Bá Phó Tư lệnh Quân khu 6 dự.", &["Thiếu tướng | Đỗ Bá | Phó Tư lệnh Quân khu 6"]),
        ("Thiếu tướng Đỗ Bá: Phó Tư lệnh Quân khu 6.", &["Thiếu tướng | Đỗ Bá | Phó Tư lệnh Quân khu 6"]),
        ("Thiếu tướng Đỗ Bá: Tư lệnh Quân khu phải đi trước.", &["Thiếu tướng | Đỗ Bá"]),
        (
            "Thiếu tướng Võ Lạc, Chính ủy Học viện Lục quân, Trưởng đoàn công tác phát biểu.",
            &["Thiếu tướng | Võ Lạc | Chính ủy Học viện Lục quân; Trưởng đoàn công tác"],
        ),
        ("Đại tá Vũ Tài, Phó Cục trưởng Cục Dự báo khẳng định.", &["Đại tá | Vũ Tài | Phó Cục trưởng Cục Dự báo"]),
        (
            "Thiếu tướng Cao Sĩ, Chủ nhiệm Ủy ban Kiểm tra Đảng ủy kiểm tra đơn vị.",
            &["Thiếu tướng | Cao Sĩ | Chủ nhiệm Ủy ban Kiểm tra Đảng ủy"],
        ),
        ("Đại tá Phạm Gia, sinh năm 1970, Chính ủy Lữ đoàn 205 dự.", &["Đại tá | Phạm Gia | Chính ủy Lữ đoàn 205"]),
        (
            "Trung tướng Lê Quyền, nguyên Tư lệnh Quân khu 5 và Đại tá Trần Bưu dự.",
            &["Trung tướng | Lê Quyền | nguyên Tư lệnh Quân khu 5", "Đại tá | Trần Bưu"],
        ),
    ]);
}

#[test]
fn a_list_shares_the_post_of_its_head() {
    check(&[
        (
            "Dự có các đồng chí Phó Tư lệnh Quân khu 4: Thiếu tướng Hà Thế Bính; Thiếu tướng Lê Thuận Hóa.",
            &[
                "Thiếu tướng | Hà Thế Bính | Phó Tư lệnh Quân khu 4",
                "Thiếu tướng | Lê Thuận Hóa | Phó Tư lệnh Quân khu 4",
            ],
        ),
        (
            "Dự có các đồng chí: Đại tá Tạ Văn Ngân, Chính ủy Sư đoàn 5; Đại tá Vi Văn Hợi, Sư đoàn trưởng Sư đoàn 7.",
            &["Đại tá | Tạ Văn Ngân | Chính ủy Sư đoàn 5", "Đại tá | Vi Văn Hợi | Sư đoàn trưởng Sư đoàn 7"],
        ),
    ]);
}

#[test]
fn another_s_post_is_not_credited() {
    check(&[
        ("Thừa ủy quyền của Bộ trưởng Bộ Quốc phòng, Trung tướng Ngô Lộc trao quyết định.", &["Trung tướng | Ngô Lộc"]),
        ("Thay mặt lãnh đạo Bộ Quốc phòng, Đại tướng Lê Tri cảm ơn.", &["Đại tướng | Lê Tri"]),
        (
            "Đại tá Tạ Hợp, Trợ lý Đại tướng Vũ Khôi, Bộ trưởng Bộ Quốc phòng dự.",
            &["Đại tá | Tạ Hợp | Trợ lý Đại tướng Vũ Khôi", "Đại tướng | Vũ Khôi | Bộ trưởng Bộ Quốc phòng"],
        ),
        ("Bộ trưởng Lê Tri và Bộ trưởng Quốc phòng Lào duyệt đội danh dự.", &["- | Lê Tri | Bộ trưởng"]),
    ]);
}

#[test]
fn an_aide_keeps_the_posts_said_after_the_minister_s() {
    let minister = "Đại tướng | Đinh Công Lữ | Bộ trưởng Bộ Quốc phòng";
    let aide = "Thiếu tướng | Vũ Kha | Trợ lý Đại tướng Đinh Công Lữ; Phó Chánh Văn phòng Bộ Quốc phòng";
    for joined in [", kiêm", " kiêm", ", đồng thời là", " đồng thời là", " - kiêm", ", đồng thời kiêm"]
    {
        let text = format!(
            "Thiếu tướng Vũ Kha, Trợ lý Đại tướng Đinh Công Lữ, Bộ trưởng Bộ Quốc phòng{joined} Phó Chánh Văn phòng \
             Bộ Quốc phòng phát biểu."
        );
        assert_eq!(people(&text), [aide, minister], "{text}");
        let found = read(&text);
        let verbs = |person: usize| -> Vec<&str> { found.people[person].roles.iter().map(|role| role.verb).collect() };
        assert_eq!((verbs(0), verbs(1)), (vec!["phát biểu"], vec![]), "{text}");
    }
    check(&[
        (
            "Đại tá Hà Bằng, Phó Trợ lý Thượng tướng Ngô Vĩ, Phó Tư lệnh kiêm Tham mưu trưởng Quân khu 6 báo cáo.",
            &[
                "Đại tá | Hà Bằng | Phó Trợ lý Thượng tướng Ngô Vĩ",
                "Thượng tướng | Ngô Vĩ | Phó Tư lệnh; Tham mưu trưởng Quân khu 6",
            ],
        ),
        (
            "Thượng tá Lê Chí, Thư ký của Đại tướng Mạc Uy kiêm Trưởng phòng Tổng hợp dự.",
            &["Thượng tá | Lê Chí | Thư ký của Đại tướng Mạc Uy; Trưởng phòng Tổng hợp", "Đại tướng | Mạc Uy"],
        ),
        (
            "Đồng chí Lê Chí, Thư ký Chủ tịch nước Mạc Thế Uy, kiêm Vụ trưởng Vụ Thư ký và Đại tá Cao Sĩ dự.",
            &[
                "- | Lê Chí | Thư ký Chủ tịch nước Mạc Thế Uy; Vụ trưởng Vụ Thư ký",
                "- | Mạc Thế Uy | Chủ tịch nước",
                "Đại tá | Cao Sĩ",
            ],
        ),
        (
            "Bà Trần Thị Lụa, phu nhân Đại tướng Mạc Uy, Tổng Tham mưu trưởng, đồng thời là Chủ \
            tịch Hội Bảo trợ trẻ em dự.",
            &["- | Trần Thị Lụa | Chủ tịch Hội Bảo trợ trẻ em", "Đại tướng | Mạc Uy | Tổng Tham mưu trưởng"],
        ),
        (
            "Bà Trần Thị Lụa (phu nhân Đại tướng Mạc Uy, Tổng Tham mưu trưởng) tặng quà.",
            &["- | Trần Thị Lụa", "Đại tướng | Mạc Uy | Tổng Tham mưu trưởng"],
        ),
        ("Đại tá Tạ Hợp, Trợ lý Bộ trưởng Bộ Quốc phòng dự.", &["Đại tá | Tạ Hợp | Trợ lý Bộ trưởng Bộ Quốc phòng"]),
        (
            "Đại úy Tạ Hợp, Trợ lý Quân lực, Thiếu tá Mạc Uy dự.",
            &["Đại úy | Tạ Hợp | Trợ lý Quân lực", "Thiếu tá | Mạc Uy"],
        ),
        (
            "Dự có Đại tá Tạ Hợp, Trợ lý Bộ trưởng; Đại tá Mạc Uy, Cục trưởng Cục Dự báo.",
            &["Đại tá | Tạ Hợp | Trợ lý Bộ trưởng", "Đại tá | Mạc Uy | Cục trưởng Cục Dự báo"],
        ),
    ]);
}

#[test]
fn what_is_no_person() {
    for text in [
        "Tuyến phố ẩm thực Nguyễn Văn Lãng khai trương.",
        "Anh đến đường Nguyễn Huy Thịnh lúc 8 giờ.",
        "Học sinh Trường THPT Trần Quang Bổng dự lễ.",
        "Tàu hộ vệ Đô đốc Gromov cập cảng.",
        "Khách viếng Bảo tàng Hồ Chí Minh.",
        "Ban Chỉ huy Quân sự huyện Cao Lãnh huấn luyện.",
        "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
        "Bộ Tư lệnh TP Hồ Chí Minh khánh thành công trình.",
        "Trụ sở ở số 5 Trần Thánh Trác.",
        "Xe máy dừng ở giao lộ Nguyễn Thế Lãng - Trần Bá Trác.",
        "Các phố Nguyễn Thế Lãng, Trần Bá Trác và Lê Thị Mỵ ngập sâu.",
        "Xe dừng ở ngã tư Tràng Mai – Trần Bá Trác một lúc.",
        "Trên các tuyến đường Lê Thị Mỵ, 36 Đình Sơn, Nguyễn Văn Lãng có xe lớn.",
        "Công ty TNHH MTV Hoàng Thế Phát nộp thuế.",
        "Trên Twitter, nhiều người chia sẻ.",
    ] {
        assert_eq!(people(text), [""; 0], "{text}");
    }
}

#[test]
fn who_is_met_on_a_street_is_somebody() {
    check(&[
        ("Trên đường Lê Thị Mỵ, Nguyễn Văn Lãng (41 tuổi) bị ngã.", &["- | Nguyễn Văn Lãng"]),
        ("Tại phố Hàng Mây, Đại tá Trần Bá Trác gặp dân.", &["Đại tá | Trần Bá Trác"]),
    ]);
}

#[test]
fn bylines_and_credits_are_kept_apart() {
    let found = read("Đại tá Lê Văn Sáng dự. Ảnh: MINH KHÁNH\nTin, ảnh: HOÀI LAM - ĐỨC THUẬN");
    assert_eq!(found.people.len(), 1);
    let bylines: Vec<&str> = found.bylines.iter().map(|quote| quote.text.as_str()).collect();
    assert_eq!(bylines, ["MINH KHÁNH", "HOÀI LAM", "ĐỨC THUẬN"]);
    let supplied = read("Quang cảnh buổi lễ. Ảnh: Bộ Công an");
    assert!(supplied.bylines.is_empty() && supplied.people.is_empty(), "an organisation is no author");
    let initials = read("Quang cảnh buổi lễ - Ảnh: H.Y.T.\nNhiều đại biểu dự.");
    assert_eq!(initials.bylines.iter().map(|quote| quote.text.as_str()).collect::<Vec<_>>(), ["H.Y.T."]);
    let alone = read("Đại tá Lê Văn Sáng dự hội nghị và phát biểu ý kiến.\nHoàng Nam");
    assert_eq!(alone.bylines.len(), 1, "a line that is only a name, at the end");
    assert_eq!(alone.people.len(), 1);
}

#[test]
fn second_mentions_lead_back_to_the_same_person() {
    let text = "Thượng tướng Đỗ Văn Thắng chủ trì. Thượng tướng Thắng yêu cầu. Đồng chí Đỗ Văn Thắng kết luận. \
                Ông Thắng cảm ơn. Chính ủy, Trung úy Hà và Thành phố Hà Nội không phải là một.";
    let found = read(text);
    let thang = found.people.first().unwrap();
    assert_eq!(thang.name, "Đỗ Văn Thắng");
    assert_eq!(thang.mentions.len(), 4, "{:?}", thang.mentions);
    assert_eq!(thang.mentions.first().unwrap().evidence, Evidence::Rank);
    assert_eq!(thang.mentions.last().unwrap().evidence, Evidence::SecondMention);
    assert!(!found.people.iter().any(|person| person.name.contains("Hà Nội")));
    let foreign =
        read("Bộ trưởng Quốc phòng Carl Mattson tới thăm. Ông Mattson cảm ơn. Theo Mattson, hai bên hài lòng.");
    assert_eq!(foreign.people.first().unwrap().mentions.len(), 3);
}

#[test]
fn a_tone_makes_another_person() {
    let found = people("Đô đốc Vũ Văn Hiền và Thượng tướng Vũ Văn Hiến dự.");
    assert_eq!(found, ["Đô đốc | Vũ Văn Hiền", "Thượng tướng | Vũ Văn Hiến"]);
}

#[test]
fn promotions_give_the_new_rank_and_keep_the_old() {
    let found = read(
        "Lễ thăng quân hàm từ Đại tá lên Thiếu tướng cho các đồng chí: Lê Bá Tú, Chính ủy Sư đoàn \
        3; Vũ Lợi, Tư lệnh Binh đoàn 16.",
    );
    let ranks: Vec<_> = found.people.iter().map(|p| (p.name.as_str(), p.rank.unwrap().rank.name)).collect();
    assert_eq!(ranks, [("Lê Bá Tú", "Thiếu tướng"), ("Vũ Lợi", "Thiếu tướng")]);
    assert!(found.people.iter().all(|person| person.past_ranks.first().unwrap().rank.name == "Đại tá"));
    assert_eq!(found.events.iter().filter(|event| event.kind == CareerEventKind::Promoted).count(), 2);
    let proposed = people("Thượng úy Lê Văn Ký được đề nghị thăng quân hàm Đại úy.");
    assert_eq!(proposed, ["Thượng úy | Lê Văn Ký"]);
    assert_eq!(people("Đại tá Hồ Nghĩa được thăng quân hàm Thiếu tướng."), ["Thiếu tướng | Hồ Nghĩa"]);
}

#[test]
fn appointments_tell_the_old_post_from_the_new() {
    let found = read("Bổ nhiệm Thiếu tướng Lê Đăng Hải, Phó Tư lệnh Quân khu 6, giữ chức Tư lệnh Quân khu 6.");
    let event = found.events.iter().find(|event| event.kind == CareerEventKind::Appointed).unwrap();
    assert_eq!(
        (event.from.as_deref(), event.to.as_deref()),
        (Some("Phó Tư lệnh Quân khu 6"), Some("Tư lệnh Quân khu 6"))
    );
    assert_eq!(found.people.first().unwrap().posts.len(), 2);
    let taken = people("Thiếu tướng Lê Đăng Hải, Phó Tư lệnh Quân khu 6 được giao phụ trách Tư lệnh Quân khu 6.");
    assert_eq!(taken, ["Thiếu tướng | Lê Đăng Hải | Phó Tư lệnh Quân khu 6"]);
    let both = read(
        "Bổ nhiệm Thiếu tướng Lê Đăng Hải, Phó Tư lệnh, Tham mưu trưởng Quân khu 6, giữ chức Tư lệnh Quân khu 6 thay \
         Trung tướng Vũ Ngà.",
    );
    assert_eq!(both.events[0].from.as_deref(), Some("Phó Tư lệnh, Tham mưu trưởng Quân khu 6"));
    let left = &both.events[1];
    assert_eq!((left.kind, left.from.as_deref()), (CareerEventKind::Ceased, Some("Tư lệnh Quân khu 6")));
    assert_eq!(both.people[left.person].name, "Vũ Ngà");
    let elected = read("Đại tá Vũ Ngà được bầu giữ chức Bí thư Đảng ủy Sư đoàn 8.");
    assert_eq!(elected.events.first().unwrap().kind, CareerEventKind::Elected);
    let left = read("Đại tá Vũ Ngà thôi giữ chức Sư đoàn trưởng Sư đoàn 8.");
    assert_eq!(left.events.first().unwrap().from.as_deref(), Some("Sư đoàn trưởng Sư đoàn 8"));
    assert_eq!(left.people.first().unwrap().posts.first().unwrap().state, crate::report::PostState::Leaving);
    let handed = read("Đại tá Vũ Ngà, Sư đoàn trưởng Sư đoàn 8 bàn giao chức vụ cho Thượng tá Lê Cả.").events;
    let ways: Vec<_> = handed.iter().map(|event| (event.person, event.from.is_some(), event.to.is_some())).collect();
    assert_eq!(ways, [(0, true, false), (1, false, true)]);
    let retired = read("Trung tướng Mai Lực, Tư lệnh Quân khu 8 nghỉ hưu từ tháng 5.");
    assert_eq!(retired.events.first().unwrap().kind, CareerEventKind::Retired);
}

#[test]
fn roles_are_told_before_and_after_the_name() {
    let roles = |text: &str| -> Vec<Vec<&'static str>> {
        read(text).people.iter().map(|person| person.roles.iter().map(|role| role.verb).collect()).collect()
    };
    assert_eq!(roles("Thiếu tướng Vũ Kha, Chính ủy Quân khu 6 dự và phát biểu chỉ đạo."), [["dự", "phát biểu"]]);
    assert_eq!(roles("Phát biểu kết luận hội nghị, Thiếu tướng Vũ Kha yêu cầu làm tốt."), [["phát biểu", "yêu cầu"]]);
    assert_eq!(roles("Trung tá Vũ Kha, Trưởng ban Quân nhu giới thiệu dự án tủ thuốc."), [[""; 0]]);
    assert_eq!(roles("Trung tá Vũ Kha, Trưởng ban Quân nhu nêu dự kiến kế hoạch."), [[""; 0]]);
    assert_eq!(roles("Dự hội nghị có Đại tá Lê Tá; Đại tá Lê Tứ."), [["dự"], ["dự"]]);
    assert_eq!(roles("Hội nghị do Đại tá Lê Tá chủ trì."), [["chủ trì"]]);
    assert_eq!(roles("Đại tá Lê Tá và Đại tá Lê Tứ đồng chủ trì hội nghị."), [["đồng chủ trì"], ["đồng chủ trì"]]);
    assert_eq!(
        roles("Đại tá Lê Tá, Chính ủy; Đại tá Lê Tứ, Lữ đoàn trưởng Lữ đoàn 8 đồng chủ trì, phát biểu."),
        [vec!["đồng chủ trì"], vec!["đồng chủ trì", "phát biểu"]]
    );
    assert_eq!(roles("Đại tá Lê Tá cùng Đại tá Lê Tứ dự lễ."), [["dự"], ["dự"]]);
    assert_eq!(roles("Dự hội nghị có Đại tá Lê Tá; Đại tá Lê Tứ chủ trì."), [vec!["dự"], vec!["dự", "chủ trì"]]);
    assert_eq!(roles("Dưới sự chủ trì của Đại tá Lê Tá, hội nghị bế mạc."), [["chủ trì"]]);
    assert_eq!(roles("Hội nghị nghe tham luận của Đại tá Lê Tá."), [["tham luận"]]);
    assert_eq!(roles("Tham luận “Giữ vững nền nếp chính quy”, Đại tá Lê Tá nêu ba kinh nghiệm."), [["tham luận"]]);
    assert_eq!(roles("Báo cáo sơ kết do Đại tá Lê Tá trình bày."), [["báo cáo", "trình bày"]]);
    assert_eq!(
        roles("Thiếu tướng Vũ Kha trao quyết định cho Đại tá Lê Tá và Đại tá Lê Tứ."),
        [["trao"], ["nhận"], ["nhận"]]
    );
    assert_eq!(roles("Trao Bằng khen cho các đồng chí: Đại tá Lê Tá; Đại tá Lê Tứ."), [["nhận"], ["nhận"]]);
    assert_eq!(roles("Đại tá Lê Tá được tặng Bằng khen."), [["nhận"]]);
    assert_eq!(roles("Đại tá Lê Tá, Phó Giám đốc Trung tâm Dự báo, Bộ Quốc phòng trình bày."), [["trình bày"]]);
    assert_eq!(roles("Đại tá Lê Tá vinh dự được chúc mừng."), [[""; 0]]);
}

#[test]
fn facts_of_a_report() {
    let facts = read(
        "Chiều 26-12, Tổng cục Khí hậu tổ chức Hội nghị tổng kết năm 2022. Đại tá Lê Tá chủ \
        trì.\nDự có nhiều đại biểu.",
    )
    .facts;
    assert_eq!(facts.kind.name(), "tổng kết");
    assert_eq!(facts.period.unwrap().to_string(), "năm 2022");
    assert_eq!(facts.unit.as_deref(), Some("Tổng cục Khí hậu"));
    assert_eq!(facts.day.unwrap().to_string(), "2022-12-26");
    let next = read("Sáng 4/1, Quân khu 6 tổ chức hội nghị tổng kết công tác năm 2021.").facts;
    assert_eq!(next.day.unwrap().to_string(), "2022-01-04", "a year is reviewed when it is over");
    let headless = read(
        "Theo báo cáo, 6 tháng đầu năm 2024, các đơn vị làm tốt huấn luyện.\nTổ chức học tập, quán \
        triệt nghị quyết nghiêm túc.",
    )
    .facts;
    assert_eq!(headless.kind.name(), "sơ kết", "the first line tells, not what the units did");
    let opened = read("Hội nghị sơ kết công tác quý I\n\nSư đoàn 10 mở hội nghị.").facts;
    assert_eq!(opened.unit.as_deref(), Some("Sư đoàn 10"), "«Hội» of «Hội nghị» is no organisation");
    let none = read("Thực hiện Nghị quyết số 12-NQ/TW ngày 3-4-2020, kỷ niệm ngày 22-12, đơn vị thi đua.").facts;
    assert_eq!(none.day, None, "neither a document's day nor an anniversary is the event's");
}

#[test]
fn parts_of_a_year_are_read_in_figures_and_in_words() {
    for (text, marked, value) in [
        ("Kết quả sáu tháng đầu năm 2018 tốt.", "sáu tháng đầu năm 2018", Some("6 tháng đầu năm 2018")),
        ("Công tác 09 tháng năm 2021 tốt.", "09 tháng năm 2021", Some("9 tháng năm 2021")),
        ("Trong nửa đầu của năm 2018 có mưa.", "nửa đầu của năm 2018", Some("6 tháng đầu năm 2018")),
        ("Nhiệm vụ nửa cuối năm nay nặng.", "nửa cuối năm", None),
        ("Giao ban quý ba năm 2018 tại đơn vị.", "quý ba năm 2018", Some("quý III năm 2018")),
        ("Giao ban quý tư/2018 tại đơn vị.", "quý tư/2018", Some("quý IV năm 2018")),
        ("Giao ban quý II tại đơn vị.", "quý II", None),
        ("Chín tháng năm nay có mưa.", "Chín tháng năm", None),
    ] {
        let marks = read(text).marks;
        let dates = marks.iter().filter(|mark| mark.meaning == Meaning::Date);
        let dates: Vec<_> = dates.map(|mark| (mark.span.of(text), mark.value.as_deref())).collect();
        assert_eq!(dates, [(marked, value)], "{text}");
    }
    for text in
        ["Con cái yêu quý ba mẹ.", "Mưa trong nửa đầu tháng sau.", "Suốt chín tháng của anh.", "Nghỉ sáu tháng."]
    {
        assert!(read(text).marks.iter().all(|mark| mark.meaning != Meaning::Date), "{text}");
    }
}

#[test]
fn marks_mean_what_they_cover() {
    let text = "Ngày 5-6-2023, Tổng cục Dự trữ biển (DTB) công bố Quyết định số 12/QĐ-BQP cho 1.250 \
    người. Tổng cục có 27 vạn suất quà. DTB gửi UBND.";
    let found = read(text);
    let marked = |meaning: Meaning| -> Vec<(&str, Option<&str>)> {
        let marks = found.marks.iter().filter(|mark| mark.meaning == meaning);
        marks.map(|mark| (mark.span.of(text), mark.value.as_deref())).collect()
    };
    assert_eq!(marked(Meaning::Date), [("5-6-2023", Some("2023-06-05"))]);
    assert_eq!(marked(Meaning::Reference), [("Quyết định số 12/QĐ-BQP", None)]);
    assert_eq!(marked(Meaning::Figure), [("1.250 người", Some("1250")), ("27 vạn suất quà", Some("270000"))]);
    assert!(marked(Meaning::Unit).contains(&("Tổng cục", Some("Tổng cục Dự trữ biển"))), "{:?}", marked(Meaning::Unit));
    let mut end = 0;
    for mark in &found.marks {
        assert!(end <= mark.span.start, "marks never overlap");
        end = mark.span.end;
    }
}

#[test]
fn a_post_alone_leads_to_its_only_holder() {
    let text = "Đại tá Lê Tá, Chính ủy Lữ đoàn 8 chủ trì. Phát biểu, đồng chí Chính ủy yêu cầu làm tốt.";
    let found = read(text);
    let alone = found.marks.iter().find(|mark| mark.span.start > text.find("Phát").unwrap()).unwrap();
    assert_eq!((alone.span.of(text), alone.meaning, alone.person), ("Chính ủy", Meaning::Post, Some(0)));
    assert_eq!(found.people[0].mentions.len(), 1, "nobody is named there");
    let several = read(
        "Đại tá Lê Tá, Chính ủy Lữ đoàn 8 và Đại tá Hà Tứ, Chính ủy Lữ đoàn 9 dự. Phát biểu, đồng \
        chí Chính ủy yêu cầu.",
    );
    let last = several.marks.last().unwrap();
    assert_eq!((last.meaning, last.person), (Meaning::Post, None), "which of the two is not said");
    let before = read("Thiếu tướng Lê Tá dự. Đồng chí Tư lệnh, Trung tướng Hà Tứ chủ trì.");
    assert_eq!(before.people.iter().map(|person| person.posts.len()).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn a_longer_word_around_the_head_of_a_post_is_no_post() {
    let posts = |text: &str| -> Vec<String> {
        let marks = read(text).marks.into_iter().filter(|mark| mark.meaning == Meaning::Post);
        marks.map(|mark| mark.span.of(text).to_owned()).collect()
    };
    for text in [
        "Ba chi bộ có cấp ủy viên phụ trách đơn vị.",
        "Các cấp uỷ viên đều nắm chắc cơ sở.",
        "Các ban chỉ huy quân sự xã được kiện toàn.",
        "Bộ chỉ huy quân sự tỉnh và sở chỉ huy tiền phương hiệp đồng chặt chẽ.",
    ] {
        assert!(posts(text).is_empty(), "{text}: {:?}", posts(text));
    }
    assert_eq!(posts("Đại biểu là ủy viên ban thường vụ."), ["ủy viên ban thường vụ"]);
}

#[test]
fn without_marks_the_same_people_and_facts_are_found() {
    let text =
        "Ngày 5-6-2023, Đại tá Lê Tá, Chính ủy Lữ đoàn 8 (LĐ8) chủ trì. Phát biểu, đồng chí Chính ủy yêu cầu làm tốt.";
    let paragraphs = vec![Paragraph { kind: ParagraphKind::Body, span: Span::new(0, text.len()) }];
    let draft = Draft { text: text.to_owned(), paragraphs, ..Draft::default() };
    let whole = extract(&draft);
    assert!(!whole.marks.is_empty() && !whole.people.is_empty());
    assert_eq!(people_and_facts(&draft), Extraction { marks: Vec::new(), ..whole });
}

#[test]
fn the_text_s_own_abbreviations_go_before_the_tables() {
    let meaning = |text: &str, word: &str| -> Option<String> {
        let at = text.rfind(word).unwrap();
        read(text).marks.iter().find(|mark| mark.span.start == at).and_then(|mark| mark.value.clone())
    };
    let own = "Tổng cục Khí tài (TCKT) họp. Các đơn vị của TCKT dự.";
    assert_eq!(meaning(own, "TCKT").as_deref(), Some("Tổng cục Khí tài"));
    assert_eq!(meaning("Các đơn vị của TCKT dự.", "TCKT").as_deref(), Some("Tổng cục Kỹ thuật"));
    assert_eq!(meaning("TKTT (tổ kiểm tra tàu) làm tốt. TKTT về bến.", "TKTT").as_deref(), Some("tổ kiểm tra tàu"));
    assert!(meaning("Công tác CNQP được quan tâm.", "CNQP").unwrap().contains(" | "), "several meanings are told");
}

#[test]
fn nothing_found_is_outside_the_text() {
    for text in
        ["", "\n", "(", "Thiếu tướng", "Thiếu tướng Nguyễn", ", ,", "1-", "Nguyễn Văn A, Phó", "“Đ/c”…", "A.\nB"]
    {
        let found = read(text);
        assert!(found.marks.iter().all(|mark| mark.span.end <= text.len()), "{text}");
    }
}

#[test]
fn a_units_number_counts_nothing_and_a_conference_is_no_society() {
    let text = "Sáng 3-4, Quân khu 10 tổ chức Hội nghị. Tại Sư đoàn 9 người nào cũng vui. Có 12 tổ chức dự.";
    let found = read(text);
    let marked = |meaning: Meaning| -> Vec<&str> {
        found.marks.iter().filter(|mark| mark.meaning == meaning).map(|mark| mark.span.of(text)).collect()
    };
    assert_eq!(marked(Meaning::Figure), ["12 tổ chức"]);
    assert_eq!(marked(Meaning::Unit), ["Quân khu 10", "Sư đoàn 9"]);
}

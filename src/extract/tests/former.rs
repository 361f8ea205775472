//! Ranks and posts that a text tells of the past, denies, or ends: each row is a sentence and what is held now, before
//! and no more, one cell a person (`name | rank | posts`); `~` marks what is not held now.

use super::{people_are, read};
use crate::report::{Person, PostState};

/// One line for a person: former ranks and posts have a `~`.
fn line(person: &Person) -> String {
    let rank = person.rank.iter().map(|said| said.rank.name.to_owned());
    let past = person.past_ranks.iter().map(|said| format!("~{}", said.rank.name));
    let posts = person.posts.iter().map(|post| {
        let held = matches!(post.state, PostState::Holds | PostState::Acting | PostState::Entering);
        format!("{}{}", if held { "" } else { "~" }, post.text)
    });
    let all: Vec<String> = rank.chain(past).chain(posts).collect();
    format!("{}: {}", person.name, all.join("; ")).trim_end_matches([':', ' ']).to_owned()
}

fn check(rows: &[(&str, &[&str])]) {
    people_are(rows, line);
}

#[test]
fn what_was_once_held_is_former_before_the_name_too() {
    check(&[
        (
            "Từng giữ chức Giám đốc Sở Y tế Bến Gỗ, ông Mã Văn Tiệp khẳng định điều đó.",
            &["Mã Văn Tiệp: ~Giám đốc Sở Y tế Bến Gỗ"],
        ),
        (
            "Trước đây là Bí thư Huyện ủy Sông Gấm, bà Lò Thị Hậu nay kinh doanh.",
            &["Lò Thị Hậu: ~Bí thư Huyện ủy Sông Gấm"],
        ),
        ("Từng là trung tá, ông Mã Văn Tiệp hiểu rõ nghề.", &["Mã Văn Tiệp: ~Trung tá"]),
        ("Ông Mã Văn Tiệp, người từng là trung tá, trả lời báo chí.", &["Mã Văn Tiệp: ~Trung tá"]),
        ("Ông Mã Văn Tiệp từng là đại tá.", &["Mã Văn Tiệp: ~Đại tá"]),
        ("Ông Mã Văn Tiệp, người từng giữ chức Bộ trưởng Bộ Y tế, trả lời.", &["Mã Văn Tiệp: ~Bộ trưởng Bộ Y tế"]),
        ("Ông Tăng Bá Hiển từng là Bộ trưởng Bộ Y tế.", &["Tăng Bá Hiển: ~Bộ trưởng Bộ Y tế"]),
        // The rank or post directly before the name is a present one.
        (
            "Từng là Phó Tư lệnh Quân khu 10, Trung tướng Mã Văn Tiệp kể lại.",
            &["Mã Văn Tiệp: Trung tướng; ~Phó Tư lệnh Quân khu 10"],
        ),
        ("Trung tá Mã Văn Tiệp trả lời báo chí.", &["Mã Văn Tiệp: Trung tá"]),
    ]);
}

#[test]
fn a_chain_told_of_the_past_is_former() {
    check(&[
        (
            "Ông Mã Văn Tiệp, nguyên Bí thư Đảng ủy, Tổng cục trưởng, Thủ trưởng Cơ quan Thanh tra, có mặt.",
            &["Mã Văn Tiệp: ~nguyên Bí thư Đảng ủy; ~Tổng cục trưởng; ~Thủ trưởng Cơ quan Thanh tra"],
        ),
        (
            "Ông Mã Văn Tiệp, nguyên Chủ tịch HĐQT kiêm Giám đốc Công ty Cổ phần Sông Gấm, có mặt.",
            &["Mã Văn Tiệp: ~nguyên Chủ tịch HĐQT; ~Giám đốc Công ty Cổ phần Sông Gấm"],
        ),
        (
            "Ông Mã Văn Tiệp, nguyên Phó Chủ tịch, kiêm Trưởng ban Pháp chế Hội Nông dân tỉnh, có mặt.",
            &["Mã Văn Tiệp: ~nguyên Phó Chủ tịch; ~Trưởng ban Pháp chế Hội Nông dân tỉnh"],
        ),
        (
            "Ông Mã Văn Tiệp, nguyên Bí thư Huyện ủy Sông Gấm, Chủ tịch Hội Khuyến học tỉnh Bến Gỗ, có mặt.",
            &["Mã Văn Tiệp: ~nguyên Bí thư Huyện ủy Sông Gấm; Chủ tịch Hội Khuyến học tỉnh Bến Gỗ"],
        ),
        (
            "Ông Mã Văn Tiệp, lúc đó là trung tướng, Thủ trưởng Cơ quan Thanh tra, đề xuất.",
            &["Mã Văn Tiệp: ~Trung tướng; ~Thủ trưởng Cơ quan Thanh tra"],
        ),
        (
            "Ông Mã Văn Tiệp, từng là Giám đốc Sở Y tế, nay là Chủ tịch Hội Khuyến học, có mặt.",
            &["Mã Văn Tiệp: ~Giám đốc Sở Y tế; Chủ tịch Hội Khuyến học"],
        ),
        (
            "Ông Mã Văn Tiệp (trước đây là Phó phòng Cảnh sát giao thông Bến Gỗ, hiện đã chuyển sang làm Đội trưởng \
             Đội Tuần tra) có mặt.",
            &["Mã Văn Tiệp: ~Phó phòng Cảnh sát giao thông Bến Gỗ; Đội trưởng Đội Tuần tra"],
        ),
        ("Từ năm 2009-2016, ông Mã Văn Tiệp là Giám đốc Sở Y tế Bến Gỗ.", &["Mã Văn Tiệp: ~Giám đốc Sở Y tế Bến Gỗ"]),
        (
            "Giai đoạn 2009 đến 2016, bà Lò Thị Hậu là Giám đốc Sở Y tế Bến Gỗ.",
            &["Lò Thị Hậu: ~Giám đốc Sở Y tế Bến Gỗ"],
        ),
        ("Ngày 5-6, ông Mã Văn Tiệp là Giám đốc Sở Y tế Bến Gỗ.", &["Mã Văn Tiệp: Giám đốc Sở Y tế Bến Gỗ"]),
    ]);
}

#[test]
fn a_former_rank_reaches_the_post_behind_it() {
    check(&[
        (
            "Nguyên thiếu tướng, cục trưởng Cục Hậu cần Mã Văn Tiệp hầu tòa.",
            &["Mã Văn Tiệp: ~Thiếu tướng; ~cục trưởng Cục Hậu cần"],
        ),
        (
            "Ông Mã Văn Tiệp, cựu trung tướng - tổng cục trưởng Tổng cục Hậu cần, hầu tòa.",
            &["Mã Văn Tiệp: ~Trung tướng; ~tổng cục trưởng Tổng cục Hậu cần"],
        ),
        (
            "Tòa xét hỏi Mã Văn Tiệp (cựu Trung tá, trưởng phòng Hậu cần) và Lò Thị Hậu (cựu Đại úy).",
            &["Mã Văn Tiệp: ~Trung tá; ~trưởng phòng Hậu cần", "Lò Thị Hậu: ~Đại úy"],
        ),
        ("Cựu đại tá, Giám đốc Mã Văn Tiệp khai nhận.", &["Mã Văn Tiệp: ~Đại tá; ~Giám đốc"]),
        // What comes behind the name, behind `nay là` or in a firm is held now.
        (
            "Cựu đại tá Mã Văn Tiệp, Chủ tịch UBND huyện Sông Gấm, có mặt.",
            &["Mã Văn Tiệp: ~Đại tá; Chủ tịch UBND huyện Sông Gấm"],
        ),
        (
            "Ông Mã Văn Tiệp, cựu đại tá, nay là Bí thư Huyện ủy Sông Gấm, có mặt.",
            &["Mã Văn Tiệp: ~Đại tá; Bí thư Huyện ủy Sông Gấm"],
        ),
        (
            "Ông Mã Văn Tiệp, cựu đại tá, Giám đốc Công ty Hải Âu, có mặt.",
            &["Mã Văn Tiệp: ~Đại tá; Giám đốc Công ty Hải Âu"],
        ),
        ("Đại tá, Giám đốc Sở Y tế Mã Văn Tiệp có mặt.", &["Mã Văn Tiệp: Đại tá; Giám đốc Sở Y tế"]),
    ]);
}

#[test]
fn a_former_rank_behind_the_name_is_former_in_every_form() {
    check(&[
        (
            "Bị cáo Lò Văn Chức (58 tuổi, nguyên Thượng tá, Phó phòng Hậu cần Công an tỉnh Bến Gỗ) khai nhận.",
            &["Lò Văn Chức: ~Thượng tá; ~Phó phòng Hậu cần Công an tỉnh Bến Gỗ"],
        ),
        (
            "Bị can Lò Văn Chức (sinh năm 1960, trú tại xã Bến Gỗ, nguyên Đại tá, Trưởng phòng Tham mưu) bị bắt.",
            &["Lò Văn Chức: ~Đại tá; ~Trưởng phòng Tham mưu"],
        ),
        ("Lò Văn Chức (SN 1962, nguyên Thiếu tá) bị khởi tố.", &["Lò Văn Chức: ~Thiếu tá"]),
        (
            "Ông Lò Văn Chức, nguyên thiếu tướng, cục trưởng Cục Hậu cần, hầu tòa.",
            &["Lò Văn Chức: ~Thiếu tướng; ~cục trưởng Cục Hậu cần"],
        ),
        ("Ông Lò Văn Chức là cựu Trung tá công an.", &["Lò Văn Chức: ~Trung tá"]),
        (
            "Lò Văn Chức - nguyên Thượng tá - nguyên Phó phòng Hậu cần khai nhận.",
            &["Lò Văn Chức: ~Thượng tá; ~nguyên Phó phòng Hậu cần"],
        ),
        // A rank that is held, with the same items before it.
        (
            "Ông Lò Văn Chức (58 tuổi, Phó phòng Hậu cần Công an tỉnh Bến Gỗ) khai nhận.",
            &["Lò Văn Chức: Phó phòng Hậu cần Công an tỉnh Bến Gỗ"],
        ),
        (
            "Thượng tá Lò Văn Chức, nguyên Phó phòng Hậu cần, có mặt.",
            &["Lò Văn Chức: Thượng tá; ~nguyên Phó phòng Hậu cần"],
        ),
    ]);
}

#[test]
fn a_post_of_another_time_in_the_same_sentence_is_former() {
    check(&[
        (
            "Trong năm 2014, 2015, với cương vị là Hiệu trưởng, bà Lò Thị Hậu đã ký khống hồ sơ.",
            &["Lò Thị Hậu: ~Hiệu trưởng"],
        ),
        (
            "Năm 2013, với cương vị Giám đốc Sở Y tế, ông Lò Văn Chức đã ký hợp đồng.",
            &["Lò Văn Chức: ~Giám đốc Sở Y tế"],
        ),
        ("Từ năm 2009 đến 2012, trên cương vị Chánh án, ông Lò Văn Chức xử nhiều vụ.", &["Lò Văn Chức: ~Chánh án"]),
        (
            "Lúc còn làm Trưởng phòng Hậu cần, trung tá Lò Văn Chức đã nhận tiền.",
            &["Lò Văn Chức: Trung tá; ~Trưởng phòng Hậu cần"],
        ),
        (
            "Trong thời gian giữ chức Giám đốc Sở Y tế, ông Lò Văn Chức đã ký nhiều văn bản.",
            &["Lò Văn Chức: ~Giám đốc Sở Y tế"],
        ),
        (
            "Trước khi làm Phó Chủ tịch UBND tỉnh Bến Gỗ, ông Lò Văn Chức là Giám đốc Sở Y tế.",
            &["Lò Văn Chức: Phó Chủ tịch UBND tỉnh Bến Gỗ; ~Giám đốc Sở Y tế"],
        ),
        (
            "Trước khi về giữ chức trưởng Công an huyện Sông Gấm, ông Lò Văn Chức là phó trưởng Công an huyện Bến Gỗ.",
            &["Lò Văn Chức: trưởng Công an huyện Sông Gấm; ~phó trưởng Công an huyện Bến Gỗ"],
        ),
        ("Ông Lò Văn Chức, Giám đốc Sở Y tế giai đoạn 2009-2014, bị khởi tố.", &["Lò Văn Chức: ~Giám đốc Sở Y tế"]),
        ("Ông Lò Văn Chức giữ chức Giám đốc Sở Y tế từ năm 2009 đến năm 2014.", &["Lò Văn Chức: ~Giám đốc Sở Y tế"]),
        (
            "Người tiền nhiệm của ông Tiệp, Chủ tịch UBND tỉnh Lò Văn Chức, có mặt.",
            &["Tiệp", "Lò Văn Chức: ~Chủ tịch UBND tỉnh"],
        ),
        ("Ông thay người tiền nhiệm là Bộ trưởng Lò Văn Chức.", &["Lò Văn Chức: ~Bộ trưởng"]),
        // Held at the time of the report.
        ("Với cương vị Giám đốc Sở Y tế, ông Lò Văn Chức đã ký hợp đồng.", &["Lò Văn Chức: Giám đốc Sở Y tế"]),
        ("Ông Lò Văn Chức giữ chức Giám đốc Sở Y tế từ năm 2014 đến nay.", &["Lò Văn Chức: Giám đốc Sở Y tế"]),
        (
            "Ông Lò Văn Chức, Chủ tịch HĐND huyện nhiệm kỳ 2016-2021, tiếp dân.",
            &["Lò Văn Chức: Chủ tịch HĐND huyện nhiệm kỳ 2016-2021"],
        ),
    ]);
}

#[test]
fn words_of_a_fall_end_the_office() {
    for text in [
        "Vụ việc khiến Chủ tịch UBND tỉnh Bến Gỗ Lò Văn Chức phải từ chức.",
        "Bê bối khiến Bộ trưởng Lò Văn Chức từ nhiệm.",
        "Phó Chủ tịch Quân ủy Lò Văn Chức \"ngã ngựa\" trong chiến dịch chống tham nhũng.",
        "Tháng trước, Bộ trưởng Lò Văn Chức rời khỏi cương vị.",
        "Tổng thống Lò Văn Chức bị phế truất.",
    ] {
        let found = read(text);
        let ended = found.events.iter().any(|event| event.kind == crate::report::CareerEventKind::Ceased);
        assert!(ended, "{text}: {found:#?}");
    }
}

#[test]
fn the_dead_are_known_by_the_words_before_their_rank() {
    for (text, late) in [
        ("Động vật lạc vào vườn nhà cố Đại tướng Mã Văn Tiệp.", true),
        ("Đoàn dâng hương tại mộ Đại tướng Mã Văn Tiệp.", true),
        ("Đoàn đặt hoa trước phần mộ của Trung tướng Mã Văn Tiệp.", true),
        ("Gia đình cố Bí thư Thành ủy Mã Văn Tiệp có mặt.", true),
        ("Ngày giỗ Thiếu tướng Mã Văn Tiệp có đông người.", true),
        ("Cạnh mộ mẹ, Thiếu tướng Mã Văn Tiệp trồng một cây.", false),
        ("Đúng dịp 128 năm Ngày sinh Chủ tịch Mã Văn Tiệp, trường khai giảng.", true),
        ("Học sinh thực hiện di chúc của Chủ tịch Mã Văn Tiệp.", true),
        ("Đúng dịp 70 năm Ngày sinh Chủ tịch Mã Văn Tiệp, trường khai giảng.", false),
        ("Cố vấn Mã Văn Tiệp phát biểu.", false),
        ("Thiếu tướng Mã Văn Tiệp dâng hương tại mộ.", false),
    ] {
        let found = read(text);
        assert_eq!(found.people.first().map(|person| person.late), Some(late), "{text}: {found:#?}");
    }
}

#[test]
fn a_denied_post_is_none() {
    check(&[
        (
            "Là người duy nhất không phải là Ủy viên Trung ương Đảng - Bộ trưởng Mã Văn Tiệp nói.",
            &["Mã Văn Tiệp: Bộ trưởng"],
        ),
        ("Không còn là Chủ tịch UBND huyện Sông Gấm, ông Mã Văn Tiệp về quê.", &["Mã Văn Tiệp"]),
        ("Chưa phải là Bí thư Huyện ủy, bà Lò Thị Hậu vẫn chủ trì.", &["Lò Thị Hậu"]),
        ("Ông Mã Văn Tiệp không còn là Chủ tịch UBND huyện Sông Gấm.", &["Mã Văn Tiệp"]),
        ("Ông Mã Văn Tiệp chưa phải là Chủ tịch UBND huyện Sông Gấm.", &["Mã Văn Tiệp"]),
        // Somebody else is denied, and this person's post is not.
        ("Người ký không phải là Bộ trưởng Mã Văn Tiệp.", &["Mã Văn Tiệp: Bộ trưởng"]),
        (
            "Là Ủy viên Trung ương Đảng - Bộ trưởng Mã Văn Tiệp nói.",
            &["Mã Văn Tiệp: Ủy viên Trung ương Đảng; Bộ trưởng"],
        ),
    ]);
}

#[test]
fn an_end_of_office_is_that_of_all_whom_it_names() {
    check(&[
        (
            "Hội nghị quyết định cách chức Bí thư Thành ủy Bến Gỗ của ông Mã Văn Tiệp.",
            &["Mã Văn Tiệp: ~Bí thư Thành ủy Bến Gỗ"],
        ),
        (
            "HĐND tỉnh miễn nhiệm chức Phó Chủ tịch UBND tỉnh đối với các ông Mã Văn Tiệp, Tăng Bá Hiển.",
            &["Mã Văn Tiệp: ~Phó Chủ tịch UBND tỉnh", "Tăng Bá Hiển: ~Phó Chủ tịch UBND tỉnh"],
        ),
        (
            "Hai cựu thứ trưởng Mã Văn Tiệp và Tăng Bá Hiển bị truy tố.",
            &["Mã Văn Tiệp: ~cựu thứ trưởng", "Tăng Bá Hiển: ~cựu thứ trưởng"],
        ),
        (
            "Ông Tăng Bá Hiển bị cảnh cáo, ông Mã Văn Tiệp bị giáng cấp từ Trung tướng xuống Đại tá.",
            &["Tăng Bá Hiển", "Mã Văn Tiệp: Đại tá; ~Trung tướng"],
        ),
        // What is still to come ends nothing.
        (
            "Ông Mã Văn Tiệp, Chủ tịch UBND tỉnh, sẽ được miễn nhiệm chức Chủ tịch UBND tỉnh.",
            &["Mã Văn Tiệp: Chủ tịch UBND tỉnh"],
        ),
        (
            "HĐND sẽ miễn nhiệm Trưởng ban Đô thị với ông Mã Văn Tiệp; miễn nhiệm Giám đốc Sở Y tế với bà Lò Thị Hậu.",
            &["Mã Văn Tiệp", "Lò Thị Hậu"],
        ),
        (
            "Kỳ họp dự kiến miễn nhiệm Giám đốc Sở Y tế với ông Mã Văn Tiệp và bãi nhiệm Bí thư xã với bà Lò Thị Hậu.",
            &["Mã Văn Tiệp", "Lò Thị Hậu"],
        ),
        (
            "HĐND miễn nhiệm Trưởng ban Đô thị với ông Mã Văn Tiệp; miễn nhiệm Giám đốc Sở Y tế với bà Lò Thị Hậu.",
            &["Mã Văn Tiệp: ~Trưởng ban Đô thị", "Lò Thị Hậu: ~Giám đốc Sở Y tế"],
        ),
    ]);
}

/// The names of those of whom a text tells that they hand over an office.
fn handing_over(text: &str) -> Vec<String> {
    let found = read(text);
    let left = found.events.iter().filter(|event| event.kind == crate::report::CareerEventKind::HandedOver);
    left.filter_map(|event| found.people.get(event.person)).map(|person| person.name.clone()).collect()
}

#[test]
fn who_hands_over_a_suspect_keeps_the_office() {
    for text in [
        "Trung tá Mã Văn Tiệp, Trưởng Công an huyện Sông Gấm, bắt giữ và bàn giao nghi phạm cho Công an tỉnh.",
        "Đội bắt nghi phạm và bàn giao cho Phòng Cảnh sát ma túy điều tra theo thẩm quyền - trung tá Mã Văn Tiệp nói.",
        "Đại úy Mã Văn Tiệp, Đồn trưởng Đồn Biên phòng Bến Gỗ, đã bàn giao tang vật cho hải quan.",
    ] {
        assert_eq!(handing_over(text), Vec::<String>::new(), "{text}");
    }
    for text in [
        "Đại tá Mã Văn Tiệp, Chính ủy Sư đoàn 9, bàn giao chức vụ cho người kế nhiệm.",
        "Đại tá Mã Văn Tiệp bàn giao công việc Chính ủy Sư đoàn 9 cho người kế nhiệm.",
    ] {
        assert_eq!(handing_over(text), ["Mã Văn Tiệp"], "{text}");
    }
}

/// The kinds of the events of a text, each with the name of the person.
fn events_of(text: &str) -> Vec<(crate::report::CareerEventKind, String)> {
    let found = read(text);
    let named =
        found.events.iter().filter_map(|event| Some((event.kind, found.people.get(event.person)?.name.clone())));
    named.collect()
}

#[test]
fn what_is_withdrawn_has_not_happened() {
    for text in [
        "Tỉnh thu hồi quyết định nghỉ hưu đối với ông Mã Văn Tiệp, Giám đốc Sở Nội vụ.",
        "Ông Mã Văn Tiệp, Giám đốc Sở Nội vụ, xin rút đơn từ chức.",
        "Bà Lò Thị Hậu, Giám đốc Sở Y tế, đã rút lại đơn xin nghỉ hưu.",
        "UBND tỉnh hủy quyết định miễn nhiệm đối với bà Lò Thị Hậu, Giám đốc Sở Y tế.",
        "Quốc hội bác đơn từ chức của Bộ trưởng Quốc phòng Paul Green.",
    ] {
        assert_eq!(events_of(text), [], "{text}");
    }
    assert_eq!(events_of("Ông Mã Văn Tiệp, Giám đốc Sở Nội vụ, nộp đơn từ chức.").len(), 1);
}

#[test]
fn a_condition_is_no_event() {
    for text in [
        "Bí thư Huyện ủy Mã Văn Tiệp hứa nếu trúng cử đại biểu Quốc hội sẽ gần dân hơn.",
        "Ông Mã Văn Tiệp, Giám đốc Sở Nội vụ, nói nếu được bổ nhiệm Phó Chủ tịch UBND tỉnh sẽ làm tiếp.",
        "Trong trường hợp được bầu làm Chủ tịch Hội, bà Lò Thị Hậu sẽ rời sở.",
    ] {
        assert_eq!(events_of(text), [], "{text}");
        let posts: Vec<String> =
            read(text).people.iter().flat_map(|one| &one.posts).map(|one| one.text.clone()).collect();
        let held = ["Bí thư Huyện ủy", "Giám đốc Sở Nội vụ"];
        assert!(posts.iter().all(|post| held.contains(&post.as_str())), "{text}: {posts:?}");
    }
    // Told in brackets of somebody else.
    let bracketed = "Park nhận tiền (khi đắc cử tổng thống) cho ông Lee Kun-ho, chủ tịch tập đoàn Sao.";
    assert_eq!(events_of(bracketed), []);
    let elected = "Nếu không có gì thay đổi, lễ sẽ diễn ra. Ông Mã Văn Tiệp trúng cử đại biểu Quốc hội.";
    assert_eq!(events_of(elected).len(), 1);
}

#[test]
fn who_receives_an_office_takes_it_over() {
    use crate::report::CareerEventKind::{Appointed, Ceased};
    let (giver, taker) = ("Tăng Bá Hiển".to_owned(), "Mã Văn Tiệp".to_owned());
    for text in [
        "Đại tá Mã Văn Tiệp nhận bàn giao chức vụ Chính ủy Sư đoàn 9 từ Đại tá Tăng Bá Hiển.",
        "Đại tá Tăng Bá Hiển bàn giao chức vụ Chính ủy Sư đoàn 9 cho Đại tá Mã Văn Tiệp.",
    ] {
        let mut told = events_of(text);
        told.sort_by_key(|event| event.1.clone());
        assert_eq!(told, [(Appointed, taker.clone()), (Ceased, giver.clone())], "{text}");
    }
    check(&[(
        "Đại tá Mã Văn Tiệp nhận bàn giao chức vụ Chính ủy Sư đoàn 9 từ Đại tá Tăng Bá Hiển.",
        &["Mã Văn Tiệp: Đại tá; Chính ủy Sư đoàn 9", "Tăng Bá Hiển: Đại tá; ~Chính ủy Sư đoàn 9"],
    )]);
    assert_eq!(events_of("Đại úy Mã Văn Tiệp, Đồn trưởng Đồn Bến Gỗ, nhận bàn giao nghi phạm từ hải quan."), []);
}

#[test]
fn years_with_either_word_between_them_are_over() {
    check(&[
        (
            "Ông Mã Văn Tiệp, Giám đốc Sở Y tế Bến Gỗ từ năm 1996 tới 2007, kể lại.",
            &["Mã Văn Tiệp: ~Giám đốc Sở Y tế Bến Gỗ"],
        ),
        (
            "Ông Mã Văn Tiệp, Giám đốc Sở Y tế Bến Gỗ từ tháng 5/1996 tới tháng 6/2007, kể lại.",
            &["Mã Văn Tiệp: ~Giám đốc Sở Y tế Bến Gỗ"],
        ),
    ]);
}

#[test]
fn a_post_of_that_time_is_former() {
    check(&[
        ("Bộ trưởng Bộ Y tế khi đó là ông Mã Văn Tiệp đã ký.", &["Mã Văn Tiệp: ~Bộ trưởng Bộ Y tế"]),
        (
            "Giám đốc Công an tỉnh Gia Lai lúc bấy giờ, Đại tá Mã Văn Tiệp, cho biết.",
            &["Mã Văn Tiệp: Đại tá; ~Giám đốc Công an tỉnh Gia Lai"],
        ),
        ("Chủ tịch UBND tỉnh Gia Lai lúc đó - ông Mã Văn Tiệp - đã ký.", &["Mã Văn Tiệp: ~Chủ tịch UBND tỉnh Gia Lai"]),
        ("Bà Lò Thị Hậu - Giám đốc Sở Y tế lúc bấy giờ - ký văn bản.", &["Lò Thị Hậu: ~Giám đốc Sở Y tế"]),
        ("Bà Lò Thị Hậu, Giám đốc Sở Y tế thời điểm đó, ký văn bản.", &["Lò Thị Hậu: ~Giám đốc Sở Y tế"]),
        // When something was done, and no end of the post.
        ("Bà Lò Thị Hậu, Giám đốc Sở Y tế lúc đó đã có mặt.", &["Lò Thị Hậu: Giám đốc Sở Y tế"]),
        ("Bà Lò Thị Hậu, Giám đốc Sở Y tế, lúc đó đang họp.", &["Lò Thị Hậu: Giám đốc Sở Y tế"]),
    ]);
}

#[test]
fn who_is_elected_may_keep_what_the_text_says_elsewhere() {
    let found =
        read("Ông Karim Salem đắc cử Tổng thống. Theo kết quả, ông Karim Salem, lãnh đạo Liên minh Falah, dẫn đầu.");
    assert!(found.events.iter().all(|event| event.from.is_none()), "{:?}", found.events);
    let found = read("Ông Mã Văn Tiệp, Phó Bí thư Huyện ủy Sông Mây, được bầu giữ chức Bí thư Huyện ủy Sông Mây.");
    assert!(found.events.iter().any(|event| event.from.is_some()), "{:?}", found.events);
}

#[test]
fn a_funeral_is_of_a_dead_person() {
    for text in [
        "Lễ tang Thiếu tướng Mã Văn Tiệp, Tư lệnh Binh đoàn 99, được tổ chức hôm qua.",
        "Lễ viếng đồng chí Mã Văn Tiệp diễn ra sáng nay.",
        "Lễ truy điệu Đại tá Mã Văn Tiệp.",
    ] {
        assert!(read(text).people.first().is_some_and(|person| person.late), "{text}");
    }
    assert!(read("Dự lễ viếng có Đại tá Mã Văn Tiệp.").people.iter().all(|person| !person.late));
}

/// The names of those of whom a text tells the death.
fn dead(text: &str) -> Vec<String> {
    let found = read(text);
    let died = found.events.iter().filter(|event| event.kind == crate::report::CareerEventKind::Died);
    died.filter_map(|event| found.people.get(event.person)).map(|person| person.name.clone()).collect()
}

#[test]
fn only_the_person_beside_the_verb_of_death_has_died() {
    for text in [
        "Đại tá Mã Văn Tiệp đã qua đời ngày 3-4-2018.",
        "Đại tá Mã Văn Tiệp (62 tuổi), hy sinh khi làm nhiệm vụ.",
        "Ông Mã Văn Tiệp mất năm 2011 tại quê nhà.",
        "Đồng chí Mã Văn Tiệp sinh năm 1950, nhập ngũ năm 1968, từ trần hồi 5 giờ ngày 3-4-2018.",
        "Thượng tướng Mã Văn Tiệp, Bí thư Đảng ủy Quân đoàn 9, đã về với đất mẹ.",
        "Đại tá Mã Văn Tiệp vừa trút hơi thở cuối cùng tại Bệnh viện 9.",
        "Thiếu tướng Mã Văn Tiệp (71 tuổi) đã ra đi mãi mãi.",
        "Thượng tá Mã Văn Tiệp đã tạ thế hồi 3 giờ.",
        "Trung úy Mã Văn Tiệp tử vong tại chỗ.",
    ] {
        assert_eq!(dead(text), ["Mã Văn Tiệp"], "{text}");
    }
    for text in [
        "Xe do tài xế Mã Văn Tiệp điều khiển bị mất lái.",
        "Thiếu tá Mã Văn Tiệp điều khiển máy bay thì bị mất liên lạc.",
        "Thiếu tá Mã Văn Tiệp mất tích từ chiều 3-4.",
        "Về chính sách cho những quân nhân hy sinh, Thiếu tướng Mã Văn Tiệp khẳng định sẽ làm tốt.",
        "Thiếu tướng Mã Văn Tiệp yêu cầu tìm kiếm người mất.",
        "Bị cáo Mã Văn Tiệp cho biết mẹ mới mất.",
    ] {
        assert!(dead(text).is_empty(), "{text}: {:?}", dead(text));
    }
}

#[test]
fn who_is_dismissed_leaves_and_who_dismisses_stays() {
    check(&[
        (
            "Tổng thống Cornell Park sa thải Bộ trưởng Quốc phòng Milton Hays.",
            &["Cornell Park: Tổng thống", "Milton Hays: ~Bộ trưởng Quốc phòng"],
        ),
        ("Quốc hội miễn nhiệm Bộ trưởng Bộ Y tế Lò Thị Hậu.", &["Lò Thị Hậu: ~Bộ trưởng Bộ Y tế"]),
        (
            "Thiếu tướng Mã Văn Tiệp, Tư lệnh Quân khu 10, hồi đầu tuần cách chức Trung đoàn trưởng Lò Văn Chức.",
            &["Mã Văn Tiệp: Thiếu tướng; Tư lệnh Quân khu 10", "Lò Văn Chức: ~Trung đoàn trưởng"],
        ),
        (
            "Chủ tịch UBND tỉnh Tăng Bá Hiển cách chức ông Mã Văn Tiệp, Giám đốc Sở Y tế, vào chiều qua.",
            &["Tăng Bá Hiển: Chủ tịch UBND tỉnh", "Mã Văn Tiệp: ~Giám đốc Sở Y tế"],
        ),
        (
            "Tổng thống Cornell Park dọa sa thải Bộ trưởng Quốc phòng Milton Hays.",
            &["Cornell Park: Tổng thống", "Milton Hays: Bộ trưởng Quốc phòng"],
        ),
    ]);
}

/// The names of those who leave a post in a text.
fn leaving(text: &str) -> Vec<String> {
    let found = read(text);
    let left = found.events.iter().filter(|event| event.kind == crate::report::CareerEventKind::Ceased);
    left.filter_map(|event| found.people.get(event.person)).map(|person| person.name.clone()).collect()
}

#[test]
fn the_agent_of_a_dismissal_leaves_nothing() {
    for (text, wanted) in [
        ("Bộ trưởng Quốc phòng Milton Hays bị Tổng thống Cornell Park sa thải.", &["Milton Hays"][..]),
        ("Ông Mã Văn Tiệp bị Chủ tịch UBND tỉnh Tăng Bá Hiển cách chức.", &["Mã Văn Tiệp"]),
        ("Giám đốc Sở Y tế Mã Văn Tiệp cách chức ba trưởng phòng.", &[]),
        ("Giám đốc Công ty Hải Âu Mã Văn Tiệp sa thải nhiều công nhân.", &[]),
        ("Tổng thống Cornell Park chưa sa thải Bộ trưởng Quốc phòng Milton Hays.", &[]),
        ("Giám đốc Sở Y tế Mã Văn Tiệp bị cách chức.", &["Mã Văn Tiệp"]),
        ("Giám đốc Công ty Hải Âu Mã Văn Tiệp bị sa thải.", &["Mã Văn Tiệp"]),
        ("Tổng thống Cornell Park sa thải Bộ trưởng Quốc phòng Milton Hays.", &["Milton Hays"]),
        ("Bà Lò Thị Hậu được Thủ tướng Tăng Bá Hiển miễn nhiệm.", &["Lò Thị Hậu"]),
        ("Bà Lò Thị Hậu được Thủ tướng Tăng Bá Hiển cho thôi giữ chức Giám đốc Sở Y tế Bến Gỗ.", &["Lò Thị Hậu"]),
        ("Bà Lò Thị Hậu được Thủ tướng Tăng Bá Hiển cho thôi giữ chức vụ Giám đốc Sở Y tế Bến Gỗ.", &["Lò Thị Hậu"]),
    ] {
        assert_eq!(leaving(text), wanted, "{text}");
    }
}

#[test]
fn who_is_appointed_by_somebody_takes_the_post() {
    check(&[(
        "Bà Lò Thị Hậu được Thủ tướng Tăng Bá Hiển bổ nhiệm giữ chức Giám đốc Sở Y tế.",
        &["Lò Thị Hậu: Giám đốc Sở Y tế", "Tăng Bá Hiển: Thủ tướng"],
    )]);
}

#[test]
fn years_with_months_end_a_post_too() {
    check(&[
        (
            "Bị cáo Mã Văn Tiệp là Giám đốc Công ty Hải Âu từ tháng 08/2008 đến tháng 05/2017.",
            &["Mã Văn Tiệp: ~Giám đốc Công ty Hải Âu"],
        ),
        ("Bà Lò Thị Hậu làm Giám đốc Sở Y tế Bến Gỗ từ năm 2008 đến 2015.", &["Lò Thị Hậu: ~Giám đốc Sở Y tế Bến Gỗ"]),
        (
            "Từ tháng 8 năm 2008 đến tháng 5 năm 2017, ông Mã Văn Tiệp là Giám đốc Sở Y tế Bến Gỗ.",
            &["Mã Văn Tiệp: ~Giám đốc Sở Y tế Bến Gỗ"],
        ),
        ("Ông Mã Văn Tiệp là Giám đốc Sở Y tế Bến Gỗ từ tháng 8/2008.", &["Mã Văn Tiệp: Giám đốc Sở Y tế Bến Gỗ"]),
    ]);
}

#[test]
fn who_is_put_forward_for_a_post_does_not_hold_it() {
    check(&[
        ("Ông Mã Văn Tiệp sẽ được giới thiệu giữ chức Tổng giám đốc Công ty Hải Âu.", &["Mã Văn Tiệp"]),
        ("Bà Lò Thị Hậu được đề cử giữ chức Giám đốc Sở Y tế Bến Gỗ.", &["Lò Thị Hậu"]),
        ("Ông Mã Văn Tiệp dự kiến đảm nhiệm chức vụ Giám đốc Sở Y tế Bến Gỗ.", &["Mã Văn Tiệp"]),
        ("Ông Mã Văn Tiệp được bổ nhiệm giữ chức Giám đốc Sở Y tế Bến Gỗ.", &["Mã Văn Tiệp: Giám đốc Sở Y tế Bến Gỗ"]),
    ]);
}

#[test]
fn a_post_held_together_with_a_former_one_is_former_before_the_name() {
    check(&[
        (
            "Tòa xét xử nguyên Chủ tịch HĐQT kiêm Tổng giám đốc Công ty Hải Âu Mã Văn Tiệp.",
            &["Mã Văn Tiệp: ~nguyên Chủ tịch HĐQT; ~Tổng giám đốc Công ty Hải Âu"],
        ),
        (
            "Cựu Phó Tư lệnh kiêm Tham mưu trưởng Quân khu 10 Mã Văn Tiệp kể lại.",
            &["Mã Văn Tiệp: ~Cựu Phó Tư lệnh; ~Tham mưu trưởng Quân khu 10"],
        ),
        (
            "Chủ tịch HĐQT kiêm Tổng giám đốc Công ty Hải Âu Mã Văn Tiệp nói.",
            &["Mã Văn Tiệp: Chủ tịch HĐQT; Tổng giám đốc Công ty Hải Âu"],
        ),
    ]);
}

#[test]
fn an_office_of_an_earlier_time_is_former() {
    check(&[
        (
            "Tại hai lần bỏ phiếu trước đây, trong vị trí Giám đốc Sở Y tế, bà Lò Thị Hậu dẫn đầu.",
            &["Lò Thị Hậu: ~Giám đốc Sở Y tế"],
        ),
        (
            "Trước kia, với tư cách Chủ tịch UBND huyện Sông Gấm, ông Mã Văn Tiệp đã ký.",
            &["Mã Văn Tiệp: ~Chủ tịch UBND huyện Sông Gấm"],
        ),
        (
            "Khi đó, trên cương vị Chính ủy Lữ đoàn 901, Đại tá Mã Văn Tiệp từ chối.",
            &["Mã Văn Tiệp: Đại tá; ~Chính ủy Lữ đoàn 901"],
        ),
        ("Trước đó, với tư cách Chủ tịch UBND xã, ông Mã Văn Tiệp đã đến.", &["Mã Văn Tiệp: Chủ tịch UBND xã"]),
    ]);
}

#[test]
fn who_has_fallen_is_dead_and_who_lost_a_relative_is_not() {
    for (text, dead) in [
        ("Lễ truy điệu liệt sĩ Mã Văn Tiệp diễn ra sáng nay.", true),
        ("Công an cho biết, liệt sĩ - trung úy Mã Văn Tiệp quê ở Bến Gỗ.", true),
        ("Đoàn thăm gia đình liệt sĩ, Đại úy Mã Văn Tiệp cũng đi cùng.", false),
        ("Hội Hỗ trợ gia đình liệt sĩ - Đại tá Mã Văn Tiệp trao quà.", false),
    ] {
        let found = read(text);
        assert_eq!(found.people.first().map(|person| person.late), Some(dead), "{text}: {found:#?}");
    }
    for text in [
        "Mẹ của Đại tá Mã Văn Tiệp mất khi ông còn nhỏ.",
        "Vợ của ông Mã Văn Tiệp qua đời năm 1990.",
        "Con trai ông Mã Văn Tiệp hy sinh năm 1972.",
    ] {
        assert_eq!(read(text).events, [], "{text}");
    }
    assert_eq!(read("Đại tá Mã Văn Tiệp qua đời năm 1990.").events.len(), 1);
}

#[test]
fn a_closed_time_of_office_ends_a_post_however_it_is_told() {
    check(&[
        (
            "Ông Mã Văn Tiệp, Giám đốc Sở Y tế (thời gian từ tháng 3/2012 đến tháng 8/2015), bị kỷ luật.",
            &["Mã Văn Tiệp: ~Giám đốc Sở Y tế"],
        ),
        (
            "Bà Lò Thị Hậu, Chủ tịch UBND huyện trong giai đoạn 2009-2014, bị cảnh cáo.",
            &["Lò Thị Hậu: ~Chủ tịch UBND huyện"],
        ),
        (
            "Ông Mã Văn Tiệp, Phó Giám đốc Ban Quản lý dự án thời kỳ 2007-2012, khai nhận.",
            &["Mã Văn Tiệp: ~Phó Giám đốc Ban Quản lý dự án"],
        ),
        ("Bà Lò Thị Hậu, Chủ tịch UBND huyện trong giai đoạn khó khăn, nói.", &["Lò Thị Hậu: Chủ tịch UBND huyện"]),
    ]);
}

#[test]
fn a_former_seat_is_left_together_with_the_office_behind_it() {
    check(&[
        (
            "Ông Mã Văn Tiệp, nguyên Bí thư Huyện ủy, Chủ tịch UBND huyện Sông Gấm, bị kỷ luật.",
            &["Mã Văn Tiệp: ~nguyên Bí thư Huyện ủy; ~Chủ tịch UBND huyện Sông Gấm"],
        ),
        (
            "Bà Lò Thị Hậu, nguyên Ủy viên Hội đồng quản trị, Tổng Giám đốc Tổng công ty Hải Âu, khai nhận.",
            &["Lò Thị Hậu: ~nguyên Ủy viên Hội đồng quản trị; ~Tổng Giám đốc Tổng công ty Hải Âu"],
        ),
        (
            "Nguyên Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Mã Văn Tiệp dự.",
            &["Mã Văn Tiệp: ~Nguyên Bí thư Tỉnh ủy; ~Chủ tịch UBND tỉnh"],
        ),
        // A society, or an office that is no seat, tells nothing of what follows.
        (
            "Ông Mã Văn Tiệp, nguyên Bí thư Huyện ủy Sông Gấm, Chủ tịch Hội Khuyến học tỉnh, có mặt.",
            &["Mã Văn Tiệp: ~nguyên Bí thư Huyện ủy Sông Gấm; Chủ tịch Hội Khuyến học tỉnh"],
        ),
        (
            "Ông Mã Văn Tiệp, nguyên Phó Giám đốc Sở Nội vụ, Giám đốc Sở Y tế Bến Gỗ, có mặt.",
            &["Mã Văn Tiệp: ~nguyên Phó Giám đốc Sở Nội vụ; Giám đốc Sở Y tế Bến Gỗ"],
        ),
    ]);
}

#[test]
fn all_of_a_list_are_dismissed() {
    check(&[
        (
            "Tổng thống sa thải hai quan chức gồm Bộ trưởng Quốc phòng Hamid Razak và Ngoại trưởng Yusuf Harthi.",
            &["Hamid Razak: ~Bộ trưởng Quốc phòng", "Yusuf Harthi: ~Ngoại trưởng"],
        ),
        (
            "Hội đồng bãi nhiệm hai phó chủ tịch là ông Mã Văn Tiệp và bà Lò Thị Hậu.",
            &["Mã Văn Tiệp: ~phó chủ tịch", "Lò Thị Hậu: ~phó chủ tịch"],
        ),
        (
            "Quốc vương cách chức một loạt tướng lĩnh, trong đó có Tư lệnh Không quân Hamid Razak.",
            &["Hamid Razak: ~Tư lệnh Không quân"],
        ),
        (
            "Tập đoàn miễn nhiệm các ông: Mã Văn Tiệp, Phó Tổng giám đốc; Lò Văn Chức, Kế toán trưởng.",
            &["Mã Văn Tiệp: ~Phó Tổng giám đốc", "Lò Văn Chức: ~Kế toán trưởng"],
        ),
        (
            "Tổng thống dọa sa thải hai quan chức gồm Bộ trưởng Quốc phòng Hamid Razak và Ngoại trưởng Yusuf Harthi.",
            &["Hamid Razak: Bộ trưởng Quốc phòng", "Yusuf Harthi: Ngoại trưởng"],
        ),
    ]);
}

/// The people who retire by the events of a text.
fn retired(text: &str) -> Vec<String> {
    let found = read(text);
    let events = found.events.iter().filter(|event| event.kind == crate::report::CareerEventKind::Retired);
    events.filter_map(|event| found.people.get(event.person)).map(|person| person.name.clone()).collect()
}

#[test]
fn a_retirement_that_is_taken_back_or_to_come_is_none() {
    for text in [
        "Quyết định nghỉ hưu đối với Đại tá Mã Văn Tiệp đã bị thu hồi.",
        "Việc cho nghỉ hưu đối với Đại tá Mã Văn Tiệp bị tạm dừng.",
        "Lệnh cho nghỉ hưu đối với Đại tá Mã Văn Tiệp bị hủy bỏ hôm qua.",
        "Đại tá Mã Văn Tiệp chưa được nghỉ hưu.",
        "Đại tá Mã Văn Tiệp xin nghỉ hưu trước tuổi.",
        "Đại tá Mã Văn Tiệp chuẩn bị nghỉ hưu.",
    ] {
        assert_eq!(retired(text), [""; 0], "{text}");
    }
    for text in ["Đại tá Mã Văn Tiệp đã nghỉ hưu.", "Thủ tướng ký quyết định nghỉ hưu đối với Đại tá Mã Văn Tiệp."]
    {
        assert_eq!(retired(text), ["Mã Văn Tiệp"], "{text}");
    }
}

#[test]
fn what_was_held_in_a_year_before_another_is_former() {
    check(&[
        (
            "Năm 2010, ông Mã Văn Tiệp là Trưởng phòng Tài chính. Năm 2014, ông nghỉ việc.",
            &["Mã Văn Tiệp: ~Trưởng phòng Tài chính"],
        ),
        (
            "Tháng 6/2010, bà Lò Thị Hậu là Giám đốc Sở Y tế. Việc này đến năm 2018 mới lộ ra.",
            &["Lò Thị Hậu: ~Giám đốc Sở Y tế"],
        ),
        (
            "Vào năm 2010, ông Mã Văn Tiệp là Bí thư Huyện ủy. Từ 2015, huyện sáp nhập.",
            &["Mã Văn Tiệp: ~Bí thư Huyện ủy"],
        ),
        ("Năm 2010, ông Mã Văn Tiệp là Trưởng phòng Tài chính.", &["Mã Văn Tiệp: Trưởng phòng Tài chính"]),
        ("Khi đang là Chủ tịch UBND xã, ông Mã Văn Tiệp đã bán đất.", &["Mã Văn Tiệp: ~Chủ tịch UBND xã"]),
        ("Lúc đang làm Trưởng phòng Tài chính, bà Lò Thị Hậu ký khống.", &["Lò Thị Hậu: ~Trưởng phòng Tài chính"]),
    ]);
}

#[test]
fn every_form_of_leaving_all_posts_ends_those_said_with_the_name() {
    check(&[
        (
            "Ông Mã Văn Tiệp, Giám đốc Công ty Hải Âu, thôi giữ cương vị trên, được điều đi nơi khác.",
            &["Mã Văn Tiệp: ~Giám đốc Công ty Hải Âu"],
        ),
        (
            "Ông Mã Văn Tiệp, Giám đốc Sở Y tế Bến Gỗ, bị cách tất cả các chức vụ.",
            &["Mã Văn Tiệp: ~Giám đốc Sở Y tế Bến Gỗ"],
        ),
        (
            "Bà Lò Thị Hậu, Bí thư Huyện ủy Sông Gấm, Chủ tịch UBND huyện, bị cách hết các chức vụ trong Đảng.",
            &["Lò Thị Hậu: ~Bí thư Huyện ủy Sông Gấm; Chủ tịch UBND huyện"],
        ),
        (
            "Bà Lò Thị Hậu, Bí thư Đảng ủy phường, bị đề nghị cách tất cả các chức vụ trong Đảng.",
            &["Lò Thị Hậu: Bí thư Đảng ủy phường"],
        ),
    ]);
}

#[test]
fn who_follows_in_a_post_ends_the_time_of_the_one_before() {
    check(&[
        (
            "Ông Mã Văn Tiệp, Giám đốc Sở Y tế Bến Gỗ, kế nhiệm bà Lò Thị Hậu.",
            &["Mã Văn Tiệp: Giám đốc Sở Y tế Bến Gỗ", "Lò Thị Hậu: ~Giám đốc Sở Y tế Bến Gỗ"],
        ),
        (
            "Ông Mã Văn Tiệp (Chủ tịch Hội Nông dân Sông Gấm), tiếp nhiệm ông Tăng Bá Hiển, dự.",
            &["Mã Văn Tiệp: Chủ tịch Hội Nông dân Sông Gấm", "Tăng Bá Hiển: ~Chủ tịch Hội Nông dân Sông Gấm"],
        ),
        (
            "Ông Mã Văn Tiệp - Viện trưởng Viện Đo lường, kế nhiệm ông Tăng Bá Hiển từ tháng 5.",
            &["Mã Văn Tiệp: Viện trưởng Viện Đo lường", "Tăng Bá Hiển: ~Viện trưởng Viện Đo lường"],
        ),
        (
            "Ông Mã Văn Tiệp lên thay ông Tăng Bá Hiển làm Giám đốc Sở Y tế Bến Gỗ.",
            &["Mã Văn Tiệp: Giám đốc Sở Y tế Bến Gỗ", "Tăng Bá Hiển: ~Giám đốc Sở Y tế Bến Gỗ"],
        ),
        (
            "Ông Mã Văn Tiệp, Phó Giám đốc Sở Y tế, được chọn kế nhiệm bà Lò Thị Hậu.",
            &["Mã Văn Tiệp: Phó Giám đốc Sở Y tế", "Lò Thị Hậu"],
        ),
        (
            "Ông Mã Văn Tiệp, Phó Giám đốc Sở Y tế, thay bà Lò Thị Hậu, phát biểu.",
            &["Mã Văn Tiệp: Phó Giám đốc Sở Y tế", "Lò Thị Hậu"],
        ),
    ]);
}

#[test]
fn former_in_brackets_is_former() {
    check(&[
        ("Dự lễ có ông Mã Văn Tiệp, (nguyên) Giám đốc Sở Y tế Bến Gỗ.", &["Mã Văn Tiệp: ~Giám đốc Sở Y tế Bến Gỗ"]),
        (
            "Có ông Mã Văn Tiệp, (nguyên) Giám đốc Sở Y tế Bến Gỗ; bà Lò Thị Hậu, (nguyên) Chủ tịch UBND huyện.",
            &["Mã Văn Tiệp: ~Giám đốc Sở Y tế Bến Gỗ", "Lò Thị Hậu: ~Chủ tịch UBND huyện"],
        ),
        ("Có (nguyên) Giám đốc Sở Y tế Bến Gỗ Mã Văn Tiệp.", &["Mã Văn Tiệp: ~Giám đốc Sở Y tế Bến Gỗ"]),
        ("Có ông Mã Văn Tiệp (Giám đốc Sở Y tế Bến Gỗ) dự.", &["Mã Văn Tiệp: Giám đốc Sở Y tế Bến Gỗ"]),
    ]);
}

#[test]
fn a_post_that_the_text_calls_a_former_one_is_former_everywhere_in_it() {
    check(&[
        (
            "Ông Mã Văn Tiệp, nguyên Giám đốc Công ty Hải Âu, bị bắt. Ông Tiệp là Giám đốc Công ty Hải Âu.",
            &["Mã Văn Tiệp: ~nguyên Giám đốc Công ty Hải Âu; ~Giám đốc Công ty Hải Âu"],
        ),
        (
            "Bắt Giám đốc Công ty Hải Âu Mã Văn Tiệp. Ông Mã Văn Tiệp, cựu giám đốc Công ty Hải Âu, khai nhận.",
            &["Mã Văn Tiệp: ~Giám đốc Công ty Hải Âu; ~cựu giám đốc Công ty Hải Âu"],
        ),
        (
            "Ông Mã Văn Tiệp, cựu Thứ trưởng Bộ Công an, hầu tòa. Khi đó có Thứ trưởng Công an Mã Văn Tiệp.",
            &["Mã Văn Tiệp: ~cựu Thứ trưởng Bộ Công an; ~Thứ trưởng Công an"],
        ),
        (
            "Ông Mã Văn Tiệp, nguyên Phó Giám đốc Sở Y tế Bến Gỗ, nói. Nay ông Tiệp là Giám đốc Sở Y tế Bến Gỗ.",
            &["Mã Văn Tiệp: ~nguyên Phó Giám đốc Sở Y tế Bến Gỗ; Giám đốc Sở Y tế Bến Gỗ"],
        ),
        (
            "Ông Mã Văn Tiệp, nguyên Phó Giám đốc Sở Y tế Bến Gỗ, ký. \
            Phó Giám đốc Sở Y tế tỉnh Bến Gỗ Mã Văn Tiệp dự.",
            &["Mã Văn Tiệp: ~nguyên Phó Giám đốc Sở Y tế Bến Gỗ; ~Phó Giám đốc Sở Y tế tỉnh Bến Gỗ"],
        ),
        (
            "Ông Mã Văn Tiệp, nguyên Trưởng phòng Kỹ thuật đo lường, nói. Trưởng phòng Kỹ thuật đo lường Sở Y tế \
            Mã Văn Tiệp ký.",
            &["Mã Văn Tiệp: ~nguyên Trưởng phòng Kỹ thuật đo lường; ~Trưởng phòng Kỹ thuật đo lường Sở Y tế"],
        ),
        (
            "Ông Mã Văn Tiệp, nguyên Bí thư Huyện ủy, nói. Bí thư Huyện ủy Sông Gấm Mã Văn Tiệp ký.",
            &["Mã Văn Tiệp: ~nguyên Bí thư Huyện ủy; Bí thư Huyện ủy Sông Gấm"],
        ),
        (
            "Ông Mã Văn Tiệp, nguyên Chủ tịch, nói. Bà con gọi Chủ tịch Mã Văn Tiệp.",
            &["Mã Văn Tiệp: ~nguyên Chủ tịch; Chủ tịch"],
        ),
    ]);
}

#[test]
fn all_of_a_list_of_accused_are_accused() {
    let accused = |text: &str| -> Vec<String> {
        read(text).people.iter().filter(|person| person.accused).map(|person| person.name.clone()).collect()
    };
    for text in [
        "Bị cáo Mã Văn Tiệp (cựu Giám đốc Sở Y tế Bến Gỗ, thuộc tỉnh) và Lò Văn Chức (cựu cán bộ Sở Y tế) kêu oan.",
        "Mã Văn Tiệp (nguyên đại tá, sau là cố vấn) bị tuyên 5 năm tù. Bị cáo Lò Văn Chức kêu oan.",
        "Tòa đưa bị cáo Mã Văn Tiệp (sinh năm 1963, trú tại Bến Gỗ), Lò Văn Chức (nguyên Đại tá) ra xét xử.",
    ] {
        assert_eq!(accused(text), ["Mã Văn Tiệp", "Lò Văn Chức"], "{text}");
    }
    assert_eq!(accused("Bị cáo Mã Văn Tiệp (cựu Giám đốc Sở Y tế), luật sư Lò Văn Chức có mặt."), ["Mã Văn Tiệp"]);
}

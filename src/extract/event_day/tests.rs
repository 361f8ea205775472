//! The day of a report. A row is a text and its day, `~` before an inferred one, `-` for none.

use crate::extract::people_and_facts;
use crate::report::{DayHints, Draft, Paragraph, ParagraphKind, Span};

fn draft(text: &str) -> Draft {
    let (mut paragraphs, mut at) = (Vec::new(), 0);
    for line in text.split('\n') {
        if !line.is_empty() {
            let kind = if at == 0 && text.contains("\n\n") { ParagraphKind::Headline } else { ParagraphKind::Body };
            paragraphs.push(Paragraph { kind, span: Span::new(at, at + line.len()) });
        }
        at += line.len() + 1;
    }
    Draft { text: text.to_owned(), paragraphs, ..Draft::default() }
}

fn day(draft: &Draft) -> String {
    people_and_facts(draft).facts.day.map_or_else(|| "-".to_owned(), |dated| dated.to_string())
}

fn check(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(text, wanted)| (text, wanted, day(&draft(text))))
        .filter(|(_, wanted, found)| *wanted != found)
        .map(|(text, wanted, found)| format!("{found}, not {wanted}: {text}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_year_of_history_is_not_the_events() {
    check(&[
        ("Sáng 7-6, Thượng tướng Mạc Đình Thi thăm cầu Sông Gấm. Cây cầu xây năm 1972.", "-"),
        ("Chiều 9-1, Huyện ủy Sông Gấm gặp mặt cựu chiến binh từng chiến đấu năm 1979.", "-"),
        ("Ngày 3-5, Công an xã Hải Hà nhận bàn giao trụ sở. Năm 1990, trụ sở được tặng Huân chương.", "-"),
        ("Sáng 14-11, Quân khu 10 gặp mặt. Đơn vị thành lập ngày 2-3-1975.", "-"),
        ("Sáng 5-3, Sở Y tế Phú Khê họp. Bệnh viện bắt đầu hoạt động vào cuối tháng 9/2015.", "-"),
        ("Sáng 4-1, bão đổ bộ Hải Âu. Lần gần nhất bão vào đây là năm 1962.", "-"),
    ]);
}

#[test]
fn a_date_before_the_event_is_not_its_day() {
    check(&[
        ("Bộ đội bàn giao nhà cho thương binh. Trước đó, sáng 28-6-2018, tổ công tác bắt nghi phạm.", "-"),
        ("Xã khánh thành trạm y tế. Trước đó vào ngày 2-3-2019, trạm cũ bị cháy.", "-"),
        ("Như đã đưa tin, chiều 5-6-2018, kho hàng bị cháy. Nay công an tìm ra nguyên nhân.", "-"),
        ("Sáng 30-6-2018, bộ đội bàn giao nhà. Trước đó, sáng 28-6, tổ công tác bắt nghi phạm.", "2018-06-30"),
    ]);
}

#[test]
fn the_date_of_a_picture_is_not_the_events() {
    check(&[
        ("Đoàn công tác thăm đơn vị.\nĐại tá Mạc Đình Thi trao quà ngày 12-6-2018. Ảnh: Hoài An", "-"),
        ("Cảnh bắt nghi phạm ngày 3-4-2017 (ảnh tư liệu)\nCông an đã khởi tố vụ án.", "-"),
        ("Ảnh: Ngày 3-4-2017, đơn vị xuất quân\nCông an đã khởi tố vụ án.", "-"),
        ("Đoàn công tác thăm đơn vị. (Ảnh chụp ngày 12-6-2018)", "-"),
        ("Ngày 11-1, công an khởi tố vụ án. Vụ việc xảy ra tối 10-8-2017 trước một quán nước.", "-"),
        ("Thủy thủ mất tích từng đăng ảnh lạ.\nBức ảnh được đăng lên mạng hôm 26/9/2014, trước khi tàu gặp nạn.", "-"),
        ("Tàu cá gặp nạn.\nTheo gia đình, đoạn clip do ông quay vào ngày 3/4/2016.", "-"),
        (
            "Tàu cá gặp nạn.\nĐoạn clip được chia sẻ hôm 3/4 cho thấy tàu bốc cháy. Tàu về bến hôm 3/4/2016.",
            "2016-04-03",
        ),
        ("Sáng 5-6, đơn vị trao quà.\nÔng Tạ Văn Hoài (giữa) tại lễ ký ngày 5-6-2015 - Ảnh: H.A.", "-"),
        ("Ảnh: Hoài An. Sáng 5-6-2018, đơn vị trao quà.", "2018-06-05"),
        ("Sáng 5-6-2018, đơn vị trao quà và ảnh cho học sinh.", "2018-06-05"),
    ]);
}

#[test]
fn a_report_that_tells_what_happened_later_is_not_of_that_day() {
    let told = |last: &str| format!("Ngày 3-4-2019, trung tâm niêm phong máy.\nMột.\nHai.\nBa.\nBốn.\n{last}");
    for (last, wanted) in [
        ("Đến ngày 6-5, trung tâm mở niêm phong cho đến nay.", "-"),
        ("Cho đến 6-5, chưa ai trả lời.", "-"),
        ("Đến ngày 6-5, trung tâm sẽ mở niêm phong.", "2019-04-03"),
        ("Tính đến ngày 2-4, đã có 40 đơn.", "2019-04-03"),
        ("Máy được thuê đến ngày 6-5.", "2019-04-03"),
    ] {
        assert_eq!(day(&draft(&told(last))), wanted, "{last}");
    }
}

#[test]
fn a_date_of_history_is_not_the_events() {
    check(&[
        ("Ngày 14-3-1988, tàu của đơn vị bị đánh chìm.\nHọc sinh Phú Khê nghe kể lại.", "-"),
        ("Ngày 27-10-2009, tàu Hải Âu mất tích.\nCuối tháng 7-2019, người ta tìm thấy xác tàu.", "-"),
        ("Ngày 30-4-2011, quân đội nước ấy lập kế hoạch. Năm 2014, kế hoạch được công bố.", "-"),
        ("Ngày 27-7, Bộ Khí hậu tri ân thương binh. Ngày hội này bắt đầu từ 27-7-1947.", "-"),
        ("Tối 14-3, Học sinh Phú Khê nghe kể về trận đánh 14-3-1988.", "-"),
        ("Ngày 10-8, Hội Nông dân Hải Hà họp. Chất độc rải lần đầu 10-8-2004.\nTháng 5-2016, đất sạch.", "-"),
        ("Hôm 22-2, ông Tạ Văn Hoài nêu ý kiến.\nNgày 3-11-2017, Bộ Khí hậu công bố chiến lược.", "-"),
        ("Ngày 3-11-2017, Bộ Khí hậu công bố chiến lược đến tháng 6-2019.", "2017-11-03"),
        ("Sáng 3-11-2017, Bộ Khí hậu khai mạc triển lãm, mở cửa từ ngày 3 đến 5-11.", "2017-11-03"),
        ("Ngày 3-11-2017, Bộ Khí hậu họp, bàn nhiệm vụ năm 2018.", "2017-11-03"),
    ]);
}

#[test]
fn a_year_of_birth_is_not_the_events() {
    check(&[
        ("Sáng nay 23/3, Tòa án tỉnh Phú Khê xét xử Đỗ Khắc Nhân (sinh năm 1999, trú tại Sông Gấm).", "-"),
        ("Chiều 12-8, cơ quan công an bắt Tạ Văn Hoài (SN 1985).", "-"),
        ("Ngày 2-7, Đảng ủy xã Hải Hà trao huy hiệu cho cụ Lò Văn Pín, sinh ngày 4-5-1931.", "-"),
    ]);
}

#[test]
fn a_year_of_a_plan_is_not_the_events() {
    check(&[
        ("Sáng 5-2, Quân khu 10 họp bàn đề án xây dựng kho đến năm 2035.", "-"),
        ("Chiều 8-4, Bộ Khí hậu công bố chiến lược phát triển bền vững tới năm 2050.", "-"),
        ("Ngày 6-3, Tỉnh ủy Phú Khê bàn kế hoạch giai đoạn 2026-2030, tầm nhìn 2045.", "-"),
        ("Sáng 7-12, bốc thăm giải bóng đá Cúp Sông Gấm 2030 diễn ra tại Phú Khê.", "-"),
    ]);
}

#[test]
fn a_year_of_a_case_or_a_document_is_not_the_events() {
    check(&[
        ("Ngày 5-2, Đại tướng Mạc Đình Thi, Bộ trưởng Bộ Công an, phát biểu. Vụ án năm 2003 được nhắc lại.", "-"),
        ("Sáng 9-5, Viện kiểm sát tỉnh Phú Khê công bố cáo trạng vụ tham ô năm 2011.", "-"),
        ("Chiều 3-4, Công an huyện Sông Gấm mở lại vụ án xảy ra tháng 4-2009.", "-"),
        ("Sáng 6-6, Chi cục Thuế Hải Hà họp về Nghị định 139/2018/NĐ-CP.", "-"),
        ("Chiều 6-6, Sở Nội vụ phổ biến Bộ luật Lao động năm 2019.", "-"),
        ("Ngày 11-3, Huyện ủy Sông Gấm học tập Nghị quyết số 18 năm 2017.", "-"),
    ]);
}

#[test]
fn a_year_of_the_same_date_is_the_events() {
    check(&[
        ("Sáng 7-6-2018, Sư đoàn 905 ra quân huấn luyện.", "2018-06-07"),
        ("Cúp Sông Gấm 2018 diễn ra hôm nay 7-6. Trong ngày hôm nay 7-6, khách sẽ đến Phú Khê.", "2018-06-07"),
        (
            "Cầu Sông Gấm đóng cửa.\nXe đi đường khác.\nDân đã biết.\nĐèn đã lắp.\n\
             Ngày 7-6, Sở Xây dựng Phú Khê ra thông báo. Cầu đóng cửa kể từ ngày 7-6-2018.",
            "2018-06-07",
        ),
        ("Ngày 7 tháng 6 năm 2018, Tỉnh ủy Phú Khê họp.", "2018-06-07"),
        ("Sáng 7/6, Sở Y tế Phú Khê khai trương kho. Kho chỉ nhận thuốc từ 7/6/2018.", "2018-06-07"),
    ]);
}

#[test]
fn the_year_of_the_occasion_is_the_events() {
    check(&[
        ("Sáng 26-12, Quân khu 10 tổ chức hội thi nuôi quân giỏi năm 2022.", "2022-12-26"),
        (
            "Đây là ý kiến của ông Tạ Văn Hoài tại hội nghị triển khai công tác của ngành năm 2019 diễn ra ngày 11-1.",
            "2019-01-11",
        ),
        ("Hai tác phẩm đoạt giải tại Liên hoan Nghệ thuật toàn quốc 2017 bế mạc tối 16-12.", "2017-12-16"),
        ("Tàu của hải quân Sông Lam thăm Phú Khê từ ngày 15 đến 21/4, trong kế hoạch hợp tác năm 2017.", "2017-04-15"),
        ("Cúp Sông Gấm 2018 khai mạc tối 14-6.", "2018-06-14"),
        (
            "Sáng 18-1, Sở Công Thương tổ chức hội nghị tổng kết công tác năm 2017, triển khai nhiệm vụ năm 2018.",
            "2018-01-18",
        ),
        ("Sáng 7-3, Đoàn xã Hải Hà tổ chức hội nghị triển khai nhiệm vụ năm 2021.", "2021-03-07"),
    ]);
}

#[test]
fn the_year_of_a_whole_date_within_days_is_the_events() {
    check(&[
        ("Ngày 21-10, trang Hoa Sen công bố danh sách. Ngày 3-10-2018, chị Tạ Thu Hoài đã nhận lời.", "2018-10-21"),
        ("Chiều 5-7, Hội Nông dân Hải Hà họp. Tàu đã rời bến hôm 28-6-2017.", "2017-07-05"),
        ("Chiều 5-7, Hội Nông dân Hải Hà họp. Tàu đã rời bến hôm 28-2-2017.", "-"),
        ("Chiều 5-7, Hội Nông dân Hải Hà họp. Tàu rời bến 28-6-2017, về bến 9-8-2019.", "-"),
        ("Ngày 25-1, Tòa án tỉnh Phú Khê tuyên án. Khoảng 1 giờ ngày 22-2-2017, Hoài đến kho.", "-"),
        ("Chiều 5-7, Sở Y tế Hải Hà họp. So với ngày 1-7-2017, số ca giảm.", "-"),
        ("Chiều 5-7, Sở Y tế Hải Hà họp về hiệp định ký ngày 29-6-2015.", "-"),
        ("Chiều 5-7, Hội Nông dân Hải Hà họp theo Quyết định số 18/QĐ ngày 28-6-2017.", "-"),
        ("Chiều 5-7, Hội Nông dân Hải Hà họp. Cầu dự kiến xong vào ngày 15-7-2025.", "-"),
        ("Chiều 5-7, Hội Nông dân Hải Hà họp. Trận lũ ngày 28-6-2001 và tháng 5-2016 đã qua.", "-"),
    ]);
}

#[test]
fn the_year_behind_the_name_of_an_occasion_is_the_events() {
    check(&[
        (
            "Ngày 18-4, Sở Xây dựng Phú Khê ra thông báo về Cúp Sông Gấm. Khách dự Cúp Sông Gấm 2018 rất đông.",
            "2018-04-18",
        ),
        ("Ngày 18-10, Sở Xây dựng Phú Khê bàn về HATEC. HATEC 2018 mở từ ngày 5 đến 11-11.", "2018-10-18"),
        ("Ngày 18-12, Sở Xây dựng Phú Khê bàn về HATEC. HATEC 2018 có nhiều khách.", "-"),
        ("Ngày 18-4, Sở Xây dựng Phú Khê họp. Khách dự Cúp Sông Gấm 2018 rất đông.", "-"),
        ("Ngày 18-4, Sở Xây dựng Phú Khê bàn về HATEC. Sau HATEC 2016 và HATEC 2017 là hội chợ.", "-"),
        ("Ngày 18-4, Sở Xây dựng Phú Khê bàn việc của Tạ Thu Hoài. Anh Hoài 2018 tiền.", "-"),
    ]);
}

#[test]
fn an_occasion_that_looks_back_or_ahead_dates_nothing_that_may_be_of_another_year() {
    check(&[
        ("Sáng 22-12, Đoàn xã Hải Hà mở buổi họp triển khai nhiệm vụ năm 2021.", "-"),
        ("Chiều 8-11, Hội Nông dân tổ chức lễ phát động thi đua năm 2021.", "-"),
        ("Sáng 5-7, Thư viện tỉnh tổ chức buổi bình chọn sách hay năm 2020.", "-"),
        ("Sáng 9-1, Huyện ủy Sông Gấm tổ chức lễ kỷ niệm chiến thắng năm 1979.", "-"),
        ("Sáng 9-1, Trường Chính trị Phú Khê tổ chức hội thảo về chiến dịch năm 1972.", "-"),
    ]);
}

#[test]
fn an_anniversary_has_its_own_year_at_the_end() {
    check(&[
        ("Sáng 18-5, Quân khu 10 trao giải. Giải mừng Ngày sinh Bác (19-5-1890 - 19-5-2018).", "2018-05-18"),
        ("Sáng 20-12, Huyện đội Sông Gấm gặp mặt kỷ niệm 75 năm thành lập (22/12/1944 - 22/12/2019).", "2019-12-20"),
        ("Chiều 3-11, Trường Đại học Hải Hà mít tinh kỷ niệm 60 năm (1957-2017).", "2017-11-03"),
        ("Sáng 3-11, Tỉnh ủy Phú Khê bàn đề án phát triển (2011-2020).", "-"),
    ]);
}

#[test]
fn work_of_a_month_dates_an_event_soon_after() {
    check(&[
        ("Ngày 14-5, Tỉnh ủy Phú Khê họp, nghe báo cáo kết quả công việc tháng 4-2019.", "2019-05-14"),
        ("Sáng 10-4, Sở Y tế Hải Âu họp đánh giá tình hình quý I năm 2019.", "2019-04-10"),
        ("Chiều 4-1, Công an tỉnh Phú Khê giao ban công tác tháng 12/2018.", "2019-01-04"),
        ("Ngày 14-9, Tỉnh ủy Phú Khê họp, nhắc lại kết quả công tác tháng 4-2019.", "-"),
    ]);
}

#[test]
fn a_page_gives_the_year_and_refuses_what_contradicts_it() {
    let of_page =
        |text: &str, published: &str| day(&Draft { published: Some(published.parse().unwrap()), ..draft(text) });
    assert_eq!(of_page("Sáng 26-12, Quân khu 10 họp.", "2023-01-02"), "2022-12-26");
    assert_eq!(of_page("Quân khu 10 họp.", "2023-01-02"), "~2023-01-02");
    assert_eq!(of_page("Ngày 3-5-2016, Quân khu 10 họp.", "2023-01-02"), "~2023-01-02");
    assert_eq!(of_page("Ngày 3-5-2032, Quân khu 10 sẽ họp.", "2023-01-02"), "~2023-01-02");
    assert_eq!(of_page("Ngày 3-1-2023, Quân khu 10 sẽ họp.", "2023-01-02"), "2023-01-03");
}

#[test]
fn addresses_of_the_page_and_of_its_images_hint() {
    let at = |text: &str, url: &str| day(&Draft { url: Some(url.to_owned()), ..draft(text) });
    let day_in_url = "https://bao.example.vn/2025/01/15/xuan.html";
    assert_eq!(at("Chiều 15-1, Quân khu 10 gặp mặt đón xuân.", day_in_url), "~2025-01-15");
    assert_eq!(at("Chiều 28-12, Quân khu 10 gặp mặt.", day_in_url), "~2024-12-28");
    assert_eq!(at("Quân khu 10 gặp mặt.", day_in_url), "~2025-01-15");
    assert_eq!(at("Ngày 7-6-1972, cầu bị đánh sập.", day_in_url), "~2025-01-15");
    let year_in_slug = "https://bao.example.vn/hoi-nghi-nam-2022-10.html";
    assert_eq!(at("Chiều 15-1, Quân khu 10 gặp mặt.", year_in_slug), "~2022-01-15");
    let images = DayHints { images: Some("2025-01-15".parse().unwrap()), ..DayHints::default() };
    let shown = |text: &str| day(&Draft { days: images, ..draft(text) });
    assert_eq!(shown("Chiều 15-1, Quân khu 10 chúc Tết Ất Tỵ."), "~2025-01-15");
    assert_eq!(shown("Chiều 15-1, Quân khu 10 dự hội thi bắn súng. Hội thi năm 2024 bị hoãn."), "~2025-01-15");
    assert_eq!(shown("Quân khu 10 gặp mặt."), "~2025-01-15");
}

#[test]
fn no_event_is_later_than_the_import() {
    let imported = DayHints { imported: Some("2019-05-02".parse().unwrap()), ..DayHints::default() };
    let read = |text: &str| day(&Draft { days: imported, ..draft(text) });
    assert_eq!(read("Sáng 7-6-2050, cầu Sông Gấm sẽ xong."), "-");
    assert_eq!(read("Sáng 7-6, Quân khu 10 tổ chức hội thi bắn súng năm 2020."), "-");
    assert_eq!(read("Hội nghị tổng kết công tác năm 2030\n\nQuân khu 10 họp."), "-");
    assert_eq!(read("Sáng 7-6-2018, cầu Sông Gấm thông xe."), "2018-06-07");
}

#[test]
fn a_day_given_with_the_import_dates_only_what_nothing_else_does() {
    let given = |dated: &str| DayHints { given: Some(dated.parse().unwrap()), ..DayHints::default() };
    let read = |text: &str, dated: &str| day(&Draft { days: given(dated), ..draft(text) });
    assert_eq!(read("Quân khu 10 gặp mặt.", "2018-06-12"), "2018-06-12");
    assert_eq!(read("Quân khu 10 gặp mặt.", "~2018-12-31"), "~2018-12-31");
    assert_eq!(read("Sáng 7-6, Quân khu 10 gặp mặt.", "2018-06-12"), "2018-06-07");
    assert_eq!(read("Sáng 7-6-2017, Quân khu 10 gặp mặt.", "2018-06-12"), "2017-06-07");
    let file = DayHints { file: Some("2018-06-12".parse().unwrap()), ..DayHints::default() };
    assert_eq!(day(&Draft { days: file, ..draft("Quân khu 10 gặp mặt.") }), "~2018-06-12");
}

#[test]
fn a_term_or_a_plan_dates_no_report() {
    check(&[
        ("Đại hội Đảng bộ Quân khu 10 nhiệm kỳ 2025-2030\n\nĐại hội thành công tốt đẹp.", "-"),
        ("Sơ kết đề án giai đoạn 2021-2030\n\nTỉnh ủy Phú Khê họp.", "-"),
        ("Sơ kết công tác 6 tháng đầu năm 2018\n\nTỉnh ủy Phú Khê họp.", "~2018-06"),
    ]);
}

#[test]
fn a_day_behind_the_lead_is_widened_if_a_later_one_is_told_as_past() {
    let told = |last: &str| {
        format!(
            "Cúp Sông Gấm 2018 sắp mở.\nMột.\nHai.\nBa.\nBan tổ chức cho biết Cúp Sông Gấm sẵn \
        sàng.\nNgày 9-6, Cúp Sông Gấm bán hết vé.\n{last}"
        )
    };
    for (last, wanted) in [
        ("Ông nói vậy tại đại hội hôm 13/6.", "2018-06"),
        ("Ông Mã Văn Tiệp trả lời báo chí sáng 19-6.", "2018-06"),
        ("Chiều 3-7, đội chủ nhà tập luyện.", "2018"),
        ("Chiều 3-7, đội chủ nhà sẽ tập luyện.", "2018-06-09"),
        ("Ngày 12-6, đội chủ nhà tập luyện.", "2018-06"),
        ("Ngày 1-7, đội chủ nhà lại tập luyện.", "2018"),
        ("Ngày 12-6, đội chủ nhà sẽ tập luyện.", "2018-06-09"),
        ("Hôm 1/6 đội chủ nhà tập luyện.", "2018-06-09"),
        ("Quốc khánh 2-9 là ngày nghỉ.", "2018-06-09"),
    ] {
        assert_eq!(day(&draft(&told(last))), wanted, "{last}");
    }
}

#[test]
fn a_day_with_its_year_in_the_course_of_a_sentence_is_widened_if_the_text_goes_on() {
    let told = |first: &str, last: &str| format!("Trao nhà.\n{first}\nMột.\nHai.\nBa.\nBốn.\n{last}");
    for (first, last, wanted) in [
        ("Đoàn cán bộ của huyện đã khởi công nhà ngày 9-6-2018.", "Ngày 20-6, đoàn trao nhà.", "2018-06"),
        ("Đoàn cán bộ của huyện đã khởi công nhà ngày 9-6-2018.", "Chiều 3-7, đoàn trao nhà.", "2018"),
        ("Đoàn cán bộ của huyện đã trao nhà ngày 9-6-2018.", "Ngày 20-6, đoàn sẽ trở lại.", "2018-06-09"),
        ("Ngày 9-6-2018, đoàn trao nhà ở Bến Gỗ.", "Ngày 20-6, đoàn trở lại.", "2018-06-09"),
    ] {
        assert_eq!(day(&draft(&told(first, last))), wanted, "{first} {last}");
    }
}

#[test]
fn a_text_without_a_day_may_state_its_year() {
    check(&[
        ("Trường Sông Gấm kỷ niệm 60 năm thành lập (1957-2017).", "2017"),
        ("Đơn vị mít tinh kỷ niệm 45 năm ngày truyền thống (1974 - 2019) tại Bến Gỗ.", "2019"),
        ("Lễ kỷ niệm 50 năm (1968-2018) và 20 năm (1999-2019) của hai đơn vị.", "-"),
        ("Cuộc thi tay nghề năm 2018 có gì mới\n\nThí sinh năm nay đông hơn.", "2018"),
        ("Liên hoan tiếng hát năm 2019 khai mạc. Ban tổ chức năm nay đổi cách chấm.", "2019"),
        ("Cuộc thi tay nghề năm 2016 thành công. Năm nay có đổi mới, đến năm 2017 mở rộng.", "-"),
        ("Cuộc thi tay nghề năm 2018 có gì mới\n\nThí sinh đông hơn.", "-"),
        ("Ông Mã Văn Tiệp (1957-2017) là nhà thơ.", "-"),
    ]);
}

#[test]
fn a_day_inferred_from_a_period_has_the_precision_of_the_period() {
    check(&[
        ("Hội nghị sơ kết 6 tháng đầu năm 2023 của Quân khu 10.", "~2023-06"),
        ("Quân khu 10 tổ chức hội nghị tổng kết công tác năm 2022.", "~2022"),
    ]);
}

#[test]
fn a_report_is_of_the_day_with_which_it_begins_and_not_of_the_earlier_one_that_it_tells() {
    check(&[
        (
            "Khởi tố người rút dao.\nNgày 5-1, Công an huyện Bến Gỗ khởi tố ông Tạ Văn Hoài. Khi bị chặn lại vào chiều \
             31-12-2017, ông này bỏ chạy.",
            "-",
        ),
        (
            "Bắt hai người.\nNgày 15-3, Công an huyện Bến Gỗ cho biết đã bắt hai người. Khoảng 9h sáng 11-3-2017, họ \
             đến cửa hàng.",
            "2017-03-15",
        ),
        ("Trao quà.\nNgày 3-1, đơn vị trao quà cho trường sau khi đã khảo sát vào sáng 28-12-2016 ở ba xã.", "-"),
        ("Bắt hai người.\nNgày 5-1, công an bắt hai người. Khoảng 9h sáng 31-12-2017, họ đến cửa hàng.", "2018-01-05"),
        ("Xuất quân.\nSáng 11-3-2017, đơn vị xuất quân. Ngày 15-3, đơn vị sẽ về.", "2017-03-11"),
    ]);
}

#[test]
fn a_day_of_effect_or_of_a_plan_is_not_the_day_of_a_report() {
    check(&[
        ("Bộ Công an hủy quyết định cho nghỉ hưu từ ngày 1-6-2018 đối với Đại tá Tạ Văn Hoài.", "-"),
        ("Trung tướng Mạc Đình Thi sẽ nghỉ hưu vào ngày 1-7-2019.", "-"),
        ("Quyết định có hiệu lực kể từ ngày 1-7-2019, theo Bộ Nội vụ.", "-"),
        ("Từ ngày 2-9-2018, Công ty Đường sắt đã chạy lại tàu trên ba tuyến, dù ít khách.", "-"),
        ("Từ ngày 2-9-2018, đơn vị tổ chức tập huấn cho cán bộ.", "2018-09-02"),
        ("Công ty miễn nhiệm chức danh tổng giám đốc đối với ông Tạ Văn Hoài kể từ ngày 1-1-2018.", "-"),
        ("Sở bổ nhiệm có thời hạn đối với bà Tạ Thu Hoài làm trưởng phòng của sở này kể từ ngày 1-1-2018.", "-"),
        ("Sở Y tế Phú Khê chuyển trụ sở, dự kiến ngày 20-3-2019.", "-"),
        ("Đại tá Tạ Văn Hoài, nghỉ hưu từ năm ngoái, dự lễ hôm nay 7-6-2018.", "2018-06-07"),
        ("Ngày 7-6-2018, Bộ Công an cho Đại tá Tạ Văn Hoài nghỉ hưu từ ngày 1-8-2018.", "2018-06-07"),
    ]);
}

#[test]
fn a_month_with_its_year_may_be_all_that_a_report_states() {
    check(&[
        ("Trong tháng 6/2021, bà Tạ Thu Hoài được bổ nhiệm giữ chức Giám đốc Sở Y tế Phú Khê.", "2021-06"),
        ("Tháng 6 năm 2021, Quân khu 10 tổ chức hội thi bắn súng.", "2021-06"),
        ("Hội thi bắn súng diễn ra vào tháng 6/2021. Đại tá Tạ Văn Hoài chủ trì.", "2021-06"),
        ("Tháng 6/2016, Tạ Văn Hoài mua đất. Năm 2018, Hoài bị bắt.", "-"),
        ("Tháng 6/2021, Quân khu 10 sẽ tổ chức hội thi bắn súng.", "~2021-06"),
        ("Quân khu 10 họp. Cây cầu cũ được xây từ tháng 6/2016.", "-"),
        ("Tháng 6/2016, cầu xây xong. Tháng 7/2016, cầu hỏng.", "-"),
        ("Sáng 7-6, Quân khu 10 họp. Tháng 6/2016, cầu xây xong.", "-"),
    ]);
}

#[test]
fn a_day_that_is_still_to_come_is_not_the_events() {
    check(&[
        ("Phố Sông Gấm sẽ mở cửa từ ngày 18-1-2019\n\nPhố dài 840m.", "-"),
        ("Vào 19 giờ ngày 18-1-2019 tới, phố Sông Gấm khai trương.", "-"),
        ("Chiều 18-1-2019 sắp tới, huyện Sông Gấm mở chợ.", "-"),
        ("Chiều 18-1-2019 tới Bến Gỗ, đoàn tặng quà.", "2019-01-18"),
        ("Chiều 18-1-2019, phố Sông Gấm khai trương.", "2019-01-18"),
    ]);
}

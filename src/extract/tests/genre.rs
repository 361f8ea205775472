//! Which texts have a kind and an issuing organisation: reports of official events, and not other news with the same
//! words. Each row: headline (empty if there is none), text, kind, organisation (`-` for none).

use super::super::extract;
use crate::report::{Draft, Paragraph, ParagraphKind, ReportFacts, Span};

fn facts(headline: &str, text: &str) -> ReportFacts {
    let whole = if headline.is_empty() { text.to_owned() } else { format!("{headline}\n{text}") };
    let start = whole.len() - text.len();
    let mut paragraphs = vec![Paragraph { kind: ParagraphKind::Body, span: Span::new(start, whole.len()) }];
    if !headline.is_empty() {
        paragraphs.insert(0, Paragraph { kind: ParagraphKind::Headline, span: Span::new(0, headline.len()) });
    }
    extract(&Draft { text: whole, paragraphs, ..Draft::default() }).facts
}

fn check(rows: &[(&str, &str, &str, &str)]) {
    for (headline, text, kind, unit) in rows {
        let found = facts(headline, text);
        let unit_found = found.unit.as_deref().unwrap_or("-");
        assert_eq!((found.kind.name(), unit_found), (*kind, *unit), "{headline} / {text}");
    }
}

#[test]
fn reports_of_official_events_have_a_kind() {
    check(&[
        ("Sư đoàn 399 kiểm tra Trung đoàn 9", "Sáng 5-3, đoàn công tác đã có mặt.", "kiểm tra", "Sư đoàn 399"),
        ("Sư đoàn 399: Kiểm tra sẵn sàng chiến đấu tại Trung đoàn 9", "Sáng nay.", "kiểm tra", "Sư đoàn 399"),
        ("Đại tá Mạc Đình Thi thăm Lữ đoàn 72", "Sáng 5-3, Đại tá Mạc Đình Thi đến thăm đơn vị.", "thăm", "Lữ đoàn 72"),
        ("", "Sáng 5-3, Đại tá Tạ Văn Hoài, Phó Tư lệnh Quân khu 10, đã đến thăm bộ đội.", "thăm", "Quân khu 10"),
        ("", "Chiều 5-3, Huyện ủy Sông Gấm tổ chức hội nghị tổng kết công tác năm.", "tổng kết", "Huyện ủy Sông Gấm"),
        ("Bộ Y tế bổ nhiệm Vụ trưởng", "Ông Đỗ Khắc Nhân nhận quyết định sáng nay.", "quyết định", "Bộ Y tế"),
        ("Lễ truy điệu Đại tá Mạc Đình Thi", "Sáng nay, Quân khu 10 tổ chức lễ truy điệu.", "tang lễ", "Quân khu 10"),
        ("Tổng kết công tác năm 2018", "Sáng nay, Huyện ủy Sông Gấm họp.", "tổng kết", "Huyện ủy Sông Gấm"),
        ("", "Theo báo cáo, 6 tháng đầu năm, các đơn vị huấn luyện tốt.", "sơ kết", "-"),
    ]);
}

#[test]
fn other_news_has_neither_kind_nor_organisation() {
    check(&[
        ("Bị phạt vì không cho kiểm tra nồng độ cồn", "Công an huyện Sông Gấm kiểm tra xe của ông Thản.", "khác", "-"),
        ("Bé gái đi lạc được bàn giao cho gia đình", "Cảnh sát Sông Gấm đã bàn giao bé gái.", "khác", "-"),
        ("Ca sĩ Hà Mận làm giám khảo cuộc thi sắc đẹp", "Cuộc thi do công ty của chị tổ chức.", "khác", "-"),
        (
            "Vụ cháy chợ: một người chết",
            "Thiếu tá Tạ Văn Hoài, Trưởng Công an huyện, kiểm tra hiện trường.",
            "khác",
            "-",
        ),
        ("Hải quân Pháp diễn tập", "Hải quân Pháp tổ chức diễn tập ở Toulon.", "khác", "-"),
        ("Giá vàng tăng nhân kỷ niệm ngày lễ", "Ngân hàng Hải Âu cho biết giá vàng tăng.", "khác", "-"),
        ("Brenkov bổ nhiệm cố vấn an ninh", "Tổng thống Alan Brenkov bổ nhiệm trung tướng Varin.", "khác", "-"),
        ("Cảnh sát giúp bé trai đi lạc", "Bé trai được đơn vị đưa về bàn giao cho người thân.", "khác", "-"),
        ("Thăm dò dầu khí ngoài khơi", "Tập đoàn Hải Âu thăm dò ba lô mới.", "khác", "-"),
    ]);
}

#[test]
fn a_report_of_no_kind_has_the_organisation_that_its_headline_or_its_lead_names() {
    check(&[
        ("Quân khu 10: Tôn vinh người tốt", "Sáng nay có mười gương sáng.", "khác", "Quân khu 10"),
        ("Tôn vinh người tốt", "Sáng nay, Sư đoàn 399 tổ chức gặp mặt mười gương sáng.", "khác", "Sư đoàn 399"),
        ("Bộ Tài chính tăng thuế xăng dầu", "Giá xăng tăng từ hôm nay.", "khác", "-"),
    ]);
}

#[test]
fn an_event_told_behind_a_summary_has_its_kind_and_its_organisation() {
    check(&[
        (
            "Phó Giám đốc Công an tỉnh về làm Cục trưởng",
            "Đại tá Mạc Đình Thi nhận công tác mới.\nChiều 5-3, Công an tỉnh Sông Gấm tổ chức lễ công bố quyết định.",
            "quyết định",
            "Công an tỉnh Sông Gấm",
        ),
        (
            "Xây dựng lực lượng tinh nhuệ",
            "Tân Tư lệnh hứa làm tốt nhiệm vụ.\nNgày 5/3, Quân khu 10 tổ chức hội nghị bàn giao chức vụ Tư lệnh.",
            "quyết định",
            "Quân khu 10",
        ),
        (
            "Doanh nghiệp kiến nghị bốn vấn đề",
            "Chiều 5-3, Chủ tịch UBND huyện Đỗ Khắc Nhân đã chủ trì buổi làm việc với mười xã.\n\
            Tham dự buổi làm việc có Phó Chủ tịch UBND huyện Tạ Văn Hoài.",
            "thăm",
            "UBND huyện",
        ),
    ]);
}

#[test]
fn guests_from_abroad_are_official_events_where_they_come_to_an_organisation_of_this_country() {
    check(&[
        (
            "Thúc đẩy hợp tác Việt - Lào",
            "Sáng 5/3, đoàn cán bộ Bộ Quốc phòng Lào đã đến Hà Nội thăm, làm việc với Quân khu 10.",
            "thăm",
            "Quân khu 10",
        ),
        (
            "Tăng cường hợp tác quốc phòng Việt – Pháp",
            "Chiều 5/3, Đại tướng Mạc Đình Thi, Bộ trưởng Bộ Quốc phòng, chủ trì lễ đón Bộ trưởng Quốc phòng Pháp \
            thăm Việt Nam.",
            "tiếp khách",
            "Bộ Quốc phòng",
        ),
        ("Thăm hải quân Pháp, Đô đốc Mỹ nói về Ấn Độ Dương", "Hôm nay, Đô đốc Alan Brenkov họp báo.", "khác", "-"),
        ("Tàu sân bay Mỹ sẽ thăm cảng", "Ngày 5-3, Bộ trưởng Mỹ nói tàu sẽ tới thăm cảng vào năm sau.", "khác", "-"),
        ("Tướng Mỹ nói về hợp tác", "Ngày 5-3, trong chuyến thăm Hà Nội, tướng Alan Brenkov họp báo.", "khác", "-"),
    ]);
}

#[test]
fn an_organisation_that_is_merely_mentioned_or_quoted_is_not_shown() {
    check(&[
        ("Công an Sông Gấm: 'Không có xe vua'", "Sáng 5-3, Đại tá Mạc Đình Thi trả lời.", "khác", "-"),
        ("Sở Y tế: Thuốc vẫn đủ", "Ngày 5-3, ông Đỗ Khắc Nhân cho biết thuốc vẫn đủ.", "khác", "-"),
        ("Quân khu 10: Chiến sĩ say rượu bắn đồng đội", "Sáng 5-3, Quân khu 10 tổ chức họp báo.", "khác", "-"),
        ("Ngày hội tuyển sinh", "Sáng 5-3, tại khuôn viên Trường Đại học Sông Gấm khai mạc ngày hội.", "khác", "-"),
        (
            "Tìm thấy tàu cá",
            "Đại úy Tạ Văn Hoài, Phó đồn trưởng Đồn biên phòng Bến Gỗ, cho biết đơn vị vẫn tìm.",
            "khác",
            "-",
        ),
        ("Nhớ một vị tướng", "Ông có nhiều kỷ niệm với Thiếu tướng Mạc Đình Thi của Binh đoàn Sông Gấm.", "khác", "-"),
    ]);
}

#[test]
fn the_organisation_that_holds_the_event_stands_before_the_verb() {
    check(&[
        ("", "Ngày 5-3, Quân khu 10 đã long trọng tổ chức lễ kỷ niệm ngày thành lập.", "tri ân", "Quân khu 10"),
        ("", "Ngày 5-3, Tạp chí Dân vận tổ chức Hội nghị trao quyết định.", "quyết định", "Tạp chí Dân vận"),
        ("", "Sáng 5-3, Quân khu 10 phối hợp với Sở Y tế tổ chức lớp tập huấn.", "tập huấn", "Quân khu 10"),
        ("", "Ngày 5-3, Quân khu tổ chức Hội nghị tổng kết năm.", "tổng kết", "Quân khu"),
        ("Ra quân huấn luyện", "Sáng 5-3, Sư đoàn 399 ra quân huấn luyện.", "khác", "Sư đoàn 399"),
        (
            "",
            "Sáng 5-3, Đại tá Mạc Đình Thi, Ủy viên Trung ương Đảng, Tư lệnh Quân khu 10, đã đến thăm bộ đội.",
            "thăm",
            "Quân khu 10",
        ),
        ("Họp bàn về Tạ Thị Nga", "Chiều 5-3, Huyện ủy Sông Gấm đã tổ chức họp.", "khác", "Huyện ủy Sông Gấm"),
        ("Kiện toàn nhân sự", "Sáng 5-3, Ban Thanh tra nhân dân họp.", "khác", "-"),
    ]);
}

#[test]
fn a_text_that_ends_where_a_lead_would_go_on_is_read() {
    check(&[("Sơ kết quý I", "Đơn vị sơ kết công tác quý I tại hội trường.", "khác", "-")]);
}

#[test]
fn a_seat_in_a_committee_above_does_not_name_who_issues_a_report() {
    for seat in ["Phó Bí thư Quân ủy Trung ương", "Bí thư Quân ủy Trung ương", "Ủy viên Quân ủy Trung ương"]
    {
        let text =
            format!("Sáng 5-3, Đại tướng Mã Văn Tiệp, {seat}, Bộ trưởng Bộ Quốc phòng, trao quyết định bổ nhiệm.");
        let facts = facts("Trao quyết định bổ nhiệm cán bộ", &text);
        assert_eq!(facts.unit.as_deref(), Some("Bộ Quốc phòng"), "{text}");
    }
}

#[test]
fn a_unit_has_no_words_that_only_explain_it() {
    for (post, unit) in [
        ("Bí thư Đảng ủy Cơ quan Tổng cục Khí hậu", "Tổng cục Khí hậu"),
        (
            "Phó Bí thư Đảng ủy Cơ quan Cục Khí hậu Hải quân nhân dân (HQND) Việt Nam",
            "Cục Khí hậu Hải quân nhân dân Việt Nam",
        ),
        ("Tư lệnh Quân khu 10", "Quân khu 10"),
    ] {
        let text = format!("Chiều 5-3, Đại tá Mã Văn Tiệp, {post}, đến thăm, chúc Tết các đơn vị.");
        let facts = facts("Đại tá Mã Văn Tiệp chúc Tết các đơn vị", &text);
        assert_eq!(facts.unit.as_deref(), Some(unit), "{text}");
    }
}

#[test]
fn a_term_of_office_gives_no_year_to_a_period() {
    let period = |text: &str| facts("Sơ kết 6 tháng đầu năm", text).period.map(|period| period.year);
    for term in ["nhiệm kỳ 2023-2028", "giai đoạn 2023-2025", "nhiệm kỳ 2020 - 2025"] {
        let text = format!("Tổng cục Khí hậu sơ kết công tác 6 tháng đầu năm. Công đoàn đã hoàn thành đại hội {term}.");
        assert_eq!(period(&text), None, "{text}");
    }
    assert_eq!(period("Tổng cục Khí hậu sơ kết công tác 6 tháng đầu năm 2023."), Some(2023));
}

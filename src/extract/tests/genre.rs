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

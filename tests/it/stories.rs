//! Reports that tell one story: one row in the list, the others one key away, with what they say differently. The
//! reports are invented.

use crate::screen::open;

const FIRST: &str = "\
Bộ CHQS tỉnh Bình Lâm tổng kết công tác dân vận năm 2021

Ngày 20-12-2021, Bộ CHQS tỉnh Bình Lâm tổ chức hội nghị tổng kết công tác dân vận năm 2021. Đại tá Lã Khắc Hải, Chính \
ủy Bộ CHQS tỉnh chủ trì hội nghị. Trong năm, các đơn vị đã giúp dân 3.450 ngày công làm đường nông thôn, sửa 27 căn \
nhà tình nghĩa, tặng 512 suất quà cho học sinh nghèo vượt khó \
và khám bệnh cho 1.260 lượt người ở các xã vùng cao biên giới.
Tin, ảnh của báo địa phương, gửi từ hội trường trung tâm.
";

const OTHER: &str = "\
Bộ CHQS tỉnh Bình Lâm chung sức xây dựng nông thôn mới

Ngày 20-12-2021, Bộ CHQS tỉnh Bình Lâm tổ chức hội nghị tổng kết công tác dân vận năm 2021. Đại tá Lã Khắc Hai, Chính \
ủy Bộ CHQS tỉnh chủ trì hội nghị. Trong năm, các đơn vị đã giúp dân 3.450 ngày công làm đường nông thôn, sửa 29 căn \
nhà tình nghĩa, tặng 512 suất quà cho học sinh nghèo vượt khó \
và khám bệnh cho 1.260 lượt người ở các xã vùng cao biên giới.
";

const UNRELATED: &str = "Lữ đoàn 913 ra quân huấn luyện\n\nNgày 3-3-2022, Lữ đoàn Công binh 913 ra quân huấn luyện.\n";

#[test]
fn one_story_is_one_row_and_its_versions_are_one_key_away() {
    let mut screen = open(&[FIRST, OTHER, UNRELATED]);
    let rows = &screen.app.list.window.rows;
    assert_eq!((screen.app.list.window.total, rows.len()), (2, 2), "{}", screen.text());
    assert_eq!(rows.iter().map(|row| row.others.len()).collect::<Vec<_>>(), [0, 1]);
    assert!(screen.text().contains("+1"), "{}", screen.text());
    screen.press("j B");
    let page = screen.text();
    assert!(page.contains("Lã Khắc Hải → Lã Khắc Hai") && page.contains("27 căn nhà → 29"), "{page}");
    // To the slip, which is in the other report.
    screen.press("g g j j Enter");
    assert!(screen.text().contains("chung sức xây dựng"), "{}", screen.text());
}

#[test]
fn a_filter_that_only_another_version_matches_finds_that_one() {
    let mut screen = open(&[FIRST, OTHER, UNRELATED]);
    screen.press("/");
    screen.type_text("\"chung sức\"");
    screen.press("Enter");
    let rows = &screen.app.list.window.rows;
    assert_eq!(rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), [OTHER.lines().next().unwrap()]);
    screen.press("g g B");
    assert!(screen.text().contains("2 báo cáo"), "{}", screen.text());
}

#[test]
fn a_report_told_by_no_other_says_so() {
    let mut screen = open(&[UNRELATED]);
    screen.press("B");
    assert!(screen.text().contains("Không có báo cáo nào khác"), "{}", screen.text());
}

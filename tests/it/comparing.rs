//! Two reports compared, as the user sees them: what recurs is folded, what was moved is known, and every page goes to
//! a file. The reports are invented.

use crate::pages::reading;
use crate::screen::{Screen, cache, open_as};
use baocao::officials::report_diff::compare;
use baocao::search::filter::Filter;
use baocao::store::{ListRow, Sort, WindowBounds};
use baocao::tui::settings::{ReaderSettings, SessionState};
use insta::assert_snapshot;

/// Three sentences that recur, one that is moved to the front a year later, and one that is split.
fn report(year: u16, body: &[&str]) -> String {
    format!(
        "Quân khu 14 tổng kết công tác đảng, công tác chính trị năm {year}\n\nSáng 20-12-{year}, Quân khu 14 tổng \
         kết công tác đảng, công tác chính trị năm {year}.\n\n{}\n",
        body.join("\n\n")
    )
}

fn compared(width: u16, height: u16) -> Screen {
    let old = report(
        2021,
        &[
            "Đảng ủy Quân khu lãnh đạo toàn diện các mặt công tác trong năm qua. Cơ quan chính trị tổ chức học tập \
             nghị quyết cho toàn thể cán bộ, chiến sĩ. Có 91,2% chi bộ hoàn thành tốt nhiệm vụ.",
            "Bộ đội giúp nhân dân khắc phục hậu quả của cơn bão ở vùng ven biển.",
        ],
    );
    let new = report(
        2022,
        &[
            "Bộ đội giúp nhân dân khắc phục hậu quả của cơn bão ở vùng ven biển.",
            "Đảng ủy Quân khu lãnh đạo toàn diện các mặt công tác trong năm qua. Cơ quan chính trị tổ chức học tập \
             nghị quyết cho toàn thể cán bộ, chiến sĩ. Có 95% chi bộ hoàn thành tốt nhiệm vụ.",
        ],
    );
    let mut screen = open_as(
        cache(&[&old, &new]),
        ReaderSettings { plain: true, ..ReaderSettings::default() },
        SessionState::default(),
        (width, height),
    );
    screen.press("Enter v");
    screen
}

#[test]
fn what_recurs_is_one_line_until_it_is_opened() {
    let mut screen = compared(80, 30);
    assert_snapshot!("what_recurs_is_folded", screen.text());
    let folded = screen.text();
    screen.press("z");
    let text = screen.text();
    assert!(text.contains("= Đảng ủy Quân khu lãnh đạo toàn diện"), "{text}");
    assert!(!text.contains("câu giữ nguyên ("), "{text}");
    // The cursor stays on its sentence, and folding brings the page back.
    screen.press("G k");
    screen.press("z z");
    assert!(screen.text().contains("học tập nghị"), "{}", screen.text());
    screen.press("z g g");
    assert_eq!(screen.text(), folded);
    // Two columns are laid out in the same way.
    assert_snapshot!("moved_and_folded_side_by_side", compared(150, 26).text());
}

#[test]
fn pages_are_written_to_files_and_copied() {
    let mut screen = reading(140, 30);
    for (n, (keys, title)) in [
        ("v", "So báo cáo"),
        ("Esc d", "Quân khu 12"),
        ("Esc p", "Thành phần: Quân khu 12 tổng kết"),
        ("Esc } e", "Lã Khắc Hùng"),
    ]
    .into_iter()
    .enumerate()
    {
        screen.press(keys).press("y y");
        assert!(screen.copied.last().unwrap().starts_with(title), "{:?}", screen.copied.last());
        let name = format!("trang-{n}.md");
        screen.press("E").type_text("~/").type_text(&name).press("Enter");
        let (file, text) = screen.saved.last().unwrap();
        assert!(file.ends_with(&name) && text.starts_with(&format!("# {title}")), "{file:?}: {text}");
        assert!(text.lines().filter(|line| line.starts_with("- ") && line.ends_with('`')).count() > 1, "{text}");
        assert!(screen.text().contains("Đã ghi ra tệp"), "{}", screen.text());
    }
    assert_snapshot!("a_comparison_in_markdown", screen.saved[0].1);
    let saved = screen.saved.len();
    screen.press("E").type_text("trang.doc").press("Enter");
    assert!(screen.text().contains("đuôi .md hoặc .txt"), "{}", screen.text());
    screen.press("Alt-e").type_text("a.txt").press("Enter");
    assert_eq!(screen.saved.len(), saved + 1);
    assert!(!screen.saved.last().unwrap().1.contains('#'), "{:?}", screen.saved.last());
}

#[test]
fn the_counts_are_searched_too() {
    let mut screen = crate::pages::sized(100, 20);
    screen.press("# y").press("/").type_text("2022").press("Enter");
    assert!(screen.text().contains("1/1"), "{}", screen.text());
}

#[test]
fn a_pair_of_which_little_stayed_is_shown_one_after_the_other() {
    let old = report(2021, &["Bộ đội giúp nhân dân thu hoạch lúa ở vùng ven biển."]);
    let long = "Bộ đội giúp nhân dân dựng lại lớp học ở vùng ven biển và sửa đường liên thôn, liên xã, trạm y tế.";
    let new = report(2022, &[long]);
    let mut screen = open_as(
        cache(&[&old, &new]),
        ReaderSettings { plain: true, ..ReaderSettings::default() },
        SessionState::default(),
        (100, 24),
    );
    screen.press("Enter v");
    let text = screen.text();
    assert!(text.contains("\n - Bộ đội giúp nhân dân [thu hoạch lúa] ở vùng ven biển.\n + Bộ đội giúp"), "{text}");
}

#[test]
fn what_is_new_and_what_is_gone_stand_beside_each_other_on_a_wide_screen() {
    let old = report(2021, &["Bộ đội sửa 12 nhà ở vùng ven biển.", "Bộ đội trồng 300 cây."]);
    let new = report(2022, &["Cơ quan mở 28 lớp học buổi tối cho cán bộ xã."]);
    let mut screen = open_as(
        cache(&[&old, &new]),
        ReaderSettings { plain: true, ..ReaderSettings::default() },
        SessionState::default(),
        (160, 30),
    );
    screen.press("Enter [");
    let text = screen.text();
    let line = text.lines().find(|line| line.contains("- 12 nhà")).unwrap_or_else(|| panic!("{text}"));
    assert!(line.contains("│ + 28 lớp học buổi tối"), "{text}");
    screen.resize(100, 30);
    let text = screen.text();
    let line = text.lines().find(|line| line.contains("- 12 nhà")).unwrap_or_else(|| panic!("{text}"));
    assert!(!line.contains('│'), "{text}");
}

#[test]
fn people_of_one_unit_do_not_make_a_pair_of_sentences() {
    let chaired = "Trung tướng Lã Khắc Hùng, Chính ủy Quân khu 14 chủ trì hội nghị.";
    let guests = "Dự hội nghị có Trung tướng Bế Văn Lịch, Tư lệnh Quân khu 14; Thiếu tướng Bế Quang Hưng, Phó Chính \
                  ủy Quân khu 14; đại biểu các cơ quan, đơn vị trực thuộc.";
    let spoke = "Thiếu tướng Ma Đình Khánh, Phó Chính ủy Quân khu 14 trình bày báo cáo tổng kết.";
    let spoke_before = "Đại tá Nông Văn Lịch, Chủ nhiệm Chính trị Quân khu 14 trình bày báo cáo tổng kết.";
    let rows = |old: &[&str], new: &[&str]| {
        let store = cache(&[&report(2021, &[&old.join(" ")]), &report(2022, &[&new.join(" ")])]);
        let all = store.index().find(&Filter::default(), Sort::Date, WindowBounds { offset: 0, limit: 9 }).unwrap();
        let read = |row: &ListRow| store.cache().load(&row.id).unwrap().unwrap();
        let (newer, older) = (read(&all.rows[0]), read(&all.rows[1]));
        let found = compare(&older, &newer);
        // Without the first sentence, which is the same but for the year.
        found.rows.iter().skip(1).map(|row| (row.older.is_some(), row.newer.is_some())).collect::<Vec<_>>()
    };
    assert_eq!(rows(&[chaired, guests], &[chaired, spoke]), [(true, true), (true, false), (false, true)]);
    let with_both = rows(&[chaired, guests, spoke_before], &[chaired, spoke]);
    assert_eq!(with_both, [(true, true), (true, false), (true, true)]);
}

#[test]
fn a_file_that_is_there_is_replaced_only_after_a_question() {
    let mut screen = reading(140, 30);
    screen.press("v E").type_text("trang.md").press("Enter v E").type_text("trang.md").press("Enter");
    assert_eq!(screen.saved.len(), 1);
    assert!(screen.text().contains("Đã có tệp trang.md"), "{}", screen.text());
    // The answer that keeps the file is selected.
    screen.press("Enter");
    assert_eq!(screen.saved.len(), 1);
    screen.press("E").type_text("trang.md").press("Enter r");
    assert_eq!(screen.saved.len(), 2);
    assert!(screen.text().contains("Đã ghi ra tệp trang.md"), "{}", screen.text());
    // The reports of the list likewise.
    screen.press("q q E").type_text("tin.csv").press("Enter E").type_text("tin.csv").press("Enter");
    assert_eq!(screen.ran.len(), 1, "{}", screen.text());
    screen.press("n E").type_text("tin.csv").press("Enter r");
    assert_eq!(screen.ran.len(), 2, "{}", screen.text());
}

#[test]
fn contests_are_counted_among_the_figures() {
    let old = report(2021, &["Cơ quan tổ chức 12 hội thi, liên hoan ở các cấp."]);
    let new = report(2022, &["Cơ quan tổ chức 15 hội thi, liên hoan ở các cấp."]);
    let mut screen = open_as(cache(&[&old, &new]), ReaderSettings::default(), SessionState::default(), (100, 24));
    screen.press("Enter v");
    assert!(screen.text().contains("12 hội thi → 15 hội thi (+3)"), "{}", screen.text());
}

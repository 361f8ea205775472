//! The pages of posts, units and comparisons, and the review of uncertain identities, as the user sees them. The
//! reports are invented.

use crate::screen::{Screen, cache, open_as};
use baocao::config::ThemeName;
use baocao::lang::Lang;
use baocao::officials::post::PostKey;
use baocao::tui::app::Screen as Place;
use baocao::tui::quote_pages::{PageContent, PageSubject};
use baocao::tui::settings::{ReaderSettings, SessionState};
use insta::assert_snapshot;

const YEAR_2020: &str = "\
Quân khu 12 tổng kết công tác đảng, công tác chính trị năm 2020

Sáng 22-12-2020, Quân khu 12 tổ chức Hội nghị tổng kết công tác đảng, công tác chính trị năm 2020. \
Trung tướng Ma Đình Khánh, Bí thư Đảng ủy, Chính ủy Quân khu 12 chủ trì hội nghị. Dự hội nghị có Thiếu tướng \
Lã Khắc Hùng, Phó Chính ủy Quân khu 12; Đại tá Bế Quang Hưng, Chủ nhiệm Chính trị Quân khu 12.

Cấp ủy, chỉ huy các cấp đã quán triệt và thực hiện nghiêm túc các nghị quyết, chỉ thị của trên theo Chỉ thị số 11-CT/QU.

Trong năm, bộ đội đã giúp dân 3.400 ngày công, xây 12 nhà đồng đội.

Phong trào thi đua “Vững tay súng, sáng niềm tin” được duy trì đều ở cơ sở.
";

const YEAR_2023: &str = "\
Quân khu 12 tổng kết công tác đảng, công tác chính trị năm 2023

Sáng 26-12-2023, Quân khu 12 tổ chức Hội nghị tổng kết công tác đảng, công tác chính trị năm 2023. \
Trung tướng Lã Khắc Hùng, Bí thư Đảng ủy, Chính ủy Quân khu 12 chủ trì hội nghị. Dự hội nghị có Thiếu tướng \
Bế Quang Hưng, Phó Chính ủy Quân khu 12; Đại tá Nông Thị Hiền, Chủ nhiệm Chính trị Quân khu 12.

Cấp uỷ, chỉ huy các cấp đã quán triệt và thực hiện nghiêm túc các nghị quyết, chỉ thị của trên theo Chỉ thị số 27-CT/QU.

Lần đầu tiên, Quân khu mở lớp học tiếng dân tộc cho cán bộ làm công tác dân vận.

Trong năm, bộ đội đã giúp dân 5.120 ngày công, xây 12 nhà đồng đội.
";

const HALF_2023: &str = "\
Quân khu 12 sơ kết 6 tháng đầu năm 2023

Ngày 11-7-2023, Quân khu 12 sơ kết công tác 6 tháng đầu năm 2023. Trung tướng Lã Khắc Hùng, Chính ủy Quân khu 12 \
chủ trì. Thiếu tướng Bế Quang Hưng, Phó Chính ủy Quân khu 12 báo cáo kết quả.
";

/// Two reports of officials who have only their name in common.
const PHYSICIAN: &str = "\
Ngày 4-4-2018, Trung tá Thào A Súa, Trưởng phòng Tài chính Quân khu 12 báo cáo tại hội nghị.
";
const DIRECTOR: &str = "\
Ngày 9-9-2022, ông Thào A Súa, Giám đốc Sở Y tế tỉnh Phú Khê phát biểu tại hội nghị.
";

/// A report that gives the same name without a post.
const GUEST: &str = "\
Ngày 5-5-2020, Lữ đoàn 907 tổ chức hội thao. Dự hội thao có Đại tá Thào A Súa.
";

pub const ALL: [&str; 5] = [YEAR_2020, YEAR_2023, HALF_2023, PHYSICIAN, DIRECTOR];

pub fn sized(width: u16, height: u16) -> Screen {
    open_as(cache(&ALL), ReaderSettings::default(), SessionState::default(), (width, height))
}

/// A reader with the conference of 2023 open.
pub fn reading(width: u16, height: u16) -> Screen {
    let mut screen = sized(width, height);
    screen.press("Enter");
    assert_eq!(screen.app.detail.report.as_ref().unwrap().title.text, YEAR_2023.lines().next().unwrap());
    screen
}

/// The widths, in cells, at which every page is drawn.
const WIDTHS: [u16; 4] = [40, 80, 120, 200];

#[test]
fn the_holders_of_a_post_stand_in_order_with_who_came_before_and_the_gap() {
    let mut screen = reading(80, 20);
    screen.press("} P 2");
    assert_snapshot!(screen.picture());
    assert!(screen.text().contains("Chính ủy Quân khu 12"));
    // The cursor is on the official whose page was open; the line above is the gap, with a place on both sides of it.
    screen.press("k Enter");
    assert!(screen.text().contains("năm 2020"), "{}", screen.text());
    screen.press("Esc Tab");
    assert!(screen.text().contains("6 tháng đầu năm 2023"), "{}", screen.text());
    screen.press("Esc k e");
    assert!(screen.text().contains("┌ Ma Đình Khánh"), "{}", screen.text());
    assert_snapshot!("the_holders_in_forty_columns", reading(40, 20).press("} P 2").text());
    assert_snapshot!("the_holders_in_two_hundred_columns", reading(200, 14).press("} P 2").text());
}

#[test]
fn a_post_is_reached_from_the_line_up_the_unit_and_the_officials_page_alike() {
    let page = |keys: &str| {
        let mut screen = reading(80, 20);
        screen.press(keys);
        screen.text().lines().take(8).map(str::to_owned).collect::<Vec<_>>()
    };
    let from_text = page("} P 2");
    assert_eq!(page("p P 2"), from_text);
    assert_eq!(page("} e j P"), from_text);
    assert_eq!(page("p $ 2"), from_text);
}

#[test]
fn a_unit_shows_its_officials_now_and_before_and_its_reports() {
    let mut screen = reading(120, 30);
    screen.press("d");
    assert_snapshot!(screen.picture());
    // The line of a report opens the report, and Esc returns to the same line.
    screen.press("End");
    let page = screen.picture();
    screen.press("Enter");
    assert!(screen.text().contains("Sáng 22-12-2020, Quân khu 12 tổ chức Hội nghị"), "{}", screen.text());
    screen.press("Esc");
    assert_eq!(screen.picture(), page);
    // The line of a holder leads to the post, and the post back to the unit.
    screen.press("Home P");
    assert!(screen.app.mode() == baocao::keymap::Mode::Post, "{}", screen.text());
    screen.press("F11");
    assert!(screen.text().contains("┌ Quân khu 12"), "{}", screen.text());
    assert_snapshot!("a_unit_in_forty_columns", reading(40, 24).press("d").text());
}

#[test]
fn no_word_of_a_line_up_touches_the_frame() {
    for width in (40..=96).step_by(4) {
        let mut screen = reading(width, 30);
        screen.press("p");
        let text = screen.text();
        let touching = text.lines().find(|line| line.ends_with('│') && !line.ends_with(" │"));
        assert_eq!(touching, None, "{width}");
    }
}

#[test]
fn a_line_up_is_compared_with_that_of_the_previous_conference() {
    let mut screen = reading(120, 20);
    screen.press("p v");
    assert_snapshot!(screen.picture());
    // Tab opens the sentence of the other report, Enter that of this one.
    screen.press("j j Tab");
    assert!(screen.text().contains("năm 2020"), "{}", screen.text());
    screen.press("Esc Enter");
    assert!(screen.text().contains("năm 2023"), "{}", screen.text());
    assert_snapshot!("line_ups_in_forty_columns", reading(40, 26).press("p v").text());
}

#[test]
fn another_report_is_chosen_to_compare_with() {
    let mut screen = sized(120, 20);
    screen.press("V");
    assert!(screen.text().contains("Chưa chọn báo cáo"), "{}", screen.text());
    screen.press("j s");
    assert!(screen.text().contains("Đã chọn để so: Quân khu 12 sơ kết 6 tháng đầu năm 2023"), "{}", screen.text());
    screen.press("V");
    assert!(screen.text().contains("Chính báo cáo này"), "{}", screen.text());
    screen.press("k Enter p V");
    let text = screen.text();
    assert!(text.contains("cũ   11-07-2023") && text.contains("mới  26-12-2023"), "{text}");
    // From the line-ups of two reports to their texts, and back.
    screen.press("v");
    assert!(screen.text().contains("So báo cáo") && screen.text().contains("cũ   11-07-2023"), "{}", screen.text());
    screen.press("p");
    assert_eq!(screen.text(), text);
    screen.press("Esc Esc Esc Esc Esc j s");
    assert!(screen.text().contains("Thôi không chọn"), "{}", screen.text());
}

#[test]
fn a_report_is_compared_with_the_previous_one_of_its_kind() {
    let mut screen = reading(80, 36);
    screen.press("v");
    assert_snapshot!(screen.picture());
    // The last line of text leads to its own sentence.
    screen.press("End Enter");
    assert!(screen.app.in_detail && screen.text().contains("Vững tay súng"), "{}", screen.text());
    assert_snapshot!("reports_side_by_side", reading(140, 36).press("v").picture());
}

#[test]
fn without_an_earlier_report_of_the_unit_no_page_is_opened_and_it_is_said() {
    let mut screen = sized(80, 14);
    screen.press("End Enter Esc");
    let list = screen.text();
    for (keys, back) in [("[", ""), ("Enter [", "Esc"), ("Enter p [", "Esc Esc")] {
        screen.press(keys);
        let footer = screen.text().lines().last().unwrap_or_default().to_owned();
        assert!(footer.contains("Không có báo cáo trước cùng loại"), "{keys}: {}", screen.text());
        assert!(!screen.app.stack.iter().any(|open| matches!(open, Place::QuotePage(_))), "{keys}");
        if !back.is_empty() {
            screen.press(back);
        }
    }
    let rows = |text: &str| text.lines().take(13).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(rows(&screen.text()), rows(&list));
}

#[test]
fn what_is_new_is_told_without_colour_and_without_looks() {
    let mono = ReaderSettings { theme: ThemeName::Mono, ..ReaderSettings::default() };
    let mut screen = open_as(cache(&ALL), mono, SessionState::default(), (80, 36));
    assert_snapshot!(screen.press("Enter v").picture());
    let plain = ReaderSettings { plain: true, ascii: true, lang: Lang::En, ..ReaderSettings::default() };
    let mut screen = open_as(cache(&ALL), plain, SessionState::default(), (80, 36));
    screen.press("Enter v");
    assert!(screen.text().is_ascii() && screen.text().contains("[27]"), "{}", screen.text());
    screen.press("Esc d");
    assert!(screen.text().contains("year review"), "{}", screen.text());
    for keys in ["Esc p v", "Esc Esc } P 2", "Esc w"] {
        screen.press(keys);
        assert!(screen.text().is_ascii(), "{}", screen.text());
    }
}

#[test]
fn a_doubt_is_shown_with_its_reason_and_decided_with_one_key() {
    let mut screen = sized(80, 20);
    screen.press("w");
    let before = screen.text();
    assert_snapshot!(screen.picture());
    // Both sentences are places to jump to.
    screen.press("j Enter");
    assert!(screen.text().contains("Trưởng phòng Tài chính"), "{}", screen.text());
    screen.press("Esc Tab");
    assert!(screen.text().contains("Giám đốc Sở Y tế"), "{}", screen.text());
    screen.press("Esc S");
    assert!(screen.text().contains("Không còn chỗ nào chưa chắc"), "{}", screen.text());
    screen.press("Ctrl-/ Home");
    assert_eq!(screen.text(), before);
    // Decide for one person: the register merges the two, and the doubt is gone until the decision is undone.
    screen.press("M");
    assert!(screen.text().contains("Không còn chỗ nào chưa chắc"), "{}", screen.text());
    screen.press("Esc o").type_text("thào a súa");
    assert!(screen.text().contains("1/"), "{}", screen.text());
    screen.press("Enter");
    assert!(screen.text().contains("2 báo cáo"), "{}", screen.text());
    screen.press("w Ctrl-/ Home");
    assert_eq!(screen.text(), before);
}

#[test]
fn whom_a_bare_name_was_taken_for_is_reviewed_too() {
    let store = cache(&[YEAR_2020, PHYSICIAN, GUEST]);
    let mut screen = open_as(store, ReaderSettings::default(), SessionState::default(), (80, 24));
    screen.press("w");
    assert_snapshot!(screen.text());
    // Confirmed: they stay one person, and the question does not come again.
    screen.press("M");
    assert!(screen.text().contains("Không còn chỗ nào chưa chắc"), "{}", screen.text());
    screen.press("Ctrl-/");
    assert!(screen.text().contains("Một người?"), "{}", screen.text());
    // The official's page shows the doubt too, and it can be decided there.
    screen.press("Home e");
    assert!(screen.text().contains("2 báo cáo") && screen.text().contains("Một người?"), "{}", screen.text());
    screen.press("End S");
    assert!(screen.text().contains("1 báo cáo") && screen.text().contains("Cùng tên"), "{}", screen.text());
    screen.press("Esc");
    assert!(screen.text().contains("Không còn chỗ nào chưa chắc"), "{}", screen.text());
}

/// Four reports of a colonel of that name, and one of somebody who has only the name in common: a doubt about one
/// report. With `large`, four of the other too: a doubt about four.
fn namesakes(name: &str, large: bool) -> Vec<String> {
    let colonel = (1..=4).map(|n| PHYSICIAN.replace("4-4-2018", &format!("{n}-4-2018")));
    let director = (1..=if large { 4 } else { 1 }).map(|n| DIRECTOR.replace("9-9-2022", &format!("{n}-9-2022")));
    colonel.chain(director).map(|text| text.replace("Thào A Súa", name)).collect()
}

#[test]
fn doubts_are_reviewed_in_a_series_those_about_most_reports_first() {
    let reports: Vec<String> = [("Giàng A Páo", false), ("Sùng A Dế", true), ("Vừ A Lử", false), ("Hầu A Chớ", false)]
        .iter()
        .flat_map(|(name, large)| namesakes(name, *large))
        .collect();
    let reports: Vec<&str> = reports.iter().map(String::as_str).collect();
    let mut screen = open_as(cache(&reports), ReaderSettings::default(), SessionState::default(), (100, 40));
    // The list says that there is something to review, and the key.
    assert!(screen.text().contains("4 chưa chắc (w)"), "{}", screen.text());
    screen.press("w");
    let names = |screen: &Screen| {
        let text = screen.text();
        let known = ["Giàng A Páo", "Sùng A Dế", "Vừ A Lử", "Hầu A Chớ"];
        let lines = text.lines().filter_map(|line| known.iter().find(|name| line.contains(&format!("│ {name} "))));
        lines.map(|name| (*name).to_owned()).collect::<Vec<_>>()
    };
    /// The name of the doubt under the cursor.
    fn here(screen: &mut Screen) -> String {
        match screen.app.stack.last() {
            Some(Place::QuotePage(page)) => {
                let line = page.lines.line().unwrap();
                match page.content.as_deref() {
                    Some(PageContent::Doubts(content)) => {
                        let own = |doubt: &&baocao::tui::quote_pages::doubts::Doubt| {
                            Some(&doubt.this.place) == line.place.as_ref()
                        };
                        content.doubts.iter().find(own).unwrap().name.clone()
                    }
                    other => panic!("{other:?}"),
                }
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(names(&screen), ["Sùng A Dế", "Giàng A Páo", "Hầu A Chớ", "Vừ A Lử"]);
    assert!(screen.text().contains("Chưa chắc ai là ai · 4") && screen.text().contains("4 trong 8 báo cáo · chắc"));
    // One key decides and goes on, as fast as keys come; one key leaves for later.
    screen.press("M");
    assert!(screen.text().contains("Sùng A Dế là một người. u để hoàn tác"), "{}", screen.text());
    assert_eq!(here(&mut screen), "Giàng A Páo");
    screen.press("L");
    assert_eq!(here(&mut screen), "Hầu A Chớ");
    screen.press("S");
    assert!(screen.text().contains("Hầu A Chớ là hai người"), "{}", screen.text());
    assert_eq!((here(&mut screen), names(&screen)), ("Vừ A Lử".into(), vec!["Giàng A Páo".into(), "Vừ A Lử".into()]));
    assert!(screen.text().contains("· 2 chưa chắc (w)"), "{}", screen.text());
    // After the last one, the first that was left.
    screen.press("L");
    assert_eq!(here(&mut screen), "Giàng A Páo");
    assert!(screen.text().contains("Đã xem hết"), "{}", screen.text());
    // Undone one by one; the cursor is on what is open again, and what was undone is said.
    screen.press("u");
    assert_eq!(here(&mut screen), "Hầu A Chớ");
    assert!(screen.text().contains("Đã hoàn tác: Hầu A Chớ"), "{}", screen.text());
    screen.press("u");
    assert_eq!(here(&mut screen), "Sùng A Dế");
    assert_eq!(names(&screen).len(), 4);
    screen.press("u");
    assert!(screen.text().contains("Không có quyết định nào"), "{}", screen.text());
    // All of them in one series, faster than the worker answers.
    screen.type_text("SSSS");
    assert!(screen.text().contains("Không còn chỗ nào chưa chắc") && !screen.text().contains("chưa chắc (w)"));
    screen.press("u u u u");
    assert_eq!(names(&screen).len(), 4);
}

#[test]
fn the_first_doubts_of_a_few_names_are_the_first_of_all() {
    let names = ["Thào A Súa", "Giàng A Páo", "Sùng A Dế", "Vừ A Lử", "Hầu A Chớ", "Lý A Sính"];
    let large = ["Hầu A Chớ", "Giàng A Páo"];
    let mut reports: Vec<String> = names.iter().flat_map(|name| namesakes(name, large.contains(name))).collect();
    // Some are less sure than others.
    reports.extend(["Vừ A Lử", "Thào A Súa"].map(|name| GUEST.replace("Thào A Súa", name)));
    let store = cache(&reports.iter().map(String::as_str).collect::<Vec<_>>());
    let register = store.register().unwrap();
    let all = register.doubts("", usize::MAX).unwrap();
    assert_eq!((all.total, all.all), (all.judgements.len(), store.cache().doubt_count().unwrap()));
    assert!(all.judgements.is_sorted_by_key(|doubt| doubt.judgement.weight()), "{all:#?}");
    assert!(all.judgements.len() >= names.len(), "{all:#?}");
    let reports: Vec<usize> = all.judgements.iter().map(|doubt| doubt.judgement.reports).collect();
    assert_eq!(reports.iter().filter(|count| **count == 4).count(), 2, "{reports:?}");
    for least in 0..=all.total {
        let few = register.doubts("", least).unwrap();
        assert!(few.judgements.len() >= least && all.judgements.starts_with(&few.judgements), "{least}");
        assert_eq!((few.total, few.all), (all.total, all.all));
    }
}

#[test]
fn the_review_is_searched_by_name() {
    let reports: Vec<String> =
        ["Giàng A Páo", "Sùng A Dế", "Vừ A Dề", "Hầu A Chớ"].iter().flat_map(|name| namesakes(name, false)).collect();
    let reports: Vec<&str> = reports.iter().map(String::as_str).collect();
    let mut screen = open_as(cache(&reports), ReaderSettings::default(), SessionState::default(), (100, 30));
    screen.press("w");
    let all = screen.picture();
    screen.press("/").type_text("de");
    let text = screen.text();
    assert!(text.contains("Sùng A Dế") && text.contains("Vừ A Dề") && !text.contains("Hầu A Chớ"), "{text}");
    assert!(text.contains("“de” · 2/4"), "{text}");
    // As in the finder, a tone that was typed holds.
    screen.press("Ctrl-u").type_text("dề").press("Enter");
    let text = screen.text();
    assert!(text.contains("Vừ A Dề") && !text.contains("Sùng A Dế") && text.contains("“dề” · 1/4"), "{text}");
    // What is found is decided as on the whole page; Esc shows all again, another one closes the page.
    screen.press("S");
    assert!(screen.text().contains("Không chỗ chưa chắc nào có họ tên khớp"), "{}", screen.text());
    screen.press("u");
    assert!(screen.text().contains("“dề” · 1/4"), "{}", screen.text());
    screen.press("Esc");
    assert!(screen.text().contains("Chưa chắc ai là ai · 4"), "{}", screen.text());
    screen.press("/").type_text("chớ").press("Esc Home");
    assert_eq!(screen.picture(), all, "giving up brings back what was");
    screen.press("Esc");
    assert!(screen.app.stack.is_empty());
}

#[test]
fn more_to_review_comes_as_the_reader_goes_down() {
    const FAMILIES: [&str; 5] = ["Thào", "Giàng", "Sùng", "Vừ", "Hầu"];
    const GIVEN: [&str; 14] =
        ["Súa", "Páo", "Dế", "Lử", "Chu", "Sính", "Tủa", "Vảng", "Chớ", "Dơ", "Sáu", "Lềnh", "Phử", "Nhìa"];
    let names = FAMILIES.iter().flat_map(|family| GIVEN.iter().map(move |given| format!("{family} A {given}")));
    let reports: Vec<String> =
        names.flat_map(|name| [PHYSICIAN, DIRECTOR].map(|report| report.replace("Thào A Súa", &name))).collect();
    let reports: Vec<&str> = reports.iter().map(String::as_str).collect();
    let mut screen = open_as(cache(&reports), ReaderSettings::default(), SessionState::default(), (80, 20));
    let known = |screen: &Screen| match screen.app.stack.last() {
        Some(Place::QuotePage(page)) => match page.content.as_deref() {
            Some(PageContent::Doubts(content)) => (content.doubts.len(), content.more()),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    screen.press("w");
    let (first, more) = known(&screen);
    assert!(first < 70 && more > 0, "{first} {more}");
    // At the end of the loaded lines the rest is loaded; the cursor stays, and there is more below.
    screen.press("End");
    assert_eq!(known(&screen), (70, 0));
    assert!(screen.text().contains("Sở Y tế") && !screen.text().contains("100%"), "{}", screen.text());
    screen.press("End");
    assert!(screen.text().contains("100%"), "{}", screen.text());
}

#[test]
fn a_day_that_no_report_states_is_marked_on_every_page() {
    const UNDATED: &str = "\
Quân khu 12 sơ kết 6 tháng đầu năm 2024

Quân khu 12 sơ kết công tác 6 tháng đầu năm 2024. Trung tướng Cầm Bá Thước, Tư lệnh Quân khu 12 chủ trì.
";
    let store = cache(&[UNDATED, YEAR_2023]);
    let mut screen = open_as(store, ReaderSettings::default(), SessionState::default(), (100, 24));
    screen.press("o").type_text("cầm bá thước").press("Enter");
    let text = screen.text();
    for said in ["từ ~06-2024", "1 báo cáo, ~06-2024 ", "│ ~06-2024    Quân khu 12 sơ kết"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    screen.press("j P");
    assert!(screen.text().contains("thấy ~06-2024"), "{}", screen.text());
    screen.press("d");
    let text = screen.text();
    assert!(text.contains("Tư lệnh Quân khu 12              Trung tướng  Cầm Bá Thước   thấy ~06-2024"), "{text}");
    assert!(text.contains("│ ~06-2024    sơ kết") && text.contains("│ 26-12-2023  tổng kết"), "{text}");
}

#[test]
fn every_page_can_be_walked_through_at_any_width() {
    for width in WIDTHS {
        for keys in ["} P 2", "d", "p v", "v", "w", "} e"] {
            let mut screen = reading(width, 18);
            screen.press(keys).press("Home");
            let mode = screen.app.mode();
            let mut seen = Vec::new();
            loop {
                let (buffer, cursor) = screen.draw();
                assert!(cursor.is_some_and(|at| buffer.area.contains(at)), "{keys} at {width}: {}", screen.text());
                // Every line that the cursor stops at is a place, and Esc returns to it.
                let here = screen.picture();
                screen.press("Enter");
                assert_ne!(screen.app.mode(), mode, "{keys} at {width}: {here}");
                screen.press("Esc");
                assert_eq!(screen.picture(), here, "{keys} at {width}");
                if seen.last() == Some(&here) {
                    break;
                }
                seen.push(here);
                screen.press("j");
            }
            assert!(seen.len() > 1 || keys == "w", "{keys} at {width}");
        }
    }
}

#[test]
fn the_people_of_a_report_are_searched_and_its_source_is_asked_for() {
    for width in [40, 120] {
        let mut screen = reading(width, 20);
        screen.press("p /").type_text("nong thi").press("Enter");
        let Some(Place::People(people)) = screen.app.stack.last() else { panic!("{}", screen.text()) };
        assert_eq!(people.people[people.selected].name, "Nông Thị Hiền");
        assert!(screen.picture().contains("Nông Thị"), "{}", screen.picture());
        // The next hit is the only one; the cursor moves on from where it is.
        screen.press("k /").type_text("quan khu 12").press("Enter");
        let at = |screen: &Screen| match screen.app.stack.last() {
            Some(Place::People(people)) => people.selected,
            _ => usize::MAX,
        };
        let first = at(&screen);
        screen.press("n");
        assert_eq!(at(&screen), first + 1, "{}", screen.text());
        screen.press("N");
        assert_eq!(at(&screen), first, "{}", screen.text());
        // Back in another width the cursor is on the same person.
        screen.press("n").resize(90, 20);
        assert_eq!(at(&screen), first + 1);
        screen.press("g x");
        assert!(screen.text().contains("không ghi địa chỉ nguồn"), "{}", screen.text());
    }
    let mut list = sized(100, 20);
    list.press("g x");
    assert!(list.text().contains("không ghi địa chỉ nguồn"), "{}", list.text());
}

#[test]
fn what_is_undone_first_says_that_nothing_is_before_it() {
    let mut screen = sized(120, 20);
    screen.press("w M");
    screen.press("u");
    let text = screen.text();
    assert!(text.contains("Đã hoàn tác: Thào A Súa. Không còn gì để hoàn tác."), "{text}");
    assert!(!text.contains("hoàn tác tiếp"), "{text}");
}

#[test]
fn the_review_tells_all_of_its_keys_at_every_width() {
    let screen = |width| {
        let mut screen = sized(width, 40);
        screen.press("w");
        screen
    };
    let footer = screen(120).text();
    let footer = footer.lines().last().unwrap();
    for hint in ["M một người", "u hoàn tác", "? trợ giúp", "q đóng"] {
        assert!(footer.contains(hint), "{footer}");
    }
    let mut help = screen(90);
    let text = help.press("?").text();
    let review: Vec<&str> = text.lines().skip_while(|line| !line.contains("Chỗ chưa chắc ai là ai")).collect();
    let review: Vec<&&str> = review.iter().take_while(|line| !line.trim_matches(['│', ' ']).is_empty()).collect();
    for key in [" u Ctrl-/ ", " Tab "] {
        assert!(review.iter().any(|line| line.contains(key)), "{key}: {review:?}");
    }
}

#[test]
fn a_page_has_one_form_of_a_day() {
    let merged = "Ngày 5-3-2024, Đại tá Ma Đình Khánh, Chủ nhiệm Chính trị Tổng cục Kỹ thuật chủ trì hội nghị.\n";
    let mut screen = open_as(cache(&[merged]), ReaderSettings::default(), SessionState::default(), (120, 20));
    screen.press("Enter } P");
    let text = screen.text();
    assert!(text.contains("sáp nhập thành Tổng cục Hậu cần - Kỹ thuật, 10-02-2025"), "{text}");
}

#[test]
fn the_page_of_a_post_is_titled_with_the_unit_that_its_words_leave_out() {
    let mut key = PostKey::of("Bí thư Đảng ủy");
    key.unit = PostKey::of("Chính ủy Quân khu 12").unit;
    // From a unit's page it is opened with the words alone, from a report with the unit written out.
    for words in ["Bí thư Đảng ủy", "Bí thư Đảng ủy [Quân khu 12]"] {
        let subject = PageSubject::Post(words.to_owned(), key.clone(), None);
        assert_eq!(subject.title(Lang::Vi), "Bí thư Đảng ủy [Quân khu 12]");
    }
    let whole = PageSubject::Post("Chính ủy Quân khu 12".to_owned(), PostKey::of("Chính ủy Quân khu 12"), None);
    assert_eq!(whole.title(Lang::Vi), "Chính ủy Quân khu 12");
}

#[test]
fn a_line_that_quotes_one_sentence_says_how_it_is_opened() {
    let mut screen = reading(120, 30);
    screen.press("p P 2 Home");
    let quotes_one = |screen: &Screen| {
        matches!(screen.app.stack.last(), Some(Place::QuotePage(page))
        if page.lines.line().is_some_and(|line| line.place.is_some() && line.other.is_none()))
    };
    for _ in 0..20 {
        if quotes_one(&screen) {
            break;
        }
        screen.press("j");
    }
    assert!(quotes_one(&screen), "{}", screen.text());
    screen.press("Tab");
    assert!(screen.text().contains("Dòng này chỉ dẫn một câu: Enter để mở."), "{}", screen.text());
}

#[test]
fn the_footer_of_a_page_names_what_the_line_under_the_cursor_takes() {
    let footer = |screen: &Screen| screen.text().lines().last().unwrap_or_default().to_owned();
    let mut screen = sized(120, 40);
    screen.press("o").type_text("be quang").press("Enter");
    // On a rank there is nobody else's page, and no report to split off.
    assert!(!footer(&screen).contains("e trang cán bộ") && !footer(&screen).contains("S tách"), "{}", screen.text());
    let at_report = |screen: &Screen| {
        matches!(screen.app.stack.last(), Some(Place::Official(page))
        if page.lines.line().is_some_and(|line| line.sort == baocao::tui::app::PageLineKind::Report))
    };
    while !at_report(&screen) {
        screen.press("j");
    }
    assert!(footer(&screen).contains("S tách"), "{}", screen.text());
    screen.press("G");
    assert!(footer(&screen).contains("e trang cán bộ") && !footer(&screen).contains("S tách"), "{}", screen.text());
}

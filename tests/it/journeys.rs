//! Everyday use of the reader, as snapshots of the screen. The reports are invented.

use crate::screen::{Screen, cache, cases, open, open_as};
use baocao::config::ThemeName;
use baocao::keymap::{Keymap, Mode};
use baocao::lang::Lang;
use baocao::tui::app::Screen as Place;
use baocao::tui::message::Message;
use baocao::tui::settings::{ReaderSettings, SessionState};
use insta::assert_snapshot;
use proptest::prelude::*;

const REVIEW: &str = "\
Quân khu 12 tổng kết công tác đảng, công tác chính trị năm 2022

Sáng 26-12-2022, Quân khu 12 tổ chức Hội nghị tổng kết công tác đảng, công tác chính trị năm 2022. \
Trung tướng Lã Khắc Hùng, Bí thư Đảng ủy, Chính ủy Quân khu 12 chủ trì hội nghị. Dự hội nghị có Thiếu tướng \
Bế Quang Hưng, Phó Chủ nhiệm Quân khu 12.

leftcenterrightdel
Quang cảnh hội nghị.

Năm qua, cơ quan chính trị đã tổ chức 143 buổi sinh hoạt cho 1.657 người theo Chỉ thị số 05-CT/TW.

Kết luận hội nghị, Trung tướng Lã Khắc Hùng yêu cầu giữ nghiêm kỷ luật. Đồng chí Hưng phát biểu tiếp thu.

Tin, ảnh: MAI LÂM
";

const HALF: &str = "\
Quân khu 11 sơ kết 6 tháng đầu năm 2023

Ngày 10-7-2023, Quân khu 11 sơ kết công tác 6 tháng đầu năm 2023. Thiếu tướng Cầm Văn Thoại, Chính ủy Quân khu 11 \
chủ trì. Đại tá Nông Thị Hiền, Phó Chủ nhiệm Chính trị Quân khu 11 báo cáo kết quả huấn luyện.

Hội nghị biểu dương các đơn vị hoàn thành tốt nhiệm vụ huấn luyện, sẵn sàng chiến đấu.
";

const DECISION: &str = "\
Trao quyết định bổ nhiệm cán bộ

Ngày 3-3-2024, tại Hà Nội, Thượng tướng Lã Khắc Hùng, Thứ trưởng Bộ Quốc phòng trao quyết định bổ nhiệm Trung tướng \
Bế Quang Hưng, Phó Chủ nhiệm Quân khu 12, giữ chức Chủ nhiệm Quân khu 12.
";

const ALL: [&str; 3] = [REVIEW, HALF, DECISION];

fn sized(width: u16, height: u16) -> Screen {
    open_as(cache(&ALL), ReaderSettings::default(), SessionState::default(), (width, height))
}

#[test]
fn list_and_report_stand_side_by_side() {
    assert_snapshot!(open(&ALL).press("j").picture());
}

#[test]
fn a_filter_works_while_it_is_typed_and_esc_brings_back_what_was() {
    let mut screen = open(&ALL);
    let before = screen.text();
    screen.press("/").type_text("bế quang");
    assert_snapshot!(screen.picture());
    screen.press("Esc");
    assert_eq!(screen.text(), before);
}

#[test]
fn the_finder_answers_a_former_rank_and_marks_it() {
    for (width, height) in [(100, 24), (40, 12), (38, 7)] {
        let mut screen = sized(width, height);
        screen.press("o").type_text("thieu tuong be quang hung");
        let picture = screen.picture();
        assert!(screen.text().contains("Bế Quang Hưng") && screen.text().contains("từng là"), "{picture}");
    }
    let mut screen = sized(80, 12);
    screen.press("o").type_text("thiếu tướng bế quang hưng");
    assert_snapshot!(screen.picture());
    // By the present rank nothing is said of a former one.
    let mut screen = sized(80, 12);
    screen.press("o").type_text("trung tướng bế quang hưng");
    assert!(screen.text().contains("Bế Quang Hưng") && !screen.text().contains("từng là"), "{}", screen.text());
}

#[test]
fn tab_walks_through_what_may_stand_there_and_comes_back_to_what_was_typed() {
    let mut screen = sized(80, 24);
    screen.press("/").type_text("kind:so");
    let typed = |screen: &Screen| screen.app.line.as_ref().unwrap().line.text().to_owned();
    screen.press("Tab");
    assert_eq!(typed(&screen), "kind:\"sơ kết\"");
    assert!(screen.text().contains("Quân khu 11 sơ kết"), "{}", screen.text());
    screen.press("Ctrl-u").type_text("kind:t").press("Tab");
    let first = typed(&screen);
    screen.press("Tab");
    assert_ne!(typed(&screen), first);
    while typed(&screen) != "kind:t" {
        screen.press("Tab");
    }
    screen.press("Tab");
    assert_eq!(typed(&screen), first);
}

#[test]
fn shift_tab_walks_back_through_what_may_stand_there() {
    let mut screen = sized(80, 24);
    let typed = |screen: &Screen| screen.app.line.as_ref().unwrap().line.text().to_owned();
    let mut walk = |keys: &str| {
        screen.press(keys);
        typed(&screen)
    };
    walk("/ k i n d : t");
    let (first, second) = (walk("Tab"), walk("Tab"));
    assert_ne!(first, second);
    assert_eq!(
        [walk("Shift-Tab"), walk("Shift-Tab"), walk("Tab")],
        [first, "kind:t".to_owned(), "kind:\"tổng kết\"".to_owned()]
    );
    walk("Ctrl-u k i n d : t");
    let last = walk("Shift-Tab");
    assert_ne!(last, "kind:t");
    assert_eq!([walk("Tab"), walk("Shift-Tab")], ["kind:t".to_owned(), last]);
}

#[test]
fn tab_knows_other_names_of_fields_and_abbreviations_of_units() {
    let mut screen = sized(80, 24);
    let typed = |screen: &Screen| screen.app.line.as_ref().unwrap().line.text().to_owned();
    screen.press("/").type_text("donv").press("Tab");
    assert_eq!(typed(&screen), "donvi:");
    screen.type_text("qk12").press("Tab");
    assert_eq!(typed(&screen), "donvi:\"Quân khu 12\"");
    assert_eq!(screen.app.list.window.total, 1);
}

#[test]
fn tab_offers_the_units_of_the_reports() {
    let mut screen = sized(80, 24);
    screen.press("/").type_text("unit:qu").press("Tab");
    let typed = screen.app.line.as_ref().unwrap().line.text().to_owned();
    assert!(typed.starts_with("unit:\"") && typed.contains("Qu"), "{typed}");
    assert!(!screen.text().contains("không có báo cáo"), "{}", screen.text());
}

#[test]
fn a_wider_window_shows_the_selected_report_beside_the_list() {
    let mut screen = sized(80, 24);
    assert!(!screen.text().contains("┐┌"), "{}", screen.text());
    for (width, height) in [(120, 30), (200, 55)] {
        screen.resize(width, height);
        let text = screen.text();
        assert!(
            text.contains("│ Ngày 3-3-2024, tại Hà Nội") || text.contains("│   Ngày 3-3-2024, tại Hà Nội"),
            "{text}"
        );
    }
}

#[test]
fn a_larger_window_leaves_the_reader_on_the_report() {
    let many: Vec<String> =
        (1..=200).map(|n| format!("Sư đoàn {n} họp\n\nNgày 7-3-2024, Sư đoàn {n} họp.\n")).collect();
    let mut screen = open(&many.iter().map(String::as_str).collect::<Vec<_>>());
    for _ in 0..65 {
        screen.press("j");
    }
    let before = screen.app.list.selected_row().map(|row| row.id.clone());
    screen.resize(120, 66);
    assert_eq!((screen.app.list.selected, screen.app.list.window.total), (65, 200));
    assert_eq!(screen.app.list.selected_row().map(|row| row.id.clone()), before);
}

#[test]
fn the_count_is_told_also_where_the_reader_comes_back_to_another_report_than_the_first() {
    let many: Vec<String> = (1..=40).map(|n| format!("Sư đoàn {n} họp\n\nNgày 7-3-2024, Sư đoàn {n} họp.\n")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let size = (120, 24);
    let mut before = open_as(cache(&many), ReaderSettings::default(), SessionState::default(), size);
    let remembered = before.press("j Enter").app.remembered();
    let mut screen = open_as(cache(&many), ReaderSettings::default(), remembered, size);
    assert_eq!(screen.app.list.selected, 1);
    while !screen.app.list.window.counted {
        screen.press("o Esc");
    }
    let line = screen.text().lines().next().unwrap().to_owned();
    assert!(line.contains("40 báo cáo"), "{line}");
}

#[test]
fn a_long_filter_has_the_room_that_the_line_leaves() {
    let mut screen = sized(120, 30);
    let long = "unit:\"quan khu\" rank:>=dai-ta -\"so ket\" dieu lenh";
    screen.press("/").type_text(long);
    assert!(screen.text().lines().next().unwrap().contains(long), "{}", screen.text());
}

#[test]
fn tab_offers_the_years_of_the_reports() {
    let mut screen = sized(80, 24);
    for field in ["year:", "from:", "date:"] {
        screen.press("/ Ctrl-u").type_text(field).press("Tab");
        let typed = screen.app.line.as_ref().unwrap().line.text().to_owned();
        let year = typed.strip_prefix(field).unwrap();
        assert!(year.len() == 4 && year.starts_with("20"), "{typed}");
        assert!(!screen.text().contains("không có báo cáo"), "{}", screen.text());
        screen.press("Esc");
    }
}

#[test]
fn names_posts_and_ranks_that_were_asked_for_are_hits_in_the_text() {
    let mut screen = open(&ALL);
    let hits = |screen: &Screen| {
        let detail = &screen.app.detail;
        let text = &detail.report.as_ref().unwrap().text;
        detail.hits.iter().map(|hit| hit.of(text).to_owned()).collect::<Vec<_>>()
    };
    let name = screen.app.detail.report.as_ref().unwrap().extraction.people.first().unwrap().name.clone();
    let given = name.rsplit(' ').next().unwrap().to_owned();
    screen.press("/").type_text(&format!("person:{given}")).press("Enter");
    assert!(!hits(&screen).is_empty() && hits(&screen).iter().all(|hit| *hit == given), "{:?}", hits(&screen));
    screen.press("/ Ctrl-u").type_text("post:\"chính ủy\"").press("Enter");
    assert!(hits(&screen).iter().any(|hit| hit.to_lowercase() == "chính ủy"), "{:?}", hits(&screen));
    screen.press("/ Ctrl-u").type_text("rank:dai-ta").press("Enter");
    assert!(!hits(&screen).is_empty() && hits(&screen).iter().all(|hit| hit.to_lowercase() == "đại tá"));
    screen.press("/ Ctrl-u").type_text("-person:zzz").press("Enter");
    assert!(hits(&screen).is_empty());
}

#[test]
fn a_filter_that_is_kept_opens_reports_at_their_first_hit() {
    let mut screen = open(&ALL);
    screen.press("/").type_text("kỷ luật").press("Enter Enter");
    assert_snapshot!(screen.picture());
}

#[test]
fn a_filter_of_the_next_session_opens_the_report_read_last_at_its_first_hit_too() {
    let mut before = sized(80, 10);
    before.press("/").type_text("tiếp thu").press("Enter Enter g g Q");
    let remembered = before.remembered.clone().expect("the place");
    assert!(remembered.place.is_some());
    // A session that begins without the filter of the last one.
    let fresh = SessionState { filter: String::new(), in_detail: false, ..remembered };
    let mut screen = open_as(cache(&ALL), ReaderSettings::default(), fresh.clone(), (80, 10));
    screen.press("/").type_text("tiếp thu").press("Enter Enter");
    assert_eq!(screen.app.detail.hit, Some(0), "{}", screen.text());
    assert!(screen.text().contains("tiếp thu"), "{}", screen.text());
    // Without a filter, the text is where it was left.
    let mut screen = open_as(cache(&ALL), ReaderSettings::default(), fresh, (80, 10));
    screen.press("Enter");
    assert_eq!((screen.app.detail.hit, screen.app.detail.top), (None, 0), "{}", screen.text());
}

#[test]
fn what_a_filter_does_not_understand_is_said_under_its_place() {
    let mut screen = sized(80, 24);
    screen.press("/").type_text("hùng from:2023x");
    assert_snapshot!(screen.picture());
}

#[test]
fn on_a_narrow_screen_what_is_not_understood_is_said_whole() {
    let mut screen = sized(40, 15);
    screen.press("/").type_text("hùng from:2023x");
    assert_eq!(
        screen.text().lines().skip(1).take(3).collect::<Vec<_>>(),
        ["           ↑", " from: “2023x” không phải ngày tháng;", " ví dụ from:2023"]
    );
    // The input line is longer than the screen: the sign is still below the faulty part.
    let mut screen = sized(40, 12);
    screen.press("/").type_text("unit:xyz rank:zz \"thieu tuong ng");
    let text = screen.text();
    let column = |line: usize, part: &str| {
        let line = text.lines().nth(line).unwrap();
        line.find(part).map(|at| line[..at].chars().count())
    };
    assert!(column(1, "↑").is_some() && column(0, "zz") >= column(1, "↑"), "{text}");
    assert!(column(0, "rank:") <= column(1, "↑") && text.lines().nth(2).unwrap().contains("“zz”"), "{text}");
}

#[test]
fn each_part_that_is_not_understood_is_underlined() {
    let mut screen = sized(80, 24);
    screen.press("/").type_text("hùng from:2023x rank:zz ");
    let (buffer, _) = screen.draw();
    let underlined = |x: &u16| buffer[(*x, 0)].modifier.contains(ratatui::style::Modifier::UNDERLINED);
    let letters: String = (0..80).filter(underlined).map(|x| buffer[(x, 0)].symbol()).collect();
    assert_eq!(letters, "from:2023xrank:zz");
    assert!(screen.text().lines().nth(1).is_some_and(|told| told.ends_with("(+1)")), "{}", screen.text());
}

#[test]
fn what_is_half_typed_is_told_under_its_place() {
    let mut screen = sized(80, 24);
    for (typed, told) in [
        ("hùng (a", "                    ↑ còn thiếu dấu ) đóng"),
        ("hùng \"a", "                    ↑ còn thiếu dấu \" đóng"),
        ("-", "               ↑ - bỏ từ nào: gõ từ ấy liền sau dấu -"),
        ("OR", "               ↑ sau OR là gì?"),
        ("()", "               ↑ giữa ( và ) chưa có gì"),
    ] {
        screen.press("/ Ctrl-u").type_text(typed);
        assert_eq!(screen.text().lines().nth(1), Some(told), "{typed}");
        screen.press("Esc");
    }
}

#[test]
fn what_is_no_field_is_a_fault_and_the_last_good_answer_stays() {
    let mut screen = sized(80, 24);
    screen.press("/").type_text("nhóm:tướng");
    assert!(screen.text().lines().next().is_some_and(|top| !top.contains("ẩn")), "{}", screen.text());
    assert!(
        screen.text().contains("không có trường nhóm:") && screen.text().contains("theo bộ lọc trước"),
        "{}",
        screen.text()
    );
    // The letters of half a name were searched for, one by one; the good answer is that from before them.
    screen.press("Ctrl-u").type_text("quân khu ");
    let good = screen.app.list.window.total;
    assert!(good > 0);
    for to_the_place in ["Ctrl-e", "Ctrl-a"] {
        screen.press(to_the_place).type_text(" ").press(to_the_place);
        for letter in ["r", "n", "a", "k"] {
            screen.type_text(letter);
        }
        assert_eq!(screen.app.list.window.total, 0);
        screen.type_text(":trung");
        assert_eq!(screen.app.list.window.total, good, "{to_the_place}: {}", screen.text());
        assert!(screen.text().contains("không có trường rnak:"), "{}", screen.text());
        screen.press("Ctrl-u").type_text("quân khu ");
    }
    // What is pasted as a whole was never searched for in half.
    screen.press("Ctrl-u").type_text("unit:\"quân khu 11\"");
    screen.send(Message::Pasted(" rnak:trung".to_owned()));
    screen.settle();
    assert_eq!(screen.app.list.window.total, 1, "{}", screen.text());
    screen.press("Esc").press("/").type_text("hội nghị:");
    assert!(screen.text().lines().next().is_some_and(|top| top.ends_with(" 2 · ẩn 1")), "{}", screen.text());
}

#[test]
fn a_faulty_filter_keeps_the_last_good_answer_and_esc_what_was_before_the_line() {
    let mut screen = sized(100, 24);
    screen.press("/").type_text("unit:\"quân khu 11\"");
    let answer =
        |screen: &Screen| (screen.app.list.window.total, screen.app.list.selected_row().map(|row| row.id.clone()));
    let good = answer(&screen);
    assert_eq!(good.0, 1);
    screen.type_text(" rank:zzz");
    assert_eq!(answer(&screen), good, "{}", screen.text());
    // Kept with Enter, or asked again: the fault is still told, and the answer is still the good one.
    screen.press("Enter").press(", d");
    assert_eq!(answer(&screen), good);
    assert!(screen.text().contains("không hiểu “zzz”"), "{}", screen.text());
    screen.press("/").type_text("y").press("Esc");
    assert!(screen.text().contains("không hiểu “zzz”"), "{}", screen.text());
    screen.press("Esc");
    assert_eq!(answer(&screen).0, 3);
}

#[test]
fn another_order_than_newest_first_is_named_above_the_list() {
    let mut screen = sized(80, 24);
    let frame = |screen: &Screen| screen.text().lines().nth(1).unwrap_or_default().to_owned();
    assert!(!frame(&screen).contains("độ khớp"), "{}", frame(&screen));
    screen.press(", r");
    assert!(frame(&screen).contains("độ khớp"), "{}", frame(&screen));
    screen.press(", d");
    assert!(!frame(&screen).contains("độ khớp"), "{}", frame(&screen));
}

#[test]
fn a_filter_that_nothing_answers_leaves_no_report_beside_it_and_keys_say_so() {
    for lang in [Lang::Vi, Lang::En] {
        let settings = ReaderSettings { lang, ..ReaderSettings::default() };
        let mut screen = open_as(cache(&ALL), settings, SessionState::default(), (120, 24));
        let said = |screen: &Screen| screen.text().lines().last().unwrap_or_default().to_owned();
        screen.press("/").type_text("kỷ luật").press("Enter / Ctrl-u").type_text("xyz").press("Enter");
        assert!(!screen.text().contains("hội nghị") && !screen.text().contains("1/"), "{}", screen.text());
        let footer = said(&screen);
        let expected = if lang == Lang::Vi { "Không báo cáo nào khớp" } else { "No report matches" };
        for keys in ["Enter", "p", "*", "y y"] {
            screen.press("Ctrl-l").press(keys);
            assert!(said(&screen).contains(expected), "{keys}: {}", said(&screen));
        }
        // There is no place to jump to, which needs no notice.
        screen.press("Ctrl-l j");
        assert_eq!(said(&screen), footer);
        screen.press("Ctrl-l");
        assert_eq!(said(&screen), footer);
        // The report that was selected before is selected again.
        screen.press("Esc");
        assert_eq!(screen.app.list.selected, 2);
        assert!(screen.text().contains("Quang cảnh hội nghị"), "{}", screen.text());
    }
}

#[test]
fn a_search_without_hits_says_so() {
    for (lang, said) in [(Lang::Vi, "“xyz” không có trong báo cáo này."), (Lang::En, "“xyz” is not in this report.")]
    {
        let settings = ReaderSettings { lang, ..ReaderSettings::default() };
        let mut screen = open_as(cache(&ALL), settings, SessionState::default(), (80, 24));
        screen.press("Enter /").type_text("xyz").press("Enter");
        assert!(screen.text().contains(said), "{}", screen.text());
    }
}

#[test]
fn in_english_all_but_the_texts_is_english() {
    let settings = ReaderSettings { lang: Lang::En, ..ReaderSettings::default() };
    let mut screen = open_as(cache(&ALL), settings.clone(), SessionState::default(), (250, 24));
    screen.press("j");
    let text = screen.text();
    assert!(text.contains("Interim H1 2023") && text.contains("interim review · first half of 2023"), "{text}");
    screen.press("p");
    assert!(screen.text().contains("1   chairs"), "{}", screen.text());
    let one = open_as(cache(&[HALF]), settings, SessionState::default(), (80, 24)).press("o Enter").text();
    assert!(one.contains("1 report · 2 officials") && one.contains("1 report, 10-07-2023"), "{one}");
}

#[test]
fn a_report_without_day_stands_in_the_month_that_its_period_ends_in() {
    let undated = HALF.replace("Ngày 10-7-2023, ", "");
    let store = cache(&[&undated]);
    let text = open_as(store, ReaderSettings::default(), SessionState::default(), (160, 24)).text();
    assert!(text.contains("•  ~06-2023 ") && text.contains("không ghi ngày, ~06-2023 theo kỳ báo"), "{text}");
}

#[test]
fn a_title_made_from_the_contents_says_so() {
    let untitled = HALF.split_once("\n\n").unwrap().1;
    let text = open_as(cache(&[untitled]), ReaderSettings::default(), SessionState::default(), (160, 24)).text();
    assert!(text.contains("tiêu đề đặt theo nội") && !text.contains("11 *"), "{text}");
}

#[test]
fn a_star_leaves_the_unread_mark() {
    let mut screen = open(&ALL);
    screen.press("j *");
    assert!(screen.text().contains("▌•★ 10-07-2023"), "{}", screen.text());
    screen.press("R");
    assert!(screen.text().contains("▌ ★ 10-07-2023"), "{}", screen.text());
}

#[test]
fn a_report_is_given_tags_and_found_by_them() {
    let mut screen = open(&ALL);
    screen.press("j t").type_text("theo dõi, xem lại, theo dõi").press("Enter");
    let text = screen.text();
    assert!(text.contains("││ nhãn: theo dõi, xem lại") && text.contains("… #theo dõi #… ││"), "{text}");
    // The report's tags arrive after the letters of a burst, but are put in front of them; Esc cancels.
    screen.type_text("tmới");
    assert_snapshot!("the_line_of_tags", screen.picture());
    screen.press("Esc");
    assert_eq!(screen.app.detail.tags, ["theo dõi", "xem lại"]);
    screen.press("/").type_text("tag:theo-doi").press("Enter");
    assert_eq!(screen.app.list.window.total, 1);
    assert!(screen.app.list.selected_row().unwrap().title.contains("Quân khu 11"));
    // In the report: Tab completes the known tags.
    screen.press("Esc k Enter ;").type_text("xem").press("Tab");
    let typed = |screen: &Screen| screen.app.line.as_ref().unwrap().line.text().to_owned();
    assert_eq!(typed(&screen), "xem lại");
    screen.type_text(", ").press("Tab");
    assert_eq!(typed(&screen), "xem lại, theo dõi");
    screen.press("Enter J");
    assert_eq!(screen.app.detail.tags, ["theo dõi", "xem lại"]);
    screen.press("t Ctrl-u Enter");
    assert!(screen.text().contains("Không còn nhãn nào.") && !screen.text().contains("nhãn: "), "{}", screen.text());
    screen.press("K J");
    assert_eq!(screen.app.detail.tags, [""; 0]);
    screen.press("Esc Esc /").type_text("tag:theo-doi").press("Enter");
    assert_eq!(screen.app.list.window.total, 1);
}

#[test]
fn raw_text_is_left_as_it_is() {
    let mut screen = open(&["Ngày 5-6-2024, đồng chí Lã Khắc Hùng dự hội nghị CTĐ, CTCT của QK12."]);
    screen.press("Enter r");
    let raw = |screen: &Screen| screen.text().lines().take(20).map(str::to_owned).collect::<Vec<_>>();
    let before = raw(&screen);
    assert!(!before.join(" ").contains('['), "{before:?}");
    screen.press("x");
    assert_eq!(raw(&screen), before);
    assert!(screen.text().contains("Nguyên văn thì không viết đầy đủ chữ viết tắt"), "{}", screen.text());
    screen.press("r x");
    assert!(screen.text().contains("[công"), "{}", screen.text());
    screen.press("r");
    assert_eq!(raw(&screen), before);
}

#[test]
fn at_the_smallest_size_names_come_first() {
    let mut screen = sized(20, 6);
    screen.press("o");
    let text = screen.text();
    assert!(text.contains("\n>Lã Khắc Hùng\n Bế Quang Hưng\n"), "{text}");
    assert_eq!(text.lines().filter(|line| line.contains("Cầm Văn Thoại")).count(), 1, "{text}");
}

#[test]
fn a_key_that_works_elsewhere_says_where() {
    let mut screen = open(&ALL);
    for key in ["F6", "Ctrl-e", "x", "Ctrl-w"] {
        screen.press("Ctrl-l").press(key);
        let footer = screen.text().lines().last().unwrap().to_owned();
        assert!(footer.contains("dùng ở") || footer.contains("không có việc gì ở đây"), "{key}: {footer}");
    }
    screen.press("Esc");
    assert!(screen.text().contains("Đang ở danh sách"), "{}", screen.text());
}

#[test]
fn help_comes_back_to_the_line_that_was_typed() {
    let mut screen = open(&ALL);
    screen.press("/").type_text("bế").press("F1 / Esc");
    let before = screen.text();
    assert!(before.contains("Trợ giúp"), "{before}");
    screen.press("Esc").type_text(" quang").press("Enter");
    assert_eq!(screen.app.list.filter.text(), "bế quang");
    screen.press("? ?");
    assert!(!screen.text().contains("Trợ giúp"), "{}", screen.text());
}

#[test]
fn no_key_of_a_report_is_silent() {
    let mut screen = sized(80, 24);
    let said = |screen: &mut Screen, key: &str| {
        screen.press(key);
        screen.text().lines().last().unwrap_or_default().to_owned()
    };
    assert!(said(&mut screen, "'").contains("Chưa đánh dấu chỗ nào"));
    screen.press("Enter");
    assert!(said(&mut screen, "z").contains("đã rộng hết màn hình"));
    screen.press("Ctrl-o");
    assert!(said(&mut screen, "Ctrl-o").contains("Không có chỗ nào để quay lại"));
}

#[test]
fn the_text_is_searched_and_hits_are_counted() {
    let mut screen = sized(80, 24);
    screen.press("j j Enter /").type_text("hội nghị").press("Enter n n");
    assert_snapshot!(screen.picture());
}

#[test]
fn a_search_in_a_text_begins_empty_and_the_last_one_is_repeated_by_enter() {
    let mut screen = sized(80, 24);
    let top = |screen: &Screen| screen.text().lines().next().unwrap_or_default().to_owned();
    let at = |screen: &Screen| screen.app.detail.hit.map(|n| (n + 1, screen.app.detail.hits.len()));
    screen.press("j j Enter / Enter");
    assert!(screen.text().contains("Chưa tìm gì"), "{}", screen.text());
    screen.press("/").type_text("hội nghị").press("Enter");
    let (first, count) = at(&screen).unwrap();
    // The last search stays highlighted while the input line is empty, and Esc changes nothing.
    let before = screen.text();
    screen.press("/");
    assert!(top(&screen).contains("tìm:  ") && at(&screen) == Some((first, count)), "{}", top(&screen));
    assert_eq!(screen.type_text("kỷ").press("Esc").text(), before);
    screen.press("/").type_text("kỷ").press("Ctrl-u");
    assert_eq!(at(&screen), Some((first, count)));
    screen.press("Enter");
    assert_eq!(at(&screen), Some((first + 1, count)), "the next hit of the same search");
    screen.press("/ Up");
    assert!(top(&screen).contains("tìm: hội nghị"), "{}", top(&screen));
    screen.press("Enter");
    // In another report the search starts at the beginning.
    screen.press("Esc K");
    assert!(screen.app.detail.query.text().is_empty());
    screen.press("/ Enter");
    assert_eq!((screen.app.detail.query.text().trim(), screen.app.detail.hit), ("hội nghị", Some(0)));
}

#[test]
fn hits_in_the_title_are_shown_where_the_title_stands() {
    let mut screen = sized(120, 12);
    screen.press("j j Enter G");
    assert!(screen.app.detail.top > 0);
    screen.press("/").type_text("quân khu 12").press("Enter");
    while screen.app.detail.hit != Some(0) {
        screen.press("N");
    }
    assert_eq!(screen.app.detail.top, 0);
    assert_snapshot!("the_title_is_the_first_hit", screen.picture());
    // On a narrow screen the title is in the head of the page.
    screen.resize(40, 15);
    assert_snapshot!("the_title_is_the_first_hit_in_forty_columns", screen.picture());
}

#[test]
fn a_search_that_the_report_does_not_answer_whole_has_no_hits() {
    let mut screen = sized(80, 24);
    screen.press("j j Enter");
    let said = |screen: &Screen| screen.text().lines().last().unwrap_or_default().trim().to_owned();
    // By the rules of the filter, after the sign.
    for typed in ["/hội xyzzy", "/hội -nghị", "/hội year:2021"] {
        screen.press("/").type_text(typed).press("Enter");
        assert_eq!(screen.app.detail.hits, [], "{typed}");
        assert_eq!(said(&screen), format!("“{typed}” không có trong báo cáo này."));
        screen.press("n");
        assert_eq!(said(&screen), format!("“{typed}” không có trong báo cáo này."));
    }
    for typed in ["/hội xyzzy OR kỷ", "/hội year:2022", "/hội -is:starred tag:abc", "/hooij", "hooij"] {
        screen.press("/").type_text(typed).press("Enter");
        assert!(!screen.app.detail.hits.is_empty(), "{typed}");
    }
    for typed in ["/year:2022", "/unit:qk", "/-hội"] {
        screen.press("/").type_text(typed);
        assert!(said(&screen).starts_with(&format!("“{typed}” chỉ để lọc danh sách")), "{}", screen.text());
        screen.press("Enter");
        assert!(said(&screen).starts_with(&format!("“{typed}” chỉ để lọc danh sách")), "{}", screen.text());
    }
}

#[test]
fn braces_go_from_person_to_person_and_say_why_each_is_one() {
    let mut screen = sized(80, 24);
    screen.press("j j Enter } } } } }");
    assert_snapshot!(screen.picture());
}

#[test]
fn the_line_up_keeps_press_order_and_leads_to_the_sentence() {
    let mut screen = open(&ALL);
    screen.press("j j p j");
    assert_snapshot!(screen.picture());
    screen.press("Enter");
    assert_snapshot!("the_line_up_leads_to_the_sentence", screen.picture());
}

#[test]
fn an_official_is_found_and_every_line_of_the_page_leads_to_its_sentence_and_back() {
    let mut screen = open(&ALL);
    screen.press("o").type_text("hung");
    assert_snapshot!(screen.picture());
    screen.press("Enter");
    let page = screen.picture();
    assert_snapshot!("the_page_of_an_official", page);
    screen.press("Enter");
    assert_snapshot!("the_sentence_that_proves_a_line", screen.picture());
    screen.press("Esc");
    assert_eq!(screen.picture(), page);
}

#[test]
fn the_numbers_of_reports_in_the_finder_stand_in_one_column_with_and_without_a_date() {
    let dated = "Quân khu 15 sơ kết\n\nNgày 4-3-2024, Thiếu tướng Lã Khắc Hùng dự hội nghị sơ kết.\n";
    let undated = "Quân khu 15 giao ban\n\nĐại tá Vi Văn Hùng dự hội nghị giao ban.\n";
    let inferred = "Quân khu 15 sơ kết công tác 6 tháng đầu năm 2023\n\nQuân khu 15 tổ chức hội nghị sơ kết công tác \
                    6 tháng đầu năm 2023. Thượng tá Quàng Văn Hùng dự.\n";
    for width in [40, 80, 160] {
        let store = cache(&[dated, undated, inferred]);
        let mut screen = open_as(store, ReaderSettings::default(), SessionState::default(), (width, 20));
        screen.press("o").type_text("hung");
        let text = screen.text();
        let column = |date: &str| {
            let line = text.lines().find(|line| line.contains(&format!("1   {date}")));
            line.unwrap_or_else(|| panic!("{date}: {text}"))
                .split_once(&format!("1   {date}"))
                .unwrap()
                .0
                .chars()
                .count()
        };
        assert_eq!(column("03-2024"), column("—"), "{text}");
        assert!(text.contains("1  ~06-2023"), "the sign takes a cell of the space: {text}");
    }
}

#[test]
fn one_report_is_split_off_an_official_and_merged_again() {
    let mut screen = open(&ALL);
    screen.press("o").type_text("hùng").press("Enter");
    let whole = screen.text();
    assert!(whole.contains("2 báo cáo"), "{whole}");
    screen.press("End k S");
    assert!(screen.text().contains("1 báo cáo") && screen.text().contains("Cùng tên"), "{}", screen.text());
    screen.press("End M");
    assert!(screen.text().contains("2 báo cáo"), "{}", screen.text());
    screen.press("Ctrl-/ Ctrl-/ Home");
    let lines = |text: &str| text.lines().take(20).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(&screen.text()), lines(&whole));
}

#[test]
fn tones_that_are_typed_are_respected() {
    let mut screen = open(&ALL);
    screen.press("o").type_text("hưng");
    let text = screen.text();
    assert!(text.contains("Bế Quang Hưng") && !text.contains("▌Trung tướng   Lã Khắc Hùng"), "{text}");
}

#[test]
fn one_pane_below_a_hundred_columns() {
    let mut screen = sized(80, 24);
    assert_snapshot!(screen.picture());
    screen.press("Enter");
    assert_snapshot!("one_pane_with_the_report", screen.text());
}

#[test]
fn a_wide_screen_gives_the_list_what_the_text_leaves_over() {
    let text = sized(200, 30).text();
    assert!(text.contains("Tổng kết 2022  Quân khu 12 tổng kết công tác đảng, công tác chính trị"), "{text}");
}

#[test]
fn forty_columns_take_two_lines_a_row() {
    let mut screen = sized(40, 15);
    assert_snapshot!(screen.picture());
    screen.press("j j Enter }");
    assert_snapshot!("forty_columns_with_the_report", screen.text());
    screen.press("p");
    assert_snapshot!("forty_columns_with_the_people", screen.text());
}

#[test]
fn help_and_palette_come_from_the_keymap() {
    let mut screen = sized(80, 24);
    screen.press("?");
    assert_snapshot!(screen.text());
    screen.press("/").type_text("chep");
    assert_snapshot!("help_that_is_searched", screen.text());
    screen.press("Esc Esc :").type_text("xếp theo tiêu đề");
    assert_snapshot!("the_palette", screen.picture());
}

#[test]
fn commands_are_found_by_the_rules_of_every_search() {
    let mut screen = sized(80, 24);
    screen.press(":").type_text("sach loc");
    assert!(screen.text().contains("▌ Lọc danh sách"), "{}", screen.text());
    assert_snapshot!("the_palette_with_what_answers_lit", screen.picture());
    for (typed, found) in
        [("lốc", false), ("lọc", true), ("locj", true), ("loc5", true), ("ddanhs", false), ("đanh sách", false)]
    {
        screen.press("Ctrl-u").type_text(typed);
        let text = screen.text();
        assert_eq!(text.contains("Lọc danh sách"), found, "{typed}: {text}");
        let other = if typed == "ddanhs" { "Đánh dấu" } else { "Không lệnh nào khớp." };
        assert!(found || text.contains(other), "{typed}: {text}");
    }
    // A key still runs its command.
    screen.press("Ctrl-u").type_text("*");
    assert!(screen.text().contains("▌ Gắn hoặc bỏ sao"), "{}", screen.text());
}

#[test]
fn help_has_two_columns_where_there_is_room_and_one_for_a_screen_reader() {
    let words = |width: u16, plain: bool| {
        let settings = ReaderSettings { plain, ..ReaderSettings::default() };
        let mut screen = open_as(cache(&ALL), settings, SessionState::default(), (width, 900));
        screen.press("?");
        let text = screen.text();
        let beside = text.lines().filter(|line| line.trim_matches(['│', ' ']).contains(" │ ")).count();
        let mut words: Vec<String> = text.split_whitespace().filter(|word| *word != "│").map(str::to_owned).collect();
        words.sort();
        (beside, words)
    };
    let (beside, wide) = words(160, false);
    assert!(beside > 40, "{beside}");
    let (none, narrow) = words(90, false);
    assert_eq!(none, 0);
    assert_eq!(words(160, true).0, 0);
    // The same is told, whatever the width: `Ctrl-t` stands once in both.
    let count = |words: &[String], word: &str| words.iter().filter(|own| *own == word).count();
    for word in ["Ctrl-t", "Ctrl-o", "Shift-Tab", "F12", "rank:>=trung-tuong"] {
        assert_eq!(count(&wide, word), count(&narrow, word), "{word}");
    }
}

#[test]
fn help_is_searched_by_the_rules_of_every_search() {
    let mut screen = sized(80, 24);
    screen.press("?");
    for (typed, found) in [("lốc", false), ("lọc danh", true), ("danh loc", true), ("locj danh", true)] {
        screen.press("/ Ctrl-u").type_text(typed).press("Enter");
        assert_eq!(screen.text().contains("Lọc danh sách"), found, "{typed}: {}", screen.text());
    }
    screen.press("/ Ctrl-u").type_text("danh loc").press("Enter");
    assert_snapshot!("help_with_what_answers_lit", screen.picture());
}

#[test]
fn without_colour_rank_and_name_are_told_apart() {
    let settings = ReaderSettings { theme: ThemeName::Mono, ..ReaderSettings::default() };
    let mut screen = open_as(cache(&ALL), settings, SessionState::default(), (80, 24));
    screen.press("j j Enter");
    assert_snapshot!(screen.picture());
}

#[test]
fn plain_mode_has_no_borders_and_the_cursor_on_the_selected_row() {
    let settings = ReaderSettings { plain: true, ascii: true, lang: Lang::En, ..ReaderSettings::default() };
    let mut screen = open_as(cache(&ALL), settings, SessionState::default(), (80, 24));
    assert_snapshot!(screen.press("j").picture());
    assert!(screen.text().is_ascii());
}

#[test]
fn an_empty_cache_says_what_to_do() {
    assert_snapshot!(open_as(cache(&[]), ReaderSettings::default(), SessionState::default(), (80, 12)).text());
}

#[test]
fn the_reader_opens_where_it_was_left() {
    let mut screen = sized(120, 20);
    screen.press("j j Enter J K Q");
    let remembered = screen.remembered.clone().unwrap();
    assert!(screen.ended && remembered.place.is_some());
    let again = open_as(cache(&ALL), ReaderSettings::default(), remembered, (120, 20));
    assert_eq!(again.app.list.selected, 1);
    // The same within a report, in one pane and in two.
    for width in [60, 110] {
        let mut screen = sized(width, 10);
        screen.press("j j Enter G Q");
        let remembered = screen.remembered.clone().unwrap();
        assert!(remembered.place.as_ref().is_some_and(|place| place.at > 0));
        let again = open_as(cache(&ALL), ReaderSettings::default(), remembered.clone(), (width, 10));
        assert!(again.app.in_detail);
        assert_eq!(again.app.detail.place(), remembered.place);
    }
}

#[test]
fn copying_gives_text_and_citation() {
    let mut screen = open(&ALL);
    screen.press("j j y y y c y u");
    assert_eq!(screen.copied.len(), 2, "there is no address to copy");
    assert!(screen.copied[0].contains("1.657 người"));
    let cited = &screen.copied[1];
    let source =
        "“Quân khu 12 tổng kết công tác đảng, công tác chính trị năm 2022”, Quân khu 12, ngày 26-12-2022, truy cập ";
    assert!(cited.starts_with(source) && cited.contains(", baocao:"), "{cited}");
}

#[test]
fn a_composed_letter_is_the_key_behind_it_and_backspace_is_no_command() {
    let mut screen = open(&ALL);
    // An input method that made `ụ` of `u` and `j`: `u` looks for the next unread, Backspace does nothing, `j` moves.
    let selected = |screen: &Screen| screen.app.list.selected;
    screen.press("u Backspace");
    let before = selected(&screen);
    screen.type_text("ụ");
    assert_eq!(selected(&screen), before + 1);
    assert!(screen.text().contains("Bộ gõ của máy đang bật"), "{}", screen.text());
    // A burst that continues from the letter it composed: `e`, `e`, and `s` as for `es`.
    screen.press("s");
    let said = |screen: &Screen| screen.text().lines().last().unwrap_or_default().to_owned();
    let chosen = said(&screen);
    screen.press("s Esc e Backspace").type_text("ê").press("Backspace");
    assert_ne!(said(&screen), chosen);
    screen.type_text("ế");
    assert_eq!(said(&screen), chosen);
}

#[test]
fn the_hint_about_an_input_method_waits_for_a_moment_when_it_is_seen() {
    let mut screen = open(&ALL);
    let said = |screen: &Screen| screen.text().lines().last().unwrap_or_default().to_owned();
    // The notice of the key itself has priority; the hint follows with the next such letter, and only once.
    screen.press("R Backspace").type_text("Ư");
    assert!(said(&screen).starts_with(" W "), "{}", said(&screen));
    screen.press("Ctrl-l").type_text("ư");
    assert!(screen.text().contains("Chưa chắc ai là ai"), "{}", screen.text());
    assert!(said(&screen).contains("Bộ gõ của máy đang bật"), "{}", said(&screen));
    screen.press("Esc").type_text("ư");
    assert!(!said(&screen).contains("Bộ gõ"), "{}", said(&screen));
}

#[test]
fn a_mark_without_its_letter_has_a_name() {
    let mut screen = open(&ALL);
    screen.type_text("\u{301}");
    assert!(screen.text().contains(" U+0301 không có việc gì ở đây"), "{}", screen.text());
}

#[test]
fn forty_columns_tell_how_many_reports_are_hidden() {
    let mut screen = sized(40, 15);
    screen.press("/").type_text("trung tướng");
    let top = |screen: &Screen| screen.text().lines().next().unwrap_or_default().to_owned();
    assert!(top(&screen).ends_with("  2 −1"), "{}", top(&screen));
    screen.press("Enter");
    assert!(top(&screen).ends_with("  2 · ẩn 1"), "{}", top(&screen));
    screen.resize(20, 6);
    assert!(top(&screen).ends_with("  2"), "{}", top(&screen));
}

#[test]
fn a_window_of_another_size_keeps_the_first_visible_letter() {
    let mut screen = sized(60, 10);
    screen.press("j j Enter Ctrl-d Ctrl-d");
    let place = screen.app.detail.place().unwrap();
    let shown = |screen: &Screen| {
        let row = &screen.app.detail.page.rows[screen.app.detail.top];
        row.span().is_some_and(|span| span.start <= place.at && place.at < span.end)
    };
    for (width, height) in [(30, 10), (120, 10), (44, 12), (60, 10)] {
        screen.resize(width, height);
        assert!(shown(&screen), "{width}×{height}: {}", screen.text());
    }
}

#[test]
fn nothing_changes_where_nothing_happens() {
    let mut screen = open(&ALL);
    let before = screen.picture();
    screen.press("Home Home");
    assert_eq!(screen.picture(), before);
}

/// Presses every key of every mode, in each screen and one after the other, in a window of this size.
fn press_every_key(width: u16, height: u16) {
    const MODES: [Mode; 7] =
        [Mode::List, Mode::Detail, Mode::People, Mode::Official, Mode::Finder, Mode::Line, Mode::Help];
    for (start, all) in [
        ("Enter", true),
        ("p", true),
        ("o Enter", true),
        ("?", true),
        (":", true),
        ("d", false),
        ("v", false),
        ("w", false),
        ("p v", false),
        ("Enter } P", false),
    ] {
        let mut screen = sized(width, height);
        screen.press(start);
        let own = [screen.app.mode()];
        let modes = if all { &MODES[..] } else { &own[..] };
        let keymap = Keymap::of_the_table();
        for key in modes.iter().flat_map(|mode| keymap.rows(*mode)).flat_map(|row| &row.keys) {
            screen.press(key);
            screen.draw();
        }
    }
}

#[test]
fn every_key_of_every_mode_can_be_pressed_in_the_smallest_window() {
    press_every_key(20, 6);
}

#[test]
#[ignore = "slow; `.ci/run` runs it"]
fn every_key_of_every_mode_can_be_pressed_in_one_cell() {
    press_every_key(1, 1);
}

#[test]
#[ignore = "slow; `.ci/run` runs it"]
fn every_key_of_every_mode_can_be_pressed_in_a_narrow_window() {
    press_every_key(40, 15);
}

#[test]
fn every_key_of_every_mode_can_be_pressed_in_two_panes() {
    press_every_key(100, 30);
}

proptest! {
    #![proptest_config(cases(16))]
    #[test]
    fn any_window_can_be_drawn(sizes in prop::collection::vec((1u16..=1000, 1u16..=500), 4), plain in any::<bool>()) {
        let settings = ReaderSettings { plain, ..ReaderSettings::default() };
        let mut screen = open_as(cache(&[REVIEW]), settings, SessionState::default(), (80, 24));
        for keys in ["/", "Esc Enter", "}", "p", "Esc e", "Enter", "Esc Esc o", "?", "Esc :"] {
            screen.press(keys);
            for (width, height) in &sizes {
                screen.resize(*width, *height);
                let (buffer, cursor) = screen.draw();
                prop_assert!(cursor.is_none_or(|at| buffer.area.contains(at)));
            }
        }
    }
}

#[test]
fn the_report_chosen_to_be_compared_is_marked_in_the_list() {
    let mut screen = open(&[REVIEW, HALF]);
    screen.press("j s");
    let chosen = screen.text().lines().position(|line| line.contains('◆'));
    screen.press("k");
    assert!(
        chosen.is_some() && screen.text().lines().position(|line| line.contains('◆')) == chosen,
        "{}",
        screen.text()
    );
    screen.press("j s");
    assert!(!screen.text().contains('◆'), "{}", screen.text());
}

#[test]
fn titles_have_their_share_of_the_list_from_160_columns_on() {
    for width in [160, 180, 200] {
        let screen = open_as(cache(&[REVIEW, HALF]), ReaderSettings::default(), SessionState::default(), (width, 24));
        let rows: Vec<String> =
            screen.text().lines().filter(|line| line.contains(" 26-12-2022 Quân")).map(str::to_owned).collect();
        let list: String = rows.concat().chars().take(usize::from(width) * 2 / 5).collect();
        assert!(list.contains("Quân khu 12 tổng"), "{width}: {list}");
    }
}

#[test]
fn the_finder_fetches_more_officials_as_the_cursor_goes_on() {
    let of = |n: usize| {
        let letters = ["An", "Bình", "Cường", "Dũng", "Giang", "Hải", "Khoa", "Lâm", "Minh", "Nam"];
        let (last, middle) = (letters[n % 10], letters[n / 10]);
        format!("Ngày 5-3-2024, Đại tá Nguyễn {middle} {last}, Chính ủy Lữ đoàn {} dự hội nghị.\n", n + 1)
    };
    let reports: Vec<String> = (0..60).map(of).collect();
    let reports: Vec<&str> = reports.iter().map(String::as_str).collect();
    let mut screen = open_as(cache(&reports), ReaderSettings::default(), SessionState::default(), (80, 20));
    let loaded = |screen: &Screen| match screen.app.stack.last() {
        Some(Place::Finder(finder)) => (finder.rows.len(), finder.total, finder.selected),
        _ => panic!("{}", screen.text()),
    };
    screen.press("o").type_text("nguyen");
    let (first, total, _) = loaded(&screen);
    assert!(first < 20 && total == 60, "{first} of {total}");
    let top = screen.text();
    // One by one, beyond those that were there at first.
    for n in 1..=20 {
        screen.press("Down");
        assert_eq!(loaded(&screen).2, n, "{}", screen.text());
    }
    assert_eq!(loaded(&screen).0, 60);
    for _ in 0..20 {
        screen.press("Up");
    }
    assert_eq!(screen.text(), top);
    // A page at a time goes to the last one, also as fast as keys are typed.
    screen.press("Esc o").type_text("nguyen").press("PageDown ".repeat(20).trim_end());
    assert_eq!(loaded(&screen).2, 59);
    screen.type_text(" an");
    assert_eq!(loaded(&screen).2, 0);
}

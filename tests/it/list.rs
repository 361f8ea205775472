//! The list of reports: what a row shows at every width, the split, several rows at once. The reports are invented.

use crate::screen::{Screen, cache, open_as};
use baocao::tui::app::App;
use baocao::tui::message::Message;
use baocao::tui::settings::{ReaderSettings, SessionState};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use insta::assert_snapshot;
use ratatui::style::Modifier;

const REVIEW: &str = "\
Quân khu 15 tổng kết công tác đảng, công tác chính trị và phong trào thi đua quyết thắng năm 2022

Sáng 26-12-2022, Quân khu 15 tổ chức hội nghị tổng kết. Trung tướng Lã Khắc Hùng, Chính ủy Quân khu 15 chủ trì hội nghị.
";

const UNDATED: &str = "\
Chuyện kể ở một đồn biên phòng xa, nơi người lính và dân bản cùng mở đường lên cao nguyên đá

Đường lên đồn dốc đứng, mưa là không ai đi được. Hội nghị nào cũng nhắc chuyện ấy.
";

const HALF: &str = "\
Tổng cục Công nghiệp quốc phòng sơ kết 6 tháng đầu năm 2023, triển khai nhiệm vụ 6 tháng cuối năm

Ngày 10-7-2023, Tổng cục Công nghiệp quốc phòng sơ kết công tác. Thiếu tướng Cầm Văn Thoại, Chính ủy Tổng cục chủ trì.
";

const ALL: [&str; 3] = [REVIEW, UNDATED, HALF];

fn sized(width: u16, height: u16) -> Screen {
    open_as(cache(&ALL), ReaderSettings::default(), SessionState::default(), (width, height))
}

/// For each row on screen, the column where the title begins and how many of its letters are shown.
fn titles(screen: &Screen) -> Vec<(usize, usize)> {
    let app: &App = &screen.app;
    let width = usize::from(baocao::tui::panes::panes(app).list.unwrap().width);
    let text: String =
        screen.text().lines().map(|line| line.chars().take(width).chain(['\n']).collect::<String>()).collect();
    let begin = |title: &str| {
        // The first letters are enough to find it, and short enough to be shown at every width.
        let head: String = title.chars().take(16).collect();
        let line = text.lines().find(|line| line.contains(&head)).unwrap_or_else(|| panic!("no {head}\n{text}"));
        let at = line.rfind(&head).unwrap();
        let shown = line[at..].chars().zip(title.chars()).take_while(|(a, b)| a == b).count();
        (line[..at].chars().count(), shown)
    };
    app.list.window.rows.iter().map(|row| begin(&row.title)).collect()
}

#[test]
fn the_filter_is_whole_rather_than_the_size_of_the_cache() {
    let mut screen = sized(100, 20);
    let filter = "unit:\"Tổng cục Công nghiệp quốc phòng\" date:>=2023 -đồn";
    screen.press("/").type_text(filter).press("Enter");
    let text = screen.text();
    let top = text.lines().next().unwrap_or_default();
    assert!(top.contains(filter) && top.contains("1 · ẩn 2"), "{top}");
}

#[test]
fn what_a_filter_hides_is_said_in_a_word_where_there_is_room() {
    let top = |filter: &str| {
        let mut screen = sized(38, 20);
        screen.press("/").type_text(filter).press("Enter");
        screen.text().lines().next().unwrap_or_default().to_owned()
    };
    assert!(top("đồn").contains("1 · ẩn 2"), "{}", top("đồn"));
    assert!(top("đường lên đồn dốc đứng mưa").contains("1 −2"), "{}", top("đường lên đồn dốc đứng mưa"));
}

#[test]
fn every_row_shows_its_title_at_one_place_at_every_width() {
    let mut screen = sized(30, 20);
    for width in 30..=300 {
        screen.resize(width, 20);
        let titles = titles(&screen);
        assert!(titles.iter().all(|title| title.0 == titles[0].0), "{width}: {titles:?}\n{}", screen.text());
        assert!(titles.iter().all(|title| title.1 >= 18), "{width}: {titles:?}\n{}", screen.text());
    }
}

#[test]
fn the_rows_at_a_hundred_and_twenty_columns() {
    let mut screen = sized(120, 16);
    // Tags, hits, and a report without a date.
    screen.press("t").type_text("xem-lai, quý 3").press("Enter /").type_text("tong").press("Enter");
    assert_snapshot!("rows_with_tags_and_hits", screen.picture());
    screen.press("Esc \\");
    assert_snapshot!("rows_without_the_report_beside_them", screen.picture());
    screen.resize(40, 12);
    assert_snapshot!("rows_of_two_lines", screen.picture());
}

#[test]
fn a_column_that_is_nearly_empty_is_not_shown() {
    let plain: Vec<String> =
        (0..8).map(|n| format!("Chuyện thứ {n} ở một nơi không tên\n\nKhông có gì để nói về nơi ấy.\n")).collect();
    let all: Vec<&str> = plain.iter().map(String::as_str).chain([REVIEW]).collect();
    let mut screen = open_as(cache(&all), ReaderSettings::default(), SessionState::default(), (80, 20));
    assert!(screen.text().contains("26-12-2022 Quân khu 15 tổng kết"), "{}", screen.text());
    assert!(screen.text().contains("—          Chuyện thứ"), "{}", screen.text());
    // By itself the report has its unit.
    screen.press("/").type_text("quân khu 15").press("Enter");
    assert!(screen.text().contains("26-12-2022 Quân khu 15 Quân khu 15 tổng kết"), "{}", screen.text());
}

#[test]
fn columns_stand_still_while_rows_scroll() {
    let dated = |n: usize| format!("Tin số {n}\n\nNgày {}-3-2024, tin của ngày ấy.\n", n + 1);
    let texts: Vec<String> =
        (0..28).map(dated).chain((0..30).map(|n| format!("Chuyện {n}\n\nKhông ngày.\n"))).collect();
    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut screen = open_as(cache(&all), ReaderSettings::default(), SessionState::default(), (80, 15));
    let column = |screen: &Screen| screen.app.list.columns.columns.date;
    for _ in 0..45 {
        assert_eq!(column(&screen), 10);
        screen.press("j");
    }
    // Nor after a jump, in either direction.
    screen.press("g g").press("G");
    assert_eq!(column(&screen), 10);
    // Another list has columns of its own.
    screen.press("/").type_text("chuyện").press("Enter");
    assert_eq!(column(&screen), 1);
}

#[test]
fn columns_come_with_the_rows_and_never_go_while_the_list_is_paged() {
    let report = |n: usize, title: &str| {
        let day = format!("{}-{}-2024", 28 - n % 28, 12 - n / 28);
        format!("{title}\n\nNgày {day}, {title}.\n")
    };
    // The newest say no more than their day, then come short units, then long ones with a kind.
    let texts: Vec<String> = (0..20)
        .map(|n| report(n, &format!("Tin thứ {n}")))
        .chain((20..40).map(|n| report(n, &format!("Quân khu 7 tổ chức hội nghị sơ kết lần thứ {n}"))))
        .chain((40..60).map(|n| report(n, &format!("Tổng cục Công nghiệp quốc phòng sơ kết lần thứ {n}"))))
        .chain((60..80).map(|n| report(n, &format!("Tin thứ {n}"))))
        .collect();
    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
    for width in [80, 120, 160, 200] {
        let mut screen = open_as(cache(&all), ReaderSettings::default(), SessionState::default(), (width, 16));
        let mut before = screen.app.list.columns.columns;
        let mut changes = 0;
        for key in ["PageDown"; 7].into_iter().chain(["PageUp"; 7]).chain(["End", "Home"]) {
            screen.press(key);
            let now = screen.app.list.columns.columns;
            assert!(
                now.date >= before.date && now.unit >= before.unit && now.kind >= before.kind,
                "{width}: {before:?} {now:?}\n{}",
                screen.text()
            );
            changes += usize::from(now != before);
            before = now;
        }
        assert!(changes <= 2, "{width}: {changes}");
        assert_eq!(before.unit > 0, width != 120, "{width}: {before:?}\n{}", screen.text());
    }
}

#[test]
fn the_title_has_more_cells_than_the_unit_beside_it() {
    let mut screen = sized(100, 20);
    for width in 100..=240 {
        screen.resize(width, 20);
        let rows = screen.app.list_areas().unwrap().rows.width;
        let columns = screen.app.list.columns.columns;
        let others = columns.marks
            + [columns.date, columns.unit, columns.kind, columns.hits, columns.outlet]
                .map(|cells| if cells == 0 { 0 } else { cells + 1 })
                .iter()
                .sum::<u16>();
        let title = rows - others - 1;
        assert!(title >= 2 * columns.unit, "{width}: {title} {columns:?}\n{}", screen.text());
        assert!(title >= if width < 110 { 27 } else { 32 }, "{width}: {title} {columns:?}\n{}", screen.text());
    }
}

#[test]
fn the_split_moves_the_report_goes_and_comes_and_both_are_kept() {
    let mut screen = sized(120, 20);
    let list = |screen: &Screen| baocao::tui::panes::panes(&screen.app).list.unwrap().width;
    let before = list(&screen);
    screen.press("> >");
    assert!(list(&screen) >= before + 10);
    screen.press("< < <");
    assert!(list(&screen) < before);
    let narrow = list(&screen);
    screen.press("\\");
    assert_eq!(list(&screen), 120);
    // The report is one key away all the same, and the way back too.
    screen.press("Enter");
    assert!(screen.text().contains("tổ chức hội nghị tổng kết") || screen.text().contains("sơ kết công tác"));
    screen.press("Esc q");
    let kept = screen.remembered.clone().unwrap();
    let mut again = open_as(cache(&ALL), ReaderSettings::default(), kept, (120, 20));
    assert_eq!(list(&again), 120);
    again.press("\\");
    assert_eq!(list(&again), narrow);
    assert!(again.app.detail.report.is_some(), "the report that was not loaded while it was hidden");
    // As far as either can be of use.
    for _ in 0..30 {
        again.press("<");
    }
    assert!(list(&again) >= 24);
    for _ in 0..30 {
        again.press(">");
    }
    assert!(list(&again) <= 90);
    again.resize(80, 20);
    again.press("<");
    assert!(again.text().contains("chỉ có một khung"), "{}", again.text());
}

#[test]
fn a_screen_that_becomes_wide_shows_the_selected_report() {
    let mut screen = sized(80, 24);
    assert!(screen.app.detail.report.is_none());
    screen.resize(120, 30);
    assert!(screen.app.detail.report.is_some(), "{}", screen.text());
    assert!(screen.text().contains("Ngày 10-7-2023, Tổng cục"), "{}", screen.text());
}

/// Ten reports of ten days, the newest first in the list.
fn ten() -> Screen {
    let texts: Vec<String> = (1..=10).map(|n| format!("Tin {n}\n\nNgày {n}-3-2024, tin của ngày ấy.\n")).collect();
    let all: Vec<&str> = texts.iter().map(String::as_str).collect();
    open_as(cache(&all), ReaderSettings::default(), SessionState::default(), (80, 20))
}

/// The titles of the rows with a mark.
fn marked(screen: &Screen, mark: fn(&baocao::store::ListRow) -> bool) -> Vec<String> {
    screen.app.list.window.rows.iter().filter(|row| mark(row)).map(|row| row.title.clone()).collect()
}

#[test]
fn a_number_before_a_key_repeats_it() {
    let mut screen = ten();
    screen.press("5 j");
    assert_eq!(screen.app.list.selected, 5);
    screen.press("3");
    assert!(screen.text().ends_with("3…\n"), "{}", screen.text());
    screen.press("k");
    assert_eq!(screen.app.list.selected, 2);
    screen.press("1 0 0 j");
    assert_eq!(screen.app.list.selected, 9);
    screen.press("4 G");
    assert_eq!(screen.app.list.selected, 3);
    screen.press("2 g g");
    assert_eq!(screen.app.list.selected, 1);
    // A number is of one key only, and Esc takes it back.
    screen.press("9 Esc j");
    assert_eq!(screen.app.list.selected, 2);
    screen.press("9 9 9 9 9 9 9 9 k");
    assert_eq!(screen.app.list.selected, 0);
}

#[test]
fn picked_rows_are_starred_tagged_and_read_together_and_every_step_is_undone() {
    let mut screen = ten();
    screen.press("Space Space j Space");
    assert!(screen.text().contains("đã chọn 3"), "{}", screen.text());
    assert_snapshot!("three_rows_are_picked", screen.picture());
    let three = ["Tin 10", "Tin 9", "Tin 7"];
    screen.press("g g *");
    assert_eq!(marked(&screen, |row| row.starred), three);
    assert!(screen.text().contains("Đã gắn sao 3 báo cáo"), "{}", screen.text());
    screen.press("t").type_text("theo dõi, quý 1").press("Enter");
    assert_eq!(marked(&screen, |row| row.tags == ["quý 1", "theo dõi"]), three);
    screen.press("t").type_text("-quý 1").press("Enter R");
    assert_eq!(marked(&screen, |row| row.tags == ["theo dõi"]), three);
    assert_eq!(marked(&screen, |row| row.read), three);
    // A star of one row is a step of its own.
    screen.press("Esc G *");
    assert_eq!(marked(&screen, |row| row.starred), ["Tin 10", "Tin 9", "Tin 7", "Tin 1"]);
    screen.press("Z");
    assert_eq!(marked(&screen, |row| row.starred), three);
    screen.press("Z");
    assert_eq!(marked(&screen, |row| row.read), [""; 0]);
    screen.press("Z");
    assert_eq!(marked(&screen, |row| row.tags == ["quý 1", "theo dõi"]), three);
    screen.press("2 Z");
    assert_eq!(marked(&screen, |row| row.starred || !row.tags.is_empty()), [""; 0]);
    screen.press("Z");
    assert!(screen.text().contains("Không còn gì để hoàn tác"), "{}", screen.text());
    // What is undone is undone in the cache.
    screen.press("/").type_text("is:starred").press("Enter");
    assert_eq!(screen.app.list.window.total, 0);
}

#[test]
fn a_letter_and_a_date_are_undone_too() {
    let mut screen = ten();
    let day = |screen: &Screen| screen.app.list.selected_row().unwrap().day.unwrap().day.vietnamese();
    screen.press("j m a D Ctrl-u").type_text("2.1.2020").press("Enter");
    screen.press("G");
    assert_eq!(day(&screen), "02-01-2020");
    screen.press("Z");
    screen.press("g g j");
    assert_eq!(day(&screen), "09-03-2024");
    assert!(screen.app.marks.contains_key(&'a'));
    screen.press("Z");
    assert!(screen.app.marks.is_empty());
}

#[test]
fn a_range_and_all_that_match_are_picked() {
    let mut screen = ten();
    screen.press("j v 3 j");
    assert_eq!(screen.text().matches("• +0").count(), 4, "{}", screen.text());
    // An action ends the range.
    screen.press("*");
    assert_eq!(marked(&screen, |row| row.starred), ["Tin 9", "Tin 8", "Tin 7", "Tin 6"]);
    screen.press("Esc v j v");
    assert_eq!(screen.app.list.picked.ids.len(), 2);
    screen.press("Esc /").type_text("is:starred").press("Enter Ctrl-a Esc");
    assert_eq!(screen.app.list.picked.ids.len(), 0, "Esc drops them first");
    screen.press("Ctrl-a Esc Esc Ctrl-a");
    assert_eq!(screen.app.list.picked.ids.len(), 10);
    screen.press("R");
    assert_eq!(marked(&screen, |row| row.read).len(), 10);
}

#[test]
fn the_next_row_is_selected_after_a_removal() {
    let mut screen = ten();
    screen.press("j X");
    assert_eq!(screen.app.list.window.total, 9);
    assert_eq!(screen.app.list.selected_row().unwrap().title, "Tin 8");
    screen.press("Space Space X");
    assert_eq!(screen.app.list.window.total, 7);
    assert!(screen.text().contains("Đã xóa 2 báo cáo"), "{}", screen.text());
    assert_eq!(screen.app.list.selected_row().unwrap().title, "Tin 6");
    screen.press("Z");
    assert_eq!(screen.app.list.selected_row().unwrap().title, "Tin 8", "the first of those that came back");
}

#[test]
fn an_import_of_another_process_is_shown_and_the_selection_stays() {
    let folder = tempfile::tempdir().unwrap();
    let save = |store: &baocao::store::Store, n: usize| {
        let text = format!("Tin {n}\n\nNgày {}-{}-2024, tin của ngày ấy.\n", n % 28 + 1, n / 28 + 1);
        let hint = baocao::ingest::InputHint { name: "tin.txt", ..baocao::ingest::InputHint::default() };
        let draft = baocao::ingest::read(text.as_bytes(), &hint).unwrap().remove(0);
        store.cache().save(&format!("tin-{n}.txt"), &draft, &baocao::extract::extract(&draft)).unwrap();
    };
    let own = baocao::store::Store::open(folder.path()).unwrap();
    (0..40).for_each(|n| save(&own, n));
    let mut screen = open_as(own, ReaderSettings::default(), SessionState::default(), (80, 20));
    screen.press("2 5 j 3 k");
    let here = |screen: &Screen| {
        let list = &screen.app.list;
        (list.selected_row().unwrap().title.clone(), list.selected - list.top)
    };
    let before = here(&screen);
    let other = baocao::store::Store::open(folder.path()).unwrap();
    (40..60).for_each(|n| save(&other, n));
    screen.wait_for_change();
    assert_eq!(screen.app.list.window.total, 60, "{}", screen.text());
    assert_eq!(here(&screen), before);
    // At the top of the list the new ones come into view.
    screen.press("g g");
    save(&other, 70);
    screen.wait_for_change();
    assert_eq!(screen.app.list.window.total, 61);
    assert!(screen.text().contains("Tin 70"), "{}", screen.text());
    assert_eq!(screen.app.list.selected, 1);
}

#[test]
fn completion_begins_anew_after_an_edit() {
    let mut screen = sized(80, 24);
    let typed = |screen: &Screen| screen.app.line.as_ref().unwrap().line.text().to_owned();
    screen.press("/ Tab");
    assert_eq!(typed(&screen), "unit:");
    screen.press("Ctrl-u").type_text("unit:").press("Tab");
    assert!(
        typed(&screen).starts_with("unit:\"Quân khu") || typed(&screen).starts_with("unit:\"Tổng cục"),
        "{}",
        typed(&screen)
    );
    screen.press("Ctrl-u Tab").type_text(" ").press("Backspace Tab");
    assert!(typed(&screen).starts_with("unit:\""), "{}", typed(&screen));
}

#[test]
fn a_report_that_was_left_at_its_top_opens_at_its_top_at_any_width() {
    let long = format!("{REVIEW}\n{}", "Một dòng khác của báo cáo.\n\n".repeat(60));
    for (before, after) in [((300, 40), (100, 30)), ((100, 30), (300, 40)), ((80, 24), (120, 30))] {
        let open = |kept: SessionState, size| open_as(cache(&[&long]), ReaderSettings::default(), kept, size);
        let mut screen = open(SessionState::default(), before);
        screen.press("Enter q q");
        let kept = screen.remembered.clone().unwrap();
        let mut again = open(kept, after);
        again.press("Enter");
        assert_eq!(again.app.detail.top, 0, "{before:?} {after:?}\n{}", again.text());
    }
}

#[test]
fn the_list_stays_where_it_is_while_a_filter_is_half_typed() {
    for (width, height) in [(120, 24), (80, 24), (50, 20)] {
        let mut screen = open_as(cache(&ALL), ReaderSettings::default(), SessionState::default(), (width, height));
        screen.press("/");
        let foot = |screen: &Screen| screen.text().lines().position(|line| line.starts_with('└'));
        let first = |screen: &Screen| screen.text().lines().position(|line| line.starts_with('┌'));
        let place = (first(&screen), foot(&screen));
        for letter in "rank:>=trung-tuong from:2019".chars() {
            screen.type_text(&letter.to_string());
            assert_eq!((first(&screen), foot(&screen)), place, "{}", screen.text());
        }
    }
}

#[test]
fn while_a_key_is_held_only_the_first_and_the_last_report_are_loaded() {
    let texts: Vec<String> = (1..=6).map(|n| format!("Báo cáo số {n}\n\nNgày {n}-3-2024, nội dung {n}.\n")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut screen = open_as(cache(&texts), ReaderSettings::default(), SessionState::default(), (120, 20));
    let key = || Message::Key(KeyEvent::new(KeyCode::Char('j'), KeyModifiers::NONE));
    let id = |screen: &Screen, row: usize| screen.app.list.window.rows[row].id.clone();
    screen.send(key());
    assert_eq!(screen.app.detail.id(), Some(id(&screen, 1).as_str()), "a single key shows the report at once");
    for _ in 0..3 {
        screen.send(key());
        assert_eq!(screen.app.detail.id(), Some(id(&screen, 1).as_str()));
    }
    // The row that is passed over is marked with fewer bytes.
    let selected_cells = |screen: &Screen| {
        let (buffer, _) = screen.draw();
        buffer.content.iter().filter(|cell| cell.modifier.contains(Modifier::REVERSED)).count()
    };
    let passed = selected_cells(&screen);
    assert!((1..20).contains(&passed), "{passed}");
    screen.settle();
    assert!(selected_cells(&screen) > 40);
    assert_eq!(screen.app.list.selected, 4);
    assert_eq!(screen.app.detail.id(), Some(id(&screen, 4).as_str()));
    assert!(screen.text().contains("nội dung 2."), "{}", screen.text());
    // A key that needs the report does not wait for the keys to rest.
    screen.send(key());
    screen.send(Message::Key(KeyEvent::new(KeyCode::Up, KeyModifiers::NONE)));
    screen.press("Enter");
    assert_eq!(screen.app.detail.id(), Some(id(&screen, 4).as_str()));
}

#[test]
fn the_picked_reports_are_exported_in_the_format_of_the_name() {
    let mut screen = ten();
    screen.press("Space Space E");
    assert!(screen.text().contains("Xuất 2 báo cáo đã chọn ra tệp:"), "{}", screen.text());
    assert!(screen.text().contains(".csv .jsonl .md"), "what it may end in\n{}", screen.text());
    screen.type_text("chọn.html").press("Enter");
    let picked: Vec<String> = screen.app.list.picked.ids.iter().cloned().collect();
    let job = screen.ran.last().unwrap();
    assert_eq!(job.arguments, ["export", "--format", "html", "-o", "chọn.html", "--ids", "-"]);
    assert_eq!((job.input.lines().collect::<Vec<_>>(), job.done.as_str()), {
        let ids: Vec<&str> = picked.iter().map(String::as_str).collect();
        (ids, "Đã xuất 2 báo cáo ra chọn.html")
    });
    // An open range is picked first.
    screen.press("v j E").type_text("x/").press("Enter");
    assert_eq!(screen.app.list.picked.ids.len(), 4);
    let job = screen.ran.last().unwrap();
    assert_eq!((&job.arguments[2..5], job.input.lines().count()), (&["markdown", "-o", "x/"].map(String::from)[..], 4));
    // None is picked: the whole list. What is typed stands on the line.
    screen.press("Esc E").type_text("tất-cả.ftm.json");
    assert!(screen.text().contains("Xuất 10 báo cáo ra tệp: tất-cả.ftm.json"), "{}", screen.text());
    screen.press("Enter");
    assert_eq!(screen.ran.last().unwrap().arguments[2], "ftm");
}

//! The search in the text of a report and in the pages: words typed together are a phrase, lit as one and counted as
//! one. The reports are invented.

use crate::screen::{Screen, cache, open_as};
use baocao::tui::settings::{ReaderSettings, SessionState};
use insta::assert_snapshot;

/// `hội nghị` three times as a phrase, once across a break of the wrapped paragraph; its syllables also apart, in other
/// words, and one after the other at the end of one paragraph and the beginning of the next.
const REPORT: &str = "\
Quân khu 14 tổng kết năm 2023

Ngày 20-12-2023, Quân khu 14 tổ chức hội nghị tổng kết. Thiếu tướng Cầm Văn Hội, Chính ủy Quân khu 14 chủ trì hội \
nghị. Các đại biểu đã hỏi nhiều điều, nêu kinh nghiệm và thảo luận nghị quyết; kết thúc chương trình, thay mặt hội

nghị là việc của các ban, chứ không phải của một người. Hội nghị kết thúc lúc 11 giờ.
";

const OTHER: &str = "\
Quân khu 14 sơ kết 6 tháng đầu năm 2024

Ngày 5-7-2024, Quân khu 14 sơ kết. Thiếu tướng Cầm Văn Hội, Chính ủy Quân khu 14 chủ trì hội nghị sơ kết, nêu kinh \
nghiệm.
";

fn sized(width: u16, height: u16) -> Screen {
    open_as(cache(&[REPORT, OTHER]), ReaderSettings::default(), SessionState::default(), (width, height))
}

/// The reader with the report of 2023 open.
fn reading(width: u16) -> Screen {
    let mut screen = sized(width, 30);
    screen.press("j Enter");
    screen
}

/// The words of the hits.
fn hits(screen: &Screen) -> Vec<String> {
    let detail = screen.app.reading();
    let text = &detail.report.as_ref().unwrap().text;
    detail.hits.iter().map(|hit| hit.of(text).to_owned()).collect()
}

#[test]
fn words_typed_together_are_a_phrase_and_one_hit() {
    let mut screen = reading(60);
    screen.press("/").type_text("hoi nghi").press("Enter");
    assert_eq!(hits(&screen), ["hội nghị", "hội nghị", "Hội nghị"]);
    assert_snapshot!(screen.picture());
    // Tones typed are respected, and keystrokes understood.
    screen.press("/").type_text("hooij nghij").press("Enter");
    assert_eq!(hits(&screen).len(), 3);
    screen.press("/").type_text("hỏi nghi").press("Enter");
    assert_eq!(hits(&screen).len(), 0);
}

#[test]
fn the_last_word_is_a_beginning_while_typing_and_whole_after_enter() {
    let mut screen = reading(60);
    screen.press("/").type_text("kinh ngh");
    assert_eq!(hits(&screen), ["kinh ngh"]);
    screen.press("Enter");
    assert_eq!(hits(&screen), ["kinh ngh"], "the text does not have it whole");
    screen.press("/").type_text("nghi");
    assert!(hits(&screen).len() > 5, "{:?}", hits(&screen));
    screen.press("Enter");
    assert_eq!(hits(&screen), ["nghị", "nghị", "nghị", "nghị", "nghị"]);
}

#[test]
fn after_the_sign_words_are_apart_and_the_rules_of_the_filter_hold() {
    let mut screen = reading(60);
    screen.press("/");
    assert!(screen.text().contains("/ ở đầu: như bộ lọc"), "{}", screen.text());
    screen.type_text("/nghiem OR \"quyet thuc\" OR \"nghi quyet\"").press("Enter");
    assert_eq!(hits(&screen), ["nghiệm", "nghị quyết"]);
    screen.press("/").type_text("/post:\"chính ủy\"").press("Enter");
    assert_eq!(hits(&screen), ["Chính ủy"]);
    // A phrase that is not there, with words that are.
    screen.press("/").type_text("nghiem nghi").press("Enter");
    assert!(screen.text().contains("// tìm từng từ"), "{}", screen.text());
}

#[test]
fn each_letter_searches_from_where_the_line_was_opened() {
    let long = format!("{REPORT}\n{}\n\nhội quán\n", "Một dòng khác của báo cáo.\n\n".repeat(60));
    let mut screen = open_as(cache(&[&long]), ReaderSettings::default(), SessionState::default(), (60, 12));
    screen.press("Enter /").type_text("hoi q");
    assert!(screen.text().contains("hội quán"), "{}", screen.text());
    screen.press("Backspace Backspace").type_text(" nghi");
    assert!(screen.text().contains("tổ chức hội nghị"), "{}", screen.text());
}

#[test]
fn the_phrase_goes_on_into_the_next_report() {
    let mut screen = sized(60, 30);
    screen.press("Enter /").type_text("kinh nghiệm").press("Enter >");
    assert_eq!(screen.app.list.selected, 1);
    assert_eq!(hits(&screen), ["kinh nghiệm"]);
}

#[test]
fn a_page_is_searched_as_a_text_is() {
    let mut screen = sized(100, 30);
    // The page of the unit: its reports and its posts.
    screen.press("d /").type_text("tong ket").press("Enter");
    assert_snapshot!(screen.picture());
    screen.press("n n");
    assert!(screen.text().contains("Hết trang"), "{}", screen.text());
    screen.press("g g /").type_text("cầm văn hội").press("Enter");
    let selected = |screen: &Screen| match screen.app.stack.last() {
        Some(baocao::tui::app::Screen::QuotePage(page)) => page.lines.line().cloned().unwrap_or_default(),
        Some(baocao::tui::app::Screen::Official(page)) => page.lines.line().cloned().unwrap_or_default(),
        _ => panic!("no page"),
    };
    assert!(selected(&screen).official.is_some());
    // On the official's page, with a search that is repeated and one that finds nothing.
    screen.press("e / Enter");
    assert!(screen.text().contains("Thiếu tướng"), "{}", screen.text());
    screen.press("/").type_text("chinh uy").press("Enter n N");
    assert!(screen.text().contains("khớp 1/"), "{}", screen.text());
    screen.press("/").type_text("xyz").press("Enter");
    assert!(screen.text().contains("“xyz” không có trong trang này"), "{}", screen.text());
    // A page is copied as it stands there.
    screen.press("y y");
    assert!(screen.copied.last().is_some_and(|text| text.starts_with("Cầm Văn Hội\n") && text.contains("Thiếu tướng")));
    // Esc in the line brings back the search and the cursor.
    screen.press("/").type_text("chinh uy").press("Enter");
    let before = screen.text();
    screen.press("/").type_text("quân khu").press("Esc");
    assert_eq!(screen.text(), before);
}

#[test]
fn a_comparison_is_searched_in_each_column_by_itself() {
    let mut screen = sized(160, 40);
    screen.press("s j V /").type_text("hoi nghi").press("Enter");
    let Some(baocao::tui::app::Screen::QuotePage(page)) = screen.app.stack.last() else { panic!() };
    assert_eq!(page.lines.search.hits.len(), 4, "{}", screen.picture());
}

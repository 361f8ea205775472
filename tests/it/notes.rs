//! The reader's notes: written on a selection, a report and an official, changed, searched, filtered by, removed and
//! brought back.

use crate::screen::{Screen, cache, open, open_as};
use baocao::citation::CitationFormat;
use baocao::tui::message::{ClipboardRoute, EffectOutcome, Message};
use baocao::tui::settings::{ReaderSettings, SessionState, UserCommand};
use insta::assert_snapshot;

const REVIEW: &str = "\
Quân khu 12 tổng kết công tác năm 2022

Sáng 26-12-2022, Quân khu 12 tổ chức Hội nghị tổng kết công tác năm 2022. \
Trung tướng Lã Khắc Hùng, Chính ủy Quân khu 12 chủ trì hội nghị.

Năm qua, cơ quan chính trị đã tổ chức 143 buổi sinh hoạt. Thiếu tướng Bế Quang Hưng phát biểu.
";

const DECISION: &str = "\
Trao quyết định bổ nhiệm cán bộ

Ngày 3-3-2024, tại Hà Nội, Thượng tướng Lã Khắc Hùng, Thứ trưởng Bộ Quốc phòng trao quyết định.
";

const BOTH: [&str; 2] = [REVIEW, DECISION];

/// The report of the review, with the keys.
fn reading() -> Screen {
    let mut screen = open(&BOTH);
    screen.press("G Enter");
    assert!(screen.text().contains("143 buổi"), "{}", screen.text());
    screen
}

fn told(screen: &Screen, words: &str) {
    assert!(screen.text().contains(words), "no «{words}» in\n{}", screen.text());
}

fn silent(screen: &Screen, words: &str) {
    assert!(!screen.text().contains(words), "«{words}» in\n{}", screen.text());
}

#[test]
fn a_selected_sentence_gets_a_note_that_stands_below_its_paragraph() {
    let mut screen = reading();
    screen.press("Enter j a").type_text("đối chiếu với kỳ trước");
    screen.press("Enter");
    told(&screen, "Đã ghi chú");
    assert_snapshot!(screen.picture());
    // The same sentence again: the note is changed, not doubled.
    screen.press("S j a");
    told(&screen, "ghi chú: đối chiếu với kỳ trước");
    screen.type_text(", xong").press("Enter");
    told(&screen, "✎ đối chiếu với kỳ trước, xong");
    screen.press("Z");
    silent(&screen, "xong");
    screen.press("Z");
    silent(&screen, "✎");
    screen.press("Z");
    told(&screen, "Không còn gì để hoàn tác");
}

#[test]
fn the_selection_goes_by_sentences_paragraphs_and_names_and_is_copied() {
    let mut screen = reading();
    screen.press("S y y");
    assert_eq!(screen.copied, ["Sáng 26-12-2022, Quân khu 12 tổ chức Hội nghị tổng kết công tác năm 2022."]);
    screen.press("J y y");
    assert!(screen.copied[1].ends_with("chủ trì hội nghị."), "{:?}", screen.copied[1]);
    screen.press("j y y");
    assert_eq!(screen.copied[2], "Năm qua, cơ quan chính trị đã tổ chức 143 buổi sinh hoạt.");
    screen.press("p y y");
    assert!(screen.copied[3].starts_with("Năm qua") && screen.copied[3].ends_with("phát biểu."));
    screen.press("j");
    told(&screen, "Không còn gì phía ấy");
    screen.press("e");
    told(&screen, "chọn tên");
    screen.press("j y y");
    assert_eq!(screen.copied[4], "Thiếu tướng");
    screen.press("K K y y");
    assert!(screen.copied[5].ends_with("Thiếu tướng") && screen.copied[5].len() > "Thiếu tướng".len());
    screen.press("q");
    silent(&screen, "chọn tên");
    assert!(!screen.ended);
}

#[test]
fn a_person_under_the_cursor_gives_the_sentence_and_no_cursor_the_report() {
    let mut screen = reading();
    screen.press("} a").type_text("lần đầu").press("Enter");
    screen.press("Esc a").type_text("cả báo cáo").press("Enter");
    screen.press("A");
    told(&screen, "2 ghi chú");
    told(&screen, "“Trung tướng Lã Khắc Hùng, Chính ủy Quân khu 12 chủ trì hội nghị.”");
    told(&screen, "cả báo cáo");
}

#[test]
fn the_page_of_notes_leads_to_the_words_and_is_searched_and_changed() {
    let mut screen = reading();
    screen.press("S a").type_text("câu mở đầu").press("Enter");
    screen.press("Esc Esc o").type_text("la khac hung").press("Enter");
    screen.press("a").type_text("theo dõi tiếp").press("Enter");
    told(&screen, "theo dõi tiếp");
    screen.press("q Esc A");
    assert_snapshot!(screen.picture());
    screen.press("/").type_text("mo dau").press("Enter");
    screen.press("Enter");
    told(&screen, "✎ câu mở đầu");
    screen.press("Esc X");
    silent(&screen, "câu mở đầu");
    told(&screen, "1 ghi chú");
    screen.press("Z");
    told(&screen, "2 ghi chú");
    // The official's note: to the page, and back to the same line.
    screen.press("g g Enter");
    told(&screen, "Lã Khắc Hùng");
}

#[test]
fn reports_are_filtered_by_their_notes() {
    let mut screen = reading();
    screen.press("S a").type_text("đối chiếu lại").press("Enter");
    screen.press("Esc /").type_text("note:doi").press("Enter");
    silent(&screen, "Trao quyết định");
    screen.press("Esc /").type_text("-is:noted").press("Enter");
    told(&screen, "Trao quyết định");
    silent(&screen, "tổng kết công tác");
}

#[test]
fn reports_are_filtered_by_notes_on_the_officials_whom_they_name() {
    let mut screen = open(&BOTH);
    screen.press("o").type_text("be quang hung").press("Enter");
    screen.press("a").type_text("hỏi lại đơn vị").press("Enter");
    screen.press("q Esc /").type_text("note:\"hoi lai\"").press("Enter");
    told(&screen, "tổng kết công tác");
    silent(&screen, "Trao quyết định");
    // The report has no note of its own.
    screen.press("/ Ctrl-u").type_text("is:noted").press("Enter");
    silent(&screen, "tổng kết công tác");
    screen.press("/ Ctrl-u").type_text("-note:hỏi").press("Enter");
    silent(&screen, "tổng kết công tác");
    told(&screen, "Trao quyết định");
    screen.press("Z / Ctrl-u").type_text("note:hỏi").press("Enter");
    silent(&screen, "tổng kết công tác");
}

const OF_BEFORE: &str = "trước khi những người cùng tên";

/// The reader with a note on the official whom both reports name, on his page.
fn noted_official() -> Screen {
    let mut screen = open(&BOTH);
    screen.press("o").type_text("la khac hung").press("Enter");
    screen.press("a").type_text("theo dõi tiếp").press("Enter");
    screen
}

#[test]
fn a_note_stays_with_an_official_who_is_split_and_merged_again() {
    let mut screen = noted_official();
    silent(&screen, OF_BEFORE);
    screen.press("/").type_text("trao quyet dinh bo nhiem").press("Enter");
    screen.press("S");
    told(&screen, "Đã tách");
    for page in ["", "End e"] {
        if !page.is_empty() {
            screen.press(page);
        }
        told(&screen, "theo dõi tiếp");
        told(&screen, OF_BEFORE);
        told(&screen, "1 báo cáo");
    }
    // It leads to both, and both are found by it.
    screen.press("Esc Esc Esc Esc A");
    told(&screen, OF_BEFORE);
    assert_eq!(screen.text().matches("→ Lã Khắc Hùng: ").count(), 2, "{}", screen.text());
    screen.press("Esc /").type_text("note:theo").press("Enter");
    told(&screen, "tổng kết công tác");
    told(&screen, "Trao quyết định");
    // Changed on the page of one of them, it is about this one.
    screen.press("Esc o").type_text("la khac hung").press("Enter");
    screen.press("a").type_text(" (1)").press("Enter");
    told(&screen, "theo dõi tiếp (1)");
    silent(&screen, OF_BEFORE);
    screen.press("Esc Esc /").type_text("note:theo").press("Enter");
    assert_eq!(screen.app.list.window.total, 1, "{}", screen.text());
}

#[test]
fn a_note_of_several_lines_keeps_them_and_is_written_in_the_editor() {
    let mut screen = reading();
    screen.press("S a Ctrl-o");
    assert_eq!(screen.edited, [""]);
    screen.send(Message::EffectDone(EffectOutcome::Edited("dòng một\ndòng hai\n".to_owned())));
    screen.settle();
    told(&screen, "✎ dòng một");
    screen.press("S a");
    told(&screen, "dòng một↵dòng hai");
    screen.press("Enter S a Ctrl-o");
    assert_eq!(screen.edited[1], "dòng một\ndòng hai");
    screen.send(Message::EffectDone(EffectOutcome::EditFailed("vi: exit status: 1".to_owned())));
    told(&screen, "Ghi chú không đổi");
    screen.press("Esc");
    told(&screen, "✎ dòng một");
    // One that no line could take is opened in the editor at once, and nothing of it is lost when that fails.
    screen.press("S a Ctrl-o");
    screen.send(Message::EffectDone(EffectOutcome::Edited("x".repeat(5_000))));
    screen.settle();
    screen.press("S a");
    assert_eq!(screen.edited.last().map(String::len), Some(5_000));
    screen.send(Message::EffectDone(EffectOutcome::EditFailed("vi: not found".to_owned())));
    assert!(screen.app.line.is_none());
    screen.press("A");
    told(&screen, "xxxx");
}

#[test]
fn a_paste_that_is_too_long_for_the_line_of_a_note_is_opened_in_the_editor_whole() {
    let mut screen = reading();
    screen.press("S a").type_text("đầu ");
    screen.send(Message::Pasted("chữ\n".repeat(200_000)));
    let whole = format!("đầu {}", "chữ\n".repeat(200_000));
    assert_eq!(screen.edited.len(), 1);
    assert!(screen.edited[0] == whole.trim_end(), "{} of {}", screen.edited[0].len(), whole.len());
    // Without an editor, the line has as much as it can take.
    screen.send(Message::EffectDone(EffectOutcome::EditFailed("vi: not found".to_owned())));
    told(&screen, "Ghi chú không đổi");
    screen.press("Enter");
    told(&screen, "✎ đầu chữ");
    // A line that no editor is for says that it is full.
    screen.press("Esc /");
    screen.send(Message::Pasted("chữ ".repeat(30_000)));
    told(&screen, "Dòng chỉ nhận 1.000 ký tự");
    assert_eq!(screen.edited.len(), 1);
}

#[test]
fn notes_are_there_in_the_next_session_and_after_their_report_was_removed() {
    let folder = tempfile::tempdir().unwrap();
    let store = || baocao::store::Store::open(folder.path()).unwrap();
    let filled = store();
    for text in BOTH {
        let hint = baocao::ingest::InputHint::default();
        for draft in baocao::ingest::read(text.as_bytes(), &hint).unwrap() {
            filled.cache().save("a.txt", &draft, &baocao::extract::extract(&draft)).unwrap();
        }
    }
    let start = |store| open_as(store, ReaderSettings::default(), SessionState::default(), (120, 24));
    let mut screen = start(filled);
    screen.press("G Enter S a").type_text("giữ lại").press("Enter");
    drop(screen);
    let mut screen = start(store());
    screen.press("G Enter");
    told(&screen, "✎ giữ lại");
    screen.press("Esc X X");
    told(&screen, "Đã xóa (Z để hoàn tác): Trao quyết định");
    screen.press("A");
    told(&screen, "báo cáo không còn trong kho");
    told(&screen, "giữ lại");
}

#[test]
fn without_notes_the_page_says_how_to_write_one() {
    let mut screen = open_as(cache(&BOTH), ReaderSettings::default(), SessionState::default(), (80, 20));
    screen.press("A");
    told(&screen, "Chưa có ghi chú nào: trong báo cáo, a để ghi chú.");
    screen.press("A");
    told(&screen, "Đây đã là trang ghi chú.");
    screen.press("E");
    told(&screen, "Trang này chưa có gì để ghi ra tệp.");
    assert!(screen.app.line.is_none());
}

#[test]
fn a_passage_is_copied_with_a_citation_in_the_format_of_the_settings() {
    let cited = |citation| {
        let settings = ReaderSettings { citation, ..ReaderSettings::default() };
        let mut screen = open_as(cache(&BOTH), settings, SessionState::default(), (120, 24));
        screen.press("G Enter S y c");
        screen.copied.pop().unwrap()
    };
    let plain = cited(CitationFormat::Plain);
    assert!(
        plain.starts_with("“Sáng 26-12-2022, Quân khu 12 tổ chức Hội nghị tổng kết công tác năm 2022.” (“Quân khu")
    );
    assert!(plain.contains("ngày 26-12-2022, đoạn 2, truy cập ") && plain.contains(", baocao:"), "{plain}");
    assert!(cited(CitationFormat::Markdown).starts_with("> Sáng"));
    assert!(cited(CitationFormat::Bibtex).starts_with("@misc{baocao-"));
    assert!(cited(CitationFormat::CslJson).starts_with("[\n"));
}

#[test]
fn what_became_of_a_copy_is_told() {
    let mut screen = reading();
    for (route, cut, words) in [
        (ClipboardRoute::Terminal, 0, "Đã sao chép"),
        (ClipboardRoute::TmuxAndTerminal, 0, "bộ đệm của tmux cũng có"),
        (ClipboardRoute::TmuxOnly, 0, "Chỉ có trong bộ đệm của tmux"),
        (ClipboardRoute::Unknown, 0, "có thể không chuyển tiếp"),
        (ClipboardRoute::Terminal, 1234, "thiếu 1.234 byte cuối"),
    ] {
        let said = "Đã sao chép.".to_owned();
        screen.send(Message::EffectDone(EffectOutcome::Copied { said, route, cut }));
        told(&screen, words);
    }
}

#[test]
fn a_command_of_the_users_gets_what_is_in_front_and_its_answer_is_a_page() {
    let command = |name: &str, words: &[&str]| UserCommand {
        name: name.to_owned(),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
    };
    let commands = vec![command("đếm", &["wc", "-w"]), command("dịch", &["trans"])];
    let settings = ReaderSettings { commands, ..ReaderSettings::default() };
    let mut screen = open_as(cache(&BOTH), settings, SessionState::default(), (120, 24));
    screen.press("G Enter S C");
    told(&screen, "Chạy lệnh nào?");
    screen.press("1");
    told(&screen, "Kết quả của lệnh đếm");
    let (turn, words, input) = screen.commands[0].clone();
    assert_eq!(words, ["wc", "-w"]);
    assert_eq!(input, "Sáng 26-12-2022, Quân khu 12 tổ chức Hội nghị tổng kết công tác năm 2022.");
    screen.send(Message::CommandEnded { turn, said: Ok("16\n\u{1b}]52;c;AAAA\u{7}\n".to_owned()) });
    told(&screen, "16");
    assert!(!screen.text().contains('\u{1b}'));
    screen.press("y y");
    assert!(screen.copied[0].contains("16"));
    // A page, as text.
    screen.press("q } e C 1");
    let (turn, _, input) = screen.commands[1].clone();
    assert!(input.starts_with("Lã Khắc Hùng\n") && input.contains("Trung tướng"), "{input}");
    assert!(!input.contains('\u{1b}') && !input.contains('│'), "{input}");
    screen.send(Message::CommandEnded { turn, said: Ok("9\n".to_owned()) });
    told(&screen, "Kết quả của lệnh đếm");
    screen.press("q q");
    // Every picked report, and one that fails.
    screen.press("q Ctrl-a :").type_text("dịch").press("Enter");
    let (turn, _, input) = screen.commands[2].clone();
    assert!(input.contains("143 buổi") && input.contains("Thứ trưởng"), "{input}");
    screen.send(Message::CommandEnded { turn, said: Err("trans: not found".to_owned()) });
    told(&screen, "trans: not found");
    // An answer that nobody awaits any more is dropped.
    screen.press("q");
    screen.send(Message::CommandEnded { turn, said: Ok("muộn".to_owned()) });
    silent(&screen, "muộn");
}

#[test]
fn without_commands_it_is_said_where_they_are_named() {
    let mut screen = reading();
    screen.press("C");
    told(&screen, "[commands]");
}

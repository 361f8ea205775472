//! Property: after any keys in any order, a terminal that received only the differences between frames shows the same
//! as a complete frame would.

use crate::screen::{self, Screen, cases};
use baocao::config::ThemeName;
use baocao::system::terminal_env::ColourDepth;
use baocao::tui::message::Message;
use baocao::tui::settings::{ReaderSettings, SessionState};
use baocao::tui::terminal::screen::ScreenBuffer as Terminal;
use baocao::tui::view;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};
use ratatui::style::Modifier;
use std::num::NonZero;

const KEYS: [&str; 28] = [
    "j", "j", "j", "k", "k", "g g", "G", "Ctrl-d", "Ctrl-u", "Space", "b", "Enter", "Enter", "Esc", "Tab", "z", "}",
    "{", "J", "K", "n", "x", "r", "p", "o", "?", "/", "Ctrl-l",
];

const SIZES: [(u16, u16); 5] = [(40, 12), (80, 24), (120, 30), (160, 24), (200, 60)];

/// Enough reports that the list scrolls, each long enough that its text scrolls.
fn reports() -> Vec<String> {
    let report = |n: usize| {
        let paragraph = |k: usize| {
            format!("Đoạn {k} của báo cáo {n}: Đại tá Lê Văn Thử{} phát biểu về việc số {}.", n % 7, n * k % 13)
        };
        let body = (0..40).map(paragraph).collect::<Vec<_>>().join("\n\n");
        format!(
            "Tổng kết công tác năm 20{:02} của đơn vị {n}\n\nNgày {}-12-2024, Trung tướng Trần Mẫu chủ trì.\n\n{body}",
            n % 25,
            n % 28 + 1
        )
    };
    (0..70).map(report).collect()
}

/// A terminal emulator that has received every frame so far.
struct Looking {
    terminal: Terminal,
    emulator: vt100::Parser,
}

impl Looking {
    fn at(size: (u16, u16)) -> Self {
        let cells = |n| NonZero::new(n).unwrap();
        let emulator = vt100::Parser::new(cells(size.1), cells(size.0), 0);
        Self { terminal: Terminal::new(Size::new(size.0, size.1), ColourDepth::True), emulator }
    }

    fn look(&mut self, reader: &Screen) {
        let bytes = self.terminal.draw(true, |buffer| view::draw(&reader.app, buffer));
        self.emulator.process(&bytes);
    }

    /// Returns a description of the first difference between the terminal and the expected picture.
    fn differs(&self, (picture, cursor): &(Buffer, Option<Position>)) -> Option<String> {
        let screen = self.emulator.screen();
        for at in picture.area.positions() {
            let (wanted, got) = (&picture[at], screen.cell(at.y, at.x).unwrap());
            let symbol = if got.has_contents() { got.contents() } else { " " };
            let blank = wanted.symbol() == " ";
            let alike = symbol == wanted.symbol()
                && got.inverse() == wanted.modifier.contains(Modifier::REVERSED)
                && got.underline() == wanted.modifier.contains(Modifier::UNDERLINED)
                && (blank || got.bold() == wanted.modifier.contains(Modifier::BOLD));
            if !alike {
                return Some(format!("{symbol:?} instead of {:?} at {at}:\n{}", wanted.symbol(), screen.contents()));
            }
        }
        let stands = cursor.is_none_or(|at| screen.cursor_position() == (at.y, at.x));
        (screen.hide_cursor() != cursor.is_none() || !stands).then(|| "the cursor is elsewhere".to_owned())
    }
}

/// Reports whose titles fill the rows of a narrow window; the paragraphs of the newest do too.
fn long_rows() -> Vec<String> {
    let words = ["huấn luyện", "diễn tập", "đồng bào", "hậu cần", "chuyển đổi số", "biên giới", "kỹ thuật", "thể thao"];
    let phrase = |n: usize, length: usize| -> String {
        let chosen: Vec<&str> = (0..length).map(|k| words[(n * 5 + k * (n % 7 + 1)) % words.len()]).collect();
        chosen.join(" ")
    };
    let paragraph =
        |k: usize| format!("\n\nĐoạn {k}: Thiếu tướng Lã Khắc Hùng, Tư lệnh Quân khu 10 nói về {}.", phrase(k, 14));
    let report = |n: usize| {
        let body: String = if n == 0 { (0..30).map(paragraph).collect() } else { String::new() };
        let day = if n == 0 { 31 } else { n % 28 + 1 };
        format!("Cụm {n} {}\n\nNgày {day}-12-2024, các đơn vị họp ở nơi số {n}.{body}\n", phrase(n, 9))
    };
    (0..70).map(report).collect()
}

/// The bytes that each of 25 `j` sends at 80×24 as long as the key is held, and those that follow when it rests.
fn bytes_of_a_held_key(before: &str, theme: ThemeName) -> (usize, usize, Screen) {
    let texts = long_rows();
    let store = screen::cache(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let settings = ReaderSettings { theme, ..ReaderSettings::default() };
    let mut reader = screen::open_as(store, settings, SessionState::default(), (80, 24));
    let mut terminal = Terminal::new(Size::new(80, 24), ColourDepth::Indexed);
    reader.press(before);
    let mut draw = |reader: &Screen| terminal.draw(false, |buffer| view::draw(&reader.app, buffer)).len();
    draw(&reader);
    // No pause in which the reader would see that the keys rest.
    let mut sent = 0;
    for _ in 0..25 {
        reader.send(Message::Key(KeyEvent::new(KeyCode::Char('j'), KeyModifiers::NONE)));
        sent += draw(&reader);
    }
    reader.settle();
    let rested = draw(&reader);
    assert_eq!(draw(&reader), 0, "idle");
    (sent / 25, rested, reader)
}

/// On a slow line a key that is held sends little more than the row that comes in.
#[test]
fn a_held_key_sends_three_hundred_bytes_at_most() {
    for theme in [ThemeName::default(), ThemeName::Dark, ThemeName::Light, ThemeName::Mono] {
        let (list, rested, reader) = bytes_of_a_held_key("2 5 j", theme);
        assert!(reader.text().contains(" 51/"), "{}", reader.text());
        assert!(list <= 300 && rested <= 300, "{theme:?}: {list} bytes a key in the list, {rested} when it rests");
        let (report, rested, reader) = bytes_of_a_held_key("Enter", theme);
        assert!(!reader.text().contains("Đoạn 0:"), "{}", reader.text());
        assert!(report <= 300 && rested == 0, "{theme:?}: {report} bytes a key in a report, {rested} when it rests");
    }
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn the_terminal_shows_what_the_reader_shows(
        keys in prop::collection::vec(prop::sample::select(KEYS.to_vec()), 1..50),
        size in prop::sample::select(SIZES.to_vec()),
        plain in any::<bool>(),
        theme in prop::sample::select(vec![ThemeName::Dark, ThemeName::Mono]),
    ) {
        let texts = reports();
        let store = screen::cache(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let settings = ReaderSettings { plain, theme, ..ReaderSettings::default() };
        let mut reader = screen::open_as(store, settings, SessionState::default(), size);
        let mut looking = Looking::at(size);
        looking.look(&reader);
        for key in keys {
            reader.press(key);
            looking.look(&reader);
            let differs = looking.differs(&reader.draw());
            prop_assert!(differs.is_none(), "after {}: {}", key, differs.unwrap_or_default());
        }
    }
}

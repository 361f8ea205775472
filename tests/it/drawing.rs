//! Property: after any keys in any order, a terminal that received only the differences between frames shows the same
//! as a complete frame would.

use crate::screen::{self, Screen, cases};
use baocao::config::ThemeName;
use baocao::system::terminal_env::ColourDepth;
use baocao::tui::settings::{ReaderSettings, SessionState};
use baocao::tui::terminal::screen::ScreenBuffer as Terminal;
use baocao::tui::view;
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

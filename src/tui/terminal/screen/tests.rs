//! What the bytes do to a terminal emulator must be the picture that was drawn.

use super::*;
use proptest::prelude::*;
use ratatui::style::{Color, Modifier, Style};
use std::num::NonZero;

struct Rig {
    screen: ScreenBuffer,
    emulator: vt100::Parser,
}

impl Rig {
    fn new(columns: u16, lines: u16) -> Self {
        let screen = ScreenBuffer::new(Size::new(columns, lines), ColourDepth::True);
        let cells = |n: u16| NonZero::new(n).unwrap();
        Self { screen, emulator: vt100::Parser::new(cells(lines), cells(columns), 0) }
    }

    /// Draws lines and returns the bytes that went out.
    fn draw(&mut self, lines: &[(String, Style)], cursor: Option<(u16, u16)>) -> Vec<u8> {
        let bytes = self.screen.draw(true, |buffer| {
            let area = buffer.area;
            for ((line, style), y) in lines.iter().zip(area.top()..area.bottom()) {
                buffer.set_stringn(0, y, line, usize::from(area.width), *style);
            }
            cursor.map(Position::from)
        });
        self.emulator.process(&bytes);
        bytes
    }

    /// Compares every cell of the emulator with the picture.
    fn check(&self) {
        let next = &self.screen.shown;
        let mut chunks = LineHashes::blank(next.area);
        for y in 0..next.area.height {
            chunks.set(y, line(next, y));
        }
        assert_eq!(chunks, self.screen.chunks, "what is known of the lines shown");
        let screen = self.emulator.screen();
        for position in next.area.positions() {
            let (wanted, got) = (next.cell(position).unwrap(), screen.cell(position.y, position.x).unwrap());
            let symbol = if got.has_contents() { got.contents() } else { " " };
            assert_eq!(symbol, wanted.symbol(), "at {position}");
            let blank = wanted.symbol() == " ";
            assert_eq!(got.bold() && !blank, wanted.modifier.contains(Modifier::BOLD) && !blank, "bold at {position}");
            assert_eq!(got.inverse(), wanted.modifier.contains(Modifier::REVERSED), "reverse at {position}");
            let colour = |c: Color| match c {
                Color::Reset => vt100::Color::Default,
                Color::Red => vt100::Color::Idx(1),
                Color::LightBlue => vt100::Color::Idx(12),
                Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
                _ => panic!("a colour this test does not use"),
            };
            assert_eq!(got.bgcolor(), colour(wanted.bg), "behind {position}");
            assert!(blank || got.fgcolor() == colour(wanted.fg), "colour at {position}");
        }
    }
}

fn plain(lines: &[&str]) -> Vec<(String, Style)> {
    lines.iter().map(|line| ((*line).to_owned(), Style::new())).collect()
}

/// Lines of a text that differ from each other nearly everywhere.
fn body(from: usize, lines: usize, width: usize) -> Vec<(String, Style)> {
    let words =
        ["hội nghị", "đồng chí", "Trung tướng", "tổng kết", "quân khu", "năm 2022", "Chính ủy", "sơ kết", "đơn vị"];
    let line = |n: usize| {
        let text: Vec<&str> =
            (0..5).filter_map(|k| words.get((n.wrapping_mul(0x9e37_79b1) >> (6 * k)) % words.len()).copied()).collect();
        format!("│ {:<1$}│", format!("{n} {}", text.join(" ")), width - 3)
    };
    (from..from + lines).map(|n| (line(n), Style::new())).collect()
}

#[test]
fn nothing_changed_is_no_byte() {
    let mut rig = Rig::new(40, 4);
    assert!(!rig.draw(&plain(&["Báo cáo", "hai"]), Some((3, 0))).is_empty());
    assert_eq!(rig.draw(&plain(&["Báo cáo", "hai"]), Some((3, 0))), b"");
    rig.check();
}

#[test]
fn the_cursor_moves_alone() {
    let mut rig = Rig::new(40, 4);
    rig.draw(&plain(&["Báo cáo"]), Some((3, 0)));
    assert_eq!(rig.draw(&plain(&["Báo cáo"]), Some((5, 0))), b"\x1b[2C");
    assert_eq!(rig.emulator.screen().cursor_position(), (0, 5));
    assert_eq!(rig.draw(&plain(&["Báo cáo"]), None), b"\x1b[?25l");
}

#[test]
fn a_large_frame_is_shown_at_once_and_a_small_one_needs_no_mark() {
    let mut rig = Rig::new(80, 24);
    let whole = rig.draw(&body(0, 24, 80), None);
    assert!(whole.starts_with(BEGIN) && whole.ends_with(END) && whole.len() > WORTH_SYNCHRONIZING);
    let line = rig.draw(&body(1, 24, 80), None);
    assert!(!line.starts_with(BEGIN) && line.len() < WORTH_SYNCHRONIZING, "{} bytes", line.len());
    rig.check();
}

#[test]
fn a_line_scrolled_costs_little_more_than_the_line() {
    let mut rig = Rig::new(200, 60);
    rig.draw(&body(0, 60, 200), None);
    let down = rig.draw(&body(1, 60, 200), None);
    rig.check();
    assert!(down.len() < 200, "{} bytes", down.len());
    let up = rig.draw(&body(0, 60, 200), None);
    rig.check();
    assert!(up.len() < 200, "{} bytes", up.len());
}

#[test]
fn a_fixed_head_and_foot_stay_when_the_body_scrolls() {
    let mut rig = Rig::new(80, 24);
    let picture = |from| [plain(&["đầu trang"]), body(from, 22, 80), plain(&["cuối trang"])].concat();
    rig.draw(&picture(0), None);
    let bytes = rig.draw(&picture(11), None);
    rig.check();
    let sent = String::from_utf8_lossy(&bytes);
    assert!(sent.contains("\x1b[2;23r"), "the body is moved by the terminal: {sent:?}");
}

#[test]
fn a_new_size_is_drawn_whole() {
    let mut rig = Rig::new(40, 4);
    rig.draw(&plain(&["Báo cáo"]), None);
    rig.screen.set_size(Size::new(20, 8));
    rig.emulator.screen_mut().set_size(NonZero::new(8).unwrap(), NonZero::new(20).unwrap());
    let bytes = rig.draw(&plain(&["Báo cáo"]), None);
    assert!(String::from_utf8_lossy(&bytes).contains("\x1b[2J"));
    rig.check();
}

#[test]
fn a_terminal_entered_again_is_drawn_whole() {
    let mut rig = Rig::new(20, 3);
    rig.draw(&plain(&["Báo cáo"]), Some((1, 1)));
    rig.emulator.process(b"\x1b[31mls -l\x1b[?25l\x1b[m\x1b[3;3Hx");
    rig.screen.forget();
    rig.draw(&plain(&["Báo cáo"]), Some((1, 1)));
    rig.check();
    assert!(!rig.emulator.screen().hide_cursor());
}

#[test]
fn what_cannot_be_shown_is_not_sent() {
    let mut rig = Rig::new(20, 1);
    let bytes = rig.screen.draw(false, |buffer| {
        buffer.cell_mut((2, 0)).unwrap().set_symbol("\u{202e}a");
        None
    });
    assert!(!String::from_utf8_lossy(&bytes).contains('\u{202e}'));
    assert!(String::from_utf8_lossy(&bytes).contains('\u{fffd}'));
}

fn some_style() -> impl Strategy<Value = Style> {
    let colours = || prop::sample::select(vec![Color::Reset, Color::Red, Color::LightBlue, Color::Rgb(1, 2, 3)]);
    (colours(), colours(), any::<bool>(), any::<bool>()).prop_map(|(fore, back, bold, reverse)| {
        let mut style = Style::new().fg(fore).bg(back);
        style = if bold { style.add_modifier(Modifier::BOLD) } else { style };
        if reverse { style.add_modifier(Modifier::REVERSED) } else { style }
    })
}

fn some_line() -> impl Strategy<Value = (String, Style)> {
    let styled = ("[a-cđệ 日]{0,40}", some_style());
    let quiet = "(dòng [1-9] {20}│|báo cáo|)".prop_map(|line| (line, Style::new()));
    prop_oneof![styled, quiet]
}

proptest! {
    /// Any pictures, one after the other: the emulator shows the last one.
    #[test]
    fn the_emulator_shows_what_was_drawn(
        pictures in prop::collection::vec(prop::collection::vec(some_line(), 0..12), 1..6),
        columns in 1..50u16,
    ) {
        let mut rig = Rig::new(columns, 10);
        for picture in &pictures {
            rig.draw(picture, None);
            rig.check();
        }
    }

    /// A text scrolled by any steps, in a part of the screen.
    #[test]
    fn scrolling_shows_what_was_drawn(
        steps in prop::collection::vec(0..40usize, 1..8),
        head in 0..3usize,
        foot in 0..3usize,
    ) {
        let mut rig = Rig::new(60, 16);
        for from in steps {
            let picture = [body(900, head, 60), body(from, 16 - head - foot, 60), body(950, foot, 60)].concat();
            rig.draw(&picture, None);
            rig.check();
        }
    }
}

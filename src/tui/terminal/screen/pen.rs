//! The hand that writes on the terminal: knows where it stands and how it writes, and says no more than what differs.
//! It is the last gate as well: a cell that holds anything but something to show is shown as U+FFFD. What is to be
//! written is left to its caller.

use super::super::abilities::Colours;
use super::scroll::Moved;
use crate::text::safe::is_unsafe;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use std::io::Write;

/// As many blanks in a row are worth erasing instead of writing.
const WORTH_ERASING: u16 = 9;
/// Unchanged cells up to so many are written again rather than leapt over.
const WORTH_REPEATING: u16 = 3;

/// How letters are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ink {
    fore: Color,
    back: Color,
    modifier: Modifier,
}

/// Place and ink, as the terminal knows them.
#[derive(Clone, Debug)]
pub struct Pen {
    colours: Colours,
    ink: Ink,
    /// Nothing where it is not known: at the start, and behind the last column.
    place: Option<Position>,
    visible: bool,
}

impl Pen {
    /// A pen on a terminal that was just entered.
    pub fn new(colours: Colours) -> Self {
        Self { colours, ink: Ink::default(), place: None, visible: false }
    }

    /// Starts as on a terminal that was just entered.
    pub fn forget(&mut self) {
        *self = Self::new(self.colours);
    }

    /// Clears the whole screen.
    pub fn wipe(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\x1b[m\x1b[2J");
        self.ink = Ink::default();
        self.place = None;
    }

    /// Clears one line.
    pub fn erase_line(&mut self, y: u16, out: &mut Vec<u8>) {
        self.take_ink(Ink::default(), out);
        self.move_to(Position::new(0, y), out);
        out.extend_from_slice(b"\x1b[K");
    }

    /// Shows or hides the cursor.
    pub fn show(&mut self, visible: bool, out: &mut Vec<u8>) {
        if self.visible != visible {
            self.visible = visible;
            out.extend_from_slice(if visible { b"\x1b[?25h" } else { b"\x1b[?25l" });
        }
    }

    /// Moves lines within their region by line feeds at its end, or reverse line feeds at its beginning: every terminal
    /// knows these. What comes in is blank.
    pub fn scroll(&mut self, moved: &Moved, out: &mut Vec<u8>) {
        self.take_ink(Ink::default(), out);
        let (first, last) = (u32::from(moved.lines.start) + 1, u32::from(moved.lines.end));
        let count = usize::from(moved.by.unsigned_abs());
        send(out, format_args!("\x1b[{first};{last}r"));
        if moved.by > 0 {
            send(out, format_args!("\x1b[{last}H"));
            out.extend(std::iter::repeat_n(b'\n', count));
        } else {
            send(out, format_args!("\x1b[{first}H"));
            out.extend(b"\x1bM".repeat(count));
        }
        out.extend_from_slice(b"\x1b[r");
        self.place = None;
    }

    /// Writes what differs between two pictures.
    pub fn draw(&mut self, shown: &Buffer, next: &Buffer, out: &mut Vec<u8>) {
        let changes = shown.diff(next);
        let mut at = 0;
        while let Some((x, y, cell)) = changes.get(at) {
            let blanks = changes
                .iter()
                .skip(at)
                .zip(0..)
                .take_while(|((bx, by, b), n)| *by == *y && *bx == x + n && is_blank(b));
            let blanks = blanks.count() as u16;
            self.go(Position::new(*x, *y), next, out);
            if blanks >= WORTH_ERASING {
                self.erase(*x, blanks, next.area.width, out);
                at += usize::from(blanks);
            } else {
                self.write(cell, next.area.width, out);
                at += 1;
            }
        }
        // Colours must not stay on: what the terminal erases by itself, at a resize, takes them up.
        self.take_ink(Ink::default(), out);
    }

    /// Erases `count` cells from here on, without moving.
    fn erase(&mut self, x: u16, count: u16, width: u16, out: &mut Vec<u8>) {
        self.take_ink(Ink::default(), out);
        if x + count >= width {
            out.extend_from_slice(b"\x1b[K");
        } else {
            send(out, format_args!("\x1b[{count}X"));
        }
    }

    fn write(&mut self, cell: &Cell, width: u16, out: &mut Vec<u8>) {
        self.take_ink(Ink { fore: cell.fg, back: cell.bg, modifier: cell.modifier }, out);
        let symbol = cell.symbol();
        let shows = !symbol.chars().any(|c| is_unsafe(c) || matches!(c, '\n' | '\t'));
        let (symbol, cells) = if shows { (symbol, cell_width(symbol)) } else { ("\u{fffd}", 1) };
        out.extend_from_slice(symbol.as_bytes());
        self.place = self.place.map(|place| Position::new(place.x + cells, place.y)).filter(|place| place.x < width);
    }

    /// Goes to `target`, writing again what stands on a short way there.
    fn go(&mut self, target: Position, next: &Buffer, out: &mut Vec<u8>) {
        if let Some(place) = self.place.filter(|place| place.y == target.y && place.x < target.x) {
            let way: Vec<&Cell> = (place.x..target.x).filter_map(|x| next.cell((x, target.y))).collect();
            let same = |cell: &&Cell| {
                Ink { fore: cell.fg, back: cell.bg, modifier: cell.modifier } == self.ink && is_one_ascii(cell.symbol())
            };
            if target.x - place.x <= WORTH_REPEATING && way.iter().all(same) {
                out.extend(way.iter().flat_map(|cell| cell.symbol().bytes()));
                self.place = Some(target);
                return;
            }
        }
        self.move_to(target, out);
    }

    /// Moves by the shortest of the ways that every terminal knows.
    pub fn move_to(&mut self, target: Position, out: &mut Vec<u8>) {
        let (x, y) = (u32::from(target.x), u32::from(target.y));
        match self.place {
            Some(place) if place == target => {}
            Some(place) if place.y == target.y && place.x < target.x => match target.x - place.x {
                1 => out.extend_from_slice(b"\x1b[C"),
                columns => send(out, format_args!("\x1b[{columns}C")),
            },
            Some(place) if target.x == 0 && place.y + 1 == target.y => out.extend_from_slice(b"\r\n"),
            _ if target.x == 0 => send(out, format_args!("\x1b[{}H", y + 1)),
            _ => send(out, format_args!("\x1b[{};{}H", y + 1, x + 1)),
        }
        self.place = Some(target);
    }

    fn take_ink(&mut self, ink: Ink, out: &mut Vec<u8>) {
        if ink == self.ink {
            return;
        }
        let mut codes = Vec::with_capacity(24);
        let lost = self.ink.modifier.difference(ink.modifier);
        let plain_again = |was: Color, is: Color| was != Color::Reset && is == Color::Reset;
        if !lost.is_empty() || plain_again(self.ink.fore, ink.fore) || plain_again(self.ink.back, ink.back) {
            codes.push(b';');
            self.ink = Ink::default();
        }
        for (modifier, code) in MODIFIERS {
            if ink.modifier.difference(self.ink.modifier).contains(modifier) {
                send(&mut codes, format_args!("{code};"));
            }
        }
        if ink.fore != self.ink.fore {
            colour(self.colours.reduce(ink.fore), 30, &mut codes);
        }
        if ink.back != self.ink.back {
            colour(self.colours.reduce(ink.back), 40, &mut codes);
        }
        // Nothing to say means that all is put off.
        codes.pop();
        out.extend_from_slice(b"\x1b[");
        out.extend(codes);
        out.push(b'm');
        self.ink = ink;
    }
}

/// What a modifier is called by the terminal.
const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// Says a colour; `base` is 30 for letters and 40 for what is behind them.
fn colour(colour: Color, base: u8, codes: &mut Vec<u8>) {
    let bright = base + 60;
    let code = match colour {
        Color::Reset => base + 9,
        Color::Black => base,
        Color::Red => base + 1,
        Color::Green => base + 2,
        Color::Yellow => base + 3,
        Color::Blue => base + 4,
        Color::Magenta => base + 5,
        Color::Cyan => base + 6,
        Color::Gray => base + 7,
        Color::DarkGray => bright,
        Color::LightRed => bright + 1,
        Color::LightGreen => bright + 2,
        Color::LightYellow => bright + 3,
        Color::LightBlue => bright + 4,
        Color::LightMagenta => bright + 5,
        Color::LightCyan => bright + 6,
        Color::White => bright + 7,
        Color::Indexed(n) => return send(codes, format_args!("{};5;{n};", base + 8)),
        Color::Rgb(r, g, b) => return send(codes, format_args!("{};2;{r};{g};{b};", base + 8)),
    };
    send(codes, format_args!("{code};"));
}

/// Writing to memory does not fail.
fn send(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}

/// A cell that erasing leaves behind.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.fg == Color::Reset && cell.bg == Color::Reset && cell.modifier.is_empty()
}

fn is_one_ascii(symbol: &str) -> bool {
    matches!(symbol.as_bytes(), [b' '..=b'~'])
}

/// The cells that a symbol covers, as ratatui measures.
pub fn cell_width(symbol: &str) -> u16 {
    if is_one_ascii(symbol) { 1 } else { unicode_width::UnicodeWidthStr::width(symbol).clamp(1, 2) as u16 }
}

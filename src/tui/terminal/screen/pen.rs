//! Writes changed cells to the terminal. It keeps the terminal's cursor position and style, and sends only what differs
//! from them. It is the last gate as well: a cell with anything but something to show is sent as U+FFFD. Which lines
//! are drawn is left to its caller.

use super::scroll::ScrolledLines;
use crate::system::terminal_env::ColourDepth;
use crate::text::safe::is_unsafe;
use crate::tui::terminal::palette::reduce;
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use std::io::Write;

/// From this many blanks in a row on, erasing takes fewer bytes than writing them.
const WORTH_ERASING: usize = 9;
/// The same at the end of a line, where the erasing sequence is shorter.
const END_ERASED: usize = 3;

/// The colours and attributes of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct CellStyle {
    fore: Color,
    back: Color,
    modifier: Modifier,
}

impl CellStyle {
    fn of(cell: &Cell) -> Self {
        Self { fore: cell.fg, back: cell.bg, modifier: cell.modifier }
    }

    /// Whether a blank looks the same in both styles: what only shows on letters does not matter.
    fn leaves_blanks_like(self, other: Self) -> bool {
        let reversed = self.modifier.contains(Modifier::REVERSED);
        self.back == other.back && self.lines() == other.lines() && (!reversed || self.fore == other.fore)
    }

    /// The attributes that show without a letter.
    fn lines(self) -> Modifier {
        self.modifier & SEEN_ON_BLANKS
    }
}

/// Whether a colour goes back to the terminal's own, which takes a reset of everything.
fn is_reset(was: Color, is: Color) -> bool {
    was != Color::Reset && is == Color::Reset
}

/// What shows on a cell without a letter.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// The cursor and the style that the terminal has at the moment.
#[derive(Clone, Debug)]
pub struct CursorState {
    colours: ColourDepth,
    style: CellStyle,
    /// `None` if it is not known: at the start, and behind the last column, where terminals differ.
    place: Option<Position>,
    visible: bool,
}

impl CursorState {
    /// The state of a terminal that was just entered.
    pub fn new(colours: ColourDepth) -> Self {
        Self { colours, style: CellStyle::default(), place: None, visible: false }
    }

    /// Starts as on a terminal that was just entered.
    pub fn forget(&mut self) {
        *self = Self::new(self.colours);
    }

    /// Clears the whole screen.
    pub fn wipe(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\x1b[m\x1b[2J");
        self.style = CellStyle::default();
        self.place = None;
    }

    /// Clears line `y`; the cursor goes to its beginning.
    pub fn erase_line(&mut self, y: u16, out: &mut Vec<u8>) {
        self.set_style(CellStyle::default(), out);
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
    pub fn scroll(&mut self, moved: &ScrolledLines, out: &mut Vec<u8>) {
        self.set_style(CellStyle::default(), out);
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

    /// Draws lines: for each its number, the cells it shows and the cells it should show.
    pub fn draw<'a>(&mut self, lines: impl Iterator<Item = (u16, &'a [Cell], &'a [Cell])>, out: &mut Vec<u8>) {
        for (y, was, is) in lines {
            self.draw_line(y, was, is, out);
        }
        // Colours must not stay on: what the terminal erases by itself, at a resize, takes them up.
        self.set_style(CellStyle::default(), out);
    }

    fn draw_line(&mut self, y: u16, was: &[Cell], is: &[Cell], out: &mut Vec<u8>) {
        let width = is.len();
        let mut x = 0;
        while let Some((cell, old)) = is.get(x).zip(was.get(x)) {
            if look_alike(cell, old) {
                x += 1;
                continue;
            }
            let (blanks, erased) = blanks(x, was, is);
            let to_the_end = x + blanks == width && erased > END_ERASED;
            self.go(Position::new(x as u16, y), is, out);
            if to_the_end || erased >= WORTH_ERASING {
                self.erase((!to_the_end).then_some(erased), out);
                x += blanks;
            } else {
                self.write(cell, width as u16, out);
                // A wide letter covers the next cell as well.
                x += usize::from(cell_width(cell.symbol()));
            }
        }
    }

    /// Erases `count` cells from the cursor on, or all to the end of the line; the cursor stays.
    fn erase(&mut self, count: Option<usize>, out: &mut Vec<u8>) {
        self.set_style(CellStyle::default(), out);
        match count {
            Some(count) => send(out, format_args!("\x1b[{count}X")),
            None => out.extend_from_slice(b"\x1b[K"),
        }
    }

    fn write(&mut self, cell: &Cell, width: u16, out: &mut Vec<u8>) {
        let style = CellStyle::of(cell);
        if cell.symbol() != " " || !style.leaves_blanks_like(self.style) {
            self.set_style(style, out);
        }
        let symbol = cell.symbol();
        let shows = !symbol.chars().any(|c| is_unsafe(c) || matches!(c, '\n' | '\t'));
        let (symbol, cells) = if shows { (symbol, cell_width(symbol)) } else { ("\u{fffd}", 1) };
        out.extend_from_slice(symbol.as_bytes());
        self.place = self.place.map(|place| Position::new(place.x + cells, place.y)).filter(|place| place.x < width);
    }

    /// Moves the cursor to `target`. A short way on the same line is rewritten if that takes fewer bytes than the
    /// sequence that moves the cursor.
    fn go(&mut self, target: Position, line: &[Cell], out: &mut Vec<u8>) {
        if let Some(place) = self.place.filter(|place| place.y == target.y && place.x < target.x) {
            let way = line.get(usize::from(place.x)..usize::from(target.x)).unwrap_or_default();
            let leap = if way.len() == 1 { 3 } else { 4 };
            let again = |cell: &Cell| match cell.symbol() {
                " " => CellStyle::of(cell).leaves_blanks_like(self.style),
                symbol => is_one_ascii(symbol) && CellStyle::of(cell) == self.style,
            };
            if way.len() <= leap && way.iter().all(again) {
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

    fn set_style(&mut self, style: CellStyle, out: &mut Vec<u8>) {
        if style == self.style {
            return;
        }
        let mut codes = Vec::with_capacity(24);
        let lost = self.style.modifier.difference(style.modifier);
        if !lost.is_empty() || is_reset(self.style.fore, style.fore) || is_reset(self.style.back, style.back) {
            codes.push(b';');
            self.style = CellStyle::default();
        }
        for (modifier, code) in MODIFIERS {
            if style.modifier.difference(self.style.modifier).contains(modifier) {
                send(&mut codes, format_args!("{code};"));
            }
        }
        if style.fore != self.style.fore {
            colour(reduce(self.colours, style.fore), 30, &mut codes);
        }
        if style.back != self.style.back {
            colour(reduce(self.colours, style.back), 40, &mut codes);
        }
        // An empty list of codes resets everything.
        codes.pop();
        out.extend_from_slice(b"\x1b[");
        out.extend(codes);
        out.push(b'm');
        self.style = style;
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

/// Blanks from column `x` on: how many there are, and how many of them up to the last one that is to be changed.
fn blanks(x: usize, was: &[Cell], is: &[Cell]) -> (usize, usize) {
    let run = is.iter().skip(x).take_while(|cell| is_blank(cell)).count();
    let pairs = is.iter().zip(was).skip(x).take(run);
    let last = pairs.zip(1..).filter(|((is, was), _)| !look_alike(is, was)).last();
    (run, last.map_or(0, |(_, n)| n))
}

/// A cell that looks as erasing leaves it behind.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && CellStyle::of(cell).leaves_blanks_like(CellStyle::default())
}

/// Whether nobody could tell the two cells apart.
fn look_alike(cell: &Cell, other: &Cell) -> bool {
    cell == other
        || cell.symbol() == " " && other.symbol() == " " && CellStyle::of(cell).leaves_blanks_like(CellStyle::of(other))
}

fn is_one_ascii(symbol: &str) -> bool {
    matches!(symbol.as_bytes(), [b' '..=b'~'])
}

/// The cells that a symbol covers, as ratatui measures.
pub fn cell_width(symbol: &str) -> u16 {
    if is_one_ascii(symbol) { 1 } else { unicode_width::UnicodeWidthStr::width(symbol).clamp(1, 2) as u16 }
}

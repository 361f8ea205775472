//! Encodes changed cells as bytes for the terminal. It keeps track of the terminal's cursor position and style, and
//! sends only what differs from them. It is also the last safety check: a cell that contains a control or format
//! character is sent as U+FFFD. Which lines are drawn is up to the caller.

use super::scroll::ScrolledLines;
use crate::system::terminal_env::ColourDepth;
use crate::text::safe::is_unsafe;
use crate::theme::colour_depth::reduce;
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use std::io::Write;

/// The least number of blanks in a row for which erasing takes fewer bytes than writing them: `ESC [ n X`, and a move
/// of the cursor to the cell behind them.
const WORTH_ERASING: usize = 9;
/// At the end of a line more blanks than this are erased instead of written: `ESC [ K` is three bytes long.
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

    /// Whether a blank looks the same in both styles. What shows only on letters, such as bold, is not compared.
    fn leaves_blanks_like(self, other: Self) -> bool {
        let reversed = self.modifier.contains(Modifier::REVERSED);
        self.back == other.back && self.lines() == other.lines() && (!reversed || self.fore == other.fore)
    }

    /// The attributes of this style that show on a blank.
    fn lines(self) -> Modifier {
        self.modifier & SEEN_ON_BLANKS
    }
}

/// Whether a colour changes to the terminal's default. This is done by resetting all attributes.
fn is_reset(was: Color, is: Color) -> bool {
    was != Color::Reset && is == Color::Reset
}

/// The attributes that show on a cell without a letter.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// The cursor and the style that the terminal has after all bytes encoded so far.
#[derive(Clone, Debug)]
pub struct CursorState {
    colours: ColourDepth,
    style: CellStyle,
    /// `None` if it is not known: at the start, after scrolling, and behind the last column. There some terminals wrap
    /// at once and others only before the next letter.
    place: Option<Position>,
    visible: bool,
}

impl CursorState {
    /// The state of a terminal that was just entered.
    pub fn new(colours: ColourDepth) -> Self {
        Self { colours, style: CellStyle::default(), place: None, visible: false }
    }

    /// Forgets everything about the terminal but its number of colours.
    pub fn forget(&mut self) {
        *self = Self::new(self.colours);
    }

    /// Clears the whole screen.
    pub fn wipe(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\x1b[m\x1b[2J");
        self.style = CellStyle::default();
        self.place = None;
    }

    /// Erases line `y` and leaves the cursor at its beginning.
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

    /// Scrolls the lines of a region. Lines that come in are blank.
    ///
    /// It sets the scroll region (`ESC [ first ; last r`) and sends line feeds at its last line or reverse line feeds
    /// (`ESC M`) at its first one: unlike `ESC [ n S` and `ESC [ n T`, every terminal has these.
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

    /// Draws lines. Each item is the number of a line, the cells it shows and the cells it should show.
    pub fn draw<'a>(&mut self, lines: impl Iterator<Item = (u16, &'a [Cell], &'a [Cell])>, out: &mut Vec<u8>) {
        for (y, was, is) in lines {
            self.draw_line(y, was, is, out);
        }
        // Leave no colour on: some terminals fill cells with it that they erase on their own, at a resize.
        self.set_style(CellStyle::default(), out);
    }

    /// Draws the cells that differ, from left to right. A run of blanks is erased if that takes fewer bytes.
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

    /// Erases `count` cells beginning at the cursor, or the rest of the line if `None`. The cursor does not move.
    fn erase(&mut self, count: Option<usize>, out: &mut Vec<u8>) {
        self.set_style(CellStyle::default(), out);
        match count {
            Some(count) => send(out, format_args!("\x1b[{count}X")),
            None => out.extend_from_slice(b"\x1b[K"),
        }
    }

    /// Writes one cell at the cursor; `width` is that of the screen, in columns.
    fn write(&mut self, cell: &Cell, width: u16, out: &mut Vec<u8>) {
        let style = CellStyle::of(cell);
        // A blank may be written in the style that is on if it looks the same: that saves a change of style and back.
        if cell.symbol() != " " || !style.leaves_blanks_like(self.style) {
            self.set_style(style, out);
        }
        let symbol = cell.symbol();
        let shows = !symbol.chars().any(|c| is_unsafe(c) || matches!(c, '\n' | '\t'));
        let (symbol, cells) = if shows { (symbol, cell_width(symbol)) } else { ("\u{fffd}", 1) };
        out.extend_from_slice(symbol.as_bytes());
        self.place = self.place.map(|place| Position::new(place.x + cells, place.y)).filter(|place| place.x < width);
    }

    /// Moves the cursor to `target` on the line that has the cells `line`. If the cells between cursor and target are
    /// few and can be written in the current style, they are written again: that takes no more bytes than the sequence
    /// that moves the cursor, `ESC [ C` (3 bytes) for one column or `ESC [ n C` (4) for up to nine.
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

    /// Moves the cursor to `target` by the shortest sequence that every terminal has.
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

    /// Changes the style of what is written next. Attributes are added one by one; to remove one, or to return to
    /// the terminal's default colour, everything is reset and the rest is set again.
    fn set_style(&mut self, style: CellStyle, out: &mut Vec<u8>) {
        if style == self.style {
            return;
        }
        let mut codes = Vec::with_capacity(24);
        let lost = self.style.modifier.difference(style.modifier);
        if !lost.is_empty() || is_reset(self.style.fore, style.fore) || is_reset(self.style.back, style.back) {
            // An empty code before the `;` is 0, the reset.
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
        // Removes the last `;`. If only the reset was to be sent, the list of codes is empty now, which means the same.
        codes.pop();
        out.extend_from_slice(b"\x1b[");
        out.extend(codes);
        out.push(b'm');
        self.style = style;
    }
}

/// The code (SGR) that turns each attribute on.
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

/// Appends the code (SGR) of a colour and a `;`. `base` is 30 for the foreground and 40 for the background.
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

/// Appends formatted text. There is no error to return: writing to memory does not fail.
fn send(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}

/// Returns the number of blanks in a row beginning at column `x`, and the number of them up to the last one that
/// differs from what is shown: only these need to be erased.
fn blanks(x: usize, was: &[Cell], is: &[Cell]) -> (usize, usize) {
    let run = is.iter().skip(x).take_while(|cell| is_blank(cell)).count();
    let pairs = is.iter().zip(was).skip(x).take(run);
    let last = pairs.zip(1..).filter(|((is, was), _)| !look_alike(is, was)).last();
    (run, last.map_or(0, |(_, n)| n))
}

/// Whether a cell looks like one that was erased.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && CellStyle::of(cell).leaves_blanks_like(CellStyle::default())
}

/// Whether two cells look the same on a screen, although a blank may differ in attributes that show only on letters.
fn look_alike(cell: &Cell, other: &Cell) -> bool {
    cell == other
        || cell.symbol() == " " && other.symbol() == " " && CellStyle::of(cell).leaves_blanks_like(CellStyle::of(other))
}

fn is_one_ascii(symbol: &str) -> bool {
    matches!(symbol.as_bytes(), [b' '..=b'~'])
}

/// The number of cells that a symbol covers, 1 or 2, measured like ratatui so that both agree on the columns.
pub fn cell_width(symbol: &str) -> u16 {
    if is_one_ascii(symbol) { 1 } else { unicode_width::UnicodeWidthStr::width(symbol).clamp(1, 2) as u16 }
}

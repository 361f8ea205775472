//! The pictures of README: screens of the reader as SVG, made from the real buffer with the invented samples, for a
//! dark and for a light background. `UPDATE_PICTURES=1 cargo test pictures` makes them anew.

use crate::officials::samples;
use crate::screen::{Screen, open_as};
use baocao::config::ThemeName;
use baocao::lang::Lang;
use baocao::tui::settings::{ReaderSettings, SessionState};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The size of a cell in pixels, and the margin around the screen.
const CELL: (f32, f32) = (8.4, 18.0);
const MARGIN: f32 = 12.0;

/// The colours of a background and of the text on it.
struct Ground {
    name: &'static str,
    theme: ThemeName,
    back: &'static str,
    text: &'static str,
}

const GROUNDS: [Ground; 2] = [
    Ground { name: "dark", theme: ThemeName::Dark, back: "#1c1c1c", text: "#d0d0d0" },
    Ground { name: "light", theme: ThemeName::Light, back: "#ffffff", text: "#262626" },
];

/// What is pressed and typed for each picture: keys, text, keys.
const PICTURES: [(&str, &str, &str, &str); 3] = [
    ("list", "/", "unit:qk10 rank:>=trung-tuong", "Enter j j"),
    ("official", "o", "do quang khai", "Enter"),
    ("comparison", "/", "unit:qk10 kind:tong-ket", "Enter j Enter v Ctrl-d Ctrl-d"),
];

#[test]
fn the_pictures_show_what_the_reader_shows() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    let readme = std::fs::read_to_string(folder.join("../../README.md")).unwrap();
    let update = std::env::var_os("UPDATE_PICTURES").is_some();
    for (name, before, typed, after) in PICTURES {
        for ground in &GROUNDS {
            let mut screen = opened(ground);
            screen.press(before).type_text(typed).press(after);
            let picture = svg(&screen.draw().0, ground);
            let file = format!("{name}-{}.svg", ground.name);
            assert!(readme.contains(&format!("docs/pictures/{file}")), "README does not show {file}");
            assert!(picture.len() < 60_000, "{file} has {} bytes", picture.len());
            if update {
                std::fs::write(folder.join(&file), picture).unwrap();
            } else {
                let there = std::fs::read_to_string(folder.join(&file)).unwrap_or_default();
                assert!(there == picture, "{file} is old: UPDATE_PICTURES=1 cargo test pictures");
            }
        }
    }
}

fn opened(ground: &Ground) -> Screen {
    let settings = ReaderSettings { theme: ground.theme, lang: Lang::Vi, ..ReaderSettings::default() };
    open_as(samples(), settings, SessionState::default(), (110, 30))
}

/// A screen as SVG: a rectangle for each run of cells with a background, a text for each run of one style.
fn svg(buffer: &Buffer, ground: &Ground) -> String {
    let (columns, lines) = (f32::from(buffer.area.width), f32::from(buffer.area.height));
    let (width, height) = (columns * CELL.0 + 2.0 * MARGIN, lines * CELL.1 + 2.0 * MARGIN);
    let mut styles: BTreeMap<String, usize> = BTreeMap::new();
    let (mut grounds, mut texts) = (String::new(), String::new());
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let style = css(&buffer[(x, y)], ground);
            let mut end = x;
            let mut words = String::new();
            while end < buffer.area.width && css(&buffer[(end, y)], ground) == style {
                words.push_str(buffer[(end, y)].symbol());
                end += 1;
            }
            let (left, top) = (MARGIN + f32::from(x) * CELL.0, MARGIN + f32::from(y) * CELL.1);
            let cells = f32::from(end - x) * CELL.0;
            if let Some(back) = &style.1 {
                writeln!(
                    grounds,
                    "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{cells:.1}\" height=\"{}\" fill=\"{back}\"/>",
                    CELL.1
                )
                .unwrap();
            }
            if !words.trim().is_empty() {
                let blanks = words.len() - words.trim_start().len();
                let shown = words.trim_end();
                let count = (shown.chars().count() - blanks) as f32;
                let class = styles.len();
                let class = *styles.entry(style.0.clone()).or_insert(class);
                let (left, base) = (left + blanks as f32 * CELL.0, top + CELL.1 - 5.0);
                let wide = count * CELL.0;
                let words = escaped(shown.trim_start());
                let place = format!("x=\"{left:.1}\" y=\"{base:.1}\" textLength=\"{wide:.1}\"");
                writeln!(texts, "<text class=\"s{class}\" {place}>{words}</text>").unwrap();
            }
            x = end;
        }
    }
    let classes: Vec<String> = styles.iter().map(|(css, n)| format!(".s{n}{{{css}}}\n")).collect();
    let classes = classes.concat();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:space=\"preserve\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         width=\"{width:.0}\" \
         height=\"{height:.0}\">\n<style>\ntext{{font:14px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;\
         white-space:pre}}\n{classes}</style>\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n\
         {grounds}{texts}</svg>\n",
        ground.back
    )
}

/// The style of a cell: of its text, and its background if it has one.
fn css(cell: &Cell, ground: &Ground) -> (String, Option<String>) {
    let mut text = rgb(cell.fg).unwrap_or_else(|| ground.text.to_owned());
    let mut back = rgb(cell.bg);
    if cell.modifier.contains(Modifier::REVERSED) {
        let behind = back.unwrap_or_else(|| ground.back.to_owned());
        back = Some(text);
        text = behind;
    }
    let mut css = format!("fill:{text}");
    for (modifier, rule) in [
        (Modifier::BOLD, ";font-weight:bold"),
        (Modifier::ITALIC, ";font-style:italic"),
        (Modifier::UNDERLINED, ";text-decoration:underline"),
    ] {
        if cell.modifier.contains(modifier) && cell.symbol() != " " {
            css.push_str(rule);
        }
    }
    (css, back)
}

/// A colour of the 256-colour palette, of which the themes use those from 16 on.
fn rgb(color: Color) -> Option<String> {
    let Color::Indexed(n) = color else { return None };
    let level = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
    Some(match n {
        232.. => format!("#{0:02x}{0:02x}{0:02x}", 8 + 10 * (n - 232)),
        16.. => format!("#{:02x}{:02x}{:02x}", level((n - 16) / 36), level((n - 16) / 6 % 6), level((n - 16) % 6)),
        _ => ["#000000", "#cc0000", "#4e9a06", "#c4a000", "#3465a4", "#75507b", "#06989a", "#d3d7cf"]
            [usize::from(n) % 8]
            .to_owned(),
    })
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

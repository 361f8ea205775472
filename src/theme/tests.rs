//! The themes on the palettes of common terminals: contrast by WCAG 2, and what the colour-blind can tell apart.

use super::*;
use crate::config::Choice;
use crate::theme::colour_depth::indexed_rgb;
use ratatui::style::{Color, Modifier};

/// The colours of a terminal, as red, green and blue of 0 to 255.
struct Palette {
    name: &'static str,
    is_dark: bool,
    background: [u8; 3],
    text: [u8; 3],
    sixteen: Vec<[u8; 3]>,
}

fn hex(digits: &str) -> [u8; 3] {
    let number = u32::from_str_radix(digits, 16).unwrap();
    let [_, red, green, blue] = number.to_be_bytes();
    [red, green, blue]
}

fn palettes() -> Vec<Palette> {
    let lines = include_str!("palettes.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    let palette = |line: &'static str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let sixteen: Vec<_> = cells[4..].iter().map(|digits| hex(digits)).collect();
        assert_eq!(sixteen.len(), 16, "{line}");
        Palette { name: cells[0], is_dark: cells[1] == "yes", background: hex(cells[2]), text: hex(cells[3]), sixteen }
    };
    lines.map(palette).collect()
}

/// A channel of sRGB as linear light, 0 to 1.
fn linear(channel: u8) -> f64 {
    let share = f64::from(channel) / 255.0;
    if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
}

/// The contrast of two colours by WCAG 2, from 1 to 21.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let luminance = |rgb: [u8; 3]| {
        let [red, green, blue] = rgb.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

impl Palette {
    /// The shade of a colour; `None` for the terminal's own.
    fn shade(&self, colour: Color) -> Option<[u8; 3]> {
        const NAMED: [Color; 16] = [
            Color::Black,
            Color::Red,
            Color::Green,
            Color::Yellow,
            Color::Blue,
            Color::Magenta,
            Color::Cyan,
            Color::Gray,
            Color::DarkGray,
            Color::LightRed,
            Color::LightGreen,
            Color::LightYellow,
            Color::LightBlue,
            Color::LightMagenta,
            Color::LightCyan,
            Color::White,
        ];
        match colour {
            Color::Reset => None,
            Color::Indexed(n) if n < 16 => Some(self.sixteen[usize::from(n)]),
            Color::Indexed(n) => Some(indexed_rgb(n)),
            Color::Rgb(red, green, blue) => Some([red, green, blue]),
            named => NAMED.iter().position(|colour| *colour == named).map(|n| self.sixteen[n]),
        }
    }

    /// The contrast of letters in this style with what is behind them. A bold colour of the first eight may be shown as
    /// its bright one, so the worse of the two counts.
    fn contrast_of(&self, style: Style) -> f64 {
        let behind = style.bg.and_then(|colour| self.shade(colour)).unwrap_or(self.background);
        let ink = style.fg.and_then(|colour| self.shade(colour)).unwrap_or(self.text);
        let bright = style.fg.filter(|_| style.add_modifier.contains(Modifier::BOLD)).and_then(|colour| {
            let first_eight = [
                (Color::Black, 8),
                (Color::Red, 9),
                (Color::Green, 10),
                (Color::Yellow, 11),
                (Color::Blue, 12),
                (Color::Magenta, 13),
                (Color::Cyan, 14),
                (Color::Gray, 15),
            ];
            first_eight.into_iter().find(|row| row.0 == colour).map(|row| self.sixteen[row.1])
        });
        let shades = std::iter::once(ink).chain(bright);
        shades.map(|ink| contrast(ink, behind)).fold(f64::INFINITY, f64::min)
    }
}

#[test]
fn the_table_has_every_meaning_and_every_cell_is_read() {
    assert_eq!(rows().len(), NAMES.len());
    for (n, (name, role)) in NAMES.iter().enumerate() {
        assert_eq!(*role as usize, n, "{name}");
        let row = rows().iter().find(|row| row.role == *role).unwrap();
        assert!(matches!(row.need, "text" | "sign"), "{name}");
        assert_eq!(row.cells.len(), COLUMNS.len(), "{name}");
        for cell in &row.cells {
            assert_eq!(notation::parse(cell).err(), None, "{name}");
        }
    }
    let mut told: Vec<ThemeRole> = phrases::MEANINGS_TOLD.iter().map(|(name, _)| role(name).unwrap()).collect();
    told.sort_unstable();
    assert_eq!(told, NAMES.map(|row| row.1), "each meaning is told once in help");
    for (_, name) in ThemeName::WORDS {
        for sixteen in [false, true] {
            let place = column(*name, sixteen);
            assert!(place > 0 || *name == ThemeName::Any, "{name:?} has a column");
        }
    }
}

/// Text has a contrast of 4.5 to 1 and signs of 3 to 1 on every palette that the theme is for. No theme can do better
/// than the terminal's own text, which has 4.1 to 1 in Solarized light: there that is enough.
#[test]
fn every_theme_can_be_read_on_its_background() {
    let mut problems = Vec::new();
    for &(name, sixteen) in &COLUMNS {
        let theme = Theme::new(name, sixteen, &[]);
        for palette in palettes() {
            let is_for = match name {
                ThemeName::Dark | ThemeName::DarkColorblind => palette.is_dark,
                ThemeName::Light | ThemeName::LightColorblind => !palette.is_dark,
                ThemeName::Any | ThemeName::Mono => true,
            };
            for row in rows().iter().filter(|_| is_for) {
                let wanted = if row.need == "text" { 4.5 } else { 3.0 };
                let wanted = f64::min(wanted, contrast(palette.text, palette.background));
                let has = palette.contrast_of(theme.style(row.role));
                if has < wanted {
                    problems.push(format!("{name:?} {sixteen} {:?} on {}: {has:.2}", row.role, palette.name));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

/// Bright black is the background in Solarized dark, and hardly to be seen on other palettes.
#[test]
fn no_text_is_in_bright_black() {
    for &(name, sixteen) in &COLUMNS {
        let theme = Theme::new(name, sixteen, &[]);
        for row in rows().iter().filter(|row| row.need == "text") {
            assert_ne!(theme.style(row.role).fg, Some(Color::DarkGray), "{name:?} {:?}", row.role);
        }
    }
}

#[test]
fn rank_name_and_text_differ_in_every_theme() {
    for &(name, sixteen) in &COLUMNS {
        let theme = Theme::new(name, sixteen, &[]);
        let [rank, name, post, text] =
            [ThemeRole::Rank, ThemeRole::Name, ThemeRole::Post, ThemeRole::Text].map(|r| theme.style(r));
        assert!(rank != name && name != post && rank != text && name != text && post != text, "{theme:?}");
    }
}

#[test]
fn without_colour_there_is_none() {
    let own = [(ThemeRole::Rank, Style::new().fg(Color::Red))];
    let theme = Theme::new(ThemeName::Mono, false, &own);
    for (name, role) in NAMES {
        let style = theme.style(role);
        assert!(style.fg.is_none() && style.bg.is_none(), "{name}");
    }
}

/// How the colour-blind see linear light: without red cones, and without green ones. From Machado, Oliveira and
/// Fernandes, “A Physiologically-based Model for Simulation of Color Vision Deficiency” (2009), severity 1.
const COLOUR_BLIND: [(&str, [[f64; 3]; 3]); 2] = [
    (
        "protanopia",
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
    (
        "deuteranopia",
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
];

/// A colour in CIELAB as seen through `matrix`.
fn lab(rgb: [u8; 3], matrix: &[[f64; 3]; 3]) -> [f64; 3] {
    let light = rgb.map(linear);
    let [red, green, blue] = matrix.map(|row| row.iter().zip(light).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0));
    let share = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let x = share((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.950_47);
    let y = share(0.2126 * red + 0.7152 * green + 0.0722 * blue);
    let z = share((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Colours that are at least 15 apart in CIELAB are told apart at a glance; 2.3 is just noticeable side by side.
#[test]
fn the_colour_blind_can_tell_the_meanings_apart() {
    let meanings = [ThemeRole::Rank, ThemeRole::Name, ThemeRole::Post, ThemeRole::Unit, ThemeRole::Date];
    let pairs = |roles: &[ThemeRole]| -> Vec<(ThemeRole, ThemeRole)> {
        roles.iter().enumerate().flat_map(|(n, a)| roles[n + 1..].iter().map(move |b| (*a, *b))).collect()
    };
    for (name, dark) in [(ThemeName::DarkColorblind, true), (ThemeName::LightColorblind, false)] {
        let theme = Theme::new(name, false, &[]);
        let palette = palettes().into_iter().find(|palette| palette.is_dark == dark).unwrap();
        let told = pairs(&meanings).into_iter().chain([(ThemeRole::New, ThemeRole::Gone)]);
        for (a, b) in told.chain([(ThemeRole::Hit, ThemeRole::CurrentHit)]) {
            let seen = |role: ThemeRole| {
                let style = theme.style(role);
                style.bg.or(style.fg).and_then(|colour| palette.shade(colour)).unwrap_or(palette.text)
            };
            for (who, matrix) in &COLOUR_BLIND {
                let (one, other) = (lab(seen(a), matrix), lab(seen(b), matrix));
                let apart = one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                assert!(apart >= 15.0, "{name:?}: {a:?} and {b:?} are {apart:.1} apart with {who}");
            }
        }
    }
}

#[test]
fn what_config_colours_prints_can_be_set() {
    for line in listing(ThemeName::Light, Lang::En) {
        let (name, rest) = line.split_once(" = ").unwrap();
        let written = rest.split('"').nth(1).unwrap();
        let own = own_styles(&[SettingLine {
            name: name.to_owned(),
            values: vec![written.to_owned()],
            ..SettingLine::default()
        }]);
        let own = own.unwrap();
        assert_eq!(own[0].1, Theme::new(ThemeName::Light, false, &[]).style(own[0].0), "{line}");
    }
}

#[test]
fn own_colours_take_the_place_of_the_theme_and_faults_are_told_with_their_line() {
    let line = |name: &str, value: &str| SettingLine {
        section: String::new(),
        name: name.to_owned(),
        values: vec![value.to_owned()],
        line: 7,
    };
    let own = own_styles(&[line("rank", "bold #ffaf5f")]).unwrap();
    let theme = Theme::new(ThemeName::Dark, false, &own);
    let wanted = Style::new().fg(Color::Rgb(255, 175, 95)).add_modifier(Modifier::BOLD);
    assert_eq!(theme.style(ThemeRole::Rank), wanted);
    assert_ne!(theme.style(ThemeRole::Name), wanted);
    let why = |name, value| {
        let fault = own_styles(&[line(name, value)]).unwrap_err().swap_remove(0);
        (fault.line, fault.why)
    };
    assert_eq!(why("ranks", "red"), (7, "[colours] has no meaning `ranks`; did you mean `rank`?".to_owned()));
    assert_eq!(why("rank", "rad").0, 7);
    assert!(why("rank", "rad").1.ends_with("did you mean `red`?"));
}

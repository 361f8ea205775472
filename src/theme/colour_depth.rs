//! Reduces colours to those that the terminal can show. `system::terminal_env` finds out which these are.

use crate::system::terminal_env::ColourDepth;
use ratatui::style::Color;

/// Returns the nearest colour that a terminal of this `depth` can show. Named colours are returned as they are: every
/// terminal has them, in the shades that the user has set. Whether colour is wanted at all is up to the theme.
pub fn reduce(depth: ColourDepth, colour: Color) -> Color {
    match (depth, colour) {
        (ColourDepth::Indexed, Color::Rgb(r, g, b)) => Color::Indexed(nearest_indexed([r, g, b])),
        (ColourDepth::None | ColourDepth::Sixteen, Color::Rgb(r, g, b)) => nearest_named([r, g, b]),
        (ColourDepth::None | ColourDepth::Sixteen, Color::Indexed(n)) => nearest_named(indexed_rgb(n)),
        _ => colour,
    }
}

/// The intensities of one axis of the 6 × 6 × 6 colour cube of 256-colour terminals.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The squared Euclidean distance of two colours in RGB: crude, but enough for a theme of sixteen colours.
fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.into_iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}

/// Red, green and blue of an indexed colour: 0–15 are the named colours, 16–231 the cube, 232–255 shades of grey.
pub fn indexed_rgb(n: u8) -> [u8; 3] {
    let step = |n: u8| CUBE.get(usize::from(n % 6)).copied().unwrap_or_default();
    match n {
        0..16 => NAMED.get(usize::from(n)).map_or([0; 3], |(_, rgb)| *rgb),
        16..232 => [step((n - 16) / 36), step((n - 16) / 6), step(n - 16)],
        232.. => [8 + (n - 232) * 10; 3],
    }
}

/// The nearest indexed colour, without the first 16: their shades are set by the user, so their RGB is unknown.
fn nearest_indexed(rgb: [u8; 3]) -> u8 {
    (16..=255).min_by_key(|n| distance(indexed_rgb(*n), rgb)).unwrap_or(7)
}

/// The sixteen named colours in their order, with the RGB that xterm shows by default.
const NAMED: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// The nearest named colour, by the RGB that xterm shows: the user's own shades are not known.
fn nearest_named(rgb: [u8; 3]) -> Color {
    NAMED.into_iter().min_by_key(|(_, named)| distance(*named, rgb)).map_or(Color::Reset, |(colour, _)| colour)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_reduced_to_what_can_be_shown() {
        let orange = Color::Rgb(255, 136, 0);
        assert_eq!(reduce(ColourDepth::True, orange), orange);
        assert_eq!(reduce(ColourDepth::Indexed, orange), Color::Indexed(208));
        assert_eq!(reduce(ColourDepth::Sixteen, Color::Rgb(250, 10, 10)), Color::LightRed);
        assert_eq!(reduce(ColourDepth::Sixteen, Color::Indexed(244)), Color::DarkGray);
        assert_eq!(reduce(ColourDepth::Sixteen, Color::Cyan), Color::Cyan);
    }
}

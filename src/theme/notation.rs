//! How a style is written, in themes.tsv and in the config file: attributes, a colour, and `on` with a background, in
//! any order, separated by blanks. An empty text is the terminal's own text.
//!
//! ```text
//! bold #ffaf5f          a colour in hex, reduced to what the terminal can show
//! 208 on black          a number of the 256-colour palette, or one of the sixteen names
//! bright-cyan underline
//! ```

use crate::text::nearest::nearest;
use ratatui::style::{Color, Modifier, Style};

/// The sixteen colours that every terminal has, by the names of ANSI, and the terminal's own colour.
const COLOURS: &[(&str, Color)] = &[
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// The attributes that terminals show.
const ATTRIBUTES: &[(&str, Modifier)] = &[
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

/// Parses a style.
///
/// # Errors
/// If a word is neither an attribute nor a colour, or a colour is given twice: a sentence that says what was meant.
pub fn parse(written: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = written.split_whitespace();
    while let Some(word) = words.next() {
        if let Some((_, attribute)) = ATTRIBUTES.iter().find(|row| row.0 == word) {
            style = style.add_modifier(*attribute);
        } else if word == "on" {
            let background = words.next().ok_or_else(|| "a colour must follow `on`".to_owned())?;
            style.bg = once(style.bg, colour(background)?)?;
        } else {
            style.fg = once(style.fg, colour(word)?)?;
        }
    }
    Ok(style)
}

/// The colour, if none was given before it. The terminal's own colour is that of a style without one.
fn once(before: Option<Color>, given: Color) -> Result<Option<Color>, String> {
    match before {
        Some(_) => Err("there are two colours; put `on` before that of the background".to_owned()),
        None => Ok((given != Color::Reset).then_some(given)),
    }
}

fn colour(word: &str) -> Result<Color, String> {
    if let Some(digits) = word.strip_prefix('#') {
        return hex(digits).ok_or_else(|| format!("`{word}` is not a colour; one in hex has six digits, as #ffaf5f"));
    }
    if let Ok(number) = word.parse::<u16>() {
        let number = u8::try_from(number).map_err(|_| format!("`{word}` is not a colour; the numbers are 0 to 255"))?;
        return Ok(Color::Indexed(number));
    }
    if let Some((_, colour)) = COLOURS.iter().find(|row| row.0 == word) {
        return Ok(*colour);
    }
    let known: Vec<&str> = COLOURS.iter().map(|row| row.0).chain(ATTRIBUTES.iter().map(|row| row.0)).collect();
    let hint = nearest(word, &known).map_or_else(
        || format!("there are #rrggbb, 0 to 255, {}", known.join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    Err(format!("`{word}` is neither a colour nor an attribute; {hint}"))
}

fn hex(digits: &str) -> Option<Color> {
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 6 && !digits.starts_with('+'))?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some(Color::Rgb(red, green, blue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_read_in_any_order() {
        let style = Style::new().fg(Color::Rgb(255, 175, 95)).bg(Color::Black).add_modifier(Modifier::BOLD);
        for written in ["bold #ffaf5f on black", "on black  bold #FFAF5F", "#ffaf5f on black bold"] {
            assert_eq!(parse(written), Ok(style), "{written}");
        }
        assert_eq!(parse(""), Ok(Style::new()));
        assert_eq!(parse("default"), Ok(Style::new()));
        assert_eq!(parse("208"), Ok(Style::new().fg(Color::Indexed(208))));
    }

    #[test]
    fn what_is_wrong_is_said_with_what_would_be_right() {
        let why = |written: &str| parse(written).unwrap_err();
        assert_eq!(why("bold gren"), "`gren` is neither a colour nor an attribute; did you mean `green`?");
        assert!(why("mauve").contains("there are #rrggbb"));
        assert!(why("#12345").contains("six digits") && why("#+12345").contains("six digits"));
        assert!(why("#12345é").contains("six digits"));
        assert!(why("256").contains("0 to 255"));
        assert!(why("red blue").contains("two colours"));
        assert_eq!(why("red on"), "a colour must follow `on`");
    }
}

//! The style of each role in each of three themes, in one table. Only the sixteen named colours are used, so that the
//! user's own palette decides the shades. Without colour, bold, underline, italic and reverse carry the meaning. In
//! every theme a rank and a name can be distinguished at a glance.

use crate::config::ThemeName;
use crate::report::Meaning;
use ratatui::style::{Color, Modifier, Style};

/// What a piece of the screen means. The theme decides how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ThemeRole {
    Text,
    Dim,
    Title,
    Border,
    ActiveBorder,
    Selected,
    SelectedIdle,
    Key,
    Notice,
    Problem,
    Star,
    Unread,
    Rank,
    Name,
    Post,
    Unit,
    Date,
    Reference,
    Figure,
    Abbreviation,
    Expansion,
    Caption,
    Residue,
    Hit,
    CurrentHit,
    CurrentPerson,
    Fuzzy,
    New,
    Gone,
}

impl From<Meaning> for ThemeRole {
    fn from(meaning: Meaning) -> Self {
        match meaning {
            Meaning::Rank => Self::Rank,
            Meaning::Name => Self::Name,
            Meaning::Post => Self::Post,
            Meaning::Unit => Self::Unit,
            Meaning::Date => Self::Date,
            Meaning::Reference => Self::Reference,
            Meaning::Figure => Self::Figure,
            Meaning::Abbreviation => Self::Abbreviation,
        }
    }
}

const PLAIN: Style = Style::new();

const fn fg(color: Color) -> Style {
    Style::new().fg(color)
}

/// One row for each role: the role, its letter in text pictures (see `letter`), and its style in the themes dark, light
/// and mono.
#[rustfmt::skip]
const THEME: &[(ThemeRole, char, Style, Style, Style)] = &[
    (ThemeRole::Text,          '.', PLAIN, PLAIN, PLAIN),
    (ThemeRole::Title,         'T', PLAIN.add_modifier(Modifier::BOLD), PLAIN.add_modifier(Modifier::BOLD), PLAIN.add_modifier(Modifier::BOLD)),
    (ThemeRole::Rank,          'R', fg(Color::Yellow), fg(Color::Red), PLAIN.add_modifier(Modifier::UNDERLINED)),
    (ThemeRole::Name,          'N', fg(Color::LightCyan).add_modifier(Modifier::BOLD), fg(Color::Blue).add_modifier(Modifier::BOLD), PLAIN.add_modifier(Modifier::BOLD)),
    (ThemeRole::Post,          'P', fg(Color::Green), fg(Color::Green), PLAIN.add_modifier(Modifier::ITALIC)),
    (ThemeRole::Unit,          'U', fg(Color::LightBlue), fg(Color::Cyan), PLAIN),
    (ThemeRole::Date,          'D', fg(Color::LightMagenta), fg(Color::Magenta), PLAIN),
    (ThemeRole::Reference,     'F', fg(Color::Magenta), fg(Color::Magenta), PLAIN.add_modifier(Modifier::UNDERLINED)),
    (ThemeRole::Figure,        'f', PLAIN.add_modifier(Modifier::BOLD), PLAIN.add_modifier(Modifier::BOLD), PLAIN),
    (ThemeRole::Abbreviation,  'a', PLAIN.add_modifier(Modifier::UNDERLINED), PLAIN.add_modifier(Modifier::UNDERLINED), PLAIN.add_modifier(Modifier::UNDERLINED)),
    (ThemeRole::Dim,           'd', fg(Color::DarkGray), fg(Color::DarkGray), PLAIN.add_modifier(Modifier::DIM)),
    (ThemeRole::Border,        'b', fg(Color::DarkGray), fg(Color::Gray), PLAIN.add_modifier(Modifier::DIM)),
    (ThemeRole::ActiveBorder,  'B', fg(Color::Cyan), fg(Color::Blue), PLAIN),
    (ThemeRole::Selected,      'S', PLAIN.add_modifier(Modifier::REVERSED), PLAIN.add_modifier(Modifier::REVERSED), PLAIN.add_modifier(Modifier::REVERSED)),
    (ThemeRole::SelectedIdle,  's', PLAIN.add_modifier(Modifier::BOLD), PLAIN.add_modifier(Modifier::BOLD), PLAIN.add_modifier(Modifier::BOLD)),
    (ThemeRole::Key,           'k', fg(Color::Cyan), fg(Color::Blue), PLAIN.add_modifier(Modifier::BOLD)),
    (ThemeRole::Notice,        'n', fg(Color::Yellow), fg(Color::Magenta), PLAIN.add_modifier(Modifier::BOLD)),
    (ThemeRole::Problem,       'p', fg(Color::LightRed), fg(Color::Red), PLAIN.add_modifier(Modifier::BOLD)),
    (ThemeRole::Star,          '*', fg(Color::Yellow), fg(Color::Magenta), PLAIN.add_modifier(Modifier::BOLD)),
    (ThemeRole::Unread,        'u', fg(Color::Cyan), fg(Color::Blue), PLAIN),
    (ThemeRole::Expansion,     'e', fg(Color::DarkGray).add_modifier(Modifier::ITALIC), fg(Color::DarkGray).add_modifier(Modifier::ITALIC), PLAIN.add_modifier(Modifier::ITALIC)),
    (ThemeRole::Caption,       'c', PLAIN.add_modifier(Modifier::ITALIC), PLAIN.add_modifier(Modifier::ITALIC), PLAIN.add_modifier(Modifier::ITALIC)),
    (ThemeRole::Residue,       'r', fg(Color::DarkGray), fg(Color::Gray), PLAIN.add_modifier(Modifier::DIM)),
    (ThemeRole::Hit,           'h', PLAIN.fg(Color::Black).bg(Color::Yellow), PLAIN.fg(Color::Black).bg(Color::Yellow), PLAIN.add_modifier(Modifier::REVERSED)),
    (ThemeRole::CurrentHit,    'H', PLAIN.fg(Color::Black).bg(Color::LightGreen), PLAIN.fg(Color::White).bg(Color::Red), PLAIN.add_modifier(Modifier::REVERSED).add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED)),
    (ThemeRole::CurrentPerson, 'C', PLAIN.fg(Color::Black).bg(Color::LightCyan), PLAIN.fg(Color::White).bg(Color::Blue), PLAIN.add_modifier(Modifier::REVERSED).add_modifier(Modifier::BOLD)),
    (ThemeRole::Fuzzy,         '~', fg(Color::DarkGray).add_modifier(Modifier::ITALIC), fg(Color::DarkGray).add_modifier(Modifier::ITALIC), PLAIN.add_modifier(Modifier::ITALIC)),
    (ThemeRole::New,           'w', fg(Color::LightGreen).add_modifier(Modifier::BOLD), fg(Color::Green).add_modifier(Modifier::BOLD), PLAIN.add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED)),
    (ThemeRole::Gone,          'g', fg(Color::Red).add_modifier(Modifier::ITALIC), fg(Color::Red).add_modifier(Modifier::ITALIC), PLAIN.add_modifier(Modifier::DIM).add_modifier(Modifier::ITALIC)),
];

/// A theme, which gives each role a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme(pub ThemeName);

impl Theme {
    /// The style of `role` in this theme.
    pub fn style(self, role: ThemeRole) -> Style {
        THEME.iter().find(|row| row.0 == role).map_or(PLAIN, |row| match self.0 {
            ThemeName::Dark => row.2,
            ThemeName::Light => row.3,
            ThemeName::Mono => row.4,
        })
    }
}

/// The letter of the role that has `style` in a theme, for pictures of the screen as text. Returns `.` for plain text
/// and `+` for a style that no role has. A style patched with another, such as a hit over a name, gets the letter of
/// the role with the same background.
pub fn letter(theme: Theme, style: Style) -> char {
    let has_style = |role: &&(ThemeRole, char, Style, Style, Style)| theme.style(role.0) == style;
    let has_background = |role: &&(ThemeRole, char, Style, Style, Style)| {
        let own = theme.style(role.0);
        own.bg.is_some() && own.bg == style.bg
    };
    if style == PLAIN {
        return '.';
    }
    THEME.iter().find(has_style).or_else(|| THEME.iter().find(has_background)).map_or('+', |role| role.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rank_name_and_text_differ_in_every_theme() {
        for theme in [ThemeName::Dark, ThemeName::Light, ThemeName::Mono].map(Theme) {
            let [rank, name, post, text] =
                [ThemeRole::Rank, ThemeRole::Name, ThemeRole::Post, ThemeRole::Text].map(|r| theme.style(r));
            assert!(rank != name && name != post && rank != text && name != text && post != text, "{theme:?}");
        }
    }

    #[test]
    fn without_colour_there_is_none() {
        for row in THEME {
            let style = Theme(ThemeName::Mono).style(row.0);
            assert!(style.fg.is_none() && style.bg.is_none(), "{:?}", row.0);
        }
    }
}

//! What each meaning on the screen looks like. The themes are the columns of themes.tsv: for a dark background, for a
//! light one, both again without telling red from green, one for any background, and one without colour. A theme is
//! chosen once and kept as a list of styles; the user's own colours replace some of them. A test computes the contrast
//! of every style on the palettes of common terminals.

pub mod colour_depth;
pub mod notation;
#[cfg(test)]
mod tests;

use crate::config::{ConfigFault, SettingLine, ThemeName};
use crate::lang::{Lang, Phrase, phrases};
use crate::report::Meaning;
use crate::text::nearest::{in_code, nearest};
use ratatui::style::Style;
use std::sync::OnceLock;

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
    Noted,
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

/// All meanings with their names in themes.tsv and in the config file, in the order of the enum.
const NAMES: [(&str, ThemeRole); 30] = [
    ("text", ThemeRole::Text),
    ("dim", ThemeRole::Dim),
    ("title", ThemeRole::Title),
    ("border", ThemeRole::Border),
    ("active-border", ThemeRole::ActiveBorder),
    ("selected", ThemeRole::Selected),
    ("selected-idle", ThemeRole::SelectedIdle),
    ("key", ThemeRole::Key),
    ("notice", ThemeRole::Notice),
    ("problem", ThemeRole::Problem),
    ("star", ThemeRole::Star),
    ("unread", ThemeRole::Unread),
    ("rank", ThemeRole::Rank),
    ("name", ThemeRole::Name),
    ("post", ThemeRole::Post),
    ("unit", ThemeRole::Unit),
    ("date", ThemeRole::Date),
    ("reference", ThemeRole::Reference),
    ("figure", ThemeRole::Figure),
    ("abbreviation", ThemeRole::Abbreviation),
    ("expansion", ThemeRole::Expansion),
    ("caption", ThemeRole::Caption),
    ("noted", ThemeRole::Noted),
    ("residue", ThemeRole::Residue),
    ("hit", ThemeRole::Hit),
    ("current-hit", ThemeRole::CurrentHit),
    ("current-person", ThemeRole::CurrentPerson),
    ("fuzzy", ThemeRole::Fuzzy),
    ("new", ThemeRole::New),
    ("gone", ThemeRole::Gone),
];

/// One row of themes.tsv.
struct ThemeRow {
    role: ThemeRole,
    /// Stands for the meaning in pictures of the screen as text.
    letter: char,
    /// The contrast that the test of palettes asks for.
    #[cfg_attr(not(test), allow(dead_code))]
    need: &'static str,
    /// The styles as written, in the order of `COLUMNS`.
    cells: Vec<&'static str>,
}

/// The columns of themes.tsv with a style: the theme, and whether it is for terminals of sixteen colours only.
const COLUMNS: [(ThemeName, bool); 9] = [
    (ThemeName::Any, false),
    (ThemeName::Any, true),
    (ThemeName::Dark, false),
    (ThemeName::Dark, true),
    (ThemeName::Light, false),
    (ThemeName::Light, true),
    (ThemeName::DarkColorblind, false),
    (ThemeName::LightColorblind, false),
    (ThemeName::Mono, false),
];

/// The column of a theme. The themes without a column for sixteen colours share that of another, or need none.
fn column(name: ThemeName, sixteen: bool) -> usize {
    let own = |name, sixteen| COLUMNS.iter().position(|column| *column == (name, sixteen));
    let found = match name {
        ThemeName::DarkColorblind if sixteen => own(ThemeName::Dark, true),
        ThemeName::LightColorblind if sixteen => own(ThemeName::Light, true),
        ThemeName::Mono => own(ThemeName::Mono, false),
        _ => own(name, sixteen),
    };
    found.unwrap_or_default()
}

/// The rows of themes.tsv, parsed once. A test makes sure that every meaning has one.
fn rows() -> &'static [ThemeRow] {
    static ROWS: OnceLock<Vec<ThemeRow>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let lines = include_str!("theme/themes.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
        lines.filter_map(row).collect()
    })
}

fn row(line: &'static str) -> Option<ThemeRow> {
    let mut cells = line.split('\t');
    let role = role(cells.next()?)?;
    let letter = cells.next()?.chars().next()?;
    let need = cells.next()?;
    Some(ThemeRow { role, letter, need, cells: cells.collect() })
}

/// The meaning of this name in themes.tsv and in the config file.
pub fn role(name: &str) -> Option<ThemeRole> {
    NAMES.iter().find(|row| row.0 == name).map(|row| row.1)
}

/// The user's own styles: pairs of meaning and style.
pub type OwnStyles = Vec<(ThemeRole, Style)>;

/// Reads the lines of `[colours]` in the config file.
///
/// # Errors
/// At the first line with an unknown meaning or style: its line number, and a sentence that says what would be right.
pub fn own_styles(lines: &[SettingLine]) -> Result<OwnStyles, Vec<ConfigFault>> {
    let read = |entry: &SettingLine| -> Result<(ThemeRole, Style), ConfigFault> {
        let wrong = |why: String| ConfigFault { line: entry.line, why };
        let name = entry.name.as_str();
        let role = role(name).ok_or_else(|| {
            let known = NAMES.map(|row| row.0);
            let hint = nearest(name, &known)
                .map_or_else(|| format!("there are {}", in_code(&known)), |near| format!("did you mean `{near}`?"));
            wrong(format!("[colours] has no meaning `{name}`; {hint}"))
        })?;
        let written = entry.values.first().map_or("", String::as_str);
        let style = notation::parse(written).map_err(|why| wrong(format!("`{name}` in [colours]: {why}")))?;
        Ok((role, style))
    };
    let (mut styles, mut faults) = (Vec::new(), Vec::new());
    for line in lines {
        match read(line) {
            Ok(style) => styles.push(style),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(styles) } else { Err(faults) }
}

/// A theme, which gives each meaning a style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The name under which the user knows it.
    pub name: ThemeName,
    /// The styles, in the order of `ThemeRole`.
    styles: [Style; NAMES.len()],
}

impl Theme {
    /// The theme of this name, with the user's own styles in place of its own. `sixteen`: the terminal shows only
    /// sixteen colours. The theme without colour stays without.
    pub fn new(name: ThemeName, sixteen: bool, own: &[(ThemeRole, Style)]) -> Self {
        let mut theme = Self { name, styles: [Style::new(); NAMES.len()] };
        let column = column(name, sixteen);
        for row in rows() {
            let written = row.cells.get(column).copied().unwrap_or_default();
            theme.set(row.role, notation::parse(written).unwrap_or_default());
        }
        for (role, style) in own.iter().filter(|_| name != ThemeName::Mono) {
            theme.set(*role, *style);
        }
        theme
    }

    fn set(&mut self, role: ThemeRole, style: Style) {
        if let Some(own) = self.styles.get_mut(role as usize) {
            *own = style;
        }
    }

    /// The style of `role` in this theme.
    pub fn style(&self, role: ThemeRole) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }
}

impl ThemeName {
    /// The notice that this theme is on.
    pub fn notice(self) -> Phrase {
        match self {
            Self::Dark => phrases::THEME_DARK,
            Self::Light => phrases::THEME_LIGHT,
            Self::DarkColorblind => phrases::THEME_DARK_COLORBLIND,
            Self::LightColorblind => phrases::THEME_LIGHT_COLORBLIND,
            Self::Any => phrases::THEME_ANY,
            Self::Mono => phrases::THEME_MONO,
        }
    }
}

/// The lines of `config colours`: each meaning with how it is written in a theme, and what it is.
pub fn listing(theme: ThemeName, lang: Lang) -> Vec<String> {
    let column = column(theme, false);
    let line = |(name, said): &(&str, Phrase)| {
        let written = rows().iter().find(|row| Some(row.role) == role(name));
        let written = written.and_then(|row| row.cells.get(column)).copied().unwrap_or_default();
        let setting = format!("{name} = \"{written}\"");
        format!("{setting:<36}# {}", said.say(lang))
    };
    phrases::MEANINGS_TOLD.iter().map(line).collect()
}

/// The letter of the meaning that has `style` in a theme, for pictures of the screen as text. Returns `.` for plain
/// text and `+` for a style that no meaning has. A style patched with another, such as a hit over a name, gets the
/// letter of the meaning with the same background.
pub fn letter(theme: &Theme, style: Style) -> char {
    let has_style = |row: &&ThemeRow| theme.style(row.role) == style;
    let has_background = |row: &&ThemeRow| {
        let own = theme.style(row.role);
        own.bg.is_some() && own.bg == style.bg
    };
    if style == Style::new() {
        return '.';
    }
    rows().iter().find(has_style).or_else(|| rows().iter().find(has_background)).map_or('+', |row| row.letter)
}

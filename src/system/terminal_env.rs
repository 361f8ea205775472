//! What the terminal can do, from the environment alone: the terminal itself is never asked, since an answer may come
//! late or never over a slow line. Colours, encoding, a multiplexer in between (tmux, screen), whether plain mode is
//! due. What to do about it is left to the callers: `cli` for `--color`, `tui` for what it draws.

use crate::text::safe::Safe;
use std::collections::HashMap;

/// The variables of the environment that describe the terminal.
#[derive(Clone, Debug, Default)]
pub struct TerminalEnv(HashMap<&'static str, String>);

const NAMES: [&str; 17] = [
    "TERM",
    "COLORTERM",
    "COLORFGBG",
    "TERM_PROGRAM",
    "NO_COLOR",
    "CLICOLOR_FORCE",
    "WT_SESSION",
    "TMUX",
    "STY",
    "SSH_CONNECTION",
    "SSH_TTY",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "LC_ALL",
    "LC_CTYPE",
    "LC_MESSAGES",
    "LANG",
];

impl TerminalEnv {
    /// Reads the environment of this process.
    pub fn of_process() -> Self {
        Self(NAMES.into_iter().filter_map(|name| Some((name, std::env::var(name).ok()?))).collect())
    }

    /// The value of a variable that is set and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

impl<const N: usize> From<[(&'static str, &str); N]> for TerminalEnv {
    fn from(pairs: [(&'static str, &str); N]) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name, value.to_owned())).collect())
    }
}

/// The number of colours that the terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColourDepth {
    /// None, or none wanted: bold, underline and reverse carry the meaning.
    None,
    /// The sixteen of every terminal.
    #[default]
    Sixteen,
    /// The palette of 256.
    Indexed,
    True,
}

/// What the user wants (`--color`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColourChoice {
    /// What the terminal can show, unless `NO_COLOR` forbids it.
    #[default]
    Auto,
    /// Colours, also where `NO_COLOR` is set.
    Always,
    Never,
}

/// The brightness of the terminal's background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    Dark,
    Light,
}

/// A program between us and the user's terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Multiplexer {
    /// Nothing that is known.
    #[default]
    None,
    Tmux,
    Screen,
}

/// What the terminal can do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TerminalAbilities {
    /// Colours if the environment does not forbid them.
    pub colours: ColourDepth,
    /// The colours that the terminal can show, wanted or not.
    pub able: ColourDepth,
    /// Whether letters beyond ASCII can be sent: the locale names UTF-8, or there is none. A locale that names another
    /// encoding is believed.
    pub utf8: bool,
    /// A console that has neither the letters nor the lines of a frame: plain mode is due.
    pub console: bool,
    /// Whether a frame is announced (mode 2026), so that it appears at once.
    pub synchronized: bool,
    pub multiplexer: Multiplexer,
    /// Whether the user sits at another machine.
    pub remote: bool,
}

impl TerminalAbilities {
    /// Reads them from the environment.
    pub fn of(environment: &TerminalEnv) -> Self {
        let term = environment.get("TERM").unwrap_or_default();
        let console = matches!(term, "linux" | "cons25" | "vt52" | "vt100" | "vt102" | "vt220" | "ansi");
        let multiplexer = if environment.get("TMUX").is_some() {
            Multiplexer::Tmux
        } else if environment.get("STY").is_some() {
            Multiplexer::Screen
        } else {
            Multiplexer::None
        };
        Self {
            colours: colours(environment, ColourChoice::Auto),
            able: able_colours(environment),
            utf8: is_utf8(environment),
            console,
            synchronized: !console && multiplexer != Multiplexer::Screen,
            multiplexer,
            remote: environment.get("SSH_CONNECTION").or(environment.get("SSH_TTY")).is_some(),
        }
    }

    /// Whether letters should be folded to ASCII.
    pub fn ascii(&self) -> bool {
        !self.utf8 || self.console
    }

    /// Label and value of each ability, for `doctor`.
    pub fn describe(&self, environment: &TerminalEnv) -> Vec<(&'static str, Safe)> {
        let value = |name: &str| environment.get(name).unwrap_or("unset").to_owned();
        let locale = locale(environment).map_or_else(
            || "none set, UTF-8 taken for granted".to_owned(),
            |(name, value)| {
                format!(
                    "{name}={value}, {}",
                    if self.utf8 { "UTF-8" } else { "not UTF-8: letters are folded to ASCII" }
                )
            },
        );
        let colours = match self.colours {
            ColourDepth::None => "none",
            ColourDepth::Sixteen => "16",
            ColourDepth::Indexed => "256",
            ColourDepth::True => "16 million",
        };
        let between = match self.multiplexer {
            Multiplexer::None => "nothing known",
            Multiplexer::Tmux => "tmux (copying needs set-clipboard or allow-passthrough)",
            Multiplexer::Screen => "screen",
        };
        let behind = match background(environment) {
            Some(Background::Dark) => "dark",
            Some(Background::Light) => "light",
            None => "unknown (COLORFGBG is not set)",
        };
        let why = if environment.get("NO_COLOR").is_some() { " (NO_COLOR is set)" } else { "" };
        vec![
            ("TERM", Safe::line(&value("TERM"))),
            ("colours", Safe::line(&format!("{colours}{why}"))),
            ("background", Safe::words(behind)),
            ("locale", Safe::line(&locale)),
            ("plain mode", Safe::words(if self.ascii() { "on" } else { "off" })),
            ("between", Safe::words(between)),
            ("over SSH", Safe::words(if self.remote { "yes" } else { "no" })),
        ]
    }
}

/// Terminals that show any colour, by what `TERM` or `TERM_PROGRAM` begins with.
const TRUE_COLOUR: [&str; 9] =
    ["xterm-kitty", "alacritty", "foot", "xterm-ghostty", "ghostty", "wezterm", "contour", "WezTerm", "iTerm.app"];

/// How many colours to use. `NO_COLOR` and its reading are those of no-color.org: set and not empty.
pub fn colours(environment: &TerminalEnv, wanted: ColourChoice) -> ColourDepth {
    let able = able_colours(environment);
    match wanted {
        ColourChoice::Never => ColourDepth::None,
        ColourChoice::Always => able.max(ColourDepth::Sixteen),
        ColourChoice::Auto if environment.get("NO_COLOR").is_some() => ColourDepth::None,
        ColourChoice::Auto => able,
    }
}

fn able_colours(environment: &TerminalEnv) -> ColourDepth {
    let term = environment.get("TERM").unwrap_or_default();
    let program = environment.get("TERM_PROGRAM").unwrap_or_default();
    // GNU screen hands COLORTERM on and does not know what it means.
    let in_screen = environment.get("STY").is_some();
    let says_true = matches!(environment.get("COLORTERM"), Some("truecolor" | "24bit"))
        || term.ends_with("-direct")
        || environment.get("WT_SESSION").is_some()
        || TRUE_COLOUR.iter().any(|name| term.starts_with(name) || program.starts_with(name));
    if matches!(term, "dumb" | "vt52" | "vt100" | "vt102" | "vt220") || term.ends_with("-m") || term.ends_with("-mono")
    {
        ColourDepth::None
    } else if says_true && !in_screen {
        ColourDepth::True
    } else if says_true || term.contains("256color") {
        ColourDepth::Indexed
    } else {
        ColourDepth::Sixteen
    }
}

/// What the environment says of the background: `COLORFGBG`, which some terminals set to the numbers of text and
/// background (`15;0`, or `15;default;0`), or a console that is always black. `None` if it says nothing.
///
/// The numbers are those of the sixteen colours. As in Vim, 7 (light grey) and 9 to 15 are light, and 8 (dark grey) is
/// dark.
pub fn background(environment: &TerminalEnv) -> Option<Background> {
    if environment.get("TERM") == Some("linux") {
        return Some(Background::Dark);
    }
    match environment.get("COLORFGBG")?.rsplit(';').next()?.parse::<u8>().ok()? {
        0..=6 | 8 => Some(Background::Dark),
        7 | 9..=15 => Some(Background::Light),
        _ => None,
    }
}

/// The variable that decides on the encoding, by the order of POSIX.
fn locale(environment: &TerminalEnv) -> Option<(&'static str, &str)> {
    ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| Some((name, environment.get(name)?)))
}

fn is_utf8(environment: &TerminalEnv) -> bool {
    locale(environment).is_none_or(|(_, value)| {
        let value = value.to_ascii_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_by_what_the_terminal_says() {
        let auto = |pairs: [(&'static str, &str); 2]| colours(&TerminalEnv::from(pairs), ColourChoice::Auto);
        assert_eq!(auto([("TERM", "xterm-256color"), ("COLORTERM", "")]), ColourDepth::Indexed);
        assert_eq!(auto([("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), ColourDepth::True);
        assert_eq!(auto([("TERM", "xterm-kitty"), ("COLORTERM", "")]), ColourDepth::True);
        assert_eq!(auto([("TERM", "screen"), ("COLORTERM", "")]), ColourDepth::Sixteen);
        assert_eq!(auto([("TERM", "vt100"), ("COLORTERM", "")]), ColourDepth::None);
        assert_eq!(auto([("TERM", "xterm-256color"), ("NO_COLOR", "1")]), ColourDepth::None);
        assert_eq!(auto([("TERM", "xterm-256color"), ("NO_COLOR", "")]), ColourDepth::Indexed);
    }

    #[test]
    fn the_background_by_what_the_terminal_says() {
        let of = |value| background(&TerminalEnv::from([("TERM", "xterm"), ("COLORFGBG", value)]));
        assert_eq!([of("15;0"), of("12;8"), of("7;default;0")], [Some(Background::Dark); 3]);
        assert_eq!([of("0;15"), of("0;default;15"), of("0;7")], [Some(Background::Light); 3]);
        assert_eq!([of(""), of("default;default"), of("0;99"), of(";")], [None; 4]);
        assert_eq!(background(&TerminalEnv::from([("TERM", "linux")])), Some(Background::Dark));
    }

    #[test]
    fn the_user_has_the_last_word_on_colours() {
        let no_color = TerminalEnv::from([("TERM", "vt100"), ("NO_COLOR", "1")]);
        assert_eq!(colours(&no_color, ColourChoice::Always), ColourDepth::Sixteen);
        let rich = TerminalEnv::from([("COLORTERM", "truecolor")]);
        assert_eq!(colours(&rich, ColourChoice::Never), ColourDepth::None);
        let screen = TerminalEnv::from([("COLORTERM", "truecolor"), ("STY", "1.pts")]);
        assert_eq!(colours(&screen, ColourChoice::Auto), ColourDepth::Indexed);
    }

    #[test]
    fn the_locale_in_the_order_of_posix() {
        let utf8 = |pairs: [(&'static str, &str); 2]| TerminalAbilities::of(&TerminalEnv::from(pairs)).utf8;
        assert!(utf8([("LANG", "vi_VN.UTF-8"), ("TERM", "xterm")]));
        assert!(!utf8([("LANG", "vi_VN.UTF-8"), ("LC_ALL", "C")]));
        assert!(!utf8([("LANG", "vi_VN.TCVN"), ("LC_ALL", "")]));
        assert!(utf8([("LANG", "C"), ("LC_CTYPE", "C.utf8")]));
        assert!(utf8([("LANG", ""), ("LC_ALL", "")]));
    }

    #[test]
    fn a_console_is_plain() {
        let console = TerminalAbilities::of(&TerminalEnv::from([("TERM", "linux"), ("LANG", "vi_VN.UTF-8")]));
        assert!(console.ascii() && console.console && !console.synchronized);
        let window = TerminalAbilities::of(&TerminalEnv::from([("TERM", "xterm"), ("LANG", "vi_VN.UTF-8")]));
        assert!(!window.ascii() && window.synchronized);
    }
}

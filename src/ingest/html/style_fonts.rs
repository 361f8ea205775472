//! Which old fonts a page gives to its elements: by `style`, by the rules of its style sheets, by `<font face>`. Enough
//! of CSS for what editors of that time wrote (`p.MsoNormal, td { font-family: ".VnTime" }`): rules for names of
//! elements and classes; what depends on elements around it is left out.

use super::elements::attribute;
use crate::ingest::old_font::OldFont;
use html5ever::tokenizer::Tag;
use std::collections::HashMap;

/// Further rules are ignored; Word writes some hundreds.
const MAX_RULES: usize = 4096;
/// Longer values of `style` and `class` are ignored.
const MAX_VALUE_BYTES: usize = 1000;

/// A font that a style names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NamedFont {
    Old(OldFont),
    /// Any other one, which ends an old one that is inherited.
    OfToday,
}

impl NamedFont {
    /// The old font; `None` if it is another one.
    pub fn old(self) -> Option<OldFont> {
        match self {
            Self::Old(font) => Some(font),
            Self::OfToday => None,
        }
    }

    fn of(font: Option<OldFont>) -> Self {
        font.map_or(Self::OfToday, Self::Old)
    }
}

/// The fonts that the style sheets of a page give, by selector: `p`, `.title`, `p.title`, in lower case.
#[derive(Clone, Debug, Default)]
pub(super) struct FontRules(HashMap<String, NamedFont>);

impl FontRules {
    /// Reads a style sheet; later rules go before earlier ones.
    pub fn read(&mut self, sheet: &str) {
        let sheet = without_comments(sheet);
        for rule in sheet.split('}') {
            let Some((head, declarations)) = rule.rsplit_once('{') else { continue };
            // In `@media print { p { …` the selector is behind the last bracket.
            let selectors = head.rsplit('{').next().unwrap_or_default();
            let Some(font) = declared_font(declarations).filter(|_| !selectors.contains('@')) else { continue };
            for selector in selectors.split(',').map(str::trim).filter(|selector| is_simple(selector)) {
                if self.0.len() < MAX_RULES {
                    self.0.insert(selector.to_ascii_lowercase(), font);
                }
            }
        }
    }

    /// The font that an element gets. `None` if it is that of the element around it.
    pub fn of(&self, tag: &Tag) -> Option<NamedFont> {
        let short = |name| attribute(tag, name).filter(|value: &&str| value.len() <= MAX_VALUE_BYTES);
        let inline = || short("style").and_then(declared_font);
        let by_class = || {
            let classes = short("class").unwrap_or_default().split_ascii_whitespace();
            let rule = |class: &str| {
                let class = class.to_ascii_lowercase();
                self.0.get(&format!("{}.{class}", &*tag.name)).or_else(|| self.0.get(&format!(".{class}"))).copied()
            };
            if self.0.is_empty() { None } else { classes.filter_map(rule).next_back() }
        };
        let by_name = || self.0.get(&*tag.name).copied();
        let face = || short("face").filter(|_| &*tag.name == "font").map(first_family).map(NamedFont::of);
        inline().or_else(by_class).or_else(by_name).or_else(face)
    }
}

/// A selector of an element's name, a class, or both.
fn is_simple(selector: &str) -> bool {
    !selector.is_empty() && selector.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// The font that declarations name. `None` if they name none.
fn declared_font(declarations: &str) -> Option<NamedFont> {
    let mut found = None;
    for declaration in declarations.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let name = name.trim();
        if name.eq_ignore_ascii_case("font-family") {
            found = Some(NamedFont::of(first_family(value)));
        } else if name.eq_ignore_ascii_case("font") {
            found = Some(NamedFont::of(family_of_shorthand(value)));
        }
    }
    found
}

/// The old font that is the first of a list of fonts: the others are for systems without it.
fn first_family(families: &str) -> Option<OldFont> {
    OldFont::by_name(families.split(',').next().unwrap_or_default())
}

/// The old font of `font: bold 12pt .VnTime, serif`: the first word that begins the name of one.
fn family_of_shorthand(value: &str) -> Option<OldFont> {
    let first = value.split(',').next().unwrap_or_default();
    let begins = first.match_indices(char::is_whitespace).map(|(at, space)| at + space.len());
    std::iter::once(0).chain(begins).filter_map(|at| first.get(at..)).find_map(OldFont::by_name)
}

/// A style sheet without `/* … */` and the signs that hid it from the first browsers.
fn without_comments(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.replace("<!--", " ").replace("-->", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_names_fonts_of_elements_and_classes() {
        let mut rules = FontRules::default();
        rules.read(
            "<!-- /* p { font-family: Arial } */\n @font-face\n\t{font-family:\".VnTime\"; panose-1:0}\n\
             p.MsoNormal, li.MsoNormal\n\t{margin:0; font-family:\".VnTime\",\"serif\"; mso-font-family:Arial}\n\
             H1 {FONT: bold 14pt .VnTimeH, serif} .vni { font-family : 'VNI-Helve Condense' }\n\
             td p { font-family: .VnArial } @media print { .new { font-family: Arial, .VnTime } } -->",
        );
        let mut names: Vec<(&str, Option<OldFont>)> =
            rules.0.iter().map(|(name, font)| (&**name, font.old())).collect();
        names.sort_by_key(|(name, _)| *name);
        let font = OldFont::by_name;
        assert_eq!(
            names,
            [
                (".new", None),
                (".vni", font("VNI-Helve")),
                ("h1", font(".VnTimeH")),
                ("li.msonormal", font(".VnTime")),
                ("p.msonormal", font(".VnTime")),
            ]
        );
    }

    #[test]
    fn hostile_style_sheets_end() {
        let mut rules = FontRules::default();
        rules.read(&"{".repeat(1 << 20));
        rules.read(&"/*".repeat(1 << 19));
        rules.read(&(0..10_000).map(|number| format!(".c{number}{{font:.VnTime}}")).collect::<Vec<_>>().concat());
        assert_eq!(rules.0.len(), MAX_RULES);
    }
}

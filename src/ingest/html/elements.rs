//! What elements and class names of pages mean, as tables: which part lines, which are never text, which class names
//! stand for the article, its lead, its headline (`tables/pages.tsv`, from Vietnamese newsrooms' pages and common
//! systems). A newsroom's habit that is missing is a row to add.

use html5ever::tokenizer::Tag;
use html5ever::tokenizer::states::RawKind;
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a class name, id or `itemprop` says of its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum ElementRole {
    /// The article's text.
    Body,
    /// Its lead.
    Lead,
    /// Its headline.
    Title,
    /// Its date slot.
    Date,
    /// The words under a photograph.
    Caption,
    /// Nothing of the article.
    Drop,
}

const PARTS: [(&str, ElementRole); 6] = [
    ("body", ElementRole::Body),
    ("lead", ElementRole::Lead),
    ("title", ElementRole::Title),
    ("date", ElementRole::Date),
    ("caption", ElementRole::Caption),
    ("drop", ElementRole::Drop),
];

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "td",
    "th",
    "title",
    "ul",
];
/// Elements without an end tag.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements whose content is never the article's text.
const NEVER: &[&str] = &[
    "aside", "audio", "button", "canvas", "datalist", "dialog", "iframe", "map", "math", "menu", "nav", "noembed",
    "noframes", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "video", "xmp",
];
/// Elements that hold paragraphs, one of which holds the article.
const CONTAINERS: &[&str] = &["article", "body", "div", "form", "main", "section", "td"];
/// Values of class and id are looked at up to this many bytes.
const LONGEST_CLASS: usize = 1000;

/// Whether the element begins and ends a line.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether the element may hold the article's paragraphs.
pub(super) fn is_container(name: &str) -> bool {
    CONTAINERS.contains(&name)
}

/// Whether the element has no end tag.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether nothing in the element is text of the article.
pub(super) fn is_never_text(name: &str) -> bool {
    NEVER.contains(&name)
}

/// How the tokenizer must read the element's content, where that is no markup.
pub(super) fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

/// Which open elements the start of `name` closes, where they are the innermost.
pub(super) fn closes(name: &str, open: &str) -> bool {
    match name {
        "li" => matches!(open, "li" | "p"),
        "dd" | "dt" => matches!(open, "dd" | "dt" | "p"),
        "td" | "th" => matches!(open, "td" | "th" | "p"),
        "tr" => matches!(open, "td" | "th" | "tr" | "p"),
        "option" => open == "option",
        "a" => open == "a",
        "body" => open == "head",
        _ => open == "p" && is_block(name),
    }
}

/// The value of an attribute.
pub(super) fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// What class, id and `itemprop` say of an element; more than one thing at times.
pub(super) fn parts(tag: &Tag) -> Vec<ElementRole> {
    let values = ["itemprop", "class", "id"].into_iter().filter_map(|name| attribute(tag, name));
    let mut found = Vec::new();
    for value in values.filter(|value| value.len() <= LONGEST_CLASS) {
        for token in value.split_ascii_whitespace() {
            if let Some(part) = table().get(token.to_ascii_lowercase().as_str())
                && !found.contains(part)
            {
                found.push(*part);
            }
        }
    }
    found
}

/// Whether the element is not shown.
pub(super) fn is_hidden(tag: &Tag) -> bool {
    let style = attribute(tag, "style").unwrap_or_default();
    let hides = style.len() <= LONGEST_CLASS && style.replace(' ', "").to_ascii_lowercase().contains("display:none");
    hides || attribute(tag, "hidden").is_some()
}

/// Whether the element's lines are centred, as those under photographs are.
pub(super) fn is_centred(tag: &Tag) -> bool {
    let style = attribute(tag, "style").unwrap_or_default();
    let centres =
        style.len() <= LONGEST_CLASS && style.replace(' ', "").to_ascii_lowercase().contains("text-align:center");
    centres || attribute(tag, "align").is_some_and(|align| align.eq_ignore_ascii_case("center"))
}

fn table() -> &'static HashMap<&'static str, ElementRole> {
    static TABLE: OnceLock<HashMap<&str, ElementRole>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../tables/pages.tsv")
            .lines()
            .skip(1)
            .filter_map(|row| {
                let mut cells = row.split('\t');
                let part = cells.next()?;
                let part = PARTS.iter().find(|(name, _)| *name == part)?.1;
                Some((cells.next()?, part))
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_names_a_part() {
        let rows = include_str!("../tables/pages.tsv").lines().count() - 1;
        assert_eq!(table().len(), rows, "a part is unknown, or a token stands twice");
        assert!(table().keys().all(|token| token.chars().all(|c| !c.is_ascii_uppercase())));
    }
}

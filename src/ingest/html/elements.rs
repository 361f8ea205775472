//! What elements, class names and ids of pages mean, as tables: which elements end a line, which never contain text of
//! an article, and which names newsrooms give to the article, its lead, its headline (`tables/pages.tsv`). To support a
//! site with other names, add a row.

use super::rows::ElementKind;
use crate::ingest::phrase_table::IngestTable;
use html5ever::tokenizer::Tag;
use html5ever::tokenizer::states::RawKind;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a class name, id or `itemprop` makes of its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum ElementRole {
    Body,
    Lead,
    Title,
    /// Where the page prints the day of publication.
    Date,
    /// Where the page names the author.
    Author,
    /// The words under a photograph.
    Caption,
    /// No part of the article: navigation, teasers, comments.
    Drop,
    /// What readers have written below the article.
    Comments,
    /// A word of a class name that makes the element no part of the article, unless it holds most of the page's text.
    DropWord,
    /// A word of a class name of a series of pictures, which is no part of the article, unless the series of the page
    /// hold much of its text.
    SeriesWord,
}

/// The kind of rows that exclude an element by a word of its names.
const DROP_WORD: &str = "drop_word";
/// The kind of rows that find a series of pictures by a word of its names.
const SERIES_WORD: &str = "series_word";

/// Class names, ids and values of `itemprop`, in lower case.
static PAGES: IngestTable<ElementRole> = IngestTable {
    file: "pages.tsv",
    text: include_str!("../tables/pages.tsv"),
    kinds: &[
        ("body", ElementRole::Body),
        ("lead", ElementRole::Lead),
        ("title", ElementRole::Title),
        ("date", ElementRole::Date),
        ("author", ElementRole::Author),
        ("caption", ElementRole::Caption),
        ("drop", ElementRole::Drop),
        ("comments", ElementRole::Comments),
        (DROP_WORD, ElementRole::DropWord),
        (SERIES_WORD, ElementRole::SeriesWord),
    ],
};

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
    "audio", "button", "canvas", "datalist", "dialog", "iframe", "map", "math", "menu", "nav", "noembed", "noframes",
    "object", "script", "select", "style", "svg", "template", "textarea", "video", "xmp",
];
/// Elements whose content stands beside the article, or is shown in place of what a script does.
const BESIDE: &[&str] = &["aside", "noscript"];
/// Elements that contain paragraphs; one of them is chosen as the article.
const CONTAINERS: &[&str] = &["article", "body", "div", "form", "main", "section", "td"];
/// Longer values of `class`, `id` and `style` are ignored: splitting one of megabytes for each tag would cost the
/// square of the page.
const MAX_VALUE_BYTES: usize = 1000;

/// Whether the element begins and ends a line.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether the element may hold the article's paragraphs.
pub(super) fn is_container(name: &str) -> bool {
    CONTAINERS.contains(&name)
}

/// What the element is for the choice of the article.
pub(super) fn kind(name: &str) -> ElementKind {
    match name {
        "p" | "blockquote" | "pre" | "dd" | "dt" => ElementKind::Paragraph,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => ElementKind::Heading,
        "li" => ElementKind::Item,
        "ul" | "ol" | "dl" => ElementKind::List,
        "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" => ElementKind::Table,
        "article" | "main" => ElementKind::Article,
        _ => ElementKind::Other,
    }
}

/// Whether the element has no end tag.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether nothing in the element is text of the article.
pub(super) fn is_never_text(name: &str) -> bool {
    NEVER.contains(&name)
}

/// Whether the element's content is no text of the article, unless it is all that the page has.
pub(super) fn is_beside_text(name: &str) -> bool {
    BESIDE.contains(&name)
}

/// How the tokenizer must read the element's content, if that is no markup.
pub(super) fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

/// How the tokenizer must read what follows a start tag, if that is no markup. The title of a drawing may be empty:
/// `<title/>`.
pub(super) fn raw_kind_of(tag: &Tag) -> Option<RawKind> {
    raw_kind(&tag.name).filter(|_| !is_empty_title(tag))
}

/// Whether the tag is a title that has no content and no end tag.
pub(super) fn is_empty_title(tag: &Tag) -> bool {
    tag.self_closing && &*tag.name == "title"
}

/// Whether the start of `name` implies the end of the element `open`, if that is the innermost.
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

/// The roles that class, id and `itemprop` give to an element. Several are possible.
pub(super) fn roles(tag: &Tag) -> Vec<ElementRole> {
    let mut found = Vec::new();
    for name in names(tag) {
        if let Some(role) = roles_by_name().get(name.to_ascii_lowercase().as_str())
            && !found.contains(role)
        {
            found.push(*role);
        }
    }
    found
}

/// The class names, id and values of `itemprop` of an element.
fn names(tag: &Tag) -> impl Iterator<Item = &str> {
    let values = ["itemprop", "class", "id"].into_iter().filter_map(|name| attribute(tag, name));
    values.filter(|value| value.len() <= MAX_VALUE_BYTES).flat_map(str::split_ascii_whitespace)
}

/// The words of the attributes in which a word excludes an element, and of the name of an element that is the site's
/// own: `<bao-factbox>`.
fn words_of_names(tag: &Tag) -> impl Iterator<Item = &str> {
    // The id of a heading is what a table of contents leads to: `toc-2`.
    // And that of a part: `TOC_TITLE_3`.
    let id_is_numbered = attribute(tag, "id").is_some_and(|id| id.ends_with(|c: char| c.is_ascii_digit()));
    let is_anchor = id_is_numbered || kind(&tag.name) == ElementKind::Heading;
    let names = ["class", "id", "role", "data-component", "data-testid"];
    let names = names.into_iter().filter(move |name| !(is_anchor && *name == "id"));
    let own_name = is_own_element(&tag.name).then_some(&*tag.name);
    let values = names.filter_map(|name| attribute(tag, name)).chain(own_name);
    values.filter(|value| value.len() <= MAX_VALUE_BYTES).flat_map(name_words)
}

/// Whether an element is one that the site has defined itself: only their names have a hyphen.
pub(super) fn is_own_element(name: &str) -> bool {
    name.contains('-')
}

/// A row of the table as it is written.
#[derive(Clone, Copy)]
pub(super) struct TableRule {
    /// The number of its line, from 1.
    pub line: usize,
    pub part: &'static str,
    pub name: &'static str,
    /// The address of a page to test it by.
    pub test: Option<&'static str>,
}

/// The rows of the table, in their order.
pub(super) fn rules() -> impl Iterator<Item = TableRule> {
    PAGES.cells().filter_map(|(line, cells)| match cells.as_slice() {
        [part, name, test, ..] => {
            Some(TableRule { line, part, name, test: Some(*test).filter(|test| test.contains("://")) })
        }
        _ => None,
    })
}

/// The numbers of the rows, as in `rules`, that the names of an element meet; each once.
pub(super) fn rules_of(tag: &Tag) -> Vec<usize> {
    static RULES: OnceLock<HashMap<(bool, &str), usize>> = OnceLock::new();
    let by_name = RULES.get_or_init(|| {
        let numbered = rules().enumerate();
        numbered.map(|(number, rule)| (([DROP_WORD, SERIES_WORD].contains(&rule.part), rule.name), number)).collect()
    });
    let met = |is_word: bool, name: &str| by_name.get(&(is_word, name.to_ascii_lowercase().as_str())).copied();
    let by_names = names(tag).filter_map(|name| met(false, name));
    let mut found: Vec<usize> = by_names.chain(words_of_names(tag).filter_map(|word| met(true, word))).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Words in class names of elements that print a day or an hour: `post-time`, `article__date`.
const WORDS_OF_DATES: [&str; 9] =
    ["date", "time", "datetime", "published", "pubdate", "timestamp", "publish", "ngay", "dateline"];

/// Whether a class name or id of the element contains a word for a day or an hour.
pub(super) fn may_print_day(tag: &Tag) -> bool {
    let values = ["class", "id"].into_iter().filter_map(|name| attribute(tag, name));
    values
        .filter(|value| value.len() <= MAX_VALUE_BYTES)
        .any(|value| name_words(value).any(|word| WORDS_OF_DATES.iter().any(|known| known.eq_ignore_ascii_case(word))))
}

/// Words in class names of elements that name the author: `article__author`.
const WORDS_OF_AUTHORS: [&str; 6] = ["author", "authors", "byline", "autor", "autoren", "tacgia"];
/// What the addresses of the authors' pages have in them.
const PATHS_OF_AUTHORS: [&str; 7] =
    ["/author/", "/authors/", "/autor/", "/autoren/", "/auteur/", "/tac-gia/", "/tacgia/"];

/// Whether the element is a link to the page of an author, or a word of its class names says that it names one.
pub(super) fn may_name_author(tag: &Tag) -> bool {
    let short = |name| attribute(tag, name).filter(|value: &&str| value.len() <= MAX_VALUE_BYTES);
    if &*tag.name == "a" {
        return short("href").is_some_and(|href| PATHS_OF_AUTHORS.iter().any(|path| href.contains(path)));
    }
    is_about_author(tag)
}

/// Whether a word of its class names says that the element names or describes the author.
pub(super) fn is_about_author(tag: &Tag) -> bool {
    let class = attribute(tag, "class").filter(|value| value.len() <= MAX_VALUE_BYTES);
    class.is_some_and(|value| {
        name_words(value).any(|word| WORDS_OF_AUTHORS.iter().any(|known| known.eq_ignore_ascii_case(word)))
    })
}

/// The words of class names: `article__post-time` has three, and so has `articlePostTime`.
pub(super) fn name_words(value: &str) -> impl Iterator<Item = &str> {
    value.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(humps).filter(|word| !word.is_empty())
}

/// The parts of `camelCase`.
fn humps(word: &str) -> impl Iterator<Item = &str> {
    let bytes = word.as_bytes();
    let is_hump =
        |two: &[u8]| matches!(two, [small, large] if small.is_ascii_lowercase() && large.is_ascii_uppercase());
    let is_begin = |at: usize| at == 0 || bytes.get(at - 1..=at).is_some_and(is_hump);
    let begins: Vec<usize> = (0..bytes.len()).filter(|at| is_begin(*at)).collect();
    let ends: Vec<usize> = begins.iter().skip(1).copied().chain([bytes.len()]).collect();
    begins.into_iter().zip(ends).filter_map(move |(begin, end)| word.get(begin..end))
}

/// Whether a class name of the element says that it is an entry, in the words of the microformat hAtom, which blogs
/// give to the article and to each of those that they list below it.
pub(super) fn is_entry(tag: &Tag) -> bool {
    let class = attribute(tag, "class").filter(|value| value.len() <= MAX_VALUE_BYTES);
    class.is_some_and(|value| value.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case("hentry")))
}

/// Whether the element is not shown.
pub(super) fn is_hidden(tag: &Tag) -> bool {
    let style = attribute(tag, "style").unwrap_or_default();
    let hides = style.len() <= MAX_VALUE_BYTES && style.replace(' ', "").to_ascii_lowercase().contains("display:none");
    hides || attribute(tag, "hidden").is_some()
}

/// Whether the element's lines are centred, as those under photographs are.
pub(super) fn is_centred(tag: &Tag) -> bool {
    let style = attribute(tag, "style").unwrap_or_default();
    let centres =
        style.len() <= MAX_VALUE_BYTES && style.replace(' ', "").to_ascii_lowercase().contains("text-align:center");
    centres || attribute(tag, "align").is_some_and(|align| align.eq_ignore_ascii_case("center"))
}

fn roles_by_name() -> &'static HashMap<&'static str, ElementRole> {
    static ROLES: OnceLock<HashMap<&str, ElementRole>> = OnceLock::new();
    ROLES.get_or_init(|| {
        let is_word = |role| matches!(role, ElementRole::DropWord | ElementRole::SeriesWord);
        let tokens = PAGES.rows().filter(|row| !is_word(row.kind));
        tokens.map(|row| (row.words, row.kind)).collect()
    })
}

/// The rows for words of class names, by the word.
fn roles_by_word() -> &'static HashMap<&'static str, ElementRole> {
    static WORDS: OnceLock<HashMap<&str, ElementRole>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let words = PAGES.rows().filter(|row| matches!(row.kind, ElementRole::DropWord | ElementRole::SeriesWord));
        words.map(|row| (row.words, row.kind)).collect()
    })
}

/// What the words in the class names and the id of an element say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct WordRoles {
    /// Whether one makes it no part of the article.
    pub has_drop_word: bool,
    /// Whether one says that it is a series of pictures.
    pub is_series: bool,
}

impl WordRoles {
    /// Reads the names of an element.
    pub fn of(tag: &Tag) -> Self {
        let mut found = Self::default();
        for word in words_of_names(tag) {
            let is_lower = !word.bytes().any(|byte| byte.is_ascii_uppercase());
            let lower = if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_ascii_lowercase()) };
            match roles_by_word().get(&*lower) {
                Some(ElementRole::DropWord) => found.has_drop_word = true,
                Some(ElementRole::SeriesWord) => found.is_series = true,
                _ => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_has_a_known_part_and_a_name_of_its_own() {
        PAGES.check();
        assert!(roles_by_name().keys().all(|name| name.chars().all(|c| !c.is_ascii_uppercase())));
    }
}

//! Marks rows inside the article that are probably not of it: buttons, teasers, lists of links, lines about the page.
//! They stay in the text as residue, unless their words show that they are a byline or the like. The signs are those
//! that pages of any language share: the element's name, class names, links, length, and where the paragraphs are.
//! Linear in rows and elements.

use super::article_region::{headline_row, prose_bytes, prose_sums, repeats_description, sum};
use super::entries::OtherEntries;
use super::is_address;
use super::rows::{ElementKind, HtmlRow, HtmlRows, PageElement};
use super::stated_text::StatedText;
use crate::ingest::publication_day;
use std::collections::HashMap;
use std::ops::Range;

/// A row of at least this many bytes outside of links is prose.
pub(super) const MIN_PROSE_BYTES: usize = 80;
/// If this share of the article's prose is in paragraphs, in percent, short lines outside of them are not the
/// article's.
const PARAGRAPHS_PERCENT: usize = 60;
/// A longer line outside of paragraphs may be text.
const MAX_STRAY_BYTES: usize = 160;
/// An element whose class names exclude it is kept if it has more than this share of the article's prose, in percent.
const MAX_DROPPED_PERCENT: usize = 30;
/// Lists with this share of links, in percent, lead to other pages.
const LINKS_PERCENT: usize = 60;
/// A heading with this share of links, in percent, is that of another article.
const TEASER_PERCENT: usize = 80;
/// More prose below a heading, in bytes, is no teaser.
const MAX_TEASER_PROSE: usize = 450;
/// A single heading may link to what it is about.
const MIN_TEASERS: usize = 2;
/// If this share of the prose, in percent, is in paragraphs of the text whose class names exclude them, they stay.
const NAMED_PARAGRAPHS_PERCENT: usize = 15;
/// So many headings of the text with nothing below them are a list.
const MIN_LISTED_HEADINGS: usize = 4;
/// So many cut texts with links in one list are teasers.
const MIN_CUT_ITEMS: usize = 3;
/// Entries besides that of the headline are other articles; where none has the headline, if they have no more than this
/// share of the prose, in percent.
const MAX_ENTRIES_PERCENT: usize = 50;
/// A longer line announces no link.
const MAX_LABEL_BYTES: usize = 60;
/// A lead has at most this many rows of the article above it: the section, the day, buttons, a picture.
const MAX_ROWS_ABOVE_LEAD: usize = 16;
/// Elements around a single paragraph, one in the other, at most.
const MAX_WRAPPERS: usize = 4;
/// A longer line with a day in it is a sentence.
const MAX_DAY_LINE_BYTES: usize = 110;

/// Marks the doubtful rows of the article.
pub(super) fn mark(page: &mut HtmlRows, article: &Range<usize>, stated: Option<&StatedText>) {
    let rows = page.rows.get(article.clone()).unwrap_or_default();
    let kinds: Vec<ElementKind> = rows.iter().map(|row| kind_of_text(page, row)).collect();
    let prose: usize = rows.iter().map(prose_bytes).sum();
    let in_paragraphs: usize = rows
        .iter()
        .zip(&kinds)
        .filter(|(_, kind)| !matches!(kind, ElementKind::Other | ElementKind::Article))
        .map(|(row, _)| prose_bytes(row))
        .sum();
    let has_paragraphs = in_paragraphs * 100 >= prose * PARAGRAPHS_PERCENT && prose > 0;
    let mut doubtful = vec![false; rows.len()];
    let column = TextColumn::of(page, rows, &kinds);
    let is_named_other = by_elements(page, article, &column, &mut doubtful);
    other_entries(page, article, &mut doubtful);
    let first = rows.iter().position(|row| prose_bytes(row) > 0).unwrap_or(0);
    for (at, (row, kind)) in rows.iter().zip(&kinds).enumerate() {
        let words = page.text_of(row);
        let is_stray = has_paragraphs
            && matches!(kind, ElementKind::Other | ElementKind::Article)
            && row.len() <= MAX_STRAY_BYTES
            && !row.is_heading
            && !(ends_a_sentence(words) && row.len() >= MIN_PROSE_BYTES);
        let is_day = row.len() <= MAX_DAY_LINE_BYTES
            && !ends_a_sentence(words)
            && (at < first + 2 || at + 6 > rows.len())
            && publication_day::of(words).is_some();
        let is_link = !is_address(words)
            && row.linked_bytes * 100 >= row.len() * LINKS_PERCENT
            && *kind != ElementKind::Table
            && (row.len() <= MAX_STRAY_BYTES * 2)
            && !(row.is_heading && row.linked_bytes * 100 < row.len() * 95)
            && !(column.has_paragraph(at) && row.len() >= MIN_PROSE_BYTES && ends_a_sentence(words));
        if let Some(mark) = doubtful.get_mut(at) {
            *mark |= is_stray || is_day || is_link;
        }
    }
    let headline = headline_row(page).map(|row| row.wrapping_sub(article.start));
    teasers(rows, &kinds, &column, headline, &mut doubtful);
    if let Some(stated) = stated {
        by_stated_text(rows, stated, article, &mut doubtful);
    }
    announced_links(page, rows, &kinds, &mut doubtful);
    described(page, rows, &mut doubtful);
    headings_of_nothing(rows, &kinds, &column, &mut doubtful);
    let rows = page.rows.get_mut(article.clone()).unwrap_or_default();
    for ((row, doubtful), is_named_other) in rows.iter_mut().zip(doubtful).zip(is_named_other) {
        row.is_doubtful = doubtful;
        // The pictures of a gallery or of teasers are not the article's.
        row.is_caption &= !is_named_other;
    }
}

/// The kind of a row's element. A heading that is a long sentence is a paragraph in larger letters.
fn kind_of_text(page: &HtmlRows, row: &HtmlRow) -> ElementKind {
    match kind_of(page, row) {
        ElementKind::Heading if !row.is_heading && prose_bytes(row) > 0 && ends_a_sentence(page.text_of(row)) => {
            ElementKind::Paragraph
        }
        kind => kind,
    }
}

fn kind_of(page: &HtmlRows, row: &HtmlRow) -> ElementKind {
    let mut number = row.element;
    // A `<div>` in a list item or cell is text of that item: two steps outwards.
    for _ in 0..3 {
        let Some(element) = number.and_then(|number| page.elements.get(number as usize)) else { break };
        if element.kind != ElementKind::Other {
            return element.kind;
        }
        if element.rows.len() > 3 {
            break;
        }
        number = element.parent;
    }
    ElementKind::Other
}

/// The element that holds most of the article's paragraphs directly. What stands in it beside them is mostly the
/// article's: a teaser, a form or a list of links in the middle of a text has an element of its own.
struct TextColumn {
    element: Option<u32>,
    /// For each row of the article, whether its own element is directly in this one.
    rows: Vec<bool>,
    /// For each row of the article, whether it is a paragraph directly in this element, and no link.
    paragraphs: Vec<bool>,
}

impl TextColumn {
    /// Finds the element. There is none if the article has no paragraphs.
    fn of(page: &HtmlRows, rows: &[HtmlRow], kinds: &[ElementKind]) -> Self {
        // Some systems put an element around each paragraph.
        let around = |row: &HtmlRow| {
            let own = page.elements.get(row.element? as usize)?;
            let mut parent = own.parent?;
            let wrappers = if own.kind == ElementKind::Paragraph { MAX_WRAPPERS } else { 0 };
            for _ in 0..wrappers {
                let outer = page.elements.get(parent as usize).filter(|outer| outer.rows == own.rows);
                let Some(around) = outer.and_then(|outer| outer.parent) else { break };
                parent = around;
            }
            Some(parent)
        };
        let mut prose: HashMap<u32, usize> = HashMap::new();
        for (row, _) in rows.iter().zip(kinds).filter(|(_, kind)| **kind == ElementKind::Paragraph) {
            if let Some(parent) = around(row) {
                *prose.entry(parent).or_default() += prose_bytes(row);
            }
        }
        // Of elements with the same prose the first, so that the order of the map does not count.
        let most = prose.into_iter().max_by_key(|(element, bytes)| (*bytes, std::cmp::Reverse(*element)));
        let element = most.filter(|(_, bytes)| *bytes > 0).map(|(element, _)| element);
        let is_inside = |row: &HtmlRow| element.is_some() && around(row) == element;
        let is_paragraph = |(row, kind): (&HtmlRow, &ElementKind)| {
            *kind == ElementKind::Paragraph && is_inside(row) && row.linked_bytes * 100 < row.len() * TEASER_PERCENT
        };
        Self {
            element,
            rows: rows.iter().map(is_inside).collect(),
            paragraphs: rows.iter().zip(kinds).map(is_paragraph).collect(),
        }
    }

    fn has(&self, at: usize) -> bool {
        self.rows.get(at).copied().unwrap_or_default()
    }

    fn has_paragraph(&self, at: usize) -> bool {
        self.paragraphs.get(at).copied().unwrap_or_default()
    }
}

/// Sums over the rows before each row, so that what a range has is one subtraction: elements nest, and a walk over the
/// rows of each would cost the depth of the page for every row.
struct RowSums {
    prose: Vec<usize>,
    bytes: Vec<usize>,
    linked: Vec<usize>,
    headlines: Vec<usize>,
    /// Rows that have a link and end in dots, as texts do that are cut off.
    cut: Vec<usize>,
}

impl RowSums {
    fn new(page: &HtmlRows) -> Self {
        let sums = |of: &dyn Fn(&HtmlRow) -> usize| {
            let mut sums = vec![0];
            for row in &page.rows {
                sums.push(sums.last().copied().unwrap_or_default() + of(row));
            }
            sums
        };
        let ends_in_dots = |words: &str| words.ends_with('…') || words.ends_with("...");
        let is_cut = |row: &HtmlRow| row.linked_bytes > 0 && ends_in_dots(page.text_of(row));
        Self {
            cut: sums(&|row| usize::from(is_cut(row))),
            prose: sums(&prose_bytes),
            bytes: sums(&HtmlRow::len),
            linked: sums(&|row| row.linked_bytes),
            headlines: sums(&|row| usize::from(row.is_heading)),
        }
    }
}

/// Marks what is in elements whose class names exclude them, prose about the author, and lists and groups that are
/// mostly links. Returns for each row of the article whether class names exclude it.
fn by_elements(page: &HtmlRows, article: &Range<usize>, column: &TextColumn, doubtful: &mut [bool]) -> Vec<bool> {
    let mut named_others = vec![false; doubtful.len()];
    let sums = RowSums::new(page);
    let prose = sum(&sums.prose, article);
    // Sites call the paragraphs for subscribers `paywall`: a word at many paragraphs of the text excludes none.
    let is_own = |element: &PageElement| element.kind == ElementKind::Paragraph && element.parent == column.element;
    let named = page.elements.iter().filter(|element| element.has_drop_word && is_own(element));
    let named: usize = named.map(|element| sum(&sums.prose, &element.rows)).sum();
    let keeps_own = named * 100 >= prose * NAMED_PARAGRAPHS_PERCENT;
    // A report in pictures is a series itself.
    let keeps_series = prose_of_series(page, article, &sums.prose) * 100 > prose * MAX_DROPPED_PERCENT;
    // Elements are in the order in which they begin: one that ends before this row is inside of a marked one.
    let mut marked_until = 0;
    let mut about_until = 0;
    for element in &page.elements {
        let rows = &element.rows;
        let is_inside = rows.start >= article.start && rows.end <= article.end && rows != article && !rows.is_empty();
        if !is_inside || rows.end <= marked_until {
            continue;
        }
        let may_be_other = !element.has_text_inside
            && sum(&sums.prose, rows) * 100 <= prose * MAX_DROPPED_PERCENT
            && sum(&sums.headlines, rows) == 0;
        let is_other_series = element.is_series && !keeps_series;
        let is_named_other =
            (element.has_drop_word || is_other_series) && may_be_other && !(keeps_own && is_own(element));
        let inside = rows.start - article.start..rows.end - article.start;
        if element.is_about_author && may_be_other && rows.end > about_until {
            about_until = rows.end;
            let of_rows = page.rows.get(rows.clone()).unwrap_or_default();
            for (row, mark) in of_rows.iter().zip(doubtful.get_mut(inside.clone()).unwrap_or_default()) {
                *mark |= prose_bytes(row) > 0;
            }
        }
        let is_links = matches!(element.kind, ElementKind::List | ElementKind::Other)
            && rows.len() >= 2
            && sum(&sums.linked, rows) * 100 >= sum(&sums.bytes, rows) * LINKS_PERCENT;
        let cut = sum(&sums.cut, rows);
        let is_teasers = element.kind == ElementKind::List && cut >= MIN_CUT_ITEMS && cut * 2 > rows.len();
        if is_named_other || is_links || is_teasers {
            doubtful.get_mut(inside.clone()).unwrap_or_default().fill(true);
            named_others.get_mut(inside).unwrap_or_default().fill(is_named_other);
            marked_until = rows.end;
        }
    }
    named_others
}

/// Bytes of prose in series of pictures inside of the article.
fn prose_of_series(page: &HtmlRows, article: &Range<usize>, prose: &[usize]) -> usize {
    let (mut bytes, mut until) = (0, 0);
    for element in page.elements.iter().filter(|element| element.is_series) {
        let rows = &element.rows;
        // Elements are in the order in which they begin: one that ends before this row is inside of the last one.
        if rows.start >= article.start && rows.end <= article.end && rows.end > until {
            bytes += sum(prose, rows);
            until = rows.end;
        }
    }
    bytes
}

/// Marks entries beside that of the headline: blogs list other articles whole below their own.
fn other_entries(page: &HtmlRows, article: &Range<usize>, doubtful: &mut [bool]) {
    let prose = prose_sums(&page.rows);
    let others = OtherEntries::of(page, &prose);
    let of_others: usize = others.rows.iter().map(|rows| sum(&prose, rows)).sum();
    if !others.has_own && of_others * 100 > sum(&prose, article) * MAX_ENTRIES_PERCENT {
        return;
    }
    for rows in others.rows {
        let inside = rows.start.max(article.start)..rows.end.min(article.end);
        if inside.start < inside.end && inside != *article {
            let marks = doubtful.get_mut(inside.start - article.start..inside.end - article.start);
            marks.unwrap_or_default().fill(true);
        }
    }
}

/// Marks teasers of other articles: headings that are links, with the rows below them, if there are several. `headline`
/// is the row of the article's own: sites call the headings of all their articles headlines.
fn teasers(
    rows: &[HtmlRow],
    kinds: &[ElementKind],
    column: &TextColumn,
    headline: Option<usize>,
    doubtful: &mut [bool],
) {
    let may_be_own = |at: usize| headline.is_none_or(|headline| headline == at);
    let is_teaser = |at: usize| {
        rows.get(at).is_some_and(|row| {
            !(row.is_heading && may_be_own(at)) && row.linked_bytes * 100 >= row.len() * TEASER_PERCENT
        }) && kinds.get(at) == Some(&ElementKind::Heading)
    };
    if (0..rows.len()).filter(|at| is_teaser(*at)).count() < MIN_TEASERS {
        return;
    }
    let headings: Vec<usize> = (0..rows.len()).filter(|at| kinds.get(*at) == Some(&ElementKind::Heading)).collect();
    let ends = headings.iter().skip(1).copied().chain([rows.len()]);
    for (from, to) in headings.iter().copied().zip(ends).filter(|(from, _)| is_teaser(*from)) {
        // Blogs link the headline of an article to itself.
        let prose: usize = rows.get(from..to).unwrap_or_default().iter().map(prose_bytes).sum();
        if prose <= MAX_TEASER_PROSE {
            let marks = doubtful.get_mut(from..to).unwrap_or_default().iter_mut().enumerate();
            // A teaser within the text ends where the paragraphs of the text go on.
            marks.take_while(|(at, _)| column.has(from) || !column.has(from + at)).for_each(|(_, mark)| *mark = true);
        }
    }
}

/// Marks rows that are not in the stated text, if that is all of the article; unmarks those that are.
fn by_stated_text(rows: &[HtmlRow], stated: &StatedText, article: &Range<usize>, doubtful: &mut [bool]) {
    let (all, same) = stated.within(article);
    // A stated text that is cut off says nothing about the rest.
    let is_whole = same * 100 >= all * 60 && same * 100 >= stated.runs * 80;
    let counts = stated.rows.get(article.clone()).unwrap_or_default();
    for ((row, (all, same)), doubtful) in rows.iter().zip(counts).zip(doubtful) {
        if *all >= 4 && same * 100 >= all * 70 {
            *doubtful = false;
        } else if is_whole && same * 100 < all * 20 && !row.is_heading && !row.is_caption {
            *doubtful = true;
        }
    }
}

/// Marks short lines that announce a link to another page, which is on the next line: `Read more:`.
fn announced_links(page: &HtmlRows, rows: &[HtmlRow], kinds: &[ElementKind], doubtful: &mut [bool]) {
    for at in (0..rows.len().saturating_sub(1)).rev() {
        let (Some(row), Some(next)) = (rows.get(at), rows.get(at + 1)) else { break };
        let words = page.text_of(row);
        let leads_on = doubtful.get(at + 1) == Some(&true) && next.linked_bytes * 100 >= next.len() * LINKS_PERCENT;
        let is_label = row.len() <= MAX_LABEL_BYTES
            && row.linked_bytes == 0
            && !matches!(kinds.get(at), Some(ElementKind::Heading | ElementKind::Table))
            && words.ends_with(':');
        if let Some(mark) = doubtful.get_mut(at) {
            *mark |= leads_on && is_label;
        }
    }
}

/// Unmarks what the description of the page repeats, near the top: it is the lead, whatever its class names are.
fn described(page: &HtmlRows, rows: &[HtmlRow], doubtful: &mut [bool]) {
    let Some(description) = page.meta.description() else { return };
    for (row, mark) in rows.iter().zip(doubtful).take(MAX_ROWS_ABOVE_LEAD).filter(|(_, mark)| **mark) {
        *mark = row.linked_bytes > 0 || !repeats_description(page.text_of(row), &description);
    }
}

/// Marks headings that nothing follows but doubtful rows, up to the next heading or the end.
fn headings_of_nothing(rows: &[HtmlRow], kinds: &[ElementKind], column: &TextColumn, doubtful: &mut [bool]) {
    let mut has_picture = false;
    let mut has_text = false;
    // Headings of the text itself with nothing below, such as those of a list whose items a script shows.
    let mut listed = Vec::new();
    for at in (0..rows.len()).rev() {
        let is_heading =
            kinds.get(at) == Some(&ElementKind::Heading) && !rows.get(at).is_some_and(|row| row.is_heading);
        let Some(mark) = doubtful.get_mut(at) else { break };
        if is_heading {
            // Lists of pictures have a heading above each.
            let is_bare = !(has_text || has_picture && column.has(at));
            if is_bare && !*mark && column.has(at) {
                listed.push(at);
            }
            *mark |= is_bare;
            has_text = false;
            has_picture = false;
        } else {
            has_picture |= !*mark;
            has_text |= !*mark && rows.get(at).is_some_and(|row| !row.is_caption);
        }
    }
    if listed.len() >= MIN_LISTED_HEADINGS {
        for at in listed {
            if let Some(mark) = doubtful.get_mut(at) {
                *mark = false;
            }
        }
    }
}

fn ends_a_sentence(words: &str) -> bool {
    let end = words.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', ' ']);
    end.ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟'])
}

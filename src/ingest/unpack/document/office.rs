//! The XML of DOCX and ODT: paragraphs, tables, and the fonts of runs. Both have the same shape under other names, so
//! one walk reads both. Deleted text of tracked changes, annotations and fallbacks for old programs are left out.

use super::rows::DocumentRows;
use crate::ingest::old_font::OldFont;
use crate::ingest::plain::MAX_TEXT_BYTES;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::{self, BufRead};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OfficeKind {
    Docx,
    Odt,
}

impl OfficeKind {
    /// The parts that name styles and their fonts.
    pub fn style_parts(self) -> &'static [&'static str] {
        match self {
            Self::Docx => &["word/styles.xml"],
            // Styles that a writer made by hand are in the text's own part.
            Self::Odt => &["styles.xml", "content.xml"],
        }
    }

    /// The parts with text, in order.
    pub fn text_parts(self) -> &'static [&'static str] {
        match self {
            Self::Docx => &["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"],
            Self::Odt => &["content.xml"],
        }
    }

    /// Whether a part is a header or footer of the pages.
    pub fn is_header(self, name: &str) -> bool {
        let is_named = ["word/header", "word/footer"].iter().any(|sign| name.starts_with(sign));
        self == Self::Docx && is_named && name.strip_suffix(".xml").is_some()
    }
}

/// Elements whose content is not shown.
const HIDDEN: [&str; 6] = ["Fallback", "annotation", "tracked-changes", "del", "moveFrom", "note-citation"];

/// Elements inside of elements. Word writes some twenty; each takes memory until it ends.
const MAX_NESTING: usize = 1000;

/// Counts the elements that are open.
#[derive(Debug, Default)]
struct Nesting(usize);

impl Nesting {
    /// Takes one event. False if too many elements are open.
    fn allows(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Start(_) => self.0 += 1,
            Event::End(_) => self.0 = self.0.saturating_sub(1),
            _ => {}
        }
        self.0 <= MAX_NESTING
    }
}

/// The fonts of styles, by name.
#[derive(Debug, Default)]
pub(super) struct OfficeStyles {
    /// A style's own font, and the style that it is based on.
    styles: HashMap<String, (Option<OldFont>, Option<String>)>,
    /// The font of text without a style.
    default: Option<OldFont>,
    /// The number of runs that were decoded by their font.
    pub decoded: usize,
    /// Whether a part was not read to its end, because its elements are too deep inside of each other.
    pub is_too_deep: bool,
    /// Whether the text has entities that the part itself declares.
    pub has_own_entities: bool,
}

impl OfficeStyles {
    /// Reads the styles of a part.
    pub fn read(&mut self, part: impl BufRead) -> io::Result<()> {
        let mut reader = reader(part);
        let (mut buffer, mut style, mut is_default) = (Vec::new(), None, false);
        let mut nesting = Nesting::default();
        loop {
            buffer.clear();
            let event = reader.read_event_into(&mut buffer).map_err(|error| broken(&error))?;
            if !nesting.allows(&event) {
                self.is_too_deep = true;
                return Ok(());
            }
            match &event {
                Event::Eof => return Ok(()),
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "docDefaults" | "default-style" => is_default = true,
                    "style" => {
                        is_default = false;
                        let name = attribute(tag, &["styleId", "name"]).unwrap_or_default();
                        let parent = attribute(tag, &["parent-style-name"]);
                        self.styles.insert(name.clone(), (None, parent));
                        style = Some(name);
                    }
                    "basedOn" => {
                        if let Some(known) = style.as_ref().and_then(|name| self.styles.get_mut(name)) {
                            known.1 = attribute(tag, &["val"]);
                        }
                    }
                    "rFonts" | "text-properties" => {
                        let font = font_of(tag);
                        match style.as_ref().and_then(|name| self.styles.get_mut(name)) {
                            Some(known) => known.0 = font.or(known.0),
                            None if is_default => self.default = font.or(self.default),
                            None => {}
                        }
                    }
                    _ => {}
                },
                Event::End(tag) if matches!(tag.local_name().as_ref(), "style") => style = None,
                _ => {}
            }
        }
    }

    /// The font of a style, or that of the style it is based on.
    fn font(&self, style: &str) -> Option<OldFont> {
        let mut name = style;
        // Styles of a hostile file may be based on each other.
        for _ in 0..16 {
            let (font, parent) = self.styles.get(name)?;
            if font.is_some() {
                return *font;
            }
            name = parent.as_deref()?;
        }
        None
    }
}

/// A paragraph that is open. Text boxes have paragraphs inside of paragraphs.
#[derive(Debug, Default)]
struct OpenParagraph {
    text: String,
    font: Option<OldFont>,
    /// The end of `text` that is in one font and not decoded yet.
    run: String,
    run_font: Option<OldFont>,
}

/// A walk over a part with text.
struct OfficeWalk<'s> {
    kind: OfficeKind,
    styles: &'s mut OfficeStyles,
    rows: DocumentRows,
    paragraphs: Vec<OpenParagraph>,
    /// The fonts of open runs.
    runs: Vec<Option<OldFont>>,
    /// Whether text is shown here: in DOCX only inside of `t`.
    is_in_text: bool,
    /// The number of open elements from a hidden one on.
    hidden: usize,
    /// Whether the next paragraph begins an item of a list.
    is_item: bool,
}

/// The text of a part, a line a paragraph.
pub(super) fn text(part: impl BufRead, kind: OfficeKind, styles: &mut OfficeStyles) -> io::Result<String> {
    let mut reader = reader(part);
    let mut walk = OfficeWalk {
        kind,
        styles,
        rows: DocumentRows::default(),
        paragraphs: Vec::new(),
        runs: Vec::new(),
        is_in_text: kind == OfficeKind::Odt,
        hidden: 0,
        is_item: false,
    };
    let (mut buffer, mut nesting) = (Vec::new(), Nesting::default());
    // Beyond the limit the text is refused by the caller, whatever follows.
    while walk.rows.len() <= MAX_TEXT_BYTES {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|error| broken(&error))?;
        if !nesting.allows(&event) {
            walk.styles.is_too_deep = true;
            break;
        }
        match event {
            Event::Eof => break,
            Event::Start(tag) => walk.start(&tag),
            Event::Empty(tag) => {
                walk.start(&tag);
                walk.end(tag.local_name().as_ref());
            }
            Event::End(tag) => walk.end(tag.local_name().as_ref()),
            Event::Text(text) => walk.text(&text.xml10_content()),
            Event::CData(text) => walk.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let named = match reference.xml10_content().as_ref() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    // Entities that a file declares itself are not expanded: they are how XML bombs are built.
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                walk.styles.has_own_entities |= named.is_none();
                walk.text(named.map(String::from).unwrap_or_default().as_str());
            }
            _ => {}
        }
    }
    while !walk.paragraphs.is_empty() {
        walk.end_paragraph();
    }
    Ok(walk.rows.finish())
}

impl OfficeWalk<'_> {
    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = tag.local_name();
        let name = name.as_ref();
        if self.hidden > 0 || HIDDEN.contains(&name) {
            self.hidden += 1;
            return;
        }
        match (name, self.kind) {
            ("p", _) | ("h", OfficeKind::Odt) => {
                let style = attribute(tag, &["style-name"]);
                let font = style.and_then(|style| self.styles.font(&style)).or(self.styles.default);
                let text = if std::mem::take(&mut self.is_item) { "- ".to_owned() } else { String::new() };
                self.paragraphs.push(OpenParagraph { text, font, ..OpenParagraph::default() });
            }
            ("pStyle", OfficeKind::Docx) => {
                let font = attribute(tag, &["val"]).and_then(|style| self.styles.font(&style));
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.font = font.or(paragraph.font);
                }
            }
            ("numPr", OfficeKind::Docx) => {
                if let Some(paragraph) = self.paragraphs.last_mut().filter(|open| open.text.is_empty()) {
                    paragraph.text.push_str("- ");
                }
            }
            ("list-item", OfficeKind::Odt) => self.is_item = true,
            ("r", OfficeKind::Docx) => self.runs.push(None),
            ("rFonts", OfficeKind::Docx) => {
                let font = font_of(tag);
                if let Some(run) = self.runs.last_mut() {
                    *run = font;
                }
            }
            ("rStyle", OfficeKind::Docx) => {
                let font = attribute(tag, &["val"]).and_then(|style| self.styles.font(&style));
                if let Some(run) = self.runs.last_mut() {
                    *run = run.or(font);
                }
            }
            ("span", OfficeKind::Odt) => {
                let font = attribute(tag, &["style-name"]).and_then(|style| self.styles.font(&style));
                let around = self.runs.last().copied().flatten();
                self.runs.push(font.or(around));
            }
            ("t", OfficeKind::Docx) => self.is_in_text = true,
            ("tab", _) | ("s", OfficeKind::Odt) | ("ptab", OfficeKind::Docx) => self.sign(" "),
            ("br" | "cr", OfficeKind::Docx) | ("line-break", OfficeKind::Odt) => self.sign("\n"),
            ("noBreakHyphen", OfficeKind::Docx) => self.sign("-"),
            ("tr", OfficeKind::Docx) | ("table-row", OfficeKind::Odt) => self.rows.begin_row(),
            ("tc", OfficeKind::Docx) | ("table-cell", OfficeKind::Odt) => self.rows.begin_cell(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        match (name, self.kind) {
            ("p", _) | ("h", OfficeKind::Odt) => self.end_paragraph(),
            ("r", OfficeKind::Docx) | ("span", OfficeKind::Odt) => {
                self.runs.pop();
            }
            ("t", OfficeKind::Docx) => self.is_in_text = false,
            ("tr", OfficeKind::Docx) | ("table-row", OfficeKind::Odt) => self.rows.end_row(),
            ("tc", OfficeKind::Docx) | ("table-cell", OfficeKind::Odt) => self.rows.end_cell(),
            _ => {}
        }
    }

    /// Adds a sign that stands for an element.
    fn sign(&mut self, sign: &str) {
        let was_in_text = std::mem::replace(&mut self.is_in_text, true);
        self.text(sign);
        self.is_in_text = was_in_text;
    }

    fn text(&mut self, text: &str) {
        if self.hidden > 0 || !self.is_in_text {
            return;
        }
        let run = self.runs.last().copied().flatten();
        let Some(open) = self.paragraphs.last_mut() else { return };
        let font = run.or(open.font);
        // Editors cut runs anywhere, also between the letter and its mark in VNI: runs of one font are decoded
        // together.
        if open.run_font != font {
            open.decode_run(&mut self.styles.decoded);
            open.run_font = font;
        }
        open.run.push_str(text);
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraphs.pop() else { return };
        paragraph.decode_run(&mut self.styles.decoded);
        paragraph.text.split('\n').for_each(|line| self.rows.paragraph(line));
    }
}

impl OpenParagraph {
    fn decode_run(&mut self, decoded: &mut usize) {
        let run = std::mem::take(&mut self.run);
        match self.run_font.filter(|_| !run.is_ascii() || !run.is_empty()).and_then(|font| font.decode(&run)) {
            Some(text) => {
                *decoded += usize::from(text != run);
                self.text.push_str(&text);
            }
            None => self.text.push_str(&run),
        }
    }
}

/// The old font that an element names, if it is one.
fn font_of(tag: &BytesStart<'_>) -> Option<OldFont> {
    attribute(tag, &["ascii", "hAnsi", "font-name", "font-family"]).and_then(|name| OldFont::by_name(&name))
}

/// The value of the first attribute with one of these local names.
fn attribute(tag: &BytesStart<'_>, names: &[&str]) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| names.contains(&attribute.key.local_name().as_ref()))?;
    Some(found.value.replace("&amp;", "&").replace("&quot;", "\"").replace("&apos;", "'"))
}

fn reader<R: BufRead>(part: R) -> Reader<R> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

fn broken(error: &quick_xml::Error) -> io::Error {
    let why: String = error.to_string().chars().filter(|c| !c.is_control()).take(200).collect();
    io::Error::new(io::ErrorKind::InvalidData, format!("it is not a document that can be read: {why}"))
}

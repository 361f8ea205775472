//! Text of a page that is in an old font: `<font face=".VnTime">`, or `font-family: VNI-Times` in a page that is
//! otherwise UTF-8 or windows-1252. Its letters are those of the font and not of the page, so each piece of text is
//! decoded by the font of the element that it is in.
//!
//! Many pages name such a font and are typed in Unicode all the same: the style stayed when the site went over to it.
//! Whether letters are the font's can be told from all of its text, but not from two words. So a page that names an old
//! font is passed over twice: the first pass takes samples of the text in each encoding, and the second decodes those
//! that are more Vietnamese when they are decoded. Pages that name none cost one search for the names.

use super::style_fonts::{FontRules, NamedFont};
use crate::ingest::decode::is_better;
use crate::ingest::decode::legacy::Legacy;
use crate::ingest::old_font::OldFont;
use html5ever::tokenizer::Tag;
use std::borrow::Cow;

/// Text of an encoding beyond this many bytes is not sampled.
const SAMPLE_BYTES: usize = 32 << 10;
/// Style sheets beyond this many bytes in all are not read.
const MAX_STYLE_BYTES: usize = 512 << 10;

/// What is done with text in old fonts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum FontUse {
    /// The page names no such font.
    #[default]
    Ignored,
    Sampled,
    /// Text in fonts of these encodings is decoded.
    Decoded(Vec<Legacy>),
    /// The whole page was decoded from TCVN3 before: only the capitals of its fonts are to be made.
    Capitals,
}

/// Text in fonts of one encoding, as it is and decoded.
#[derive(Clone, Debug)]
struct FontSample {
    legacy: Legacy,
    raw: String,
    decoded: String,
}

/// The fonts of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct PageFonts {
    used: FontUse,
    rules: FontRules,
    style_bytes: usize,
    samples: Vec<FontSample>,
    /// The number of pieces of text that were decoded.
    pub decoded: usize,
}

impl PageFonts {
    /// Those of a page before it is passed over; `decoded_from` is the old encoding that the whole of it was in.
    pub fn of(markup: &str, decoded_from: Option<Legacy>) -> Self {
        let used = match decoded_from {
            _ if !names_old_font(markup) => FontUse::Ignored,
            Some(Legacy::Tcvn3) => FontUse::Capitals,
            Some(_) => FontUse::Ignored,
            None => FontUse::Sampled,
        };
        Self { used, ..Self::default() }
    }

    /// Those for a second pass, after samples were taken. `None` if no text is to be decoded.
    pub fn decided(&self) -> Option<Self> {
        let decoded = self.samples.iter().filter(|sample| is_better(&sample.decoded, &sample.raw));
        let decoded: Vec<Legacy> = decoded.map(|sample| sample.legacy).collect();
        (!decoded.is_empty()).then(|| Self {
            used: FontUse::Decoded(decoded),
            rules: self.rules.clone(),
            style_bytes: MAX_STYLE_BYTES,
            ..Self::default()
        })
    }

    /// Whether text of the page was made readable by its font, which a reading by others would not know of.
    pub fn is_decoded(&self) -> bool {
        self.decoded > 0
    }

    /// Whether style sheets are to be read.
    pub fn reads_styles(&self) -> bool {
        self.used != FontUse::Ignored && self.style_bytes < MAX_STYLE_BYTES
    }

    /// Reads a style sheet.
    pub fn read_style(&mut self, sheet: &str) {
        self.style_bytes += sheet.len();
        self.rules.read(sheet);
    }

    /// The font of an element inside of one with the font `around`.
    pub fn of_element(&self, tag: &Tag, around: Option<OldFont>) -> Option<OldFont> {
        if self.used == FontUse::Ignored { None } else { self.rules.of(tag).map_or(around, NamedFont::old) }
    }

    /// What a piece of text shows in its font, behind the character `before` on its line.
    pub fn shown<'t>(&mut self, text: &'t str, font: Option<OldFont>, before: Option<char>) -> Cow<'t, str> {
        let Some(font) = font else { return Cow::Borrowed(text) };
        match &self.used {
            FontUse::Sampled => self.sample(text, font, before),
            FontUse::Decoded(encodings) if encodings.contains(&font.legacy()) => {
                if let Some(decoded) = font.decode_after(before, text) {
                    self.decoded += usize::from(decoded != text);
                    return Cow::Owned(decoded);
                }
            }
            FontUse::Capitals => return Cow::Owned(font.shown(text.to_owned())),
            FontUse::Ignored | FontUse::Decoded(_) => {}
        }
        Cow::Borrowed(text)
    }

    /// The page's title, which is in no font, but often in the encoding of the text.
    pub fn title(&self, title: String) -> String {
        let FontUse::Decoded(encodings) = &self.used else { return title };
        let fonts = [".VnTime", "VNI-Times"].into_iter().filter_map(OldFont::by_name);
        let mut decoded =
            fonts.filter(|font| encodings.contains(&font.legacy())).filter_map(|font| font.decode(&title));
        decoded.rfind(|decoded| is_better(decoded, &title)).unwrap_or(title)
    }

    fn sample(&mut self, text: &str, font: OldFont, before: Option<char>) {
        let legacy = font.legacy();
        if !self.samples.iter().any(|sample| sample.legacy == legacy) {
            self.samples.push(FontSample { legacy, raw: String::new(), decoded: String::new() });
        }
        let Some(sample) = self.samples.iter_mut().find(|sample| sample.legacy == legacy) else { return };
        if sample.raw.len() + text.len() > SAMPLE_BYTES {
            return;
        }
        // Else the last word of a line and the first of the next would be one.
        let gap = if before.is_none() { " " } else { "" };
        sample.raw.extend([gap, text]);
        let decoded = font.decode_after(before, text);
        sample.decoded.extend([gap, decoded.as_deref().unwrap_or(text)]);
    }
}

/// Whether a page names such a font anywhere: `.Vn` or `VNI-` in any case. Vietnamese addresses have `.vn` too, but
/// with no letter behind it.
fn names_old_font(markup: &str) -> bool {
    let bytes = markup.as_bytes();
    memchr::memchr2_iter(b'v', b'V', bytes).any(|at| {
        let is_vni = bytes.get(at + 1..at + 4).is_some_and(|rest| rest.eq_ignore_ascii_case(b"ni-"));
        let has_dot = at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'.');
        let is_vn = || bytes.get(at + 1).is_some_and(|next| next.eq_ignore_ascii_case(&b'n'));
        is_vni || (has_dot && is_vn() && bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic))
    })
}

#[cfg(test)]
mod tests;

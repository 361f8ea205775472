//! Rich text (RTF) to plain text: paragraphs, tabs and cells, each run decoded by its font (`.Vn…` is TCVN3, `VNI-…` is
//! VNI) or by the code page that the file names. Pictures, styles, fields' instructions and the like are left out. One
//! pass over the bytes, without recursion.

use super::decode::western_byte;
use super::old_font::OldFont;
use super::plain::MAX_TEXT_BYTES;
use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1258};
use std::collections::HashMap;

/// Groups deeper than this share the state of the last; writers nest a dozen.
const MAX_GROUPS: usize = 512;
/// Fonts beyond this number are not told apart.
const MAX_FONTS: usize = 4096;
/// A longer control word is none.
const MAX_WORD_BYTES: usize = 32;
/// Groups with something else than text of the document.
const HIDDEN: [&str; 22] = [
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "generator",
    "listtable",
    "listoverridetable",
    "fldinst",
    "themedata",
    "datastore",
    "xmlnstbl",
    "latentstyles",
    "rsidtbl",
];
/// Control words that stand for a character.
const SIGNS: [(&str, &str); 14] = [
    ("par", "\n"),
    ("line", "\n"),
    ("sect", "\n"),
    ("page", "\n"),
    ("row", "\n"),
    ("tab", " "),
    ("cell", " | "),
    ("emdash", "—"),
    ("endash", "–"),
    ("lquote", "‘"),
    ("rquote", "’"),
    ("ldblquote", "“"),
    ("rdblquote", "”"),
    ("bullet", "•"),
];
/// The number that RTF gives to the Vietnamese character set.
const VIETNAMESE_CHARSET: i32 = 163;

/// The text of a document, and the number of pieces that were decoded by an old font.
pub(super) struct RichText {
    pub text: String,
    pub decoded: usize,
}

/// What a font of the document is.
#[derive(Clone, Debug, Default)]
struct RtfFont {
    name: String,
    is_vietnamese: bool,
}

/// What holds until the end of a group.
#[derive(Clone, Copy, Debug)]
struct GroupState {
    font: i32,
    is_hidden: bool,
    is_font_table: bool,
    /// The number of characters after a Unicode one that repeat it for old programs.
    fallbacks: usize,
}

struct RtfReader {
    groups: Vec<GroupState>,
    /// Groups that are open beyond `MAX_GROUPS`.
    too_deep: usize,
    state: GroupState,
    default_font: i32,
    fonts: HashMap<i32, RtfFont>,
    code_page: &'static Encoding,
    /// Bytes of the run that is not decoded yet.
    run: Vec<u8>,
    /// Fallback characters that are still to be skipped.
    skip: usize,
    out: RichText,
}

/// Whether bytes are such a document.
pub(super) fn is_rtf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"{\\rtf")
}

/// The text of a document, whatever is wrong with it.
pub(super) fn read(bytes: &[u8]) -> RichText {
    let mut reader = RtfReader::new();
    let mut rest = bytes;
    // Beyond the limit the text is refused anyway.
    while let Some((&byte, after)) = rest.split_first().filter(|_| reader.out.text.len() <= MAX_TEXT_BYTES) {
        rest = match byte {
            b'\\' => reader.control(after),
            b'{' => {
                reader.open();
                after
            }
            b'}' => {
                reader.close();
                after
            }
            b'\r' | b'\n' => after,
            _ => {
                reader.byte(byte);
                after
            }
        };
    }
    reader.flush();
    let lines = reader.out.text.split('\n').map(|line| line.trim().trim_end_matches('|').trim_end());
    let text = lines.collect::<Vec<_>>().join("\n");
    RichText { text, ..reader.out }
}

impl RtfReader {
    fn new() -> Self {
        Self {
            groups: Vec::new(),
            too_deep: 0,
            state: GroupState { font: 0, is_hidden: false, is_font_table: false, fallbacks: 1 },
            default_font: 0,
            fonts: HashMap::new(),
            code_page: WINDOWS_1252,
            run: Vec::new(),
            skip: 0,
            out: RichText { text: String::new(), decoded: 0 },
        }
    }

    fn open(&mut self) {
        if self.groups.len() < MAX_GROUPS {
            self.groups.push(self.state);
        } else {
            self.too_deep += 1;
        }
        self.skip = 0;
    }

    fn close(&mut self) {
        self.skip = 0;
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if let Some(state) = self.groups.pop() {
            self.set(state);
        }
    }

    /// Changes the state; a run ends where the font changes.
    fn set(&mut self, state: GroupState) {
        if state.font != self.state.font || state.is_hidden != self.state.is_hidden {
            self.flush();
        }
        self.state = state;
    }

    /// Reads what follows a backslash. Returns what follows that.
    fn control<'b>(&mut self, after: &'b [u8]) -> &'b [u8] {
        let Some((&first, rest)) = after.split_first() else { return after };
        match first {
            b'\'' => {
                let digits = rest.get(..2).and_then(|two| std::str::from_utf8(two).ok());
                if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    self.byte(byte);
                }
                rest.get(2..).unwrap_or_default()
            }
            b'*' => {
                self.set(GroupState { is_hidden: true, ..self.state });
                rest
            }
            b'~' => self.literal(b' ', rest),
            b'_' => self.literal(b'-', rest),
            b'\\' | b'{' | b'}' => self.literal(first, rest),
            b'\r' | b'\n' => {
                self.sign("\n");
                rest
            }
            _ if first.is_ascii_alphabetic() => self.word(after),
            _ => rest,
        }
    }

    fn literal<'b>(&mut self, byte: u8, rest: &'b [u8]) -> &'b [u8] {
        self.byte(byte);
        rest
    }

    /// Reads a control word with its number and the space that ends it.
    fn word<'b>(&mut self, after: &'b [u8]) -> &'b [u8] {
        let length = after.iter().take(MAX_WORD_BYTES).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = after.split_at_checked(length).unwrap_or((after, &[]));
        let digits = rest.iter().take(11).enumerate();
        let digits = digits.take_while(|(at, byte)| byte.is_ascii_digit() || (*at == 0 && **byte == b'-')).count();
        let (number, rest) = rest.split_at_checked(digits).unwrap_or((rest, &[]));
        let number: Option<i32> = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok());
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let word = std::str::from_utf8(word).unwrap_or_default();
        if word == "bin" {
            let count = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            return rest.get(count..).unwrap_or_default();
        }
        self.act(word, number);
        rest
    }

    fn act(&mut self, word: &str, number: Option<i32>) {
        let state = self.state;
        match (word, number) {
            ("fonttbl", _) => self.set(GroupState { is_font_table: true, is_hidden: true, ..state }),
            ("f", Some(font)) => self.set(GroupState { font, ..state }),
            ("deff", Some(font)) => self.default_font = font,
            ("plain", _) => self.set(GroupState { font: self.default_font, ..state }),
            ("uc", Some(count)) => self.state.fallbacks = usize::try_from(count).unwrap_or(1).min(16),
            ("ansicpg", Some(page)) => {
                let label = format!("windows-{page}");
                self.code_page = Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
            }
            ("fcharset", Some(set)) if state.is_font_table && self.fonts.len() < MAX_FONTS => {
                self.fonts.entry(state.font).or_default().is_vietnamese = set == VIETNAMESE_CHARSET;
            }
            ("u", Some(code)) => {
                self.unicode(code);
                self.skip = state.fallbacks;
            }
            _ if HIDDEN.contains(&word) => self.set(GroupState { is_hidden: true, ..state }),
            _ => {
                if let Some((_, sign)) = SIGNS.iter().find(|(name, _)| *name == word) {
                    self.sign(sign);
                }
            }
        }
    }

    /// Takes a byte of the text.
    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.state.is_font_table {
            if byte != b';' && self.fonts.len() < MAX_FONTS {
                let font = self.fonts.entry(self.state.font).or_default();
                font.name.extend((font.name.len() < 64).then_some(char::from(byte)));
            }
        } else if !self.state.is_hidden {
            self.run.push(byte);
        }
    }

    /// Takes a character that is given by its number; those above 32,767 are negative.
    fn unicode(&mut self, code: i32) {
        let letter = u32::try_from(if code < 0 { code + 0x1_0000 } else { code }).ok().and_then(char::from_u32);
        let Some(letter) = letter.filter(|_| !self.state.is_hidden) else { return };
        // In an old font it is a byte, whatever it is called.
        if let Some(byte) = western_byte(letter).filter(|_| self.old_font().is_some()) {
            self.run.push(byte);
        } else {
            self.flush();
            self.out.text.push(letter);
        }
    }

    fn sign(&mut self, sign: &str) {
        if !self.state.is_hidden {
            self.flush();
            self.out.text.push_str(sign);
        }
    }

    fn old_font(&self) -> Option<OldFont> {
        self.fonts.get(&self.state.font).and_then(|font| OldFont::by_name(&font.name))
    }

    /// Decodes the run by its font and adds it to the text.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        if run.is_empty() {
            return;
        }
        if let Some(font) = self.old_font() {
            self.out.decoded += usize::from(!run.is_ascii());
            self.out.text.push_str(&font.decode_bytes(&run));
            return;
        }
        let is_vietnamese = self.fonts.get(&self.state.font).is_some_and(|font| font.is_vietnamese);
        let encoding = if is_vietnamese { WINDOWS_1258 } else { self.code_page };
        self.out.text.push_str(&encoding.decode_without_bom_handling(&run).0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_run_is_decoded_by_its_font() {
        let bytes = b"{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman .VnTime;}\
            {\\f1\\fcharset163 Times New Roman;}\
            {\\f2 VNI-Times;}{\\f3 Arial;}}{\\*\\generator x;}{\\info{\\title Bo}}\
            \\pard\\plain Qu\\'a9n \\'ae\\'e9i\\par \
            {\\f1 \\'d0\\'f4\\'f2i}\\par{\\f2 Qua\\'e2n \\'f1o\\'e4i}\\par{\\f3\\uc1 \\u272?\\u7897?i \\{x\\}}\
            {\\pict 89504e47}\\par 1\\cell 2\\cell\\row\\bin3 abc}";
        let read = read(bytes);
        assert_eq!(crate::text::canonical::canonical_text(&read.text), "Quân đội\nĐội\nQuân đội\nĐội {x}\n1 | 2\n");
        assert_eq!(read.decoded, 2);
    }

    #[test]
    fn hostile_documents_end() {
        let deep = [b"{\\rtf1 ".as_slice(), &b"{".repeat(1_000_000), b"x", &b"}".repeat(2_000_000), b"y"].concat();
        assert_eq!(read(&deep).text, "xy");
        for bytes in [
            b"{\\rtf1\\".as_slice(),
            b"{\\rtf1\\'",
            b"{\\rtf1\\bin99999999999 x",
            b"{\\rtf1\\u",
            b"{\\rtf1\\u-99999999?",
        ] {
            let _ = read(bytes);
        }
    }
}

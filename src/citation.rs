//! Citations of reports and of their passages, in the formats that people paste into texts and reference managers; and
//! finding them again. A citation names the report by the hash of its text and the paragraph by its number
//! (`baocao:1f2e3d4c5b6a7988/3`), so that `cite verify` can tell whether the words still stand there.
//!
//! What this program made up, a title from the contents or from the address, is in square brackets, as titles are that
//! a citation supplies; only the source's own title is quoted. Citations are in Vietnamese, as the reports are.

mod bibtex;
mod csl;
pub mod verify;

use crate::report::{Dated, Day, Report, Span, TitleOrigin};
use std::fmt::Write as _;

/// The number of hexadecimal digits of the report's hash in a citation: 64 bits.
const HASH_DIGITS: usize = 16;
/// What the key of a citation begins with.
const SCHEME: &str = "baocao:";

/// The format of a citation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CitationFormat {
    /// One line for a text or a footnote.
    #[default]
    Plain,
    /// The passage as a quotation, the address as a link.
    Markdown,
    /// An entry `@misc` of BibTeX and biblatex.
    Bibtex,
    /// An item of CSL-JSON, which reference managers import.
    CslJson,
}

/// Everything that a citation says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    title: String,
    /// Whether the title is the source's own.
    is_own_title: bool,
    unit: Option<String>,
    outlet: Option<String>,
    when: Option<Dated>,
    url: Option<String>,
    /// The day on which the text was taken from its source: that of its import.
    accessed: Option<Day>,
    /// The first digits of the report's hash.
    hash: String,
    /// The first digits of the hash of the bytes that it was read from, if these are kept.
    kept_source: Option<String>,
    passage: Option<CitedPassage>,
}

/// The words that are cited.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CitedPassage {
    words: String,
    /// The number of the paragraph in which they begin, counted from 1 over all paragraphs of the text.
    paragraph: usize,
}

impl Citation {
    /// The citation of a report, or of the words at `passage`. `accessed` is the day of its import.
    pub fn of(report: &Report, passage: Option<Span>, accessed: Option<Day>) -> Self {
        let facts = &report.extraction.facts;
        let cited = |span: Span| CitedPassage {
            words: span.of(&report.text).split_whitespace().collect::<Vec<_>>().join(" "),
            paragraph: paragraph_of(report, span.start),
        };
        Self {
            title: report.title.text.clone(),
            is_own_title: matches!(report.title.origin, TitleOrigin::Text | TitleOrigin::Page),
            unit: facts.unit.clone(),
            outlet: report.outlet.clone(),
            when: facts.day,
            url: report.url.clone(),
            accessed,
            hash: report.id.chars().take(HASH_DIGITS).collect(),
            kept_source: report.kept_source.as_ref().map(|hash| hash.chars().take(HASH_DIGITS).collect()),
            passage: passage.map(cited).filter(|passage| !passage.words.is_empty()),
        }
    }

    /// The citation in this format. Plain text is one line without its end, the others may have several.
    pub fn write(&self, format: CitationFormat) -> String {
        match format {
            CitationFormat::Plain => self.plain(),
            CitationFormat::Markdown => self.markdown(),
            CitationFormat::Bibtex => bibtex::write(self),
            CitationFormat::CslJson => csl::write(self),
        }
    }

    fn plain(&self) -> String {
        let source = self.parts(&self.quoted_title(), true).join(", ");
        match &self.passage {
            Some(passage) => format!("“{}” ({source})", inner_quotes(&passage.words)),
            None => source,
        }
    }

    fn markdown(&self) -> String {
        let title = escape_markdown(&self.quoted_title());
        let title = match &self.url {
            Some(url) => format!("[{title}](<{url}>)"),
            None => title,
        };
        let source = self.parts(&title, false).join(", ");
        match &self.passage {
            Some(passage) => format!("> {}\n>\n> — {source}", escape_markdown(&passage.words)),
            None => source,
        }
    }

    /// The parts after each other: title, unit, outlet, day, address if wanted, paragraph, day of access, key.
    fn parts(&self, title: &str, with_url: bool) -> Vec<String> {
        let mut parts = vec![title.to_owned()];
        parts.extend(self.unit.clone());
        parts.extend(self.outlet.clone());
        parts.extend(self.when.map(|when| format!("ngày {}", when.vietnamese())));
        parts.extend(self.url.clone().filter(|_| with_url));
        parts.extend(self.passage.as_ref().map(|passage| format!("đoạn {}", passage.paragraph)));
        parts.extend(self.accessed.map(|day| format!("truy cập {}", day.vietnamese())));
        parts.extend(self.source_words());
        parts.push(self.key());
        parts
    }

    /// The hash of the kept bytes, in words.
    fn source_words(&self) -> Option<String> {
        self.kept_source.as_ref().map(|hash| format!("bản gốc blake3:{hash}"))
    }

    /// The title: in quotation marks if it is the source's own, else in square brackets.
    fn quoted_title(&self) -> String {
        let title = &self.title;
        if self.is_own_title { format!("“{}”", inner_quotes(title)) } else { format!("[{title}]") }
    }

    /// The title for a field of its own: in square brackets unless it is the source's own.
    fn field_title(&self) -> String {
        if self.is_own_title { self.title.clone() } else { format!("[{}]", self.title) }
    }

    /// The report and the paragraph, as `verify` finds them in a text.
    fn key(&self) -> String {
        let mut key = format!("{SCHEME}{}", self.hash);
        if let Some(passage) = &self.passage {
            // Writing to a `String` cannot fail.
            let _ = write!(key, "/{}", passage.paragraph);
        }
        key
    }
}

/// The number of the paragraph with byte `at`, counted from 1; of the next one if none has it.
fn paragraph_of(report: &Report, at: usize) -> usize {
    let before = report.paragraphs.partition_point(|paragraph| paragraph.span.end <= at);
    before.min(report.paragraphs.len().saturating_sub(1)) + 1
}

/// Quotation marks within a quotation are single ones, so that its end can be told.
fn inner_quotes(words: &str) -> String {
    words.replace('“', "‘").replace('”', "’")
}

/// Words of a source in Markdown: what would be markup there is escaped.
fn escape_markdown(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Extraction, Paragraph, ParagraphKind, Title};

    pub fn report(origin: TitleOrigin) -> Report {
        let text = "Sơ kết “đợt 1” & 2\nSáng nay, đơn vị sơ kết. Kết quả tốt.\nHết {1} 5%.";
        let mut at = 0;
        let paragraph = |line: &str| {
            let span = Span::new(at, at + line.len());
            at += line.len() + 1;
            Paragraph { kind: ParagraphKind::Body, span }
        };
        Report {
            id: "1f2e3d4c5b6a798800112233445566ff".to_owned(),
            title: Title { text: "Sơ kết “đợt 1” & 2".into(), origin },
            file: "a.txt".into(),
            url: Some("https://example.vn/so-ket_1".into()),
            dated_by_hand: false,
            kept_source: None,
            outlet: Some("Báo Mẫu".into()),
            published: None,
            text: text.into(),
            paragraphs: text.lines().map(paragraph).collect(),
            notes: Vec::new(),
            extraction: Extraction::default(),
        }
    }

    fn cited(passage: Option<&str>, origin: TitleOrigin, format: CitationFormat) -> String {
        let report = report(origin);
        let span = passage.map(|words| {
            let start = report.text.find(words).unwrap();
            Span::new(start, start + words.len())
        });
        Citation::of(&report, span, Day::new(2026, 11, 29)).write(format)
    }

    #[test]
    fn only_the_sources_own_title_is_quoted() {
        let plain = |origin| cited(None, origin, CitationFormat::Plain);
        let rest = ", Báo Mẫu, https://example.vn/so-ket_1, truy cập 29-11-2026, baocao:1f2e3d4c5b6a7988";
        for origin in [TitleOrigin::Text, TitleOrigin::Page] {
            assert_eq!(plain(origin), format!("“Sơ kết ‘đợt 1’ & 2”{rest}"));
        }
        for origin in [TitleOrigin::Slug, TitleOrigin::Made] {
            assert_eq!(plain(origin), format!("[Sơ kết “đợt 1” & 2]{rest}"));
            for format in [CitationFormat::Bibtex, CitationFormat::CslJson] {
                assert!(cited(None, origin, format).contains("[Sơ kết"), "{format:?}");
            }
        }
    }

    #[test]
    fn a_passage_is_cited_with_its_paragraph_in_each_format() {
        let passage = Some("Sáng nay, đơn vị sơ kết.");
        let cited = |format| cited(passage, TitleOrigin::Text, format);
        assert_eq!(
            cited(CitationFormat::Plain),
            "“Sáng nay, đơn vị sơ kết.” (“Sơ kết ‘đợt 1’ & 2”, Báo Mẫu, https://example.vn/so-ket_1, đoạn 2, \
             truy cập 29-11-2026, baocao:1f2e3d4c5b6a7988/2)"
        );
        assert_eq!(
            cited(CitationFormat::Markdown),
            "> Sáng nay, đơn vị sơ kết.\n>\n> — [“Sơ kết ‘đợt 1’ & 2”](<https://example.vn/so-ket_1>), Báo Mẫu, \
             đoạn 2, truy cập 29-11-2026, baocao:1f2e3d4c5b6a7988/2"
        );
        insta::assert_snapshot!(cited(CitationFormat::Bibtex));
        insta::assert_snapshot!(cited(CitationFormat::CslJson));
    }
}

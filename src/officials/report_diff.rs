//! Compares two reports, usually one with the same unit's previous report of the same kind: which figures, documents
//! and slogans are new or gone, which paragraphs are recurring formula, and which words are new. Every result is a
//! place or span in one of the two texts. Recurring text is found by runs of folded words, so that the spelling habits
//! of a paper do not count as new.

mod pairs;
mod shingles;

pub use pairs::pairs;

use super::observation::Place;
use crate::report::{Mark, Meaning, ParagraphKind, Report, Span};
use crate::text::fold::fold;
use crate::text::words::folded_words;
use serde::Serialize;
use shingles::Shingles;

/// A paragraph of one report, compared with the other report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedParagraph {
    pub span: Span,
    /// The share of its words that the other report has too, in percent.
    pub shared: u8,
    /// Whether it is recurring formula, which is dimmed on screen.
    pub recurs: bool,
    /// The words that the other report does not have, which are highlighted. Empty if the whole paragraph is new.
    pub new: Vec<Span>,
}

/// A figure, document or slogan that is new, gone or changed, with its places in the two reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The words of the newer report; if it is gone, those of the older.
    pub text: String,
    /// The words of the older report, if the item is in both: a figure that changed.
    pub was: Option<String>,
    /// The place in the older report; `None` if it is new.
    pub before: Option<Place>,
    /// The place in the newer report; `None` if it is gone.
    pub after: Option<Place>,
}

/// The differences between two reports. Each list is in the order of the newer report, then of the older.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The older report's id.
    pub older: String,
    /// The newer report's id.
    pub newer: String,
    /// Figures that changed, are new or are gone.
    pub figures: Vec<Item>,
    /// Documents that are new or gone.
    pub documents: Vec<Item>,
    /// Slogans that are new or gone.
    pub slogans: Vec<Item>,
    /// The body paragraphs of the newer report.
    pub paragraphs: Vec<ComparedParagraph>,
    /// The body paragraphs of the older report.
    pub older_paragraphs: Vec<ComparedParagraph>,
}

impl Comparison {
    /// Returns the share of the newer report's body that the older report has too, in percent. Paragraphs are weighted
    /// by their length in bytes.
    pub fn shared(&self) -> u8 {
        let (mut words, mut shared) = (0, 0);
        for paragraph in &self.paragraphs {
            words += paragraph.span.len();
            shared += paragraph.span.len() * usize::from(paragraph.shared);
        }
        u8::try_from(shared / words.max(1)).unwrap_or(100)
    }
}

/// The minimum share of known words, in percent, for a paragraph to be recurring formula.
const FORMULA: u8 = 60;

/// Compares two reports in both directions.
pub fn compare(older: &Report, newer: &Report) -> Comparison {
    Comparison {
        older: older.id.clone(),
        newer: newer.id.clone(),
        figures: figures(older, newer),
        documents: present_or_not(older, newer, &documents(older), &documents(newer)),
        slogans: present_or_not(older, newer, &slogans(older), &slogans(newer)),
        paragraphs: paragraphs(newer, older),
        older_paragraphs: paragraphs(older, newer),
    }
}

fn bodies(report: &Report) -> impl Iterator<Item = Span> {
    report.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body).map(|p| p.span)
}

fn paragraphs(report: &Report, other: &Report) -> Vec<ComparedParagraph> {
    let mut known = Shingles::default();
    bodies(other).for_each(|span| known.add(span.of(&other.text)));
    bodies(report)
        .map(|span| {
            let found = known.in_text(span.of(&report.text));
            let at = |s: &Span| Span::new(span.start + s.start, span.start + s.end);
            let recurs = found.shared >= FORMULA;
            let new = if found.shared == 0 { Vec::new() } else { found.new.iter().map(at).collect() };
            ComparedParagraph { span, shared: found.shared, recurs, new }
        })
        .collect()
}

/// A document or slogan of one report. Items with equal keys are the same item, wherever their spans are.
struct ComparedItem {
    key: String,
    span: Span,
}

fn marks(report: &Report, meaning: Meaning) -> impl Iterator<Item = &Mark> {
    report.extraction.marks.iter().filter(move |mark| mark.meaning == meaning)
}

fn documents(report: &Report) -> Vec<ComparedItem> {
    let key = |mark: &Mark| folded_words(mark.span.of(&report.text));
    marks(report, Meaning::Reference).map(|mark| ComparedItem { key: key(mark), span: mark.span }).collect()
}

/// Returns the text between quotation marks, of 2 to `LONGEST` words: mottos and movements (docs/domain.md §2.4).
/// Longer quotations are speech.
fn slogans(report: &Report) -> Vec<ComparedItem> {
    const LONGEST: usize = 20;
    let mut found = Vec::new();
    for body in bodies(report) {
        let text = body.of(&report.text);
        let mut opened: Option<usize> = None;
        for (at, sign) in text.char_indices().filter(|(_, c)| matches!(c, '“' | '”' | '"' | '«' | '»')) {
            let after = at + sign.len_utf8();
            let opens = matches!(sign, '“' | '«') || (sign == '"' && opened.is_none());
            match opened.take() {
                Some(start) if !opens => {
                    let span = Span::new(body.start + start, body.start + at);
                    let key = folded_words(span.of(&report.text));
                    let words = key.split(' ').count();
                    if (2..=LONGEST).contains(&words) {
                        found.push(ComparedItem { key, span });
                    }
                }
                _ if opens => opened = Some(after),
                _ => {}
            }
        }
    }
    found
}

/// Returns the items that only one of the two reports has, each once: the new ones, then those that are gone.
fn present_or_not(older: &Report, newer: &Report, before: &[ComparedItem], after: &[ComparedItem]) -> Vec<Item> {
    let only = |own: &[ComparedItem], other: &[ComparedItem]| -> Vec<Span> {
        let fresh = own.iter().enumerate().filter(|(n, thing)| {
            let earlier = own.get(..*n).unwrap_or_default();
            !other.iter().chain(earlier).any(|o| o.key == thing.key)
        });
        fresh.map(|(_, thing)| thing.span).collect()
    };
    let new = only(after, before).into_iter().map(|span| item(older, newer, None, Some(span)));
    let gone = only(before, after).into_iter().map(|span| item(older, newer, Some(span), None));
    new.chain(gone).collect()
}

fn item(older: &Report, newer: &Report, before: Option<Span>, after: Option<Span>) -> Item {
    let one_line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    let was = before.map(|span| one_line(span.of(&older.text)));
    let is = after.map(|span| one_line(span.of(&newer.text)));
    Item {
        text: is.clone().or_else(|| was.clone()).unwrap_or_default(),
        was: if is.is_some() { was } else { None },
        before: before.map(|span| Place { report: older.id.clone(), at: span.start }),
        after: after.map(|span| Place { report: newer.id.clone(), at: span.start }),
    }
}

/// A figure of one report.
struct ComparedFigure {
    /// The folded words of the thing counted; empty if the text does not name it.
    counts: String,
    value: String,
    span: Span,
    /// Whether it has been paired with a figure of the other report.
    taken: bool,
}

/// Pairs the figures of both reports by the thing counted, first those with equal values, then the others in order.
/// Pairs with equal values are unchanged and not returned. A figure without a named thing is never paired with another
/// value; it is returned as new or gone if the other report does not have it.
fn figures(older: &Report, newer: &Report) -> Vec<Item> {
    let (mut before, mut after) = (figures_of(older), figures_of(newer));
    let same = |a: &ComparedFigure, b: &ComparedFigure| a.counts == b.counts && a.value == b.value;
    for own in &mut after {
        if let Some(other) = before.iter_mut().find(|o| !o.taken && same(o, own)) {
            (own.taken, other.taken) = (true, true);
        }
    }
    let mut items = Vec::new();
    for own in after.iter().filter(|own| !own.taken) {
        // A repeated figure is not new the second time.
        if before.iter().any(|o| same(o, own)) {
            continue;
        }
        let pair = before.iter_mut().find(|o| !o.taken && !own.counts.is_empty() && o.counts == own.counts);
        let was = pair.map(|other| {
            other.taken = true;
            other.span
        });
        items.push(item(older, newer, was, Some(own.span)));
    }
    for gone in before.iter().filter(|o| !o.taken && !after.iter().any(|own| same(own, o))) {
        items.push(item(older, newer, Some(gone.span), None));
    }
    items
}

fn figures_of(report: &Report) -> Vec<ComparedFigure> {
    marks(report, Meaning::Figure)
        .map(|mark| {
            let words = mark.span.of(&report.text);
            let is_number = |word: &str| word.chars().next().is_some_and(|c| c.is_ascii_digit());
            let named = folded_words(words).split(' ').filter(|w| !is_number(w)).collect::<Vec<_>>().join(" ");
            let counts = if named.is_empty() { counted_after(report, mark.span.end) } else { named };
            let value = mark.value.clone().unwrap_or_else(|| fold(words));
            ComparedFigure { counts, value, span: mark.span, taken: false }
        })
        .collect()
}

/// Returns the two words after byte `end`, folded: the thing that a bare number counts. Stops at the end of the clause.
fn counted_after(report: &Report, end: usize) -> String {
    let rest = report.text.get(end..).unwrap_or_default();
    let clause = rest.split(['.', ',', ';', '\n', '(', ')']).next().unwrap_or_default();
    folded_words(clause).split(' ').take(2).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Extraction, Title, TitleOrigin};

    /// A report of these paragraphs; numbers are figures, `số …` documents.
    pub(super) fn report(id: &str, lines: &[&str]) -> Report {
        let text = lines.join("\n") + "\n";
        let mut at = 0;
        let (mut paragraphs, mut marks) = (Vec::new(), Vec::new());
        for line in lines {
            let span = Span::new(at, at + line.len());
            paragraphs.push(crate::report::Paragraph { kind: ParagraphKind::Body, span });
            for word in crate::text::words::words(line) {
                let before = line.get(..word.start).unwrap();
                let meaning = if before.ends_with("số ") { Meaning::Reference } else { Meaning::Figure };
                if word.text.chars().all(|c| c.is_ascii_digit()) {
                    let span = Span::new(at + word.start, at + word.end());
                    marks.push(Mark { span, meaning, person: None, value: Some(word.text.to_owned()) });
                }
            }
            at += line.len() + 1;
        }
        Report {
            id: id.into(),
            title: Title { text: id.into(), origin: TitleOrigin::Text },
            file: id.into(),
            url: None,
            outlet: None,
            published: None,
            paragraphs,
            notes: Vec::new(),
            dated_by_hand: false,
            extraction: Extraction { marks, ..Extraction::default() },
            text,
        }
    }

    fn two_years() -> (Report, Report) {
        let old = report(
            "old",
            &[
                "Đảng ủy, chỉ huy các cấp đã quán triệt, triển khai thực hiện nghiêm túc các nghị quyết \
                 của trên theo Chỉ thị số 12.",
                "Toàn đơn vị xây 17 nhà đồng đội và khám bệnh cho 300 lượt người, thi đua “Đi trước một bước”.",
            ],
        );
        let new = report(
            "new",
            &[
                "Đảng uỷ, chỉ huy các cấp đã quán triệt, triển khai thực hiện nghiêm túc các nghị quyết \
                 của trên theo Chỉ thị số 34.",
                "Năm nay đơn vị mở lớp học tiếng Khmer cho bộ đội làm công tác dân vận ở vùng biên.",
                "Toàn đơn vị xây 21 nhà đồng đội và khám bệnh cho 300 lượt người, trồng 500 cây, \
                 thi đua “Một tập trung, ba khâu”.",
            ],
        );
        (old, new)
    }

    fn shown(items: &[Item]) -> Vec<String> {
        let sign = |i: &Item| match (&i.before, &i.after, &i.was) {
            (Some(_), Some(_), Some(was)) => format!("{was}→"),
            (None, Some(_), _) => "+".to_owned(),
            _ => "-".to_owned(),
        };
        items.iter().map(|i| sign(i) + &i.text).collect()
    }

    #[test]
    fn figures_documents_and_slogans() {
        let (old, new) = two_years();
        let found = compare(&old, &new);
        assert_eq!(shown(&found.figures), ["17→21", "+500"]);
        assert_eq!(shown(&found.documents), ["+34", "-12"]);
        assert_eq!(shown(&found.slogans), ["+Một tập trung, ba khâu", "-Đi trước một bước"]);
    }

    #[test]
    fn formula_recurs_and_what_is_new_is_lit() {
        let (old, new) = two_years();
        let found = compare(&old, &new);
        let recurs: Vec<bool> = found.paragraphs.iter().map(|p| p.recurs).collect();
        assert_eq!(recurs, [true, false, true]);
        assert_eq!(found.paragraphs[1].shared, 0);
        let lit = |n: usize| found.paragraphs[n].new.iter().map(|s| s.of(&new.text)).collect::<Vec<_>>();
        assert_eq!(lit(0), ["34"]);
        assert_eq!(lit(2), ["21", "trồng 500 cây, thi đua “Một tập trung, ba khâu"]);
    }

    #[test]
    fn a_number_is_lit_whole() {
        let old = report("old", &["Toàn đơn vị tặng quà cho 2.316 gia đình chính sách ở địa phương."]);
        let new = report("new", &["Toàn đơn vị tặng quà cho 2.540 gia đình chính sách ở địa phương."]);
        let lit: Vec<&str> = compare(&old, &new).paragraphs[0].new.iter().map(|s| s.of(&new.text)).collect();
        assert_eq!(lit, ["2.540"]);
    }

    #[test]
    fn a_report_against_itself_has_nothing_new() {
        let (old, _) = two_years();
        let found = compare(&old, &old);
        assert!(found.figures.is_empty() && found.documents.is_empty() && found.slogans.is_empty());
        assert!(found.paragraphs.iter().all(|p| p.recurs && p.shared == 100 && p.new.is_empty()));
        assert_eq!(found.shared(), 100);
    }
}

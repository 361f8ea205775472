//! Compares two reports, usually one with the same unit's previous report of the same kind: which sentences belong
//! together and what changed in them, which are new, gone or were moved, and which figures, documents and slogans are
//! new or gone. Every result is a place or span in one of the two texts. Spelling habits of a paper (`ủy`, `uỷ`) are no
//! change; tones are.

mod alignment;
mod changes;
mod figures;
mod sentences;
mod shingles;

pub use changes::Change;

use super::observation::Place;
use crate::report::{Mark, Meaning, ParagraphKind, Report, Span};
use crate::text::words::folded_words;
use alignment::SentencePair;
use sentences::{Spellings, TokenSentence};
use serde::Serialize;
use shingles::Shingles;

/// A sentence of one report, compared with the other report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedSentence {
    pub span: Span,
    /// The number of its paragraph among those of the body, counted from 0.
    pub paragraph: usize,
    /// The share of its words that the other report has too, in percent.
    pub shared: u8,
    /// The words that the other report does not have in its place. Empty if the whole sentence is new.
    pub new: Vec<Span>,
}

/// What has become of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// Both reports have it, word for word.
    Same,
    Changed,
    /// Both have it, the newer report in another place. The row stands at that place.
    Moved,
    /// The place in the older report of a sentence that was moved.
    MovedAway,
    /// It is in no pair, but most of its words are in other sentences of the other report.
    Elsewhere,
    New,
    Gone,
}

/// A row of the comparison: a sentence of the older report beside the one that it is in the newer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SentenceRow {
    pub kind: RowKind,
    /// Its index in `older_sentences`; `None` if the older report has no such sentence.
    pub older: Option<usize>,
    /// Its index in `sentences`; `None` if the newer report does not have it, or not here.
    pub newer: Option<usize>,
    /// What changed from one to the other, in order. Empty if it is in one of the reports only.
    pub changes: Vec<Change>,
}

/// A part of a row that is read as one text: the newer sentence, with the older words where they stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowPart {
    /// Words of the newer report that the older has too.
    Kept(Span),
    /// Words that only the newer report has.
    Added(Span),
    /// Words of the older report; those in their place in the newer follow.
    Replaced(Span),
    /// Words of the older report that the newer has no words for.
    LeftOut(Span),
}

/// A figure, document or slogan that is new, gone or changed, with its places in the two reports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The words of the newer report; if it is gone, those of the older.
    pub text: String,
    /// The words of the older report, if the item is in both: a figure that changed.
    pub was: Option<String>,
    /// What a figure counts: the words behind it. Empty for other items.
    pub about: String,
    /// By how much a figure changed: `+1.720`. `None` if it is no number, or was not changed.
    pub change: Option<String>,
    /// The place in the older report; `None` if it is new.
    pub before: Option<Place>,
    /// The place in the newer report; `None` if it is gone.
    pub after: Option<Place>,
}

/// The differences between two reports. Each list of items is in the order of the newer report, then of the older.
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
    /// The sentences of the newer report's body.
    pub sentences: Vec<ComparedSentence>,
    /// The sentences of the older report's body.
    pub older_sentences: Vec<ComparedSentence>,
    /// The sentences of both, side by side. Every sentence of the newer report is in one row, in order; one of the
    /// older report too, and in a second one if it was moved.
    pub rows: Vec<SentenceRow>,
}

impl Comparison {
    /// Returns the share of the newer report's body that the older report has too, in percent. Sentences are weighted
    /// by their length in bytes.
    pub fn shared(&self) -> u8 {
        let (mut words, mut shared) = (0, 0);
        for sentence in &self.sentences {
            words += sentence.span.len();
            shared += sentence.span.len() * usize::from(sentence.shared);
        }
        u8::try_from(shared / words.max(1)).unwrap_or(100)
    }

    /// The row as one text. A row of the older report only is one part if the sentence is gone, and none if it is told
    /// elsewhere in the newer.
    pub fn parts(&self, row: &SentenceRow) -> Vec<RowPart> {
        let Some(new) = row.newer.and_then(|n| self.sentences.get(n)) else {
            let gone = row.older.and_then(|n| self.older_sentences.get(n)).filter(|_| row.kind == RowKind::Gone);
            return gone.map(|sentence| RowPart::LeftOut(sentence.span)).into_iter().collect();
        };
        if row.older.is_none() && new.shared == 0 {
            return vec![RowPart::Added(new.span)];
        }
        let alone = new.new.iter().map(|span| Change { older: Span::new(0, 0), newer: *span });
        let alone: Vec<Change> = if row.older.is_none() { alone.collect() } else { Vec::new() };
        let mut parts = Vec::new();
        let mut at = new.span.start;
        for Change { older, newer } in alone.iter().chain(&row.changes) {
            parts.push(RowPart::Kept(Span::new(at, newer.start.max(at))));
            parts.push(if newer.is_empty() { RowPart::LeftOut(*older) } else { RowPart::Replaced(*older) });
            parts.push(RowPart::Added(*newer));
            at = newer.end;
        }
        parts.push(RowPart::Kept(Span::new(at, new.span.end.max(at))));
        parts.retain(|part| !part.span().is_empty());
        parts
    }
}

impl RowPart {
    /// Its words: of the older report if it was replaced or left out, else of the newer.
    pub fn span(self) -> Span {
        match self {
            Self::Kept(span) | Self::Added(span) | Self::Replaced(span) | Self::LeftOut(span) => span,
        }
    }

    /// Whether its words are those of the older report.
    pub fn is_older(self) -> bool {
        matches!(self, Self::Replaced(_) | Self::LeftOut(_))
    }
}

/// The minimum share of known words, in percent, for a sentence without a pair to be one that is told elsewhere.
const ELSEWHERE: u8 = 60;
/// The same for words within a sentence, and the least number of them: fewer recur by chance.
const PASSAGE: u8 = 80;
const PASSAGE_TOKENS: usize = 8;

/// Compares two reports in both directions.
pub fn compare(older: &Report, newer: &Report) -> Comparison {
    let mut spellings = Spellings::new();
    let old = ReportSentences::of(older, &mut spellings);
    let new = ReportSentences::of(newer, &mut spellings);
    let pairs = alignment::pairs(&old.sentences, &new.sentences);
    let changes: Vec<Vec<Change>> = pairs.iter().map(|pair| changes_of_pair(&old, &new, *pair)).collect();
    let all_changes: Vec<Change> = changes.iter().flatten().copied().collect();
    let mut of_newer: Vec<Option<&Vec<Change>>> = vec![None; new.sentences.len()];
    let mut of_older: Vec<Option<&Vec<Change>>> = vec![None; old.sentences.len()];
    for (pair, changes) in pairs.iter().zip(&changes) {
        for (places, n) in [(&mut of_newer, pair.newer), (&mut of_older, pair.older)] {
            if let Some(place) = places.get_mut(n) {
                *place = Some(changes);
            }
        }
    }
    let sentences = new.compared(&of_newer, |change| change.newer, &old);
    let older_sentences = old.compared(&of_older, |change| change.older, &new);
    let rows = rows(&pairs, &changes, &older_sentences, &sentences);
    Comparison {
        older: older.id.clone(),
        newer: newer.id.clone(),
        figures: figures::figures(older, newer, &all_changes),
        documents: present_or_not(older, newer, &documents(older), &documents(newer)),
        slogans: present_or_not(older, newer, &slogans(older), &slogans(newer)),
        sentences,
        older_sentences,
        rows,
    }
}

/// The sentences of one report, with the runs of its words.
struct ReportSentences<'a> {
    report: &'a Report,
    sentences: Vec<TokenSentence>,
    runs: Shingles,
}

impl<'a> ReportSentences<'a> {
    fn of(report: &'a Report, spellings: &mut Spellings) -> Self {
        let mut runs = Shingles::default();
        bodies(report).for_each(|span| runs.add(span.of(&report.text)));
        Self { report, sentences: spellings.sentences(report), runs }
    }

    /// The sentences compared: those with a pair by its `changes`, of which `side` is this report's side; the others by
    /// the runs of words of the `other` report.
    fn compared(
        &self,
        changes: &[Option<&Vec<Change>>],
        side: impl Fn(&Change) -> Span,
        other: &ReportSentences<'_>,
    ) -> Vec<ComparedSentence> {
        let compared = |(n, sentence): (usize, &TokenSentence)| {
            let TokenSentence { span, paragraph, ref tokens } = *sentence;
            let Some(changes) = changes.get(n).copied().flatten() else {
                let found = other.runs.in_text(span.of(&self.report.text));
                let at = |s: &Span| Span::new(span.start + s.start, span.start + s.end);
                let shared = if found.shared >= ELSEWHERE { found.shared } else { 0 };
                let new = if shared == 0 { Vec::new() } else { found.new.iter().map(at).collect() };
                return ComparedSentence { span, paragraph, shared, new };
            };
            let new: Vec<Span> = changes.iter().map(&side).filter(|span| !span.is_empty()).collect();
            let is_new = |token: &&sentences::SentenceToken| new.iter().any(|span| span.covers(token.span));
            let known = tokens.len() - tokens.iter().filter(is_new).count();
            let shared = u8::try_from(known * 100 / tokens.len().max(1)).unwrap_or(100);
            ComparedSentence { span, paragraph, shared, new }
        };
        self.sentences.iter().enumerate().map(compared).collect()
    }

    /// Whether the words of a span are told in a report as a passage of its own, so that they are neither new nor gone.
    fn tells(&self, words: &str) -> bool {
        folded_words(words).split(' ').count() >= PASSAGE_TOKENS && self.runs.in_text(words).shared >= PASSAGE
    }
}

/// The changes between the sentences of a pair. A passage that one of them has more, and the other report elsewhere, is
/// none: a sentence was only joined or split.
fn changes_of_pair(old: &ReportSentences<'_>, new: &ReportSentences<'_>, pair: SentencePair) -> Vec<Change> {
    let Some((a, b)) = old.sentences.get(pair.older).zip(new.sentences.get(pair.newer)) else { return Vec::new() };
    let mut changes = changes::changes(a, b);
    for change in &mut changes {
        change.older = changes::whole_brackets(&old.report.text, a.span, change.older);
        change.newer = changes::whole_brackets(&new.report.text, b.span, change.newer);
    }
    changes.retain(|change| match (change.older.is_empty(), change.newer.is_empty()) {
        (true, _) => !old.tells(change.newer.of(&new.report.text)),
        (_, true) => !new.tells(change.older.of(&old.report.text)),
        _ => true,
    });
    changes
}

/// Puts the sentences of both reports beside each other. Between two pairs, those that only the older report has come
/// first.
fn rows(
    pairs: &[SentencePair],
    changes: &[Vec<Change>],
    older: &[ComparedSentence],
    newer: &[ComparedSentence],
) -> Vec<SentenceRow> {
    let alone = |sentence: Option<&ComparedSentence>, kind: RowKind| {
        if sentence.is_some_and(|sentence| sentence.shared >= ELSEWHERE) { RowKind::Elsewhere } else { kind }
    };
    let moved_away: std::collections::HashSet<usize> =
        pairs.iter().filter(|pair| pair.moved).map(|pair| pair.older).collect();
    let row = |kind, older, newer| SentenceRow { kind, older, newer, changes: Vec::new() };
    let old_row = |n: usize| {
        let kind = if moved_away.contains(&n) { RowKind::MovedAway } else { alone(older.get(n), RowKind::Gone) };
        row(kind, Some(n), None)
    };
    let mut rows = Vec::with_capacity(older.len() + newer.len());
    let mut pending = Vec::new();
    let (mut old, mut new) = (0, 0);
    for (pair, changes) in pairs.iter().zip(changes) {
        pending.extend((new..pair.newer).map(|n| row(alone(newer.get(n), RowKind::New), None, Some(n))));
        new = pair.newer + 1;
        let kind = match (pair.moved, changes.is_empty()) {
            (true, _) => RowKind::Moved,
            (false, true) => RowKind::Same,
            (false, false) => RowKind::Changed,
        };
        let own = SentenceRow { kind, older: Some(pair.older), newer: Some(pair.newer), changes: changes.clone() };
        if pair.moved {
            pending.push(own);
            continue;
        }
        rows.extend((old..pair.older).map(old_row));
        old = pair.older + 1;
        rows.append(&mut pending);
        rows.push(own);
    }
    rows.extend((old..older.len()).map(old_row));
    rows.append(&mut pending);
    rows.extend((new..newer.len()).map(|n| row(alone(newer.get(n), RowKind::New), None, Some(n))));
    rows
}

fn bodies(report: &Report) -> impl Iterator<Item = Span> {
    report.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body).map(|p| p.span)
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
        about: String::new(),
        change: None,
        before: before.map(|span| Place { report: older.id.as_str().into(), at: span.start }),
        after: after.map(|span| Place { report: newer.id.as_str().into(), at: span.start }),
    }
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
            kept_source: None,
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

    /// The rows: the sign of the kind, and what changed in brackets.
    fn shown_rows(old: &Report, new: &Report) -> Vec<String> {
        let found = compare(old, new);
        let row = |row: &SentenceRow| {
            let sign = match row.kind {
                RowKind::Same => "=",
                RowKind::Changed => "~",
                RowKind::Moved => ">",
                RowKind::MovedAway => "<",
                RowKind::Elsewhere => "?",
                RowKind::New => "+",
                RowKind::Gone => "-",
            };
            let changed = |change: &Change| format!("{}→{}", change.older.of(&old.text), change.newer.of(&new.text));
            format!("{sign} {}", row.changes.iter().map(changed).collect::<Vec<_>>().join(" | "))
        };
        found.rows.iter().map(row).collect()
    }

    #[test]
    fn what_changed_stands_beside_what_it_was() {
        let (old, new) = two_years();
        let added = "~ 17→21 | →trồng 500 cây | Đi trước một bước→Một tập trung, ba khâu";
        assert_eq!(shown_rows(&old, &new), ["~ 12→34", "+ ", added]);
        let found = compare(&old, &new);
        let lit = |n: usize| found.sentences[n].new.iter().map(|s| s.of(&new.text)).collect::<Vec<_>>();
        assert_eq!(lit(0), ["34"]);
        assert_eq!(found.sentences[1].shared, 0);
    }

    #[test]
    fn names_ranks_and_numbers_change_as_a_whole_and_tones_count() {
        let line = |rank: &str, name: &str, gifts: &str| {
            format!("Chiều nay, {rank} {name} chủ trì hội nghị và tặng {gifts} suất quà cho các gia đình.")
        };
        let marked = |id: &str, rank: &str, name: &str, gifts: &str| {
            let mut report = report(id, &[&line(rank, name, gifts)]);
            for (meaning, words) in [(Meaning::Name, name), (Meaning::Rank, rank)] {
                let start = report.text.find(words).unwrap();
                let span = Span::new(start, start + words.len());
                report.extraction.marks.insert(0, Mark { span, meaning, person: None, value: None });
            }
            report
        };
        let old = marked("old", "Thiếu tướng", "Lã Khắc Hùng", "2.316");
        let new = marked("new", "Trung tướng", "Lã Khắc Hưng", "2.540");
        assert_eq!(shown_rows(&old, &new), ["~ Thiếu tướng Lã Khắc Hùng→Trung tướng Lã Khắc Hưng | 2.316→2.540"]);
        let habit = marked("habit", "Thiếu tướng", "Lã Khắc Hùng", "2.316");
        assert_eq!(shown_rows(&old, &habit), ["= "]);
    }

    #[test]
    fn moved_sentences_are_known_and_joined_ones_are_no_news() {
        let (first, second, third) = (
            "Đảng ủy Quân khu lãnh đạo toàn diện các mặt công tác trong năm qua.",
            "Cơ quan chính trị tổ chức học tập nghị quyết cho toàn thể cán bộ, chiến sĩ.",
            "Bộ đội giúp nhân dân khắc phục hậu quả của cơn bão ở vùng ven biển.",
        );
        let (old, new) = (report("old", &[first, second, third]), report("new", &[third, first, second]));
        assert_eq!(shown_rows(&old, &new), ["> ", "= ", "= ", "< "]);
        let joined = format!("{} và {}", first.trim_end_matches('.'), second);
        let new = report("new", &[&joined, third]);
        assert_eq!(shown_rows(&old, &new)[2..], ["= "], "{:?}", shown_rows(&old, &new));
        assert!(shown_rows(&old, &new)[..2].iter().any(|row| row.starts_with('?')), "{:?}", shown_rows(&old, &new));
    }

    #[test]
    fn figures_are_told_with_what_they_count_and_once() {
        let old = report("old", &["Khen thưởng 40 tập thể xuất sắc.", "Có 91 chi bộ vững mạnh. Kỷ niệm 80 năm."]);
        let new = report("new", &["Khen thưởng 52 tập thể xuất sắc.", "Thêm 7 lớp học. Thêm 7 lớp học."]);
        let found = compare(&old, &new).figures;
        assert_eq!(shown(&found), ["40→52", "+7", "-91", "-80"]);
        let about: Vec<&str> = found.iter().map(|item| item.about.as_str()).collect();
        assert_eq!(about, ["tập thể xuất sắc", "lớp học", "chi bộ vững mạnh", "năm"]);
        assert_eq!(found[0].change.as_deref(), Some("+12"));
    }

    #[test]
    fn a_report_against_itself_has_nothing_new() {
        let (old, _) = two_years();
        let found = compare(&old, &old);
        assert!(found.figures.is_empty() && found.documents.is_empty() && found.slogans.is_empty());
        assert!(found.rows.iter().all(|row| row.kind == RowKind::Same));
        assert!(found.sentences.iter().all(|sentence| sentence.shared == 100 && sentence.new.is_empty()));
        assert_eq!(found.shared(), 100);
    }
}

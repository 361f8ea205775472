//! The sentences of two reports as they are compared: each is a row of tokens. A token is a word; a number, a rank, a
//! name or a date is one token whatever its words are, so that a comparison never lights half a name. Tokens of both
//! reports with the same spelling have the same number. Which sentences belong together is up to `alignment`.

use crate::report::{Mark, Meaning, ParagraphKind, Report, Span};
use crate::text::sentence_bounds;
use crate::text::tone_marks::name_key;
use crate::text::words::words;
use std::collections::HashMap;

/// One token of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceToken {
    pub span: Span,
    /// Equal for equal spellings. Tones count (`Hùng` is not `Hưng`), capitals and the place of a tone do not.
    pub spelling: u32,
    /// Equal for tokens of the same kind: all numbers share one, so do all names and all dates. Other tokens have a
    /// shape of their own. Sentences of one form have the same shapes, whoever and whatever they are about.
    pub shape: u32,
    /// Whether it is of a rank, name, post or unit. Reports are full of these: that two sentences name people of one
    /// unit says nothing about whether they tell the same.
    pub of_person: bool,
}

/// A sentence in tokens, and the number of its paragraph among those of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSentence {
    pub span: Span,
    pub paragraph: usize,
    pub tokens: Vec<SentenceToken>,
}

/// Numbers the spellings of both reports. The first numbers are the shapes.
pub struct Spellings {
    numbers: HashMap<String, u32>,
}

const NUMBER: u32 = 0;
const NAME: u32 = 1;
const DATE: u32 = 2;

impl Spellings {
    pub fn new() -> Self {
        Self { numbers: HashMap::new() }
    }

    fn number_of(&mut self, words: &str) -> u32 {
        let next = DATE + 1 + u32::try_from(self.numbers.len()).unwrap_or(u32::MAX - DATE - 1);
        *self.numbers.entry(name_key(words)).or_insert(next)
    }

    /// The sentences of the body of a report, in order. Those without a word are left out.
    pub fn sentences(&mut self, report: &Report) -> Vec<TokenSentence> {
        let bodies = report.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body);
        let mut all = Vec::new();
        for (paragraph, body) in bodies.enumerate() {
            for range in sentence_bounds::sentences(body.span.of(&report.text)) {
                let span = Span::new(body.span.start + range.start, body.span.start + range.end);
                let tokens = self.tokens(report, span);
                if !tokens.is_empty() {
                    all.push(TokenSentence { span, paragraph, tokens });
                }
            }
        }
        all
    }

    fn tokens(&mut self, report: &Report, sentence: Span) -> Vec<SentenceToken> {
        let marks = &report.extraction.marks;
        let first = marks.partition_point(|mark| mark.span.end <= sentence.start);
        let marks = marks.get(first..).unwrap_or_default().iter().take_while(|mark| mark.span.start < sentence.end);
        let mut of_people = marks.clone().filter(|mark| is_of_person(mark)).peekable();
        let mut whole = marks.filter(|mark| is_whole(mark) && sentence.covers(mark.span)).peekable();
        let mut tokens: Vec<SentenceToken> = Vec::new();
        for word in words(sentence.of(&report.text)) {
            let span = Span::new(sentence.start + word.start, sentence.start + word.end());
            while whole.next_if(|mark| mark.span.end <= span.start).is_some() {}
            while of_people.next_if(|mark| mark.span.end <= span.start).is_some() {}
            let of_person = of_people.peek().is_some_and(|mark| mark.span.covers(span));
            let mark = whole.peek().filter(|mark| mark.span.covers(span));
            let shape = match mark.map(|mark| mark.meaning) {
                Some(Meaning::Name) => Some(NAME),
                Some(Meaning::Date) => Some(DATE),
                None if is_number(word.text) => Some(NUMBER),
                _ => None,
            };
            let span = mark.map_or(span, |mark| mark.span);
            match tokens.last_mut() {
                Some(last) if last.span == span => continue,
                // `2.540` is two words but one number.
                Some(last) if shape == Some(NUMBER) && last.shape == NUMBER && one_number(report, last.span, span) => {
                    last.span.end = span.end;
                    last.spelling = self.number_of(last.span.of(&report.text));
                    continue;
                }
                _ => {}
            }
            let spelling = self.number_of(span.of(&report.text));
            tokens.push(SentenceToken { span, spelling, shape: shape.unwrap_or(spelling), of_person });
        }
        tokens
    }
}

/// Whether the words of a mark are one token.
fn is_whole(mark: &Mark) -> bool {
    matches!(mark.meaning, Meaning::Rank | Meaning::Name | Meaning::Date)
}

/// Whether the words of a mark say who somebody is.
fn is_of_person(mark: &Mark) -> bool {
    matches!(mark.meaning, Meaning::Rank | Meaning::Name | Meaning::Post | Meaning::Unit)
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether only a point or comma stands between two numbers.
fn one_number(report: &Report, before: Span, after: Span) -> bool {
    matches!(report.text.get(before.end..after.start), Some("." | ","))
}

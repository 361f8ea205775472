//! The input of every recognizer: the text, its tokens, and the rows of the tables found in it. Offers the small tests
//! of tokens that rules are made of. Every test takes a token index and returns `false` or `None` outside the text, so
//! that rules look ahead and back without checking bounds. So is `usize::MAX`, the result of `0.wrapping_sub(1)`.

use super::lexicon::{
    CountryValue, EventVerb, Hits, Lexicon, LexiconHit, PersonSign, RowValue, SeatValue, TableClass, TableRow,
    UnitValue, VerbUse, WordSet, dotted_form,
};
use super::token::{LetterCase, Token, TokenKind};
use crate::report::Span;
use std::borrow::Cow;

/// A text prepared for the recognizers. Copied freely: it is five references.
#[derive(Clone, Copy)]
pub struct TokenCursor<'a> {
    pub text: &'a str,
    /// The text in lower case, with every word at the same bytes as in `text` (`token::tokens`).
    pub lower: &'a str,
    pub tokens: &'a [Token],
    /// The rows of the tables found in the text, by token.
    pub hits: &'a Hits,
    pub lexicon: &'a Lexicon,
}

impl<'a> TokenCursor<'a> {
    /// The token with that index.
    pub fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    /// The text of a token; empty outside the text.
    pub fn word(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.span().of(self.text))
    }

    /// The text of a token in lower case; empty outside the text.
    pub fn lower_word(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.span().of(self.lower))
    }

    /// The bytes from token `from` up to, not including, token `to`.
    pub fn span(&self, from: usize, to: usize) -> Span {
        match (self.token(from), self.token(to.wrapping_sub(1))) {
            (Some(first), Some(last)) if from < to => Span::new(first.start(), last.end()),
            _ => Span::default(),
        }
    }

    /// The text of tokens `from..to`, in one line.
    pub fn words(&self, from: usize, to: usize) -> String {
        one_line(self.span(from, to).of(self.text)).into_owned()
    }

    /// The text of tokens `from..to` in lower case, in one line.
    pub fn small_words(&self, from: usize, to: usize) -> Cow<'a, str> {
        one_line(self.span(from, to).of(self.lower))
    }

    /// The longest row of a table that begins at a token.
    pub fn hit(&self, at: usize, class: TableClass) -> Option<LexiconHit> {
        self.hits.longest(at, class)
    }

    /// Whether the token has one of these bits (`lexicon::form`, `lexicon::bit`).
    pub fn has(&self, at: usize, wanted: u32) -> bool {
        self.hits.has(at, wanted)
    }

    /// The first token at or after `at` that has one of these bits; the number of tokens if there is none.
    pub fn next(&self, at: usize, wanted: u32) -> usize {
        self.hits.next(at, wanted)
    }

    /// The row of a hit.
    pub fn row(&self, hit: LexiconHit) -> Option<&'a TableRow> {
        self.lexicon.row(hit.row)
    }

    /// The value of the longest row of a table that begins at a token.
    pub fn value(&self, at: usize, class: TableClass) -> Option<RowValue> {
        self.hit(at, class).and_then(|hit| self.row(hit)).map(|row| row.value)
    }

    /// The value of the longest row of events.tsv that begins at a token.
    pub fn event(&self, at: usize) -> Option<EventVerb> {
        match self.value(at, TableClass::Event)? {
            RowValue::Event(verb) => Some(verb),
            _ => None,
        }
    }

    /// The value of the longest row of persons.tsv that begins at a token.
    pub fn person_sign(&self, at: usize) -> Option<PersonSign> {
        match self.value(at, TableClass::Person)? {
            RowValue::Person(sign) => Some(sign),
            _ => None,
        }
    }

    /// Whether the verb at a token is one of speaking.
    pub fn is_saying(&self, at: usize) -> bool {
        matches!(self.value(at, TableClass::Verb), Some(RowValue::Verb(VerbUse::Say, _)))
    }

    /// Whether the row of a hit is the head of an organisation's name.
    pub fn is_unit_head(&self, hit: LexiconHit) -> bool {
        self.row(hit).is_some_and(|row| row.value == RowValue::Unit(UnitValue::Head))
    }

    /// The country or international organisation that begins at a token. In small letters most of the short ones are
    /// other words: `anh`, `nga`, `đức`, `nhật`.
    pub fn country_at(&self, at: usize) -> Option<LexiconHit> {
        self.hit(at, TableClass::Country).filter(|_| self.is_capital(at))
    }

    /// The country that the row of a hit names; `None` for an international organisation.
    pub fn country(&self, hit: LexiconHit) -> Option<&'static str> {
        match self.row(hit)?.value {
            RowValue::Country(CountryValue::Country(name)) => Some(name),
            _ => None,
        }
    }

    /// The seat of power, force, city or region of a foreign state that begins at a token, and one past its last token.
    pub fn seat_at(&self, at: usize) -> Option<(SeatValue, usize)> {
        // The first word may be `bang` or `phố`; the name behind it has a capital. That of a party may have only one:
        // `đảng Cộng hòa`.
        let named = |end: usize| self.is_capital(end - 1) || (end > at + 2 && self.is_capital(at + 1));
        let hit = self.hit(at, TableClass::Seat).filter(|hit| named(hit.end))?;
        match self.row(hit)?.value {
            RowValue::Seat(seat) => Some((seat, hit.end)),
            _ => None,
        }
    }

    /// Whether words of the set begin at the token.
    pub fn is_in(&self, at: usize, set: WordSet) -> bool {
        self.set_end(at, set).is_some()
    }

    /// One past the last token of the longest form of the set that begins at the token; `None` if none does.
    pub fn set_end(&self, at: usize, set: WordSet) -> Option<usize> {
        let first = self.token(at)?;
        if !self.lexicon.may_begin(first.word, set) {
            return None;
        }
        self.lexicon.forms(first.word, set).filter_map(|form| self.form_end(at, form)).max()
    }

    /// The token after the words of a form, if they begin at the token.
    fn form_end(&self, at: usize, form: &str) -> Option<usize> {
        let mut end = at;
        for word in form.split(' ') {
            if !self.is_word(end, word) {
                return None;
            }
            end += 1;
        }
        Some(end)
    }

    /// Whether the token is that sign.
    pub fn is(&self, at: usize, sign: char) -> bool {
        self.token(at).is_some_and(|token| token.is(sign))
    }

    /// Whether the token is that word, given in lower case. The case in the text does not matter.
    pub fn is_word(&self, at: usize, word: &str) -> bool {
        let Some(token) = self.token(at) else { return false };
        if token.end() - token.start() != word.len() {
            return false;
        }
        let here = self.lower.as_bytes().get(token.start()..token.end()).unwrap_or_default();
        // Most words of equal length differ in their first or last byte, which is cheaper than a call to memcmp.
        here.first() == word.as_bytes().first() && here.last() == word.as_bytes().last() && here == word.as_bytes()
    }

    /// Whether the token is one of these words.
    pub fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is_word(at, word))
    }

    /// Whether the tokens from `at` are these words, in order.
    pub fn is_words(&self, at: usize, words: &[&str]) -> bool {
        words.iter().zip(at..).all(|(word, at)| self.is_word(at, word))
    }

    /// Whether the token is a hyphen or a dash.
    pub fn is_dash(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::is_dash)
    }

    /// Whether the token is a word with a capital.
    pub fn is_capital(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::is_capital)
    }

    /// Whether the token is a word in small letters.
    pub fn is_lower(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.case == LetterCase::Lower)
    }

    /// Whether the token is a number.
    pub fn is_number(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// Whether the token ends its line, or the text.
    pub fn is_end(&self, at: usize) -> bool {
        self.token(at).is_none_or(|token| token.kind == TokenKind::End)
    }

    /// Whether a sentence ends at the token: at `!`, `?`, `…`, the end of a line, or a full stop that belongs to no
    /// abbreviation.
    pub fn ends_sentence(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return true };
        match token.kind {
            TokenKind::End | TokenKind::Sign('!' | '?') => true,
            TokenKind::Sign('.' | '…') => {
                let abbreviated = token.glued
                    && self.token(at.wrapping_sub(1)).is_some_and(|before| is_short_form(before, self.text));
                !abbreviated && self.token(at + 1).is_none_or(|next| !next.glued || !next.is_capital())
            }
            _ => false,
        }
    }

    /// The token that ends the sentence, or `at + far` if the sentence is longer. The limit keeps rules linear in a
    /// text without full stops.
    pub fn sentence_end(&self, at: usize, far: usize) -> usize {
        (at..at.saturating_add(far)).find(|place| self.ends_sentence(*place)).unwrap_or(at + far)
    }
}

/// Whether a full stop may follow without ending the sentence: `TP`, `PGS`, `M`.
fn is_short_form(token: &Token, text: &str) -> bool {
    token.case == LetterCase::Initial || dotted_form(token.span().of(text)).is_some()
}

/// Joins words that were on several lines, with one space between them. Borrows if there is no line break.
pub fn one_line(words: &str) -> Cow<'_, str> {
    let bytes = words.as_bytes();
    if bytes.contains(&b'\n') || bytes.windows(2).any(|two| two == b"  ") {
        Cow::Owned(words.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::lexicon::{TableWord, lexicon};
    use crate::extract::token;
    use crate::report::{Draft, Paragraph, ParagraphKind};

    /// The length in bytes of the longest form of the set with which the text begins.
    fn found(text: &str, set: WordSet) -> usize {
        let paragraphs = vec![Paragraph { kind: ParagraphKind::Body, span: Span::new(0, text.len()) }];
        let draft = Draft { text: text.to_owned(), paragraphs, ..Draft::default() };
        let (mut tokens, mut lower, mut hits) = (Vec::new(), String::new(), Hits::default());
        token::tokens(&draft, lexicon(), &mut tokens, &mut lower);
        lexicon().hits(&tokens, &mut hits);
        let r = TokenCursor { text, lower: &lower, tokens: &tokens, hits: &hits, lexicon: lexicon() };
        assert_eq!(r.is_in(0, set), r.set_end(0, set).is_some());
        r.set_end(0, set).map_or(0, |end| r.span(0, end).end)
    }

    #[test]
    fn forms_of_a_word_set_are_found_and_nothing_else_is() {
        for (name, set) in WordSet::WORDS {
            for form in set.words().iter().filter(|form| form.to_lowercase() == **form && **form != "(") {
                assert_eq!(found(&format!("{form} xyz"), *set), form.len(), "{name}: {form}");
                assert_eq!(found(&format!("{} xyz", form.to_uppercase()), *set), form.len(), "{name}: {form}");
            }
            assert_eq!(found("xyz", *set), 0, "{name}");
            assert_eq!(found("", *set), 0, "{name}");
        }
        assert_eq!(found("đề cao", WordSet::Proposed), 0);
        assert_eq!(found("đề", WordSet::Proposed), 0);
        assert_eq!(found("sắp tới", WordSet::Proposed), "sắp".len());
        assert_eq!(found("đối tượng", WordSet::RankGivenTo), 0);
        assert_eq!(found("toà nhà", WordSet::PlaceWord), 0, "spelled otherwise than in the row");
    }
}

//! A query word taken as raw Telex or VNI keystrokes, typed where no input method was on: `hungf` or `hung2` for
//! `hùng`.
//!
//! Keystrokes are compared in two steps. Both sides are squeezed to a key first (`text::telex::squeeze`), which is
//! cheap and finds every word that the keystrokes may mean, but also others; then the composed letters and tone are
//! compared.
//!
//! ```text
//! query word   hungf ── squeeze ──> hung        word   Hùng  Hưng ── fold, squeeze ──> hung
//!                    ── compose ──> h u n g, `                     ── take apart ────> h u n g, `   h ư n g
//! ```

use super::PreparedWord;
use super::spelling_form::form;
use crate::text::telex::syllables::{self, take_apart};
use crate::text::telex::{Method, decode, squeeze};

/// A query word as keystrokes.
#[derive(Clone, Debug)]
pub struct Keystrokes {
    /// The key that the keystrokes share with the words that they may mean.
    pub squeezed: String,
    /// The letters that they compose, without tone; empty if they compose nothing.
    pub letters: Vec<char>,
    tone: Option<char>,
}

impl Keystrokes {
    /// Reads a folded query word as keystrokes. `None` if they do not compose a syllable with a tone or mark, or the
    /// beginning of one if `prefix`: `boss` and `d'arc` are words of their own.
    pub fn new(folded: &str, prefix: bool) -> Option<Self> {
        let begins_with_letter = folded.starts_with(|c: char| c.is_ascii_alphabetic());
        if !begins_with_letter || !folded.is_ascii() || (has_digit(folded) && !digits_may_be_keys(folded)) {
            return None;
        }
        let squeezed = squeeze(folded);
        let Some(composed) = decode(folded, Method::Telex).or_else(|| decode(folded, Method::Vni)) else {
            // Minority names are not Vietnamese syllables, so they cannot be decoded, and they are written with and
            // without đ: `Kddawm` is Kđăm and Kdăm. Without letters, only the squeezed key is compared.
            return folded.contains("dd").then(|| Self { squeezed, letters: Vec::new(), tone: None });
        };
        let (letters, tone) = take_apart(&form(&composed))?;
        let is_marked = tone.is_some() || letters.iter().any(|c| syllables::unmarked(*c) != *c);
        let is_syllable = if prefix { syllables::plausible(&letters) } else { syllables::may_be(&letters, tone) };
        (is_marked && is_syllable).then_some(Self { squeezed, letters, tone })
    }

    /// Whether they compose this word, tones and marks included. If `prefix`, a mark or tone that was not typed may
    /// still be to come.
    pub fn agree(&self, written: &PreparedWord, prefix: bool) -> bool {
        let Some((letters, tone)) = take_apart(&written.form).filter(|_| !self.letters.is_empty()) else {
            return false;
        };
        if !prefix {
            return self.letters == letters && self.tone == tone;
        }
        let fits = |(typed, letter): (&char, &char)| typed == letter || *typed == syllables::unmarked(*letter);
        letters.len() >= self.letters.len()
            && self.letters.iter().zip(&letters).all(fits)
            && (self.tone.is_none() || self.tone == tone)
    }

    /// Whether they compose exactly this word, with no letter or tone still to be typed.
    pub fn are_exactly(&self, written: &PreparedWord) -> bool {
        take_apart(&written.form).is_some_and(|(letters, tone)| self.letters == letters && self.tone == tone)
    }
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether the digits of a word may be keys of VNI and not the number of a sign (`A80`, `E66`, `Su30`, `K9`): at most
/// one tone, no mark twice but that of ươ, and no digit that the word has no letter for (docs/domain.md §6.5, §6.6). A
/// letter with one digit is a sign too, but for `y1` (ý).
fn digits_may_be_keys(folded: &str) -> bool {
    let count = |wanted: &[u8]| folded.bytes().filter(|byte| wanted.contains(byte)).count();
    // `a1`, `k9`: a letter and a digit name a formation or a project far more often than they type a tone.
    let is_sign = folded.len() == 2 && count(b"0123456789") == 1 && !folded.starts_with('y');
    let marks_once = [b"6", b"8", b"9"].iter().all(|mark| count(*mark) <= 1) && count(b"7") <= 2;
    let all_are_used = decode(folded, Method::Vni).is_some_and(|word| !has_digit(&word));
    !is_sign && marks_once && all_are_used && count(b"0") == 0 && count(b"12345") <= 1
}

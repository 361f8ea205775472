//! What is to be reviewed: each decision who is who that is not sure, with its reason, how sure it is, and the two
//! mentions it rests on, each with its sentence.

use super::{TopicOptions, push, push_set_in, said};
use crate::lang::words;
use crate::officials::{Place, Reason};
use crate::report::Dated;
use crate::tui::app::{PageLine, PageLineKind};
use crate::tui::theme::ThemeRole;

/// How many are asked for at once: a screen or two beyond what is in sight.
pub const STEP: usize = 60;

/// A decision that is not sure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The official's id.
    pub official: String,
    /// The name.
    pub name: String,
    /// The two mentions were taken for one person, or for two.
    pub joined: bool,
    /// Why.
    pub reason: Reason,
    /// How sure, in percent.
    pub confidence: u8,
    /// The one mention.
    pub this: DoubtMention,
    /// The other.
    pub that: DoubtMention,
}

/// A mention that a decision rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtMention {
    /// Where.
    pub place: Place,
    /// Where its report stands in time.
    pub when: Option<Dated>,
    /// The report's title.
    pub title: String,
    /// The sentence.
    pub sentence: String,
}

/// The lines of the page.
pub fn lines(doubts: &[Doubt], more: usize, look: TopicOptions) -> Vec<PageLine> {
    let mut out = Vec::new();
    if !doubts.is_empty() {
        push(
            &mut out,
            &[(words::DOUBTS_HINT.say(look.lang).to_owned(), ThemeRole::Dim)],
            look.width,
            0,
            PageLine::default(),
        );
    }
    let mut name = None;
    for doubt in doubts {
        if name != Some(&doubt.name) {
            out.push(PageLine::default());
            out.push(said(&doubt.name, ThemeRole::Name));
        }
        name = Some(&doubt.name);
        push_doubt(&mut out, doubt, look);
    }
    if more > 0 {
        out.push(PageLine::default());
        out.push(said(&words::MORE_DOUBTS.fill(look.lang, more, &[]), ThemeRole::Dim));
    }
    out
}

/// One decision: the question, why it was answered so; then the two sentences.
fn push_doubt(out: &mut Vec<PageLine>, doubt: &Doubt, look: TopicOptions) {
    let question = if doubt.joined { words::ONE_PERSON } else { words::TWO_PERSONS };
    let sure = words::SURE.fill(look.lang, &[&doubt.confidence.to_string()]);
    let pieces = [
        (format!("{} ", question.say(look.lang)), ThemeRole::Notice),
        (format!("{sure} · "), ThemeRole::Dim),
        (doubt.reason.say(look.lang), ThemeRole::Text),
    ];
    push(out, &pieces, look.width, 2, line(doubt, &doubt.this, &doubt.that));
    for (own, other) in [(&doubt.that, &doubt.this), (&doubt.this, &doubt.that)] {
        let when = own.when.map_or_else(|| words::UNDATED.say(look.lang).to_owned(), Dated::vietnamese);
        let pieces = [
            (format!("{when:<11} "), ThemeRole::Date),
            (own.sentence.clone(), ThemeRole::Text),
            (format!(" ({})", own.title), ThemeRole::Dim),
        ];
        push_set_in(out, &pieces, look, (2, 12), line(doubt, own, other));
    }
}

fn line(doubt: &Doubt, own: &DoubtMention, other: &DoubtMention) -> PageLine {
    PageLine {
        place: Some(own.place.clone()),
        other: Some(other.place.clone()),
        official: Some(doubt.official.clone()),
        sort: PageLineKind::Doubt,
        ..PageLine::default()
    }
}

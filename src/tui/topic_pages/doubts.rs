//! What is to be reviewed: each decision who is who that is not sure, with its reason, how sure it is, and the two
//! mentions it rests on, each with its sentence.

use super::{Indent, LineBuilder, LineOptions};
use crate::lang::phrases;
use crate::officials::{Place, Reason};
use crate::report::Dated;
use crate::tui::app::{PageLine, PageLineKind};
use crate::tui::theme::ThemeRole;

/// How many are asked for at once: a screen or two more than are in sight.
pub const STEP: usize = 60;

/// A decision that is not sure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub official: String,
    pub name: String,
    /// The two mentions were taken for one person, or for two.
    pub joined: bool,
    pub reason: Reason,
    /// How sure, in percent.
    pub confidence: u8,
    pub this: DoubtMention,
    pub that: DoubtMention,
}

/// A mention that a decision rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubtMention {
    pub place: Place,
    /// The day of its report, as far as known.
    pub when: Option<Dated>,
    pub title: String,
    pub sentence: String,
}

/// The lines of the page.
pub fn lines(doubts: &[Doubt], more: usize, options: LineOptions) -> Vec<PageLine> {
    let mut out = LineBuilder::new(options);
    if !doubts.is_empty() {
        out.note(phrases::DOUBTS_HINT.say(options.lang).to_owned(), 0);
    }
    let mut name = None;
    for doubt in doubts {
        if name != Some(&doubt.name) {
            out.blank();
            out.text(&doubt.name, ThemeRole::Name);
        }
        name = Some(&doubt.name);
        push_doubt(&mut out, doubt);
    }
    if more > 0 {
        out.blank();
        out.text(&phrases::MORE_DOUBTS.fill(options.lang, more, &[]), ThemeRole::Dim);
    }
    out.finish()
}

/// One decision: the question, why it was answered so; then the two sentences.
fn push_doubt(out: &mut LineBuilder, doubt: &Doubt) {
    let options = out.options;
    let question = if doubt.joined { phrases::ONE_PERSON } else { phrases::TWO_PERSONS };
    let sure = phrases::SURE.fill(options.lang, &[&doubt.confidence.to_string()]);
    let pieces = [
        (format!("{} ", question.say(options.lang)), ThemeRole::Notice),
        (format!("{sure} · "), ThemeRole::Dim),
        (doubt.reason.say(options.lang), ThemeRole::Text),
    ];
    out.fact(&pieces, 2, line(doubt, &doubt.this, &doubt.that));
    for (own, other) in [(&doubt.that, &doubt.this), (&doubt.this, &doubt.that)] {
        let when = own.when.map_or_else(|| phrases::UNDATED.say(options.lang).to_owned(), Dated::vietnamese);
        let pieces = [
            (format!("{when:<11} "), ThemeRole::Date),
            (own.sentence.clone(), ThemeRole::Text),
            (format!(" ({})", own.title), ThemeRole::Dim),
        ];
        out.indented(&pieces, Indent { margin: 2, hang: 12 }, line(doubt, own, other));
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

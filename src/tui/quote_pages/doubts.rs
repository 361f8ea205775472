//! The page of uncertain identities to review, those that matter most first. Each is a judgement that two mentions are
//! one person or two, with the number of reports that it is about, how sure it is, its reason, and the two mentions
//! with their sentences.

use super::{Indent, LineBuilder, LineOptions, day_cell};
use crate::lang::{Lang, numbers::grouped, phrases};
use crate::officials::{Place, Reason, tenure_words};
use crate::report::Dated;
use crate::theme::ThemeRole;
use crate::tui::app::{PageLine, PageLineKind};
use serde::{Deserialize, Serialize};

/// The number of judgements that are read from the cache at a time: one or two screens more than are visible.
pub const STEP: usize = 60;

/// Which judgements a page is to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoubtsQuery {
    /// Words of names, as typed into the finder; empty for all.
    pub names: String,
    /// At least this many, or all if there are fewer.
    pub least: usize,
}

impl Default for DoubtsQuery {
    fn default() -> Self {
        Self { names: String::new(), least: STEP }
    }
}

/// The judgements to review, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoubtsContent {
    /// The first of those that match the query.
    pub doubts: Vec<Doubt>,
    /// The number of all that match the query.
    pub total: usize,
    /// The number of all in the cache.
    pub all: usize,
}

impl DoubtsContent {
    /// The number of those that match the query and are not loaded.
    pub fn more(&self) -> usize {
        self.total.saturating_sub(self.doubts.len())
    }

    /// The counts for the title of the page: `335`, or of those that match a query `12/335`.
    pub fn counts(&self, lang: Lang) -> String {
        if self.total == self.all {
            grouped(self.all, lang)
        } else {
            format!("{}/{}", grouped(self.total, lang), grouped(self.all, lang))
        }
    }
}

/// A judgement about an identity that is not sure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    pub official: String,
    pub name: String,
    /// The two mentions are considered one person; if false, two.
    pub joined: bool,
    #[serde(with = "crate::officials::identity::reason::parts")]
    pub reason: Reason,
    /// How sure the judgement is, in percent.
    pub confidence: u8,
    /// The number of reports that are with the wrong official if the judgement is wrong.
    pub reports: usize,
    /// The number of reports of the official, or of both officials.
    pub among: usize,
    pub this: DoubtMention,
    pub that: DoubtMention,
}

/// One of the two mentions that a judgement is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoubtMention {
    pub place: Place,
    /// The day of its report; `None` if it is not known.
    pub when: Option<Dated>,
    pub title: String,
    pub sentence: String,
}

/// Lays out the page as lines; doubts of one name that follow one another stand below it.
pub fn lines(content: &DoubtsContent, options: LineOptions) -> Vec<PageLine> {
    let mut out = LineBuilder::new(options);
    let (doubts, more) = (&content.doubts, content.more());
    let said = if doubts.is_empty() { phrases::NO_DOUBT_OF_NAME } else { phrases::DOUBTS_HINT };
    out.note(said.say(options.lang).to_owned(), 0);
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

/// Adds one judgement: the question with its answer so far and the reason, then the two sentences.
fn push_doubt(out: &mut LineBuilder, doubt: &Doubt) {
    let options = out.options;
    let question = if doubt.joined { phrases::ONE_PERSON } else { phrases::TWO_PERSONS };
    let sure = phrases::SURE.fill(options.lang, &[&doubt.confidence.to_string()]);
    let reports = tenure_words::reports_of(doubt.reports, doubt.among, options.lang);
    let pieces = [
        (format!("{} ", question.say(options.lang)), ThemeRole::Notice),
        (format!("{reports} · {sure} · "), ThemeRole::Dim),
        (doubt.reason.say(options.lang), ThemeRole::Text),
    ];
    out.fact(&pieces, 2, line(doubt, &doubt.this, &doubt.that));
    for (own, other) in [(&doubt.that, &doubt.this), (&doubt.this, &doubt.that)] {
        let pieces = [
            (day_cell(own.when), ThemeRole::Date),
            (own.sentence.clone(), ThemeRole::Text),
            (format!(" ({})", own.title), ThemeRole::Dim),
        ];
        out.indented(&pieces, Indent { margin: 2, hang: 12 }, line(doubt, own, other));
    }
}

/// A line without words about `own`, the mention that it quotes, and `other`, the mention that is compared with it.
fn line(doubt: &Doubt, own: &DoubtMention, other: &DoubtMention) -> PageLine {
    PageLine {
        place: Some(own.place.clone()),
        other: Some(other.place.clone()),
        official: Some(doubt.official.clone()),
        sort: PageLineKind::Doubt,
        ..PageLine::default()
    }
}

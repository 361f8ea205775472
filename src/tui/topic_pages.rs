//! The pages made of lines: an official, a post with its holders, a unit, two line-ups, two reports, and the doubts to
//! be reviewed. `Topic` is what is asked for, `TopicContent` what the cache knows of it; `lines` lays that out for a
//! width. Every line that quotes a report has its place there. Reading the cache is left to the worker.

mod diff_page;
mod diff_rows;
pub mod doubts;
mod line_builder;
mod lineup_diff;
pub mod official;
mod post;
mod unit;

use super::action::Action;
use super::app::{PageLine, PageLineKind};
use super::keymap::{self, Mode};
use super::theme::ThemeRole;
use crate::lang::{Lang, Phrase, phrases};
use crate::officials::career::TenureBound;
use crate::officials::lineup::LineupDifference;
use crate::officials::post::PostKey;
use crate::officials::post_history::{Holding, PostHistory, UnitPosts, UnitTransition};
use crate::officials::report_diff::Comparison;
use crate::officials::{Place, tenure_words};
use crate::report::{Dated, Report};
use crate::store::UnitReport;
use doubts::Doubt;
pub use line_builder::LineOptions;
use line_builder::{Indent, LineBuilder};

/// What a page is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topic {
    /// A post: its words, its key, and whose post led to the page.
    Post(String, PostKey, Option<PostOrigin>),
    /// A unit, as written.
    Unit(String),
    /// Decisions about who is who that are not sure: at least this many, if there are as many.
    Doubts(usize),
    /// A report's line-up against another's.
    Lineups(ComparedPair),
    /// A report against another.
    Texts(ComparedPair),
}

/// Whose post it was that led to its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PostOrigin {
    /// The official of this id.
    Official(String),
    /// This person of a report.
    Person(String, usize),
}

/// A report, and the one to compare it with; without that, the same unit's previous one of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedPair {
    pub report: String,
    pub other: Option<String>,
}

/// What the cache knows of a topic.
#[derive(Clone, Debug)]
pub enum TopicContent {
    /// The posts of that name with their holders, and the id of the holder who led to the page.
    Post(Vec<PostHistory>, Option<String>),
    /// The unit's officials and reports.
    Unit(UnitPosts, Vec<UnitReport>),
    /// What is to be reviewed, and how many officials follow who are not sure either.
    Doubts(Vec<Doubt>, usize),
    Lineups {
        older: ComparisonHead,
        newer: ComparisonHead,
        /// Who is in one or both.
        people: Vec<LineupDifference>,
    },
    Texts {
        older: ComparisonSide,
        newer: ComparisonSide,
        /// What they have and have not in common.
        found: Comparison,
    },
}

/// A report in the head of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonHead {
    pub id: String,
    pub title: String,
    /// Its day, as far as known.
    pub when: Option<Dated>,
}

/// One side of a comparison of texts.
#[derive(Clone, Debug)]
pub struct ComparisonSide {
    pub head: ComparisonHead,
    pub report: Box<Report>,
}

impl Topic {
    /// The mode of its page.
    pub fn mode(&self) -> Mode {
        match self {
            Self::Post(..) => Mode::Post,
            Self::Unit(_) => Mode::Unit,
            Self::Doubts(_) => Mode::Doubts,
            Self::Lineups(_) => Mode::Lineups,
            Self::Texts(_) => Mode::Texts,
        }
    }

    /// Whether its page may show two texts side by side.
    pub fn is_pair(&self) -> bool {
        matches!(self, Self::Texts(_))
    }

    /// The title of its page.
    pub fn title(&self, lang: Lang) -> String {
        match self {
            Self::Post(words, ..) | Self::Unit(words) => words.clone(),
            Self::Doubts(_) => phrases::DOUBTS.say(lang).to_owned(),
            Self::Lineups(_) => phrases::LINEUPS.say(lang).to_owned(),
            Self::Texts(_) => phrases::TEXTS.say(lang).to_owned(),
        }
    }

    /// What to tell if the cache knows nothing of it.
    pub fn nothing(&self, lang: Lang) -> String {
        let said = match self {
            Self::Post(..) => phrases::NO_HOLDER,
            Self::Unit(_) => phrases::NO_SUCH_UNIT,
            Self::Doubts(_) => phrases::NO_DOUBTS,
            Self::Lineups(ComparedPair { other: Some(_), .. }) | Self::Texts(ComparedPair { other: Some(_), .. }) => {
                phrases::GONE
            }
            Self::Lineups(_) | Self::Texts(_) => {
                let key = |action| keymap::key_of(Mode::Detail, action);
                return phrases::NO_PREVIOUS.fill(lang, &[&key(Action::Choose), &key(Action::CompareChosen)]);
            }
        };
        said.say(lang).to_owned()
    }
}

impl TopicContent {
    /// The two reports compared, the older first.
    pub fn pair(&self) -> Option<(&str, &str)> {
        match self {
            Self::Lineups { older, newer, .. } => Some((&older.id, &newer.id)),
            Self::Texts { older, newer, .. } => Some((&older.head.id, &newer.head.id)),
            _ => None,
        }
    }

    /// The lines of the page.
    pub fn lines(&self, options: LineOptions) -> Vec<PageLine> {
        match self {
            Self::Post(posts, own) => post::lines(posts, own.as_deref(), options),
            Self::Unit(posts, reports) => unit::lines(posts, reports, options),
            Self::Doubts(doubts, more) => doubts::lines(doubts, *more, options),
            Self::Lineups { older, newer, people } => lineup_diff::lines(older, newer, people, options),
            Self::Texts { older, newer, found } => diff_page::lines(older, newer, found, options),
        }
    }

    /// The line to begin at: the holder who led to the page.
    pub fn begin(&self, lines: &[PageLine]) -> Option<usize> {
        match self {
            Self::Post(_, Some(own)) => lines.iter().position(|line| line.official.as_ref() == Some(own)),
            _ => None,
        }
    }
}

/// The beginning and the end of a tenure in words, by how they are known.
fn tenure_days(from: &TenureBound, to: &TenureBound, lang: Lang) -> String {
    tenure_words::say(from, to, lang, |bound| bound.when.vietnamese())
}

/// What a unit came from or became.
fn push_changes(out: &mut LineBuilder, changes: &[UnitTransition]) {
    let options = out.options;
    for change in changes {
        let phrase = if change.how == "merged" { phrases::UNIT_MERGED } else { phrases::UNIT_RENAMED };
        let said = phrase.fill(options.lang, &[&change.from, &change.to, &change.since]);
        out.note(said, 2);
    }
}

/// The line of somebody in a post.
fn line_of(holding: &Holding) -> PageLine {
    let key = holding.key();
    let unit = key.unit.as_ref().map(|unit| unit.shown().to_owned());
    PageLine {
        place: Some(holding.from.place.clone()),
        official: Some(holding.id.clone()),
        post: Some((holding.text.clone(), key)),
        unit,
        ..PageLine::default()
    }
}

/// A report as a line of the head of a comparison.
fn push_head(out: &mut LineBuilder, label: Phrase, head: &ComparisonHead) {
    let options = out.options;
    let said = head.when.map_or_else(|| phrases::UNDATED.say(options.lang).to_owned(), Dated::vietnamese);
    let pieces = [
        (format!("{}  ", label.say(options.lang)), ThemeRole::Dim),
        (format!("{said}  "), ThemeRole::Date),
        (head.title.clone(), ThemeRole::Title),
    ];
    let place = Place { report: head.id.clone(), at: 0 };
    let line = PageLine { place: Some(place), sort: PageLineKind::Report, ..PageLine::default() };
    out.fact(&pieces, 2, line);
}

//! The pages of lines that quote reports: an official, a post with its holders, a unit, two line-ups, two reports, and
//! the uncertain identities to review. A `PageSubject` is what a page is about, a `PageContent` what the cache knows
//! about it; `lines` lays that out for a width. A line has the place that it quotes. Reading the cache is up to the
//! worker.

mod command_output;
pub mod counts;
mod diff_page;
mod diff_rows;
pub mod doubts;
mod line_builder;
mod lineup_diff;
pub mod notes;
pub mod official;
pub mod page_text;
mod post;
mod unit;
pub mod versions;

use super::app::{PageLine, PageLineKind};
use crate::keymap::action::Action;
use crate::keymap::{Keymap, Mode};
use crate::lang::{Lang, Phrase, phrases};
use crate::officials::lineup::LineupDifference;
use crate::officials::post::PostKey;
use crate::officials::post_holders::{Holding, HoldingTerm, PostHistory};
use crate::officials::report_diff::Comparison;
use crate::officials::unit::UnitChangeKind;
use crate::officials::unit_posts::UnitPosts;
use crate::officials::unit_renames::UnitRename;
use crate::officials::{Place, tenure_words};
use crate::report::{Dated, Day, Report};
use crate::search::counts::ReportCounts;
use crate::store::UnitReport;
use crate::text::wrap;
use crate::theme::ThemeRole;
use crate::tui::text_layout::StyledText;
use counts::CountsQuery;
use doubts::{DoubtsContent, DoubtsQuery};
pub use line_builder::LineOptions;
use line_builder::{Indent, LineBuilder};
use notes::NoteRow;
use serde::{Deserialize, Serialize};
use versions::VersionRow;

/// What a page is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PageSubject {
    /// A post: its words, its key, and the person from whose post the page was opened.
    Post(String, PostKey, Option<PostOrigin>),
    /// A unit, as it is written in a text.
    Unit(String),
    /// Uncertain identities to review.
    Doubts(DoubtsQuery),
    /// The line-ups of two reports.
    Lineups(ComparedPair),
    /// The texts of two reports.
    Texts(ComparedPair),
    /// The reports that tell the story of the report with this id.
    Versions(String),
    /// How many reports of the list have which value of a field.
    Counts(CountsQuery),
    /// All notes of the reader.
    Notes,
    /// What a program of the user's has written: the turn of its run, and its name.
    CommandOutput(u64, String),
}

/// The person from whose post the page of the post was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PostOrigin {
    /// The official with this id.
    Official(String),
    /// A person of a report: the report's id, and the index of the person in it.
    Person(String, usize),
}

/// The ids of two reports to compare. If `other` is `None`, it is the previous report of the same unit and kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedPair {
    pub report: String,
    pub other: Option<String>,
}

/// What the cache knows about a subject.
#[derive(Clone, Debug)]
pub enum PageContent {
    /// The posts of that name with their holders, and the id of the holder from whose post the page was opened.
    Post(Vec<PostHistory>, Option<String>),
    /// The officials and the reports of the unit.
    Unit(UnitPosts, Vec<UnitReport>),
    /// The uncertain identities to review.
    Doubts(DoubtsContent),
    Lineups {
        older: ComparisonHead,
        newer: ComparisonHead,
        /// Everyone who is in one of the line-ups or in both.
        people: Vec<LineupDifference>,
    },
    Texts {
        older: ComparisonSide,
        newer: ComparisonSide,
        /// What the texts share and what only one of them has.
        found: Comparison,
    },
    /// The reports of a story, the one that the list shows first.
    Versions(Vec<VersionRow>),
    /// The counts by the values of a field.
    Counts(ReportCounts),
    /// The reader's notes, the one that was changed last first.
    Notes(Vec<NoteRow>),
    /// What a program has written, or why it could not be run.
    CommandOutput(Result<String, String>),
}

/// What the head of a comparison shows of one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparisonHead {
    pub id: String,
    pub title: String,
    /// The day of the report; `None` if it is not known.
    pub when: Option<Dated>,
}

/// One side of a comparison of texts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ComparisonSide {
    pub head: ComparisonHead,
    #[serde(with = "crate::store::report_parts")]
    pub report: Box<Report>,
}

impl PageSubject {
    /// The mode that has the keys on the page of this subject.
    pub fn mode(&self) -> Mode {
        match self {
            Self::Post(..) => Mode::Post,
            Self::Unit(_) => Mode::Unit,
            Self::Doubts(_) => Mode::Doubts,
            Self::Lineups(_) => Mode::Lineups,
            Self::Texts(_) | Self::Versions(_) => Mode::Texts,
            Self::Counts(_) => Mode::Counts,
            Self::Notes => Mode::Notes,
            Self::CommandOutput(..) => Mode::Output,
        }
    }

    /// Whether the page may show two texts side by side.
    pub fn is_pair(&self) -> bool {
        matches!(self, Self::Texts(_))
    }

    /// The title of the page, which is known before its content.
    pub fn title(&self, lang: Lang) -> String {
        match self {
            // Words that were written with their organisation stay as they are.
            Self::Post(words, ..) if words.ends_with(']') => words.clone(),
            Self::Post(words, key, _) => key.written(words),
            Self::Unit(words) => words.clone(),
            Self::Doubts(DoubtsQuery { names, .. }) if !names.trim().is_empty() => {
                phrases::DOUBTS_OF.fill(lang, &[names.trim()])
            }
            Self::Doubts(_) => phrases::DOUBTS.say(lang).to_owned(),
            Self::Notes => phrases::NOTES.say(lang).to_owned(),
            Self::CommandOutput(_, name) => phrases::OUTPUT_OF.fill(lang, &[name]),
            Self::Lineups(_) => phrases::LINEUPS.say(lang).to_owned(),
            Self::Texts(_) => phrases::TEXTS.say(lang).to_owned(),
            Self::Versions(_) => phrases::VERSIONS.say(lang).to_owned(),
            Self::Counts(query) => phrases::COUNTED_BY.fill(lang, &[query.field.phrase().say(lang)]),
        }
    }

    /// Whether it compares a report with the unit's previous one of its kind, whichever that is.
    pub fn is_with_previous(&self) -> bool {
        matches!(self, Self::Lineups(ComparedPair { other: None, .. }) | Self::Texts(ComparedPair { other: None, .. }))
    }

    /// The sentence to show if the cache knows nothing about the subject.
    pub fn not_found_phrase(&self, keymap: &Keymap, lang: Lang) -> String {
        let said = match self {
            Self::Post(..) => phrases::NO_HOLDER,
            Self::Unit(_) => phrases::NO_SUCH_UNIT,
            Self::Doubts(_) => phrases::NO_DOUBTS,
            Self::Counts(_) => phrases::NOTHING_TO_COUNT,
            Self::Versions(_) => phrases::NO_VERSIONS,
            Self::CommandOutput(..) => phrases::OUTPUT_GONE,
            Self::Notes => {
                return phrases::NO_NOTES.fill(lang, &[&keymap.key_of(Mode::Detail, Action::AddNote)]);
            }
            Self::Lineups(ComparedPair { other: Some(_), .. }) | Self::Texts(ComparedPair { other: Some(_), .. }) => {
                phrases::GONE
            }
            Self::Lineups(_) | Self::Texts(_) => {
                let key = |action| keymap.key_of(Mode::Detail, action);
                return phrases::NO_PREVIOUS.fill(lang, &[&key(Action::Choose), &key(Action::CompareChosen)]);
            }
        };
        said.say(lang).to_owned()
    }
}

impl PageContent {
    /// The ids of the two reports compared, the older first. `None` if this is no comparison.
    pub fn pair(&self) -> Option<(&str, &str)> {
        match self {
            Self::Lineups { older, newer, .. } => Some((&older.id, &newer.id)),
            Self::Texts { older, newer, .. } => Some((&older.head.id, &newer.head.id)),
            _ => None,
        }
    }

    /// What the title says of the content: how many uncertain identities there are. `None` for other pages.
    pub fn counts(&self, lang: Lang) -> Option<String> {
        match self {
            Self::Doubts(content) => Some(content.counts(lang)),
            _ => None,
        }
    }

    /// Lays out the page as lines.
    pub fn lines(&self, options: LineOptions) -> Vec<PageLine> {
        match self {
            Self::Post(posts, own) => post::lines(posts, own.as_deref(), options),
            Self::Unit(posts, reports) => unit::lines(posts, reports, options),
            Self::Doubts(content) => doubts::lines(content, options),
            Self::Lineups { older, newer, people } => lineup_diff::lines(older, newer, people, options),
            Self::Texts { older, newer, found } => diff_page::lines(older, newer, found, options),
            Self::Versions(rows) => versions::lines(rows, options),
            Self::Counts(found) => counts::lines(found, options),
            Self::Notes(rows) => notes::lines(rows, options),
            Self::CommandOutput(said) => command_output::lines(said, options),
        }
    }

    /// The number of the line to put the cursor on at first: the holder from whose post the page was opened. `None` for
    /// the beginning of the page.
    pub fn begin(&self, lines: &[PageLine]) -> Option<usize> {
        match self {
            Self::Post(_, Some(own)) => lines.iter().position(|line| line.official.as_ref() == Some(own)),
            _ => None,
        }
    }
}

/// The cells of the column of a report's day.
const DAY_CELL: usize = 12;

/// The column of a report's day. An undated report has a dash, so that the text of all lines begins in one column.
fn day_cell(when: Option<Dated>) -> String {
    let day = when.map_or_else(|| "—".to_owned(), Dated::vietnamese);
    format!("{day:<0$} ", DAY_CELL - 1)
}

/// The beginning and the end of a tenure in words. These depend on how the days are known: stated, or only seen.
fn tenure_days(term: &HoldingTerm, lang: Lang) -> String {
    tenure_words::say(&term.from, &term.to, lang, |bound| bound.when.vietnamese())
}

/// Adds a note for each change of a unit: renamed or merged, from what, into what, and when.
fn push_changes(out: &mut LineBuilder, changes: &[UnitRename]) {
    let options = out.options;
    for change in changes {
        let phrase = match change.kind {
            UnitChangeKind::Merged => phrases::UNIT_MERGED,
            UnitChangeKind::Renamed => phrases::UNIT_RENAMED,
        };
        // The table has a day as a program writes it, or a year alone.
        let since = change.since.parse().map_or_else(|_| change.since.clone(), Day::vietnamese);
        let said = phrase.fill(options.lang, &[&change.from, &change.to, &since]);
        out.note(said, 2);
    }
}

/// A line without words about the holder of a post: the places that the cursor can jump to.
fn line_of(holding: &Holding) -> PageLine {
    let key = holding.key();
    let unit = key.unit.as_ref().map(|unit| unit.shown().to_owned());
    PageLine {
        place: Some(holding.place.clone()),
        official: Some(holding.id.clone()),
        post: Some((holding.text.clone(), key)),
        unit,
        ..PageLine::default()
    }
}

/// Adds a report to the head of a comparison: label, day and title.
fn push_head(out: &mut LineBuilder, label: Phrase, head: &ComparisonHead) {
    let options = out.options;
    let said = head.when.map_or_else(|| phrases::UNDATED.say(options.lang).to_owned(), Dated::vietnamese);
    let pieces = [
        (format!("{}  ", label.say(options.lang)), ThemeRole::Dim),
        (format!("{said}  "), ThemeRole::Date),
        (head.title.clone(), ThemeRole::Title),
    ];
    let place = Place { report: head.id.as_str().into(), at: 0 };
    let line = PageLine { place: Some(place), sort: PageLineKind::Report, ..PageLine::default() };
    out.fact(&pieces, hang_of(&pieces, options.width), line);
}

/// The cells by which a fact is indented whose last piece is a title: as many as there are before the title, so that
/// it is one block; 2 where that would take a third of the page.
fn hang_of(pieces: &[StyledText], width: usize) -> usize {
    let before: usize = pieces.iter().rev().skip(1).map(|(words, _)| wrap::width(words)).sum();
    if before * 3 > width { 2 } else { before }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_of_a_comparison_is_one_block() {
        let title = "Tổng kết công tác huấn luyện chiến đấu năm 2021 của toàn Quân khu".to_owned();
        let head = ComparisonHead { id: "a".to_owned(), title, when: Some("2022-12-26".parse().unwrap()) };
        let laid_out = |width| {
            let options = LineOptions { width, lang: Lang::Vi, plain: false, unfolded: false };
            let mut out = LineBuilder::new(options);
            push_head(&mut out, phrases::NEWER, &head);
            let lines = out.finish().into_iter();
            lines.map(|line| line.pieces.into_iter().map(|piece| piece.0).collect::<String>()).collect::<Vec<_>>()
        };
        let begins = |lines: &[String]| lines.iter().map(|line| line.find(char::is_alphanumeric)).collect::<Vec<_>>();
        assert_eq!(begins(&laid_out(60)), [Some(0), Some(17)], "{:?}", laid_out(60));
        assert_eq!(begins(&laid_out(30))[1..], [Some(2), Some(2)], "{:?}", laid_out(30));
    }

    #[test]
    fn the_text_begins_in_one_column_with_and_without_a_day() {
        let cells = [None, Some("2022-12-26".parse().unwrap()), Some("~2022-12-26".parse().unwrap())].map(day_cell);
        assert_eq!(cells, ["—           ", "26-12-2022  ", "~26-12-2022 "]);
    }
}

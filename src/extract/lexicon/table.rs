//! Reads the table files: tab-separated, one header row, `|` between alternative forms, columns known by name.
//! Each row's value is parsed once into the type of its table (`value`); a word that the table does not know is an
//! error with file and line, which a unit test reports. The recognizers decide what a row means in a text.

use super::value::{RowValue, parse};
use std::fmt;

/// The table that a row belongs to. The discriminant is the number of the table's bit in the bits of a token
/// (`hits::bit`), so at most 25 tables fit below the bits of `hits::form`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TableClass {
    Rank,
    /// The head of a post: `Tư lệnh`.
    Post,
    /// A word for how a post is held: `nguyên`, `quyền`.
    State,
    /// A title between rank and name: `PGS`, `Anh hùng Lao động`.
    Title,
    /// A form of address or an occupation before the name: `đồng chí`, `ông`, `phi công`.
    Person,
    /// A verb, or another word in lower case that ends a post.
    Verb,
    /// The name of an organisation, or the word it begins with.
    Unit,
    /// Words in lower case that continue the name of an organisation.
    Tail,
    /// A place in Viet Nam.
    Place,
    Country,
    /// A word before the name of a thing: `đường`, `tàu`, `trường`.
    Thing,
    Surname,
    Abbreviation,
    /// Words that show the kind of a report.
    Kind,
    /// Words for changes of ranks and posts.
    Event,
    /// A unit of measure, or a thing that figures count.
    Counter,
    /// The type of a document.
    Document,
    /// A district, town or former province, read only behind a word of its level (`huyện`): many are spelled like a
    /// person's names (`Văn Giang`).
    District,
    /// A person of history after whom streets, wards and schools are named.
    Eponym,
    /// A seat of power, a force, a city or a region of a foreign state, by which papers name it: `Lầu Năm Góc`.
    Seat,
    /// A leader of a foreign state whose name is written in Vietnamese syllables, or like one: `Giang Trạch Dân`.
    Leader,
}

/// A term with all its spellings and its value, and where a person can correct it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    pub class: TableClass,
    /// All forms, the canonical one first.
    pub forms: Vec<&'static str>,
    /// The cell of the `value` column (or of the file's own value column), parsed.
    pub value: RowValue,
    /// Its line in the file, from 2.
    pub line: usize,
}

impl TableRow {
    /// The canonical form, which is the first.
    pub fn form(&self) -> &'static str {
        self.forms.first().copied().unwrap_or_default()
    }
}

/// A row as it is written, before its value is parsed.
#[derive(Clone, Debug)]
pub(crate) struct UnparsedRow {
    pub forms: Vec<&'static str>,
    pub value: &'static str,
    pub line: usize,
}

/// A file of `src/extract/tables`, of which the text is compiled into the program.
#[derive(Clone, Copy, Debug)]
pub struct TableFile {
    /// Its name in `src/extract/tables`.
    pub name: &'static str,
    pub text: &'static str,
    /// The column of the canonical form.
    form: &'static str,
    /// The column of the value.
    value: &'static str,
}

impl TableFile {
    /// A file whose columns have the usual names.
    pub(crate) const fn new(name: &'static str, text: &'static str) -> Self {
        Self { name, text, form: "form", value: "value" }
    }

    /// A file whose columns of form and value have names of their own.
    pub(crate) const fn with_columns(
        name: &'static str,
        text: &'static str,
        form: &'static str,
        value: &'static str,
    ) -> Self {
        Self { name, text, form, value }
    }

    /// The rows, in the file's order; lines without a form are skipped.
    pub(crate) fn text_rows(&self) -> impl Iterator<Item = UnparsedRow> + use<> {
        let mut lines = self.text.lines();
        let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        let column = |name: &str| header.iter().position(|cell| *cell == name);
        let (form, value, variants) = (column(self.form), column(self.value), column("variants"));
        lines.enumerate().filter_map(move |(number, line)| {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).copied().unwrap_or_default();
            let mut forms = vec![cell(form)];
            forms.extend(cell(variants).split('|').filter(|form| !form.is_empty()));
            (!cell(form).is_empty()).then(|| UnparsedRow { forms, value: cell(value), line: number + 2 })
        })
    }

    /// The cells of a column that is neither form nor value, with the form of their row: rows with an empty cell are
    /// left out.
    pub(crate) fn column(&self, name: &str) -> Vec<(&'static str, &'static str)> {
        let mut lines = self.text.lines();
        let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        let place = |name: &str| header.iter().position(|cell| *cell == name);
        let (form, column) = (place(self.form), place(name));
        let cell =
            |line: &'static str, at: Option<usize>| at.and_then(|at| line.split('\t').nth(at)).unwrap_or_default();
        let rows = lines.map(|line| (cell(line, form), cell(line, column)));
        rows.filter(|(form, cell)| !form.is_empty() && !cell.is_empty()).collect()
    }

    /// The error that names a row with a cell that this table does not know.
    pub(crate) fn error(&self, row: &UnparsedRow, cell: &'static str) -> TableError {
        TableError { file: self.name, line: row.line, value: cell }
    }
}

/// A value that its table does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableError {
    file: &'static str,
    line: usize,
    value: &'static str,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: “{}” is no value of this table (docs/tables.md)", self.file, self.line, self.value)
    }
}

/// A file whose forms are words of the automaton.
#[derive(Clone, Copy, Debug)]
pub struct LexiconTable {
    /// The class of all its rows.
    pub class: TableClass,
    pub file: TableFile,
}

impl LexiconTable {
    /// The rows in the file's order. A row whose value is unknown is left out; a unit test fails on it.
    pub fn rows(&self) -> impl Iterator<Item = TableRow> + use<> {
        self.checked_rows().filter_map(Result::ok)
    }

    /// The rows in the file's order, or why one cannot be read.
    pub fn checked_rows(&self) -> impl Iterator<Item = Result<TableRow, TableError>> + use<> {
        let (class, file) = (self.class, self.file);
        file.text_rows().map(move |row| {
            let value = parse(class, row.value).ok_or_else(|| file.error(&row, row.value))?;
            Ok(TableRow { class, forms: row.forms, value, line: row.line })
        })
    }
}

/// A table with the usual columns.
const fn table(class: TableClass, name: &'static str, text: &'static str) -> LexiconTable {
    LexiconTable { class, file: TableFile::new(name, text) }
}

/// A table whose columns of form and value have names of their own.
const fn table_with(
    class: TableClass,
    name: &'static str,
    text: &'static str,
    form: &'static str,
    value: &'static str,
) -> LexiconTable {
    LexiconTable { class, file: TableFile::with_columns(name, text, form, value) }
}

/// All tables whose forms are words of the automaton.
pub const TABLES: &[LexiconTable] = &[
    table_with(TableClass::Rank, "ranks.tsv", include_str!("../tables/ranks.tsv"), "canonical", "order"),
    table_with(TableClass::Post, "posts.tsv", include_str!("../tables/posts.tsv"), "term", "takes_org"),
    table(TableClass::State, "states.tsv", include_str!("../tables/states.tsv")),
    table(TableClass::Title, "titles.tsv", include_str!("../tables/titles.tsv")),
    table(TableClass::Person, "persons.tsv", include_str!("../tables/persons.tsv")),
    table(TableClass::Verb, "verbs.tsv", include_str!("../tables/verbs.tsv")),
    table(TableClass::Unit, "units.tsv", include_str!("../tables/units.tsv")),
    table(TableClass::Tail, "tails.tsv", include_str!("../tables/tails.tsv")),
    table(TableClass::Place, "places.tsv", include_str!("../tables/places.tsv")),
    table(TableClass::Country, "countries.tsv", include_str!("../tables/countries.tsv")),
    table(TableClass::Thing, "things.tsv", include_str!("../tables/things.tsv")),
    table_with(TableClass::Surname, "surnames.tsv", include_str!("../tables/surnames.tsv"), "surname", "freq_percent"),
    table_with(TableClass::Abbreviation, "glossary.tsv", include_str!("../tables/glossary.tsv"), "abbr", "expansion"),
    table(TableClass::Kind, "kinds.tsv", include_str!("../tables/kinds.tsv")),
    table(TableClass::Event, "events.tsv", include_str!("../tables/events.tsv")),
    table(TableClass::Counter, "counters.tsv", include_str!("../tables/counters.tsv")),
    table(TableClass::Document, "documents.tsv", include_str!("../tables/documents.tsv")),
    table(TableClass::District, "districts.tsv", include_str!("../tables/districts.tsv")),
    table(TableClass::Eponym, "eponyms.tsv", include_str!("../tables/eponyms.tsv")),
    table(TableClass::Seat, "seats.tsv", include_str!("../tables/seats.tsv")),
    table(TableClass::Leader, "leaders.tsv", include_str!("../tables/leaders.tsv")),
];

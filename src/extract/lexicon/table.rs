//! Reading the tables: tab-separated, one header row, `|` between alternatives. A column is known by its name.

/// Which table a row stands in, and so what its words can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TableClass {
    /// A rank.
    Rank,
    /// A post.
    Post,
    /// How a post is held: `nguyên`, `quyền`.
    State,
    /// A title that may stand between rank and name: `PGS`, `Anh hùng Lao động`.
    Title,
    /// What a person is called before the name: `đồng chí`, `ông`, `phi công`.
    Person,
    /// A verb, or another word in small letters that ends a post.
    Verb,
    /// An organisation's name, or the word it begins with.
    Unit,
    /// Words that go on an organisation's name in small letters.
    Tail,
    /// A place of Viet Nam.
    Place,
    /// A country.
    Country,
    /// A word whose following name is a thing's: `đường`, `tàu`, `trường`.
    Thing,
    /// A surname.
    Surname,
    /// An abbreviation.
    Abbreviation,
    /// Words that tell the kind of a report.
    Kind,
    /// Words that tell what happens to ranks and posts.
    Event,
    /// What a figure counts.
    Counter,
    /// The type of a document.
    Document,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Its table.
    pub class: TableClass,
    /// All forms, the canonical one first.
    pub forms: Vec<&'static str>,
    /// What the table says of it in its `value` column (or the one that stands for it).
    pub value: &'static str,
    /// Its line in the file, from 2.
    pub line: usize,
}

impl TableRow {
    /// The canonical form.
    pub fn form(&self) -> &'static str {
        self.forms.first().copied().unwrap_or_default()
    }
}

/// One file.
#[derive(Debug)]
pub struct LexiconTable {
    /// What its rows are.
    pub class: TableClass,
    /// The file, whole.
    pub text: &'static str,
    /// The column of the canonical form.
    form: &'static str,
    /// The column whose cell is the row's value.
    value: &'static str,
}

macro_rules! table {
    ($class:ident, $file:literal, $form:literal, $value:literal) => {
        LexiconTable {
            class: TableClass::$class,
            text: include_str!(concat!("../tables/", $file)),
            form: $form,
            value: $value,
        }
    };
}

/// All tables that become words of the automaton.
pub const TABLES: &[LexiconTable] = &[
    table!(Rank, "ranks.tsv", "canonical", "order"),
    table!(Post, "posts.tsv", "term", "takes_org"),
    table!(State, "states.tsv", "form", "value"),
    table!(Title, "titles.tsv", "form", "value"),
    table!(Person, "persons.tsv", "form", "value"),
    table!(Verb, "verbs.tsv", "form", "value"),
    table!(Unit, "units.tsv", "form", "value"),
    table!(Tail, "tails.tsv", "form", "value"),
    table!(Place, "places.tsv", "form", "value"),
    table!(Country, "countries.tsv", "form", "value"),
    table!(Thing, "things.tsv", "form", "value"),
    table!(Surname, "surnames.tsv", "surname", "freq_percent"),
    table!(Abbreviation, "glossary.tsv", "abbr", "expansion"),
    table!(Kind, "kinds.tsv", "form", "value"),
    table!(Event, "events.tsv", "form", "value"),
    table!(Counter, "counters.tsv", "form", "value"),
    table!(Document, "documents.tsv", "form", "value"),
];

impl LexiconTable {
    /// The rows, in the file's order.
    pub fn rows(&self) -> impl Iterator<Item = TableRow> + '_ {
        let mut lines = self.text.lines();
        let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        let column = move |name: &str| header.iter().position(|cell| *cell == name);
        let (form, value, variants) = (column(self.form), column(self.value), column("variants"));
        lines.enumerate().filter_map(move |(number, line)| {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).copied().unwrap_or_default();
            let mut forms = vec![cell(form)];
            forms.extend(cell(variants).split('|').filter(|form| !form.is_empty()));
            (!cell(form).is_empty()).then(|| TableRow {
                class: self.class,
                forms,
                value: cell(value),
                line: number + 2,
            })
        })
    }
}

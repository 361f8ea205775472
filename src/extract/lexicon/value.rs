//! The types of the `value` column: one enum per table, and for each variant the word that represents it in the file.
//! docs/tables.md explains the words; a test compares it with these lists.

use super::table::TableClass;
use crate::report::{PostState, ReportKind};

/// The value of a row, by the table it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowValue {
    /// Tables that only list forms: titles, tails, places, districts, eponyms, things, counters, documents.
    Listed,
    /// The order number of a rank; equal numbers are equal ranks of two services.
    Rank(u16),
    /// The pattern of the words after the head of a post.
    Post(PostPattern),
    /// How the post behind the word is held.
    State(PostState),
    /// The sort of a word before a name.
    Person(PersonSign),
    /// The use of a verb, and its traits.
    Verb(VerbUse, VerbTraits),
    /// An organisation's full name, or the head of one.
    Unit(UnitValue),
    /// The name of the country, for any of its forms, or an international organisation.
    Country(CountryValue),
    /// What a state is named by instead of its name.
    Seat(SeatValue),
    /// The country of a leader, by the name that is shown.
    Leader(&'static str),
    /// The share of people who have the surname.
    Surname(SurnameShare),
    /// The meanings of an abbreviation, with ` | ` between them.
    Abbreviation(&'static str),
    /// The kind of a report.
    Kind(KindSign),
    /// The change of a rank or post.
    Event(EventVerb),
}

/// What a row of countries.tsv names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountryValue {
    /// A country, by the name that is shown.
    Country(&'static str),
    /// An international organisation. It has officials and seats as a country has, but nobody is from there.
    International,
}

/// What a row of seats.tsv names: `seat Pháp` or `place Pháp`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatValue {
    /// Whether it is an office or a force of the state itself; else a city or a region, where anybody may be.
    pub power: bool,
    /// The country, by the name that is shown.
    pub country: &'static str,
}

impl SeatValue {
    fn from_cell(cell: &'static str) -> Option<Self> {
        let (kind, country) = cell.split_once(' ')?;
        let power = match kind {
            "seat" => true,
            "place" => false,
            _ => return None,
        };
        name(country).map(|country| Self { power, country })
    }
}

/// The share of people with a surname, in hundredths of a percent; 0 if no count has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SurnameShare(u16);

impl SurnameShare {
    /// Whether the surname is common enough to show that a name with neither rank nor post is a person's.
    pub fn is_common(self) -> bool {
        self.0 >= 6
    }

    /// Whether it is one of the thirty surnames that nine people of ten have. Then it is rather a surname than the
    /// first word of a place or a company.
    pub fn is_frequent(self) -> bool {
        self.0 >= 45
    }

    /// Whether many times as many people have it as have the other.
    pub fn exceeds(self, other: Self) -> bool {
        self.0 >= other.0.saturating_mul(3)
    }
}

/// The words that may follow the head of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostPattern {
    /// An organisation: `Tư lệnh Quân khu 7`.
    TakesUnit,
    /// Neither organisation nor official: `Thủ tướng`.
    Alone,
    /// The official whom the holder serves: `Trợ lý Đại tướng A`.
    Aide,
    /// An organisation; the post is that of many: `lãnh đạo`, `cán bộ`.
    Group,
}

/// The sort of a word before a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonSign {
    /// A form of address: `ông`, `đồng chí`.
    Address,
    /// An occupation or role: `phi công`.
    Noun,
    /// A relative of the person named before: `phu nhân`.
    Kin,
    /// Contains a form of address but addresses no one person: `bà con`.
    Plain,
}

/// The evidence that a verb gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerbUse {
    /// A post ends before it.
    Stop,
    /// As `Stop`, and the person before it speaks.
    Say,
    /// As `Stop`, and it is a role of a person at an event.
    Role,
}

/// A further property of a verb of a role; a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum VerbTrait {
    /// Before a list of names it is the deed of them all: `Dự hội nghị có A; B`.
    List = 1,
    /// With `của` it is a noun, and the name behind is who does it: `báo cáo của A`.
    Noun = 2,
    /// With `được` it is done to the person and no deed of theirs: `A được biểu dương`.
    Passive = 4,
    /// The person it is done to receives something: `tặng hoa cho A`.
    Giving = 8,
    /// A clause may follow in which others act: `yêu cầu các đơn vị kiểm tra`.
    Clause = 16,
    /// What somebody says; behind such a clause it goes on with the speaker: `…, đồng thời nhấn mạnh`.
    Says = 32,
}

/// A set of `VerbTrait`s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerbTraits(u8);

impl VerbTraits {
    /// Whether the trait is one of the set.
    pub fn has(self, one: VerbTrait) -> bool {
        self.0 & one as u8 != 0
    }

    fn with(self, one: VerbTrait) -> Self {
        Self(self.0 | one as u8)
    }
}

/// An organisation's full name, or the head of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitValue {
    /// The word that such names begin with: `Quân khu`.
    Head,
    /// The full name of one organisation.
    FullName(&'static str),
}

/// The kind of a report, and how strong the evidence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindSign {
    pub kind: ReportKind,
    /// Counts only if there is no stronger sign.
    pub weak: bool,
}

/// The change of a rank or post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventVerb {
    /// Given a rank: `thăng quân hàm`.
    Promoted,
    /// Reduced in rank or stripped of it.
    Demoted,
    /// Appointed to the post that follows, or that follows `giữ chức`.
    Appointed,
    /// Elected to a post.
    Elected,
    /// Takes the post that follows: `giữ chức`.
    TakesUp,
    /// Leaves a post: `thôi giữ chức`.
    Ceased,
    /// Hands a post over to the next person named.
    HandedOver,
    Retired,
    Died,
}

/// An enum whose variants have words in a table.
pub trait TableWord: Copy + 'static {
    /// The words of the table, each with its variant.
    const WORDS: &'static [(&'static str, Self)];

    /// The variant of a word; `None` if the table does not know the word.
    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
    }
}

impl TableWord for PostPattern {
    const WORDS: &'static [(&'static str, Self)] =
        &[("yes", Self::TakesUnit), ("no", Self::Alone), ("aide", Self::Aide), ("group", Self::Group)];
}

impl TableWord for PostState {
    const WORDS: &'static [(&'static str, Self)] =
        &[("former", Self::Former), ("late", Self::Late), ("acting", Self::Acting), ("entering", Self::Entering)];
}

impl TableWord for PersonSign {
    const WORDS: &'static [(&'static str, Self)] =
        &[("address", Self::Address), ("noun", Self::Noun), ("kin", Self::Kin), ("plain", Self::Plain)];
}

impl TableWord for VerbUse {
    const WORDS: &'static [(&'static str, Self)] = &[("stop", Self::Stop), ("say", Self::Say), ("role", Self::Role)];
}

impl TableWord for VerbTrait {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("list", Self::List),
        ("noun", Self::Noun),
        ("passive", Self::Passive),
        ("giving", Self::Giving),
        ("clause", Self::Clause),
        ("says", Self::Says),
    ];
}

impl TableWord for EventVerb {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("promoted", Self::Promoted),
        ("demoted", Self::Demoted),
        ("appointed", Self::Appointed),
        ("elected", Self::Elected),
        ("takes_up", Self::TakesUp),
        ("ceased", Self::Ceased),
        ("handed_over", Self::HandedOver),
        ("retired", Self::Retired),
        ("died", Self::Died),
    ];
}

/// Parses a cell; `None` if it is no value of the table.
pub(super) fn parse(class: TableClass, cell: &'static str) -> Option<RowValue> {
    match class {
        TableClass::Rank => cell.parse().ok().map(RowValue::Rank),
        TableClass::Post => PostPattern::from_word(cell).map(RowValue::Post),
        TableClass::State => PostState::from_word(cell).map(RowValue::State),
        TableClass::Person => PersonSign::from_word(cell).map(RowValue::Person),
        TableClass::Verb => verb(cell),
        TableClass::Unit if cell == "head" => Some(RowValue::Unit(UnitValue::Head)),
        TableClass::Unit => name(cell).map(|name| RowValue::Unit(UnitValue::FullName(name))),
        TableClass::Country if cell == "international" => Some(RowValue::Country(CountryValue::International)),
        TableClass::Country => name(cell).map(CountryValue::Country).map(RowValue::Country),
        TableClass::Seat => SeatValue::from_cell(cell).map(RowValue::Seat),
        TableClass::Leader => name(cell).map(RowValue::Leader),
        TableClass::Surname => surname(cell),
        TableClass::Abbreviation => (!cell.is_empty()).then_some(RowValue::Abbreviation(cell)),
        TableClass::Kind => kind(cell),
        TableClass::Event => EventVerb::from_word(cell).map(RowValue::Event),
        TableClass::Title
        | TableClass::Tail
        | TableClass::Place
        | TableClass::District
        | TableClass::Eponym
        | TableClass::Thing
        | TableClass::Counter
        | TableClass::Document => cell.is_empty().then_some(RowValue::Listed),
    }
}

/// A use and perhaps traits, with spaces between: `role noun giving`. Only a role has traits.
fn verb(cell: &str) -> Option<RowValue> {
    let mut words = cell.split(' ');
    let usage = VerbUse::from_word(words.next()?)?;
    let traits = words.try_fold(VerbTraits::default(), |all, word| Some(all.with(VerbTrait::from_word(word)?)))?;
    (usage == VerbUse::Role || traits == VerbTraits::default()).then_some(RowValue::Verb(usage, traits))
}

/// A proper name. It must begin with a capital, so that a mistyped keyword (`haed` for `head`) is an error and no name.
fn name(cell: &'static str) -> Option<&'static str> {
    cell.starts_with(char::is_uppercase).then_some(cell)
}

/// A share in percent, or an empty cell for a surname that no count has.
fn surname(cell: &str) -> Option<RowValue> {
    if cell.is_empty() {
        return Some(RowValue::Surname(SurnameShare::default()));
    }
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, "0"));
    let hundredths: u16 = format!("{fraction:0<2}").parse().ok().filter(|parts| *parts < 100)?;
    let share = whole.parse::<u16>().ok()?.checked_mul(100)?.checked_add(hundredths)?;
    Some(RowValue::Surname(SurnameShare(share)))
}

/// The Vietnamese name of a kind, with `~` before it if the sign is weak.
fn kind(cell: &str) -> Option<RowValue> {
    let (name, weak) = cell.strip_prefix('~').map_or((cell, false), |name| (name, true));
    ReportKind::from_name(name).map(|kind| RowValue::Kind(KindSign { kind, weak }))
}

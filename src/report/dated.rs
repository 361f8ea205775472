//! A day together with how it is known, and how precisely. Many reports do not state the day of their event; such a
//! report is sorted by the page's date or by the end of the period it reviews. Such a day must never be shown as if the
//! text stated it, so the day, its certainty and its precision are one value. When printed, an inferred day begins with
//! `~`, and of a month or a year only these are printed: `~2023-06`, `2017`. The day of import is no date of a report:
//! one that nothing else dates has `None` for a `Dated`.

use super::day::NotADay;
use super::{Day, Period, PeriodKind};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The sign printed before an inferred day.
const INFERRED_SIGN: char = '~';

/// How a day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// The text states the day of the event.
    Stated,
    /// Taken from the page or from the period that the report reviews.
    Inferred,
}

impl Certainty {
    /// Returns `Inferred` if `inferred`, else `Stated`: for JSON fields and database columns that are a bool.
    pub fn from_inferred(inferred: bool) -> Self {
        if inferred { Self::Inferred } else { Self::Stated }
    }

    /// Whether the day is not stated by the text.
    pub fn is_inferred(self) -> bool {
        self == Self::Inferred
    }
}

/// How much of a day is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Precision {
    /// The whole day is known.
    #[default]
    Day,
    /// Only its month and year are known.
    Month,
    /// Only its year is known.
    Year,
}

/// A day, how it is known and how precisely. As JSON: `"day"`, which is a day, a month or a year, and a bool
/// `"inferred"`.
///
/// A month or a year stands at its last day, as a period does at its end, so that lists can be sorted and filters know
/// what is before and after it.
///
/// It is deliberately not `Ord`: whether a stated day sorts before the same day inferred is for the caller to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dated {
    /// The day itself, stated or inferred; of a month or a year the last one.
    pub day: Day,
    /// How the day is known.
    pub certainty: Certainty,
    /// How much of it is known.
    pub precision: Precision,
}

impl Dated {
    /// A day that is known as a whole.
    pub fn new(day: Day, certainty: Certainty) -> Self {
        Self { day, certainty, precision: Precision::Day }
    }

    /// A day that a text states.
    pub fn stated(day: Day) -> Self {
        Self::new(day, Certainty::Stated)
    }

    /// The end of a period: of a year or several the year, of a part of a year its last month. `None` if the calendar
    /// has no such month.
    pub fn end_of(period: Period, certainty: Certainty) -> Option<Self> {
        let years = matches!(period.kind, PeriodKind::Year | PeriodKind::Years(_) | PeriodKind::Term(_));
        let precision = if years { Precision::Year } else { Precision::Month };
        Some(Self { day: period.last_day()?, certainty, precision })
    }

    /// Whether the whole day is known and the text states it. Only of such days it can be said which was first.
    pub fn is_exact(self) -> bool {
        !self.is_inferred() && self.precision == Precision::Day
    }

    /// Whether the day is not stated by the text.
    pub fn is_inferred(self) -> bool {
        self.certainty.is_inferred()
    }

    /// Returns `~` if the day is inferred, else the empty string. `Display` and the other forms begin with it.
    pub fn sign(self) -> &'static str {
        if self.is_inferred() { "~" } else { "" }
    }

    /// Formats it as Vietnamese texts do: `26-12-2022`, `~26-12-2022`, `~12-2022`, `2022`.
    pub fn vietnamese(self) -> String {
        match self.precision {
            Precision::Day => format!("{}{}", self.sign(), self.day.vietnamese()),
            _ => self.month_and_year(),
        }
    }

    /// Month and year, for narrow columns: `12-2022`, `~12-2022`; the year alone if no more is known.
    pub fn month_and_year(self) -> String {
        match self.precision {
            Precision::Year => format!("{}{:04}", self.sign(), self.day.year()),
            _ => format!("{}{:02}-{}", self.sign(), self.day.month(), self.day.year()),
        }
    }

    /// What is known of it, without the sign of an inferred day: `2022-12-26`, `2022-12`, `2022`.
    pub fn iso(self) -> String {
        match self.precision {
            Precision::Day => self.day.to_string(),
            Precision::Month => format!("{:04}-{:02}", self.day.year(), self.day.month()),
            Precision::Year => format!("{:04}", self.day.year()),
        }
    }

    /// Returns the day of a column of days, for a report that may have none: `—` in the place of the first digit.
    pub fn aligned_or_dash(dated: Option<Self>) -> String {
        dated.map_or_else(|| format!(" {:<10}", '—'), Self::aligned)
    }

    /// For a column of days: a space takes the place of a missing sign, so that the digits are aligned.
    pub fn aligned(self) -> String {
        format!("{:>1}{:<10}", self.sign(), self.iso())
    }
}

/// `2022-12-26`, `~2022-12-26`, `~2022-12`, `2022`. This is also how the cache stores it.
impl fmt::Display for Dated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.sign(), self.iso())
    }
}

impl FromStr for Dated {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let inferred = text.strip_prefix(INFERRED_SIGN);
        let certainty = Certainty::from_inferred(inferred.is_some());
        let known = inferred.unwrap_or(text);
        if let Ok(day) = known.parse() {
            return Ok(Self::new(day, certainty));
        }
        let number = |text: &str, digits: usize| {
            (text.len() == digits && text.bytes().all(|c| c.is_ascii_digit()))
                .then(|| text.parse::<i16>().ok())
                .flatten()
        };
        let period = match known.split_once('-') {
            None => number(known, 4).map(|year| Period { year, kind: PeriodKind::Year }),
            Some((year, month)) => number(year, 4).zip(number(month, 2)).and_then(|(year, month)| {
                let month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
                Some(Period { year, kind: PeriodKind::Month(month) })
            }),
        };
        period.and_then(|period| Self::end_of(period, certainty)).ok_or(NotADay)
    }
}

impl Serialize for Dated {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json::report_day(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Dated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct TwoFields {
            day: json::Known,
            inferred: bool,
        }
        let read = TwoFields::deserialize(deserializer)?;
        Ok(read.day.dated(read.inferred))
    }
}

/// Serializers that write a `Dated` as two fields of the enclosing JSON object, `NAME` and `NAME_inferred`. Use them as
/// `#[serde(flatten, serialize_with = "json::first")]`. An absent day is `null` and `false`. The functions
/// `read_…` read it again, as `deserialize_with`.
pub mod json {
    use super::{Certainty, Dated};
    use serde::ser::SerializeMap as _;
    use serde::{Deserialize, Deserializer, Serializer};

    fn two_fields<S>(dated: Option<Dated>, names: [&'static str; 2], serializer: S) -> Result<S::Ok, S::Error>
    where
        S: Serializer,
    {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry(names[0], &dated.map(Dated::iso))?;
        map.serialize_entry(names[1], &dated.is_some_and(Dated::is_inferred))?;
        map.end()
    }

    /// What is known of a day, as `Dated::iso` writes it.
    #[derive(Clone, Copy, Debug)]
    pub(super) struct Known(Dated);

    impl Known {
        pub(super) fn dated(self, inferred: bool) -> Dated {
            Dated { certainty: Certainty::from_inferred(inferred), ..self.0 }
        }
    }

    impl<'de> Deserialize<'de> for Known {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
            text.parse().map(Self).map_err(serde::de::Error::custom)
        }
    }

    /// Lets one serializer accept a `Dated` and an `Option<Dated>`.
    pub trait MaybeDated {
        /// Returns the day; `None` if it is absent.
        fn get(&self) -> Option<Dated>;
    }

    impl MaybeDated for Dated {
        fn get(&self) -> Option<Dated> {
            Some(*self)
        }
    }

    impl MaybeDated for Option<Dated> {
        fn get(&self) -> Option<Dated> {
            *self
        }
    }

    macro_rules! named {
        ($($name:ident, $inferred:literal $(, $read:ident)?;)*) => {$(
            #[doc = concat!("Writes `", stringify!($name), "` and `", $inferred, "`.")]
            pub fn $name<S: Serializer>(dated: &impl MaybeDated, serializer: S) -> Result<S::Ok, S::Error> {
                two_fields(dated.get(), [stringify!($name), $inferred], serializer)
            }

            $(
                #[doc = concat!("Reads what `", stringify!($name), "` has written.")]
                pub fn $read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Dated>, D::Error> {
                    #[derive(Deserialize)]
                    struct TwoFields {
                        $name: Option<Known>,
                        #[serde(rename = $inferred)]
                        inferred: bool,
                    }
                    let read = TwoFields::deserialize(deserializer)?;
                    Ok(read.$name.map(|day| day.dated(read.inferred)))
                }
            )?
        )*};
    }

    /// Writes `day` and `inferred`, as `Dated` itself does.
    pub fn report_day<S: Serializer>(dated: &impl MaybeDated, serializer: S) -> Result<S::Ok, S::Error> {
        two_fields(dated.get(), ["day", "inferred"], serializer)
    }

    named! {
        date, "date_inferred";
        day, "day_inferred", read_day;
        first, "first_inferred", read_first;
        from, "from_inferred";
        last, "last_inferred", read_last;
        seen, "seen_inferred";
        since, "since_inferred";
        to, "to_inferred";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(text: &str) -> Dated {
        text.parse().unwrap()
    }

    #[test]
    fn an_inferred_day_begins_with_a_tilde_in_every_form() {
        let (stated, inferred) = (dated("2022-12-06"), dated("~2022-12-06"));
        assert_eq!((stated.certainty, inferred.certainty), (Certainty::Stated, Certainty::Inferred));
        assert_eq!([stated.to_string(), inferred.to_string()], ["2022-12-06", "~2022-12-06"]);
        assert_eq!([stated.vietnamese(), inferred.vietnamese()], ["06-12-2022", "~06-12-2022"]);
        assert_eq!([stated.month_and_year(), inferred.month_and_year()], ["12-2022", "~12-2022"]);
        assert_eq!([stated.aligned(), inferred.aligned()], [" 2022-12-06", "~2022-12-06"]);
        assert!("~".parse::<Dated>().is_err() && "~~2022-12-06".parse::<Dated>().is_err());
    }

    #[test]
    fn a_month_and_a_year_are_printed_alike_in_every_form_and_stand_at_their_end() {
        for (text, day, vietnamese, aligned) in [
            ("2024-02", "2024-02-29", "02-2024", " 2024-02   "),
            ("~2023-06", "2023-06-30", "~06-2023", "~2023-06   "),
            ("2017", "2017-12-31", "2017", " 2017      "),
            ("~2017", "2017-12-31", "~2017", "~2017      "),
        ] {
            let read = dated(text);
            assert_eq!((read.to_string().as_str(), read.day.to_string().as_str()), (text, day));
            assert_eq!((read.vietnamese().as_str(), read.aligned().as_str()), (vietnamese, aligned));
            assert_eq!(read.month_and_year(), vietnamese);
            assert!(!read.is_exact());
            let json = serde_json::to_string(&read).unwrap();
            assert_eq!(json, format!(r#"{{"day":"{}","inferred":{}}}"#, read.iso(), read.is_inferred()));
            assert_eq!(serde_json::from_str::<Dated>(&json).unwrap(), read);
        }
        for wrong in ["202", "2023-13", "2023-00", "2023-6", "23-06", "~", "2023-", "+023", "2023-06-31"] {
            assert!(wrong.parse::<Dated>().is_err(), "{wrong}");
        }
        assert!(dated("2022-12-06").is_exact() && !dated("~2022-12-06").is_exact());
    }

    #[test]
    fn in_json_it_is_two_fields() {
        #[derive(Serialize)]
        struct Row {
            id: u8,
            #[serde(flatten)]
            when: Dated,
            #[serde(flatten, serialize_with = "json::first")]
            first: Option<Dated>,
            #[serde(flatten, serialize_with = "json::last")]
            last: Dated,
        }
        let row = Row { id: 1, when: dated("2020-01-02"), first: None, last: dated("~2021-03-04") };
        assert_eq!(
            serde_json::to_string(&row).unwrap(),
            concat!(
                r#"{"id":1,"day":"2020-01-02","inferred":false,"first":null,"first_inferred":false,"#,
                r#""last":"2021-03-04","last_inferred":true}"#,
            )
        );
    }
}

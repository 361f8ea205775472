//! A day together with how it is known. Many reports do not state the day of their event; such a report is sorted by
//! the page's date or by the end of the period it reviews. Such a day must never be shown as if the text stated it, so
//! the day and its certainty are one value. When printed, an inferred day begins with `~`. The day of import is no date
//! of a report: one that nothing else dates has `None` for a `Dated`.

use super::Day;
use super::day::NotADay;
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

/// A day and how it is known. As JSON: `"day"` and a bool `"inferred"`.
///
/// It is deliberately not `Ord`: whether a stated day sorts before the same day inferred is for the caller to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Dated {
    /// The day itself, stated or inferred.
    pub day: Day,
    /// How the day is known.
    #[serde(rename = "inferred", serialize_with = "as_bool", deserialize_with = "of_bool")]
    pub certainty: Certainty,
}

impl Dated {
    /// A day that a text states.
    pub fn stated(day: Day) -> Self {
        Self { day, certainty: Certainty::Stated }
    }

    /// Whether the day is not stated by the text.
    pub fn is_inferred(self) -> bool {
        self.certainty.is_inferred()
    }

    /// Returns `~` if the day is inferred, else the empty string. `Display` and the other forms begin with it.
    pub fn sign(self) -> &'static str {
        if self.is_inferred() { "~" } else { "" }
    }

    /// Formats it as Vietnamese texts do: `26-12-2022`, `~26-12-2022`.
    pub fn vietnamese(self) -> String {
        format!("{}{}", self.sign(), self.day.vietnamese())
    }

    /// Month and year, for narrow columns: `12-2022`, `~12-2022`.
    pub fn month_and_year(self) -> String {
        format!("{}{:02}-{}", self.sign(), self.day.month(), self.day.year())
    }

    /// Returns the day of a column of days, for a report that may have none: `—` in the place of the first digit.
    pub fn aligned_or_dash(dated: Option<Self>) -> String {
        dated.map_or_else(|| format!(" {:<10}", '—'), Self::aligned)
    }

    /// For a column of days: a space takes the place of a missing sign, so that the digits are aligned.
    pub fn aligned(self) -> String {
        format!("{:>1}{}", self.sign(), self.day)
    }
}

/// `2022-12-26`, `~2022-12-26`. This is also how the cache stores it.
impl fmt::Display for Dated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.sign(), self.day)
    }
}

impl FromStr for Dated {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        let inferred = text.strip_prefix(INFERRED_SIGN);
        let day = inferred.unwrap_or(text).parse()?;
        Ok(Self { day, certainty: Certainty::from_inferred(inferred.is_some()) })
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde requires this signature")]
fn as_bool<S: Serializer>(certainty: &Certainty, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bool(certainty.is_inferred())
}

fn of_bool<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Certainty, D::Error> {
    bool::deserialize(deserializer).map(Certainty::from_inferred)
}

/// Serializers that write a `Dated` as two fields of the enclosing JSON object, `NAME` and `NAME_inferred`. Use them as
/// `#[serde(flatten, serialize_with = "json::first")]`. An absent day is `null` and `false`. The functions
/// `read_…` read it again, as `deserialize_with`.
pub mod json {
    use super::{Certainty, Dated};
    use crate::report::Day;
    use serde::ser::SerializeMap as _;
    use serde::{Deserialize, Deserializer, Serializer};

    fn two_fields<S>(dated: Option<Dated>, names: [&'static str; 2], serializer: S) -> Result<S::Ok, S::Error>
    where
        S: Serializer,
    {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry(names[0], &dated.map(|dated| dated.day))?;
        map.serialize_entry(names[1], &dated.is_some_and(Dated::is_inferred))?;
        map.end()
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
                        $name: Option<Day>,
                        #[serde(rename = $inferred)]
                        inferred: bool,
                    }
                    let read = TwoFields::deserialize(deserializer)?;
                    Ok(read.$name.map(|day| Dated { day, certainty: Certainty::from_inferred(read.inferred) }))
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

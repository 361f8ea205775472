//! The kinds of report in this genre (docs/domain.md §5.8), as a table with their Vietnamese and English names. Which
//! words of a text indicate the kind is left to `extract::report_kind`.

use crate::lang::{Lang, Phrase};

/// The kind of a report, such as a year review or a congress.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReportKind {
    HalfYearReview,
    YearReview,
    MilitaryPolitical,
    Briefing,
    Resolution,
    Congress,
    Study,
    Training,
    Contest,
    Exercise,
    Decision,
    Inspection,
    Visit,
    NewYear,
    Reception,
    Gratitude,
    Funeral,
    #[default]
    Other,
}

/// Each kind with its Vietnamese name, which is also its value in JSON and in the cache, and its English name.
pub const KINDS: &[(ReportKind, &str, &str)] = &[
    (ReportKind::HalfYearReview, "sơ kết", "interim review"),
    (ReportKind::YearReview, "tổng kết", "year review"),
    (ReportKind::MilitaryPolitical, "quân chính", "military-political conference"),
    (ReportKind::Briefing, "giao ban", "briefing"),
    (ReportKind::Resolution, "nghị quyết", "leadership resolution"),
    (ReportKind::Congress, "đại hội", "congress"),
    (ReportKind::Study, "quán triệt", "study of resolutions"),
    (ReportKind::Training, "tập huấn", "training course"),
    (ReportKind::Contest, "hội thi", "contest"),
    (ReportKind::Exercise, "diễn tập", "exercise"),
    (ReportKind::Decision, "quyết định", "appointments and promotions"),
    (ReportKind::Inspection, "kiểm tra", "inspection"),
    (ReportKind::Visit, "thăm", "visit"),
    (ReportKind::NewYear, "chúc Tết", "New Year greetings"),
    (ReportKind::Reception, "tiếp khách", "reception of guests"),
    (ReportKind::Gratitude, "tri ân", "commemoration"),
    (ReportKind::Funeral, "tang lễ", "funeral"),
    (ReportKind::Other, "khác", "other"),
];

/// Short English names of kinds whose name is too long for a row of the list.
const SHORT_KINDS: &[(ReportKind, &str)] = &[
    (ReportKind::HalfYearReview, "interim"),
    (ReportKind::MilitaryPolitical, "mil.-pol."),
    (ReportKind::Resolution, "resolution"),
    (ReportKind::Study, "study"),
    (ReportKind::Training, "training"),
    (ReportKind::Decision, "appointments"),
    (ReportKind::NewYear, "New Year"),
    (ReportKind::Reception, "reception"),
];

impl ReportKind {
    /// The Vietnamese name, which is also the value in JSON and in the cache.
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|row| row.0 == self).map_or("khác", |row| row.1)
    }

    /// The English name, for the English interface.
    pub fn english(self) -> &'static str {
        KINDS.iter().find(|row| row.0 == self).map_or("other", |row| row.2)
    }

    /// Its name in both languages.
    pub fn phrase(self) -> Phrase {
        Phrase { vi: self.name(), en: self.english() }
    }

    /// The name for narrow columns, such as a row of the list; at most 13 cells.
    pub fn short(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.name(),
            Lang::En => SHORT_KINDS.iter().find(|row| row.0 == self).map_or(self.english(), |row| row.1),
        }
    }

    /// Returns the kind with that Vietnamese name; `None` if there is none.
    pub fn from_name(name: &str) -> Option<Self> {
        KINDS.iter().find(|row| row.1 == name).map(|row| row.0)
    }
}

impl<'de> serde::Deserialize<'de> for ReportKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::from_name(&name).ok_or_else(|| serde::de::Error::custom("no such kind of report"))
    }
}

impl serde::Serialize for ReportKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_fit_a_row_of_the_list() {
        for row in KINDS {
            let short = row.0.short(Lang::En);
            assert!(short.chars().count() <= 13, "{short}");
        }
    }
}

//! The sorts of report of the genre (docs/domain.md §5.8), as a table: how each is named in Vietnamese and in English.
//! Which words of a text give the kind is left to `extract::kind`.

use crate::lang::{Lang, Phrase};

/// What sort of report.
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

/// Kind, its Vietnamese name (what `--json` and the cache hold), its English name.
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

/// English for kinds whose name is too long for a row of the list.
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
    /// The Vietnamese name: what `--json` and the cache hold.
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

    /// Its name where cells are few, such as in a row of the list.
    pub fn short(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.name(),
            Lang::En => SHORT_KINDS.iter().find(|row| row.0 == self).map_or(self.english(), |row| row.1),
        }
    }

    /// The kind of that Vietnamese name.
    pub fn from_name(name: &str) -> Option<Self> {
        KINDS.iter().find(|row| row.1 == name).map(|row| row.0)
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

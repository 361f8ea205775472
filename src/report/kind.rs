//! The sorts of report of the genre (domain.md §5.8), as a table: how each is named in Vietnamese and in English.
//! Which words of a text tell the kind is the business of `extract::kind`.

/// What sort of report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "KINDS says what each is, in two languages")]
pub enum Kind {
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
pub const KINDS: &[(Kind, &str, &str)] = &[
    (Kind::HalfYearReview, "sơ kết", "interim review"),
    (Kind::YearReview, "tổng kết", "year review"),
    (Kind::MilitaryPolitical, "quân chính", "military-political conference"),
    (Kind::Briefing, "giao ban", "briefing"),
    (Kind::Resolution, "nghị quyết", "leadership resolution"),
    (Kind::Congress, "đại hội", "congress"),
    (Kind::Study, "quán triệt", "study of resolutions"),
    (Kind::Training, "tập huấn", "training course"),
    (Kind::Contest, "hội thi", "contest"),
    (Kind::Exercise, "diễn tập", "exercise"),
    (Kind::Decision, "quyết định", "appointments and promotions"),
    (Kind::Inspection, "kiểm tra", "inspection"),
    (Kind::Visit, "thăm", "visit"),
    (Kind::NewYear, "chúc Tết", "New Year greetings"),
    (Kind::Reception, "tiếp khách", "reception of guests"),
    (Kind::Gratitude, "tri ân", "commemoration"),
    (Kind::Funeral, "tang lễ", "funeral"),
    (Kind::Other, "khác", "other"),
];

impl Kind {
    /// The Vietnamese name: what `--json` and the cache hold.
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|row| row.0 == self).map_or("khác", |row| row.1)
    }

    /// The English name.
    pub fn english(self) -> &'static str {
        KINDS.iter().find(|row| row.0 == self).map_or("other", |row| row.2)
    }

    /// The kind of that Vietnamese name.
    pub fn from_name(name: &str) -> Option<Self> {
        KINDS.iter().find(|row| row.1 == name).map(|row| row.0)
    }
}

impl serde::Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

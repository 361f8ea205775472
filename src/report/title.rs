//! The title of a report. If its file gives none, one is composed of kind, period and unit; if these are unknown too,
//! of the first words of the text.

use super::{Draft, ParagraphKind, ReportFacts, ReportKind, Title, TitleOrigin};

/// The maximum number of words in a title that is made of the first words of the text.
const WORDS: usize = 14;

impl Title {
    /// Returns the draft's own title, or one composed of the facts that were extracted from it.
    pub fn of(draft: &Draft, facts: &ReportFacts) -> Self {
        draft.title.clone().unwrap_or_else(|| Self { text: composed(draft, facts), origin: TitleOrigin::Made })
    }
}

fn composed(draft: &Draft, facts: &ReportFacts) -> String {
    let mut parts = Vec::new();
    if facts.kind != ReportKind::Other {
        parts.push(capitalised(facts.kind.name()));
    }
    if let Some(period) = facts.period {
        parts.push(period.to_string());
    }
    let known = parts.join(" ");
    match &facts.unit {
        Some(unit) if known.is_empty() => unit.clone(),
        Some(unit) => format!("{known} – {unit}"),
        None if known.is_empty() => first_words(draft),
        None => known,
    }
}

fn first_words(draft: &Draft) -> String {
    let paragraph = draft
        .paragraphs
        .iter()
        .find(|p| matches!(p.kind, ParagraphKind::Headline | ParagraphKind::Body))
        .or_else(|| draft.paragraphs.first());
    let line = paragraph.map_or("", |p| p.span.of(&draft.text));
    let mut words = line.split_whitespace();
    let mut title = words.by_ref().take(WORDS).collect::<Vec<_>>().join(" ");
    if words.next().is_some() {
        title.push('…');
    }
    title
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Paragraph, Span};

    fn draft(text: &str) -> Draft {
        let span = Span::new(0, text.len());
        let paragraphs = vec![Paragraph { kind: ParagraphKind::Body, span }];
        Draft { text: text.to_owned(), paragraphs, ..Draft::default() }
    }

    #[test]
    fn made_of_kind_period_and_unit_as_far_as_they_are_known() {
        let period = "6 tháng đầu năm 2025".parse().ok();
        let unit = Some("Quân khu 9".to_owned());
        let mut facts = ReportFacts { kind: ReportKind::HalfYearReview, period, unit, ..ReportFacts::default() };
        let title = Title::of(&draft("Sáng nay…"), &facts);
        assert_eq!(
            (title.text.as_str(), title.origin),
            ("Sơ kết 6 tháng đầu năm 2025 – Quân khu 9", TitleOrigin::Made)
        );
        facts.kind = ReportKind::Other;
        facts.period = None;
        assert_eq!(Title::of(&draft("Sáng nay…"), &facts).text, "Quân khu 9");
    }

    #[test]
    fn else_the_first_words() {
        let words = (1..=20).map(|n| n.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(Title::of(&draft(&words), &ReportFacts::default()).text, "1 2 3 4 5 6 7 8 9 10 11 12 13 14…");
    }
}

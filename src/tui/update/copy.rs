//! Copies the text, the address or the citation of a report, and opens its source in the browser.

use super::open_report;
use crate::keymap::action::Action;
use crate::lang::phrases;
use crate::report::{Report, TitleOrigin};
use crate::tui::app::{AfterLoad, App, ArrivalPoint, PageLine, Screen};
use crate::tui::message::Effect;

/// Copies text, address or citation of the selected report, which is loaded first if necessary.
pub fn from_list(app: &mut App, action: Action) -> Vec<Effect> {
    let Some(id) = app.list.selected_row().map(|row| row.id.clone()) else { return Vec::new() };
    if app.detail.wanted.is_none() && app.detail.id() == Some(id.as_str()) {
        return from_detail(app, action);
    }
    let effects = open_report::beside_list(app, id, ArrivalPoint::Start);
    app.detail.then = match action {
        Action::CopyUrl => AfterLoad::CopyUrl,
        Action::CopyCitation => AfterLoad::CopyCitation,
        _ => AfterLoad::CopyText,
    };
    effects
}

/// Copies the page in front as text: its title, then its lines as they are laid out.
pub fn page(app: &mut App) -> Vec<Effect> {
    let lang = app.settings.lang;
    let (title, lines) = match app.stack.last() {
        Some(Screen::Official(page)) => (page.page.as_ref().map(|page| page.name.clone()), &page.lines),
        Some(Screen::QuotePage(page)) => (Some(page.subject.title(lang)), &page.lines),
        _ => return Vec::new(),
    };
    let line = |line: &PageLine| line.pieces.iter().map(|piece| piece.0.as_str()).collect::<String>();
    let lines: Vec<String> = lines.all.iter().map(|one| line(one).trim_end().to_owned()).collect();
    let text = format!("{}\n\n{}\n", title.unwrap_or_default(), lines.join("\n"));
    let letters = text.chars().filter(|c| !c.is_whitespace()).count();
    app.say(phrases::COPIED_TEXT.count(lang, letters));
    vec![Effect::Copy(text)]
}

/// Copies text, address or citation of the report that is being read, or opens its source.
pub fn from_detail(app: &mut App, action: Action) -> Vec<Effect> {
    let lang = app.settings.lang;
    let Some(report) = app.reading().report.as_deref() else { return Vec::new() };
    let (text, said) = match action {
        Action::CopyText => {
            let letters = report.text.chars().filter(|c| !c.is_whitespace()).count();
            (report.text.clone(), phrases::COPIED_TEXT.count(lang, letters))
        }
        Action::CopyCitation => {
            let citation = citation(report);
            let said = phrases::COPIED_CITATION.fill(lang, &[&citation]);
            (citation, said)
        }
        _ => {
            let Some(url) = report.url.clone() else {
                app.complain(phrases::NO_URL.say(lang));
                return Vec::new();
            };
            if action == Action::OpenUrl {
                app.say(phrases::OPENING_URL.fill(lang, &[&url]));
                return vec![Effect::OpenUrl(url)];
            }
            let said = phrases::COPIED_URL.fill(lang, &[&url]);
            (url, said)
        }
    };
    app.say(said);
    vec![Effect::Copy(text)]
}

/// The citation of a report: title, unit, day and address, separated by commas. Unknown parts are omitted. It is in
/// Vietnamese in either language, as the report is. Only the source's own title is in quotation marks; one that this
/// program made of the contents or the address is in square brackets, as titles are that a citation supplies.
fn citation(report: &Report) -> String {
    let facts = &report.extraction.facts;
    let title = report.title.text.as_str();
    let mut parts = vec![match report.title.origin {
        TitleOrigin::Text | TitleOrigin::Page => format!("“{title}”"),
        TitleOrigin::Slug | TitleOrigin::Made => format!("[{title}]"),
    }];
    parts.extend(facts.unit.clone());
    parts.extend(facts.day.map(|day| format!("ngày {}", day.vietnamese())));
    parts.extend(report.url.clone());
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Extraction, Title};

    #[test]
    fn only_the_sources_own_title_is_quoted() {
        let cited = |origin| {
            citation(&Report {
                id: "0".repeat(32),
                title: Title { text: "Sơ kết cong tac".into(), origin },
                file: "a.txt".into(),
                url: Some("https://example.vn/so-ket-cong-tac".into()),
                dated_by_hand: false,
                outlet: None,
                published: None,
                text: "Sơ kết.".into(),
                paragraphs: Vec::new(),
                notes: Vec::new(),
                extraction: Extraction::default(),
            })
        };
        for origin in [TitleOrigin::Text, TitleOrigin::Page] {
            assert_eq!(cited(origin), "“Sơ kết cong tac”, https://example.vn/so-ket-cong-tac");
        }
        for origin in [TitleOrigin::Slug, TitleOrigin::Made] {
            assert_eq!(cited(origin), "[Sơ kết cong tac], https://example.vn/so-ket-cong-tac");
        }
    }
}

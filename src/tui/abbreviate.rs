//! Short forms for narrow columns: units by the abbreviations of the press, periods by figures. A short form is used
//! only if the full one does not fit, and never in the text of a report.

use crate::extract::lexicon::short_units;
use crate::lang::Lang;
use crate::report::{Period, ReportKind};
use crate::text::wrap;

/// A unit's name in at most `cells` cells: words are abbreviated one after the other while it is too long, in the order
/// of `short_units`. If that is not enough, the end is cut off.
pub fn unit(name: &str, cells: usize) -> String {
    let mut short = name.to_owned();
    for row in short_units() {
        for long in &row.forms {
            if wrap::width(&short) <= cells {
                break;
            }
            short = short.replace(long, row.value).replace("  ", " ");
        }
    }
    wrap::shorten(short.trim(), cells)
}

/// Kind and period in at most `cells` cells: `Sơ kết 6T 2023`, or `Sơ kết 6T/23` if that is too long. If even this does
/// not fit, the end is cut off. A period that cannot be parsed is left out.
pub fn kind(kind: ReportKind, period: Option<&str>, lang: Lang, cells: usize) -> String {
    let mut letters = kind.short(lang).chars();
    let name: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let Some(period) = period.and_then(|text| text.parse::<Period>().ok()) else { return wrap::shorten(&name, cells) };
    let said = format!("{name} {}", period.short(lang));
    if wrap::width(&said) <= cells {
        return said;
    }
    wrap::shorten(&format!("{name} {}", tight(&period.short(lang))), cells)
}

/// A short period without the century of its last year: `6T 2023` becomes `6T/23`, `2025-2030` becomes `2025-30`. A
/// year alone is not changed.
fn tight(period: &str) -> String {
    let Some((before, year)) = period.rsplit_once([' ', '-']) else { return period.to_owned() };
    let sign = if period.contains(' ') { '/' } else { '-' };
    format!("{before}{sign}{}", year.get(2..).unwrap_or(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_shortened_only_as_far_as_needed() {
        let name = "Tổng cục Công nghiệp quốc phòng";
        assert_eq!(unit(name, 40), name);
        assert_eq!(unit(name, 16), "Tổng cục CNQP");
        assert_eq!(unit(name, 8), "TC CNQP");
        assert_eq!(unit(name, 5), "TC C…");
    }

    #[test]
    fn periods_are_figures() {
        let short = |period, cells| kind(ReportKind::HalfYearReview, Some(period), Lang::Vi, cells);
        assert_eq!(short("6 tháng đầu năm 2023", 20), "Sơ kết 6T 2023");
        assert_eq!(short("6 tháng đầu năm 2023", 13), "Sơ kết 6T/23");
        assert_eq!(short("quý III năm 2024", 20), "Sơ kết Q3 2024");
        assert_eq!(kind(ReportKind::Congress, Some("nhiệm kỳ 2025-2030"), Lang::Vi, 16), "Đại hội 2025-30");
        assert_eq!(kind(ReportKind::YearReview, None, Lang::En, 20), "Year review");
        assert_eq!(kind(ReportKind::YearReview, Some("năm 2022"), Lang::En, 12), "Year review…");
    }
}

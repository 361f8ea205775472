//! Writes tables as CSV for spreadsheets (RFC 4180: commas, `\r\n`, a doubled quote inside quotes). Every CSV output of
//! the command line goes through here.
//!
//! Not written with the `csv` crate, because its writer quotes only what its own reader needs. Spreadsheets also split
//! at `;` in many locales, treat `'` as a quote and trim spaces, and no cell may start a formula. The tests parse the
//! result with that crate's reader.

use super::citation::CitedSentence;
use super::exit_status::Failure;
use super::output::Output;
use crate::officials::career::{BoundBasis, TenureBound};
use crate::report::Dated;
use crate::text::safe::Safe;

/// Writes the first line: the byte order mark if `bom`, then the headings, which are constants and need no quotes.
pub fn head(out: &mut Output, columns: &[&str], bom: bool) -> Result<(), Failure> {
    out.write(&[if bom { "\u{feff}" } else { "" }, &columns.join(","), "\r\n"])
}

/// Writes one line of cells, made safe, and quoted where needed.
pub fn row<S: AsRef<str>>(out: &mut Output, cells: &[S]) -> Result<(), Failure> {
    let cells: Vec<String> = cells.iter().map(|content| cell(content.as_ref())).collect();
    out.write(&[&cells.join(","), "\r\n"])
}

/// `head` for a table whose rows are written by `cited_row`.
pub fn cited_head(out: &mut Output, columns: &[&str], bom: bool) -> Result<(), Failure> {
    head(out, &[columns, &CitedSentence::COLUMNS[..]].concat(), bom)
}

/// `row`, followed by the cells of a citation.
pub fn cited_row(out: &mut Output, cells: &[&str], proof: &CitedSentence) -> Result<(), Failure> {
    let proof = proof.cells();
    row(out, &cells.iter().copied().chain(proof.iter().map(String::as_str)).collect::<Vec<_>>())
}

/// The cell of a boolean, `yes` or `no`.
pub fn yes(it_is: bool) -> &'static str {
    if it_is { "yes" } else { "no" }
}

/// The two cells of a day: the day, and whether it is inferred. An empty cell and `no` if there is no day.
pub fn when_cells(when: Option<Dated>) -> (String, &'static str) {
    (when.map(Dated::iso).unwrap_or_default(), yes(when.is_some_and(Dated::is_inferred)))
}

/// The three cells of a bound of a tenure: the day, how it is known, and whether the day is inferred. Without a bound:
/// two empty cells and `no`.
pub fn bound_cells(bound: Option<&TenureBound>) -> (String, &'static str, &'static str) {
    let Some(bound) = bound else { return (String::new(), "", yes(false)) };
    let known = match bound.known {
        BoundBasis::Event => "event",
        BoundBasis::By => "by",
        BoundBasis::Seen => "seen",
    };
    (bound.when.iso(), known, yes(bound.when.is_inferred()))
}

/// Formats one cell so that every spreadsheet reads it as text. A report could otherwise run a formula (CSV injection):
/// what would start one gets an apostrophe in front. Full-width signs count too, since some spreadsheets accept them.
fn cell(content: &str) -> String {
    let safe = Safe::line(content);
    let text = safe.as_str();
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', ';', '\'']) || text.trim() != text {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_cell_starts_a_formula() {
        for formula in [
            "=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r@x", "\n-1", "\u{a0}=1", "|x", "%1", "＝1", "＋1", "－1",
            "＠x",
        ] {
            let cell = cell(formula);
            assert!(cell.trim_start_matches('"').starts_with('\''), "{cell}");
        }
        assert_eq!(cell("Tổng kết, \"2022\""), "\"Tổng kết, \"\"2022\"\"\"");
        assert_eq!(cell("Quân khu 9"), "Quân khu 9");
        assert_eq!(cell("một\r\nhai"), "một hai", "a row is a line");
    }

    #[test]
    fn what_some_spreadsheet_splits_or_trims_is_quoted() {
        for text in ["a;b", "O'Hara", " a", "a ", "a,b"] {
            assert_eq!(cell(text), format!("\"{text}\""));
        }
    }

    proptest! {
        #[test]
        fn another_reader_reads_the_same_cells(cells in prop::collection::vec("[a-zư,;'\" ]{0,8}", 2..6)) {
            let line = cells.iter().map(|content| cell(content)).collect::<Vec<_>>().join(",") + "\r\n";
            let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
            let read: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            prop_assert_eq!(read.len(), 1);
            prop_assert_eq!(read[0].iter().collect::<Vec<_>>(), cells);
        }
    }
}

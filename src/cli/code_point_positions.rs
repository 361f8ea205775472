//! Converts byte offsets to Unicode code points, in which JSON gives positions in a text, because Python and most other
//! languages of scripts index strings by them. What is done with the positions is left to `report_json`.

use crate::report::Span;

/// Converts byte offsets of one text to code points, by binary search in a table of all code points. It costs four
/// bytes per code point and is built once per report, which has hundreds of spans.
pub struct CodePoints {
    /// The byte offset of every code point, ascending.
    starts: Vec<u32>,
}

/// A half-open range `[start, end]` of code points.
pub type CodePointRange = [usize; 2];

impl CodePoints {
    /// Builds the table of a text.
    pub fn new(text: &str) -> Self {
        Self { starts: text.char_indices().map(|(at, _)| at as u32).collect() }
    }

    fn at(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| (*start as usize) < byte)
    }

    /// Converts a span of bytes.
    pub fn of(&self, span: Span) -> CodePointRange {
        [self.at(span.start), self.at(span.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_in_code_points() {
        let points = CodePoints::new("Đại tá Hà");
        assert_eq!(points.of(Span::new(0, 10)), [0, 6]);
        assert_eq!("Đại tá Hà".get(11..14), Some("Hà"));
        assert_eq!(points.of(Span::new(11, 14)), [7, 9]);
    }
}

//! Collects the lines of a document, those of a table row by row: cells of one line each are one line with ` | `
//! between; where cells have several lines the table only lays the page out, and they follow one another.

/// Tables in tables are kept apart down to this depth; further ones are lines of their cell.
const MAX_DEPTH: usize = 16;
/// What stands between the cells of a row.
const BETWEEN_CELLS: &str = " | ";

/// The lines of a document that is being read.
#[derive(Debug, Default)]
pub(super) struct DocumentRows {
    /// The text outside of tables, then that of each open cell.
    open: Vec<String>,
    /// The cells of each open row.
    rows: Vec<Vec<String>>,
    text: String,
    /// Rows that are open beyond `MAX_DEPTH`.
    too_deep: usize,
}

impl DocumentRows {
    /// Adds a paragraph to the open cell, or to the text.
    pub fn paragraph(&mut self, line: &str) {
        let text = self.open.last_mut().unwrap_or(&mut self.text);
        text.push_str(line.trim_end());
        text.push('\n');
    }

    /// The number of bytes of the text outside of open cells.
    pub fn len(&self) -> usize {
        self.text.len() + self.open.iter().map(String::len).sum::<usize>()
    }

    /// Opens a row of a table.
    pub fn begin_row(&mut self) {
        if self.rows.len() < MAX_DEPTH {
            self.rows.push(Vec::new());
        } else {
            self.too_deep += 1;
        }
    }

    /// Opens a cell of the open row.
    pub fn begin_cell(&mut self) {
        if self.too_deep == 0 && self.open.len() < self.rows.len() {
            self.open.push(String::new());
        }
    }

    /// Closes the open cell, if its row is open.
    pub fn end_cell(&mut self) {
        if self.too_deep == 0
            && self.open.len() == self.rows.len()
            && let (Some(cell), Some(row)) = (self.open.pop(), self.rows.last_mut())
        {
            row.push(cell);
        }
    }

    /// Closes the open row and adds its cells to what is around it.
    pub fn end_row(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let cells = self.rows.pop().unwrap_or_default();
        let cells: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        if cells.iter().any(|cell| cell.contains('\n')) {
            cells.iter().flat_map(|cell| cell.lines()).for_each(|line| self.paragraph(line));
        } else if !cells.is_empty() {
            self.paragraph(&cells.join(BETWEEN_CELLS));
        }
    }

    /// The whole text; cells and rows that were not closed are closed.
    pub fn finish(mut self) -> String {
        self.too_deep = 0;
        while !self.rows.is_empty() {
            self.end_cell();
            self.end_row();
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_by_row() {
        let mut rows = DocumentRows::default();
        rows.paragraph("Trước");
        for cells in [["STT", "Họ tên"], ["1", "Lò Văn Thử\nTrưởng đoàn"]] {
            rows.begin_row();
            for cell in cells {
                rows.begin_cell();
                cell.lines().for_each(|line| rows.paragraph(line));
                rows.end_cell();
            }
            rows.end_row();
        }
        rows.begin_row();
        rows.begin_cell();
        rows.paragraph("dở dang");
        assert_eq!(rows.finish(), "Trước\nSTT | Họ tên\n1\nLò Văn Thử\nTrưởng đoàn\ndở dang\n");
        let mut deep = DocumentRows::default();
        for _ in 0..10_000 {
            deep.begin_row();
            deep.begin_cell();
        }
        deep.paragraph("sâu");
        assert_eq!(deep.finish(), "sâu\n");
    }
}

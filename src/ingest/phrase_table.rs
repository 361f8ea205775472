//! The rows of `tables/*.tsv`: a kind, the words, a note for the next reader. Each table lists the kinds that its first
//! column may have. A row that is not understood is skipped when the program runs and fails a test that names file and
//! line.

/// The text of one `.tsv` file, and what the first column of its rows may say.
pub(super) struct IngestTable<K: 'static> {
    /// The name of the file below `src/ingest/tables`, for messages.
    #[cfg_attr(not(test), expect(dead_code, reason = "only tests check tables"))]
    pub file: &'static str,
    pub text: &'static str,
    /// What may be in the first column, and what it means.
    pub kinds: &'static [(&'static str, K)],
}

/// Words to look for, and what it means for a line or page to have them.
pub(super) struct PhraseRow<K> {
    pub kind: K,
    pub words: &'static str,
}

impl<K: Copy + 'static> IngestTable<K> {
    /// The rows that are understood, in order.
    pub fn rows(&self) -> impl Iterator<Item = PhraseRow<K>> {
        self.lines().filter_map(|(_, line)| self.parse(line))
    }

    /// The cells of the rows that are understood, each with the number of its line.
    pub fn cells(&self) -> impl Iterator<Item = (usize, Vec<&'static str>)> {
        let understood = self.lines().filter(|(_, line)| self.parse(line).is_some());
        understood.map(|(number, line)| (number, line.split('\t').collect()))
    }

    /// The lines below the heading, numbered as an editor does.
    fn lines(&self) -> impl Iterator<Item = (usize, &'static str)> + use<K> {
        self.text.lines().enumerate().skip(1).map(|(n, line)| (n + 1, line))
    }

    fn parse(&self, line: &'static str) -> Option<PhraseRow<K>> {
        let mut cells = line.split('\t');
        let name = cells.next()?;
        let kind = self.kinds.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)?;
        let words = cells.next().filter(|words| !words.trim().is_empty())?;
        Some(PhraseRow { kind, words })
    }
}

#[cfg(test)]
impl<K: Copy + 'static> IngestTable<K> {
    /// What is wrong with the table, each problem with file and line.
    pub fn problems(&self) -> Vec<String> {
        let mut seen = std::collections::HashMap::new();
        let mut problems = Vec::new();
        let columns = self.text.lines().next().unwrap_or_default().split('\t').count();
        for (number, line) in self.lines() {
            let place = format!("src/ingest/tables/{}:{number}", self.file);
            if self.parse(line).is_none() {
                let known: Vec<&str> = self.kinds.iter().map(|(name, _)| *name).collect();
                problems.push(format!("{place}: {line:?} needs one of {} and words", known.join(", ")));
            }
            if line.split('\t').count() != columns {
                problems.push(format!("{place}: {line:?} needs {columns} cells"));
            }
            let row: Vec<&str> = line.split('\t').take(2).collect();
            if let Some(first) = seen.insert(row, number) {
                problems.push(format!("{place}: the same row as line {first}"));
            }
        }
        problems
    }

    /// Fails with all problems of the table.
    pub fn check(&self) {
        let problems = self.problems();
        assert!(problems.is_empty() && self.rows().count() > 0, "\n{}", problems.join("\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_kind_is_named_with_file_and_line() {
        let table = IngestTable {
            file: "x.tsv",
            text: "part\twords\tnote\ngood\tTin\t\nbda\tBài\t\ngood\t\t\ngood\tTin\tagain\n",
            kinds: &[("good", 1)],
        };
        assert_eq!(table.rows().map(|row| (row.kind, row.words)).collect::<Vec<_>>(), [(1, "Tin"), (1, "Tin")]);
        let problems = table.problems();
        assert!(problems[0].starts_with("src/ingest/tables/x.tsv:3: ") && problems[0].contains("good"), "{problems:?}");
        assert!(problems[1].starts_with("src/ingest/tables/x.tsv:4: "), "{problems:?}");
        assert!(problems[2].ends_with("the same row as line 2"), "{problems:?}");
        assert_eq!(problems.len(), 3);
    }
}

//! The rows of a search on a line. A search is answered up to three times (`list_window`), mostly with the same rows:
//! first without the count, then with it, then with the snippets. So a row that the answer before had is sent as its
//! place there, with its snippet if it has got one.
//!
//! ```text
//! first answer     new A, new B, new C
//! with the count   same 0, same 1, same 2
//! whole window     lit 0 "…", lit 1 "…", lit 2 "…", new D
//! ```
//!
//! Both sides keep the rows of the last answer to a question. A line that was lost begins anew: the other side is
//! another process then, which knows of no answer before.

use super::protocol::Mismatch;
use crate::store::ListRow;
use serde::{Deserialize, Serialize};

/// A row of an answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentRow {
    /// The row in this place of the answer before.
    Same(usize),
    /// The same, with what it has got since.
    Lit {
        row: usize,
        snippet: Option<String>,
        hits: Option<usize>,
    },
    New(Box<ListRow>),
}

/// What is sent of rows, if the answer before had the rows `before`.
pub fn sent(rows: &[ListRow], before: &[ListRow]) -> Vec<SentRow> {
    let of = |row: &ListRow| {
        // A window has some ten rows.
        let known = before.iter().enumerate().find(|(_, known)| known.id == row.id);
        let Some((place, known)) = known else { return SentRow::New(Box::new(row.clone())) };
        let as_known =
            ListRow { number: known.number, snippet: known.snippet.clone(), hits: known.hits, ..row.clone() };
        if as_known != *known {
            return SentRow::New(Box::new(row.clone()));
        }
        if (&row.snippet, row.hits) == (&known.snippet, known.hits) {
            return SentRow::Same(place);
        }
        SentRow::Lit { row: place, snippet: row.snippet.clone(), hits: row.hits }
    };
    rows.iter().map(of).collect()
}

/// The rows of an answer. Each row of the answer before is taken once: a line cannot make a long one many.
pub fn received(rows: Vec<SentRow>, before: Vec<ListRow>) -> Result<Vec<ListRow>, Mismatch> {
    let mut before: Vec<Option<ListRow>> = before.into_iter().map(Some).collect();
    let mut taken = |place: usize| {
        let row = before.get_mut(place).and_then(Option::take);
        row.ok_or_else(|| Mismatch("a row of no answer before".to_owned()))
    };
    let row = |row: SentRow| {
        Ok(match row {
            SentRow::Same(place) => taken(place)?,
            SentRow::Lit { row, snippet, hits } => ListRow { snippet, hits, ..taken(row)? },
            SentRow::New(row) => *row,
        })
    };
    rows.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::KINDS;

    fn row(id: &str, snippet: Option<&str>) -> ListRow {
        ListRow {
            number: 0,
            id: id.to_owned(),
            title: format!("Báo cáo {id}"),
            day: None,
            kind: KINDS[0].0,
            period: None,
            unit: None,
            source: "a.txt".to_owned(),
            number_of_document: None,
            place_of_issue: None,
            signer: None,
            read: false,
            starred: false,
            new: false,
            tags: Vec::new(),
            snippet: snippet.map(str::to_owned),
            hits: snippet.map(|_| 1),
            others: Vec::new(),
        }
    }

    #[test]
    fn rows_of_the_answer_before_are_sent_as_places_and_come_back_whole() {
        let before = vec![row("a", Some("x")), row("b", None), row("c", None)];
        let read = ListRow { read: true, ..row("c", None) };
        let now = vec![row("b", Some("y")), row("a", Some("x")), read, row("d", None)];
        let lines = sent(&now, &before);
        let kinds: Vec<&str> = lines
            .iter()
            .map(|line| match line {
                SentRow::Same(_) => "same",
                SentRow::Lit { .. } => "lit",
                SentRow::New(_) => "new",
            })
            .collect();
        assert_eq!(kinds, ["lit", "same", "new", "new"]);
        assert_eq!(received(lines, before).unwrap(), now);
    }

    #[test]
    fn a_row_is_taken_once_and_only_from_the_answer_before() {
        let before = || vec![row("a", None)];
        for wrong in [vec![SentRow::Same(1)], vec![SentRow::Same(0), SentRow::Same(0)]] {
            assert!(received(wrong, before()).is_err());
        }
        assert_eq!(received(vec![SentRow::Same(0)], before()).unwrap(), before());
    }
}

//! The items of a cache of newsboat as records, in runs like those of a file of records. The file itself is opened and
//! read by `store::NewsboatCache`.

use crate::ingest::{FileKind, Unpacked, UnpackedPart, UnreadableInput};
use crate::store::{NewsboatCache, NewsboatItem};
use serde::Serialize;

/// A run of records ends with the one that reaches this size.
const RUN_BYTES: usize = 1 << 20;
/// A run also ends with this many records.
const RUN_RECORDS: usize = 256;

/// An item in the words that records are known by.
#[derive(Serialize)]
struct ItemRecord<'a> {
    title: Option<&'a str>,
    url: Option<&'a str>,
    author: Option<&'a str>,
    content_html: &'a str,
    published: Option<String>,
    outlet: Option<&'a str>,
}

/// Hands over the items that have a text, until `take` returns false; how many have none, and how many the user has
/// deleted, is told at the end.
pub(super) fn each_part(cache: &NewsboatCache, take: &mut dyn FnMut(Unpacked) -> bool) -> Result<(), UnreadableInput> {
    let (mut run, mut before, mut without_text) = (Run::default(), 0, 0_usize);
    let mut goes_on = true;
    let read = cache.each(&mut |item| {
        if !run.add(&item) {
            without_text += 1;
        }
        if run.is_full() {
            goes_on = run.give(&mut before, take);
        }
        goes_on
    });
    if goes_on {
        goes_on = run.give(&mut before, take);
    }
    if goes_on && without_text > 0 {
        goes_on = take(Unpacked::Problem(format!(
            "items with a title and no text were left out: {without_text}; import their pages"
        )));
    }
    for _ in 0..cache.deleted() {
        goes_on = goes_on && take(Unpacked::LeftOut(FileKind::DeletedItem));
    }
    read.map_err(UnreadableInput::Broken)
}

/// Records that are not handed over yet, one a line.
#[derive(Default)]
struct Run {
    lines: Vec<u8>,
    records: usize,
}

impl Run {
    /// Adds an item. False if it has no text.
    fn add(&mut self, item: &NewsboatItem) -> bool {
        let Some(content) = item.content.as_deref() else { return false };
        let record = ItemRecord {
            title: item.title.as_deref(),
            url: item.url.as_deref(),
            author: item.author.as_deref(),
            content_html: content,
            published: item.published.map(|day| day.to_string()),
            outlet: item.feed.as_deref(),
        };
        // Texts can always be written.
        self.lines.extend(serde_json::to_vec(&record).unwrap_or_default());
        self.lines.push(b'\n');
        self.records += 1;
        true
    }

    fn is_full(&self) -> bool {
        self.lines.len() >= RUN_BYTES || self.records >= RUN_RECORDS
    }

    /// Hands over the run, if there is anything in it. `before` is the number of records before it.
    fn give(&mut self, before: &mut usize, take: &mut dyn FnMut(Unpacked) -> bool) -> bool {
        if self.records == 0 {
            return true;
        }
        let Self { lines, records } = std::mem::take(self);
        let part = UnpackedPart { bytes: lines, is_records: true, records_before: *before, ..UnpackedPart::default() };
        *before += records;
        take(Unpacked::Part(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{FileOutcome, ImportOptions, find, import};
    use crate::report::Day;
    use crate::store::{Store, newsboat_testing};
    use std::fs;
    use std::path::Path;
    use std::sync::atomic::AtomicBool;

    fn imported(store: &Store, path: &Path) -> Vec<FileOutcome> {
        let mut outcomes = Vec::new();
        let (found, options) = (find(&[path.to_owned()]), ImportOptions::default());
        import(store, &found, &options, &AtomicBool::default(), &mut |outcome| outcomes.push(outcome)).unwrap();
        outcomes
    }

    fn item(n: usize, content: Option<&str>) -> NewsboatItem {
        NewsboatItem {
            title: Some(format!("Tin số {n}")),
            url: Some(format!("https://bao.example.vn/{n}.html")),
            author: Some("Lê Thử".to_owned()),
            content: content.map(str::to_owned),
            ..NewsboatItem::default()
        }
    }

    #[test]
    fn a_cache_of_newsboat_is_read_and_not_touched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.db");
        let text = |n: usize| format!("<p>Đoàn công tác số {n} kiểm tra đơn vị tại Quân khu Thử nghiệm.</p>");
        let mut items: Vec<NewsboatItem> = (0..300).map(|n| item(n, Some(&text(n)))).collect();
        items.push(item(300, None));
        items.push(item(301, Some(&text(301))));
        newsboat_testing::write(&path, "Báo Thử nghiệm", &items);
        let before = fs::read(&path).unwrap();
        let store = Store::in_memory().unwrap();
        let outcomes = imported(&store, folder.path());
        let reports: Vec<_> = outcomes.iter().flat_map(|outcome| &outcome.reports).collect();
        assert_eq!(reports.len(), 300, "not the deleted one, nor that without a text");
        let told = outcomes.iter().find_map(|outcome| outcome.problem.as_deref()).unwrap();
        assert!(told.contains("left out: 1;"), "{told}");
        let left_out: Vec<_> = outcomes.iter().flat_map(|outcome| &outcome.left_out).collect();
        assert_eq!(left_out, [(&FileKind::DeletedItem, &1)]);
        let report = store.cache().load(&reports[7].id).unwrap().unwrap();
        assert_eq!(report.title.text, "Tin số 7");
        assert_eq!(report.url.as_deref(), Some("https://bao.example.vn/7.html"));
        assert_eq!(report.outlet.as_deref(), Some("Báo Thử nghiệm"));
        assert!(report.published.is_some_and(|day| day >= Day::new(2026, 4, 1).unwrap()));
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is made beside it");
    }

    #[test]
    fn other_databases_and_hostile_ones_are_no_reports() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.db");
        newsboat_testing::write(&path, "Báo Thử nghiệm", &[item(1, Some("Một tin"))]);
        newsboat_testing::make_endless(&path);
        let store = Store::in_memory().unwrap();
        let outcomes = imported(&store, folder.path());
        assert!(outcomes[0].is_left_out(), "{outcomes:?}");
        let outcomes = imported(&store, &path);
        assert!(outcomes[0].problem.as_deref().unwrap().contains("SQLite"), "{outcomes:?}");
    }
}

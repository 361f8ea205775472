//! Keeps the bytes that reports are read from (`KeptSources`), with what is to be known to read them again: the name,
//! the options, and what their archive or their source said of them. `read_again` does so by the rules of today.
//!
//! What is kept is what a person would call the page or the document: a page that was fetched, a file, a page in an
//! archive, a message of a mailbox. Records, tables and lists of records are not: their file is the reader's own.

use super::document_helper::HelpedFormat;
use super::fetched_page::{FetchedPage, read_fetched};
use super::input_part::or_fault;
use super::{ImportOptions, InputPart};
use crate::ingest::{self, InputFormat, InputHint, PartAbout, PartOriginal, UnpackedPart};
use crate::report::Draft;
use crate::store::{self, KeptReading, PackedSource, PreparedReport, ReadAgain, SourceReading, Store, StoreError};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use url::Url;

/// How bytes are read; kept with them as JSON.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct ReadingHow {
    /// The name of the file, or the path in its archive.
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    format: InputFormat,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    /// The address that a page was fetched from.
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched: Option<String>,
    /// What the archive, or the list of a source, said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<String>,
    /// Whether it is a part of an archive.
    is_part: bool,
    /// Whether that part is plain text, whatever it begins with.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_text: bool,
}

impl ReadingHow {
    fn text(&self) -> String {
        // Strings and switches can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Gives the reports of one file the bytes that they were read from.
pub(super) struct SourceKeeper<'a> {
    options: &'a ImportOptions,
    /// The document of the last part, its bytes packed, and the number of reports that it has had.
    last: Option<(Arc<Vec<u8>>, Arc<PackedSource>, usize)>,
}

impl<'a> SourceKeeper<'a> {
    pub fn new(options: &'a ImportOptions) -> Self {
        Self { options, last: None }
    }

    /// For the next reports of a whole file.
    pub fn keep_file(&mut self, reports: &mut [PreparedReport], bytes: &Arc<Vec<u8>>, name: &str) {
        self.keep_document(reports, bytes, &self.how(name));
    }

    /// For the next reports of a document, which is packed once.
    fn keep_document(&mut self, reports: &mut [PreparedReport], bytes: &Arc<Vec<u8>>, how: &ReadingHow) {
        let (source, before) = match self.last.take() {
            Some((last, source, before)) if Arc::ptr_eq(&last, bytes) => (Some(source), before),
            _ => (PackedSource::pack(bytes).map(Arc::new), 0),
        };
        let Some(source) = source else { return };
        give(reports, &source, before, how);
        self.last = Some((bytes.clone(), source, before + reports.len()));
    }

    /// For the reports of a part of an archive or mailbox, or of a document. Those of a document that is too large get
    /// none.
    pub fn keep_part(&mut self, reports: &mut [PreparedReport], part: &UnpackedPart, file: &str) {
        if part.is_records || reports.is_empty() {
            return;
        }
        match &part.original {
            PartOriginal::Unknown => {}
            PartOriginal::Itself => {
                let about = &part.about;
                // A day that leaves its year out got it from when the file was changed.
                let of_import =
                    reports.first().and_then(PreparedReport::published).filter(|_| about.yearless.is_some());
                let how = ReadingHow {
                    title: about.title.clone(),
                    url: about.url.clone(),
                    published: about.published.or(of_import).map(|day| day.to_string()),
                    outlet: about.outlet.clone(),
                    is_part: true,
                    is_text: about.is_text,
                    ..self.how(&part.name)
                };
                if let Some(source) = PackedSource::pack(&part.bytes).map(Arc::new) {
                    give(reports, &source, 0, &how);
                }
            }
            PartOriginal::Document(bytes) => {
                let how = self.how(if part.name.is_empty() { file } else { &part.name });
                self.keep_document(reports, bytes, &how);
            }
        }
    }

    fn how(&self, name: &str) -> ReadingHow {
        let ImportOptions { format, encoding, .. } = self.options;
        ReadingHow { name: name.to_owned(), format: *format, encoding: encoding.clone(), ..ReadingHow::default() }
    }
}

/// The bytes of a fetched page, for its report.
pub(super) fn of_fetched(page: &FetchedPage<'_>) -> Option<SourceReading> {
    let how = ReadingHow {
        fetched: Some(page.address.to_string()),
        encoding: page.encoding.map(str::to_owned),
        title: page.title.map(str::to_owned),
        published: page.published.map(|day| day.to_string()),
        ..ReadingHow::default()
    };
    let source = Arc::new(PackedSource::pack(page.bytes)?);
    Some(SourceReading { source, nth: 0, how: how.text() })
}

/// Gives each report its place in the source. `before` is the number of reports of the same source before them.
fn give(reports: &mut [PreparedReport], source: &Arc<PackedSource>, before: usize, how: &ReadingHow) {
    let how = how.text();
    for (n, report) in reports.iter_mut().enumerate().filter(|(_, report)| report.first_import().is_none()) {
        report.source = Some(SourceReading { source: source.clone(), nth: before + n, how: how.clone() });
    }
}

/// What became of the reports whose bytes are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadAgainTotals {
    /// Reports that are as they were.
    pub same: usize,
    /// Reports with the same text and another title, address, day or kind of a paragraph.
    pub completed: usize,
    /// Reports with another text.
    pub newer: usize,
    /// Reports that are no longer found in their bytes.
    pub failed: usize,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

/// What is told while bytes are read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadAgainEvent<'a> {
    /// A report has a newer version.
    NewVersion { earlier: &'a str, id: &'a str },
    /// Why a report was left as it is.
    Failed { id: &'a str, why: &'a str },
}

/// Reads all kept bytes again and saves what differs. What is derived is not made again: `rebuild` follows.
pub fn read_again(
    store: &Store,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(ReadAgainEvent<'_>),
) -> Result<ReadAgainTotals, StoreError> {
    let mut totals = ReadAgainTotals::default();
    for number in store.kept_sources().numbers()? {
        if stop.load(Ordering::Relaxed) {
            totals.stopped = true;
            break;
        }
        let readings = store.kept_sources().readings(number)?;
        let bytes = match store.kept_sources().bytes(number) {
            Err(StoreError::Corrupt { why, .. }) => {
                totals.failed += readings.len();
                for reading in &readings {
                    tell(ReadAgainEvent::Failed { id: &reading.report, why: &why });
                }
                continue;
            }
            bytes => bytes?,
        };
        for (reading, draft) in matched(&readings, &bytes, stop) {
            let id = reading.report.as_str();
            let draft = match draft {
                Ok(draft) => draft,
                Err(why) => {
                    totals.failed += 1;
                    tell(ReadAgainEvent::Failed { id, why: &why });
                    continue;
                }
            };
            match store.cache().read_again(id, draft)? {
                Some(ReadAgain::Same) => totals.same += 1,
                Some(ReadAgain::Completed) => totals.completed += 1,
                Some(ReadAgain::NewVersion(new)) => {
                    totals.newer += 1;
                    tell(ReadAgainEvent::NewVersion { earlier: id, id: &new });
                }
                None => {}
            }
        }
    }
    Ok(totals)
}

/// The reports of some bytes, each with what is read of it now: the draft with the same text, else the one in its
/// place, if that is no other report's.
fn matched<'r>(
    readings: &'r [KeptReading],
    bytes: &[u8],
    stop: &AtomicBool,
) -> Vec<(&'r KeptReading, Result<Draft, String>)> {
    let mut found = Vec::new();
    let mut hows: Vec<&str> = readings.iter().map(|reading| reading.how.as_str()).collect();
    hows.sort_unstable();
    hows.dedup();
    for how in hows {
        let group: Vec<&KeptReading> = readings.iter().filter(|reading| reading.how == how).collect();
        let mut drafts: Vec<Option<Draft>> = match drafts_of(bytes, how, stop) {
            Ok(drafts) => drafts.into_iter().map(Some).collect(),
            Err(why) => {
                found.extend(group.into_iter().map(|reading| (reading, Err(why.clone()))));
                continue;
            }
        };
        let count = drafts.len();
        let ids: Vec<String> = drafts.iter().flatten().map(|draft| store::id_of(&draft.text)).collect();
        let (same, other): (Vec<&KeptReading>, Vec<&KeptReading>) =
            group.into_iter().partition(|reading| ids.contains(&reading.report));
        for reading in same {
            let at = ids.iter().position(|id| *id == reading.report);
            if let Some(draft) = at.and_then(|at| drafts.get_mut(at)).and_then(Option::take) {
                found.push((reading, Ok(draft)));
            }
        }
        for reading in other {
            let draft = drafts.get_mut(reading.nth).and_then(Option::take);
            let none = || format!("of the reports that its bytes have now ({count}) none is in its place");
            found.push((reading, draft.ok_or_else(none)));
        }
    }
    found
}

/// The reports of some bytes by the rules of today. The error says why there are none.
fn drafts_of(bytes: &[u8], how: &str, stop: &AtomicBool) -> Result<Vec<Draft>, String> {
    let how: ReadingHow =
        serde_json::from_str(how).map_err(|error| format!("how it was read cannot be told any more: {error}"))?;
    let encoding = how.encoding.as_deref();
    let published = how.published.as_deref().and_then(|day| day.parse().ok());
    if let Some(address) = &how.fetched {
        let address = Url::parse(address).map_err(|error| error.to_string())?;
        let page =
            FetchedPage { address: &address, bytes, encoding, title: how.title.as_deref(), published, keeps: false };
        return read_fetched(&page).map(|draft| vec![draft]);
    }
    if how.is_part {
        let (title, url, outlet, is_text) = (how.title, how.url, how.outlet, how.is_text);
        let about = PartAbout { title, url, published, outlet, is_text, ..PartAbout::default() };
        let part = UnpackedPart { bytes: bytes.to_vec(), name: how.name, about, ..UnpackedPart::default() };
        let (drafts, problems) = or_fault(|| InputPart::read_part(&part, encoding))?;
        let problem = || problems.into_iter().next().unwrap_or_else(|| "there is no text in it".to_owned());
        return if drafts.is_empty() { Err(problem()) } else { Ok(drafts) };
    }
    let helped = HelpedFormat::of(bytes, &how.name).filter(|format| format.installed().is_some());
    let read = |bytes: &[u8], format| {
        let hint = InputHint { format, encoding, name: &how.name };
        or_fault(|| ingest::read(bytes, &hint)).and_then(|read| read.map_err(|why| why.to_string()))
    };
    match helped.filter(|_| how.format == InputFormat::Auto) {
        Some(format) => read(&format.text_of_bytes(bytes.to_vec(), stop)?, InputFormat::Text),
        None => read(bytes, how.format),
    }
}

#[cfg(test)]
mod tests;

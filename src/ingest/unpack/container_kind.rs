//! Which container an input is, by its first bytes. Only tables are known by the name of the file as well: any text may
//! have commas.

use super::{messages, telegram};
use crate::ingest::json_text;
use crate::ingest::record;

/// A kind of input that has other documents, or many records, in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContainerKind {
    Gzip,
    Zstd,
    Zip,
    Tar,
    /// Pages as crawlers keep them.
    Warc,
    /// Many messages of mail in one file.
    Mbox,
    /// A message of mail, or a page that a browser saved as one (MHTML).
    Mail,
    /// The messages of chats, as Telegram exports them.
    Telegram,
    /// Messages of social networks that were copied into a text.
    Messages,
    /// A table with a report in each row.
    Table,
    /// JSON: a list of records, or a record a line.
    Records,
}

/// Names of mail's header fields. A message begins with fields, and has two of these among them.
const MAIL_FIELDS: [&str; 12] = [
    "from",
    "to",
    "date",
    "subject",
    "received",
    "message-id",
    "mime-version",
    "content-type",
    "return-path",
    "delivered-to",
    "x-mozilla-status",
    "snapshot-content-location",
];
/// A message has so many of them.
const MIN_MAIL_FIELDS: usize = 3;
/// Where a TAR file has its sign.
const TAR_SIGN_AT: usize = 257;

/// Whether an input that begins so is a container.
pub fn is_container(head: &[u8], name: &str) -> bool {
    ContainerKind::of(head, name).is_some_and(|kind| kind != ContainerKind::Records)
}

impl ContainerKind {
    /// The kind of an input by its beginning and its name.
    pub fn of(head: &[u8], name: &str) -> Option<Self> {
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Self::Zip),
            _ if head.get(TAR_SIGN_AT..).is_some_and(|rest| rest.starts_with(b"ustar")) => Some(Self::Tar),
            _ if text.starts_with(b"WARC/") => Some(Self::Warc),
            _ if is_mbox(text) => Some(Self::Mbox),
            _ if is_mail(text) => Some(Self::Mail),
            _ if telegram::is_export(text) => Some(Self::Telegram),
            _ if messages::is_pasted(text) => Some(Self::Messages),
            _ if is_table(head, name) => Some(Self::Table),
            _ if is_records(head, name) => Some(Self::Records),
            _ => None,
        }
    }
}

/// Whether a file begins as `From somebody@example.vn Thu Jan  4 08:30:00 2026`, and a field follows.
fn is_mbox(text: &[u8]) -> bool {
    let mut lines = text.split(|byte| *byte == b'\n');
    lines.next().is_some_and(begins_message) && lines.next().is_some_and(|line| field_name(line).is_some())
}

/// Whether a line of a mailbox begins a message: `From`, and a moment with a clock.
pub(super) fn begins_message(line: &[u8]) -> bool {
    let is_clock = |word: &[u8]| memchr::memchr_iter(b':', word).count() == 2;
    line.strip_prefix(b"From ").is_some_and(|rest| rest.split(|byte| *byte == b' ').any(is_clock))
}

/// Whether a text begins with the fields of a message, at least some of which only mail has.
fn is_mail(text: &[u8]) -> bool {
    let mut known = 0;
    for line in text.split(|byte| *byte == b'\n') {
        // A field may go on in the next line.
        if line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t')) && known > 0 {
            continue;
        }
        let Some(name) = field_name(line) else { break };
        known += usize::from(MAIL_FIELDS.iter().any(|field| field.eq_ignore_ascii_case(name)));
    }
    known >= MIN_MAIL_FIELDS
}

/// The name of a field of mail: `Subject: …`.
fn field_name(line: &[u8]) -> Option<&str> {
    let name = line.split(|byte| *byte == b':').next()?;
    let is_name = !name.is_empty()
        && name.len() < line.len()
        && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    is_name.then(|| std::str::from_utf8(name).ok()).flatten()
}

/// Whether the first line names the columns of a table of reports: one is a text or title, or the file is named so.
fn is_table(head: &[u8], name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_named = [".csv", ".tsv", ".tab"].iter().any(|ending| name.ends_with(ending));
    let is_text = [".txt", ".html", ".htm", ".md"].iter().any(|ending| name.ends_with(ending));
    if !is_named && (is_text || head.first().is_none_or(|byte| matches!(byte, b'<' | b'{' | b'['))) {
        return false;
    }
    // UTF-16, or another encoding, is decoded before it is known what the columns are.
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let text = String::from_utf8_lossy(line);
    let columns = text.trim_start_matches('\u{feff}').split([',', ';', '\t', '|']);
    let known = columns.filter(|column| record::is_column(column.trim().trim_matches('"'))).count();
    is_named || known >= 2
}

fn is_records(head: &[u8], name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let is_feed = memchr::memmem::find(head, b"jsonfeed.org/version").is_some();
    let is_named = [".jsonl", ".ndjson"].iter().any(|ending| name.ends_with(ending));
    (is_named || json_text::may_be_json(head)) && !is_feed && !head.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_known_by_their_beginning() {
        for (head, name, kind) in [
            (b"\x1f\x8b\x08".as_slice(), "a", Some(ContainerKind::Gzip)),
            (b"PK\x03\x04", "a.txt", Some(ContainerKind::Zip)),
            (b"WARC/1.0\r\n", "", Some(ContainerKind::Warc)),
            (b"From a@example.vn Thu Jan  4 08:30:00 2026\nSubject: x\n", "", Some(ContainerKind::Mbox)),
            (b"From: a\r\nSubject: b\r\n c\r\nDate: d\r\n\r\ntext", "", Some(ContainerKind::Mail)),
            (b"title,text,url\n", "", Some(ContainerKind::Table)),
            (b"a;b\n", "a.CSV", Some(ContainerKind::Table)),
            (b"[{\"a\":1}]", "", Some(ContainerKind::Records)),
            ("Từ: đơn vị\nVề: hội nghị\nNgày: 3-4".as_bytes(), "", None),
            (b"From the unit, at 3:30:00 of the day\nmore", "", None),
            (b"Subject: one field is no message\n\ntext", "", None),
            (b"title, text and so on\n", "a.txt", None),
        ] {
            assert_eq!(ContainerKind::of(head, name), kind, "{}", String::from_utf8_lossy(head));
        }
    }
}

//! Messages of social networks that were copied into a text: those of Telegram, each below (or behind) who sent it and
//! when, and those of Facebook, each below a name and a line with its time, and above the buttons and comments. Each is
//! a report with its day and the sender as the outlet. The words are rows of `tables/pasted_messages.tsv`.
//!
//! ```text
//! Báo A, [16/01/2025 10:05]         [16/01/2025 10:05] Báo A: Sáng nay, …        Báo A
//! Sáng nay, …                                                                  16 tháng 1, 2025 lúc 10:05 ·
//!                                                                              Sáng nay, …
//!                                                                              Tất cả cảm xúc: 12
//! ```

use super::{PartAbout, Place, Unpacked, UnpackedPart, Unpacker};
use crate::ingest::phrase_table::IngestTable;
use crate::ingest::plain::address_in;
use crate::ingest::{decode, publication_day};
use crate::report::Day;
use crate::text::words::folded_words;
use std::sync::OnceLock;

/// The first message begins within this many bytes.
const HEAD_BYTES: usize = 4096;
/// A longer line names no sender.
const MAX_SENDER_BYTES: usize = 150;
/// A longer line is no line of a time.
const MAX_TIME_BYTES: usize = 80;
/// Hosts of addresses that lead to the message and not to what it tells of.
const OWN_HOSTS: [&str; 6] = ["t.me", "telegram.me", "facebook.com", "www.facebook.com", "m.facebook.com", "fb.com"];

/// What a line of a copied message is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PastedWord {
    /// In the line of a time: what may stand there besides numbers.
    Time,
    /// In that line instead of a day: it counts from when the message was read.
    Relative,
    /// Begins what follows the text: reactions.
    Reactions,
    /// The same, behind a number.
    Count,
    /// A button or a line of comments, alone on its line.
    Button,
}

static WORDS: IngestTable<PastedWord> = IngestTable {
    file: "pasted_messages.tsv",
    text: include_str!("../tables/pasted_messages.tsv"),
    kinds: &[
        ("time", PastedWord::Time),
        ("relative", PastedWord::Relative),
        ("reactions", PastedWord::Reactions),
        ("count", PastedWord::Count),
        ("button", PastedWord::Button),
    ],
};

/// The words with their kinds, folded: they are asked for each line.
fn words() -> &'static [(String, PastedWord)] {
    static FOLDED: OnceLock<Vec<(String, PastedWord)>> = OnceLock::new();
    FOLDED.get_or_init(|| WORDS.rows().map(|row| (folded_words(row.words), row.kind)).collect())
}

fn is_of(wanted: PastedWord, folded: &str) -> bool {
    words().iter().any(|(words, kind)| *kind == wanted && words == folded)
}

/// A day as Facebook writes it in the year that it is read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearlessDay {
    pub month: u8,
    pub day: u8,
}

impl YearlessDay {
    /// The last such day up to `until`.
    pub fn before(self, until: Day) -> Option<Day> {
        let of = |year| Day::new(year, self.month, self.day);
        of(until.year()).filter(|day| *day <= until).or_else(|| of(until.year() - 1))
    }
}

/// The beginning of a message.
struct MessageHead {
    sender: String,
    /// Number of its lines that are no text.
    lines: usize,
    /// Text behind the sender on the same line.
    first: String,
    day: Option<Day>,
    yearless: Option<YearlessDay>,
    is_relative: bool,
}

/// Whether a text begins with a message that was copied.
pub(super) fn is_pasted(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head.get(..HEAD_BYTES.min(head.len())).unwrap_or_default());
    let lines: Vec<&str> = head.trim_start_matches('\u{feff}').lines().map(str::trim).collect();
    let first = lines.iter().position(|line| !line.is_empty());
    first.is_some_and(|at| head_at(lines.get(at..).unwrap_or_default()).is_some())
}

/// Hands over the messages of a text.
pub(super) fn open(unpacker: &mut Unpacker<'_>, bytes: &[u8], place: &Place) {
    let text = match decode::decode(bytes, None) {
        Ok(decoded) => decoded.text,
        Err(why) => return unpacker.problem(place, why),
    };
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut open: Option<(MessageHead, Vec<&str>)> = None;
    let (mut at, mut number) = (0, 0);
    while at < lines.len() {
        if let Some(head) = head_at(lines.get(at..).unwrap_or_default()) {
            at += head.lines;
            if let Some((head, lines)) = open.replace((head, Vec::new())) {
                number += 1;
                give(unpacker, place, number, &head, &lines);
            }
        } else {
            if let (Some((_, message)), Some(line)) = (open.as_mut(), lines.get(at)) {
                message.push(line);
            }
            at += 1;
        }
    }
    if let Some((head, lines)) = open {
        give(unpacker, place, number + 1, &head, &lines);
    }
}

fn give(unpacker: &mut Unpacker<'_>, place: &Place, number: usize, head: &MessageHead, lines: &[&str]) {
    let end = lines.iter().position(|line| is_end(line)).unwrap_or(lines.len());
    let before = lines.get(..end).unwrap_or_default();
    // Above the words for reactions may stand their number alone.
    let text = before.iter().rposition(|line| end == lines.len() || !is_count(line)).map_or(0, |last| last + 1);
    let kept = before.get(..text).unwrap_or_default().iter().filter(|line| !is_button(line));
    let text = std::iter::once(head.first.as_str()).chain(kept.copied()).collect::<Vec<_>>().join("\n");
    if !text.chars().any(char::is_alphabetic) {
        return;
    }
    let mut notes = Vec::new();
    if end < lines.len() {
        notes.push("the reactions and comments below the message were left out".to_owned());
    }
    if head.is_relative {
        notes.push("the message tells only how long ago it was: it has no day".to_owned());
    }
    let about = PartAbout {
        url: only_address(&text, &[]),
        published: head.day,
        yearless: head.yearless,
        outlet: Some(head.sender.clone()),
        is_text: true,
        notes,
        ..PartAbout::default()
    };
    let name = place.inside(&format!("message {number}")).path;
    unpacker.give(Unpacked::Part(UnpackedPart { bytes: text.into_bytes(), name, about, ..UnpackedPart::default() }));
}

/// The head of the message that begins at the first line.
fn head_at(lines: &[&str]) -> Option<MessageHead> {
    let first = *lines.first()?;
    telegram_head(first).or_else(|| {
        // Copies have a blank line between the two at most.
        let below = lines.iter().skip(1).take(2).position(|line| !line.is_empty())? + 1;
        facebook_head(first, lines.get(below)?, below + 1)
    })
}

/// `Báo A, [16/01/2025 10:05]`, or the same before the sender.
fn telegram_head(line: &str) -> Option<MessageHead> {
    let (before, rest) = line.split_once('[')?;
    let (time, after) = rest.split_once(']')?;
    let has_clock = time.len() <= MAX_TIME_BYTES && time.contains(':');
    let day = publication_day::of(time).filter(|_| has_clock)?;
    let (sender, first) = match (before.trim().strip_suffix(','), after.trim()) {
        (Some(sender), "") => (sender, ""),
        (None, after) if before.trim().is_empty() => after.split_once(':')?,
        _ => return None,
    };
    let is_sender = !sender.trim().is_empty() && sender.len() <= MAX_SENDER_BYTES;
    is_sender.then(|| MessageHead {
        sender: sender.trim().to_owned(),
        lines: 1,
        first: first.trim().to_owned(),
        day: Some(day),
        yearless: None,
        is_relative: false,
    })
}

/// A name, and below it a line that is a time and nothing else.
fn facebook_head(name: &str, time: &str, lines: usize) -> Option<MessageHead> {
    let is_name = !name.is_empty() && name.len() <= MAX_SENDER_BYTES && !name.ends_with(['.', ':', ';', ',', '!', '?']);
    if !is_name || time.len() > MAX_TIME_BYTES || !name.chars().any(char::is_alphabetic) {
        return None;
    }
    // A sign that no other line ends in, or a clock: else a name above a day would be a message.
    if !(time.trim_end().ends_with('·') || time.contains("· ") || time.contains(':')) {
        return None;
    }
    let folded = folded_words(time);
    let words: Vec<&str> = folded.split(' ').collect();
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let known = |word: &str| is_number(word) || is_of(PastedWord::Time, word) || is_of(PastedWord::Relative, word);
    if !words.iter().any(|word| is_number(word)) || !words.iter().all(|word| known(word)) {
        return None;
    }
    let is_relative = words.iter().any(|word| is_of(PastedWord::Relative, word));
    let day = publication_day::of(time).filter(|_| !is_relative);
    let yearless = if is_relative || day.is_some() { None } else { yearless(&words) };
    (is_relative || day.is_some() || yearless.is_some()).then(|| MessageHead {
        sender: name.to_owned(),
        lines,
        first: String::new(),
        day,
        yearless,
        is_relative,
    })
}

/// The day and month of `16 tháng 1 lúc 10:05` and `January 16 at 10:05`.
fn yearless(words: &[&str]) -> Option<YearlessDay> {
    // With any year the spellings are those of a whole day.
    let with_year = |words: &[&str]| publication_day::of(&[words.join(" ").as_str(), "2024"].join(", "));
    let length = words.iter().position(|word| matches!(*word, "luc" | "at")).unwrap_or(words.len());
    let day = with_year(words.get(..length)?)?;
    Some(YearlessDay { month: day.month(), day: day.day() })
}

fn is_end(line: &str) -> bool {
    let folded = if line.len() <= MAX_TIME_BYTES { folded_words(line) } else { return false };
    let counted = folded.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let counted = if folded.starts_with(|c: char| c.is_ascii_digit()) { counted } else { "" };
    words().iter().any(|(words, kind)| *kind == PastedWord::Reactions && folded.starts_with(words))
        || is_of(PastedWord::Count, counted)
}

/// Whether a line is nothing, or a number as it is shown for reactions: `345`, `1,2K`.
fn is_count(line: &str) -> bool {
    let number = line.trim_end_matches(['K', 'k', 'M', 'm']);
    line.is_empty() || (!number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')))
}

fn is_button(line: &str) -> bool {
    line.len() <= MAX_TIME_BYTES && is_of(PastedWord::Button, &folded_words(line))
}

/// The one address that a message leads to, without those of the network itself. `None` if there are several: then none
/// of them is that of the report.
pub(super) fn only_address(text: &str, behind_words: &[String]) -> Option<String> {
    let in_text = text.split_whitespace().filter(|word| word.contains("://"));
    let all = in_text.chain(behind_words.iter().map(String::as_str)).filter_map(address_in);
    let is_own = |address: &String| {
        let host = address.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        OWN_HOSTS.contains(&host)
    };
    let mut others: Vec<String> = all.filter(|address| !is_own(address)).collect();
    others.dedup();
    if let [_] = others.as_slice() { others.pop() } else { None }
}

#[cfg(test)]
mod tests;

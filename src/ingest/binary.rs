//! Recognizes files that are no text by their first bytes, and names them with what to do. To recognize
//! another kind of file, add a row. Everything that is not in the table is left to `decode`.

/// First bytes, what begins so, what to do.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (
        b"%PDF-",
        "a PDF document",
        "install pdftotext (package poppler-utils or poppler), or save its text as .txt first",
    ),
    (b"PK\x03\x04", "a ZIP file", "unpack it first"),
    (b"PK\x05\x06", "an empty ZIP file", "there is nothing in it to read"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Word or Excel file (.doc, .xls)",
        "install antiword or catdoc for .doc, or save it as plain text (UTF-8) first",
    ),
    (b"\x1f\x8b", "a gzip file", "unpack it first, for example with gunzip"),
    (b"BZh", "a bzip2 file", "unpack it first"),
    (b"\xfd7zXZ\0", "an xz file", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd file", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip file", "unpack it first"),
    (b"Rar!\x1a\x07", "a RAR file", "unpack it first"),
    (b"\x89PNG\r\n", "a PNG image", "only text can be read; a scanned report must be recognized first"),
    (b"\xff\xd8\xff", "a JPEG image", "only text can be read; a scanned report must be recognized first"),
    (b"GIF8", "a GIF image", "only text can be read"),
    (b"RIFF", "a sound, film or WebP image", "only text can be read"),
    (b"II*\0", "a TIFF image", "only text can be read; a scanned report must be recognized first"),
    (b"MM\0*", "a TIFF image", "only text can be read; a scanned report must be recognized first"),
    (b"\0\0\x01\0", "an icon", "only text can be read"),
    (b"ID3", "a sound", "only text can be read"),
    (b"OggS", "a sound or film", "only text can be read"),
    (b"\x1aE\xdf\xa3", "a film", "only text can be read"),
    (b"\x7fELF", "a program", "only text can be read"),
    (b"MZ\x90\0", "a program", "only text can be read"),
    (b"\xca\xfe\xba\xbe", "a program", "only text can be read"),
    (b"SQLite format 3\0", "an SQLite database", "only text can be read"),
    (b"wOFF", "a font", "only text can be read"),
    (b"wOF2", "a font", "only text can be read"),
    (b"\0\x01\0\0\0", "a font", "only text can be read"),
    (b"bplist00", "a Safari web archive or property list", "save the page as HTML source instead"),
];

/// What is said of a document that has pictures only.
pub const NO_TEXT_LAYER: &str = "there is no text in it, only pictures; a scanned report must be recognized \
    first, for example with ocrmypdf";

/// Bytes that are searched for a sign of what they are.
const HEAD_BYTES: usize = 8 << 10;

/// Bytes with a larger share of control characters are no text. A recording of a terminal has fewer.
const MAX_CONTROL_PERCENT: usize = 60;

/// What the bytes are and what to do, as words after "it is not text:". `None` if they may be text.
pub(super) fn looks_like(bytes: &[u8]) -> Option<String> {
    let known = SIGNATURES.iter().find(|(signature, ..)| bytes.starts_with(signature));
    if let Some((_, what, todo)) = known {
        return Some(format!("it looks like {what}; {todo}"));
    }
    let film = bytes.get(4..8) == Some(b"ftyp".as_slice());
    film.then(|| "it looks like a film; only text can be read".to_owned())
}

/// Texts that are made for programs and have no report in them: how they begin, in lower case, what they are, what to
/// do.
const NO_REPORTS: &[(&str, &str, &str)] = &[
    ("[internetshortcut]", "a shortcut to a page (.url)", "save the page itself"),
    ("[desktop entry]", "a shortcut (.desktop)", "save the page itself"),
    ("<!doctype netscape-bookmark-file", "a list of bookmarks", "save the pages themselves"),
    ("<plist", "a property list or shortcut", "save the page itself"),
    ("begin:vcard", "an address book (.vcf)", "there are no reports in it"),
    ("begin:vcalendar", "a calendar (.ics)", "there are no reports in it"),
    ("ty  - ", "a bibliography (.ris)", "save the texts that it names"),
    ("webvtt", "subtitles", "there are no reports in them"),
];

/// What a decoded text is, if it is certainly no report, as words after "it is not text:".
pub(super) fn is_no_report(text: &str) -> Option<String> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let mut head = super::prefix(text, HEAD_BYTES).to_ascii_lowercase();
    // An XML declaration, document type or comment may come before the first element.
    while let Some(rest) = head.strip_prefix("<?xml").or_else(|| head.strip_prefix("<!doctype plist")) {
        head = rest.split_once('>').map_or("", |(_, rest)| rest).trim_start().to_owned();
    }
    let is_bibtex = head.strip_prefix('@').is_some_and(|rest| {
        let kind: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
        !kind.is_empty() && rest.get(kind.len()..).is_some_and(|rest| rest.trim_start().starts_with('{'))
    });
    if is_bibtex {
        return Some("it looks like a bibliography (.bib); save the texts that it names".to_owned());
    }
    let known = NO_REPORTS.iter().find(|(sign, ..)| head.starts_with(sign));
    known.map(|(_, what, todo)| format!("it looks like {what}; {todo}"))
}

/// Whether there are too many control characters for a text in an encoding of one byte per letter.
pub(super) fn is_mostly_control(bytes: &[u8]) -> bool {
    let controls = bytes.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    controls * 100 > bytes.len() * MAX_CONTROL_PERCENT
}

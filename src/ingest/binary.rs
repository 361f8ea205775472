//! Recognizes files that are no text by their first bytes, and names them with what to do. To recognize
//! another kind of file, add a row. Everything that is not in the table is left to `decode`.

/// First bytes, what begins so, what to do.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF document", "save its text as .txt first, for example with pdftotext"),
    (b"PK\x03\x04", "a ZIP file", "unpack it first"),
    (b"PK\x05\x06", "an empty ZIP file", "there is nothing in it to read"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Word or Excel file (.doc, .xls)",
        "save it as plain text (UTF-8) first",
    ),
    (b"{\\rtf", "a rich-text document (.rtf)", "save it as plain text (UTF-8) first"),
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

/// Documents that are ZIP files: a name near the beginning of the file, and what it is a sign of.
const PACKED_DOCUMENTS: &[(&[u8], &str)] = &[
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel table (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
    (b"[Content_Types].xml", "an Office document (.docx, .xlsx, .pptx)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file (.odt, .ods)"),
    (b"application/epub+zip", "an electronic book (.epub)"),
];

/// Bytes of a ZIP file or web archive that are searched for a sign of what it is.
const HEAD_BYTES: usize = 8 << 10;

/// Bytes with a larger share of control characters are no text. A recording of a terminal has fewer.
const MAX_CONTROL_PERCENT: usize = 60;

/// What the bytes are and what to do, as words after "it is not text:". `None` if they may be text.
pub(super) fn looks_like(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..HEAD_BYTES.min(bytes.len())).unwrap_or_default();
    if bytes.starts_with(b"PK\x03\x04")
        && let Some((_, what)) = PACKED_DOCUMENTS.iter().find(|(sign, _)| memchr::memmem::find(head, sign).is_some())
    {
        return Some(format!("it looks like {what}; save it as plain text (UTF-8) or as a web page first"));
    }
    if is_web_archive(head) {
        let what = "it looks like a web archive (.mht, .mhtml)";
        return Some(format!("{what}; open it in a browser and save the page as HTML first"));
    }
    let known = SIGNATURES.iter().find(|(signature, ..)| bytes.starts_with(signature));
    if let Some((_, what, todo)) = known {
        return Some(format!("it looks like {what}; {todo}"));
    }
    let film = bytes.get(4..8) == Some(b"ftyp".as_slice());
    film.then(|| "it looks like a film; only text can be read".to_owned())
}

/// Whether this is a page as browsers save it into one file: a mail message of several parts.
fn is_web_archive(head: &[u8]) -> bool {
    let head = head.to_ascii_lowercase();
    let mail = [b"from:".as_slice(), b"mime-version:", b"snapshot-content-location:", b"date:", b"subject:"];
    mail.iter().any(|sign| head.trim_ascii_start().starts_with(sign))
        && memchr::memmem::find(&head, b"mime-version:").is_some()
        && memchr::memmem::find(&head, b"multipart/related").is_some()
}

/// Whether there are too many control characters for a text in an encoding of one byte per letter.
pub(super) fn is_mostly_control(bytes: &[u8]) -> bool {
    let controls = bytes.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    controls * 100 > bytes.len() * MAX_CONTROL_PERCENT
}

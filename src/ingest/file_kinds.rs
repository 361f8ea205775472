//! What files of folders and archives are by the ending of their names (`tables/file_kinds.tsv`): those that are read,
//! and those that are no reports and are counted by kind. A file of any other ending, or of none, is known only by its
//! beginning.

use super::phrase_table::IngestTable;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    /// A text, page, feed, document or archive: it is read.
    Read,
    Picture,
    /// A sound or film.
    Media,
    /// What a page is shown with: styles and scripts.
    Style,
    Font,
    Program,
    /// A document of another program.
    Document,
    Sheet,
    /// An archive in a format that is not unpacked.
    Archive,
    /// A shortcut to an address or a file.
    Link,
    Bibliography,
    /// What a folder or program says about itself: `README.md`, `LICENSE`.
    About,
    /// A database, a setting or a half-written file of a program.
    System,
    /// What a server answered instead of a page.
    ErrorPage,
    /// A part of a page that a browser saved whole, in its `…_files` folder.
    PagePart,
    /// Its name begins with a dot.
    Hidden,
    /// There is nothing in it.
    Empty,
    /// No text by its beginning, or a text without any sign that it is a report.
    Other,
}

const TABLE: IngestTable<FileKind> = IngestTable {
    file: "file_kinds.tsv",
    text: include_str!("tables/file_kinds.tsv"),
    kinds: &[
        ("read", FileKind::Read),
        ("picture", FileKind::Picture),
        ("media", FileKind::Media),
        ("style", FileKind::Style),
        ("font", FileKind::Font),
        ("program", FileKind::Program),
        ("document", FileKind::Document),
        ("sheet", FileKind::Sheet),
        ("archive", FileKind::Archive),
        ("link", FileKind::Link),
        ("bibliography", FileKind::Bibliography),
        ("about", FileKind::About),
        ("system", FileKind::System),
    ],
};

/// The kind of a file by its name. `None` if only its beginning tells. Rows of the kind `about` are whole names without
/// the ending, and are asked first: `README.md` is no report, whatever its ending.
pub fn by_name(name: &str) -> Option<FileKind> {
    static KINDS: OnceLock<HashMap<&'static str, FileKind>> = OnceLock::new();
    let kinds = KINDS.get_or_init(|| TABLE.rows().map(|row| (row.words, row.kind)).collect());
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    let of = |words: &str| kinds.get(words).copied();
    let about = of(name.split('.').next().unwrap_or_default()).filter(|kind| *kind == FileKind::About);
    about.or_else(|| of(name.rsplit_once('.')?.1).filter(|kind| *kind != FileKind::About))
}

impl FileKind {
    /// The kind of what a server sends as this media type (`image/png`).
    pub fn of_media_type(media_type: &str) -> Self {
        match media_type.split('/').next().unwrap_or_default() {
            "image" => Self::Picture,
            "audio" | "video" => Self::Media,
            "font" => Self::Font,
            _ if media_type.contains("javascript") || media_type.contains("css") => Self::Style,
            _ => Self::Other,
        }
    }

    /// What files of this kind are, in the plural, for the line that counts them.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Read => "texts",
            Self::Picture => "pictures (a scanned report must be recognized first)",
            Self::Media => "sounds and films",
            Self::Style => "styles and scripts",
            Self::Font => "fonts",
            Self::Program => "programs",
            Self::Document => "documents of other programs (save them as plain text or HTML)",
            Self::Sheet => "spreadsheets (save them as CSV)",
            Self::Archive => "archives that must be unpacked first",
            Self::Link => "links",
            Self::Bibliography => "bibliographies",
            Self::About => "notes about their folder (README and the like)",
            Self::System => "files of programs",
            Self::ErrorPage => "error pages",
            Self::PagePart => "parts of saved pages",
            Self::Hidden => "hidden files",
            Self::Empty => "empty files",
            Self::Other => "others without any sign of a report (name one by itself to read it)",
        }
    }

    /// The word for the kind in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Picture => "picture",
            Self::Media => "media",
            Self::Style => "style",
            Self::Font => "font",
            Self::Program => "program",
            Self::Document => "document",
            Self::Sheet => "sheet",
            Self::Archive => "archive",
            Self::Link => "link",
            Self::Bibliography => "bibliography",
            Self::About => "about",
            Self::System => "system",
            Self::ErrorPage => "error_page",
            Self::PagePart => "page_part",
            Self::Hidden => "hidden",
            Self::Empty => "empty",
            Self::Other => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_kind() {
        TABLE.check();
        assert_eq!(by_name("a/b.HTML"), Some(FileKind::Read));
        assert_eq!(by_name("a.b/ảnh.JPG"), Some(FileKind::Picture));
        assert_eq!(by_name("b.aspx?id=12"), None);
        assert_eq!(by_name("bao-cao/README.md"), Some(FileKind::About));
        assert_eq!((by_name("LICENSE"), by_name("a.readme")), (Some(FileKind::About), None));
        assert_eq!((by_name("a.b/c"), by_name("khong-duoi")), (None, None));
    }
}

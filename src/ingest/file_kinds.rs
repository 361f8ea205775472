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
    /// A document that an installed program reads, if there is one: PDF, DOC.
    Helped,
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
    /// The front page of a site.
    FrontPage,
    /// A page, or a map of a site, of links to others.
    LinkList,
    /// A part of a page that a browser saved whole, in its `…_files` folder.
    PagePart,
    /// A message of a chat with too few words to report anything.
    Message,
    /// An item of a feed that the user has deleted in the feed reader.
    DeletedItem,
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
        ("helped", FileKind::Helped),
        ("document", FileKind::Document),
        ("sheet", FileKind::Sheet),
        ("archive", FileKind::Archive),
        ("link", FileKind::Link),
        ("bibliography", FileKind::Bibliography),
        ("about", FileKind::About),
        ("system", FileKind::System),
    ],
};

/// How the names of the files begin in which office programs keep who has a document open.
const OWNER_FILE: &str = "~$";

/// The kind of a file by its name. `None` if only its beginning tells. Rows of the kind `about` are whole names without
/// the ending, and are asked first: `README.md` is no report, whatever its ending.
pub fn by_name(name: &str) -> Option<FileKind> {
    static KINDS: OnceLock<HashMap<&'static str, FileKind>> = OnceLock::new();
    let kinds = KINDS.get_or_init(|| TABLE.rows().map(|row| (row.words, row.kind)).collect());
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    if name.starts_with(OWNER_FILE) {
        return Some(FileKind::System);
    }
    let of = |words: &str| kinds.get(words).copied();
    let about = of(name.split('.').next().unwrap_or_default()).filter(|kind| *kind == FileKind::About);
    let by_ending = |name: &str| of(name.rsplit_once('.')?.1).filter(|kind| *kind != FileKind::About);
    // Mirrors keep what an address asks for: `a.js?v=3`, on Windows `a.js@v=3`. What a page is then is not told.
    let asked = || by_ending(name.split_once(['?', '@'])?.0).filter(|kind| *kind != FileKind::Read);
    about.or_else(|| by_ending(&name)).or_else(asked)
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

    /// How many files of this kind there are, in words: `1 picture …`, `2 fonts`.
    pub fn counted(self, count: usize) -> String {
        let (one, several, more) = self.names();
        format!("{count} {}{more}", if count == 1 { one } else { several })
    }

    /// What a file of this kind is, what several are, and what to do with them.
    fn names(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Read => ("text", "texts", ""),
            Self::Picture => ("picture", "pictures", " (a scanned report must be recognized first)"),
            Self::Media => ("sound or film", "sounds and films", ""),
            Self::Style => ("style or script", "styles and scripts", ""),
            Self::Font => ("font", "fonts", ""),
            Self::Program => ("program", "programs", ""),
            Self::Helped => (
                "PDF or old Word file",
                "PDF or old Word files",
                " (the program that reads them is not installed: see `doctor`)",
            ),
            Self::Document => {
                ("document of another program", "documents of other programs", " (save as plain text or HTML)")
            }
            Self::Sheet => ("spreadsheet", "spreadsheets", " (save as CSV)"),
            Self::Archive => ("packed file", "packed files", " to be unpacked first"),
            Self::Link => ("link", "links", ""),
            Self::Bibliography => ("bibliography", "bibliographies", ""),
            Self::About => ("note about its folder", "notes about their folders", " (README and the like)"),
            Self::System => ("file of a program", "files of programs", ""),
            Self::ErrorPage => ("error page", "error pages", ""),
            Self::FrontPage => ("front page of a site", "front pages of sites", ""),
            Self::LinkList => ("list of links", "lists of links", ""),
            Self::PagePart => ("part of a saved page", "parts of saved pages", ""),
            Self::Message => ("message of a few words", "messages of a few words", ""),
            Self::DeletedItem => ("item deleted in newsboat", "items deleted in newsboat", ""),
            Self::Hidden => ("hidden file", "hidden files", ""),
            Self::Empty => ("empty file", "empty files", ""),
            Self::Other => ("other", "others", " without any sign of a report (name one by itself to read it)"),
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
            Self::Helped => "needs_program",
            Self::Document => "document",
            Self::Sheet => "sheet",
            Self::Archive => "archive",
            Self::Link => "link",
            Self::Bibliography => "bibliography",
            Self::About => "about",
            Self::System => "system",
            Self::ErrorPage => "error_page",
            Self::FrontPage => "front_page",
            Self::LinkList => "link_list",
            Self::PagePart => "page_part",
            Self::Message => "message",
            Self::DeletedItem => "deleted_item",
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
    fn one_file_is_counted_in_the_singular() {
        assert_eq!(FileKind::Hidden.counted(1), "1 hidden file");
        assert_eq!(FileKind::Hidden.counted(2), "2 hidden files");
        assert_eq!(FileKind::Archive.counted(1), "1 packed file to be unpacked first");
    }

    #[test]
    fn a_name_tells_the_kind() {
        TABLE.check();
        assert_eq!(by_name("a/b.HTML"), Some(FileKind::Read));
        assert_eq!(by_name("a.b/ảnh.JPG"), Some(FileKind::Picture));
        assert_eq!((by_name("b.aspx?id=12"), by_name("a.html?print=1")), (None, None));
        assert_eq!((by_name("a.js?v=3.1"), by_name("a.png@w=60")), (Some(FileKind::Style), Some(FileKind::Picture)));
        assert_eq!(by_name("cong-van/~$ 245.docx"), Some(FileKind::System));
        assert_eq!(by_name("bao-cao/README.md"), Some(FileKind::About));
        assert_eq!((by_name("LICENSE"), by_name("a.readme")), (Some(FileKind::About), None));
        assert_eq!((by_name("a.b/c"), by_name("khong-duoi")), (None, None));
    }
}

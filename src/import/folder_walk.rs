//! Finds the files to import: those that the user names, and in a folder all that can be reports by their names, in
//! order of their names. Every other file of a folder is told with its kind. Refuses links that lead out of a folder,
//! and ends on loops. Opens no file: `input_source` checks what each one is, and opens a file of a folder from that
//! folder on, so that a folder replaced by a link is not followed.

use super::document_helper::HelpedFormat;
use crate::ingest::{FileKind, kind_by_name};
use crate::system::files::{OpenFolder, file_number, is_inherited_pipe, is_standard_input, open_folder};
use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folders deeper than this are refused, because the walk is recursive.
const MAX_DEPTH: usize = 64;

/// A file to read, or one that cannot be read.
#[derive(Clone, Debug)]
pub struct InputEntry {
    /// What messages call it, and what is kept as the report's file.
    pub name: String,
    pub origin: InputOrigin,
    /// Whether it is a file of a folder whose name tells nothing: it is read only if its beginning tells that it is a
    /// page, feed, record, document or archive.
    pub is_unknown: bool,
}

/// Where to read a file from.
#[derive(Clone, Debug)]
pub enum InputOrigin {
    /// A path without links. It may be something else than a plain file.
    File(PathBuf),
    /// A file of a folder that the user named. It may be something else than a plain file.
    Inside {
        /// The folder that the user named.
        root: Arc<RootFolder>,
        /// The path from there.
        path: PathBuf,
    },
    StandardInput,
    /// A pipe that this process has open, by its path: `<(command)` of a shell.
    Pipe(PathBuf),
    /// It cannot be read, and why.
    Refused(String),
    /// A file of a folder that is no report by its name.
    LeftOut(FileKind),
}

impl RootFolder {
    fn open(path: &Path) -> io::Result<Arc<Self>> {
        let real = path.canonicalize()?;
        let folder = open_folder(&real)?;
        Ok(Arc::new(Self { real, folder }))
    }
}

impl InputEntry {
    /// The path of the file, without links. `None` if it has none.
    pub fn path(&self) -> Option<PathBuf> {
        match &self.origin {
            InputOrigin::File(path) => Some(path.clone()),
            InputOrigin::Inside { root, path } => Some(root.real.join(path)),
            InputOrigin::StandardInput | InputOrigin::Pipe(_) | InputOrigin::Refused(_) | InputOrigin::LeftOut(_) => {
                None
            }
        }
    }
}

/// The name of newsboat's cache, which is looked into: other files of its kind belong to programs.
const NEWSBOAT_FILE: &str = "cache.db";

/// A folder that the user named.
#[derive(Debug)]
pub struct RootFolder {
    /// Its path without links. No link may lead out of it.
    real: PathBuf,
    /// Kept open, so that its files are opened from here on.
    pub folder: OpenFolder,
}

/// What a walk has found so far.
#[derive(Debug, Default)]
struct WalkState {
    found: Vec<InputEntry>,
    /// The number of open folders that hold the parts of a saved page.
    page_parts: usize,
    /// The folders visited, by device and file number.
    visited: HashSet<(u64, u64)>,
}

/// All files that `paths` name (`-` is standard input), in order; those of folders that are left out are among them.
pub fn find(paths: &[PathBuf]) -> Vec<InputEntry> {
    let mut walk = WalkState::default();
    for path in paths {
        if path.as_os_str() == "-" || is_standard_input(path) {
            walk.add(path, InputOrigin::StandardInput);
            continue;
        }
        if is_inherited_pipe(path) {
            walk.add(path, InputOrigin::Pipe(path.clone()));
            continue;
        }
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => match RootFolder::open(path) {
                Ok(root) => walk.folder(path, &root.real, &root, 0),
                Err(error) => walk.refuse(path, why(&error)),
            },
            // A link that the user names is followed.
            Ok(_) => match path.canonicalize() {
                Ok(real) => walk.add(path, InputOrigin::File(real)),
                Err(error) => walk.refuse(path, why(&error)),
            },
            Err(error) => walk.refuse(path, why(&error)),
        }
    }
    walk.found
}

impl WalkState {
    /// Adds a file that cannot be read.
    fn refuse(&mut self, path: &Path, why: impl Into<String>) {
        self.add(path, InputOrigin::Refused(why.into()));
    }

    fn add(&mut self, path: &Path, origin: InputOrigin) {
        self.found.push(InputEntry { name: name_of(path), origin, is_unknown: false });
    }

    /// Walks a folder: `shown` is the path as the user wrote it, `real` the path without links, `root` the folder that
    /// the user named.
    fn folder(&mut self, shown: &Path, real: &Path, root: &Arc<RootFolder>, depth: usize) {
        if depth > MAX_DEPTH {
            return self.refuse(shown, format!("it lies more than {MAX_DEPTH} folders deep; give it by itself"));
        }
        if !self.first_visit(real) {
            return;
        }
        let entries = match fs::read_dir(real) {
            Ok(entries) => entries,
            Err(error) => return self.refuse(shown, format!("the folder could not be read: {}", why(&error))),
        };
        let mut names = Vec::new();
        for entry in entries {
            match entry {
                Ok(entry) => names.push(entry.file_name()),
                Err(error) => self.refuse(shown, format!("the folder could not be read to its end: {error}")),
            }
        }
        names.sort();
        for name in &names {
            let is_of_page = is_folder_of_page(name, &names);
            self.page_parts += usize::from(is_of_page);
            self.entry(&shown.join(name), &real.join(name), root, depth);
            self.page_parts -= usize::from(is_of_page);
        }
    }

    fn entry(&mut self, shown: &Path, real: &Path, root: &Arc<RootFolder>, depth: usize) {
        // Hidden files belong to programs.
        if shown.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
            return self.add(shown, InputOrigin::LeftOut(FileKind::Hidden));
        }
        let kind = match fs::symlink_metadata(real) {
            Ok(meta) => meta.file_type(),
            Err(error) => return self.refuse(shown, why(&error)),
        };
        if kind.is_dir() {
            self.folder(shown, real, root, depth + 1);
        } else if kind.is_symlink() {
            match real.canonicalize() {
                // The walk comes to its target anyway.
                Ok(target) if target.starts_with(&root.real) => {}
                Ok(_) => self.refuse(shown, "it is a link that leads out of the folder; name its target by itself"),
                Err(error) => self.refuse(shown, format!("it is a link that leads nowhere: {}", why(&error))),
            }
        } else if self.page_parts > 0 {
            self.add(shown, InputOrigin::LeftOut(FileKind::PagePart));
        } else {
            let by_name = kind_by_name(&name_of(shown));
            // A document of another program is read if there is a program for it, and if it is one.
            let is_helped =
                || HelpedFormat::by_name(&name_of(shown)).is_some_and(|format| format.installed().is_some());
            if let Some(left_out) = by_name.filter(|by_name| *by_name != FileKind::Read && kind.is_file())
                && !(left_out == FileKind::Helped && is_helped())
                && !shown.ends_with(NEWSBOAT_FILE)
            {
                return self.add(shown, InputOrigin::LeftOut(left_out));
            }
            // Every path of the walk was made by joining names to `root.real`.
            let path = real.strip_prefix(&root.real).unwrap_or(real).to_owned();
            let origin = InputOrigin::Inside { root: Arc::clone(root), path };
            let is_unknown = by_name != Some(FileKind::Read);
            self.found.push(InputEntry { name: name_of(shown), origin, is_unknown });
        }
    }

    /// Whether this folder is visited for the first time. Mounts can make loops without any link.
    fn first_visit(&mut self, folder: &Path) -> bool {
        let number = fs::metadata(folder).ok().and_then(|meta| file_number(&meta));
        // On systems without file numbers, the depth is the limit.
        number.is_none_or(|number| self.visited.insert(number))
    }
}

/// Why a file could not be reached, in a reader's words.
pub fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it (permission denied)".to_owned(),
        _ => error.to_string(),
    }
}

/// Whether a folder among these names is the one in which a browser keeps the parts of a page that it saved whole:
/// `Tin.html` and `Tin_files`.
fn is_folder_of_page(name: &OsStr, names: &[OsString]) -> bool {
    let Some(page) = name.to_str().and_then(|name| name.strip_suffix("_files").or_else(|| name.strip_suffix(".files")))
    else {
        return false;
    };
    ["html", "htm"].iter().any(|ending| names.binary_search(&OsString::from([page, ".", ending].concat())).is_ok())
}

/// The path as text, with U+FFFD for what is not UTF-8.
fn name_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let found = find(&[folder.to_owned()]);
        let short = |f: InputEntry| f.name.rsplit('/').next().unwrap_or_default().to_owned();
        found
            .into_iter()
            .map(|f| match f.origin {
                InputOrigin::Refused(_) => format!("!{}", short(f)),
                InputOrigin::LeftOut(kind) => format!("{} {}", kind.word(), short(f)),
                _ if f.is_unknown => format!("?{}", short(f)),
                _ => short(f),
            })
            .collect()
    }

    #[test]
    fn a_folder_gives_its_reports_in_order_of_names() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.HTML", "c.expected", ".hidden.txt", "README.md"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        fs::create_dir(folder.path().join("aa")).unwrap();
        fs::write(folder.path().join("aa/z.txt"), "x").unwrap();
        fs::create_dir(folder.path().join("Tin_files")).unwrap();
        fs::write(folder.path().join("Tin_files/ad.html"), "x").unwrap();
        for name in ["Tin.html", "d.PNG", "e.ppt", "bai.aspx?id=12", "khong-duoi"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        assert_eq!(
            names(folder.path()),
            [
                "hidden .hidden.txt",
                "about README.md",
                "Tin.html",
                "page_part ad.html",
                "a.HTML",
                "z.txt",
                "b.txt",
                "?bai.aspx?id=12",
                "?c.expected",
                "picture d.PNG",
                "document e.ppt",
                "?khong-duoi"
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_folder_are_refused_and_loops_end() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.txt"), "x").unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("in.txt"), "x").unwrap();
        symlink(outside.path().join("secret.txt"), folder.path().join("out.txt")).unwrap();
        symlink(outside.path(), folder.path().join("outdir")).unwrap();
        symlink(folder.path(), folder.path().join("self")).unwrap();
        symlink("nowhere", folder.path().join("dangling.txt")).unwrap();
        assert_eq!(names(folder.path()), ["!dangling.txt", "in.txt", "!out.txt", "!outdir"]);
    }

    #[test]
    fn a_file_named_by_itself_is_always_tried() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.odd");
        fs::write(&path, "x").unwrap();
        assert!(matches!(find(&[path]).as_slice(), [InputEntry { origin: InputOrigin::File(_), .. }]));
        assert!(matches!(
            find(&[folder.path().join("none")]).as_slice(),
            [InputEntry { origin: InputOrigin::Refused(_), .. }]
        ));
        assert!(matches!(find(&["-".into()]).as_slice(), [InputEntry { origin: InputOrigin::StandardInput, .. }]));
    }
}

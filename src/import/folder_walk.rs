//! Finds the files to import: those that the user names, and in a folder those with a known ending, in order of their
//! names. Refuses links that lead out of a folder, and ends on loops. Opens no file: `input_source` checks what each
//! one is, and opens a file of a folder from that folder on, so that a folder replaced by a link is not followed.

use crate::system::files::{OpenFolder, file_number, is_inherited_pipe, is_standard_input, open_folder};
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The endings of files that are read in a folder. A file that the user names is read with any ending.
pub const ENDINGS: [&str; 10] = ["txt", "html", "htm", "xhtml", "xml", "rss", "atom", "jsonl", "ndjson", "json"];

/// Endings of other programs' documents: they are skipped like all others, but a reader may miss them, so they are
/// counted.
const DOCUMENTS: [&str; 14] =
    ["pdf", "doc", "docx", "odt", "rtf", "mht", "mhtml", "webarchive", "epub", "zip", "rar", "7z", "xls", "xlsx"];

/// Files of folders that were not read because of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkippedFiles {
    /// Number of files skipped, documents included.
    pub files: usize,
    /// Number of documents of other programs among them.
    pub documents: usize,
    /// The endings of those documents, each once, in order.
    pub endings: BTreeSet<&'static str>,
}

/// Folders deeper than this are refused, because the walk is recursive.
const MAX_DEPTH: usize = 64;

/// A file to read, or one that cannot be read.
#[derive(Clone, Debug)]
pub struct InputEntry {
    /// What messages call it, and what is kept as the report's file.
    pub name: String,
    pub origin: InputOrigin,
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
            InputOrigin::StandardInput | InputOrigin::Pipe(_) | InputOrigin::Refused(_) => None,
        }
    }
}

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
    skipped: SkippedFiles,
    /// The folders visited, by device and file number.
    visited: HashSet<(u64, u64)>,
}

/// All files that `paths` name (`-` is standard input), in order, and what was skipped in folders.
pub fn find(paths: &[PathBuf]) -> (Vec<InputEntry>, SkippedFiles) {
    let mut walk = WalkState::default();
    for path in paths {
        if path.as_os_str() == "-" || is_standard_input(path) {
            walk.found.push(InputEntry { name: name_of(path), origin: InputOrigin::StandardInput });
            continue;
        }
        if is_inherited_pipe(path) {
            walk.found.push(InputEntry { name: name_of(path), origin: InputOrigin::Pipe(path.clone()) });
            continue;
        }
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => match RootFolder::open(path) {
                Ok(root) => walk.folder(path, &root.real, &root, 0),
                Err(error) => walk.refuse(path, why(&error)),
            },
            // A link that the user names is followed.
            Ok(_) => match path.canonicalize() {
                Ok(real) => walk.found.push(InputEntry { name: name_of(path), origin: InputOrigin::File(real) }),
                Err(error) => walk.refuse(path, why(&error)),
            },
            Err(error) => walk.refuse(path, why(&error)),
        }
    }
    (walk.found, walk.skipped)
}

impl WalkState {
    /// Adds a file that cannot be read.
    fn refuse(&mut self, path: &Path, why: impl Into<String>) {
        self.found.push(InputEntry { name: name_of(path), origin: InputOrigin::Refused(why.into()) });
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
        for name in names {
            self.entry(&shown.join(&name), &real.join(&name), root, depth);
        }
    }

    fn entry(&mut self, shown: &Path, real: &Path, root: &Arc<RootFolder>, depth: usize) {
        // Hidden files belong to programs.
        if shown.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
            self.skipped.files += 1;
            return;
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
        } else if kind.is_file() && !has_known_ending(shown) {
            self.skip(shown);
        } else {
            // Every path of the walk was made by joining names to `root.real`.
            let path = real.strip_prefix(&root.real).unwrap_or(real).to_owned();
            let origin = InputOrigin::Inside { root: Arc::clone(root), path };
            self.found.push(InputEntry { name: name_of(shown), origin });
        }
    }

    /// Counts a file that is not read because of its ending.
    fn skip(&mut self, shown: &Path) {
        self.skipped.files += 1;
        let ending = shown.extension().and_then(|ending| ending.to_str());
        let document = ending.and_then(|ending| DOCUMENTS.iter().find(|known| known.eq_ignore_ascii_case(ending)));
        if let Some(document) = document {
            self.skipped.documents += 1;
            self.skipped.endings.insert(document);
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

/// Whether the name has one of `ENDINGS`, in upper or lower case.
fn has_known_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// The path as text, with U+FFFD for what is not UTF-8.
fn name_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let (found, _) = find(&[folder.to_owned()]);
        let short = |f: InputEntry| f.name.rsplit('/').next().unwrap_or_default().to_owned();
        found
            .into_iter()
            .map(|f| match f.origin {
                InputOrigin::Refused(_) => format!("!{}", short(f)),
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
        assert_eq!(names(folder.path()), ["a.HTML", "z.txt", "b.txt"]);
        assert_eq!(find(&[folder.path().to_owned()]).1, SkippedFiles { files: 3, ..SkippedFiles::default() });
        fs::write(folder.path().join("d.PDF"), "x").unwrap();
        let (_, skipped) = find(&[folder.path().to_owned()]);
        assert_eq!(
            (skipped.files, skipped.documents, skipped.endings.into_iter().collect::<Vec<_>>()),
            (4, 1, vec!["pdf"])
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
        assert!(matches!(find(&[path]).0.as_slice(), [InputEntry { origin: InputOrigin::File(_), .. }]));
        assert!(matches!(
            find(&[folder.path().join("none")]).0.as_slice(),
            [InputEntry { origin: InputOrigin::Refused(_), .. }]
        ));
        assert!(matches!(find(&["-".into()]).0.as_slice(), [InputEntry { origin: InputOrigin::StandardInput, .. }]));
    }
}

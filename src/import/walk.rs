//! Which files are meant: those named, and in a folder those whose ending says that reports may be in them, in order of
//! their names. Links that lead out of a folder are refused, loops are noticed, and nothing is opened here.

use crate::system::files::identity;
use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// In a folder, only files that end so are read; a file named by itself is always tried.
pub const ENDINGS: [&str; 9] = ["txt", "html", "htm", "xhtml", "xml", "rss", "atom", "jsonl", "ndjson"];

/// Documents of other programs: what a reader may miss when a folder has been read.
const DOCUMENTS: [&str; 14] =
    ["pdf", "doc", "docx", "odt", "rtf", "mht", "mhtml", "webarchive", "epub", "zip", "rar", "7z", "xls", "xlsx"];

/// Files of folders that were not read because of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkippedFiles {
    /// How many in all.
    pub files: usize,
    /// How many of them are documents of other programs.
    pub documents: usize,
    /// The endings of those documents, each once, in order.
    pub endings: BTreeSet<&'static str>,
}

/// Deeper folders are refused.
const DEEPEST: usize = 64;

/// Something to read, or what cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputEntry {
    /// As it is named in messages and kept as the report's file.
    pub name: String,
    /// Where it is, or why it cannot be read.
    pub what: InputOrigin,
}

/// Where to read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputOrigin {
    /// A file; whether it is a plain one is seen when it is opened.
    File(PathBuf),
    /// Standard input.
    Input,
    /// It cannot be read, for this reason.
    Refused(String),
}

/// What a walk has met.
#[derive(Debug, Default)]
struct WalkState {
    found: Vec<InputEntry>,
    left_out: SkippedFiles,
    seen: HashSet<(u64, u64)>,
}

/// All files meant by `paths` (`-` is standard input), in order, and what was left out of folders.
pub fn find(paths: &[PathBuf]) -> (Vec<InputEntry>, SkippedFiles) {
    let mut walk = WalkState::default();
    for path in paths {
        if path.as_os_str() == "-" {
            walk.found.push(InputEntry { name: "-".to_owned(), what: InputOrigin::Input });
            continue;
        }
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => match path.canonicalize() {
                Ok(root) => walk.folder(path, &root, &root, 0),
                Err(error) => walk.refuse(path, why(&error)),
            },
            // The user named it: a link to a file may be followed.
            Ok(_) => match path.canonicalize() {
                Ok(real) => walk.found.push(InputEntry { name: name_of(path), what: InputOrigin::File(real) }),
                Err(error) => walk.refuse(path, why(&error)),
            },
            Err(error) => walk.refuse(path, why(&error)),
        }
    }
    (walk.found, walk.left_out)
}

impl WalkState {
    fn refuse(&mut self, path: &Path, why: impl Into<String>) {
        self.found.push(InputEntry { name: name_of(path), what: InputOrigin::Refused(why.into()) });
    }

    /// Walks `real`, named `shown`, below `root`.
    fn folder(&mut self, shown: &Path, real: &Path, root: &Path, depth: usize) {
        if depth > DEEPEST {
            return self.refuse(shown, format!("it lies more than {DEEPEST} folders deep; give it by itself"));
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

    fn entry(&mut self, shown: &Path, real: &Path, root: &Path, depth: usize) {
        // What begins with a dot belongs to some program.
        if shown.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
            self.left_out.files += 1;
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
                // What it leads to is met by itself.
                Ok(target) if target.starts_with(root) => {}
                Ok(_) => self.refuse(shown, "it is a link that leads out of the folder; name its target by itself"),
                Err(error) => self.refuse(shown, format!("it is a link that leads nowhere: {}", why(&error))),
            }
        } else if kind.is_file() && !has_known_ending(shown) {
            self.leave_out(shown);
        } else {
            self.found.push(InputEntry { name: name_of(shown), what: InputOrigin::File(real.to_owned()) });
        }
    }

    fn leave_out(&mut self, shown: &Path) {
        self.left_out.files += 1;
        let ending = shown.extension().and_then(|ending| ending.to_str());
        let document = ending.and_then(|ending| DOCUMENTS.iter().find(|known| known.eq_ignore_ascii_case(ending)));
        if let Some(document) = document {
            self.left_out.documents += 1;
            self.left_out.endings.insert(document);
        }
    }

    /// Whether this folder is met for the first time: mounts can make loops without any link.
    fn first_visit(&mut self, folder: &Path) -> bool {
        let identity = fs::metadata(folder).ok().and_then(|meta| identity(&meta));
        // Where nothing tells folders apart, the depth is the limit.
        identity.is_none_or(|identity| self.seen.insert(identity))
    }
}

/// Why a file could not be reached, in the words of a person.
pub fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it (permission denied)".to_owned(),
        _ => error.to_string(),
    }
}

fn has_known_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

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
            .map(|f| match f.what {
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
        let (_, left_out) = find(&[folder.path().to_owned()]);
        assert_eq!(
            (left_out.files, left_out.documents, left_out.endings.into_iter().collect::<Vec<_>>()),
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
        assert!(matches!(find(&[path]).0.as_slice(), [InputEntry { what: InputOrigin::File(_), .. }]));
        assert!(matches!(
            find(&[folder.path().join("none")]).0.as_slice(),
            [InputEntry { what: InputOrigin::Refused(_), .. }]
        ));
        assert!(matches!(find(&["-".into()]).0.as_slice(), [InputEntry { what: InputOrigin::Input, .. }]));
    }
}

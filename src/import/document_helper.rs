//! Documents that other programs read for this one: the text layer of PDF files by `pdftotext`, old Word files by
//! `antiword` or `catdoc`, where they are installed. These formats are too intricate to be read safely here, so a
//! program of its own reads them, within limits of time, memory and output. What to do without one is in the refusal
//! of `ingest`.

use crate::ingest::{MAX_TEXT_BYTES, NO_TEXT_LAYER, joined_lines};
use crate::system::{HelperFailure, HelperLimits, helper};
use std::env;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::Duration;

/// What a helper may take. A report of hundreds of pages takes a second.
const LIMITS: HelperLimits =
    HelperLimits { time: Duration::from_secs(20), output_bytes: MAX_TEXT_BYTES, memory_bytes: 512 << 20 };

/// A program that prints the text of a document which it reads from its standard input.
struct HelperProgram {
    name: &'static str,
    arguments: &'static [&'static str],
}

/// A format that a helper reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpedFormat {
    Pdf,
    /// Word up to version 2003.
    Word,
}

impl HelpedFormat {
    /// All of them, in the order of `doctor`.
    pub const ALL: [Self; 2] = [Self::Pdf, Self::Word];

    /// The format of a file that begins so.
    pub(super) fn of(head: &[u8], name: &str) -> Option<Self> {
        if head.starts_with(b"%PDF-") {
            return Some(Self::Pdf);
        }
        // Old tables and mails begin as old Word files do.
        let is_word = head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
        Self::by_name(name).filter(|format| is_word && *format == Self::Word)
    }

    /// The format of a file by the ending of its name.
    pub(super) fn by_name(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "pdf" => Some(Self::Pdf),
            "doc" => Some(Self::Word),
            _ => None,
        }
    }

    /// What its files are called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Word => "old Word (.doc)",
        }
    }

    /// One of its files, in a sentence.
    fn document(self) -> &'static str {
        match self {
            Self::Pdf => "a PDF document",
            Self::Word => "an old Word document (.doc)",
        }
    }

    /// What to install, with the names of the packages of common systems.
    pub fn to_install(self) -> &'static str {
        match self {
            Self::Pdf => "pdftotext (package poppler-utils or poppler)",
            Self::Word => "antiword or catdoc",
        }
    }

    fn programs(self) -> &'static [HelperProgram] {
        match self {
            Self::Pdf => {
                &[HelperProgram { name: "pdftotext", arguments: &["-q", "-enc", "UTF-8", "-nopgbrk", "-", "-"] }]
            }
            Self::Word => &[
                HelperProgram { name: "antiword", arguments: &["-m", "UTF-8.txt", "-w", "0", "-"] },
                HelperProgram { name: "catdoc", arguments: &["-d", "utf-8", "-w", "-"] },
            ],
        }
    }

    /// The installed program for it, by its path. Looks through the folders of `PATH`.
    pub fn installed(self) -> Option<PathBuf> {
        self.helper().map(|(_, path)| path)
    }

    fn helper(self) -> Option<(&'static HelperProgram, PathBuf)> {
        let folders = env::var_os("PATH")?;
        self.programs().iter().find_map(|program| {
            let paths = env::split_paths(&folders).filter(|folder| folder.is_absolute());
            paths.map(|folder| folder.join(program.name)).find(|path| path.is_file()).map(|path| (program, path))
        })
    }

    /// The text of a document that is in memory, as `text_of`.
    pub(super) fn text_of_bytes(self, bytes: Vec<u8>, stop: &AtomicBool) -> Result<Vec<u8>, String> {
        let failed = |error: io::Error| format!("no pipe to a helper could be made: {error}");
        let (reader, mut writer) = io::pipe().map_err(failed)?;
        // A thread, because the helper may write before it has read all. It ends when the helper does.
        let write = move || writer.write_all(&bytes);
        let written = thread::Builder::new().name("helper-input".to_owned()).spawn(write).map_err(failed)?;
        let text = self.text_of(reader, stop);
        let _ = written.join();
        text
    }

    /// The text of a file, in paragraphs. The error is the reason in words for the user.
    pub(super) fn text_of(self, file: impl Into<Stdio>, stop: &AtomicBool) -> Result<Vec<u8>, String> {
        let Some((program, path)) = self.helper() else {
            return Err(format!("it looks like {}; install {}", self.document(), self.to_install()));
        };
        let text = helper::run(&path, program.arguments, file, &LIMITS, stop).map_err(|failure| {
            let why = match failure {
                HelperFailure::Start(error) => format!("could not be run ({error})"),
                HelperFailure::Refused => "could not read it: it may be damaged or locked by a password".to_owned(),
                HelperFailure::TooLong => format!("did not end within {} seconds", LIMITS.time.as_secs()),
                HelperFailure::TooMuch => format!("finds more than {} MiB of text in it", LIMITS.output_bytes >> 20),
                HelperFailure::Stopped => "was stopped".to_owned(),
            };
            format!("it looks like {}; {} {why}", self.document(), program.name)
        })?;
        let text = String::from_utf8_lossy(&text);
        if !text.chars().any(char::is_alphanumeric) {
            return Err(NO_TEXT_LAYER.to_owned());
        }
        Ok(match self {
            Self::Pdf => joined_lines(&text),
            // A paragraph is a line there already.
            Self::Word => text.into_owned(),
        }
        .into_bytes())
    }
}

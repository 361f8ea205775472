//! Has the user edit a text in the editor of their choice ($VISUAL, $EDITOR, else vi), in a file of their own. The
//! terminal is lent to the editor meanwhile. The file is deleted afterwards, unless what is in it could not be kept.

use super::enter_and_leave;
use crate::store::private_files;
use crate::system::terminal as platform;
use crate::tui::message::EffectOutcome;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The editor if the environment names none.
const USUAL: &str = "vi";

/// Bytes of the line end that an editor puts behind the last line: they are no part of a note.
const LINE_END: usize = 2;

/// Runs the editor on `text`, in a file in `folder`. Returns what it has saved, if that has at most `most` bytes.
pub fn edit(text: &str, folder: Option<&Path>, most: usize) -> EffectOutcome {
    let folder = folder.map_or_else(env::temp_dir, Path::to_owned);
    let file = folder.join(format!("note-{}.txt", std::process::id()));
    let failed = |why: String| EffectOutcome::EditFailed(why);
    let written = private_files::make_folder(&folder)
        .and_then(|()| private_files::private_file(&file).map_err(io::Error::other))
        .and_then(|()| fs::write(&file, text));
    if let Err(error) = written {
        return failed(error.to_string());
    }
    let outcome = match run(&file) {
        Ok(()) => saved(&file, most),
        Err(why) => failed(why),
    };
    if !matches!(outcome, EffectOutcome::EditedTooLong { .. }) {
        // It is in a folder of the user's, and the next edit overwrites it.
        let _ = fs::remove_file(&file);
    }
    outcome
}

/// Runs the editor on a file and waits for it.
fn run(file: &PathBuf) -> Result<(), String> {
    let named =
        ["VISUAL", "EDITOR"].into_iter().find_map(|name| env::var(name).ok().filter(|it| !it.trim().is_empty()));
    let command = named.unwrap_or_else(|| USUAL.to_owned());
    let mut words = command.split_whitespace();
    let program = words.next().unwrap_or(USUAL);
    let ended = platform::lend_keys(|| {
        enter_and_leave::lend();
        let ended = Command::new(program).args(words).arg(file).status();
        // A terminal that is gone is noticed by the thread that reads it.
        let _ = enter_and_leave::take_back();
        ended
    });
    match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{program}: {status}")),
        Err(error) => Err(format!("{program}: {error}")),
    }
}

fn saved(file: &Path, most: usize) -> EffectOutcome {
    let bytes = fs::metadata(file).map(|meta| usize::try_from(meta.len()).unwrap_or(usize::MAX));
    match bytes {
        Ok(bytes) if bytes > most + LINE_END => EffectOutcome::EditedTooLong { bytes, file: file.to_owned() },
        Ok(_) => match fs::read(file) {
            Ok(bytes) => {
                let text = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
                let text = text.strip_suffix(b"\r").unwrap_or(text);
                if text.len() > most {
                    return EffectOutcome::EditedTooLong { bytes: text.len(), file: file.to_owned() };
                }
                EffectOutcome::Edited(String::from_utf8_lossy(text).into_owned())
            }
            Err(error) => EffectOutcome::EditFailed(error.to_string()),
        },
        Err(error) => EffectOutcome::EditFailed(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_end_that_an_editor_puts_behind_a_note_is_no_part_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("note.txt");
        let saved_as = |text: &str| {
            fs::write(&file, text).unwrap();
            match saved(&file, 4) {
                EffectOutcome::Edited(text) => Ok(text),
                EffectOutcome::EditedTooLong { bytes, .. } => Err(bytes),
                other => panic!("{other:?}"),
            }
        };
        for text in ["abcd", "abcd\n", "abcd\r\n"] {
            assert_eq!(saved_as(text).as_deref(), Ok("abcd"), "{text:?}");
        }
        assert_eq!(saved_as("a\n\n").as_deref(), Ok("a\n"));
        assert_eq!(saved_as("abcde\n"), Err(5));
        assert_eq!(saved_as("abcd\n\n\n"), Err(7), "as long as it is in the file");
    }
}

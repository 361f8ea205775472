//! What a panic does: give the terminal back, print what happened without letting the message control the terminal (a
//! panic can quote a report), print what to do, and exit with 101. The default hook would print the message raw, on a
//! screen that is about to go.

use super::guard;
use crate::text::safe::Safe;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::Write;
use std::panic::{self, PanicHookInfo};
use std::path::PathBuf;

/// The longest message that is shown, in characters.
const MESSAGE_CHARS: usize = 500;

/// Exit code of a program that panicked, as Rust's own.
const EXIT: i32 = 101;

/// Takes the place of the default hook. A panic on any thread ends the program: a reader without its worker or without
/// its input would only seem to live.
pub fn install(log: Option<PathBuf>) {
    panic::set_hook(Box::new(move |info| {
        guard::leave_for_good();
        let log = log.as_deref().map_or_else(String::new, |log| format!("; the log is {}", Safe::path(log)));
        let mut text = format!("{}{log}", describe(info));
        tracing::error!("{text}");
        let backtrace = Backtrace::capture();
        if backtrace.status() == BacktraceStatus::Captured {
            text.push('\n');
            text.push_str(Safe::text(&backtrace.to_string()).as_str());
        }
        // Standard error may be gone as well.
        let _ = writeln!(std::io::stderr(), "{text}");
        std::process::exit(EXIT);
    }));
}

fn describe(info: &PanicHookInfo<'_>) -> Safe {
    let payload = info.payload();
    let message =
        payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let message = message.unwrap_or("no message");
    let message: String = message.chars().take(MESSAGE_CHARS).collect();
    let place = info.location().map_or_else(|| "?".to_owned(), ToString::to_string);
    Safe::line(&format!(
        "baocao: an error of the program itself ended it ({place}: {message}); reports and marks are saved; \
         open it again, and please report this line"
    ))
}

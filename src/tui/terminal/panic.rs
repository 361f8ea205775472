//! The panic hook: restores the terminal, prints what happened and what to do, and exits with code 101. The message
//! passes through `Safe`, because a panic can quote a report. The default hook would print it raw, and on the alternate
//! screen, which disappears.

use super::enter_and_leave;
use crate::lang::{Lang, messages};
use crate::text::safe::Safe;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::Write;
use std::panic::{self, PanicHookInfo};
use std::path::PathBuf;

/// The longest panic message that is shown, in characters.
const MESSAGE_CHARS: usize = 500;

/// The exit code of a Rust program that panicked.
const EXIT: i32 = 101;

/// Replaces the default panic hook. A panic on any thread ends the program: without its worker or its input thread the
/// reader would hang. `log` is named in the message, which is in `lang`; the log has it in English.
pub fn install(log: Option<PathBuf>, lang: Lang) {
    panic::set_hook(Box::new(move |info| {
        enter_and_leave::leave_for_good();
        let log = log.as_deref().map_or_else(String::new, |log| format!("; the log is {}", Safe::path(log)));
        let what = describe(info);
        tracing::error!("{what}{log}");
        let mut text = format!("baocao: {}{}", messages::say(&what, lang), messages::say(&log, lang));
        let backtrace = Backtrace::capture();
        if backtrace.status() == BacktraceStatus::Captured {
            text.push('\n');
            text.push_str(Safe::text(&backtrace.to_string()).as_str());
        }
        // If standard error is closed, there is nobody left to inform.
        let _ = writeln!(std::io::stderr(), "{text}");
        std::process::exit(EXIT);
    }));
}

/// The one line that is printed: location and message of the panic, and what the user should do.
fn describe(info: &PanicHookInfo<'_>) -> String {
    // `panic!` with a literal has a `&str` as its payload, with arguments a `String`.
    let payload = info.payload();
    let message =
        payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let message = message.unwrap_or("no message");
    let message: String = message.chars().take(MESSAGE_CHARS).collect();
    let place = info.location().map_or_else(|| "?".to_owned(), ToString::to_string);
    let what = format!(
        "an error of the program itself ended it ({place}: {message}); reports and marks are saved; \
         open it again, and please report this line"
    );
    Safe::line(&what).to_string()
}

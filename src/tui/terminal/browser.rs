//! Opens an address in the user's browser: without a shell, for `http` and `https` only, and only if the browser's
//! window would appear in front of the user. Over SSH it would open on the remote machine, so the caller copies the
//! address instead.

use crate::system::terminal_env::TerminalEnv;
use std::io;
use std::process::{Command, Stdio};

/// Why no browser was opened.
#[derive(Debug, thiserror::Error)]
pub enum BrowserFailure {
    /// The browser would open on another machine than the user's, or there is no desktop to open it on. The caller
    /// should copy the address instead.
    #[error("there is no browser on this side of the connection")]
    Elsewhere,
    /// The address has another scheme or is not percent-encoded, or could be mistaken for an option.
    #[error("the address is not a plain http or https address")]
    Address,
    /// The program of this name did not start.
    #[error("the browser could not be opened with {0}: {1}")]
    Start(&'static str, io::Error),
}

/// Opens `address` in the user's browser. Does not wait for the browser, so a failure after its start goes unnoticed.
pub fn open(address: &str) -> Result<(), BrowserFailure> {
    if !is_web_address(address) {
        return Err(BrowserFailure::Address);
    }
    let (program, arguments) = opener(&TerminalEnv::of_process()).ok_or(BrowserFailure::Elsewhere)?;
    let mut child = Command::new(program)
        .args(arguments)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| BrowserFailure::Start(program, error))?;
    // On Unix a child that nobody waits for stays a zombie process until the reader ends.
    let _ = std::thread::Builder::new().spawn(move || child.wait());
    Ok(())
}

/// Whether `address` is a web address that no program can mistake for an option, a file or two arguments. It must be
/// percent-encoded already: an address with blanks, quotes or letters beyond ASCII is refused, not repaired.
fn is_web_address(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '['))
        && address.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'`' | b'\\' | b'^'))
}

/// The program that opens addresses on this system, and its arguments before the address. `None` over SSH and without a
/// desktop.
fn opener(environment: &TerminalEnv) -> Option<(&'static str, &'static [&'static str])> {
    let has = |name| environment.get(name).is_some();
    if has("SSH_CONNECTION") || has("SSH_TTY") {
        None
    } else if std::env::consts::OS == "macos" {
        Some(("open", &[]))
    } else if std::env::consts::OS == "windows" {
        Some(("rundll32", &["url.dll,FileProtocolHandler"]))
    } else if has("DISPLAY") || has("WAYLAND_DISPLAY") {
        Some(("xdg-open", &[]))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_web_addresses_are_opened() {
        for good in ["https://example.org/tin/bao-cao-2022.html?x=1&y=%C3%AA", "http://[::1]:8080/"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "--help",
            "https://",
            "https://-x",
            "https://a b",
            "https://a\u{1b}]52;c;AA\u{7}",
            "https://ví-dụ.vn/",
            "http://a/\"&calc",
            "HTTPS//a",
        ] {
            assert!(!is_web_address(bad), "{bad:?}");
        }
    }

    #[test]
    fn no_browser_opens_over_ssh() {
        let ssh = TerminalEnv::from([("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22"), ("DISPLAY", ":0")]);
        assert_eq!(opener(&ssh), None);
    }
}

//! Copies text with the escape sequence OSC 52, `ESC ] 52 ; c ; BASE64 BEL`: the terminal puts the text on the
//! clipboard of the machine it runs on, also over SSH and through tmux and screen. The text is `Safe` and encoded in
//! base64, so it cannot end the sequence. The content of the clipboard is never queried.
//!
//! In tmux, `tmux load-buffer -w` does better: tmux keeps the text in a buffer of its own, of any size, and hands it to
//! the terminal behind it if that takes a clipboard, which tmux knows. The sequence is for a tmux that cannot be asked.

use crate::system::terminal_env::Multiplexer;
use crate::text::safe::Safe;
use crate::tui::message::ClipboardRoute;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::Write;
use std::process::{Command, Stdio};

/// The longest text that is copied, in bytes. Terminals take sequences of at least 100,000 bytes: 8 for the frame leave
/// 99,992 of base64, which encodes 3 bytes in 4.
pub const LIMIT: usize = 74_994;

/// Bytes of the sequence in one device control string for GNU screen, which cuts such strings at 768 bytes.
const SCREEN_CHUNK: usize = 512;

/// What went to the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopyOutcome {
    /// Bytes of text sent.
    pub bytes: usize,
    pub route: ClipboardRoute,
    /// Bytes at the end of the text that were not sent. The caller must tell the user if this is not zero.
    pub cut: usize,
}

/// Returns the sequence that copies `text`, cut after the last character that fits into `LIMIT` bytes, and how much of
/// it that is. The sequence is wrapped so that it passes `through` a multiplexer.
pub fn osc52(text: &Safe, through: Multiplexer) -> (String, CopyOutcome) {
    let text = text.as_str();
    let end = (0..=LIMIT.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let encoded = STANDARD.encode(text.get(..end).unwrap_or_default());
    let plain = format!("\x1b]52;c;{encoded}\x07");
    let sequence = match through {
        Multiplexer::None => plain,
        // Which one works depends on the user's settings: tmux takes the plain sequence itself if `set-clipboard` is
        // on, and passes the wrapped one to the terminal if `allow-passthrough` is on. Sending both does no harm.
        Multiplexer::Tmux => format!("{plain}\x1bPtmux;\x1b{plain}\x1b\\"),
        Multiplexer::Screen => in_pieces(&plain),
    };
    let route = if through == Multiplexer::None { ClipboardRoute::Terminal } else { ClipboardRoute::Unknown };
    (sequence, CopyOutcome { bytes: end, route, cut: text.len() - end })
}

/// Gives `text` to tmux. `None` if tmux cannot be asked, or is older than 3.2.
pub fn to_tmux(text: &Safe) -> Option<CopyOutcome> {
    let tmux = |arguments: &[&str]| {
        let mut command = Command::new("tmux");
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        command.spawn().ok()
    };
    let mut load = tmux(&["load-buffer", "-w", "-"])?;
    // The pipe is closed at the end of the statement, which ends the text.
    let written = load.stdin.take().map(|mut pipe| pipe.write_all(text.as_str().as_bytes()));
    let loaded = load.wait().is_ok_and(|status| status.success()) && written.is_some_and(|done| done.is_ok());
    if !loaded {
        return None;
    }
    let features = tmux(&["display-message", "-p", "#{client_termfeatures}"]).and_then(|it| it.wait_with_output().ok());
    let features = features.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let has_clipboard = features.trim().split(',').any(|feature| feature == "clipboard");
    let route = if has_clipboard { ClipboardRoute::TmuxAndTerminal } else { ClipboardRoute::TmuxOnly };
    Some(CopyOutcome { bytes: text.as_str().len(), route, cut: 0 })
}

/// Cuts a sequence into device control strings (`ESC P … ESC \`), whose content GNU screen passes on to the terminal
/// only if they are short. The terminal sees the pieces joined.
fn in_pieces(sequence: &str) -> String {
    let mut out = String::with_capacity(sequence.len() + sequence.len() / SCREEN_CHUNK * 4 + 4);
    // The sequence is ASCII, so it can be cut at any byte.
    for piece in sequence.as_bytes().chunks(SCREEN_CHUNK) {
        out.push_str("\x1bP");
        out.push_str(&String::from_utf8_lossy(piece));
        out.push_str("\x1b\\");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_goes_out_in_base64() {
        let (sequence, copied) = osc52(&Safe::text("Đại tá\n"), Multiplexer::None);
        assert_eq!(sequence, format!("\x1b]52;c;{}\x07", STANDARD.encode("Đại tá\n")));
        assert_eq!(copied, CopyOutcome { bytes: 11, route: ClipboardRoute::Terminal, cut: 0 });
    }

    #[test]
    fn through_tmux_and_screen() {
        let (tmux, _) = osc52(&Safe::line("a"), Multiplexer::Tmux);
        assert_eq!(tmux, "\x1b]52;c;YQ==\x07\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\");
        let (screen, _) = osc52(&Safe::line(&"a".repeat(2_000)), Multiplexer::Screen);
        for piece in screen.split_inclusive("\x1b\\") {
            assert!(piece.starts_with("\x1bP") && piece.len() < 768, "{}", piece.len());
        }
    }

    #[test]
    fn what_is_too_long_is_cut_at_a_letter_and_said() {
        let long = "ệ".repeat(30_000);
        let (sequence, copied) = osc52(&Safe::line(&long), Multiplexer::None);
        assert_eq!((copied.bytes, copied.cut), (74_994, 90_000 - 74_994));
        assert!(sequence.len() <= 100_000, "{}", sequence.len());
        let (_, copied) = osc52(&Safe::line(&format!("a{long}")), Multiplexer::None);
        assert_eq!(copied.bytes, 74_992);
    }
}

//! Copying by OSC 52: the terminal puts the text on the clipboard of the machine it runs on, also over SSH and through
//! tmux and screen. Only text of the program's own choosing goes out, as `Safe`, encoded in base64; what is on the
//! clipboard is never asked for.

use crate::system::terminal_env::Multiplexer;
use crate::text::safe::Safe;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The most text, in bytes, that terminals agree to take: 100,000 bytes of sequence.
pub const LIMIT: usize = 74_994;

/// Base64 in one string of GNU screen, which takes 768 bytes at most.
const SCREEN_CHUNK: usize = 512;

/// What went to the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CopyOutcome {
    /// Bytes of text sent.
    pub bytes: usize,
    /// Bytes that were too many: the text was cut after the last letter that fits, and the user must be told.
    pub cut: usize,
}

/// The sequence that copies `text`, and how much of it.
pub fn osc52(text: &Safe, through: Multiplexer) -> (String, CopyOutcome) {
    let text = text.as_str();
    let end = (0..=LIMIT.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let encoded = STANDARD.encode(text.get(..end).unwrap_or_default());
    let plain = format!("\x1b]52;c;{encoded}\x07");
    let sequence = match through {
        Multiplexer::None => plain,
        // tmux takes the first where `set-clipboard` is on and hands the second on where `allow-passthrough` is.
        Multiplexer::Tmux => format!("{plain}\x1bPtmux;\x1b{plain}\x1b\\"),
        Multiplexer::Screen => in_pieces(&plain),
    };
    (sequence, CopyOutcome { bytes: end, cut: text.len() - end })
}

/// GNU screen passes the content of device control strings on, but only short ones: the text is sent in pieces.
fn in_pieces(sequence: &str) -> String {
    let mut out = String::with_capacity(sequence.len() + sequence.len() / SCREEN_CHUNK * 4 + 4);
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
        assert_eq!(copied, CopyOutcome { bytes: 11, cut: 0 });
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
        assert_eq!(copied, CopyOutcome { bytes: 74_994, cut: 90_000 - 74_994 });
        assert!(sequence.len() <= 100_000, "{}", sequence.len());
        let (_, copied) = osc52(&Safe::line(&format!("a{long}")), Multiplexer::None);
        assert_eq!(copied.bytes, 74_992);
    }
}

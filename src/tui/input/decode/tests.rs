//! Bytes as terminals and input methods send them, and the events that they must become.

use super::*;
use proptest::prelude::*;

fn events(bytes: &[u8]) -> Vec<TerminalEvent> {
    let mut decoder = KeyDecoder::default();
    let mut events = Vec::new();
    decoder.feed(bytes, &mut events);
    decoder.flush(&mut events);
    events
}

/// The events of bytes that come in one read each. After each byte there is a pause, long enough for `flush`, if
/// `silence` returns true for what is incomplete then.
fn apart(bytes: &[u8], silence: impl Fn(PendingInput) -> bool) -> String {
    let mut decoder = KeyDecoder::default();
    let mut events = Vec::new();
    for byte in bytes {
        decoder.begin_read(*byte, &mut events);
        decoder.feed(&[*byte], &mut events);
        if silence(decoder.waits()) {
            decoder.flush(&mut events);
        }
    }
    named(&events)
}

/// Events as a reader of this test would write them: `a`, `Backspace`, `Ctrl-c`, `Alt-Enter`, `paste(text)`.
fn names(bytes: &[u8]) -> String {
    named(&events(bytes))
}

fn named(events: &[TerminalEvent]) -> String {
    let name = |event: &TerminalEvent| match event {
        TerminalEvent::Key(KeyEvent { code, modifiers, .. }) => {
            let shown = match code {
                KeyCode::Char(c) => c.to_string(),
                KeyCode::F(n) => format!("F{n}"),
                other => format!("{other:?}"),
            };
            let held = [(KeyModifiers::CONTROL, "Ctrl-"), (KeyModifiers::ALT, "Alt-"), (KeyModifiers::SHIFT, "Shift-")];
            let is_letter = matches!(code, KeyCode::Char(_));
            let held = held.iter().filter(|(m, name)| modifiers.contains(*m) && !(is_letter && *name == "Shift-"));
            format!("{}{shown}", held.map(|(_, name)| *name).collect::<String>())
        }
        TerminalEvent::Paste(text) => format!("paste({text})"),
        other => format!("{other:?}"),
    };
    events.iter().map(name).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_letter_waits_for_its_bytes_however_long_they_take() {
    assert_eq!(apart("đại".as_bytes(), |_| true), "đ ạ i");
    let mut decoder = KeyDecoder::default();
    decoder.feed(b"\xe1\xba", &mut Vec::new());
    assert_eq!(decoder.waits(), PendingInput::Not, "no silence is awaited");
    // A byte that cannot belong to the letter is a key of its own, without the ESC that came before the broken letter.
    assert_eq!(apart(b"\xe1\xbaj", |_| true), "j");
    assert_eq!(apart("\u{1b}\u{1}".as_bytes(), |waits| waits != PendingInput::AfterEscape), "Esc Ctrl-a");
    assert_eq!(names(b"\x1b\xe1j"), "j");
    assert_eq!(names(b"\x1b\xe1\xc4\x91"), "đ");
}

#[test]
fn a_sequence_that_comes_in_pieces_is_one_key_unless_a_silence_ends_it() {
    for (bytes, key) in [("\x1b[A", "Up"), ("\x1bOP", "F1"), ("\x1b[1;5C", "Ctrl-Right"), ("\x1b[[B", "F2")] {
        assert_eq!(apart(bytes.as_bytes(), |_| false), key, "{bytes:?}");
    }
    let waits = |bytes: &[u8]| {
        let mut decoder = KeyDecoder::default();
        decoder.feed(bytes, &mut Vec::new());
        decoder.waits()
    };
    assert_eq!(waits(b"\x1b"), PendingInput::AfterEscape);
    for begun in [b"\x1b[".as_slice(), b"\x1bO", b"\x1b[1;", b"\x1b]11"] {
        assert_eq!(waits(begun), PendingInput::InSequence, "{begun:?}");
    }
    assert_eq!(waits(b"\x1b[200~a"), PendingInput::InPaste);
    assert_eq!(apart(b"\x1bj", |waits| waits == PendingInput::AfterEscape), "Esc j");
    assert_eq!(apart(b"\x1b[j", |waits| waits == PendingInput::InSequence), "Alt-[ j");
}

#[test]
fn letters_and_controls() {
    assert_eq!(names("aAệ1 ".as_bytes()), "a A ệ 1  ");
    assert_eq!(
        names(b"\r\n\t\x7f\x08\x03\x1a\x00\x1f"),
        "Enter Enter Tab Backspace Backspace Ctrl-c Ctrl-z Ctrl-  Ctrl-7"
    );
    let capital = events(b"G");
    assert_eq!(capital, [TerminalEvent::Key(KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT))]);
}

#[test]
fn keys_of_xterm_rxvt_and_the_console() {
    assert_eq!(names(b"\x1b[A\x1b[B\x1bOC\x1bOD\x1b[H\x1b[F"), "Up Down Right Left Home End");
    assert_eq!(
        names(b"\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1b[2~\x1b[3~\x1b[5~\x1b[6~"),
        "Home End Home End Insert Delete PageUp PageDown"
    );
    assert_eq!(names(b"\x1bOP\x1bOS\x1b[15~\x1b[24~\x1b[[A\x1b[[E"), "F1 F4 F5 F12 F1 F5");
    assert_eq!(names(b"\x1b[1;5C\x1b[1;2A\x1b[3;3~\x1b[Z"), "Ctrl-Right Shift-Up Alt-Delete Shift-BackTab");
}

#[test]
fn escape_alone_twice_and_with_a_key() {
    assert_eq!(names(b"\x1b"), "Esc");
    assert_eq!(names(b"\x1b\x1b"), "Esc Esc");
    assert_eq!(names(b"\x1bx\x1b\r\x1b\x7f"), "Alt-x Alt-Enter Alt-Backspace");
    assert_eq!(names("\u{1b}ệa".as_bytes()), "Alt-ệ a");
    assert_eq!(names(b"\x1b["), "Alt-[");
    assert_eq!(names(b"\x1b]"), "Alt-]");
    assert_eq!(names(b"\x1b\x1b[A"), "Esc Up");
}

#[test]
fn escape_in_a_read_of_its_own_is_the_key_however_soon_the_next_comes() {
    let reads = |reads: &[&[u8]]| {
        let mut decoder = KeyDecoder::default();
        let mut events = Vec::new();
        for read in reads {
            decoder.begin_read(read[0], &mut events);
            decoder.feed(read, &mut events);
        }
        events
    };
    assert_eq!(reads(&[b"\x1b", b"q"]), [events(b"\x1b"), events(b"q")].concat());
    assert_eq!(reads(&[b"\x1b", b"[A"]), events(b"\x1b[A"));
    assert_eq!(reads(&[b"\x1bq"]), events(b"\x1bq"));
}

#[test]
fn keyboard_protocols_that_somebody_switched_on() {
    assert_eq!(
        names(b"\x1b[97u\x1b[97;5u\x1b[97;2u\x1b[27u\x1b[13;2u\x1b[127;5u"),
        "a Ctrl-a A Esc Shift-Enter Ctrl-Backspace"
    );
    assert_eq!(names(b"\x1b[97;1:3u\x1b[97;1:2u\x1b[57441;2u\x1b[57404u"), "a 5");
    assert_eq!(names(b"\x1b[27;5;106~\x1b[9;2u"), "Ctrl-j Shift-BackTab");
    assert_eq!(names("\u{1b}[7879u".as_bytes()), "ệ");
}

#[test]
fn answers_reports_and_strings_are_not_typing() {
    for silent in [
        "\x1b[24;80R",
        "\x1b[0;0R",
        "\x1b[?62;22c",
        "\x1b[>1;10;0c",
        "\x1b[0n",
        "\x1b[?0u",
        "\x1b[?2026;1$y",
        "\x1b]11;rgb:0000/0000/0000\x1b\\",
        "\x1b]11;rgb:0000/0000/0000\x07",
        "\x1bP>|xterm(390)\x1b\\",
        "\x1b[I",
        "\x1b[O",
        "\x1b[<0;0;4M",
        "\x1b[<2;3;4M",
        "\x1b[<0;99999;4M",
        "\x1b[<0;3M",
        "\x1b[M !!",
        "\x1b[M\0\0\0",
        "\x1b[32;3;4M",
        "\x1b[201~",
        "\x1b[99999999999999u",
        "\x1b[8;24;80t",
    ] {
        assert_eq!(names(silent.as_bytes()), "", "{silent:?}");
        assert_eq!(names(format!("{silent}j").as_bytes()), "j", "{silent:?}");
    }
}

#[test]
fn the_mouse_is_told_by_what_was_done_and_where() {
    use MouseKind::{Drag, Press, Release, WheelDown, WheelUp};
    for (bytes, kind) in [
        ("\x1b[<0;3;4M", Press),
        ("\x1b[<0;3;4m", Release),
        ("\x1b[<32;3;4M", Drag),
        ("\x1b[<64;3;4M", WheelUp),
        ("\x1b[<65;3;4M", WheelDown),
        ("\x1b[<16;3;4M", Press),
    ] {
        let told = events(bytes.as_bytes());
        assert_eq!(told, [TerminalEvent::Mouse(MouseInput { kind, at: Position::new(2, 3) })], "{bytes:?}");
    }
}

#[test]
fn a_paste_is_one_event_whatever_it_holds() {
    assert_eq!(names("\x1b[200~quân\rq\x1b[A\x1b[201~j".as_bytes()), "paste(quân\rq\u{1b}[A) j");
    assert_eq!(names(b"\x1b[200~never ended"), "paste(never ended)");
    let long = [b"\x1b[200~".as_slice(), &vec![b'a'; 3 * PASTE_BYTES], PASTE_END, b"j"].concat();
    let events = events(&long);
    assert!(matches!(&events[..], [TerminalEvent::Paste(text), TerminalEvent::Key(_)] if text.len() == PASTE_BYTES));
}

#[test]
fn bytes_that_are_no_text_are_dropped() {
    assert_eq!(names(b"a\xffb\xc3\xc3\xa0c\xe1\xbbd\xc2\x9be"), "a b à c d e");
}

/// What the engines send for `Nguyễn`, `đ`, `ọ`: letters, Backspaces, letters, in one burst. All of it must arrive,
/// in order, also when it comes in pieces.
#[test]
fn bursts_of_input_methods() {
    // ibus and fcitx with surrounding text off: the raw key is followed by Backspaces and the composed letters.
    assert_eq!(names("d\u{7f}đ".as_bytes()), "d Backspace đ");
    assert_eq!(names("o\u{7f}ọ".as_bytes()), "o Backspace ọ");
    assert_eq!(
        names("Nguye\u{7f}ê\u{7f}ễ\u{7f}\u{7f}ễn".as_bytes()),
        "N g u y e Backspace ê Backspace ễ Backspace Backspace ễ n"
    );
    // The tone moves: `hoaf` is `hòa`, two letters back.
    assert_eq!(names("hoa\u{7f}\u{7f}òa".as_bytes()), "h o a Backspace Backspace ò a");
    // An engine that holds the syllable back and sends it as a whole.
    assert_eq!(names("trường ".as_bytes()), "t r ư ờ n g  ");
    // macOS and Windows send decomposed text as characters of their own: the base, then its marks.
    assert_eq!(names("e\u{302}\u{303}".as_bytes()), "e \u{302} \u{303}");
    // Engines that first send an empty character to break a completion: it is a letter here, dropped by the line.
    assert_eq!(names("\u{202f}\u{7f}\u{7f}ă".as_bytes()), "\u{202f} Backspace Backspace ă");
    // Terminals where Backspace is ^H.
    assert_eq!(names("a\u{8}â".as_bytes()), "a Backspace â");
}

fn some_input() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "\x1b",
        "[",
        "O",
        "M",
        "<",
        "?",
        ";",
        "R",
        "u",
        "~",
        "0",
        "1",
        "99999999999",
        "c",
        "\x1b[M",
        "\x1b[<",
        "\x1b[0;0R",
        "\x1b[200~",
        "\x1b[201~",
        "\x1b]",
        "\x1bP",
        "\\",
        "ệ",
        "\u{7f}",
        ":",
        "j",
        "\0",
        "\x18",
        "\u{9b}",
    ]);
    let bytes = prop::collection::vec(any::<u8>(), 0..4);
    prop::collection::vec(prop_oneof![pieces.prop_map(|p| p.as_bytes().to_vec()), bytes], 0..40)
        .prop_map(|p| p.concat())
}

proptest! {
    /// Splitting the bytes between reads at any point does not change the events.
    #[test]
    fn pieces_of_any_size(input in some_input(), size in 1..7usize) {
        let mut decoder = KeyDecoder::default();
        let mut in_pieces = Vec::new();
        for piece in input.chunks(size) {
            decoder.feed(piece, &mut in_pieces);
        }
        decoder.flush(&mut in_pieces);
        prop_assert_eq!(in_pieces, events(&input));
    }

    /// After any bytes and a pause, the next key is decoded as usual.
    #[test]
    fn nothing_swallows_the_next_key(input in some_input()) {
        let mut decoder = KeyDecoder::default();
        let mut events = Vec::new();
        decoder.feed(&input, &mut events);
        decoder.flush(&mut events);
        prop_assert_eq!(decoder.waits(), PendingInput::Not);
        events.clear();
        decoder.feed(b"j", &mut events);
        prop_assert_eq!(events, [key(KeyCode::Char('j'), KeyModifiers::NONE)]);
    }
}

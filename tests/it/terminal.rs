//! The reader in a real terminal: start, end and disturbances, after each of which the terminal must be restored.

use crate::pty::{Session, Start};
use rustix::process::Signal;
use tempfile::TempDir;

/// A text that every screen of the reader shows.
const READY: &str = "baocao";

/// Escape as a complete sequence: a lone ESC byte followed at once by a key would be read as Alt with that key.
const ESC: &str = "\x1b[27u";

fn start_with(home: &TempDir, change: impl FnOnce(Start) -> Start) -> Session {
    let cache = home.path().join("cache");
    change(Start::baocao(home.path(), &["--cache", cache.to_str().unwrap(), "sample-data/2017"])).start()
}

fn ready(home: &TempDir) -> Session {
    let session = start_with(home, |start| start);
    session.wait_for_text(READY);
    session
}

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[track_caller]
fn given_back(session: &Session) {
    assert_eq!(session.left_behind(), Vec::<String>::new());
}

#[test]
fn quitting_gives_the_terminal_back() {
    let home = home();
    let mut session = ready(&home);
    assert!(session.bytes().windows(8).any(|w| w == b"\x1b[?1049h"), "the alternate screen is used");
    session.press("q");
    assert_eq!(session.end().exit_code(), 0);
    given_back(&session);
}

#[test]
fn nothing_is_asked_of_the_terminal() {
    let home = home();
    let session = ready(&home);
    let sent = String::from_utf8_lossy(&session.bytes()).into_owned();
    for query in ["\x1b[6n", "\x1b[5n", "\x1b[c", "\x1b[0c", "\x1b[>c", "\x1b[?u", "\x1b]10;?", "\x1b]11;?", "\x1bP+q"]
    {
        assert!(!sent.contains(query), "{query:?} was sent");
    }
    for mouse in ["\x1b[?1000h", "\x1b[?1002h", "\x1b[?1003h", "\x1b[?1006h"] {
        assert!(!sent.contains(mouse), "{mouse:?} was sent");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_its_message_controls_nothing() {
    let home = home();
    let mut session = start_with(&home, |start| start.env("BAOCAO_TEST_PANIC", "draw"));
    assert_eq!(session.end().exit_code(), 101);
    given_back(&session);
    session.wait_for("the message", |screen| screen.contents().contains("lỗi của chính chương trình"));
    assert!(!session.bytes().windows(4).any(|w| w == b"\x1b]52"), "the message controls the terminal");
}

#[test]
fn signals_that_end_it_give_the_terminal_back() {
    for (signal, name) in [
        (Signal::TERM, "Terminated"),
        (Signal::HUP, "Hangup"),
        (Signal::INT, "Interrupt"),
        (Signal::QUIT, "Quit"),
        (Signal::USR1, "User defined signal 1"),
    ] {
        let home = home();
        let mut session = ready(&home);
        session.signal(signal);
        let status = session.end();
        assert!(status.signal().is_some_and(|s| s.starts_with(name)), "{name}: {status:?}");
        given_back(&session);
    }
}

#[test]
fn a_signal_while_half_a_key_is_typed() {
    let home = home();
    let mut session = ready(&home);
    session.press("\x1b[");
    session.signal(Signal::TERM);
    assert!(session.end().signal().is_some());
    given_back(&session);
}

#[test]
fn a_terminal_that_takes_no_output_does_not_hold_up_the_end() {
    let home = home();
    let mut session = ready(&home);
    session.look_away(true);
    for n in 0..300_u16 {
        session.resize(60 + n % 140, 20 + n % 40);
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    session.signal(Signal::TERM);
    assert!(session.end().signal().is_some());
    session.look_away(false);
    given_back(&session);
}

#[test]
fn a_lost_connection_ends_it() {
    let home = home();
    let mut session = ready(&home);
    session.hang_up();
    assert!(!session.end().success());
}

#[test]
fn suspended_it_gives_the_terminal_back_and_takes_it_again() {
    let home = home();
    let cache = home.path().join("cache");
    let script = "\"$@\"; echo stopped $?; read wait; fg >/dev/null; echo ended $?";
    let arguments = ["--cache", cache.to_str().unwrap(), "sample-data/2017"];
    let mut session = Start::through_shell(home.path(), script, &arguments).start();
    session.wait_for_text(READY);
    session.press("\x1a");
    session.wait_for("the shell", |screen| screen.contents().contains("stopped ") && !screen.alternate_screen());
    session.press("\n");
    session.wait_for("the reader", |screen| screen.contents().contains(READY) && screen.alternate_screen());
    session.press("q");
    session.wait_for_text("ended 0");
    assert!(session.end().success());
    given_back(&session);
}

#[test]
fn without_a_shell_it_does_not_stop() {
    let home = home();
    let mut session = ready(&home);
    session.press("\x1a");
    session.press("q");
    assert_eq!(session.end().exit_code(), 0);
    given_back(&session);
}

#[test]
fn a_storm_of_sizes_ends_in_the_right_picture() {
    let home = home();
    let mut session = ready(&home);
    for n in 0..120_u16 {
        session.resize((n * 37) % 211, (n * 17) % 61);
    }
    session.resize(100, 30);
    session.wait_for("the last size", |screen| {
        screen.size() == (30.try_into().unwrap(), 100.try_into().unwrap()) && screen.contents().lines().count() >= 30
    });
    session.press("q");
    assert_eq!(session.end().exit_code(), 0);
    given_back(&session);
}

#[test]
fn every_size_is_drawn_or_left_alone() {
    for (columns, lines) in [(0, 0), (1, 1), (80, 1), (1, 24), (2, 2), (10, 3), (20, 6), (40, 15), (80, 24), (200, 60)]
    {
        let home = home();
        let mut session = start_with(&home, |start| start.size(columns, lines));
        session.wait_for("the alternate screen", vt100::Screen::alternate_screen);
        if columns >= 20 && lines >= 6 {
            session.wait_for_text(READY);
        }
        session.press("q");
        assert_eq!(session.end().exit_code(), 0, "{columns}×{lines}");
        given_back(&session);
    }
}

#[test]
fn a_broken_size_takes_no_memory() {
    let home = home();
    // The emulator would run out of memory for such a window, so only the program gets this size.
    let mut session = start_with(&home, |start| start.size(60_000, 1));
    session.wait_for("the alternate screen", vt100::Screen::alternate_screen);
    session.press("q");
    assert_eq!(session.end().exit_code(), 0);
    given_back(&session);
}

#[test]
fn keys_come_from_the_terminal_where_input_is_a_pipe() {
    let home = home();
    let cache = home.path().join("cache");
    let arguments = ["--cache", cache.to_str().unwrap(), "sample-data/2017"];
    let mut session = Start::through_shell(home.path(), "echo qqq | \"$@\"; echo ended $?", &arguments).start();
    session.wait_for_text(READY);
    session.press("q");
    session.wait_for_text("ended 0");
    session.end();
    given_back(&session);
}

#[test]
fn a_terminal_that_shows_no_screen_is_told_of_the_command_line() {
    let home = home();
    for change in [(|start: Start| start.env("TERM", "dumb")) as fn(Start) -> Start, |start| start.without_env("TERM")]
    {
        let mut session = start_with(&home, change);
        assert_eq!(session.end().exit_code(), 2);
        session.wait_for_text("baocao list");
        assert!(!session.bytes().contains(&0x1b));
        given_back(&session);
    }
}

#[test]
fn nothing_is_sent_while_nothing_changes() {
    let home = home();
    let mut session = ready(&home);
    let shows_list = |screen: &vt100::Screen| screen.contents().contains("11-07-2017");
    // The number of officials comes after the rows, as a change of its own.
    session.wait_for("all of the list", |screen| shows_list(screen) && screen.contents().contains("cán bộ"));
    session.press("?");
    session.wait_for("help", |screen| !shows_list(screen));
    let before = session.bytes().len();
    // Meaningless keys change nothing on screen. The last key does, which proves that all before it were read.
    session.press("\x1b[99~\x1b[24;80R\x1b]11;rgb:0/0/0\x07\x1b[I\x1b[O\x1b[<0;3;4M");
    session.press("\x1b");
    session.wait_for("the list again", shows_list);
    let drawn = String::from_utf8_lossy(session.bytes().get(before..).unwrap()).into_owned();
    assert_eq!(drawn.matches("\x1b[?2026h").count(), 1, "one frame: {drawn:?}");
    session.press("q");
    session.end();
}

/// Input methods send letters, Backspaces and letters in one write: all of it must arrive, and in order.
#[test]
fn bursts_of_input_methods_reach_the_line() {
    for (burst, typed) in [
        ("d\u{7f}đoo\u{7f}\u{7f}ô", "đô"),
        ("Nguye\u{7f}ê\u{7f}ễ\u{7f}\u{7f}yễn", "Nguyễn"),
        ("hoa\u{7f}\u{7f}òa", "hòa"),
        ("trường", "trường"),
        ("e\u{302}\u{303}", "ễ"),
        ("Bo\u{302}\u{323}", "Bộ"),
        ("a\u{8}â", "â"),
    ] {
        let home = home();
        let mut session = ready(&home);
        session.press(&format!("/{burst}"));
        session.wait_for(typed, |screen| {
            let top = screen.contents().lines().next().unwrap_or_default().to_owned();
            top.contains(&format!(" {typed}")) || top.contains(&format!(":{typed}"))
        });
    }
}

/// Hostile reports on every screen: everything drawn must be text, and the only sequences the reader's own.
#[test]
fn no_screen_lets_a_report_control_the_terminal() {
    let home = home();
    let folder = home.path().join("files");
    std::fs::create_dir(&folder).unwrap();
    crate::safety::hostile_files(&folder);
    let cache = home.path().join("cache");
    let arguments = ["--cache", cache.to_str().unwrap(), folder.to_str().unwrap()];
    let mut session = Start::baocao(home.path(), &arguments).size(140, 40).start();
    session.wait_for("the reader", vt100::Screen::alternate_screen);
    session.wait_for_text(READY);
    let redraws = |bytes: &[u8]| bytes.windows(4).filter(|w| w == b"\x1b[2J").count();
    let keys = ["jjj", "\r", "r", "x", "GGgg", "JJJJ", "p", ESC, "o", "thu", "\r", ESC, ":", ESC, "?", ESC, "/a\r"];
    for (n, keys) in keys.iter().enumerate() {
        let before = redraws(&session.bytes());
        session.press(keys);
        session.resize(139 + n as u16 % 2, 40);
        session.wait_bytes("a redraw", |bytes| redraws(bytes) > before);
    }
    for (n, key) in [ESC, ESC, ESC, "q"].iter().enumerate() {
        let before = redraws(&session.bytes());
        session.press(key);
        session.resize(130 + n as u16, 40);
        session
            .wait_bytes("a redraw or the end", |bytes| redraws(bytes) > before || bytes.ends_with(b"\x1b[?25h\x1b[0m"));
    }
    assert_eq!(session.end().exit_code(), 0);
    given_back(&session);
    let sent = session.bytes();
    assert_eq!(foreign(&sent), Vec::<String>::new());
}

/// Returns the parts of the bytes that are neither printable text nor a sequence that the reader sends itself.
fn foreign(bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut found = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' {
            let sequence = match rest.next() {
                Some('M') => continue,
                Some('[') => {
                    let parameters: String =
                        std::iter::from_fn(|| rest.next_if(|c| ('\u{20}'..='?').contains(c))).collect();
                    let last = rest.next().unwrap_or(' ');
                    let own = matches!(last, 'm' | 'H' | 'J' | 'K' | 'X' | 'C' | 'r')
                        || (matches!(last, 'h' | 'l')
                            && ["?1049", "?2004", "?2026", "?25", "?1004", "?1006", "?1003", "?1002", "?1000"]
                                .contains(&parameters.as_str()));
                    if own {
                        continue;
                    }
                    format!("ESC [ {parameters} {last}")
                }
                other => format!("ESC {other:?}"),
            };
            found.push(sequence);
        } else if baocao::text::safe::is_unsafe(c) && c != '\r' {
            found.push(format!("{c:?}"));
        }
    }
    found
}

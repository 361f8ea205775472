//! What the reader gets while it is open: keys, pastes, and the lines from and to an archive on another machine.

use baocao::extract::people_and_facts;
use baocao::ingest::{self, InputHint};
use baocao::store::{ListRow, Store};
use baocao::tui::app::App;
use baocao::tui::input::TerminalEvent;
use baocao::tui::input::decode::{KeyDecoder, PendingInput};
use baocao::tui::message::{Ask, Effect, Message};
use baocao::tui::settings::{ReaderSettings, SessionState};
use baocao::tui::worker::remote::{self as line, ArchiveLine, ReaderLine, read_line, understood};
use baocao::tui::{update, view};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::VecDeque;
use std::io::{self, Cursor, Write};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Decodes what a terminal sends, whole and byte by byte: both give the same keys and letters, and no letter is one
/// that a terminal would obey.
pub fn keys(bytes: &[u8]) {
    let decode = |chunks: usize| {
        let (mut decoder, mut events) = (KeyDecoder::default(), Vec::new());
        for chunk in bytes.chunks(chunks) {
            decoder.feed(chunk, &mut events);
        }
        decoder.flush(&mut events);
        assert!(matches!(decoder.waits(), PendingInput::Not));
        events
    };
    let whole = decode(bytes.len().max(1));
    assert_eq!(format!("{whole:?}"), format!("{:?}", decode(1)), "split at every byte");
    assert!(whole.len() <= bytes.len() + 1, "no more events than bytes");
}

/// Has the reader, which has nothing to show yet, take what a terminal sends: the first byte chooses a line to type
/// into, the others are keys and pastes. Every state can be drawn in a wide and in a narrow window.
pub fn paste(bytes: &[u8]) {
    let [first, rest @ ..] = bytes else { return };
    let mut app = App::new(ReaderSettings::default(), SessionState::default(), (100, 24));
    let _ = update::begin(&mut app);
    // The filter, the finder, the palette, the search of the help, a command, and no line.
    let opens: &[char] = match first % 6 {
        0 => &['/'],
        1 => &['o'],
        2 => &[':'],
        3 => &['?', '/'],
        4 => &['!'],
        _ => &[],
    };
    let key = |letter: &char| Message::Key(KeyEvent::new(KeyCode::Char(*letter), KeyModifiers::NONE));
    for message in opens.iter().map(key) {
        let _ = update::update(&mut app, message);
    }
    let (mut decoder, mut events) = (KeyDecoder::default(), Vec::new());
    decoder.feed(rest, &mut events);
    decoder.flush(&mut events);
    for event in events {
        let message = match event {
            TerminalEvent::Key(key) => Message::Key(key),
            TerminalEvent::Mouse(input) => Message::Mouse(input),
            TerminalEvent::Paste(text) => Message::Pasted(text),
            TerminalEvent::Resize(width, height) => Message::Resized { width, height },
            TerminalEvent::Resumed => Message::Resumed,
            TerminalEvent::Failed(_) => Message::Ended,
        };
        let _ = update::update(&mut app, message);
    }
    for width in [100, 12] {
        let _ = update::update(&mut app, Message::Resized { width, height: 24 });
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, 24));
        view::draw(&app, &mut buffer);
    }
}

/// Reads the bytes as what an archive on another machine says, line by line, each as the answer to every question that
/// is open. The reader must draw every state, and the other side of the line must survive the bytes too.
pub fn remote(bytes: &[u8]) {
    static MARKS: OnceLock<Mutex<Store>> = OnceLock::new();
    let marks = MARKS.get_or_init(|| Mutex::new(Store::in_memory().unwrap()));
    let marks = marks.lock().unwrap_or_else(PoisonError::into_inner);
    let mut app = App::new(ReaderSettings::default(), SessionState::default(), (100, 24));
    let mut open: VecDeque<(u64, Ask, Vec<ListRow>)> = VecDeque::new();
    let mut effects = update::begin(&mut app);
    // Screens that wait for answers of every kind.
    for letter in ['o', 'h'] {
        let key = KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE);
        effects.extend(update::update(&mut app, Message::Key(key)));
    }
    for line in bytes.split(|byte| *byte == b'\n') {
        open.extend(effects.drain(..).filter_map(|effect| match effect {
            Effect::Ask { turn, ask } => Some((turn, ask, Vec::new())),
            _ => None,
        }));
        while open.len() > 12 {
            open.pop_front();
        }
        for (turn, ask, rows) in &mut open {
            if let Ok(Some(answer)) = understood(line, *turn, ask, &marks, rows) {
                effects.extend(update::update(&mut app, Message::Answer(answer)));
                let key = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
                effects.extend(update::update(&mut app, Message::Key(key)));
                let mut buffer = Buffer::empty(Rect::new(0, 0, 100, 24));
                view::draw(&app, &mut buffer);
            }
        }
        let _ = read_line::<ReaderLine>(line);
    }
}

/// What `serve` writes.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads the bytes as what a reader on another machine says after its greeting. Every answer is a line that a reader
/// understands.
pub fn serve(bytes: &[u8]) {
    static HELLO: OnceLock<Vec<u8>> = OnceLock::new();
    let hello = HELLO.get_or_init(|| match read_line::<ArchiveLine>(&served(&[])) {
        Ok(ArchiveLine::Hello(hello)) => line::line_of(&ReaderLine::Hello(hello)).expect("a line"),
        other => panic!("{other:?}"),
    });
    for answer in served(&[hello, bytes].concat()).split_inclusive(|byte| *byte == b'\n') {
        assert!(read_line::<ArchiveLine>(answer).is_ok(), "{:?}", String::from_utf8_lossy(answer));
    }
}

/// What an archive with one report says to this.
fn served(bytes: &[u8]) -> Vec<u8> {
    let written = Written::default();
    let open = || {
        let store = Store::in_memory()?;
        let text = "Hội nghị tổng kết\n\nĐại tá Lò Văn Thử, Chính ủy Sư đoàn 999 phát biểu.";
        let hint = InputHint { name: "a.txt", ..InputHint::default() };
        for draft in ingest::read(text.as_bytes(), &hint).unwrap_or_default() {
            store.cache().save("a.txt", &draft, &people_and_facts(&draft))?;
        }
        Ok(store)
    };
    let _ = line::serve(open, Cursor::new(bytes), written.clone());
    let said = written.0.lock().unwrap_or_else(PoisonError::into_inner);
    said.clone()
}

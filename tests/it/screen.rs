//! The screen harness: drives the reader without a terminal. `press` and `type_text` go through the real `update`,
//! `view` and worker over a cache in memory. `picture` is the screen as text, with a letter for the style of each cell.
//! It waits for answers by their turns, never for a fixed time.

use baocao::extract::extract;
use baocao::ingest::{self, InputHint};
use baocao::keymap::chord::Chord;
use baocao::store::Store;
use baocao::sync::clock::SyncClock;
use baocao::sync::fetch::Fetch;
use baocao::theme;
use baocao::tui::app::App;
use baocao::tui::message::{
    Answer, Ask, ClipboardRoute, Effect, EffectOutcome, FileContent, Message, SyncNews, VerbJob,
};
use baocao::tui::settings::{ReaderSettings, SessionState};
use baocao::tui::worker::{SyncRun, Worker};
use baocao::tui::{update, view};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::Timestamp;
use proptest::test_runner::Config as ProptestConfig;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The reader with its worker, and what it has done to the outside world.
pub struct Screen {
    pub app: App,
    worker: Worker,
    answers: Receiver<Answer>,
    asked: u64,
    answered: u64,
    /// The newest search of the list, until its last part is answered: another question may come between two parts.
    searching: Option<u64>,
    /// What was copied to the clipboard, in order.
    pub copied: Vec<String>,
    /// The files that pages were written to, in order, with their texts.
    pub saved: Vec<(PathBuf, String)>,
    /// The files that are there by now.
    pub files: Vec<PathBuf>,
    /// The addresses that were opened, in order.
    pub opened: Vec<String>,
    /// The arguments of the verbs that were run, in order.
    pub ran: Vec<VerbJob>,
    /// The programs of the user's that were run, in order: turn, words, input.
    pub commands: Vec<(u64, Vec<String>, String)>,
    /// The texts that were given to the editor, in order.
    pub edited: Vec<String>,
    /// Performs the requests of a run that fetches reports.
    pub fetch: Option<Arc<dyn Fn() -> Box<dyn Fetch> + Send + Sync>>,
    sync: Option<SyncRun>,
    news: (Sender<SyncNews>, Receiver<SyncNews>),
    /// What was saved for the next session.
    pub remembered: Option<SessionState>,
    pub ended: bool,
}

/// A clock on which time passes only when it is waited for: pauses between requests take no time.
struct PassingClock(Mutex<Timestamp>);

impl Default for PassingClock {
    fn default() -> Self {
        Self(Mutex::new("2026-11-29T08:00:00Z".parse().unwrap()))
    }
}

impl SyncClock for PassingClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    fn sleep(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }
}

/// The configuration of a property with this many cases, or `PROPTEST_CASES`. Each case opens a whole reader, so the
/// usual 256 would be slow.
pub fn cases(usual: u32) -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|number| number.parse().ok());
    ProptestConfig::with_cases(wanted.unwrap_or(usual))
}

/// A cache in memory that holds `reports`.
pub fn cache(reports: &[&str]) -> Store {
    let store = Store::in_memory().unwrap();
    fill(&store, reports);
    store
}

/// Saves `reports` in a cache.
pub fn fill(store: &Store, reports: &[&str]) {
    for (n, text) in reports.iter().enumerate() {
        for draft in ingest::read(text.as_bytes(), &InputHint { name: "report.txt", ..InputHint::default() }).unwrap() {
            store.cache().save(&format!("report-{n}.txt"), &draft, &extract(&draft)).unwrap();
        }
    }
}

/// Opens the reader on `reports` in a window of 120×24 cells.
pub fn open(reports: &[&str]) -> Screen {
    open_as(cache(reports), ReaderSettings::default(), SessionState::default(), (120, 24))
}

/// Opens the reader on this cache, with these settings and window size.
pub fn open_as(store: Store, settings: ReaderSettings, remembered: SessionState, size: (u16, u16)) -> Screen {
    let (send, answers) = channel();
    let worker = Worker::spawn(move || Some(store), move |answer| send.send(answer).is_ok()).unwrap();
    open_worker(worker, answers, settings, remembered, size)
}

/// Opens the reader on what this worker has, whose answers come through `answers`.
pub fn open_worker(
    worker: Worker,
    answers: Receiver<Answer>,
    settings: ReaderSettings,
    remembered: SessionState,
    size: (u16, u16),
) -> Screen {
    let app = App::new(settings, remembered, size);
    let mut screen = Screen {
        app,
        worker,
        answers,
        asked: 0,
        answered: 0,
        searching: None,
        copied: Vec::new(),
        saved: Vec::new(),
        files: Vec::new(),
        opened: Vec::new(),
        ran: Vec::new(),
        fetch: None,
        sync: None,
        news: channel(),
        edited: Vec::new(),
        commands: Vec::new(),
        remembered: None,
        ended: false,
    };
    let effects = update::begin(&mut screen.app);
    screen.perform(effects);
    screen.settle();
    screen
}

impl Screen {
    /// Presses keys, named as in the keymap and separated by spaces: `j j Enter g g`.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            let chord = Chord::parse(key).unwrap_or_else(|| panic!("no such key: {key}"));
            let mut modifiers = KeyModifiers::NONE;
            modifiers.set(KeyModifiers::CONTROL, chord.ctrl);
            modifiers.set(KeyModifiers::ALT, chord.alt);
            self.send(Message::Key(KeyEvent::new(chord.code, modifiers)));
            self.settle();
        }
        self
    }

    /// Types text. All of it arrives before any answer of the worker, as in a burst of an input method.
    pub fn type_text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.send(Message::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)));
        }
        self.settle();
        self
    }

    pub fn send(&mut self, message: Message) {
        let effects = update::update(&mut self.app, message);
        self.perform(effects);
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.send(Message::Resized { width, height });
        self.settle();
        self
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Ask { turn, ask } => {
                    if matches!(ask, Ask::Search(_)) {
                        self.searching = Some(turn);
                    }
                    assert!(self.worker.ask(turn, ask), "the worker is gone");
                    self.asked = turn;
                }
                Effect::Copy { text, said } => {
                    self.copied.push(text);
                    let route = ClipboardRoute::Terminal;
                    self.send(Message::EffectDone(EffectOutcome::Copied { said, route, cut: 0 }));
                }
                Effect::RunCommand { turn, words, input } => self.commands.push((turn, words, input)),
                Effect::WriteFile { file, content, replace: false } if self.files.contains(&file) => {
                    self.send(Message::EffectDone(EffectOutcome::FileIsThere { file, content }));
                }
                Effect::WriteFile { file, content: FileContent::Text(text), .. } => {
                    self.files.push(file.clone());
                    self.saved.push((file.clone(), text));
                    self.send(Message::EffectDone(EffectOutcome::Saved(file)));
                }
                Effect::OpenUrl(url) => self.opened.push(url),
                Effect::WriteFile { file, content: FileContent::Export(job), .. } => {
                    self.files.push(file);
                    self.ran.push(job);
                }
                Effect::RunVerb(job) => self.ran.push(job),
                Effect::Edit { text, .. } => self.edited.push(text),
                Effect::Quit => {
                    self.remembered = Some(self.app.remembered());
                    self.ended = true;
                }
                Effect::Sync(job) => {
                    let fetch = self.fetch.clone().expect("the test performs the requests");
                    let tell = self.news.0.clone();
                    let connect = Box::new(move |_: Option<&str>| Ok(fetch()));
                    self.sync =
                        Some(SyncRun::begin_with(job, connect, Box::new(PassingClock::default()), move |news| {
                            drop(tell.send(news));
                        }));
                }
                Effect::StopSync => self.sync.as_ref().expect("a run goes on").stop(),
                Effect::Redraw | Effect::Suspend => {}
            }
        }
    }

    /// Waits until the newest question is answered, and also the questions that its answer caused.
    pub fn settle(&mut self) {
        while self.answered != self.asked || self.searching.is_some() {
            let answer = self.answers.recv().expect("the worker answers every newest question");
            if answer.is_last() {
                self.searching = self.searching.filter(|turn| *turn != answer.turn());
                self.answered = self.answered.max(answer.turn());
            }
            self.send(Message::Answer(answer));
        }
        if self.app.awaits_rest() {
            self.send(Message::Rested);
            self.settle();
        }
    }

    /// Waits for rows of the newest search, without asking anything that their arrival causes to be asked.
    pub fn wait_for_rows(&mut self) {
        let wanted = self.searching.expect("a search is going on");
        loop {
            let answer = self.answers.recv().expect("the worker answers");
            let are_rows = matches!(&answer, Answer::Found { turn, .. } if *turn == wanted);
            self.send(Message::Answer(answer));
            if are_rows {
                break;
            }
        }
    }

    /// Waits for the next thing that the run tells which fetches reports, and for what that causes.
    pub fn next_news(&mut self) -> SyncNews {
        let news = self.news.1.recv().expect("the run tells its end");
        self.send(Message::Sync(news.clone()));
        self.settle();
        news
    }

    /// Waits until the worker tells that another process has changed the cache, and for what that causes.
    pub fn wait_for_change(&mut self) {
        loop {
            let answer = self.answers.recv().expect("the worker tells of changes");
            let is_change = matches!(answer, Answer::CacheChanged { .. });
            self.send(Message::Answer(answer));
            if is_change {
                break;
            }
        }
        self.settle();
    }

    /// Returns the cells of the screen and the position of the cursor.
    pub fn draw(&self) -> (Buffer, Option<Position>) {
        let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, self.app.size)));
        let cursor = view::draw(&self.app, &mut buffer);
        (buffer, cursor)
    }

    /// Returns the text on the screen, line by line.
    pub fn text(&self) -> String {
        let (buffer, _) = self.draw();
        (0..buffer.area.height).map(|y| line(&buffer, y) + "\n").collect()
    }

    /// Returns the text on the screen, the cursor, and below each line that is not all plain a line with a letter for
    /// the style of each cell (the letters of the theme's table).
    pub fn picture(&self) -> String {
        let (buffer, cursor) = self.draw();
        let mut out = self.text();
        if let Some(at) = cursor {
            out.push_str(&format_args!("cursor {},{}\n", at.x, at.y).to_string());
        }
        let theme = &self.app.theme;
        for y in 0..buffer.area.height {
            let looks: String = (0..buffer.area.width).map(|x| theme::letter(theme, look(&buffer, x, y))).collect();
            let looks = looks.trim_end_matches('.');
            if !looks.is_empty() {
                out.push_str(&format_args!("{y:>2} {looks}\n").to_string());
            }
        }
        out
    }
}

fn line(buffer: &Buffer, y: u16) -> String {
    let cells: String = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect();
    cells.trim_end().to_owned()
}

/// Returns the style of a cell as a theme has it; a blank cell without background has none.
fn look(buffer: &Buffer, x: u16, y: u16) -> Style {
    let cell = &buffer[(x, y)];
    let shown = |color: Color| (color != Color::Reset).then_some(color);
    let style = Style { fg: shown(cell.fg), bg: shown(cell.bg), ..Style::new() }.add_modifier(cell.modifier);
    let grounded = style.bg.is_some() || cell.modifier.contains(ratatui::style::Modifier::REVERSED);
    // The corners of a frame are enough to show whether its pane is active.
    if matches!(cell.symbol(), " " | "│" | "─") && !grounded { Style::new() } else { style }
}

//! The reader on an archive that is on another machine: the line is a local pipe with a delay, and a gate that holds
//! what is asked. Nothing is measured; what a key waits for is told by the gate.

use crate::oracles;
use crate::screen::{self, Screen, cases};
use baocao::extract::extract;
use baocao::ingest::{self, InputHint};
use baocao::store::Store;
use baocao::tui::message::Message;
use baocao::tui::settings::{ReaderSettings, SessionState};
use baocao::tui::worker::Worker;
use baocao::tui::worker::remote::{ArchiveLine, Connect, Peer, RemoteArchive, read_line, serve};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::sync::{Arc, Condvar, LazyLock, Mutex};
use std::thread;
use std::time::Duration;

/// There and back again are 150 ms.
const ONE_WAY: Duration = Duration::from_millis(75);

/// Holds the lines of the reader while it is closed.
#[derive(Default)]
struct Gate {
    lines: Mutex<HeldLines>,
    changed: Condvar,
}

#[derive(Default)]
struct HeldLines {
    is_closed: bool,
    held: VecDeque<Vec<u8>>,
    /// Lines that may pass although the gate is closed.
    allowed: usize,
}

impl Gate {
    fn close(&self) {
        self.lines.lock().unwrap().is_closed = true;
    }

    fn open(&self) {
        self.lines.lock().unwrap().is_closed = false;
        self.changed.notify_all();
    }

    /// Waits until the reader has sent this many lines, and lets them pass, but none that come later.
    fn let_pass(&self, count: usize) {
        let lines = self.lines.lock().unwrap();
        let mut lines = self.changed.wait_while(lines, |lines| lines.held.len() < count).unwrap();
        lines.allowed = count;
        drop(lines);
        self.changed.notify_all();
    }

    fn put(&self, line: Vec<u8>) {
        self.lines.lock().unwrap().held.push_back(line);
        self.changed.notify_all();
    }

    fn take(&self) -> Vec<u8> {
        let lines = self.lines.lock().unwrap();
        let is_held = |lines: &mut HeldLines| lines.held.is_empty() || (lines.is_closed && lines.allowed == 0);
        let mut lines = self.changed.wait_while(lines, is_held).unwrap();
        lines.allowed = lines.allowed.saturating_sub(1);
        lines.held.pop_front().unwrap()
    }
}

struct DelayedLine {
    archive: PathBuf,
    gate: Arc<Gate>,
    delay: Duration,
    /// What the archive has said.
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Connect for DelayedLine {
    fn connect(&mut self, _is_again: bool) -> io::Result<Peer> {
        let (here, near) = UnixStream::pair()?;
        let (far, there) = UnixStream::pair()?;
        let archive = self.archive.clone();
        thread::spawn(move || {
            let input = BufReader::new(there.try_clone().unwrap());
            serve(|| Store::open_served(&archive), input, there).unwrap();
        });
        let (asked, gate) = (near.try_clone()?, Arc::clone(&self.gate));
        thread::spawn(move || {
            for line in BufReader::new(asked).split(b'\n') {
                gate.put([line.unwrap(), vec![b'\n']].concat());
            }
        });
        let (mut to_archive, gate, delay) = (far.try_clone()?, Arc::clone(&self.gate), self.delay);
        thread::spawn(move || {
            loop {
                let line = gate.take();
                thread::sleep(delay);
                if to_archive.write_all(&line).is_err() {
                    return;
                }
            }
        });
        let (mut answers, mut to_reader, heard) = (far, near, Arc::clone(&self.heard));
        thread::spawn(move || {
            let mut some = vec![0; 1 << 20];
            while let Ok(length @ 1..) = answers.read(&mut some) {
                thread::sleep(delay);
                heard.lock().unwrap().extend(&some[..length]);
                if to_reader.write_all(&some[..length]).is_err() {
                    return;
                }
            }
        });
        Ok(Peer { input: Box::new(here.try_clone()?), output: Box::new(here), process: None })
    }
}

fn fill(folder: &Path) {
    let store = Store::open(folder).unwrap();
    for year in ["2019", "2020", "2024", "2025"] {
        for file in std::fs::read_dir(format!("sample-data/{year}")).unwrap().map(|file| file.unwrap().path()) {
            if file.extension().is_some_and(|end| end == "txt") {
                let bytes = std::fs::read(&file).unwrap();
                for draft in ingest::read(&bytes, &InputHint { name: "a.txt", ..InputHint::default() }).unwrap() {
                    store.cache().save(&file.to_string_lossy(), &draft, &extract(&draft)).unwrap();
                }
            }
        }
    }
    store.register().unwrap();
}

/// The reader on the archive in `there`, with marks in `own`; the gate of its line, and what comes on it.
fn far(there: &Path, own: &Path, delay: Duration) -> (Screen, Arc<Gate>, Arc<Mutex<Vec<u8>>>) {
    let (gate, heard) = (Arc::<Gate>::default(), Arc::<Mutex<Vec<u8>>>::default());
    let line = DelayedLine { archive: there.to_owned(), gate: Arc::clone(&gate), delay, heard: Arc::clone(&heard) };
    let archive =
        RemoteArchive { host: "kho".to_owned(), connect: Box::new(line), first_pause: Duration::from_secs(1) };
    let (send, answers) = channel();
    let own = own.to_owned();
    let worker = Worker::spawn_remote(
        archive,
        move || Some(Store::open_marks(&own, "kho").unwrap()),
        |opened| opened.unwrap(),
        move |answer| send.send(answer).is_ok(),
    );
    let size = (120, 24);
    let screen =
        screen::open_worker(worker.unwrap(), answers, ReaderSettings::default(), SessionState::default(), size);
    (screen, gate, heard)
}

fn key(screen: &mut Screen, letter: char) {
    screen.send(Message::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE)));
}

/// A walk through the screens, key by key.
const WALK: &str = "j j * Enter Space } p Esc q o t h i Enter j Enter Esc q Esc / k h u Enter n = y Esc J u g g , Esc";

#[test]
fn every_screen_is_the_same_as_on_an_archive_of_this_machine() {
    let [there, own, other] = std::array::from_fn(|_| tempfile::tempdir().unwrap());
    fill(there.path());
    let (mut far, ..) = far(there.path(), own.path(), Duration::ZERO);
    let store = Store::open_archive(there.path(), other.path()).unwrap();
    let mut near = screen::open_as(store, ReaderSettings::default(), SessionState::default(), (120, 24));
    assert_eq!(far.picture(), near.picture());
    for key in WALK.split(' ') {
        far.press(key);
        near.press(key);
        assert_eq!(far.picture(), near.picture(), "after {key}");
    }
}

#[test]
fn a_key_is_shown_before_the_archive_answers_and_rows_come_with_the_first_answer() {
    let [there, own] = std::array::from_fn(|_| tempfile::tempdir().unwrap());
    fill(there.path());
    let (mut screen, gate, _) = far(there.path(), own.path(), ONE_WAY);
    let before = screen.text();
    gate.close();
    for letter in "/quan".chars() {
        key(&mut screen, letter);
    }
    let echoed = screen.text();
    assert!(echoed.contains("quan") && !before.contains("lọc: quan"), "{echoed}");
    // One search for each letter; no further line passes before the rows are here.
    gate.let_pass(4);
    screen.wait_for_rows();
    let rows = screen.text();
    assert_ne!(rows, echoed);
    assert!(rows.contains("Quân khu"), "{rows}");
    gate.open();
    screen.settle();
    // A mark needs no answer at all.
    gate.close();
    screen.press("Enter *");
    let list = &screen.app.list;
    assert!(list.window.rows[list.selected - list.window.offset].starred, "{}", screen.text());
}

/// What an archive answers to a walk, line by line.
static LINES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let [there, own] = std::array::from_fn(|_| tempfile::tempdir().unwrap());
    fill(there.path());
    let (mut screen, _, heard) = far(there.path(), own.path(), Duration::ZERO);
    screen.press(WALK);
    let heard = heard.lock().unwrap();
    heard.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
});

/// The number of numbers in a value, and the value with the one at `at` replaced.
fn with_number(value: &Value, at: usize, number: &Value, seen: &mut usize) -> Value {
    match value {
        Value::Number(_) => {
            *seen += 1;
            if *seen - 1 == at { number.clone() } else { value.clone() }
        }
        Value::Array(values) => values.iter().map(|value| with_number(value, at, number, seen)).collect(),
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| (name.clone(), with_number(value, at, number, seen));
            fields.iter().map(field).collect()
        }
        other => other.clone(),
    }
}

/// Each place of a line that has a number, up to some of them, with another number.
fn with_other_numbers(line: &[u8], number: &Value) -> Vec<Vec<u8>> {
    let value: Value = serde_json::from_slice(line).unwrap();
    let mut count = 0;
    let _ = with_number(&value, usize::MAX, number, &mut count);
    let step = count.div_ceil(40).max(1);
    let places = (0..count).step_by(step);
    places.map(|at| serde_json::to_vec(&with_number(&value, at, number, &mut 0)).unwrap()).collect()
}

#[test]
fn a_number_beyond_any_count_is_no_line_wherever_it_stands() {
    for number in [json!((1_u64 << 40) + 1), json!(u64::MAX), json!(-(1_i64 << 40) - 1), json!(1.5)] {
        let mut lines = 0;
        for line in LINES.iter() {
            for other in with_other_numbers(line, &number) {
                let told = read_line::<ArchiveLine>(&other).unwrap_err().to_string();
                assert!(told.contains("a number is too large"), "{told}: {}", String::from_utf8_lossy(&other));
                lines += 1;
            }
        }
        assert!(lines > 500, "{lines}");
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn no_archive_breaks_the_reader(
        at in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        number in prop::sample::select(vec![
            json!(0), json!(9), json!(1_u64 << 40), json!(u64::MAX), json!(-1), json!(null),
        ]),
        replaced in any::<prop::sample::Index>(),
    ) {
        let mut lines = LINES.clone();
        let line = at.get_mut(&mut lines);
        // A number, and not the digits of an id or a text.
        let others = with_other_numbers(line, &number);
        if !others.is_empty() {
            *line = [replaced.get(&others).clone(), vec![b'\n']].concat();
        }
        for (place, byte) in changes {
            let place = place.index(line.len());
            line[place] = byte;
        }
        oracles::remote(&lines.concat());
    }
}

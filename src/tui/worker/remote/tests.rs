//! A reader and an archive on two ends of a socket: every question is answered as on one machine, nothing is lost with
//! the line, and neither side believes what is no line of the other.

use super::protocol::{AnswerLine, ArchiveLine, RemoteAnswer, line_of, understood};
use super::*;
use crate::extract::extract;
use crate::ingest::{self, InputHint};
use crate::officials::Place;
use crate::officials::post::posts_of_person;
use crate::search::counts::CountField;
use crate::search::filter::parse;
use crate::store::{MarkChange, Note, NoteChange, NoteSubject, OfficialPreviewParts, ReportMark, Sort, Store, id_of};
use crate::tui::message::{Answer, Ask, ConnectionNews, ListRequest, NextRowQuery, RowSpan};
use crate::tui::quote_pages::counts::CountsQuery;
use crate::tui::quote_pages::doubts::DoubtsQuery;
use crate::tui::quote_pages::{ComparedPair, PageSubject, PostOrigin};
use crate::tui::worker::Worker;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

const NAME: &str = "Lã Khắc Hùng";

/// A cache with some reports: the samples, and two of one name in two units.
fn filled(folder: &Path) -> Vec<String> {
    let store = Store::open(folder).unwrap();
    let mut texts: Vec<String> = Vec::new();
    for year in ["2017", "2018", "2023"] {
        let files = std::fs::read_dir(format!("sample-data/{year}")).unwrap().map(|file| file.unwrap().path());
        let files = files.filter(|path| path.extension().is_some_and(|end| end == "txt"));
        texts.extend(files.map(|path| std::fs::read_to_string(path).unwrap()));
    }
    texts.sort();
    for (unit, day, rank) in [("Quân khu 2", "12-3-2021", "Đại tá"), ("Quân khu 9", "1-6-2022", "Thiếu tướng")]
    {
        texts.push(format!(
            "Tổng kết năm tại {unit}\n\nNgày {day}, {unit} tổ chức hội nghị tổng kết.\n\
             {rank} {NAME}, Phó Tư lệnh {unit} chủ trì hội nghị."
        ));
    }
    let mut ids = Vec::new();
    for (n, text) in texts.iter().enumerate() {
        for draft in ingest::read(text.as_bytes(), &InputHint { name: "a.txt", ..InputHint::default() }).unwrap() {
            store.cache().save(&format!("{n}.txt"), &draft, &extract(&draft)).unwrap();
            ids.push(id_of(&draft.text));
        }
    }
    store.register().unwrap();
    assert!(ids.len() > 8, "{}", ids.len());
    ids
}

/// The other ends of the lines that were made.
type Lines = Arc<Mutex<Vec<UnixStream>>>;

/// Lines to a thread that answers from an archive.
struct ThreadConnect {
    archive: PathBuf,
    lines: Lines,
}

impl Connect for ThreadConnect {
    fn connect(&mut self, _is_again: bool) -> io::Result<Peer> {
        let (here, there) = UnixStream::pair()?;
        self.lines.lock().unwrap().push(there.try_clone()?);
        let archive = self.archive.clone();
        thread::spawn(move || {
            let input = BufReader::new(there.try_clone().unwrap());
            // The test may have cut the line.
            let _ = serve(|| Store::open_served(&archive), input, there);
        });
        Ok(Peer { input: Box::new(here.try_clone()?), output: Box::new(here), process: None })
    }
}

fn begin(connect: Box<dyn Connect>, own: &Path) -> (Result<(), String>, Worker, Receiver<Answer>) {
    let (send, answers) = channel();
    let (opened, is_open) = channel();
    let archive = RemoteArchive { host: "kho".to_owned(), connect, first_pause: Duration::from_millis(1) };
    let own = own.to_owned();
    let worker = Worker::spawn_remote(
        archive,
        move || Some(Store::open_marks(&own, "kho").unwrap()),
        move |done| opened.send(done).unwrap(),
        move |answer| send.send(answer).is_ok(),
    );
    (is_open.recv().unwrap(), worker.unwrap(), answers)
}

/// A reader of an archive in `there`, with its lines.
fn reader(there: &Path, own: &Path) -> (Worker, Receiver<Answer>, Lines) {
    let lines = Lines::default();
    let connect = ThreadConnect { archive: there.to_owned(), lines: Arc::clone(&lines) };
    let (opened, worker, answers) = begin(Box::new(connect), own);
    opened.unwrap();
    (worker, answers, lines)
}

/// The last answer to a question.
fn answered(worker: &Worker, answers: &Receiver<Answer>, turn: u64, ask: Ask) -> Answer {
    assert!(worker.ask(turn, ask));
    answers.iter().find(|answer| answer.turn() == turn && answer.is_last()).unwrap()
}

fn search(filter: &str, sort: Sort) -> Ask {
    let filter = Arc::new(parse(filter).0);
    Ask::Search(ListRequest { filter, sort, offset: 0, limit: 50, on_screen: 5, keep: None, first_screen: false })
}

fn row_query(filter: &str) -> NextRowQuery {
    NextRowQuery { filter: Arc::new(parse(filter).0), sort: Sort::Date, from: 0, back: false }
}

/// Every question that an archive answers, about all that is in it.
fn questions(store: &Store, ids: &[String]) -> Vec<Ask> {
    let mut asks = vec![Ask::HasNew, Ask::Begin, Ask::Complete("unit:".to_owned(), 5)];
    for filter in
        ["", "hội nghị", "\"tổng kết\" -khu", "rank:>=đại tá", "person:hung OR unit:\"quân khu 9\"", "from:2020"]
    {
        asks.extend([Sort::Date, Sort::Title, Sort::Relevance].map(|sort| search(filter, sort)));
        asks.push(Ask::Unread(row_query(filter)));
        asks.push(Ask::SearchOn(row_query(filter), Arc::new(parse("hung").0)));
        let rows = RowSpan { filter: Arc::new(parse(filter).0), sort: Sort::Unit, offset: 0, limit: 3 };
        asks.push(Ask::Ids(rows));
        for (field, ..) in CountField::ALL {
            asks.push(Ask::QuotePage(PageSubject::Counts(CountsQuery { filter: filter.to_owned(), field })));
        }
    }
    for query in ["", "h", "hùng", "tuong", "tư lệnh"] {
        asks.push(Ask::Officials(query.to_owned(), 20));
    }
    for official in store.register().unwrap().officials().unwrap() {
        asks.push(Ask::OfficialPreview(official.id.clone()));
        asks.push(Ask::OfficialAgain(official.id));
    }
    for id in ids {
        asks.extend([Ask::Load(id.clone()), Ask::Source(id.clone()), Ask::OfficialOf(id.clone(), 0)]);
        asks.push(Ask::QuotePage(PageSubject::Versions(id.clone())));
        let report = store.cache().load(id).unwrap().unwrap();
        for (n, _) in report.extraction.people.iter().enumerate() {
            for (words, key) in posts_of_person(&report, n) {
                let whose = Some(PostOrigin::Person(id.clone(), n));
                asks.push(Ask::QuotePage(PageSubject::Post(words, key, whose)));
            }
        }
        asks.extend(report.extraction.facts.unit.map(|unit| Ask::QuotePage(PageSubject::Unit(unit))));
    }
    let pair = ComparedPair { report: ids[0].clone(), other: Some(ids[1].clone()) };
    asks.push(Ask::QuotePage(PageSubject::Lineups(pair.clone())));
    asks.push(Ask::QuotePage(PageSubject::Texts(pair)));
    asks.push(Ask::QuotePage(PageSubject::Doubts(DoubtsQuery { names: String::new(), least: 0 })));
    asks.push(Ask::Texts(ids.to_vec()));
    asks
}

/// An answer as text. The number of a row is of use only beside the cache, and is not sent.
fn shown(mut answer: Answer) -> String {
    if let Answer::Found { found, .. } = &mut answer {
        found.rows.iter_mut().for_each(|row| row.number = 0);
    }
    format!("{answer:?}")
}

#[test]
fn every_question_is_answered_as_by_an_archive_on_this_machine() {
    let [there, own, other] = std::array::from_fn(|_| tempfile::tempdir().unwrap());
    let ids = filled(there.path());
    let asks = questions(&Store::open_served(there.path()).unwrap(), &ids);
    let (far, far_answers, _lines) = reader(there.path(), own.path());
    let (send, near_answers) = channel();
    let (archive, marks) = (there.path().to_owned(), other.path().to_owned());
    let open = move || Some(Store::open_archive(&archive, &marks).unwrap());
    let near = Worker::spawn(open, move |answer| send.send(answer).is_ok()).unwrap();
    let mut turn = 0;
    let mut both = |ask: &Ask| {
        turn += 1;
        let there = answered(&far, &far_answers, turn, ask.clone());
        let here = answered(&near, &near_answers, turn, ask.clone());
        assert!(!matches!(here, Answer::Failed { .. }), "{ask:?}: {here:?}");
        assert_eq!(shown(there), shown(here), "{ask:?}");
    };
    assert!(asks.len() > 150, "{}", asks.len());
    asks.iter().for_each(&mut both);
    // And so with marks, which are made where the reader is.
    let change = |mark| MarkChange { report: ids[0].clone(), mark };
    both(&Ask::ChangeMarks(vec![
        change(ReportMark::Starred(true)),
        change(ReportMark::Tag { tag: "xem lại".to_owned(), on: true }),
        change(ReportMark::Read(true)),
    ]));
    for filter in ["is:starred", "is:unread", "tag:xem", "is:noted"] {
        both(&search(filter, Sort::Date));
    }
    both(&Ask::CompleteTag("x".to_owned(), 1));
    both(&Ask::Load(ids[0].clone()));
}

#[test]
fn marks_and_decisions_are_in_the_readers_own_file_only() {
    let [there, own] = std::array::from_fn(|_| tempfile::tempdir().unwrap());
    let ids = filled(there.path());
    let content = || -> Vec<(PathBuf, Vec<u8>)> {
        let files = std::fs::read_dir(there.path()).unwrap().map(|file| file.unwrap().path());
        files.filter(|path| path.is_file()).map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
    };
    let before = content();
    let (worker, answers, _lines) = reader(there.path(), own.path());
    let note = Note {
        text: "hỏi lại".to_owned(),
        ..Note::new(NoteSubject::Report { report: ids[1].clone(), title: "T".into() })
    };
    answered(&worker, &answers, 1, Ask::ChangeNote(NoteChange::Put(note)));
    let Answer::Found { found, .. } = answered(&worker, &answers, 2, search("note:hoi", Sort::Date)) else { panic!() };
    assert_eq!((found.total, &found.rows[0].id), (1, &ids[1]));
    let Answer::Officials { rows, .. } = answered(&worker, &answers, 3, Ask::Officials(NAME.to_owned(), 9)) else {
        panic!()
    };
    let id = rows[0].official.id.clone();
    let Answer::Official { page: Some(page), .. } = answered(&worker, &answers, 4, Ask::Official(id.clone())) else {
        panic!()
    };
    assert_eq!(page.reports.len(), 2, "{page:?}");
    // A note on the official finds the reports that name him.
    let on_official = Note {
        text: "gặp sau".to_owned(),
        ..Note::new(NoteSubject::Official { id: id.clone(), name: NAME.to_owned(), places: Vec::new() })
    };
    answered(&worker, &answers, 41, Ask::ChangeNote(NoteChange::Put(on_official)));
    let Answer::Found { found, .. } = answered(&worker, &answers, 42, search("note:gap", Sort::Date)) else { panic!() };
    assert_eq!(found.total, 2);
    let split = Ask::Split(id.clone(), page.reports[0].place.clone());
    let done = answered(&worker, &answers, 5, split);
    let Answer::Decided { id: Some(id), .. } = done else { panic!("{done:?}") };
    let Answer::Official { page: Some(page), .. } = answered(&worker, &answers, 6, Ask::Official(id.clone())) else {
        panic!()
    };
    assert_eq!((page.reports.len(), page.namesakes.len()), (1, 1));
    let decided = |count: usize| {
        let store = Store::open_marks(own.path(), "kho").unwrap();
        assert_eq!(store.register().unwrap().decisions().unwrap().len(), count);
    };
    decided(1);
    // Nothing is left to split off: no further step is made, which would have to be undone before this one.
    let again = Ask::Split(id.clone(), page.reports[0].place.clone());
    assert!(matches!(answered(&worker, &answers, 10, again), Answer::Decided { id: Some(_), .. }));
    assert!(matches!(answered(&worker, &answers, 7, Ask::Undo(id)), Answer::Decided { undone: Some(_), .. }));
    decided(0);
    let removal = Ask::Remove { reports: vec![ids[0].clone()], undoable: true };
    for refused in [removal, Ask::SetDate { report: ids[0].clone(), date: None }] {
        let Answer::Failed { why, .. } = answered(&worker, &answers, 8, refused) else { panic!() };
        assert!(why.contains("on kho is only read"), "{why}");
    }
    answered(&worker, &answers, 9, Ask::Begin);
    assert_eq!(worker.finish(), 0);
    assert_eq!(content(), before);
    assert_eq!(Store::open_marks(own.path(), "kho").unwrap().marks_backups().len(), 1, "the copy of the day");
}

#[test]
fn a_lost_line_loses_nothing() {
    let [there, own] = std::array::from_fn(|_| tempfile::tempdir().unwrap());
    let ids = filled(there.path());
    let (worker, answers, lines) = reader(there.path(), own.path());
    answered(&worker, &answers, 1, search("", Sort::Date));
    for round in 0..3 {
        let line = lines.lock().unwrap().last().unwrap().try_clone().unwrap();
        line.shutdown(Shutdown::Both).unwrap();
        // A star and questions while the line is down, or just coming back.
        let star = MarkChange { report: ids[round].clone(), mark: ReportMark::Starred(true) };
        worker.ask(10, Ask::ChangeMarks(vec![star]));
        worker.ask(11, search("khu", Sort::Date));
        worker.ask(12, Ask::OfficialOf(ids[0].clone(), 0));
        worker.ask(13, search("is:starred", Sort::Date));
        let mut said = Vec::new();
        let mut total = None;
        while total.is_none() || said.len() < 2 {
            match answers.recv().unwrap() {
                Answer::Connection(ConnectionNews::Lost(why)) => said.push(why),
                Answer::Connection(ConnectionNews::Back) => said.push("back".to_owned()),
                Answer::Found { turn: 13, found, more: false, .. } => total = Some(found.total),
                Answer::Failed { why, .. } => panic!("{why}"),
                _ => {}
            }
        }
        assert_eq!(total, Some(round + 1), "the archive knows the marks again");
        assert_eq!((said.len(), said[1].as_str()), (2, "back"), "{said:?}");
    }
    assert_eq!(worker.finish(), 0);
    let store = Store::open_marks(own.path(), "kho").unwrap();
    assert!(ids.iter().take(3).all(|id| store.marks().of(id).unwrap().1));
}

#[test]
fn quitting_without_a_line_waits_for_no_question() {
    let [there, own] = std::array::from_fn(|_| tempfile::tempdir().unwrap());
    filled(there.path());
    let (worker, answers, lines) = reader(there.path(), own.path());
    std::fs::remove_dir_all(there.path()).unwrap();
    lines.lock().unwrap().last().unwrap().shutdown(Shutdown::Both).unwrap();
    assert!(matches!(answers.recv().unwrap(), Answer::Connection(ConnectionNews::Lost(_))));
    worker.ask(1, search("a", Sort::Date));
    worker.ask(2, Ask::Seen);
    assert!(matches!(answers.recv().unwrap(), Answer::Done { turn: 2 }));
    assert_eq!(worker.finish(), 0);
}

/// Lines on which some bytes come, whatever is asked.
struct BytesConnect(Vec<u8>);

impl Connect for BytesConnect {
    fn connect(&mut self, _is_again: bool) -> io::Result<Peer> {
        Ok(Peer { input: Box::new(io::Cursor::new(self.0.clone())), output: Box::new(io::sink()), process: None })
    }
}

#[test]
fn an_archive_that_cannot_answer_says_why_before_the_reader_opens() {
    let own = tempfile::tempdir().unwrap();
    let nowhere = own.path().join("nowhere");
    let connect = ThreadConnect { archive: nowhere, lines: Lines::default() };
    let (opened, ..) = begin(Box::new(connect), own.path());
    let why = opened.unwrap_err();
    assert!(why.contains("the archive on kho cannot be read") && why.contains("an archive is a folder"), "{why}");
    for (bytes, told) in [
        ("", "has closed the line"),
        ("Welcome to kho\n", "not understood"),
        ("{\"hello\":{\"protocol\":9999,\"program\":\"9\"}}\n", "speaks version 9999"),
        ("{\"answer\":{\"turn\":1,\"answer\":{\"has_new\":true}}}\n", "before a hello"),
    ] {
        let (opened, ..) = begin(Box::new(BytesConnect(bytes.into())), own.path());
        let why = opened.unwrap_err();
        assert!(why.contains(told), "{why}");
    }
    // What ssh leaves in the background keeps its standard error open, and is not waited for.
    let number = own.path().join("number").to_string_lossy().into_owned();
    let script = "sleep 60 </dev/null >/dev/null & echo $! >\"$0\"; echo 'kho: no such host' >&2; exit 255";
    let words = ["sh", "-c", script, &number].map(str::to_owned).to_vec();
    let (opened, ..) = begin(Box::new(SshConnect { words }), own.path());
    let why = opened.unwrap_err();
    assert!(why.contains("kho: no such host"), "{why}");
    let number = std::fs::read_to_string(number).unwrap();
    assert!(std::process::Command::new("kill").arg(number.trim()).status().unwrap().success(), "it has ended already");
    let (opened, ..) = begin(Box::new(SshConnect { words: vec!["/nowhere/ssh".to_owned()] }), own.path());
    assert!(opened.unwrap_err().contains("/nowhere/ssh"));
}

/// Lines on which these bytes answer the first question. They stay open afterwards.
struct AnswerConnect(&'static str);

impl Connect for AnswerConnect {
    fn connect(&mut self, _is_again: bool) -> io::Result<Peer> {
        let (here, mut there) = UnixStream::pair()?;
        let answer = self.0;
        thread::spawn(move || -> io::Result<()> {
            there.write_all(b"{\"hello\":{\"protocol\":3,\"program\":\"1\"}}\n")?;
            let mut said = BufReader::new(there.try_clone()?).lines().map_while(Result::ok);
            if said.any(|line| line.starts_with("{\"ask\"")) {
                there.write_all(answer.as_bytes())?;
            }
            said.for_each(drop);
            Ok(())
        });
        Ok(Peer { input: Box::new(here.try_clone()?), output: Box::new(here), process: None })
    }
}

#[test]
fn answers_that_are_none_end_the_line_and_not_the_reader() {
    let own = tempfile::tempdir().unwrap();
    for bad in [
        "{\"answer\":{\"turn\":1,\"answer\":{\"has_new\":true}}}\n",
        "{\"answer\":{\"turn\":1,\"answer\":{\"ids\":[\"a\"]}}}\n",
        "{\"answer\":{\"turn\":0,\"answer\":{\"cache_changed\":{\"officials\":1099511627777,\"doubts\":0}}}}\n",
        "[[[[\n",
    ] {
        let (opened, worker, answers) = begin(Box::new(AnswerConnect(bad)), own.path());
        opened.unwrap();
        worker.ask(1, Ask::OfficialOf("a".to_owned(), 0));
        let told = answers.recv().unwrap();
        let Answer::Connection(ConnectionNews::Lost(why)) = &told else { panic!("{told:?}") };
        assert!(why.contains("not understood"), "{why}");
        assert_eq!(worker.finish(), 0);
    }
}

#[test]
fn a_reader_that_is_none_is_not_answered() {
    let there = tempfile::tempdir().unwrap();
    filled(there.path());
    let serve_bytes = |bytes: &str| {
        let (mut here, out) = UnixStream::pair().unwrap();
        let done = serve(|| Store::open_served(there.path()), bytes.as_bytes(), out);
        let mut said = String::new();
        here.read_to_string(&mut said).unwrap();
        (done, said)
    };
    let (done, said) = serve_bytes("GET / HTTP/1.0\n");
    assert!(matches!(done, Err(ServeError::Mismatch(_))) && said.lines().count() == 1, "{done:?} {said}");
    let (done, said) = serve_bytes("{\"hello\":{\"protocol\":0,\"program\":\"0\"}}\n");
    assert!(matches!(done, Err(ServeError::OtherVersion(_))) && said.contains("refused"), "{done:?} {said}");
    let place = Place { report: "a".into(), at: 1 };
    let asked = serde_json::to_string(&place).unwrap();
    let (done, _) = serve_bytes(&format!("{{\"hello\":{{\"protocol\":3,\"program\":\"1\"}}}}\n{asked}\n"));
    assert!(matches!(done, Err(ServeError::Mismatch(_))), "{done:?}");
}

#[test]
fn a_line_is_bounded_and_whole() {
    let next = |bytes: &[u8]| connection::next_line(&mut io::Cursor::new(bytes), 4);
    assert_eq!(next(b"abcd\nx").unwrap().as_deref(), Some(&b"abcd"[..]));
    assert!(next(b"abcde\n").is_err());
    assert_eq!(next(b"abc").unwrap(), None, "it was cut off");
    assert_eq!(next(b"").unwrap(), None);
}

#[test]
fn a_later_attempt_asks_for_no_password() {
    let words = |words: &[&str]| SshConnect { words: words.iter().map(|word| (*word).to_owned()).collect() };
    let last = |connect: &SshConnect, is_again| connect.words(is_again).join(" ");
    assert_eq!(last(&words(&["/usr/bin/ssh", "--", "kho"]), true), "/usr/bin/ssh -o BatchMode=yes -- kho");
    assert_eq!(last(&words(&["ssh", "--", "kho"]), false), "ssh -- kho");
    assert_eq!(last(&words(&["sh", "-c", "x"]), true), "sh -c x");
}

#[test]
fn the_preview_of_a_name_in_many_reports_is_sent_as_what_it_shows() {
    let there = tempfile::tempdir().unwrap();
    filled(there.path());
    let store = Store::open_served(there.path()).unwrap();
    let register = store.register().unwrap();
    let mut newest = 0;
    for official in register.officials().unwrap() {
        let parts = register.official_preview_parts(&official.id, 1).unwrap().unwrap();
        newest += usize::from(matches!(parts, OfficialPreviewParts::Newest(..)));
        let page = parts.clone().page().unwrap();
        let answer = Answer::OfficialPreviewParts { turn: 7, parts: Some(Box::new(parts)) };
        let line = AnswerLine::of(&store, answer, &[]).unwrap().unwrap();
        let bytes = line_of(&ArchiveLine::Answer(Box::new(line))).unwrap();
        let received = |id: &str| {
            let ask = Ask::OfficialPreview(id.to_owned());
            match understood(&bytes, 7, &ask, &store, &mut Vec::new()).unwrap() {
                Some(Answer::Official { page, .. }) => page.map(|page| *page),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(received(&official.id), Some(page));
        assert_eq!(received("somebody-else"), None);
    }
    assert!(newest > 1, "{newest}");
}

#[test]
fn an_answer_that_is_too_long_is_said_to_be() {
    let line = || AnswerLine { turn: 7, answer: RemoteAnswer::Texts("a".repeat(500)) };
    let read = |longest| read_line::<ArchiveLine>(serve::answer_bytes(line(), longest).unwrap().trim_ascii_end());
    assert!(matches!(read(1000), Ok(ArchiveLine::Answer(one)) if matches!(one.answer, RemoteAnswer::Texts(_))));
    let Ok(ArchiveLine::Answer(one)) = read(400) else { panic!() };
    assert!(matches!(&one.answer, RemoteAnswer::Failed(why) if why.starts_with("the answer is larger")), "{one:?}");
    assert_eq!(one.turn, 7);
}

//! `baocao serve --stdio`: answers one reader on another machine, through standard input and output. It is the worker
//! of the reader, beside the archive: the same thread, with the same questions; only what it answers goes out as lines.
//! Nothing is written to the disk.

use super::protocol::{
    AnswerLine, ArchiveLine, Hello, LONGEST_LINE, Mismatch, QuestionLine, ReaderLine, RemoteAnswer, line_of,
};
use super::{connection, read_line};
use crate::store::{ListRow, Store, StoreError};
use crate::tui::message::{Answer, Ask};
use crate::tui::worker::Worker;
use std::io::{self, BufRead, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Why a reader is not answered any more.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(
        "the reader could not be understood ({0}); `serve --stdio` is for `baocao --remote`, which starts it by itself"
    )]
    Mismatch(#[from] Mismatch),
    #[error("the line to the reader broke: {0}")]
    Broken(#[from] io::Error),
    #[error("{0}")]
    OtherVersion(String),
}

/// Where the lines go. The worker thread answers, and this one says hello and why nothing can be answered.
type SharedOutput = Arc<Mutex<Box<dyn Write + Send>>>;

/// Answers until the reader ends the line. `open` opens the archive, with marks in memory (`Store::open_served`).
pub fn serve(
    open: impl FnOnce() -> Result<Store, StoreError>,
    mut input: impl BufRead,
    output: impl Write + Send + 'static,
) -> Result<(), ServeError> {
    let output: SharedOutput = Arc::new(Mutex::new(Box::new(output)));
    let store = match open() {
        Ok(store) => {
            send(&output, &ArchiveLine::Hello(Hello::own()))?;
            store
        }
        Err(error) => {
            send(&output, &ArchiveLine::Refused(error.to_string()))?;
            return Err(error.into());
        }
    };
    let Some(line) = connection::next_line(&mut input, LONGEST_LINE)? else { return Ok(()) };
    match read_line(&line)? {
        ReaderLine::Hello(hello) => {
            if let Some(why) = hello.mismatch("of the reader") {
                send(&output, &ArchiveLine::Refused(why.clone()))?;
                return Err(ServeError::OtherVersion(why));
            }
        }
        ReaderLine::Marks(_) | ReaderLine::Ask(_) => return Err(Mismatch("it said no hello".to_owned()).into()),
    }
    let answers = Arc::clone(&output);
    let rows = Mutex::<SearchRows>::default();
    let answer = move |store: &Store, answer: Answer| {
        // Only the worker thread answers.
        let mut rows = rows.lock().unwrap_or_else(PoisonError::into_inner);
        answered(&answers, store, answer, &mut rows).is_ok()
    };
    let worker = Worker::spawn_with(move || Some(store), answer)?;
    while let Some(line) = connection::next_line(&mut input, LONGEST_LINE)? {
        let is_heard = match read_line(&line)? {
            ReaderLine::Hello(_) => true,
            ReaderLine::Marks(part) => worker.ask(0, Ask::TakeMarks(part)),
            ReaderLine::Ask(QuestionLine { turn, ask }) => worker.ask(turn, ask.into_ask()),
        };
        if !is_heard {
            break;
        }
    }
    worker.finish();
    Ok(())
}

/// The rows of the last answer to a search, and its turn.
#[derive(Default)]
struct SearchRows {
    turn: u64,
    rows: Vec<ListRow>,
}

/// Passes an answer of the worker on.
fn answered(output: &SharedOutput, store: &Store, answer: Answer, last: &mut SearchRows) -> io::Result<()> {
    let turn = answer.turn();
    let before = if last.turn == turn { std::mem::take(&mut last.rows) } else { Vec::new() };
    if let Answer::Found { found, more, .. } = &answer {
        *last = SearchRows { turn, rows: if *more { found.rows.clone() } else { Vec::new() } };
    }
    let line = AnswerLine::of(store, answer, &before)
        .unwrap_or_else(|error| Some(AnswerLine { turn, answer: RemoteAnswer::Failed(error.to_string()) }));
    match line {
        Some(line) => send_bytes(output, &answer_bytes(line, LONGEST_LINE)?),
        None => Ok(()),
    }
}

/// The line of an answer. One of more than `longest` bytes, which no reader would take, becomes a failure: else the
/// reader would drop the line, come back and ask the same again.
pub(super) fn answer_bytes(line: AnswerLine, longest: usize) -> io::Result<Vec<u8>> {
    let turn = line.turn;
    let bytes = line_of(&ArchiveLine::Answer(Box::new(line)))?;
    if bytes.len() <= longest {
        return Ok(bytes);
    }
    let why = format!("the answer is larger than {} MiB, the most that is sent; ask for less", LONGEST_LINE >> 20);
    Ok(line_of(&ArchiveLine::Answer(Box::new(AnswerLine { turn, answer: RemoteAnswer::Failed(why) })))?)
}

fn send(output: &SharedOutput, line: &ArchiveLine) -> io::Result<()> {
    send_bytes(output, &line_of(line)?)
}

fn send_bytes(output: &SharedOutput, line: &[u8]) -> io::Result<()> {
    let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
    output.write_all(line)?;
    output.flush()
}

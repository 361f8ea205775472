//! Runs a program of the user's beside the reader, without a shell and without a terminal: a text is its input, and
//! what it writes is its answer. It may take as long as it likes, but what it writes beyond a limit is dropped.

use crate::tui::message::Message;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::thread;

/// The most bytes of the answer that are kept.
const MOST_OUTPUT: u64 = 4 << 20;
/// The most bytes of the program's messages that are kept.
const MOST_MESSAGES: u64 = 4 << 10;

/// Runs the program `words` on a thread of its own, and sends what it has written to `later`.
pub fn run_command(turn: u64, words: Vec<String>, input: String, later: Sender<Vec<Message>>) {
    let failed = later.clone();
    let run_it = move || {
        let name = words.first().cloned().unwrap_or_default();
        let said = run(&words, input).unwrap_or_else(|error| Err(format!("{name}: {error}")));
        // Nobody listens any more if the reader has ended.
        let _ = later.send(vec![Message::CommandEnded { turn, said }]);
    };
    if let Err(error) = thread::Builder::new().name("command".to_owned()).spawn(run_it) {
        let _ = failed.send(vec![Message::CommandEnded { turn, said: Err(error.to_string()) }]);
    }
}

fn run(words: &[String], input: String) -> io::Result<Result<String, String>> {
    let Some((program, arguments)) = words.split_first() else { return Ok(Err("no program".to_owned())) };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (mut stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    // Three pipes, of which any may be full while the program waits for another.
    let (written, messages) = thread::scope(|scope| {
        scope.spawn(move || {
            // A program need not read all of its input.
            let _ = stdin.as_mut().map(|pipe| pipe.write_all(input.as_bytes()));
        });
        let messages = scope.spawn(move || beginning(stderr, MOST_MESSAGES));
        (beginning(stdout, MOST_OUTPUT), messages.join().unwrap_or_default())
    });
    let status = child.wait()?;
    if status.success() {
        return Ok(Ok(written));
    }
    let last = messages.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    Ok(Err(format!("{program}: {status}\n{last}\n\n{written}")))
}

/// The first bytes of what comes through a pipe, as text. The rest is read and dropped, so that the program can end.
fn beginning(pipe: Option<impl Read>, most: u64) -> String {
    let Some(mut pipe) = pipe else { return String::new() };
    let mut bytes = Vec::new();
    let _ = pipe.by_ref().take(most).read_to_end(&mut bytes);
    let _ = io::copy(&mut pipe, &mut io::sink());
    String::from_utf8_lossy(&bytes).into_owned()
}

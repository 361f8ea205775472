//! Runs a verb of the command line beside the reader: this program once more, as a process of its own.

use crate::tui::message::{Message, VerbEnd, VerbJob};
use std::io::{self, Write};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::Sender;

/// Runs this program, which speaks English: what it says is translated where it is shown, like every message.
/// It runs on a thread of its own, without a terminal, and sends how it ended to `later`.
pub fn run_verb(job: VerbJob, later: Sender<Vec<Message>>) {
    let VerbJob { arguments, input, done } = job;
    let run = move || {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--lang", "en"]).args(arguments).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.stdin(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A verb that ends before it has read everything tells why by itself.
            let _ = stdin.write_all(input.as_bytes());
        }
        child.wait_with_output()
    };
    let send_end = move |ended: io::Result<Output>| {
        let end = match ended {
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or(&done).to_owned();
                VerbEnd { done: output.status.success(), said: last }
            }
            Err(error) => VerbEnd { done: false, said: format!("baocao could not be started: {error}") },
        };
        // Nobody listens any more if the reader has ended.
        let _ = later.send(vec![Message::VerbEnded(end)]);
    };
    let failed = send_end.clone();
    if let Err(error) = std::thread::Builder::new().name("verb".to_owned()).spawn(move || send_end(run())) {
        failed(Err(error));
    }
}

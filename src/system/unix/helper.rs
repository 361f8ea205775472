//! Runs another program on untrusted input within limits: its output is bounded, it has so much time and memory, and
//! what it has started is ended with it. It sees no terminal and none of the environment but the path to programs.

use crate::system::{HelperFailure, HelperLimits};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How often a long run looks whether it is to stop.
const STEP: Duration = Duration::from_millis(50);

/// What the program writes when it reads `input`. Ends it when `stop` is set.
pub fn run(
    program: &Path,
    arguments: &[&str],
    input: impl Into<Stdio>,
    limits: &HelperLimits,
    stop: &AtomicBool,
) -> Result<Vec<u8>, HelperFailure> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env_clear()
        .env("LC_ALL", "C.UTF-8")
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    // A group of its own, so that all of it can be ended, and Ctrl-C reaches this program first.
    command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
    let mut child = command.spawn().map_err(HelperFailure::Start)?;
    let group = Pid::from_child(&child);
    limit_memory(group, limits);
    let read = read_output(&mut child, limits, stop);
    let is_over = read.is_ok() && wait_for_end(group, limits.time);
    // Before it is waited for, so that its number cannot be another's already.
    let _ = kill_process_group(group, Signal::KILL);
    let status = child.wait().map_err(HelperFailure::Start)?;
    let bytes = read?;
    if is_over && status.success() { Ok(bytes) } else { Err(HelperFailure::Refused) }
}

/// What the child writes until it closes its output.
fn read_output(child: &mut Child, limits: &HelperLimits, stop: &AtomicBool) -> Result<Vec<u8>, HelperFailure> {
    let Some(output) = child.stdout.take() else { return Err(HelperFailure::Refused) };
    let max_bytes = limits.output_bytes;
    let (send, receive) = channel();
    // Ends when the child does, at the latest when its group is killed.
    let reader = move || {
        let mut bytes = Vec::new();
        let read = output.take(max_bytes as u64 + 1).read_to_end(&mut bytes);
        let _ = send.send(read.map(|_| bytes));
    };
    thread::Builder::new().name("helper".to_owned()).spawn(reader).map_err(HelperFailure::Start)?;
    let begin = Instant::now();
    loop {
        match receive.recv_timeout(STEP) {
            Ok(Ok(bytes)) if bytes.len() > max_bytes => return Err(HelperFailure::TooMuch),
            Ok(read) => return read.map_err(HelperFailure::Start),
            Err(RecvTimeoutError::Timeout) if stop.load(Ordering::Relaxed) => return Err(HelperFailure::Stopped),
            Err(RecvTimeoutError::Timeout) if begin.elapsed() < limits.time => {}
            Err(_) => return Err(HelperFailure::TooLong),
        }
    }
}

/// Waits until the child has ended, without taking its status. `false` if it goes on.
fn wait_for_end(child: Pid, time: Duration) -> bool {
    let begin = Instant::now();
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
    while let Ok(None) = waitid(WaitId::Pid(child), options) {
        if begin.elapsed() >= time {
            return false;
        }
        thread::sleep(Duration::from_millis(1));
    }
    true
}

/// Bounds memory and processor time of a running child, where the system can do that from outside.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn limit_memory(child: Pid, limits: &HelperLimits) {
    use rustix::process::{Resource, Rlimit, prlimit};
    let at_most = |amount: u64| Rlimit { current: Some(amount), maximum: Some(amount) };
    // An old child may have ended already; then there is nothing to limit.
    let _ = prlimit(Some(child), Resource::As, at_most(limits.memory_bytes));
    let _ = prlimit(Some(child), Resource::Cpu, at_most(limits.time.as_secs().max(1)));
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn limit_memory(_child: Pid, _limits: &HelperLimits) {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;

    fn run_shell(script: &str, limits: &HelperLimits, stop: bool) -> Result<Vec<u8>, HelperFailure> {
        let mut input = tempfile::tempfile().unwrap();
        std::io::Write::write_all(&mut input, b"vao").unwrap();
        std::io::Seek::rewind(&mut input).unwrap();
        run(Path::new("/bin/sh"), &["-c", script], input, limits, &AtomicBool::new(stop))
    }

    #[test]
    fn a_helper_is_held_to_its_limits() {
        let limits = HelperLimits { time: Duration::from_secs(60), output_bytes: 100, memory_bytes: 1 << 30 };
        let short = HelperLimits { time: Duration::from_millis(1), ..limits };
        assert_eq!(run_shell("cat", &limits, false).unwrap(), b"vao");
        assert!(matches!(run_shell("cat; exit 3", &limits, false), Err(HelperFailure::Refused)));
        assert!(matches!(run_shell("yes", &limits, false), Err(HelperFailure::TooMuch)));
        // The grandchild holds the pipe open: only ending the group closes it.
        assert!(matches!(run_shell("sleep 1000 & sleep 1000", &short, false), Err(HelperFailure::TooLong)));
        assert!(matches!(run_shell("sleep 1000", &limits, true), Err(HelperFailure::Stopped)));
        let missing =
            run(Path::new("/nowhere/x"), &[], File::open("/dev/null").unwrap(), &limits, &AtomicBool::default());
        assert!(matches!(missing, Err(HelperFailure::Start(_))));
    }
}

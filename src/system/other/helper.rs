//! Helper programs are not run on this system: there are no process groups to end them with.

use crate::system::{HelperFailure, HelperLimits};
use std::io;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::AtomicBool;

/// Refuses to run the program.
pub fn run(
    _program: &Path,
    _arguments: &[&str],
    _input: impl Into<Stdio>,
    _limits: &HelperLimits,
    _stop: &AtomicBool,
) -> Result<Vec<u8>, HelperFailure> {
    Err(HelperFailure::Start(io::Error::from(io::ErrorKind::Unsupported)))
}

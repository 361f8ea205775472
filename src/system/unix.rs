//! Linux, macOS and other Unix systems: termios, signals, job control, modes of files.

pub mod files;
pub mod helper;
pub mod interrupt;
pub mod terminal;

//! An archive on another machine: the reader is here, the archive there. `baocao serve --stdio` (`serve`) answers
//! beside the archive, and `archive_line` asks it through two pipes, which are usually those of `ssh`. Authentication
//! and encryption are left to that program. What is said is in `protocol`.
//!
//! ```text
//! reader's thread ── Ask ──▶ worker thread ══ lines of JSON ══▶ baocao serve --stdio ── Ask ──▶ worker thread
//!                 ◀─ Answer ─     │        ◀═══════════════                          ◀─ Answer ─    │
//!                             user.data                                                    archive, marks in memory
//! ```
//!
//! The worker thread here has the reader's marks and never waits for the line: what it is asked is sent, and what
//! arrives is passed on. So a star is saved whether or not the line is there, and a question that is unanswered when
//! the line is lost is asked again on the next one. A decision about namesakes takes the archive: it is made there, in
//! memory, and is said to be done only when the reader's own file has it; so asking again can never make it twice.

mod archive_line;
mod connection;
mod protocol;
mod sent_rows;
mod serve;
#[cfg(test)]
#[cfg(unix)] // their lines are sockets
mod tests;

pub use archive_line::RemoteArchive;
pub use connection::{Connect, Peer, PeerProcess, SshConnect};
pub use protocol::{ArchiveLine, LONGEST_LINE, Mismatch, ReaderLine, line_of, read_line, understood};
pub use serve::{ServeError, serve};

pub(super) use archive_line::{RemoteEvent, RemoteSession};

//! The one place that knows which system the program runs on. Both files offer the same functions: raw modes and back,
//! size, one way to write, what is typed, signals and hang-ups, stopping.

use super::{MAX_COLUMNS, MAX_LINES};
use ratatui::layout::Size;

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub use other::*;
#[cfg(unix)]
pub use unix::*;

/// The part of a window that is drawn on.
fn clamped(columns: u16, lines: u16) -> Size {
    Size::new(columns.min(MAX_COLUMNS), lines.min(MAX_LINES))
}

//! Windows: the console's modes and keys through crossterm. There are no signals to watch, nothing to stop for, and
//! what a file lets others do is inherited from its folder.

pub mod files;
pub mod interrupt;
pub mod terminal;

//! Windows: the console's modes and keys through crossterm. There are no signals to watch and no job control, and a
//! file inherits from its folder who may read it.

pub mod files;
pub mod helper;
pub mod interrupt;
pub mod terminal;

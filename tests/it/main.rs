//! One integration binary: the program as its users meet it.

mod tidy;

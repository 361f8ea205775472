//! What is worked out of a query once, in whichever ways it is read afterwards: the ranks and posts that may answer, and
//! the names. Each is worked out when it is first needed.

use super::context::Answering;
use super::judge::Reading;
use super::possible::{Named, Possible};
use super::query::Query;
use super::register::Register;
use std::cell::OnceCell;

/// A query to be answered from a register.
pub(super) struct Asked<'a> {
    pub query: &'a Query,
    register: &'a Register,
    named: OnceCell<Named>,
    plain: OnceCell<Answering>,
    typos: OnceCell<Answering>,
}

impl<'a> Asked<'a> {
    pub fn new(query: &'a Query, register: &'a Register) -> Self {
        Self { query, register, named: OnceCell::new(), plain: OnceCell::new(), typos: OnceCell::new() }
    }

    /// The ranks and posts that may answer, in a way of reading it.
    pub fn answering(&self, reading: Reading) -> &Answering {
        let typos = reading == Reading::Fuzzy;
        let kept = if typos { &self.typos } else { &self.plain };
        kept.get_or_init(|| Answering::new(self.query, self.register, typos))
    }

    /// Who may answer, in a way of reading it.
    pub fn possible(&self, reading: Reading) -> Possible {
        let named = self.named.get_or_init(|| Named::new(self.query, self.register));
        Possible::new(self.query, self.register, named, self.answering(reading), reading == Reading::Fuzzy)
    }
}

//! Collects the start tags of one name, and nothing else, for formats that keep their data in attributes.

use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use std::cell::RefCell;

/// Further tags are left out: each is kept whole.
const MAX_TAGS: usize = 20_000;

/// The pass over the tokens of a text.
pub(super) struct TagCollector {
    name: String,
    tags: RefCell<Vec<Tag>>,
}

impl TagCollector {
    /// Begins a pass for the tags of that name, in lower case.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), tags: RefCell::default() }
    }

    /// The tags in their order.
    pub fn finish(self) -> Vec<Tag> {
        self.tags.into_inner()
    }
}

impl TokenSink for TagCollector {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut tags = self.tags.borrow_mut();
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
            && *tag.name == *self.name
            && tags.len() < MAX_TAGS
        {
            tags.push(tag);
        }
        TokenSinkResult::Continue
    }
}

//! Which rules of `tables/pages.tsv` find something on a page, so that a rule whose site has changed is noticed. One
//! pass over the page's tokens; what the rules do with what they find is left to `row_builder`. Linear in the page: an
//! element is told of at most once for each of its names, and the open elements are bounded in number.

use super::elements::{self, TableRule};
use super::meta::PageMetadata;
use html5ever::LocalName;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use std::cell::RefCell;

/// Elements deeper than this are passed over.
const MAX_OPEN: usize = 256;

/// A rule of the table with the page to test it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRule {
    /// The line of the table, from 1.
    pub line: usize,
    /// What the element is, as in the table: `body`, `lead`, `drop` …
    pub part: &'static str,
    /// The class name, id or `itemprop` of the element, or a word of these.
    pub name: &'static str,
    /// The address of a page that has such an element. `None` if none is known.
    pub test: Option<&'static str>,
}

/// What a page shows of the rules.
#[derive(Clone, Debug, Default)]
pub struct RulesOnPage {
    /// The address that the page states, or that the program which saved it has noted.
    pub address: Option<String>,
    /// For each rule, in their order, whether there is an element of its name with anything in it.
    pub finds: Vec<bool>,
}

/// The rules of the table, in their order.
pub fn rules() -> impl Iterator<Item = PageRule> {
    elements::rules().map(|TableRule { line, part, name, test }| PageRule { line, part, name, test })
}

/// The pass over a page's tokens.
pub(super) struct RuleFinder {
    state: RefCell<FinderState>,
}

#[derive(Default)]
struct FinderState {
    meta: PageMetadata,
    finds: Vec<bool>,
    /// The open elements, with the numbers of the rules that found them and have had no words yet.
    open: Vec<(LocalName, Vec<usize>)>,
    /// Whether what follows is the content of a script or the like.
    is_raw: bool,
}

impl RuleFinder {
    /// Begins a pass in which no rule has found anything.
    pub fn new() -> Self {
        let finds = vec![false; rules().count()];
        Self { state: RefCell::new(FinderState { finds, ..FinderState::default() }) }
    }

    /// The address of the page, and what each rule has found.
    pub fn finish(self) -> RulesOnPage {
        let state = self.state.into_inner();
        RulesOnPage { address: state.meta.address().map(str::to_owned), finds: state.finds }
    }
}

impl TokenSink for RuleFinder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) if !state.is_raw && !text.trim().is_empty() => state.note_words(),
            Token::CommentToken(comment) => state.meta.note_comment(&comment),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                state.start_element(&tag);
                if let Some(kind) = elements::raw_kind_of(&tag) {
                    return TokenSinkResult::RawData(kind);
                }
            }
            Token::TagToken(tag) => state.end_element(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl FinderState {
    fn start_element(&mut self, tag: &Tag) {
        self.is_raw = elements::raw_kind_of(tag).is_some();
        self.meta.note(&tag.name, tag);
        let found = elements::rules_of(tag);
        // `<meta itemprop=datePublished content=…>` and `<time datetime=…>` have their words in the tag.
        let has_value = ["content", "datetime"].into_iter().any(|name| elements::attribute(tag, name).is_some());
        if has_value {
            for rule in found {
                self.note(rule);
            }
        } else if !elements::is_void(&tag.name) && self.open.len() < MAX_OPEN {
            self.open.push((tag.name.clone(), found));
        }
    }

    fn end_element(&mut self, name: &LocalName) {
        self.is_raw = false;
        if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
            self.open.truncate(at);
        }
    }

    /// The open elements have words in them.
    fn note_words(&mut self) {
        let mut open = std::mem::take(&mut self.open);
        open.iter_mut().flat_map(|(_, found)| found.drain(..)).for_each(|rule| self.note(rule));
        self.open = open;
    }

    fn note(&mut self, rule: usize) {
        if let Some(finds) = self.finds.get_mut(rule) {
            *finds = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::{page_rules, rules_on_page};

    /// The names of the rules that find something.
    fn found(markup: &str) -> Vec<&'static str> {
        let found = rules_on_page(markup).finds;
        page_rules().zip(found).filter(|(_, finds)| *finds).map(|(rule, _)| rule.name).collect()
    }

    #[test]
    fn a_rule_finds_an_element_with_words_in_it() {
        assert_eq!(found("<div class='x ENTRY-content'><p>Tin</p></div>"), ["entry-content"]);
        assert_eq!(found("<div class=entry-content><p> <img></p></div><p>Tin</p>"), [] as [&str; 0]);
        assert_eq!(found("<div class=entry-content><script>let a;</script></div>"), [] as [&str; 0]);
        assert_eq!(found("<div class=newsletter-box><p>Tin</p></div>"), ["newsletter"]);
        assert_eq!(found("<meta itemprop=headline content='Tin'>"), ["headline"]);
    }

    #[test]
    fn each_rule_is_given_once_with_its_line() {
        let rules: Vec<_> = page_rules().collect();
        assert!(rules.windows(2).all(|two| two[0].line < two[1].line));
        assert!(rules.iter().all(|rule| rule.test.is_none_or(|test| test.starts_with("http"))));
        // Most rules can be tested.
        assert!(rules.iter().filter(|rule| rule.test.is_some()).count() * 2 > rules.len());
    }

    #[test]
    fn a_page_of_open_elements_is_passed_in_linear_time() {
        let page = "<div class=entry-content>".repeat(50_000) + "Tin";
        assert_eq!(rules_on_page(&page).finds.iter().filter(|finds| **finds).count(), 1);
    }
}

//! The links of a page with their words, the feeds that its head names, and how much text it shows: what is needed to
//! find reports from a page that lists them, and to tell a page from a script that stands in its place.

use super::elements;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use std::cell::RefCell;

/// Further links are left out.
const MAX_LINKS: usize = 20_000;
/// The words of one link are cut here.
const MAX_WORDS_BYTES: usize = 1000;

/// A link of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLink {
    /// As written: it may be relative.
    pub target: String,
    /// The words of the link, or else those that its `title` or picture has.
    pub words: String,
}

/// What a page links to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLinks {
    /// What relative links begin at, if the page says so.
    pub base: Option<String>,
    pub title: String,
    pub links: Vec<PageLink>,
    /// The feeds that the head of the page names.
    pub feeds: Vec<PageLink>,
    /// Number of letters and digits shown outside of links.
    pub letters: usize,
}

/// The pass over the tokens of a page.
#[derive(Default)]
pub(super) struct LinkCollector {
    state: RefCell<CollectorState>,
}

#[derive(Default)]
struct CollectorState {
    found: PageLinks,
    /// The link whose end has not come.
    open: Option<PageLink>,
    /// The element without markup in it whose end has not come: its text is not shown.
    raw: Option<String>,
}

impl LinkCollector {
    /// What was found, with the last link if its end is missing.
    pub fn finish(self) -> PageLinks {
        let mut state = self.state.into_inner();
        state.close_link();
        let title = state.found.title.split_whitespace().collect::<Vec<_>>().join(" ");
        PageLinks { title, ..state.found }
    }
}

impl CollectorState {
    fn start(&mut self, tag: &Tag) {
        let value = |name: &str| elements::attribute(tag, name).unwrap_or_default();
        match &*tag.name {
            "base" if self.found.base.is_none() => {
                self.found.base = Some(value("href").to_owned()).filter(|base| !base.is_empty());
            }
            "link" => {
                let is_alternate = value("rel").split_whitespace().any(|rel| rel.eq_ignore_ascii_case("alternate"));
                let kind = value("type").to_ascii_lowercase();
                let is_feed = ["rss+xml", "atom+xml", "feed+json"].iter().any(|feed| kind.contains(feed));
                if is_alternate && is_feed && !value("href").is_empty() && self.found.feeds.len() < MAX_LINKS {
                    let words = value("title").trim().to_owned();
                    self.found.feeds.push(PageLink { target: value("href").trim().to_owned(), words });
                }
            }
            "a" => {
                self.close_link();
                if !value("href").is_empty() {
                    let words = value("title").trim().to_owned();
                    self.open = Some(PageLink { target: value("href").trim().to_owned(), words });
                }
            }
            "img" => {
                if let Some(link) = self.open.as_mut().filter(|link| link.words.is_empty()) {
                    value("alt").trim().clone_into(&mut link.words);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match (self.raw.as_deref(), &mut self.open) {
            (Some("title"), _) if self.found.title.len() < MAX_WORDS_BYTES => self.found.title.push_str(text),
            (None, Some(link)) if link.words.len() < MAX_WORDS_BYTES => link.words.push_str(text),
            (Some(_), _) | (None, Some(_)) => {}
            (None, None) => self.found.letters += text.chars().filter(|c| c.is_alphanumeric()).count(),
        }
    }

    fn close_link(&mut self) {
        let Some(link) = self.open.take() else { return };
        if self.found.links.len() < MAX_LINKS {
            let words = link.words.split_whitespace().collect::<Vec<_>>().join(" ");
            self.found.links.push(PageLink { words, ..link });
        }
    }
}

impl TokenSink for LinkCollector {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                state.start(&tag);
                if let Some(kind) = elements::raw_kind_of(&tag) {
                    state.raw = Some(tag.name.to_string());
                    return TokenSinkResult::RawData(kind);
                }
            }
            Token::TagToken(tag) => {
                if state.raw.as_deref() == Some(&*tag.name) {
                    state.raw = None;
                } else if &*tag.name == "a" {
                    state.close_link();
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::super::page_links;

    #[test]
    fn links_feeds_and_shown_letters_are_told() {
        let page = "<html><head><title> Báo\n Giả Tưởng</title><base href='/vi/'><link rel=alternate \
            type='application/rss+xml' title='Tin mới' href='/rss/tin.rss'><link rel=alternate hreflang=en href=/en>\
            <script>var a = '<a href=x>no</a>';</script></head><body>\
            <a href='bai-1.html'>Sơ kết <b>công tác</b>\n quý I</a>\
            <a href=2><img alt='Ảnh bìa'></a><p>Một hai</p><a name=x>y</a><a href=3>cuối";
        let found = page_links(page);
        assert_eq!(found.title, "Báo Giả Tưởng");
        assert_eq!(found.base.as_deref(), Some("/vi/"));
        let shown: Vec<(&str, &str)> = found.links.iter().map(|l| (l.target.as_str(), l.words.as_str())).collect();
        assert_eq!(shown, [("bai-1.html", "Sơ kết công tác quý I"), ("2", "Ảnh bìa"), ("3", "cuối")]);
        assert_eq!(found.feeds.len(), 1);
        assert_eq!((found.feeds[0].words.as_str(), found.feeds[0].target.as_str()), ("Tin mới", "/rss/tin.rss"));
        assert_eq!(found.letters, 7, "Một hai, and the y that is no link");
    }

    #[test]
    fn a_page_of_nothing_but_tags_is_read() {
        let found = page_links(&"<a href=x>".repeat(50_000));
        assert_eq!(found.links.len(), super::MAX_LINKS);
    }
}

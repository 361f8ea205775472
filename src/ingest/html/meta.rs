//! What a page says about itself outside its text: title, address, day. Promises to keep a bounded number of
//! candidates and to choose among them by trust; a site whose date slot shows the hour of viewing is not believed.

use super::elements::attribute;
use crate::ingest::day;
use crate::report::Day;
use crate::text::words::folded_words;
use html5ever::tokenizer::Tag;

/// So many candidates of a kind are kept.
const MOST: usize = 16;
/// Longer values are no title, date or address.
const LONGEST: usize = 2048;
/// `<title>` without the site's name keeps at least so many words.
const FEWEST_WORDS: usize = 4;

/// Names of `<meta>` that give the day of publication, lower case.
const DAY_NAMES: &[&str] = &[
    "article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "date",
    "article.published",
    "og:published_time",
];

/// What was met so far.
#[derive(Debug, Default)]
pub(super) struct PageMetadata {
    /// `og:title` and its like.
    pub og_title: Option<String>,
    /// `<title>`.
    pub title: Option<String>,
    /// Headline elements: words, and whether the markup calls them the headline.
    pub headlines: Vec<(String, bool)>,
    /// The canonical address.
    pub address: Option<String>,
    /// The day in the page's head.
    pub day: Option<Day>,
    /// The day of a `<time datetime>`.
    pub time: Option<Day>,
    /// The days in date slots.
    pub slots: Vec<Day>,
}

impl PageMetadata {
    /// Takes note of `<meta>`, `<link>` and `<time>`.
    pub fn note(&mut self, name: &str, tag: &Tag) {
        let short = |name| attribute(tag, name).filter(|value: &&str| value.len() <= LONGEST);
        match name {
            "meta" => {
                let key = short("property").or_else(|| short("name")).or_else(|| short("itemprop"));
                if let (Some(key), Some(content)) = (key, short("content")) {
                    self.note_meta(&key.to_ascii_lowercase(), content);
                }
            }
            "link" if short("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                if let Some(href) = short("href") {
                    self.address = Some(href.to_owned());
                }
            }
            "time" if self.time.is_none() => self.time = short("datetime").and_then(day::of),
            _ => {}
        }
    }

    fn note_meta(&mut self, key: &str, content: &str) {
        match key {
            "og:title" | "twitter:title" if self.og_title.is_none() => self.og_title = Some(content.to_owned()),
            "og:url" if self.address.is_none() => self.address = Some(content.to_owned()),
            key if DAY_NAMES.contains(&key) && self.day.is_none() => self.day = day::of(content),
            _ => {}
        }
    }

    /// Takes note of a headline element's words.
    pub fn note_headline(&mut self, words: &str, called_so: bool) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.headlines.len() < MOST && words.len() <= LONGEST && words.chars().any(char::is_alphabetic) {
            self.headlines.push((words, called_so));
        }
    }

    /// Takes note of a date slot's words.
    pub fn note_slot(&mut self, words: &str) {
        if self.slots.len() < MOST {
            self.slots.extend(day::of(words));
        }
    }

    /// Takes note of structured data in a script.
    pub fn note_json(&mut self, script: &str) {
        if self.day.is_none()
            && let Some((_, rest)) = script.split_once("\"datePublished\"")
        {
            let value = rest.trim_start_matches([' ', ':']).strip_prefix('"').and_then(|rest| rest.split('"').next());
            self.day = value.filter(|value| value.len() <= 64).and_then(day::of);
        }
    }

    /// The headline among the headline elements: one that is called so, one that the title repeats, or the only one.
    pub fn headline(&self) -> Option<&str> {
        let titles: Vec<String> =
            [&self.og_title, &self.title].into_iter().flatten().map(|t| folded_words(t)).collect();
        let repeated = |words: &str| {
            let words = folded_words(words);
            words.contains(' ') && titles.iter().any(|title| title.contains(&words))
        };
        let called = self.headlines.iter().find(|(_, called_so)| *called_so);
        let only = || if let [only] = self.headlines.as_slice() { Some(only) } else { None };
        let found = called.or_else(|| self.headlines.iter().find(|(words, _)| repeated(words))).or_else(only);
        found.map(|(words, _)| words.as_str())
    }

    /// The page's own title, without the site's name.
    pub fn page_title(&self) -> Option<String> {
        self.og_title.clone().or_else(|| self.title.as_deref().map(|title| without_site(title).to_owned()))
    }

    /// The day of publication, and a note where the page's slot was not believed.
    pub fn published(&self) -> (Option<Day>, Option<&'static str>) {
        let slot = self.slots.first().copied();
        let clock = self.address.as_deref().is_some_and(day::is_clock_site);
        match self.day.or(self.time) {
            Some(day) if !clock => (Some(day), None),
            _ if clock && (slot.is_some() || self.time.is_some()) => {
                (None, Some("the page's date was left out: this site shows the hour of viewing there"))
            }
            _ => (slot, None),
        }
    }
}

/// `Headline | Site`, `Headline - Site` without the site.
fn without_site(title: &str) -> &str {
    for separator in [" | ", " - ", " – ", " — "] {
        if let Some((headline, _)) = title.rsplit_once(separator)
            && headline.split_whitespace().count() >= FEWEST_WORDS
        {
            return headline;
        }
    }
    title
}

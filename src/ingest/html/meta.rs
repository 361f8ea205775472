//! A page's metadata: title, address and day outside of its text. Keeps a bounded number of candidates and chooses the
//! most trustworthy one. Parsing a day is left to `ingest::publication_day`.

use super::elements::attribute;
use super::structured_data::ArticleData;
use crate::extract::without_words_before;
use crate::ingest::author_names::{self, NameSource};
use crate::ingest::plain::address_in;
use crate::ingest::{markup_text, prefix, publication_day, title};
use crate::report::Day;
use crate::report::day_in_address::day_in_address;
use crate::text::words::folded_words;
use html5ever::tokenizer::Tag;

/// Attributes with the address of an image; of several the first counts, because `src` may be a placeholder.
const IMAGE_ADDRESSES: [&str; 4] = ["data-src", "data-original", "src", "srcset"];
/// Further headline elements and date slots are ignored.
const MAX_CANDIDATES: usize = 16;
/// Longer values are no title, date or address.
const MAX_VALUE_BYTES: usize = 2048;
/// A longer value is no outlet's name.
const MAX_NAME_BYTES: usize = 100;
/// A shorter description, folded, is a name.
const MIN_DESCRIPTION_BYTES: usize = 40;
/// If fewer words remain of `<title>` without the site's name, what was cut off was part of the headline.
const MIN_TITLE_WORDS: usize = 4;

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

/// Names of `<meta>` that give the author, lower case.
const AUTHOR_NAMES: &[&str] = &[
    "author",
    "article:author",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "cxenseparse:author",
    "article:author_name",
    "dcsext.author",
    "dcterms.creator",
    "twitter:misc:written by",
];

/// What stands before the author in a card for Twitter, as WordPress writes it in the languages of sites, folded.
const CARD_LABELS: [&str; 6] =
    ["written by", "duoc viet boi", "verfasst von", "geschrieben von", "ecrit par", "escrito por"];

/// The words of a headline element.
#[derive(Debug)]
struct HeadlineCandidate {
    words: String,
    /// Whether a class name calls it the headline; else it is an `<h1>`.
    is_named: bool,
}

/// What has been found so far.
#[derive(Debug, Default)]
pub(super) struct PageMetadata {
    /// The content of `<title>`.
    pub title: Option<String>,
    /// What structured data state of the article.
    pub data: ArticleData,
    /// The address that the page gives as its own.
    canonical: Option<String>,
    og_url: Option<String>,
    /// The address that the program which saved the page has noted in a comment.
    saved_from: Option<String>,
    /// The content of `og:title` or `twitter:title`.
    og_title: Option<String>,
    og_type: Option<String>,
    /// What the page says it is about, mostly its lead.
    description: Option<String>,
    site_name: Option<String>,
    headlines: Vec<HeadlineCandidate>,
    /// The day in the page's head.
    day: Option<Day>,
    /// The day of a `<time datetime>`, and whether it is marked as that of the publication.
    time: Option<(Day, bool)>,
    /// The days in date slots.
    slots: Vec<Day>,
    /// The days in elements whose class names only contain a word for time or date.
    likely_slots: Vec<Day>,
    /// The authors that `<meta>` names.
    authors: Vec<String>,
    /// The words of elements that name the author.
    author_slots: Vec<String>,
    /// The words of the first element that probably names the author.
    likely_author: Option<String>,
    /// Whether the next value of a card for Twitter is the author.
    is_author_card: bool,
    /// The day in the address of the picture that stands for the page.
    og_image: Option<Day>,
    /// The days in the addresses of images, with the number of images of each.
    image_days: Vec<(Day, usize)>,
}

impl PageMetadata {
    /// Takes note of `<meta>`, `<link>` and `<time>`.
    pub fn note(&mut self, name: &str, tag: &Tag) {
        let short = |name| attribute(tag, name).filter(|value: &&str| value.len() <= MAX_VALUE_BYTES);
        match name {
            "meta" => {
                let key = short("property").or_else(|| short("name")).or_else(|| short("itemprop"));
                if let (Some(key), Some(content)) = (key, short("content")) {
                    self.note_meta(&key.to_ascii_lowercase(), content);
                }
            }
            "link" if short("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                if let Some(href) = short("href") {
                    self.canonical = Some(href.to_owned());
                }
            }
            "img" | "source" => {
                IMAGE_ADDRESSES
                    .iter()
                    .filter_map(|name| attribute(tag, name))
                    .take(1)
                    .for_each(|src| self.note_image(src));
            }
            "time" => self.note_time(tag),
            _ => {}
        }
    }

    /// Takes note of a `<time datetime>`; one that is marked as the day of publication goes before an unmarked one.
    fn note_time(&mut self, tag: &Tag) {
        let is_marked = attribute(tag, "pubdate").is_some()
            || attribute(tag, "itemprop").is_some_and(|kind| kind.eq_ignore_ascii_case("datepublished"));
        if self.time.is_none_or(|(_, marked)| is_marked && !marked) {
            let value = attribute(tag, "datetime").filter(|value| value.len() <= MAX_VALUE_BYTES);
            self.time = value.and_then(publication_day::of).map(|day| (day, is_marked)).or(self.time);
        }
    }

    /// Takes note of the address that browsers (`saved from url=(0042)https://…`) and SingleFile (`url: https://…`)
    /// put into a comment.
    pub fn note_comment(&mut self, comment: &str) {
        let head = prefix(comment, MAX_VALUE_BYTES);
        let saved =
            head.contains("saved from url") || head.contains("saved with SingleFile") || head.contains("SingleFile");
        if saved && self.saved_from.is_none() {
            self.saved_from = address_in(head);
        }
    }

    /// Takes note of the day in the address of an image. Embedded images (`data:`) have none.
    fn note_image(&mut self, address: &str) {
        if address.len() > MAX_VALUE_BYTES || address.starts_with("data:") {
            return;
        }
        let Some(day) = day_in_address(address) else { return };
        if let Some((_, count)) = self.image_days.iter_mut().find(|(own, _)| *own == day) {
            *count += 1;
        } else if self.image_days.len() < MAX_CANDIDATES {
            self.image_days.push((day, 1));
        }
    }

    /// The day in the addresses of more than half of the images that have one in theirs. Pages also show pictures of
    /// other articles, so without a majority there is none.
    pub fn day_of_images(&self) -> Option<Day> {
        let all: usize = self.image_days.iter().map(|(_, count)| count).sum();
        self.og_image.or_else(|| self.image_days.iter().find(|(_, count)| count * 2 > all).map(|(day, _)| *day))
    }

    fn note_meta(&mut self, key: &str, content: &str) {
        let first = |slot: &mut Option<String>| {
            if !content.trim().is_empty() {
                slot.get_or_insert_with(|| content.to_owned());
            }
        };
        match key {
            "og:image" | "twitter:image" if self.og_image.is_none() => self.og_image = day_in_address(content),
            "og:title" | "twitter:title" => first(&mut self.og_title),
            "og:url" => first(&mut self.og_url),
            "og:type" => first(&mut self.og_type),
            "og:description" | "description" | "twitter:description" => first(&mut self.description),
            "og:site_name" => first(&mut self.site_name),
            "twitter:label1" => self.is_author_card = CARD_LABELS.contains(&folded_words(content).as_str()),
            "twitter:data1" if self.is_author_card => self.authors.push(content.to_owned()),
            key if AUTHOR_NAMES.contains(&key) && self.authors.len() < MAX_CANDIDATES => {
                self.authors.push(content.to_owned());
            }
            key if DAY_NAMES.contains(&key) && self.day.is_none() => self.day = publication_day::of(content),
            _ => {}
        }
    }

    /// Takes note of a headline element's words; `is_named` if a class name calls it the headline.
    pub fn note_headline(&mut self, words: &str, is_named: bool) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if self.headlines.len() < MAX_CANDIDATES
            && words.len() <= MAX_VALUE_BYTES
            && words.chars().any(char::is_alphabetic)
        {
            self.headlines.push(HeadlineCandidate { words, is_named });
        }
    }

    /// Takes note of a date slot's words; `is_named` if a class name calls it one.
    pub fn note_slot(&mut self, words: &str, is_named: bool) {
        let slots = if is_named { &mut self.slots } else { &mut self.likely_slots };
        if slots.len() < MAX_CANDIDATES {
            slots.extend(publication_day::of(words));
        }
    }

    /// Takes note of the words of an element that probably names the author: a link to the author's page, or a line
    /// that is called so and begins as a byline does.
    pub fn note_likely_author(&mut self, words: &str, is_link: bool) {
        let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_byline = is_link || without_words_before(&line) != line;
        if self.likely_author.is_none() && is_byline && line.len() <= MAX_NAME_BYTES {
            self.likely_author = Some(line);
        }
    }

    /// Takes note of the words of an element that names the author.
    pub fn note_author(&mut self, words: &str) {
        if self.author_slots.len() < MAX_CANDIDATES {
            self.author_slots.push(words.to_owned());
        }
    }

    /// The page's titles, the most trustworthy first: those in the metadata are written for this article, while
    /// `<title>` often has the site's name in it.
    fn titles(&self) -> impl Iterator<Item = &str> {
        [&self.data.headline, &self.og_title, &self.title].into_iter().flatten().map(String::as_str)
    }

    /// Takes the title for links also as that of the structured data, if the page prints it as its headline and nowhere
    /// the other one: that is for search engines. `is_heading` tells whether any heading has these folded words.
    pub fn prefer_printed_title(&mut self, is_heading: &dyn Fn(&str) -> bool) {
        let Some(title) = self.og_title.as_ref().filter(|title| self.prints(title)) else { return };
        if self.data.headline.as_ref().is_some_and(|stated| !is_heading(&folded_words(&markup_text::text_of(stated)))) {
            self.data.headline = Some(title.clone());
        }
    }

    /// Whether a headline element has these words and no others.
    fn prints(&self, title: &str) -> bool {
        let title = folded_words(&markup_text::text_of(title));
        !title.is_empty() && self.headlines.iter().any(|printed| folded_words(&printed.words) == title)
    }

    /// The headline among the headline elements: one that agrees with the page's titles, first those that a class name
    /// calls so. `<h1>` alone proves little: sites put their own name, other articles and forms in it. Without any
    /// title a named one, else the only one.
    pub fn headline(&self) -> Option<&str> {
        let mut by_name: Vec<&HeadlineCandidate> = self.headlines.iter().collect();
        by_name.sort_by_key(|headline| !headline.is_named);
        let words = |headline: &HeadlineCandidate| headline.words.clone();
        let found = if self.titles().next().is_some() {
            // In the order of the titles' worth: a headline that agrees with the best of them is the article's.
            self.titles()
                .find_map(|title| by_name.iter().find(|headline| title::agree(&words(headline), title)).copied())
        } else {
            let only = if let [only] = self.headlines.as_slice() { Some(only) } else { None };
            by_name.first().copied().filter(|headline| headline.is_named).or(only)
        };
        found.map(|headline| headline.words.as_str())
    }

    /// The page's own title, without the site's name.
    pub fn page_title(&self) -> Option<String> {
        let title = self.titles().next()?;
        let line = markup_text::text_of(title);
        Some(self.without_site(&line).to_owned())
    }

    /// Cuts the site's name off: `Headline | Site`, `Headline - Site`.
    fn without_site<'a>(&self, title: &'a str) -> &'a str {
        let site = self.outlet().map(folded_words);
        for separator in [" | ", " - ", " – ", " — ", " :: ", " · ", "｜"] {
            if let Some((headline, tail)) = title.rsplit_once(separator) {
                let tail = folded_words(tail);
                let names_site = site.as_ref().is_some_and(|site| {
                    !site.is_empty() && (tail == *site || tail.contains(site) || site.contains(&tail))
                });
                let is_bare = self.data.headline.is_none() && self.og_title.is_none();
                let is_whole = headline.split_whitespace().count() >= MIN_TITLE_WORDS;
                if !headline.trim().is_empty() && (names_site || (is_bare && is_whole) || self.prints(headline)) {
                    return headline.trim();
                }
            }
        }
        title
    }

    /// The folded words of the page's description, without what a mark at its end stands for. `None` if it has few.
    pub fn description(&self) -> Option<String> {
        let words = folded_words(&markup_text::text_of(self.description.as_deref()?));
        (words.len() >= MIN_DESCRIPTION_BYTES).then_some(words)
    }

    /// The name of the publisher.
    pub fn outlet(&self) -> Option<&str> {
        let name = self.site_name.as_deref().or(self.data.outlet.as_deref())?.trim();
        (!name.is_empty() && name.len() <= MAX_NAME_BYTES && !name.contains("://")).then_some(name)
    }

    /// The address of the article, as the page gives it; else as the program that saved the page has noted it.
    pub fn address(&self) -> Option<&str> {
        let stated = [&self.canonical, &self.og_url, &self.data.address, &self.saved_from];
        stated.into_iter().flatten().map(String::as_str).find(|address| address_in(address).is_some())
    }

    /// The names of the authors: by structured data, else by `<meta>`, else by what the page prints. Where the best of
    /// them name only the outlet, those that name people go before them.
    pub fn authors(&self) -> Vec<String> {
        let outlet = self.outlet().map(folded_words);
        let likely: Vec<String> = self.likely_author.iter().cloned().collect();
        let stated = [
            (&self.data.authors, NameSource::Data),
            (&self.authors, NameSource::Line),
            (&self.author_slots, NameSource::Line),
            (&likely, NameSource::Line),
        ];
        let mut nobody = None;
        for (values, source) in stated {
            let names = author_names::names(values, source, outlet.as_deref());
            let is_outlet = |name: &String| outlet.as_ref().is_some_and(|outlet| folded_words(name) == *outlet);
            if !names.iter().all(is_outlet) {
                return names;
            }
            nobody = nobody.or(Some(names).filter(|names| !names.is_empty()));
        }
        nobody.unwrap_or_default()
    }

    /// Whether the page calls itself an article.
    pub fn is_article(&self) -> bool {
        self.data.headline.is_some() || self.og_type.as_deref().is_some_and(|kind| kind.contains("article"))
    }

    /// Whether the page calls itself a site.
    pub fn is_site(&self) -> bool {
        self.og_type.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("website"))
    }

    /// The day of publication. `None` on sites that print the hour of viewing instead, with a note if they printed one.
    pub fn published(&self) -> (Option<Day>, Option<&'static str>) {
        let slot = self.slots.first().or(self.likely_slots.first()).copied();
        let shows_clock = self.address().is_some_and(publication_day::is_clock_site);
        match self.data.day.or(self.day).or(self.time.map(|(day, _)| day)) {
            Some(day) if !shows_clock => (Some(day), None),
            _ if shows_clock && (slot.is_some() || self.time.is_some()) => {
                (None, Some("the page's date was left out: this site shows the hour of viewing there"))
            }
            _ => (slot, None),
        }
    }
}

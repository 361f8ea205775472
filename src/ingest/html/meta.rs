//! A page's metadata: title, address and day outside of its text. Keeps a bounded number of candidates and chooses the
//! most trustworthy one. Parsing a day is left to `ingest::publication_day`.

use super::elements::attribute;
use crate::ingest::publication_day;
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
/// Longer values in structured data are no date.
const MAX_JSON_DAY_BYTES: usize = 64;
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

/// The words of a headline element.
#[derive(Debug)]
struct HeadlineCandidate {
    words: String,
    /// Whether a class name calls the element the headline; else it is an `<h1>`.
    is_named: bool,
}

/// What has been found so far.
#[derive(Debug, Default)]
pub(super) struct PageMetadata {
    /// The content of `<title>`.
    pub title: Option<String>,
    pub address: Option<String>,
    /// The content of `og:title` or `twitter:title`.
    og_title: Option<String>,
    headlines: Vec<HeadlineCandidate>,
    /// The day in the page's head or structured data.
    day: Option<Day>,
    /// The day of a `<time datetime>`.
    time: Option<Day>,
    /// The days in date slots.
    slots: Vec<Day>,
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
                    self.address = Some(href.to_owned());
                }
            }
            "img" | "source" => {
                IMAGE_ADDRESSES
                    .iter()
                    .filter_map(|name| attribute(tag, name))
                    .take(1)
                    .for_each(|src| self.note_image(src));
            }
            "time" if self.time.is_none() => self.time = short("datetime").and_then(publication_day::of),
            _ => {}
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
        match key {
            "og:image" | "twitter:image" if self.og_image.is_none() => self.og_image = day_in_address(content),
            "og:title" | "twitter:title" if self.og_title.is_none() => self.og_title = Some(content.to_owned()),
            "og:url" if self.address.is_none() => self.address = Some(content.to_owned()),
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

    /// Takes note of a date slot's words.
    pub fn note_slot(&mut self, words: &str) {
        if self.slots.len() < MAX_CANDIDATES {
            self.slots.extend(publication_day::of(words));
        }
    }

    /// Takes note of structured data (JSON-LD) in a script. Looks for one key only: scripts are often no valid JSON.
    pub fn note_json(&mut self, script: &str) {
        if self.day.is_none()
            && let Some((_, rest)) = script.split_once("\"datePublished\"")
        {
            let value = rest.trim_start_matches([' ', ':']).strip_prefix('"').and_then(|rest| rest.split('"').next());
            self.day = value.filter(|value| value.len() <= MAX_JSON_DAY_BYTES).and_then(publication_day::of);
        }
    }

    /// The headline among the headline elements: one that a class name calls so, else one that the page's title
    /// repeats, else the only one. `<h1>` alone proves little: many sites put their own name in it.
    pub fn headline(&self) -> Option<&str> {
        let named = self.headlines.iter().find(|headline| headline.is_named);
        let only = if let [only] = self.headlines.as_slice() { Some(only) } else { None };
        let found = named.or_else(|| self.repeated_headline()).or(only);
        found.map(|headline| headline.words.as_str())
    }

    /// The first headline element of two words or more that the page's title contains.
    fn repeated_headline(&self) -> Option<&HeadlineCandidate> {
        let titles: Vec<String> =
            [&self.og_title, &self.title].into_iter().flatten().map(|title| folded_words(title)).collect();
        self.headlines.iter().find(|headline| {
            let words = folded_words(&headline.words);
            words.contains(' ') && titles.iter().any(|title| title.contains(&words))
        })
    }

    /// The page's own title, without the site's name.
    pub fn page_title(&self) -> Option<String> {
        self.og_title.clone().or_else(|| self.title.as_deref().map(|title| without_site(title).to_owned()))
    }

    /// The day of publication. `None` on sites that print the hour of viewing instead, with a note if they printed one.
    pub fn published(&self) -> (Option<Day>, Option<&'static str>) {
        let slot = self.slots.first().copied();
        let shows_clock = self.address.as_deref().is_some_and(publication_day::is_clock_site);
        match self.day.or(self.time) {
            Some(day) if !shows_clock => (Some(day), None),
            _ if shows_clock && (slot.is_some() || self.time.is_some()) => {
                (None, Some("the page's date was left out: this site shows the hour of viewing there"))
            }
            _ => (slot, None),
        }
    }
}

/// Cuts the site's name off: `Headline | Site`, `Headline - Site`.
fn without_site(title: &str) -> &str {
    for separator in [" | ", " - ", " – ", " — "] {
        if let Some((headline, _)) = title.rsplit_once(separator)
            && headline.split_whitespace().count() >= MIN_TITLE_WORDS
        {
            return headline;
        }
    }
    title
}

//! A page of HTML that is complete in itself: no script, nothing that is loaded from elsewhere (its own policy forbids
//! it too), readable in dark and in light and on paper. What proves the facts on it is a numbered list at its end.

use super::citation::CitationFinder;
use super::exit_status::Failure;
use super::html_text::{escaped, link};
use crate::lang::{Lang, phrases};
use crate::officials::Place;
use crate::report::Report;
use crate::store::Store;
use std::collections::HashMap;

/// The looks of every page. Marks differ in more than colour, for paper and for the colour-blind.
const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--soft:#595959;--line:#c9c9c9;--new:#e3f3e3;--gone:#f7e4e4}\
@media(prefers-color-scheme:dark){:root{--ink:#e6e6e6;--paper:#161616;--soft:#a8a8a8;--line:#444;--new:#1e3a24;\
--gone:#452326}}\
body{color:var(--ink);background:var(--paper);font:1rem/1.55 Georgia,'Times New Roman',serif;max-width:44rem;\
margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}\
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.15rem;margin-top:2rem}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;font-size:.9rem;color:var(--soft)}dd{margin:0}\
a{color:inherit}table{border-collapse:collapse;width:100%;font-size:.95rem}\
td,th{border-bottom:1px solid var(--line);padding:.25rem .5rem .25rem 0;text-align:left;vertical-align:top}\
td:first-child{white-space:nowrap}sup a{text-decoration:none;font-size:.75em}\
.caption,.byline{font-style:italic;color:var(--soft)}.name{font-weight:bold}.rank{font-variant:small-caps}\
.post{text-decoration:underline dotted}ins{background:var(--new)}del{background:var(--gone)}\
.sources{font-size:.85rem}.sources q{font-style:italic}article+article{border-top:1px solid var(--line)}\
@media print{:root{--ink:#000;--paper:#fff;--soft:#333;--line:#999}body{margin:0;max-width:none;font-size:11pt}\
h2,tr,li{break-inside:avoid}h1,h2{break-after:avoid}article+article{break-before:page;border:0}}";

/// A page that is being written. Text goes in through `words` and `element`, which escape it; `raw` is for the
/// program's own markup.
pub struct HtmlPage {
    out: String,
    lang: Lang,
    /// The entries of the list at the end, in order of their numbers.
    sources: Vec<String>,
    /// The number of each source by its key.
    numbers: HashMap<String, usize>,
}

impl HtmlPage {
    /// Begins a page with its head; `title` is that of the window.
    pub fn new(title: &str, lang: Lang) -> Self {
        let code = match lang {
            Lang::Vi => "vi",
            Lang::En => "en",
        };
        let mut out = format!("<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n");
        let policy = "default-src 'none'; style-src 'unsafe-inline'";
        out.extend(["<meta http-equiv=\"Content-Security-Policy\" content=\"", policy, "\">\n"]);
        out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.push_str("<meta name=\"referrer\" content=\"no-referrer\">\n");
        out.extend(["<title>", &escaped(title), "</title>\n<style>", STYLE, "</style>\n</head>\n<body>\n"]);
        Self { out, lang, sources: Vec::new(), numbers: HashMap::new() }
    }

    /// The program's own markup, without content.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.out.push_str(markup);
        self
    }

    /// Content between the program's own markup, escaped.
    pub fn words(&mut self, content: &str) -> &mut Self {
        self.out.push_str(&escaped(content));
        self
    }

    /// An element with content and nothing else in it, on a line of its own. `tag` may have attributes.
    pub fn element(&mut self, tag: &'static str, content: &str) -> &mut Self {
        let name = tag.split(' ').next().unwrap_or(tag);
        self.out.extend(["<", tag, ">", &escaped(content), "</", name, ">\n"]);
        self
    }

    /// The number of a place, which leads to the list at the end: report, day, address and the sentence.
    pub fn cite(&mut self, store: &Store, place: &Place) -> Result<&mut Self, Failure> {
        let key = format!("{}@{}", place.report, place.at);
        if !self.numbers.contains_key(&key) {
            let cited = CitationFinder::new(store).of(place)?;
            let day = cited.date.map(|day| format!("{day} · ")).unwrap_or_default();
            let id = place.report.get(..8).unwrap_or_default();
            self.add_source(
                key.clone(),
                &format!("{}{} · <code>{}</code>: ", escaped(&day), link(&cited.source, &cited.source), escaped(id)),
                &cited.sentence,
            );
        }
        Ok(self.number(&key))
    }

    /// The number of a whole report.
    pub fn cite_report(&mut self, report: &Report) -> &mut Self {
        if !self.numbers.contains_key(&report.id) {
            let source = report.url.as_deref().unwrap_or(&report.file);
            let facts = &report.extraction.facts;
            let parts = [facts.day.map(|day| day.to_string()), report.outlet.clone()];
            let mut head: Vec<String> = parts.into_iter().flatten().map(|part| escaped(&part)).collect();
            head.push(escaped(&report.title.text));
            head.push(link(source, source));
            head.push(format!("<code>{}</code>", escaped(report.id.get(..8).unwrap_or_default())));
            self.add_source(report.id.clone(), &head.join(" · "), "");
        }
        let key = report.id.clone();
        self.number(&key)
    }

    fn add_source(&mut self, key: String, head: &str, sentence: &str) {
        let quote = if sentence.is_empty() { String::new() } else { format!("<q>{}</q>", escaped(sentence)) };
        self.sources.push([head, &quote].concat());
        self.numbers.insert(key, self.sources.len());
    }

    fn number(&mut self, key: &str) -> &mut Self {
        let number = self.numbers.get(key).copied().unwrap_or(0).to_string();
        self.out.extend(["<sup><a href=\"#s", &number, "\">[", &number, "]</a></sup>"]);
        self
    }

    /// The whole page, with the list of sources.
    pub fn finish(mut self) -> String {
        if !self.sources.is_empty() {
            self.element("h2", phrases::SOURCES.say(self.lang)).raw("<ol class=\"sources\">\n");
            for (n, source) in std::mem::take(&mut self.sources).iter().enumerate() {
                self.out.extend(["<li id=\"s", &(n + 1).to_string(), "\">", source, "</li>\n"]);
            }
            self.raw("</ol>\n");
        }
        self.out.push_str("</body>\n</html>\n");
        self.out
    }
}

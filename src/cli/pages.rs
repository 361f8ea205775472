//! `pages`: the table of rules by which saved pages are read, and whether each rule still finds something on the saved
//! page of its address. For those who mend the table when a site has changed; touches no cache and fetches nothing.

use super::exit_status::{DONE, Failure, SOME, VerbResult};
use super::output::{Output, say, told};
use super::session::Session;
use crate::import::{self, InputEntry, InputOrigin};
use crate::ingest::{self, InputFormat, MAX_DOCUMENT_BYTES, PageRule, RulesOnPage};
use crate::text::safe::Safe;
use clap::{Args, Subcommand};
use serde::Serialize;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

/// Check the rules by which saved pages are read
#[derive(Debug, Args)]
#[command(after_long_help = super::examples::of("pages"))]
pub struct PagesArgs {
    #[command(subcommand)]
    what: PagesAction,
}

#[derive(Debug, Subcommand)]
enum PagesAction {
    /// Check on saved pages that each rule finds something on the page of its address
    Check {
        /// Saved pages, and folders of them; a page is known by the address that it states
        #[arg(value_name = "PATH", required = true)]
        paths: Vec<PathBuf>,
        /// Print JSON: each rule with its line in the table, the page and whether it finds something there; null where
        /// the page is not among the files
        #[arg(long)]
        json: bool,
    },
    /// Print the rules, each with the address of a page to test it by
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// A rule with what became of it.
#[derive(Serialize)]
struct CheckedRule {
    line: usize,
    part: &'static str,
    name: &'static str,
    test: Option<&'static str>,
    /// The file of the page of that address. `None` if it is not among the files.
    page: Option<String>,
    /// Whether the rule finds something there. `None` without the page.
    finds: Option<bool>,
}

/// A saved page with what it shows of the rules.
struct SavedPage {
    file: String,
    address: String,
    rules: RulesOnPage,
}

impl PagesArgs {
    /// Checks or lists the rules. Ends with `SOME` if a rule finds nothing, if none could be checked, or if a file
    /// could not be read.
    pub fn run(&self, _session: &mut Session) -> VerbResult {
        match &self.what {
            PagesAction::Check { paths, json } => check(paths, *json),
            PagesAction::List { json } => list(*json),
        }
    }
}

fn check(paths: &[PathBuf], json: bool) -> VerbResult {
    let mut pages = Vec::new();
    let mut is_unread = false;
    for entry in import::find(paths).iter().filter(|entry| !matches!(entry.origin, InputOrigin::LeftOut(_))) {
        match page(entry) {
            Ok(page) => pages.extend(page),
            Err(why) => {
                is_unread = true;
                say(&format!("{:?} could not be read: {why}", entry.name));
            }
        }
    }
    let checked: Vec<CheckedRule> =
        ingest::page_rules().enumerate().map(|(number, rule)| of_rule(rule, number, &pages)).collect();
    let with_page = checked.iter().filter(|rule| rule.finds.is_some()).count();
    let failed = checked.iter().filter(|rule| rule.finds == Some(false)).count();
    let mut out = Output::default();
    if json {
        out.json_array(checked.iter())?;
    } else {
        for rule in checked.iter().filter(|rule| rule.finds == Some(false)) {
            out.line(&Safe::line(&told(&nothing_found(rule))))?;
        }
        if with_page > 0 {
            let rest = checked.len() - with_page;
            let sum = format!(
                "rules checked: {with_page}, on saved pages: {}; that find nothing: {failed}; whose page is not among \
                 the files: {rest}",
                pages.len()
            );
            out.line(&Safe::line(&told(&sum)))?;
        }
    }
    out.flush()?;
    if with_page == 0 {
        return Err(Failure::some(
            "no rule could be checked: none of the files is a page by whose address a rule is tested; `baocao pages \
             list` prints the addresses, and a browser saves their pages",
        ));
    }
    Ok(if is_unread || failed > 0 { SOME } else { DONE })
}

fn nothing_found(rule: &CheckedRule) -> String {
    let (line, part, name) = (rule.line, rule.part, rule.name);
    let (test, page) = (rule.test.unwrap_or_default(), rule.page.as_deref().unwrap_or_default());
    format!("the rule {part} {name:?} (pages.tsv, line {line}) finds nothing on {test}, saved as {page:?}")
}

fn list(json: bool) -> VerbResult {
    let mut out = Output::default();
    let rules = ingest::page_rules().enumerate().map(|(number, rule)| of_rule(rule, number, &[]));
    if json {
        out.json_array(rules.collect::<Vec<_>>().iter())?;
    } else {
        for rule in rules {
            let test = rule.test.unwrap_or("-");
            out.line(&Safe::line(&format!("{:4}  {:<9}  {:<24}  {test}", rule.line, rule.part, rule.name)))?;
        }
    }
    out.flush()?;
    Ok(DONE)
}

/// What the pages show of a rule. Of several pages of one address any may decide for it: one may be an old one.
fn of_rule(rule: PageRule, number: usize, pages: &[SavedPage]) -> CheckedRule {
    let own: Vec<&SavedPage> = pages.iter().filter(|page| rule.test.is_some_and(|test| is_same(test, page))).collect();
    let finds = |page: &&&SavedPage| page.rules.finds.get(number) == Some(&true);
    let page = own.iter().find(finds).or(own.first());
    CheckedRule {
        line: rule.line,
        part: rule.part,
        name: rule.name,
        test: rule.test,
        page: page.map(|page| page.file.clone()),
        finds: page.map(|page| finds(&page)),
    }
}

fn is_same(test: &str, page: &SavedPage) -> bool {
    key(test) == key(&page.address)
}

/// What two addresses of one page share: neither the scheme, nor `www.`, nor what stands behind the path.
fn key(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let path = path.split_once("://").map_or(path, |(_, rest)| rest);
    path.strip_prefix("www.").unwrap_or(path).trim_end_matches('/')
}

/// Reads a saved page. `None` if the file is no page, or the page has no address.
fn page(entry: &InputEntry) -> Result<Option<SavedPage>, String> {
    if let InputOrigin::Refused(why) = &entry.origin {
        return Err(why.clone());
    }
    let mut bytes = Vec::new();
    let most = MAX_DOCUMENT_BYTES as u64 + 1;
    let read = match entry.path() {
        Some(path) => File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)),
        None => std::io::stdin().take(most).read_to_end(&mut bytes),
    };
    read.map_err(|error| import::why(&error))?;
    if bytes.len() > MAX_DOCUMENT_BYTES {
        return Ok(None);
    }
    let Ok(text) = ingest::text_of(&bytes, None) else { return Ok(None) };
    if ingest::format_of(&text) != InputFormat::Html {
        return Ok(None);
    }
    let rules = ingest::rules_on_page(&text);
    let address = rules.address.clone().or_else(|| ingest::address_in_path(&entry.name));
    Ok(address.map(|address| SavedPage { file: entry.name.clone(), address, rules }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(file: &str, address: &str, finds: &[bool]) -> SavedPage {
        let rules = RulesOnPage { address: None, finds: finds.to_vec() };
        SavedPage { file: file.to_owned(), address: address.to_owned(), rules }
    }

    #[test]
    fn a_rule_is_checked_on_the_page_of_its_address_only() {
        let test = Some("https://bao.example.vn/a.html");
        let rule = PageRule { line: 7, part: "body", name: "detail", test };
        let other = saved("b.html", "https://bao.example.vn/b.html", &[true]);
        assert_eq!(of_rule(rule, 0, std::slice::from_ref(&other)).finds, None);
        let own = saved("a.html", "http://www.bao.example.vn/a.html?utm_source=x#y", &[false]);
        let both = [other, own];
        let checked = of_rule(rule, 0, &both);
        assert_eq!((checked.finds, checked.page.as_deref()), (Some(false), Some("a.html")));
        let told = nothing_found(&checked);
        assert!(told.contains("body \"detail\"") && told.contains("line 7") && told.contains("a.html"), "{told}");
        let newer = saved("c.html", "https://bao.example.vn/a.html", &[true]);
        let [other, own] = both;
        assert_eq!(of_rule(rule, 0, &[other, own, newer]).finds, Some(true));
    }
}

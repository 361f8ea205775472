//! `source add`: finds out what an address is, and adds it to the settings. Of a site, it shows the lists that the site
//! names, and the user chooses.

use super::config_file;
use crate::cli::exit_status::{DONE, Failure, SOME, VerbResult};
use crate::cli::output::{Output, say, told};
use crate::cli::session::Session;
use crate::cli::sync::client;
use crate::config::{SourceSetting, USUAL_DAYS, USUAL_MINUTES, add_source};
use crate::store::{Store, StoreError};
use crate::sync::address_policy::{AddressPolicy, parse_address};
use crate::sync::clock::SystemClock;
use crate::sync::discovery::{SourceCandidate, candidates};
use crate::sync::fetch::FetchPurpose;
use crate::sync::listing::{ListKind, read_listing};
use crate::sync::outlets::{KnownOutlet, OutletWay, known_outlets, outlet};
use crate::sync::robots::RobotsRules;
use crate::sync::single::SingleFetcher;
use crate::text::nearest::nearest;
use crate::text::safe::Safe;
use clap::Args;
use std::io::{BufRead, IsTerminal, Write};
use url::Url;

/// The options of `source add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// An address, or the name of a known outlet (`baocao source list --outlets`)
    #[arg(value_name = "ADDRESS|OUTLET")]
    address: String,
    /// The name to call it by, instead of one made of the address
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Take only pages whose title or address has these words; `*` is any text. Can be given several times
    #[arg(long, value_name = "PATTERN")]
    only: Vec<String>,
    /// Do not take pages whose title or address has these words
    #[arg(long, value_name = "PATTERN")]
    skip: Vec<String>,
    /// How many days back pages are taken
    #[arg(long, value_name = "N", default_value_t = USUAL_DAYS)]
    days: u32,
    /// How many minutes pass at least between two passes
    #[arg(long, value_name = "MINUTES", default_value_t = USUAL_MINUTES)]
    every: u32,
    /// It may be a machine of the own network
    #[arg(long)]
    allow_private: bool,
    /// Of a site, the number of the list to add, as they are printed
    #[arg(long, value_name = "N")]
    pick: Option<usize>,
}

impl AddArgs {
    /// Adds the source. Nothing is fetched of a known outlet; `source check` tries it.
    pub fn run(&self, session: &mut Session) -> VerbResult {
        // A faulty config file is told before anything is fetched.
        session.config_to_change()?;
        if let Some(known) = outlet(&self.address) {
            return self.add_outlet(session, known);
        }
        let could_not = |why: &dyn std::fmt::Display| {
            Failure::some(format!("the source {:?} could not be added: {why}", self.address))
        };
        let url = parse_address(&self.address).map_err(|why| {
            // A word without a dot was meant as the name of an outlet.
            if self.address.contains(['.', ':', '/']) {
                return could_not(&why);
            }
            let names: Vec<&str> = known_outlets().iter().map(|known| known.name).collect();
            let near = nearest(&self.address, &names).map(|near| format!("; did you mean {near:?}?"));
            let near = near.unwrap_or_default();
            could_not(&format!(
                "it is neither an address nor an outlet that `baocao source list --outlets` names{near}"
            ))
        })?;
        let policy = AddressPolicy { allow_private: self.allow_private };
        policy.check(&url).map_err(|why| could_not(&why))?;
        let client = client(session)?;
        // The first `sync` often follows at once: it keeps the pause that is noted in the cache.
        let store = session.store()?;
        let mut fetcher = SingleFetcher::new(&client, &SystemClock, Some(&store));
        let found = fetcher.get(&url, policy, FetchPurpose::List).map_err(|why| could_not(&why))?;
        let listing = read_listing(&found.answer.body, &found.url, found.answer.encoding.as_deref());
        let listing = listing.map_err(|why| could_not(&why))?;
        if listing.kind != ListKind::Page {
            return self.add(session, &url, listing.kind);
        }
        let robots = robots(&mut fetcher, &found.url, policy);
        let offered = candidates(&listing, &found.url, &robots);
        let Some(chosen) = self.choose(&offered)? else { return Ok(SOME) };
        let url = parse_address(&chosen.address).map_err(|why| could_not(&why))?;
        self.add(session, &url, chosen.kind)
    }

    fn add_outlet(&self, session: &mut Session, known: &KnownOutlet) -> VerbResult {
        let kind = match known.way {
            OutletWay::Sitemap => ListKind::Sitemap,
            OutletWay::Feed => ListKind::Feed,
            OutletWay::Page => ListKind::Page,
            OutletWay::SavedPages => {
                return Err(Failure::some(format!(
                    "{} ({}) cannot be a source: {}",
                    known.name, known.title, known.note
                )));
            }
        };
        let url = parse_address(known.address).map_err(|why| Failure::some(why.to_string()))?;
        self.add_named(session, self.name.as_deref().unwrap_or(known.name), &url, kind)
    }

    fn add(&self, session: &mut Session, url: &Url, kind: ListKind) -> VerbResult {
        let name = match &self.name {
            Some(name) => name.clone(),
            None => free_name(url, &session.config()?.sources),
        };
        self.add_named(session, &name, url, kind)
    }

    fn add_named(&self, session: &mut Session, name: &str, url: &Url, kind: ListKind) -> VerbResult {
        let source = SourceSetting {
            name: name.to_owned(),
            address: url.to_string(),
            only: self.only.clone(),
            skip: self.skip.clone(),
            days: self.days,
            every: self.every,
            allow_private: self.allow_private,
        };
        let store = session.store()?;
        add_source(&config_file(session)?, &source).map_err(Failure::some)?;
        note_kind(&store, &source, kind.word())?;
        say(&format!(
            "the source {name:?} was added ({} {url}); `baocao source check {name}` tries it, `baocao sync` fetches",
            kind.word()
        ));
        Ok(DONE)
    }

    /// Has the user choose a list of a site. `None` after having printed them, if nobody can be asked.
    fn choose<'a>(&self, offered: &'a [SourceCandidate]) -> Result<Option<&'a SourceCandidate>, Failure> {
        let at = |number: usize| {
            number
                .checked_sub(1)
                .and_then(|n| offered.get(n))
                .ok_or_else(|| Failure::usage(format!("there is no list {number}; the site names {}", offered.len())))
        };
        match (offered, self.pick) {
            ([], _) => Err(Failure::some(format!(
                "{:?} names no feed and no sitemap, and links to no reports; give the address of a page that does",
                self.address
            ))),
            (_, Some(number)) => at(number).map(Some),
            ([one], None) => Ok(Some(one)),
            _ => {
                let mut out = Output::default();
                for (n, candidate) in offered.iter().enumerate() {
                    let SourceCandidate { kind, address, title } = candidate;
                    let title = if title.is_empty() { String::new() } else { format!(" · {title}") };
                    out.line(&Safe::line(&format!("{}  {} · {address}{title}", n + 1, kind.word())))?;
                }
                out.flush()?;
                if !std::io::stdin().is_terminal() {
                    say("the site has several lists; choose one with --pick N");
                    return Ok(None);
                }
                at(asked_number()?).map(Some)
            }
        }
    }
}

/// The number that the user types; 1 for an empty line.
fn asked_number() -> Result<usize, Failure> {
    let mut errors = std::io::stderr();
    // If standard error is closed, nobody reads the question, but the answer may still come.
    let _ = write!(errors, "baocao: {}", told("which one? [1] ")).and_then(|()| errors.flush());
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(|error| Failure::some(format!("the answer could not be read: {error}")))?;
    match line.trim() {
        "" => Ok(1),
        number => number.parse().map_err(|_| Failure::usage(format!("{number:?} is not a number"))),
    }
}

/// The robots.txt of a site; empty if it cannot be had.
fn robots(fetcher: &mut SingleFetcher<'_>, url: &Url, policy: AddressPolicy) -> RobotsRules {
    let found = url.join("/robots.txt").ok().and_then(|url| fetcher.get(&url, policy, FetchPurpose::Robots).ok());
    found.map(|found| RobotsRules::parse(&String::from_utf8_lossy(&found.answer.body))).unwrap_or_default()
}

/// Notes what stands at the address of a new source, for the list of sources (OPML). It is not known of a cache that
/// cannot be written.
pub fn note_kind(store: &Store, source: &SourceSetting, kind: &str) -> Result<(), StoreError> {
    if store.read_only().is_some() {
        return Ok(());
    }
    store.fetch_state()?.note_list_kind(&source.name, &source.address, kind)
}

/// A name made of the host, which no source has: `bao`, `bao-2`.
pub fn free_name(url: &Url, sources: &[SourceSetting]) -> String {
    let host = url.host_str().unwrap_or("source");
    let host = host.strip_prefix("www.").unwrap_or(host);
    let label = if host.parse::<std::net::IpAddr>().is_ok() { host } else { host.split('.').next().unwrap_or(host) };
    let base: String = label.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '-' }).collect();
    let is_free = |name: &String| !sources.iter().any(|source| source.name == *name);
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.clone()).chain(numbered).find(is_free).unwrap_or(base)
}

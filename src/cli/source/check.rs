//! `source check`: one dry pass over a source, then its newest page as it would be read. Nothing is saved.

use crate::cli::exit_status::{DONE, SOME, VerbResult};
use crate::cli::output::{Output, say};
use crate::cli::session::Session;
use crate::cli::sync::client;
use crate::config::{SourceSetting, USUAL_DAYS, USUAL_MINUTES};
use crate::extract::people_and_facts;
use crate::import::{FetchedPage, read_fetched};
use crate::lang::phrases;
use crate::report::Title;
use crate::store::Store;
use crate::sync::address_policy::{AddressPolicy, parse_address};
use crate::sync::clock::SystemClock;
use crate::sync::event::SyncEvent;
use crate::sync::fetch::FetchPurpose;
use crate::sync::moment::shown_here;
use crate::sync::outlets::outlet;
use crate::sync::run::{SyncPlan, run};
use crate::sync::single::SingleFetcher;
use crate::system::interrupt;
use crate::text::safe::Safe;
use jiff::Timestamp;

/// Pages that are named; more are only counted.
const SHOWN_PAGES: usize = 10;
/// People of the page that are named.
const SHOWN_PEOPLE: usize = 5;

/// Checks a source, or a known outlet that is not one yet.
pub fn run_verb(session: &mut Session, name: &str) -> VerbResult {
    let configured = session.config()?.sources.iter().find(|source| source.name == name).cloned();
    let sources = match (configured, outlet(name)) {
        (Some(source), _) => vec![source],
        (None, Some(known)) => [known.address, known.test]
            .into_iter()
            .filter(|address| !address.is_empty())
            .map(|address| of_outlet(known.name, address))
            .collect(),
        (None, None) => crate::cli::sync::chosen(session.config()?.sources.clone(), &[name.to_owned()])?,
    };
    let mut worst = DONE;
    for source in &sources {
        worst = worst.max(check_one(session, source)?);
    }
    Ok(worst)
}

fn of_outlet(name: &str, address: &str) -> SourceSetting {
    SourceSetting {
        name: name.to_owned(),
        address: address.to_owned(),
        days: USUAL_DAYS,
        every: USUAL_MINUTES,
        ..SourceSetting::default()
    }
}

/// A page that would be fetched, or not.
struct PlannedPage {
    address: String,
    title: Option<String>,
    day: String,
}

impl PlannedPage {
    fn line(&self) -> String {
        format!("{} · {} · {}", self.day, self.title.as_deref().unwrap_or("—"), self.address)
    }
}

fn day_of(moment: Option<Timestamp>) -> String {
    moment.map_or_else(|| "—".to_owned(), |moment| moment.strftime("%Y-%m-%d").to_string())
}

fn check_one(session: &mut Session, source: &SourceSetting) -> VerbResult {
    let lang = session.lang()?;
    let (client, store, aside) = (client(session)?, session.store()?, Store::in_memory()?);
    let watch = interrupt::Watch::new(crate::cli::exit_status::INTERRUPTED);
    let mut out = Output::default();
    let (mut planned, mut count, mut failure, mut worst) = (Vec::new(), 0_usize, Ok(()), DONE);
    let (mut left_out, mut left_out_count) = (Vec::new(), 0_usize);
    let sources = std::slice::from_ref(source);
    let plan = SyncPlan { sources, is_forced: true, since: None, dry_run_for: Some(&store) };
    run(&aside, &client, &SystemClock, plan, &watch.stop, &mut |event| match event {
        SyncEvent::List { address, kind, pages, note, .. } => {
            let note = note.map(|note| format!(" · {note}")).unwrap_or_default();
            let line = format!("{} · {address} · {}{note}", kind.word(), phrases::PAGES_LISTED.count(lang, pages));
            let done = out.line(&Safe::line(&line));
            failure = std::mem::replace(&mut failure, Ok(())).and(done);
        }
        SyncEvent::Planned { address, title, moment, .. } => {
            count += 1;
            if planned.len() < SHOWN_PAGES {
                planned.push(PlannedPage { address, title, day: day_of(moment) });
            }
        }
        SyncEvent::LeftOut(page) => {
            left_out_count += 1;
            if left_out.len() < SHOWN_PAGES {
                let why = page.until.map(|until| phrases::LEFT_OUT_UNTIL.fill(lang, &[&shown_here(until), &page.why]));
                let why = why.unwrap_or(page.why);
                left_out
                    .push((PlannedPage { address: page.address, title: page.title, day: day_of(page.moment) }, why));
            }
        }
        SyncEvent::SourceDone(summary) => {
            if let Some(problem) = summary.problem {
                worst = SOME;
                say(&format!("the source {:?}: {problem}", summary.source));
            }
        }
        _ => {}
    })?;
    failure?;
    out.line(&Safe::line(&phrases::PAGES_TO_FETCH.count(lang, count)))?;
    for page in &planned {
        out.line(&Safe::line(&page.line()))?;
    }
    if left_out_count > 0 {
        out.line(&Safe::line(&phrases::PAGES_LEFT_OUT.count(lang, left_out_count)))?;
    }
    for (page, why) in &left_out {
        out.line(&Safe::line(&format!("{} · {why}", page.line())))?;
    }
    if let Some(page) = planned.first() {
        let mut fetcher = SingleFetcher::new(&client, &SystemClock, Some(&store));
        match read_page(&mut fetcher, source, page) {
            Ok(line) => out.line(&Safe::line(&phrases::PAGE_READ_AS.fill(lang, &[&line])))?,
            Err(why) => {
                worst = SOME;
                out.flush()?;
                say(&format!("the newest page {} could not be read: {why}", page.address));
            }
        }
    }
    out.flush()?;
    Ok(worst)
}

/// How a page would be read: day, title, unit and people in one line.
fn read_page(fetcher: &mut SingleFetcher<'_>, source: &SourceSetting, page: &PlannedPage) -> Result<String, String> {
    let url = parse_address(&page.address).map_err(|why| why.to_string())?;
    let policy = AddressPolicy { allow_private: source.allow_private };
    // The list was read a moment ago, often from the same host.
    fetcher.note_asked(&url);
    let found = fetcher.get(&url, policy, FetchPurpose::Page).map_err(|why| why.to_string())?;
    let fetched = FetchedPage {
        address: &found.url,
        bytes: &found.answer.body,
        encoding: found.answer.encoding.as_deref(),
        title: page.title.as_deref(),
        published: None,
        keeps: false,
    };
    let draft = read_fetched(&fetched)?;
    let extraction = people_and_facts(&draft);
    let people: Vec<&str> = extraction.people.iter().take(SHOWN_PEOPLE).map(|person| person.name.as_str()).collect();
    let day = extraction.facts.day.map(|day| day.to_string()).or_else(|| draft.published.map(|day| day.to_string()));
    let title = Title::of(&draft, &extraction.facts).text;
    let or_dash = |text: Option<String>| text.unwrap_or_else(|| "—".to_owned());
    let named = (!people.is_empty()).then(|| people.join(", "));
    Ok([or_dash(day), title, or_dash(extraction.facts.unit), or_dash(named)].join(" · "))
}

//! Lists of feeds (OPML) to sources, and sources to such a list.

use super::add::free_name;
use super::config_file;
use crate::cli::atomic_file::OutputFile;
use crate::cli::exit_status::{DONE, Failure, SOME, VerbResult};
use crate::cli::output::{Output, say};
use crate::cli::session::Session;
use crate::config::{Config, SourceSetting, USUAL_DAYS, USUAL_MINUTES, add_source};
use crate::import;
use crate::ingest;
use crate::sync::address_policy::{AddressPolicy, parse_address};
use crate::sync::discovery::of_opml;
use crate::sync::opml::{OpmlOutline, print};
use crate::text::safe;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A larger file is no list of feeds.
const MAX_FILE_BYTES: u64 = 16 << 20;

/// Adds every feed of a list that is no source yet. Nothing is fetched.
pub fn import(session: &mut Session, file: &Path) -> VerbResult {
    let path = config_file(session)?;
    let could_not = |why: &dyn std::fmt::Display| Failure::some(format!("the list {file:?} could not be read: {why}"));
    let mut bytes = Vec::new();
    let opened: std::io::Result<Box<dyn Read>> = if file.as_os_str() == "-" {
        Ok(Box::new(std::io::stdin()))
    } else {
        File::open(file).map(|file| Box::new(file) as Box<dyn Read>)
    };
    let read = opened.and_then(|file| file.take(MAX_FILE_BYTES).read_to_end(&mut bytes));
    read.map_err(|error| could_not(&import::why(&error)))?;
    let text = ingest::text_of(&bytes, None).map_err(|why| could_not(&why))?;
    let feeds = of_opml(&text);
    if feeds.is_empty() {
        return Err(could_not(&"it is no list of feeds (OPML), or an empty one"));
    }
    let (mut added, mut known, mut refused) = (0, 0, 0);
    let mut sources = session.config_to_change()?.sources.clone();
    for feed in feeds {
        let url = match parse_address(&feed.address) {
            Ok(url) if AddressPolicy::default().check(&url).is_ok() => url,
            _ => {
                refused += 1;
                say(&format!("{:?} was left out: {:?} is no address of a public site", feed.title, feed.address));
                continue;
            }
        };
        if sources.iter().any(|source| source.address == url.as_str()) {
            known += 1;
            continue;
        }
        let title = feed.title.trim();
        let is_free = !title.is_empty() && !sources.iter().any(|source| source.name == title);
        let source = SourceSetting {
            name: if is_free { title.to_owned() } else { free_name(&url, &sources) },
            address: url.to_string(),
            days: USUAL_DAYS,
            every: USUAL_MINUTES,
            ..SourceSetting::default()
        };
        add_source(&path, &source).map_err(Failure::some)?;
        added += 1;
        // As it is read back: the next name must differ from this.
        sources = Config::read(&path).map_err(|problem| Failure::some(problem.to_string()))?.sources;
    }
    let plural = if added == 1 { "" } else { "s" };
    say(&format!("{added} source{plural} added, {known} known already, {refused} left out; `baocao sync` fetches"));
    Ok(if refused > 0 { SOME } else { DONE })
}

/// Writes all sources as a list.
pub fn export(session: &mut Session, output: Option<&Path>) -> VerbResult {
    let sources = session.config()?.sources.clone();
    let (cache, _) = session.folders()?;
    let outlines: Vec<OpmlOutline<'_>> =
        sources.iter().map(|source| OpmlOutline { name: &source.name, address: &source.address }).collect();
    let target = output.map(|path| OutputFile::new(path, &cache)).transpose()?;
    let mut out = target.as_ref().map_or_else(|| Ok(Output::default()), OutputFile::out)?;
    for line in print(&outlines).lines() {
        out.line(&safe::Safe::line(line))?;
    }
    out.flush()?;
    drop(out);
    target.map_or(Ok(()), OutputFile::keep)?;
    if sources.is_empty() {
        say("there are no sources; the list is empty");
    }
    Ok(DONE)
}

//! Lists of feeds (OPML) to sources, and sources to such a list.

use super::add::{free_name, note_kind};
use super::config_file;
use crate::cli::atomic_file::OutputFile;
use crate::cli::exit_status::{DONE, Failure, SOME, VerbResult};
use crate::cli::output::{Output, say};
use crate::cli::session::Session;
use crate::config::{Config, SourceSetting, add_source};
use crate::import;
use crate::ingest;
use crate::sync::address_policy::{AddressPolicy, parse_address};
use crate::sync::opml::{self, OpmlOutline};
use crate::text::safe;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Why a source of a list is left out that only the user can let in.
const OWN_NETWORK: &str = "it is of the own network; `source import-opml --allow-private` takes it";
/// A larger file is no list of feeds.
const MAX_FILE_BYTES: u64 = 16 << 20;

/// Adds every source of a list that is none yet. Nothing is fetched. One of the own network comes only with
/// `allow_private`: a list that somebody else wrote must not have this program ask machines behind the firewall.
pub fn import(session: &mut Session, file: &Path, allow_private: bool) -> VerbResult {
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
    let outlines = opml::read(&text);
    if outlines.is_empty() {
        return Err(could_not(&"it is not a list of feeds (OPML), or it is empty"));
    }
    let (mut added, mut known, mut refused) = (0, 0, 0);
    let mut sources = session.config_to_change()?.sources.clone();
    let store = session.store()?;
    for OpmlOutline { source: listed, kind } in outlines {
        let policy = AddressPolicy { allow_private };
        let Some(url) = parse_address(&listed.address).ok().filter(|url| policy.check(url).is_ok()) else {
            refused += 1;
            let (name, address) = (&listed.name, &listed.address);
            let why =
                if parse_address(address).is_ok() { OWN_NETWORK } else { "it is not an address that can be fetched" };
            say(&format!("{name:?} was left out ({address}): {why}"));
            continue;
        };
        if listed.allow_private && !allow_private {
            refused += 1;
            say(&format!("{:?} was left out ({url}): {OWN_NETWORK}", listed.name));
            continue;
        }
        if sources.iter().any(|source| source.address == url.as_str()) {
            known += 1;
            continue;
        }
        let is_private = listed.allow_private || AddressPolicy::default().check(&url).is_err();
        let is_free = !listed.name.is_empty() && !sources.iter().any(|source| source.name == listed.name);
        let name = if is_free { listed.name.clone() } else { free_name(&url, &sources) };
        let source = SourceSetting { name, address: url.to_string(), allow_private: is_private, ..listed };
        add_source(&path, &source).map_err(Failure::some)?;
        if let Some(kind) = kind.as_deref() {
            note_kind(&store, &source, kind)?;
        }
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
    let store = session.store()?;
    // A cache that cannot be written, and in which nothing was ever fetched, knows nothing of them.
    let fetched = store.fetch_state().ok();
    let mut outlines = Vec::with_capacity(sources.len());
    for source in &sources {
        let kind = fetched.as_ref().map(|fetched| fetched.list_kind(&source.name, &source.address)).transpose()?;
        outlines.push(OpmlOutline { source: source.clone(), kind: kind.flatten() });
    }
    let target = output.map(|path| OutputFile::new(path, &cache)).transpose()?;
    let mut out = target.as_ref().map_or_else(|| Ok(Output::default()), OutputFile::out)?;
    for line in opml::print(&outlines).lines() {
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

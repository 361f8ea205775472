//! `import ADDRESS`: fetches the pages that the user names by their addresses, and imports each as a saved page is. A
//! file of such a name has to be written with its folder: `./https:/…`.

use crate::cli::exit_status::Failure;
use crate::import::{FetchedPage, FileOutcome, ImportTotals, save_fetched};
use crate::store::{SaveOutcome, Store};
use crate::sync::address_policy::{AddressPolicy, parse_address};
use crate::sync::clock::SystemClock;
use crate::sync::fetch::FetchPurpose;
use crate::sync::http::HttpClient;
use crate::sync::single::{SingleDocument, SingleFetcher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether an argument is a web address and no path.
pub fn is_address(path: &Path) -> bool {
    let begins =
        |text: &str, scheme: &str| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
    path.to_str().is_some_and(|text| ["http://", "https://"].iter().any(|scheme| begins(text, scheme)))
}

/// Fetches and saves the pages one after the other. `tell` gets the outcome of each, as of a file. Opens no connection
/// if there are none.
pub fn import_addresses(
    store: &Store,
    addresses: &[PathBuf],
    contact: Option<&str>,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(&FileOutcome),
) -> Result<ImportTotals, Failure> {
    let mut totals = ImportTotals::default();
    if addresses.is_empty() {
        return Ok(totals);
    }
    let client = HttpClient::of_environment(contact).map_err(Failure::usage)?;
    let mut fetcher = SingleFetcher::new(&client, &SystemClock, Some(store));
    for address in addresses {
        if stop.load(Ordering::Relaxed) {
            totals.stopped = true;
            break;
        }
        let file = address.to_string_lossy().into_owned();
        let outcome = match fetched(&mut fetcher, &file) {
            Ok(SingleDocument { url, answer }) => {
                let encoding = answer.encoding.as_deref();
                let page = FetchedPage {
                    address: &url,
                    bytes: &answer.body,
                    encoding,
                    title: None,
                    published: None,
                    keeps: store.source_limit().is_some(),
                };
                FileOutcome { file, ..save_fetched(store, &page)? }
            }
            Err(why) => FileOutcome { file, problem: Some(why), ..FileOutcome::default() },
        };
        totals.files += 1;
        totals.failed += usize::from(outcome.problem.is_some());
        let new = outcome.reports.iter().filter(|report| report.saved == SaveOutcome::New).count();
        totals.new += new;
        totals.known += outcome.reports.len() - new;
        tell(&outcome);
    }
    Ok(totals)
}

fn fetched(fetcher: &mut SingleFetcher<'_>, address: &str) -> Result<SingleDocument, String> {
    let url = parse_address(address).map_err(|why| why.to_string())?;
    fetcher.get(&url, AddressPolicy::default(), FetchPurpose::Page).map_err(|why| why.to_string())
}

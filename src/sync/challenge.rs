//! Tells a page from a script that a site sends in its place to see whether a browser asks (`challenges.tsv`). Such a
//! challenge is named to the user and never evaded: the site does not want to be read by programs.

use super::listing::Listing;
use std::sync::OnceLock;

/// A page that shows this many letters is no challenge, whatever scripts it loads.
const MAX_SHOWN_LETTERS: usize = 400;
/// The signs are looked for in this many first bytes of a page.
const SEARCHED_BYTES: usize = 256 << 10;

/// Where a sign stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SignPlace {
    /// It is the name of a header.
    Header,
    Body,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
struct ChallengeSign {
    form: &'static str,
    place: SignPlace,
    /// Whose challenge it is, for the message.
    name: &'static str,
}

const TABLE: &str = include_str!("challenges.tsv");

fn sign_of(line: &'static str) -> Option<ChallengeSign> {
    let mut cells = line.split('\t');
    let form = cells.next().filter(|form| !form.is_empty())?;
    let place = match cells.next()? {
        "header" => SignPlace::Header,
        "body" => SignPlace::Body,
        _ => return None,
    };
    Some(ChallengeSign { form, place, name: cells.next()? })
}

fn signs() -> &'static [ChallengeSign] {
    static SIGNS: OnceLock<Vec<ChallengeSign>> = OnceLock::new();
    SIGNS.get_or_init(|| TABLE.lines().skip(1).filter_map(sign_of).collect())
}

/// Whose challenge an answer is; `None` for every other page. `has_header` tells whether a header of that name came
/// with it; `listing` is the page as read, `None` if it could not be read as one.
pub fn challenge(has_header: &dyn Fn(&str) -> bool, body: &[u8], listing: Option<&Listing>) -> Option<&'static str> {
    let by_header = signs().iter().find(|sign| sign.place == SignPlace::Header && has_header(sign.form));
    if let Some(sign) = by_header {
        return Some(sign.name);
    }
    let links = listing?.links.as_ref()?;
    if links.letters > MAX_SHOWN_LETTERS {
        return None;
    }
    let head = body.get(..SEARCHED_BYTES.min(body.len())).unwrap_or(body);
    let is_there = |sign: &&ChallengeSign| {
        sign.place == SignPlace::Body && memchr::memmem::find(head, sign.form.as_bytes()).is_some()
    };
    signs().iter().find(is_there).map(|sign| sign.name)
}

#[cfg(test)]
mod tests {
    use super::super::listing::read_listing;
    use super::*;

    #[test]
    fn every_row_is_understood() {
        for (n, line) in TABLE.lines().enumerate().skip(1) {
            assert!(sign_of(line).is_some() && line.split('\t').count() == 4, "challenges.tsv:{}: {line}", n + 1);
        }
    }

    fn told(page: &str, header: &str) -> Option<&'static str> {
        let listing = read_listing(page.as_bytes(), &url::Url::parse("https://bao.example.vn/").unwrap(), None).ok();
        challenge(&|name| name == header, page.as_bytes(), listing.as_ref())
    }

    #[test]
    fn a_challenge_is_named_and_a_page_that_loads_the_script_is_none() {
        let script = "<html><script src=\"/cdn-cgi/challenge-platform/x.js\"></script><body>Vui lòng đợi</body></html>";
        assert_eq!(told(script, ""), Some("Cloudflare"));
        let page = script.replace("Vui lòng đợi", &"Hội nghị sơ kết công tác. ".repeat(40));
        assert_eq!(told(&page, ""), None);
        assert_eq!(told(&page, "cf-mitigated"), Some("Cloudflare"));
        let cookie = "<html><body><script>document.cookie=\"D1N=abc\";location.reload()</script></body></html>";
        assert_eq!(told(cookie, ""), Some("D1N"));
        assert_eq!(told("<html><body>Trang trống</body></html>", ""), None);
    }
}

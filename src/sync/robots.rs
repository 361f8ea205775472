//! robots.txt as RFC 9309 has it, with `Crawl-delay` and `Sitemap` lines: which addresses of a host this program may
//! fetch, and how fast. Own code: the crates for it are old and lack one or the other, and the standard is short. Time
//! is linear in the file and in the address; fetching is left to `pass`.

use std::time::Duration;
use url::Url;

/// By this name robots.txt speaks to this program; also the first word of its user agent.
pub const ROBOT_NAME: &str = "baocao";

/// What follows this many bytes is not read, as the standard allows.
const MAX_BYTES: usize = 512 << 10;
/// Further rules and sitemaps are left out.
const MAX_RULES: usize = 5000;
/// A longer pattern is left out.
const MAX_PATTERN_BYTES: usize = 2048;

/// What a host's robots.txt says to this program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RobotsRules {
    rules: Vec<RobotsRule>,
    /// The pause between two requests that the host asks for.
    pub crawl_delay: Option<Duration>,
    /// The addresses of the sitemaps, as written.
    pub sitemaps: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct RobotsRule {
    allows: bool,
    /// Normalized (`normal`); `*` is any text, `$` at the end is the end.
    pattern: Vec<u8>,
}

/// The group that lines belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    /// Before the first `User-agent`, or of another program.
    Foreign,
    Everybody,
    Own,
}

impl RobotsRules {
    /// Reads the file, which may be anything. Groups that name this program are merged and replace those of `*`.
    pub fn parse(text: &str) -> Self {
        let mut own: Option<Self> = None;
        let mut everybody = Self::default();
        let mut sitemaps = Vec::new();
        let (mut group, mut names_group) = (Group::Foreign, false);
        let mut left = MAX_BYTES;
        for line in text.lines() {
            left = left.saturating_sub(line.len() + 1);
            if left == 0 {
                break;
            }
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().trim_start_matches('\u{feff}').to_ascii_lowercase(), value.trim());
            if key == "sitemap" {
                if sitemaps.len() < MAX_RULES {
                    sitemaps.push(value.to_owned());
                }
                continue;
            }
            if key == "user-agent" {
                let named = group_of(value);
                // Lines of names in a row begin one group, for all that they name.
                group = if names_group { strongest(group, named) } else { named };
                names_group = true;
                if group == Group::Own && own.is_none() {
                    own = Some(Self::default());
                }
                continue;
            }
            names_group = false;
            match group {
                Group::Own => own.get_or_insert_default().add(&key, value),
                Group::Everybody => everybody.add(&key, value),
                Group::Foreign => {}
            }
        }
        Self { sitemaps, ..own.unwrap_or(everybody) }
    }

    fn add(&mut self, key: &str, value: &str) {
        match key {
            "crawl-delay" => {
                let delay = value.parse::<f64>().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
                self.crawl_delay = self.crawl_delay.max(delay);
            }
            // An empty `Disallow` forbids nothing.
            "allow" | "disallow"
                if !value.is_empty() && value.len() <= MAX_PATTERN_BYTES && self.rules.len() < MAX_RULES =>
            {
                self.rules.push(RobotsRule { allows: key == "allow", pattern: normal(value) });
            }
            _ => {}
        }
    }

    /// Whether the address may be fetched: the longest pattern that matches decides, `Allow` among equals.
    pub fn allows(&self, url: &Url) -> bool {
        if url.path() == "/robots.txt" {
            return true;
        }
        let path = url.query().map_or_else(|| url.path().to_owned(), |query| [url.path(), "?", query].concat());
        let path = normal(&path);
        let matching = self.rules.iter().filter(|rule| matches(&rule.pattern, &path));
        matching.max_by_key(|rule| (rule.pattern.len(), rule.allows)).is_none_or(|rule| rule.allows)
    }
}

fn group_of(name: &str) -> Group {
    let token: String = name.chars().take_while(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_')).collect();
    if token.eq_ignore_ascii_case(ROBOT_NAME) {
        Group::Own
    } else if name == "*" {
        Group::Everybody
    } else {
        Group::Foreign
    }
}

fn strongest(one: Group, other: Group) -> Group {
    match (one, other) {
        (Group::Own, _) | (_, Group::Own) => Group::Own,
        (Group::Everybody, _) | (_, Group::Everybody) => Group::Everybody,
        _ => Group::Foreign,
    }
}

/// One spelling of a path: `%XX` of letters, digits and `-._~` decoded, other `%xx` in upper case, bytes beyond ASCII
/// as `%XX`.
fn normal(path: &str) -> Vec<u8> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).filter(|_| byte == b'%');
        let coded = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        match coded {
            Some(coded) if coded.is_ascii_alphanumeric() || b"-._~".contains(&coded) => out.push(coded),
            Some(coded) => push_coded(&mut out, coded),
            None if byte.is_ascii() => out.push(byte),
            None => push_coded(&mut out, byte),
        }
        at += if coded.is_some() { 3 } else { 1 };
    }
    out
}

fn push_coded(out: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push(b'%');
    out.extend([byte >> 4, byte & 15].iter().filter_map(|digit| DIGITS.get(usize::from(*digit))));
}

/// Whether a pattern matches the beginning of a path. The parts between `*` are found one after the other, each at its
/// first place: no later place could leave more for the rest.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix(b"$") {
        Some(before) => (before, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split(|byte| *byte == b'*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut parts: Vec<&[u8]> = parts.collect();
    if to_end {
        let Some(last) = parts.pop() else { return rest.is_empty() };
        for part in parts {
            let Some(after) = after(rest, part) else { return false };
            rest = after;
        }
        return rest.ends_with(last);
    }
    parts.into_iter().all(|part| match after(rest, part) {
        Some(after) => {
            rest = after;
            true
        }
        None => false,
    })
}

fn after<'a>(text: &'a [u8], part: &[u8]) -> Option<&'a [u8]> {
    memchr::memmem::find(text, part).and_then(|at| text.get(at + part.len()..))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(robots: &str, path: &str) -> bool {
        RobotsRules::parse(robots).allows(&Url::parse(&format!("https://bao.example.vn{path}")).unwrap())
    }

    #[test]
    fn the_longest_pattern_decides() {
        let robots =
            "User-agent: *\nDisallow: /tim-kiem\nAllow: /tim-kiem/chu-de\nDisallow: /*.pdf$\nDisallow: /in?*print\n";
        assert!(allows(robots, "/chinh-tri/bai-1"));
        assert!(!allows(robots, "/tim-kiem?q=a"));
        assert!(allows(robots, "/tim-kiem/chu-de/1"));
        assert!(!allows(robots, "/a/b.pdf"));
        assert!(allows(robots, "/a/b.pdf?x"), "$ is the end");
        assert!(!allows(robots, "/in?a=1&print=1"));
        assert!(allows("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a"), "Allow among equals");
        assert!(!allows("User-agent: *\nDisallow: /\n", "/"));
        assert!(allows("User-agent: *\nDisallow: /\n", "/robots.txt"));
        assert!(allows("User-agent: *\nDisallow:\n", "/a"));
        assert!(!allows("user-agent:*\ndisallow: /tin%2dtuc/qu%C3%A2n\n", "/tin-tuc/quân"));
    }

    #[test]
    fn an_own_group_replaces_that_of_everybody() {
        let robots = "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /a\nCrawl-delay: 4\n\n\
            User-agent: someone\nUser-agent: Baocao/2\nDisallow: /b\ncrawl-delay: 7.5\n\n\
            user-agent: BAOCAO\nDisallow: /c\n\
            Sitemap: https://bao.example.vn/sitemap.xml\n";
        let rules = RobotsRules::parse(robots);
        assert_eq!(rules.crawl_delay, Some(Duration::from_millis(7500)));
        assert_eq!(rules.sitemaps, ["https://bao.example.vn/sitemap.xml"]);
        assert!(allows(robots, "/a") && !allows(robots, "/b") && !allows(robots, "/c"));
        assert!(allows("Disallow: /\n", "/a"), "no group");
        assert!(allows("User-agent: baocao\nUser-agent: *\nAllow: /\n", "/a"));
    }

    #[test]
    fn anything_can_be_read() {
        for text in
            ["", "\u{feff}User-agent: *\nDisallow: /x", "<html>404</html>", ":::", "crawl-delay: -1\ncrawl-delay: nan"]
        {
            let rules = RobotsRules::parse(text);
            assert_eq!(rules.crawl_delay, None);
        }
        let many = format!("User-agent: *\nDisallow: /{}\n", "*a".repeat(1000));
        assert!(allows(&many, &format!("/{}", "b".repeat(2000))));
        let delay = RobotsRules::parse("User-agent: *\nCrawl-delay: 1e300\n").crawl_delay;
        assert_eq!(delay, None, "no number that a duration can be");
    }
}

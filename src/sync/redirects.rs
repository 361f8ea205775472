//! Where a redirect leads, and when it is not followed: after five hops, to an address that was asked already, and to
//! one that the address policy refuses. Pure; each hop is asked like any other request.

use super::address_policy::{AddressPolicy, RefusedAddress};
use super::fetch::FetchAnswer;
use url::Url;

/// More redirects in a row are not followed.
pub const MAX_HOPS: usize = 5;

/// Why a redirect is not followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RedirectProblem {
    #[error("it redirects more than {MAX_HOPS} times; open it in a browser, and give the address where it ends")]
    TooMany,
    #[error("it redirects in a circle ({0}); open it in a browser, save the page and import it")]
    Circle(String),
    #[error("it redirects to no address ({0})")]
    NoAddress(String),
    #[error("it redirects to {address}, which is not fetched: {why}")]
    Refused { address: String, why: RefusedAddress },
}

/// The addresses of one request and its redirects, the present one last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HopTrail {
    hops: Vec<Url>,
    /// Whether an address was asked a second time because it had set a cookie.
    has_come_back: bool,
}

impl HopTrail {
    /// Begins at an address.
    pub fn new(url: Url) -> Self {
        Self { hops: vec![url], has_come_back: false }
    }

    /// The address to ask now.
    pub fn url(&self) -> Option<&Url> {
        self.hops.last()
    }

    /// Goes where the answer leads. False if it is no redirect.
    ///
    /// An address that was asked already is asked once more if the answer set a cookie: some sites answer their first
    /// visitors so. Never a third time.
    pub fn follow(&mut self, answer: &FetchAnswer, policy: AddressPolicy) -> Result<bool, RedirectProblem> {
        let is_redirect = matches!(answer.status, 301 | 302 | 303 | 307 | 308);
        let Some((location, here)) = answer.location.as_deref().filter(|_| is_redirect).zip(self.url()) else {
            return Ok(false);
        };
        let mut next = here.join(location.trim()).map_err(|_| RedirectProblem::NoAddress(shortened(location)))?;
        next.set_fragment(None);
        policy.check(&next).map_err(|why| RedirectProblem::Refused { address: shortened(next.as_str()), why })?;
        if self.hops.contains(&next) {
            if self.has_come_back || !answer.sets_cookie {
                return Err(RedirectProblem::Circle(shortened(next.as_str())));
            }
            self.has_come_back = true;
        }
        if self.hops.len() > MAX_HOPS {
            return Err(RedirectProblem::TooMany);
        }
        self.hops.push(next);
        Ok(true)
    }
}

/// The beginning of an address, for a message.
fn shortened(address: &str) -> String {
    const CHARS: usize = 200;
    address.chars().take(CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(location: &str, sets_cookie: bool) -> FetchAnswer {
        FetchAnswer { status: 302, location: Some(location.to_owned()), sets_cookie, ..FetchAnswer::default() }
    }

    fn trail() -> HopTrail {
        HopTrail::new(Url::parse("https://bao.example.vn/rss").unwrap())
    }

    #[test]
    fn five_hops_are_followed_and_no_circle() {
        let policy = AddressPolicy::default();
        let mut far = trail();
        for hop in 0..MAX_HOPS {
            assert_eq!(far.follow(&to(&format!("/{hop}#x"), false), policy), Ok(true));
        }
        assert_eq!(far.url().unwrap().as_str(), "https://bao.example.vn/4");
        assert_eq!(far.follow(&to("/5", false), policy), Err(RedirectProblem::TooMany));
        assert!(matches!(trail().follow(&to("/rss", false), policy), Err(RedirectProblem::Circle(_))));
        let mut circle = trail();
        circle.follow(&to("/a", false), policy).unwrap();
        assert!(matches!(circle.follow(&to("/rss", false), policy), Err(RedirectProblem::Circle(_))));
        let not_one = FetchAnswer { status: 200, ..to("/a", false) };
        assert_eq!(trail().follow(&not_one, policy), Ok(false));
    }

    #[test]
    fn a_cookie_is_reason_for_one_more_try() {
        let policy = AddressPolicy::default();
        let mut trail = trail();
        assert_eq!(trail.follow(&to("/rss", true), policy), Ok(true));
        assert!(matches!(trail.follow(&to("/rss", true), policy), Err(RedirectProblem::Circle(_))));
    }

    #[test]
    fn private_addresses_and_other_schemes_are_refused() {
        for location in ["http://127.0.0.1/", "//10.0.0.1/x", "file:///etc/passwd", "http://[::ffff:127.0.0.1]/"] {
            let followed = trail().follow(&to(location, true), AddressPolicy::default());
            assert!(matches!(followed, Err(RedirectProblem::Refused { .. })), "{location}");
        }
        assert_eq!(trail().follow(&to("http://127.0.0.1/", false), AddressPolicy { allow_private: true }), Ok(true));
        assert!(matches!(
            trail().follow(&to("http://", false), AddressPolicy::default()),
            Err(RedirectProblem::NoAddress(_))
        ));
    }
}

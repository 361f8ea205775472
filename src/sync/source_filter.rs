//! Which pages of a list a source takes: by words or addresses (`only`, `skip`), and by how far back. Words are
//! compared folded, in the title and in the address, because many lists give no titles, but addresses have them without
//! accents.

use super::listing::ListedPage;
use crate::text::fold::fold;
use jiff::Timestamp;

/// A pattern of `only` or `skip`: words, or a part of an address; `*` stands for any text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePattern {
    /// The folded parts between `*`, which follow each other.
    parts: Vec<String>,
}

/// What a source takes of its list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFilter {
    /// One of them has to match, if there are any.
    pub only: Vec<PagePattern>,
    /// None of them may match.
    pub skip: Vec<PagePattern>,
    /// Pages older than this are not taken. A page without a date is taken.
    pub since: Option<Timestamp>,
}

impl PagePattern {
    /// Reads a pattern. `None` if there is nothing in it to match.
    pub fn new(written: &str) -> Option<Self> {
        let parts: Vec<String> =
            fold(written.trim()).split('*').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        (!parts.is_empty()).then_some(Self { parts })
    }

    fn matches(&self, folded: &str) -> bool {
        let mut rest = folded;
        self.parts.iter().all(|part| match rest.split_once(part.as_str()) {
            Some((_, after)) => {
                rest = after;
                true
            }
            None => false,
        })
    }
}

impl SourceFilter {
    /// Which of the pages of a list are not taken, in words; `None` if all are. Without them, a list of old pages would
    /// look like one of none.
    pub fn passed_over(&self, pages: &[ListedPage]) -> Option<String> {
        let (old, others): (Vec<&ListedPage>, Vec<&ListedPage>) = pages.iter().partition(|page| self.is_too_old(page));
        let unmatched = others.into_iter().filter(|page| !self.takes(page)).count();
        let since = self.since.map(|since| since.strftime("%Y-%m-%d").to_string()).unwrap_or_default();
        let old = (!old.is_empty()).then(|| {
            format!(
                "{} of them are from before {since} and left out (`days` of the source says how far back)",
                old.len()
            )
        });
        let unmatched =
            (unmatched > 0).then(|| format!("{unmatched} of them are left out by its patterns (`only`, `skip`)"));
        let told: Vec<String> = old.into_iter().chain(unmatched).collect();
        (!told.is_empty()).then(|| told.join("; "))
    }

    /// Whether the page is from before the moment from which on pages are taken.
    fn is_too_old(&self, page: &ListedPage) -> bool {
        self.since.zip(page.moment).is_some_and(|(since, moment)| moment < since)
    }

    /// Whether the page is taken.
    pub fn takes(&self, page: &ListedPage) -> bool {
        if self.is_too_old(page) {
            return false;
        }
        if self.only.is_empty() && self.skip.is_empty() {
            return true;
        }
        let address = fold(&page.address);
        let texts = [address.replace(['-', '_'], " "), address, page.title.as_deref().map(fold).unwrap_or_default()];
        let any =
            |patterns: &[PagePattern]| patterns.iter().any(|pattern| texts.iter().any(|text| pattern.matches(text)));
        (self.only.is_empty() || any(&self.only)) && !any(&self.skip)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(address: &str, title: Option<&str>) -> ListedPage {
        let title = title.map(str::to_owned);
        ListedPage { address: address.to_owned(), title, moment: None, changed: None, own_text: None }
    }

    fn patterns(written: &[&str]) -> Vec<PagePattern> {
        written.iter().filter_map(|pattern| PagePattern::new(pattern)).collect()
    }

    #[test]
    fn words_match_titles_and_addresses() {
        let filter = SourceFilter { only: patterns(&["Sơ kết", "/quoc-phong/*html"]), ..SourceFilter::default() };
        assert!(filter.takes(&page("https://bao.example.vn/a", Some("Hội nghị SƠ KẾT quý I"))));
        assert!(filter.takes(&page("https://bao.example.vn/hoi-nghi-so-ket-quy-i-1.html", None)));
        assert!(filter.takes(&page("https://bao.example.vn/quoc-phong/b.html", Some("Khác"))));
        assert!(!filter.takes(&page("https://bao.example.vn/the-thao/b.html", Some("Khác"))));
        let skipping = SourceFilter { skip: patterns(&["the-thao", "  ", "*"]), ..SourceFilter::default() };
        assert!(!skipping.takes(&page("https://bao.example.vn/the-thao/b.html", None)));
        assert!(skipping.takes(&page("https://bao.example.vn/a.html", None)));
    }

    #[test]
    fn older_pages_are_left_out_and_undated_ones_taken() {
        let filter = SourceFilter { since: Some("2026-07-01T00:00:00Z".parse().unwrap()), ..SourceFilter::default() };
        let at = |moment: &str| ListedPage {
            moment: Some(moment.parse().unwrap()),
            ..page("https://bao.example.vn/a", None)
        };
        assert!(filter.takes(&at("2026-07-01T00:00:00Z")) && !filter.takes(&at("2026-06-30T23:59:59Z")));
        assert!(filter.takes(&page("https://bao.example.vn/a", None)));
        let filter = SourceFilter { skip: patterns(&["vn/b"]), ..filter };
        let pages = [at("2026-06-30T23:59:59Z"), page("https://bao.example.vn/b", None), at("2026-07-01T00:00:00Z")];
        let told = filter.passed_over(&pages).unwrap();
        assert!(told.starts_with("1 of them are from before 2026-07-01") && told.contains("1 of them are left out by"));
        assert_eq!(filter.passed_over(&pages[2..]), None);
    }
}

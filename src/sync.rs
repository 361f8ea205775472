//! New reports by themselves: reads the lists of the sources that the user has named (feeds, sitemaps, pages of links)
//! and fetches the pages that are new in them, politely and within bounds. Nothing is fetched that was not asked for.
//! What comes goes the way of every import; where sources stand is kept in the cache (`store`).

pub mod address_policy;
pub mod challenge;
pub mod clock;
pub mod discovery;
pub mod event;
pub mod fetch;
pub mod http;
pub mod http_lookup;
pub mod listing;
pub mod moment;
pub mod opml;
pub mod outlets;
pub mod politeness;
pub mod redirects;
pub mod robots;
pub mod run;
pub mod single;
pub mod sitemap;
pub mod source_filter;
pub mod sync_lock;
pub mod timer;

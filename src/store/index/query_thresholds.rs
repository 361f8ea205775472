//! The limits at which a query changes its strategy. The defaults were measured; with tiny ones a test of a few reports
//! exercises every strategy. Results never depend on them.

/// At which sizes the query engine takes another way. `Default` has what ships.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryThresholds {
    /// Non-matching reports to read before falling back to the exact index query.
    pub probe_misses: usize,
    /// Each matching report extends that budget by this many.
    pub extra_per_hit: usize,
    /// A prefix with more completions than this is queried as a prefix, not word by word.
    pub wide_prefix: usize,
    /// A phrase whose last word has more completions than this is first searched in the newest reports: FTS5 yields the
    /// first report only after it has found one of each completion.
    pub open_endings: usize,
    /// Up to this many completions of a phrase's last word are queried one by one.
    pub separate_endings: usize,
    /// Rows to count between two checks of the stop flag.
    pub count_step: usize,
    /// Up to this many completions of a prefix are listed. A prefix of numbers can have tens of thousands.
    pub words_of_prefix: usize,
    /// Bytes at the beginning of a text that are searched for a snippet before the rest: most reports name early what
    /// they are about.
    pub early_bytes: usize,
    /// Hashes of written words that a connection remembers (`KnownWordHashes`).
    pub known_hashes: usize,
    /// Slots of the small table before it: a power of two. 2^15 hashes are 256 KiB, which fits in the L2 cache.
    pub common_hashes: usize,
}

impl Default for QueryThresholds {
    fn default() -> Self {
        Self {
            probe_misses: 512,
            extra_per_hit: 64,
            wide_prefix: 64,
            open_endings: 3,
            separate_endings: 256,
            count_step: 16_384,
            words_of_prefix: 1000,
            early_bytes: 1536,
            // What a hash table of 2^20 slots holds before it doubles, to 19 MB.
            known_hashes: 7 << 17,
            common_hashes: 1 << 15,
        }
    }
}

impl QueryThresholds {
    /// So small that a few reports exceed each of them.
    #[cfg(test)]
    pub fn tiny() -> Self {
        Self {
            probe_misses: 1,
            extra_per_hit: 1,
            wide_prefix: 1,
            open_endings: 1,
            separate_endings: 3,
            count_step: 3,
            words_of_prefix: 3,
            early_bytes: 40,
            known_hashes: 20,
            common_hashes: 4,
        }
    }
}

//! Where the query engine changes from one way of working to another. The values that ship were measured; with tiny
//! ones a test of a few reports takes every way. Answers never depend on them.

/// Thresholds of the query engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Non-matching reports to read before the index is asked for exactly what is wanted.
    pub probe_misses: usize,
    /// Each matching report extends that budget by this many.
    pub extra_per_hit: usize,
    /// A prefix of more words than this is asked of the index as a prefix, not word by word.
    pub wide_prefix: usize,
    /// A phrase whose last word can go on to more words than this is first looked for in the newest reports: the index
    /// gives its first report only when it has found one of each.
    pub open_endings: usize,
    /// Words that a phrase can end with are asked for one query each, up to this many.
    pub separate_endings: usize,
    /// Rows to count before a look at whether the count is still wanted.
    pub count_step: usize,
    /// Words that a prefix stands for are listed up to this many. Numbers go on to tens of thousands.
    pub words_of_prefix: usize,
    /// Bytes of a text in which a snippet is looked for before the rest: most reports name early what they are about.
    pub early_bytes: usize,
    /// Hashes of written words that a connection remembers (`KnownHashes`).
    pub known_hashes: usize,
    /// Slots of the small table before it: a power of two. 2^15 hashes are 256 KiB, which fits in the L2 cache.
    pub common_hashes: usize,
}

impl Default for Limits {
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
            known_hashes: 1 << 20,
            common_hashes: 1 << 15,
        }
    }
}

impl Limits {
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

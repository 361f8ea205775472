//! Finding officials: tiers, tones that are respected, words in any order, typos that say so.

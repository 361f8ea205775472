//! Settings and the folders where things live: read once, passed down.

//! Files -> `ingest` -> `extract` -> `store`: in parallel, one outcome a file, a bad file never stops the rest.

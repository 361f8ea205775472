-- cache.db. `body` is the ground truth: texts as imported, each known by the hash of its text. Everything else here is
-- derived from it by the rules named in `meta`, and `rebuild` derives it again.
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE body (
  no         INTEGER PRIMARY KEY,   -- order of import
  id         TEXT NOT NULL UNIQUE,  -- 32 hexadecimal digits of the hash of the text
  text       TEXT NOT NULL,         -- canonical; a BLOB is packed (see packed_text.rs)
  paragraphs BLOB NOT NULL,         -- see cell_encoding.rs
  notes      TEXT NOT NULL,         -- a JSON array of strings
  title      TEXT,                  -- as the file gives it; NULL where it gives none
  origin     TEXT,
  file       TEXT NOT NULL,
  url        TEXT,
  outlet     TEXT,                  -- who published it
  published  TEXT,                  -- YYYY-MM-DD
  added      INTEGER NOT NULL,      -- seconds since 1970
  days       TEXT                   -- other days that hint at its date; see cell_encoding.rs
);

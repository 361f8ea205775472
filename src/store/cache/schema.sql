-- cache.db. `body` is the ground truth: texts as imported, each known by the hash of its text. Everything else here is
-- derived from it by the rules named in `meta`, and `rebuild` derives it again.
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;

-- How many texts there are, and the sum of their numbers: a copy of the file that lacks some does not agree with it (see
-- health.rs). Counted by triggers, so that no way of writing forgets it.
INSERT INTO meta VALUES ('texts', 0), ('text_numbers', 0);

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

CREATE TRIGGER text_saved AFTER INSERT ON body BEGIN
  UPDATE meta SET value = value + 1 WHERE name = 'texts';
  UPDATE meta SET value = value + new.no WHERE name = 'text_numbers';
END;
CREATE TRIGGER text_removed AFTER DELETE ON body BEGIN
  UPDATE meta SET value = value - 1 WHERE name = 'texts';
  UPDATE meta SET value = value - old.no WHERE name = 'text_numbers';
END;

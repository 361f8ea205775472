-- What a cache that joins several archives keeps of them (see joined.rs), besides the tables of every cache.

-- Each archive of the list, in its order, and what of it has been taken over: the texts up to the number `last`.
CREATE TABLE IF NOT EXISTS joined (
  no      INTEGER PRIMARY KEY,      -- place in the list, from 0
  folder  TEXT NOT NULL,
  name    TEXT NOT NULL,            -- what tells it from the others: the end of its path
  file    TEXT,                     -- the number of its file; another file is compared text by text
  texts   INTEGER NOT NULL DEFAULT 0,
  numbers INTEGER NOT NULL DEFAULT 0, -- the sum of their numbers
  last    INTEGER NOT NULL DEFAULT 0,
  last_id TEXT
);

-- Which archive has which text. A text that is in two has two rows here, and one in `body`.
CREATE TABLE IF NOT EXISTS joined_text (
  archive INTEGER NOT NULL,         -- joined.no
  body    INTEGER NOT NULL,         -- body.no
  PRIMARY KEY (archive, body)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS joined_text_by_body ON joined_text (body);

-- The decisions about namesakes by which the officials of each archive were made.
CREATE TABLE IF NOT EXISTS joined_decision (
  archive INTEGER NOT NULL,
  name    TEXT NOT NULL,            -- the key of the name
  data    TEXT NOT NULL,            -- as user.decision.data
  PRIMARY KEY (name, archive)
) WITHOUT ROWID;

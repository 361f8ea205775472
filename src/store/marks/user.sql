-- user.data: the reader's own marks and decisions. Nothing here is derived from reports, and no rebuild touches it.
CREATE TABLE user.mark (
  report  TEXT PRIMARY KEY,         -- body.id
  read    INTEGER NOT NULL DEFAULT 0,
  starred INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE user.tag (
  report TEXT NOT NULL,
  tag    TEXT NOT NULL,
  PRIMARY KEY (report, tag)
) WITHOUT ROWID;

-- `m a` … `' a`: a letter and a place.
CREATE TABLE user.place (
  letter TEXT PRIMARY KEY,
  report TEXT NOT NULL,
  at     INTEGER NOT NULL
) WITHOUT ROWID;

-- Dates that the reader set by hand. The table is younger than the others: files without it get it when they are
-- opened, and older programs leave it alone.
CREATE TABLE IF NOT EXISTS user.dated (
  report TEXT PRIMARY KEY,          -- body.id, of reports that were removed too
  date   TEXT NOT NULL              -- search::date::DayRange as printed: 2018-06-12, 2018-06, q2-2018
) WITHOUT ROWID;

-- Up to where of the cache something was seen: the reader (`reader`), the digest of everything (`digest`) or of a watch
-- (`digest:NAME`). Younger than the others, as `dated` is.
CREATE TABLE IF NOT EXISTS user.seen (
  what TEXT PRIMARY KEY,
  body INTEGER NOT NULL,            -- the last body.no of that time
  at   INTEGER NOT NULL             -- that time, in seconds since 1970
) WITHOUT ROWID;

-- The reader's notes. Younger than the other tables, as the one of dates.
CREATE TABLE IF NOT EXISTS user.note (
  no       INTEGER PRIMARY KEY,
  about    TEXT NOT NULL,           -- 'passage', 'report', 'official'
  report   TEXT,                    -- body.id, the hash of the text; of reports that were removed too. For an official:
                                    -- where reports named them when it was written, `body.id:byte` for each
  official TEXT,                    -- official.id of that time
  start    INTEGER,                 -- the passage, in bytes of the text
  finish   INTEGER,
  quote    TEXT NOT NULL,           -- the words of the passage; the title; the name
  text     TEXT NOT NULL,           -- the note itself
  made     INTEGER NOT NULL,        -- seconds since 1970
  changed  INTEGER NOT NULL
);

-- What the reader decided about officials that share a name, step by step: the last step of a name counts.
CREATE TABLE user.decision (
  no   INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,               -- 'step'
  name TEXT NOT NULL,               -- the key of the name
  data TEXT NOT NULL                -- all decisions about the name, a JSON array of officials::decision::Decision
);

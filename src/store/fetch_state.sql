-- Where the sources stand: part of cache.db, made when the first source is fetched. It is not derived from texts, so a
-- rebuild keeps it; of a cache whose texts had to be salvaged it is lost, and lists are read again.
CREATE TABLE IF NOT EXISTS main.fetch_source (
  name     TEXT PRIMARY KEY,        -- as in the settings
  begun    INTEGER,                 -- the last pass; all times in seconds since 1970
  ended    INTEGER,                 -- earlier than `begun`: it was interrupted and goes on
  next     INTEGER,                 -- no pass before, unless the user asks for one
  failures INTEGER NOT NULL DEFAULT 0, -- passes in a row that ended with a problem
  problem  TEXT,                    -- of the last pass
  new      INTEGER NOT NULL DEFAULT 0, -- reports of the last pass
  known    INTEGER NOT NULL DEFAULT 0,
  failed   INTEGER NOT NULL DEFAULT 0, -- pages of the last pass that gave no report
  all_new  INTEGER NOT NULL DEFAULT 0, -- reports of all passes
  taken    TEXT                     -- the settings by which pages were taken: others need the lists whole
) WITHOUT ROWID;

-- Feeds, sitemaps and pages of links.
CREATE TABLE IF NOT EXISTS main.fetch_list (
  source   TEXT NOT NULL,
  address  TEXT NOT NULL,
  kind     TEXT,                    -- feed, sitemap … as it was last read
  etag     TEXT,                    -- validators of the last answer, as the server gave them
  modified TEXT,
  changed  TEXT,                    -- what the index said of it when it was last read
  wanted   TEXT,                    -- what the index says of it now
  moment   INTEGER,                 -- the same as a time, for the order
  checked  INTEGER,                 -- when it was last read
  pending  INTEGER NOT NULL,        -- 1: still to be read in this pass
  PRIMARY KEY (source, address)
) WITHOUT ROWID;

-- Every page that a list named, each address once, whichever source named it first.
CREATE TABLE IF NOT EXISTS main.fetch_page (
  no         INTEGER PRIMARY KEY,   -- order in which they were listed
  address    TEXT NOT NULL UNIQUE,
  source     TEXT NOT NULL,
  state      INTEGER NOT NULL,      -- 0 waiting, 1 fetched, 2 given up
  title      TEXT,                  -- by the list
  moment     INTEGER,               -- by the list: published, else changed
  changed    TEXT,                  -- in the words of the list
  etag       TEXT,
  modified   TEXT,
  tries      INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER,               -- after a failure, or by Retry-After
  problem    TEXT,                  -- why it gave no report
  report     TEXT                   -- body.id of the newest version
);
CREATE INDEX IF NOT EXISTS main.fetch_page_waiting ON fetch_page (source, moment) WHERE state = 0;

-- The texts of waiting pages that their feed has itself, as markup: in place of pages that cannot be had.
CREATE TABLE IF NOT EXISTS main.fetch_item (
  address TEXT PRIMARY KEY,
  markup  TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS main.fetch_host (
  host      TEXT PRIMARY KEY,
  until     INTEGER,                -- left alone until then
  why       TEXT
) WITHOUT ROWID;

-- When each host was last asked: its pause goes on from one run to the next, however the first ended.
CREATE TABLE IF NOT EXISTS main.fetch_turn (
  host  TEXT PRIMARY KEY,
  asked INTEGER NOT NULL            -- milliseconds since 1970
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS main.fetch_robots (
  origin  TEXT PRIMARY KEY,         -- scheme, host and port
  text    TEXT NOT NULL,            -- empty where the host has none
  checked INTEGER NOT NULL
) WITHOUT ROWID;

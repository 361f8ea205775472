-- Everything that is derived from `body`: dropped and derived again if the cache has an older format (see migrate.rs).
-- SQLite keeps the comments inside a statement in the file; those between statements are free to change.

-- One narrow row for each report: what lists and filters need. `row` follows the date, and is below every
-- dated one if there is none (see dated_row_numbers.rs), so that newest first is ORDER BY row DESC and stops early.
CREATE TABLE report (
  row       INTEGER PRIMARY KEY,
  body      INTEGER NOT NULL UNIQUE REFERENCES body (no) ON DELETE CASCADE,
  id        TEXT NOT NULL,
  day       TEXT,                   -- of the event, stated or inferred, YYYY-MM-DD; NULL where nothing tells
  date_code INTEGER NOT NULL,       -- certainty and precision of the day (see dated_row_numbers.rs)
  title     TEXT NOT NULL,
  origin    TEXT NOT NULL,
  kind      TEXT NOT NULL,
  period    TEXT,
  unit      TEXT,
  source    TEXT NOT NULL,          -- address, else file
  number    TEXT,                   -- of an official document; so are the next two
  place     TEXT,
  signer    TEXT,
  added     INTEGER NOT NULL,       -- body.added, which stands behind the text there
  story     INTEGER                 -- body of the report that represents its story; NULL where no other tells it
);
CREATE INDEX report_by_unit ON report (unit, row);
CREATE INDEX report_by_added ON report (added);
CREATE INDEX report_by_story ON report (story) WHERE story IS NOT NULL;

-- Folded words of text and title; rowid is report.row. `text` comes first because FTS5 stores the positions of the first
-- column without naming the column.
CREATE VIRTUAL TABLE words USING fts5 (text, title, content = '', contentless_delete = 1, tokenize = 'ascii');

-- What each report is listed under, each once and without positions: forms of words that carry tones or marks (see
-- search::matching::form), and after `_` the first letters of words (beginnings). rowid is report.row.
CREATE VIRTUAL TABLE listed USING fts5 (
  under, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_'"
);

-- A batch of an import is written as one segment of the index. Segments are merged at the end of an import, each level
-- of eight or more at once (see indexing.rs): merging while it goes on would write each word of a large import once for
-- each level. Only more than 256 segments are merged at once.
INSERT INTO words (words, rank)
  VALUES ('hashsize', 16777216), ('automerge', 0), ('crisismerge', 256), ('usermerge', 8);
INSERT INTO listed (listed, rank)
  VALUES ('hashsize', 8388608), ('automerge', 0), ('crisismerge', 256), ('usermerge', 8);

-- Every word that was ever indexed: what a typed word can mean.
CREATE TABLE vocabulary (
  folded   TEXT NOT NULL,           -- the token of `words`
  form     TEXT NOT NULL,           -- what its spellings share, with tones and marks: the token of `listed`
  squeezed TEXT NOT NULL,           -- the key of its keystrokes
  PRIMARY KEY (folded, form)
) WITHOUT ROWID;
CREATE INDEX vocabulary_by_key ON vocabulary (squeezed);

-- Which words ever followed a word directly: how a phrase can continue (see following_words.rs).
CREATE TABLE beside (
  word TEXT PRIMARY KEY,            -- a token of `words`
  next NOT NULL                     -- tokens in order with a space between, packed as a text is
) WITHOUT ROWID;

-- Each way of spelling a name once: the key of identity, never folded.
CREATE TABLE name (
  no  INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE
);

-- People of a report in press order. The columns of the report that identification needs are repeated here, so that a
-- name's people are read from one table; the day is in the row number. The keys begin with a partition of imports (see
-- person_partition.rs), so that an import writes to the end of the table, whatever the days and names of its reports.
CREATE TABLE person (
  part       INTEGER NOT NULL,      -- of report.body
  report     INTEGER NOT NULL,      -- report.row
  place      INTEGER NOT NULL,      -- from 0
  name_no    INTEGER NOT NULL,
  name       TEXT NOT NULL,         -- as written
  rank       TEXT,                  -- canonical
  said       TEXT NOT NULL,         -- officials::PersonStatement as JSON: all that the report says of the person
  official   TEXT,                  -- official.id where the name has several (see official_of_person.rs), else NULL
  id         BLOB NOT NULL,         -- the report's id, 16 bytes
  unit       TEXT,                  -- the report's
  date_code  INTEGER NOT NULL,      -- the report's
  story      INTEGER,               -- of the report
  PRIMARY KEY (part, report, place)
) WITHOUT ROWID;
CREATE INDEX person_by_name ON person (part >> 4, name_no);

-- Each wording of a post once, and the reports in which a person has it.
CREATE TABLE post (
  no   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);
CREATE TABLE posted (
  part   INTEGER NOT NULL,          -- of report.body, a lookup partition
  post   INTEGER NOT NULL,
  report INTEGER NOT NULL,          -- report.row
  PRIMARY KEY (part, post, report)
) WITHOUT ROWID;

-- What happens to somebody in a report: which reports announce a promotion.
CREATE TABLE happened (
  kind   TEXT NOT NULL,             -- report::CareerEventKind
  report INTEGER NOT NULL,          -- report.row
  PRIMARY KEY (kind, report)
) WITHOUT ROWID;

-- Names whose officials must be identified again: they gained or lost a person since.
CREATE TABLE stale (name_no INTEGER PRIMARY KEY);
-- Those of them that gained one, and the first partition of `person` in which nobody has looked at some of the name.
CREATE TABLE unidentified (name_no INTEGER PRIMARY KEY, part INTEGER NOT NULL);

-- The register, one row for each official: what the finder shows.
CREATE TABLE official (
  id         TEXT PRIMARY KEY,
  name_no    INTEGER NOT NULL,
  name       TEXT NOT NULL,
  rank       TEXT,
  posts      TEXT NOT NULL,         -- a JSON array of words
  former     TEXT NOT NULL,         -- ranks and posts no longer held, the latest first: a JSON array
  reports    INTEGER NOT NULL,
  first      TEXT,                  -- YYYY-MM-DD, with ~ before it where it is not the event's own
  last       TEXT,
  doubts     INTEGER NOT NULL,      -- how many judgements about the official should be reviewed
  doubt_reports    INTEGER,         -- of the one that matters most: how many reports it may be wrong about,
  doubt_among      INTEGER,         -- of how many of the official, or of both officials,
  doubt_confidence INTEGER,         -- and how sure it is, in percent
  country    TEXT,                  -- of a foreigner
  has_sign   INTEGER NOT NULL       -- 0: the observations of the name of which no report says more
) WITHOUT ROWID;
-- Has what it takes to count the officials: see IS_OFFICIAL.
CREATE INDEX official_by_name ON official (name_no, has_sign);
-- The few to be reviewed, and their number, without reading the others.
CREATE INDEX official_in_doubt ON official (doubts) WHERE doubts > 0;

-- Who holds or held which post: what queries by post or unit need.
CREATE TABLE held (
  official TEXT NOT NULL,
  n        INTEGER NOT NULL,
  name_no  INTEGER NOT NULL,
  folded   TEXT NOT NULL,           -- words of post and unit
  data     TEXT NOT NULL,           -- see holding_row.rs
  PRIMARY KEY (official, n)
) WITHOUT ROWID;
CREATE INDEX held_by_name ON held (name_no);

-- The decisions of namesakes by which the officials of a name were identified (see decisions.rs): who reads the cache as
-- an archive cannot read the file of marks that they come from.
CREATE TABLE applied_decision (
  name TEXT PRIMARY KEY,            -- the key of the name
  data TEXT NOT NULL                -- as user.decision.data
) WITHOUT ROWID;

-- Which reports tell one story (see stories.rs): what each is compared by, and the keys by which those to compare with
-- are found. `report.story` and `person.story` are made from them.
CREATE TABLE fingerprint (
  body INTEGER PRIMARY KEY,
  data BLOB NOT NULL                -- officials::story::Fingerprint as bytes
);
CREATE TABLE story_key (
  key  INTEGER NOT NULL,
  body INTEGER NOT NULL,
  PRIMARY KEY (key, body)
) WITHOUT ROWID;
-- Reports whose story must be looked for: new ones, and those of which another that told the same is gone or changed.
CREATE TABLE ungrouped (body INTEGER PRIMARY KEY);

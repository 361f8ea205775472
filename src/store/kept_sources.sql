-- The bytes that reports were read from: part of cache.db, made when the first ones are kept. They are not derived from
-- texts, so a rebuild keeps them; they go with the last report that was read from them.
CREATE TABLE IF NOT EXISTS main.kept_source (
  no    INTEGER PRIMARY KEY,
  hash  TEXT NOT NULL UNIQUE,       -- 64 hexadecimal digits of the hash of the bytes
  bytes INTEGER NOT NULL,           -- how many they are
  data  BLOB NOT NULL               -- a zstd frame
);

CREATE TABLE IF NOT EXISTS main.kept_reading (
  report TEXT PRIMARY KEY,          -- body.id
  source INTEGER NOT NULL,          -- kept_source.no
  nth    INTEGER NOT NULL,          -- which of the reports in it, from 0
  how    TEXT NOT NULL              -- JSON: the name and the options by which it was read (import/kept.rs)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS main.kept_reading_source ON kept_reading (source);

-- The sum of the lengths of all frames, against which the limit is held.
INSERT OR IGNORE INTO main.meta VALUES ('kept_bytes', 0);

CREATE TRIGGER IF NOT EXISTS main.kept_source_added AFTER INSERT ON kept_source BEGIN
  UPDATE meta SET value = value + length(new.data) WHERE name = 'kept_bytes';
END;
CREATE TRIGGER IF NOT EXISTS main.kept_source_removed AFTER DELETE ON kept_source BEGIN
  UPDATE meta SET value = value - length(old.data) WHERE name = 'kept_bytes';
END;
CREATE TRIGGER IF NOT EXISTS main.kept_report_removed AFTER DELETE ON body BEGIN
  DELETE FROM kept_reading WHERE report = old.id;
END;
CREATE TRIGGER IF NOT EXISTS main.kept_reading_removed AFTER DELETE ON kept_reading BEGIN
  DELETE FROM kept_source
  WHERE no = old.source AND NOT EXISTS (SELECT 1 FROM kept_reading WHERE source = old.source);
END;

-- The reader's own decisions about an archive, whose tables cannot be written: what they change is in tables in memory,
-- and views of the same names put that in the place of the rows of the archive. A table of `temp` is found before one
-- of `main`, so all other statements stay as they are.
CREATE TEMP TABLE own_name (name_no INTEGER PRIMARY KEY);
CREATE TEMP TABLE own_official AS SELECT * FROM main.official LIMIT 0;
CREATE INDEX temp.own_official_by_id ON own_official (id);
CREATE TEMP TABLE own_held AS SELECT * FROM main.held LIMIT 0;
CREATE TEMP TABLE own_person (
  part     INTEGER NOT NULL,
  report   INTEGER NOT NULL,
  place    INTEGER NOT NULL,
  name_no  INTEGER NOT NULL,
  official TEXT,
  PRIMARY KEY (part, report, place)
) WITHOUT ROWID;

CREATE TEMP VIEW official AS
  SELECT * FROM main.official WHERE name_no NOT IN (SELECT name_no FROM own_name)
  UNION ALL SELECT * FROM own_official;
CREATE TEMP TRIGGER official_deleted INSTEAD OF DELETE ON official BEGIN
  DELETE FROM own_official WHERE id = old.id;
END;

CREATE TEMP VIEW held AS
  SELECT * FROM main.held WHERE name_no NOT IN (SELECT name_no FROM own_name)
  UNION ALL SELECT * FROM own_held;
CREATE TEMP TRIGGER held_deleted INSTEAD OF DELETE ON held BEGIN
  DELETE FROM own_held WHERE official = old.official AND n = old.n;
END;

CREATE TEMP TRIGGER official_inserted INSTEAD OF INSERT ON official BEGIN
  INSERT INTO own_official (id, name_no, name, rank, posts, former, reports, first, last, doubts, doubt_reports,
    doubt_among, doubt_confidence, country, has_sign)
  VALUES (new.id, new.name_no, new.name, new.rank, new.posts, new.former, new.reports, new.first, new.last,
    new.doubts, new.doubt_reports, new.doubt_among, new.doubt_confidence, new.country, new.has_sign);
END;

CREATE TEMP TRIGGER held_inserted INSTEAD OF INSERT ON held BEGIN
  INSERT INTO own_held (official, n, name_no, folded, data)
  VALUES (new.official, new.n, new.name_no, new.folded, new.data);
END;

-- All people of such a name have been looked at, those too whom the archive has not identified yet.
CREATE TEMP VIEW unidentified AS
  SELECT * FROM main.unidentified WHERE name_no NOT IN (SELECT name_no FROM own_name);

CREATE TEMP VIEW person AS
  SELECT part, report, place, name_no, name, rank, said,
    CASE WHEN name_no IN (SELECT name_no FROM own_name)
      THEN (SELECT o.official FROM own_person o WHERE o.part = p.part AND o.report = p.report AND o.place = p.place)
      ELSE official
    END AS official,
    id, unit, date_code, story
  FROM main.person p;
CREATE TEMP TRIGGER person_updated INSTEAD OF UPDATE ON person BEGIN
  INSERT OR REPLACE INTO own_person (part, report, place, name_no, official)
    VALUES (new.part, new.report, new.place, new.name_no, new.official);
END;

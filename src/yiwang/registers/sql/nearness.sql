-- How near two texts are: 1 less the share of characters that an edit changes, spaces and punctuation aside.
-- The edit distance is that of fuzzystrmatch, which comes with PostgreSQL; where an installation lacks it, texts
-- are near only when they are the same.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'fuzzystrmatch') THEN
    CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
    CREATE OR REPLACE FUNCTION reg.edits(a text, b text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT levenshtein(left(a, 60), left(b, 60))';
  ELSE
    CREATE OR REPLACE FUNCTION reg.edits(a text, b text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS 'SELECT CASE WHEN left(a, 60) = left(b, 60) THEN 0 ELSE greatest(length(a), length(b)) END';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION reg.bare(t text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN upper(regexp_replace(t, '[[:space:][:punct:]（）·．，。、\u3000]', '', 'g'));

CREATE OR REPLACE FUNCTION reg.nearness(a text, b text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN a IS NULL OR b IS NULL THEN NULL
    WHEN reg.bare(a) = reg.bare(b) THEN 1
    ELSE greatest(0, 1 - reg.edits(reg.bare(a), reg.bare(b))::numeric
        / greatest(least(greatest(length(reg.bare(a)), length(reg.bare(b))), 60), 1))
END;

"""Where a case lies: the point of its standard address beside its row, as it was kept and as maps draw it.

Both are values of the same row, made of what ``data`` keeps of addresses, so they never differ from it. Of
several addresses that one counts which was asked on its own, not in the rows of a group; of those the one
with the shortest key. One without a point is passed over.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

_PLACE = """
CREATE FUNCTION cases_place(data jsonb) RETURNS geometry LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
  SELECT ST_SetSRID(ST_MakePoint(p.east, p.north), 4490)
  FROM jsonb_each(
    CASE WHEN jsonb_typeof(data -> 'standard_addresses') = 'object' THEN data -> 'standard_addresses' END
  ) AS a(path, said),
  LATERAL (SELECT
    CASE WHEN jsonb_typeof(a.said -> 'longitude') = 'number' THEN (a.said -> 'longitude')::float8 END AS east,
    CASE WHEN jsonb_typeof(a.said -> 'latitude') = 'number' THEN (a.said -> 'latitude')::float8 END AS north
  ) AS p
  WHERE p.east BETWEEN -180 AND 180 AND p.north BETWEEN -85 AND 85
  ORDER BY strpos(a.path, '.') > 0, length(a.path), a.path COLLATE "C" LIMIT 1
)
"""


class Migration(migrations.Migration):
    """Columns that the database computes; models do not name them."""

    dependencies: ClassVar = [("cases", "0005_enclosures_and_letters"), ("registers", "0003_shapes")]
    operations: ClassVar = [
        migrations.RunSQL(_PLACE, "DROP FUNCTION cases_place(jsonb)"),
        migrations.RunSQL(
            "ALTER TABLE cases_case "
            "ADD COLUMN place geometry(Point, 4490) GENERATED ALWAYS AS (cases_place(data)) STORED, "
            "ADD COLUMN place_drawn geometry(Point, 3857) "
            "GENERATED ALWAYS AS (ST_Transform(cases_place(data), 3857)) STORED",
            "ALTER TABLE cases_case DROP COLUMN place, DROP COLUMN place_drawn",
        ),
        migrations.RunSQL(
            "CREATE INDEX case_place ON cases_case USING gist (place) WHERE place IS NOT NULL; "
            "CREATE INDEX case_place_drawn ON cases_case USING gist (place_drawn) WHERE place_drawn IS NOT NULL",
            "DROP INDEX case_place; DROP INDEX case_place_drawn",
        ),
    ]

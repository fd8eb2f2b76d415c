"""Where on the map registers changed, written by triggers."""

from __future__ import annotations

from django.db import migrations, models

#: Shapes of a statement that changes a few entries are noted as they are, up to so many corners; of more
#: entries at most some three hundred boxes, each around those of one part of the place where they lie.
_NOTE = """
CREATE FUNCTION registers_note_drawn() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
  drawn text := quote_ident('_map' || TG_ARGV[1]);
  changed text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT ' || drawn || ' AS g FROM came'
    WHEN 'DELETE' THEN 'SELECT ' || drawn || ' AS g FROM gone'
    ELSE 'SELECT ' || drawn || ' AS g FROM came UNION ALL SELECT ' || drawn || ' FROM gone' END;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO registers_drawnchange (position, register, field, noted_at)
    VALUES (pg_current_xact_id()::text::bigint, TG_ARGV[0], TG_ARGV[1]::int, clock_timestamp());
    RETURN NULL;
  END IF;
  EXECUTE 'WITH d AS MATERIALIZED (SELECT g FROM (' || changed || ') a WHERE g IS NOT NULL), '
    's AS MATERIALIZED (SELECT count(*) AS n, ST_Extent(g)::box3d AS whole FROM d), '
    'c AS MATERIALIZED (SELECT n, nullif(greatest(ST_XMax(whole) - ST_XMin(whole), '
    'ST_YMax(whole) - ST_YMin(whole)) / 16, 0) AS side FROM s) '
    'INSERT INTO registers_drawnchange (position, register, field, noted_at, shape) '
    'SELECT pg_current_xact_id()::text::bigint, $1, $2::int, clock_timestamp(), b.shape FROM ('
    'SELECT CASE WHEN ST_NPoints(g) <= 20000 THEN g ELSE ST_Envelope(g) END AS shape FROM d, c WHERE n <= 24 '
    'UNION ALL SELECT ST_SetSRID(ST_Extent(g)::geometry, 3857) FROM d, c WHERE n > 24 '
    'GROUP BY floor(ST_XMin(g) / side), floor(ST_YMin(g) / side)) b WHERE b.shape IS NOT NULL'
    USING TG_ARGV[0], TG_ARGV[1];
  RETURN NULL;
END $body$;
"""
#: Registers that were drawn before this.
_BEGUN = """
DO $do$
DECLARE
  found record;
  event record;
BEGIN
  FOR found IN
    SELECT c.relname, substr(a.attname, 5) AS field FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = to_regnamespace('reg') AND c.relkind = 'r' AND a.attname ~ '^_map[0-9]+$'
      AND NOT a.attisdropped AND EXISTS (SELECT FROM registers_register r WHERE r.code = c.relname)
  LOOP
    FOR event IN SELECT * FROM (VALUES ('INSERT', 'REFERENCING NEW TABLE AS came'),
      ('UPDATE', 'REFERENCING OLD TABLE AS gone NEW TABLE AS came'),
      ('DELETE', 'REFERENCING OLD TABLE AS gone'), ('TRUNCATE', '')) v (name, seen)
    LOOP
      EXECUTE format('CREATE TRIGGER %I AFTER %s ON reg.%I %s FOR EACH STATEMENT '
        'EXECUTE FUNCTION registers_note_drawn(%L, %L)',
        'drawn_' || found.field || '_' || lower(event.name), event.name, found.relname, event.seen,
        found.relname, found.field);
    END LOOP;
  END LOOP;
END $do$;
"""


class Migration(migrations.Migration):
    dependencies = [("registers", "0013_export_system")]

    operations = [
        migrations.CreateModel(
            name="DrawnChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.BigIntegerField(db_index=True)),
                ("register", models.CharField(max_length=41)),
                ("field", models.IntegerField()),
                ("noted_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE registers_drawnchange ADD COLUMN shape geometry(Geometry, 3857)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(_NOTE, migrations.RunSQL.noop),
        migrations.RunSQL(_BEGUN, migrations.RunSQL.noop),
    ]

"""Every version says what it was written on: the case whose decision it carries out."""

from __future__ import annotations

from django.db import migrations

#: Tables of registers are made by apply, not by Django; those made before get the column here.
_ADD = """
DO $$
DECLARE found record;
BEGIN
  FOR found IN
    SELECT table_name FROM information_schema.columns
    WHERE table_schema = 'reg' AND column_name = '_entry'
  LOOP
    EXECUTE format('ALTER TABLE reg.%I ADD COLUMN IF NOT EXISTS _basis text NOT NULL DEFAULT %L',
                   found.table_name, '');
  END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registers", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL([_ADD], migrations.RunSQL.noop),
    ]

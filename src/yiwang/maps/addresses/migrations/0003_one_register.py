"""The index is of one register now: what was made from the other goes, and the whole is made anew."""

from django.db import migrations

_EMPTY = """
DELETE FROM addresses_waiting;
INSERT INTO addresses_waiting (register, entry)
  SELECT 'addresses', NULL WHERE EXISTS (SELECT FROM addresses_door);
TRUNCATE addresses_door, addresses_placename, addresses_namebeginning, addresses_namevariant;
"""


class Migration(migrations.Migration):
    dependencies = [("addresses", "0002_batches")]
    operations = [migrations.RunSQL(_EMPTY, migrations.RunSQL.noop)]

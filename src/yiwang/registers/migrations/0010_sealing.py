from pathlib import Path

from django.db import migrations

SEALING = Path(__file__).resolve().parents[1] / "sql" / "sealing.sql"


class Migration(migrations.Migration):
    """Fields that lie encrypted."""

    dependencies = [("registers", "0009_change_feed")]

    operations = [
        migrations.RunSQL([SEALING.read_text(encoding="utf-8")], migrations.RunSQL.noop),
    ]

from pathlib import Path

from django.db import migrations, models

SHAPES = Path(__file__).resolve().parents[1] / "sql" / "shapes.sql"


class Migration(migrations.Migration):
    """Areas whose borders cross are repaired where the officer asks for it, and notes are counted."""

    dependencies = [
        ("registers", "0015_load_system"),
    ]

    operations = [
        migrations.RunSQL([SHAPES.read_text(encoding="utf-8")], migrations.RunSQL.noop),
        migrations.AddField(
            model_name="fileload",
            name="noted",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="intake",
            name="repairing",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]

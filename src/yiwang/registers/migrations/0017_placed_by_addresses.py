"""Files whose places come from their addresses."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The column that was chosen, and how sure the places were."""

    dependencies = [("registers", "0016_looked_over_shapes")]

    operations = [
        migrations.AddField(
            "intake", "placed_by", models.CharField(blank=True, db_default="", default="", max_length=200)
        ),
        migrations.AddField("intake", "placed", models.JSONField(null=True)),
        migrations.AddField(
            "columnmapping",
            "placed_by",
            models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField("fileload", "placed", models.JSONField(null=True)),
    ]

"""Files whose reference system an officer declares."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """A mark beside each file and each load."""

    dependencies = [("registers", "0014_drawn_changes")]

    operations = [
        migrations.AddField("intake", "system", models.CharField(blank=True, default="", max_length=10)),
        migrations.AddField("fileload", "system", models.CharField(blank=True, default="", max_length=10)),
    ]

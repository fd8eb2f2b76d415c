"""Exports in a reference system of choice."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """A number beside each export."""

    dependencies = [("registers", "0012_register_drafts")]

    operations = [
        migrations.AddField("export", "system", models.PositiveIntegerField(default=4490)),
    ]

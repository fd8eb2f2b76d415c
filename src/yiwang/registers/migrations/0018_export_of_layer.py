"""Exports of what a layer of the map shows."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The layer; empty for the register itself."""

    dependencies = [("registers", "0017_placed_by_addresses")]

    operations = [
        migrations.AddField(
            "export", "layer", models.CharField(blank=True, db_default="", default="", max_length=41)
        ),
    ]

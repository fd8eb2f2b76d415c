"""Layers; a layer that changes makes remembered decisions void, as a register that changes does."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [("registers", "0012_register_drafts"), ("exchange", "0003_machine_clients")]

    operations = [
        migrations.CreateModel(
            name="Layer",
            fields=[
                ("code", models.CharField(max_length=41, primary_key=True, serialize=False)),
                ("revision", models.IntegerField()),
                ("definition", models.JSONField()),
                ("applied_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RunSQL(
            [
                "CREATE TRIGGER law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON maps_layer "
                "FOR EACH STATEMENT EXECUTE FUNCTION exchange_renew_law_mark()"
            ],
            ["DROP TRIGGER law_changed ON maps_layer"],
        ),
    ]

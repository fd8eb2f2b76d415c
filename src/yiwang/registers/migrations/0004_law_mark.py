"""A register that changes makes remembered decisions of the exchange void, as a grant that changes does."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("registers", "0003_shapes"),
        ("exchange", "0003_machine_clients"),
    ]

    operations = [
        migrations.RunSQL(
            [
                "CREATE TRIGGER law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON registers_register "
                "FOR EACH STATEMENT EXECUTE FUNCTION exchange_renew_law_mark()"
            ],
            ["DROP TRIGGER law_changed ON registers_register"],
        ),
    ]

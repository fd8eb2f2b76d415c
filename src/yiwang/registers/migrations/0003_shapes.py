from pathlib import Path

from django.db import migrations

SHAPES = Path(__file__).resolve().parents[1] / "sql" / "shapes.sql"


class Migration(migrations.Migration):
    """Lines and areas, and coordinates that come in another system."""

    dependencies = [("registers", "0002_basis")]

    operations = [
        migrations.RunSQL([SHAPES.read_text(encoding="utf-8")], migrations.RunSQL.noop),
    ]

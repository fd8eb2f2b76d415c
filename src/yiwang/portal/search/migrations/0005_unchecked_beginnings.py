"""Beginnings are written with their documents and go with them; the database need not check each again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0004_words_in_their_row")]

    operations = [
        migrations.AlterField(
            model_name="beginning",
            name="document",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.CASCADE, to="search.indexed"
            ),
        ),
    ]

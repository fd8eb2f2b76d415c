"""The one page above all sites and the one locale (English stands beside the Chinese of each page).

Paths of the tree are compared byte by byte, as in Wagtail's own history; prefixes of them then use the index.
"""

from django.db import migrations

_PATHS = 'ALTER TABLE {table} ALTER COLUMN path TYPE varchar(255) COLLATE "C"'


def _begin(apps, schema_editor):
    kinds = apps.get_model("contenttypes.ContentType").objects
    kind, _ = kinds.get_or_create(app_label="wagtailcore", model="page")
    locale, _ = apps.get_model("wagtailcore.Locale").objects.get_or_create(language_code="zh-hans")
    apps.get_model("wagtailcore.Page").objects.get_or_create(
        depth=1,
        defaults={
            "title": "Root",
            "draft_title": "Root",
            "slug": "root",
            "path": "0001",
            "numchild": 0,
            "url_path": "/",
            "content_type": kind,
            "locale": locale,
        },
    )


class Migration(migrations.Migration):
    dependencies = [("wagtailcore", "0001_initial")]
    operations = [
        migrations.RunSQL(_PATHS.format(table="wagtailcore_page"), migrations.RunSQL.noop),
        migrations.RunSQL(_PATHS.format(table="wagtailcore_collection"), migrations.RunSQL.noop),
        migrations.RunPython(_begin, migrations.RunPython.noop),
    ]

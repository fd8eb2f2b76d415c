"""What changed of the public pages, written by triggers."""

from django.db import migrations, models

_TRIGGERS = """
CREATE FUNCTION keeping_page_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO keeping_change (position, page, address, is_leaf)
  SELECT pg_current_xact_id()::text::bigint, NEW.id,
    COALESCE((SELECT p.address FROM sites_sitepage p WHERE p.page_ptr_id = NEW.id), ''),
    NEW.numchild = 0 AND NOT NEW.show_in_menus
      AND (TG_OP = 'INSERT' OR (OLD.numchild = 0 AND NOT OLD.show_in_menus));
  RETURN NULL;
END $body$;
CREATE FUNCTION keeping_all_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO keeping_change (position, page, address, is_leaf)
  VALUES (pg_current_xact_id()::text::bigint, NULL, '', FALSE);
  RETURN NULL;
END $body$;
CREATE TRIGGER keeping_page_made AFTER INSERT ON wagtailcore_page FOR EACH ROW WHEN (NEW.live)
  EXECUTE FUNCTION keeping_page_changed();
CREATE TRIGGER keeping_page_changed AFTER UPDATE ON wagtailcore_page FOR EACH ROW
  WHEN ((OLD.live OR NEW.live) AND
    (OLD.live, OLD.live_revision_id, OLD.last_published_at, OLD.title, OLD.slug, OLD.path, OLD.show_in_menus)
    IS DISTINCT FROM
    (NEW.live, NEW.live_revision_id, NEW.last_published_at, NEW.title, NEW.slug, NEW.path, NEW.show_in_menus))
  EXECUTE FUNCTION keeping_page_changed();
CREATE TRIGGER keeping_page_deleted AFTER DELETE ON wagtailcore_page FOR EACH ROW WHEN (OLD.live)
  EXECUTE FUNCTION keeping_all_changed();
CREATE TRIGGER keeping_site_made AFTER INSERT OR DELETE ON sites_groupsite FOR EACH ROW
  EXECUTE FUNCTION keeping_all_changed();
CREATE TRIGGER keeping_site_changed AFTER UPDATE ON sites_groupsite FOR EACH ROW
  WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION keeping_all_changed();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("sites", "0001_initial"), ("wagtailcore", "0002_root")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.BigIntegerField(db_index=True)),
                ("page", models.BigIntegerField(null=True)),
                ("address", models.CharField(max_length=400)),
                ("is_leaf", models.BooleanField()),
            ],
        ),
        migrations.RunSQL(_TRIGGERS, migrations.RunSQL.noop),
    ]

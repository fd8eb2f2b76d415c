"""Pages that show what is kept elsewhere are noted when that changes; a site that changes touches itself."""

from django.db import migrations

_TRIGGERS = """
CREATE FUNCTION keeping_service_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO keeping_change (position, page, address, is_leaf)
  SELECT pg_current_xact_id()::text::bigint, p.page_ptr_id, p.address, TRUE
  FROM sites_sitepage p JOIN wagtailcore_page w ON w.id = p.page_ptr_id
  WHERE w.live AND p.page_ptr_id IN (
    SELECT s.sitepage_ptr_id FROM sites_servicepage s WHERE s.item = COALESCE(NEW.code, OLD.code)
    UNION SELECT f.sitepage_ptr_id FROM sites_formpage f WHERE f.item = COALESCE(NEW.code, OLD.code));
  RETURN NULL;
END $body$;
CREATE TRIGGER keeping_service_changed AFTER INSERT OR UPDATE OR DELETE ON cases_casetypeversion
  FOR EACH ROW EXECUTE FUNCTION keeping_service_changed();

CREATE TRIGGER keeping_body_renamed AFTER UPDATE ON identity_organisation FOR EACH ROW
  WHEN ((OLD.name_zh, OLD.name_en, OLD.short_zh) IS DISTINCT FROM (NEW.name_zh, NEW.name_en, NEW.short_zh))
  EXECUTE FUNCTION keeping_all_changed();

CREATE FUNCTION keeping_site_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO keeping_change (position, page, address, is_leaf)
  VALUES (pg_current_xact_id()::text::bigint, NULL, NEW.code || '/', FALSE);
  RETURN NULL;
END $body$;
DROP TRIGGER keeping_site_changed ON sites_groupsite;
CREATE TRIGGER keeping_site_changed AFTER UPDATE ON sites_groupsite FOR EACH ROW
  WHEN ((OLD.title_zh, OLD.title_en, OLD.kind, OLD.organisation, OLD.theme, OLD.identifier, OLD.phone,
         OLD."order", OLD.active) IS DISTINCT FROM
        (NEW.title_zh, NEW.title_en, NEW.kind, NEW.organisation, NEW.theme, NEW.identifier, NEW.phone,
         NEW."order", NEW.active))
  EXECUTE FUNCTION keeping_site_changed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("keeping", "0001_changes"),
        ("sites", "0004_kinds_of_pages"),
        ("cases", "0005_enclosures_and_letters"),
        ("identity", "0001_initial"),
    ]

    operations = [migrations.RunSQL(_TRIGGERS, migrations.RunSQL.noop)]

"""The sites' pages of an item are noted as changed when its life, its links or the item itself change.

A page shows the state of its own file, the acts on it and by it, what is linked to it, and (an explanation)
the state of the files that it explains: whatever is one act or link away.
"""

from django.db import migrations

_TRIGGERS = """
CREATE INDEX openness_policypage_number ON openness_policypage (index_number);
CREATE INDEX openness_explanationpage_number ON openness_explanationpage (index_number);

CREATE FUNCTION openness_note_pages(about bigint[]) RETURNS bigint LANGUAGE sql AS $body$
  WITH around AS (
    SELECT unnest(about) AS id
    UNION SELECT a.by_id FROM openness_fileact a WHERE a.target_id = ANY(about)
    UNION SELECT a.target_id FROM openness_fileact a WHERE a.by_id = ANY(about)
    UNION SELECT l.item_id FROM openness_link l WHERE l.policy_id = ANY(about)
    UNION SELECT l.policy_id FROM openness_link l WHERE l.item_id = ANY(about)
  ), numbers AS (
    SELECT i.index_number FROM openness_item i JOIN around USING (id)
  ), noted AS (
    INSERT INTO keeping_change (position, page, address, is_leaf)
    SELECT pg_current_xact_id()::text::bigint, p.page_ptr_id, p.address, TRUE
    FROM sites_sitepage p JOIN wagtailcore_page w ON w.id = p.page_ptr_id
    WHERE w.live AND p.page_ptr_id IN (
      SELECT o.sitepage_ptr_id FROM openness_policypage o JOIN numbers USING (index_number)
      UNION SELECT o.sitepage_ptr_id FROM openness_explanationpage o JOIN numbers USING (index_number))
    RETURNING 1
  )
  SELECT count(*) FROM noted
$body$;

CREATE FUNCTION openness_item_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF NEW.published_at IS NOT NULL OR (TG_OP = 'UPDATE' AND OLD.published_at IS NOT NULL) THEN
    PERFORM openness_note_pages(ARRAY[NEW.id]);
  END IF;
  RETURN NULL;
END $body$;
CREATE TRIGGER openness_item_made AFTER INSERT ON openness_item FOR EACH ROW
  EXECUTE FUNCTION openness_item_changed();
CREATE TRIGGER openness_item_changed AFTER UPDATE ON openness_item FOR EACH ROW
  WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION openness_item_changed();

CREATE FUNCTION openness_life_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF NEW.confirmed_at IS NOT NULL OR OLD.confirmed_at IS NOT NULL THEN
    PERFORM openness_note_pages(array_remove(
      ARRAY[NEW.target_id, OLD.target_id, NEW.by_id, OLD.by_id], NULL));
  END IF;
  RETURN NULL;
END $body$;
CREATE TRIGGER openness_life_changed AFTER INSERT OR UPDATE OR DELETE ON openness_fileact FOR EACH ROW
  EXECUTE FUNCTION openness_life_changed();

CREATE FUNCTION openness_link_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM openness_note_pages(array_remove(
    ARRAY[NEW.policy_id, OLD.policy_id, NEW.item_id, OLD.item_id], NULL));
  RETURN NULL;
END $body$;
CREATE TRIGGER openness_link_changed AFTER INSERT OR UPDATE OR DELETE ON openness_link FOR EACH ROW
  EXECUTE FUNCTION openness_link_changed();

CREATE FUNCTION openness_service_changed() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM openness_note_pages(ARRAY(
    SELECT l.policy_id FROM openness_link l WHERE l.service = COALESCE(NEW.code, OLD.code)));
  RETURN NULL;
END $body$;
CREATE TRIGGER openness_service_changed AFTER INSERT OR UPDATE OR DELETE ON cases_casetypeversion
  FOR EACH ROW EXECUTE FUNCTION openness_service_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("openness", "0004_batches_and_pages"), ("keeping", "0002_facts_of_others")]

    operations = [migrations.RunSQL(_TRIGGERS, migrations.RunSQL.noop)]

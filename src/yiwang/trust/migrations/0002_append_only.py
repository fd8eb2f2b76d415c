"""Evidence stays: the database itself refuses to change or drop what the ledger holds.

A leaf may get its index once and lose its salt (erasure of the content); nothing else. Nodes, heads and the
register of seal use never change.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION trust_keep_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'evidence in % is neither changed nor deleted', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER leaf_stays BEFORE DELETE ON trust_ledgerleaf
    FOR EACH ROW EXECUTE FUNCTION trust_keep_evidence();
CREATE TRIGGER leaf_unchanged BEFORE UPDATE ON trust_ledgerleaf
    FOR EACH ROW WHEN (
        (OLD.kind, OLD.subject, OLD.committed, OLD.recorded_at, OLD.leaf_hash)
            IS DISTINCT FROM (NEW.kind, NEW.subject, NEW.committed, NEW.recorded_at, NEW.leaf_hash)
        OR (OLD.index IS NOT NULL AND NEW.index IS DISTINCT FROM OLD.index)
        OR (NEW.salt IS NOT NULL AND NEW.salt IS DISTINCT FROM OLD.salt)
    ) EXECUTE FUNCTION trust_keep_evidence();
CREATE TRIGGER node_stays BEFORE UPDATE OR DELETE ON trust_treenode
    FOR EACH ROW EXECUTE FUNCTION trust_keep_evidence();
CREATE TRIGGER head_stays BEFORE UPDATE OR DELETE ON trust_treehead
    FOR EACH ROW EXECUTE FUNCTION trust_keep_evidence();
CREATE TRIGGER seal_use_stays BEFORE UPDATE OR DELETE ON trust_sealuse
    FOR EACH ROW EXECUTE FUNCTION trust_keep_evidence();
"""

BACKWARD = """
DROP TRIGGER seal_use_stays ON trust_sealuse;
DROP TRIGGER head_stays ON trust_treehead;
DROP TRIGGER node_stays ON trust_treenode;
DROP TRIGGER leaf_unchanged ON trust_ledgerleaf;
DROP TRIGGER leaf_stays ON trust_ledgerleaf;
DROP FUNCTION trust_keep_evidence();
"""


class Migration(migrations.Migration):
    dependencies = [("trust", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

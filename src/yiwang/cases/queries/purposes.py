"""Whether a case is a reason to look at data: it is open, and the organisation takes part in it."""

from __future__ import annotations

from yiwang.exchange.api import SqlPurposeCheck

#: The check of the purpose ``case``, by index alone, so that it can share the statement of a look. Who has
#: the case takes part, one above it, or a child of any of these, and whoever has a task in one of them.
is_reason = SqlPurposeCheck("""(
  %(purpose_organisation)s::text <> '' AND EXISTS (
    SELECT FROM cases_case c, LATERAL (
      SELECT id, organisation FROM cases_case WHERE id = ANY (c.id || c.ancestors)
      UNION ALL
      SELECT id, organisation FROM cases_case WHERE parent_id = ANY (c.id || c.ancestors)) f
    WHERE c.number = %(purpose_reference)s::text AND c.closed_at IS NULL
      AND (f.organisation = %(purpose_organisation)s::text OR EXISTS (
        SELECT FROM cases_task t
        WHERE t.case_id = f.id AND t.organisation = %(purpose_organisation)s::text))))""")

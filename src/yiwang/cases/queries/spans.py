"""Cases of one type over a span of time, and those of one applicant: plain records for reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

from yiwang.cases.contracts.spans import SpanCase
from yiwang.cases.contracts.words import ApplicantKind
from yiwang.cases.queries.boards import visible_organisations
from yiwang.cases.queries.rights import READ, readable_case
from yiwang.platform import sql
from yiwang.platform.contracts import Actor

# A case is received when it was accepted, which by Art. 31 of Order 711 may be later than it came in; it
# ends for the one who asked when it is decided, else when it is closed.
_FIELDS: LiteralString = """
SELECT c.number, c.title, c.organisation, c.applicant_kind, coalesce(c.accepted_at, c.opened_at),
  coalesce(c.decided_at, c.closed_at), c.result,
  (SELECT coalesce(jsonb_object_agg(said.key, c.answers -> said.key), '{}'::jsonb)
   FROM unnest(%(said)s::text[]) AS said(key) WHERE jsonb_typeof(c.answers -> said.key) = 'string')
FROM cases_case c
"""
_SPAN: LiteralString = (
    _FIELDS
    + """
WHERE c.type_code = %(type)s AND c.parent_id IS NULL
  AND coalesce(c.accepted_at, c.opened_at) < %(until)s
  AND (coalesce(c.decided_at, c.closed_at) IS NULL OR coalesce(c.decided_at, c.closed_at) >= %(since)s)
  AND (%(all)s OR c.organisation = ANY(%(seen)s))
  AND (%(organisation)s = '' OR c.organisation = %(organisation)s)
ORDER BY c.number
"""
)
# Who has no account is known by the number that stands in the answers.
_SAME: LiteralString = (
    _FIELDS
    + """
WHERE c.type_code = %(type)s AND c.parent_id IS NULL AND c.organisation = %(organisation)s
  AND c.number <> %(number)s AND (
    (c.entity_id = %(entity)s) OR (c.person_id = %(person)s AND c.entity_id IS NULL)
    OR EXISTS (SELECT FROM unnest(%(known)s::text[]) AS known(key), cases_case o
      WHERE o.number = %(number)s AND o.answers ->> known.key <> ''
        AND c.answers ->> known.key = o.answers ->> known.key))
ORDER BY c.number DESC LIMIT %(most)s
"""
)
_MOST_OF_ONE = 500


def cases_in_span(
    *,
    actor: Actor,
    type_code: str,
    since: datetime,
    until: datetime,
    organisation: str = "",
    said: Sequence[str] = (),
) -> tuple[SpanCase, ...]:
    """Cases received before ``until`` and not ended before ``since``, as far as the actor sees cases.

    ``said``: keys of answers to give along; texts only.

    Raises:
        OperationNotAllowed: the actor sees no organisation's cases.
    """
    seen = visible_organisations(actor, READ)
    asked = {
        "type": type_code,
        "since": since,
        "until": until,
        "all": seen is None,
        "seen": list(seen or ()),
        "organisation": organisation,
        "said": list(said),
    }
    return tuple(_record(row) for row in sql.fetch(_SPAN, asked))


def cases_of_same_applicant(
    *, actor: Actor, number: str, said: Sequence[str] = (), known_by: Sequence[str] = ()
) -> tuple[SpanCase, tuple[SpanCase, ...]]:
    """A case, and the others of its type that the same applicant has at the same organisation, latest first.

    ``known_by``: keys of answers that tell who somebody without an account is.

    Raises:
        CaseNotFound: there is none, or it is not for this officer.
    """
    row = readable_case(actor, None, number=number)
    asked = {
        "type": row.type_code,
        "organisation": row.organisation,
        "number": row.number,
        "entity": row.entity_id,
        "person": row.person_id,
        "known": list(known_by),
        "said": list(said),
        "most": _MOST_OF_ONE,
    }
    (own,) = sql.fetch(_OWN, asked)
    return _record(own), tuple(_record(other) for other in sql.fetch(_SAME, asked))


_OWN: LiteralString = _FIELDS + " WHERE c.number = %(number)s"


def _record(row: tuple[object, ...]) -> SpanCase:
    number, title, organisation, kind, received_at, ended_at, result, said = row
    assert isinstance(received_at, datetime)
    return SpanCase(
        number=str(number),
        title=str(title),
        organisation=str(organisation),
        applicant_kind=ApplicantKind(str(kind)),
        received_at=received_at,
        ended_at=ended_at if isinstance(ended_at, datetime) else None,
        result=str(result),
        said={str(key): str(value) for key, value in said.items()} if isinstance(said, dict) else {},
    )

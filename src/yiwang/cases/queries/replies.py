"""Cases that end with a reply, for who publishes them, and how well they are answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import LiteralString

from django.db.models import Q, QuerySet

from yiwang.cases.contracts.errors import CaseNotFound
from yiwang.cases.contracts.replies import AnsweredCase, ReplyFigures, ReplySpan
from yiwang.cases.contracts.words import Outcome, TaskState
from yiwang.cases.models import Case, Task
from yiwang.cases.queries.types import applied_types, type_version
from yiwang.platform import sql
from yiwang.platform.contracts import Json

_FIGURES: LiteralString = """
WITH letter AS (
  SELECT c.id, c.organisation, c.opened_at >= %(since)s AND c.opened_at < %(until)s AS received,
    c.outcome = 'answered' AND c.closed_at >= %(since)s AND c.closed_at < %(until)s AS answered
  FROM cases_case c WHERE c.type_code = ANY(%(types)s) AND c.parent_id IS NULL
    AND (c.closed_at IS NULL OR c.closed_at >= %(since)s
      OR EXISTS (SELECT FROM cases_rating r WHERE r.case_id = c.id AND r.at >= %(since)s))
)
SELECT l.organisation, count(*) FILTER (WHERE l.received), count(*) FILTER (WHERE l.answered),
  count(k.id) FILTER (WHERE l.answered),
  count(k.id) FILTER (WHERE l.answered AND k.ended_at <= k.due_at),
  coalesce(sum(k.consumed) FILTER (WHERE l.answered AND k.unit = 'working_days'), 0)::int,
  count(k.consumed) FILTER (WHERE l.answered AND k.unit = 'working_days'),
  count(r.id), count(r.id) FILTER (WHERE r.level >= 3)
FROM letter l
LEFT JOIN cases_clock k
  ON k.case_id = l.id AND k.kind = 'case_promised' AND k.state = 'done' AND k.due_at IS NOT NULL
LEFT JOIN cases_rating r ON r.case_id = l.id AND r.at >= %(since)s AND r.at < %(until)s
GROUP BY 1 HAVING bool_or(l.received OR l.answered OR r.id IS NOT NULL) ORDER BY 1
"""


_SPANS: LiteralString = """
SELECT c.number, c.type_code, c.organisation, c.opened_at, c.closed_at,
  coalesce(c.outcome, '') = 'answered', c.applicant_kind = 'person', k.due_at, k.ended_at <= k.due_at
FROM cases_case c
LEFT JOIN cases_clock k ON k.case_id = c.id AND k.kind = 'case_promised' AND k.due_at IS NOT NULL
WHERE (%(types)s::text[] IS NULL OR c.type_code = ANY(%(types)s)) AND c.parent_id IS NULL
  AND (%(organisation)s = '' OR c.organisation = %(organisation)s)
  AND c.opened_at < %(until)s AND (c.closed_at IS NULL OR c.closed_at >= %(since)s)
ORDER BY c.opened_at, c.id
"""


def answered_case(*, number: str) -> AnsweredCase:
    """Give an answered case whose reply may be published; who asks, asks for permission next.

    Raises:
        CaseNotFound: there is none, or it is not answered.
    """
    row = _answered(publishable_types()).filter(number=number).first()
    if row is None:
        raise CaseNotFound
    return _shaped([row])[0]


def publishable_types() -> tuple[str, ...]:
    """Codes of the items whose replies may be published."""
    return tuple(kind.code for kind in applied_types() if kind.definition.publication is not None)


def answered_cases(
    *, organisations: Collection[str] | None, before: datetime | None = None, most: int = 200
) -> tuple[AnsweredCase, ...]:
    """Answered cases whose applicants agreed to their publication, the latest first, ``most`` looked at.

    ``organisations`` keeps to those that have the case or are the body of its type; None is all of them.
    ``before`` goes on from an earlier part of the list: the instant of its last answer.
    """
    agreed, bodies = Q(pk__in=()), Q(pk__in=())
    for kind in applied_types():
        publication = kind.definition.publication
        if publication is not None:
            agreed |= Q(type_code=kind.code, **{f"answers__{publication.agreed}": True})
            if organisations is not None and kind.definition.body in organisations:
                bodies |= Q(type_code=kind.code)
    rows = _answered(publishable_types()).filter(agreed)
    if organisations is not None:
        rows = rows.filter(bodies | Q(organisation__in=list(organisations)))
    if before is not None:
        rows = rows.filter(closed_at__lt=before)
    return _shaped(rows.order_by("-closed_at", "-id")[:most])


def reply_figures(*, types: Collection[str], since: datetime, until: datetime) -> tuple[ReplyFigures, ...]:
    """What each organisation was asked and answered from ``since`` until before ``until``, by its code."""
    rows = sql.fetch(_FIGURES, {"types": list(types), "since": since, "until": until})
    return tuple(
        _figures(str(row[0]), [value if isinstance(value, int) else 0 for value in row[1:]]) for row in rows
    )


def reply_spans(
    *, types: Collection[str] | None, since: datetime, until: datetime, organisation: str = ""
) -> tuple[ReplySpan, ...]:
    """Cases of some items, or of all, that came before ``until`` and were open at ``since`` or later.

    A case may end twice and has then two limits; the later one counts.
    """
    asked = {
        "types": None if types is None else list(types),
        "since": since,
        "until": until,
        "organisation": organisation,
    }
    found = {span.number: span for span in map(_span, sql.fetch(_SPANS, asked))}
    return tuple(found.values())


def _span(row: tuple[object, ...]) -> ReplySpan:
    number, type_code, organisation, received, ended, answered, of_person, due, on_time = row
    if not isinstance(received, datetime):
        raise TypeError("a case without the instant at which it came")
    return ReplySpan(
        number=str(number),
        type_code=str(type_code),
        organisation=str(organisation),
        received_at=received,
        ended_at=ended if isinstance(ended, datetime) else None,
        answered=answered is True,
        of_person=of_person is True,
        due_at=due if isinstance(due, datetime) else None,
        on_time=on_time if isinstance(on_time, bool) else None,
    )


def _figures(organisation: str, counts: list[int]) -> ReplyFigures:
    received, answered, timed, on_time, days, counted, rated, satisfied = counts
    return ReplyFigures(
        organisation=organisation,
        received=received,
        answered=answered,
        timed=timed,
        on_time=on_time,
        days=days,
        counted=counted,
        rated=rated,
        satisfied=satisfied,
    )


def _answered(types: Collection[str]) -> QuerySet[Case]:
    return Case.objects.filter(
        type_code__in=list(types), outcome=Outcome.ANSWERED, closed_at__isnull=False, parent__isnull=True
    )


def _said(row: Case, part: str) -> Json:
    publication = type_version(row.type_version_id).definition.publication
    return None if publication is None else row.answers.get(getattr(publication, part))


def _body(row: Case) -> str:
    return type_version(row.type_version_id).definition.body


def _shaped(rows: Iterable[Case]) -> tuple[AnsweredCase, ...]:
    listed = list(rows)
    replies = _replies(listed)
    return tuple(
        AnsweredCase(
            number=row.number,
            type_code=row.type_code,
            type_title=type_version(row.type_version_id).title,
            body=_body(row),
            organisation=row.organisation,
            title=row.title,
            applicant_name=row.applicant_name,
            agreed=_said(row, "agreed") is True,
            text=str(_said(row, "text") or ""),
            reply=replies.get(row.pk, ""),
            opened_at=row.opened_at,
            answered_at=row.closed_at,
        )
        for row in listed
        if row.closed_at is not None
    )


def _replies(rows: list[Case]) -> dict[int, str]:
    """What the applicant got, by case: the note of the last step that replies."""
    nodes = {
        row.pk: {node.id for node in process.nodes if node.replies}
        for row in rows
        if (process := type_version(row.type_version_id).process) is not None
    }
    done = Task.objects.filter(case_id__in=nodes, state=TaskState.DONE).exclude(outcome=Outcome.RETURN)
    return {
        task.case_id: task.note
        for task in done.order_by("ended_at", "id")
        if task.node in nodes[task.case_id]
    }

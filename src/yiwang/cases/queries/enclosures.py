"""Files that officers put to cases, for officers and, once it is decided, for the applicant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from yiwang.cases.contracts.enclosures import RemovalProof
from yiwang.cases.contracts.views import CaseForOfficer, EnclosureView
from yiwang.cases.contracts.words import EnclosureKind, TaskState, Verdict
from yiwang.cases.models import Case, Enclosure
from yiwang.cases.queries.types import type_version


def enclosures_of(case_id: int) -> tuple[EnclosureView, ...]:
    """All that stand with the case that the applicant sees, for officers."""
    rows = Enclosure.objects.filter(case_id=case_id, taken_back_at__isnull=True).order_by("id")
    return tuple(_view(row) for row in rows)


def released_to_applicant(row: Case) -> Q:
    """Which enclosures of a case its applicant has: those released, once a decision gives them."""
    given = row.decided_at is not None and row.outcome in {Verdict.APPROVE, Verdict.CONDITIONAL}
    if not given:
        return Q(pk__in=[])
    return Q(case=row, kind=EnclosureKind.RELEASED, taken_back_at__isnull=True)


def enclosures_for_applicant(row: Case) -> tuple[EnclosureView, ...]:
    """What went out with the decision of an own case."""
    return tuple(_view(each) for each in Enclosure.objects.filter(released_to_applicant(row)).order_by("id"))


def enclosable(view: CaseForOfficer) -> tuple[EnclosureKind, ...]:
    """The kinds that the reader of this view may enclose now, by the open steps that they may do."""
    kind = type_version(Case.objects.values_list("type_version_id", flat=True).get(pk=view.case.id))
    declared = {each.step: EnclosureKind(each.kind) for each in kind.definition.encloses_at}
    open_steps = [
        task.node
        for task in view.tasks
        if task.may_act and task.state in {TaskState.OPEN, TaskState.CLAIMED} and task.node in declared
    ]
    return tuple(dict.fromkeys(declared[step] for step in open_steps))


def ended_before(case_ids: Iterable[int], at: datetime) -> frozenset[int]:
    """Which of these cases have ended."""
    rows = Case.objects.filter(pk__in=set(case_ids), closed_at__lte=at)
    return frozenset(rows.values_list("id", flat=True))


def _view(row: Enclosure) -> EnclosureView:
    return EnclosureView(
        id=row.pk,
        kind=EnclosureKind(row.kind),
        name=row.name,
        file_id=row.file_id,
        sha256=row.sha256,
        proof=RemovalProof(**row.proof) if row.proof is not None else None,
        by_name=row.by_name,
        at=row.at,
    )

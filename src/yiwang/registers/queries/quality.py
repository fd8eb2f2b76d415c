"""Scores over time and open defects, for the owner, for each source its own, and for those who watch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from yiwang.kernel.text import Text
from yiwang.platform.command import guard
from yiwang.platform.contracts import Actor, OperationNotAllowed, Scope
from yiwang.registers.contracts import DefectView, RegisterNotFound, ScoreView
from yiwang.registers.definitions import RegisterDefinition
from yiwang.registers.models import Defect, QualityScore
from yiwang.registers.queries.definitions import get_register

READ = "registers.quality.read"


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityReport:
    """``latest`` by source (the whole register under an empty one), ``course`` of the whole by day."""

    latest: tuple[ScoreView, ...]
    course: tuple[ScoreView, ...]
    defects: tuple[DefectView, ...]


def quality_reach(actor: Actor, register: str) -> str | None:
    """``""`` for the whole, a source for its own part, None for nothing."""
    definition = get_register(register)
    judge = guard()
    if not definition.quality_rules or not judge.may(actor, READ):
        return None
    if judge.covers(actor, READ, Scope(organisations=(definition.owner,))):
        return ""
    own = actor.organisation
    if own in definition.sources and judge.covers(actor, READ, Scope(organisations=(own,))):
        return own
    return None


def quality_of(*, actor: Actor, register: str, today: date, days: int = 90) -> QualityReport:
    """Give what is for this reader.

    Raises:
        OperationNotAllowed: neither owner, nor source, nor one who watches the owner.
    """
    definition = get_register(register)
    reach = quality_reach(actor, register)
    if reach is None:
        raise OperationNotAllowed(operation=READ)
    found = QualityScore.objects.filter(register=register, day__lte=today)
    defects = Defect.objects.filter(register=register, closed_at=None).order_by("-failed", "id")
    if reach:
        found, defects = found.filter(source=reach), defects.filter(source=reach)
    last = found.order_by("-day").values_list("day", flat=True).first()
    latest = found.filter(day=last).order_by("source") if last else found.none()
    course = found.filter(source=reach, day__gt=(last or today) - timedelta(days=days)).order_by("day")
    return QualityReport(
        latest=tuple(_score(row) for row in latest),
        course=tuple(_score(row) for row in course),
        defects=tuple(_defect(row, definition) for row in defects),
    )


def defects_to_send(*, most: int = 50) -> list[DefectView]:
    """Open defects that no case was opened for."""
    return _views(Defect.objects.filter(settled=False, closed_at=None, case_number="")[:most])


def defects_to_settle(*, most: int = 50) -> list[DefectView]:
    """Repaired defects whose case may end."""
    found = Defect.objects.filter(settled=False, closed_at__isnull=False).exclude(case_number="")
    return _views(found[:most])


def note_case(defect: int, number: str) -> bool:
    """Remember the case of an open defect; False where another was first. In the caller's transaction."""
    found = Defect.objects.filter(pk=defect, closed_at=None, case_number="")
    return found.update(case_number=number) == 1


def note_settled(defect: int) -> bool:
    """Remember that the case of a repaired defect ended."""
    found = Defect.objects.filter(~Q(case_number=""), pk=defect, closed_at__isnull=False, settled=False)
    return found.update(settled=True) == 1


def _views(found: Iterable[Defect]) -> list[DefectView]:
    views: list[DefectView] = []
    for row in found:
        try:
            views.append(_defect(row, get_register(row.register)))
        except RegisterNotFound:
            continue
    return views


def _score(row: QualityScore) -> ScoreView:
    return ScoreView(
        source=row.source,
        day=row.day,
        entries=row.entries,
        score=row.score,
        counts={key: (pair[0], pair[1]) for key, pair in row.counts.items()},
    )


def _defect(row: Defect, definition: RegisterDefinition) -> DefectView:
    titles = {rule.key: rule.title for rule in definition.quality_rules}
    return DefectView(
        id=row.pk,
        register=row.register,
        register_title=definition.title,
        rule=row.rule,
        rule_title=titles.get(row.rule, Text(row.rule, row.rule)),
        source=row.source,
        checked=row.checked,
        failed=row.failed,
        sample=tuple(row.sample),
        found_at=row.found_at,
        closed_at=row.closed_at,
        case_number=row.case_number,
    )

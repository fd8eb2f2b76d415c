"""Packages at the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import QuerySet

from yiwang.cases.api import visible_organisations
from yiwang.kernel.text import text_from
from yiwang.platform.contracts import Actor
from yiwang.portal.openness.contracts import BatchNotFound, BatchView, LineView, Outcome
from yiwang.portal.openness.models import Batch, BatchRow
from yiwang.portal.openness.operations import IMPORT


def own_batches(*, actor: Actor) -> QuerySet[Batch]:
    """Packages within an officer's reach, the latest first."""
    seen = visible_organisations(actor, IMPORT)
    rows = Batch.objects.select_related("file").order_by("-id")
    return rows if seen is None else rows.filter(organisation__in=seen)


def batch_views(rows: Iterable[Batch], *, actor: Actor) -> tuple[BatchView, ...]:
    """Packages with what came of them."""
    return tuple(_view(row, actor) for row in rows)


def batch_for_officer(*, actor: Actor, batch: int) -> BatchView:
    """A package within an officer's reach; raises BatchNotFound."""
    row = own_batches(actor=actor).filter(pk=batch).first()
    if row is None:
        raise BatchNotFound
    return _view(row, actor)


def batch_lines(batch: int, *, outcome: str = "") -> QuerySet[BatchRow]:
    """Lines of a package in their order, all or those of one outcome."""
    rows = BatchRow.objects.filter(batch_id=batch).order_by("line")
    return rows.filter(outcome=outcome) if outcome else rows


def line_view(row: BatchRow) -> LineView:
    """A line and what became of it."""
    return LineView(
        line=row.line,
        outcome=Outcome(row.outcome),
        title=row.title,
        reasons=tuple(text_from(reason) for reason in row.reasons),
        item=row.item_id,
    )


def _view(row: Batch, actor: Actor) -> BatchView:
    counts = Counter(row.lines.values_list("outcome", flat=True))
    imported = row.lines.filter(outcome=Outcome.IMPORTED, item__published_at__isnull=True)
    return BatchView(
        id=row.pk,
        name=row.file.name,
        state=row.state,
        reason=text_from(row.reason) if row.reason else None,
        rows=row.rows,
        counts={outcome: counts[outcome.value] for outcome in Outcome},
        own=row.account_id == actor.account_id,
        asked_at=row.asked_at,
        waiting=imported.count(),
    )

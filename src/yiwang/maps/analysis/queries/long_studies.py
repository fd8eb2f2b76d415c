"""Studies in the background, for the officer who asked for them and for nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from yiwang.kernel.text import Text
from yiwang.maps.analysis.contracts import (
    LongState,
    LongStudyNotFound,
    LongView,
    Study,
    StudyAsked,
    StudyRow,
)
from yiwang.maps.analysis.queries.study_limits import read_for
from yiwang.maps.contracts import LayerNotFound
from yiwang.maps.models import LongStudy
from yiwang.platform.contracts import Actor

_MOST = 10


def own_studies(actor: Actor) -> QuerySet[LongStudy]:
    """Those that the officer asked for in the present post's organisation."""
    return LongStudy.objects.filter(account_id=actor.account_id or 0, organisation=actor.organisation)


def get_long_study(*, actor: Actor, study: int) -> LongView:
    """Give one with its result, where its layers are still what they were for this reader.

    Raises:
        LongStudyNotFound: there is none, or it is somebody else's.
    """
    row = own_studies(actor).filter(pk=study).first()
    if row is None:
        raise LongStudyNotFound
    is_done = row.state == LongState.DONE
    if is_done and not _still(actor, row):
        return _view(row, LongState.OUTDATED, None)
    return _view(row, LongState(row.state), _study(row) if is_done else None)


def list_long_studies(*, actor: Actor) -> list[LongView]:
    """The officer's last ones, newest first, without their results."""
    rows = own_studies(actor).defer("result").exclude(state=LongState.DELETED).order_by("-id")[:_MOST]
    return [_view(row, LongState(row.state), None) for row in rows]


def _still(actor: Actor, row: LongStudy) -> bool:
    """Whether the layers are drawn from the same definitions under the same right."""
    try:
        studied, other = read_for(actor, StudyAsked(**row.asked))
    except LayerNotFound:
        return False
    return row.mark == " ".join(each.mark for each in (studied, other) if each)


def _study(row: LongStudy) -> Study:
    kept: Mapping[str, Any] = row.result
    return Study(
        asked=StudyAsked(**row.asked),
        title=Text(**row.title),
        figures=tuple(kept["figures"]),
        measured=Text(**kept["measured"]) if kept["measured"] else None,
        rows=tuple(StudyRow(**each) for each in kept["rows"]),
        is_cut=kept["is_cut"],
    )


def _view(row: LongStudy, state: LongState, study: Study | None) -> LongView:
    return LongView(
        id=row.pk,
        title=Text(**row.title),
        asked=StudyAsked(**row.asked),
        state=state,
        percent=100 if study is not None else min(round(row.share * 100), 99),
        refusal=Text(**row.refusal) if row.refusal else None,
        study=study,
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        kept_until=row.kept_until,
    )

"""Work that somebody asked for on a page and fetches later: whose it is."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import QuerySet

from yiwang.platform.contracts import Actor
from yiwang.registers.models import Export, Intake

Asked = TypeVar("Asked", Export, Intake)


def own(rows: QuerySet[Asked], actor: Actor) -> QuerySet[Asked]:
    """Those that the officer asked for in the present post's organisation; nobody sees another's."""
    if actor.account_id is None:
        return rows.none()
    return rows.filter(account_id=actor.account_id, organisation=actor.organisation)

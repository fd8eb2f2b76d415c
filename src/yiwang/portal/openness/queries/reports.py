"""What an agency still owes: publications (Article 26), and links of its policy files."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.utils.timezone import localdate

from yiwang.cases.api import city_calendar
from yiwang.platform.contracts import Actor
from yiwang.portal.openness.contracts import ItemRow, Lack, Waiting
from yiwang.portal.openness.models import Item, Link
from yiwang.portal.openness.queries.drafts import own_items
from yiwang.portal.openness.queries.items import item_rows
from yiwang.portal.openness.rules.life import HOLDS, State
from yiwang.portal.openness.rules.links import ItemKind, Need, missing
from yiwang.portal.publishing.rules.proactive import publication

_MOST = 500


def waiting_items(*, actor: Actor, at: datetime) -> tuple[Waiting, ...]:
    """Items within reach that are made and not published, those due first first."""
    rows = own_items(actor=actor).filter(published_at__isnull=True).order_by("made_on", "id")[:_MOST]
    calendar, today = city_calendar(), localdate(at)
    return tuple(
        Waiting(
            row=row,
            publication=publication(changed_on=row.made_on, published_on=None, on=today, calendar=calendar),
        )
        for row in item_rows(rows, at=at)
    )


def lacking_links(*, actor: Actor, at: datetime) -> tuple[Lack, ...]:
    """Published policy files in force within reach that lack a link, by department and day."""
    rows = list(
        own_items(actor=actor)
        .filter(kind=ItemKind.POLICY, published_at__isnull=False)
        .order_by("organisation", "-made_on", "-id")
    )
    counts = _links_of(rows)
    without = {row.pk: row.not_needed for row in rows}
    found = []
    for row in item_rows(rows, at=at):
        lacks = missing(counts.get(row.id, Counter()), without[row.id])
        if lacks and _still_holds(row):
            found.append(Lack(row=row, missing=lacks))
    return tuple(found)


def _still_holds(row: ItemRow) -> bool:
    return row.state in {State.NOT_YET, *HOLDS}


def _links_of(rows: list[Item]) -> dict[int, Counter[Need]]:
    """Links by policy; one to an item that is not public does not help a reader."""
    found: dict[int, Counter[Need]] = {}
    links = Link.objects.filter(policy__in=rows).exclude(item__isnull=False, item__published_at__isnull=True)
    for policy, need in links.values_list("policy_id", "need"):
        found.setdefault(policy, Counter())[Need(need)] += 1
    return found

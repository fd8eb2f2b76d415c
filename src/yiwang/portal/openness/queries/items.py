"""The public catalogue: what is published, found by whatever a reader chooses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT
from django.utils.timezone import localdate

from yiwang.kernel.text import Text, text_from
from yiwang.platform.contracts import Actor
from yiwang.platform.models import StoredFile
from yiwang.portal.openness.contracts import ItemNotFound, ItemRow, ItemView, LinkView
from yiwang.portal.openness.models import Item, Link
from yiwang.portal.openness.queries.drafts import own_items
from yiwang.portal.openness.queries.lives import acts_of, states_of
from yiwang.portal.openness.rules.blocks import from_stored
from yiwang.portal.openness.rules.life import State
from yiwang.portal.openness.rules.links import ItemKind, Need
from yiwang.portal.queries.catalogue import offered

_MOST_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader chooses; what is empty chooses nothing. Years count by the day of making."""

    words: str = ""
    organisation: str = ""
    category: str = ""
    theme: str = ""
    kind: str = ""
    year: int = 0


def public_items(wanted: Wanted = Wanted()) -> QuerySet[Item]:
    """Published items, the latest first, as a page of a Paginator wants them; every word must be found."""
    rows = Item.objects.filter(published_at__isnull=False).order_by("-made_on", "-id")
    exact = {
        name: value
        for name in ("organisation", "category", "theme", "kind")
        if (value := getattr(wanted, name))
    }
    rows = rows.filter(**exact)
    if wanted.year:
        rows = rows.filter(made_on__year=wanted.year)
    for word in wanted.words.split()[:_MOST_WORDS]:
        rows = rows.alias(zh=KT("title__zh"), en=KT("title__en"), said=KT("summary__zh")).filter(
            Q(zh__icontains=word)
            | Q(en__icontains=word)
            | Q(said__icontains=word)
            | Q(document_number__icontains=word)
            | Q(index_number__icontains=word)
        )
    return rows


def item_rows(rows: Iterable[Item], *, at: datetime) -> tuple[ItemRow, ...]:
    """Items as lists show them, with the state of policy files today."""
    listed = list(rows)
    policies = [row for row in listed if row.kind == ItemKind.POLICY]
    states = states_of(policies, on=localdate(at))
    return tuple(_row(row, states.get(row.pk)) for row in listed)


def public_item(item: int, *, at: datetime) -> ItemView:
    """One published item, whole; raises ItemNotFound."""
    row = Item.objects.filter(pk=item, published_at__isnull=False).select_related("file").first()
    if row is None:
        raise ItemNotFound
    return item_view(row, at=at)


def public_item_numbered(index_number: str, *, at: datetime) -> ItemView:
    """The same by its index number; raises ItemNotFound."""
    row = Item.objects.filter(index_number=index_number, published_at__isnull=False).first()
    if row is None:
        raise ItemNotFound
    return item_view(row, at=at)


def policy_state(item: int, *, on: date) -> State:
    """Where a published policy file stands on a day; raises ItemNotFound for anything else."""
    row = Item.objects.filter(pk=item, published_at__isnull=False, kind=ItemKind.POLICY).first()
    if row is None:
        raise ItemNotFound
    return states_of([row], on=on)[row.pk][0]


def public_file(item: int) -> StoredFile:
    """The original of a published item; raises ItemNotFound where it has none."""
    row = Item.objects.filter(pk=item, published_at__isnull=False).select_related("file").first()
    if row is None or row.file is None:
        raise ItemNotFound
    return row.file


def item_preview(*, actor: Actor, item: int, at: datetime) -> ItemView:
    """An item as it would be read, for officers within whose reach it is; raises ItemNotFound."""
    row = own_items(actor=actor).filter(pk=item).select_related("file").first()
    if row is None:
        raise ItemNotFound
    return item_view(row, at=at, for_desk=True)


def item_view(row: Item, *, at: datetime, for_desk: bool = False) -> ItemView:
    """An item with its life and what belongs to it; the public sees confirmed acts and published items."""
    policies = Item.objects.filter(links__item=row, published_at__isnull=False).distinct()
    return ItemView(
        row=item_rows([row], at=at)[0],
        body=from_stored(row.body),
        body_en=from_stored(row.body_en),
        file=row.file_id,
        file_name=row.file.name if row.file is not None else "",
        page=row.page,
        acts=acts_of(row.pk, also_waiting=for_desk),
        links=_links(row, for_desk=for_desk),
        explains=item_rows(policies.order_by("-made_on"), at=at),
    )


def policies_of_service(code: str, *, at: datetime) -> tuple[ItemRow, ...]:
    """The published policy files that a service of the catalogue carries out."""
    rows = public_items().filter(kind=ItemKind.POLICY, links__service=code).distinct()
    return item_rows(rows[:50], at=at)


def public_years() -> tuple[int, ...]:
    """The years of published items, the latest first."""
    days = Item.objects.filter(published_at__isnull=False).dates("made_on", "year", order="DESC")
    return tuple(day.year for day in days)


def publishing_organisations() -> tuple[str, ...]:
    """Organisations with published items."""
    found = Item.objects.filter(published_at__isnull=False).order_by("organisation")
    return tuple(found.values_list("organisation", flat=True).distinct())


def _links(row: Item, *, for_desk: bool) -> tuple[LinkView, ...]:
    services = {service.code: service.title for service in offered()}
    found = []
    for link in Link.objects.filter(policy=row).select_related("item").order_by("need", "id"):
        if link.item is not None and (for_desk or link.item.published_at is not None):
            title: Text | None = text_from(link.item.title)
        else:
            title = services.get(link.service) if link.item is None else None
        if title is not None:
            found.append(
                LinkView(
                    id=link.pk, need=Need(link.need), title=title, item=link.item_id, service=link.service
                )
            )
    return tuple(found)


def _row(row: Item, life: tuple[State, date | None] | None) -> ItemRow:
    return ItemRow(
        id=row.pk,
        index_number=row.index_number,
        kind=ItemKind(row.kind),
        organisation=row.organisation,
        category=row.category,
        theme=row.theme,
        document_number=row.document_number,
        title=text_from(row.title),
        summary=text_from(row.summary),
        made_on=row.made_on,
        published_at=row.published_at,
        from_day=row.from_day,
        until=life[1] if life else row.until,
        state=life[0] if life else None,
    )

"""Make the catalogue hold what the city's file says; what is there already stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from django.utils import timezone

from yiwang.platform.command import command, note, permit
from yiwang.platform.contracts import Actor, Scope
from yiwang.portal.openness.contracts import ActRefused, ItemContent
from yiwang.portal.openness.definitions import ItemDefinition, OpennessDefinition
from yiwang.portal.openness.models import AgencyCode, FileAct, Item, Link
from yiwang.portal.openness.operations import LOAD
from yiwang.portal.openness.queries.lives import life_act_of, life_file_of
from yiwang.portal.openness.rules.blocks import blocks_of
from yiwang.portal.openness.rules.life import FAULT_TEXTS, fault_of
from yiwang.portal.openness.rules.links import ItemKind, Need
from yiwang.portal.openness.writing import check, put
from yiwang.portal.search.api import ask_again

SEARCHED_AS = "openness"
_NEEDS = {"explanation": Need.EXPLANATION, "questions": Need.QUESTIONS}


@command(operation=LOAD)
def load_catalogue(*, actor: Actor, at: datetime, catalogue: OpennessDefinition) -> int:
    """Give how many items were added; an item is known by its index number.

    Raises:
        ActRefused: the lives of the files contradict themselves.
        InvalidInput: an item is wrong.
    """
    permit(Scope(everyone=True), subject="openness")
    for organisation, code in catalogue.codes.items():
        AgencyCode.objects.get_or_create(organisation=organisation, defaults={"code": code})
    there = set(Item.objects.values_list("index_number", flat=True))
    new = [item for item in catalogue.items if item.index_number not in there]
    rows = {item.index_number: _added(item, at) for item in new}
    for item in new:
        _relate(item, rows, at)
    acts = [life_act_of(row) for row in FileAct.objects.filter(confirmed_at__isnull=False)]
    files = {row.pk: life_file_of(row) for row in Item.objects.filter(kind=ItemKind.POLICY)}
    fault = fault_of(files, acts)
    if fault is not None:
        raise ActRefused(reason=FAULT_TEXTS[fault])
    note(items=len(new))
    return len(new)


def _added(item: ItemDefinition, at: datetime) -> Item:
    content = check(
        ItemContent(
            kind=ItemKind(item.kind),
            category=item.category,
            title=item.title,
            made_on=item.made_on,
            theme=item.theme,
            document_number=item.document_number,
            summary=item.summary,
            body=blocks_of(item.body),
            body_en=blocks_of(item.body_en),
            from_day=item.from_day,
            until=item.until,
        )
    )
    row = Item(index_number=item.index_number, organisation=item.organisation, written_by=0, written_at=at)
    put(row, content)
    if item.published_on is not None:
        row.published_at = timezone.make_aware(datetime.combine(item.published_on, time(9)))
        row.published_by = 0
    row.save()
    if row.published_at is not None:
        ask_again(kind=SEARCHED_AS, key=str(row.pk), at=at)
    return row


def _relate(item: ItemDefinition, rows: Mapping[str, Item], at: datetime) -> None:
    row = rows[item.index_number]
    made = {"made_by": 0, "made_at": at}
    for act in item.acts:
        FileAct.objects.create(
            kind=act.kind, target=_named(act.target, rows), by=row, on=act.on, until=act.until,
            entered_by=0, entered_at=at, confirmed_by=0, confirmed_at=at,
        )  # fmt: skip
    for number in item.explains:
        need = _NEEDS[item.kind]
        Link.objects.get_or_create(policy=_named(number, rows), item=row, defaults={"need": need, **made})
    for code in item.services:
        Link.objects.get_or_create(policy=row, service=code, defaults={"need": Need.SERVICE, **made})


def _named(number: str, rows: Mapping[str, Item]) -> Item:
    found = rows.get(number)
    return found if found is not None else Item.objects.get(index_number=number)

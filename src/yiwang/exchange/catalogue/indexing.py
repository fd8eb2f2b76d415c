"""Puts entries into the catalogue's index, where they are found, and takes them out."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import connection

from yiwang.exchange.catalogue.items import Item, Origin, item_of
from yiwang.exchange.models import CatalogueEntry, Resource
from yiwang.exchange.providers import PROVIDERS
from yiwang.exchange.queries.catalogue import get_resource
from yiwang.exchange.rules.words_found import vector_of
from yiwang.identity.api import find_organisation
from yiwang.kernel.text import Text
from yiwang.platform.contracts import Json


def index_resource(code: str, *, at: datetime) -> bool:
    """Describe a resource anew; gives whether anything differs from what the index had."""
    info = get_resource(code)
    described = PROVIDERS.get(info.kind).describe(info.source) if info.kind in PROVIDERS else None
    shapes = described.items if described else None
    return put(item_of(info, publisher=publisher_of(info.owner), at=at, shapes=shapes))


def publisher_of(owner: str) -> Text:
    """The full name of an organisation; its code where the directory doesn't have it."""
    found = find_organisation(owner)
    return found.name if found else Text(owner, owner)


def put(item: Item) -> bool:
    """Write an entry and its search terms; gives whether it is new or differs."""
    content = as_json(item)
    before = CatalogueEntry.objects.filter(code=item.code).values_list("content", flat=True).first()
    if before == content:
        return False
    row, _ = CatalogueEntry.objects.update_or_create(
        code=item.code,
        defaults={
            "origin": item.origin.value,
            "source": item.provenance.source if item.provenance else "",
            "owner": item.owner,
            "category": item.category.value if item.category else "",
            "sharing": item.sharing.value if item.sharing else "",
            "updated": item.updated.value if item.updated else "",
            "kind": item.kind,
            "formats": [name[:60] for name in item.formats],
            "content": content,
            "changed_at": item.changed_at,
        },
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {CatalogueEntry._meta.db_table} SET terms = %s::tsvector WHERE id = %s",
            [vector_of(_words(item)), row.pk],
        )
    return True


def as_json(item: Item) -> Json:
    """The form that is kept; datetimes in UTC so that equal entries are equal texts."""
    found: Json = json.loads(item.model_dump_json(exclude_defaults=True))
    return found


def _words(item: Item) -> list[tuple[str, str]]:
    """Texts by weight: title, then keywords and provider, then summary, then information items."""
    found = [("A", item.title.zh), ("A", item.title.en), ("A", item.code.replace("_", " "))]
    found += [("B", text) for word in item.keywords for text in (word.zh, word.en)]
    found += [("B", item.publisher.zh), ("B", item.publisher.en), ("B", item.identifier)]
    if item.category:
        found += [("B", item.category.words.zh), ("B", item.category.words.en)]
    found += [("C", item.summary.zh), ("C", item.summary.en)]
    found += [("D", text) for line in item.lines for text in (line.title.zh, line.title.en)]
    return [(weight, text[:5000]) for weight, text in found if text]


def take_out(code: str) -> bool:
    """Take an entry out of the catalogue; gives whether there was one."""
    gone, _ = CatalogueEntry.objects.filter(code=code).delete()
    return gone > 0


def refresh(at: datetime) -> int:
    """Describe every open resource anew: registers and organisations change too; gives how many did."""
    open_codes = set(Resource.objects.filter(closed_at=None).values_list("code", flat=True))
    stale = CatalogueEntry.objects.filter(origin=Origin.RESOURCE.value).exclude(code__in=open_codes)
    gone, _ = stale.delete()
    return gone + sum(index_resource(code, at=at) for code in sorted(open_codes))

"""Finding entries of the catalogue: words, facets with their counts, order, pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from yiwang.exchange.catalogue.items import Item
from yiwang.exchange.contracts import ResourceNotFound
from yiwang.exchange.models import CatalogueEntry
from yiwang.exchange.rules.words_found import query_of

#: Facets by name; each is an expression that gives the values of an entry.
FACETS: dict[str, str] = {
    "origin": "origin",
    "category": "category",
    "owner": "coalesce(nullif(owner, ''), source)",
    "sharing": "sharing",
    "updated": "updated",
    "kind": "kind",
    "format": "formats",
}
_ORDERS = {
    "relevance": "rank DESC, changed_at DESC, code",
    "changed": "changed_at DESC, code",
    "title_zh": "content -> 'title' ->> 'zh', code",
    "title_en": "content -> 'title' ->> 'en', code",
    "code": "code",
}
#: Weights of item, summary, keyword and title words, from D to A.
_WEIGHTS = "'{0.05, 0.2, 0.5, 1.0}'"
_TABLE = CatalogueEntry._meta.db_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for; ``chosen`` holds values by facet, any of which fits."""

    words: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    order: str = "relevance"
    start: int = 0
    rows: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """A page of entries, how many there are in all, and for each facet its values with their counts."""

    items: tuple[Item, ...]
    count: int
    facets: Mapping[str, Mapping[str, int]]


def search(asked: Asked, *, facets: Sequence[str] = ()) -> Matches:
    """Find entries. The counts of a facet leave its own choice aside, so that one may choose another."""
    query = query_of(asked.words)
    if asked.words.strip() and not query:
        return Matches(items=(), count=0, facets={name: {} for name in facets})
    where, values = _conditions(asked, query)
    rank = f"ts_rank_cd({_WEIGHTS}, terms, %s::tsquery, 1)" if query else "0"
    order = _ORDERS[asked.order if asked.order != "relevance" or query else "changed"]
    statement = (
        f"SELECT content, {rank} AS rank FROM {_TABLE} WHERE {where} ORDER BY {order} LIMIT %s OFFSET %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {_TABLE} WHERE {where}", values)
        (count,) = cursor.fetchone()
        cursor.execute(statement, [*([query] if query else []), *values, asked.rows, asked.start])
        found = [row[0] for row in cursor.fetchall()]
    items = tuple(Item.model_validate_json(text) for text in found)
    return Matches(items=items, count=count, facets={name: _counts(asked, query, name) for name in facets})


def _conditions(asked: Asked, query: str, *, but: str = "") -> tuple[str, list[str | list[str]]]:
    found, values = ["true"], list[str | list[str]]()
    if query:
        found.append("terms @@ %s::tsquery")
        values.append(query)
    for name, chosen in asked.chosen.items():
        if name == but or not chosen:
            continue
        operator = "&& %s::varchar[]" if name == "format" else "= ANY(%s)"
        found.append(f"{FACETS[name]} {operator}")
        values.append(list(chosen))
    return " AND ".join(found), values


def _counts(asked: Asked, query: str, name: str) -> dict[str, int]:
    where, values = _conditions(asked, query, but=name)
    expression = FACETS[name]
    value = f"unnest({expression})" if name == "format" else expression
    statement = (
        f"SELECT value, count(*) FROM (SELECT {value} AS value FROM {_TABLE} WHERE {where}) found "
        "WHERE value <> '' GROUP BY value ORDER BY count(*) DESC, value LIMIT 200"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return dict(cursor.fetchall())


def get_entry(code: str) -> Item:
    """Give an entry of the catalogue.

    Raises:
        ResourceNotFound: there is none.
    """
    content = CatalogueEntry.objects.filter(code=code).values_list("content", flat=True).first()
    if content is None:
        raise ResourceNotFound(resource=code[:41])
    return Item.model_validate(content)


def catalogue_mark() -> str:
    """A text that differs once any entry was written or taken out."""
    # which transaction wrote each row: entries of other catalogues change without a date of theirs
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), max(xmin::text::bigint) FROM {_TABLE}")
        return "/".join(map(str, cursor.fetchone()))


def all_entries() -> list[Item]:
    """Every entry by code, for the whole catalogue as one document."""
    rows = CatalogueEntry.objects.order_by("code").values_list("content", flat=True)
    return [Item.model_validate(content) for content in rows]

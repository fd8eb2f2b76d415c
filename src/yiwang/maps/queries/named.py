"""Features by what they are called, in every layer of a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from psycopg import sql

from yiwang.kernel.text import Language, Text
from yiwang.maps.queries.layers import ReadLayer
from yiwang.platform.contracts import TimeLimitReached
from yiwang.platform.sql import fetch_within

_LONGEST = 100
_MOST_OF_LAYER = 8
#: For all layers together.
_MOST_MILLISECONDS = 2_000
_NAMED = sql.SQL(
    "SELECT f._entry, f.said, ST_X(c.p), ST_Y(c.p) FROM ("
    "SELECT t._entry, ({name})::text AS said, {drawn} AS d FROM {relation} "
    "WHERE {drawn} IS NOT NULL AND position(lower(%(text)s) IN lower(({name})::text)) > 0 AND {condition} "
    "ORDER BY length(({name})::text), t._entry LIMIT {most}) f, "
    "LATERAL (SELECT ST_Transform(ST_PointOnSurface(f.d), 4326) AS p) c ORDER BY length(f.said), f._entry"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A feature that bears the words looked for."""

    layer: str
    title: Text
    entry: int
    name: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What was found; layers were left out for want of time where it is not whole."""

    found: tuple[Named, ...]
    is_whole: bool


def features_named(layers: Sequence[ReadLayer], text: str, language: Language) -> Search:
    """Give those of each layer whose label, as this reader sees it, holds the text; the shortest first.

    All layers together have two seconds.
    """
    said, found = text.strip()[:_LONGEST], list[Named]()
    ends = monotonic() + _MOST_MILLISECONDS / 1_000
    for each in layers if said else ():
        left = int((ends - monotonic()) * 1_000)
        try:
            found += _of_layer(each, said, language, milliseconds=max(left, 1))
        except TimeLimitReached:
            return Search(found=tuple(found), is_whole=False)
    return Search(found=tuple(found), is_whole=True)


def _of_layer(read: ReadLayer, text: str, language: Language, *, milliseconds: int) -> list[Named]:
    drawn, named = read.drawn, read.label(language)
    if not named:
        return []
    statement = _NAMED.format(
        name=drawn.columns[named],
        drawn=drawn.drawn,
        relation=drawn.relation,
        condition=drawn.condition,
        most=sql.Literal(_MOST_OF_LAYER),
    )
    (found,) = fetch_within(milliseconds, [(statement.as_string(), {"text": text})])
    return [
        Named(
            layer=read.layer.code,
            title=read.layer.title,
            entry=int(str(entry)),
            name=str(name),
            longitude=round(float(str(east)), 6),
            latitude=round(float(str(north)), 6),
        )
        for entry, name, east, north in found
    ]

"""What lies under a piece of ground and is opened beside it: what packs declare in ``underground/*.yaml``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from psycopg import sql

from yiwang.kernel.errors import NotFound
from yiwang.kernel.text import Text
from yiwang.maps.analysis.contracts import (
    Asked,
    Ground,
    GroundRefused,
    NoPipesKnown,
    Opening,
    Owner,
    Part,
    PipeFound,
    Standing,
)
from yiwang.maps.analysis.definitions import OpeningFields, OwnerFields
from yiwang.maps.analysis.queries.declared import ReadOpenings, ReadPipes, openings_for, pipes_for
from yiwang.maps.analysis.rules.judging import MOST_OPENINGS, MOST_OWNERS, MOST_PIPES, NEAR, judge
from yiwang.maps.printing.rules.papers import zone_of
from yiwang.platform.contracts import Actor
from yiwang.platform.sql import fetch_within, values_of
from yiwang.registers.api import Asked as ListAsked
from yiwang.registers.api import Mapped, list_entries

#: Square metres, and metres across: a dig, not a district.
LARGEST, LONGEST = 50_000.0, 2_000.0
_MOST_MILLISECONDS = 5_000
#: Openings within so many metres are told: one closed road sends its traffic to the next.
_BESIDE = 100.0
_SHAPE = (
    "WITH given AS MATERIALIZED (SELECT ST_Transform(ST_GeomFromText(%(wkt)s, 4490), %(epsg)s::int) AS g), "
    "ground AS MATERIALIZED (SELECT CASE WHEN %(width)s::float8 IS NULL THEN g "
    "ELSE ST_Buffer(g, %(width)s::float8 / 2, 'endcap=flat join=mitre') END AS g FROM given) "
)
_JUDGED = (
    _SHAPE + "SELECT ST_IsValid(g), coalesce(ST_X(p.p), 0), coalesce(ST_Y(p.p), 0), ST_Area(g), "
    "greatest(ST_XMax(g) - ST_XMin(g), ST_YMax(g) - ST_YMin(g)), ST_AsText(ST_Transform(g, 4490), 7) "
    "FROM ground, LATERAL ST_IsValidDetail(g) l, "
    "LATERAL (SELECT ST_Transform(ST_SetSRID(l.location, %(epsg)s::int), 4490) AS p) p"
)
_LYING = sql.SQL(
    _SHAPE + ", near AS MATERIALIZED (SELECT g, ST_Transform(ST_Expand(g, %(near)s::float8), 3857) AS box "
    "FROM ground), found AS MATERIALIZED (SELECT t.*, ST_Transform({drawn}, %(epsg)s::int) AS _laid "
    "FROM {relation}, near WHERE {drawn} && near.box AND {condition}) "
    "SELECT ST_Distance(t._laid, near.g), CASE WHEN ST_Dimension(t._laid) = 1 THEN "
    "ST_Length(ST_Intersection(t._laid, near.g)) ELSE 0 END, row_to_json(v)::text FROM found t, near, "
    "LATERAL (SELECT {columns}) v WHERE ST_DWithin(t._laid, near.g, %(near)s::float8) "
    "ORDER BY {first}, 1, t._entry LIMIT {most}"
)
_ALWAYS, _ALIKE = sql.SQL("TRUE"), sql.SQL("0::int4")
#: What overlaps comes before what lies nearer; what is over long ago is not there.
_MEETS = sql.SQL("{begins} <= %(ends)s::date AND {ends} >= %(begins)s::date")
_TOLD = sql.SQL(
    "{is_open} AND {ends} >= least(%(today)s::date, %(begins)s::date) OR NOT {is_over} AND {years} > 0 "
    "AND {ends} + make_interval(years => {years}) > %(begins)s::date"
)


#: Under which name a row says who told of it; no field is called so.
_SOURCE = "_source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The ground as it will be dug: its outline as WKT in degrees, and square metres."""

    outline: str
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """What lies there as one reader sees it."""

    ground: Judged
    pipes: tuple[PipeFound, ...]
    owners: tuple[Owner, ...]
    openings: tuple[Opening, ...]
    #: Whether the reader sees the pipes of all, and all registers of openings.
    is_whole: bool
    all_openings: bool
    #: What there was more of than is listed.
    cut: frozenset[Part]


def judge_ground(ground: Ground) -> Judged:
    """See that the shape is one and no larger than may be checked.

    Raises:
        GroundRefused: it crosses itself, is nothing, or is too large.
    """
    (rows,) = fetch_within(_MOST_MILLISECONDS, [(_JUDGED, _params(ground))])
    valid, east, north, size, across, outline = rows[0]
    if not valid:
        place = f"{float(str(east)):.6f},{float(str(north)):.6f}"
        raise GroundRefused(
            reason=f"边线在{place}处自相交", reason_en=f"its border crosses itself at {place}"
        )
    square = float(str(size))
    if square < 0.05:
        raise GroundRefused(reason="范围没有面积", reason_en="it has no area")
    if square > LARGEST or float(str(across)) > LONGEST:
        raise GroundRefused(
            reason=f"范围超过{LARGEST / 10_000:g}公顷或长过{LONGEST / 1_000:g}公里，请分段核查",
            reason_en=f"it is larger than {LARGEST / 10_000:g} ha or longer than {LONGEST / 1_000:g} km; "
            "check it in parts",
        )
    return Judged(outline=str(outline), size=round(square, 1))


def lying_under(actor: Actor, asked: Asked, *, at: datetime) -> Lying:
    """Give what a reader may know of a piece of ground.

    Raises:
        GroundRefused, NoPipesKnown, TimeLimitReached
    """
    pipes, is_whole = pipes_for(actor)
    if not pipes:
        raise NoPipesKnown
    ground = judge_ground(asked.ground)
    openings, all_openings = openings_for(actor)
    params, today = _params(asked.ground), timezone.localdate(at)
    days = params | {"near": _BESIDE, "begins": asked.begins, "ends": asked.ends, "today": today}
    statements = [(_statement(each.drawn, MOST_PIPES + 1), params | {"near": NEAR}) for each in pipes]
    statements += [(_statement_of_openings(each), days) for each in openings]
    rows = fetch_within(_MOST_MILLISECONDS, statements)
    found = [_pipe(row, each, asked) for each, some in zip(pipes, rows, strict=False) for row in some]
    found.sort(key=lambda pipe: pipe.distance)
    opened = [
        _opening(row, each.fields, asked, today)
        for each, some in zip(openings, rows[len(pipes) :], strict=True)
        for row in some
    ]
    opened.sort(key=lambda each: (not each.overlaps, each.distance))
    owners, more_owners = _owners(actor, pipes, at)
    cut: dict[Part, bool] = {
        "pipes": len(found) > MOST_PIPES,
        "openings": len(opened) > MOST_OPENINGS,
        "owners": more_owners,
    }
    return Lying(
        ground=ground,
        pipes=tuple(found[:MOST_PIPES]),
        owners=owners,
        openings=tuple(opened[:MOST_OPENINGS]),
        is_whole=is_whole,
        all_openings=all_openings,
        cut=frozenset(part for part, is_cut in cut.items() if is_cut),
    )


def _params(ground: Ground) -> dict[str, object]:
    return {"wkt": ground.wkt, "epsg": zone_of(ground.corners[0][0])[1], "width": ground.width}


def _statement_of_openings(read: ReadOpenings) -> str:
    fields, typed = read.fields, read.drawn.typed
    days = {"begins": typed[fields.begins], "ends": typed[fields.ends]}
    is_over: sql.Composable = sql.SQL("FALSE")
    is_restored: sql.Composable = is_over
    if fields.state is not None:
        is_over, is_restored = (
            sql.SQL("coalesce({} = ANY({}), FALSE)").format(typed[fields.state], sql.Literal(list(values)))
            for values in (fields.over, fields.restored)
        )
    is_open = sql.SQL("NOT ({} OR {})").format(is_over, is_restored)
    told = _TOLD.format(**days, is_open=is_open, is_over=is_over, years=sql.Literal(fields.no_dig_years))
    first = sql.SQL("NOT ({} AND {})").format(is_open, _MEETS.format(**days))
    return _statement(read.drawn, MOST_OPENINGS + 1, only=told, first=first)


def _statement(
    drawn: Mapped, most: int, *, only: sql.Composable = _ALWAYS, first: sql.Composable = _ALIKE
) -> str:
    columns = [
        sql.SQL("{} AS {}").format(value, sql.Identifier(name)) for name, value in drawn.columns.items()
    ]
    columns.append(sql.SQL("t._source AS {}").format(sql.Identifier(_SOURCE)))
    return _LYING.format(
        drawn=drawn.drawn,
        relation=drawn.relation,
        condition=sql.SQL("{} AND ({})").format(drawn.condition, only),
        columns=sql.SQL(", ").join(columns),
        first=first,
        most=sql.Literal(most),
    ).as_string()


def _pipe(row: Sequence[object], read: ReadPipes, asked: Asked) -> PipeFound:
    distance, inside = float(str(row[0])), float(str(row[1]))
    values, fields = _named(str(row[2]), read.fields.named()), read.fields
    first = _number(values.get("depth_from"))
    # Of a register that records one depth it holds for both ends.
    last = _number(values.get("depth_to")) if fields.depth_to else first
    diameter, year = _number(values.get("diameter")), _number(values.get("year"))
    return PipeFound(
        register=read.drawn.definition.code,
        code=_word(values.get("code")),
        kind=_word(values.get("kind")),
        owner=_word(values.get("owner")),
        material=_word(values.get("material")),
        diameter=int(diameter) if diameter is not None else None,
        depth_from=first,
        depth_to=last,
        year=int(year) if year is not None else None,
        sharing=_word(values.get("sharing")),
        distance=round(distance, 1),
        inside=round(inside, 1),
        verdict=judge(inside, [first, last], asked.ground.depth),
    )


def _opening(row: Sequence[object], fields: OpeningFields, asked: Asked, today: date) -> Opening:
    values = _named(str(row[2]), {**fields.named(), "office": _SOURCE})
    begins, ends = date.fromisoformat(_word(values["begins"])), date.fromisoformat(_word(values["ends"]))
    standing: Standing = "late" if ends < min(today, asked.begins) else "live"
    if _word(values.get("state")) in fields.restored:
        standing = "rested"
    return Opening(
        code=_word(values.get("code")),
        builder=_word(values.get("builder")),
        purpose=_word(values.get("purpose")),
        begins=begins,
        ends=ends,
        distance=round(float(str(row[0])), 1),
        overlaps=standing == "live" and begins <= asked.ends and asked.begins <= ends,
        road=_word(values.get("road")),
        place=_word(values.get("place")),
        standing=standing,
        office=_word(values.get("office")),
        contact=_word(values.get("contact")),
    )


def _owners(actor: Actor, pipes: Sequence[ReadPipes], at: datetime) -> tuple[tuple[Owner, ...], bool]:
    """Of each register of owners all that he reads, and whether there are more; a code counts once."""
    found: dict[str, Owner] = {}
    for fields in dict.fromkeys(each.owners for each in pipes):
        for owner in _owners_in(actor, fields, at):
            if len(found) == MOST_OWNERS and owner.code not in found:
                return tuple(found.values()), True
            found.setdefault(owner.code, owner)
    return tuple(found.values()), False


def _owners_in(actor: Actor, fields: OwnerFields, at: datetime) -> Iterator[Owner]:
    after: int | None = None
    while True:
        try:
            page = list_entries(
                actor=actor, register=fields.register_code, asked=ListAsked(limit=200, after=after), at=at
            )
        except NotFound:
            return
        yield from _owners_on(page.body, fields)
        after = page.after
        if after is None:
            return


def _owners_on(body: str, fields: OwnerFields) -> Iterator[Owner]:
    for entry in json.loads(body):
        said = entry.get("values", entry)
        values = {place: said.get(name) for place, name in fields.named().items()}
        sharing = _word(values.get("sharing"))
        contact = _word(values.get("contact"))
        yield Owner(
            code=_word(values.get("code")),
            name=Text(_word(values.get("name")), _word(values.get("name_en"))),
            kind=_word(values.get("kind")),
            sharing="full" if sharing == "full" else "partial" if sharing == "partial" else "none",
            contact=Text(contact, _word(values.get("contact_en")) or contact),
            authority=_word(values.get("authority")),
        )


def _number(value: object) -> float | None:
    return None if value is None or value == "" else float(str(value))


def _word(value: object) -> str:
    return "" if value is None else str(value)


def _named(said: str, fields: Mapping[str, str]) -> Mapping[str, object]:
    """What a row says, by what each field is."""
    found = values_of(said)
    return {place: found.get(name) for place, name in fields.items()}

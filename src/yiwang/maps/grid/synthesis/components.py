"""Components along the made-up roads, each in the cell where it stands; CJ/T 214 codes of 16 digits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from random import Random
from typing import LiteralString

from yiwang.maps.grid.synthesis.growing import CENTRAL, Row
from yiwang.platform.sql import fetch

#: Class and sub-class, the organisation that owns it, and how often it stands beside a road.
_KINDS = (
    ("0101", "water", 6),
    ("0102", "parks", 5),
    ("0103", "parks", 5),
    ("0107", "informatization", 4),
    ("0113", "fire", 3),
    ("0118", "parks", 9),
    ("0201", "transport", 1),
    ("0203", "transport", 3),
    ("0301", "sanitation", 1),
    ("0305", "sanitation", 5),
    ("0401", "parks", 1),
    ("0402", "parks", 8),
)
_STATES = ("intact",) * 46 + ("broken", "broken", "missing", "abandoned")
_HOLDING: LiteralString = """
WITH cells AS (
    SELECT code, ST_GeomFromText(border) AS g
    FROM unnest(%(codes)s::text[], %(borders)s::text[]) AS given(code, border)
),
places AS (
    SELECT number, ST_MakePoint(east, north) AS p
    FROM unnest(%(easts)s::float8[], %(norths)s::float8[]) WITH ORDINALITY AS given(east, north, number)
)
SELECT number, min(code) FROM places JOIN cells ON ST_Intersects(g, p) GROUP BY number ORDER BY number
"""


def components(
    roads: Sequence[Mapping[str, str]], cells: Sequence[Mapping[str, str]], *, seed: int
) -> Iterator[Row]:
    """Rows of ``grid_components`` in the central districts."""
    random = Random(f"{seed}/components")  # noqa: S311 - made-up data, not secrets
    places = [place for road in roads if road["division"] in CENTRAL for place in _beside(road, random)]
    central = [cell for cell in cells if cell["code"][:6] in CENTRAL]
    held = fetch(
        _HOLDING,
        {
            "codes": [cell["code"] for cell in central],
            "borders": [cell["border"] for cell in central],
            "easts": [place[0] for place in places],
            "norths": [place[1] for place in places],
        },
    )
    counted: dict[str, int] = {}
    weights = [weight for _, _, weight in _KINDS]
    for number, cell in held:
        east, north = places[int(str(number)) - 1]
        kind, owner, _ = random.choices(_KINDS, weights)[0]
        head = f"{str(cell)[:6]}{kind}"
        counted[head] = counted.get(head, 0) + 1
        yield {
            "code": f"{head}{counted[head]:06d}",
            "class": kind[:2],
            "kind": kind,
            "cell": str(cell),
            "division": str(cell)[:12],
            "owner": owner,
            "state": random.choice(_STATES),
            "installed": f"{random.randint(1998, 2024)}",
            "place": f"POINT({east} {north})",
            "made_up": "true",
        }


def _beside(road: Mapping[str, str], random: Random) -> Iterator[tuple[float, float]]:
    corners = [
        (float(east), float(north))
        for east, north in (
            each.split() for each in road["course"].removeprefix("LINESTRING(").removesuffix(")").split(", ")
        )
    ]
    for (east, north), (further, up) in pairwise(corners):
        if random.random() < 0.55:
            along, aside = random.random(), random.uniform(-0.00012, 0.00012)
            yield (
                round(east + (further - east) * along + aside, 6),
                round(north + (up - north) * along + aside, 6),
            )

"""Where people live: made-up house numbers in the city's real street offices and communities."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from pydantic import TypeAdapter

from yiwang.identity.city_files import Boundary
from yiwang.identity.contracts import DivisionLevel
from yiwang.identity.definitions import DivisionRow
from yiwang.platform.contracts import Json
from yiwang.registers.synthesis.spots import spot_in, thinned
from yiwang.registers.synthesis.streets import Neighbourhood

# "翠洲社区居民委员会", "益丰社区居委会", "乌石村委会": what makes the name of a place that of a body.
_BODY = re.compile(r"(社区)?(村民|居民|居)?(居委|委员|委)会(居委会)?$")

#: Digits of the code of a community.
_COMMUNITY = 12


@dataclass(frozen=True, slots=True)
class Place:
    """An address with the divisions in which it lies (GB/T 2260 and its 12-digit extension)."""

    community: str
    address: str

    @property
    def street(self) -> str:
        """Code of the street office or town."""
        return self.community[:9]

    @property
    def district(self) -> str:
        """Code of the district."""
        return self.community[:6]


class Places:
    """The communities of a city, from its ``divisions.csv``."""

    def __init__(
        self, divisions: Mapping[str, DivisionRow], boundaries: Mapping[str, Boundary] | None = None
    ) -> None:
        self._borders = {code: _border(each.geometry) for code, each in (boundaries or {}).items()}
        self._names = {code: row.name_zh for code, row in divisions.items()}
        self._communities = sorted(
            code for code, row in divisions.items() if row.level is DivisionLevel.COMMUNITY
        )
        [self._city] = (row.name_zh for row in divisions.values() if row.level is DivisionLevel.CITY)

    def draw(self, chance: Random) -> Place:
        """Some address; the house numbers are made up."""
        community = chance.choice(self._communities)
        house = f"{chance.randint(1, 260)}号"
        if chance.random() < 0.7:
            house += f"{chance.randint(2, 28)}{chance.randint(1, 8):02}房"
        return Place(community, f"{self.name(community)}{house}")

    def has_community(self, code: str) -> bool:
        """Whether a community of the city bears this code."""
        return len(code) == _COMMUNITY and code in self._names

    def neighbourhoods(self) -> list[Neighbourhood]:
        """Every community with the beginning of its addresses, by code."""
        return [Neighbourhood(code, self.name(code), self._spot(code)) for code in self._communities]

    def _spot(self, community: str) -> tuple[float, float] | None:
        """A point that is always the same: some point of its district, whose border alone is known."""
        border = self._borders.get(community[:6])
        return spot_in(border, Random(community)) if border else None  # noqa: S311 - a made-up place

    def name(self, community: str) -> str:
        """City, district, street office and community, as an address begins."""
        district, street = self._names[community[:6]], self._names[community[:9]]
        return f"{self._city}{district}{street}{short_name(self._names[community])}"

    def district_name(self, code: str) -> str:
        """Name of the district of any code, without 区: 越秀."""
        return self._names[code[:6]].removesuffix("区")


_AREA = TypeAdapter(list[list[list[float]]])
_AREAS = TypeAdapter(list[list[list[list[float]]]])


def _border(geometry: Json) -> list[tuple[float, float]]:
    """The longest outer ring of a Polygon or MultiPolygon."""
    if not isinstance(geometry, dict):
        return []
    found = geometry["coordinates"]
    areas = (
        _AREAS.validate_python(found)
        if geometry["type"] == "MultiPolygon"
        else [_AREA.validate_python(found)]
    )
    return thinned(max((area[0] for area in areas), key=len))


def short_name(body: str) -> str:
    """Name of the place of a residents' or villagers' committee.

    >>> short_name("翠洲社区居民委员会"), short_name("益丰社区居委会"), short_name("古西村民委员会")
    ('翠洲社区', '益丰社区', '古西村')
    """
    found = _BODY.search(body)
    if found is None:
        return body
    stem = body[: found.start()]
    if stem.endswith(("村", "社区")):
        return stem
    return stem + ("村" if found[2] == "村民" else "社区")

"""Where to go: the counters that the service catalogue names, office by office."""

from __future__ import annotations

from dataclasses import dataclass

from yiwang.identity.api import organisation_names
from yiwang.kernel.text import Text
from yiwang.portal.queries.catalogue import offered


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A counter with what it is for."""

    place: Text
    hours: Text
    phone: str
    services: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office and its counters."""

    code: str
    name: Text
    counters: tuple[Counter, ...]


def offices() -> tuple[Office, ...]:
    """Every office with a counter, the one with most services first."""
    found: dict[str, dict[tuple[str, str, str], tuple[Text, Text, int]]] = {}
    for item in offered():
        for window in item.definition.windows:
            of_office = found.setdefault(window.organisation or item.definition.body, {})
            key = (window.place.zh, window.hours.zh, window.phone)
            count = of_office[key][2] if key in of_office else 0
            of_office[key] = (window.place, window.hours, count + 1)
    names = organisation_names(set(found))
    listed = [
        Office(
            code=code,
            name=names[code],
            counters=tuple(
                Counter(place=place, hours=hours, phone=phone, services=count)
                for (_, _, phone), (place, hours, count) in of_office.items()
            ),
        )
        for code, of_office in found.items()
    ]
    return tuple(sorted(listed, key=lambda each: (-sum(c.services for c in each.counters), each.code)))

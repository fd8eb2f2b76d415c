"""A written address becomes a standard one, with how sure that is and why."""

from __future__ import annotations

import math
from collections.abc import Sequence

from yiwang.maps.addresses.contracts import Address, Found, Reading
from yiwang.maps.addresses.queries.candidates import doors_of, name_fits
from yiwang.maps.addresses.queries.names import gazetteer
from yiwang.maps.addresses.rules.gazetteer import Gazetteer
from yiwang.maps.addresses.rules.judging import Judged, chance_of, lead_of, points_of, reasons_of
from yiwang.maps.addresses.rules.reading import read, readings

#: Texts that are looked for together: more would only take more memory.
AT_ONCE = 500


def read_address(text: str) -> Reading:
    """Read a text by the city's divisions; nothing is looked for."""
    return read(text, gazetteer())


def find_address(text: str, *, most: int = 5) -> tuple[Found, ...]:
    """The standard addresses that a text may mean, the likeliest first; none where nothing is near."""
    [found] = find_addresses([text], most=most)
    return found


def find_addresses(texts: Sequence[str], *, most: int = 1) -> list[tuple[Found, ...]]:
    """The same for many texts, in their order."""
    known = gazetteer()
    found: list[tuple[Found, ...]] = []
    for at in range(0, len(texts), AT_ONCE):
        found += _find_some(texts[at : at + AT_ONCE], known, most=most)
    return found


def judge_texts(texts: Sequence[str], known: Gazetteer) -> list[tuple[Address, list[Judged]]]:
    """For each text the reading of which the best door has most points, and its doors."""
    read_so = [readings(text, known) for text in texts]
    judged = iter(judge_all([address for some in read_so for address in some], known))
    return [
        max(
            [(address, next(judged)) for address in some],
            key=lambda pair: pair[1][0].points if pair[1] else -math.inf,
        )
        for some in read_so
    ]


def judge_all(addresses: Sequence[Address], known: Gazetteer) -> list[list[Judged]]:
    """For each reading its doors in falling order of points, one a plate but the best inside it."""
    districts = [known.code_of(each.district, "district") for each in addresses]
    doors = doors_of(addresses, name_fits(addresses, districts))
    names: dict[str, dict[str, str]] = {}
    judged: list[list[Judged]] = []
    for nth, address in enumerate(addresses):
        some: list[Judged] = []
        for door, fit in doors.get(nth, ()):
            above = names.get(door.division)
            if above is None:
                above = names[door.division] = known.names_of(door.division)
            some.append(Judged(points_of(address, door, fit, above), door, fit))
        judged.append(sorted(some, key=lambda each: (-each.points, len(each.door.full), each.door.code)))
    return judged


def _find_some(texts: Sequence[str], known: Gazetteer, *, most: int) -> list[tuple[Found, ...]]:
    found: list[tuple[Found, ...]] = []
    for address, judged in judge_texts(texts, known):
        if not judged:
            found.append(())
            continue
        plates: dict[tuple[str, str, int, str], Judged] = {}
        for each in judged:
            plates.setdefault(each.door.plate, each)
        ranked = list(plates.values())[:most]
        first = chance_of(judged[0].points, lead_of(judged))
        found.append(
            tuple(
                _found(address, each, known, first if not place else (1 - first) / (place + 1))
                for place, each in enumerate(ranked)
            )
        )
    return found


def _found(address: Address, judged: Judged, known: Gazetteer, chance: float) -> Found:
    door = judged.door
    return Found(
        code=door.code,
        full=door.full,
        division=door.division,
        level=door.level,
        status=door.status,
        longitude=door.longitude,
        latitude=door.latitude,
        confidence=round(chance, 3),
        reasons=reasons_of(address, judged, known.names_of(door.division)),
    )

"""A written address becomes a standard one, with how sure that is and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yiwang.maps.addresses.contracts import Address, Found, Reading
from yiwang.maps.addresses.queries.candidates import Doors, doors_here, doors_of, name_fits
from yiwang.maps.addresses.queries.names import gazetteer
from yiwang.maps.addresses.rules.gazetteer import Gazetteer
from yiwang.maps.addresses.rules.judging import Judged, chance_of, lead_of, points_of, reasons_of
from yiwang.maps.addresses.rules.reading import read, readings

#: Texts that are looked for together: more would only take more memory.
AT_ONCE = 500
#: A road that agrees in a division that agrees, or was not written, is worth more.
_GOOD_ENOUGH = -0.5


def read_address(text: str) -> Reading:
    """Read a text by the city's divisions; nothing is looked for."""
    return read(text, gazetteer())


def find_address(text: str, *, most: int = 5, as_of: date | None = None) -> tuple[Found, ...]:
    """The standard addresses that a text may mean, the likeliest first; none where nothing is near.

    ``as_of`` is the day on which it was written: names of that day come before those of today.
    """
    [found] = find_addresses([text], most=most, as_of=as_of)
    return found


def find_addresses(
    texts: Sequence[str], *, most: int = 1, as_of: date | None = None
) -> list[tuple[Found, ...]]:
    """The same for many texts of one day, in their order."""
    known = gazetteer()
    found: list[tuple[Found, ...]] = []
    for at in range(0, len(texts), AT_ONCE):
        found += _find_some(texts[at : at + AT_ONCE], known, most=most, as_of=as_of)
    return found


def judge_texts(
    texts: Sequence[str], known: Gazetteer, *, as_of: date | None = None
) -> list[tuple[Address, list[Judged]]]:
    """For each text the reading of which the best door has most points, and its doors."""
    read_so = [readings(text, known) for text in texts]
    first = [some[0] for some in read_so]
    found = list(zip(first, judge_all(first, known, as_of), strict=True))
    doubtful = [nth for nth, some in enumerate(read_so) if len(some) > 1 and _is_weak(found[nth][1])]
    others = [read_so[nth][1] for nth in doubtful]
    for nth, address, judged in zip(doubtful, others, judge_all(others, known, as_of), strict=True):
        known_so_far = found[nth][1]
        if judged and (not known_so_far or judged[0].points > known_so_far[0].points):
            found[nth] = address, judged
    return found


def _is_weak(judged: Sequence[Judged]) -> bool:
    return not judged or judged[0].points < _GOOD_ENOUGH


def judge_all(addresses: Sequence[Address], known: Gazetteer, as_of: date | None) -> list[list[Judged]]:
    """For each reading its doors in falling order of points; what is weak is looked for everywhere."""
    districts = [known.code_of(each.district, "district") for each in addresses]
    fits = name_fits(addresses, districts, as_of=as_of)
    judged = _judged(addresses, doors_here(addresses, fits, districts), known)
    weak = [nth for nth, some in enumerate(judged) if _is_weak(some)]
    again = _judged(
        [addresses[nth] for nth in weak],
        doors_of([addresses[nth] for nth in weak], [fits[nth] for nth in weak]),
        known,
    )
    for nth, some in zip(weak, again, strict=True):
        judged[nth] = some
    return judged


def _judged(addresses: Sequence[Address], doors: Doors, known: Gazetteer) -> list[list[Judged]]:
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


def _find_some(
    texts: Sequence[str], known: Gazetteer, *, most: int, as_of: date | None
) -> list[tuple[Found, ...]]:
    found: list[tuple[Found, ...]] = []
    for address, judged in judge_texts(texts, known, as_of=as_of):
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

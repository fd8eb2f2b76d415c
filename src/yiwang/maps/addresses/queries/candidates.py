"""Candidates for many readings at once: names first, then doors. Four statements for a chunk of any size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import LiteralString, NamedTuple

from yiwang.maps.addresses.contracts import Address
from yiwang.maps.addresses.rules.judging import DoorRow, NameFit
from yiwang.maps.addresses.rules.nearness import edits, variants
from yiwang.platform import sql

#: Points of a name: as it is, the end of what was written, an old or other name, one sign off, further off;
#: a name that another road of the district bore on the day of writing.
_EXACT, _END, _OTHER, _ONE_OFF, _FAR, _NOT_YET = 0.0, -0.7, -0.3, -1.6, -3.2, -1.5
#: An estate or building by its name, without road and number.
_AT_PLACE = -1.0
_SHORTEST = 2
_MOST_NAMES, _MOST_FAR = 12, 5
_BY_NAME: LiteralString = """
SELECT name, district, stands_for, used_from, used_to FROM addresses_placename
WHERE name = ANY(%s::varchar[]) AND kind = 'road'
"""
_BY_VARIANT: LiteralString = """
SELECT v.variant, p.name, p.district, p.stands_for, p.used_from, p.used_to
FROM addresses_namevariant v JOIN addresses_placename p ON p.id = v.name_id
WHERE v.variant = ANY(%s::varchar[]) AND p.kind = 'road'
"""
_BY_TRIGRAMS: LiteralString = """
SELECT w.typed, p.name, p.district, p.stands_for, p.used_from, p.used_to
FROM unnest(%s::varchar[]) AS w (typed), LATERAL (
  SELECT * FROM addresses_placename p WHERE p.name %% w.typed AND p.kind = 'road'
  ORDER BY similarity(p.name, w.typed) DESC LIMIT 5
) p
"""
_COLUMNS: LiteralString = """
d.code, d."full", d.division, d.line, d.number, d.last, d.tail, d.place, d.building, d.unit, d.room, d.level,
d.status, ST_X(d.point), ST_Y(d.point)
"""
#: The number itself, in the district that is written, plates and what bears the building that is written.
_DOORS_HERE: LiteralString = (
    "SELECT w.nth, d.* FROM unnest(%(nth)s::int[], %(line)s::varchar[], %(number)s::int[], "
    "%(district)s::varchar[], %(building)s::varchar[]) AS w (nth, line, number, district, building), "
    "LATERAL (SELECT " + _COLUMNS + " FROM addresses_door d WHERE d.line = w.line AND d.number = w.number "
    "AND (w.district = '' OR left(d.division, 6) = w.district) "
    "AND (d.level = 'plate' OR d.building = w.building) LIMIT 100) d"
)
_DOORS: LiteralString = (
    "SELECT w.nth, d.* FROM unnest(%(nth)s::int[], %(line)s::varchar[], %(number)s::int[]) "
    "AS w (nth, line, number), LATERAL (SELECT "
    + _COLUMNS
    + " FROM addresses_door d WHERE d.line = w.line AND d.number = w.number LIMIT 300) d"
)
#: Else the plates before and behind it.
_BESIDE: LiteralString = (
    "SELECT w.nth, d.* FROM unnest(%(nth)s::int[], %(line)s::varchar[], %(number)s::int[]) "
    "AS w (nth, line, number), LATERAL ((SELECT "
    + _COLUMNS
    + " FROM addresses_door d WHERE d.line = w.line AND d.number < w.number ORDER BY d.number DESC LIMIT 12)"
    " UNION ALL (SELECT "
    + _COLUMNS
    + " FROM addresses_door d WHERE d.line = w.line AND d.number > w.number ORDER BY d.number LIMIT 12)) d"
)
_AT_PLACES: LiteralString = (
    "SELECT w.nth, p.used_to, d.* FROM unnest(%(nth)s::int[], %(place)s::varchar[], %(building)s::varchar[]) "
    "AS w (nth, place, building) "
    "JOIN addresses_placename p ON p.name = w.place AND p.name <> '' AND p.kind = 'place', LATERAL (SELECT "
    + _COLUMNS
    + " FROM addresses_door d WHERE d.place = p.stands_for AND left(d.division, 6) = p.district "
    "AND (w.building = '' OR d.building = w.building) LIMIT 100) d"
)


class _Name(NamedTuple):
    name: str
    district: str
    stands_for: str
    used_from: date | None
    used_to: date | None

    @property
    def is_other(self) -> bool:
        return self.name != self.stands_for

    def was_used_on(self, day: date) -> bool:
        """Another name that was the road's on a day; of the road's own no dates are kept."""
        begun = self.used_from is None or self.used_from <= day
        return self.is_other and begun and (self.used_to is None or day <= self.used_to)


Fits = list[list[NameFit]]


def name_fits(addresses: Sequence[Address], districts: Sequence[str], *, as_of: date | None = None) -> Fits:
    """For each reading the roads that may be meant, with a code of its district where it says one.

    ``as_of`` is the day on which the texts were written: who bore a name then comes before who bears it now.
    """
    written = [_written(each) for each in addresses]
    by_name: dict[str, list[_Name]] = defaultdict(list)
    for row in sql.fetch(_BY_NAME, [sorted({name for names in written for name in names})]):
        found_name = _Name._make(row)
        by_name[found_name.name].append(found_name)
    found: Fits = [
        _exact(names, by_name, district, as_of) for names, district in zip(written, districts, strict=True)
    ]
    # a road that stands elsewhere only may be another one of this district with a slip
    unsure = [
        nth
        for nth, fits in enumerate(found)
        if written[nth] and (not fits or fits[0].points < _OTHER or not _here(fits, by_name, districts[nth]))
    ]
    _add_near(found, unsure, written)
    _add_far([nth for nth in unsure if not found[nth]], found, written)
    return found


def _written(address: Address) -> list[str]:
    """What may be the name of the road, the likeliest first: the whole line, its lane, its ends."""
    line = address.line or (address.community if address.plate else "")
    ends = [line[at:] for at in range(1, len(line) - _SHORTEST + 1)]
    return [name for name in dict.fromkeys((line, address.lane, *ends)) if len(name) >= _SHORTEST]


def _exact(
    names: Sequence[str], by_name: Mapping[str, list[_Name]], district: str, as_of: date | None
) -> list[NameFit]:
    for place, typed in enumerate(names):
        known = by_name.get(typed)
        if known:
            return [
                NameFit(
                    line=each.stands_for,
                    typed=typed,
                    other=each.name if each.is_other else "",
                    points=_points(each, known, as_of) + (_END if place else 0.0),
                    edits=0,
                    used_to=each.used_to,
                )
                for each in _once(known, district)
            ]
    return []


def _points(name: _Name, known: Sequence[_Name], as_of: date | None) -> float:
    if name.is_other:
        return _EXACT if as_of and name.used_to and name.was_used_on(as_of) else _OTHER
    taken = as_of and any(
        each.used_to and each.district == name.district and each.was_used_on(as_of) for each in known
    )
    return _NOT_YET if taken else _EXACT


def _once(known: Sequence[_Name], district: str) -> list[_Name]:
    """Each road once; an old name counts in the district that was written, if it is one of its own there."""
    here = [each for each in known if each.district == district]
    chosen = here or known
    return list(
        {each.stands_for: each for each in [*known, *chosen] if each in chosen or not each.is_other}.values()
    )


def _here(fits: Sequence[NameFit], by_name: Mapping[str, list[_Name]], district: str) -> bool:
    return not district or any(
        each.district == district for fit in fits for each in by_name.get(fit.other or fit.line, ())
    )


def _add_near(found: Fits, unsure: Sequence[int], written: Sequence[Sequence[str]]) -> None:
    """Roads that differ in one sign from the line as it is written."""
    wanted = {variant for nth in unsure for variant in variants(written[nth][0])}
    if not wanted:
        return
    by_variant: dict[str, set[_Name]] = defaultdict(set)
    for variant, *row in sql.fetch(_BY_VARIANT, [sorted(wanted)]):
        by_variant[str(variant)].add(_Name._make(row))
    for nth in unsure:
        typed = written[nth][0]
        near = {each for variant in variants(typed) for each in by_variant.get(variant, ())}
        found[nth] += _near_fits(typed, near, _ONE_OFF)


def _add_far(nths: Sequence[int], found: Fits, written: Sequence[Sequence[str]]) -> None:
    """The last way: names with most trigrams in common."""
    typed = sorted({written[nth][0] for nth in nths})
    if not typed:
        return
    by_typed: dict[str, set[_Name]] = defaultdict(set)
    for word, *row in sql.fetch(_BY_TRIGRAMS, [typed]):
        by_typed[str(word)].add(_Name._make(row))
    for nth in nths:
        found[nth] += _near_fits(written[nth][0], by_typed[written[nth][0]], _FAR)[:_MOST_FAR]


def _near_fits(typed: str, names: set[_Name], points: float) -> list[NameFit]:
    ranked = sorted(((edits(typed, each.name), each) for each in names), key=lambda pair: pair[0])
    fits = {
        each.stands_for: NameFit(
            line=each.stands_for,
            typed=typed,
            other=each.name if each.is_other else "",
            points=points - 1.2 * max(off - 1, 0) + (_OTHER if each.is_other else 0.0),
            edits=off,
            used_to=each.used_to,
        )
        for off, each in reversed(ranked)
        if off
    }
    return sorted(fits.values(), key=lambda fit: -fit.points)[:_MOST_NAMES]


Doors = dict[int, list[tuple[DoorRow, NameFit]]]


def doors_here(addresses: Sequence[Address], fits: Fits, districts: Sequence[str]) -> Doors:
    """The same within the district that is written: most texts need no more, and a tenth of the rows."""
    found: Doors = defaultdict(list)
    asked = [(nth, fit) for nth, names in enumerate(fits) if addresses[nth].plate for fit in names]
    more = {
        "district": [districts[nth] for nth, _ in asked],
        "building": [_bare(addresses[nth].building) for nth, _ in asked],
    }
    _fetch(_DOORS_HERE, asked, addresses, found, more)
    return found


def doors_of(addresses: Sequence[Address], fits: Fits) -> Doors:
    """For each reading the doors that may be meant, each with the name by which it was found."""
    found: Doors = defaultdict(list)
    asked = [(nth, fit) for nth, names in enumerate(fits) if addresses[nth].plate for fit in names]
    _fetch(_DOORS, asked, addresses, found)
    missing = [(nth, fit) for nth, fit in asked if nth not in found]
    _fetch(_BESIDE, missing, addresses, found)
    _fetch_places(
        [nth for nth, each in enumerate(addresses) if each.place and nth not in found], addresses, found
    )
    return found


def _fetch(
    statement: LiteralString,
    asked: Sequence[tuple[int, NameFit]],
    addresses: Sequence[Address],
    found: Doors,
    more: Mapping[str, list[str]] | None = None,
) -> None:
    if not asked:
        return
    params: dict[str, object] = {
        **(more or {}),
        "nth": list(range(len(asked))),
        "line": [fit.line for _, fit in asked],
        "number": [addresses[nth].plate.number for nth, _ in asked],
    }
    for place, *columns in sql.fetch(statement, params):
        nth, fit = asked[int(str(place))]
        found[nth].append((_door(columns), fit))


def _fetch_places(nths: Sequence[int], addresses: Sequence[Address], found: Doors) -> None:
    if not nths:
        return
    params = {
        "nth": list(nths),
        "place": [addresses[nth].place for nth in nths],
        "building": [_bare(addresses[nth].building) for nth in nths],
    }
    for nth, used_to, *columns in sql.fetch(_AT_PLACES, params):
        asked, door = int(str(nth)), _door(columns)
        typed = addresses[asked].place
        fit = NameFit(
            line=door.place,
            typed=typed,
            other=typed if typed != door.place else "",
            points=_AT_PLACE,
            edits=0,
            used_to=used_to if isinstance(used_to, date) else None,
            is_place=True,
        )
        found[asked].append((door, fit))


def _bare(building: str) -> str:
    return building.removesuffix("号楼").rstrip("栋幢座")


def _door(columns: Sequence[object]) -> DoorRow:
    return DoorRow._make(columns)
